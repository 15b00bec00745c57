-- Sections of one parent stand in their order: every page lists them, and sorting them took longer
-- than reading them.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX section_order ON section (parent_id, position, id);
