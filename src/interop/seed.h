// Makes a publication from the files of a seed folder, whose names start with "seed/".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/asset.h"
#include "base/error.h"
#include "base/instant.h"

struct arena;
struct db_conn;
struct work;

// The sections and menus alone, into a publication that has none yet.
error seed_load_frame(struct work *w, const struct asset *files) fallible;

// Everything: the publication, its sections, menus, people, pages, stories and comments, in one
// transaction; dates in them count from `now`. *name is the publication's, *commit what to wait
// for. FAULT_CONFLICT when there is a publication already.
error seed_load(struct db_conn *conn, struct arena *a, const struct asset *files, str base_url,
                instant now, str *name, uint64_t *commit) fallible;
