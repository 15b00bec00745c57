-- All that a database holds, for tests that compare two of them.
-- SPDX-License-Identifier: Apache-2.0

-- name: tables
SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name;
-- postgres:
SELECT CAST(relname AS TEXT) AS name FROM pg_class
WHERE relkind = 'r' AND relnamespace = CAST(current_schema() AS REGNAMESPACE) ORDER BY name;

-- name: publication
SELECT * FROM publication;
-- name: path
SELECT * FROM path ORDER BY path COLLATE "C";
-- name: picture
SELECT * FROM picture ORDER BY id;
-- name: section
SELECT * FROM section ORDER BY id;
-- name: person
SELECT * FROM person ORDER BY id;
-- name: topic
SELECT * FROM topic ORDER BY id;
-- name: story
SELECT * FROM story ORDER BY id;
-- name: story_body
SELECT * FROM story_body ORDER BY story_id;
-- name: story_byline
SELECT * FROM story_byline ORDER BY story_id, position;
-- name: story_topic
SELECT * FROM story_topic ORDER BY story_id, position;
-- name: story_version
SELECT * FROM story_version ORDER BY story_id, number;
-- name: listing
SELECT * FROM listing ORDER BY list_kind, list_id, published_at, story_id;
-- name: feature
SELECT * FROM feature ORDER BY story_id;
-- name: archive_part
SELECT * FROM archive_part ORDER BY list_kind, list_id, month, part;
-- name: related
SELECT * FROM related ORDER BY story_id, position;
-- name: comment
SELECT * FROM comment ORDER BY id;
-- name: page
SELECT * FROM page ORDER BY id;
-- name: event
SELECT * FROM event ORDER BY id;
-- name: menu_item
SELECT * FROM menu_item ORDER BY id;
-- name: job
SELECT * FROM job ORDER BY id;
-- name: import_item
SELECT * FROM import_item ORDER BY source, kind, external_id;
