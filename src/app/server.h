// A running server: everything that its threads share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <pthread.h>

#include "app/assets.h"
#include "base/error.h"
#include "base/instant.h"

struct cache;
struct db;
struct http_server;
struct packer;
struct follower;
struct jobs;
struct theme;

struct server {
    struct db *db;
    struct cache *cache;
    struct http_server *http;
    struct packer *packer;     // compresses what is kept, behind the readers' backs
    struct follower *follower; // forgets what others committed
    pthread_rwlock_t theme_lock;
    const struct theme *theme;   // held for reading while a page is rendered
    const struct assets *assets; // atomic
    struct arena *theme_arena;   // of all themes that were opened
    str assets_dir;              // --assets; empty: what is built in
    int data_dir;                // descriptor of DIR, where pictures are
    uint64_t assets_fingerprint;
    int64_t assets_looked_ms;
    struct jobs *jobs;
    bool keeps; // false with --cache 0
    // Every commit is heard of, so what is kept may be answered. Not before the follower has seen
    // the newest commit, and not once the control socket is given up; atomic.
    bool follows;
    bool complete; // all parts run, so that all members are set; atomic
    bool draining; // stopping; atomic
    instant started;
};

// Whether what is kept may be answered now.
static inline bool server_keeps(const struct server *s)
{
    return s->keeps && __atomic_load_n(&s->follows, __ATOMIC_SEQ_CST);
}
