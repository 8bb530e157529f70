/* core/broker/coord_priv.h - what the coord*.c files share. */
#ifndef MR_COORD_PRIV_H
#define MR_COORD_PRIV_H

#include "core/broker/coord.h"
#include "net/wire/batch_build.h"

/* QUEUED -> LOADING -> SERVING -> (FAILED) -> GONE */
enum coord_state {
    COORD_QUEUED, /* waits for others to be loaded */
    COORD_LOADING,
    COORD_SERVING,
    COORD_FAILED, /* its log cannot be read or written: serves nothing until the next start */
    COORD_GONE,   /* its partition has gone; freed when nothing refers to it */
};

/* Going through the entities one after the other, with one event at a time, for what has expired. */
struct coord_walk {
    bool under_way;
    bool wanted;        /* a check came due meanwhile */
    struct mr_list *at; /* the next entity's link; &coord->all: the end */
    struct mr_work again;
    struct coord_op op;
};

struct coord {
    struct coords *all_of;
    struct broker_shard *home;
    const struct coord_type *type;
    enum coord_kind kind;
    enum coord_state state;
    struct partition *p; /* NULL once it is gone */
    void *own;
    struct mr_smap names;       /* -> coord_entity */
    struct mr_list all;         /* of coord_entity, in order of creation */
    struct coord_entity nobody; /* events without a name take turns on it, all shared */
    uint32_t in_flight;         /* appends that have not come back */
    struct mr_list waiting;     /* of coord_op: the journal has no room, or the log is being opened */
    uint64_t waiting_bytes;
    struct mr_list guards; /* of coord_guard */
    struct mr_work pump;
    struct coord_walk walk;
    struct mr_list link; /* of coords */
    /* loading */
    struct mr_list load_link;
    struct mr_work load_work;
    struct plog_read read;
    int64_t load_at;
    bool reading, load_begun, load_over;
    uint64_t load_began_ns, load_records;
};

struct coords {
    struct broker_shard *home;
    struct mr_list list;    /* of coord */
    struct mr_list to_load; /* of coord, QUEUED */
    uint32_t loading;
    uint64_t bytes, bytes_max;
    bool stopping, full_told;
    struct coord_op *current; /* whose run() is under way: no other begins inside it */
    struct mr_list later;     /* of coord_entity: their queues are looked at when that has returned */
    struct mr_work later_work;
    struct mr_scratch out; /* batches of the current op */
    struct batch_builder builder;
    bool building;
    struct mr_arena arena; /* one record at a time */
    struct coord_expiry {
        struct mr_timer timer;
        uint64_t every_ns;
        struct coords *all_of;
        enum coord_kind kind;
    } expiry[COORD_KINDS];
    int codec;
};

extern const struct coord_type *const coord_types[COORD_KINDS]; /* NULL: not served */

/* coord.c */
void coord_maybe_free(struct coord *c);
/* coord_turn.c */
void coord_turn_init(struct coord_entity *e);
/* An empty coordinator of p (its p->coord), nothing of its log read yet. NULL: out of memory. */
struct coord *coord_new(struct broker_shard *b, struct partition *p, enum coord_kind kind);
void coord_turn_later(struct mr_work *w);
void coord_entity_drop(struct coord_entity *e); /* nothing is under way on it */
bool coord_entity_idle(const struct coord_entity *e);
void coord_entity_fail(struct coord_entity *e, enum kw_error error); /* all that wait */
void coord_finish(struct coord_op *op, enum kw_error error);
/* coord_write.c */
void coord_write_begin(struct coord_op *op);
void coord_write(struct coord_op *op); /* what was put: ends in coord_finish(), now or later */
void coord_write_pump(struct mr_work *w);
void coord_write_fail(struct coord *c, enum kw_error error);
/* coord_load.c */
void coord_load_start(struct coord *c);
void coord_load_next(struct coords *cs);
void coord_load_end(struct coord *c); /* whatever it was doing */
/* coord_walk.c */
void coord_walk_init(struct coord *c);
void coord_walk_skip(struct coord *c, struct coord_entity *gone);

#endif
