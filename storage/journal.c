#include "storage/journal.h"

#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/journal_priv.h"

static void room_run(struct mr_work *w);

/* ---- making and freeing ---- */

int journal_new(const struct journal_config *cfg, uint64_t generation, struct journal **ret)
{
    MR_ASSERT(cfg->flights <= JOURNAL_FLIGHTS_MAX);
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
    work_init(&j->room_check, room_run);
    journal_commit_init(j);
    journal_sync_init(j);
    journal_slow_init(j);
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
    shard_timer_cancel(j->cfg.shard, &j->slow_timer);
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

static struct jchunk *chunk_new(struct journal *j, struct mr_buf *buf, size_t bytes)
{
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

struct jchunk *journal_chunk_new(struct journal *j, size_t bytes)
{
    bool usual = bytes <= j->cfg.chunk_bytes;
    struct mr_buf *buf = usual ? pool_take(j->pool)
                               : buf_new(mr_round_up(bytes, SEGMENT_UNIT), SEGMENT_UNIT, j->cfg.shard->id);
    return chunk_new(j, buf, bytes);
}

struct jchunk *journal_chunk_replayed(struct journal *j, size_t bytes)
{
    uint32_t units = journal_units_of(j, bytes), half = j->cfg.chunks_max / 2;
    if (j->units_out - j->units_extra + units <= half)
        return journal_chunk_new(j, bytes);
    if (j->units_extra + units > j->cfg.chunks_max)
        return NULL;
    size_t whole = mr_round_up(mr_max(bytes, j->cfg.chunk_bytes), SEGMENT_UNIT);
    struct jchunk *chunk = chunk_new(j, buf_new(whole, SEGMENT_UNIT, j->cfg.shard->id), bytes);
    if (chunk != NULL) {
        chunk->extra = true;
        j->units_extra += chunk->units;
    }
    return chunk;
}

static size_t aside_bytes(const struct journal *j)
{
    return mr_max(j->cfg.chunk_bytes, JOURNAL_ASIDE_BYTES);
}

static struct jchunk *chunk_aside(struct journal *j)
{
    size_t bytes = aside_bytes(j);
    struct jchunk *chunk = chunk_new(j, buf_new(bytes, SEGMENT_UNIT, j->cfg.shard->id), bytes);
    if (chunk != NULL) {
        chunk->extra = chunk->aside = true;
        j->units_extra += chunk->units;
        j->aside++;
    }
    return chunk;
}

static void chunk_free(struct jchunk *chunk)
{
    struct journal *j = chunk->journal;
    j->units_out -= chunk->units;
    if (chunk->extra)
        j->units_extra -= chunk->units;
    j->aside -= chunk->aside;
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
    return j->units_out + units <= j->cfg.chunks_max + j->units_extra ||
           (units > 1 && j->units_out == others);
}

/* Nothing is under way in the chunk being filled: it can go like the others. */
static void close_idle(struct journal *j)
{
    if (j->filling != NULL && j->filling->blocks_out == 1)
        chunk_close(j);
}

bool journal_memory(struct journal *j, size_t bytes)
{
    if (!memory_left(j, bytes))
        close_idle(j);
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

static bool leaves_nothing(enum jentry_type type)
{
    return type != JENTRY_APPEND;
}

/* A chunk beside the budget, for an entry that leaves nothing in memory? */
static bool aside_left(struct journal *j, enum jentry_type type, size_t bytes)
{
    if (!leaves_nothing(type) || bytes > aside_bytes(j))
        return false;
    if (j->aside == JOURNAL_ASIDE_MAX)
        close_idle(j);
    j->aside_refused |= j->aside == JOURNAL_ASIDE_MAX;
    return j->aside < JOURNAL_ASIDE_MAX;
}

/* ---- places in the ring ---- */

/* The place of a block of length bytes behind (*file, *pos): there, or at the start of the next file. False:
 * that file still holds what replay needs. */
static bool place(const struct journal *j, uint64_t length, uint64_t *file, uint64_t *pos)
{
    if (*pos + journal_padded(j, length) > j->cfg.file_bytes) {
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

/* Would the entry fit the block being built, or a new block in the chunk being filled? What stays in memory
 * does not go into one that must not. */
static bool fits_filling(const struct journal *j, enum jentry_type type, size_t bytes)
{
    if (j->filling == NULL || (j->filling->aside && !leaves_nothing(type)))
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

bool journal_room(struct journal *j, enum jentry_type type, size_t body_bytes)
{
    if (j->failed != 0)
        return true; /* the add fails at once, which is what the caller should see */
    size_t bytes = entry_bytes(body_bytes);
    uint64_t file = j->head_file, pos = j->head_pos;
    bool fits = fits_filling(j, type, bytes);
    uint64_t length = JBLOCK_HEAD + bytes;
    if (j->building != NULL && fits) {
        length = j->building->length + bytes;
    } else if (j->building != NULL) { /* sealed first */
        (void)place(j, j->building->length, &file, &pos);
        pos += journal_padded(j, j->building->length);
    }
    if (!place(j, length, &file, &pos)) {
        j->stats.full += !j->space_short;
        j->space_short = true;
        return false;
    }
    size_t chunk_bytes = chunk_bytes_for(bytes);
    return fits || journal_memory(j, chunk_bytes) || aside_left(j, type, chunk_bytes);
}

/* ---- building ---- */

void journal_seal(struct journal *j)
{
    struct jblock *b = j->building;
    if (b == NULL)
        return;
    j->building = NULL;
    uint32_t bytes = (uint32_t)journal_padded(j, b->length);
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
static struct jblock *block_open(struct journal *j, enum jentry_type type, size_t bytes)
{
    bool fits = fits_filling(j, type, bytes);
    if (j->building != NULL && fits)
        return j->building;
    struct jblock *b = block_new(j);
    if (b == NULL)
        return NULL;
    if (!fits) {
        size_t chunk_bytes = chunk_bytes_for(bytes);
        bool aside = !memory_left(j, chunk_bytes) && aside_left(j, type, chunk_bytes);
        struct jchunk *chunk = aside ? chunk_aside(j) : journal_chunk_new(j, chunk_bytes);
        if (chunk == NULL) {
            list_push(&j->spare, &b->link);
            return NULL;
        }
        journal_seal(j);
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
    struct jblock *b = block_open(j, type, bytes);
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
    j->stats.stalls += !journal_gate_closed(j);
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
    bool all = j->wake_all || (j->aside_refused && j->aside < JOURNAL_ASIDE_MAX);
    j->wake_all = false;
    j->aside_refused &= !all;
    while (!list_empty(&batch) && (all || (!journal_gate_closed(j) && journal_room(j, JENTRY_APPEND, 0) &&
                                           list_empty(&j->room_waiters)))) {
        struct mr_work *waiter = MR_CONTAINER(list_pop(&batch), struct mr_work, link);
        waiter->run(waiter);
    }
    list_splice(&j->room_waiters, &batch); /* behind the one that had to wait again */
    if (j->failed != 0)
        journal_nudge(j);
    else if (!list_empty(&j->room_waiters))
        j->cfg.pressed(j->cfg.owner);
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
    const struct jblock *b = j->flights_out > 0 ? j->flights[j->flight_first].block : NULL;
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
    journal_slow_end(j);
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
    return j->building == NULL && j->flights_out == 0 && list_empty(&j->sealed) &&
           list_empty(&j->sync_waiters) && list_empty(&j->sync_next);
}

uint64_t journal_head_bytes(const struct journal *j)
{
    return j->head_file * j->cfg.file_bytes + j->head_pos;
}

uint64_t journal_bytes_max(const struct journal *j)
{
    return j->cfg.files * j->cfg.file_bytes;
}

uint64_t journal_capacity(const struct journal *j)
{
    return journal_bytes_max(j) - j->tail_pos;
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
