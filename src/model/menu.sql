-- Menus: a tree of links for each place that shows one.
-- SPDX-License-Identifier: Apache-2.0

-- name: menu_read
SELECT id, parent_id, label, address FROM menu_item
WHERE place = $1 ORDER BY parent_id, position, id;

-- name: menu_clear
DELETE FROM menu_item WHERE place = $1;

-- name: menu_item_create
INSERT INTO menu_item (place, parent_id, position, label, address)
VALUES ($1, $2, $3, $4, $5) RETURNING id;
