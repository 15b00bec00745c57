// One line per event on standard error: "time level event key=value …".
// SPDX-License-Identifier: Apache-2.0
#include "base/log.h"

#include <stdbool.h>
#include <stdio.h>
#include <unistd.h>

#include "base/instant.h"

static enum log_level lowest = LOG_INFO;

void log_set_level(enum log_level level)
{
    __atomic_store_n(&lowest, level, __ATOMIC_RELAXED);
}

struct line {
    char text[4096];
    size_t len;
};

static void put(struct line *line, char c)
{
    if (line->len < sizeof line->text - 1) // the last byte is for the line feed
        line->text[line->len++] = c;
}

static void put_str(struct line *line, str s)
{
    for (size_t i = 0; i < s.len; i++)
        put(line, s.ptr[i]);
}

static bool needs_quotes(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] <= ' ' || s.ptr[i] == '"' || s.ptr[i] == '=')
            return true;
    return s.len == 0;
}

static void put_value(struct line *line, str s)
{
    if (!needs_quotes(s)) {
        put_str(line, s);
        return;
    }
    put(line, '"');
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (c == '"' || c == '\\')
            put(line, '\\');
        put(line, (unsigned char)c < ' ' || c == 127 ? '?' : c);
    }
    put(line, '"');
}

static void put_field(struct line *line, const struct log_field *field)
{
    put(line, ' ');
    put_str(line, str_of(field->key));
    put(line, '=');
    if (!field->is_number) {
        put_value(line, field->text);
        return;
    }
    char digits[24];
    snprintf(digits, sizeof digits, "%lld", (long long)field->number);
    put_str(line, str_of(digits));
}

static void put_time(struct line *line)
{
    instant now = instant_now();
    struct civil c = instant_civil(now, 0);
    char text[64];
    snprintf(text, sizeof text, "time=%04d-%02d-%02dT%02d:%02d:%02d.%03dZ", c.year, c.month, c.day,
             c.hour, c.minute, c.second, (int)(now.ms % 1000));
    put_str(line, str_of(text));
}

void log_event(enum log_level level, const char *event, const struct log_field *fields,
               size_t count)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if (level < __atomic_load_n(&lowest, __ATOMIC_RELAXED))
        return;
    struct line line = {.len = 0};
    put_time(&line);
    put_field(&line, &LOG_TEXT("level", str_of(names[level])));
    put_field(&line, &LOG_TEXT("event", str_of(event)));
    for (size_t i = 0; i < count; i++)
        put_field(&line, &fields[i]);
    line.text[line.len++] = '\n';
    if (write(STDERR_FILENO, line.text, line.len) < 0)
        return; // standard error is closed: there is nowhere left to say so
}

void log_failure(const char *event, error e)
{
    log_error(event, LOG_TEXT("fault", fault_name(e->fault)), LOG_TEXT("where", e->where),
              LOG_TEXT("message", e->message));
}
