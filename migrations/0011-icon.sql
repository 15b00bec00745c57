-- A publication's mark for tabs and home screens. 0: the theme's, or its first letter.
-- SPDX-License-Identifier: Apache-2.0

-- A picture: without a reference, for an archive brings the publication before them.
ALTER TABLE publication ADD COLUMN icon_id BIGINT NOT NULL DEFAULT 0;
