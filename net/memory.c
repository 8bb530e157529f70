#include "net/memory.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/conn.h"

enum {
    TICK_MS = 500,
    SLOW_BYTES = 64 * 1024, /* who has taken so much in slow_ns_max is not slow */
    LARGE_MS_MAX = 1000,    /* of silence, from the one whose frame passes the bound */
    RESUMES_A_TURN = 64,
    FAILURES_A_TURN = 4, /* of the same: those who found too little room again */
};

/* Another shard's connections hold what our fetches read: it is asked to look for slow ones, and the message
 * comes back. */
struct net_hint {
    struct mr_msg msg;
    struct net_shard *from;
    bool out;
};

static void wake_run(struct mr_work *w);
static void short_fired(struct mr_timer *t);

int net_memory_new(struct net_shard *n)
{
    list_init(&n->stalled);
    list_init(&n->chunkless);
    list_init(&n->readers);
    work_init(&n->wake, wake_run);
    timer_init(&n->short_timer, short_fired);
    n->hints = mem_zalloc(n->shard->count, sizeof(*n->hints));
    return n->hints == NULL ? -ENOMEM : 0;
}

bool net_memory_quiet(const struct net_shard *n)
{
    return n->hints_out == 0;
}

void net_memory_done(struct net_shard *n)
{
    MR_ASSERT(net_memory_quiet(n));
    shard_timer_cancel(n->shard, &n->short_timer);
    list_remove(&n->wake.link);
    mem_free(n->hints);
}

/* ---- shortage ---- */

static bool connections_short(const struct net_shard *n)
{
    return net_memory_full(n) || (n->large != NULL && !list_empty(&n->stalled));
}

/* Reads get small well before they have to wait. */
static bool reads_short(const struct net_shard *n)
{
    return n->read_bytes >= n->limits.read_bytes_max / 4 * 3;
}

static void watch(struct net_shard *n)
{
    if (!timer_armed(&n->short_timer) && (net_memory_full(n) || n->large != NULL || reads_short(n)))
        shard_timer(n->shard, &n->short_timer, TICK_MS * 1000000ull);
}

/* Look at those whose peer may not move. Those who have not for long go, the slowest first, until want bytes
 * come back. */
static void close_slow_readers(struct net_shard *n, uint64_t want)
{
    uint64_t now_ns = shard_now_ns(n->shard), slow_ns = n->limits.slow_ns_max;
    const struct conn_probe probe = {.why = "memory is short, and its peer does not read what it asked for",
                                     .bytes_min = SLOW_BYTES / CONN_PROBES,
                                     .patience_ns = slow_ns,
                                     .want = &n->slow_want};
    n->slow_want = want;
    LIST_FOR_SAFE(node, tmp, &n->sending)
    {
        struct mr_conn *c = MR_CONTAINER(node, struct mr_conn, send_link);
        if (c->sent_ns + slow_ns / CONN_PROBES > now_ns)
            return;
        conn_look(c, &probe);
    }
}

/* Only those that we read from: who has to wait for memory is not slow. The one that all others wait for has
 * less time. */
static void close_slow_writers(struct net_shard *n, uint64_t want)
{
    static const char why[] = "memory is short, and its peer does not send what it announced";
    uint64_t now_ns = shard_now_ns(n->shard), bytes = 0;
    struct mr_conn *large = n->large;
    if (large != NULL && conn_waits_for_frame(large) &&
        large->active_ns + LARGE_MS_MAX * 1000000ull <= now_ns)
        bytes += conn_close_slow(large, why);
    LIST_FOR_SAFE(node, tmp, &n->conns)
    {
        struct mr_conn *c = MR_CONTAINER(node, struct mr_conn, link);
        if (bytes >= want || c->active_ns + n->limits.slow_ns_max > now_ns)
            break;
        if (conn_waits_for_frame(c) && c->frame->cap > CONN_FRAME_BYTES_FREE)
            bytes += conn_close_slow(c, why);
    }
}

static void hint_back(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct net_hint *h = MR_CONTAINER(msg, struct net_hint, msg);
    h->out = false;
    h->from->hints_out--;
}

static void hint_arrived(struct mr_shard *at, struct mr_msg *msg)
{
    struct net_hint *h = MR_CONTAINER(msg, struct net_hint, msg);
    struct net_shard *n = net_of(at);
    if (n != NULL)
        close_slow_readers(n, n->limits.read_bytes_max / 4);
    msg->run = hint_back;
    shard_send(at, h->from->shard->id, msg);
}

static void ask_others(struct net_shard *n)
{
    for (uint32_t i = 0; i < n->shard->count; i++) {
        struct net_hint *h = &n->hints[i];
        if (i == n->shard->id || h->out)
            continue;
        h->out = true;
        h->from = n;
        n->hints_out++;
        h->msg.run = hint_arrived;
        shard_send(n->shard, i, &h->msg);
    }
}

static void short_fired(struct mr_timer *t)
{
    struct net_shard *n = MR_CONTAINER(t, struct net_shard, short_timer);
    if (n->stopping)
        return;
    bool connections = connections_short(n), reads = reads_short(n);
    if (connections || reads)
        close_slow_readers(n, n->limits.memory_bytes_max / 4);
    if (connections)
        close_slow_writers(n, n->limits.memory_bytes_max / 4);
    if (reads)
        ask_others(n);
    if (!net_memory_full(n) && list_empty(&n->stalled))
        n->large = NULL; /* it fits now */
    watch(n);
}

/* ---- those who wait ---- */

static bool someone_waits(const struct net_shard *n)
{
    return !list_empty(&n->stalled) || !list_empty(&n->chunkless) || !list_empty(&n->readers);
}

static void wake_later(struct net_shard *n)
{
    if (someone_waits(n))
        shard_ready(n->shard, &n->wake);
}

static bool room(const struct net_shard *n)
{
    return !net_memory_full(n) || n->large == NULL;
}

static void resume_stalled(struct net_shard *n)
{
    for (uint32_t all = 0, failed = 0; all < RESUMES_A_TURN && failed < FAILURES_A_TURN; all++) {
        if (list_empty(&n->stalled) || !room(n))
            return;
        struct mr_conn *c = MR_CONTAINER(list_pop(&n->stalled), struct mr_conn, stall_link);
        conn_resume(c);
        failed += !list_empty(&c->stall_link);
        if (all + 1 == RESUMES_A_TURN)
            wake_later(n);
    } /* too little room: what is given back next tries again */
}

/* In a turn of its own: what a connection gives back may let others go on, and theirs yet others. */
static void wake_run(struct mr_work *w)
{
    struct net_shard *n = MR_CONTAINER(w, struct net_shard, wake);
    for (uint32_t i = 0; i < FAILURES_A_TURN && !list_empty(&n->chunkless); i++)
        conn_resume(MR_CONTAINER(list_pop(&n->chunkless), struct mr_conn, stall_link));
    resume_stalled(n);
    if (!list_empty(&n->readers) && n->read_bytes < n->limits.read_bytes_max) {
        shard_ready(n->shard, MR_CONTAINER(list_pop(&n->readers), struct mr_work, link));
        if (!list_empty(&n->readers))
            shard_ready(n->shard, &n->wake); /* behind what that one takes */
    }
}

/* ---- connections ---- */

void net_charge(struct net_shard *n, uint64_t bytes)
{
    n->memory_bytes += bytes;
    watch(n);
}

void net_release(struct net_shard *n, uint64_t bytes)
{
    MR_ASSERT(n->memory_bytes >= bytes);
    n->memory_bytes -= bytes;
    if (bytes > 0 && !net_memory_full(n) && !list_empty(&n->stalled))
        wake_later(n);
}

bool net_frame_may_grow(struct net_shard *n, struct mr_conn *c, uint64_t bytes)
{
    if (n->large == c || n->memory_bytes + bytes <= n->limits.memory_bytes_max)
        return true;
    if (n->large != NULL)
        return false;
    n->large = c;
    watch(n);
    return true;
}

void net_frame_end(struct net_shard *n, struct mr_conn *c)
{
    if (n->large != c)
        return;
    n->large = NULL;
    wake_later(n);
}

static void wait_in(struct mr_list *line, struct mr_conn *c)
{
    if (list_empty(&c->stall_link))
        list_push(line, &c->stall_link);
}

void net_wait_memory(struct net_shard *n, struct mr_conn *c)
{
    wait_in(&n->stalled, c);
}

void net_wait_chunk(struct net_shard *n, struct mr_conn *c)
{
    wait_in(&n->chunkless, c);
}

void net_chunk_back(struct net_shard *n)
{
    if (!list_empty(&n->chunkless))
        wake_later(n);
}

/* ---- reads ---- */

uint32_t net_read_grant(struct net_shard *n, bool waited)
{
    if (n == NULL)
        return UINT32_MAX;
    if (n->read_bytes >= n->limits.read_bytes_max || (!waited && !list_empty(&n->readers)))
        return 0;
    return (uint32_t)mr_min(mr_max((n->limits.read_bytes_max - n->read_bytes) / 4, 1), UINT32_MAX);
}

void net_read_charge(struct net_shard *n, uint64_t bytes)
{
    if (n == NULL)
        return;
    n->read_bytes += bytes;
    watch(n);
}

void net_read_release(struct net_shard *n, uint64_t bytes)
{
    if (n == NULL || bytes == 0)
        return;
    MR_ASSERT(n->read_bytes >= bytes);
    n->read_bytes -= bytes;
    if (!list_empty(&n->readers) && n->read_bytes < n->limits.read_bytes_max)
        wake_later(n);
}

void net_read_wait(struct net_shard *n, struct mr_work *w)
{
    MR_ASSERT(n != NULL && !work_queued(w));
    list_push(&n->readers, &w->link);
    if (n->read_bytes < n->limits.read_bytes_max)
        wake_later(n); /* it is behind others only */
}
