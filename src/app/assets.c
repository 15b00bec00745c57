// The files that the program brings: templates, static files, the seed publication.
// SPDX-License-Identifier: Apache-2.0
#include "app/assets.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app/embedded.h"
#include "app/script.h"
#include "app/style.h"
#include "base/arena.h"
#include "base/file.h"
#include "compress/compress.h"

enum { ASSET_MOST = 4 << 20, ASSETS_MOST = 1000, FOLDERS_DEEP = 4 };
// Start-up is short: what is compressed here has to be quick. Brotli 9 takes ten times as long as 8
// and takes two bytes more out of a thousand.
enum { GZIP_LEVEL = 9, BR_LEVEL = 8 };

#define STYLE_PARTS S("static/style/")
#define FONTS S("fonts/")

struct found {
    str name; // "templates/parts/card.html"
    str bytes;
};

struct collection {
    struct found *all;
    size_t count;
};

// Those whose names start with `under`.
static bool is_collected(const struct collection *c, str name)
{
    for (size_t i = 0; i < c->count; i++)
        if (str_eq(c->all[i].name, name))
            return true;
    return false;
}

// What the program brings stands behind what a folder has of the same name.
static void collect_embedded(struct collection *c)
{
    for (const struct asset *asset = embedded_assets; asset->name && c->count < ASSETS_MOST;
         asset++)
        if (!str_starts(str_of(asset->name), S("seed/")) && !is_collected(c, str_of(asset->name)))
            c->all[c->count++] =
                (struct found){str_of(asset->name), {(const char *)asset->bytes, asset->len}};
}

static error collect_folder(struct arena *a, str root, str folder, int depth, struct collection *c)
{
    str path = str_format(a, "%.*s/%.*s", STR(root), STR(folder));
    DIR *dir = opendir(str_z(a, path));
    if (!dir)
        return failure(a, FAULT_NOT_FOUND, path,
                       "the folder with the theme's files cannot be opened");
    error e = NULL;
    for (struct dirent *entry; !e && (entry = readdir(dir)) && c->count < ASSETS_MOST;) {
        if (entry->d_name[0] == '.')
            continue;
        str name = str_format(a, "%.*s/%s", STR(folder), entry->d_name);
        if (entry->d_type == DT_DIR) {
            e = depth ? collect_folder(a, root, name, depth - 1, c) : NULL;
            continue;
        }
        struct found *found = &c->all[c->count++];
        found->name = name;
        e = file_read(a, str_format(a, "%.*s/%.*s", STR(root), STR(name)), ASSET_MOST,
                      &found->bytes);
    }
    closedir(dir);
    return e;
}

static str media_type(str name)
{
    static const struct {
        const char *ending, *type;
    } known[] = {{".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".webp", "image/webp"},
                 {".woff2", "font/woff2"},
                 {".txt", "text/plain; charset=utf-8"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_ends(name, str_of(known[i].ending)))
            return str_of(known[i].type);
    return S("application/octet-stream");
}

// /static/style.<hash>.css: another content is another address, so each can be kept for ever.
static str hashed_path(struct arena *a, str name, str bytes)
{
    ptrdiff_t dot = str_rfind_char(name, '.');
    size_t stem = dot < 0 ? name.len : (size_t)dot;
    return str_format(a, "/static/%.*s.%016llx%.*s", STR(str_sub(name, 0, stem)),
                      (unsigned long long)str_hash(bytes, 0), STR(str_from(name, stem)));
}

static str if_smaller(str form, str bytes)
{
    return form.len < bytes.len ? form : S("");
}

static void add_file(struct arena *a, struct compressor *c, struct assets *assets, str name,
                     str bytes)
{
    struct static_file *file = &assets->files[assets->file_count];
    if (str_ends(name, S(".js")))
        bytes = script_tighten(a, bytes);
    *file = (struct static_file){name, hashed_path(a, name, bytes), media_type(name), bytes, S(""),
                                 S("")};
    if (!str_ends(name, S(".woff2")) && !str_ends(name, S(".png")) && !str_ends(name, S(".webp"))) {
        file->gzip = if_smaller(compressor_gzip(c, a, bytes, GZIP_LEVEL), bytes);
        file->br = if_smaller(compressor_brotli(c, a, bytes, BR_LEVEL), bytes);
    }
    assets->addresses[assets->file_count++] = (struct theme_asset){name, file->path, bytes};
}

static void add_template(struct arena *a, struct assets *assets, str name, str bytes)
{
    // "parts/card.html" is named "parts/card"; what is not HTML keeps its ending.
    if (str_ends(name, S(".html")))
        name = str_sub(name, 0, name.len - 5);
    assets->templates[assets->template_count++] = (struct template_source){name, bytes};
}

// The fonts' own part, "fonts/fonts.css", comes before those of the theme.
static bool is_style_part(str name)
{
    return (str_starts(name, STYLE_PARTS) || str_starts(name, FONTS)) && str_ends(name, S(".css"));
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct found *)a)->name, ((const struct found *)b)->name);
}

// One style sheet is one request: the files under static/style/ are one, in the order of names.
static error add_style(struct arena *a, struct compressor *compressor, const struct collection *c,
                       struct assets *assets)
{
    struct buf style = buf_new(a, ASSET_MOST);
    for (size_t i = 0; i < c->count; i++)
        if (is_style_part(c->all[i].name))
            buf_add(&style, c->all[i].bytes);
    if (style.overflow)
        return failure(a, FAULT_LIMIT, STYLE_PARTS, "the style sheet passes %d bytes", ASSET_MOST);
    if (style.len)
        add_file(a, compressor, assets, S("style.css"),
                 style_addresses(a, style_tighten(a, buf_str(&style)), assets->addresses,
                                 assets->file_count));
    return NULL;
}

// What is found first stands: a theme may bring another file of a font's name.
static void add_static(struct arena *a, struct compressor *c, struct assets *assets, str name,
                       str bytes)
{
    for (size_t i = 0; i < assets->file_count; i++)
        if (str_eq(assets->files[i].name, name))
            return;
    add_file(a, c, assets, name, bytes);
}

static void add_found(struct arena *a, struct compressor *c, struct assets *assets,
                      const struct found *found)
{
    if (is_style_part(found->name))
        return;
    if (str_starts(found->name, S("templates/")))
        add_template(a, assets, str_from(found->name, 10), found->bytes);
    else if (str_starts(found->name, S("static/")))
        add_static(a, c, assets, str_from(found->name, 7), found->bytes);
}

static void add_fonts(struct arena *a, struct compressor *compressor, const struct collection *c,
                      struct assets *assets)
{
    for (size_t i = 0; i < c->count; i++)
        if (str_starts(c->all[i].name, FONTS) && !is_style_part(c->all[i].name))
            add_static(a, compressor, assets, str_from(c->all[i].name, FONTS.len), c->all[i].bytes);
}

error assets_open(struct arena *a, str dir, struct assets **out)
{
    struct collection c = {arena_array(a, struct found, ASSETS_MOST), 0};
    if (dir.len) {
        try(collect_folder(a, dir, S("templates"), FOLDERS_DEEP, &c));
        try(collect_folder(a, dir, S("static"), 1, &c));
    }
    collect_embedded(&c);
    qsort(c.all, c.count, sizeof *c.all, by_name);
    struct assets *assets = arena_make(a, struct assets);
    assets->templates = arena_array(a, struct template_source, c.count);
    assets->files = arena_array(a, struct static_file, c.count + 1);
    assets->addresses = arena_array(a, struct theme_asset, c.count + 1);
    struct compressor *compressor = compressor_open();
    for (size_t i = 0; i < c.count; i++)
        add_found(a, compressor, assets, &c.all[i]);
    add_fonts(a, compressor, &c, assets);
    error e = add_style(a, compressor, &c, assets);
    compressor_close(compressor);
    *out = assets;
    return e;
}

const struct static_file *assets_file(const struct assets *assets, str path)
{
    for (size_t i = 0; i < assets->file_count; i++)
        if (str_eq(assets->files[i].path, path))
            return &assets->files[i];
    return NULL;
}

static uint64_t fingerprint_folder(struct arena *a, str path, int depth)
{
    DIR *dir = opendir(str_z(a, path));
    uint64_t sum = 0;
    if (!dir)
        return 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        struct stat about;
        str name = str_format(a, "%.*s/%s", STR(path), entry->d_name);
        if (entry->d_name[0] == '.' || stat(str_z(a, name), &about) < 0)
            continue;
        if (S_ISDIR(about.st_mode)) {
            sum += depth ? fingerprint_folder(a, name, depth - 1) : 0;
            continue;
        }
        uint64_t parts[3] = {(uint64_t)about.st_mtim.tv_sec, (uint64_t)about.st_mtim.tv_nsec,
                             (uint64_t)about.st_size};
        sum += str_hash(name, str_hash((str){(const char *)parts, sizeof parts}, 0));
    }
    closedir(dir);
    return sum;
}

uint64_t assets_fingerprint(struct arena *a, str dir)
{
    return fingerprint_folder(a, str_format(a, "%.*s/templates", STR(dir)), FOLDERS_DEEP) +
           fingerprint_folder(a, str_format(a, "%.*s/static", STR(dir)), FOLDERS_DEEP);
}
