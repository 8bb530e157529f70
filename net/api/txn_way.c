#include "net/api/txn_way.h"

#include "net/api/common.h"

static void way_at(struct fan_part *part)
{
    struct txn_way *w = part->items;
    w->at(w, broker_of(part->at_shard));
}

static void way_home(struct mr_req *req)
{
    struct txn_way *w = req->state;
    w->home(req, w);
}

static void way_release(struct mr_req *req)
{
    struct txn_way *w = req->state;
    fan_end(w->part->fan); /* w lies in the part */
}

struct txn_way *txn_way_new(struct mr_req *req, struct mr_str id,
                            void (*at)(struct txn_way *w, struct broker_shard *b),
                            void (*home)(struct mr_req *req, struct txn_way *w))
{
    struct part_key key;
    struct fan *fan = fan_begin(req, way_at, NULL, way_home);
    struct fan_part *part = api_coord_part(req, fan, COORD_TXN, id, &key);
    struct txn_way *w = part != NULL ? arena_new(&part->arena, struct txn_way) : NULL;
    if (w == NULL) {
        if (part != NULL)
            fan_end(fan);
        req_close(req, "request too large");
        return NULL;
    }
    w->part = part;
    w->at = at;
    w->home = home;
    w->key = key;
    w->id = id;
    w->stands = key.partition >= 0;
    part->items = w;
    req->state = w;
    req->release = way_release;
    return w;
}

void txn_way_send(struct mr_req *req, struct txn_way *w)
{
    if (w->stands) {
        fan_send(w->part->fan);
        return;
    }
    w->error = KW_NOT_COORDINATOR;
    w->u.call.answer =
        (struct txn_answer){.error = KW_NOT_COORDINATOR, .producer_id = -1, .producer_epoch = -1};
    w->home(req, w);
}

static void called(struct txn_call *call)
{
    txn_way_back(MR_CONTAINER(call, struct txn_way, u.call));
}

void txn_way_call(struct txn_way *w, struct broker_shard *b)
{
    w->u.call.done = called;
    txn_call_submit(b, w->key, w->id, &w->u.call);
}

static void added(struct txn_adding *a, enum kw_error error)
{
    struct txn_way *w = MR_CONTAINER(a, struct txn_way, u.adding);
    w->error = error;
    txn_way_back(w);
}

void txn_way_add(struct txn_way *w, struct broker_shard *b)
{
    w->u.adding.done = added;
    txn_adding_submit(b, w->key, w->id, &w->u.adding);
}
