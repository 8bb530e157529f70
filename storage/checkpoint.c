/* Checkpoints: after one, replay starts at its mark. Each log's record is taken at an instant of its own, a few logs a
 * turn; the record says up to which journal entry it knows (see record.c), so nothing has to stand still meanwhile.
 * Order: capture; until everything captured is stable; until the whole units below it are in the files; fdatasync of those
 * files, of changed directories; the checkpoint itself, flushed; only then the journal before the mark may be reused. */
#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/plog_priv.h"

enum {
    LOGS_A_TURN = 64,
    FLUSHES_AT_ONCE = 16,
    BODY_BYTES_MAX = 1 << 30,
};

enum cp_state { CP_CAPTURE, CP_STABLE, CP_FILES, CP_FLUSH, CP_DIRS, CP_ROOT, CP_WRITE };

/* What one captured log needs in its files. */
struct capture {
    struct plog *log;
    uint32_t seg;
    uint64_t pos;
};

struct checkpoint_task {
    struct store *store;
    enum cp_state state;
    struct mr_work work;
    struct journal_mark mark;
    uint64_t wait_sequence;
    struct mr_list cursor; /* in store->all, before the next log to capture */
    struct capture *captures;
    uint32_t captured, captures_cap;
    uint32_t next; /* capture being flushed */
    struct mr_scratch body; /* the whole file: room for the header, then records */
    uint32_t partitions;
    uint32_t in_flight;
    int err;
    struct file_put put;
};

struct flush_op {
    struct mr_op op;
    struct checkpoint_task *task;
    struct file_use file;
};

/* Counter and slot alternate, so the last good checkpoint is never the one being written. */
static void header_put(const struct store *s, uint8_t *h, uint64_t counter, const struct journal_mark *mark,
                       uint32_t partitions, const uint8_t *body, uint64_t body_bytes)
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
    mr_put32(h + 48, mark->prev_crc);
    mr_put32(h + 52, s->journal_files);
    mr_put64(h + 56, s->journal_file_bytes);
    mr_put64(h + 64, s->journal == NULL ? 0 : journal_stable_sequence(s->journal));
    mr_put32(h + 72, partitions);
    mr_put32(h + 76, s->cfg.unit);
    mr_put64(h + 80, body_bytes);
    mr_put32(h + 88, crc32c(0, body, body_bytes));
    mr_put32(h + 92, crc32c(0, h, 92));
}

static void slot_path(const struct store *s, char *dst, uint64_t counter)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%s/millrace-checkpoint-%u-%u", s->dir, s->shard->id, (unsigned)(counter & 1));
}

static int capture_log(struct checkpoint_task *t, struct plog *log)
{
    struct store *s = t->store;
    int err = 0;
    if (t->captured == t->captures_cap) {
        uint32_t cap = t->captures_cap == 0 ? 64 : t->captures_cap * 2;
        void *grown = mem_realloc(t->captures, cap * sizeof(*t->captures));
        if (grown == NULL)
            return -ENOMEM;
        t->captures = grown;
        t->captures_cap = cap;
    }
    uint64_t sequence;
    uint32_t entry;
    journal_here(s->journal, &sequence, &entry);
    size_t start = t->body.len;
    err = scratch_put(&t->body, "\0\0\0\0", 4);
    if (err == 0)
        err = precord_put(log, &t->body, sequence, entry);
    if (err != 0)
        return err;
    mr_put32(t->body.data + start, (uint32_t)(t->body.len - start - 4));
    t->partitions++;
    if (log->changed) {
        log->changed = false;
        log->reads++; /* pinned until the checkpoint stands */
        t->captures[t->captured++] = (struct capture){
            .log = log,
            .seg = log->seg_count > 0 ? plog_last_number(log) : 0,
            .pos = log->seg_count > 0 ? plog_last(log)->size : 0,
        };
    }
    return 0;
}

static void checkpoint_finish(struct checkpoint_task *t)
{
    struct store *s = t->store;
    list_remove(&t->cursor);
    list_remove(&t->work.link); /* a group or the materialiser may have asked for one more step */
    for (uint32_t i = 0; i < t->captured; i++) {
        t->captures[i].log->reads--;
        if (t->err != 0)
            t->captures[i].log->changed = true;
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
    if (s->checkpoint_wanted) {
        s->checkpoint_wanted = false;
        checkpoint_start(s);
    }
}

static void task_work(struct mr_work *w);

static void flush_done(struct mr_op *op)
{
    struct flush_op *f = MR_CONTAINER(op, struct flush_op, op);
    struct checkpoint_task *t = f->task;
    if (op->result < 0)
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

/* All dirty segments of a captured log; a dirty segment's file is open, files.c keeps it so. */
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
        seg->dirty = false;
        f->file = (struct file_use){.store = t->store, .log = log, .seg = seg};
        bool open = file_use_begin(&f->file);
        MR_ASSERT(open);
        io_flush(t->store->io, &f->op, seg->file);
    }
}

static bool all_in_files(struct checkpoint_task *t)
{
    bool all = true;
    for (; t->next < t->captured; t->next++) {
        const struct capture *c = &t->captures[t->next];
        if (c->log->seg_count == 0 || materialised_to(c->log, c->seg, c->pos))
            continue;
        all = false;
        break;
    }
    if (!all) {
        for (uint32_t i = t->next; i < t->captured && i < t->next + LOGS_A_TURN; i++) {
            const struct capture *c = &t->captures[i];
            if (c->log->seg_count > 0 && !materialised_to(c->log, c->seg, c->pos))
                materialise_want(c->log);
        }
        materialise_kick(t->store);
    }
    return all;
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
    header_put(s, image, counter, &t->mark, t->partitions, image + CHECKPOINT_BODY_AT,
               t->body.len - CHECKPOINT_BODY_AT);
    slot_path(s, path, counter);
    file_put_start(&t->put, s->io, path, image, t->body.len, true, put_done);
}

/* CAPTURE -> STABLE -> FILES -> FLUSH -> DIRS -> ROOT -> WRITE. Driven by its own work, by the materialiser and by groups. */
static void checkpoint_step(struct checkpoint_task *t)
{
    struct store *s = t->store;
    if (t->err == 0 && s->fenced != 0)
        t->err = s->fenced;
    if (t->err != 0) {
        if (t->in_flight == 0 && t->state != CP_WRITE)
            checkpoint_finish(t);
        return;
    }
    switch (t->state) {
    case CP_CAPTURE: {
        for (uint32_t n = 0; n < LOGS_A_TURN && t->cursor.next != &s->all && t->err == 0; n++) {
            struct mr_list *node = t->cursor.next;
            struct plog *log = MR_CONTAINER(node, struct plog, all_link);
            list_remove(&t->cursor);
            list_push_front(node, &t->cursor);
            if (log->journalled && !log->removed)
                t->err = capture_log(t, log);
        }
        if (t->err != 0 || t->cursor.next != &s->all) {
            shard_ready(s->shard, &t->work);
            return;
        }
        uint32_t entry;
        journal_here(s->journal, &t->wait_sequence, &entry);
        t->wait_sequence -= entry == 0 ? 1 : 0;
        t->state = CP_STABLE;
    }
        /* fall through */
    case CP_STABLE:
        if (journal_stable_sequence(s->journal) < t->wait_sequence)
            return; /* the next group's completion comes back here */
        s->mat_force = true;
        t->next = 0;
        t->state = CP_FILES;
        /* fall through */
    case CP_FILES:
        if (!all_in_files(t))
            return; /* the materialiser comes back here */
        s->mat_force = false;
        t->next = 0;
        t->state = CP_FLUSH;
        /* fall through */
    case CP_FLUSH:
        while (t->next < t->captured && t->in_flight < FLUSHES_AT_ONCE)
            flush_segments(t, t->captures[t->next++].log);
        if (t->in_flight > 0 || t->next < t->captured)
            return;
        t->next = 0;
        t->state = CP_DIRS;
        /* fall through */
    case CP_DIRS:
        for (; t->next < t->captured && t->in_flight < FLUSHES_AT_ONCE; t->next++) {
            struct plog *log = t->captures[t->next].log;
            struct flush_op *f = log->dir_dirty ? flush_new(t) : NULL;
            if (f == NULL)
                continue;
            char dir[SEGMENT_PATH_MAX];
            plog_dir(log, dir);
            log->dir_dirty = false;
            io_sync_dir(s->io, &f->op, dir);
        }
        if (t->in_flight > 0 || t->next < t->captured)
            return;
        t->state = CP_ROOT;
        if (s->root_dirty) {
            struct flush_op *f = flush_new(t);
            if (f != NULL) {
                s->root_dirty = false;
                io_sync_dir(s->io, &f->op, s->dir);
                return;
            }
        }
        /* fall through */
    case CP_ROOT:
        if (t->in_flight > 0)
            return;
        t->state = CP_WRITE;
        write_it(t);
        return;
    case CP_WRITE:
        return;
    }
}

static void task_work(struct mr_work *w) { checkpoint_step(MR_CONTAINER(w, struct checkpoint_task, work)); }

void checkpoint_poke(struct store *s)
{
    if (s->checkpoint != NULL)
        shard_ready(s->shard, &s->checkpoint->work);
}

void checkpoint_start(struct store *s)
{
    if (s->fenced != 0)
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
    list_push_front(&s->all, &t->cursor);
    s->checkpoint = t;
    s->tasks++;
    shard_timer_cancel(s->shard, &s->checkpoint_timer);
    journal_mark_here(s->journal, &t->mark);
    scratch_init(&t->body, BODY_BYTES_MAX);
    t->err = scratch_reserve(&t->body, CHECKPOINT_BODY_AT);
    if (t->err == 0)
        t->body.len = CHECKPOINT_BODY_AT;
    shard_ready(s->shard, &t->work);
}

bool checkpoint_running(const struct store *s) { return s->checkpoint != NULL; }

static int write_slot(struct store *s, const struct journal_mark *mark, const struct checkpoint_image *image)
{
    uint64_t body_bytes = image != NULL ? image->body_bytes : 0;
    struct mr_buf *buf = buf_new(CHECKPOINT_BODY_AT + body_bytes, SEGMENT_UNIT, s->shard->id);
    if (buf == NULL)
        return -ENOMEM;
    if (body_bytes > 0)
        memcpy(buf->data + CHECKPOINT_BODY_AT, image->body->data, body_bytes);
    uint64_t counter = s->checkpoint_counter + 1;
    header_put(s, buf->data, counter, mark, image != NULL ? image->partitions : 0, buf->data + CHECKPOINT_BODY_AT,
               body_bytes);
    char path[SEGMENT_PATH_MAX];
    slot_path(s, path, counter);
    int err = file_put_wait(s->io, path, buf->data, CHECKPOINT_BODY_AT + body_bytes, true);
    buf_unref(buf);
    if (err == 0)
        s->checkpoint_counter = counter;
    return err;
}

int checkpoint_write_wait(struct store *s, const struct journal_mark *mark, const struct checkpoint_image *image)
{
    int err = 0;
    for (int slot = 0; slot < 2 && err == 0; slot++)
        err = write_slot(s, mark, image);
    if (err != 0)
        return err;
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(s->io, &op, s->dir);
    return (int)io_wait(s->io, &op);
}

/* ---- loading ---- */

static int load_slot(struct mr_io *io, const char *dir, uint32_t shard, unsigned slot, struct checkpoint_image *ret)
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
    if (len < CHECKPOINT_BODY_AT || mr_get32(h) != CHECKPOINT_MAGIC || mr_get32(h + 92) != crc32c(0, h, 92))
        goto out;
    if (mr_get16(h + 4) != CHECKPOINT_FORMAT) {
        err = -MR_E_VERSION;
        goto out;
    }
    *ret = (struct checkpoint_image){
        .counter = mr_get64(h + 8),
        .generation = mr_get64(h + 16),
        .mark = {mr_get64(h + 24), mr_get64(h + 32), mr_get64(h + 40), mr_get32(h + 48)},
        .files = mr_get32(h + 52),
        .file_bytes = mr_get64(h + 56),
        .flushed_sequence = mr_get64(h + 64),
        .partitions = mr_get32(h + 72),
        .unit = mr_get32(h + 76),
        .body_bytes = mr_get64(h + 80),
    };
    if (mr_get16(h + 6) != shard || ret->body_bytes > len - CHECKPOINT_BODY_AT ||
        mr_get32(h + 88) != crc32c(0, h + CHECKPOINT_BODY_AT, ret->body_bytes))
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
        if (err[slot] != 0 && err[slot] != -ENOENT && err[slot] != -MR_E_CORRUPT)
            return err[slot];
    }
    if (err[0] != 0 && err[1] != 0)
        return err[0] == -MR_E_CORRUPT || err[1] == -MR_E_CORRUPT ? -MR_E_CORRUPT : -ENOENT;
    unsigned best = err[0] != 0 || (err[1] == 0 && image[1].counter > image[0].counter);
    if (err[1 - best] == 0)
        buf_unref(image[1 - best].body);
    *ret = image[best];
    return 0;
}
