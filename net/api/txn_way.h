/* net/api/txn_way.h - a request about one transactional id on its way to the id's coordinator and home.
 *
 * Life: txn_way_new() at home; the handler fills in the event; txn_way_send(). at() runs on the coordinator's
 * shard and submits the event, whose done() ends in txn_way_back(). home() runs once, at home. */
#ifndef MR_API_TXN_WAY_H
#define MR_API_TXN_WAY_H

#include "core/broker/txn_coord.h"
#include "net/fan.h"

struct txn_way {
    union {
        struct txn_call call;
        struct txn_adding adding;
    } u;
    struct fan_part *part; /* its arena has room for the question */
    struct part_key key;
    struct mr_str id;
    enum kw_error error; /* at home: of an adding, or KW_NOT_COORDINATOR: its topic does not stand */
    void (*at)(struct txn_way *w, struct broker_shard *b);
    void (*home)(struct mr_req *req, struct txn_way *w);
    bool stands; /* private */
};

/* NULL: no room; the connection is being closed. id is borrowed until home(). Uses req->state and
 * req->release. */
struct txn_way *txn_way_new(struct mr_req *req, struct mr_str id,
                            void (*at)(struct txn_way *w, struct broker_shard *b),
                            void (*home)(struct mr_req *req, struct txn_way *w));
void txn_way_send(struct mr_req *req, struct txn_way *w);
static inline void txn_way_back(struct txn_way *w)
{
    fan_back(w->part);
}

/* at() of both kinds. */
void txn_way_call(struct txn_way *w, struct broker_shard *b);
void txn_way_add(struct txn_way *w, struct broker_shard *b);

/* Clients of before KIP-588 know one word for both. */
static inline int16_t txn_old_error(int16_t error, bool old)
{
    return old && error == KW_PRODUCER_FENCED ? (int16_t)KW_INVALID_PRODUCER_EPOCH : error;
}

#endif
