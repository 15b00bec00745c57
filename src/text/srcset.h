// The files that a picture is offered in.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

// "/pictures/3f/3f9a…-320.webp 320w, …": only what the newsroom makes, all of one type (".webp").
bool srcset_is_ours(str srcset, str ending);
