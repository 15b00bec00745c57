// Makes pages on a worker thread: reads in one snapshot, renders, keeps, answers.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/http.h"

struct server;
struct renderer; // one worker's connection, memory and zone

// http_ops: see http/http.h. The context is the struct server.
bool renderer_kept(void *server, const struct http_request *r, struct http_answer *answer,
                   struct http_need *need);
void *renderer_open(void *server);
void renderer_close(void *renderer);
void renderer_handle(void *renderer, const struct http_request *r, struct http_answer *answer);
