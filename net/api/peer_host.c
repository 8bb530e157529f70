#include "net/api/peer_host.h"

#include <arpa/inet.h>
#include <stdio.h>

#include "net/conn.h"

enum { TEXT_BYTES_MAX = 64 };

/* Java writes all eight groups, and no zeros in front. */
static void put_v6(char *dst, size_t bytes, const struct in6_addr *addr)
{
    const uint8_t *b = addr->s6_addr;
    snprintf(dst, bytes, "/%x:%x:%x:%x:%x:%x:%x:%x", mr_get16(b), mr_get16(b + 2), mr_get16(b + 4),
             mr_get16(b + 6), mr_get16(b + 8), mr_get16(b + 10), mr_get16(b + 12), mr_get16(b + 14));
}

struct mr_str peer_host_of(const char *peer, struct mr_arena *a)
{
    char host[TEXT_BYTES_MAX], text[TEXT_BYTES_MAX + 1];
    struct in6_addr v6;
    bool ok = true;
    bool bracket = peer[0] == '[';
    const char *from = peer + bracket;
    const char *end = strrchr(from, bracket ? ']' : ':');
    snprintf(host, sizeof(host), "%.*s", (int)(end != NULL ? (size_t)(end - from) : strlen(from)), from);
    if (bracket && inet_pton(AF_INET6, host, &v6) == 1)
        put_v6(text, sizeof(text), &v6);
    else
        snprintf(text, sizeof(text), "/%s", host);
    struct mr_str ret = arena_str(a, mr_str_of(text), &ok);
    return ok ? ret : (struct mr_str){NULL, 0};
}

struct mr_str peer_host(const struct mr_req *req, struct mr_arena *a)
{
    return peer_host_of(req->conn->peer, a);
}
