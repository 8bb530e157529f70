/* Group commit: blocks on their way to the disk, and who waits for them. */
#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/journal_priv.h"

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
           j->zero_pos < b->pos + journal_padded(j, b->length) && b->pos < j->zero_pos + j->zero_flight_bytes;
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

static void fly(struct jflight *f)
{
    struct journal *j = f->journal;
    struct jblock *b = f->block;
    const uint8_t *src = b->chunk->buf->data + b->start + f->flown;
    size_t bytes = journal_padded(j, b->length) - f->flown;
    struct mr_file file = journal_file(j, b->file);
    if (!j->cfg.flush) {
        io_write(j->io, &f->op, file, src, bytes, b->pos + f->flown);
        return;
    }
    f->used = flush_choice_next(&j->choice, bytes);
    f->flown_ns = io_clock_ns(j->io);
    io_use_flush(j->io, f->used);
    io_write_flush(j->io, &f->op, file, src, bytes, b->pos + f->flown);
}

/* A second one flies beside the first when enough wait for it, or it can gather no more. */
static bool may_fly(const struct journal *j)
{
    if (j->flights_out == 0)
        return true;
    uint32_t enough = j->cfg.flight_entries == 0 ? FLIGHT_ENTRIES_MIN : j->cfg.flight_entries;
    return j->flights_out < j->cfg.flights &&
           (!list_empty(&j->sealed) || (j->building != NULL && j->building->entries >= enough));
}

/* The oldest sealed block flies. The open one is sealed only when it is that: it gathers for as long as
 * others are before it, or a queue of small blocks, once there, would never become shorter. */
static void submit_next(struct journal *j)
{
    while (may_fly(j)) {
        if (list_empty(&j->sealed))
            journal_seal(j);
        if (list_empty(&j->sealed))
            return;
        struct jblock *b = MR_CONTAINER(j->sealed.next, struct jblock, link);
        if (zero_in_the_way(j, b))
            return; /* zero_done() comes back here */
        list_remove(&b->link);
        header_put(j, b);
        struct jflight *f = &j->flights[(j->flight_first + j->flights_out) % JOURNAL_FLIGHTS_MAX];
        MR_ASSERT(f->block == NULL);
        f->block = b;
        f->flown = 0;
        f->over = false;
        f->alone = j->flights_out == 0;
        if (!f->alone)
            j->flights[j->flight_first].alone = false;
        j->flights_out++;
        j->stats.blocks++;
        j->stats.bytes += journal_padded(j, b->length);
        j->stats.payload_bytes += b->payload;
        fly(f);
    }
}

static void choice_learn(struct journal *j, const struct jflight *f, size_t bytes)
{
    if (j->cfg.flush && f->alone &&
        flush_choice_took(&j->choice, f->used, bytes, io_clock_ns(j->io) - f->flown_ns))
        log_debug(j->cfg.shard->log, "storage", "shard %u flushes with %s now", j->cfg.shard->id,
                  j->choice.now == IO_FLUSH_DSYNC ? "dsync" : "write+fdatasync");
}

/* The oldest flight has arrived: its block is stable, or the journal is fenced. */
static void land(struct journal *j)
{
    struct jflight *f = &j->flights[j->flight_first];
    struct jblock *b = f->block;
    f->block = NULL;
    j->flight_first = (j->flight_first + 1) % JOURNAL_FLIGHTS_MAX;
    j->flights_out--;
    bool well = j->failed == 0;
    if (well) {
        j->stable_sequence = b->sequence;
        j->stable_file = b->file;
        /* The next group leaves first: its flush runs while this one's waiters are answered. */
        submit_next(j);
    }
    block_finish(j, b, well ? 0 : -MR_E_FENCED);
}

static void flight_done(struct mr_op *op)
{
    struct jflight *f = MR_CONTAINER(op, struct jflight, op);
    struct journal *j = f->journal;
    int64_t left = (int64_t)journal_padded(j, f->block->length) - f->flown;
    if (op->result > 0 && op->result < left && !j->cfg.flush && j->failed == 0) {
        f->flown += (uint32_t)op->result; /* plain writes may be short */
        fly(f);
        return;
    }
    f->over = true;
    if (op->result != left)
        journal_fence(j, op->result < 0 ? (int)op->result : -EIO);
    else
        choice_learn(j, f, (size_t)left);
    /* In order: one that arrives before the one ahead of it waits for that. */
    bool landed = false;
    while (j->flights_out > 0 && j->flights[j->flight_first].over) {
        land(j);
        landed = true;
    }
    if (j->failed == 0 && landed)
        j->cfg.stable(j->cfg.owner);
    if (j->failed != 0 && j->flights_out == 0)
        fail_all(j);
    journal_nudge(j);
}

static void commit_run(struct mr_work *w)
{
    struct journal *j = MR_CONTAINER(w, struct journal, commit);
    if (j->failed == 0)
        submit_next(j); /* or the open block keeps gathering, and land() seals it */
    else if (j->flights_out == 0)
        fail_all(j);
}

void journal_commit_init(struct journal *j)
{
    work_init(&j->commit, commit_run);
    for (int i = 0; i < JOURNAL_FLIGHTS_MAX; i++) {
        j->flights[i].journal = j;
        op_init(&j->flights[i].op, flight_done);
    }
}
