-- What the editors want on top of the front.
-- SPDX-License-Identifier: Apache-2.0

-- name: feature_list
SELECT story_id, is_big FROM feature ORDER BY made_at DESC, story_id DESC LIMIT $1;

-- name: feature_by_story
SELECT story_id, is_big FROM feature WHERE story_id = $1;

-- name: feature_add
INSERT INTO feature (story_id, is_big, made_at) VALUES ($1, $2, $3);

-- name: feature_remove
DELETE FROM feature WHERE story_id = $1;
