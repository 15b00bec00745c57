// A story's page.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/picture.h"
#include "model/related.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/version.h"
#include "site/comments.h"
#include "site/live.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/share.h"
#include "site/versions.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/date.h"
#include "text/excerpt.h"
#include "text/plain.h"

enum { MORE = 5, MORE_LEAST = 3, ABOUT_MOST = 220, FEATURE_WORDS = 1800 };
enum { POST_TITLE_MOST = 80, POST_TEXT_MOST = 300 };

static str schema_type(str kind)
{
    if (str_eq(kind, S("analysis")))
        return S("AnalysisNewsArticle");
    if (str_eq(kind, S("opinion")))
        return S("OpinionNewsArticle");
    if (str_eq(kind, S("explainer")))
        return S("BackgroundNewsArticle");
    return S("NewsArticle");
}

static const struct view_picture *face(struct visit *v, const struct story_person *person)
{
    struct picture picture = {
        .stem = person->picture_stem,
        .variants = person->picture_variants,
        .alt = person->picture_alt,
        .width = person->picture_width,
        .height = person->picture_height,
        .focus_x = person->picture_focus_x,
        .focus_y = person->picture_focus_y,
        .alpha = person->picture_alpha,
    };
    return visit_picture_of(v, &picture);
}

static error authors(struct visit *v, int64_t story_id, struct view_story *page)
{
    struct list people;
    try(story_people(v->work, story_id, &people));
    struct view_person *all = arena_array(v->arena, struct view_person, people.count);
    for (size_t i = 0; i < people.count; i++) {
        const struct story_person *person = list_at(&people, struct story_person, i);
        all[i] = (struct view_person){
            .separator = i == 0                  ? S("")
                         : i + 1 == people.count ? S(" and ")
                                                 : S(", "),
            .name = person->name,
            .path = person->path,
            .role = person->role,
            .picture = face(v, person),
        };
        if (person->biography.text.len)
            all[i].about =
                excerpt_from(v->arena, plain_from(v->arena, person->biography), ABOUT_MOST);
        page->has_about = page->has_about || all[i].about.len;
    }
    page->authors = (struct list){all, people.count};
    page->has_authors = people.count > 0;
    return NULL;
}

static error topics(struct visit *v, int64_t story_id, struct view_story *page)
{
    struct list rows;
    try(story_topics(v->work, story_id, &rows));
    struct view_link *all = arena_array(v->arena, struct view_link, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct topic *topic = list_at(&rows, struct topic, i);
        all[i] = (struct view_link){.first = i == 0, .label = topic->name, .path = topic->path};
    }
    page->topics = (struct list){all, rows.count};
    page->has_topics = rows.count > 0;
    return NULL;
}

static error corrections(struct visit *v, int64_t story_id, struct view_story *page)
{
    struct list notes;
    try(version_notes(v->work, story_id, &notes));
    struct view_correction *all = arena_array(v->arena, struct view_correction, notes.count);
    for (size_t i = 0; i < notes.count; i++) {
        const struct story_version *note = list_at(&notes, struct story_version, i);
        all[i] = (struct view_correction){
            .first = i == 0,
            .label = change_label(note->change_kind),
            .made_text = date_text(v->arena, v->zone, note->made_at, DATE_FULL),
            .made_iso = date_text(v->arena, v->zone, note->made_at, DATE_MACHINE),
            .text = note->note,
        };
    }
    page->corrections = (struct list){all, notes.count};
    page->has_corrections = notes.count > 0;
    if (notes.count)
        page->corrected_text = all[0].made_text;
    return NULL;
}

static const struct view_link *link_to(struct visit *v, const struct story_card *card)
{
    struct view_link *link = arena_make(v->arena, struct view_link);
    *link = (struct view_link){.label = card->headline, .path = card->path};
    visit_language(v, card->language, &link->language, &link->direction);
    return link;
}

static error neighbour(struct visit *v, const struct story_card *card, bool newer,
                       const struct view_link **out)
{
    struct story_card other;
    bool found;
    try(listing_neighbour(v->work, (struct list_of){LIST_SECTION, card->section_id},
                          story_rank(card), newer, &other, &found));
    if (!found)
        return NULL;
    *out = link_to(v, &other);
    return NULL;
}

// The newest of a list but the story itself.
static error newest_but(struct visit *v, const struct story_card *card, struct list_of list,
                        struct list *out)
{
    struct list rows;
    try(listing_cards(v->work, list, RANK_HIGHEST, RANK_LOWEST, MORE + 1, &rows));
    struct story_card *kept = rows.rows;
    size_t count = 0;
    for (size_t i = 0; i < rows.count && count < MORE; i++)
        if (kept[i].id != card->id)
            kept[count++] = kept[i];
    *out = (struct list){kept, count};
    return NULL;
}

// Beside the oldest stories of a section stand its newest; where it has no others, the
// publication's.
static error more_of(struct visit *v, const struct story_card *card, const struct list *older,
                     struct view_story *page)
{
    struct list rows = *older;
    page->more_title = str_join(v->arena, S("More in "), card->section_name);
    if (rows.count < MORE_LEAST)
        try(newest_but(v, card, (struct list_of){LIST_SECTION, card->section_id}, &rows));
    if (!rows.count) {
        page->more_title = S("Newest stories");
        try(newest_but(v, card, (struct list_of){LIST_ALL, 0}, &rows));
    }
    page->more = visit_cards_plain(v, &rows);
    page->has_more = rows.count > 0;
    return NULL;
}

// What stands before and after in the section, and the few older ones beside the text: all of it in
// a narrow stretch around the story, so that what is published today leaves yesterday's pages
// alone.
static error around(struct visit *v, const struct story_card *card, struct view_story *page)
{
    struct view_pager *pager = arena_make(v->arena, struct view_pager);
    try(neighbour(v, card, true, &pager->newer));
    struct list older;
    try(listing_cards(v->work, (struct list_of){LIST_SECTION, card->section_id}, story_rank(card),
                      RANK_LOWEST, page->is_feature ? 1 : MORE, &older));
    if (older.count)
        pager->older = link_to(v, list_at(&older, struct story_card, 0));
    if (pager->newer || pager->older)
        page->pager = pager;
    return page->is_feature ? NULL : more_of(v, card, &older, page);
}

static str video_provider(str url)
{
    static const struct {
        const char *host, *name;
    } known[] = {{"youtube.com", "YouTube"}, {"youtu.be", "YouTube"}, {"vimeo.com", "Vimeo"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_find(url, str_of(known[i].host)) >= 0)
            return str_of(known[i].name);
    return S("");
}

static void dates(struct visit *v, const struct story_card *card, const struct story_body *body,
                  struct view_story *page)
{
    page->published_text = date_text(v->arena, v->zone, card->published_at, DATE_STAMP);
    page->published_iso = date_text(v->arena, v->zone, card->published_at, DATE_MACHINE);
    page->modified_iso = page->published_iso;
    if (body->updated_at.ms <= card->published_at.ms)
        return;
    page->updated_text = date_text(v->arena, v->zone, body->updated_at, DATE_STAMP);
    page->updated_iso = date_text(v->arena, v->zone, body->updated_at, DATE_MACHINE);
    page->modified_iso = page->updated_iso;
}

static str post_time(struct visit *v, instant posted, instant newest)
{
    str day = date_text(v->arena, v->zone, posted, DATE_DAY);
    bool same_day = str_eq(day, date_text(v->arena, v->zone, newest, DATE_DAY));
    str time = date_text(v->arena, v->zone, posted, same_day ? DATE_TIME : DATE_MOMENT);
    return same_day ? str_sub(time, 0, 5) : time;
}

static struct list posts_of(struct visit *v, const struct list *posts)
{
    struct view_post *all = arena_array(v->arena, struct view_post, posts->count);
    instant newest = INSTANT_NONE;
    for (size_t i = 0; i < posts->count; i++) {
        instant posted = list_at(posts, struct live_post, i)->posted;
        newest = posted.ms > newest.ms ? posted : newest;
    }
    for (size_t i = 0; i < posts->count; i++) {
        const struct live_post *post = list_at(posts, struct live_post, i);
        str plain = plain_from(v->arena, post->body);
        all[i] = (struct view_post){
            .first = i == 0,
            .anchor = post->anchor,
            .posted_text = post_time(v, post->posted, newest),
            .posted_iso = date_text(v->arena, v->zone, post->posted, DATE_MACHINE),
            .headline = post->headline,
            .title = post->title.len ? post->title : excerpt_from(v->arena, plain, POST_TITLE_MOST),
            .text = excerpt_from(v->arena, plain, POST_TEXT_MOST),
            .body = post->body,
        };
    }
    return (struct list){all, posts->count};
}

static void live(struct visit *v, const struct story_card *card, const struct story_body *body,
                 struct view_story *page)
{
    struct live parts;
    if (!str_eq(card->kind, S("live")))
        return;
    live_read(v->arena, v->zone, card->published_at, body->body, &parts);
    page->is_live = visit_is_live(v, card);
    page->kind_label = page->is_live ? S("Live") : page->kind_label;
    page->is_feature = false;
    page->reading_time = S("");
    page->changed_text = date_text(v->arena, v->zone, body->updated_at, DATE_MOMENT);
    page->body = parts.opening;
    page->key_points = parts.key_points;
    page->posts = posts_of(v, &parts.posts);
    page->has_posts = parts.posts.count > 0;
    if (page->has_posts)
        page->schema_type = S("LiveBlogPosting");
}

// Headlines below a picture: their trails would be words on the wire that nobody sees.
static error related(struct visit *v, int64_t id, struct view_story *page)
{
    struct list cards;
    try(related_cards(v->work, id, &cards));
    page->related = visit_cards(v, &cards);
    for (size_t i = 0; i < page->related.count; i++)
        list_at(&page->related, struct view_card, i)->trail = S("");
    page->has_related = cards.count > 0;
    return NULL;
}

static struct view_meta *meta_of(struct visit *v, const struct story_card *card)
{
    struct view_meta *meta =
        visit_meta(v, card->headline, card->standfirst.len ? card->standfirst : card->excerpt,
                   card->path, "article");
    if (card->language.len)
        meta->language = card->language;
    // What agencies send stands on many sites: they are the ones to be found by it.
    if (str_eq(card->kind, S("wire")))
        meta->robots = S("noindex");
    return meta;
}

static void languages(struct visit *v, const struct story_card *card, struct view_story *page)
{
    visit_language(v, card->language, &page->language, &page->direction);
    visit_crumb_language(v, card->language, &page->breadcrumb);
    if (!page->language.len)
        return;
    page->own_language = v->publication.language;
    page->own_direction = visit_direction(page->own_language);
}

error site_story(struct visit *v, int64_t id, struct rendered *out)
{
    struct story_card card;
    struct story_body body;
    bool found;
    try(story_card_by_id(v->work, id, &card, &found));
    if (found)
        try(story_body_by_id(v->work, id, &body, &found));
    if (!found)
        return visit_not_found(v, out);
    if (str_eq(card.status, S("withdrawn")))
        return visit_withdrawn(v, &body, out);
    if (!str_eq(card.status, S("published")))
        return visit_not_found(v, out);
    story_section_read(v->work, &card);
    struct view_story page = {
        .schema_type = schema_type(card.kind),
        .kind = card.kind,
        .section_name = card.section_name,
        .section_path = card.section_path,
        .kind_label = visit_kind_label(card.kind),
        .is_opinion = str_eq(card.kind, S("opinion")),
        .headline = card.headline,
        .standfirst = card.standfirst,
        .reading_time = str_format(v->arena, "%lld min read", (long long)body.reading_minutes),
        .word_count = body.words,
        .body = body.body,
        .has_pictures_elsewhere = visit_has_pictures_elsewhere(body.body),
        .video_url = body.video_url,
        .video_provider = video_provider(body.video_url),
        .video_length = visit_length(v, card.video_seconds),
        .source_name = card.source_name,
        .source_url = body.source_url,
    };
    try(visit_breadcrumb(v, card.section_id, card.headline, card.path, &page.breadcrumb));
    struct view_meta *meta = meta_of(v, &card);
    if (body.body.text.len)
        look_text_font(v, meta);
    page.meta = meta;
    try(visit_shared_picture(v, card.picture_id, &page.picture, meta));
    share_describe(v, &card, meta);
    dates(v, &card, &body, &page);
    languages(v, &card, &page);
    if (card.video_seconds)
        page.video_duration = str_format(v->arena, "PT%lldS", (long long)card.video_seconds);
    page.is_feature = page.picture && body.words >= FEATURE_WORDS;
    live(v, &card, &body, &page);
    if (body.version > 1)
        page.versions_path = str_join(v->arena, card.path, S("versions/"));
    try(authors(v, id, &page));
    try(corrections(v, id, &page));
    try(topics(v, id, &page));
    try(comments_below(v, (struct thread_of){.story_id = id}, card.path, &page.thread));
    try(around(v, &card, &page));
    try(related(v, id, &page));
    return visit_show(v, VIEW_STORY, &page, out);
}
