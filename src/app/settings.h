// A reader's settings, set by a plain form.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/routes.h"

// Sets the cookie and sends the reader back to the page that the form stood on.
fresh_handler settings_change;

// The page of this site that the reader came from: its path and query; "/" when there is none.
str settings_return(const struct http_request *r);
