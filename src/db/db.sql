-- The statements of the db module itself: connections, transactions, the list of applied migrations.
-- SPDX-License-Identifier: Apache-2.0

-- What every new connection is told. WAL lets readers read while one writes; FULL means that what
-- was acknowledged survives a power cut. No memory mapping: measured after another's commit, its page
-- faults cost more than the reads that it saves.
-- script: set_up
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA trusted_schema = OFF;
PRAGMA temp_store = MEMORY;
PRAGMA cache_size = -4096;
PRAGMA journal_size_limit = 67108864;
-- postgres:
SET client_encoding = 'UTF8';
SET client_min_messages = warning;
SET lock_timeout = '5s';

-- name: journal_mode
PRAGMA journal_mode;
-- postgres:
SELECT 'wal' AS journal_mode;

-- script: begin_read
BEGIN DEFERRED;
-- postgres:
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;

-- One writer at a time on both engines, so that what a writer read still holds when it writes. On
-- PostgreSQL the lock belongs to the schema and leaves with the transaction.
-- script: begin_write
BEGIN IMMEDIATE;
-- postgres:
BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SELECT pg_advisory_xact_lock(hashtextextended('broadsheet/' || current_schema(), 0));

-- script: commit_read
COMMIT;

-- script: commit_write
COMMIT;
-- postgres:
NOTIFY broadsheet;
COMMIT;

-- script: rollback
ROLLBACK;

-- A number that other connections' commits change; on PostgreSQL notifications tell instead.
-- script: watch
PRAGMA data_version;
-- postgres:
LISTEN broadsheet;

-- name: data_version
PRAGMA data_version;
-- postgres:
SELECT CAST(0 AS BIGINT) AS data_version;

-- name: migration_table_exists
SELECT count(*) AS tables FROM sqlite_schema WHERE name = 'schema_migration';
-- postgres:
SELECT count(*) AS tables FROM pg_class WHERE oid = to_regclass('schema_migration');

-- script: migration_table_create
CREATE TABLE schema_migration (
    name       TEXT COLLATE "C" PRIMARY KEY, -- the file's name
    checksum   TEXT NOT NULL,                -- of its text as it was run
    applied_at BIGINT NOT NULL               -- milliseconds since 1970
);

-- name: migration_list
SELECT name, checksum, applied_at FROM schema_migration ORDER BY name;

-- name: migration_record
INSERT INTO schema_migration (name, checksum, applied_at) VALUES ($1, $2, $3);
