// What sitemaps list of stories: their addresses and when they last changed.
// SPDX-License-Identifier: Apache-2.0
#include "model/sitemap.h"

#include "model/listing.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(sitemap_story_fields, struct sitemap_story, "sitemap row", FIELD(struct sitemap_story, path),
       FIELD(struct sitemap_story, updated_at));

error sitemap_stories(struct work *w, rank before, rank down_to, int64_t most, struct list *stories)
{
    key_list(&w->reads, LIST_ALL, 0, down_to, before);
    keyset_add_range(&w->reads, S("lastmod"), down_to, before);
    return db_list(w->conn, w->arena, SQL_SITEMAP_STORIES,
                   ARGS(V(before.at), V(before.id), V(down_to.at), V(down_to.id), V(most)),
                   &sitemap_story_fields, stories);
}
