// The publication's own fonts, for drawings: built into the helper, handed to fontconfig.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

// Puts each font into a file of memory. Before the sandbox forbids to write any; false when that
// fails. A build without fonts has none, and drawings take the system's.
bool fonts_unpack(void);

// Tells fontconfig of them; after fonts_unpack, before anything is drawn.
void fonts_announce(void);
