// Kept bytes: one allocation, counted by reference.
// SPDX-License-Identifier: Apache-2.0
#include "cache/kept.h"

#include <assert.h>
#include <string.h>

#include "base/heap.h"

// What the allocator adds to an allocation, about.
enum { HEAP_HEADER = 16 };

static size_t aligned(size_t n)
{
    return (n + 7) & ~(size_t)7;
}

bool key_is_whole(const struct key *key)
{
    return rank_cmp(key->low, RANK_LOWEST) == 0 && rank_cmp(key->high, RANK_HIGHEST) == 0;
}

static size_t links_at(const struct kept *k)
{
    return aligned(offsetof(struct kept, name) + k->name_len);
}

struct link *kept_links(struct kept *k)
{
    return (struct link *)((char *)k + links_at(k));
}

struct window *kept_windows(struct kept *k)
{
    return (struct window *)(kept_links(k) + k->link_count);
}

struct kept *kept_new(str name, uint64_t hash, const struct keyset *reads, uint64_t commit,
                      str bytes)
{
    uint32_t windows = 0, links = 0;
    for (size_t i = 0; reads && i < reads->count; i++) {
        bool whole = key_is_whole(&reads->keys[i]);
        links += whole;
        windows += !whole;
    }
    size_t head = aligned(offsetof(struct kept, name) + name.len) + links * sizeof(struct link) +
                  windows * sizeof(struct window);
    struct kept *k = heap_resize(NULL, head + bytes.len);
    memset(k, 0, head); // what follows is copied over
    atomic_init(&k->refs, 1);
    k->name_len = (uint32_t)name.len;
    k->hash = hash;
    k->fresh_until = reads ? reads->fresh_until : INSTANT_NEVER;
    k->commit = commit;
    k->link_count = links;
    k->window_count = windows;
    k->bytes = (char *)k + head;
    k->len = bytes.len;
    k->size = aligned(head + bytes.len) + HEAP_HEADER;
    if (name.len)
        memcpy(k->name, name.ptr, name.len);
    if (bytes.len)
        memcpy((char *)k + head, bytes.ptr, bytes.len);
    return k;
}

bool kept_is_named(const struct kept *k, uint64_t hash, str name)
{
    return k->hash == hash && str_eq((str){k->name, k->name_len}, name);
}

struct kept *kept_hold(struct kept *k)
{
    atomic_fetch_add_explicit(&k->refs, 1, memory_order_relaxed);
    return k;
}

void kept_release(struct kept *k)
{
    if (!k || atomic_fetch_sub_explicit(&k->refs, 1, memory_order_acq_rel) != 1)
        return;
    for (unsigned i = 0; i < KEPT_FORMS; i++)
        heap_free(atomic_load_explicit(&k->forms[i], memory_order_relaxed));
    heap_free(k);
}

str kept_bytes(const struct kept *k)
{
    return (str){k->bytes, k->len};
}

uint64_t kept_commit(const struct kept *k)
{
    return k->commit;
}

size_t kept_attach(struct kept *k, unsigned form, str bytes)
{
    assert(form < KEPT_FORMS);
    struct form *none = NULL, *made = heap_alloc(sizeof *made + bytes.len);
    made->len = bytes.len;
    if (bytes.len)
        memcpy(made->bytes, bytes.ptr, bytes.len);
    if (!atomic_compare_exchange_strong_explicit(&k->forms[form], &none, made, memory_order_release,
                                                 memory_order_relaxed)) {
        heap_free(made);
        return 0;
    }
    return aligned(sizeof *made + bytes.len) + HEAP_HEADER;
}

str kept_form(const struct kept *k, unsigned form)
{
    assert(form < KEPT_FORMS);
    const struct form *f = atomic_load_explicit(&k->forms[form], memory_order_acquire);
    return f ? (str){f->bytes, f->len} : STR_NONE;
}
