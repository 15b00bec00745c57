// What is done to a script before it is served.
// SPDX-License-Identifier: Apache-2.0
#include "app/script.h"

#include "base/arena.h"
#include "base/buf.h"

#define BLOCK_COMMENT S("/*")

// Whether something that is no whole line may go on behind the end of this one.
static bool goes_on(str line)
{
    size_t ticks = 0;
    for (size_t i = 0; i < line.len; i++)
        ticks += line.ptr[i] == '`';
    return ticks % 2 || str_ends(line, S("\\"));
}

static bool is_made_of_lines(str script)
{
    if (str_find(script, BLOCK_COMMENT) >= 0)
        return false;
    for (str rest = script; rest.len;)
        if (goes_on(str_cut(&rest, '\n')))
            return false;
    return true;
}

str script_tighten(struct arena *a, str script)
{
    if (!is_made_of_lines(script))
        return script;
    struct buf b = buf_new(a, script.len + 1);
    for (str rest = script; rest.len;) {
        str line = str_trim(str_cut(&rest, '\n'));
        if (!line.len || str_starts(line, S("//")))
            continue;
        buf_add(&b, line);
        buf_add_char(&b, '\n');
    }
    return buf_str(&b);
}
