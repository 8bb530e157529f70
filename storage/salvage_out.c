#include "storage/salvage_out.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/epoch.h"
#include "storage/file_put.h"
#include "storage/names.h"
#include "storage/uuid.h"
#include "storage/walk.h"

enum {
    WRITE_BYTES = 1 << 20,
    REST_BYTES_MAX = INT32_MAX,
    SEGMENT_BYTES_MAX = 1 << 30,
    INDEX_INTERVAL = 4096,
    SNAPSHOT_BYTES_MAX = 256 << 20,
    FORGET_AFTER = 256,
};

static int put(struct salvage_out *o, int64_t base, const char *suffix, const void *bytes, size_t len)
{
    char path[SEGMENT_PATH_MAX];
    segment_path(path, o->dir, base, suffix);
    return file_put_wait(o->io, path, bytes, len, true);
}

int out_begin(struct salvage_out *o, struct mr_io *io, const char *root, const char *name,
              const struct mr_uuid *id)
{
    *o = (struct salvage_out){.io = io, .file = MR_NO_FILE};
    snprintf(o->dir, sizeof(o->dir), "%.1000s/%.300s", root, name);
    scratch_init(&o->rest, REST_BYTES_MAX);
    producer_state_init(&o->producers, PRODUCERS_MAX_DEFAULT);
    struct mr_op op;
    op_init(&op, NULL);
    io_mkdir(io, &op, o->dir);
    int err = (int)io_wait(io, &op);
    if (err != 0 || mr_uuid_is_zero(*id))
        return err;
    char text[64], uuid[UUID_TEXT_BYTES], path[SEGMENT_PATH_MAX + 64];
    uuid_text(*id, uuid);
    int n = snprintf(text, sizeof(text), "version: 0\ntopic_id: %s", uuid);
    snprintf(path, sizeof(path), "%s/partition.metadata", o->dir);
    return file_put_wait(io, path, text, (size_t)n, true);
}

/* ---- segments ---- */

static int write_rest(struct salvage_out *o)
{
    for (size_t done = 0; done < o->rest.len;) {
        struct mr_op op;
        op_init(&op, NULL);
        io_write(o->io, &op, o->file, o->rest.data + done, o->rest.len - done, o->written);
        int64_t n = io_wait(o->io, &op);
        if (n <= 0)
            return n < 0 ? (int)n : -ENOSPC;
        done += (size_t)n;
        o->written += (uint64_t)n;
    }
    scratch_reset(&o->rest, 4 * WRITE_BYTES);
    return 0;
}

static int put_indexes(struct salvage_out *o)
{
    struct segment *seg = o->seg;
    struct seg_index *ix = &seg->live->index;
    (void)index_close(ix, seg->max_ts, seg->max_ts_delta);
    size_t bytes = mr_max(mr_max((size_t)ix->offset_count * 8, (size_t)ix->time_count * 12),
                          (size_t)seg->live->txns.count * TXN_INDEX_ENTRY_BYTES);
    uint8_t *out = mem_alloc(bytes + 1);
    if (out == NULL)
        return -ENOMEM;
    index_encode_offsets(ix, out);
    int err = put(o, seg->base, ".index", out, (size_t)ix->offset_count * 8);
    index_encode_times(ix, out);
    if (err == 0)
        err = put(o, seg->base, ".timeindex", out, (size_t)ix->time_count * 12);
    txn_index_encode(&seg->live->txns, out);
    if (err == 0 && seg->live->txns.count > 0)
        err = put(o, seg->base, ".txnindex", out, (size_t)seg->live->txns.count * TXN_INDEX_ENTRY_BYTES);
    mem_free(out);
    return err;
}

static int close_file(struct salvage_out *o)
{
    struct mr_op op;
    struct mr_file f = o->file;
    o->file = MR_NO_FILE;
    op_init(&op, NULL);
    io_close(o->io, &op, f);
    return (int)io_wait(o->io, &op);
}

static int finish_segment(struct salvage_out *o)
{
    if (o->seg == NULL)
        return 0;
    struct mr_op op;
    int err = write_rest(o);
    if (err == 0) {
        op_init(&op, NULL);
        io_flush(o->io, &op, o->file);
        err = (int)io_wait(o->io, &op);
    }
    int closed = close_file(o);
    if (err == 0)
        err = closed;
    if (err == 0)
        err = put_indexes(o);
    segment_free(o->seg);
    o->seg = NULL;
    return err;
}

int out_roll(struct salvage_out *o, int64_t base)
{
    char path[SEGMENT_PATH_MAX];
    struct mr_op op;
    int err = finish_segment(o);
    if (err != 0)
        return err;
    segment_path(path, o->dir, base, ".log");
    op_init(&op, NULL);
    io_open(o->io, &op, path, IO_WRITE | IO_CREATE | IO_EXCL);
    int64_t r = io_wait(o->io, &op);
    if (r < 0)
        return (int)r;
    o->file = (struct mr_file){(int32_t)r};
    o->written = 0;
    o->seg = segment_new(base);
    return o->seg == NULL ? -ENOMEM : 0;
}

bool out_full(const struct salvage_out *o, const struct kw_batch *b)
{
    const struct segment *seg = o->seg;
    return seg == NULL || batch_last_offset(&b->h) - seg->base > INT32_MAX ||
           (seg->size > 0 && seg->size + b->bytes.len > SEGMENT_BYTES_MAX) ||
           seg->live->txns.count >= TXN_INDEX_FULL;
}

int out_batch(struct salvage_out *o, const struct kw_batch *b)
{
    struct segment *seg = o->seg;
    int err = scratch_put(&o->rest, b->bytes.ptr, b->bytes.len);
    if (err == 0 && o->rest.len >= WRITE_BYTES)
        err = write_rest(o);
    if (err != 0)
        return err;
    segment_scan(seg, INDEX_INTERVAL, seg->size, (uint32_t)b->bytes.len, batch_last_offset(&b->h),
                 b->h.max_timestamp);
    seg->size += (uint32_t)b->bytes.len;
    o->next = batch_next_offset(&b->h);
    err = order_add(&o->order, &b->h);
    if (err != 0)
        return err;
    if (batch_is_control(&b->h) && ++o->ended == FORGET_AFTER) {
        o->ended = 0;
        producer_high_watermark(&o->producers, o->next);
    }
    err = txn_index_count(&seg->live->txns, &o->producers, b);
    return err == -ENOMEM ? err : 0; /* a marker that cannot be read ends nothing */
}

/* ---- the end ---- */

/* The batches of one file, of runs from *run on. Their checksums do not cover the epoch. */
static int put_file_in_order(struct salvage_out *o, int64_t base, uint32_t *run)
{
    const struct order_run *runs = o->order.items;
    struct walk w;
    struct walk_piece p;
    struct mr_op op;
    char path[SEGMENT_PATH_MAX];
    segment_path(path, o->dir, base, ".log");
    op_init(&op, NULL);
    io_open(o->io, &op, path, IO_WRITE);
    int64_t r = io_wait(o->io, &op);
    if (r < 0)
        return (int)r;
    o->file = (struct mr_file){(int32_t)r};
    int err = walk_open(&w, o->io, path, base, INT64_MAX);
    while (err == 0 && (err = walk_next(&w, &p)) == 1) {
        uint8_t epoch[4];
        err = 0;
        while (*run + 1 < o->order.count && runs[*run + 1].first <= p.b.h.base_offset)
            ++*run;
        if (runs[*run].want == runs[*run].epoch)
            continue;
        mr_put32(epoch, (uint32_t)runs[*run].want);
        op_init(&op, NULL);
        io_write(o->io, &op, o->file, epoch, sizeof(epoch), p.pos + BATCH_AT_LEADER_EPOCH);
        int64_t n = io_wait(o->io, &op);
        err = n == sizeof(epoch) ? 0 : n < 0 ? (int)n : -ENOSPC;
    }
    walk_close(&w);
    op_init(&op, NULL);
    io_flush(o->io, &op, o->file);
    int flushed = (int)io_wait(o->io, &op);
    int closed = close_file(o);
    return err != 0 ? err : flushed != 0 ? flushed : closed;
}

static int put_in_order(struct salvage_out *o)
{
    struct names files;
    uint32_t run = 0;
    int more = order_settle(&o->order);
    int err = more > 0 ? names_list(&files, o->io, o->dir, false) : more;
    for (uint32_t i = 0; more > 0 && err == 0 && i < files.count; i++) { /* names are sorted */
        int64_t base = segment_base_of(files.items[i], ".log");
        if (base >= 0)
            err = put_file_in_order(o, base, &run);
    }
    if (more > 0)
        names_done(&files);
    return err;
}

static int put_epochs(struct salvage_out *o)
{
    char path[SEGMENT_PATH_MAX + 64];
    struct epoch_cache epochs = {.items = NULL};
    int err = 0;
    for (uint32_t i = 0; i < o->order.count && err == 0; i++) {
        if (o->order.items[i].want >= 0)
            err = epochs_begin(&epochs, o->order.items[i].want, o->order.items[i].first);
    }
    size_t bytes = epochs_encode(&epochs, NULL, 0);
    char *text = mem_alloc(bytes + 1);
    if (text == NULL)
        err = -ENOMEM;
    if (err == 0) {
        epochs_encode(&epochs, text, bytes);
        snprintf(path, sizeof(path), "%s/leader-epoch-checkpoint", o->dir);
        err = file_put_wait(o->io, path, text, bytes, true);
    }
    mem_free(text);
    epochs_done(&epochs);
    return err;
}

static int put_producers(struct salvage_out *o, int64_t end)
{
    struct mr_scratch out;
    if (producer_count(&o->producers) == 0)
        return 0;
    scratch_init(&out, SNAPSHOT_BYTES_MAX);
    int err = producer_snapshot_write(&o->producers, &out);
    if (err == 0)
        err = put(o, end, ".snapshot", out.data, out.len);
    scratch_done(&out);
    return err;
}

int out_end(struct salvage_out *o, int64_t end)
{
    int err = o->seg == NULL || o->next < end ? out_roll(o, end) : 0;
    if (err == 0)
        err = finish_segment(o);
    if (err == 0)
        err = put_in_order(o);
    if (err == 0)
        err = put_epochs(o);
    if (err == 0)
        err = put_producers(o, end);
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(o->io, &op, o->dir);
    int synced = (int)io_wait(o->io, &op);
    return err != 0 ? err : synced;
}

void out_done(struct salvage_out *o)
{
    if (o->file.h >= 0)
        (void)close_file(o); /* after an error: nothing of it counts */
    if (o->seg != NULL)
        segment_free(o->seg);
    o->seg = NULL;
    scratch_done(&o->rest);
    order_done(&o->order);
    producer_state_done(&o->producers);
}
