-- How a publication looks: its colour, its faces, its logo. What is empty or 0 is the theme's.
-- SPDX-License-Identifier: Apache-2.0

ALTER TABLE publication ADD COLUMN accent TEXT NOT NULL DEFAULT '';        -- #rrggbb
ALTER TABLE publication ADD COLUMN headline_font TEXT NOT NULL DEFAULT ''; -- newsreader public-sans georgia system
ALTER TABLE publication ADD COLUMN text_font TEXT NOT NULL DEFAULT '';     -- public-sans georgia system
ALTER TABLE publication ADD COLUMN sans_font TEXT NOT NULL DEFAULT '';     -- public-sans system
-- Pictures: without a reference, for an archive brings the publication before them.
ALTER TABLE publication ADD COLUMN logo_id BIGINT NOT NULL DEFAULT 0;      -- on light paper; on dark too, when there is none for it
ALTER TABLE publication ADD COLUMN logo_dark_id BIGINT NOT NULL DEFAULT 0;
