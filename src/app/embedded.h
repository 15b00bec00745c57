// The files built into the program; the table is made by tools/embed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/asset.h"

extern const struct asset embedded_assets[];
