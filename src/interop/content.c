// A text from outside as the newsroom stores it.
// SPDX-License-Identifier: Apache-2.0
#include "interop/content.h"

#include "base/arena.h"
#include "interop/local_pictures.h"
#include "text/excerpt.h"
#include "text/markdown.h"
#include "text/words.h"

enum { EXCERPT_MOST = 240 }; // characters

enum content_form content_form_of(str name)
{
    str ending = str_from(name, name.len < 5 ? 0 : name.len - 5);
    return str_eq_nocase(ending, S(".html")) || str_eq_nocase(str_from(ending, 1), S(".htm"))
               ? CONTENT_HTML
               : CONTENT_MARKDOWN;
}

static error clean_form(struct arena *a, str text, enum content_form form, enum link_trust links,
                        struct local_pictures *pictures, struct cleaned *out)
{
    struct clean_options options = {
        .base = S(""), .links = links, .no_media = links == LINKS_READER};
    if (pictures && pictures->maker) {
        options.picture = local_picture_clean;
        options.picture_context = pictures;
        options.titles_are_captions = true;
    }
    str markup = text;
    if (form == CONTENT_MARKDOWN)
        try(markdown_to_html(a, text, &markup));
    return clean_html(a, markup, &options, out);
}

error content_read(struct arena *a, str where, str text, enum content_form form,
                   enum link_trust links, struct local_pictures *pictures, struct content *out)
{
    struct cleaned cleaned;
    error e = clean_form(a, text, form, links, pictures, &cleaned);
    if (e)
        return failure(a, e->fault, where, "%.*s", STR(e->message));
    *out = (struct content){
        .body = cleaned.body,
        .plain = cleaned.plain,
        .excerpt = excerpt_from(a, cleaned.plain, EXCERPT_MOST),
        .words = cleaned.words.words + cleaned.words.cjk_characters,
        .reading_minutes = reading_minutes(cleaned.words, cleaned.pictures),
    };
    return NULL;
}
