// Runs a template's instructions over a record.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "template/code.h"

// Instructions that one rendering may run, about a quarter of a second: what a theme that
// multiplies itself stops at.
enum { WORK_LIMIT = 1 << 24 };

struct renderer {
    struct buf *out;
    size_t depth, work;
};

// Counts the instructions of a routine or of a list's row beforehand; false if that is too much.
static bool may_run(struct renderer *r, size_t count)
{
    r->work += count;
    if (r->work > WORK_LIMIT)
        r->out->overflow = true;
    return !r->out->overflow;
}

static void add_digits(char *to, int count, int number)
{
    for (; count--; number /= 10)
        to[count] = (char)('0' + number % 10);
}

// RFC 3339 in UTC; nothing for an instant that is not set or beyond the year 9999.
static void add_instant(struct buf *out, instant t)
{
    static const int64_t FIRST = -62135596800000, LAST = 253402300799999;
    if (t.ms == INSTANT_NONE.ms || t.ms < FIRST || t.ms > LAST)
        return;
    struct civil c = instant_civil(t, 0);
    char text[] = "0000-00-00T00:00:00Z";
    add_digits(text, 4, c.year);
    add_digits(text + 5, 2, c.month);
    add_digits(text + 8, 2, c.day);
    add_digits(text + 11, 2, c.hour);
    add_digits(text + 14, 2, c.minute);
    add_digits(text + 17, 2, c.second);
    buf_add(out, (str){text, sizeof text - 1});
}

static void add_real(struct buf *out, enum escape escape, double number)
{
    char text[32];
    if (escape == ESCAPE_JSON_REAL && !isfinite(number)) {
        buf_add(out, S("null"));
        return;
    }
    int len = snprintf(text, sizeof text, "%.15g", number);
    buf_add(out, (str){text, (size_t)len});
}

// Where the field stands, or NULL behind a missing record.
static inline const void *field(const struct op *op, const void **slots)
{
    const char *record = slots[op->slot];
    return record ? record + op->offset : NULL;
}

static void add_value(struct buf *out, const struct op *op, const void *value)
{
    if (!value)
        return;
    switch ((enum opcode)op->code) {
    case OP_STR:
        escape_add(out, (enum escape)op->escape, *(const str *)value);
        break;
    case OP_INT:
        buf_add_int(out, *(const int64_t *)value);
        break;
    case OP_REAL:
        add_real(out, (enum escape)op->escape, *(const double *)value);
        break;
    case OP_BOOL:
        buf_add(out, *(const bool *)value ? S("true") : S("false"));
        break;
    default:
        add_instant(out, *(const instant *)value);
    }
}

// What a section over the field opens: NULL if it is empty.
static const void *opened(const struct op *op, const void *value)
{
    if (!value)
        return NULL;
    switch ((enum opcode)op->code) {
    case OP_IF_STR:
        return ((const str *)value)->len ? value : NULL;
    case OP_IF_INT:
        return *(const int64_t *)value ? value : NULL;
    case OP_IF_REAL:
        return *(const double *)value != 0 ? value : NULL;
    case OP_IF_BOOL:
        return *(const bool *)value ? value : NULL;
    case OP_IF_RECORD:
        return *(void *const *)value;
    default:
        return ((const struct list *)value)->count ? ((const struct list *)value)->rows : NULL;
    }
}

static void run(struct renderer *r, const struct routine *routine, const void **outer,
                const uint8_t *map);

static void call(struct renderer *r, const struct op *op, const void **slots)
{
    if (r->depth == TEMPLATE_DEPTH_LIMIT || !may_run(r, op->routine->count))
        return;
    r->depth++;
    run(r, op->routine, slots, op->map);
    r->depth--;
}

static void run(struct renderer *r, const struct routine *routine, const void **outer,
                const uint8_t *map)
{
    const void *slots[SLOT_LIMIT];
    size_t left[SLOT_LIMIT];
    for (size_t i = 0; i < routine->scope_count; i++)
        slots[i] = outer[map[i]];
    for (const struct op *op = routine->ops;; op++) {
        switch ((enum opcode)op->code) {
        case OP_END:
            return;
        case OP_TEXT:
            buf_add(r->out, (str){op->text, op->offset});
            break;
        case OP_STR:
        case OP_INT:
        case OP_REAL:
        case OP_BOOL:
        case OP_INSTANT:
            add_value(r->out, op, field(op, slots));
            break;
        case OP_LOAD: {
            const void *value = field(op, slots);
            slots[op->target] = value ? *(void *const *)value : NULL;
            break;
        }
        case OP_IF_LIST:
            left[op->target] = slots[op->slot] ? ((const struct list *)field(op, slots))->count : 0;
            __attribute__((fallthrough));
        case OP_IF_STR:
        case OP_IF_INT:
        case OP_IF_REAL:
        case OP_IF_BOOL:
        case OP_IF_RECORD: {
            const void *value = opened(op, field(op, slots));
            slots[op->target] = value;
            if ((value == NULL) != op->escape)
                op = routine->ops + op->jump - 1;
            break;
        }
        case OP_NEXT:
            if (--left[op->target] && may_run(r, (size_t)(op - routine->ops) - op->jump)) {
                slots[op->target] = (const char *)slots[op->target] + op->row;
                op = routine->ops + op->jump - 1;
            }
            break;
        case OP_CALL:
            call(r, op, slots);
            break;
        }
    }
}

void template_render(const struct template *t, const void *record, struct buf *out)
{
    struct renderer r = {.out = out};
    run(&r, t->routine, &record, (const uint8_t[]){0});
}
