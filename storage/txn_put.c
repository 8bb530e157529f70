#include "storage/txn_put.h"

#include "core/mem.h"
#include "storage/index_load.h"

struct txn_put {
    struct plog *log;
    struct segment *seg; /* pinned: so nothing takes the place of its files */
    uint8_t *bytes;
    struct file_put put;
    struct mr_op op;
};

static void path_of(const struct txn_put *t, char *dst, const char *suffix)
{
    char dir[SEGMENT_PATH_MAX];
    plog_dir(t->log, dir);
    segment_path(dst, dir, t->seg->base, suffix);
}

static void over(struct txn_put *t)
{
    struct plog *log = t->log;
    t->seg->pins--;
    segment_rest(t->seg);
    mem_free(t->bytes);
    mem_free(t);
    plog_idle(log); /* may free it */
}

static void stable(struct mr_op *op)
{
    struct txn_put *t = MR_CONTAINER(op, struct txn_put, op);
    struct plog *log = t->log;
    if (op->result >= 0 && segment_txn_count(t->seg) > 0)
        segment_txns_filed(log->store, t->seg);
    if (op->result >= 0 && log->journalled) { /* its record says so from now on */
        log->changed = true;
        store_changed(log->store);
    }
    over(t);
}

static void named(struct mr_op *op)
{
    struct txn_put *t = MR_CONTAINER(op, struct txn_put, op);
    char dir[SEGMENT_PATH_MAX];
    if (op->result < 0) {
        over(t);
        return;
    }
    plog_dir(t->log, dir);
    op_init(&t->op, stable);
    io_sync_dir(t->log->store->io, &t->op, dir);
}

static void written(struct file_put *p)
{
    struct txn_put *t = MR_CONTAINER(p, struct txn_put, put);
    char from[SEGMENT_PATH_MAX], to[SEGMENT_PATH_MAX];
    if (p->err != 0) {
        over(t);
        return;
    }
    path_of(t, from, ".txnindex" INDEX_BESIDE);
    path_of(t, to, ".txnindex");
    op_init(&t->op, named);
    io_rename(t->log->store->io, &t->op, from, to);
}

void txn_put_anew(struct plog *log, uint32_t number, struct txn_index *entries)
{
    struct segment *seg = plog_seg(log, number);
    struct txn_put *t = mem_zalloc(1, sizeof(*t));
    size_t bytes = (size_t)entries->count * TXN_INDEX_ENTRY_BYTES;
    uint8_t *out = mem_alloc(bytes + 1);
    char path[SEGMENT_PATH_MAX];
    if (t == NULL || out == NULL || segment_liven(seg) == NULL) {
        mem_free(out);
        mem_free(t);
        return;
    }
    *t = (struct txn_put){.log = log, .seg = seg, .bytes = out};
    txn_index_encode(entries, out);
    seg->pins++;
    plog_busy(log);
    segment_txns_set(log->store, seg, entries);
    if (bytes > 0) {
        path_of(t, path, ".txnindex" INDEX_BESIDE);
        file_put_start(&t->put, log->store->io, path, out, bytes, true, written);
        return;
    }
    path_of(t, path, ".txnindex");
    op_init(&t->op, named);
    io_unlink(log->store->io, &t->op, path);
}
