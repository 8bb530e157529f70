/* Checkpoints: after one, replay starts at its mark. Each log's record is taken at an instant of its own, a
 * few logs a turn; the record says up to which journal entry it knows (see record.c), so nothing has to stand
 * still meanwhile. Order: capture; until everything captured is stable; until the whole units below it are in
 * the files; fdatasync of those files, of changed directories; the checkpoint itself, flushed; only then the
 * journal before the mark may be reused. */
#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "core/scratch.h"
#include "storage/plog_priv.h"

enum {
    LOGS_A_TURN = 64,
    FLUSHES_AT_ONCE = 16,
    BODY_BYTES_MAX = 1 << 30,
};

enum cp_state { CP_CAPTURE, CP_STABLE, CP_SYNC, CP_FILES, CP_FLUSH, CP_DIRS, CP_REMOVALS, CP_ROOT, CP_WRITE };

/* What one captured log needs in its files. */
struct capture {
    struct plog *log;
    uint32_t seg;
    uint64_t pos;
    bool first; /* it was not journalled before: from the end of this checkpoint on it is */
};

struct checkpoint_task {
    struct store *store;
    enum cp_state state;
    struct mr_work work;
    struct jwait sync;
    bool synced;
    struct journal_mark mark;
    uint64_t wait_sequence;
    uint64_t removals;          /* those with a lower number were journalled before the mark */
    uint64_t removals_sequence; /* of the last such entry when the captured logs' files were flushed */
    struct capture *captures;
    uint32_t captured, captures_cap;
    uint32_t next;          /* capture being looked at */
    struct mr_scratch body; /* the whole file: room for the header, then records */
    uint32_t partitions;
    uint32_t in_flight;
    int err;
    struct file_put put;
};

struct flush_op {
    struct mr_op op;
    struct checkpoint_task *task;
    struct file_use file;   /* of a segment */
    const struct plog *log; /* of a directory, or of a file that could not be opened */
};

/* Counter and slot alternate, so the last good checkpoint is never the one being written. */
static void header_put(const struct store *s, uint8_t *h, uint64_t counter, const struct journal_mark *mark,
                       uint64_t flushed, uint32_t partitions, const uint8_t *body, uint64_t body_bytes)
{
    memset(h, 0, CHECKPOINT_BODY_AT);
    mr_put32(h, CHECKPOINT_MAGIC);
    mr_put16(h + 4, CHECKPOINT_FORMAT);
    mr_put16(h + 6, (uint16_t)s->shard->id);
    mr_put64(h + 8, counter);
    mr_put64(h + 16, s->generation);
    mr_put64(h + 24, mark->file);
    mr_put64(h + 32, mark->pos);
    mr_put64(h + 40, mark->sequence);
    mr_put64(h + 48, mark->generation);
    mr_put32(h + 56, mark->prev_crc);
    mr_put32(h + 60, s->journal_files);
    mr_put64(h + 64, s->journal_file_bytes);
    mr_put64(h + 72, flushed);
    mr_put64(h + 80, logdir_session(s->cfg.dir));
    mr_put32(h + 88, partitions);
    mr_put32(h + 92, s->cfg.unit);
    mr_put64(h + 96, body_bytes);
    mr_put32(h + 104, crc32c(0, body, body_bytes));
    mr_put32(h + 108, crc32c(0, h, 108));
}

static void slot_name(const struct store *s, char *dst, size_t bytes, uint64_t counter)
{
    snprintf(dst, bytes, "millrace-checkpoint-%u-%u", s->shard->id, (unsigned)(counter & 1));
}

static void slot_path(const struct store *s, char *dst, uint64_t counter)
{
    char name[64];
    slot_name(s, name, sizeof(name), counter);
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%s", s->dir, name);
}

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
    t->partitions++;
    if (!log->changed && log->journalled)
        return 0;
    log->changed = false;
    plog_pin(log); /* until the checkpoint stands */
    t->captures[t->captured++] = (struct capture){
        .log = log,
        .seg = log->seg_count > 0 ? plog_last_number(log) : 0,
        .pos = log->seg_count > 0 ? plog_last(log)->size : 0,
        .first = !log->journalled,
    };
    return 0;
}

static void checkpoint_finish(struct checkpoint_task *t)
{
    struct store *s = t->store;
    s->capture_next = NULL;
    list_remove(&t->work.link);
    for (uint32_t i = 0; i < t->captured; i++) {
        struct plog *log = t->captures[i].log;
        if (t->err != 0)
            log->changed = true;
        if (t->captures[i].first) {
            log->journalled = t->err == 0;
            log->record_wanted = false;
        }
        plog_unpin(log);
    }
    scratch_done(&t->body);
    mem_free(t->captures);
    s->checkpoint = NULL;
    s->mat_force = false;
    s->tasks--;
    int err = t->err;
    struct journal_mark mark = t->mark;
    mem_free(t);
    if (err != 0) {
        store_fence(s, err, "checkpoint failed");
        return;
    }
    s->stats.checkpoints++;
    s->checkpoint_counter++;
    journal_recycle(s->journal, &mark);
    bool wanted = s->checkpoint_wanted, changed = s->changed_meanwhile;
    s->checkpoint_wanted = s->changed_meanwhile = false;
    if (wanted && !s->closing)
        checkpoint_start(s);
    else if (changed && !s->closing)
        store_changed(s);
}

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
    mem_free(f);
    t->in_flight--;
    shard_ready(t->store->shard, &t->work);
}

static struct flush_op *flush_new(struct checkpoint_task *t)
{
    struct flush_op *f = mem_zalloc(1, sizeof(*f));
    if (f == NULL) {
        t->err = -ENOMEM;
        return NULL;
    }
    f->task = t;
    op_init(&f->op, flush_done);
    t->in_flight++;
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
static void flush_segments(struct checkpoint_task *t, struct plog *log)
{
    for (uint32_t i = log->seg_count; i > 0 && t->err == 0; i--) {
        struct segment *seg = log->segs[i - 1];
        if (!seg->dirty && seg->finished)
            break; /* all before it were flushed earlier: files are written in order */
        if (!seg->dirty)
            continue;
        struct flush_op *f = flush_new(t);
        if (f == NULL)
            return;
        seg->dirty = false; /* a write in flight sets it again when it completes */
        f->file = (struct file_use){.store = t->store, .log = log, .seg = seg, .done = flush_opened};
        if (file_use_begin(&f->file))
            flush_opened(&f->file);
    }
}

static void flush_dir(struct checkpoint_task *t, struct plog *log)
{
    struct flush_op *f = log->dir_dirty && !log->removed ? flush_new(t) : NULL;
    if (f == NULL)
        return;
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    log->dir_dirty = false;
    f->log = log;
    io_sync_dir(t->store->io, &f->op, dir);
}

static bool all_in_files(struct checkpoint_task *t)
{
    for (; t->next < t->captured; t->next++) {
        const struct capture *c = &t->captures[t->next];
        if (c->log->seg_count > 0 && !materialised_to(c->log, c->seg, c->pos))
            break;
    }
    if (t->next == t->captured)
        return true;
    for (uint32_t i = t->next; i < t->captured && i < t->next + LOGS_A_TURN; i++) {
        const struct capture *c = &t->captures[i];
        if (c->log->seg_count > 0 && !materialised_to(c->log, c->seg, c->pos))
            materialise_want(c->log);
    }
    materialise_kick(t->store);
    return false;
}

static void put_done(struct file_put *p)
{
    struct checkpoint_task *t = MR_CONTAINER(p, struct checkpoint_task, put);
    t->err = p->err;
    checkpoint_finish(t);
}

static void write_it(struct checkpoint_task *t)
{
    struct store *s = t->store;
    char path[SEGMENT_PATH_MAX];
    uint64_t counter = s->checkpoint_counter + 1;
    uint8_t *image = t->body.data;
    header_put(s, image, counter, &t->mark, journal_flushed_sequence(s->journal), t->partitions,
               image + CHECKPOINT_BODY_AT, t->body.len - CHECKPOINT_BODY_AT);
    slot_path(s, path, counter);
    file_put_start(&t->put, s->io, path, image, t->body.len, true, put_done);
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
    for (uint32_t n = 0; n < LOGS_A_TURN && s->capture_next != &s->all && t->err == 0; n++) {
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
    case CP_FILES: /* the materialiser comes back here */
        s->mat_force = true;
        if (!all_in_files(t))
            return false;
        s->mat_force = false;
        t->next = 0;
        return true;
    case CP_FLUSH:
        while (t->next < t->captured && t->in_flight < FLUSHES_AT_ONCE && t->err == 0)
            flush_segments(t, t->captures[t->next++].log);
        if (t->in_flight > 0 || t->next < t->captured)
            return false;
        t->next = 0;
        return true;
    case CP_DIRS:
        while (t->next < t->captured && t->in_flight < FLUSHES_AT_ONCE && t->err == 0)
            flush_dir(t, t->captures[t->next++].log);
        t->removals_sequence = s->removals_sequence;
        return t->in_flight == 0 && t->next == t->captured;
    case CP_REMOVALS:
        /* Removals from before the mark have renamed their directories: nothing else will say so. Those since
         * must be certain, too: of a captured log that was removed meanwhile not all is in the files. A
         * removal comes back here. */
        return removals_renamed(s, t->removals) &&
               journal_flushed_sequence(s->journal) >= t->removals_sequence;
    case CP_ROOT: {
        if (t->in_flight > 0)
            return false;
        struct flush_op *f = s->root_dirty ? flush_new(t) : NULL;
        if (f == NULL)
            return true;
        s->root_dirty = false;
        io_sync_dir(s->io, &f->op, s->dir);
        return false;
    }
    case CP_WRITE:
        return false;
    }
    return false;
}

/* CAPTURE -> STABLE -> SYNC -> FILES -> FLUSH -> DIRS -> REMOVALS -> ROOT -> WRITE. Driven by its own work,
 * by the materialiser, by removals and by groups. */
static void checkpoint_step(struct checkpoint_task *t)
{
    struct store *s = t->store;
    while (t->state != CP_WRITE) {
        if (t->err == 0 && s->fenced != 0)
            t->err = s->fenced;
        if (t->err != 0) {
            if (t->in_flight == 0)
                checkpoint_finish(t);
            return;
        }
        bool over = checkpoint_do(t);
        if (t->err != 0)
            continue;
        if (!over)
            return;
        t->state++;
        if (t->state == CP_WRITE)
            write_it(t);
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
        return;
    }
    struct checkpoint_task *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return; /* tried again at the next occasion */
    t->store = s;
    work_init(&t->work, task_work);
    s->capture_next = s->all.next;
    s->checkpoint = t;
    s->tasks++;
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    journal_mark_here(s->journal, &t->mark);
    t->removals = s->removal_numbers;
    scratch_init(&t->body, BODY_BYTES_MAX);
    t->err = scratch_reserve(&t->body, CHECKPOINT_BODY_AT);
    if (t->err == 0)
        t->body.len = CHECKPOINT_BODY_AT;
    shard_ready(s->shard, &t->work);
}

bool checkpoint_running(const struct store *s)
{
    return s->checkpoint != NULL;
}

enum slot_how { SLOT_IN_PLACE, SLOT_IN_ONE_STEP };

static int write_slot(struct store *s, enum slot_how how, const struct journal_mark *mark, uint64_t flushed,
                      const struct checkpoint_image *image)
{
    uint64_t body_bytes = image != NULL ? image->body_bytes : 0;
    struct mr_buf *buf = buf_new(CHECKPOINT_BODY_AT + body_bytes, SEGMENT_UNIT, s->shard->id);
    if (buf == NULL)
        return -ENOMEM;
    if (body_bytes > 0)
        memcpy(buf->data + CHECKPOINT_BODY_AT, image->body->data, body_bytes);
    uint64_t counter = s->checkpoint_counter + 1;
    header_put(s, buf->data, counter, mark, flushed, image != NULL ? image->partitions : 0,
               buf->data + CHECKPOINT_BODY_AT, body_bytes);
    char name[64], path[SEGMENT_PATH_MAX];
    slot_name(s, name, sizeof(name), counter);
    slot_path(s, path, counter);
    uint64_t bytes = CHECKPOINT_BODY_AT + body_bytes;
    int err = how == SLOT_IN_ONE_STEP ? file_replace_wait(s->io, s->dir, name, buf->data, bytes) : -ENOSPC;
    if (err == -ENOSPC) /* also when there is no space for both: a full disk must not keep it from starting */
        err = file_put_wait(s->io, path, buf->data, bytes, true);
    buf_unref(buf);
    if (err == 0)
        s->checkpoint_counter = counter;
    return err;
}

/* The flush of the one that was loaded may have failed, and readers see it nevertheless: until there is a
 * certain one, the one before it must not be torn. */
int checkpoint_renew_wait(struct store *s, const struct checkpoint_image *image)
{
    int err = write_slot(s, SLOT_IN_ONE_STEP, &image->mark, image->flushed_sequence, image);
    s->image_renewed = err == 0;
    return err;
}

int checkpoint_write_wait(struct store *s, const struct journal_mark *mark,
                          const struct checkpoint_image *image)
{
    uint64_t flushed = journal_flushed_sequence(s->journal);
    enum slot_how how = s->recovering && s->checkpoint_counter > 0 ? SLOT_IN_ONE_STEP : SLOT_IN_PLACE;
    int err = s->image_renewed ? 0 : write_slot(s, how, mark, flushed, image);
    if (err == 0)
        err = write_slot(s, SLOT_IN_PLACE, mark, flushed, image);
    if (err != 0)
        return err;
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(s->io, &op, s->dir);
    return (int)io_wait(s->io, &op);
}

/* ---- loading ---- */

static int load_slot(struct mr_io *io, const char *dir, uint32_t shard, unsigned slot,
                     struct checkpoint_image *ret)
{
    char path[SEGMENT_PATH_MAX];
    snprintf(path, sizeof(path), "%s/millrace-checkpoint-%u-%u", dir, shard, slot);
    uint8_t *bytes = NULL;
    size_t len = 0;
    int err = file_get_wait(io, path, BODY_BYTES_MAX, &bytes, &len);
    if (err != 0)
        return err;
    const uint8_t *h = bytes;
    err = -MR_E_CORRUPT;
    if (len < CHECKPOINT_BODY_AT || mr_get32(h) != CHECKPOINT_MAGIC || mr_get32(h + 108) != crc32c(0, h, 108))
        goto out;
    if (mr_get16(h + 4) != CHECKPOINT_FORMAT) {
        err = -MR_E_VERSION;
        goto out;
    }
    *ret = (struct checkpoint_image){
        .counter = mr_get64(h + 8),
        .generation = mr_get64(h + 16),
        .mark = {.file = mr_get64(h + 24),
                 .pos = mr_get64(h + 32),
                 .sequence = mr_get64(h + 40),
                 .generation = mr_get64(h + 48),
                 .prev_crc = mr_get32(h + 56)},
        .files = mr_get32(h + 60),
        .file_bytes = mr_get64(h + 64),
        .flushed_sequence = mr_get64(h + 72),
        .session = mr_get64(h + 80),
        .partitions = mr_get32(h + 88),
        .unit = mr_get32(h + 92),
        .body_bytes = mr_get64(h + 96),
    };
    if (mr_get16(h + 6) != shard || ret->body_bytes > len - CHECKPOINT_BODY_AT ||
        mr_get32(h + 104) != crc32c(0, h + CHECKPOINT_BODY_AT, ret->body_bytes))
        goto out;
    ret->body = buf_new(ret->body_bytes, 64, shard);
    if (ret->body == NULL) {
        err = -ENOMEM;
        goto out;
    }
    memcpy(ret->body->data, h + CHECKPOINT_BODY_AT, ret->body_bytes);
    err = 0;
out:
    mem_free(bytes);
    return err;
}

int checkpoint_load(struct mr_io *io, const char *dir, uint32_t shard, struct checkpoint_image *ret)
{
    struct checkpoint_image image[2];
    memset(image, 0, sizeof(image));
    int err[2];
    for (unsigned slot = 0; slot < 2; slot++) {
        err[slot] = load_slot(io, dir, shard, slot, &image[slot]);
        if (err[slot] != 0 && err[slot] != -ENOENT && err[slot] != -MR_E_CORRUPT) {
            if (slot == 1 && err[0] == 0)
                buf_unref(image[0].body);
            return err[slot];
        }
    }
    if (err[0] != 0 && err[1] != 0)
        return err[0] == -MR_E_CORRUPT && err[1] == -MR_E_CORRUPT ? -MR_E_CORRUPT : -ENOENT;
    unsigned best = err[0] != 0 || (err[1] == 0 && image[1].counter > image[0].counter);
    if (err[1 - best] == 0)
        buf_unref(image[1 - best].body);
    *ret = image[best];
    return 0;
}
