-- Comments: what readers say to a story and to each other, shown once approved.
-- SPDX-License-Identifier: Apache-2.0

-- name: comment_by_id
SELECT id, story_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment WHERE id = $1;

-- name: comment_create
INSERT INTO comment (story_id, parent_id, status, author_name, author_email, author_url, body,
                     created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id;

-- name: comment_set_status
UPDATE comment SET status = $2 WHERE id = $1;

-- name: comment_list_approved
-- `answers` is whom a comment answers, if that one is shown on any page.
SELECT comment.id, comment.parent_id, comment.author_name, comment.author_url, comment.body, comment.created_at,
       COALESCE(parent.author_name, '') AS answers
FROM comment LEFT JOIN comment AS parent ON parent.id = comment.parent_id AND parent.status = 'approved'
WHERE comment.story_id = $1 AND comment.status = 'approved'
ORDER BY comment.created_at, comment.id LIMIT $2 OFFSET $3;

-- name: comment_list_hidden_parents
-- Those that are not shown but were answered; at most $2.
SELECT id, parent_id FROM comment
WHERE story_id = $1 AND status <> 'approved'
  AND id IN (SELECT parent_id FROM comment WHERE story_id = $1)
ORDER BY id LIMIT $2;

-- name: comment_count
SELECT COUNT(*) AS number FROM comment WHERE story_id = $1 AND status = 'approved';

-- name: comment_list_by_status
SELECT id, story_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment WHERE $1 = '' OR status = $1 ORDER BY created_at DESC, id DESC LIMIT $2;
