#include "net/api/coord_way.h"

#include "net/api/common.h"

static void way_at(struct fan_part *part)
{
    struct coord_way *w = part->items;
    w->at(w, broker_of(part->at_shard));
}

static void way_home(struct mr_req *req)
{
    struct coord_way *w = req->state;
    if (w->ok)
        w->home(req, w);
    else
        req_close(req, "response too large");
}

static void way_release(struct mr_req *req)
{
    struct coord_way *w = req->state;
    fan_end(w->part->fan); /* w lies in the part */
}

struct coord_way *coord_way_new(struct mr_req *req, enum coord_kind kind, struct mr_str name,
                                void (*at)(struct coord_way *w, struct broker_shard *b),
                                void (*home)(struct mr_req *req, struct coord_way *w))
{
    struct part_key key;
    struct fan *fan = fan_begin(req, way_at, NULL, way_home);
    struct fan_part *part = api_coord_part(req, fan, kind, name, &key);
    struct coord_way *w = part != NULL ? arena_new(&part->arena, struct coord_way) : NULL;
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
    w->name = name;
    w->stands = key.partition >= 0;
    w->ok = true;
    part->items = w;
    req->state = w;
    req->release = way_release;
    return w;
}

void coord_way_send(struct mr_req *req, struct coord_way *w)
{
    if (w->stands) {
        fan_send(w->part->fan);
        return;
    }
    w->error = KW_NOT_COORDINATOR;
    if (w->at == coord_way_txn)
        w->u.txn.answer =
            (struct txn_answer){.error = KW_NOT_COORDINATOR, .producer_id = -1, .producer_epoch = -1};
    w->home(req, w);
}

/* ---- on the coordinator's shard ---- */

static void group_finished(struct group_call *call, enum kw_error error)
{
    struct coord_way *w = coord_way_of_group(call);
    w->error = error;
    fan_back(w->part);
}

void coord_way_group(struct coord_way *w, struct broker_shard *b)
{
    w->u.group.finished = group_finished;
    group_call_submit(b, w->key, w->name, &w->u.group);
}

static void txn_called(struct txn_call *call)
{
    fan_back(MR_CONTAINER(call, struct coord_way, u.txn)->part);
}

void coord_way_txn(struct coord_way *w, struct broker_shard *b)
{
    w->u.txn.done = txn_called;
    txn_call_submit(b, w->key, w->name, &w->u.txn);
}

static void added(struct txn_adding *a, enum kw_error error)
{
    struct coord_way *w = MR_CONTAINER(a, struct coord_way, u.adding);
    w->error = error;
    fan_back(w->part);
}

void coord_way_add(struct coord_way *w, struct broker_shard *b)
{
    w->u.adding.done = added;
    txn_adding_submit(b, w->key, w->name, &w->u.adding);
}
