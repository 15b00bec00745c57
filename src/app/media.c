// What answers of a media type need.
// SPDX-License-Identifier: Apache-2.0
#include "app/media.h"

enum http_guard media_guard(str media_type)
{
    static const str files[] = {S("text/css"),  S("text/javascript"), S("font/"),
                                S("image/png"), S("image/jpeg"),      S("image/webp"),
                                S("image/avif")};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (str_starts(media_type, files[i]))
            return HTTP_FILE;
    return HTTP_USUAL;
}
