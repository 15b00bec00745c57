// Commands that make a publication and say what it is.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/embedded.h"
#include "app/invocation.h"
#include "app/writing.h"
#include "base/arena.h"
#include "base/buf.h"
#include "image/image.h"
#include "interop/picture_maker.h"
#include "interop/seed.h"
#include "interop/seed_pictures.h"
#include "model/check.h"
#include "model/picture.h"
#include "model/publication.h"
#include "model/work.h"

// "option" at first; later only what the command line says ("given"), or looking would change
// what an old line of broadsheet.conf still says.
typedef str take_option(const struct invocation *in, const char *name, str fallback);

static void take_options(struct invocation *in, take_option *take, struct publication *p)
{
    p->name = take(in, "name", p->name);
    p->tagline = take(in, "tagline", p->tagline);
    p->description = take(in, "description", p->description);
    p->language = take(in, "language", p->language);
    p->zone = take(in, "zone", p->zone);
    p->base_url = take(in, "base-url", p->base_url);
}

static error made(struct invocation *in, uint64_t commit, str name)
{
    str data = option(in, "data", S("data"));
    return invocation_announce(
        in, commit,
        str_format(in->arena, "made %.*s in %.*s; \"broadsheet serve --data %.*s\" serves it",
                   STR(name), STR(data), STR(data)));
}

static error make_empty(struct invocation *in, struct publication *p, bool framed, uint64_t *commit)
{
    struct db_conn *conn;
    struct work w;
    try(invocation_create(in));
    try(invocation_connect(in, &conn));
    try(work_write(&w, conn, in->arena, in->now));
    error e = publication_create(&w, p);
    if (!e && framed)
        e = seed_load_frame(&w, embedded_assets);
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    *commit = w.commit;
    return e;
}

error command_init(struct invocation *in)
{
    uint64_t commit = 0;
    struct publication p = {
        .name = S("A New Publication"),
        .tagline = S(""),
        .description = S(""),
        .language = S("en-GB"),
        .zone = S("Europe/London"),
        .base_url = S("http://127.0.0.1:8080"),
    };
    str preset = option(in, "preset", S("finance"));
    if (!str_eq(preset, S("finance")) && !str_eq(preset, S("blank")))
        return failure(in->arena, FAULT_INPUT, S("init"),
                       "there is no preset \"%.*s\": use finance or blank", STR(preset));
    take_options(in, option, &p);
    try(invocation_or_nothing(in, make_empty(in, &p, str_eq(preset, S("finance")), &commit)));
    return made(in, commit, p.name);
}

static error make_demo(struct invocation *in, str *name, uint64_t *commit)
{
    struct db_conn *conn;
    try(invocation_create(in));
    try(invocation_connect(in, &conn));
    return seed_load(conn, in->arena, embedded_assets,
                     option(in, "base-url", S("http://127.0.0.1:8080")), in->now, name, commit);
}

// On a terminal, one line that counts.
static void tell_progress(void *unused, size_t done, size_t all)
{
    (void)unused;
    if (isatty(STDOUT_FILENO))
        printf("\rdrawing its pictures: %zu of %zu%s", done, all, done == all ? "\n" : "");
    fflush(stdout);
}

// A demo without pictures is one to look at as well: what goes wrong is said, and is no failure.
static error draw_demo(struct invocation *in)
{
    struct seed_drawing drawing = {.files = embedded_assets,
                                   .folder = invocation_path(in, S("pictures")),
                                   .told = tell_progress};
    struct db_conn *conn;
    size_t drawn = 0;
    uint64_t commit = 0;
    try(invocation_connect(in, &conn));
    error e = image_helper(in->arena, &drawing.helper);
    if (!e)
        e = seed_draw(conn, in->arena, in->now, &drawing, &drawn, &commit);
    if (e)
        fprintf(stderr, "broadsheet: the demo has no more pictures than %zu: %.*s\n", drawn,
                STR(error_text(in->arena, e)));
    if (!drawn)
        return NULL;
    return invocation_announce(in, commit, str_format(in->arena, "drew %zu pictures", drawn));
}

error command_demo(struct invocation *in)
{
    str name, pictures = option(in, "pictures", S("yes"));
    uint64_t commit = 0;
    bool only = str_eq(pictures, S("only")), none = str_eq(pictures, S("no"));
    if (!only && !none && !str_eq(pictures, S("yes")))
        return failure(in->arena, FAULT_INPUT, S("demo"),
                       "--pictures is yes, no or only, not \"%.*s\"", STR(pictures));
    if (!only) {
        try(invocation_or_nothing(in, make_demo(in, &name, &commit)));
        try(made(in, commit, name));
    }
    return none ? NULL : draw_demo(in);
}

// ---- what it is, and how it looks

struct marks {
    struct picture light, dark, icon;
};

// Prepared before anything is written; an empty name takes the picture back.
static error make_mark(struct invocation *in, const char *name, bool icon, struct picture *out)
{
    struct picture_maker *maker;
    struct picture_wish wish = {.path = given(in, name, S("")), .icon = icon};
    if (!wish.path.len)
        return NULL;
    wish.where = wish.path;
    try(invocation_pictures(in, &maker));
    return picture_make(maker, in->arena, &wish, out);
}

static error take_mark(struct invocation *in, struct work *w, const char *name,
                       const struct picture *made, int64_t *id)
{
    if (made->stem.len)
        return picture_take(w, made, id);
    if (given(in, name, STR_NONE).ptr)
        *id = 0;
    return NULL;
}

static error change(struct invocation *in, struct work *w, const struct marks *marks)
{
    struct publication p;
    try(publication_read(w, &p));
    take_options(in, given, &p);
    p.accent = given(in, "accent", p.accent);
    p.headline_font = given(in, "headline-font", p.headline_font);
    p.text_font = given(in, "text-font", p.text_font);
    p.sans_font = given(in, "sans-font", p.sans_font);
    try(take_mark(in, w, "logo", &marks->light, &p.logo_id));
    try(take_mark(in, w, "logo-dark", &marks->dark, &p.logo_dark_id));
    try(take_mark(in, w, "icon", &marks->icon, &p.icon_id));
    return publication_update(w, &p);
}

static error mark_path(struct work *w, int64_t id, str *out)
{
    struct picture p;
    bool found = false;
    if (id)
        try(picture_by_id(w, id, &p, &found));
    *out = found ? picture_fallback(w->arena, &p) : S("");
    return NULL;
}

static error describe(struct work *w, str *out)
{
    struct publication p;
    str light, dark, icon;
    try(publication_read(w, &p));
    try(mark_path(w, p.logo_id, &light));
    try(mark_path(w, p.logo_dark_id, &dark));
    try(mark_path(w, p.icon_id, &icon));
    const struct {
        const char *name;
        str value;
    } lines[] = {{"name", p.name},
                 {"tagline", p.tagline},
                 {"description", p.description},
                 {"language", p.language},
                 {"zone", p.zone},
                 {"base-url", p.base_url},
                 {"accent", p.accent},
                 {"headline-font", p.headline_font},
                 {"text-font", p.text_font},
                 {"sans-font", p.sans_font},
                 {"logo", light},
                 {"logo-dark", dark},
                 {"icon", icon}};
    struct buf b = buf_new(w->arena, DESCRIPTION_MOST + 4096);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        buf_addf(&b, "%s%-13s  %.*s", i ? "\n" : "", lines[i].name, STR(lines[i].value));
    *out = buf_str(&b);
    return NULL;
}

error command_publication(struct invocation *in)
{
    struct work w;
    struct marks marks = {0};
    str shown = S("");
    try(make_mark(in, "logo", /* icon= */ false, &marks.light));
    try(make_mark(in, "logo-dark", /* icon= */ false, &marks.dark));
    try(make_mark(in, "icon", /* icon= */ true, &marks.icon));
    try(writing_begin(in, &w));
    error e = change(in, &w, &marks);
    if (!e && !w.writes.count)
        e = describe(&w, &shown);
    return writing_end(in, &w, e, S("changed the publication"), shown);
}
