/* Names, links, partitions, listeners. */
#include "tests/sim/lib/net_priv.h"

bool net_is_loopback_name(const char *host)
{
    return strcmp(host, "127.0.0.1") == 0 || strcmp(host, "localhost") == 0 || strcmp(host, "::1") == 0;
}

struct sim_node *net_find(struct sim_node *from, const char *host)
{
    struct world *w = from->w;
    if (host[0] == '\0' || net_is_loopback_name(host))
        return from;
    for (uint32_t i = 0; i < w->node_count; i++) {
        if (strcmp(host, w->node_at[i]->name) == 0 || strcmp(host, w->node_at[i]->address) == 0)
            return w->node_at[i];
    }
    return NULL;
}

bool net_blocked(const struct sim_node *from, const struct sim_node *to)
{
    return from != to && (from->blocked_to >> to->index & 1) != 0;
}

uint64_t net_delay_ns(struct world *w, const struct sim_node *a, const struct sim_node *b)
{
    return span_draw(&w->rng_net, a == b ? w->opt.loopback : w->opt.link);
}

void world_partition(struct world *w, struct sim_node *a, struct sim_node *b, bool on)
{
    MR_ASSERT(a != b);
    trace_world(w, on ? "cut" : "join", a->index, b->index);
    uint64_t bit = UINT64_C(1) << b->index;
    if (on) {
        a->blocked_to |= bit;
        return;
    }
    a->blocked_to &= ~bit;
    LIST_FOR(at, &w->conns)
    {
        struct conn *c = MR_CONTAINER(at, struct conn, link);
        conn_release_held(c, 0);
        conn_release_held(c, 1);
    }
}

void net_heal(struct world *w)
{
    for (uint32_t i = 0; i < w->node_count; i++)
        w->node_at[i]->blocked_to = 0;
    LIST_FOR(at, &w->conns)
    {
        struct conn *c = MR_CONTAINER(at, struct conn, link);
        conn_release_held(c, 0);
        conn_release_held(c, 1);
    }
}

/* What was sent to the machine while it was off arrives, and finds nobody. */
void net_node_boots(struct sim_node *n)
{
    LIST_FOR(at, &n->w->conns)
    {
        struct conn *c = MR_CONTAINER(at, struct conn, link);
        for (uint8_t side = 0; side < 2; side++) {
            if (c->end[side].node == n)
                conn_release_held(c, side);
        }
    }
}

void net_free(struct world *w)
{
    while (!list_empty(&w->conns))
        conn_free(MR_CONTAINER(w->conns.next, struct conn, link));
}

/* ---- ports ---- */

bool net_port_taken(const struct sim_node *n, uint16_t port)
{
    for (unsigned i = 0; i < n->occupied_count; i++) {
        if (n->ports_occupied[i] == port)
            return true;
    }
    return false;
}

void node_occupy_port(struct sim_node *n, uint16_t port, bool on)
{
    for (unsigned i = 0; i < n->occupied_count; i++) {
        if (n->ports_occupied[i] == port)
            n->ports_occupied[i--] = n->ports_occupied[--n->occupied_count];
    }
    if (!on)
        return;
    MR_ASSERT(n->occupied_count < MR_COUNT(n->ports_occupied));
    n->ports_occupied[n->occupied_count++] = port;
}

/* SO_REUSEPORT spreads connections by a hash of addresses and ports: to the program, by chance. */
struct listener *net_listener(struct sim_node *from, struct sim_node *to, uint16_t port)
{
    struct listener *chosen = NULL;
    uint64_t seen = 0;
    LIST_FOR(at, &to->listeners)
    {
        struct listener *l = MR_CONTAINER(at, struct listener, link);
        if (l->port != port || (l->local_only && from != to))
            continue;
        if (rng_below(&to->w->rng_net, ++seen) == 0)
            chosen = l;
    }
    return chosen;
}
