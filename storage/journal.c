#include "storage/journal.h"

#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/journal_priv.h"

static void commit_run(struct mr_work *w);
static void room_run(struct mr_work *w);
static void flight_done(struct mr_op *op);

/* ---- making and freeing ---- */

static int open_file(struct journal *j, uint32_t n, bool *ret_fresh)
{
    char path[JOURNAL_PATH_MAX + 64];
    snprintf(path, sizeof(path), "%s/millrace-journal-%u-%u", j->dir, j->cfg.shard->id, n);
    struct mr_op op;
    struct io_stat st = {0};
    op_init(&op, NULL);
    io_stat(j->io, &op, path, &st);
    int64_t err = io_wait(j->io, &op);
    *ret_fresh = err == -ENOENT || (err == 0 && st.bytes < j->cfg.file_bytes);
    if (err < 0 && err != -ENOENT)
        return (int)err;
    op_init(&op, NULL);
    io_open(j->io, &op, path, IO_READ | IO_WRITE | IO_CREATE | IO_DIRECT);
    err = io_wait(j->io, &op);
    if (err < 0)
        return (int)err;
    j->files[n] = (struct mr_file){(int32_t)err};
    j->files_open = n + 1;
    if (!*ret_fresh)
        return 0;
    op_init(&op, NULL);
    io_allocate(j->io, &op, j->files[n], 0, j->cfg.file_bytes, false);
    err = io_wait(j->io, &op);
    if (err == -EOPNOTSUPP) {
        op_init(&op, NULL);
        io_truncate(j->io, &op, j->files[n], j->cfg.file_bytes);
        err = io_wait(j->io, &op);
    }
    if (err < 0)
        return (int)err;
    op_init(&op, NULL);
    io_flush(j->io, &op, j->files[n]);
    return (int)io_wait(j->io, &op);
}

int journal_new(const struct journal_config *cfg, uint64_t generation, struct journal **ret)
{
    MR_ASSERT(cfg->files >= 2 && cfg->files <= JOURNAL_FILES_MAX);
    MR_ASSERT(cfg->unit >= 512 && cfg->unit <= SEGMENT_UNIT && cfg->chunk_bytes % SEGMENT_UNIT == 0);
    struct journal *j = mem_zalloc(1, sizeof(*j));
    if (j == NULL)
        return -ENOMEM;
    j->cfg = *cfg;
    snprintf(j->dir, sizeof(j->dir), "%s", cfg->dir);
    j->cfg.dir = j->dir;
    j->io = cfg->shard->io;
    j->generation = generation;
    j->head_sequence = 1;
    list_init(&j->chunks);
    list_init(&j->sealed);
    list_init(&j->room_waiters);
    work_init(&j->commit, commit_run);
    work_init(&j->room_check, room_run);
    op_init(&j->op, flight_done);
    int err = -ENOMEM;
    j->pool = pool_new(cfg->chunk_bytes, cfg->chunks_max, cfg->shard->id);
    if (j->pool == NULL)
        goto out_free;

    bool any_fresh = false;
    for (uint32_t n = 0; n < cfg->files; n++) {
        bool fresh = false;
        err = open_file(j, n, &fresh);
        if (err != 0)
            goto out_free;
        any_fresh |= fresh;
    }
    if (any_fresh) {
        struct mr_op op;
        op_init(&op, NULL);
        io_sync_dir(j->io, &op, j->dir);
        err = (int)io_wait(j->io, &op);
        if (err != 0)
            goto out_free;
        j->zero_needed = true;
    }
    *ret = j;
    return 0;

out_free:
    journal_free(j);
    return err;
}

void journal_free(struct journal *j)
{
    if (j == NULL)
        return;
    MR_ASSERT(j->flying == NULL && j->building == NULL && list_empty(&j->sealed));
    while (j->zero_op.busy)
        (void)io_wait(j->io, &j->zero_op);
    if (j->zero_buf != NULL)
        buf_unref(j->zero_buf);
    list_remove(&j->commit.link);
    list_remove(&j->room_check.link);
    j->filling = NULL;
    while (!list_empty(&j->chunks)) {
        struct jchunk *chunk = MR_CONTAINER(j->chunks.next, struct jchunk, link);
        MR_ASSERT(list_empty(&chunk->uses));
        chunk->blocks_out = 0;
        journal_chunk_put(j, chunk);
    }
    for (uint32_t n = 0; n < j->files_open; n++) {
        struct mr_op op;
        op_init(&op, NULL);
        io_close(j->io, &op, j->files[n]);
        (void)io_wait(j->io, &op); /* every byte that counts was flushed before */
    }
    pool_free(j->pool);
    mem_free(j);
}

struct mr_file journal_file(const struct journal *j, uint64_t logical)
{
    return j->files[logical % j->cfg.files];
}

void journal_fence(struct journal *j, int err)
{
    if (j->failed != 0)
        return;
    j->failed = err < 0 ? err : -EIO;
    j->cfg.failed(j->cfg.owner, j->failed);
}

/* ---- chunks ---- */

struct jchunk *journal_chunk_new(struct journal *j, size_t bytes)
{
    struct mr_buf *buf = bytes <= j->cfg.chunk_bytes
                             ? pool_take(j->pool)
                             : buf_new(mr_round_up(bytes, SEGMENT_UNIT), SEGMENT_UNIT, j->cfg.shard->id);
    if (buf == NULL)
        return NULL;
    struct jchunk *chunk = mem_zalloc(1, sizeof(*chunk));
    if (chunk == NULL) {
        buf_unref(buf);
        return NULL;
    }
    chunk->buf = buf;
    chunk->id = ++j->chunk_ids;
    chunk->blocks_out = 1; /* it is being filled */
    list_init(&chunk->uses);
    list_push(&j->chunks, &chunk->link);
    return chunk;
}

void journal_chunk_put(struct journal *j, struct jchunk *chunk)
{
    if (chunk->blocks_out > 0 || !list_empty(&chunk->uses))
        return;
    list_remove(&chunk->link);
    buf_unref(chunk->buf);
    mem_free(chunk);
    if (!list_empty(&j->room_waiters))
        shard_ready(j->cfg.shard, &j->room_check);
}

static void chunk_close(struct journal *j)
{
    struct jchunk *chunk = j->filling;
    j->filling = NULL;
    chunk->blocks_out--;
    journal_chunk_put(j, chunk);
}

/* Ask the store to give up chunks, oldest first, until one buffer is free. */
static bool reclaim(struct journal *j)
{
    LIST_FOR_SAFE(node, tmp, &j->chunks)
    {
        if (pool_out(j->pool) < pool_max(j->pool))
            return true;
        struct jchunk *chunk = MR_CONTAINER(node, struct jchunk, link);
        if (chunk->blocks_out > 0 || !j->cfg.retire(j->cfg.owner, chunk))
            break; /* younger ones cannot go either: materialisation goes in order */
    }
    return pool_out(j->pool) < pool_max(j->pool);
}

/* ---- building ---- */

size_t journal_entry_max(const struct journal *j)
{
    return j->cfg.file_bytes - JBLOCK_HEAD - JENTRY_HEAD - SEGMENT_UNIT;
}

static size_t entry_bytes(size_t body_bytes) { return JENTRY_HEAD + mr_round_up(body_bytes, 8); }

/* Would the entry fit the block being built, or a new block in the chunk being filled? */
static bool fits_filling(const struct journal *j, size_t bytes)
{
    if (j->filling == NULL)
        return false;
    if (j->building != NULL)
        return (uint64_t)j->building->start + j->building->length + bytes <= j->filling->buf->cap &&
               j->building->length + bytes <= j->cfg.file_bytes;
    return j->filling->used + JBLOCK_HEAD + bytes <= j->filling->buf->cap;
}

bool journal_room(const struct journal *j, size_t body_bytes)
{
    if (j->failed != 0)
        return true; /* the add fails at once, which is what the caller should see */
    if (j->full)
        return false;
    size_t bytes = entry_bytes(body_bytes);
    if (fits_filling(j, bytes))
        return true;
    return pool_out(j->pool) < pool_max(j->pool) || reclaim((struct journal *)j);
}

static void seal(struct journal *j)
{
    struct jblock *b = j->building;
    if (b == NULL)
        return;
    j->building = NULL;
    uint32_t padded = (uint32_t)mr_round_up(b->length, j->cfg.unit);
    uint8_t *head = b->chunk->buf->data + b->start;
    memset(head + b->length, 0, padded - b->length);
    b->chunk->used = b->start + padded;
    list_push(&j->sealed, &b->link);
}

static struct jblock *block_open(struct journal *j, size_t first_entry_bytes)
{
    if (!fits_filling(j, first_entry_bytes)) {
        seal(j);
        if (j->filling != NULL)
            chunk_close(j);
        struct jchunk *chunk = journal_chunk_new(j, JBLOCK_HEAD + first_entry_bytes + SEGMENT_UNIT);
        if (chunk == NULL)
            return NULL;
        j->filling = chunk;
    }
    if (j->building != NULL)
        return j->building;
    struct jblock *b = mem_zalloc(1, sizeof(*b));
    if (b == NULL)
        return NULL;
    b->chunk = j->filling;
    b->start = j->filling->used;
    b->length = JBLOCK_HEAD;
    list_init(&b->waiters);
    j->filling->blocks_out++;
    j->building = b;
    shard_turn_end(j->cfg.shard, &j->commit);
    return b;
}

uint8_t *journal_add(struct journal *j, enum jentry_type type, uint8_t flags, struct part_key key,
                     size_t body_bytes, struct jchunk **ret_chunk)
{
    MR_ASSERT(body_bytes >= PART_KEY_BYTES);
    if (j->failed != 0 || body_bytes > journal_entry_max(j))
        return NULL;
    size_t bytes = entry_bytes(body_bytes);
    struct jblock *b = block_open(j, bytes);
    if (b == NULL)
        return NULL;
    uint8_t *entry = b->chunk->buf->data + b->start + b->length;
    entry[0] = (uint8_t)type;
    entry[1] = flags;
    entry[2] = entry[3] = 0;
    mr_put32(entry + 4, (uint32_t)body_bytes);
    uint8_t *body = entry + JENTRY_HEAD;
    part_key_put(body, key);
    memset(body + body_bytes, 0, bytes - JENTRY_HEAD - body_bytes);
    b->length += (uint32_t)bytes;
    b->chunk->used = b->start + b->length;
    b->entries++;
    b->payload += body_bytes;
    *ret_chunk = b->chunk;
    return body;
}

/* ---- waiting ---- */

void journal_wait(struct journal *j, struct jwait *w)
{
    MR_ASSERT(j->building != NULL); /* one waits for what one has just added */
    list_push(&j->building->waiters, &w->link);
}

void journal_wait_room(struct journal *j, struct mr_work *w)
{
    j->stats.stalls++;
    list_push(&j->room_waiters, &w->link);
    j->cfg.pressed(j->cfg.owner);
}

bool journal_someone_waits(const struct journal *j) { return !list_empty(&j->room_waiters); }

/* Wake the waiters in order for as long as there is plausibly room: each tries again and may wait again. */
static void room_run(struct mr_work *w)
{
    struct journal *j = MR_CONTAINER(w, struct journal, room_check);
    struct mr_list batch;
    list_init(&batch);
    list_splice(&batch, &j->room_waiters);
    while (!list_empty(&batch) && journal_room(j, 0) && list_empty(&j->room_waiters)) {
        struct mr_work *waiter = MR_CONTAINER(list_pop(&batch), struct mr_work, link);
        waiter->run(waiter);
    }
    list_splice(&j->room_waiters, &batch); /* behind the one that had to wait again */
}

static void room_opened(struct journal *j)
{
    if (!list_empty(&j->room_waiters))
        shard_ready(j->cfg.shard, &j->room_check);
}

/* ---- committing ---- */

static uint64_t padded_bytes(const struct journal *j, const struct jblock *b)
{
    return mr_round_up(b->length, j->cfg.unit);
}

uint64_t journal_bytes_max(const struct journal *j) { return j->cfg.files * j->cfg.file_bytes; }

uint64_t journal_bytes_used(const struct journal *j)
{
    return (j->head_file - j->tail_file) * j->cfg.file_bytes + j->head_pos - j->tail_pos;
}

/* Move the head to where a block of bytes fits. False: that file still holds what replay needs. */
static bool head_fits(struct journal *j, uint64_t bytes)
{
    if (j->head_pos + bytes <= j->cfg.file_bytes)
        return true;
    if (j->head_file + 1 - j->tail_file >= j->cfg.files)
        return false;
    j->head_file++;
    j->head_pos = 0;
    return true;
}

static bool zero_in_the_way(const struct journal *j, uint64_t bytes)
{
    return j->zero_op.busy && j->zero_file % j->cfg.files == j->head_file % j->cfg.files &&
           j->zero_pos < j->head_pos + bytes && j->head_pos < j->zero_pos + j->zero_flight_bytes;
}

static void block_finish(struct journal *j, struct jblock *b, int err)
{
    struct mr_list waiters;
    list_init(&waiters);
    list_splice(&waiters, &b->waiters);
    struct jchunk *chunk = b->chunk;
    mem_free(b);
    while (!list_empty(&waiters)) {
        struct jwait *w = MR_CONTAINER(list_pop(&waiters), struct jwait, link);
        w->done(w, err);
    }
    chunk->blocks_out--;
    journal_chunk_put(j, chunk);
}

static void fail_all(struct journal *j)
{
    seal(j);
    while (!list_empty(&j->sealed))
        block_finish(j, MR_CONTAINER(list_pop(&j->sealed), struct jblock, link), -MR_E_FENCED);
    room_opened(j);
}

static void submit_next(struct journal *j)
{
    if (j->failed != 0) {
        if (j->flying == NULL)
            fail_all(j);
        return;
    }
    if (j->flying != NULL || list_empty(&j->sealed))
        return;
    struct jblock *b = MR_CONTAINER(j->sealed.next, struct jblock, link);
    uint64_t bytes = padded_bytes(j, b);
    if (zero_in_the_way(j, bytes))
        return; /* zero_done comes back here */
    if (!head_fits(j, bytes)) {
        j->full = true;
        j->cfg.pressed(j->cfg.owner);
        return;
    }
    j->full = false;
    list_remove(&b->link);

    uint8_t *head = b->chunk->buf->data + b->start;
    memset(head, 0, JBLOCK_HEAD);
    mr_put32(head, JBLOCK_MAGIC);
    mr_put16(head + 4, JBLOCK_FORMAT);
    mr_put16(head + 6, (uint16_t)j->cfg.shard->id);
    mr_put64(head + 8, j->generation);
    mr_put64(head + 16, j->head_sequence);
    mr_put32(head + 24, b->length);
    mr_put32(head + 32, j->head_prev_crc);
    mr_put32(head + 36, b->entries);
    mr_put64(head + 40, j->cfg.flush ? j->stable_sequence : 0);
    mr_put64(head + 48, j->head_file);
    uint32_t crc = crc32c(0, head, b->length);
    mr_put32(head + 28, crc);

    j->flying = b;
    j->flight_file = j->head_file;
    j->flight_pos = j->head_pos;
    j->flight_bytes = bytes;
    j->head_prev_crc = crc;
    j->head_sequence++;
    j->head_pos += bytes;
    j->stats.blocks++;
    j->stats.bytes += bytes;
    j->stats.payload_bytes += b->payload;
    if (j->cfg.flush)
        io_write_flush(j->io, &j->op, journal_file(j, j->flight_file), head, bytes, j->flight_pos);
    else
        io_write(j->io, &j->op, journal_file(j, j->flight_file), head, bytes, j->flight_pos);
}

static void flight_done(struct mr_op *op)
{
    struct journal *j = MR_CONTAINER(op, struct journal, op);
    struct jblock *b = j->flying;
    j->flying = NULL;
    if (op->result != (int64_t)j->flight_bytes)
        journal_fence(j, (int)op->result);
    else
        j->stable_sequence++;
    /* The next group leaves first: its flush runs while this one's waiters are answered. */
    if (j->failed == 0) {
        seal(j);
        submit_next(j);
    }
    block_finish(j, b, j->failed != 0 ? -MR_E_FENCED : 0);
    if (j->failed != 0)
        fail_all(j);
    else
        j->cfg.stable(j->cfg.owner);
    if (journal_bytes_used(j) > journal_bytes_max(j) / 2)
        j->cfg.pressed(j->cfg.owner);
}

static void commit_run(struct mr_work *w)
{
    struct journal *j = MR_CONTAINER(w, struct journal, commit);
    if (j->flying == NULL || j->failed != 0)
        seal(j);
    submit_next(j);
    /* While a group flies, the open block keeps gathering; flight_done() seals it. */
}

/* ---- marks ---- */

void journal_here(const struct journal *j, uint64_t *ret_sequence, uint32_t *ret_entry)
{
    uint64_t ahead = 0;
    LIST_FOR(node, &j->sealed)
    {
        (void)node;
        ahead++;
    }
    *ret_sequence = j->head_sequence + ahead;
    *ret_entry = j->building != NULL ? j->building->entries : 0;
}

void journal_mark_here(struct journal *j, struct journal_mark *ret)
{
    /* The oldest block that is not stable yet, or the head: at most one flight earlier than needed. */
    if (j->flying != NULL) {
        *ret = (struct journal_mark){j->flight_file, j->flight_pos, j->head_sequence - 1,
                                     mr_get32(j->flying->chunk->buf->data + j->flying->start + 32)};
        return;
    }
    *ret = (struct journal_mark){j->head_file, j->head_pos, j->head_sequence, j->head_prev_crc};
}

void journal_recycle(struct journal *j, const struct journal_mark *mark)
{
    MR_ASSERT(mark->file >= j->tail_file && mark->file <= j->head_file);
    j->tail_file = mark->file;
    j->tail_pos = mark->pos;
    if (j->full) {
        submit_next(j);
        if (!j->full)
            room_opened(j);
    }
    journal_zero_ahead(j);
}

bool journal_fenced(const struct journal *j) { return j->failed != 0; }

bool journal_idle(const struct journal *j)
{
    return j->building == NULL && j->flying == NULL && list_empty(&j->sealed);
}

uint64_t journal_stable_sequence(const struct journal *j) { return j->stable_sequence; }

uint32_t journal_chunks_out(const struct journal *j) { return pool_out(j->pool); }

uint32_t journal_chunks_max(const struct journal *j) { return pool_max(j->pool); }

struct mr_list *journal_chunks(struct journal *j) { return &j->chunks; }

void journal_stats(const struct journal *j, struct journal_stats *ret) { *ret = j->stats; }

void journal_chunk_nudge(struct journal *j) { room_opened(j); }
