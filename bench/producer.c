#include "bench/producer.h"

#include <stdarg.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "core/mem.h"

enum {
    IN_BYTES = 64 << 10, /* answers: some 40 bytes a batch */
    LAYOUT_MAX = 512 + OPTION_BATCHES_MAX * (STAMPED_HEAD_MAX + 16),
    IOV_MAX_ONCE = 512,
    ENVELOPE_POS_CORRELATION = 8,
};

/* A request that was sent, or is being sent. */
struct slot {
    uint8_t *bytes; /* of the set's layout_len */
    uint64_t due_ns, sent_ns;
    bool measured;
};

struct producer {
    struct loop_watch watch;
    struct producers *set;
    struct schedule schedule;
    uint64_t due_ns;  /* of the next request */
    uint64_t room_ns; /* when the last wait for a slot ended */
    bool blocked;     /* every slot is in use */

    struct slot *slots;
    uint32_t answered, sent, filled; /* counts since the start; slot = count % inflight */
    size_t sent_bytes;               /* of the request number `sent` */

    int32_t *own;      /* partitions */
    int32_t *sequence; /* next of each */
    uint32_t own_count, own_next;
    int64_t producer_id;
    int16_t producer_epoch;

    uint8_t *in;
    uint32_t in_len;
};

static void set_fail(struct producers *p, int err, const char *fmt, ...) MR_PRINTF(3, 4);

static void set_fail(struct producers *p, int err, const char *fmt, ...)
{
    if (p->failed != 0)
        return;
    p->failed = err;
    va_list args;
    va_start(args, fmt);
    vsnprintf(p->why, sizeof(p->why), fmt, args);
    va_end(args);
}

/* The heap: parents are never due after their children. */

static void due_sift(struct producers *p, uint32_t at)
{
    struct producer *conn = p->due[at];
    for (;;) {
        uint32_t child = 2 * at + 1;
        if (child >= p->due_count)
            break;
        if (child + 1 < p->due_count && p->due[child + 1]->due_ns < p->due[child]->due_ns)
            child++;
        if (conn->due_ns <= p->due[child]->due_ns)
            break;
        p->due[at] = p->due[child];
        at = child;
    }
    p->due[at] = conn;
}

static void due_add(struct producers *p, struct producer *conn)
{
    MR_ASSERT(p->due_count < p->count);
    uint32_t at = p->due_count++;
    while (at > 0 && p->due[(at - 1) / 2]->due_ns > conn->due_ns) {
        p->due[at] = p->due[(at - 1) / 2];
        at = (at - 1) / 2;
    }
    p->due[at] = conn;
}

static void due_drop_first(struct producers *p)
{
    p->due[0] = p->due[--p->due_count];
    if (p->due_count > 0)
        due_sift(p, 0);
}

/* Requests. A slot's bytes are all of the request except the batch tails:
 *   envelope, partition 0, head 0 | tail | tags, partition 1, head 1 | tail | ... | tags of all that is open
 */

static int layout(struct producers *p, uint8_t *bytes)
{
    const struct bench_options *o = p->o;
    struct client_writer w = {.ptr = bytes, .cap = LAYOUT_MAX};
    client_begin(&w, CLIENT_PRODUCE, p->version, 0, "millrace-bench");
    client_put_text(&w, (struct mr_str){NULL, 0}); /* no transaction */
    client_put16(&w, (uint16_t)o->acks);
    client_put32(&w, (uint32_t)(o->timeout_s * 1000));
    client_put_uvarint(&w, 2);
    client_put_topic(&w, p->topic, p->version);
    client_put_uvarint(&w, (uint64_t)o->batches + 1);
    for (int64_t i = 0; i < o->batches; i++) {
        p->part_pos[i] = (uint32_t)w.len;
        client_put32(&w, 0);
        client_put_uvarint(&w, stamped_bytes(&p->batch) + 1);
        p->head_pos[i] = (uint32_t)w.len;
        client_put_bytes(&w, p->batch.head, p->batch.head_len);
        client_put_uvarint(&w, 0); /* behind the tail: end of the partition */
    }
    client_put_uvarint(&w, 0);
    client_put_uvarint(&w, 0);
    int err = client_end(&w, 0);
    uint64_t whole = w.len + (uint64_t)o->batches * p->batch.tail_len;
    if (err != 0 || whole > INT32_MAX)
        return -MR_E_LIMIT;
    mr_put32(bytes, (uint32_t)(whole - 4));
    p->layout_len = (uint32_t)w.len;
    return 0;
}

static bool has_room(const struct producer *conn)
{
    return conn->filled - conn->answered < (uint32_t)conn->set->o->inflight;
}

static void fill(struct producer *conn, uint64_t now)
{
    struct producers *p = conn->set;
    struct slot *slot = &conn->slots[conn->filled % (uint32_t)p->o->inflight];
    slot->due_ns = p->open ? conn->due_ns : now;
    slot->sent_ns = now;
    slot->measured = slot->due_ns >= p->window_from && slot->due_ns < p->window_to;
    mr_put32(slot->bytes + ENVELOPE_POS_CORRELATION, conn->filled);

    struct stamped_patch patch = {.timestamp_ms = ((int64_t)now + p->wall_offset_ns) / 1000000,
                                  .producer_id = conn->producer_id,
                                  .producer_epoch = conn->producer_epoch,
                                  .sequence = -1,
                                  .intended_ns = slot->due_ns};
    for (int64_t i = 0; i < p->o->batches; i++) {
        uint32_t own = conn->own_next;
        conn->own_next = own + 1 == conn->own_count ? 0 : own + 1;
        if (conn->producer_id >= 0) { /* wraps to 0 behind the largest int32 */
            patch.sequence = conn->sequence[own];
            conn->sequence[own] = (int32_t)(((int64_t)patch.sequence + p->o->records) & INT32_MAX);
        }
        patch.number = p->number++;
        mr_put32(slot->bytes + p->part_pos[i], (uint32_t)conn->own[own]);
        stamped_patch(&p->batch, slot->bytes + p->head_pos[i], &patch);
    }

    conn->filled++;
    p->sent.requests++;
    p->sent.batches += (uint64_t)p->o->batches;
    p->sent.records += (uint64_t)(p->o->batches * p->o->records);
    p->sent.payload_bytes += (uint64_t)p->o->batches * p->batch.payload_bytes;
    p->sent.bytes += (uint64_t)p->o->batches * stamped_bytes(&p->batch);
    if (slot->measured) {
        p->window_out++;
        p->window_sent++;
        p->window_blocked += p->open && conn->room_ns > slot->due_ns;
        if (p->open)
            hist_add(&p->lag, now - mr_max(slot->due_ns, conn->room_ns));
    }
}

static void count_acked(struct producers *p, const struct slot *slot, uint32_t batches, uint64_t now)
{
    p->acked.requests++;
    p->acked.batches += batches;
    p->acked.records += (uint64_t)batches * (uint64_t)p->o->records;
    p->acked.payload_bytes += batches * p->batch.payload_bytes;
    p->acked.bytes += batches * stamped_bytes(&p->batch);
    if (!slot->measured)
        return;
    p->window_out--;
    p->window_batches_acked += batches;
    hist_add(&p->ack, now - slot->due_ns);
    hist_add(&p->service, now - slot->sent_ns);
    if (p->trace != NULL)
        fprintf(p->trace, "%.3f %.1f\n", (double)((int64_t)slot->due_ns + p->wall_offset_ns) / 1e6,
                (double)(now - slot->due_ns) / 1e3);
}

/* Puts what is left of request `slot` behind `skip` bytes into iov; returns how many entries. */
static int slot_iov(struct producers *p, struct slot *slot, size_t skip, struct iovec *iov)
{
    int count = 0;
    uint32_t from = 0;
    int64_t batches = p->o->batches;
    for (int64_t i = 0; i <= batches; i++) {
        uint32_t to = i < batches ? p->head_pos[i] + p->batch.head_len : p->layout_len;
        iov[count++] = (struct iovec){slot->bytes + from, to - from};
        if (i < batches && p->batch.tail_len > 0)
            iov[count++] = (struct iovec){p->batch.tail, p->batch.tail_len};
        from = to;
    }
    int first = 0;
    while (skip >= iov[first].iov_len && first < count - 1) {
        skip -= iov[first].iov_len;
        first++;
    }
    MR_ASSERT(skip < iov[first].iov_len);
    iov[first].iov_base = (uint8_t *)iov[first].iov_base + skip;
    iov[first].iov_len -= skip;
    memmove(iov, iov + first, (size_t)(count - first) * sizeof(*iov));
    return count - first;
}

static size_t request_bytes(const struct producers *p)
{
    return p->layout_len + (size_t)p->o->batches * p->batch.tail_len;
}

/* The kernel took `bytes` more: which requests are now sent as a whole? */
static void sent_more(struct producer *conn, size_t bytes)
{
    struct producers *p = conn->set;
    size_t whole = request_bytes(p);
    conn->sent_bytes += bytes;
    while (conn->sent_bytes >= whole) {
        conn->sent_bytes -= whole;
        conn->sent++;
        if (p->o->acks == 0) { /* nobody answers: it is done when the kernel has it */
            count_acked(p, &conn->slots[conn->answered % (uint32_t)p->o->inflight], (uint32_t)p->o->batches,
                        loop_now());
            conn->answered++;
        }
    }
}

/* Sends what is filled until the socket takes no more. */
static void flush(struct producer *conn)
{
    struct producers *p = conn->set;
    int per_request = 2 * (int)p->o->batches + 1;
    while (conn->sent != conn->filled && p->failed == 0) {
        struct iovec iov[IOV_MAX_ONCE];
        int count = 0;
        size_t skip = conn->sent_bytes, asked = 0;
        for (uint32_t i = conn->sent; i != conn->filled && count + per_request <= IOV_MAX_ONCE; i++, skip = 0)
            count += slot_iov(p, &conn->slots[i % (uint32_t)p->o->inflight], skip, iov + count);
        for (int i = 0; i < count; i++)
            asked += iov[i].iov_len;
        struct msghdr msg = {.msg_iov = iov, .msg_iovlen = (size_t)count};
        ssize_t n = sendmsg(conn->watch.fd, &msg, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno != EAGAIN && errno != EINTR)
            set_fail(p, -errno, "sending: %s", mr_err_text(-errno));
        if (n > 0)
            sent_more(conn, (size_t)n);
        if (n < (ssize_t)asked)
            break;
    }
    loop_want_write(p->loop, &conn->watch, conn->sent != conn->filled);
}

static bool budget_left(const struct producers *p)
{
    return p->o->bytes_max == 0 || p->sent.payload_bytes < (uint64_t)p->o->bytes_max;
}

/* Fills what is due, as far as there are slots. */
static void fill_due(struct producer *conn, uint64_t now)
{
    struct producers *p = conn->set;
    while (p->issuing && budget_left(p) && has_room(conn) && (!p->open || conn->due_ns <= now)) {
        fill(conn, loop_now());
        if (p->open)
            conn->due_ns = schedule_next(&conn->schedule);
    }
    if (!has_room(conn))
        conn->blocked = true;
}

/* A slot became free. */
static void unblock(struct producer *conn, uint64_t now)
{
    struct producers *p = conn->set;
    if (conn->blocked) {
        conn->blocked = false;
        conn->room_ns = now;
        if (p->open)
            due_add(p, conn);
    }
    if (!p->open) {
        fill_due(conn, now);
        flush(conn);
    }
}

/* Closed loop, and nobody answers: go on wherever the kernel took everything. */
static uint64_t pour(struct producers *p)
{
    uint64_t next = UINT64_MAX;
    for (uint32_t i = 0; i < p->count; i++) {
        struct producer *conn = &p->conns[i];
        if (conn->watch.writing)
            continue;
        fill_due(conn, 0);
        flush(conn);
        if (!conn->watch.writing && budget_left(p))
            next = 0;
    }
    return next;
}

uint64_t producers_turn(struct producers *p)
{
    if (!p->issuing)
        return UINT64_MAX;
    if (!p->open)
        return p->o->acks == 0 ? pour(p) : UINT64_MAX;
    while (p->due_count > 0) {
        uint64_t now = loop_now();
        struct producer *conn = p->due[0];
        if (conn->due_ns > now)
            return conn->due_ns;
        if (!budget_left(p))
            return UINT64_MAX;
        fill_due(conn, now);
        if (conn->blocked)
            due_drop_first(p);
        else
            due_sift(p, 0);
        flush(conn);
        if (conn->blocked && has_room(conn)) /* acks=0: the kernel took them all */
            unblock(conn, loop_now());
    }
    return UINT64_MAX;
}

/* Answers. */

static int take_answer(struct producer *conn, struct mr_slice frame, uint64_t now)
{
    struct producers *p = conn->set;
    if (conn->answered == conn->sent)
        return -MR_E_CORRUPT; /* nobody asked */
    struct client_reader r;
    struct client_produced result;
    int err = client_answer(&r, frame, CLIENT_PRODUCE, conn->answered);
    if (err == 0)
        err = client_read_produced(&r, p->version, &result);
    if (err != 0 || result.partitions != (uint32_t)p->o->batches)
        return -MR_E_CORRUPT;
    if (result.failed > 0) {
        unsigned code = (unsigned)(result.error + 1);
        p->errors[code < PRODUCER_ERRORS_MAX ? code : 0] += result.failed;
    }
    count_acked(p, &conn->slots[conn->answered % (uint32_t)p->o->inflight], result.partitions - result.failed,
                now);
    conn->answered++;
    return 0;
}

static void read_answers(struct producer *conn)
{
    struct producers *p = conn->set;
    ssize_t n = recv(conn->watch.fd, conn->in + conn->in_len, IN_BYTES - conn->in_len, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0) {
        set_fail(p, n == 0 ? -ECONNRESET : -errno,
                 "the broker closed a connection with %u requests unanswered", conn->filled - conn->answered);
        return;
    }
    uint64_t now = loop_now();
    conn->in_len += (uint32_t)n;
    uint32_t at = 0;
    while (conn->in_len - at >= 4) {
        uint32_t bytes = mr_get32(conn->in + at);
        if (bytes > IN_BYTES - 4) {
            set_fail(p, -MR_E_LIMIT, "an answer of %u bytes", bytes);
            return;
        }
        if (conn->in_len - at - 4 < bytes)
            break;
        if (take_answer(conn, (struct mr_slice){conn->in + at + 4, bytes}, now) != 0) {
            set_fail(p, -MR_E_CORRUPT, "a malformed answer to Produce");
            return;
        }
        at += 4 + bytes;
    }
    memmove(conn->in, conn->in + at, conn->in_len - at);
    conn->in_len -= at;
    if (at > 0)
        unblock(conn, now);
}

static void producer_ready(struct loop_watch *w, uint32_t events)
{
    struct producer *conn = MR_CONTAINER(w, struct producer, watch);
    if (conn->set->failed != 0)
        return;
    if ((events & ~(uint32_t)EPOLLOUT) != 0)
        read_answers(conn);
    if ((events & EPOLLOUT) != 0) {
        flush(conn);
        if (conn->set->open && conn->blocked && has_room(conn))
            unblock(conn, loop_now());
    }
}

/* Set-up. Connection c of n owns the partitions c, c+n, c+2n, ...; with more connections than partitions,
 * partition c modulo their number. */
static int take_partitions(struct producer *conn, uint32_t index)
{
    struct producers *p = conn->set;
    uint32_t partitions = p->topic->partitions;
    uint32_t count = index < partitions ? (partitions - index + p->count - 1) / p->count : 1;
    conn->own = mem_zalloc(count, sizeof(*conn->own));
    conn->sequence = mem_zalloc(count, sizeof(*conn->sequence));
    if (conn->own == NULL || conn->sequence == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < count; i++)
        conn->own[i] = (int32_t)((index + i * p->count) % partitions);
    conn->own_count = count;
    if ((uint64_t)p->o->batches > count) {
        set_fail(p, -EINVAL, "batches=%lld: a connection has only %u partitions", (long long)p->o->batches,
                 count);
        return -EINVAL;
    }
    return 0;
}

static int producer_init(struct producer *conn, struct producers *p, struct control *c, uint32_t index)
{
    conn->set = p;
    conn->watch = (struct loop_watch){.ready = producer_ready, .fd = -1};
    conn->producer_id = conn->producer_epoch = -1;
    int err = take_partitions(conn, index);
    if (err != 0)
        return err;
    if (p->o->idempotent != 0) {
        err = control_producer_id(c, &conn->producer_id, &conn->producer_epoch);
        if (err != 0) {
            set_fail(p, err, "%s", c->why);
            return err;
        }
    }
    uint32_t inflight = (uint32_t)p->o->inflight;
    conn->in = mem_alloc(IN_BYTES);
    conn->slots = mem_zalloc(inflight, sizeof(*conn->slots));
    uint8_t *bytes = mem_alloc((size_t)inflight * p->layout_len);
    if (conn->slots != NULL)
        conn->slots[0].bytes = bytes;
    if (conn->in == NULL || conn->slots == NULL || bytes == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < inflight; i++) {
        conn->slots[i].bytes = bytes + (size_t)i * p->layout_len;
        uint8_t scratch[LAYOUT_MAX];
        err = layout(p, scratch);
        if (err != 0)
            return err;
        memcpy(conn->slots[i].bytes, scratch, p->layout_len);
    }
    conn->watch.fd = loop_connect(p->o->host, (int)p->o->port);
    if (conn->watch.fd < 0)
        return conn->watch.fd;
    err = loop_nonblocking(conn->watch.fd);
    return err != 0 ? err : loop_add(p->loop, &conn->watch);
}

int producers_init(struct producers *p, struct loop *loop, const struct bench_options *o, struct control *c,
                   const struct client_topic *topic, int version)
{
    struct timespec wall;
    clock_gettime(CLOCK_REALTIME, &wall);
    *p = (struct producers){.loop = loop,
                            .o = o,
                            .topic = topic,
                            .version = version,
                            .open = o->rate > 0,
                            .window_from = UINT64_MAX,
                            .window_to = UINT64_MAX,
                            .count = (uint32_t)o->connections};
    p->wall_offset_ns = wall.tv_sec * 1000000000ll + wall.tv_nsec - (int64_t)loop_now();
    p->conns = mem_zalloc(p->count, sizeof(*p->conns));
    p->due = mem_zalloc(p->count, sizeof(struct producer *));
    int err = p->conns == NULL || p->due == NULL ? -ENOMEM : 0;
    if (err == 0 && o->trace[0] != '\0') {
        p->trace = fopen(o->trace, "w");
        err = p->trace == NULL ? -errno : 0;
    }
    if (err == 0)
        err = stamped_init(&p->batch, (uint32_t)o->records, (uint32_t)o->record_bytes, (uint64_t)o->seed);
    uint8_t scratch[LAYOUT_MAX];
    if (err == 0)
        err = layout(p, scratch);
    for (uint32_t i = 0; i < p->count && p->conns != NULL; i++)
        p->conns[i].watch.fd = -1;
    for (uint32_t i = 0; i < p->count && err == 0; i++)
        err = producer_init(&p->conns[i], p, c, i);
    if (err != 0)
        set_fail(p, err, "setting up producers: %s", mr_err_text(err));
    return err;
}

void producers_done(struct producers *p)
{
    for (uint32_t i = 0; i < p->count && p->conns != NULL; i++) {
        struct producer *conn = &p->conns[i];
        if (conn->watch.fd >= 0)
            close(conn->watch.fd);
        if (conn->slots != NULL)
            mem_free(conn->slots[0].bytes);
        mem_free(conn->slots);
        mem_free(conn->own);
        mem_free(conn->sequence);
        mem_free(conn->in);
    }
    if (p->trace != NULL)
        (void)fclose(p->trace);
    mem_free(p->conns);
    mem_free(p->due);
    stamped_done(&p->batch);
}

void producers_start(struct producers *p, uint64_t now)
{
    p->issuing = true;
    for (uint32_t i = 0; i < p->count; i++) {
        struct producer *conn = &p->conns[i];
        if (p->open) {
            schedule_init(&conn->schedule, (enum arrival)p->o->arrival, now, p->o->rate, i, p->count,
                          (uint64_t)p->o->seed);
            conn->due_ns = schedule_next(&conn->schedule);
            due_add(p, conn);
        } else {
            fill_due(conn, now);
            flush(conn);
        }
    }
}

void producers_stop(struct producers *p)
{
    p->issuing = false;
}

bool producers_window_over(const struct producers *p)
{
    if (p->window_out > 0)
        return false;
    if (!p->open || !p->issuing || !budget_left(p))
        return true;
    for (uint32_t i = 0; i < p->count; i++) {
        if (p->conns[i].due_ns < p->window_to)
            return false;
    }
    return true;
}

uint64_t producers_outstanding(const struct producers *p)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < p->count; i++)
        sum += p->conns[i].filled - p->conns[i].answered;
    return sum;
}

uint64_t producers_give_up(struct producers *p)
{
    uint64_t now = loop_now(), count = 0;
    for (uint32_t i = 0; i < p->count; i++) {
        struct producer *conn = &p->conns[i];
        for (uint32_t k = conn->answered; k != conn->filled; k++) {
            struct slot *slot = &conn->slots[k % (uint32_t)p->o->inflight];
            if (slot->measured)
                hist_add(&p->ack, now - slot->due_ns);
            count += slot->measured;
            slot->measured = false;
        }
        while (p->open && conn->due_ns < p->window_to) { /* not even sent */
            if (conn->due_ns >= p->window_from) {
                hist_add(&p->ack, now - conn->due_ns);
                count++;
            }
            conn->due_ns = schedule_next(&conn->schedule);
        }
    }
    p->window_out = 0;
    return count;
}
