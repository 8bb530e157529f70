#include "bench/consumer.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/mem.h"

enum {
    IN_BYTES = 256 << 10,
    SKIP_BYTES = 8 << 10, /* from here on it is cheaper to let the kernel drop bytes than to copy them */
    SKIP_MAX = 8 << 20,
    PART_BYTES = 48,   /* of a partition in a request */
    SESSION_GONE = 70, /* Kafka's FETCH_SESSION_ID_NOT_FOUND */
};

/* What a consumer knows of a partition. */
struct part {
    int32_t partition;
    int64_t from, next, to; /* to -1: no end */
    bool fresh;             /* the session does not know `next` yet */
};

struct consumer {
    struct loop_watch watch;
    struct consumers *set;
    struct fetch_stream stream;
    struct part *parts;
    uint32_t part_count;
    uint32_t rotate;   /* without a session, the first partition asked for: all get their turn */
    uint32_t *part_of; /* partition -> index in parts */

    int32_t session_id, session_epoch;
    bool waiting; /* for an answer */
    bool caught_up;
    uint32_t correlation;
    uint64_t batches_before;

    struct client_fetch_part *ask;
    uint8_t *out;
    uint32_t out_cap, out_len, out_sent;
    uint8_t *in;
    uint32_t in_len;
};

static void set_fail(struct consumers *c, int err, const char *fmt, ...) MR_PRINTF(3, 4);

static void set_fail(struct consumers *c, int err, const char *fmt, ...)
{
    if (c->failed != 0)
        return;
    c->failed = err;
    va_list args;
    va_start(args, fmt);
    vsnprintf(c->why, sizeof(c->why), fmt, args);
    va_end(args);
}

static void push(struct consumer *conn)
{
    while (conn->out_sent < conn->out_len) {
        ssize_t n = send(conn->watch.fd, conn->out + conn->out_sent, conn->out_len - conn->out_sent,
                         MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0) {
            if (errno != EAGAIN && errno != EINTR)
                set_fail(conn->set, -errno, "sending a fetch: %s", mr_err_text(-errno));
            break;
        }
        conn->out_sent += (uint32_t)n;
    }
    loop_want_write(conn->set->loop, &conn->watch, conn->out_sent < conn->out_len);
}

static bool at_end(const struct part *part)
{
    return part->to >= 0 && part->next >= part->to;
}

static void ask(struct consumer *conn)
{
    struct consumers *c = conn->set;
    const struct bench_options *o = c->o;
    bool session = conn->session_epoch >= 0;
    bool whole = !session || conn->session_epoch == 0;
    uint32_t count = 0;
    for (uint32_t i = 0; i < conn->part_count; i++) {
        uint32_t at = session ? i : (conn->rotate + i) % conn->part_count;
        struct part *part = &conn->parts[at];
        if (at_end(part) || (!whole && !part->fresh))
            continue;
        conn->ask[count++] = (struct client_fetch_part){part->partition, part->next};
        part->fresh = false;
    }
    struct client_fetch fetch = {.wait_ms = (int32_t)o->wait_ms,
                                 .min_bytes = (int32_t)o->min_bytes,
                                 .max_bytes = (int32_t)o->max_bytes,
                                 .partition_max_bytes = (int32_t)o->partition_bytes,
                                 .session_id = conn->session_id,
                                 .session_epoch = conn->session_epoch};
    struct client_writer w = {.ptr = conn->out, .cap = conn->out_cap};
    int err = client_ask_fetch(&w, c->version, ++conn->correlation, "millrace-bench", &fetch, c->topic,
                               conn->ask, count);
    MR_ASSERT(err == 0); /* out_cap was computed for all partitions */
    conn->out_len = (uint32_t)w.len;
    conn->out_sent = 0;
    conn->waiting = true;
    conn->batches_before = c->got.batches;
    push(conn);
}

static struct part *find_part(struct consumer *conn, int32_t partition)
{
    uint32_t partitions = conn->set->topic->partitions;
    uint32_t at = (uint32_t)partition < partitions ? conn->part_of[partition] : UINT32_MAX;
    if (at == UINT32_MAX)
        set_fail(conn->set, -MR_E_CORRUPT, "a fetch answer holds partition %d, which was not asked for",
                 partition);
    return at == UINT32_MAX ? NULL : &conn->parts[at];
}

static void on_part(struct fetch_stream *s, int32_t partition, int16_t error, int64_t high_watermark)
{
    struct consumer *conn = s->owner;
    struct consumers *c = conn->set;
    (void)high_watermark;
    struct part *part = find_part(conn, partition);
    if (part == NULL)
        return;
    if (error != 0) {
        c->errors++;
        c->error = c->error == 0 ? error : c->error;
        part->fresh = true;
    }
    conn->rotate = (uint32_t)(part - conn->parts) + 1;
}

static void on_batch(struct fetch_stream *s, int32_t partition, const struct stamped_info *info)
{
    struct consumer *conn = s->owner;
    struct consumers *c = conn->set;
    struct part *part = find_part(conn, partition);
    if (part == NULL)
        return;
    int64_t last = info->base_offset + info->last_delta;
    if (last < part->next)
        return; /* wholly before what was asked for */
    if (info->base_offset > part->next)
        c->gaps += (uint64_t)(info->base_offset - part->next);
    part->next = last + 1;
    part->fresh = true;
    c->got.batches++;
    c->got.records += (uint64_t)info->records;
    c->got.bytes += info->bytes;
    if (info->stamped && info->intended_ns >= c->window_from && info->intended_ns < c->window_to) {
        uint64_t now = loop_now();
        c->window_batches++;
        hist_add(&c->age, now > info->intended_ns ? now - info->intended_ns : 0);
    }
}

static bool all_at_end(const struct consumer *conn)
{
    for (uint32_t i = 0; i < conn->part_count; i++) {
        if (!at_end(&conn->parts[i]))
            return false;
    }
    return true;
}

static void on_end(struct fetch_stream *s)
{
    struct consumer *conn = s->owner;
    struct consumers *c = conn->set;
    if (!conn->waiting || s->correlation != conn->correlation) {
        set_fail(c, -MR_E_CORRUPT, "a fetch answer that nobody asked for");
        return;
    }
    if (s->error == SESSION_GONE && conn->session_epoch > 0) { /* evicted: a broker keeps only so many */
        conn->session_id = conn->session_epoch = 0;
        conn->waiting = false;
        if (c->asking)
            ask(conn);
        return;
    }
    if (s->error != 0) {
        set_fail(c, -EPROTO, "Fetch: the broker answers error %d", s->error);
        return;
    }
    conn->waiting = false;
    c->got.answers++;
    c->got.empty += c->got.batches == conn->batches_before;
    if (conn->session_epoch >= 0) {
        if (s->session_id == 0) { /* none to be had: their number is limited */
            conn->session_epoch = -1;
        } else {
            conn->session_id = s->session_id;
            conn->session_epoch = conn->session_epoch == INT32_MAX ? 1 : conn->session_epoch + 1;
        }
    }
    if (c->catching > 0 && !conn->caught_up && all_at_end(conn)) {
        conn->caught_up = true;
        c->catching--;
    }
    if (c->asking && !conn->caught_up)
        ask(conn);
}

static const struct fetch_events fetch_events = {on_part, on_batch, on_end};

/* One read, or one discard. False when there is no more for now. */
static bool read_some(struct consumer *conn)
{
    struct consumers *c = conn->set;
    uint32_t skip = fetch_stream_skippable(&conn->stream);
    bool drop = conn->in_len == 0 && skip >= SKIP_BYTES;
    size_t room = drop ? mr_min(skip, SKIP_MAX) : IN_BYTES - conn->in_len;
    ssize_t n = drop ? recv(conn->watch.fd, NULL, room, MSG_DONTWAIT | MSG_TRUNC)
                     : recv(conn->watch.fd, conn->in + conn->in_len, room, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n <= 0) {
        set_fail(c, n == 0 ? -ECONNRESET : -errno, "the broker closed a fetching connection");
        return false;
    }
    if (drop) {
        fetch_stream_skipped(&conn->stream, (uint32_t)n);
        return (size_t)n == room;
    }
    conn->in_len += (uint32_t)n;
    int64_t used = fetch_stream_feed(&conn->stream, conn->in, conn->in_len);
    if (used < 0) {
        set_fail(c, (int)used, "a malformed answer to Fetch, or a batch with a wrong checksum");
        return false;
    }
    memmove(conn->in, conn->in + used, conn->in_len - (uint32_t)used);
    conn->in_len -= (uint32_t)used;
    return (size_t)n == room || fetch_stream_skippable(&conn->stream) >= SKIP_BYTES;
}

static void consumer_ready(struct loop_watch *w, uint32_t events)
{
    struct consumer *conn = MR_CONTAINER(w, struct consumer, watch);
    if ((events & EPOLLOUT) != 0 && conn->set->failed == 0)
        push(conn);
    if ((events & ~(uint32_t)EPOLLOUT) == 0)
        return;
    for (unsigned reads = 0; reads < 16 && conn->set->failed == 0;
         reads++) { /* then the others have a turn */
        if (!read_some(conn))
            break;
    }
}

static int consumer_init(struct consumer *conn, struct consumers *c, uint32_t index, const int64_t *from,
                         const int64_t *to)
{
    uint32_t partitions = c->topic->partitions, step = c->o->split != 0 ? c->count : 1;
    uint32_t first = c->o->split != 0 ? index : 0;
    conn->set = c;
    conn->watch = (struct loop_watch){.ready = consumer_ready, .fd = -1};
    conn->stream = (struct fetch_stream){.events = &fetch_events,
                                         .owner = conn,
                                         .version = c->version,
                                         .verify = c->o->verify != 0};
    conn->session_epoch = to == NULL && c->o->session != 0 ? 0 : -1;
    conn->out_cap = 1024 + partitions * PART_BYTES;
    conn->parts = mem_zalloc(partitions, sizeof(*conn->parts));
    conn->ask = mem_zalloc(partitions, sizeof(*conn->ask));
    conn->part_of = mem_alloc(partitions * sizeof(*conn->part_of));
    conn->out = mem_alloc(conn->out_cap);
    conn->in = mem_alloc(IN_BYTES);
    if (conn->parts == NULL || conn->ask == NULL || conn->part_of == NULL || conn->out == NULL ||
        conn->in == NULL)
        return -ENOMEM;
    memset(conn->part_of, 0xff, partitions * sizeof(*conn->part_of));
    for (uint32_t p = first; p < partitions; p += step) {
        conn->part_of[p] = conn->part_count;
        conn->parts[conn->part_count++] = (struct part){.partition = (int32_t)p,
                                                        .from = from[p],
                                                        .next = from[p],
                                                        .to = to == NULL ? -1 : to[p]};
    }
    conn->watch.fd = loop_connect(c->o->host, (int)c->o->port);
    if (conn->watch.fd < 0)
        return conn->watch.fd;
    int err = loop_nonblocking(conn->watch.fd);
    return err != 0 ? err : loop_add(c->loop, &conn->watch);
}

int consumers_init(struct consumers *c, struct loop *loop, const struct bench_options *o,
                   const struct client_topic *topic, int version, const int64_t *from, const int64_t *to)
{
    *c = (struct consumers){.loop = loop,
                            .o = o,
                            .topic = topic,
                            .version = version,
                            .window_from = UINT64_MAX,
                            .window_to = UINT64_MAX,
                            .count = (uint32_t)o->consumers};
    if (o->split != 0 && c->count > topic->partitions) {
        set_fail(c, -EINVAL, "split=1: there are more consumers than partitions");
        return -EINVAL;
    }
    c->conns = mem_zalloc(c->count, sizeof(*c->conns));
    int err = c->conns == NULL ? -ENOMEM : 0;
    for (uint32_t i = 0; i < c->count && err == 0; i++)
        c->conns[i].watch.fd = -1;
    for (uint32_t i = 0; i < c->count && err == 0; i++)
        err = consumer_init(&c->conns[i], c, i, from, to);
    if (err != 0)
        set_fail(c, err, "setting up consumers: %s", mr_err_text(err));
    return err;
}

void consumers_done(struct consumers *c)
{
    for (uint32_t i = 0; i < c->count && c->conns != NULL; i++) {
        struct consumer *conn = &c->conns[i];
        if (conn->watch.fd >= 0)
            close(conn->watch.fd);
        mem_free(conn->parts);
        mem_free(conn->ask);
        mem_free(conn->part_of);
        mem_free(conn->out);
        mem_free(conn->in);
    }
    mem_free(c->conns);
}

void consumers_start(struct consumers *c)
{
    c->asking = true;
    for (uint32_t i = 0; i < c->count; i++) {
        struct consumer *conn = &c->conns[i];
        bool bounded = conn->part_count > 0 && conn->parts[0].to >= 0;
        for (uint32_t k = 0; k < conn->part_count && bounded; k++)
            conn->parts[k].next = conn->parts[k].from;
        conn->caught_up = bounded && all_at_end(conn);
        c->catching += bounded && !conn->caught_up;
    }
    for (uint32_t i = 0; i < c->count; i++) {
        if (!c->conns[i].caught_up && !c->conns[i].waiting)
            ask(&c->conns[i]);
    }
}

void consumers_stop(struct consumers *c)
{
    c->asking = false;
}

uint32_t consumers_readers(const struct consumers *c)
{
    return c->o->split != 0 ? 1 : c->count;
}
