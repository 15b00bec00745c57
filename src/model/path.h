// Every path that ever named something, and what it names now.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum { PATH_MOST = 500 }; // bytes

struct path_target {
    str kind; // story section person topic page redirect
    int64_t target;
    bool is_current;
    str address; // for a redirect: where to
    str current; // where the target stands now; empty for a redirect
};
extern const struct fields path_target_fields;

// What `path` names; a path that names nothing is a dependency too.
error path_find(struct work *w, str path, struct path_target *out, bool *found) fallible;

// Takes a path for good; a path that the target had before stays behind and answers 301.
// FAULT_CONFLICT when something else has it or the site itself answers it (/latest/, …/archive/),
// FAULT_INPUT when it is no path ("/", at most PATH_MOST bytes, valid UTF-8, no query).
error path_claim(struct work *w, str path, str kind, int64_t target) fallible;

// The same for a target that has no path yet.
error path_claim_first(struct work *w, str path, str kind, int64_t target) fallible;

// The first of /stem/slug/, /stem/slug-2/, … that is free; `stem` ends with a slash.
error path_free(struct work *w, str stem, str slug, str *out) fallible;

// An old path of what stands elsewhere now: answers 301 to it. Nothing happens when the path is
// taken. FAULT_INPUT as for path_claim, but for "/?p=" and digits, which name what other systems
// number.
error path_alias(struct work *w, str path, str kind, int64_t target) fallible;

// An old address of another system: answers 301 to `address` for ever. Nothing happens when it is
// there already.
error path_redirect(struct work *w, str path, str address) fallible;
