#include "storage/ahead.h"

#include "core/mem.h"
#include "storage/space.h"

enum { AHEAD_BYTES_MIN = 256 * 1024, AHEAD_BYTES_MAX = 16 << 20, IDLE_MS = 2000 };

/* A file being cut back to what is in it. The log counts as being materialised meanwhile. */
struct ahead_cut {
    struct file_use use;
    struct mr_op op;
    struct plog *log;
    struct segment *seg;
};

uint64_t ahead_wanted(const struct plog *log, const struct segment *seg, uint64_t end)
{
    uint32_t min = log->store->cfg.ahead_min;
    if (end <= seg->live->ahead || end < (min == 0 ? AHEAD_BYTES_MIN : min) || log->store->no_ahead)
        return 0;
    uint64_t most = seg->rolled ? seg->size : mr_max(log->cfg.segment_bytes, end);
    uint64_t to = mr_round_up(mr_min(end + mr_min(end, AHEAD_BYTES_MAX), most), SEGMENT_UNIT);
    return space_ahead(log->store, to - end) ? to : 0;
}

static void arm(struct store *s)
{
    uint64_t ms = s->cfg.ahead_idle_ms == 0 ? IDLE_MS : s->cfg.ahead_idle_ms;
    if (!timer_armed(&s->ahead_timer) && !s->closing)
        shard_timer(s->shard, &s->ahead_timer, ms * 1000000);
}

void ahead_given(struct plog *log, struct segment *seg, uint64_t to, int err)
{
    struct store *s = log->store;
    if (err != 0) {
        s->no_ahead |= err == -EOPNOTSUPP;
        return;
    }
    seg->live->ahead = to;
    if (log->removed || !list_empty(&log->ahead_link))
        return;
    list_push(&s->ahead_logs, &log->ahead_link);
    arm(s);
}

static void cut_end(struct ahead_cut *c, int err)
{
    struct plog *log = c->log;
    struct store *s = log->store;
    mem_free(c);
    log->materialising = false;
    if (err != 0 && !space_is_full(err)) /* for want of space it stays longer than it need be */
        store_fence(s, err, "cutting a segment failed");
    else
        materialise_want(log); /* it may have grown meanwhile */
    plog_idle(log);
    materialise_kick(s);
    checkpoint_poke(s);
    journal_nudge(s->journal); /* chunks are not given up while their log is being materialised */
}

static void cut_done(struct mr_op *op)
{
    struct ahead_cut *c = MR_CONTAINER(op, struct ahead_cut, op);
    c->seg->dirty = c->log->changed = true;
    file_use_end(&c->use);
    cut_end(c, (int)mr_imin(op->result, 0));
}

static void cut_open(struct file_use *u)
{
    struct ahead_cut *c = MR_CONTAINER(u, struct ahead_cut, use);
    if (u->err != 0) {
        cut_end(c, u->err);
        return;
    }
    c->seg->dirty = c->log->changed = true;
    c->seg->live->ahead = 0;
    op_init(&c->op, cut_done);
    io_truncate(c->log->store->io, &c->op, segment_file(c->seg), c->seg->mat_pos);
}

static void cut(struct plog *log, struct segment *seg)
{
    struct store *s = log->store;
    struct ahead_cut *c = mem_zalloc(1, sizeof(*c));
    if (c == NULL)
        return; /* it is asked again when the log has grown */
    c->log = log;
    c->seg = seg;
    c->use = (struct file_use){.store = s, .log = log, .seg = seg, .done = cut_open};
    log->materialising = true;
    list_remove(&log->work_link);
    plog_busy(log);
    store_changed(s);
    if (file_use_begin(&c->use))
        cut_open(&c->use);
}

/* True: the log has blocks ahead and has grown since the last look, or is just growing. */
static bool still_grows(struct plog *log, const struct segment *seg)
{
    bool grown = log->ahead_seen != seg->base + (int64_t)seg->mat_pos;
    log->ahead_seen = seg->base + (int64_t)seg->mat_pos;
    return grown || log->materialising;
}

static void look(struct mr_timer *t)
{
    struct store *s = MR_CONTAINER(t, struct store, ahead_timer);
    if (s->fenced != 0 || s->closing)
        return;
    LIST_FOR_SAFE(node, tmp, &s->ahead_logs)
    {
        struct plog *log = MR_CONTAINER(node, struct plog, ahead_link);
        struct segment *seg = plog_seg(log, log->mat_seg);
        if (!log->removed && still_grows(log, seg))
            continue;
        list_remove(node);
        if (!log->removed && seg->live->ahead > seg->mat_pos)
            cut(log, seg);
    }
    if (!list_empty(&s->ahead_logs))
        arm(s);
}

void ahead_init(struct store *s)
{
    list_init(&s->ahead_logs);
    timer_init(&s->ahead_timer, look);
}

void ahead_stop(struct store *s)
{
    shard_timer_cancel(s->shard, &s->ahead_timer);
}

void ahead_forget(struct plog *log)
{
    list_remove(&log->ahead_link);
}
