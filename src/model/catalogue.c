// All statements and migrations of the newsroom, for db_open.
// SPDX-License-Identifier: Apache-2.0
#include "model/catalogue.h"

#include "model/migrations.h"
#include "model/statements.h"

const struct db_catalogue model_catalogue = {statements, SQL_COUNT, migrations, MIGRATION_COUNT};
