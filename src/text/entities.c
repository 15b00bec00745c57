// Character references in titles and names that came from the web.
// SPDX-License-Identifier: Apache-2.0
#include "text/entities.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/tree.h"

// Longer is no title, and stays as it came.
enum { DECODED_MAX = 64 * 1024 };

static void add_texts(struct buf *out, const GumboNode *body)
{
    for (unsigned i = 0; i < body->v.element.children.length; i++) {
        const GumboNode *child = body->v.element.children.data[i];
        if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE)
            buf_add(out, str_of(child->v.text.text));
    }
}

str entities_decode(struct arena *a, str s)
{
    if (str_find_char(s, '&') < 0 || s.len > DECODED_MAX)
        return s;
    // Without a '<' the parser sees nothing but text, so the references of HTML mean what they mean
    // in a page.
    struct buf safe = buf_new(a, s.len * 4);
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '<')
            buf_add(&safe, S("&lt;"));
        else
            buf_add_char(&safe, s.ptr[i]);
    }
    const GumboNode *body = tree_parse(a, buf_str(&safe));
    if (!body)
        return s;
    struct buf out = buf_new(a, s.len * 4);
    add_texts(&out, body);
    return buf_str(&out);
}
