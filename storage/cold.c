#include "storage/cold.h"

#include "core/mem.h"
#include "storage/plog_priv.h"

enum {
    BUSY_MS = 20,    /* so long after an acknowledgement the next one is expected */
    IDLE_MS = 10000, /* blocks not used for so long go, also when nobody needs their room */
    FRESH_MS = 2000, /* so long a block that was read ahead is worth more than another one */
    EVICT_LOOKS = 64,
    SHORT_READS_MAX = 8,
};

static void device_run(struct mr_work *w);
static void walk_run(struct mr_work *w);
static void rest_over(struct mr_timer *t);
static void idle_look(struct mr_timer *t);
static void load_go(struct cold_turn *t);

static uint64_t key_of(uint32_t seg_id, uint32_t number)
{
    return (uint64_t)seg_id << 32 | number;
}

static uint64_t now(const struct cold *c)
{
    return shard_now_ns(c->store->shard);
}

/* ---- making and freeing ---- */

struct cold *cold_new(struct store *s)
{
    struct cold *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return NULL;
    c->store = s;
    c->block_bytes = s->cfg.cold_block_bytes != 0 ? s->cfg.cold_block_bytes : COLD_BLOCK_BYTES;
    c->blocks_max = (uint32_t)mr_min(s->cfg.cold_bytes / c->block_bytes, UINT32_MAX);
    pace_init(&c->pace, s->cfg.cold_share != 0 ? s->cfg.cold_share : COLD_SHARE_DEFAULT);
    map_init(&c->blocks);
    list_init(&c->ready);
    list_init(&c->loading);
    list_init(&c->demand);
    list_init(&c->ahead);
    list_init(&c->walkers);
    work_init(&c->device_work, device_run);
    work_init(&c->walk_work, walk_run);
    timer_init(&c->rest_timer, rest_over);
    timer_init(&c->idle_timer, idle_look);
    return c;
}

static void block_drop(struct cold_block *b);

void cold_free(struct cold *c)
{
    if (c == NULL)
        return;
    MR_ASSERT(list_empty(&c->loading) && list_empty(&c->demand) && list_empty(&c->walkers));
    cold_stop(c);
    while (!list_empty(&c->ready))
        block_drop(MR_CONTAINER(c->ready.next, struct cold_block, link));
    MR_ASSERT(c->bufs == 0); /* who serves has ended before the store closes */
    list_remove(&c->device_work.link);
    list_remove(&c->walk_work.link);
    map_done(&c->blocks);
    mem_free(c);
}

/* ---- memory ---- */

static void buf_release(struct mr_buf *buf)
{
    struct cold *c = buf->owner;
    c->bufs--;
    mem_free(buf->data);
    mem_free(buf);
}

/* The block is none any more; answers that hold its buffer keep that. */
static void block_unlist(struct cold_block *b)
{
    struct cold_block *was = map_remove(&b->cold->blocks, key_of(b->seg_id, b->number));
    MR_ASSERT(was == b);
    list_remove(&b->link);
}

static void block_drop(struct cold_block *b)
{
    block_unlist(b);
    buf_unref(b->buf);
    mem_free(b);
}

static struct mr_buf *buf_fresh(struct cold *c)
{
    struct mr_buf *buf = mem_zalloc(1, sizeof(*buf));
    uint8_t *data = buf != NULL ? mem_aligned(c->block_bytes, IO_ALIGN) : NULL;
    if (data == NULL) {
        mem_free(buf);
        return NULL;
    }
    *buf = (struct mr_buf){.data = data,
                           .cap = c->block_bytes,
                           .refs = 1,
                           .home = c->store->shard->id,
                           .release = buf_release,
                           .owner = c};
    c->bufs++;
    return buf;
}

/* Blocks that were read ahead and not used yet make no room for others of their kind: they would be read
 * twice. */
static bool may_evict(const struct cold *c, const struct cold_block *b, bool ahead)
{
    if (b->buf->refs > 1)
        return false;
    return !ahead || !b->ahead || b->used_ns + FRESH_MS * UINT64_C(1000000) <= now(c);
}

/* A buffer of its own, or that of the block that was not used for longest; its memory is warm. */
static struct mr_buf *buf_take(struct cold *c, bool ahead)
{
    if (c->bufs < c->blocks_max)
        return buf_fresh(c);
    uint32_t looks = 0;
    LIST_FOR(node, &c->ready)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (may_evict(c, b, ahead)) {
            struct mr_buf *buf = b->buf;
            block_unlist(b);
            mem_free(b);
            return buf;
        }
        if (++looks == EVICT_LOOKS)
            break;
    }
    return NULL;
}

static void idle_arm(struct cold *c)
{
    if (!timer_armed(&c->idle_timer) && !c->store->closing)
        shard_timer(c->store->shard, &c->idle_timer, IDLE_MS * UINT64_C(1000000));
}

static void idle_look(struct mr_timer *t)
{
    struct cold *c = MR_CONTAINER(t, struct cold, idle_timer);
    LIST_FOR_SAFE(node, tmp, &c->ready)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (b->used_ns + IDLE_MS * UINT64_C(1000000) <= now(c) && b->buf->refs == 1)
            block_drop(b);
    }
    if (map_count(&c->blocks) > 0)
        idle_arm(c);
}

/* ---- turns at the device ---- */

void cold_acked(struct cold *c)
{
    c->acked_ns = now(c);
}

static void kick(struct cold *c)
{
    if (!list_empty(&c->demand) || !list_empty(&c->ahead))
        shard_ready(c->store->shard, &c->device_work);
}

static void rest_over(struct mr_timer *t)
{
    kick(MR_CONTAINER(t, struct cold, rest_timer));
}

void cold_turn_want(struct cold *c, struct cold_turn *t, bool ahead)
{
    MR_ASSERT(!t->has);
    list_push(ahead ? &c->ahead : &c->demand, &t->link);
    kick(c);
}

void cold_turn_end(struct cold *c, struct cold_turn *t)
{
    MR_ASSERT(t->has);
    t->has = false;
    pace_end(&c->pace, now(c));
    kick(c);
}

/* Nobody is to be spared any more when the store closes. */
static uint64_t must_wait(struct cold *c)
{
    const struct store *s = c->store;
    bool busy = c->acked_ns + BUSY_MS * UINT64_C(1000000) > now(c) && c->acked_ns > 0;
    return pace_wait(&c->pace, now(c), busy && !s->closing && s->fenced == 0);
}

static void device_run(struct mr_work *w)
{
    struct cold *c = MR_CONTAINER(w, struct cold, device_work);
    for (;;) {
        struct mr_list *line = !list_empty(&c->demand) ? &c->demand : &c->ahead;
        if (list_empty(line))
            return;
        uint64_t wait_ns = must_wait(c);
        if (wait_ns == COLD_WHEN_ONE_ENDS)
            return;
        if (wait_ns > 0) {
            shard_timer(c->store->shard, &c->rest_timer, wait_ns);
            return;
        }
        struct cold_turn *t = MR_CONTAINER(list_pop(line), struct cold_turn, link);
        t->has = true;
        pace_begin(&c->pace, now(c));
        t->go(t);
    }
}

/* ---- turns of the shard ---- */

bool cold_walk_may(struct cold *c)
{
    if (c->turn_ns != now(c)) {
        c->turn_ns = now(c);
        c->turn_bytes = 0;
    }
    return c->turn_bytes < COLD_TURN_BYTES;
}

void cold_walked(struct cold *c, uint64_t bytes)
{
    c->turn_bytes += bytes;
}

void cold_walk_want(struct cold *c, struct cold_wait *w)
{
    list_push(&c->walkers, &w->link);
    shard_ready(c->store->shard, &c->walk_work);
}

static void walk_run(struct mr_work *w)
{
    struct cold *c = MR_CONTAINER(w, struct cold, walk_work);
    struct mr_list mine; /* who comes while these run has a turn of its own */
    list_init(&mine);
    list_splice(&mine, &c->walkers);
    while (!list_empty(&mine) && cold_walk_may(c)) {
        struct cold_wait *x = MR_CONTAINER(list_pop(&mine), struct cold_wait, link);
        x->run(x, x->err);
    }
    list_splice(&mine, &c->walkers);
    list_splice(&c->walkers, &mine);
    if (!list_empty(&c->walkers))
        shard_ready(c->store->shard, &c->walk_work);
}

/* ---- blocks ---- */

uint64_t cold_file_end(const struct segment *seg)
{
    return seg->finished ? seg->size : seg->mat_pos;
}

static uint32_t expected(const struct cold *c, const struct segment *seg, uint32_t number)
{
    uint64_t from = (uint64_t)number * c->block_bytes, end = cold_file_end(seg);
    return end <= from ? 0 : (uint32_t)mr_min(end - from, c->block_bytes);
}

static void block_used(struct cold *c, struct cold_block *b, bool ahead)
{
    b->used_ns = now(c);
    b->ahead &= ahead;
    if (b->state == COLD_READY) {
        list_remove(&b->link);
        list_push(&c->ready, &b->link);
    } else if (!ahead && b->state == COLD_QUEUED) { /* somebody waits now */
        list_remove(&b->turn.link);
        list_push(&c->demand, &b->turn.link);
    }
}

static struct cold_block *block_new(struct cold *c, struct plog *log, struct segment *seg, uint32_t number,
                                    bool ahead)
{
    struct mr_buf *buf = buf_take(c, ahead);
    struct cold_block *b = buf != NULL ? mem_zalloc(1, sizeof(*b)) : NULL;
    if (seg->cold_id == 0)
        seg->cold_id = ++c->ids;
    if (b == NULL || map_put(&c->blocks, key_of(seg->cold_id, number), b) != 0) {
        mem_free(b);
        if (buf != NULL)
            buf_unref(buf);
        return NULL;
    }
    b->cold = c;
    b->log = log;
    b->seg = seg;
    b->seg_id = seg->cold_id;
    b->number = number;
    b->ahead = ahead;
    b->want = expected(c, seg, number);
    b->buf = buf;
    b->turn.go = load_go;
    b->used_ns = now(c);
    list_init(&b->waiters);
    list_push(&c->loading, &b->link);
    seg->pins++;
    plog_busy(log);
    cold_turn_want(c, &b->turn, ahead);
    idle_arm(c);
    return b;
}

struct cold_block *cold_block_get(struct cold *c, struct plog *log, struct segment *seg, uint32_t number,
                                  bool ahead)
{
    struct cold_block *b = seg->cold_id == 0 ? NULL : map_get(&c->blocks, key_of(seg->cold_id, number));
    if (b != NULL && b->state == COLD_READY && b->valid < expected(c, seg, number)) {
        block_drop(b); /* the file has grown since */
        b = NULL;
    }
    if (b == NULL)
        return block_new(c, log, seg, number, ahead);
    block_used(c, b, ahead);
    return b;
}

void cold_block_wait(struct cold_block *b, struct cold_wait *w)
{
    MR_ASSERT(b->state != COLD_READY);
    list_push(&b->waiters, &w->link);
}

void cold_block_distrust(struct cold *c, struct cold_block *b)
{
    MR_ASSERT(b->cold == c && b->state == COLD_READY);
    block_drop(b);
}

/* ---- reading one: QUEUED -> (its turn) READING: the file is opened, then read, again while reads are short
 * -> READY. A failed one is gone, and so is one whose log is. ---- */

static void load_end(struct cold_block *b, int err)
{
    struct cold *c = b->cold;
    struct plog *log = b->log;
    b->seg->pins--;
    b->seg = NULL;
    if (b->turn.has)
        cold_turn_end(c, &b->turn);
    while (!list_empty(&b->waiters)) {
        struct cold_wait *w = MR_CONTAINER(list_pop(&b->waiters), struct cold_wait, link);
        w->err = err;
        cold_walk_want(c, w);
    }
    if (err != 0 || log->removed) {
        block_drop(b);
    } else {
        b->state = COLD_READY;
        list_remove(&b->link);
        list_push(&c->ready, &b->link);
    }
    plog_idle(log); /* may free it */
}

static void load_read(struct cold_block *b);

static void load_done(struct mr_op *op)
{
    struct cold_block *b = MR_CONTAINER(op, struct cold_block, op);
    struct store *s = b->cold->store;
    uint64_t from = mr_round_down(b->valid, IO_ALIGN);
    int err = (int)mr_imin(op->result, 0);
    if (err == 0) {
        s->stats.cold_device_bytes += (uint64_t)op->result;
        uint32_t valid = (uint32_t)mr_min(from + (uint64_t)op->result, b->want);
        bool more = valid > b->valid && valid < b->want && ++b->tries < SHORT_READS_MAX;
        b->valid = mr_max(b->valid, valid);
        if (more) {
            load_read(b);
            return;
        }
    }
    file_use_end(&b->file);
    load_end(b, err);
}

static void load_read(struct cold_block *b)
{
    struct store *s = b->cold->store;
    uint64_t from = mr_round_down(b->valid, IO_ALIGN);
    s->stats.cold_reads++;
    op_init(&b->op, load_done);
    io_read(s->io, &b->op, segment_file(b->seg), b->buf->data + from, mr_round_up(b->want, IO_ALIGN) - from,
            (uint64_t)b->number * b->cold->block_bytes + from);
}

static void load_opened(struct file_use *u)
{
    struct cold_block *b = MR_CONTAINER(u, struct cold_block, file);
    if (u->err != 0) {
        load_end(b, u->err);
        return;
    }
    b->want = expected(b->cold, b->seg, b->number); /* it may have grown meanwhile */
    load_read(b);
}

static void load_go(struct cold_turn *t)
{
    struct cold_block *b = MR_CONTAINER(t, struct cold_block, turn);
    b->state = COLD_READING;
    b->file = (struct file_use){.store = b->cold->store, .log = b->log, .seg = b->seg, .done = load_opened};
    if (file_use_begin(&b->file))
        load_opened(&b->file);
}

/* ---- what goes ---- */

/* Of what is still in line. */
static void load_cancel(struct cold_block *b, int err)
{
    list_remove(&b->turn.link);
    load_end(b, err);
}

void cold_forget_segment(struct cold *c, struct segment *seg)
{
    if (c == NULL || seg->cold_id == 0)
        return;
    MR_ASSERT(seg->pins == 0);
    LIST_FOR_SAFE(node, tmp, &c->ready)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (b->seg_id == seg->cold_id)
            block_drop(b);
    }
    seg->cold_id = 0;
}

void cold_forget_log(struct cold *c, struct plog *log)
{
    streams_forget(&c->streams, log);
    LIST_FOR_SAFE(node, tmp, &c->ready)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (b->log == log)
            block_drop(b);
    }
    LIST_FOR_SAFE(node, tmp, &c->loading)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (b->log == log && b->state == COLD_QUEUED)
            load_cancel(b, -ENOENT);
    }
}

void cold_stop(struct cold *c)
{
    shard_timer_cancel(c->store->shard, &c->idle_timer);
    LIST_FOR_SAFE(node, tmp, &c->loading)
    {
        struct cold_block *b = MR_CONTAINER(node, struct cold_block, link);
        if (b->state == COLD_QUEUED && b->ahead)
            load_cancel(b, -ECANCELED);
    }
    shard_timer_cancel(c->store->shard, &c->rest_timer);
    kick(c);
}
