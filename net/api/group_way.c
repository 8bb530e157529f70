#include "net/api/group_way.h"

#include "net/api/common.h"

static void way_finished(struct group_call *call, enum kw_error error)
{
    struct group_way *w = group_way_of(call);
    w->error = error;
    fan_back(w->part);
}

static void way_at(struct fan_part *part)
{
    struct group_way *w = part->items;
    group_call_submit(broker_of(part->at_shard), w->key, w->group, &w->call);
}

static void way_home(struct mr_req *req)
{
    struct group_way *w = req->state;
    if (w->ok)
        w->home(req, w);
    else
        req_close(req, "response too large");
}

static void way_release(struct mr_req *req)
{
    struct group_way *w = req->state;
    fan_end(w->part->fan); /* w lies in the part */
}

struct group_way *group_way_new(struct mr_req *req, struct mr_str group,
                                void (*home)(struct mr_req *req, struct group_way *w))
{
    struct part_key key;
    struct fan *fan = fan_begin(req, way_at, NULL, way_home);
    struct fan_part *part = api_coord_part(req, fan, COORD_GROUP, group, &key);
    struct group_way *w = part != NULL ? arena_new(&part->arena, struct group_way) : NULL;
    if (w == NULL) {
        if (part != NULL)
            fan_end(fan);
        req_close(req, "request too large");
        return NULL;
    }
    w->part = part;
    w->home = home;
    w->key = key;
    w->group = group;
    w->stands = key.partition >= 0;
    w->ok = true;
    w->call.finished = way_finished;
    part->items = w;
    req->state = w;
    req->release = way_release;
    return w;
}

void group_way_send(struct mr_req *req, struct group_way *w)
{
    if (w->stands) {
        fan_send(w->part->fan);
        return;
    }
    w->error = KW_NOT_COORDINATOR; /* its topic does not stand */
    w->home(req, w);
}
