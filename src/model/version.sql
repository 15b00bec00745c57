-- The ledger of public versions.
-- SPDX-License-Identifier: Apache-2.0

-- name: version_create
INSERT INTO story_version (story_id, number, change_kind, note, approved_by, made_at, headline, standfirst,
                           previous_hash, hash, body, is_public)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12);

-- name: version_hash
SELECT hash FROM story_version WHERE story_id = $1 AND number = $2;

-- name: version_list
SELECT number, change_kind, note, approved_by, made_at, headline, standfirst, previous_hash, hash, body
FROM story_version WHERE story_id = $1 ORDER BY number;

-- name: version_notes
-- Not IN: SQLite would make a table of the three words for every page.
SELECT number, change_kind, note, approved_by, made_at FROM story_version
WHERE story_id = $1
  AND CASE change_kind WHEN 'correction' THEN 1 WHEN 'clarification' THEN 1 WHEN 'retraction' THEN 1 ELSE 0 END = 1
ORDER BY number DESC;

-- name: version_publish
-- The newest version of a story that opens to readers.
UPDATE story_version SET is_public = 1
WHERE story_id = $1 AND number = (SELECT version FROM story WHERE story.id = $1);

-- name: version_public_list
SELECT number, change_kind, note, made_at, hash FROM story_version
WHERE story_id = $1 AND is_public = 1 ORDER BY number DESC LIMIT $2;

-- name: version_public_by_number
SELECT number, change_kind, note, made_at, headline, standfirst, hash, body FROM story_version
WHERE story_id = $1 AND number = $2 AND is_public = 1;

-- name: version_correction_list
SELECT story_version.story_id, story_version.number, change_kind, note, made_at, story.headline, story.path,
       story.language
FROM story_version JOIN story ON story.id = story_version.story_id
WHERE change_kind IN ('correction', 'clarification', 'retraction') AND story.status = 'published'
  AND made_at >= $1 AND made_at < $2
ORDER BY made_at DESC, story_version.story_id DESC, story_version.number DESC LIMIT $3;

-- name: version_first_correction
SELECT made_at FROM story_version
WHERE change_kind IN ('correction', 'clarification', 'retraction') ORDER BY made_at LIMIT 1;
