-- Stories close to a story.
-- SPDX-License-Identifier: Apache-2.0

-- name: related_cards
SELECT story_card.* FROM related JOIN story_card ON story_card.id = related.other_id
WHERE related.story_id = $1 ORDER BY related.position;

-- name: related_ids
SELECT other_id AS id FROM related WHERE story_id = $1 ORDER BY position;

-- name: related_naming
SELECT story_id FROM related WHERE other_id = $1;

-- name: related_forget
DELETE FROM related WHERE other_id = $1 OR story_id = $1;

-- name: related_clear
DELETE FROM related WHERE story_id = $1;

-- name: related_add
INSERT INTO related (story_id, position, other_id) VALUES ($1, $2, $3);

-- name: related_subject
SELECT section_id, status FROM story WHERE id = $1;
