// Turns parsed templates into instructions for the records they show.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "template/resolve.h"

// A theme's author may be a stranger: what binding one template may cost.
enum {
    BIND_WORK_LIMIT = 1 << 20, // tags and texts visited, each time it is visited
    BIND_DEPTH_LIMIT = 120,    // sections, blocks and partials within each other
    ROUTINE_LIMIT = 4096,
    JOIN_ROUNDS = 8,
};

struct budget {
    size_t work, depth;
};

// One routine being written.
struct binder {
    struct binder *outer; // whose call asked for it
    struct template_set *set;
    struct arena *errors;
    struct budget *budget;
    struct routine *routine;
    size_t cap;
    struct scope scopes[SLOT_LIMIT];
    size_t scope_count, next_slot;
    struct markup markup;
    str indent;
    bool skip_indent;    // the next thing stands behind text on its line
    size_t records_open; // sections over lists and records around us
};

// A name's meaning: a field of the record in `slot`.
struct reference {
    uint8_t slot;
    enum field_kind kind;
    size_t offset;
    const struct fields *of;
};

static error bind_nodes(struct binder *b, const struct node *nodes) fallible;

static struct op *emit(struct binder *b, struct op op)
{
    struct routine *r = b->routine;
    if (r->count == b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 16;
        r->ops = arena_grow(b->set->arena, r->ops, b->cap * sizeof op, cap * sizeof op);
        b->cap = cap;
    }
    r->ops[r->count] = op;
    return &r->ops[r->count++];
}

static error emit_text(struct binder *b, const struct node *node, str text)
{
    str rest = text;
    const char *problem = markup_text(&b->markup, &rest);
    if (problem) {
        struct node here = *node;
        for (const char *p = text.ptr; p < rest.ptr; p++)
            here.line += *p == '\n';
        return node_error(b->errors, &here, "%s", problem);
    }
    if (text.len)
        emit(b, (struct op){.code = OP_TEXT, .text = text.ptr, .offset = (uint32_t)text.len});
    return NULL;
}

// The indentation of partials goes before each line of their source, before anything is filled in.
static str indented(struct binder *b, str text, bool first)
{
    struct buf out = buf_new(b->set->arena, 64 * SOURCE_SIZE_LIMIT);
    if (first)
        buf_add(&out, b->indent);
    while (text.len) {
        ptrdiff_t feed = str_find_char(text, '\n');
        size_t take = feed < 0 ? text.len : (size_t)feed + 1;
        buf_add(&out, str_sub(text, 0, take));
        text = str_from(text, take);
        if (text.len)
            buf_add(&out, b->indent);
    }
    return buf_str(&out);
}

static error bind_text(struct binder *b, const struct node *node, bool first)
{
    return emit_text(b, node, b->indent.len ? indented(b, node->name, first) : node->name);
}

static error load(struct binder *b, const struct node *node, struct reference *ref)
{
    if (b->next_slot == SLOT_LIMIT)
        return node_error(b->errors, node, "more than %d sections within each other", SLOT_LIMIT);
    emit(b, (struct op){.code = OP_LOAD,
                        .slot = ref->slot,
                        .target = (uint8_t)b->next_slot,
                        .offset = (uint32_t)ref->offset});
    ref->slot = (uint8_t)b->next_slot;
    return NULL;
}

static error resolve_current(struct binder *b, const struct node *node, struct reference *out)
{
    const struct scope *scope = &b->scopes[b->scope_count - 1];
    if (scope->record)
        return node_error(b->errors, node, "{{.}} is a record here (%.*s): name one of its fields",
                          STR(scope->record->record));
    *out = (struct reference){.slot = scope->slot, .kind = scope->kind};
    return NULL;
}

static void refer(struct reference *ref, const struct field *field)
{
    ref->kind = field->kind;
    ref->offset = field->offset;
    ref->of = field->of;
}

// The first part of a dotted name is looked up in all scopes, the others only in what it led to.
static error resolve(struct binder *b, const struct node *node, struct reference *out)
{
    if (str_eq(node->name, S(".")))
        return resolve_current(b, node, out);
    str rest = node->name, part = str_cut(&rest, '.');
    const struct field *field;
    struct reference ref = {0};
    try(scope_lookup(b->errors, node, b->scopes, b->scope_count, part, &ref.slot, &field));
    refer(&ref, field);
    while (rest.ptr) {
        str inner = str_cut(&rest, '.');
        if (ref.kind != FIELD_RECORD || !ref.of)
            return node_error(b->errors, node, "\"%.*s\" is no record: it has no \"%.*s\"",
                              STR(part), STR(inner));
        try(record_lookup(b->errors, node, ref.of, inner, &field));
        try(load(b, node, &ref));
        refer(&ref, field);
        part = inner;
    }
    *out = ref;
    return NULL;
}

static enum opcode value_code(enum field_kind kind)
{
    switch (kind) {
    case FIELD_INT:
        return OP_INT;
    case FIELD_REAL:
        return OP_REAL;
    case FIELD_BOOL:
        return OP_BOOL;
    case FIELD_INSTANT:
        return OP_INSTANT;
    default:
        return OP_STR;
    }
}

static error bind_value(struct binder *b, const struct node *node)
{
    struct reference ref;
    enum escape escape;
    try(resolve(b, node, &ref));
    if (ref.kind == FIELD_LIST || ref.kind == FIELD_RECORD)
        return node_error(b->errors, node, "\"%.*s\" is a %s: open it with {{#%.*s}}",
                          STR(node->name), ref.kind == FIELD_LIST ? "list" : "record",
                          STR(node->name));
    if (node->kind == NODE_RAW && ref.kind != FIELD_HTML)
        return node_error(b->errors, node, "\"%.*s\" is not markup: write {{%.*s}}",
                          STR(node->name), STR(node->name));
    const struct node *next = node->next;
    str text = next && next->kind == NODE_TEXT ? next->name : S("");
    const char *problem = markup_value(&b->markup, ref.kind, text, &escape);
    if (problem)
        return node_error(b->errors, node, "\"%.*s\" in %s: %s", STR(node->name),
                          markup_name(&b->markup), problem);
    if (node->kind == NODE_RAW && escape != ESCAPE_NONE)
        return node_error(b->errors, node, "markup is escaped in XML: write {{%.*s}}",
                          STR(node->name));
    emit(b, (struct op){.code = (uint8_t)value_code(ref.kind),
                        .escape = (uint8_t)escape,
                        .slot = ref.slot,
                        .offset = (uint32_t)ref.offset});
    return NULL;
}

static enum opcode test_code(enum field_kind kind)
{
    switch (kind) {
    case FIELD_INT:
    case FIELD_INSTANT: // INSTANT_NONE is 0
        return OP_IF_INT;
    case FIELD_REAL:
        return OP_IF_REAL;
    case FIELD_BOOL:
        return OP_IF_BOOL;
    case FIELD_LIST:
        return OP_IF_LIST;
    case FIELD_RECORD:
        return OP_IF_RECORD;
    default:
        return OP_IF_STR;
    }
}

// Binds the children and makes the markup what it may be behind them, left out or not. The
// children of a list begin where they ended the time before: they are bound again until that
// changes nothing.
static error bind_body(struct binder *b, const struct node *node, bool repeats)
{
    size_t start = b->routine->count;
    for (int round = 0; round < JOIN_ROUNDS; round++) {
        struct markup entry = b->markup, joined = entry;
        try(bind_nodes(b, node->children));
        const char *problem = markup_tag(&b->markup);
        if (problem)
            return node_error(b->errors, node, "{{/%.*s}} stands in %s: %s", STR(node->name),
                              markup_name(&b->markup), problem);
        if (!markup_join(&joined, &b->markup))
            return node_error(b->errors, node,
                              "section \"%.*s\" begins in %s but ends in %s: both must be alike",
                              STR(node->name), markup_name(&entry), markup_name(&b->markup));
        b->markup = joined;
        if (!repeats || markup_same(&joined, &entry))
            return NULL;
        b->routine->count = start;
    }
    return node_error(b->errors, node, "section \"%.*s\" begins and ends in different places",
                      STR(node->name));
}

static error open_scope(struct binder *b, const struct node *node, const struct reference *ref)
{
    bool record = ref->kind == FIELD_LIST || ref->kind == FIELD_RECORD;
    if (record && !ref->of)
        return node_error(b->errors, node, "the fields of \"%.*s\" are not described",
                          STR(node->name));
    b->scopes[b->scope_count++] = (struct scope){
        .record = record ? ref->of : NULL, .kind = ref->kind, .slot = (uint8_t)b->next_slot++};
    b->records_open += record;
    return NULL;
}

static void close_scope(struct binder *b)
{
    struct scope *scope = &b->scopes[--b->scope_count];
    b->records_open -= scope->record != NULL;
    b->next_slot--;
}

static error bind_section(struct binder *b, const struct node *node)
{
    struct reference ref;
    try(resolve(b, node, &ref));
    if (b->next_slot == SLOT_LIMIT)
        return node_error(b->errors, node, "more than %d sections within each other", SLOT_LIMIT);
    bool inverted = node->kind == NODE_INVERTED, repeats = ref.kind == FIELD_LIST && !inverted;
    size_t test = b->routine->count, target = b->next_slot;
    emit(b, (struct op){.code = (uint8_t)test_code(ref.kind),
                        .escape = inverted,
                        .slot = ref.slot,
                        .target = (uint8_t)target,
                        .offset = (uint32_t)ref.offset});
    if (!inverted)
        try(open_scope(b, node, &ref));
    try(bind_body(b, node, repeats));
    if (!inverted)
        close_scope(b);
    if (repeats)
        emit(b, (struct op){.code = OP_NEXT,
                            .target = (uint8_t)target,
                            .row = ref.of->size,
                            .jump = test + 1});
    b->routine->ops[test].jump = b->routine->count;
    return NULL;
}

static bool scopes_equal(const struct routine *r, const struct routine *s)
{
    if (r->scope_count != s->scope_count)
        return false;
    for (size_t i = 0; i < r->scope_count; i++)
        if (r->scopes[i].record != s->scopes[i].record || r->scopes[i].kind != s->scopes[i].kind)
            return false;
    return true;
}

static bool arguments_equal(const struct arguments *a, const struct arguments *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (a->all[i].block != b->all[i].block)
            return false;
    return true;
}

static bool same_but_indent(const struct routine *r, const struct routine *s)
{
    return r->source == s->source && markup_same(&r->entry, &s->entry) && scopes_equal(r, s) &&
           arguments_equal(&r->arguments, &s->arguments);
}

static struct routine *find_done(struct template_set *set, const struct routine *wanted)
{
    for (struct routine *r = set->routines; r; r = r->next)
        if (r->done && same_but_indent(r, wanted) && str_eq(r->indent, wanted->indent))
            return r;
    return NULL;
}

// A template that includes itself ends only where the data does: it must go down a list or record
// on the way. It keeps the indentation of its outermost call, or there would be one routine for
// each depth.
static error find_open(struct binder *b, const struct node *node, const struct routine *wanted,
                       struct routine **out)
{
    bool descends = false;
    for (; b; b = b->outer) {
        descends |= b->records_open > 0;
        if (!same_but_indent(b->routine, wanted))
            continue;
        if (node->kind == NODE_LAYOUT)
            return node_error(b->errors, node, "layout \"%.*s\" is within itself", STR(node->name));
        if (!descends)
            return node_error(b->errors, node,
                              "\"%.*s\" includes itself without a list or record between",
                              STR(node->name));
        *out = b->routine;
        return NULL;
    }
    return NULL;
}

// What a called template sees: of several open records of one type only the innermost can ever be
// named, and of single values only one opened last. So a recursive template sees finitely many
// situations. `map` says where in the caller's slots each is.
static void reduce_scopes(const struct binder *b, struct routine *to, uint8_t *map)
{
    bool keep[SLOT_LIMIT];
    for (size_t i = b->scope_count; i--;) {
        const struct scope *scope = &b->scopes[i];
        keep[i] = scope->record || i == b->scope_count - 1;
        for (size_t j = i + 1; j < b->scope_count; j++)
            keep[i] &= b->scopes[j].record != scope->record || !scope->record;
    }
    for (size_t i = 0; i < b->scope_count; i++) {
        if (!keep[i])
            continue;
        uint8_t slot = (uint8_t)to->scope_count++;
        map[slot] = b->scopes[i].slot;
        enum field_kind kind = b->scopes[i].record ? FIELD_RECORD : b->scopes[i].kind;
        to->scopes[slot] = (struct scope){b->scopes[i].record, kind, slot};
    }
}

static error write_routine(struct binder *b)
{
    struct routine *r = b->routine;
    try(bind_nodes(b, r->source->nodes));
    struct node last = {.source = r->source, .line = r->source->lines};
    const char *problem = markup_tag(&b->markup);
    if (problem)
        return node_error(b->errors, &last, "ends in %s: %s", markup_name(&b->markup), problem);
    if (r->recursed && !markup_same(&b->markup, &r->entry))
        return node_error(b->errors, &last, "includes itself, but begins in %s and ends in %s",
                          markup_name(&r->entry), markup_name(&b->markup));
    emit(b, (struct op){.code = OP_END});
    r->exit = b->markup;
    r->done = true;
    return NULL;
}

static error new_routine(struct template_set *set, struct arena *errors, struct budget *budget,
                         struct binder *outer, const struct routine *wanted, struct routine **out)
{
    if (set->routine_count == ROUTINE_LIMIT)
        return failure(errors, FAULT_LIMIT, wanted->source->file,
                       "used in more than %d different situations", ROUTINE_LIMIT);
    struct routine *r = arena_make(set->arena, struct routine);
    *r = *wanted;
    r->next = set->routines;
    set->routines = r;
    set->routine_count++;
    struct binder b = {.outer = outer,
                       .set = set,
                       .errors = errors,
                       .budget = budget,
                       .routine = r,
                       .scope_count = r->scope_count,
                       .next_slot = r->scope_count,
                       .markup = r->entry,
                       .indent = r->indent};
    memcpy(b.scopes, r->scopes, sizeof b.scopes);
    try(write_routine(&b));
    *out = r;
    return NULL;
}

static error bind_call(struct binder *b, const struct node *node, struct arguments arguments)
{
    struct arena *a = b->set->arena;
    struct routine wanted = {.source = map_get(&b->set->by_name, node->name),
                             .entry = b->markup,
                             .arguments = arguments};
    if (!node->in_line)
        wanted.indent = str_join(a, b->indent, node->indent);
    uint8_t *map = arena_array(a, uint8_t, SLOT_LIMIT);
    reduce_scopes(b, &wanted, map);
    struct routine *routine = NULL;
    try(find_open(b, node, &wanted, &routine));
    if (routine)
        routine->recursed = true;
    else if (!(routine = find_done(b->set, &wanted)))
        try(new_routine(b->set, b->errors, b->budget, b, &wanted, &routine));
    emit(b, (struct op){.code = OP_CALL, .routine = routine, .map = map});
    b->markup = routine->done ? routine->exit : routine->entry;
    return NULL;
}

static const struct argument *argument_by_name(const struct arguments *arguments, str name)
{
    for (size_t i = 0; i < arguments->count; i++)
        if (str_eq(arguments->all[i].name, name))
            return &arguments->all[i];
    return NULL;
}

// What was handed over from further outside goes before what the layout tag itself says.
static error bind_layout(struct binder *b, const struct node *node)
{
    const struct arguments *outer = &b->routine->arguments;
    size_t count = outer->count;
    for (const struct node *n = node->children; n; n = n->next)
        count++;
    struct argument *all = arena_array(b->set->arena, struct argument, count);
    struct arguments both = {all, outer->count};
    for (size_t i = 0; i < outer->count; i++)
        all[i] = outer->all[i];
    for (const struct node *n = node->children; n; n = n->next)
        if (!argument_by_name(&both, n->name))
            all[both.count++] = (struct argument){n->name, n};
    return bind_call(b, node, both);
}

static error bind_block(struct binder *b, const struct node *node)
{
    const struct argument *argument = argument_by_name(&b->routine->arguments, node->name);
    if (!argument)
        return bind_nodes(b, node->children);
    str outer = b->indent;
    b->indent = str_join(b->set->arena, outer, node->indent);
    b->skip_indent = node->in_line;
    try(bind_nodes(b, argument->block->children));
    b->skip_indent = false;
    b->indent = outer;
    return NULL;
}

static error bind_tag(struct binder *b, const struct node *node)
{
    switch (node->kind) {
    case NODE_VALUE:
    case NODE_RAW:
        return bind_value(b, node);
    case NODE_SECTION:
    case NODE_INVERTED:
        return bind_section(b, node);
    case NODE_PARTIAL:
        return bind_call(b, node, b->routine->arguments);
    case NODE_LAYOUT:
        return bind_layout(b, node);
    default:
        return bind_block(b, node);
    }
}

static error bind_node(struct binder *b, const struct node *node)
{
    bool first = node->starts_line && !b->skip_indent;
    b->skip_indent = false;
    if (node->kind == NODE_TEXT)
        return bind_text(b, node, first);
    if (first && b->indent.len)
        try(emit_text(b, node, b->indent));
    const char *problem = markup_tag(&b->markup);
    if (problem)
        return node_error(b->errors, node, "\"%.*s\" in %s: %s", STR(node->name),
                          markup_name(&b->markup), problem);
    return bind_tag(b, node);
}

static error bind_nodes(struct binder *b, const struct node *nodes)
{
    struct budget *budget = b->budget;
    if (budget->depth == BIND_DEPTH_LIMIT)
        return node_error(b->errors, nodes ? nodes : &(struct node){.source = b->routine->source},
                          "sections, blocks and partials are nested deeper than %d",
                          BIND_DEPTH_LIMIT);
    budget->depth++;
    for (const struct node *node = nodes; node; node = node->next) {
        if (budget->work++ == BIND_WORK_LIMIT)
            return failure(b->errors, FAULT_LIMIT, node->source->file,
                           "its parts multiply to more than %d", BIND_WORK_LIMIT);
        try(bind_node(b, node));
    }
    budget->depth--;
    return NULL;
}

static error bind_root(struct template_set *set, struct arena *errors, struct source *source,
                       const struct fields *fields, struct routine **out)
{
    struct budget budget = {0};
    struct routine wanted = {.source = source,
                             .scopes = {{.record = fields, .kind = FIELD_RECORD}},
                             .scope_count = 1,
                             .entry = markup_start(markup_kind(source->name))};
    struct routine *routine = find_done(set, &wanted);
    if (!routine)
        try(new_routine(set, errors, &budget, NULL, &wanted, &routine));
    struct node last = {.source = source, .line = source->lines};
    if (!markup_is_text(&routine->exit))
        return node_error(errors, &last, "the page ends in %s", markup_name(&routine->exit));
    *out = routine;
    return NULL;
}

error template_bind(struct template_set *set, struct arena *a, str name,
                    const struct fields *fields, const struct template **out)
{
    struct source *source = map_get(&set->by_name, name);
    if (!source)
        return failure(a, FAULT_NOT_FOUND, S("template"), "no template \"%.*s\"", STR(name));
    struct routine *before = set->routines, *routine;
    size_t count_before = set->routine_count;
    error e = bind_root(set, a, source, fields, &routine);
    if (e) {
        // Routines of a failed binding may call some that were never finished.
        set->routines = before;
        set->routine_count = count_before;
        return e;
    }
    struct template *t = arena_make(set->arena, struct template);
    t->routine = routine;
    *out = t;
    return NULL;
}
