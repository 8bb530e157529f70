#include "storage/journal.h"

#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/journal_priv.h"

static void commit_run(struct mr_work *w);
static void room_run(struct mr_work *w);
static void flight_done(struct mr_op *op);

/* ---- making and freeing ---- */

int journal_new(const struct journal_config *cfg, uint64_t generation, struct journal **ret)
{
    MR_ASSERT(cfg->files >= 2 && cfg->files <= JOURNAL_FILES_MAX && cfg->chunks_max >= 2);
    MR_ASSERT(cfg->unit >= 512 && cfg->unit <= SEGMENT_UNIT && SEGMENT_UNIT % cfg->unit == 0);
    MR_ASSERT(cfg->flush || cfg->unit == SEGMENT_UNIT); /* plain direct writes are aligned to it */
    MR_ASSERT(cfg->chunk_bytes % SEGMENT_UNIT == 0 && cfg->file_bytes % SEGMENT_UNIT == 0);
    struct journal *j = mem_zalloc(1, sizeof(*j));
    if (j == NULL)
        return -ENOMEM;
    j->cfg = *cfg;
    snprintf(j->dir, sizeof(j->dir), "%s", cfg->dir);
    j->cfg.dir = j->dir;
    j->io = cfg->shard->io;
    flush_choice_init(&j->choice, cfg->flush_first, cfg->flush_fixed);
    j->generation = generation;
    j->head_sequence = 1;
    list_init(&j->chunks);
    list_init(&j->sealed);
    list_init(&j->spare);
    list_init(&j->room_waiters);
    list_init(&j->sync_waiters);
    list_init(&j->sync_next);
    work_init(&j->commit, commit_run);
    work_init(&j->room_check, room_run);
    op_init(&j->op, flight_done);
    journal_sync_init(j);
    j->pool = pool_new(cfg->chunk_bytes, cfg->chunks_max, cfg->shard->id);
    int err = j->pool == NULL ? -ENOMEM : journal_open_files(j);
    if (err != 0) {
        journal_free(j);
        return err;
    }
    *ret = j;
    return 0;
}

void journal_free(struct journal *j)
{
    if (j == NULL)
        return;
    MR_ASSERT(journal_idle(j) && !j->sync_op.busy && list_empty(&j->room_waiters));
    MR_ASSERT(j->units_pinned == 0); /* who serves has ended before the store closes */
    j->zero_needed = false;
    shard_timer_cancel(j->cfg.shard, &j->zero_timer);
    if (j->zero_op.busy)
        (void)io_wait(j->io, &j->zero_op);
    if (j->zero_buf != NULL)
        buf_unref(j->zero_buf);
    list_remove(&j->commit.link); /* the zeroing may have asked for it again */
    list_remove(&j->room_check.link);
    j->filling = NULL;
    while (!list_empty(&j->chunks)) {
        struct jchunk *chunk = MR_CONTAINER(j->chunks.next, struct jchunk, link);
        MR_ASSERT(list_empty(&chunk->uses));
        chunk->blocks_out = 0;
        journal_chunk_put(j, chunk);
    }
    while (!list_empty(&j->spare))
        mem_free(MR_CONTAINER(list_pop(&j->spare), struct jblock, link));
    journal_close_files(j);
    pool_free(j->pool);
    mem_free(j);
}

void journal_fence(struct journal *j, int err)
{
    if (j->failed != 0)
        return;
    j->failed = err < 0 ? err : -EIO;
    shard_turn_end(j->cfg.shard, &j->commit); /* answers those who wait, but not from inside this call */
    j->cfg.failed(j->cfg.owner, j->failed);
}

/* ---- chunks ---- */

uint32_t journal_units_of(const struct journal *j, size_t bytes)
{
    return bytes <= j->cfg.chunk_bytes ? 1
                                       : (uint32_t)((bytes + j->cfg.chunk_bytes - 1) / j->cfg.chunk_bytes);
}

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
    chunk->journal = j;
    chunk->buf = buf;
    chunk->id = ++j->chunk_ids;
    chunk->units = journal_units_of(j, bytes);
    chunk->blocks_out = 1; /* it is being filled */
    j->units_out += chunk->units;
    list_init(&chunk->uses);
    list_push(&j->chunks, &chunk->link);
    return chunk;
}

static void chunk_free(struct jchunk *chunk)
{
    struct journal *j = chunk->journal;
    j->units_out -= chunk->units;
    buf_unref(chunk->buf);
    mem_free(chunk);
    journal_nudge(j);
}

void journal_chunk_put(struct journal *j, struct jchunk *chunk)
{
    if (chunk->blocks_out > 0 || !list_empty(&chunk->uses))
        return;
    list_remove(&chunk->link);
    if (chunk->readers == 0) {
        chunk_free(chunk);
        return;
    }
    chunk->retired = true;
    j->units_retired += chunk->units;
}

bool journal_pin(struct jchunk *chunk)
{
    struct journal *j = chunk->journal;
    if (chunk->readers == 0) {
        if (j->units_pinned + chunk->units > mr_max(j->cfg.chunks_max / 4, 1))
            return false;
        j->units_pinned += chunk->units;
    }
    chunk->readers++;
    return true;
}

void journal_unpin(struct jchunk *chunk)
{
    struct journal *j = chunk->journal;
    MR_ASSERT(chunk->readers > 0);
    if (--chunk->readers > 0)
        return;
    j->units_pinned -= chunk->units;
    if (!chunk->retired)
        return;
    j->units_retired -= chunk->units;
    chunk_free(chunk);
}

uint32_t journal_units_pinned(const struct journal *j)
{
    return j->units_pinned;
}

static void chunk_close(struct journal *j)
{
    struct jchunk *chunk = j->filling;
    j->filling = NULL;
    if (chunk == NULL)
        return;
    chunk->blocks_out--;
    journal_chunk_put(j, chunk);
}

/* Within the budget; or alone, but for the chunk being filled and for what readers keep, when it is larger
 * than all of the budget. */
static bool memory_left(const struct journal *j, size_t bytes)
{
    uint32_t units = journal_units_of(j, bytes);
    uint32_t others = j->units_retired + (j->filling != NULL ? j->filling->units : 0);
    return j->units_out + units <= j->cfg.chunks_max || (units > 1 && j->units_out == others);
}

bool journal_memory(struct journal *j, size_t bytes)
{
    if (!memory_left(j, bytes) && j->filling != NULL && j->filling->blocks_out == 1)
        chunk_close(j); /* nothing is under way in it: it can go like the others */
    LIST_FOR_SAFE(node, tmp, &j->chunks)
    {
        if (memory_left(j, bytes))
            return true;
        struct jchunk *chunk = MR_CONTAINER(node, struct jchunk, link);
        if (chunk->blocks_out > 0 || !j->cfg.retire(j->cfg.owner, chunk))
            break; /* younger ones cannot go either: materialisation goes in order */
    }
    return memory_left(j, bytes);
}

/* ---- places in the ring ---- */

static uint64_t padded(const struct journal *j, uint64_t length)
{
    return mr_round_up(length, j->cfg.unit);
}

/* The place of a block of length bytes behind (*file, *pos): there, or at the start of the next file. False:
 * that file still holds what replay needs. */
static bool place(const struct journal *j, uint64_t length, uint64_t *file, uint64_t *pos)
{
    if (*pos + padded(j, length) > j->cfg.file_bytes) {
        *file += 1;
        *pos = 0;
    }
    return *file - j->tail_file < j->cfg.files;
}

size_t journal_entry_max(const struct journal *j)
{
    return j->cfg.file_bytes - JBLOCK_HEAD - JENTRY_HEAD - SEGMENT_UNIT;
}

static size_t entry_bytes(size_t body_bytes)
{
    return JENTRY_HEAD + mr_round_up(body_bytes, 8);
}

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

static size_t chunk_bytes_for(size_t bytes)
{
    return JBLOCK_HEAD + bytes + SEGMENT_UNIT;
}

bool journal_room(struct journal *j, size_t body_bytes)
{
    if (j->failed != 0)
        return true; /* the add fails at once, which is what the caller should see */
    size_t bytes = entry_bytes(body_bytes);
    uint64_t file = j->head_file, pos = j->head_pos;
    bool fits = fits_filling(j, bytes);
    uint64_t length = JBLOCK_HEAD + bytes;
    if (j->building != NULL && fits) {
        length = j->building->length + bytes;
    } else if (j->building != NULL) { /* sealed first */
        (void)place(j, j->building->length, &file, &pos);
        pos += padded(j, j->building->length);
    }
    if (!place(j, length, &file, &pos)) {
        j->space_short = true;
        return false;
    }
    return fits || journal_memory(j, chunk_bytes_for(bytes));
}

/* ---- building ---- */

static void seal(struct journal *j)
{
    struct jblock *b = j->building;
    if (b == NULL)
        return;
    j->building = NULL;
    uint32_t bytes = (uint32_t)padded(j, b->length);
    uint8_t *head = b->chunk->buf->data + b->start;
    memset(head + b->length, 0, bytes - b->length);
    b->chunk->used = b->start + bytes;
    bool placed = place(j, b->length, &j->head_file, &j->head_pos);
    MR_ASSERT(placed); /* journal_room() saw to it */
    b->file = j->head_file;
    b->pos = j->head_pos;
    b->sequence = j->head_sequence++;
    j->head_pos += bytes;
    list_push(&j->sealed, &b->link);
}

static struct jblock *block_new(struct journal *j)
{
    struct mr_list *spare = list_pop(&j->spare);
    struct jblock *b = spare != NULL ? MR_CONTAINER(spare, struct jblock, link) : mem_alloc(sizeof(*b));
    if (b == NULL)
        return NULL;
    memset(b, 0, sizeof(*b));
    list_init(&b->waiters);
    list_init(&b->link);
    return b;
}

/* The block for an entry of bytes. NULL: out of memory. */
static struct jblock *block_open(struct journal *j, size_t bytes)
{
    if (j->building != NULL && fits_filling(j, bytes))
        return j->building;
    struct jblock *b = block_new(j);
    if (b == NULL)
        return NULL;
    if (!fits_filling(j, bytes)) {
        struct jchunk *chunk = journal_chunk_new(j, chunk_bytes_for(bytes));
        if (chunk == NULL) {
            list_push(&j->spare, &b->link);
            return NULL;
        }
        seal(j);
        chunk_close(j);
        j->filling = chunk;
    }
    MR_ASSERT(j->building == NULL);
    b->chunk = j->filling;
    b->start = j->filling->used;
    b->length = JBLOCK_HEAD;
    j->filling->blocks_out++;
    j->building = b;
    shard_turn_end(j->cfg.shard, &j->commit);
    return b;
}

uint8_t *journal_add(struct journal *j, enum jentry_type type, uint8_t flags, struct part_key key,
                     size_t body_bytes, struct jchunk **ret_chunk)
{
    MR_ASSERT(body_bytes >= PART_KEY_BYTES && body_bytes <= journal_entry_max(j));
    if (j->failed != 0)
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
    if (j->failed != 0)
        journal_nudge(j);
    else
        j->cfg.pressed(j->cfg.owner);
}

bool journal_someone_waits(const struct journal *j)
{
    return !list_empty(&j->room_waiters);
}

void journal_nudge(struct journal *j)
{
    if (!list_empty(&j->room_waiters))
        shard_ready(j->cfg.shard, &j->room_check);
}

void journal_wake_all(struct journal *j)
{
    j->wake_all = !list_empty(&j->room_waiters);
    journal_nudge(j);
}

/* Run the waiters in order for as long as there is plausibly room: each tries again and may wait again. */
static void room_run(struct mr_work *w)
{
    struct journal *j = MR_CONTAINER(w, struct journal, room_check);
    struct mr_list batch;
    list_init(&batch);
    list_splice(&batch, &j->room_waiters);
    bool all = j->wake_all;
    j->wake_all = false;
    while (!list_empty(&batch) && (all || (journal_room(j, 0) && list_empty(&j->room_waiters)))) {
        struct mr_work *waiter = MR_CONTAINER(list_pop(&batch), struct mr_work, link);
        waiter->run(waiter);
    }
    list_splice(&j->room_waiters, &batch); /* behind the one that had to wait again */
    if (j->failed != 0)
        journal_nudge(j);
    else if (!list_empty(&j->room_waiters))
        j->cfg.pressed(j->cfg.owner);
}

/* ---- committing ---- */

static void block_finish(struct journal *j, struct jblock *b, int err)
{
    struct mr_list waiters;
    list_init(&waiters);
    list_splice(&waiters, &b->waiters);
    struct jchunk *chunk = b->chunk;
    list_push(&j->spare, &b->link);
    while (!list_empty(&waiters)) {
        struct jwait *w = MR_CONTAINER(list_pop(&waiters), struct jwait, link);
        w->done(w, err);
    }
    chunk->blocks_out--;
    journal_chunk_put(j, chunk);
}

static void fail_all(struct journal *j)
{
    struct mr_list blocks;
    list_init(&blocks);
    list_splice(&blocks, &j->sealed);
    if (j->building != NULL)
        list_push(&blocks, &j->building->link);
    j->building = NULL;
    while (!list_empty(&blocks))
        block_finish(j, MR_CONTAINER(list_pop(&blocks), struct jblock, link), -MR_E_FENCED);
    journal_sync_fail(j);
    journal_nudge(j);
}

static bool zero_in_the_way(const struct journal *j, const struct jblock *b)
{
    return j->zero_op.busy && j->zero_file % j->cfg.files == b->file % j->cfg.files &&
           j->zero_pos < b->pos + padded(j, b->length) && b->pos < j->zero_pos + j->zero_flight_bytes;
}

static void header_put(struct journal *j, const struct jblock *b)
{
    uint8_t *head = b->chunk->buf->data + b->start;
    memset(head, 0, JBLOCK_HEAD);
    mr_put32(head, JBLOCK_MAGIC);
    mr_put16(head + 4, JBLOCK_FORMAT);
    mr_put16(head + 6, (uint16_t)j->cfg.shard->id);
    mr_put64(head + 8, j->generation);
    mr_put64(head + 16, b->sequence);
    mr_put32(head + 24, b->length);
    mr_put32(head + 32, j->prev_crc);
    mr_put32(head + 36, b->entries);
    mr_put64(head + 40, journal_flushed_sequence(j));
    mr_put64(head + 48, b->file);
    uint32_t crc = crc32c(0, head, b->length);
    mr_put32(head + 28, crc);
    j->prev_crc = crc;
}

static void fly(struct journal *j)
{
    struct jblock *b = j->flying;
    const uint8_t *src = b->chunk->buf->data + b->start + j->flown;
    size_t bytes = padded(j, b->length) - j->flown;
    struct mr_file f = journal_file(j, b->file);
    if (!j->cfg.flush) {
        io_write(j->io, &j->op, f, src, bytes, b->pos + j->flown);
        return;
    }
    j->used = flush_choice_next(&j->choice, bytes);
    j->flown_ns = io_clock_ns(j->io);
    io_use_flush(j->io, j->used);
    io_write_flush(j->io, &j->op, f, src, bytes, b->pos + j->flown);
}

/* The oldest sealed block flies. The open one is sealed only when it is that: it gathers for as long as
 * others are before it, or a queue of small blocks, once there, would never become shorter. */
static void submit_next(struct journal *j)
{
    if (j->flying != NULL)
        return;
    if (list_empty(&j->sealed))
        seal(j);
    if (list_empty(&j->sealed))
        return;
    struct jblock *b = MR_CONTAINER(j->sealed.next, struct jblock, link);
    if (zero_in_the_way(j, b))
        return; /* zero_done() comes back here */
    list_remove(&b->link);
    header_put(j, b);
    j->flying = b;
    j->flown = 0;
    j->stats.blocks++;
    j->stats.bytes += padded(j, b->length);
    j->stats.payload_bytes += b->payload;
    fly(j);
}

static void choice_learn(struct journal *j, size_t bytes)
{
    if (j->cfg.flush && flush_choice_took(&j->choice, j->used, bytes, io_clock_ns(j->io) - j->flown_ns))
        log_debug(j->cfg.shard->log, "storage", "shard %u flushes with %s now", j->cfg.shard->id,
                  j->choice.now == IO_FLUSH_DSYNC ? "dsync" : "write+fdatasync");
}

static void flight_done(struct mr_op *op)
{
    struct journal *j = MR_CONTAINER(op, struct journal, op);
    struct jblock *b = j->flying;
    int64_t left = (int64_t)padded(j, b->length) - j->flown;
    if (op->result > 0 && op->result < left && !j->cfg.flush && j->failed == 0) {
        j->flown += (uint32_t)op->result; /* plain writes may be short */
        fly(j);
        return;
    }
    j->flying = NULL;
    if (op->result != left) {
        journal_fence(j, op->result < 0 ? (int)op->result : -EIO);
    } else if (j->failed == 0) {
        j->stable_sequence = b->sequence;
        j->stable_file = b->file;
        choice_learn(j, (size_t)left);
        /* The next group leaves first: its flush runs while this one's waiters are answered. */
        submit_next(j);
    }
    block_finish(j, b, j->failed != 0 ? -MR_E_FENCED : 0);
    if (j->failed != 0)
        fail_all(j);
    else
        j->cfg.stable(j->cfg.owner);
    journal_nudge(j);
}

static void commit_run(struct mr_work *w)
{
    struct journal *j = MR_CONTAINER(w, struct journal, commit);
    if (j->flying != NULL)
        return; /* the open block keeps gathering; flight_done() seals it */
    if (j->failed != 0) {
        fail_all(j);
        return;
    }
    submit_next(j);
}

/* ---- how far ---- */

uint64_t journal_stable_sequence(const struct journal *j)
{
    return j->stable_sequence;
}

uint64_t journal_flushed_sequence(const struct journal *j)
{
    return j->cfg.flush ? j->stable_sequence : j->flushed_sequence;
}

/* ---- marks ---- */

void journal_here(const struct journal *j, uint64_t *ret_sequence, uint32_t *ret_entry)
{
    *ret_sequence = j->head_sequence;
    *ret_entry = j->building != NULL ? j->building->entries : 0;
}

void journal_mark_here(const struct journal *j, struct journal_mark *ret)
{
    const struct jblock *b = j->flying;
    uint32_t prev_crc = j->prev_crc;
    if (b != NULL)
        prev_crc = mr_get32(b->chunk->buf->data + b->start + 32);
    else if (!list_empty(&j->sealed))
        b = MR_CONTAINER(j->sealed.next, struct jblock, link);
    if (b != NULL)
        *ret = (struct journal_mark){.file = b->file,
                                     .pos = b->pos,
                                     .sequence = b->sequence,
                                     .generation = j->generation,
                                     .prev_crc = prev_crc};
    else
        *ret = (struct journal_mark){.file = j->head_file,
                                     .pos = j->head_pos,
                                     .sequence = j->head_sequence,
                                     .generation = j->generation,
                                     .prev_crc = prev_crc};
}

void journal_recycle(struct journal *j, const struct journal_mark *mark)
{
    MR_ASSERT(mark->file >= j->tail_file && mark->file <= j->head_file);
    j->tail_file = mark->file;
    j->tail_pos = mark->pos;
    j->space_short = false;
    journal_nudge(j);
    journal_zero_ahead(j);
}

void journal_start_at(struct journal *j, const struct journal_mark *mark)
{
    j->head_file = j->tail_file = j->stable_file = j->flushed_file = mark->file;
    j->head_pos = j->tail_pos = mark->pos;
    j->head_sequence = mark->sequence;
    j->prev_crc = mark->prev_crc;
    j->stable_sequence = j->flushed_sequence = mark->sequence - 1;
}

/* ---- asking ---- */

bool journal_fenced(const struct journal *j)
{
    return j->failed != 0;
}

bool journal_idle(const struct journal *j)
{
    return j->building == NULL && j->flying == NULL && list_empty(&j->sealed) &&
           list_empty(&j->sync_waiters) && list_empty(&j->sync_next);
}

uint64_t journal_bytes_max(const struct journal *j)
{
    return j->cfg.files * j->cfg.file_bytes;
}

uint64_t journal_bytes_used(const struct journal *j)
{
    return (j->head_file - j->tail_file) * j->cfg.file_bytes + j->head_pos - j->tail_pos;
}

bool journal_space_short(const struct journal *j)
{
    return j->space_short;
}

uint32_t journal_units_out(const struct journal *j)
{
    return j->units_out;
}

uint32_t journal_units_max(const struct journal *j)
{
    return j->cfg.chunks_max;
}

struct mr_list *journal_chunks(struct journal *j)
{
    return &j->chunks;
}

void journal_stats(const struct journal *j, struct journal_stats *ret)
{
    *ret = j->stats;
}
