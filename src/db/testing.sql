-- Schemas for unit tests on PostgreSQL: a test's own is named by the connection's search path.
-- SPDX-License-Identifier: Apache-2.0

-- script: schema_create
SELECT 1;
-- postgres:
DO $body$ BEGIN EXECUTE format('CREATE SCHEMA %I', current_setting('search_path')); END $body$;

-- script: schema_drop
SELECT 1;
-- postgres:
DO $body$ BEGIN EXECUTE format('DROP SCHEMA %I CASCADE', current_setting('search_path')); END $body$;
