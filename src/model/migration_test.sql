-- A newsroom as it was in older schemas, for tests of migrations.
-- SPDX-License-Identifier: Apache-2.0

-- name: section
INSERT INTO section (parent_id, slug, name, description, position, path)
VALUES (0, 'news', 'News', '', 1, '/news/');

-- name: story
INSERT INTO story (kind, status, headline, standfirst, excerpt, section_id, path, byline_count, source_name,
                   published_at, updated_at, version)
VALUES ('news', 'published', 'Gold rises', '', '', 1, '/news/gold-rises/', 0, '', 1, 1, 1);

-- name: comment
INSERT INTO comment (story_id, parent_id, status, author_name, author_email, author_url, body, created_at)
VALUES (1, $1, $2, $3, 'reader@example.com', '', '<p>Well said.</p>', $4);

-- name: import
INSERT INTO import_item (source, kind, external_id, local_id, hash, local_hash)
VALUES ('wordpress:https://old.example', $1, '1', 1, 'given', 'here');

-- name: film
INSERT INTO story (kind, status, headline, standfirst, excerpt, section_id, path, byline_count, source_name,
                   published_at, updated_at, version)
VALUES ('video', 'published', 'Headline', '', '', 1, $1, 0, '', 1, 1, 1);

-- name: film_body
INSERT INTO story_body (story_id, language, source_url, video_url, comments_open, words, reading_minutes, withdrawn_at,
                        withdrawn_why, file_hash, body, plain, video_seconds)
VALUES ($1, $2, '', '', 0, 1, 1, 0, '', '', '<p>x</p>', 'x', $3);
