-- The ledger of public versions.
-- SPDX-License-Identifier: Apache-2.0

-- name: version_create
INSERT INTO story_version (story_id, number, change_kind, note, approved_by, made_at, headline, standfirst,
                           previous_hash, hash, body)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

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
