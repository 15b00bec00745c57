-- Stories: cards, bodies, bylines and topics, and where they came from.
-- SPDX-License-Identifier: Apache-2.0

-- name: story_card_by_id
SELECT * FROM story_card WHERE id = $1;

-- name: story_by_status
SELECT * FROM story_card WHERE $1 = '' OR status = $1 ORDER BY published_at DESC, id DESC LIMIT $2;

-- name: story_body_by_id
SELECT story_id, story.updated_at, story.version, source_url, video_url, comments_open,
       words, reading_minutes, withdrawn_at, withdrawn_why, body
FROM story_body JOIN story ON story.id = story_body.story_id
WHERE story_id = $1;

-- name: story_people
SELECT person.id, person.name, person.role, person.biography, person.path, person.picture_id,
       picture.alt AS picture_alt, picture.width AS picture_width, picture.height AS picture_height,
       picture.stem AS picture_stem, picture.variants AS picture_variants, picture.alpha AS picture_alpha,
       picture.focus_x AS picture_focus_x, picture.focus_y AS picture_focus_y
FROM story_byline JOIN person ON person.id = story_byline.person_id
LEFT JOIN picture ON picture.id = person.picture_id
WHERE story_byline.story_id = $1 ORDER BY story_byline.position;

-- name: story_topics
SELECT topic.id, topic.slug, topic.name, topic.path
FROM story_topic JOIN topic ON topic.id = story_topic.topic_id
WHERE story_topic.story_id = $1 ORDER BY story_topic.position;

-- name: story_draft_of
SELECT story.kind, story.status, story.headline, story.standfirst, story.excerpt, story.section_id, story.picture_id,
       story.source_name, story.published_at, story.updated_at,
       language, source_url, video_url, video_seconds, comments_open, words, reading_minutes, body, plain, file,
       file_hash
FROM story JOIN story_body ON story_body.story_id = story.id
WHERE story.id = $1;

-- name: story_state
SELECT status, version, path FROM story WHERE id = $1;

-- name: story_byline_ids
SELECT person_id AS id FROM story_byline WHERE story_id = $1 ORDER BY position;

-- name: story_topic_ids
SELECT topic_id AS id FROM story_topic WHERE story_id = $1 ORDER BY position;

-- name: story_create
INSERT INTO story (kind, status, headline, standfirst, excerpt, section_id, path, picture_id, person1_id,
                   person2_id, byline_count, source_name, published_at, updated_at, version, language,
                   video_seconds)
VALUES ($1, $14, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, $15, $16)
RETURNING id;

-- name: story_body_create
INSERT INTO story_body (story_id, source_url, video_url, comments_open, words, reading_minutes, withdrawn_at,
                        withdrawn_why, file, file_hash, body, plain)
VALUES ($1, $2, $3, $4, $5, $6, 0, '', $7, $8, $9, $10);

-- name: story_update
UPDATE story SET kind = $2, headline = $3, standfirst = $4, excerpt = $5, section_id = $6,
       picture_id = $7, person1_id = $8, person2_id = $9, byline_count = $10, source_name = $11,
       published_at = $12, updated_at = $13, version = $14, language = $15, video_seconds = $16
WHERE id = $1;

-- name: story_body_update
UPDATE story_body SET source_url = $2, video_url = $3, comments_open = $4, words = $5, reading_minutes = $6,
       file = $7, file_hash = $8, body = $9, plain = $10
WHERE story_id = $1;

-- name: story_set_status
UPDATE story SET status = $2 WHERE id = $1;

-- name: story_set_withdrawn
UPDATE story_body SET withdrawn_at = $2, withdrawn_why = $3 WHERE story_id = $1;

-- name: story_byline_clear
DELETE FROM story_byline WHERE story_id = $1;

-- name: story_byline_add
INSERT INTO story_byline (story_id, position, person_id) VALUES ($1, $2, $3);

-- name: story_topic_clear
DELETE FROM story_topic WHERE story_id = $1;

-- name: story_topic_add
INSERT INTO story_topic (story_id, position, topic_id) VALUES ($1, $2, $3);

-- name: story_by_file
SELECT story_id, file_hash FROM story_body WHERE file = $1;

-- name: story_set_file_hash
UPDATE story_body SET file_hash = $2 WHERE story_id = $1;
