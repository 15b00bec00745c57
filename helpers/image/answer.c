// Writes the helper's answer as image/protocol.h describes it.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/answer.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "image/protocol.h"

void answer_bytes(const void *bytes, size_t size)
{
    for (size_t done = 0; done < size;) {
        ssize_t count = write(STDOUT_FILENO, (const char *)bytes + done, size - done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            _exit(EXIT_FAILURE);
        done += (size_t)count;
    }
}

static void line_of(const char *start, const char *format, va_list args)
{
    char line[IMAGE_MOST_LINE];
    int head = snprintf(line, sizeof line, "%s", start);
    int rest = vsnprintf(line + head, sizeof line - (size_t)head, format, args);
    size_t length = (size_t)(head + rest);
    if (length > sizeof line - 1)
        length = sizeof line - 1;
    line[length] = '\n';
    answer_bytes(line, length + 1);
}

void answer_line(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line_of("", format, args);
    va_end(args);
}

void refuse_input(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line_of("refused input: ", format, args);
    va_end(args);
    _exit(EXIT_SUCCESS);
}

void refuse_limit(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    line_of("refused limit: ", format, args);
    va_end(args);
    _exit(EXIT_SUCCESS);
}
