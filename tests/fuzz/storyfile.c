// Feeds a story file of any bytes through head, Markdown and cleaner, and an outline through its
// reader. SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "interop/outline.h"
#include "interop/story_file.h"
#include "text/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

// What was read is text that the newsroom can store.
static void check_file(const struct story_file *file)
{
    assert(str_valid_utf8(file->head.headline));
    assert(str_valid_utf8(file->content.body.text));
    assert(str_valid_utf8(file->content.plain));
    assert(str_valid_utf8(file->content.excerpt));
    assert(str_find(file->content.body.text, S("<script")) < 0);
    assert(file->hash.len == 64 && file->content.words >= 0);
}

static void check_outline(const struct list *lines)
{
    size_t level = 0;
    for (size_t i = 0; i < lines->count; i++) {
        const struct outline_line *line = list_at(lines, struct outline_line, i);
        assert(line->level <= level && line->parts[0].len > 0);
        level = line->level + 1;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct zone *zone;
    static struct arena *lasting;
    if (!zone) {
        lasting = arena_new();
        error none = zone_open(lasting, S("Europe/London"), &zone);
        assert(!none);
    }
    arena_scoped a = arena_new();
    str text = {(const char *)data, size};
    bool flags = size && (data[size - 1] & 1);
    struct story_reading reading = {zone, {1795435200000}, flags, flags};
    struct story_file file;
    struct list lines;
    if (!story_file_read(a, &reading, flags ? S("a.html") : S("a.md"), text, &file))
        check_file(&file);
    if (!outline_parse(a, S("menu.txt"), text, &lines))
        check_outline(&lines);
    return 0;
}
