// What a WordPress export says of its site as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_site.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/phpserial.h"
#include "interop/wp_body.h"
#include "interop/wp_pictures.h"
#include "interop/wp_publication.h"
#include "text/entities.h"
#include "text/slug.h"
#include "text/url.h"

// Items between two words on how far it is.
enum { TOLD_EVERY = 200 };

struct scan {
    struct wp_site *site;
    const struct document *document;
    void (*progress)(void *context, int64_t items, int64_t all);
    void *progress_context;
};

static error read_bytes(void *context, char *bytes, size_t size, size_t *got)
{
    return document_read(context, bytes, size, got);
}

error wp_read_document(struct arena *a, const struct document *d, const struct wxr_handler *handler)
{
    struct document_reader *reader;
    try(document_open(a, d, &reader));
    struct wxr_source source = {reader, read_bytes};
    error e = wxr_read(a, d->name, &source, handler);
    document_close(reader);
    return e;
}

// ---- keeping

static error full(const struct scan *s, const char *what)
{
    return failure(s->site->arena, FAULT_LIMIT, s->document->name, "the export has too many %s",
                   what);
}

static str keep(struct wp_site *s, str text)
{
    s->text += text.len;
    return str_copy(s->arena, text);
}

void wp_list_add(struct wp_site *s, struct wp_list *list, void *one)
{
    if (list->count == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        void **grown = arena_array(s->arena, void *, cap);
        if (list->count)
            memcpy(grown, list->all, list->count * sizeof *grown);
        list->all = grown;
        list->cap = cap;
    }
    list->all[list->count++] = one;
}

// ---- the site

static str trim_slash(str s)
{
    while (str_ends(s, S("/")))
        s = str_sub(s, 0, s.len - 1);
    return s;
}

static error on_site(void *context, const struct wxr_site *found)
{
    struct scan *scan = context;
    struct wp_site *s = scan->site;
    str address = trim_slash(found->blog_url.len   ? found->blog_url
                             : found->link.len     ? found->link
                             : found->site_url.len ? found->site_url
                                                   : S(""));
    str named = address.len ? address : found->title.len ? found->title : S("unnamed");
    str source = str_format(s->arena, "wordpress:%.*s", STR(str_sub(named, 0, 400)));
    if (s->source.len && !str_eq(s->source, source))
        return failure(s->arena, FAULT_INPUT, scan->document->name,
                       "this is an export of %.*s, the others are of %.*s: import one site after "
                       "the other",
                       STR(source), STR(s->source));
    s->source = source;
    s->address = str_copy(s->arena, address);
    s->base_path = str_copy(s->arena, trim_slash(url_path(address)));
    s->title = str_copy(s->arena, found->title);
    s->tagline = str_copy(s->arena, found->description);
    s->language = str_copy(s->arena, found->language);
    return NULL;
}

static error on_author(void *context, const struct wxr_author *found, int line)
{
    struct scan *scan = context;
    struct wp_site *s = scan->site;
    if (!found->login.len || map_get(&s->author_by_login, found->login))
        return NULL;
    if (s->authors.count == SITE_AUTHORS_MOST)
        return full(scan, "authors");
    struct wp_author *author = arena_make(s->arena, struct wp_author);
    author->login = keep(s, found->login);
    author->name = keep(s, found->display_name.len ? entities_decode(s->arena, found->display_name)
                                                   : found->login);
    author->biography = keep(s, found->biography);
    *map_at(&s->author_by_login, author->login) = author;
    wp_list_add(s, &s->authors, author);
    return NULL;
}

static struct wp_term *keep_term(struct wp_site *s, const struct wxr_term *found)
{
    struct wp_term *term = arena_make(s->arena, struct wp_term);
    *term = (struct wp_term){
        .id = keep(s, found->id),
        .slug = keep(s, found->slug),
        .name = keep(s, entities_decode(s->arena, found->name)),
        .parent = keep(s, found->parent),
        .description = keep(s, found->description),
    };
    return term;
}

static error on_term(void *context, const struct wxr_term *found, int line)
{
    struct scan *scan = context;
    struct wp_site *s = scan->site;
    struct wp_list *list = NULL;
    struct map *by_slug = NULL;
    if (str_eq(found->taxonomy, S("category"))) {
        list = &s->categories;
        by_slug = &s->category_by_slug;
    } else if (str_eq(found->taxonomy, S("post_tag"))) {
        list = &s->tags;
        by_slug = &s->tag_by_slug;
    } else if (str_eq(found->taxonomy, S("author"))) {
        list = &s->guests;
        by_slug = &s->guest_by_slug;
    } else {
        tally_add(&s->taxonomies, found->taxonomy.len ? found->taxonomy : S("unnamed"), 1);
        return NULL;
    }
    if (!found->slug.len || map_get(by_slug, found->slug))
        return NULL;
    if (list->count == SITE_TERMS_MOST)
        return full(scan, "terms");
    struct wp_term *term = keep_term(s, found);
    *map_at(by_slug, term->slug) = term;
    if (by_slug == &s->category_by_slug && !map_get(&s->category_by_name, term->name))
        *map_at(&s->category_by_name, term->name) = term;
    wp_list_add(s, list, term);
    return NULL;
}

// ---- uploads

// Size and credit stand in a value that PHP serialised.
static void read_metadata(struct wp_site *s, const struct wxr_item *item, struct wp_upload *u)
{
    struct php_value meta;
    str text = wxr_meta_value(item, S("_wp_attachment_metadata"));
    arena_scoped own = arena_new();
    if (!text.len || !php_read(own, text, &meta))
        return;
    const struct php_value *width = php_get(&meta, "width"), *height = php_get(&meta, "height");
    if (width && height && width->kind == PHP_INT && height->kind == PHP_INT && width->number > 0 &&
        height->number > 0 && width->number < 100000 && height->number < 100000) {
        u->width = width->number;
        u->height = height->number;
    }
    const struct php_value *credit = php_get(php_get(&meta, "image_meta"), "credit");
    if (credit && credit->kind == PHP_TEXT)
        u->credit = keep(s, credit->text);
}

static error on_upload(struct scan *scan, const struct wxr_item *item)
{
    struct wp_site *s = scan->site;
    struct wp_upload u = {0};
    s->upload_comments += (int64_t)item->comment_count;
    if (!str_int(item->id, &u.id) || !item->attachment_url.len)
        return NULL;
    if (s->upload_count == SITE_UPLOADS_MOST)
        return full(scan, "uploads");
    if (!str_int(item->parent, &u.parent))
        u.parent = 0;
    u.url = keep(s, item->attachment_url);
    u.path = keep(s, wp_path_of_link(s->arena, s, item->link));
    u.alt = keep(s, wxr_meta_value(item, S("_wp_attachment_image_alt")));
    u.caption = keep(s, entities_decode(s->arena, item->excerpt));
    u.credit = keep(s, wxr_meta_value(item, S("_media_credit")));
    read_metadata(s, item, &u);
    if (s->upload_count == s->upload_cap) {
        size_t cap = s->upload_cap ? s->upload_cap * 2 : 256;
        s->uploads = arena_grow(s->arena, s->uploads, s->upload_cap * sizeof u, cap * sizeof u);
        s->upload_cap = cap;
    }
    s->uploads[s->upload_count++] = u;
    return NULL;
}

static int by_id(const void *a, const void *b)
{
    const struct wp_upload *x = a, *y = b;
    return (x->id > y->id) - (x->id < y->id);
}

struct wp_upload *wp_upload_by_id(const struct wp_site *s, int64_t id)
{
    struct wp_upload key = {.id = id};
    return s->upload_count ? bsearch(&key, s->uploads, s->upload_count, sizeof key, by_id) : NULL;
}

static int by_parent(const void *a, const void *b)
{
    const struct wp_upload *x = *(struct wp_upload *const *)a, *y = *(struct wp_upload *const *)b;
    return x->parent != y->parent ? (x->parent > y->parent) - (x->parent < y->parent) : by_id(x, y);
}

size_t wp_pictures_of(const struct wp_site *s, int64_t post, int64_t *ids, size_t most)
{
    size_t low = 0, high = post ? s->upload_count : 0, count = 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->by_parent[middle]->parent < post)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < s->upload_count && s->by_parent[low]->parent == post && count < most && post;
         low++)
        if (wp_picture_type(s->by_parent[low]->url).len)
            ids[count++] = s->by_parent[low]->id;
    return count;
}

str wp_picture_type(str url)
{
    static const struct {
        str ending, type;
    } types[] = {{S(".jpg"), S("image/jpeg")},   {S(".jpeg"), S("image/jpeg")},
                 {S(".png"), S("image/png")},    {S(".gif"), S("image/gif")},
                 {S(".webp"), S("image/webp")},  {S(".avif"), S("image/avif")},
                 {S(".svg"), S("image/svg+xml")}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (url.len > types[i].ending.len &&
            str_eq_nocase(str_from(url, url.len - types[i].ending.len), types[i].ending))
            return types[i].type;
    return S("");
}

// ---- reusable blocks

static error on_reusable(struct scan *scan, const struct wxr_item *item)
{
    struct wp_site *s = scan->site;
    if (!str_eq(item->status, S("publish")) || item->password.len || !item->id.len ||
        map_get(&s->reusable, item->id))
        return NULL;
    str *content = arena_make(s->arena, str);
    *content = keep(s, item->content);
    *map_at(&s->reusable, keep(s, item->id)) = content;
    s->reusable_hash =
        str_sub(sha256_hex(s->arena, str_join(s->arena, s->reusable_hash, *content)), 0, 32);
    return NULL;
}

// ---- menus

static error on_menu_item(struct scan *scan, const struct wxr_item *item)
{
    struct wp_site *s = scan->site;
    struct wp_menu_item m = {0};
    if (s->menu_item_count == SITE_MENU_ITEMS_MOST)
        return full(scan, "menu items");
    if (!s->menu_items)
        s->menu_items = arena_array(s->arena, struct wp_menu_item, SITE_MENU_ITEMS_MOST);
    for (size_t i = 0; i < item->term_count; i++)
        if (str_eq(item->terms[i].domain, S("nav_menu"))) {
            m.menu = keep(s, item->terms[i].slug);
            m.menu_name = keep(s, item->terms[i].name);
        }
    if (!str_int(item->id, &m.id) || !m.menu.len || !str_eq(item->status, S("publish")))
        return NULL;
    int64_t n;
    m.parent = str_int(wxr_meta_value(item, S("_menu_item_menu_item_parent")), &n) ? n : 0;
    m.order = str_int(item->menu_order, &n) ? n : 0;
    m.object_id = str_int(wxr_meta_value(item, S("_menu_item_object_id")), &n) ? n : 0;
    m.label = keep(s, entities_decode(s->arena, item->title));
    m.type = keep(s, wxr_meta_value(item, S("_menu_item_type")));
    m.object = keep(s, wxr_meta_value(item, S("_menu_item_object")));
    m.url = keep(s, wxr_meta_value(item, S("_menu_item_url")));
    s->menu_items[s->menu_item_count++] = m;
    return NULL;
}

// ---- paths

static uint64_t path_number(str path)
{
    // One final slash more or less is the same address to readers.
    if (path.len > 1 && str_ends(path, S("/")))
        path = str_sub(path, 0, path.len - 1);
    uint64_t hash = str_hash(path, 1);
    return hash ? hash : 1;
}

static void put(struct wp_paths *p, uint64_t number)
{
    size_t i = number & (p->cap - 1);
    while (p->slots[i] && p->slots[i] != number)
        i = (i + 1) & (p->cap - 1);
    p->count += !p->slots[i];
    p->slots[i] = number;
}

static void add_number(struct arena *a, struct wp_paths *p, uint64_t number)
{
    if ((p->count + 1) * 2 > p->cap) {
        struct wp_paths old = *p;
        p->cap = old.cap ? old.cap * 2 : 1024;
        p->slots = arena_array(a, uint64_t, p->cap);
        p->count = 0;
        for (size_t i = 0; i < old.cap; i++)
            if (old.slots[i])
                put(p, old.slots[i]);
    }
    put(p, number);
}

static bool has_number(const struct wp_paths *p, uint64_t number)
{
    if (!p->cap)
        return false;
    size_t i = number & (p->cap - 1);
    while (p->slots[i] && p->slots[i] != number)
        i = (i + 1) & (p->cap - 1);
    return p->slots[i] == number;
}

void wp_paths_add(struct wp_site *s, str path)
{
    add_number(s->arena, &s->paths, path_number(path));
}

bool wp_paths_has(const struct wp_site *s, str path)
{
    return has_number(&s->paths, path_number(path));
}

// "?p=123", as which WordPress finds whatever has that number.
static uint64_t number_address(str id)
{
    char room[64];
    struct buf text = {.ptr = room, .cap = sizeof room, .max = sizeof room};
    buf_add(&text, S("/?p="));
    buf_add(&text, str_sub(id, 0, 20));
    return path_number(buf_str(&text));
}

str wp_path_of_link(struct arena *a, const struct wp_site *s, str link)
{
    str path = wp_path_on_site(link, s->address);
    ptrdiff_t fragment = str_find_char(path, '#');
    if (fragment >= 0)
        path = str_sub(path, 0, (size_t)fragment);
    if (!path.ptr || str_find_char(path, '?') >= 0)
        return S("");
    path = url_decode(a, path);
    struct buf out = buf_new(a, path.len + 1);
    for (size_t i = 0; i < path.len; i++) {
        if ((unsigned char)path.ptr[i] <= ' ' || path.ptr[i] == 0x7f || path.ptr[i] == '?' ||
            path.ptr[i] == '#')
            return S("");
        if (path.ptr[i] != '/' || !i || path.ptr[i - 1] != '/')
            buf_add_char(&out, path.ptr[i]);
    }
    str single = buf_str(&out);
    return single.len > 1 && str_valid_utf8(single) ? single : S("");
}

// WordPress keeps them as "_wp_old_slug"; only the last part of the address was another.
size_t wp_old_paths(struct arena *a, const struct wp_site *s, const struct wxr_item *item, str *out,
                    size_t most)
{
    size_t count = 0;
    str path = S("");
    for (size_t i = 0; i < item->meta_count && count < most; i++) {
        if (!str_eq(item->metas[i].key, S("_wp_old_slug")))
            continue;
        str slug = url_decode(a, str_trim(item->metas[i].value));
        if (!path.len)
            path = trim_slash(wp_path_of_link(a, s, item->link));
        ptrdiff_t slash = str_rfind_char(path, '/');
        if (slash < 0 || !slug.len || str_find_char(slug, '/') >= 0)
            continue;
        out[count++] =
            str_format(a, "%.*s%.*s/", STR(str_sub(path, 0, (size_t)slash + 1)), STR(slug));
    }
    return count;
}

str wp_slug(struct arena *a, str slug, str otherwise)
{
    str text = url_decode(a, slug);
    return slug_from(a, text.len ? text : otherwise, SLUG_MAX);
}

// ---- items

bool wp_is_internal_type(str type)
{
    static const str internal[] = {
        S("nav_menu_item"),    S("custom_css"),    S("customize_changeset"), S("oembed_cache"),
        S("user_request"),     S("wp_block"),      S("wp_template"),         S("wp_template_part"),
        S("wp_global_styles"), S("wp_navigation"), S("wp_font_family"),      S("wp_font_face"),
        S("revision"),         S("guest-author"),  S("acf-field"),           S("acf-field-group"),
        S("shop_order"),       S("shop_coupon"),   S("wpcf7_contact_form"),  S("feedback"),
        S("jp_pay_order"),
    };
    for (size_t i = 0; i < sizeof internal / sizeof *internal; i++)
        if (str_eq(type, internal[i]))
            return true;
    return false;
}

static error on_story(struct scan *scan, const struct wxr_item *item)
{
    struct wp_site *s = scan->site;
    str old[OLD_PATHS_MOST];
    if (!str_eq(item->status, S("publish")) || item->password.len) {
        add_number(s->arena, &s->closed, number_address(item->id));
        return NULL;
    }
    add_number(s->arena, &s->paths, number_address(item->id));
    arena_scoped a = arena_new();
    str path = wp_path_of_link(a, s, item->link);
    if (path.len)
        wp_paths_add(s, path);
    for (size_t i = 0, count = wp_old_paths(a, s, item, old, OLD_PATHS_MOST); i < count; i++)
        wp_paths_add(s, old[i]);
    return NULL;
}

static error on_item(void *context, const struct wxr_item *item)
{
    struct scan *scan = context;
    struct wp_site *s = scan->site;
    str type = item->type.len ? item->type : S("post");
    s->items++;
    if (scan->progress && s->items % TOLD_EVERY == 0)
        scan->progress(scan->progress_context, s->items, /* all= */ 0);
    if (s->text > SITE_TEXT_MOST)
        return full(scan, "authors, terms and uploads");
    tally_add(&s->types, str_sub(type, 0, 60), 1);
    if (str_eq(type, S("attachment")))
        return on_upload(scan, item);
    if (str_eq(type, S("nav_menu_item")))
        return on_menu_item(scan, item);
    if (str_eq(type, S("wp_block")))
        return on_reusable(scan, item);
    if (wp_is_internal_type(type))
        return NULL;
    s->stories++;
    wp_clocks_see(&s->clocks, item->date_gmt, item->date);
    return on_story(scan, item);
}

static uint64_t number_address_of(int64_t id)
{
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)id);
    return number_address(str_of(number));
}

// Whether the pages of uploads lead anywhere is known once all items are.
static void lead_uploads(struct wp_site *s)
{
    for (size_t i = 0; i < s->upload_count; i++) {
        struct wp_upload *u = &s->uploads[i];
        uint64_t parent = number_address_of(u->parent);
        u->leads = has_number(&s->paths, parent)    ? LEADS_TO_PARENT
                   : has_number(&s->closed, parent) ? LEADS_NOWHERE
                                                    : LEADS_TO_FILE;
    }
    for (size_t i = 0; i < s->upload_count; i++) {
        struct wp_upload *u = &s->uploads[i];
        if (u->leads == LEADS_NOWHERE)
            continue;
        add_number(s->arena, &s->paths, number_address_of(u->id));
        if (u->path.len)
            wp_paths_add(s, u->path);
    }
}

static void sort_uploads(struct wp_site *s)
{
    if (!s->upload_count)
        return;
    qsort(s->uploads, s->upload_count, sizeof *s->uploads, by_id);
    s->by_parent = arena_array(s->arena, struct wp_upload *, s->upload_count);
    for (size_t i = 0; i < s->upload_count; i++)
        s->by_parent[i] = &s->uploads[i];
    qsort(s->by_parent, s->upload_count, sizeof *s->by_parent, by_parent);
    lead_uploads(s);
}

error wp_site_scan(struct arena *a, const struct document *documents, size_t count,
                   void (*progress)(void *context, int64_t items, int64_t all),
                   void *progress_context, struct wp_site *out)
{
    *out = (struct wp_site){.arena = a, .reusable_hash = S("")};
    struct map *const maps[] = {&out->author_by_login,  &out->guest_by_slug, &out->category_by_slug,
                                &out->category_by_name, &out->tag_by_slug,   &out->reusable};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        *maps[i] = map_new(a);
    out->types = tally_new(a);
    out->taxonomies = tally_new(a);
    wp_paths_add(out, S("/"));
    for (size_t i = 0; i < count; i++) {
        struct scan scan = {out, &documents[i], progress, progress_context};
        struct wxr_handler handler = {&scan, on_site, on_author, on_term, on_item};
        try(wp_read_document(a, &documents[i], &handler));
    }
    sort_uploads(out);
    wp_pictures_index(out);
    for (size_t i = 0; i < out->categories.count; i++) {
        struct wp_term *term = out->categories.all[i];
        // Exports name the parent by its slug; some tools by its name.
        term->above = map_get(&out->category_by_slug, term->parent);
        if (!term->above && term->parent.len)
            term->above = map_get(&out->category_by_name, term->parent);
    }
    return NULL;
}
