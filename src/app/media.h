// What answers of a media type need.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/http.h"

// Style sheets, scripts, fonts and pictures made of dots load nothing by themselves: HTTP_FILE,
// without the half kilobyte of policies that browsers heed in documents alone. Drawings (SVG),
// feeds and text are documents when somebody opens them: HTTP_USUAL.
enum http_guard media_guard(str media_type);
