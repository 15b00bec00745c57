// What is done to a script before it is served.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// Takes out the lines that are comments, empty ones and indentation. A script in which a line may
// stand within something longer (a template literal, a block comment, a string) stays as it is.
str script_tighten(struct arena *a, str script);
