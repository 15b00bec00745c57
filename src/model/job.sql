-- Durable jobs, leased and retried.
-- SPDX-License-Identifier: Apache-2.0

-- name: job_add
INSERT INTO job (kind, subject, due_at, leased_until, attempts, last_error)
VALUES ($1, $2, $3, 0, 0, '')
ON CONFLICT (kind, subject) DO UPDATE SET
    due_at = CASE WHEN job.due_at < excluded.due_at THEN job.due_at ELSE excluded.due_at END,
    leased_until = 0;

-- name: job_due
SELECT id, kind, subject, due_at, attempts FROM job
WHERE due_at <= $1 AND leased_until <= $1 ORDER BY due_at, id LIMIT 1;
-- postgres:
SELECT id, kind, subject, due_at, attempts FROM job
WHERE due_at <= $1 AND leased_until <= $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED;

-- name: job_set_lease
UPDATE job SET leased_until = $2, attempts = attempts + 1 WHERE id = $1;

-- name: job_done
-- A job queued again while it ran has lost its lease, and stays.
DELETE FROM job WHERE id = $1 AND leased_until <> 0;

-- name: job_retry
-- The lease that counted the attempt may have been rolled back with the job's work.
UPDATE job SET leased_until = 0, due_at = $2, last_error = $3, attempts = $4 WHERE id = $1;

-- name: job_next
SELECT COALESCE(MIN(CASE WHEN due_at > leased_until THEN due_at ELSE leased_until END), 0) AS due,
       COUNT(*) AS waiting
FROM job;
