// Feeds a line of any bytes to the reader of archives: what it takes, it writes as it reads it.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "interop/archive_line.h"
#include "interop/archive_manifest.h"
#include "model/transfer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static str written(struct arena *a, const struct transfer_noun *noun,
                   const struct transfer_row *row)
{
    struct buf out = buf_new(a, ARCHIVE_LINE_MOST);
    archive_line_write(&out, noun, row);
    assert(!out.overflow && str_ends(buf_str(&out), S("}\n")));
    return str_sub(buf_str(&out), 0, out.len - 1);
}

static void check_line(struct arena *a, const struct transfer_noun *noun, str line)
{
    struct transfer_row row, again;
    error e = archive_line_read(a, noun, line, &row);
    if (e) {
        assert(e->message.len > 0);
        return;
    }
    str first = written(a, noun, &row);
    assert(str_find_char(first, '\n') < 0 && str_valid_utf8(first));
    e = archive_line_read(a, noun, first, &again);
    assert(!e);
    assert(str_eq(written(a, noun, &again), first));
}

static void check_manifest(struct arena *a, str text)
{
    struct manifest m, again;
    struct buf out = buf_new(a, MANIFEST_MOST);
    if (manifest_read(a, text, &m))
        return;
    manifest_write(&out, &m);
    error e = manifest_read(a, buf_str(&out), &again);
    assert(!e && again.members.count == m.members.count);
}

// The first line names the noun, or "manifest".
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    str text = size ? (str){(const char *)data, size} : S("");
    str name = str_cut(&text, '\n');
    text = text.ptr ? text : S("");
    if (str_eq(name, S("manifest")))
        check_manifest(a, text);
    for (const struct transfer_noun *noun = transfer_nouns; noun->name.len; noun++)
        if (str_eq(noun->name, name))
            check_line(a, noun, text);
    return 0;
}
