// What the program itself answers: static files, health, metrics.
// SPDX-License-Identifier: Apache-2.0
#include "app/operator.h"

#include "app/assets.h"
#include "app/follower.h"
#include "app/server.h"
#include "base/arena.h"
#include "base/buf.h"
#include "cache/cache.h"

static void answer(struct http_answer *answer, int status, str headers, str text)
{
    answer->status = status;
    answer->headers = headers;
    answer->parts[0] = text;
    answer->part_count = 1;
}

void operator_asset(struct server *s, const struct http_request *r, struct http_answer *out)
{
    const struct assets *assets = __atomic_load_n(&s->assets, __ATOMIC_ACQUIRE);
    const struct static_file *file = assets_file(assets, r->path);
    if (!file) {
        answer(out, 404,
               S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-cache\r\n"),
               S("There is no such file.\n"));
        return;
    }
    const char *coding = "";
    str bytes = file->bytes;
    if (r->codings & HTTP_BR && file->br.len) {
        coding = "Content-Encoding: br\r\n";
        bytes = file->br;
    } else if (r->codings & HTTP_GZIP && file->gzip.len) {
        coding = "Content-Encoding: gzip\r\n";
        bytes = file->gzip;
    }
    answer(out, 200,
           str_format(r->arena,
                      "Content-Type: %.*s\r\nCache-Control: public, max-age=31536000, immutable\r\n"
                      "Vary: Accept-Encoding\r\n%s",
                      STR(file->media_type), coding),
           bytes);
}

void operator_health(struct server *s, const struct http_request *r, struct http_answer *out)
{
    bool complete = __atomic_load_n(&s->complete, __ATOMIC_ACQUIRE);
    str problem = complete ? follower_problem(s->follower, r->arena) : S("starting");
    if (__atomic_load_n(&s->draining, __ATOMIC_RELAXED))
        problem = S("stopping");
    str headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n");
    if (problem.len)
        answer(out, 503, headers, str_format(r->arena, "not ready: %.*s\n", STR(problem)));
    else
        answer(out, 200, headers, S("ready\n"));
}

static void metric(struct buf *b, const char *name, const char *kind, const char *help,
                   uint64_t number)
{
    buf_addf(b, "# HELP broadsheet_%s %s\n# TYPE broadsheet_%s %s\nbroadsheet_%s %llu\n", name,
             help, name, kind, name, (unsigned long long)number);
}

static void http_metrics(struct server *s, struct buf *b)
{
    struct http_stats h = http_stats(s->http);
    metric(b, "connections_total", "counter", "Connections accepted.", h.accepted);
    metric(b, "connections", "gauge", "Connections open.", h.open);
    metric(b, "requests_total", "counter", "Requests answered.", h.requests);
    metric(b, "requests_kept_total", "counter", "Requests answered with kept pages.", h.kept);
    metric(b, "requests_rendered_total", "counter", "Requests answered by a worker.", h.handled);
    metric(b, "requests_refused_total", "counter", "Requests refused for want of room.", h.refused);
    metric(b, "requests_bad_total", "counter", "Requests that were not HTTP.", h.bad);
    metric(b, "timeouts_total", "counter", "Connections closed for being slow.", h.timeouts);
    metric(b, "queue", "gauge", "Requests waiting for a worker.", h.queued);
    buf_add(b, S("# HELP broadsheet_answers_total Answers by class of status.\n"
                 "# TYPE broadsheet_answers_total counter\n"));
    for (int i = 1; i < 6; i++)
        buf_addf(b, "broadsheet_answers_total{class=\"%dxx\"} %llu\n", i,
                 (unsigned long long)h.by_status[i]);
}

static void cache_metrics(struct server *s, struct buf *b)
{
    struct cache_stats c = cache_stats(s->cache);
    metric(b, "cache_entries", "gauge", "Pages, segments and cards of stories kept.", c.entries);
    metric(b, "cache_bytes", "gauge", "Memory they take.", c.bytes);
    metric(b, "cache_hits_total", "counter", "Look-ups that found something.", c.hits);
    metric(b, "cache_misses_total", "counter", "Look-ups that did not.", c.misses);
    metric(b, "cache_kept_total", "counter", "Entries kept.", c.puts);
    metric(b, "cache_refused_total", "counter", "Entries not kept.", c.refused);
    metric(b, "cache_forgotten_total", "counter", "Entries forgotten since what they show changed.",
           c.forgotten);
    metric(b, "cache_evicted_total", "counter", "Entries dropped for room.", c.evicted);
    metric(b, "commit", "gauge", "The newest commit that is shown.", cache_commit(s->cache));
}

void operator_metrics(struct server *s, const struct http_request *r, struct http_answer *out)
{
    if (!__atomic_load_n(&s->complete, __ATOMIC_ACQUIRE)) {
        answer(out, 503,
               S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                 "Retry-After: 1\r\n"),
               S("starting\n"));
        return;
    }
    struct buf b = buf_new(r->arena, 64 * 1024);
    http_metrics(s, &b);
    cache_metrics(s, &b);
    metric(&b, "start_time_seconds", "gauge", "When the server was started, in seconds since 1970.",
           (uint64_t)(s->started.ms / 1000));
    answer(
        out, 200,
        S("Content-Type: text/plain; version=0.0.4; charset=utf-8\r\nCache-Control: no-store\r\n"),
        buf_str(&b));
}
