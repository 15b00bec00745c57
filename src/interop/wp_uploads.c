// Where the pages lead that WordPress gives each upload: their addresses were linked to and found.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "interop/wp_body.h"
#include "interop/wp_write.h"
#include "model/import_item.h"
#include "model/path.h"
#include "model/picture.h"
#include "model/work.h"
#include "text/url.h"

void wp_report_upload_page(struct import_report *report, const struct wp_upload *u)
{
    if (u->leads == LEADS_TO_PARENT)
        tally_add(&report->changed, S("pages of uploads, which lead to what they belong to"), 1);
    else if (u->leads == LEADS_TO_FILE)
        tally_add(&report->changed,
                  S("pages of uploads that belong to nothing, which lead to the file where it is "
                    "served, else to the front page"),
                  1);
    else
        tally_add(&report->left_out, S("pages of uploads to what is not for readers"), 1);
}

// The file, unless it stood on the old site, of which nothing is known to be left.
static error address_of(struct wp_writer *x, struct work *w, const struct wp_upload *u, str *out)
{
    struct picture p;
    bool found = false;
    if (u->local_id)
        try(picture_by_id(w, u->local_id, &p, &found));
    str url = found ? p.address : u->url, clean;
    bool here = str_starts(url, S("/")) && !str_starts(url, S("//"));
    bool elsewhere =
        url_clean(w->arena, url, &clean) == URL_HTTP && !wp_path_on_site(url, x->site->address).ptr;
    *out = here ? url : elsewhere ? clean : S("/");
    return NULL;
}

static error lead_to_parent(struct wp_writer *x, struct work *w, const struct wp_upload *u,
                            str address)
{
    static const char *const kinds[] = {"story", "page"};
    str id = str_format(w->arena, "%lld", (long long)u->parent);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct import_item item;
        bool found;
        try(import_item_find(w, x->site->source, kinds[i], id, &item, &found));
        if (found)
            return path_alias(w, address, str_of(kinds[i]), item.local_id);
    }
    return NULL;
}

static error lead(struct wp_writer *x, struct work *w, const struct wp_upload *u, str address)
{
    struct path_target taken;
    bool found;
    str file;
    try(path_find(w, address, &taken, &found));
    if (found)
        return NULL;
    if (u->leads == LEADS_TO_PARENT)
        return lead_to_parent(x, w, u, address);
    try(address_of(x, w, u, &file));
    return path_redirect(w, address, file);
}

error wp_write_upload_page(struct wp_writer *x, struct work *w, size_t i)
{
    const struct wp_upload *u = &x->site->uploads[i];
    size_t written = w->writes.count;
    error e = NULL;
    if (u->leads != LEADS_NOWHERE)
        e = lead(x, w, u, str_format(w->arena, "/?p=%lld", (long long)u->id));
    if (!e && u->leads != LEADS_NOWHERE && u->path.len)
        e = lead(x, w, u, u->path);
    if (e && !wp_is_about_item(e))
        return e;
    if (w->writes.count > written)
        wp_report_upload_page(x->report, u);
    return NULL;
}
