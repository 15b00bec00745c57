-- Every path that ever named something.
-- SPDX-License-Identifier: Apache-2.0

-- name: path_find
SELECT path.kind, path.target, path.is_current, path.address,
       COALESCE(now.path, '') AS current
FROM path LEFT JOIN path AS now
  ON now.kind = path.kind AND now.target = path.target AND now.is_current = 1 AND path.target <> 0
WHERE path.path = $1;

-- name: path_retire
UPDATE path SET is_current = 0 WHERE kind = $1 AND target = $2 AND is_current = 1;

-- name: path_list_of_target
SELECT path FROM path WHERE kind = $1 AND target = $2;

-- name: path_revive
UPDATE path SET is_current = 1 WHERE path = $1;

-- name: path_create
INSERT INTO path (path, kind, target, is_current, address, created_at)
VALUES ($1, $2, $3, 1, $4, $5);

-- name: path_create_old
INSERT INTO path (path, kind, target, is_current, address, created_at)
VALUES ($1, $2, $3, 0, '', $4);
