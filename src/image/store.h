// Puts finished variants on disk under names made of their content.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;
struct reply;

// Names the reply's variants and writes them below `folder`: all or none, and none half. Files that
// are there already under a name hold those very bytes and stay.
error store_variants(struct arena *a, int folder, str where, struct reply *reply) fallible;
