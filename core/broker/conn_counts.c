#include "core/broker/conn_counts.h"

#include "core/mem.h"

struct address {
    uint32_t count;
    char ip[QUOTA_IP_BYTES];
};

struct conn_counts {
    struct mr_smap by_ip;
};

struct conn_counts *conn_counts_new(void)
{
    struct conn_counts *c = mem_zalloc(1, sizeof(*c));
    if (c != NULL)
        smap_init(&c->by_ip);
    return c;
}

void conn_counts_free(struct conn_counts *c)
{
    if (c == NULL)
        return;
    uint32_t at = 0;
    for (struct address *a = smap_next(&c->by_ip, &at); a != NULL; a = smap_next(&c->by_ip, &at))
        mem_free(a);
    smap_done(&c->by_ip);
    mem_free(c);
}

static struct address *address_of(struct conn_counts *c, const char *ip)
{
    struct address *a = smap_get(&c->by_ip, mr_str_of(ip));
    if (a != NULL)
        return a;
    a = mem_zalloc(1, sizeof(*a));
    if (a == NULL)
        return NULL;
    memcpy(a->ip, ip, strnlen(ip, sizeof(a->ip) - 1));
    if (smap_put(&c->by_ip, mr_str_of(a->ip), a) == 0)
        return a;
    mem_free(a);
    return NULL;
}

static void drop_if_none(struct conn_counts *c, struct address *a)
{
    if (a->count > 0)
        return;
    (void)smap_remove(&c->by_ip, mr_str_of(a->ip));
    mem_free(a);
}

bool conn_counts_in(struct conn_counts *c, const char *ip, uint32_t most)
{
    struct address *a = address_of(c, ip);
    if (a == NULL)
        return true;
    bool ok = a->count < most;
    a->count += ok ? 1 : 0;
    drop_if_none(c, a);
    return ok;
}

void conn_counts_out(struct conn_counts *c, const char *ip)
{
    struct address *a = smap_get(&c->by_ip, mr_str_of(ip));
    if (a == NULL) /* there was no memory to count it */
        return;
    a->count--;
    drop_if_none(c, a);
}

uint32_t conn_counts_of(const struct conn_counts *c, const char *ip)
{
    const struct address *a = smap_get(&c->by_ip, mr_str_of(ip));
    return a != NULL ? a->count : 0;
}

/* ---- by the settings ---- */

uint32_t conn_count_most(const struct config_view *v, const char *ip)
{
    int64_t most = config_int(v, "max.connections.per.ip");
    struct config_list list = config_list(v, "max.connections.per.ip.overrides");
    struct mr_str item;
    while (config_list_next(&list, &item)) {
        const char *colon = item.len > 0 ? memrchr(item.ptr, ':', item.len) : NULL;
        char whose[QUOTA_IP_BYTES];
        int64_t n;
        if (colon == NULL || !quota_ip_text((struct mr_str){item.ptr, (size_t)(colon - item.ptr)}, whose) ||
            strcmp(whose, ip) != 0 ||
            !config_parse_long((struct mr_str){colon + 1, (size_t)(item.ptr + item.len - colon - 1)}, &n))
            continue;
        most = n;
    }
    return most >= INT32_MAX ? UINT32_MAX : (uint32_t)mr_imax(most, 0);
}
