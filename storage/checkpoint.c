/* Checkpoints: after one, replay starts at its mark. Each log's record is taken at an instant of its own, a
 * few logs a turn; the record says up to which journal entry it knows (see record.c), so nothing has to stand
 * still meanwhile. Order: capture; until everything captured is stable; until the whole units below it are in
 * the files; fdatasync of those files, of changed directories; the checkpoint itself, flushed; only then the
 * journal before the mark may be reused. */
#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "core/scratch.h"
#include "storage/checkpoint_priv.h"
#include "storage/pace.h"
#include "storage/plog_priv.h"
#include "storage/space.h"

enum {
    LOGS_A_TURN = 16,
    BYTES_A_TURN = 128 * 1024, /* of records: a log of many segments is a turn's work alone */
    WAYS_MAX = 16,
    IN_MS_PART = 6, /* without load it takes this part of the time between two at most */
};

enum cp_state { CP_CAPTURE, CP_STABLE, CP_SYNC, CP_LOGS, CP_REMOVALS, CP_ROOT, CP_WRITE };

/* What one captured log needs in its files. */
struct capture {
    struct plog *log;
    uint32_t seg;
    uint64_t pos;
    int64_t base; /* of that segment: what is before it will be settled */
    bool first;   /* it was not journalled before: from the end of this checkpoint on it is */
};

/* A captured log on its way: FILES -> FLUSH -> DIR -> IDLE. */
enum way_step { WAY_IDLE, WAY_FILES, WAY_FLUSH, WAY_DIR };
struct way {
    enum way_step step;
    uint32_t capture;
    uint32_t in_flight;
};

struct checkpoint_task {
    struct store *store;
    enum cp_state state;
    struct mr_work work;
    struct mr_timer timer; /* the next step is due */
    uint64_t head_bytes;   /* of the journal when it began */
    struct jwait sync;
    bool synced;
    bool no_space; /* err says that: nothing is lost, another one is begun when there is room */
    struct journal_mark mark;
    uint64_t wait_sequence;
    uint64_t removals;          /* those with a lower number were journalled before the mark */
    uint64_t removals_sequence; /* of the last such entry when the captured logs' files were flushed */
    struct capture *captures;
    uint32_t captured, captures_cap;
    uint32_t next; /* capture that is taken on next */
    struct way ways[WAYS_MAX];
    uint32_t ways_busy;
    struct mr_scratch body; /* the whole file: room for the header, then records */
    uint32_t partitions;
    uint32_t in_flight;
    bool given_up; /* err says -ECANCELED: it stops, and nobody needs this one */
    int err;
    uint32_t body_crc;
    struct checkpoint_put put;
    bool putting;                   /* from its start to its done() */
    uint64_t began_ns, state_ns;    /* when it and its present state began */
    uint64_t took_ns[CP_WRITE + 1]; /* of its states so far */
    uint32_t flushed;               /* files and directories */
};

struct flush_op {
    struct mr_op op;
    struct checkpoint_task *task;
    struct way *way;        /* NULL: the log directory itself */
    struct file_use file;   /* of a segment */
    const struct plog *log; /* of a directory, or of a file that could not be opened */
};

static int capture_room(struct checkpoint_task *t)
{
    if (t->captured < t->captures_cap)
        return 0;
    uint32_t cap = t->captures_cap == 0 ? 64 : t->captures_cap * 2;
    void *grown = mem_realloc(t->captures, cap * sizeof(*t->captures));
    if (grown == NULL)
        return -ENOMEM;
    t->captures = grown;
    t->captures_cap = cap;
    return 0;
}

static int capture_log(struct checkpoint_task *t, struct plog *log)
{
    struct store *s = t->store;
    uint64_t sequence;
    uint32_t entry;
    journal_here(s->journal, &sequence, &entry);
    size_t start = t->body.len;
    int err = capture_room(t);
    if (err == 0)
        err = scratch_put(&t->body, "\0\0\0\0", 4);
    if (err == 0)
        err = precord_put(log, &t->body, sequence, entry);
    if (err != 0)
        return err;
    mr_put32(t->body.data + start, (uint32_t)(t->body.len - start - 4));
    t->body_crc = crc32c(t->body_crc, t->body.data + start, t->body.len - start);
    t->partitions++;
    if (!log->changed && log->journalled)
        return 0;
    log->changed = false;
    plog_pin(log); /* until the checkpoint stands */
    t->captures[t->captured++] = (struct capture){
        .log = log,
        .seg = log->seg_count > 0 ? plog_last_number(log) : 0,
        .pos = log->seg_count > 0 ? plog_last(log)->size : 0,
        .base = log->seg_count > 0 ? plog_last(log)->base : 0,
        .first = !log->journalled,
    };
    return 0;
}

static void count_state(struct checkpoint_task *t)
{
    uint64_t now = io_clock_ns(t->store->io);
    t->took_ns[t->state] += now - t->state_ns;
    t->state_ns = now;
}

static void say_finished(const struct checkpoint_task *t)
{
    const uint64_t *ns = t->took_ns;
    log_debug(
        t->store->shard->log, "storage",
        "checkpoint ended shard=%u took_ms=%.1f capture=%.1f stable=%.1f logs=%.1f root=%.1f write=%.1f "
        "changed=%u flushes=%u bytes=%zu journal_pct=%llu",
        t->store->shard->id, (double)(t->state_ns - t->began_ns) / 1e6, (double)ns[CP_CAPTURE] / 1e6,
        (double)(ns[CP_STABLE] + ns[CP_SYNC]) / 1e6, (double)ns[CP_LOGS] / 1e6,
        (double)(ns[CP_REMOVALS] + ns[CP_ROOT]) / 1e6, (double)ns[CP_WRITE] / 1e6, t->captured, t->flushed,
        t->body.len,
        (unsigned long long)(journal_bytes_used(t->store->journal) * 100 /
                             journal_bytes_max(t->store->journal)));
}

static void checkpoint_finish(struct checkpoint_task *t)
{
    struct store *s = t->store;
    count_state(t);
    say_finished(t);
    s->capture_next = NULL;
    list_remove(&t->work.link);
    shard_timer_cancel(s->shard, &t->timer);
    for (uint32_t i = 0; i < t->captured; i++) {
        struct plog *log = t->captures[i].log;
        log->mat_force = false;
        if (t->err != 0)
            log->changed = true;
        else
            log->settled_below = mr_imax(log->settled_below, t->captures[i].base);
        if (t->captures[i].first) {
            log->journalled = t->err == 0;
            log->record_wanted = false;
        }
        plog_unpin(log);
    }
    scratch_done(&t->body);
    mem_free(t->captures);
    s->checkpoint = NULL;
    s->tasks--;
    truncate_poke(s);
    int err = t->err;
    bool no_space = t->no_space, given_up = t->given_up && err == -ECANCELED;
    struct journal_mark mark = t->mark;
    mem_free(t);
    if (no_space) {
        s->space.checkpoint_wanted = !s->closing;
        s->checkpoint_wanted = s->changed_meanwhile = false;
        space_failed(s, "writing a checkpoint", err);
        return;
    }
    if (given_up) {
        s->checkpoint_hurry = s->checkpoint_wanted = s->changed_meanwhile = false;
        return;
    }
    if (err != 0) {
        store_fence(s, err, "checkpoint failed");
        return;
    }
    s->stats.checkpoints++;
    s->checkpoint_counter++;
    space_written(s);
    journal_recycle(s->journal, &mark);
    bool wanted = s->checkpoint_wanted, changed = s->changed_meanwhile;
    s->checkpoint_hurry &= wanted;
    s->checkpoint_wanted = s->changed_meanwhile = false;
    if (wanted && !s->closing)
        checkpoint_start(s);
    else if (changed && !s->closing)
        store_changed(s);
}

/* ---- pace ---- */

/* Nobody is to be spared: it stops, or what waits for room waits for this. */
static bool in_a_hurry(const struct store *s)
{
    return !s->cfg.pace || s->closing || s->checkpoint_hurry || journal_starved(s->journal);
}

static uint64_t in_ns(const struct store *s)
{
    return store_checkpoint_ns(s) / IN_MS_PART + 1;
}

static uint32_t steps_total(const struct checkpoint_task *t)
{
    return t->captured + (uint32_t)(t->body.len / CHECKPOINT_PIECE) + 1;
}

/* May step (counted from 0) be begun? Else the timer is armed; groups of the journal look again, too. */
static bool may_step(struct checkpoint_task *t, uint32_t step)
{
    struct store *s = t->store;
    struct journal *j = s->journal;
    uint64_t elapsed = io_now_ns(s->io) - mr_min(t->began_ns, io_now_ns(s->io));
    uint64_t appended = journal_head_bytes(j) - t->head_bytes;
    uint64_t span = journal_capacity(j) * PACE_SPAN / PACE_FULL;
    if (in_a_hurry(s) || store_fill(s) >= PACE_SLOW)
        return true;
    if (step < pace_steps(steps_total(t), appended, span, elapsed, in_ns(s)))
        return true;
    uint64_t due = pace_step_due_ns(steps_total(t), step, in_ns(s));
    if (!timer_armed(&t->timer))
        shard_timer(s->shard, &t->timer, due > elapsed ? due - elapsed : 1);
    return false;
}

static uint32_t ways_max(const struct checkpoint_task *t)
{
    return in_a_hurry(t->store) ? WAYS_MAX : pace_flushes(store_fill(t->store));
}

static void timer_fires(struct mr_timer *timer)
{
    struct checkpoint_task *t = MR_CONTAINER(timer, struct checkpoint_task, timer);
    checkpoint_poke(t->store);
}

/* ---- files and directories ---- */

static void flush_done(struct mr_op *op)
{
    struct flush_op *f = MR_CONTAINER(op, struct flush_op, op);
    struct checkpoint_task *t = f->task;
    bool renamed =
        op->result == -ENOENT && f->log != NULL && f->log->removed; /* its log was removed meanwhile */
    if (op->result < 0 && !renamed)
        t->err = (int)op->result;
    if (f->file.seg != NULL)
        file_use_end(&f->file);
    if (f->way != NULL)
        f->way->in_flight--;
    mem_free(f);
    t->in_flight--;
    shard_ready(t->store->shard, &t->work);
}

static struct flush_op *flush_new(struct checkpoint_task *t, struct way *way)
{
    struct flush_op *f = mem_zalloc(1, sizeof(*f));
    if (f == NULL) {
        t->err = -ENOMEM;
        return NULL;
    }
    f->task = t;
    f->way = way;
    op_init(&f->op, flush_done);
    t->in_flight++;
    t->flushed++;
    if (way != NULL)
        way->in_flight++;
    return f;
}

static void flush_opened(struct file_use *u)
{
    struct flush_op *f = MR_CONTAINER(u, struct flush_op, file);
    if (u->err == 0) {
        io_flush(u->store->io, &f->op, segment_file(u->seg));
        return;
    }
    f->log = u->log;
    u->seg = NULL; /* nothing is pinned */
    f->op.result = u->err;
    flush_done(&f->op);
}

/* All dirty segments of a captured log. A flush covers what was written through a file that has been closed
 * since. */
static void flush_segments(struct checkpoint_task *t, struct way *way, struct plog *log)
{
    for (uint32_t i = log->seg_count; i > 0 && t->err == 0; i--) {
        struct segment *seg = log->segs[i - 1];
        if (!seg->dirty && seg->finished)
            break; /* all before it were flushed earlier: files are written in order */
        if (!seg->dirty)
            continue;
        struct flush_op *f = flush_new(t, way);
        if (f == NULL)
            return;
        seg->dirty = false; /* a write in flight sets it again when it completes */
        f->file = (struct file_use){.store = t->store, .log = log, .seg = seg, .done = flush_opened};
        if (file_use_begin(&f->file))
            flush_opened(&f->file);
    }
}

static void flush_dir(struct checkpoint_task *t, struct way *way, struct plog *log)
{
    struct flush_op *f = log->dir_dirty && !log->removed ? flush_new(t, way) : NULL;
    if (f == NULL)
        return;
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    log->dir_dirty = false;
    f->log = log;
    io_sync_dir(t->store->io, &f->op, dir);
}

/* As far as it goes now: until its log's whole units are in the files, or flushes are in flight. */
static void way_go(struct checkpoint_task *t, struct way *way)
{
    const struct capture *c = &t->captures[way->capture];
    struct plog *log = c->log;
    if (way->step == WAY_FILES) { /* the materialiser comes back here */
        if (log->seg_count > 0 && !materialised_to(log, c->seg, c->pos)) {
            log->mat_force = true;
            materialise_want(log);
            materialise_kick(t->store);
            return;
        }
        log->mat_force = false;
        way->step = WAY_FLUSH;
        flush_segments(t, way, log);
    }
    if (way->step == WAY_FLUSH && way->in_flight == 0 && t->err == 0) {
        way->step = WAY_DIR;
        flush_dir(t, way, log);
    }
    if (way->step == WAY_DIR && way->in_flight == 0 && t->err == 0) {
        way->step = WAY_IDLE;
        t->ways_busy--;
    }
}

/* Captured logs, some at a time, at the pace. True: all are done. */
static bool logs_go(struct checkpoint_task *t)
{
    uint32_t begun = 0, max = ways_max(t);
    for (uint32_t i = 0; i < WAYS_MAX && t->err == 0; i++) {
        struct way *way = &t->ways[i];
        if (way->step != WAY_IDLE)
            way_go(t, way);
        while (way->step == WAY_IDLE && t->next < t->captured && t->ways_busy < max && t->err == 0) {
            if (!may_step(t, t->next))
                return false;
            if (begun++ == LOGS_A_TURN) {
                shard_ready(t->store->shard, &t->work);
                return false;
            }
            *way = (struct way){.step = WAY_FILES, .capture = t->next++};
            t->ways_busy++;
            way_go(t, way);
        }
    }
    return t->ways_busy == 0 && t->next == t->captured && t->err == 0;
}

/* ---- the checkpoint itself ---- */

static void put_wants(struct checkpoint_put *p)
{
    struct checkpoint_task *t = MR_CONTAINER(p, struct checkpoint_task, put);
    shard_ready(t->store->shard, &t->work);
}

static void put_done(struct checkpoint_put *p)
{
    struct checkpoint_task *t = MR_CONTAINER(p, struct checkpoint_task, put);
    t->putting = false;
    if (t->err == 0) {
        t->err = p->err;
        t->no_space =
            space_is_full(p->err); /* of this slot, which does not count; the other one still does */
    }
    checkpoint_finish(t);
}

static void write_begin(struct checkpoint_task *t)
{
    struct store *s = t->store;
    uint64_t counter = s->checkpoint_counter + 1;
    checkpoint_header_put(s, t->body.data,
                          &(struct checkpoint_header){
                              .counter = counter,
                              .mark = t->mark,
                              .flushed = journal_flushed_sequence(s->journal),
                              .partitions = t->partitions,
                              .body_bytes = t->body.len - CHECKPOINT_BODY_AT,
                              .body_crc = t->body_crc,
                          });
    t->putting = true;
    checkpoint_put_start(&t->put, s, counter, t->body.data, t->body.len, put_wants, put_done);
}

/* The last step is its flush. */
static void write_more(struct checkpoint_task *t)
{
    if (!checkpoint_put_ready(&t->put))
        return;
    uint32_t step = t->captured + (uint32_t)(t->put.written / CHECKPOINT_PIECE);
    if (may_step(t, (uint32_t)mr_min(step, steps_total(t) - 1)))
        checkpoint_put_more(&t->put);
}

static void sync_done(struct jwait *w, int err)
{
    struct checkpoint_task *t = MR_CONTAINER(w, struct checkpoint_task, sync);
    t->in_flight--;
    t->synced = true;
    if (err != 0)
        t->err = err;
    shard_ready(t->store->shard, &t->work);
}

/* A few logs; true when all are captured. */
static bool capture_some(struct checkpoint_task *t)
{
    struct store *s = t->store;
    size_t from = t->body.len;
    for (uint32_t n = 0;
         n < LOGS_A_TURN && t->body.len - from < BYTES_A_TURN && s->capture_next != &s->all && t->err == 0;
         n++) {
        struct plog *log = MR_CONTAINER(s->capture_next, struct plog, all_link);
        s->capture_next = s->capture_next->next;
        if (log->journalled || log->record_wanted)
            t->err = capture_log(t, log);
    }
    if (t->err != 0 || s->capture_next != &s->all) {
        shard_ready(s->shard, &t->work);
        return false;
    }
    uint32_t entry;
    journal_here(s->journal, &t->wait_sequence, &entry);
    t->wait_sequence -= entry == 0 ? 1 : 0;
    return true;
}

/* One state's work. True: on to the next one. */
static bool checkpoint_do(struct checkpoint_task *t)
{
    struct store *s = t->store;
    switch (t->state) {
    case CP_CAPTURE:
        return capture_some(t);
    case CP_STABLE: /* the next group's completion comes back here */
        return journal_stable_sequence(s->journal) >= t->wait_sequence;
    case CP_SYNC: /* without flush: what the records build on must not be lost when they are there */
        if (!s->cfg.flush && !t->synced && t->in_flight == 0) {
            t->in_flight++;
            t->sync.done = sync_done;
            journal_sync(s->journal, &t->sync);
        }
        return s->cfg.flush || t->synced;
    case CP_LOGS:
        if (!logs_go(t))
            return false;
        t->removals_sequence = s->removals_sequence;
        return true;
    case CP_REMOVALS:
        /* Removals from before the mark have renamed their directories: nothing else will say so. Those since
         * must be certain, too: of a captured log that was removed meanwhile not all is in the files. A
         * removal comes back here. */
        return removals_renamed(s, t->removals) &&
               journal_flushed_sequence(s->journal) >= t->removals_sequence;
    case CP_ROOT: {
        if (t->in_flight > 0)
            return false;
        struct flush_op *f = s->root_dirty ? flush_new(t, NULL) : NULL;
        if (f == NULL)
            return true;
        s->root_dirty = false;
        io_sync_dir(s->io, &f->op, s->dir);
        return false;
    }
    case CP_WRITE:
        write_more(t);
        return false;
    }
    return false;
}

static void give_up(struct checkpoint_task *t)
{
    if (t->putting) {
        if (checkpoint_put_ready(&t->put))
            checkpoint_put_give_up(&t->put, t->err);
    } else if (t->in_flight == 0) {
        checkpoint_finish(t);
    }
}

/* A clean close flushes all files itself, and then no journal counts: one that has not come to writing its
 * own file would flush most of them twice. Who waits for room needs it to the end. */
static bool needless(const struct checkpoint_task *t)
{
    const struct store *s = t->store;
    return s->closing && s->fenced == 0 && t->state < CP_WRITE && !journal_someone_waits(s->journal);
}

/* CAPTURE -> STABLE -> SYNC -> LOGS -> REMOVALS -> ROOT -> WRITE. Driven by its own work and timer, by the
 * materialiser, by removals and by groups. */
static void checkpoint_step(struct checkpoint_task *t)
{
    struct store *s = t->store;
    for (;;) {
        if (t->err == 0 && s->fenced != 0)
            t->err = s->fenced;
        if (t->err == 0 && s->closing && space_lacking(s)) {
            t->err = -ENOSPC; /* a stop does not wait for room: the next start goes on from the journal */
            t->no_space = true;
        }
        if (t->err == 0 && needless(t)) {
            t->err = -ECANCELED;
            t->given_up = true;
        }
        if (t->err != 0) {
            give_up(t);
            return;
        }
        bool over = checkpoint_do(t);
        if (t->err != 0)
            continue;
        if (!over)
            return;
        count_state(t);
        t->state++;
        if (t->state == CP_WRITE) {
            write_begin(t);
            return;
        }
    }
}

static void task_work(struct mr_work *w)
{
    checkpoint_step(MR_CONTAINER(w, struct checkpoint_task, work));
}

void checkpoint_poke(struct store *s)
{
    if (s->checkpoint != NULL && !work_queued(&s->checkpoint->work))
        shard_ready(s->shard, &s->checkpoint->work);
}

void checkpoint_start(struct store *s)
{
    if (s->fenced != 0 || s->recovering)
        return;
    if (s->checkpoint != NULL) {
        s->checkpoint_wanted = true;
        checkpoint_poke(s);
        return;
    }
    if (space_waiting(s)) {
        s->space.checkpoint_wanted = true;
        return;
    }
    struct checkpoint_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return; /* tried again at the next occasion */
    t->store = s;
    t->began_ns = t->state_ns = io_clock_ns(s->io);
    log_debug(s->shard->log, "storage", "checkpoint begins shard=%u journal_pct=%llu", s->shard->id,
              (unsigned long long)(journal_bytes_used(s->journal) * 100 / journal_bytes_max(s->journal)));
    work_init(&t->work, task_work);
    timer_init(&t->timer, timer_fires);
    t->head_bytes = journal_head_bytes(s->journal);
    s->capture_next = s->all.next;
    s->checkpoint = t;
    s->tasks++;
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    journal_mark_here(s->journal, &t->mark);
    t->removals = s->removal_numbers;
    scratch_init(&t->body, CHECKPOINT_BODY_BYTES_MAX);
    t->err = scratch_reserve(&t->body, CHECKPOINT_BODY_AT);
    if (t->err == 0)
        t->body.len = CHECKPOINT_BODY_AT;
    shard_ready(s->shard, &t->work);
}

void checkpoint_start_now(struct store *s)
{
    s->checkpoint_hurry = s->fenced == 0 && !s->recovering;
    checkpoint_start(s);
}

bool checkpoint_running(const struct store *s)
{
    return s->checkpoint != NULL;
}
