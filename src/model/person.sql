-- People: who writes the stories.
-- SPDX-License-Identifier: Apache-2.0

-- name: person_by_id
SELECT id, slug, name, role, biography, picture_id, path FROM person WHERE id = $1;

-- name: person_by_slug
SELECT id, slug, name, role, biography, picture_id, path FROM person WHERE slug = $1;

-- name: person_list
SELECT id, slug, name, path FROM person WHERE id > $1 ORDER BY id LIMIT $2;

-- name: person_create
INSERT INTO person (slug, name, role, biography, picture_id, path)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: person_update
UPDATE person SET name = $2, role = $3, biography = $4, picture_id = $5 WHERE id = $1;
