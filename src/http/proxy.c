// Reads addresses and networks, and walks forwarding headers from right to left.
// SPDX-License-Identifier: Apache-2.0
#include "http/proxy.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/socket.h>

#include "base/arena.h"

static const uint8_t v4_prefix[12] = {[10] = 0xff, [11] = 0xff};

static bool is_v4(const struct in6_addr *address)
{
    return !memcmp(address, v4_prefix, sizeof v4_prefix);
}

static void set_v4(struct in6_addr *out, const void *four)
{
    memcpy(out->s6_addr, v4_prefix, 12);
    memcpy(out->s6_addr + 12, four, 4);
}

static bool parse_plain(str text, struct in6_addr *out)
{
    char z[ADDRESS_TEXT];
    struct in_addr four;
    if (!text.len || text.len >= sizeof z || memchr(text.ptr, 0, text.len))
        return false;
    memcpy(z, text.ptr, text.len);
    z[text.len] = 0;
    if (inet_pton(AF_INET, z, &four) == 1) {
        set_v4(out, &four);
        return true;
    }
    return inet_pton(AF_INET6, z, out) == 1;
}

bool address_parse(str text, struct in6_addr *out)
{
    if (text.len && text.ptr[0] == '[') {
        ptrdiff_t end = str_find_char(text, ']');
        if (end < 0 || ((size_t)end + 1 < text.len && text.ptr[end + 1] != ':'))
            return false;
        return parse_plain(str_sub(text, 1, (size_t)end), out);
    }
    ptrdiff_t colon = str_find_char(text, ':');
    if (colon >= 0 && str_rfind_char(text, ':') == colon)
        text = str_sub(text, 0, (size_t)colon);
    return parse_plain(text, out);
}

static error network_parse(struct arena *a, str text, struct network *out)
{
    str rest = text, address = str_cut(&rest, '/');
    int64_t bits = 0;
    if (!parse_plain(address, &out->address))
        return failure(a, FAULT_INPUT, S("proxies"),
                       "\"%.*s\" is no address; write it like 127.0.0.1 or 10.0.0.0/8", STR(text));
    bool four = is_v4(&out->address) && str_find_char(address, ':') < 0;
    out->bits = 128;
    if (rest.ptr) {
        if (!str_int(rest, &bits) || bits < 0 || bits > (four ? 32 : 128))
            return failure(a, FAULT_INPUT, S("proxies"), "\"%.*s\" is no network", STR(text));
        out->bits = (unsigned)bits + (four ? 96 : 0);
    }
    return NULL;
}

error networks_parse(struct arena *a, str text, struct networks *out)
{
    str list = text, element;
    size_t count = 0;
    while (list_next(&list, &element))
        count++;
    if (count > NETWORKS_MOST)
        return failure(a, FAULT_LIMIT, S("proxies"), "more than %d networks", NETWORKS_MOST);
    *out = (struct networks){arena_array(a, struct network, count + 1), 0};
    while (list_next(&text, &element))
        try(network_parse(a, element, &out->all[out->count++]));
    return NULL;
}

static bool network_holds(const struct network *n, const struct in6_addr *address)
{
    unsigned whole = n->bits / 8, rest = n->bits % 8;
    if (memcmp(&n->address, address, whole))
        return false;
    uint8_t mask = (uint8_t)(0xff00u >> rest);
    return !rest || !((n->address.s6_addr[whole] ^ address->s6_addr[whole]) & mask);
}

bool networks_hold(const struct networks *n, const struct in6_addr *address)
{
    for (size_t i = 0; i < n->count; i++)
        if (network_holds(&n->all[i], address))
            return true;
    return false;
}

void address_of(const struct sockaddr_storage *from, struct in6_addr *out)
{
    *out = (struct in6_addr){0};
    if (from->ss_family == AF_INET)
        set_v4(out, &((const struct sockaddr_in *)from)->sin_addr);
    else if (from->ss_family == AF_INET6)
        *out = ((const struct sockaddr_in6 *)from)->sin6_addr;
}

size_t address_text(const struct in6_addr *address, char out[ADDRESS_TEXT])
{
    if (is_v4(address))
        inet_ntop(AF_INET, address->s6_addr + 12, out, ADDRESS_TEXT);
    else
        inet_ntop(AF_INET6, address, out, ADDRESS_TEXT);
    return strlen(out);
}

struct in6_addr client_behind(const struct networks *trusted, const struct http_header *headers,
                              size_t count, str name, struct in6_addr peer)
{
    struct in6_addr client = peer;
    for (size_t i = count; i-- > 0;) {
        if (!str_eq(headers[i].name, name))
            continue;
        str list = headers[i].value;
        while (list.len) {
            ptrdiff_t comma = str_rfind_char(list, ',');
            str last = str_trim(str_from(list, (size_t)(comma + 1)));
            if (last.len) {
                struct in6_addr found;
                if (!address_parse(last, &found))
                    return client;
                client = found;
                if (!networks_hold(trusted, &found))
                    return client;
            }
            list = str_sub(list, 0, comma < 0 ? 0 : (size_t)comma);
        }
    }
    return client;
}
