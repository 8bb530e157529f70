/* net/api/group_way.h - a request about one group on its way to the group's coordinator and home.
 *
 * Life: group_way_new() at home; the handler puts what its event needs into the part's arena and sets the
 * calls; group_way_send(). run(), and whatever the group answers, happen on the coordinator's shard and touch
 * nothing but that arena. home() runs once, at home. */
#ifndef MR_API_GROUP_WAY_H
#define MR_API_GROUP_WAY_H

#include "core/broker/group_coord.h"
#include "net/fan.h"

struct group_way {
    struct group_call call; /* the handler sets run, create, and the answers it wants */
    struct fan_part *part;  /* its arena has room for the question and for the answer */
    void *in;               /* the handler's: the question, in the arena */
    void *out;              /* the handler's: the answer, in the arena; NULL until there is one */
    enum kw_error error;    /* at home: why the group was never asked; KW_NONE: it has answered */
    bool ok;                /* false: the answer had no room, the connection is closed instead of home() */
    void (*home)(struct mr_req *req, struct group_way *w);
    /* private */
    struct part_key key;
    struct mr_str group;
    bool stands;
};

static inline struct group_way *group_way_of(struct group_call *call)
{
    return MR_CONTAINER(call, struct group_way, call);
}

/* NULL: no room; the connection is being closed. group is borrowed until home(). Uses req->state and
 * req->release. */
struct group_way *group_way_new(struct mr_req *req, struct mr_str group,
                                void (*home)(struct mr_req *req, struct group_way *w));
void group_way_send(struct mr_req *req, struct group_way *w);

#endif
