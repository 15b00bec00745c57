-- Statements for db_test.c.
-- SPDX-License-Identifier: Apache-2.0

-- name: thing_add
INSERT INTO thing (name, note) VALUES ($1, $2);

-- name: thing_add_all
INSERT INTO thing (name, note, number, real, flag, at) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id;

-- name: thing_by_name
SELECT id, name, note, number, real, flag, at FROM thing WHERE name = $1;

-- name: thing_list
SELECT name, note, number FROM thing ORDER BY name;

-- name: thing_count
SELECT count(*) AS number FROM thing;

-- The second parameter comes first, and the first comes twice.
-- name: thing_shuffled
SELECT CAST($2 AS TEXT) AS name, CAST($1 AS TEXT) AS note, CAST($3 AS BIGINT) AS number
FROM thing WHERE name = 'first' AND CAST($1 AS TEXT) <> CAST($2 AS TEXT);

-- name: thing_strange
SELECT id, name, 1 AS stranger FROM thing;

-- name: thing_misfit
SELECT note AS number FROM thing WHERE name = 'first';

-- name: thing_part
INSERT INTO thing (name, part_of) VALUES ($1, $2);

-- name: thing_rename_all
UPDATE thing SET note = $1;

-- name: thing_delete
DELETE FROM thing WHERE name = $1;

-- name: thing_fill
INSERT INTO thing (name, note, number)
WITH RECURSIVE counter (n) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT n + 1 FROM counter WHERE n < $1)
SELECT CAST(n AS TEXT), 'filled', n FROM counter;

-- name: words_search
SELECT count(*) AS number FROM thing_words WHERE thing_words MATCH $1;
-- postgres:
SELECT count(*) AS number FROM thing_words WHERE words @@ to_tsquery('simple', $1);

-- name: pages_limit
PRAGMA max_page_count = 40;
-- postgres:
SELECT 40 AS max_page_count;

-- The server ends the connection that asks.
-- name: hang_up
SELECT 1 AS flag;
-- postgres:
SELECT pg_terminate_backend(pg_backend_pid()) AS flag;
