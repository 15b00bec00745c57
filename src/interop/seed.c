// Makes a publication from the files of a seed folder, whose names start with "seed/".
// SPDX-License-Identifier: Apache-2.0
#include "interop/seed.h"

#include "base/arena.h"
#include "base/map.h"
#include "interop/event_file.h"
#include "interop/outline.h"
#include "interop/seed_bodies.h"
#include "interop/story_file.h"
#include "model/comment.h"
#include "model/event.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"
#include "model/work.h"
#include "text/date.h"

// Its files:
//
//     publication.conf     key = value
//     sections.txt         slug | Name | description; a section stands below the one it is
//                          indented under
//     menus.txt            [place], then Label | path, indented for a menu below
//     people/*.md          name, slug, role, picture; the biography
//     pages/*.md           title, path; the page
//     stories/*.md         as interop/story_file.h reads them
//     changes/STORY.N.md   the story's next versions in order: date, change, note; the text
//     pictures/NAME.svg    what is shown as /pictures/NAME.svg, drawn by interop/seed_pictures.h
//     comments.txt         [story's file], then Name | date | text, replies indented

#define COMMENTS S("seed/comments.txt")

struct seed {
    struct work *w;
    const struct asset *files;
    struct story_reading reading;
    struct map stories; // int64_t *id under "northmoor-keeps-branches"
};

static str text_of(const struct asset *file)
{
    return (str){(const char *)file->bytes, file->len};
}

static error find_file(struct work *w, const struct asset *files, str name, str *out)
{
    for (; files->name; files++)
        if (str_eq(str_of(files->name), name)) {
            *out = text_of(files);
            return NULL;
        }
    return failure(w->arena, FAULT_NOT_FOUND, name, "the seed has no such file");
}

// The same failure, found in the file.
static error in_file(struct work *w, str name, error e)
{
    return !e || str_starts(e->where, name)
               ? e
               : failure(w->arena, e->fault, name, "%.*s", STR(e->message));
}

// ---- publication.conf

static void take_setting(struct publication *p, str key, str setting)
{
    struct {
        str key;
        str *out;
    } const settings[] = {{S("name"), &p->name},
                          {S("tagline"), &p->tagline},
                          {S("description"), &p->description},
                          {S("language"), &p->language},
                          {S("zone"), &p->zone}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        if (str_eq(key, settings[i].key))
            *settings[i].out = setting;
}

static error load_publication(struct work *w, const struct asset *files, str base_url, str *name)
{
    struct publication p = {.name = S(""),
                            .tagline = S(""),
                            .description = S(""),
                            .language = S("en"),
                            .zone = S("UTC"),
                            .base_url = base_url};
    str text;
    try(find_file(w, files, S("seed/publication.conf"), &text));
    while (text.ptr) {
        str rest = str_trim(str_cut(&text, '\n'));
        if (!rest.len || rest.ptr[0] == '#')
            continue;
        str key = str_trim(str_cut(&rest, '='));
        take_setting(&p, key, str_trim(rest));
    }
    *name = p.name;
    return publication_create(w, &p);
}

// ---- sections.txt and menus.txt

static error load_sections(struct work *w, const struct asset *files)
{
    const str name = S("seed/sections.txt");
    str text;
    struct list lines;
    int64_t above[OUTLINE_LEVELS + 1] = {0};
    try(find_file(w, files, name, &text));
    try(outline_parse(w->arena, name, text, &lines));
    for (size_t i = 0; i < lines.count; i++) {
        const struct outline_line *line = list_at(&lines, struct outline_line, i);
        struct section section = {.parent_id = above[line->level],
                                  .slug = line->parts[0],
                                  .name = line->parts[1],
                                  .description = line->parts[2]};
        error e = section_create(w, &section);
        if (e)
            return outline_failure(w->arena, name, line, e->fault, e->message);
        above[line->level + 1] = section.id;
    }
    return NULL;
}

// These lead to pages and accounts that each publication has of its own.
static bool is_own(str place)
{
    return str_eq(place, S("company")) || str_eq(place, S("follow")) || str_eq(place, S("notice"));
}

static error load_menus(struct work *w, const struct asset *files, bool with_own)
{
    const str name = S("seed/menus.txt");
    str text;
    struct list lines;
    try(find_file(w, files, name, &text));
    try(outline_parse(w->arena, name, text, &lines));
    for (size_t i = 0; i < lines.count; i = outline_group_end(&lines, i)) {
        const struct outline_line *line = list_at(&lines, struct outline_line, i);
        struct list items = outline_menu(w->arena, &lines, i, outline_group_end(&lines, i));
        bool wanted = with_own || !is_own(line->group);
        error e = wanted ? menu_replace(w, line->group, &items) : NULL;
        if (e)
            return outline_failure(w->arena, name, line, e->fault, e->message);
    }
    return NULL;
}

error seed_load_frame(struct work *w, const struct asset *files)
{
    try(load_sections(w, files));
    return load_menus(w, files, /* with_own= */ false);
}

// ---- people, pages, stories

// Head and clean body of a file.
static error read_document(struct seed *s, const struct asset *file, struct frontmatter *head,
                           struct content *content)
{
    struct arena *a = s->w->arena;
    str name = str_of(file->name);
    try(frontmatter_parse(a, name, text_of(file), s->reading.zone, s->reading.now, head));
    return content_read(a, name, head->body, content_form_of(name), LINKS_EDITORIAL, NULL, content);
}

static error load_person(struct seed *s, const struct asset *file)
{
    struct frontmatter head;
    struct content content;
    try(read_document(s, file, &head, &content));
    struct person person = {
        .slug = head.slug, .name = head.name, .role = head.role, .biography = content.body};
    struct picture portrait = {.address = head.picture,
                               .alt = head.picture_alt,
                               .caption = head.picture_caption,
                               .credit = head.picture_credit,
                               .media_type = S("")};
    if (portrait.address.len)
        try(picture_ensure(s->w, &portrait, &person.picture_id));
    return person_create(s->w, &person);
}

static error load_page(struct seed *s, const struct asset *file)
{
    struct frontmatter head;
    struct content content;
    try(read_document(s, file, &head, &content));
    struct page page = {.path = head.path,
                        .title = head.headline,
                        .description = head.standfirst,
                        .body = content.body,
                        .updated_at = head.updated};
    return page_save(s->w, &page);
}

static error load_event(struct seed *s, const struct asset *file)
{
    struct event event;
    str slug;
    const struct event_reading reading = {s->reading.zone, s->reading.now, /* relative= */ true};
    try(event_file_read(s->w->arena, &reading, str_of(file->name), text_of(file), &event, &slug));
    return event_create(s->w, &event, slug);
}

static error load_story(struct seed *s, const struct asset *file)
{
    struct work *w = s->w;
    struct story_options options = {.section = S("")};
    struct story_file story;
    struct story_result result;
    str name = str_of(file->name), stem = str_from(name, (size_t)str_rfind_char(name, '/') + 1);
    instant now = w->now;
    try(story_file_read(w->arena, &s->reading, name, text_of(file), &story));
    if (story.head.date.ms)
        w->now = story.head.date;
    error e = story_file_publish(w, &story, &options, &result);
    w->now = now;
    try(e);
    try(seed_body_pictures(w, story.content.body));
    int64_t *id = arena_make(w->arena, int64_t);
    *id = result.id;
    *map_at(&s->stories, str_sub(stem, 0, (size_t)str_rfind_char(stem, '.'))) = id;
    return NULL;
}

// A later version of a story: its date is when it was made, as it would have been.
static error load_change(struct seed *s, const struct asset *file)
{
    struct work *w = s->w;
    struct story_options options = {.section = S("")};
    struct story_reading reading = s->reading;
    struct story_file change;
    str name = str_of(file->name), stem = str_from(name, (size_t)str_rfind_char(name, '/') + 1);
    instant now = w->now;
    str of = str_sub(stem, 0, (size_t)str_find_char(stem, '.'));
    const int64_t *id = map_get(&s->stories, of);
    if (!id)
        return failure(w->arena, FAULT_INPUT, name, "there is no story \"%.*s\"", STR(of));
    reading.partial = true;
    try(story_file_read(w->arena, &reading, name, text_of(file), &change));
    if (change.head.date.ms)
        w->now = change.head.date;
    change.head.date = INSTANT_NONE;
    error e = story_file_edit(w, *id, &change, &options, /* changed= */ NULL);
    w->now = now;
    return e;
}

static error load_folder(struct seed *s, str folder,
                         error (*load)(struct seed *, const struct asset *))
{
    for (const struct asset *file = s->files; file->name; file++) {
        str name = str_of(file->name);
        if (str_starts(name, folder) && str_ends(name, S(".md")))
            try(in_file(s->w, name, load(s, file)));
    }
    return NULL;
}

// ---- comments.txt

static error load_comment(struct seed *s, const struct outline_line *line, int64_t parent,
                          int64_t *id)
{
    struct arena *a = s->w->arena;
    struct content content;
    const int64_t *story = map_get(&s->stories, line->group);
    struct comment comment = {.parent_id = parent,
                              .status = S("approved"),
                              .author_name = line->parts[0],
                              .author_email = S(""),
                              .author_url = S("")};
    if (!story)
        return failure(a, FAULT_INPUT, COMMENTS, "there is no story \"%.*s\"", STR(line->group));
    if (!date_ago(line->parts[1], s->reading.zone, s->w->now, &comment.created_at))
        return failure(a, FAULT_INPUT, COMMENTS, "\"%.*s\" is no time; write -2h or \"-1d 16:40\"",
                       STR(line->parts[1]));
    try(content_read(a, COMMENTS, line->parts[2], CONTENT_MARKDOWN, LINKS_READER, NULL, &content));
    comment.story_id = *story;
    comment.body = content.body;
    try(comment_create(s->w, &comment));
    *id = comment.id;
    return NULL;
}

static error load_comments(struct seed *s)
{
    str text;
    struct list lines;
    int64_t above[OUTLINE_LEVELS + 1] = {0};
    try(find_file(s->w, s->files, COMMENTS, &text));
    try(outline_parse(s->w->arena, COMMENTS, text, &lines));
    for (size_t i = 0; i < lines.count; i++) {
        const struct outline_line *line = list_at(&lines, struct outline_line, i);
        error e = load_comment(s, line, above[line->level], &above[line->level + 1]);
        if (e)
            return outline_failure(s->w->arena, COMMENTS, line, e->fault, e->message);
    }
    return NULL;
}

static error load_all(struct work *w, const struct asset *files, str base_url, str *name)
{
    struct seed s = {.w = w,
                     .files = files,
                     .stories = map_new(w->arena),
                     .reading = {.now = w->now, .relative = true}};
    try(load_publication(w, files, base_url, name));
    try(work_zone(w, &s.reading.zone));
    try(load_sections(w, files));
    try(load_menus(w, files, /* with_own= */ true));
    try(load_folder(&s, S("seed/people/"), load_person));
    try(load_folder(&s, S("seed/pages/"), load_page));
    try(load_folder(&s, S("seed/events/"), load_event));
    try(load_folder(&s, S("seed/stories/"), load_story));
    try(load_folder(&s, S("seed/changes/"), load_change));
    return load_comments(&s);
}

error seed_load(struct db_conn *conn, struct arena *a, const struct asset *files, str base_url,
                instant now, str *name, uint64_t *commit)
{
    struct work w;
    try(work_write(&w, conn, a, now));
    error e = load_all(&w, files, base_url, name);
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    *commit = w.commit;
    return e;
}
