// Files that hold exports of other systems: plain, compressed by gzip, or several in a zip.
// SPDX-License-Identifier: Apache-2.0
#include "interop/document.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <zlib.h>

#include "base/arena.h"

enum { ARCHIVE_BLOCK = 64 * 1024, GZIP_BUFFER = 128 * 1024 };

struct document_reader {
    struct arena *arena;
    const struct document *document;
    gzFile file; // gzread passes what is not compressed through
    struct archive *zip;
};

static error is_zip(struct arena *a, str path, bool *out)
{
    char start[4] = {0};
    struct stat info;
    char *name = str_z(a, path);
    FILE *file = fopen(name, "rbe");
    if (!file)
        return failure(a, errno == ENOENT ? FAULT_NOT_FOUND : FAULT_IO, path, "%s",
                       strerror(errno));
    bool folder = fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode);
    size_t got = folder ? 0 : fread(start, 1, sizeof start, file);
    fclose(file);
    if (folder)
        return failure(a, FAULT_INPUT, path, "is a folder: name the files to import");
    *out = got == sizeof start && memcmp(start, "PK\3\4", 4) == 0;
    return NULL;
}

static error open_zip(struct arena *a, str path, struct archive **out)
{
    struct archive *zip = archive_read_new();
    if (!zip || archive_read_support_format_zip(zip) != ARCHIVE_OK ||
        archive_read_open_filename(zip, str_z(a, path), ARCHIVE_BLOCK) != ARCHIVE_OK) {
        error e = failure(a, FAULT_INPUT, path, "cannot be read as a zip: %s",
                          zip ? archive_error_string(zip) : "no memory");
        archive_read_free(zip);
        return e;
    }
    *out = zip;
    return NULL;
}

static bool is_export(str name)
{
    str ending = str_from(name, name.len < 4 ? 0 : name.len - 4);
    return str_eq_nocase(ending, S(".xml")) && str_find(name, S("__MACOSX/")) < 0;
}

struct documents {
    struct document *all;
    size_t count;
};

static error add(struct arena *a, struct documents *list, str path, str entry)
{
    if (list->count == DOCUMENTS_MOST)
        return failure(a, FAULT_LIMIT, path, "more than %d files are not read at once",
                       DOCUMENTS_MOST);
    list->all[list->count++] = (struct document){
        .name = entry.len ? str_format(a, "%.*s:%.*s", STR(path), STR(entry)) : path,
        .path = path,
        .entry = entry,
    };
    return NULL;
}

static error add_entries(struct arena *a, struct documents *list, str path)
{
    struct archive *zip = NULL;
    struct archive_entry *entry;
    size_t before = list->count;
    error e = NULL;
    int status = ARCHIVE_OK;
    try(open_zip(a, path, &zip));
    while (!e && (status = archive_read_next_header(zip, &entry)) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (name && is_export(str_of(name)))
            e = add(a, list, path, str_copy(a, str_of(name)));
    }
    if (!e && status != ARCHIVE_EOF)
        e = failure(a, FAULT_INPUT, path, "cannot be read as a zip: %s", archive_error_string(zip));
    if (!e && list->count == before)
        e = failure(a, FAULT_INPUT, path, "has no .xml in it");
    archive_read_free(zip);
    return e;
}

error document_list(struct arena *a, const str *paths, size_t count, struct document **out,
                    size_t *out_count)
{
    struct documents list = {arena_array(a, struct document, DOCUMENTS_MOST), 0};
    for (size_t i = 0; i < count; i++) {
        bool zip = false;
        try(is_zip(a, paths[i], &zip));
        if (zip)
            try(add_entries(a, &list, paths[i]));
        else
            try(add(a, &list, paths[i], S("")));
    }
    *out = list.all;
    *out_count = list.count;
    return NULL;
}

static error open_entry(struct arena *a, const struct document *d, struct archive **out)
{
    struct archive_entry *entry;
    try(open_zip(a, d->path, out));
    while (archive_read_next_header(*out, &entry) == ARCHIVE_OK) {
        const char *name = archive_entry_pathname(entry);
        if (name && str_eq(str_of(name), d->entry))
            return NULL;
    }
    archive_read_free(*out);
    return failure(a, FAULT_INPUT, d->name, "is no longer in the zip");
}

error document_open(struct arena *a, const struct document *d, struct document_reader **out)
{
    struct document_reader *r = arena_make(a, struct document_reader);
    *r = (struct document_reader){.arena = a, .document = d};
    if (d->entry.len) {
        try(open_entry(a, d, &r->zip));
    } else {
        r->file = gzopen(str_z(a, d->path), "rbe");
        if (!r->file)
            return failure(a, FAULT_IO, d->name, "%s", strerror(errno));
        gzbuffer(r->file, GZIP_BUFFER);
    }
    *out = r;
    return NULL;
}

error document_read(struct document_reader *r, char *bytes, size_t size, size_t *got)
{
    const char *why;
    ssize_t n;
    int code = Z_OK;
    if (r->zip) {
        n = archive_read_data(r->zip, bytes, size);
        why = n < 0 ? archive_error_string(r->zip) : NULL;
    } else {
        n = gzread(r->file, bytes, (unsigned)size);
        why = n < (ssize_t)size ? gzerror(r->file, &code) : NULL;
        // A file cut short in the middle of its compression reads as its beginning.
        if (n >= 0 && (code == Z_OK || code == Z_STREAM_END))
            why = NULL;
    }
    if (why)
        return failure(r->arena, FAULT_INPUT, r->document->name, "its compression is damaged: %s",
                       why);
    *got = (size_t)n;
    return NULL;
}

void document_close(struct document_reader *r)
{
    if (r->file)
        gzclose(r->file);
    if (r->zip)
        archive_read_free(r->zip);
}
