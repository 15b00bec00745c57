-- Topics: what stories are about, across sections.
-- SPDX-License-Identifier: Apache-2.0

-- name: topic_by_id
SELECT id, slug, name, description, path FROM topic WHERE id = $1;

-- name: topic_by_slug
SELECT id, slug, name, description, path FROM topic WHERE slug = $1;

-- name: topic_list
SELECT id, slug, name, path FROM topic WHERE id > $1 ORDER BY id LIMIT $2;

-- name: topic_create
INSERT INTO topic (slug, name, description, path) VALUES ($1, $2, $3, $4) RETURNING id;

-- name: topic_update
UPDATE topic SET name = $2, description = $3 WHERE id = $1;
