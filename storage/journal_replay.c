#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/journal_priv.h"

/* Reads blocks in order into chunks, so that what is still needed after replay is already in the tail cache. */
struct replay {
    struct journal *j;
    struct jchunk *chunk; /* holds file bytes [at, at + got) */
    uint64_t file, at, got;
    uint64_t sequence; /* expected next */
    uint32_t prev_crc;
    uint64_t flushed_sequence; /* the highest that some block or the checkpoint says was flushed */
};

static void drop_chunk(struct replay *r)
{
    if (r->chunk == NULL)
        return;
    struct jchunk *chunk = r->chunk;
    r->chunk = NULL;
    chunk->blocks_out = 0;
    journal_chunk_put(r->j, chunk);
}

static bool reclaim_for_replay(struct journal *j)
{
    while (pool_out(j->pool) == pool_max(j->pool)) {
        if (list_empty(&j->chunks))
            return false;
        struct jchunk *oldest = MR_CONTAINER(j->chunks.next, struct jchunk, link);
        if (oldest->blocks_out == 0 && j->cfg.retire(j->cfg.owner, oldest))
            continue;
        j->cfg.pressed(j->cfg.owner); /* materialise, then look again */
        int n = io_turn(j->io, io_now_ns(j->io) + 1000000);
        if (n < 0)
            return false;
        struct mr_shard *s = j->cfg.shard;
        for (struct mr_list *w; (w = list_pop(&s->ready)) != NULL;) {
            struct mr_work *work = MR_CONTAINER(w, struct mr_work, link);
            work->run(work);
        }
    }
    return true;
}

/* Have at least want bytes from pos of the file in memory; fewer only at the end of the file. */
static int load(struct replay *r, uint64_t file, uint64_t pos, uint64_t want)
{
    struct journal *j = r->j;
    if (r->chunk != NULL && r->file == file && pos >= r->at && pos + want <= r->at + r->got)
        return 0;
    drop_chunk(r);
    if (!reclaim_for_replay(j))
        return -ENOMEM;
    uint64_t at = mr_round_down(pos, SEGMENT_UNIT);
    uint64_t bytes = mr_round_up(mr_max(want + pos - at, j->cfg.chunk_bytes), SEGMENT_UNIT);
    bytes = mr_min(bytes, j->cfg.file_bytes - at);
    r->chunk = journal_chunk_new(j, bytes);
    if (r->chunk == NULL)
        return -ENOMEM;
    r->file = file;
    r->at = at;
    r->got = 0;
    while (r->got < bytes) {
        struct mr_op op;
        op_init(&op, NULL);
        io_read(j->io, &op, journal_file(j, file), r->chunk->buf->data + r->got, bytes - r->got, at + r->got);
        int64_t n = io_wait(j->io, &op);
        if (n < 0)
            return (int)n;
        n = (int64_t)mr_round_down((uint64_t)n, SEGMENT_UNIT);
        if (n == 0)
            break;
        r->got += (uint64_t)n;
    }
    r->chunk->used = (uint32_t)r->got;
    return 0;
}

static const uint8_t *bytes_at(const struct replay *r, uint64_t pos)
{
    return r->chunk->buf->data + (pos - r->at);
}

/* Is there a whole, undamaged block of any sequence >= floor at pos? 1 yes, 0 no, negative: I/O error. */
static int block_at(struct replay *r, uint64_t file, uint64_t pos, uint64_t floor, uint32_t *ret_length)
{
    const struct journal *j = r->j;
    if (pos + j->cfg.unit > j->cfg.file_bytes)
        return 0;
    int err = load(r, file, pos, j->cfg.unit);
    if (err != 0)
        return err;
    if (r->got < pos - r->at + JBLOCK_HEAD)
        return 0;
    const uint8_t *h = bytes_at(r, pos);
    uint32_t length = mr_get32(h + 24);
    if (mr_get32(h) != JBLOCK_MAGIC || mr_get16(h + 4) != JBLOCK_FORMAT ||
        mr_get16(h + 6) != j->cfg.shard->id || mr_get64(h + 48) != file || mr_get64(h + 16) < floor ||
        length < JBLOCK_HEAD || length > j->cfg.file_bytes - pos)
        return 0;
    err = load(r, file, pos, length);
    if (err != 0)
        return err;
    if (r->at + r->got < pos + length)
        return 0;
    h = bytes_at(r, pos);
    uint8_t head[JBLOCK_HEAD];
    memcpy(head, h, JBLOCK_HEAD);
    memset(head + 28, 0, 4);
    uint32_t crc = crc32c(crc32c(0, head, JBLOCK_HEAD), h + JBLOCK_HEAD, length - JBLOCK_HEAD);
    if (crc != mr_get32(h + 28))
        return 0;
    *ret_length = length;
    return 1;
}

static int each_entry(struct replay *r, uint64_t pos, uint32_t length,
                      int (*each)(void *ctx, const struct journal_entry *e), void *ctx)
{
    const uint8_t *h = bytes_at(r, pos);
    uint32_t entries = mr_get32(h + 36);
    uint64_t at = JBLOCK_HEAD;
    for (uint32_t n = 0; n < entries; n++) {
        if (at + JENTRY_HEAD > length)
            return -MR_E_CORRUPT;
        uint32_t body = mr_get32(h + at + 4);
        if (body < PART_KEY_BYTES || body > length - at - JENTRY_HEAD)
            return -MR_E_CORRUPT;
        struct journal_entry e = {
            .type = (enum jentry_type)h[at],
            .flags = h[at + 1],
            .key = part_key_get(h + at + JENTRY_HEAD),
            .body = {h + at + JENTRY_HEAD, body},
            .chunk = r->chunk,
            .sequence = r->sequence,
            .number = n,
        };
        int err = each(ctx, &e);
        if (err != 0)
            return err;
        at += JENTRY_HEAD + mr_round_up(body, 8);
    }
    return 0;
}

/* After the last good block nothing newer may exist that says the missing one was flushed: then that one is damaged, not
 * torn. (One group is in flight at a time, so with flushes any newer block says so.) 1: damage. */
static int newer_exists(struct replay *r, uint64_t file, uint64_t pos)
{
    struct journal *j = r->j;
    for (uint64_t f = file; f <= file + 1; f++) {
        for (uint64_t p = f == file ? pos + j->cfg.unit : 0; p + j->cfg.unit <= j->cfg.file_bytes;
             p += j->cfg.unit) {
            int err = load(r, f, p, j->cfg.unit);
            if (err != 0)
                return err;
            if (r->got < p - r->at + JBLOCK_HEAD)
                break;
            if (mr_get32(bytes_at(r, p)) != JBLOCK_MAGIC)
                continue;
            uint32_t length;
            int found = block_at(r, f, p, r->sequence + 1, &length);
            if (found < 0)
                return found;
            if (found > 0 && mr_get64(bytes_at(r, p) + 40) >= r->sequence)
                return 1;
        }
    }
    return 0;
}

int journal_replay(struct journal *j, const struct journal_mark *mark, uint64_t flushed_sequence,
                   int (*each)(void *ctx, const struct journal_entry *e), void *ctx, char *why, size_t why_bytes)
{
    struct replay r = {.j = j,
                       .sequence = mark->sequence,
                       .prev_crc = mark->prev_crc,
                       .flushed_sequence = flushed_sequence};
    uint64_t file = mark->file, pos = mark->pos;
    int err = 0;
    for (;;) {
        uint32_t length = 0;
        int found = block_at(&r, file, pos, r.sequence, &length);
        uint64_t next_file = file, next_pos = pos;
        if (found == 0) { /* perhaps it did not fit there and opened the next file */
            next_file = file + 1;
            next_pos = 0;
            found = block_at(&r, next_file, next_pos, r.sequence, &length);
        }
        if (found < 0) {
            err = found;
            snprintf(why, why_bytes, "journal file %llu: read failed", (unsigned long long)next_file);
            break;
        }
        if (found == 0)
            break;
        const uint8_t *h = bytes_at(&r, next_pos);
        if (mr_get64(h + 16) != r.sequence || mr_get32(h + 32) != r.prev_crc) {
            found = 0; /* of an older generation that was cut off here, or damage: told apart below */
            break;
        }
        file = next_file;
        pos = next_pos;
        r.flushed_sequence = mr_max(r.flushed_sequence, mr_get64(h + 40));
        r.prev_crc = mr_get32(h + 28);
        err = each_entry(&r, pos, length, each, ctx);
        if (err != 0) {
            snprintf(why, why_bytes, "journal file %llu byte %llu: entry cannot be applied",
                     (unsigned long long)file, (unsigned long long)pos);
            break;
        }
        r.sequence++;
        pos += mr_round_up(length, j->cfg.unit);
    }
    if (err == 0) {
        int newer = newer_exists(&r, file, pos);
        if (newer < 0)
            err = newer;
        else if (newer > 0 || r.sequence <= r.flushed_sequence) {
            err = -MR_E_CORRUPT;
            snprintf(why, why_bytes,
                     "journal file %llu byte %llu: block %llu was flushed and is damaged or missing",
                     (unsigned long long)file, (unsigned long long)pos, (unsigned long long)r.sequence);
        }
    }
    drop_chunk(&r);
    if (err != 0)
        return err;
    j->head_file = file;
    j->head_pos = pos;
    j->head_sequence = r.sequence;
    j->head_prev_crc = r.prev_crc;
    j->stable_sequence = r.sequence - 1;
    j->tail_file = mark->file;
    j->tail_pos = mark->pos;
    j->zero_needed = false; /* zeroing a file that may hold blocks is never worth a doubt */
    /* What was read may still be in the device's cache only. */
    for (uint64_t f = j->tail_file; f <= j->head_file; f++) {
        struct mr_op op;
        op_init(&op, NULL);
        io_flush(j->io, &op, journal_file(j, f));
        err = (int)io_wait(j->io, &op);
        if (err != 0)
            return err;
    }
    return 0;
}

void journal_start_at(struct journal *j, const struct journal_mark *mark)
{
    j->head_file = j->tail_file = mark->file;
    j->head_pos = j->tail_pos = mark->pos;
    j->head_sequence = mark->sequence;
    j->head_prev_crc = mark->prev_crc;
    j->stable_sequence = mark->sequence - 1;
    if (mark->sequence > 1)
        j->zero_needed = false;
}
