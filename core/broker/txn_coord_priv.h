/* core/broker/txn_coord_priv.h - what the txn_coord.c, txn_call.c and txn_marks.c share. */
#ifndef MR_TXN_COORD_PRIV_H
#define MR_TXN_COORD_PRIV_H

#include "core/broker/txn_coord.h"

/* One coordinator's own. */
struct txn_own {
    struct mr_arena arena; /* of one record, or of one change */
    struct txn_limits limits;
};

struct txn_sending;

struct txn_entity {
    struct coord_entity e; /* first */
    struct txn *txn;
    uint64_t charged;
    bool unloaded;
    /* txn_call.c */
    struct mr_list adds; /* of txn_adding: wait */
    struct mr_list now;  /* of txn_adding: in the change under way */
    struct coord_op add_op;
    bool adding; /* add_op is on its way */
    enum kw_error add_error;
    /* txn_marks.c */
    struct txn_sending *sending; /* markers are on their way */
    struct coord_op complete_op;
    bool completing;
    int64_t retry_at_ms; /* markers that failed go out again; 0: at once */
    uint32_t retries;
};

static inline struct txn_entity *txn_entity_of(struct coord_entity *e)
{
    return MR_CONTAINER(e, struct txn_entity, e);
}
static inline struct txn_own *txn_own_of(const struct txn_entity *t)
{
    return coord_own(t->e.coord);
}

/* Settings as they are now. */
const struct txn_limits *txn_limits_now(struct coord *c);

/* Within run(): the record of the change under way. */
void txn_put_change(struct coord_op *op, struct txn_entity *t);

/* After every event, and last of all: memory, timers, markers, those that wait. t may be gone afterwards. */
void txn_settle(struct txn_entity *t);

/* txn_call.c */
void txn_adds_go(struct txn_entity *t);
int64_t txn_adds_deadline_ms(const struct txn_entity *t); /* INT64_MAX */
void txn_adds_fail(struct txn_entity *t, enum kw_error error);

/* txn_marks.c */
void txn_marks_go(struct txn_entity *t);
/* True: all markers are there, and t may be gone. */
bool txn_complete_go(struct txn_entity *t);
int64_t txn_marks_deadline_ms(const struct txn_entity *t); /* INT64_MAX */
void txn_marks_forget(struct txn_entity *t);

#endif
