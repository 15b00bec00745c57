-- What an import made of what it was given.
-- SPDX-License-Identifier: Apache-2.0

-- name: import_item_find
SELECT local_id, hash, local_hash FROM import_item
WHERE source = $1 AND kind = $2 AND external_id = $3;

-- name: import_item_list
SELECT external_id, local_id, hash, local_hash FROM import_item
WHERE source = $1 AND kind = $2 ORDER BY local_id, external_id;

-- name: import_item_save
INSERT INTO import_item (source, kind, external_id, local_id, hash, local_hash)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (source, kind, external_id)
DO UPDATE SET local_id = excluded.local_id, hash = excluded.hash, local_hash = excluded.local_hash;

-- name: import_item_stories_pictured
SELECT external_id, local_id, hash, local_hash FROM import_item JOIN story_body ON story_id = local_id
WHERE source = $1 AND kind = 'story' AND (body <> replace(body, 'class="elsewhere"', '') OR body <> replace(body, '/uploads/', ''))
ORDER BY local_id;

-- name: import_item_pages_pictured
SELECT external_id, local_id, hash, local_hash FROM import_item JOIN page ON page.id = local_id
WHERE source = $1 AND kind = 'page' AND (body <> replace(body, 'class="elsewhere"', '') OR body <> replace(body, '/uploads/', ''))
ORDER BY local_id;
