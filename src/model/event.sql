-- Events: programmes, webinars, trainings.
-- SPDX-License-Identifier: Apache-2.0

-- name: event_by_id
SELECT id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
       signup_url, COALESCE(picture_id, 0) AS picture_id, body, updated_at
FROM event WHERE id = $1;

-- name: event_upcoming
SELECT id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
       signup_url, COALESCE(picture_id, 0) AS picture_id, body, updated_at
FROM event WHERE ends_at > $1 AND status <> 'removed' ORDER BY starts_at, id LIMIT $2;

-- name: event_next_end
SELECT COALESCE(MIN(ends_at), 0) AS number FROM event WHERE ends_at > $1 AND status <> 'removed';

-- name: event_past
SELECT id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
       signup_url, COALESCE(picture_id, 0) AS picture_id, body, updated_at
FROM event WHERE ends_at <= $1 AND status <> 'removed' ORDER BY starts_at DESC, id DESC LIMIT $2;

-- name: event_between
SELECT id, path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
       signup_url, COALESCE(picture_id, 0) AS picture_id, body, updated_at
FROM event WHERE starts_at >= $1 AND starts_at < $2 AND status <> 'removed' ORDER BY starts_at DESC, id DESC LIMIT $3;

-- name: event_create
INSERT INTO event (path, kind, status, title, summary, starts_at, ends_at, zone, place, online_url, organiser, price,
                   signup_url, picture_id, body, updated_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING id;

-- name: event_update
UPDATE event SET kind = $2, status = $3, title = $4, summary = $5, starts_at = $6, ends_at = $7, zone = $8, place = $9,
                 online_url = $10, organiser = $11, price = $12, signup_url = $13, picture_id = $14, body = $15,
                 updated_at = $16
WHERE id = $1;
