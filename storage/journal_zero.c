/* Writing zeros ahead of the journal's head, once in the life of a file: overwriting written blocks costs one
 * flush, while the first write of a reserved block also costs a commit of the file system's own (a 4 KiB
 * one took 1.55 times as long). The head may overtake: it then pays that price, and zeroing goes on ahead of
 * it.
 *
 * It begins when the broker has had time to start, and pauses between steps: the device takes one thing after
 * the other, so a commit behind a step waits for all of it. */
#include "core/mem.h"
#include "storage/journal_priv.h"

enum { ZERO_STEP_BYTES = 1 << 20 };

static const uint64_t first_ns = 200 * 1000000ull, pause_ns = 2 * 1000000ull;

static void zero_done(struct mr_op *op);

static void zero_finish(struct journal *j)
{
    j->zero_needed = false;
    if (j->zero_buf != NULL)
        buf_unref(j->zero_buf);
    j->zero_buf = NULL;
}

static void zero_step(struct mr_timer *t)
{
    struct journal *j = MR_CONTAINER(t, struct journal, zero_timer);
    if (!j->zero_needed || j->zero_op.busy || j->failed != 0)
        return;
    if (j->zero_buf == NULL) {
        j->zero_buf = buf_new(ZERO_STEP_BYTES, SEGMENT_UNIT, j->cfg.shard->id);
        if (j->zero_buf == NULL)
            return; /* only slower */
        memset(j->zero_buf->data, 0, ZERO_STEP_BYTES);
    }
    /* Never behind the head, where every block has its place; a block may get one in here meanwhile, and then
     * waits. */
    if (j->zero_file < j->head_file) {
        j->zero_file = j->head_file;
        j->zero_pos = 0;
    }
    if (j->zero_file == j->head_file && j->zero_pos < j->head_pos)
        j->zero_pos = mr_round_up(j->head_pos, ZERO_STEP_BYTES);
    if (j->zero_pos >= j->cfg.file_bytes) {
        j->zero_file++;
        j->zero_pos = 0;
    }
    if (j->zero_file >= j->cfg.files) { /* every physical file had its turn: from here on all are recycled */
        zero_finish(j);
        return;
    }
    j->zero_flight_bytes = mr_min(ZERO_STEP_BYTES, j->cfg.file_bytes - j->zero_pos);
    op_init(&j->zero_op, zero_done);
    io_write(j->io, &j->zero_op, journal_file(j, j->zero_file), j->zero_buf->data, j->zero_flight_bytes,
             j->zero_pos);
}

static void zero_done(struct mr_op *op)
{
    struct journal *j = MR_CONTAINER(op, struct journal, zero_op);
    if (op->result <= 0) { /* the next real write there will tell whether the disk is bad */
        zero_finish(j);
    } else {
        j->zero_pos += mr_round_down((uint64_t)op->result, SEGMENT_UNIT);
        if (j->zero_needed) /* not when the journal is being freed */
            shard_timer(j->cfg.shard, &j->zero_timer, pause_ns);
    }
    shard_turn_end(j->cfg.shard, &j->commit); /* a block may have waited for this stretch */
}

void journal_zero_ahead(struct journal *j)
{
    if (!j->zero_needed || j->zero_op.busy || timer_armed(&j->zero_timer))
        return;
    timer_init(&j->zero_timer, zero_step);
    shard_timer(j->cfg.shard, &j->zero_timer, first_ns);
}
