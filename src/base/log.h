// One line per event on standard error: "time level event key=value …".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct log_field {
    const char *key;
    str text;
    int64_t number;
    int is_number;
};

#define LOG_TEXT(key, value) ((struct log_field){key, value, 0, 0})
#define LOG_NUMBER(key, value) ((struct log_field){key, STR_NONE, value, 1})

// Writes the line with one write(2). Values are quoted where needed and stripped of control bytes,
// so that no value can forge a line; a line is cut at 4 KiB.
void log_event(enum log_level level, const char *event, const struct log_field *fields,
               size_t count);

// Lines below this level are dropped; LOG_INFO at first.
void log_set_level(enum log_level level);

#define log_at(level, event, ...)                                                                  \
    log_event(level, event, (const struct log_field[]){__VA_ARGS__},                               \
              sizeof((const struct log_field[]){__VA_ARGS__}) / sizeof(struct log_field))
#define log_info(event, ...) log_at(LOG_INFO, event, __VA_ARGS__)
#define log_warn(event, ...) log_at(LOG_WARN, event, __VA_ARGS__)
#define log_error(event, ...) log_at(LOG_ERROR, event, __VA_ARGS__)

// Logs a failure as `event` with its fault, place and message.
void log_failure(const char *event, error e);
