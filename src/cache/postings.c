// Which kept bytes depend on which key: the index that makes forgetting fast.
// SPDX-License-Identifier: Apache-2.0
#include "cache/postings.h"

#include <assert.h>
#include <string.h>

#include "base/heap.h"

static const uint64_t KEY_MASK = ((uint64_t)1 << 44) - 1;

static uint64_t mix(uint64_t x)
{
    unsigned __int128 product = (unsigned __int128)x * 0x9E3779B97F4A7C15u;
    x = (uint64_t)product ^ (uint64_t)(product >> 64);
    return x ^ x >> 29;
}

// Key hashes are public and some key names (absent paths) come from strangers, so that they are
// mixed with a secret before they choose a place.
static uint64_t key_of(const struct postings *p, uint64_t hash, bool window)
{
    return (mix(hash ^ p->seed) & KEY_MASK & ~(uint64_t)1) | window;
}

static uint64_t head_key(const void *head, bool window)
{
    return window ? ((const struct window *)head)->of.key : ((const struct link *)head)->of.key;
}

static struct postings_part *part_of(const struct postings *p, uint64_t key)
{
    return (struct postings_part *)&p->parts[key >> 38];
}

static uint32_t tag_of(uint64_t key)
{
    return (uint32_t)key;
}

// The slot of `key`, or the empty one where it would stand.
static uint32_t slot_of(const struct postings_part *part, uint64_t key)
{
    uint32_t mask = part->cap - 1, tag = tag_of(key), i = (tag >> 1) & mask;
    while (part->heads[i] && (part->tags[i] != tag || head_key(part->heads[i], key & 1) != key))
        i = (i + 1) & mask;
    return i;
}

static void grow(struct postings *p, struct postings_part *part)
{
    struct postings_part old = *part;
    part->cap = old.cap ? old.cap * 2 : 16;
    part->heads = heap_alloc(part->cap * sizeof *part->heads);
    part->tags = heap_alloc(part->cap * sizeof *part->tags);
    for (uint32_t n = 0; n < old.cap; n++) {
        if (!old.heads[n])
            continue;
        uint32_t i = (old.tags[n] >> 1) & (part->cap - 1);
        while (part->heads[i])
            i = (i + 1) & (part->cap - 1);
        part->heads[i] = old.heads[n];
        part->tags[i] = old.tags[n];
    }
    p->bytes += (part->cap - old.cap) * (sizeof *part->heads + sizeof *part->tags);
    heap_free(old.heads);
    heap_free(old.tags);
}

static void *head_get(const struct postings *p, uint64_t key)
{
    const struct postings_part *part = part_of(p, key);
    return part->cap ? part->heads[slot_of(part, key)] : NULL;
}

// Takes the slot away and closes the gap, so that no look-up passes over dead slots.
static void slot_clear(struct postings_part *part, uint32_t hole)
{
    uint32_t mask = part->cap - 1;
    for (uint32_t i = (hole + 1) & mask; part->heads[i]; i = (i + 1) & mask) {
        uint32_t home = (part->tags[i] >> 1) & mask;
        if (((i - home) & mask) < ((i - hole) & mask))
            continue;
        part->heads[hole] = part->heads[i];
        part->tags[hole] = part->tags[i];
        hole = i;
    }
    part->heads[hole] = NULL;
    part->count--;
}

static void head_set(struct postings *p, uint64_t key, void *head)
{
    struct postings_part *part = part_of(p, key);
    if (head && part->count >= part->cap / 4 * 3)
        grow(p, part);
    uint32_t i = slot_of(part, key);
    if (!head) {
        slot_clear(part, i);
        return;
    }
    part->count += part->heads[i] == NULL;
    part->heads[i] = head;
    part->tags[i] = tag_of(key);
}

void postings_init(struct postings *p, uint64_t seed)
{
    *p = (struct postings){.seed = seed};
}

void postings_done(struct postings *p)
{
    for (size_t i = 0; i < POSTINGS_PARTS; i++) {
        heap_free(p->parts[i].heads);
        heap_free(p->parts[i].tags);
    }
}

static struct dependency dependency_of(const void *owner, const void *place, uint64_t key)
{
    size_t steps = (size_t)((const char *)place - (const char *)owner) / 8;
    assert(steps < (size_t)1 << DEPENDENCY_OFFSET_BITS);
    return (struct dependency){.key = key, .offset = steps};
}

static void *owner_of(const void *place, struct dependency of)
{
    return (char *)place - (size_t)of.offset * 8;
}

void postings_add_link(struct postings *p, void *owner, struct link *link, uint64_t hash)
{
    uint64_t key = key_of(p, hash, /* window: */ false);
    struct link *first = head_get(p, key);
    *link = (struct link){first, NULL, dependency_of(owner, link, key)};
    if (first)
        first->prev = link;
    head_set(p, key, link);
}

void postings_remove_link(struct postings *p, struct link *link)
{
    if (link->next)
        link->next->prev = link->prev;
    if (link->prev)
        link->prev->next = link->next;
    else
        head_set(p, link->of.key, link->next);
}

// The heap order of the treap: as good as random, and not stored.
static uint64_t priority(const struct window *w)
{
    return mix((uintptr_t)w);
}

static bool before(const struct window *a, const struct window *b)
{
    int order = rank_cmp(a->low, b->low);
    return order < 0 || (order == 0 && a < b);
}

static void update(struct window *w)
{
    w->reach = w->high;
    if (w->left && rank_cmp(w->left->reach, w->reach) > 0)
        w->reach = w->left->reach;
    if (w->right && rank_cmp(w->right->reach, w->reach) > 0)
        w->reach = w->right->reach;
}

// Splits a tree into what stands before `at` and what does not.
static void split(struct window *root, const struct window *at, struct window **left,
                  struct window **right)
{
    if (!root) {
        *left = *right = NULL;
    } else if (before(root, at)) {
        split(root->right, at, &root->right, right);
        *left = root;
        update(root);
    } else {
        split(root->left, at, left, &root->left);
        *right = root;
        update(root);
    }
}

static struct window *merge(struct window *left, struct window *right)
{
    if (!left || !right)
        return left ? left : right;
    struct window *root = priority(left) > priority(right) ? left : right;
    if (root == left)
        left->right = merge(left->right, right);
    else
        right->left = merge(left, right->left);
    update(root);
    return root;
}

static struct window *insert(struct window *root, struct window *w)
{
    if (!root || priority(w) > priority(root)) {
        split(root, w, &w->left, &w->right);
        root = w;
    } else if (before(w, root)) {
        root->left = insert(root->left, w);
    } else {
        root->right = insert(root->right, w);
    }
    update(root);
    return root;
}

static struct window *erase(struct window *root, struct window *w)
{
    assert(root);
    if (root == w)
        return merge(w->left, w->right);
    if (before(w, root))
        root->left = erase(root->left, w);
    else
        root->right = erase(root->right, w);
    update(root);
    return root;
}

void postings_add_window(struct postings *p, void *owner, struct window *w, const struct key *read)
{
    uint64_t key = key_of(p, read->hash, /* window: */ true);
    *w = (struct window){.low = read->low, .high = read->high};
    w->of = dependency_of(owner, w, key);
    head_set(p, key, insert(head_get(p, key), w));
}

void postings_remove_window(struct postings *p, struct window *w)
{
    uint64_t key = w->of.key;
    head_set(p, key, erase(head_get(p, key), w));
}

struct visit {
    rank low, high;
    void (*touch)(void *ctx, void *owner);
    void *ctx;
};

static void visit_windows(const struct window *w, const struct visit *v)
{
    while (w && rank_cmp(w->reach, v->low) >= 0) {
        visit_windows(w->left, v);
        if (rank_cmp(w->low, v->high) > 0)
            return;
        if (rank_cmp(w->high, v->low) >= 0)
            v->touch(v->ctx, owner_of(w, w->of));
        w = w->right;
    }
}

void postings_visit(const struct postings *p, const struct key *written,
                    void (*touch)(void *ctx, void *owner), void *ctx)
{
    const struct link *link = head_get(p, key_of(p, written->hash, /* window: */ false));
    for (; link; link = link->next)
        touch(ctx, owner_of(link, link->of));
    struct visit v = {written->low, written->high, touch, ctx};
    visit_windows(head_get(p, key_of(p, written->hash, /* window: */ true)), &v);
}
