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
    const struct theme *theme; // held for reading while a page is rendered
    const struct assets *assets;
    bool keeps;    // false with --cache 0
    bool draining; // stopping: nothing kept is answered any more; atomic
    instant started;
    str problem; // why it is not ready; empty when it is
};
