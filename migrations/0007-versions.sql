-- Which versions of a story readers have seen, the corrections of the whole publication in order, and
-- how long films are.
-- SPDX-License-Identifier: Apache-2.0

-- 0 while a story is closed to readers: what stands in a draft is nobody's business.
ALTER TABLE story_version ADD COLUMN is_public BIGINT NOT NULL DEFAULT 1;
CREATE INDEX story_version_told ON story_version (made_at, story_id, number)
WHERE change_kind IN ('correction', 'clarification', 'retraction');

ALTER TABLE story_body ADD COLUMN video_seconds BIGINT NOT NULL DEFAULT 0; -- 0 when not known
