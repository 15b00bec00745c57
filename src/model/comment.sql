-- Comments: what readers say to a story or a page and to each other, shown once approved. What they
-- are on is given by two ids, one of which is 0.
-- SPDX-License-Identifier: Apache-2.0

-- name: comment_by_id
SELECT id, story_id, page_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment WHERE id = $1;

-- name: comment_create
INSERT INTO comment (story_id, page_id, parent_id, status, author_name, author_email, author_url, body,
                     created_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id;

-- name: comment_set_status
UPDATE comment SET status = $2 WHERE id = $1;

-- name: comment_list_approved
-- `answers` is whom a comment answers, if that one is shown on any page.
SELECT comment.id, comment.parent_id, comment.author_name, comment.author_url, comment.body, comment.created_at,
       COALESCE(parent.author_name, '') AS answers
FROM comment LEFT JOIN comment AS parent ON parent.id = comment.parent_id AND parent.status = 'approved'
WHERE COALESCE(comment.story_id, 0) = $1 AND COALESCE(comment.page_id, 0) = $2 AND comment.status = 'approved'
ORDER BY comment.created_at, comment.id LIMIT $3 OFFSET $4;

-- name: comment_list_hidden_parents
-- Those that are not shown but were answered; at most $3.
SELECT id, parent_id FROM comment
WHERE COALESCE(story_id, 0) = $1 AND COALESCE(page_id, 0) = $2 AND status <> 'approved'
  AND id IN (SELECT parent_id FROM comment WHERE COALESCE(story_id, 0) = $1 AND COALESCE(page_id, 0) = $2)
ORDER BY id LIMIT $3;

-- name: comment_count
SELECT COUNT(*) AS number FROM comment
WHERE COALESCE(story_id, 0) = $1 AND COALESCE(page_id, 0) = $2 AND status = 'approved';

-- name: comment_list_by_status
SELECT id, story_id, page_id, parent_id, status, author_name, author_email, author_url, body, created_at
FROM comment WHERE $1 = '' OR status = $1 ORDER BY created_at DESC, id DESC LIMIT $2;
