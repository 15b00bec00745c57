-- Sections: the tree that stories are filed in.
-- SPDX-License-Identifier: Apache-2.0

-- name: section_list
SELECT id, parent_id, slug, name, path FROM section ORDER BY parent_id, position, id;

-- name: section_by_id
SELECT id, parent_id, slug, name, description, position, path FROM section WHERE id = $1;

-- name: section_by_path
SELECT id, parent_id, slug, name, description, position, path FROM section WHERE path = $1;

-- name: section_card_by_id
SELECT id, parent_id, slug, name, path FROM section WHERE id = $1;

-- name: section_children
SELECT id, parent_id, slug, name, path FROM section WHERE parent_id = $1 ORDER BY position, id;

-- name: section_count
SELECT COUNT(*) AS number FROM section;

-- name: section_position_next
SELECT COALESCE(MAX(position), 0) + 1 AS number FROM section WHERE parent_id = $1;

-- name: section_count_before
-- How many siblings stand before section $2 if it has position $3.
SELECT COUNT(*) AS number FROM section
WHERE parent_id = $1 AND id <> $2 AND (position < $3 OR (position = $3 AND id < $2));

-- name: section_create
INSERT INTO section (parent_id, slug, name, description, position, path)
VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: section_update
UPDATE section SET name = $2, description = $3, position = $4 WHERE id = $1;
