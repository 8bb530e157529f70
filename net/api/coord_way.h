/* net/api/coord_way.h - a request about one group or one transactional id on its way to the coordinator,
 * which may answer much later, and home.
 *
 * Life: coord_way_new() at home; the handler puts what its event needs into u or into the part's arena;
 * coord_way_send(). at(), and whatever the coordinator answers, happen on its shard and touch nothing but
 * that arena. home() runs once, at home. */
#ifndef MR_API_COORD_WAY_H
#define MR_API_COORD_WAY_H

#include "core/broker/group_coord.h"
#include "core/broker/txn_coord.h"
#include "net/fan.h"

struct coord_way {
    union {
        struct group_call group; /* the handler sets run, create, and the answers it wants */
        struct txn_call txn;
        struct txn_adding adding;
    } u;
    struct fan_part *part; /* its arena has room for the question and for the answer */
    void *in;              /* the handler's: the question, in the arena */
    void *out;             /* the handler's: the answer, in the arena; NULL until there is one */
    enum kw_error error; /* at home: why nobody was asked, and of an adding what came of it; u.txn has its own
                          */
    bool ok;             /* false: the answer had no room, the connection is closed instead of home() */
    void (*at)(struct coord_way *w, struct broker_shard *b);
    void (*home)(struct mr_req *req, struct coord_way *w);
    /* private */
    struct part_key key;
    struct mr_str name;
    bool stands;
};

static inline struct coord_way *coord_way_of_group(struct group_call *call)
{
    return MR_CONTAINER(call, struct coord_way, u.group);
}

/* NULL: no room; the connection is being closed. name is borrowed until home(). at: one of those below. Uses
 * req->state and req->release. */
struct coord_way *coord_way_new(struct mr_req *req, enum coord_kind kind, struct mr_str name,
                                void (*at)(struct coord_way *w, struct broker_shard *b),
                                void (*home)(struct mr_req *req, struct coord_way *w));
/* An internal topic that does not stand: home() with KW_NOT_COORDINATOR, within the call. */
void coord_way_send(struct mr_req *req, struct coord_way *w);

/* at(): each submits its part of u. */
void coord_way_group(struct coord_way *w, struct broker_shard *b);
void coord_way_txn(struct coord_way *w, struct broker_shard *b);
void coord_way_add(struct coord_way *w, struct broker_shard *b);

/* Clients of before KIP-588 know one word for both. */
static inline int16_t txn_old_error(int16_t error, bool old)
{
    return old && error == KW_PRODUCER_FENCED ? (int16_t)KW_INVALID_PRODUCER_EPOCH : error;
}

#endif
