// What the program itself answers: static files, health, metrics.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/routes.h"

// operator_asset does not block: it answers on loop threads too.
fresh_handler operator_asset, operator_health, operator_metrics;
