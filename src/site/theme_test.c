// Reads the theme's sources from the tree, and makes sample records, for tests.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <dirent.h>
#include <stdio.h>

#include "base/arena.h"
#include "site/theme_test.h"
#include "template/template.h"

enum { SOURCES_MAX = 100, SOURCE_MAX = 64 * 1024 };

struct sources {
    struct template_source all[SOURCES_MAX];
    size_t count;
};

static str file_text(struct arena *a, const char *path)
{
    FILE *f = fopen(path, "rb");
    assert_non_null(f);
    char *text = arena_text(a, SOURCE_MAX);
    size_t len = fread(text, 1, SOURCE_MAX, f);
    fclose(f);
    assert_true(len < SOURCE_MAX);
    return (str){text, len};
}

static str source_name(str prefix, str file, struct arena *a)
{
    if (str_ends(file, S(".html")))
        file = str_sub(file, 0, file.len - 5);
    return str_join(a, prefix, file);
}

static void read_folder(struct arena *a, const char *folder, str prefix, struct sources *out)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (entry->d_name[0] == '.')
            continue;
        str file = str_copy(a, str_of(entry->d_name));
        char *path = str_z(a, str_format(a, "%s/%.*s", folder, STR(file)));
        if (str_find_char(file, '.') < 0) {
            read_folder(a, path, str_format(a, "%.*s%.*s/", STR(prefix), STR(file)), out);
            continue;
        }
        assert_true(out->count < SOURCES_MAX);
        out->all[out->count++] =
            (struct template_source){source_name(prefix, file, a), file_text(a, path)};
    }
    closedir(dir);
}

struct template_set *theme_compiled(struct arena *a, const char *folder)
{
    struct sources *sources = arena_make(a, struct sources);
    read_folder(a, folder, S(""), sources);
    struct template_set *set = NULL;
    error e = template_compile(a, sources->all, sources->count, &set);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    return set;
}

str theme_marker(struct arena *a, const struct fields *fields, const struct field *field)
{
    str marker = str_format(a, "sample-%.*s-%.*s", STR(fields->record), STR(field->name));
    char *bytes = str_z(a, marker);
    for (size_t i = 0; i < marker.len; i++)
        if (bytes[i] == ' ')
            bytes[i] = '-';
    return (str){bytes, marker.len};
}

static void fill(struct arena *a, const struct fields *fields, void *record, struct sample sample,
                 int depth);

static void fill_list(struct arena *a, const struct field *field, void *place, struct sample sample,
                      int depth)
{
    struct list *list = place;
    if (depth == 0)
        return;
    *list = (struct list){arena_alloc(a, 2 * field->of->size), 2};
    for (size_t i = 0; i < 2; i++)
        fill(a, field->of, list_row(list, field->of->size, i), sample, depth - 1);
}

static void fill(struct arena *a, const struct fields *fields, void *record, struct sample sample,
                 int depth)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->all[i];
        void *place = field_of(record, field);
        if (field->kind == FIELD_STR)
            *(str *)place = sample.text.len ? sample.text : theme_marker(a, fields, field);
        else if (field->kind == FIELD_HTML)
            *(html *)place = (html){theme_marker(a, fields, field)};
        else if (field->kind == FIELD_INT)
            *(int64_t *)place = 1;
        else if (field->kind == FIELD_BOOL)
            *(bool *)place = sample.flags;
        else if (field->kind == FIELD_LIST)
            fill_list(a, field, place, sample, depth);
        else if (field->kind == FIELD_RECORD && depth > 0)
            *(void **)place = theme_sample(a, field->of, sample, depth - 1);
    }
}

void *theme_sample(struct arena *a, const struct fields *fields, struct sample sample, int depth)
{
    void *record = arena_alloc(a, fields->size);
    fill(a, fields, record, sample, depth);
    return record;
}
