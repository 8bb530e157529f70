#include "core/broker/txn_mark.h"
#include "core/broker/dirs.h"

static void finish(struct txn_mark *m, enum kw_error error)
{
    m->error = error;
    m->done(m);
}

static void marked(struct part_marker *p)
{
    struct txn_mark *m = MR_CONTAINER(p, struct txn_mark, u.marker);
    finish(m, p->error);
}

static void op_run(struct coord_op *op)
{
    const struct txn_mark *m = MR_CONTAINER(op, struct txn_mark, u.op);
    coord_put_marker(op, m->commit, m->coordinator_epoch, m->txn_version);
}

static void op_done(struct coord_op *op, enum kw_error error)
{
    finish(MR_CONTAINER(op, struct txn_mark, u.op), error);
}

void txn_mark(struct broker_shard *b, struct txn_mark *m)
{
    struct partition *p = partition_find(b, m->key);
    if (p == NULL) {
        finish(m, dirs_missing(b, m->key));
        return;
    }
    if (p->coord != NULL) {
        coord_op_init(&m->u.op, op_run, op_done);
        m->u.op.producer_id = m->producer_id;
        m->u.op.producer_epoch = m->producer_epoch;
        coord_submit(b, coord_kind(p->coord), m->key, (struct mr_str){NULL, 0}, &m->u.op);
        return;
    }
    m->u.marker = (struct part_marker){.p = p,
                                       .producer_id = m->producer_id,
                                       .producer_epoch = m->producer_epoch,
                                       .commit = m->commit,
                                       .coordinator_epoch = m->coordinator_epoch,
                                       .txn_version = m->txn_version,
                                       .done = marked};
    partition_append_marker(&m->u.marker);
}
