-- Pictures: where they are, what they show, whose they are, which files of ours there are.
-- SPDX-License-Identifier: Apache-2.0

-- name: picture_by_id
SELECT id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x, focus_y, hash
FROM picture WHERE id = $1;

-- name: picture_by_address
SELECT id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x, focus_y, hash
FROM picture WHERE address = $1;

-- name: picture_by_hash
SELECT id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x, focus_y, hash
FROM picture WHERE hash = $1 AND stem <> '' ORDER BY id LIMIT 1;

-- name: picture_list
SELECT id, address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x, focus_y, hash
FROM picture ORDER BY id DESC LIMIT $1;

-- name: picture_create
INSERT INTO picture (address, alt, caption, credit, media_type, width, height, stem, variants, alpha, focus_x,
                     focus_y, hash)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id;

-- name: picture_update
UPDATE picture SET alt = $2, caption = $3, credit = $4, media_type = $5, width = $6, height = $7
WHERE id = $1;

-- name: picture_set_files
UPDATE picture SET media_type = $2, width = $3, height = $4, stem = $5, variants = $6, alpha = $7, focus_x = $8,
       focus_y = $9, hash = $10
WHERE id = $1;
