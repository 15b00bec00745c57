// The files that a picture is offered in.
// SPDX-License-Identifier: Apache-2.0
#include "text/srcset.h"

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

// A whole number of at most five digits, as people write it.
static bool is_width(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return s.len > 0 && s.len <= 5 && s.ptr[0] != '0';
}

bool srcset_is_ours(str srcset, str ending)
{
    enum { HEX_AND_SLASH = 35 };
    if (!srcset.len)
        return false;
    while (srcset.ptr) {
        ptrdiff_t comma = str_find(srcset, S(", "));
        str candidate = comma < 0 ? srcset : str_sub(srcset, 0, (size_t)comma);
        srcset = comma < 0 ? STR_NONE : str_from(srcset, (size_t)comma + 2);
        if (!str_starts(candidate, S("/pictures/")))
            return false;
        str name = str_from(candidate, 10);
        for (size_t i = 0; i < HEX_AND_SLASH; i++)
            if (i >= name.len || !(i == 2 ? name.ptr[i] == '/' : is_hex(name.ptr[i])))
                return false;
        str rest = str_from(name, HEX_AND_SLASH), width = str_cut(&rest, ' ');
        if (!str_starts(width, S("-")) || !str_ends(width, ending) || !str_ends(rest, S("w")))
            return false;
        width = str_sub(width, 1, width.len - ending.len);
        if (!is_width(width) || !str_eq(width, str_sub(rest, 0, rest.len - 1)))
            return false;
    }
    return true;
}
