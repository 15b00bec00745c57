// Stories as files: Markdown or HTML behind a front matter, known again by the file's real path.
// SPDX-License-Identifier: Apache-2.0
#include "interop/story_file.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/local_pictures.h"
#include "interop/picture_maker.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/version.h"
#include "model/work.h"
#include "text/slug.h"

// Clocks of other machines may be a little ahead.
enum { AHEAD_MOST_MS = 5 * 60 * 1000, NAMED_SECTIONS_MOST = 2000 };

// ---- reading

// Takes "# Headline" off the start of a Markdown text.
static void lift_headline(struct frontmatter *head)
{
    str rest = head->body;
    int line = head->body_line;
    while (rest.ptr) {
        str first = str_trim(str_cut(&rest, '\n'));
        line++;
        if (!first.len)
            continue;
        if (str_starts(first, S("# "))) {
            head->headline = str_trim(str_from(first, 2));
            head->body = rest.ptr ? rest : S("");
            head->body_line = line;
        }
        return;
    }
}

static error check_head(struct arena *a, const struct story_reading *reading, str name,
                        const struct frontmatter *head)
{
    if (!head->headline.len && !reading->partial)
        return failure(a, FAULT_INPUT, str_format(a, "%.*s:1", STR(name)),
                       "there is no headline: write \"title: …\" between two lines --- at the "
                       "top");
    if (head->date.ms > reading->now.ms + AHEAD_MOST_MS)
        return failure(a, FAULT_INPUT, name,
                       "its date is still to come (%.*s); publish it then, or correct the date",
                       STR(instant_rfc3339(a, head->date)));
    return NULL;
}

// Whether the picture in its head stands in a file beside it.
static bool is_local(const struct story_file *file)
{
    return file->pictures->maker && local_picture_is(file->head.picture);
}

// A picture that was left out is no part of it: once it can be made, the story is another.
static str hash_of(struct arena *a, str text, const struct local_pictures *pictures)
{
    struct buf all = buf_new(a, (LOCAL_PICTURES_MOST + 1) * 64);
    buf_add(&all, sha256_hex(a, text));
    if (!pictures->count)
        return buf_str(&all);
    for (size_t i = 0; i < pictures->count; i++)
        if (pictures->all[i].made)
            buf_add(&all, pictures->all[i].picture.hash);
    return sha256_hex(a, buf_str(&all));
}

error story_file_read(struct arena *a, const struct story_reading *reading, str name, str text,
                      struct story_file *out)
{
    struct story_file file = {.name = name, .origin = S(""), .partial = reading->partial};
    struct frontmatter *head = &file.head;
    enum content_form form = content_form_of(name);
    if (text.len > STORY_FILE_MOST)
        return failure(a, FAULT_LIMIT, name, "the file is larger than 4 MiB");
    try(frontmatter_parse(a, name, text, reading->zone,
                          reading->relative ? reading->now : INSTANT_NONE, head));
    if (!head->headline.len && !reading->partial && form == CONTENT_MARKDOWN)
        lift_headline(head);
    try(check_head(a, reading, name, head));
    file.pictures = local_pictures_new(a, reading->maker, name);
    try(content_read(a, str_format(a, "%.*s:%d", STR(name), head->body_line), head->body, form,
                     head->source_name.len ? LINKS_FOREIGN : LINKS_EDITORIAL, file.pictures,
                     &file.content));
    if (is_local(&file))
        (void)local_picture(file.pictures, head->picture);
    file.hash = hash_of(a, text, file.pictures);
    *out = file;
    return NULL;
}

// ---- what the names in it stand for

// The same failure, found in the file.
static error in_file(struct work *w, const struct story_file *file, error e)
{
    if (!e || str_starts(e->where, file->name))
        return e;
    return failure(w->arena, e->fault, file->name, "%.*s", STR(e->message));
}

static str name_sections(struct work *w)
{
    struct list cards;
    struct buf names = buf_new(w->arena, NAMED_SECTIONS_MOST);
    error e = section_list(w, &cards);
    for (size_t i = 0; !e && i < cards.count; i++) {
        str path = list_at(&cards, struct section_card, i)->path;
        buf_addf(&names, i ? ", %.*s" : "there are: %.*s", STR(str_sub(path, 1, path.len - 1)));
    }
    if (!e && !cards.count)
        buf_add(&names,
                S("there is none yet: \"broadsheet section add PATH --name NAME\" adds one"));
    return buf_str(&names);
}

static error find_section(struct work *w, str named, int64_t *id)
{
    struct section section;
    bool found;
    try(section_by_path(w, named, &section, &found));
    if (!found) // "Credit Cards" for credit-cards
        try(section_by_path(w, slug_from(w->arena, named, SLUG_MAX), &section, &found));
    if (!found)
        return failure(w->arena, FAULT_INPUT, S("story"), "there is no section \"%.*s\"; %.*s",
                       STR(str_sub(named, 0, 100)), STR(name_sections(w)));
    *id = section.id;
    return NULL;
}

static error set_section(struct work *w, str named, const struct story_options *options,
                         struct story_draft *draft)
{
    if (!named.len && draft->section_id)
        return NULL;
    if (!named.len)
        named = options->section;
    if (!named.len)
        return failure(w->arena, FAULT_INPUT, S("story"),
                       "it names no section: write \"section: …\" in its front matter, or use "
                       "--section; %.*s",
                       STR(name_sections(w)));
    return find_section(w, named, &draft->section_id);
}

static void add_id(int64_t *ids, size_t *count, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if (ids[i] == id)
            return;
    ids[(*count)++] = id;
}

static error set_people(struct work *w, const struct names *names, struct story_draft *draft)
{
    struct person person;
    if (names->count > BYLINE_MOST)
        return failure(w->arena, FAULT_LIMIT, S("story"), "it has more than %d authors",
                       BYLINE_MOST);
    draft->people_count = 0;
    for (size_t i = 0; i < names->count; i++) {
        try(person_ensure(w, names->all[i], &person));
        add_id(draft->people, &draft->people_count, person.id);
    }
    return NULL;
}

static error set_topics(struct work *w, const struct names *names, struct story_draft *draft)
{
    struct topic topic;
    if (names->count > TOPICS_MOST)
        return failure(w->arena, FAULT_LIMIT, S("story"), "it has more than %d topics",
                       TOPICS_MOST);
    draft->topic_count = 0;
    for (size_t i = 0; i < names->count; i++) {
        try(topic_ensure(w, names->all[i], &topic));
        add_id(draft->topics, &draft->topic_count, topic.id);
    }
    return NULL;
}

static error take_local(struct work *w, const struct story_file *file, struct story_draft *draft)
{
    const struct frontmatter *head = &file->head;
    const struct picture *made = local_picture(file->pictures, head->picture);
    draft->picture_id = 0;
    if (!made)
        return NULL;
    struct picture picture = *made;
    picture.alt = head->picture_alt;
    picture.caption = head->picture_caption;
    picture.credit = head->picture_credit;
    return picture_take(w, &picture, &draft->picture_id);
}

// What stands in the body is the newsroom's too, so that it is not made twice.
static error take_body_pictures(struct work *w, const struct story_file *file)
{
    int64_t id;
    for (size_t i = 0; i < file->pictures->count; i++)
        if (file->pictures->all[i].made)
            try(picture_take(w, &file->pictures->all[i].picture, &id));
    return NULL;
}

static error set_picture(struct work *w, const struct frontmatter *head, struct story_draft *draft)
{
    struct picture picture = {.address = head->picture,
                              .alt = head->picture_alt,
                              .caption = head->picture_caption,
                              .credit = head->picture_credit,
                              .media_type = S("")};
    if (!picture.address.len) {
        draft->picture_id = 0;
        return NULL;
    }
    return picture_ensure(w, &picture, &draft->picture_id);
}

// ---- drafts

static void set_text(bool whole, str said, str *out)
{
    if (whole || said.len)
        *out = said;
}

static void set_content(const struct content *content, struct story_draft *draft)
{
    draft->body = content->body;
    draft->plain = content->plain;
    draft->excerpt = content->excerpt;
    draft->words = content->words;
    draft->reading_minutes = content->reading_minutes;
}

static void set_kind(bool whole, const struct frontmatter *head, struct story_draft *draft)
{
    str usual = head->source_name.len ? S("wire") : S("news");
    set_text(whole, head->kind.len ? head->kind : whole ? usual : S(""), &draft->kind);
}

static void set_texts(bool whole, const struct story_file *file, struct story_draft *draft)
{
    const struct frontmatter *head = &file->head;
    set_kind(whole, head, draft);
    set_text(whole, head->headline, &draft->headline);
    set_text(whole, head->standfirst, &draft->standfirst);
    set_text(whole, head->slug, &draft->slug);
    set_text(whole, head->language, &draft->language);
    set_text(whole, head->source_name, &draft->source_name);
    set_text(whole, head->source_url, &draft->source_url);
    set_text(whole, head->video_url, &draft->video_url);
    if (whole || head->video_seconds)
        draft->video_seconds = head->video_seconds;
    if (head->comments != COMMENTS_UNSAID)
        draft->comments_open = head->comments == COMMENTS_ON;
    if (whole || str_trim(head->body).len)
        set_content(&file->content, draft);
}

// Nobody means to publish a headline over nothing; a film, a picture or a story that is being told
// live is something.
static error check_something(struct work *w, const struct story_draft *d)
{
    if (str_trim(d->body.text).len || d->video_url.len || d->picture_id ||
        str_eq(d->kind, S("video")) || str_eq(d->kind, S("live")))
        return NULL;
    return failure(
        w->arena, FAULT_INPUT, S("story"),
        "there is no text below its head: write some, or give it a picture or a video_url");
}

static error fill_draft(struct work *w, const struct story_file *file,
                        const struct story_options *options, struct story_draft *draft)
{
    const struct frontmatter *head = &file->head;
    bool whole = !file->partial;
    set_texts(whole, file, draft);
    try(set_section(w, head->section, options, draft));
    if (whole || head->authors.count)
        try(set_people(w, &head->authors, draft));
    if (whole || head->topics.count)
        try(set_topics(w, &head->topics, draft));
    try(take_body_pictures(w, file));
    if (is_local(file))
        try(take_local(w, file, draft));
    else if (whole || head->picture.len)
        try(set_picture(w, head, draft));
    return check_something(w, draft);
}

static instant later(instant a, instant b)
{
    return a.ms > b.ms ? a : b;
}

// ---- changes

static bool is_told_of(str kind)
{
    return str_eq(kind, S("correction")) || str_eq(kind, S("clarification")) ||
           str_eq(kind, S("retraction"));
}

static bool is_note(const struct story_change *change)
{
    return change->note.len && is_told_of(change->kind);
}

// A front matter keeps the note of a change for ever: it is news only once.
static error is_told(struct work *w, int64_t id, const struct story_change *change, bool *out)
{
    struct list notes;
    *out = false;
    try(version_notes(w, id, &notes));
    for (size_t i = 0; i < notes.count; i++) {
        const struct story_version *v = list_at(&notes, struct story_version, i);
        if (str_eq(v->change_kind, change->kind) && str_eq(v->note, change->note))
            *out = true;
    }
    return NULL;
}

static error change_of(struct work *w, int64_t id, const struct story_file *file,
                       const struct story_options *options, struct story_change *out)
{
    bool told = false;
    *out = (struct story_change){
        .kind = options->change.len ? options->change : file->head.change,
        .note = options->note.len ? options->note : file->head.note,
        .approved_by = options->approved_by.len ? options->approved_by : S(""),
    };
    if (is_told_of(options->change) && !out->note.len)
        return failure(w->arena, FAULT_INPUT, S("story"),
                       "readers are told of a %.*s: say what it is with --note \"…\"",
                       STR(options->change));
    if (!out->note.len)
        out->note = S("");
    if (!out->kind.len)
        out->kind = S("update");
    if (is_note(out))
        try(is_told(w, id, out, &told));
    if (told) {
        out->kind = S("update");
        out->note = S("");
    }
    return NULL;
}

static bool differ(const struct story_draft *a, const struct story_draft *b)
{
    return !str_eq(a->headline, b->headline) || !str_eq(a->standfirst, b->standfirst) ||
           !str_eq(a->body.text, b->body.text);
}

static error update(struct work *w, int64_t id, const struct story_file *file,
                    const struct story_options *options, bool *changed)
{
    struct story_draft before, draft;
    struct story_change change;
    try(story_draft_of(w, id, &before));
    draft = before;
    try(fill_draft(w, file, options, &draft));
    try(change_of(w, id, file, options, &change));
    if (file->head.date.ms)
        draft.published_at = file->head.date;
    if (file->head.updated.ms)
        draft.updated_at = file->head.updated;
    else if (is_note(&change) || (differ(&before, &draft) && !str_eq(change.kind, S("typo"))))
        draft.updated_at = w->now;
    draft.updated_at = later(draft.updated_at, draft.published_at);
    if (file->origin.len && (!file->partial || str_eq(file->origin, before.file)))
        draft.file_hash = file->hash;
    return story_update(w, id, &draft, &change, changed);
}

static error create(struct work *w, const struct story_file *file,
                    const struct story_options *options, int64_t *id)
{
    struct story_draft draft = {.comments_open = true, .file = file->origin, .file_hash = S("")};
    struct story_change first = {.kind = S("first"), .note = S(""), .approved_by = S("")};
    try(fill_draft(w, file, options, &draft));
    draft.published_at = file->head.date.ms ? file->head.date : w->now;
    draft.updated_at = later(file->head.updated, draft.published_at);
    if (file->origin.len)
        draft.file_hash = file->hash;
    return story_create(w, &draft, &first, id);
}

static error check_status(struct work *w, const struct story_file *file, bool *is_draft)
{
    str status = file->head.status;
    *is_draft = str_eq(status, S("draft"));
    if (!status.len || *is_draft || str_eq(status, S("published")))
        return NULL;
    return failure(w->arena, FAULT_INPUT, file->name,
                   "its status \"%.*s\" is neither draft nor published",
                   STR(str_sub(status, 0, 40)));
}

// Who makes a draft of what is published wants it gone, which a draft that is left out is not.
static error refuse_draft(struct work *w, int64_t id)
{
    struct story_card card;
    bool found;
    try(story_card_by_id(w, id, &card, &found));
    if (!found || !str_eq(card.status, S("published")))
        return NULL;
    return failure(w->arena, FAULT_CONFLICT, S("story"),
                   "it says draft, but stands at %.*s: \"broadsheet story withdraw\" takes it out",
                   STR(card.path));
}

static error publish(struct work *w, const struct story_file *file,
                     const struct story_options *options, struct story_result *out)
{
    struct story_origin origin;
    bool is_draft, found = false, changed;
    try(check_status(w, file, &is_draft));
    if (file->origin.len)
        try(story_by_file(w, file->origin, &origin, &found));
    if (is_draft) {
        *out = (struct story_result){STORY_DRAFT, 0};
        return found ? refuse_draft(w, origin.story_id) : NULL;
    }
    if (!found) {
        out->outcome = STORY_CREATED;
        return create(w, file, options, &out->id);
    }
    *out = (struct story_result){STORY_UNCHANGED, origin.story_id};
    if (str_eq(origin.file_hash, file->hash))
        return NULL;
    try(update(w, origin.story_id, file, options, &changed));
    if (changed)
        out->outcome = STORY_UPDATED;
    return NULL;
}

error story_file_publish(struct work *w, const struct story_file *file,
                         const struct story_options *options, struct story_result *out)
{
    return in_file(w, file, publish(w, file, options, out));
}

error story_file_edit(struct work *w, int64_t id, const struct story_file *file,
                      const struct story_options *options, bool *changed)
{
    return in_file(w, file, update(w, id, file, options, changed));
}
