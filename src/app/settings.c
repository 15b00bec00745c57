// A reader's settings, set by a plain form.
// SPDX-License-Identifier: Apache-2.0
#include "app/settings.h"

#include "base/arena.h"
#include "http/form.h"
#include "site/prefs.h"

enum { A_YEAR = 31536000, RETURN_MOST = 2000 };

// "https://example.com:8443/a?b" gives "example.com" and "/a?b".
static bool split_address(struct arena *a, str address, str *host, str *path)
{
    ptrdiff_t scheme = str_find(address, S("://"));
    if (scheme < 0)
        return false;
    str rest = str_from(address, (size_t)scheme + 3);
    ptrdiff_t slash = str_find_char(rest, '/');
    size_t end = slash < 0 ? rest.len : (size_t)slash;
    char *authority = str_z(a, str_sub(rest, 0, end));
    *path = str_from(rest, end);
    return host_parse(authority, end, host);
}

// Ours, when it names our host: then the form was sent by our own page.
static bool is_ours(const struct http_request *r, str address, str *path)
{
    str host;
    return split_address(r->arena, address, &host, path) && str_eq(host, r->host);
}

str settings_return(const struct http_request *r)
{
    str path;
    if (!is_ours(r, http_header(r, S("referer")), &path))
        return S("/");
    // "//host" would be another site's address.
    bool whole = str_starts(path, S("/")) && !str_starts(path, S("//")) && path.len <= RETURN_MOST;
    return whole ? path : S("/");
}

// Browsers say where a form was sent from; one of another site's changes nothing here.
static bool sent_from_here(const struct http_request *r)
{
    str path, origin = http_header(r, S("origin"));
    return !origin.ptr || is_ours(r, origin, &path);
}

static str cookie_line(const struct http_request *r, struct prefs p)
{
    bool secure = str_starts(http_header(r, S("origin")), S("https:"));
    str kept = prefs_value(r->arena, p);
    return str_format(r->arena, "Set-Cookie: %.*s=%.*s; Path=/; Max-Age=%d; SameSite=Lax%s\r\n",
                      STR(PREFS_COOKIE), STR(kept), A_YEAR, secure ? "; Secure" : "");
}

void settings_change(struct server *s, const struct http_request *r, struct http_answer *answer)
{
    struct prefs p = prefs_read(http_cookie(r, PREFS_COOKIE));
    struct form form = {0};
    bool good = sent_from_here(r) && !form_parse(r->arena, r->body, &form);
    for (size_t i = 0; good && i < form.count; i++)
        prefs_set(&p, form.fields[i].name, form.fields[i].value);
    str location = http_location(r->arena, settings_return(r));
    answer->status = 303;
    answer->headers = str_format(r->arena,
                                 "%.*s%.*sContent-Type: text/plain; charset=utf-8\r\n"
                                 "Cache-Control: no-store\r\n",
                                 STR(location), STR(good ? cookie_line(r, p) : S("")));
    answer->parts[0] = S("Your settings are kept.\n");
    answer->part_count = 1;
}
