-- What sitemaps list of stories.
-- SPDX-License-Identifier: Apache-2.0

-- name: sitemap_highest
SELECT COALESCE(MAX(id), 0) AS id FROM (
    SELECT MAX(id) AS id FROM section UNION ALL SELECT MAX(id) FROM page
    UNION ALL SELECT MAX(id) FROM topic UNION ALL SELECT MAX(id) FROM person) AS highest;

-- name: sitemap_stories
SELECT story.path, story.updated_at
FROM listing JOIN story ON story.id = listing.story_id
WHERE listing.list_kind = 0 AND listing.list_id = 0
  AND (listing.published_at, listing.story_id) < ($1, $2)
  AND (listing.published_at, listing.story_id) >= ($3, $4)
ORDER BY listing.published_at DESC, listing.story_id DESC LIMIT $5;
