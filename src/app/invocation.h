// What commands share: the data directory, its database, the server that may run on it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

// DIR/name for --data DIR.
str invocation_path(struct invocation *in, str name);

// Opens and migrates the database of the data directory as in->db. FAULT_NOT_FOUND where
// `broadsheet init` or `broadsheet demo` has not been.
error invocation_open(struct invocation *in) fallible;

// The same for a directory that may still have to be made.
error invocation_create(struct invocation *in) fallible;

// Takes away what invocation_create made, closing it first; a database that was there stays.
void invocation_undo(struct invocation *in);

// Undoes where `e` is an error, and hands it on: a database without a publication would be in the
// way of the next try.
error invocation_or_nothing(struct invocation *in, error e) fallible;

// Who prepares pictures for DIR/pictures, with --image-helper or the helper beside the program.
error invocation_pictures(struct invocation *in, struct picture_maker **out) fallible;

void invocation_close(struct invocation *in);
