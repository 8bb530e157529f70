/* Cutting the end of a log off.
 *
 * QUIET: nothing is in flight on the log, and a checkpoint has put all whole units and names of it on stable
 * storage -> FIND: where the batch that goes first begins (storage/truncate_find.h) -> ENTRY: a TRUNCATE
 * entry with the record of the shorter log; the log becomes that -> STABLE (-> SYNC, without flush) -> FILES:
 * what is not needed any more is deleted.
 *
 * No file changes before the entry is on stable storage, so a crash leaves the old log or the shorter one.
 * The entry needs nothing of what stands before it in the journal, for all that it says to be in files is
 * flushed: replay drops what it has of the log and goes on from there. */
#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/space.h"
#include "storage/trim.h"
#include "storage/truncate_find.h"

enum truncation_state { CUT_QUIET, CUT_FIND, CUT_ENTRY, CUT_STABLE, CUT_SYNC, CUT_FILES };

static const char *const suffixes[] = {".index", ".timeindex", ".txnindex", ".snapshot", ".log"};

struct truncation {
    struct mr_list link; /* store->truncations */
    struct mr_work work;
    struct store *store;
    struct plog *log;
    struct plog_change *change;
    enum truncation_state state;
    bool waits_room;
    struct cut_find find;
    struct file_use use;
    struct mr_op op;
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
    cut_find_forget(&t->find);
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
    if (log->dir_dirty ||
        (log->seg_count > 0 && !materialised_to(log, plog_last_number(log), plog_last(log)->size)))
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

/* ---- ENTRY ---- */

/* Which files go: what belongs to segments behind the cut, and what is said of the one that is cut. */
static int note_files(struct truncation *t)
{
    const struct plog *log = t->log;
    uint32_t first = t->find.cut.keep - 1;
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
    if (!journal_room(j, JENTRY_TRUNCATE, PART_KEY_BYTES + record.len))
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
    const struct segment *seg = plog_seg(t->log, t->find.last);
    if (seg->txns_filed && !seg->txns_loaded)
        return -MR_E_STATE;
    int err = 0;
    for (uint32_t i = 0; i < segment_txn_count(seg) && err == 0; i++)
        err = txn_index_add(&t->find.cut.txns, &seg->live->txns.items[i]);
    return err;
}

static int make_entry(struct truncation *t)
{
    struct plog *log = t->log;
    struct plog *copy = NULL;
    struct mr_scratch record;
    scratch_init(&record, journal_entry_max(t->store->journal) - PART_KEY_BYTES);
    t->find.cut.keep = t->find.last - log->seg_first + 1; /* those below the start go meanwhile */
    int err = t->find.counting ? 0 : take_txns(t);
    if (err == 0)
        err = cut_record(log, &t->find.cut, &record);
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

static void enter(struct truncation *t);

static void found(struct cut_find *f)
{
    struct truncation *t = MR_CONTAINER(f, struct truncation, find);
    if (f->err != 0)
        over(t, t->log->removed ? -ENOENT : t->store->fenced != 0 ? -MR_E_FENCED : f->err);
    else
        enter(t);
}

static void begin_find(struct truncation *t)
{
    t->state = CUT_FIND;
    t->find.to = mr_imax(t->find.to, t->log->log_start); /* it may have moved since */
    cut_find_begin(&t->find);
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
    } else if (err == -MR_E_STATE && !t->find.counting) {
        t->find.counting = true;
        begin_find(t);
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
    if (t->find.to >= t->log->append_end) {
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
        begin_find(t);
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
    t->log = t->find.log = log;
    t->find.done = found;
    t->change = c;
    t->find.to = mr_imax(offset, log->log_start);
    producer_state_init(&t->find.cut.producers, log->producers.producers_max);
    work_init(&t->work, truncation_work);
    c->log = log;
    c->offset = t->find.to;
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
