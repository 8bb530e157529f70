/* Flushing what was acknowledged without it (millrace.durability=write): one flush at a time, of each file
 * since the last one, for whoever asked before it began. */
#include "storage/journal_priv.h"

static void sync_answer(struct mr_list *waiters, int err)
{
    struct mr_list batch;
    list_init(&batch);
    list_splice(&batch, waiters);
    while (!list_empty(&batch)) {
        struct jwait *w = MR_CONTAINER(list_pop(&batch), struct jwait, link);
        w->done(w, err);
    }
}

/* Files from sync_file to sync_last, one after the other. */
static void sync_go(struct journal *j)
{
    if (j->sync_op.busy || list_empty(&j->sync_next))
        return;
    list_splice(&j->sync_waiters, &j->sync_next);
    j->sync_sequence = j->stable_sequence;
    j->sync_last = j->stable_file;
    j->sync_file = j->flushed_file;
    io_flush(j->io, &j->sync_op, journal_file(j, j->sync_file));
}

static void sync_done(struct mr_op *op)
{
    struct journal *j = MR_CONTAINER(op, struct journal, sync_op);
    if (op->result < 0)
        journal_fence(j, (int)op->result);
    if (j->failed != 0) {
        sync_answer(&j->sync_waiters, -MR_E_FENCED);
        return;
    }
    if (j->sync_file < j->sync_last) {
        j->sync_file++;
        io_flush(j->io, &j->sync_op, journal_file(j, j->sync_file));
        return;
    }
    j->flushed_sequence = j->sync_sequence;
    j->flushed_file = j->sync_last;
    sync_answer(&j->sync_waiters, 0);
    sync_go(j);
}

void journal_sync(struct journal *j, struct jwait *w)
{
    MR_ASSERT(!j->cfg.flush);
    list_push(&j->sync_next, &w->link);
    if (j->failed != 0)
        shard_turn_end(j->cfg.shard, &j->commit);
    else
        sync_go(j);
}

void journal_sync_fail(struct journal *j)
{
    sync_answer(&j->sync_next, -MR_E_FENCED);
    if (!j->sync_op.busy)
        sync_answer(&j->sync_waiters, -MR_E_FENCED);
}

void journal_sync_init(struct journal *j)
{
    op_init(&j->sync_op, sync_done);
}
