-- What the publication is: its name, language, time zone and address.
-- SPDX-License-Identifier: Apache-2.0

-- name: publication_read
SELECT name, tagline, description, language, zone, base_url, created_at, accent, headline_font, text_font, sans_font,
       logo_id, logo_dark_id, icon_id, logo.stem AS logo_stem, icon.stem AS icon_stem
FROM publication
LEFT JOIN picture AS logo ON logo.id = publication.logo_id
LEFT JOIN picture AS icon ON icon.id = publication.icon_id
WHERE publication.id = 1;

-- name: publication_create
INSERT INTO publication (id, name, tagline, description, language, zone, base_url, created_at, accent,
                         headline_font, text_font, sans_font, logo_id, logo_dark_id, icon_id)
VALUES (1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14);

-- name: publication_update
UPDATE publication
SET name = $1, tagline = $2, description = $3, language = $4, zone = $5, base_url = $6, accent = $7,
    headline_font = $8, text_font = $9, sans_font = $10, logo_id = $11, logo_dark_id = $12, icon_id = $13
WHERE id = 1;
