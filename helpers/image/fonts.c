// The publication's own fonts, for drawings: built into the helper, handed to fontconfig.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/fonts.h"

#include <fontconfig/fontconfig.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "helpers/image/embedded_fonts.h"

enum { MOST_FONTS = 8 };

static int files[MOST_FONTS];
static int count;

static bool write_all(int file, const unsigned char *bytes, size_t size)
{
    while (size) {
        ssize_t done = write(file, bytes, size);
        if (done <= 0)
            return false;
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

bool fonts_unpack(void)
{
    for (const struct asset *font = embedded_fonts; font->name && count < MOST_FONTS; font++) {
        int file = memfd_create(font->name, 0);
        if (file < 0 || !write_all(file, font->bytes, font->len))
            return false;
        files[count++] = file;
    }
    return true;
}

// FreeType opens fonts by a path; one of this kind reaches the memory and nothing else.
void fonts_announce(void)
{
    for (int i = 0; i < count; i++) {
        char path[32];
        snprintf(path, sizeof path, "/proc/self/fd/%d", files[i]);
        FcConfigAppFontAddFile(NULL, (const FcChar8 *)path);
    }
}
