// Pictures within the stories of the seed publication.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/str.h"

struct work;

// Makes a record of each picture that the body shows as "/pictures/NAME.svg", so that it is drawn.
error seed_body_pictures(struct work *w, html body) fallible;

// Lets the stories show the pictures that are drawn by now.
error seed_bodies_show(struct work *w) fallible;
