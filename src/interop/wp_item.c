// One item of a WordPress export made ready to be written.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_item.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/markup_scan.h"
#include "model/check.h"
#include "model/comment.h"
#include "text/entities.h"
#include "text/excerpt.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/zone.h"

enum { EXCERPT_MOST = 240, HEADLINE_WORDS = 80 };

static const instant EARLIEST = {1}; // stories are published after 1970

// ---- copying and hashing: all texts of an item, in one place

static void each_text(struct wxr_item *i, void (*visit)(void *context, str *text), void *context)
{
    str *const own[] = {&i->title,    &i->link,     &i->pub_date,     &i->creator,
                        &i->content,  &i->excerpt,  &i->id,           &i->date,
                        &i->date_gmt, &i->modified, &i->modified_gmt, &i->comment_status,
                        &i->name,     &i->status,   &i->parent,       &i->menu_order,
                        &i->type,     &i->password, &i->sticky,       &i->attachment_url};
    for (size_t n = 0; n < sizeof own / sizeof *own; n++)
        visit(context, own[n]);
    for (size_t n = 0; n < i->term_count; n++) {
        visit(context, &i->terms[n].domain);
        visit(context, &i->terms[n].slug);
        visit(context, &i->terms[n].name);
    }
    for (size_t n = 0; n < i->meta_count; n++) {
        visit(context, &i->metas[n].key);
        visit(context, &i->metas[n].value);
    }
    for (size_t n = 0; n < i->comment_count; n++) {
        struct wxr_comment *c = &i->comments[n];
        str *const texts[] = {&c->id,   &c->parent,   &c->author,  &c->email,    &c->url,
                              &c->date, &c->date_gmt, &c->content, &c->approved, &c->type};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            visit(context, texts[k]);
    }
}

static void copy_text(void *context, str *text)
{
    *text = str_copy(context, *text);
}

static void *copy_rows(struct arena *a, const void *rows, size_t size)
{
    return size ? memcpy(arena_alloc(a, size), rows, size) : NULL;
}

// Values of no use here, of which there can be many: what other plug-ins keep.
static bool wanted_meta(str key)
{
    static const str wanted[] = {S("_thumbnail_id"), S("_yoast_wpseo_primary_category"),
                                 S("_wp_old_slug"), S("rank_math_primary_category")};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (str_eq(key, wanted[i]))
            return true;
    return false;
}

struct wxr_item *wp_item_copy(struct arena *a, const struct wxr_item *item)
{
    struct wxr_item *copy = arena_make(a, struct wxr_item);
    *copy = *item;
    copy->terms = copy_rows(a, item->terms, item->term_count * sizeof *item->terms);
    copy->comments = copy_rows(a, item->comments, item->comment_count * sizeof *item->comments);
    copy->metas = arena_array(a, struct wxr_meta, item->meta_count + 1);
    copy->meta_count = 0;
    for (size_t i = 0; i < item->meta_count; i++)
        if (wanted_meta(item->metas[i].key))
            copy->metas[copy->meta_count++] = item->metas[i];
    each_text(copy, copy_text, a);
    return copy;
}

static void hash_text(void *context, str *text)
{
    // Each behind its length, so that no two items share one sum.
    uint64_t len = text->len;
    quick_add(context, (str){(const char *)&len, sizeof len});
    quick_add(context, *text);
}

str wp_item_hash(struct arena *a, const struct wxr_item *item)
{
    struct quick_sum sum;
    quick_begin(&sum);
    each_text((struct wxr_item *)item, hash_text, &sum);
    return quick_end(&sum, a);
}

// ---- texts

str wp_line(struct arena *a, str text, size_t most)
{
    struct buf out = buf_new(a, text.len + 1);
    struct markup_token t;
    for (str rest = text; markup_next(&rest, &t);)
        if (t.kind == MARKUP_TEXT)
            buf_add(&out, t.whole);
    str s = utf8_repair(a, entities_decode(a, buf_str(&out)));
    char *line = arena_text(a, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++) {
        char c = (unsigned char)s.ptr[i] < ' ' || s.ptr[i] == 0x7f ? ' ' : s.ptr[i];
        if (c != ' ' || (n && line[n - 1] != ' '))
            line[n++] = c;
    }
    return str_trim(utf8_cut((str){line, n}, most));
}

static void set_headline(struct arena *a, const struct wxr_item *item, struct wp_ready *r)
{
    struct story_draft *d = &r->draft;
    d->headline = wp_line(a, item->title, HEADLINE_MOST);
    r->no_title = !d->headline.len;
    if (r->no_title)
        d->headline = wp_line(a, excerpt_from(a, d->plain, HEADLINE_WORDS), HEADLINE_MOST);
    if (!d->headline.len)
        d->headline = S("Untitled");
}

static error set_standfirst(struct arena *a, const struct wxr_item *item, struct story_draft *d)
{
    struct cleaned cleaned;
    if (!item->excerpt.len)
        return NULL;
    try(clean_html(a, item->excerpt, &(struct clean_options){.no_media = true}, &cleaned));
    d->standfirst = wp_line(a, cleaned.plain, STANDFIRST_MOST);
    return NULL;
}

// ---- dates

static bool read_date(str text, instant *out, bool *zoned)
{
    return text.len >= 10 && !str_starts(text, S("0000")) && instant_parse(text, out, zoned);
}

// The GMT date where there is one, else the site's own clock's.
static bool date_of(str gmt, str local, const struct zone *zone, instant *out)
{
    instant t;
    bool zoned = false;
    if (read_date(gmt, out, &zoned))
        return true;
    if (!read_date(local, &t, &zoned))
        return false;
    *out = zoned ? t : zone_instant(zone, instant_civil(t, 0));
    return true;
}

// "Fri, 22 Oct 2010 11:33:15 +0000"
static bool read_rfc822(str text, instant *out)
{
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int day, year, hour, minute, second, month = 0;
    char name[4] = "", line[64] = "";
    if (text.len >= sizeof line)
        return false;
    memcpy(line, text.ptr, text.len);
    if (sscanf(line, "%*3[A-Za-z], %2d %3s %4d %2d:%2d:%2d", &day, name, &year, &hour, &minute,
               &second) != 6)
        return false;
    while (month < 12 && strncmp(months + month * 3, name, 3) != 0)
        month++;
    if (month == 12 || day < 1 || day > 31 || year < 1 || hour > 23 || minute > 59)
        return false;
    *out = instant_of_civil((struct civil){year, month + 1, day, hour, minute, second}, 0);
    return true;
}

static void set_dates(const struct wxr_item *item, const struct wp_item_options *o,
                      struct wp_ready *r)
{
    struct story_draft *d = &r->draft;
    instant modified;
    if (!date_of(item->date_gmt, item->date, o->zone, &d->published_at) &&
        !read_rfc822(item->pub_date, &d->published_at)) {
        d->published_at = o->now;
        r->date_guessed = true;
    }
    if (d->published_at.ms < EARLIEST.ms) {
        d->published_at = EARLIEST;
        r->date_guessed = true;
    }
    d->updated_at = d->published_at;
    if (date_of(item->modified_gmt, item->modified, o->zone, &modified) &&
        modified.ms > d->published_at.ms)
        d->updated_at = modified;
}

// ---- who, where, how

static str status_of(const struct wxr_item *item)
{
    static const char *const closed[] = {"draft", "pending", "private", "future", "trash"};
    if (str_eq(item->status, S("publish")) || !item->status.len)
        return item->password.len ? S("protected") : S("published");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (str_eq(item->status, str_of(closed[i])))
            return str_of(closed[i]);
    // Statuses that plug-ins made ("archive", "in-progress") are for the newsroom alone.
    return S("draft");
}

static void add_name(struct arena *a, str *list, str *names, size_t *count, str slug, str name)
{
    str known = slug.len ? slug : name;
    for (size_t i = 0; i < *count; i++)
        if (str_eq(list[i], known))
            return;
    if (!known.len)
        return;
    list[*count] = known;
    names[(*count)++] = wp_line(a, name, NAME_MOST);
}

static void set_terms(struct arena *a, const struct wxr_item *item, struct wp_ready *r)
{
    str **const lists[] = {&r->people,         &r->people_names, &r->categories,
                           &r->category_names, &r->topics,       &r->topic_names};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        *lists[i] = arena_array(a, str, item->term_count + 1);
    for (size_t i = 0; i < item->term_count; i++) {
        const struct wxr_item_term *t = &item->terms[i];
        if (str_eq(t->domain, S("author")))
            add_name(a, r->people, r->people_names, &r->people_count,
                     str_join(a, S("guest:"), t->slug), t->name);
        else if (str_eq(t->domain, S("category")))
            add_name(a, r->categories, r->category_names, &r->category_count, t->slug, t->name);
        else if (str_eq(t->domain, S("post_tag")) || str_eq(t->domain, S("tag")))
            add_name(a, r->topics, r->topic_names, &r->topic_count, t->slug, t->name);
        else if (str_eq(t->domain, S("post_format")))
            r->format = str_starts(t->slug, S("post-format-")) ? str_from(t->slug, 12) : t->slug;
    }
    if (!r->people_count)
        add_name(a, r->people, r->people_names, &r->people_count, item->creator, item->creator);
}

static void set_meta(const struct wxr_item *item, struct wp_ready *r)
{
    if (!str_int(wxr_meta_value(item, S("_thumbnail_id")), &r->picture))
        r->picture = 0;
    str primary = wxr_meta_value(item, S("_yoast_wpseo_primary_category"));
    if (!primary.len)
        primary = wxr_meta_value(item, S("rank_math_primary_category"));
    r->primary_category = primary;
    r->sticky = str_eq(item->sticky, S("1"));
}

// ---- the body

struct asking {
    const struct wp_site *site;
    int64_t post;
};

static bool find_picture(void *context, int64_t id, struct shortcode_picture *out)
{
    const struct asking *asking = context;
    const struct wp_upload *u = wp_upload_by_id(asking->site, id);
    if (u)
        *out = (struct shortcode_picture){u->url, u->alt, u->caption};
    return u != NULL;
}

static size_t find_uploads(void *context, int64_t *ids, size_t most)
{
    const struct asking *asking = context;
    return wp_pictures_of(asking->site, asking->post, ids, most);
}

static bool find_reusable(void *context, int64_t id, str *content)
{
    const struct asking *asking = context;
    char number[24];
    snprintf(number, sizeof number, "%lld", (long long)id);
    const str *found = map_get(&asking->site->reusable, str_of(number));
    if (found)
        *content = *found;
    return found != NULL;
}

static bool path_known(void *context, str path)
{
    return wp_paths_has(context, path);
}

static struct wp_body_options body_options(struct asking *asking)
{
    return (struct wp_body_options){
        .site = asking->site->address,
        .shortcodes = {asking, find_picture, find_uploads},
        .blocks = {asking, find_reusable},
        .path_known = path_known,
        .path_context = (void *)asking->site,
    };
}

void wp_set_body(struct arena *a, const struct cleaned *cleaned, struct story_draft *d)
{
    d->body = cleaned->body;
    d->plain = cleaned->plain;
    d->excerpt = excerpt_from(a, cleaned->plain, EXCERPT_MOST);
    d->words = cleaned->words.words + cleaned->words.cjk_characters;
    d->reading_minutes = reading_minutes(cleaned->words, cleaned->pictures);
}

static error set_body(struct arena *a, const struct wxr_item *item, const struct wp_item_options *o,
                      struct wp_ready *r)
{
    struct asking asking = {.site = o->site};
    struct cleaned cleaned;
    if (!str_int(item->id, &asking.post))
        asking.post = 0;
    struct wp_body_options options = body_options(&asking);
    options.picture = o->picture;
    options.picture_context = o->picture_context;
    try(wp_body(a, item->content, &options, &r->changes, &cleaned));
    wp_set_body(a, &cleaned, &r->draft);
    r->drops = cleaned.drops;
    return r->draft.body.text.len > BODY_MOST
               ? failure(a, FAULT_LIMIT, S("body"), "it is larger than %d MiB", BODY_MOST >> 20)
               : NULL;
}

// ---- comments

static str comment_status(str approved)
{
    if (str_eq(approved, S("1")) || str_eq(approved, S("approve")))
        return S("approved");
    if (str_eq(approved, S("spam")))
        return S("spam");
    return str_eq(approved, S("trash")) || str_eq(approved, S("post-trashed")) ? S("removed")
                                                                               : S("held");
}

static bool prepare_comment(struct arena *a, const struct wxr_comment *c,
                            const struct wp_item_options *o, struct wp_body_changes *changes,
                            struct wp_ready_comment *out)
{
    struct asking asking = {.site = o->site};
    struct wp_body_options options = body_options(&asking);
    struct cleaned cleaned;
    str url;
    *out = (struct wp_ready_comment){
        .id = c->id, .parent = c->parent, .status = comment_status(c->approved)};
    if (!c->id.len || wp_comment_body(a, c->content, &options, changes, &cleaned) ||
        cleaned.body.text.len > COMMENT_BODY_MOST || !str_trim(cleaned.body.text).len)
        return false;
    out->body = cleaned.body;
    out->name = wp_line(a, c->author, NAME_MOST);
    if (!out->name.len)
        out->name = S("Anonymous");
    out->email = c->email.len <= EMAIL_MOST ? c->email : S("");
    bool link = url_clean(a, c->url, &url) == URL_HTTP && url.len <= ADDRESS_MOST;
    out->url = link ? url : S("");
    if (!date_of(c->date_gmt, c->date, o->zone, &out->created_at))
        out->created_at = o->now;
    return true;
}

static void set_comments(struct arena *a, const struct wxr_item *item,
                         const struct wp_item_options *o, struct wp_ready *r)
{
    r->comments = arena_array(a, struct wp_ready_comment, item->comment_count + 1);
    for (size_t i = 0; i < item->comment_count; i++) {
        const struct wxr_comment *c = &item->comments[i];
        if (str_eq(c->type, S("pingback")) || str_eq(c->type, S("trackback")))
            r->pingbacks++;
        else if (prepare_comment(a, c, o, &r->changes, &r->comments[r->comment_count]))
            r->comment_count++;
        else
            r->comments_left_out++;
    }
}

// ---- the whole

static enum wp_item_kind kind_of(const struct wxr_item *item, struct wp_ready *r)
{
    if (str_eq(item->type, S("page")))
        return WP_ITEM_PAGE;
    if (wp_is_internal_type(item->type) || str_eq(item->type, S("attachment")))
        return WP_ITEM_NONE;
    if (str_eq(item->status, S("auto-draft")) || str_eq(item->status, S("inherit"))) {
        r->left_out = S("drafts that WordPress made by itself");
        return WP_ITEM_NONE;
    }
    return WP_ITEM_STORY;
}

static str check(const struct wxr_item *item)
{
    if (!item->id.len)
        return S("items without <wp:post_id>");
    if (item->too_large)
        return S("items larger than 24 MiB");
    return S("");
}

void wp_item_prepare(struct arena *a, str document, const struct wxr_item *item,
                     const struct wp_item_options *o, struct wp_ready *out, bool *same)
{
    *same = false;
    *out = (struct wp_ready){.document = document, .line = item->line, .id = item->id};
    out->kind = kind_of(item, out);
    if (out->kind == WP_ITEM_NONE)
        return;
    out->left_out = check(item);
    if (out->left_out.len)
        return;
    out->hash = wp_item_hash(a, item);
    // What a reusable block says is said by all that name it.
    if (str_find(item->content, S("<!-- wp:block ")) >= 0)
        out->hash = str_sub(sha256_hex(a, str_join(a, out->hash, o->site->reusable_hash)), 0, 32);
    *same = o->unchanged && o->unchanged(o->unchanged_context, out->kind, out->id, out->hash);
    if (*same)
        return;
    out->changes.shortcodes = tally_new(a);
    out->changes.unknown_shortcodes = tally_new(a);
    out->changes.blocks_left_out = tally_new(a);
    error e = set_body(a, item, o, out);
    if (!e)
        e = set_standfirst(a, item, &out->draft);
    if (e) {
        out->left_out = str_format(a, "items whose text cannot be read: %.*s", STR(e->message));
        return;
    }
    set_headline(a, item, out);
    set_dates(item, o, out);
    set_terms(a, item, out);
    set_meta(item, out);
    set_comments(a, item, o, out);
    struct story_draft *d = &out->draft;
    d->kind = str_eq(out->format, S("video")) ? S("video") : S("news");
    d->status = status_of(item);
    d->slug = wp_slug(a, item->name, d->headline);
    d->path = wp_path_of_link(a, o->site, item->link);
    d->comments_open = str_eq(item->comment_status, S("open"));
    out->old_path_count = wp_old_paths(a, o->site, item, out->old_paths, OLD_PATHS_MOST);
}

// ---- copying what was made

static void copy_list(struct arena *a, str **list, size_t count)
{
    str *copy = arena_array(a, str, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = str_copy(a, (*list)[i]);
    *list = copy;
}

static struct tally copy_tally(struct arena *a, const struct tally *from)
{
    struct tally copy = tally_new(a);
    for (size_t i = 0; i < from->names.cap; i++)
        if (from->names.slots[i].key.ptr)
            tally_add(&copy, from->names.slots[i].key, *(int64_t *)from->names.slots[i].value);
    return copy;
}

static void copy_comments(struct arena *a, struct wp_ready *r)
{
    r->comments = copy_rows(a, r->comments, r->comment_count * sizeof *r->comments);
    for (size_t i = 0; i < r->comment_count; i++) {
        struct wp_ready_comment *c = &r->comments[i];
        str *const texts[] = {&c->id,    &c->parent, &c->status,   &c->name,
                              &c->email, &c->url,    &c->body.text};
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            *texts[k] = str_copy(a, *texts[k]);
    }
}

struct wp_ready *wp_ready_copy(struct arena *a, const struct wp_ready *from)
{
    struct wp_ready *r = arena_make(a, struct wp_ready);
    *r = *from;
    struct story_draft *d = &r->draft;
    str *const texts[] = {
        &r->document, &r->id,        &r->hash,       &r->left_out, &r->format, &r->primary_category,
        &d->kind,     &d->headline,  &d->standfirst, &d->excerpt,  &d->slug,   &d->path,
        &d->status,   &d->body.text, &d->plain};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_copy(a, *texts[i]);
    for (size_t i = 0; i < r->old_path_count; i++)
        r->old_paths[i] = str_copy(a, r->old_paths[i]);
    copy_list(a, &r->people, r->people_count);
    copy_list(a, &r->people_names, r->people_count);
    copy_list(a, &r->categories, r->category_count);
    copy_list(a, &r->category_names, r->category_count);
    copy_list(a, &r->topics, r->topic_count);
    copy_list(a, &r->topic_names, r->topic_count);
    copy_comments(a, r);
    r->changes.shortcodes = copy_tally(a, &from->changes.shortcodes);
    r->changes.unknown_shortcodes = copy_tally(a, &from->changes.unknown_shortcodes);
    r->changes.blocks_left_out = copy_tally(a, &from->changes.blocks_left_out);
    return r;
}
