-- What the publication is: its name, language, time zone and address.
-- SPDX-License-Identifier: Apache-2.0

-- name: publication_read
SELECT name, tagline, description, language, zone, base_url, created_at
FROM publication WHERE id = 1;

-- name: publication_create
INSERT INTO publication (id, name, tagline, description, language, zone, base_url, created_at)
VALUES (1, $1, $2, $3, $4, $5, $6, $7);

-- name: publication_update
UPDATE publication
SET name = $1, tagline = $2, description = $3, language = $4, zone = $5, base_url = $6
WHERE id = 1;
