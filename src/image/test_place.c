// A folder for pictures of a test's own, the options that name it, and what is asked of sets and
// failures: for the tests of pictures. SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "image/test_place.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

struct place_begin place_begin;

int place_open(void **state)
{
    static struct place place;
    place = (struct place){.arena = arena_new(), .path = "/tmp/image-test-XXXXXX"};
    if (!mkdtemp(place.path))
        return -1;
    place.options = (struct image_options){.helper = str_of(place_begin.helper),
                                           .folder = open(place.path, O_RDONLY | O_DIRECTORY),
                                           .where = str_of(place_begin.where)};
    *state = &place;
    return place.options.folder < 0;
}

static int count(const char *path, bool removing)
{
    int files = 0;
    DIR *listing = opendir(path);
    for (struct dirent *entry; listing && (entry = readdir(listing));) {
        char below[512];
        struct stat about;
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        snprintf(below, sizeof below, "%s/%s", path, entry->d_name);
        if (!lstat(below, &about) && S_ISDIR(about.st_mode)) {
            files += count(below, removing);
            continue;
        }
        files++;
        if (removing)
            unlink(below);
    }
    if (listing)
        closedir(listing);
    if (removing)
        rmdir(path);
    return files;
}

int place_files(struct place *p)
{
    return count(p->path, /* removing= */ false);
}

void place_remove(struct place *p)
{
    count(p->path, /* removing= */ true);
}

int place_close(void **state)
{
    struct place *place = *state;
    place_remove(place);
    close(place->options.folder);
    arena_free(place->arena);
    return 0;
}

char *place_path(struct place *p, str name)
{
    return str_z(p->arena, str_format(p->arena, "%s/%.*s", p->path, STR(name)));
}

const struct image_variant *variant_of(const struct image_set *set, enum image_role role,
                                       const char *type, int64_t width)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct image_variant *v = &set->variants[i];
        if (v->role == role && (!width || v->width == width) &&
            (!type || str_eq(v->media_type, str_of(type))))
            return v;
    }
    return NULL;
}

void assert_done(struct place *p, error e)
{
    if (e)
        fail_msg("%.*s", STR(error_text(p->arena, e)));
}

void assert_refused(struct place *p, error e, enum fault fault, const char *words)
{
    if (!e)
        fail_msg("taken, though it should be refused with \"%s\"", words);
    if (e->fault != fault || str_find(e->message, str_of(words)) < 0)
        fail_msg("%.*s: %.*s", STR(fault_name(e->fault)), STR(e->message));
    assert_str(e->where, place_begin.where);
    assert_int_equal(place_files(p), 0);
}

int try_inside(struct place *p, const char *how, const char *trial, char *said, int room)
{
    str command = str_format(p->arena, "exec '%s' %s %s", place_begin.helper, how, trial);
    FILE *pipe = popen(str_z(p->arena, command), "r");
    assert_non_null(pipe);
    said[0] = 0;
    if (!fgets(said, room, pipe))
        said[0] = 0;
    return pclose(pipe);
}
