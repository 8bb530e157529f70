/* Cutting the end of a log off.
 *
 * QUIET: nothing is in flight on the log, and a checkpoint has put all whole units and names of it on stable
 * storage -> WALK: where the batch that goes first begins -> END: that of the batches that the file of a
 * growing segment does not hold as a whole -> UNIT: the bytes between the last whole unit and there ->
 * ENTRY: a TRUNCATE entry with the record of the shorter log; the log becomes that -> STABLE (-> SYNC,
 * without flush) -> FILES: what is not needed any more is deleted.
 *
 * No file changes before the entry is on stable storage, so a crash leaves the old log or the shorter one.
 * The entry needs nothing of what stands before it in the journal, for all that it says to be in files is
 * flushed: replay drops what it has of the log and goes on from there. */
#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/cut.h"
#include "storage/damage.h"
#include "storage/index_load.h"
#include "storage/seg_walk.h"
#include "storage/space.h"
#include "storage/trim.h"

enum truncation_state {
    CUT_QUIET,
    CUT_WALK,
    CUT_END,
    CUT_UNIT,
    CUT_ENTRY,
    CUT_STABLE,
    CUT_SYNC,
    CUT_FILES
};

static const char *const suffixes[] = {".index", ".timeindex", ".txnindex", ".snapshot", ".log"};

struct truncation {
    struct mr_list link; /* store->truncations */
    struct mr_work work;
    struct store *store;
    struct plog *log;
    struct plog_change *change;
    enum truncation_state state;
    int64_t to;          /* asked */
    bool found, counting; /* counting: producers and transactions, from the log's beginning on */
    bool waits_room;
    uint64_t from;        /* where the walk of the last segment began */
    uint32_t seg;         /* number, of the one that is walked */
    uint32_t last;        /* and of the one that is cut */
    struct cut cut;
    struct seg_walk walk;
    struct file_use use;
    struct mr_op op;
    struct mr_buf *buf; /* bytes [at, at + got) of the segment, want of them are needed from the file */
    uint64_t at, got, want;
    int64_t *bases; /* of segments whose files go; the first one's .log stays */
    uint32_t base_count, base_next, suffix_next;
    struct jwait wait;
};

/* Why it cannot go on; 0: it can. */
static int hindrance(const struct truncation *t)
{
    if (t->log->removed)
        return -ENOENT;
    if (t->store->fenced != 0)
        return -MR_E_FENCED;
    if (t->store->space.starved)
        return -ENOSPC; /* not before others make room on the disk */
    return t->store->closing ? -ECANCELED : 0;
}

static void go(struct truncation *t)
{
    if (!work_queued(&t->work))
        shard_ready(t->store->shard, &t->work);
}

void truncate_poke(struct store *s)
{
    LIST_FOR(node, &s->truncations)
    {
        struct truncation *t = MR_CONTAINER(node, struct truncation, link);
        if (t->waits_room && hindrance(t) != 0)
            list_remove(&t->work.link); /* there may be room only when a checkpoint has seen the log go */
        if (t->state == CUT_QUIET || t->state == CUT_ENTRY)
            go(t);
    }
}

static void forget_found(struct truncation *t)
{
    if (t->buf != NULL)
        buf_unref(t->buf);
    t->buf = NULL;
    txn_index_done(&t->cut.txns);
    producer_state_done(&t->cut.producers);
    producer_state_init(&t->cut.producers, t->log->producers.producers_max);
}

static void ended(struct mr_work *w)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, work);
    struct plog *log = t->log;
    mem_free(t);
    plog_idle(log); /* may free it */
}

/* The log is open again. Who waited for that has had his turn before the store may be freed. */
static void over(struct truncation *t, int err)
{
    struct plog *log = t->log;
    forget_found(t);
    mem_free(t->bases);
    list_remove(&t->link);
    list_remove(&t->work.link);
    log->truncation = NULL;
    log->state = PLOG_OPEN;
    if (err == 0)
        trim_want(log);
    t->change->err = err;
    t->change->done(t->change);
    if (!log->removed)
        plog_wake_waiters(log);
    work_init(&t->work, ended);
    go(t);
}

/* ---- QUIET ---- */

/* Is all that the shorter log's record will say of its files so, after a power loss too? */
static bool is_settled(const struct plog *log)
{
    if (log->dir_dirty || (log->seg_count > 0 && !materialised_to(log, plog_last_number(log), plog_last(log)->size)))
        return false;
    for (uint32_t i = log->seg_count; i > 0; i--) {
        if (log->segs[i - 1]->dirty)
            return false;
        if (log->segs[i - 1]->finished)
            break; /* files are written in order */
    }
    return true;
}

/* Nobody else uses the log. */
static bool is_alone(const struct truncation *t)
{
    const struct plog *log = t->log;
    return log->append_end == log->stable_end && log->log_start == log->stable_start && log->busy <= 1 &&
           log->pins == 0 && list_empty(&log->swaps) && !log->cleaning;
}

/* And it is settled. Otherwise truncate_poke() comes when that may be so. */
static bool is_quiet(struct truncation *t)
{
    if (!is_alone(t))
        return false;
    if (is_settled(t->log))
        return true;
    t->log->changed = true;
    if (!checkpoint_running(t->store))
        checkpoint_start_now(t->store);
    return false;
}

static void wait_room(struct truncation *t)
{
    t->state = CUT_QUIET;
    t->waits_room = true;
    plog_wait_room(t->log, &t->work);
}

/* ---- WALK ---- */

static void walk(struct truncation *t, uint32_t number, uint64_t from);

static int count_batch(struct truncation *t, uint32_t number, const struct kw_batch *b)
{
    struct txn_index other = {.items = NULL};
    int err = txn_index_count(number == t->last ? &t->cut.txns : &other, &t->cut.producers, b);
    txn_index_done(&other);
    return err == -MR_E_CORRUPT ? 0 : err; /* a marker that cannot be read ends nothing */
}

/* The log is cut at byte pos of its last segment, and ends before offset end. */
static void found(struct truncation *t, uint64_t pos, int64_t end)
{
    t->found = true;
    t->cut.pos = pos;
    t->cut.end = end;
}

static int saw_batch(struct seg_walk *w, const struct kw_batch *b, uint64_t pos)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, walk);
    if (w->seg == t->last && batch_last_offset(&b->h) >= t->to) {
        found(t, pos, w->next);
        return 1;
    }
    return t->counting ? count_batch(t, w->seg, b) : 0;
}

static int saw_damage(struct seg_walk *w, const struct damage *d)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, walk);
    if (w->seg != t->last || d->to <= t->to)
        return 0;
    found(t, d->from_pos, d->from);
    return 1;
}

static void read_end(struct truncation *t, uint64_t pos, int64_t next);
static void read_unit(struct truncation *t);

static void walked(struct seg_walk *w)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, walk);
    struct plog *log = t->log;
    int err = hindrance(t);
    if (err == 0 && w->err < 0)
        err = w->err;
    if (err != 0) {
        over(t, err);
        return;
    }
    /* Where the walk began only an index says so, and what was before is not known. */
    if (t->from > 0 && (!t->found || t->cut.pos <= t->from || w->pos == t->from)) {
        t->found = false;
        walk(t, t->last, 0);
        return;
    }
    if (w->seg < t->last) {
        walk(t, (uint32_t)mr_max(w->seg + 1, log->seg_first + log->seg_below), 0);
        return;
    }
    if (t->found)
        read_unit(t);
    else
        read_end(t, w->pos, w->next);
}

static void walk(struct truncation *t, uint32_t number, uint64_t from)
{
    t->state = CUT_WALK;
    t->from = from;
    t->seg = number;
    t->walk = (struct seg_walk){.log = t->log,
                                .seg = number,
                                .pos = from,
                                .next = plog_seg(t->log, number)->base,
                                .batch = saw_batch,
                                .damaged = saw_damage,
                                .done = walked};
    seg_walk_begin(&t->walk);
}

static void begin_walk(struct truncation *t)
{
    struct plog *log = t->log;
    t->to = mr_imax(t->to, log->log_start); /* it may have moved since */
    struct segment *seg = plog_seg_of(log, t->to, &t->last);
    forget_found(t);
    if (seg == NULL) { /* its files are missing (storage/open.c) */
        over(t, -EIO);
        return;
    }
    t->found = false;
    t->cut.counted = t->counting;
    if (t->counting) {
        walk(t, log->seg_first + log->seg_below, 0);
        return;
    }
    bool indexed = seg->live != NULL && seg->live->index.scanned > 0 && seg->live->task == NULL;
    walk(t, t->last, indexed ? index_pos(&seg->live->index, (uint32_t)(t->to - seg->base)) : 0);
}

/* ---- reading the segment's file ---- */

static void got_bytes(struct truncation *t);
static void read_on(struct truncation *t);

static void read_done(struct mr_op *op)
{
    struct truncation *t = MR_CONTAINER(op, struct truncation, op);
    uint64_t before = t->got;
    if (op->result > 0)
        t->got = mr_round_down(t->got, SEGMENT_UNIT) + (uint64_t)op->result;
    if (op->result >= 0 && t->got > before && t->got < t->want) {
        read_on(t);
        return;
    }
    file_use_end(&t->use);
    int err = hindrance(t);
    if (err == 0)
        err = op->result < 0 ? (int)op->result : t->got < t->want ? -MR_E_CORRUPT : 0;
    if (err != 0)
        over(t, err);
    else
        got_bytes(t);
}

static void read_on(struct truncation *t)
{
    uint64_t whole = mr_round_down(t->got, SEGMENT_UNIT);
    op_init(&t->op, read_done);
    io_read(t->store->io, &t->op, segment_file(t->use.seg), t->buf->data + whole,
            mr_round_up(t->want, SEGMENT_UNIT) - whole, t->at + whole);
}

static void read_opened(struct file_use *u)
{
    struct truncation *t = MR_CONTAINER(u, struct truncation, use);
    if (u->err != 0)
        over(t, u->err);
    else
        read_on(t);
}

/* Bytes [at, at + want) of the last segment, which its file holds, into a buffer with so much more room. */
static void read_file(struct truncation *t, uint64_t at, uint64_t want, uint64_t more)
{
    if (t->buf != NULL)
        buf_unref(t->buf);
    t->at = at;
    t->got = 0;
    t->want = want;
    t->buf = buf_new(mr_round_up(want + more, SEGMENT_UNIT) + SEGMENT_UNIT, SEGMENT_UNIT, t->store->shard->id);
    if (t->buf == NULL) {
        over(t, -ENOMEM);
        return;
    }
    if (want == 0) {
        got_bytes(t);
        return;
    }
    t->use = (struct file_use){
        .store = t->store, .log = t->log, .seg = plog_seg(t->log, t->last), .done = read_opened};
    if (file_use_begin(&t->use))
        read_opened(&t->use);
}

/* ---- END ---- */

/* No sound batch in the file goes. What stands from byte pos on begins in the file at most. */
static void read_end(struct truncation *t, uint64_t pos, int64_t next)
{
    const struct segment *seg = plog_seg(t->log, t->last);
    found(t, pos, next);
    if (pos >= seg->size) {
        found(t, seg->size, next);
        read_unit(t);
        return;
    }
    t->state = CUT_END;
    uint64_t at = mr_round_down(pos, SEGMENT_UNIT);
    uint64_t in_file = seg->finished ? seg->size : seg->mat_pos;
    read_file(t, at, in_file - at, seg->size - in_file);
}

static int look_at_end(struct truncation *t)
{
    const struct segment *seg = plog_seg(t->log, t->last);
    uint64_t more = seg->size - (t->at + t->want);
    if (plog_copy_memory(t->log, t->last, t->at + t->want, t->buf->data + t->want, more) != more)
        return -MR_E_CORRUPT;
    t->got = t->want + more;
    struct mr_slice rest = {t->buf->data + (t->cut.pos - t->at), seg->size - t->cut.pos};
    struct kw_batch b;
    int err = 0, is;
    while (err == 0 && (is = batch_next(&rest, &b)) == 1) {
        if (batch_last_offset(&b.h) >= t->to)
            return 0;
        err = t->counting ? count_batch(t, t->last, &b) : 0;
        found(t, t->cut.pos + b.bytes.len, batch_next_offset(&b.h));
    }
    return err != 0 ? err : is < 0 || rest.len > 0 ? -MR_E_CORRUPT : 0;
}

/* ---- UNIT ---- */

static void enter(struct truncation *t);

/* What of the cut segment lies behind its last whole unit. */
static void read_unit(struct truncation *t)
{
    const struct segment *seg = plog_seg(t->log, t->last);
    uint64_t at = mr_round_down(t->cut.pos, SEGMENT_UNIT), in_file = seg->finished ? seg->size : seg->mat_pos;
    t->state = CUT_UNIT;
    if (t->buf != NULL && t->at <= at && t->at + t->got >= t->cut.pos) {
        t->cut.rest = t->buf->data + (at - t->at);
        enter(t);
        return;
    }
    uint64_t want = mr_min(t->cut.pos, in_file) - mr_min(at, in_file);
    read_file(t, at, want, t->cut.pos - at - want);
}

static void got_bytes(struct truncation *t)
{
    if (t->state == CUT_END) {
        int err = look_at_end(t);
        if (err != 0)
            over(t, err);
        else
            read_unit(t);
        return;
    }
    uint64_t more = t->cut.pos - t->at - t->want;
    if (more > 0 &&
        plog_copy_memory(t->log, t->last, t->at + t->want, t->buf->data + t->want, more) != more) {
        over(t, -MR_E_CORRUPT);
        return;
    }
    t->cut.rest = t->buf->data;
    enter(t);
}

/* ---- ENTRY ---- */

/* Which files go: what belongs to segments behind the cut, and what is said of the one that is cut. */
static int note_files(struct truncation *t)
{
    const struct plog *log = t->log;
    uint32_t first = t->cut.keep - 1;
    t->base_count = log->seg_count - first;
    mem_free(t->bases);
    t->bases = mem_alloc(t->base_count * sizeof(*t->bases));
    for (uint32_t i = 0; t->bases != NULL && i < t->base_count; i++)
        t->bases[i] = log->segs[first + i]->base;
    return t->bases != NULL ? 0 : -ENOMEM;
}

static void stable(struct jwait *w, int err);

/* The entry, and the log is what it says. -EAGAIN: no room now. */
static int put_entry(struct truncation *t, struct mr_slice record, struct plog *copy)
{
    struct journal *j = t->store->journal;
    struct jchunk *chunk;
    if (!journal_room(j, PART_KEY_BYTES + record.len))
        return -EAGAIN;
    uint8_t *body = journal_add(j, JENTRY_TRUNCATE, 0, plog_key(t->log), PART_KEY_BYTES + record.len, &chunk);
    if (body == NULL)
        return journal_fenced(j) ? -MR_E_FENCED : -EAGAIN;
    memcpy(body + PART_KEY_BYTES, record.ptr, record.len);
    cut_become(t->log, copy, false);
    uint32_t entry;
    journal_here(j, &t->log->open_sequence, &entry);
    t->wait.done = stable;
    t->state = CUT_STABLE;
    journal_wait(j, &t->wait);
    store_changed(t->store);
    return 0;
}

/* The aborted transactions of the segment that is cut, when they are in memory. None of them is cut off, or
 * producers would have to be counted. */
static int take_txns(struct truncation *t)
{
    const struct segment *seg = plog_seg(t->log, t->last);
    if (seg->txns_filed && !seg->txns_loaded)
        return -MR_E_STATE;
    int err = 0;
    for (uint32_t i = 0; i < segment_txn_count(seg) && err == 0; i++)
        err = txn_index_add(&t->cut.txns, &seg->live->txns.items[i]);
    return err;
}

static int make_entry(struct truncation *t)
{
    struct plog *log = t->log;
    struct plog *copy = NULL;
    struct mr_scratch record;
    scratch_init(&record, journal_entry_max(t->store->journal) - PART_KEY_BYTES);
    t->cut.keep = t->last - log->seg_first + 1; /* those below the start go meanwhile */
    int err = t->counting ? 0 : take_txns(t);
    if (err == 0)
        err = cut_record(log, &t->cut, &record);
    if (err == 0)
        err = cut_copy(log, (struct mr_slice){record.data, record.len}, &copy);
    if (err == 0)
        err = note_files(t);
    if (err == 0)
        err = put_entry(t, (struct mr_slice){record.data, record.len}, copy);
    if (err != 0)
        cut_free(copy);
    scratch_done(&record);
    return err;
}

static void enter(struct truncation *t)
{
    t->state = CUT_ENTRY;
    int err = hindrance(t);
    if (err != 0) {
        over(t, err);
        return;
    }
    if (!is_quiet(t))
        return; /* a checkpoint has come in between */
    err = make_entry(t);
    if (err == -EAGAIN) {
        wait_room(t); /* and all of it again: what was found is used up */
    } else if (err == -MR_E_STATE && !t->counting) {
        t->counting = true;
        begin_walk(t);
    } else if (err != 0) {
        over(t, err);
    }
}

/* ---- STABLE, SYNC, FILES ---- */

static void next_file(struct truncation *t);

static void file_done(struct mr_op *op)
{
    struct truncation *t = MR_CONTAINER(op, struct truncation, op);
    next_file(t);
}

/* Files of segments that went may be in the way of nobody: what cannot be deleted is a stray, which the next
 * clean close removes. */
static void next_file(struct truncation *t)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    struct plog *log = t->log;
    if (t->suffix_next == MR_COUNT(suffixes)) {
        t->suffix_next = 0;
        t->base_next++;
    }
    bool first = t->base_next == 0;
    if (first && t->suffix_next == MR_COUNT(suffixes) - 1) {
        t->suffix_next = 0;
        t->base_next = 1;
    }
    if (t->base_next >= t->base_count || t->store->fenced != 0 || log->removed) {
        log->dir_dirty |= log->dir_made;
        log->changed = true;
        store_changed(t->store);
        space_freed(t->store);
        over(t, log->removed ? -ENOENT : t->store->fenced != 0 ? -MR_E_FENCED : 0);
        return;
    }
    plog_dir(log, dir);
    segment_path(path, dir, t->bases[t->base_next], suffixes[t->suffix_next++]);
    op_init(&t->op, file_done);
    io_unlink(t->store->io, &t->op, path);
}

/* What stands behind the cut in the file of the last segment goes, too. */
static void shortened(struct mr_op *op)
{
    struct truncation *t = MR_CONTAINER(op, struct truncation, op);
    t->use.seg->dirty = true;
    file_use_end(&t->use);
    if (op->result < 0 && !space_is_full((int)op->result)) /* for want of space it stays longer */
        store_fence(t->store, (int)op->result, "cutting a segment failed");
    next_file(t);
}

static void shorten_opened(struct file_use *u)
{
    struct truncation *t = MR_CONTAINER(u, struct truncation, use);
    if (u->err != 0) {
        if (u->err != -ENOENT) /* not one unit of it was ever written */
            store_fence(t->store, u->err, "cutting a segment failed");
        next_file(t);
        return;
    }
    op_init(&t->op, shortened);
    io_truncate(t->store->io, &t->op, segment_file(u->seg), u->seg->mat_pos);
}

static void begin_files(struct truncation *t)
{
    struct plog *log = t->log;
    t->state = CUT_FILES;
    t->change->offset = log->append_end;
    if (!log->dir_made || log->removed || t->store->fenced != 0) {
        t->base_next = t->base_count;
        next_file(t);
        return;
    }
    t->use = (struct file_use){.store = t->store, .log = log, .seg = plog_last(log), .done = shorten_opened};
    if (file_use_begin(&t->use))
        shorten_opened(&t->use);
}

static void synced(struct jwait *w, int err)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, wait);
    if (err != 0)
        over(t, t->log->removed ? -ENOENT : -MR_E_FENCED);
    else
        begin_files(t);
}

static void stable(struct jwait *w, int err)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, wait);
    if (err != 0 || t->store->cfg.flush) {
        synced(w, err);
        return;
    }
    t->state = CUT_SYNC;
    t->wait.done = synced;
    journal_sync(t->store->journal, &t->wait);
}

/* ---- all of it ---- */

static void truncation_work(struct mr_work *w)
{
    struct truncation *t = MR_CONTAINER(w, struct truncation, work);
    int err = hindrance(t);
    t->waits_room = false;
    if (err != 0) {
        over(t, err);
        return;
    }
    if (t->state == CUT_ENTRY) {
        enter(t);
        return;
    }
    if (!is_alone(t))
        return;
    if (t->to >= t->log->append_end) {
        t->change->offset = t->log->append_end;
        over(t, 0);
        return;
    }
    err = plog_journal_open(t->log); /* or checkpoints pass it by */
    if (err == -EAGAIN)
        wait_room(t);
    else if (err != 0)
        over(t, err);
    else if (is_quiet(t))
        begin_walk(t);
}

int plog_truncate(struct plog *log, int64_t offset, struct plog_change *c)
{
    struct store *s = log->store;
    MR_ASSERT(!log->removed && (log->state == PLOG_OPEN || log->state == PLOG_CUTTING));
    if (s->fenced != 0)
        return -MR_E_FENCED;
    struct truncation *t = log->truncation != NULL ? NULL : mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return -EAGAIN;
    t->store = s;
    t->log = log;
    t->change = c;
    t->to = mr_imax(offset, log->log_start);
    producer_state_init(&t->cut.producers, log->producers.producers_max);
    work_init(&t->work, truncation_work);
    c->log = log;
    c->offset = t->to;
    log->truncation = t;
    log->state = PLOG_CUTTING;
    list_push(&s->truncations, &t->link);
    plog_busy(log);
    go(t);
    return 0;
}

int truncate_replay(struct plog *log, struct mr_slice record)
{
    struct plog *copy = NULL;
    struct part_key key;
    struct mr_str topic;
    int err = precord_peek(record, &key, &topic);
    if (err == 0 && !part_key_eq(key, plog_key(log)))
        err = -MR_E_CORRUPT;
    list_remove(&log->work_link);
    while (err == 0 && log->busy > 0) /* replay had to make room, and this is being written for it */
        err = (int)mr_imin(store_wait(log->store), 0);
    if (err == 0)
        err = cut_copy(log, record, &copy);
    if (err != 0)
        return err;
    swaps_drop(log, true); /* their names were exchanged, or the record could not have been written */
    cut_become(log, copy, true);
    log->state = PLOG_OPEN;
    return 0;
}
