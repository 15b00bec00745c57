// Compiles templates, checks them against field tables, renders with escaping by context.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/buf.h"
#include "base/error.h"
#include "base/fields.h"

struct arena;
struct template_set; // every template of a theme, compiled; immutable once all are bound
struct template;     // one of them, bound to the field table of the record it shows

struct template_source {
    str name; // its path in the theme without ".html": "story", "parts/card", "feed.xml"
    str text;
};

// Calls of partials and layouts within each other that one rendering makes at most: what a thread
// of comments has below that is left out.
enum { TEMPLATE_DEPTH_LIMIT = 64 };

// Compiles all sources into `a`, which must outlive the set. Tags: {{name}} {{#section}}
// {{^inverted}} {{/close}} {{>partial}} {{<layout}}…{{/layout}} {{$block}}…{{/block}} {{!comment}}
// {{{name}}} {{&name}} {{.}} and dotted names, as the Mustache specification 1.4 has them (no
// lambdas, no set-delimiter). {{{name}}} is allowed only for html fields, and an html field is
// never escaped in text context. Errors name file and line.
error template_compile(struct arena *a, const struct template_source *sources, size_t count,
                       struct template_set **out) fallible;

// Checks template `name`, with all that it includes, against `fields`: an unknown name, or a value
// where its context cannot hold it, is a FAULT_INPUT with file and line. A name that ends in
// ".xml" is escaped as XML, in ".txt" not at all, any other as HTML. The set keeps what is bound;
// errors live in `a`. For one thread: bind all at start, then render.
error template_bind(struct template_set *set, struct arena *a, str name,
                    const struct fields *fields, const struct template **out) fallible;

// Appends the page to *out; only out->overflow can go wrong. Any number of threads may render.
void template_render(const struct template *t, const void *record, struct buf *out);
