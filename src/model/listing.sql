-- The lists that stories stand in, and the parts of their archives.
-- SPDX-License-Identifier: Apache-2.0

-- name: listing_cards
SELECT story_card.* FROM listing JOIN story_card ON story_card.id = listing.story_id
WHERE listing.list_kind = $1 AND listing.list_id = $2
  AND (listing.published_at, listing.story_id) < ($3, $4)
  AND (listing.published_at, listing.story_id) >= ($5, $6)
ORDER BY listing.published_at DESC, listing.story_id DESC LIMIT $7;

-- name: listing_newer
SELECT story_card.* FROM listing JOIN story_card ON story_card.id = listing.story_id
WHERE listing.list_kind = $1 AND listing.list_id = $2
  AND (listing.published_at, listing.story_id) > ($3, $4)
ORDER BY listing.published_at, listing.story_id LIMIT 1;

-- name: listing_stretch
SELECT story_id AS id FROM listing
WHERE list_kind = $1 AND list_id = $2
  AND (published_at, story_id) < ($3, $4) AND (published_at, story_id) >= ($5, $6)
ORDER BY published_at DESC, story_id DESC LIMIT $7;

-- name: listing_ids
SELECT published_at AS at, story_id AS id FROM listing
WHERE list_kind = $1 AND list_id = $2
ORDER BY published_at DESC, story_id DESC LIMIT $3;

-- name: listing_add
INSERT INTO listing (list_kind, list_id, published_at, story_id) VALUES ($1, $2, $3, $4);

-- name: listing_remove
DELETE FROM listing WHERE list_kind = $1 AND list_id = $2 AND published_at = $3 AND story_id = $4;

-- name: listing_next
-- The place next above one, below a part's high mark.
SELECT published_at AS at, story_id AS id FROM listing
WHERE list_kind = $1 AND list_id = $2 AND (published_at, story_id) > ($3, $4)
  AND (published_at, story_id) < ($5, $6)
ORDER BY published_at, story_id LIMIT 1;

-- name: listing_middle
-- The place that stands $7 stories above the low mark of a part.
SELECT published_at AS at, story_id AS id FROM listing
WHERE list_kind = $1 AND list_id = $2 AND (published_at, story_id) >= ($3, $4)
  AND (published_at, story_id) < ($5, $6)
ORDER BY published_at, story_id LIMIT 1 OFFSET $7;

-- name: archive_parts
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND stories > 0
ORDER BY month DESC, low_at DESC, low_id DESC;

-- name: archive_parts_of
-- Signed, so that SQLite does not walk through all months because they come in this order.
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month = $3 AND stories > 0
ORDER BY +low_at DESC, +low_id DESC;

-- name: archive_month_list
SELECT DISTINCT month FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month < $3 AND stories > 0
ORDER BY month DESC LIMIT $4;

-- name: archive_month_newer
SELECT month FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month > $3 AND stories > 0
ORDER BY month LIMIT 1;

-- name: archive_part_by_number
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month = $3 AND part = $4 AND stories > 0;

-- name: archive_part_newest
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month = $3 AND stories > 0
ORDER BY +low_at DESC, +low_id DESC LIMIT 1;

-- name: archive_part_begun
-- The one that begins next at or before a place: parts do not overlap, so that it holds the place or
-- none does.
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND (low_at, low_id) <= ($3, $4)
ORDER BY low_at DESC, low_id DESC LIMIT 1;

-- name: archive_part_above
SELECT month, part, low_at, low_id, high_at, high_id, stories FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND (low_at, low_id) > ($3, $4)
ORDER BY low_at, low_id LIMIT 1;

-- name: archive_part_last_number
SELECT COALESCE(MAX(part), 0) AS number FROM archive_part
WHERE list_kind = $1 AND list_id = $2 AND month = $3;

-- name: archive_part_create
INSERT INTO archive_part (list_kind, list_id, month, part, low_at, low_id, high_at, high_id, stories)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: archive_part_update
UPDATE archive_part SET high_at = $5, high_id = $6, stories = $7
WHERE list_kind = $1 AND list_id = $2 AND month = $3 AND part = $4;
