// Commands on what stories are filed under: sections, people, topics.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/writing.h"
#include "base/arena.h"
#include "base/file.h"
#include "interop/content.h"
#include "interop/picture_maker.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/section.h"
#include "model/topic.h"
#include "model/work.h"

enum { LISTED_MOST = 100000, FILE_MOST = 1 << 20 };

static error missing(struct invocation *in, const char *what)
{
    return failure(in->arena, FAULT_NOT_FOUND, in->words[0],
                   "there is no such %s; \"broadsheet %s list\" shows them", what, what);
}

static str changed(struct invocation *in)
{
    return str_join(in->arena, S("changed "), in->words[0]);
}

static error run_list(struct invocation *in, error (*print)(struct work *w))
{
    struct work w;
    try(reading_begin(in, &w));
    error e = print(&w);
    work_end(&w);
    return e;
}

// ---- sections

static error print_sections(struct work *w)
{
    struct list cards;
    try(section_list(w, &cards));
    for (size_t i = 0; i < cards.count; i++) {
        const struct section_card *card = list_at(&cards, struct section_card, i);
        printf("%*s%.*s  %.*s\n", (int)(card->level - 1) * 2, "",
               STR(str_sub(card->path, 1, card->path.len - 1)), STR(card->name));
    }
    return NULL;
}

error command_section_list(struct invocation *in)
{
    return run_list(in, print_sections);
}

// Sets parent and slug from "markets/stocks".
static error place_section(struct invocation *in, struct work *w, struct section *section)
{
    struct section parent;
    bool found;
    str path = in->words[0];
    while (str_starts(path, S("/")))
        path = str_from(path, 1);
    while (str_ends(path, S("/")))
        path.len--;
    if (!path.len)
        return failure(in->arena, FAULT_INPUT, S("section add"),
                       "say its path: markets, or markets/stocks for one below it");
    ptrdiff_t slash = str_rfind_char(path, '/');
    section->slug = str_from(path, (size_t)(slash + 1));
    if (slash < 0)
        return NULL;
    try(section_by_path(w, str_sub(path, 0, (size_t)slash), &parent, &found));
    section->parent_id = found ? parent.id : 0;
    return found ? NULL
                 : failure(in->arena, FAULT_NOT_FOUND, in->words[0],
                           "there is no section \"%.*s\" to stand below; add that first",
                           STR(str_sub(path, 0, (size_t)slash)));
}

static error take_section(struct invocation *in, struct section *section)
{
    section->name = given(in, "name", section->name);
    section->description = given(in, "description", section->description);
    return given_number(in, "position", 1, section->position, &section->position);
}

static error add_section(struct invocation *in, struct work *w)
{
    struct section section = {.name = S(""), .description = S("")};
    try(take_section(in, &section));
    try(place_section(in, w, &section));
    if (!section.name.len)
        return failure(in->arena, FAULT_INPUT, in->words[0], "say what it is called: --name \"…\"");
    return section_create(w, &section);
}

error command_section_add(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = add_section(in, &w);
    return writing_end(in, &w, e, str_join(in->arena, S("added "), in->words[0]), S(""));
}

static error edit_section(struct invocation *in, struct work *w)
{
    struct section section;
    bool found;
    try(section_by_path(w, in->words[0], &section, &found));
    if (!found)
        return missing(in, "section");
    try(take_section(in, &section));
    return section_update(w, &section);
}

error command_section_edit(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = edit_section(in, &w);
    return writing_end(in, &w, e, changed(in), S("nothing changed"));
}

// ---- people

static error print_people(struct work *w)
{
    struct list cards;
    try(person_list(w, 0, LISTED_MOST, &cards));
    for (size_t i = 0; i < cards.count; i++) {
        const struct person_card *card = list_at(&cards, struct person_card, i);
        printf("%.*s  %.*s\n", STR(card->slug), STR(card->name));
    }
    return NULL;
}

error command_person_list(struct invocation *in)
{
    return run_list(in, print_people);
}

// What is said of a person in files, read before anything is written.
struct person_files {
    struct content biography;
    struct picture picture;
};

static error read_person(struct invocation *in, struct person_files *out)
{
    struct picture_maker *maker;
    str file = given(in, "biography", S("")), text;
    struct picture_wish wish = {.path = given(in, "picture", S(""))};
    if (file.len) {
        try(file_read(in->arena, file, FILE_MOST, &text));
        try(content_read(in->arena, file, text, content_form_of(file), LINKS_EDITORIAL,
                         /* pictures= */ NULL, &out->biography));
    }
    if (!wish.path.len)
        return NULL;
    wish.where = wish.path;
    try(invocation_pictures(in, &maker));
    return picture_make(maker, in->arena, &wish, &out->picture);
}

static error take_person(struct invocation *in, struct work *w, const struct person_files *files,
                         struct person *person)
{
    person->name = given(in, "name", person->name);
    person->role = given(in, "role", person->role);
    if (given(in, "biography", S("")).len)
        person->biography = files->biography.body;
    if (!files->picture.stem.len)
        return NULL;
    struct picture picture = files->picture;
    picture.alt = person->name;
    picture.credit = given(in, "credit", S(""));
    return picture_take(w, &picture, &person->picture_id);
}

static error add_person(struct invocation *in, struct work *w, const struct person_files *files)
{
    struct person person = {
        .slug = in->words[0], .name = S(""), .role = S(""), .biography = {S("")}};
    try(take_person(in, w, files, &person));
    if (!person.name.len)
        return failure(in->arena, FAULT_INPUT, in->words[0], "say who it is: --name \"…\"");
    return person_create(w, &person);
}

error command_person_add(struct invocation *in)
{
    struct work w;
    struct person_files files = {0};
    try(read_person(in, &files));
    try(writing_begin(in, &w));
    error e = add_person(in, &w, &files);
    return writing_end(in, &w, e, str_join(in->arena, S("added "), in->words[0]), S(""));
}

static error edit_person(struct invocation *in, struct work *w, const struct person_files *files)
{
    struct person person;
    bool found;
    try(person_by_slug(w, in->words[0], &person, &found));
    if (!found)
        return missing(in, "person");
    try(take_person(in, w, files, &person));
    return person_update(w, &person);
}

error command_person_edit(struct invocation *in)
{
    struct work w;
    struct person_files files = {0};
    try(read_person(in, &files));
    try(writing_begin(in, &w));
    error e = edit_person(in, &w, &files);
    return writing_end(in, &w, e, changed(in), S("nothing changed"));
}

// ---- topics

static error print_topics(struct work *w)
{
    struct list cards;
    try(topic_list(w, 0, LISTED_MOST, &cards));
    for (size_t i = 0; i < cards.count; i++) {
        const struct topic_card *card = list_at(&cards, struct topic_card, i);
        printf("%.*s  %.*s\n", STR(card->slug), STR(card->name));
    }
    return NULL;
}

error command_topic_list(struct invocation *in)
{
    return run_list(in, print_topics);
}

static error edit_topic(struct invocation *in, struct work *w)
{
    struct topic topic;
    bool found;
    try(topic_by_slug(w, in->words[0], &topic, &found));
    if (!found)
        return missing(in, "topic");
    topic.name = given(in, "name", topic.name);
    topic.description = given(in, "description", topic.description);
    return topic_update(w, &topic);
}

error command_topic_edit(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = edit_topic(in, &w);
    return writing_end(in, &w, e, changed(in), S("nothing changed"));
}
