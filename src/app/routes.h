// The site on one screen: every path it answers, and how.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/http.h"
#include "site/visit.h"

struct server;

// Who may ask.
enum who { ANYONE, LOCAL }; // LOCAL: from this machine

// Answers that are made afresh for each request, of the program rather than of the newsroom.
typedef void fresh_handler(struct server *s, const struct http_request *r,
                           struct http_answer *answer);

struct route {
    const char *method; // "GET" answers HEAD too
    const char
        *pattern; // literals and {place} {year} {month} {part} {file} {picture}; see route_find
    site_handler *page; // kept under its path
    fresh_handler *fresh;
    enum who who;
    bool waits; // for another program: not one of the pages that are made at once
};
extern const struct route routes[]; // ends with an empty row

// The first route whose method and pattern fit, with what its names stand for in *place and *file.
// {place} is "/" or a path that ends with a slash where something follows it in the pattern, and
// any path at the pattern's end; {year} is four digits, {month} 01 to 12, {part} a number from 1
// without leading zeros, {file} a name without slash,
// {picture} one of a picture's file with its folder. `other_method` (may be NULL) says if the path
// fits a route of another method.
const struct route *route_find(enum http_method method, str path, struct place *place, str *file,
                               bool *other_method);
