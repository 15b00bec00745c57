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

struct id_row {
    int64_t id;
};
FIELDS_LOCAL(id_fields, struct id_row, "sitemap", FIELD(struct id_row, id));

error sitemap_files(struct work *w, int64_t *files)
{
    const str lists[] = {S("sections"), S("pages"), S("topics"), S("people")};
    struct id_row highest = {0};
    bool found;
    try(db_one(w->conn, w->arena, SQL_SITEMAP_HIGHEST, NO_ARGS, &id_fields, &highest, &found));
    *files = highest.id > SITEMAP_IDS ? (highest.id - 1) / SITEMAP_IDS + 1 : 1;
    // Nothing of the four is ever deleted, so there can only be more.
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        keyset_add_range(&w->reads, lists[i], (rank){*files * SITEMAP_IDS + 1, 0}, RANK_HIGHEST);
    return NULL;
}
