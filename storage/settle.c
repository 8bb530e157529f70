/* A clean close: every log becomes what Kafka would have left, byte for byte, and needs no journal. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/plog_priv.h"

enum { SNAPSHOT_BYTES_MAX = 256 << 20 };

static int wait_flush(struct store *s, struct mr_file f)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_flush(s->io, &op, f);
    return (int)io_wait(s->io, &op);
}

static int wait_sync_dir(struct store *s, const char *path)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(s->io, &op, path);
    return (int)io_wait(s->io, &op);
}

static int wait_unlink(struct store *s, const char *path)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_unlink(s->io, &op, path);
    int err = (int)io_wait(s->io, &op);
    return err == -ENOENT ? 0 : err;
}

static void use_ready(struct file_use *u)
{
    u->step = -1;
}

/* The file of seg, open and pinned. */
static int wait_file(struct store *s, struct plog *log, struct segment *seg, struct file_use *u)
{
    *u = (struct file_use){.store = s, .log = log, .seg = seg, .create = true, .done = use_ready};
    if (file_use_begin(u))
        return u->err;
    while (u->step != -1) {
        int n = store_wait(s);
        if (n < 0)
            return n;
    }
    return u->err;
}

/* The bytes that are only in memory, to the end of the log: fewer than a unit, behind what was materialised.
 */
static int write_rest(struct store *s, struct plog *log, struct segment *seg)
{
    uint64_t rest = seg->size - seg->mat_pos;
    struct file_use u;
    int err = wait_file(s, log, seg, &u);
    if (err != 0)
        return err;
    struct mr_op op;
    if (rest > 0) {
        MR_ASSERT(rest < SEGMENT_UNIT && rest >= log->frag_len);
        struct mr_buf *buf = buf_new(SEGMENT_UNIT, SEGMENT_UNIT, s->shard->id);
        if (buf == NULL) {
            file_use_end(&u);
            return -ENOMEM;
        }
        memset(buf->data, 0, SEGMENT_UNIT);
        plog_copy_rest(log, buf->data);
        op_init(&op, NULL);
        io_write(s->io, &op, seg->file, buf->data, SEGMENT_UNIT, seg->mat_pos);
        int64_t n = io_wait(s->io, &op);
        buf_unref(buf);
        err = n == SEGMENT_UNIT ? 0 : n < 0 ? (int)n : -ENOSPC; /* direct writes of one unit are never cut */
        seg->dirty = true;
    }
    if (err == 0) {
        op_init(&op, NULL);
        io_truncate(s->io, &op, seg->file, seg->size);
        err = (int)io_wait(s->io, &op);
    }
    if (err == 0)
        err = wait_flush(s, seg->file);
    seg->dirty = false;
    file_use_end(&u);
    return err;
}

static int put_in_dir(struct store *s, const char *dir, int64_t base, const char *suffix, const void *bytes,
                      size_t len)
{
    char path[SEGMENT_PATH_MAX];
    segment_path(path, dir, base, suffix);
    return file_put_wait(s->io, path, bytes, len, true);
}

/* Complete indexes are written; an incomplete one must not be there at all: Kafka then rebuilds it. */
static int write_indexes(struct store *s, const char *dir, struct segment *seg)
{
    struct seg_index *ix = &seg->index;
    if (seg->index_filed)
        return 0;
    if (!segment_indexed(seg)) {
        char path[SEGMENT_PATH_MAX];
        segment_path(path, dir, seg->base, ".index");
        int err = wait_unlink(s, path);
        segment_path(path, dir, seg->base, ".timeindex");
        return err != 0 ? err : wait_unlink(s, path);
    }
    if (seg->max_ts_offset >= seg->base)
        (void)index_close(ix, seg->max_ts, (uint32_t)(seg->max_ts_offset - seg->base));
    size_t bytes = mr_max((size_t)ix->offset_count * 8, (size_t)ix->time_count * 12);
    uint8_t *out = mem_alloc(bytes + 1);
    if (out == NULL)
        return -ENOMEM;
    index_encode_offsets(ix, out);
    int err = put_in_dir(s, dir, seg->base, ".index", out, (size_t)ix->offset_count * 8);
    if (err == 0) {
        index_encode_times(ix, out);
        err = put_in_dir(s, dir, seg->base, ".timeindex", out, (size_t)ix->time_count * 12);
    }
    mem_free(out);
    return err;
}

/* Of a segment whose aborted transactions are in memory. */
static int write_txns(struct store *s, const char *dir, const struct segment *seg)
{
    if (seg->txns_filed || seg->txns.count == 0)
        return 0; /* a file that does not belong there is a stray */
    size_t bytes = (size_t)seg->txns.count * TXN_INDEX_ENTRY_BYTES;
    uint8_t *out = mem_alloc(bytes);
    if (out == NULL)
        return -ENOMEM;
    txn_index_encode(&seg->txns, out);
    int err = put_in_dir(s, dir, seg->base, ".txnindex", out, bytes);
    mem_free(out);
    return err;
}

static int write_epochs(struct store *s, const struct plog *log, const char *dir)
{
    size_t bytes = epochs_encode(&log->epochs, NULL, 0);
    char *text = mem_alloc(bytes + 1);
    char path[SEGMENT_PATH_MAX];
    if (text == NULL)
        return -ENOMEM;
    epochs_encode(&log->epochs, text, bytes);
    snprintf(path, sizeof(path), "%s/leader-epoch-checkpoint", dir);
    int err = file_put_wait(s->io, path, text, bytes, true);
    mem_free(text);
    return err;
}

static int write_producers(struct store *s, const struct plog *log, const char *dir)
{
    if (producer_count(&log->producers) == 0)
        return 0;
    struct mr_scratch out;
    scratch_init(&out, SNAPSHOT_BYTES_MAX);
    int err = producer_snapshot_write(&log->producers, &out);
    if (err == 0)
        err = put_in_dir(s, dir, log->append_end, ".snapshot", out.data, out.len);
    scratch_done(&out);
    return err;
}

/* ---- what must not stay ---- */

/* Files of segments that the log does not have (a crash without flush may leave some), and snapshots that
 * would bring back producers of long ago. */
struct strays {
    const struct plog *log;
    char **names;
    uint32_t count;
};

/* Is there, or may there be, anything in the .txnindex of the segment that begins at base? */
static bool has_txns(const struct plog *log, int64_t base)
{
    const struct segment *seg = plog_seg_of(log, base, NULL);
    return seg != NULL && seg->base == base && (seg->txns_filed || seg->txns.count > 0);
}

static bool has_segment(const struct plog *log, int64_t base)
{
    const struct segment *seg = plog_seg_of(log, base, NULL);
    return seg != NULL && seg->base == base;
}

static int note_stray(void *ctx, const char *name, bool is_dir)
{
    static const char *const suffixes[] = {".log", ".index", ".timeindex"};
    struct strays *st = ctx;
    bool stray = false;
    for (size_t i = 0; i < MR_COUNT(suffixes); i++) {
        int64_t base = segment_base_of(name, suffixes[i]);
        stray |= base >= 0 && !has_segment(st->log, base);
    }
    int64_t at = segment_base_of(name, ".txnindex");
    stray |= at >= 0 && !has_txns(st->log, at);
    at = segment_base_of(name, ".snapshot");
    stray |= at >= 0 && (at != st->log->append_end || producer_count(&st->log->producers) == 0);
    if (is_dir || !stray)
        return 0;
    if ((st->count & (st->count + 1)) == 0) { /* grow at 0, 1, 3, 7, ... */
        void *grown = mem_realloc(st->names, ((size_t)st->count * 2 + 1) * sizeof(*st->names));
        if (grown == NULL)
            return -ENOMEM;
        st->names = grown;
    }
    char *copy = mem_text(name, strlen(name));
    if (copy == NULL)
        return -ENOMEM;
    st->names[st->count++] = copy;
    return 0;
}

static int remove_strays(struct store *s, const struct plog *log, const char *dir)
{
    struct strays st = {.log = log};
    int err = io_list(s->io, dir, note_stray, &st);
    for (uint32_t i = 0; i < st.count; i++) {
        char path[SEGMENT_PATH_MAX * 2];
        snprintf(path, sizeof(path), "%s/%s", dir, st.names[i]);
        if (err == 0)
            err = wait_unlink(s, path);
        mem_free(st.names[i]);
    }
    mem_free(st.names);
    return err;
}

/* ---- all of it ---- */

static int settle_log(struct store *s, struct plog *log)
{
    if (!log->journalled || log->seg_count == 0)
        return 0; /* untouched since it was clean on disk, or never written to */
    int err = logdir_report(s->cfg.dir, log->topic, plog_key(log), log->log_start, log->append_end);
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    for (uint32_t i = 0; i < log->seg_count && err == 0; i++) {
        struct segment *seg = log->segs[i];
        if (i + 1 == log->seg_count)
            err = write_rest(s, log, seg);
        else if (seg->dirty) {
            err = wait_flush(s, seg->file);
            seg->dirty = false;
        }
        if (err == 0)
            err = write_indexes(s, dir, seg);
        if (err == 0)
            err = write_txns(s, dir, seg);
    }
    if (err == 0)
        err = write_epochs(s, log, dir);
    if (err == 0)
        err = write_producers(s, log, dir);
    if (err == 0)
        err = remove_strays(s, log, dir);
    if (err == 0)
        err = wait_sync_dir(s, dir);
    return err;
}

/* 1: all whole units are in the files, 0: not yet, or the error of a log that can never be. */
static int all_materialised(struct store *s)
{
    int all = 1;
    LIST_FOR(node, &s->all)
    {
        struct plog *log = MR_CONTAINER(node, struct plog, all_link);
        if (!log->journalled || log->seg_count == 0 ||
            materialised_to(log, plog_last_number(log), plog_last(log)->size))
            continue;
        if (log->state == PLOG_FAILED)
            return log->failed;
        materialise_want(log);
        all = 0;
    }
    return all;
}

struct settle_sync {
    struct jwait wait;
    bool over;
};

static void settle_synced(struct jwait *w, int err)
{
    (void)err; /* the journal is fenced then, and the store with it */
    MR_CONTAINER(w, struct settle_sync, wait)->over = true;
}

/* Without flush: the journal is on stable storage before the files become what it would have to be held
 * against. */
static int wait_journal(struct store *s)
{
    if (s->cfg.flush)
        return 0;
    struct settle_sync sync = {.wait.done = settle_synced};
    journal_sync(s->journal, &sync.wait);
    while (!sync.over) {
        int n = store_wait(s);
        if (n < 0)
            return n;
    }
    return s->fenced != 0 ? -MR_E_FENCED : 0;
}

int store_settle(struct store *s)
{
    int err = wait_journal(s);
    if (err != 0)
        return err;
    int all = 0;
    while (s->fenced == 0 && (all = all_materialised(s)) == 0) {
        s->mat_force = true;
        materialise_kick(s);
        int n = store_wait(s);
        if (n < 0)
            return n;
    }
    s->mat_force = false;
    err = all < 0 ? all : store_quiesce(s);
    if (err != 0)
        return err;
    LIST_FOR(node, &s->all)
    {
        struct plog *log = MR_CONTAINER(node, struct plog, all_link);
        err = settle_log(s, log);
        if (err != 0) {
            log_error(s->shard->log, "storage", "clean close failed part=%s-%d err=\"%s\"", log->topic,
                      plog_key(log).partition, mr_err_text(err));
            return err;
        }
    }
    return wait_sync_dir(s, s->dir);
}
