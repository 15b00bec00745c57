-- Pictures that have files of ours: which there are, and what of the picture must stay in view.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE picture ADD COLUMN stem TEXT NOT NULL DEFAULT '';     -- of its files below pictures/: "3f/3f9a…"; empty: it has none
ALTER TABLE picture ADD COLUMN variants TEXT NOT NULL DEFAULT ''; -- what stands behind the stem and a dash: "320.avif 640.avif 640.jpg share.jpg"
ALTER TABLE picture ADD COLUMN alpha BIGINT NOT NULL DEFAULT 0;   -- 1: something of it is transparent
ALTER TABLE picture ADD COLUMN focus_x BIGINT NOT NULL DEFAULT 500; -- thousandths of its width
ALTER TABLE picture ADD COLUMN focus_y BIGINT NOT NULL DEFAULT 500; -- and of its height
ALTER TABLE picture ADD COLUMN hash TEXT NOT NULL DEFAULT '';     -- SHA-256 of the file it was made from, in hex
CREATE INDEX picture_hash ON picture (hash);

-- As it was, with what a card prints of its picture.
DROP VIEW story_card;
CREATE VIEW story_card AS
SELECT story.id, story.kind, story.status, story.headline, story.standfirst, story.excerpt, story.path,
       story.section_id, section.name AS section_name, section.path AS section_path,
       story.picture_id, picture.alt AS picture_alt, picture.width AS picture_width,
       picture.height AS picture_height, picture.stem AS picture_stem,
       picture.variants AS picture_variants, picture.alpha AS picture_alpha,
       picture.focus_x AS picture_focus_x, picture.focus_y AS picture_focus_y,
       story.person1_id, person1.name AS person1_name, person1.path AS person1_path,
       story.person2_id, person2.name AS person2_name, person2.path AS person2_path,
       story.byline_count, story.source_name, story.published_at
FROM story
JOIN section ON section.id = story.section_id
LEFT JOIN picture ON picture.id = story.picture_id
LEFT JOIN person AS person1 ON person1.id = story.person1_id
LEFT JOIN person AS person2 ON person2.id = story.person2_id;
