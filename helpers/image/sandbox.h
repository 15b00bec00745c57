// Shuts this process in: what it holds stays, and nothing more can be had.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

// Each step is false when it cannot be taken; the process must then end without a look at the
// picture.

// Step one, before anything else: limits of memory, processor time and files; no rights of root, no
// new ones; ends with the thread that started it.
bool sandbox_limit(void);

// Step two, while there is one thread: of all files only the system's libraries can be read, for
// what libvips loads late (Landlock); no TCP, no signal to others, where the kernel knows of these.
// With `fonts` the system's fonts and their settings too: a drawing of our own needs those of its
// letters. Also true on a kernel without Landlock: step three does without.
bool sandbox_hide_files(bool fonts);

// Step three, before the picture is decoded: only the system calls that sizing needs, for memory,
// threads and writing to standard output. None of them opens anything. Others fail with EPERM;
// those that only an attacker would try kill the process. With `fonts` files can be opened for
// reading alone: those that step two left.
bool sandbox_close(bool fonts);
