// What an import made of what it was given, so that it can be resumed and repeated.
// SPDX-License-Identifier: Apache-2.0
#include "model/import_item.h"

#include "model/statements.h"
#include "model/work.h"

FIELDS(import_item_fields, struct import_item, "import item", FIELD(struct import_item, local_id),
       FIELD(struct import_item, hash), FIELD(struct import_item, local_hash));

FIELDS_LOCAL(import_text_fields, struct import_text, "import item",
             FIELD(struct import_text, external_id), FIELD(struct import_text, local_id),
             FIELD(struct import_text, hash), FIELD(struct import_text, local_hash));

error import_item_find(struct work *w, str source, const char *kind, str external_id,
                       struct import_item *out, bool *found)
{
    struct import_item row = {0};
    try(db_one(w->conn, w->arena, SQL_IMPORT_ITEM_FIND,
               ARGS(V(source), V(str_of(kind)), V(external_id)), &import_item_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

error import_item_pictured(struct work *w, str source, const char *kind, struct list *out)
{
    bool pages = str_eq(str_of(kind), S("page"));
    return db_list(w->conn, w->arena,
                   pages ? SQL_IMPORT_ITEM_PAGES_PICTURED : SQL_IMPORT_ITEM_STORIES_PICTURED,
                   ARGS(V(source)), &import_text_fields, out);
}

error import_item_list(struct work *w, str source, const char *kind, struct list *out)
{
    return db_list(w->conn, w->arena, SQL_IMPORT_ITEM_LIST, ARGS(V(source), V(str_of(kind))),
                   &import_text_fields, out);
}

error import_item_save(struct work *w, str source, const char *kind, str external_id,
                       const struct import_item *item)
{
    return db_run(w->conn, w->arena, SQL_IMPORT_ITEM_SAVE,
                  ARGS(V(source), V(str_of(kind)), V(external_id), V(item->local_id), V(item->hash),
                       V(item->local_hash)),
                  NULL);
}
