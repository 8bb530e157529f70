/* Kept blocks: those that replay accepted although nothing says that they had been flushed stand a second
 * time in a file of their own before anything is built on them.
 *
 * What replay reads may be in memory only. After a failed flush the kernel marks the pages clean, readers go
 * on seeing them and the next flush succeeds without writing them ("Can Applications Recover from fsync
 * Failures?", Rebello et al., USENIX ATC 2020); a device that lost a write of its cache does the
 * same to direct writes. So neither reading a block nor flushing its file again proves that it is on stable
 * storage: only a flush does that succeeded after a write. Writing it again in its place would do, but tears
 * the only copy when the power fails meanwhile. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/journal_priv.h"

/* Reserved when the file is made, so that a full disk does not keep a broker from starting again. */
enum { KEPT_BYTES_FIRST = 512 * 1024 };

/* With durability=write a start may find tens of thousands of small blocks. So they are gathered to writes of
 * a chunk's size, and heads are read with what stands behind them. */
enum { WINDOW_BYTES = 64 << 10 };

static const uint8_t zeros[2 * SEGMENT_UNIT];

int journal_kept_open(struct journal *j, bool *ret_fresh)
{
    struct journal_kept *k = &j->kept;
    char path[JOURNAL_PATH_MAX + 64];
    struct mr_op op;
    struct io_stat st = {0};
    snprintf(path, sizeof(path), "%s/millrace-journal-%u-kept", j->dir, j->cfg.shard->id);
    unsigned flags = IO_READ | IO_WRITE | IO_CREATE | (j->cfg.anew ? IO_TRUNCATE : 0);
    op_init(&op, NULL);
    io_open(j->io, &op, path, j->cfg.keep != NULL ? flags : IO_READ);
    int64_t r = io_wait(j->io, &op);
    if (r == -ENOENT && j->cfg.keep == NULL)
        return 0; /* who only looks makes no file */
    if (r < 0)
        return (int)r;
    k->file = (struct mr_file){(int32_t)r};
    k->open = true;
    op_init(&op, NULL);
    io_stat(j->io, &op, path, &st);
    r = io_wait(j->io, &op);
    k->bytes = mr_round_down(st.bytes, SEGMENT_UNIT);
    *ret_fresh = k->bytes == 0 && j->cfg.keep != NULL;
    if (r < 0 || !*ret_fresh)
        return (int)r;
    op_init(&op, NULL);
    io_allocate(j->io, &op, k->file, 0, KEPT_BYTES_FIRST, false);
    r = io_wait(j->io, &op);
    if (r == 0)
        k->bytes = KEPT_BYTES_FIRST;
    return r == -EOPNOTSUPP || r == -ENOSPC ? 0 : (int)r; /* then it grows with its first block */
}

void journal_kept_close(struct journal *j)
{
    struct journal_kept *k = &j->kept;
    mem_free(k->blocks);
    k->blocks = NULL;
    mem_free(k->gather);
    k->gather = NULL;
    if (!k->open)
        return;
    struct mr_op op;
    op_init(&op, NULL);
    io_close(j->io, &op, k->file);
    (void)io_wait(j->io, &op); /* every byte that counts was flushed before */
    k->open = false;
}

static int note(struct journal_kept *k, const struct kept_block *b)
{
    if ((k->count & (k->count + 1)) == 0) {
        void *grown = mem_realloc(k->blocks, ((size_t)k->count * 2 + 1) * sizeof(*k->blocks));
        if (grown == NULL)
            return -ENOMEM;
        k->blocks = grown;
    }
    k->blocks[k->count++] = *b;
    return 0;
}

/* A part of the file: bytes [at, at + got). */
struct window {
    uint8_t *bytes;
    uint64_t at, got;
};

/* The head of a block at pos, until the next call. -ENODATA: the file ends before. */
static int get_head(struct journal *j, struct window *w, uint64_t pos, const uint8_t **ret)
{
    if (pos < w->at || pos + JBLOCK_HEAD > w->at + w->got) {
        w->at = pos;
        w->got = 0;
        while (w->got < JBLOCK_HEAD) {
            struct mr_op op;
            op_init(&op, NULL);
            io_read(j->io, &op, j->kept.file, w->bytes + w->got, WINDOW_BYTES - w->got, pos + w->got);
            int64_t n = io_wait(j->io, &op);
            if (n <= 0)
                return n < 0 ? (int)n : -ENODATA;
            w->got += (uint64_t)n;
        }
    }
    *ret = w->bytes + (pos - w->at);
    return 0;
}

int journal_kept_load(struct journal *j, uint64_t from)
{
    struct journal_kept *k = &j->kept;
    uint64_t pos = 0, last = 0;
    struct window w = {.bytes = mem_alloc(WINDOW_BYTES)};
    int err = w.bytes == NULL ? -ENOMEM : 0;
    while (err == 0 && pos + SEGMENT_UNIT <= k->bytes) {
        const uint8_t *head = NULL;
        err = get_head(j, &w, pos, &head);
        if (err != 0)
            break;
        struct kept_block b = {.sequence = mr_get64(head + 16),
                               .pos = pos,
                               .length = mr_get32(head + 24),
                               .prev_crc = mr_get32(head + 32)};
        if (mr_get32(head) != JBLOCK_MAGIC || mr_get16(head + 6) != j->cfg.shard->id || b.sequence <= last ||
            b.length < JBLOCK_HEAD || b.length > k->bytes - pos)
            break; /* the end; whether a block is whole is seen when it is wanted */
        err = note(k, &b);
        last = b.sequence;
        pos += mr_round_up(b.length, SEGMENT_UNIT);
    }
    mem_free(w.bytes);
    k->last = last;
    if (last < from)
        k->count = 0;
    return err == -ENODATA ? 0 : err;
}

uint64_t journal_kept_last(const struct journal *j)
{
    return j->kept.last;
}

const struct kept_block *journal_kept_find(const struct journal *j, uint64_t sequence, uint32_t prev_crc)
{
    const struct journal_kept *k = &j->kept;
    uint32_t lo = 0, hi = k->count;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (k->blocks[mid].sequence < sequence)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool here = lo < k->count && k->blocks[lo].sequence == sequence && k->blocks[lo].prev_crc == prev_crc;
    return here ? &k->blocks[lo] : NULL;
}

/* ---- adding ---- */

static int put(struct journal *j, const uint8_t *bytes, uint64_t len, uint64_t pos)
{
    for (uint64_t at = 0; at < len;) {
        struct mr_op op;
        op_init(&op, NULL);
        io_write(j->io, &op, j->kept.file, bytes + at, len - at, pos + at);
        int64_t n = io_wait(j->io, &op);
        if (n <= 0)
            return n < 0 ? (int)n : -ENOSPC;
        at += (uint64_t)n;
    }
    return 0;
}

static uint64_t good_end(const struct journal_kept *k)
{
    if (k->good == 0)
        return 0;
    const struct kept_block *last = &k->blocks[k->good - 1];
    return last->pos + mr_round_up(last->length, SEGMENT_UNIT);
}

/* Writes what was gathered: bytes [gather_pos, gather_pos + gathered) of the file. */
static int put_gathered(struct journal *j)
{
    struct journal_kept *k = &j->kept;
    int err = put(j, k->gather, k->gathered, k->gather_pos);
    k->gathered = 0;
    return err;
}

/* len bytes at pos, in the end: at the next put_gathered(), or before. Positions only rise; what lies between
 * two of them becomes zero. */
static int put_late(struct journal *j, const uint8_t *bytes, uint64_t len, uint64_t pos)
{
    struct journal_kept *k = &j->kept;
    uint32_t room = j->cfg.chunk_bytes;
    int err = 0;
    if (k->gather == NULL)
        k->gather = mem_alloc(room);
    if (k->gather == NULL)
        return put(j, bytes, len, pos); /* slower */
    MR_ASSERT(k->gathered == 0 || pos >= k->gather_pos + k->gathered);
    if (k->gathered > 0 && pos + len > k->gather_pos + room)
        err = put_gathered(j);
    if (err != 0 || len > room)
        return err != 0 ? err : put(j, bytes, len, pos);
    if (k->gathered == 0)
        k->gather_pos = pos;
    uint64_t at = pos - k->gather_pos;
    memset(k->gather + k->gathered, 0, at - k->gathered);
    memcpy(k->gather + at, bytes, len);
    k->gathered = at + len;
    return 0;
}

void journal_kept_begin(struct journal *j, uint64_t flushed)
{
    struct journal_kept *k = &j->kept;
    for (k->good = 0; k->good < k->count && k->blocks[k->good].sequence <= flushed; k->good++)
        ;
}

int journal_kept_add(struct journal *j, const uint8_t *block, uint32_t length)
{
    struct journal_kept *k = &j->kept;
    struct kept_block b = {.sequence = mr_get64(block + 16),
                           .pos = good_end(k),
                           .length = length,
                           .prev_crc = mr_get32(block + 32)};
    const struct kept_block *old = k->good < k->count ? &k->blocks[k->good] : NULL;
    bool again =
        old != NULL && old->sequence == b.sequence && old->length == length && old->prev_crc == b.prev_crc;
    int err = put_late(j, block, length, b.pos);
    if (err == 0 && !again) {
        k->count = k->good; /* what stood here and behind it is overwritten */
        err = note(k, &b);
    }
    k->good += err == 0;
    return err;
}

int journal_kept_flush(struct journal *j)
{
    struct journal_kept *k = &j->kept;
    MR_ASSERT(k->good > 0);
    const struct kept_block *last = &k->blocks[k->good - 1];
    uint64_t from = last->pos + last->length, to = good_end(k) + SEGMENT_UNIT;
    int err = put_late(j, zeros, to - from, from); /* the end: what stood behind it counts no more */
    if (err == 0)
        err = put_gathered(j);
    mem_free(k->gather);
    k->gather = NULL;
    if (err != 0)
        return err;
    k->count = k->good;
    k->bytes = mr_max(k->bytes, to);
    struct mr_op op;
    op_init(&op, NULL);
    io_flush(j->io, &op, k->file);
    return (int)io_wait(j->io, &op);
}
