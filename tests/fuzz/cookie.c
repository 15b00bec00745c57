// Fuzzes what is read out of header values: cookies, codings, entity tags, hosts, forwarded
// addresses, and locations.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "http/header.h"
#include "http/proxy.h"

static void check_inside(str whole, str part)
{
    assert(!part.ptr || (part.ptr >= whole.ptr && part.ptr + part.len <= whole.ptr + whole.len));
}

static void check_lists(str text)
{
    str list = text, element;
    while (list_next(&list, &element)) {
        assert(element.len > 0);
        check_inside(text, element);
        assert(list_holds(text, element));
    }
    assert(!(coding_accepted(text) & ~7u));
    bool listed = etag_listed(text, S("\"a\""));
    assert(listed == etag_listed(text, S("W/\"a\"")));
    if (listed)
        assert(str_find(text, S("\"a\"")) >= 0 || str_eq(str_trim(text), S("*")));
}

static void check_location(struct arena *a, str text)
{
    str line = http_location(a, text);
    assert(str_ends(line, S("\r\n")));
    for (size_t i = 0; i + 2 < line.len; i++)
        assert(line.ptr[i] >= 0x20 && line.ptr[i] < 0x7f);
}

static void check_addresses(struct arena *a, str text)
{
    struct networks networks;
    struct in6_addr peer = {0};
    char out[ADDRESS_TEXT];
    error e = networks_parse(a, text, &networks);
    if (e) {
        assert(e->fault == FAULT_INPUT || e->fault == FAULT_LIMIT);
        networks.count = 0;
    }
    struct http_header headers[] = {{S("x"), text}, {S("x"), S("1.2.3.4, ::1")}};
    struct in6_addr client = client_behind(&networks, headers, 2, S("x"), peer);
    assert(address_text(&client, out) > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size > 8192)
        return 0;
    struct arena *a = arena_new();
    str text = str_copy(a, (str){(const char *)data, size}), host;
    check_inside(text, cookie_value(text, S("a")));
    check_lists(text);
    check_location(a, text);
    check_addresses(a, text);
    if (host_parse((char *)text.ptr, text.len, &host)) {
        check_inside(text, host);
        assert(host.len > 0 && host.len <= 255);
    }
    arena_free(a);
    return 0;
}
