-- Static pages: about, terms, contact.
-- SPDX-License-Identifier: Apache-2.0

-- name: page_by_id
SELECT id, path, title, description, status, body, updated_at FROM page WHERE id = $1;

-- name: page_by_path
SELECT id, path, title, description, status, body, updated_at FROM page WHERE path = $1;

-- name: page_list
SELECT id, path, title, updated_at FROM page WHERE status = 'published' ORDER BY id;

-- name: page_create
INSERT INTO page (path, title, description, body, updated_at, status)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: page_update
UPDATE page SET title = $2, description = $3, body = $4, updated_at = $5, status = $6 WHERE id = $1;
