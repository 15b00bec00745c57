-- Pictures: where they are, what they show, whose they are.
-- SPDX-License-Identifier: Apache-2.0

-- name: picture_by_id
SELECT id, address, alt, caption, credit, media_type, width, height FROM picture WHERE id = $1;

-- name: picture_by_address
SELECT id, address, alt, caption, credit, media_type, width, height
FROM picture WHERE address = $1;

-- name: picture_create
INSERT INTO picture (address, alt, caption, credit, media_type, width, height)
VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id;

-- name: picture_update
UPDATE picture SET alt = $2, caption = $3, credit = $4, media_type = $5, width = $6, height = $7
WHERE id = $1;
