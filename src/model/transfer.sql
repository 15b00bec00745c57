-- Every noun's rows as they stand, in the order of their keys, for archives; and their way back.
-- The parameters of an insert are the columns of src/model/transfer.c, in its order.
-- SPDX-License-Identifier: Apache-2.0

-- name: transfer_publication_list
SELECT id, name, tagline, description, language, zone, base_url, created_at, accent, headline_font, text_font,
       sans_font, logo_id, logo_dark_id, icon_id
FROM publication WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_publication_add
INSERT INTO publication (id, name, tagline, description, language, zone, base_url, created_at, accent,
                         headline_font, text_font, sans_font, logo_id, logo_dark_id, icon_id)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);

-- name: transfer_picture_list
SELECT id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x, focus_y, hash
FROM picture WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_picture_add
INSERT INTO picture (id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x,
                     focus_y, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: transfer_section_list
SELECT id, parent_id, slug, name, description, position, path
FROM section WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_section_add
INSERT INTO section (id, parent_id, slug, name, description, position, path)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: transfer_person_list
SELECT id, slug, name, role, biography, picture_id, path
FROM person WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_person_add
INSERT INTO person (id, slug, name, role, biography, picture_id, path)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: transfer_topic_list
SELECT id, slug, name, description, path FROM topic WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_topic_add
INSERT INTO topic (id, slug, name, description, path) VALUES ($1, $2, $3, $4, $5);

-- name: transfer_story_list
SELECT story.id, kind, status, headline, standfirst, excerpt, section_id, path, picture_id, person1_id,
       person2_id, byline_count, source_name, published_at, updated_at, version,
       language, video_seconds, source_url, video_url, comments_open, words, reading_minutes, withdrawn_at,
       withdrawn_why, file, file_hash, body, plain
FROM story JOIN story_body ON story_body.story_id = story.id
WHERE story.id > $1 ORDER BY story.id LIMIT $2;

-- name: transfer_story_add
INSERT INTO story (id, kind, status, headline, standfirst, excerpt, section_id, path, picture_id,
                   person1_id, person2_id, byline_count, source_name, published_at, updated_at, version,
                   language, video_seconds)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18);

-- name: transfer_story_body_add
INSERT INTO story_body (story_id, source_url, video_url, comments_open, words, reading_minutes,
                        withdrawn_at, withdrawn_why, file, file_hash, body, plain)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: transfer_byline_list
-- Those of the stories from $1 to $2.
SELECT story_id AS owner, person_id AS id FROM story_byline
WHERE story_id >= $1 AND story_id <= $2 ORDER BY story_id, position;

-- name: transfer_topics_list
SELECT story_id AS owner, topic_id AS id FROM story_topic
WHERE story_id >= $1 AND story_id <= $2 ORDER BY story_id, position;

-- name: transfer_version_list
SELECT story_id, number, change_kind, note, approved_by, made_at, headline, standfirst,
       previous_hash, hash, body, is_public
FROM story_version WHERE (story_id, number) > ($1, $2) ORDER BY story_id, number LIMIT $3;

-- name: transfer_related_list
SELECT story_id, position, other_id
FROM related WHERE (story_id, position) > ($1, $2) ORDER BY story_id, position LIMIT $3;

-- name: transfer_feature_list
SELECT story_id, is_big, made_at FROM feature WHERE story_id > $1 ORDER BY story_id LIMIT $2;

-- name: transfer_part_list
SELECT list_kind, list_id, month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE (list_kind, list_id, month, part) > ($1, $2, $3, $4)
ORDER BY list_kind, list_id, month, part LIMIT $5;

-- name: transfer_page_list
SELECT id, path, title, description, body, updated_at, status FROM page WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_page_add
INSERT INTO page (id, path, title, description, body, updated_at, status)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: transfer_comment_list
SELECT id, story_id, page_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_comment_add
INSERT INTO comment (id, story_id, page_id, parent_id, status, author_name, author_email, author_url, body,
                     created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10);

-- name: transfer_event_list
SELECT id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
       signup_url, picture_id, body, updated_at
FROM event WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_event_add
INSERT INTO event (id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser,
                   price, signup_url, picture_id, body, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17);

-- name: transfer_menu_list
SELECT id, place, parent_id, position, label, address
FROM menu_item WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_menu_add
INSERT INTO menu_item (id, place, parent_id, position, label, address)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: transfer_path_list
SELECT path, kind, target, is_current, address, created_at FROM path
WHERE path COLLATE "C" > $1 ORDER BY path COLLATE "C" LIMIT $2;

-- name: transfer_path_add
INSERT INTO path (path, kind, target, is_current, address, created_at)
VALUES ($1, $2, $3, $4, $5, $6);

-- name: transfer_import_list
SELECT source, kind, external_id, local_id, hash, local_hash FROM import_item
WHERE (source COLLATE "C", kind COLLATE "C", external_id COLLATE "C") > ($1, $2, $3)
ORDER BY source COLLATE "C", kind COLLATE "C", external_id COLLATE "C" LIMIT $4;

-- name: transfer_job_list
SELECT id, kind, subject, due_at, attempts, last_error FROM job WHERE id > $1 ORDER BY id LIMIT $2;

-- name: transfer_job_add
-- Nobody over here holds a lease.
INSERT INTO job (id, kind, subject, due_at, leased_until, attempts, last_error)
VALUES ($1, $2, $3, $4, 0, $5, $6);

-- What follows from the rows that were brought in.

-- name: transfer_body_is
-- Whether a story's body is this very text.
SELECT COUNT(*) AS number FROM story_body WHERE story_id = $1 AND body = $2;

-- name: transfer_list_all
INSERT INTO listing (list_kind, list_id, published_at, story_id)
SELECT 0, 0, published_at, id FROM story WHERE status = 'published';

-- name: transfer_list_sections
WITH RECURSIVE above (section_id, list_id) AS (
    SELECT id, id FROM section
    UNION
    SELECT above.section_id, section.parent_id
    FROM above JOIN section ON section.id = above.list_id
    WHERE section.parent_id <> 0
)
INSERT INTO listing (list_kind, list_id, published_at, story_id)
SELECT 1, above.list_id, story.published_at, story.id
FROM story JOIN above ON above.section_id = story.section_id WHERE story.status = 'published';

-- name: transfer_list_topics
INSERT INTO listing (list_kind, list_id, published_at, story_id)
SELECT DISTINCT 2, story_topic.topic_id, story.published_at, story.id
FROM story JOIN story_topic ON story_topic.story_id = story.id WHERE story.status = 'published';

-- name: transfer_list_people
INSERT INTO listing (list_kind, list_id, published_at, story_id)
SELECT DISTINCT 3, story_byline.person_id, story.published_at, story.id
FROM story JOIN story_byline ON story_byline.story_id = story.id WHERE story.status = 'published';

-- name: transfer_list_kinds
INSERT INTO listing (list_kind, list_id, published_at, story_id)
SELECT 4, CASE kind WHEN 'opinion' THEN 1 ELSE 2 END, published_at, id
FROM story WHERE status = 'published' AND kind IN ('opinion', 'video');

-- name: transfer_part_wrong
-- Parts that do not hold as many stories as they say, and stories that stand in no part.
SELECT (SELECT COUNT(*) FROM archive_part WHERE stories <>
           (SELECT COUNT(*) FROM listing
            WHERE listing.list_kind = archive_part.list_kind AND listing.list_id = archive_part.list_id
              AND (published_at, story_id) >= (low_at, low_id)
              AND (published_at, story_id) < (high_at, high_id)))
       + (SELECT COUNT(*) FROM listing)
       - (SELECT CAST(COALESCE(SUM(stories), 0) AS BIGINT) FROM archive_part) AS number;

-- name: transfer_version_wrong
-- Stories whose version is not the newest of the ledger.
SELECT COUNT(*) AS number FROM story
WHERE version <> (SELECT COALESCE(MAX(number), 0) FROM story_version WHERE story_id = story.id);

-- name: transfer_path_wrong
-- Stories, sections, people, topics, pages and events whose path names something else.
SELECT COUNT(*) AS number FROM (
    SELECT 'story' AS kind, id, path FROM story
    UNION ALL SELECT 'section', id, path FROM section
    UNION ALL SELECT 'person', id, path FROM person
    UNION ALL SELECT 'topic', id, path FROM topic
    UNION ALL SELECT 'page', id, path FROM page
    UNION ALL SELECT 'event', id, path FROM event
) AS stands
WHERE NOT EXISTS (SELECT 1 FROM path WHERE path.path = stands.path AND path.kind = stands.kind
                  AND path.target = stands.id AND path.is_current = 1);

-- Identity columns go on behind the highest id; SQLite's do so by themselves.

-- name: transfer_picture_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('picture', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM picture;

-- name: transfer_section_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('section', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM section;

-- name: transfer_person_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('person', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM person;

-- name: transfer_topic_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('topic', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM topic;

-- name: transfer_story_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('story', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM story;

-- name: transfer_comment_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('comment', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM comment;

-- name: transfer_page_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('page', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM page;

-- name: transfer_event_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('event', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM event;

-- name: transfer_menu_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('menu_item', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM menu_item;

-- name: transfer_job_id
SELECT 1 AS number;
-- postgres:
SELECT setval(pg_get_serial_sequence('job', 'id'), COALESCE(MAX(id), 0) + 1, false) AS number FROM job;
