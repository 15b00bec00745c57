// All statements and migrations of the newsroom, for db_open.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/db.h"

extern const struct db_catalogue model_catalogue;
