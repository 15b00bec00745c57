// What the program itself answers: static files, health, metrics.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/routes.h"

fresh_handler operator_asset, operator_health, operator_metrics;
