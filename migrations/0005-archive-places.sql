-- The part that holds a place is found by its low mark; a publication of 200,000 stories has 4,000.
-- SPDX-License-Identifier: Apache-2.0

CREATE INDEX archive_part_place ON archive_part (list_kind, list_id, low_at, low_id);
