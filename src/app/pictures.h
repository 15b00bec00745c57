// The files of pictures, as readers get them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/routes.h"

// Whether the path can only be a picture's file.
bool pictures_names(str path);

// Answers with the file below DIR/pictures; may wait for the disk, and so runs on a worker.
fresh_handler pictures_answer;
