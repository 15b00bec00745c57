// The fonts built into the helper; the table is made by tools/embed, empty in a build without any.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/asset.h"

extern const struct asset embedded_fonts[];
