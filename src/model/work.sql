-- Commit numbers and the write sets of commits.
-- SPDX-License-Identifier: Apache-2.0

-- name: commit_number
SELECT number FROM commit_counter WHERE id = 1;

-- name: commit_next
UPDATE commit_counter SET number = number + 1 WHERE id = 1 RETURNING number;

-- name: change_create
INSERT INTO change (number, position, key, low_at, low_id, high_at, high_id)
VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: change_list_since
-- Ordered as they were made; at most $2 rows.
SELECT number, key, low_at, low_id, high_at, high_id FROM change
WHERE number > $1 ORDER BY number, position LIMIT $2;

-- name: change_list_of
SELECT number, key, low_at, low_id, high_at, high_id FROM change WHERE number = $1 ORDER BY position;

-- name: change_pruned
SELECT number, pruned FROM commit_counter WHERE id = 1;

-- name: change_prune
DELETE FROM change WHERE number <= $1;

-- name: change_prune_mark
UPDATE commit_counter SET pruned = $1 WHERE id = 1 AND pruned < $1;
