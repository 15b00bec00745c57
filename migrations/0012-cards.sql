-- What cards show of a story stands in the story's own row: its language and how long its film is.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE story ADD COLUMN language TEXT NOT NULL DEFAULT '';       -- BCP 47; empty: the publication's
ALTER TABLE story ADD COLUMN video_seconds BIGINT NOT NULL DEFAULT 0; -- 0 when not known
UPDATE story SET (language, video_seconds) =
    (SELECT story_body.language, story_body.video_seconds FROM story_body WHERE story_body.story_id = story.id)
WHERE EXISTS (SELECT 1 FROM story_body WHERE story_body.story_id = story.id
              AND (story_body.language <> '' OR story_body.video_seconds <> 0));
ALTER TABLE story_body DROP COLUMN language;
ALTER TABLE story_body DROP COLUMN video_seconds;

DROP VIEW story_card;
CREATE VIEW story_card AS
SELECT story.id, story.kind, story.status, story.headline, story.standfirst, story.excerpt, story.path,
       story.language, story.video_seconds,
       story.section_id, section.name AS section_name, section.path AS section_path,
       story.picture_id, picture.alt AS picture_alt, picture.width AS picture_width,
       picture.height AS picture_height, picture.stem AS picture_stem,
       picture.variants AS picture_variants, picture.alpha AS picture_alpha,
       picture.focus_x AS picture_focus_x, picture.focus_y AS picture_focus_y,
       story.person1_id, person1.name AS person1_name, person1.path AS person1_path,
       story.person2_id, person2.name AS person2_name, person2.path AS person2_path,
       story.byline_count, story.source_name, story.published_at, story.updated_at
FROM story
JOIN section ON section.id = story.section_id
LEFT JOIN picture ON picture.id = story.picture_id
LEFT JOIN person AS person1 ON person1.id = story.person1_id
LEFT JOIN person AS person2 ON person2.id = story.person2_id;
