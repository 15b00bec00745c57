// Options from the command line, the environment and DIR/broadsheet.conf, in that order.
// SPDX-License-Identifier: Apache-2.0
#include "app/options.h"

#include <ctype.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"

const struct option_spec option_specs[] = {
    {"data", "DIR", "the data directory (default: the folder ./data)"},
    {"database", "URL", "sqlite:PATH (default: DIR/broadsheet.db) or postgres://…"},
    {"listen", "ADDRESS", "where to serve (default: 127.0.0.1:8080; port 0 takes any)"},
    {"base-url", "URL", "the address readers use, e.g. https://example.com"},
    {"assets", "DIR",
     "a theme: its DIR/templates and DIR/static replace files of the same names, also when "
     "changed"},
    {"cache", "MEGABYTES", "memory for kept pages (default: 256; 0 renders every page afresh)"},
    {"workers", "N", "threads that render (default: four a core)"},
    {"trusted-proxies", "ADDRESSES", "addresses or CIDR ranges whose client header is believed"},
    {"client-header", "NAME",
     "the header that a trusted proxy puts the client's address in (default: x-forwarded-for)"},
    {"takeover", NULL, "take the sockets over from the server that runs on this data directory"},
    {"log-requests", NULL, "log a line for every request"},
    {"name", "NAME", "the name of the publication, section or person"},
    {"preset", "NAME", "finance or blank"},
    {"section", "PATH", "a section by its slugs, e.g. markets/stocks"},
    {"big", NULL, "as on a big day: over the whole width of the front"},
    {"reason", "TEXT", "why, for readers"},
    {"change", "KIND", "typo, update, correction, clarification or retraction"},
    {"note", "TEXT", "what readers are told of the change"},
    {"by", "NAME", "who approved the change"},
    {"description", "TEXT", "a sentence or two"},
    {"position", "N", "the place among its siblings"},
    {"role", "TEXT", "what the person does, e.g. Markets editor"},
    {"biography", "FILE", "a Markdown file"},
    {"email", "ADDRESS", "the address of a comment's writer; never shown"},
    {"parent", "ID", "the comment that is answered"},
    {"status", "STATUS",
     "only stories that are published, withdrawn, draft …; all lists every one"},
    {"pictures", "WHICH", "yes (default), no, or only: the pictures that the demo still lacks"},
    {"limit", "N", "at most so many rows"},
    {"media", "DIR", "a copy of wp-content/uploads, whose pictures come in behind the texts"},
    {"picture", "FILE", "a JPEG, PNG, WebP or GIF of the person"},
    {"alt", "TEXT", "what a picture shows, for those who do not see it"},
    {"caption", "TEXT", "what stands below a picture"},
    {"credit", "TEXT", "whose picture it is"},
    {"focus", "X,Y", "what crops keep in view, in percent from the left and from the top"},
    {"image-helper", "PATH",
     "the program that prepares pictures (default: broadsheet-image beside this one)"},
    {"dry-run", NULL, "read and report, and write nothing"},
    {"json", NULL, "one JSON object a line"},
    {"accent", "COLOUR", "the colour of links, like '#7a1f2b', made readable on light and on dark"},
    {"headline-font", "NAME", "newsreader, public-sans, georgia or system"},
    {"text-font", "NAME", "of stories: public-sans, georgia or system"},
    {"sans-font", "NAME", "of all the rest: public-sans or system"},
    {"logo", "FILE", "a PNG or WebP that stands for the name"},
    {"logo-dark", "FILE", "the same for dark pages"},
    {"icon", "FILE", "a square PNG or WebP of 512 pixels or more, for tabs and home screens"},
    {"tagline", "TEXT", "the publication's tagline"},
    {"language", "TAG", "the publication's language, e.g. en-GB"},
    {"zone", "NAME", "the publication's time zone, e.g. Europe/London"},
    {"trust", NULL, "take an archive's texts as they stand, without asking the cleaner"},
    {"help", NULL, "say how the command is used"},
    {"version", NULL, "say which version this is"},
    {0},
};

enum { SPECS_MOST = 64, CONF_MOST = 64 * 1024 };

struct options {
    str given[SPECS_MOST];    // on the command line
    str from_env[SPECS_MOST]; // BROADSHEET_…
    str in_file[SPECS_MOST];  // DIR/broadsheet.conf
};

static int spec_by_name(str name)
{
    for (int i = 0; option_specs[i].name; i++)
        if (str_eq(name, str_of(option_specs[i].name)))
            return i;
    return -1;
}

static void read_environment(struct arena *a, struct options *o)
{
    for (int i = 0; option_specs[i].name; i++) {
        char *key = str_z(a, str_format(a, "BROADSHEET_%s", option_specs[i].name));
        for (char *c = key; *c; c++)
            *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
        const char *found = getenv(key);
        if (found)
            o->from_env[i] = str_of(found);
    }
}

static error take_option(struct arena *a, struct options *o, str arg, int argc, char **argv,
                         int *at)
{
    str value = arg, name = str_cut(&value, '=');
    int i = spec_by_name(name);
    if (i < 0)
        return failure(a, FAULT_INPUT, S("options"),
                       "there is no option --%.*s: \"broadsheet --help\" lists them", STR(name));
    if (!option_specs[i].value) {
        o->given[i] = S("yes");
        return NULL;
    }
    if (!value.ptr && *at + 1 >= argc)
        return failure(a, FAULT_INPUT, S("options"), "--%.*s needs a value: %s", STR(name),
                       option_specs[i].help);
    o->given[i] = value.ptr ? value : str_of(argv[++*at]);
    return NULL;
}

error options_parse(struct arena *a, int argc, char **argv, struct options **out, str **words,
                    size_t *word_count)
{
    struct options *o = arena_make(a, struct options);
    str *found = arena_array(a, str, argc + 1);
    size_t count = 0;
    bool ended = false;
    read_environment(a, o);
    for (int i = 0; i < argc; i++) {
        str arg = str_eq(str_of(argv[i]), S("-h")) ? S("--help") : str_of(argv[i]);
        if (ended || !str_starts(arg, S("--")))
            found[count++] = arg;
        else if (arg.len == 2)
            ended = true;
        else
            try(take_option(a, o, str_from(arg, 2), argc, argv, &i));
    }
    *out = o;
    *words = found;
    *word_count = count;
    return NULL;
}

static error read_line(struct arena *a, struct options *o, str file, int number, str line)
{
    str value = line, key = str_trim(str_cut(&value, '='));
    int i = spec_by_name(key);
    str where = str_format(a, "%.*s:%d", STR(file), number);
    if (!value.ptr)
        return failure(a, FAULT_INPUT, where, "write \"key = value\"");
    if (i < 0)
        return failure(a, FAULT_INPUT, where, "there is no option \"%.*s\"", STR(key));
    o->in_file[i] = str_trim(value);
    return NULL;
}

error options_read_file(struct arena *a, struct options *o)
{
    str dir = options_get(o, "data");
    str path = str_format(a, "%.*s/broadsheet.conf", STR(dir.ptr ? dir : S("data")));
    str text;
    bool found;
    try(file_read_if_there(a, path, CONF_MOST, &text, &found));
    for (int number = 1; found && text.ptr; number++) {
        str line = str_trim(str_cut(&text, '\n'));
        if (line.len && line.ptr[0] != '#')
            try(read_line(a, o, path, number, line));
    }
    return NULL;
}

str options_get(const struct options *o, const char *name)
{
    int i = spec_by_name(str_of(name));
    if (i < 0)
        return STR_NONE;
    return o->given[i].ptr ? o->given[i] : o->from_env[i].ptr ? o->from_env[i] : o->in_file[i];
}

bool options_given(const struct options *o, int i)
{
    return o->given[i].ptr != NULL;
}
