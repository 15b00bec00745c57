// The record that the template tests and the fuzz target show.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/arena.h"
#include "template/template.h"

struct place {
    str name;
};

struct person {
    str name;
    struct place *place;
    struct list places;
};

struct topic {
    str name;
};

struct comment {
    str text;
    struct list replies;
};

struct page {
    str plain, special, braces, empty;
    str hostile; // what a test wants to try
    html body, lines;
    int64_t count, zero, negative;
    double price, nothing, tiny;
    bool yes, no;
    instant when, never;
    struct list topics, none, comments, undescribed;
    struct person *author, *nobody;
};

extern const struct fields page_fields, comment_fields;

// A page with something in each field but those whose names say otherwise.
struct page page_sample(struct arena *a);

// The first source, compiled with the others and shown with the sample page and `hostile`.
str page_shown(struct arena *a, const struct template_source *sources, size_t count);
str page_with(struct arena *a, str name, str text, str hostile);

// What the first source is refused for; a test fails if it is not.
str page_error(struct arena *a, const struct template_source *sources, size_t count);
