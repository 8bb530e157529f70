/* A clean close: every log becomes what Kafka would have left, byte for byte, and needs no journal.
 *
 * Three passes over the logs: the ends of their last segments, the small files beside them, and a flush of
 * all that was written. Each has several operations in flight, because one after the other makes the close of
 * a few hundred partitions take as long as a person notices. Until the directory is closed (logdir.c) the
 * journal holds everything, so the order among the files does not matter. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/compact_swap.h"
#include "storage/flush_list.h"
#include "storage/index_load.h"
#include "storage/plog_priv.h"
#include "storage/space.h"
#include "storage/trim.h"

enum {
    SNAPSHOT_BYTES_MAX = 256 << 20,
    ENDS_AT_ONCE = 8,
    PUTS_AT_ONCE = 16,
    WANTED_AT_ONCE = 64,
    SYNC_FS_LOGS = 32
};

/* The end of a log's last segment on its way into the file. */
struct end_task {
    struct file_use use;
    struct mr_op op;
    struct settler *settler;
    struct plog *log;
    struct segment *seg;
    struct mr_buf *unit; /* NULL: nothing is to be written */
    uint32_t written;    /* of it */
    bool busy;
};

/* A small file being written. */
struct put_task {
    struct file_put put;
    struct settler *settler;
    struct plog *log;
    void *bytes;
    bool busy;
};

struct settler {
    struct store *store;
    struct flush_list flushes;
    struct end_task ends[ENDS_AT_ONCE];
    struct put_task puts[PUTS_AT_ONCE];
    uint32_t busy;
    uint32_t count; /* of logs settled */
    int err;        /* the first one */
};

static void fail(struct settler *st, const struct plog *log, int err)
{
    if (st->err != 0)
        return;
    st->err = err;
    log_error(st->store->shard->log, "storage", "clean close failed part=%s-%d err=\"%s\"", log->topic,
              plog_key(log).partition, mr_err_text(err));
}

/* Until at most this many tasks are under way. */
static int wait_busy(struct settler *st, uint32_t most)
{
    while (st->busy > most) {
        int err = store_wait(st->store);
        if (err < 0)
            return err;
    }
    return 0;
}

static int wait_unlink(struct store *s, const char *path)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_unlink(s->io, &op, path);
    int err = (int)io_wait(s->io, &op);
    return err == -ENOENT ? 0 : err;
}

static int flush_segment(struct settler *st, const char *dir, struct segment *seg)
{
    char path[SEGMENT_PATH_MAX];
    segment_path(path, dir, seg->base, ".log");
    seg->dirty = false;
    return flush_list_file(&st->flushes, path);
}

/* ---- ends of segments ---- */

static void end_over(struct end_task *t, int err)
{
    if (t->unit != NULL)
        buf_unref(t->unit);
    if (err != 0)
        fail(t->settler, t->log, err);
    t->busy = false;
    t->settler->busy--;
}

static void end_truncated(struct mr_op *op)
{
    struct end_task *t = MR_CONTAINER(op, struct end_task, op);
    file_use_end(&t->use);
    end_over(t, (int)mr_imin(op->result, 0));
}

static void end_truncate(struct end_task *t)
{
    op_init(&t->op, end_truncated);
    io_truncate(t->settler->store->io, &t->op, segment_file(t->seg), t->seg->size);
}

static void end_write(struct end_task *t);

/* A direct write of one unit is never cut. */
static void end_written(struct mr_op *op)
{
    struct end_task *t = MR_CONTAINER(op, struct end_task, op);
    if (op->result > 0)
        t->written += (uint32_t)op->result;
    if (op->result <= 0) {
        file_use_end(&t->use);
        end_over(t, op->result < 0 ? (int)op->result : -ENOSPC);
    } else if (t->written < SEGMENT_UNIT) {
        end_write(t);
    } else {
        end_truncate(t);
    }
}

static void end_write(struct end_task *t)
{
    op_init(&t->op, end_written);
    io_write(t->settler->store->io, &t->op, segment_file(t->seg), t->unit->data + t->written,
             SEGMENT_UNIT - t->written, t->seg->mat_pos + t->written);
}

/* The bytes that are only in memory, to the end of the log: fewer than a unit, behind what was materialised.
 */
static void end_open(struct file_use *u)
{
    struct end_task *t = MR_CONTAINER(u, struct end_task, use);
    struct store *s = t->settler->store;
    uint64_t rest = t->seg->size - t->seg->mat_pos;
    if (u->err != 0) {
        end_over(t, u->err);
        return;
    }
    if (rest == 0) {
        end_truncate(t);
        return;
    }
    MR_ASSERT(rest < SEGMENT_UNIT && rest >= t->log->frag_len);
    t->unit = buf_new(SEGMENT_UNIT, SEGMENT_UNIT, s->shard->id);
    if (t->unit == NULL) {
        file_use_end(u);
        end_over(t, -ENOMEM);
        return;
    }
    memset(t->unit->data, 0, SEGMENT_UNIT);
    plog_copy_rest(t->log, t->unit->data);
    end_write(t);
}

static int write_end(struct settler *st, struct plog *log)
{
    int err = wait_busy(st, ENDS_AT_ONCE - 1);
    if (err != 0 || st->err != 0)
        return err;
    struct end_task *t = st->ends;
    while (t->busy)
        t++;
    struct segment *seg = log->segs[log->seg_count - 1];
    *t = (struct end_task){.settler = st, .log = log, .seg = seg, .busy = true};
    t->use = (struct file_use){.store = st->store, .log = log, .seg = seg, .create = true, .done = end_open};
    st->busy++;
    if (file_use_begin(&t->use))
        end_open(&t->use);
    return 0;
}

/* ---- small files ---- */

static void put_over(struct file_put *p)
{
    struct put_task *t = MR_CONTAINER(p, struct put_task, put);
    mem_free(t->bytes);
    if (p->err != 0)
        fail(t->settler, t->log, p->err);
    t->busy = false;
    t->settler->busy--;
}

/* The file at path becomes len bytes, which are copied. */
static int put_file(struct settler *st, struct plog *log, const char *path, const void *bytes, size_t len)
{
    int err = wait_busy(st, PUTS_AT_ONCE - 1);
    if (err != 0 || st->err != 0)
        return err;
    struct put_task *t = st->puts;
    while (t->busy)
        t++;
    size_t room = mr_round_up(len, FILE_PUT_UNIT);
    uint8_t *copy = mem_alloc(room + 1);
    if (copy == NULL)
        return -ENOMEM;
    memcpy(copy, bytes, len);
    memset(copy + len, 0, room - len);
    *t = (struct put_task){.settler = st, .log = log, .bytes = copy, .busy = true};
    st->busy++;
    if (st->store->syncs_fs)
        file_put_over_start(&t->put, st->store->io, path, copy, len, put_over);
    else
        file_put_start(&t->put, st->store->io, path, copy, len, false, put_over);
    return flush_list_file(&st->flushes, path);
}

static int put_in_dir(struct settler *st, struct plog *log, const char *dir, int64_t base, const char *suffix,
                      const void *bytes, size_t len)
{
    char path[SEGMENT_PATH_MAX];
    segment_path(path, dir, base, suffix);
    return put_file(st, log, path, bytes, len);
}

/* Complete indexes are written; an incomplete one must not be there at all: Kafka then rebuilds it. */
static int write_indexes(struct settler *st, struct plog *log, const char *dir, struct segment *seg)
{
    if (seg->index_filed)
        return 0;
    if (!segment_indexed(seg)) {
        char path[SEGMENT_PATH_MAX];
        segment_path(path, dir, seg->base, ".index");
        int err = wait_unlink(st->store, path);
        segment_path(path, dir, seg->base, ".timeindex");
        return err != 0 ? err : wait_unlink(st->store, path);
    }
    struct seg_index *ix = &seg->live->index;
    (void)index_close(ix, ix->max_ts, ix->max_ts_delta);
    size_t bytes = mr_max((size_t)ix->offset_count * 8, (size_t)ix->time_count * 12);
    uint8_t *out = mem_alloc(bytes + 1);
    if (out == NULL)
        return -ENOMEM;
    index_encode_offsets(ix, out);
    int err = put_in_dir(st, log, dir, seg->base, ".index", out, (size_t)ix->offset_count * 8);
    if (err == 0) {
        index_encode_times(ix, out);
        err = put_in_dir(st, log, dir, seg->base, ".timeindex", out, (size_t)ix->time_count * 12);
    }
    mem_free(out);
    return err;
}

/* Of a segment whose aborted transactions are in memory. */
static int write_txns(struct settler *st, struct plog *log, const char *dir, const struct segment *seg)
{
    if (seg->txns_filed || segment_txn_count(seg) == 0)
        return 0; /* a file that does not belong there is a stray */
    size_t bytes = (size_t)seg->live->txns.count * TXN_INDEX_ENTRY_BYTES;
    uint8_t *out = mem_alloc(bytes);
    if (out == NULL)
        return -ENOMEM;
    txn_index_encode(&seg->live->txns, out);
    int err = put_in_dir(st, log, dir, seg->base, ".txnindex", out, bytes);
    mem_free(out);
    return err;
}

static int write_epochs(struct settler *st, struct plog *log, const char *dir)
{
    if (log->epochs.filed)
        return 0;
    size_t bytes = epochs_encode(&log->epochs, NULL, 0);
    char *text = mem_alloc(bytes + 1);
    char path[SEGMENT_PATH_MAX];
    if (text == NULL)
        return -ENOMEM;
    epochs_encode(&log->epochs, text, bytes);
    snprintf(path, sizeof(path), "%s/leader-epoch-checkpoint", dir);
    int err = put_file(st, log, path, text, bytes);
    mem_free(text);
    return err;
}

static int write_producers(struct settler *st, struct plog *log, const char *dir)
{
    if (producer_count(&log->producers) == 0)
        return 0;
    struct mr_scratch out;
    scratch_init(&out, SNAPSHOT_BYTES_MAX);
    int err = producer_snapshot_write(&log->producers, &out);
    if (err == 0)
        err = put_in_dir(st, log, dir, log->append_end, ".snapshot", out.data, out.len);
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
    return seg != NULL && seg->base == base && (seg->txns_filed || segment_txn_count(seg) > 0);
}

static bool has_segment(const struct plog *log, int64_t base)
{
    const struct segment *seg = plog_seg_of(log, base, NULL);
    return seg != NULL && seg->base == base;
}

static bool text_ends(const char *name, const char *with)
{
    size_t len = strlen(name), bytes = strlen(with);
    return len >= bytes && strcmp(name + len - bytes, with) == 0;
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
    stray |= segment_base_of(name, ".index" INDEX_BESIDE) >= 0 ||
             segment_base_of(name, ".timeindex" INDEX_BESIDE) >= 0;
    at = segment_base_of(name, ".snapshot");
    stray |= at >= 0 && (at != st->log->append_end || producer_count(&st->log->producers) == 0);
    stray |= text_ends(name, ".cleaned") || text_ends(name, ".swap") || text_ends(name, ".deleted");
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

/* Untouched since it was clean on disk, or never written to. */
static bool is_settled(const struct plog *log)
{
    return !log->journalled || log->seg_count == 0;
}

/* Everything but the end of the last segment, which is there. */
static int settle_log(struct settler *st, struct plog *log)
{
    struct store *s = st->store;
    st->count++;
    int err = logdir_report(s->cfg.dir, log->topic, plog_key(log), log->log_start, log->append_end);
    if (err == 0 && log->clean_to > 0)
        logdir_report_clean(s->cfg.dir, log->topic, plog_key(log).partition, log->clean_to);
    char dir[SEGMENT_PATH_MAX];
    plog_dir(log, dir);
    for (uint32_t i = 0; i < log->seg_count && err == 0; i++) {
        struct segment *seg = log->segs[i];
        if (seg->dirty || i + 1 == log->seg_count)
            err = flush_segment(st, dir, seg);
        if (err == 0)
            err = write_indexes(st, log, dir, seg);
        if (err == 0)
            err = write_txns(st, log, dir, seg);
    }
    if (err == 0)
        err = write_epochs(st, log, dir);
    if (err == 0)
        err = write_producers(st, log, dir);
    if (err == 0)
        err = remove_strays(s, log, dir);
    if (err == 0)
        err = flush_list_dir(&st->flushes, dir);
    return err;
}

/* One pass. After an error the rest of the logs is left; nothing is under way at the end. */
static int each_log(struct settler *st, int (*settle)(struct settler *st, struct plog *log))
{
    LIST_FOR(node, &st->store->all)
    {
        struct plog *log = MR_CONTAINER(node, struct plog, all_link);
        if (is_settled(log))
            continue;
        int err = settle(st, log);
        if (err == 0 && flush_list_full(&st->flushes)) {
            err = wait_busy(st, 0); /* what is still being written is not flushed */
            if (err == 0)
                err = flush_list_run(&st->flushes);
        }
        if (err != 0)
            fail(st, log, err);
        if (st->err != 0)
            break;
    }
    int err = wait_busy(st, 0);
    return st->err != 0 ? st->err : err;
}

static int drop_below(struct settler *st, struct plog *log)
{
    (void)st;
    int err = swaps_finish_wait(log);
    trim_now(log);
    return err;
}

/* How many logs are to be settled, up to most. */
static uint32_t count_unsettled(const struct store *s, uint32_t most)
{
    uint32_t count = 0;
    for (struct mr_list *at = s->all.next; at != &s->all && count < most; at = at->next)
        count += !is_settled(MR_CONTAINER(at, struct plog, all_link));
    return count;
}

static void close_fs(struct store *s, struct mr_file f)
{
    struct mr_op op;
    if (f.h < 0)
        return;
    op_init(&op, NULL);
    io_close(s->io, &op, f);
    (void)io_wait(s->io, &op); /* nothing was written */
}

/* A file to flush the whole file system by, when there is that much to flush; opened before anything is
 * written, since it tells only of failures after that. MR_NO_FILE: file by file. */
static struct mr_file whole_fs(struct store *s)
{
    uint32_t from = s->cfg.sync_fs_logs != 0 ? s->cfg.sync_fs_logs : SYNC_FS_LOGS;
    char path[SEGMENT_PATH_MAX];
    if (count_unsettled(s, from) < from)
        return MR_NO_FILE;
    struct mr_op op;
    op_init(&op, NULL);
    snprintf(path, sizeof(path), "%s/meta.properties", s->dir);
    io_open(s->io, &op, path, IO_READ);
    struct mr_file f = {(int32_t)mr_imax(io_wait(s->io, &op), -1)};
    if (f.h < 0 || io_has_sync_fs(s->io, f))
        return f;
    close_fs(s, f);
    return MR_NO_FILE;
}

/* Where the time of a close went. */
struct settle_times {
    uint64_t begin, ends, files, flushes;
};

static uint64_t lap_ms(uint64_t from, uint64_t to)
{
    return to > from ? (to - from) / 1000000 : 0;
}

static int settle_all(struct store *s)
{
    struct settler *st = mem_zalloc(1, sizeof(*st));
    if (st == NULL)
        return -ENOMEM;
    st->store = s;
    struct mr_file fs = whole_fs(s);
    s->syncs_fs = fs.h >= 0;
    io_plain(s->io, s->syncs_fs);
    flush_list_init(&st->flushes, s, fs);
    int err = each_log(st, drop_below);
    struct settle_times at = {.begin = io_clock_ns(s->io)};
    if (err == 0)
        err = each_log(st, write_end);
    at.ends = io_clock_ns(s->io);
    if (err == 0)
        err = each_log(st, settle_log);
    at.files = io_clock_ns(s->io);
    if (err == 0)
        err = flush_list_dir(&st->flushes, s->dir);
    if (err == 0) {
        err = flush_list_run(&st->flushes);
        if (err != 0)
            log_error(s->shard->log, "storage", "clean close failed: a flush: %s", mr_err_text(err));
    }
    at.flushes = io_clock_ns(s->io);
    log_debug(s->shard->log, "storage",
              "settled %u logs: %llu ms ends of segments, %llu ms small files, %llu ms flushed%s", st->count,
              (unsigned long long)lap_ms(at.begin, at.ends), (unsigned long long)lap_ms(at.ends, at.files),
              (unsigned long long)lap_ms(at.files, at.flushes), s->syncs_fs ? " as a whole" : "");
    io_plain(s->io, false);
    if (st->busy > 0 || st->flushes.busy > 0)
        return err; /* the ring is broken: what it was given stays where it is */
    close_fs(s, fs);
    flush_list_done(&st->flushes);
    mem_free(st);
    return err;
}

/* From *at on, which moves behind those that are: 1: all whole units are in the files, 0: not yet, or the
 * error of a log that can never be. */
static int all_materialised(struct store *s, struct mr_list **at)
{
    uint32_t wanted = 0;
    for (struct mr_list *node = *at; node != &s->all && wanted < WANTED_AT_ONCE; node = node->next) {
        struct plog *log = MR_CONTAINER(node, struct plog, all_link);
        if (!log->journalled || log->seg_count == 0 ||
            materialised_to(log, plog_last_number(log), plog_last(log)->size)) {
            *at = wanted == 0 ? node->next : *at;
            continue;
        }
        if (log->state == PLOG_FAILED)
            return log->failed;
        materialise_want(log);
        wanted++;
    }
    return wanted == 0;
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
    struct mr_list *at = s->all.next; /* nothing is made or removed any more */
    s->space.waiting = false;         /* there may be room by now: once more, but no more than that */
    while (s->fenced == 0 && !space_waiting(s) && (all = all_materialised(s, &at)) == 0) {
        s->mat_force = true;
        materialise_kick(s);
        int n = store_wait(s);
        if (n < 0)
            return n;
    }
    s->mat_force = false;
    err = all < 0 ? all : store_quiesce(s);
    if (err == 0 && space_lacking(s))
        err = -ENOSPC; /* the next start goes on from the journal */
    if (err != 0)
        return err;
    return settle_all(s);
}
