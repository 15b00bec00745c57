// Writes calendars (RFC 5545).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/buf.h"
#include "base/instant.h"

// The name of a line and what stands behind its colon, as it is; folded at 75 octets (§3.1), never
// within a character.
void ics_line(struct buf *out, str name, str value);

// The first and the last line of a component: VCALENDAR, VEVENT.
void ics_open(struct buf *out, str component);
void ics_close(struct buf *out, str component);

// The same as ics_line for a text: backslash, comma, semicolon and line ends escaped (§3.3.11),
// what is not UTF-8 read as U+FFFD, other control characters left out. An empty text gives no line.
void ics_text(struct buf *out, str name, str text);

// A moment in UTC: 20261123T140509Z.
void ics_instant(struct buf *out, str name, instant t);
