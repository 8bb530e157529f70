/* net/api/command.h - a command to the controller on behalf of a request, for handlers that change metadata.
 */
#ifndef MR_API_COMMAND_H
#define MR_API_COMMAND_H

#include "core/broker/controller.h"
#include "net/req.h"

struct api_command {
    struct ctl_command command; /* its context is the request */
    struct mr_arena arena;      /* of its results; only the shard that runs it allocates */
    void *own;                  /* the handler's */
};

/* Becomes req->state; freed with the request. The caller fills in command.u and command.count and submits it.
 * NULL: no room, and the request is closed already. */
struct api_command *api_command_new(struct mr_req *req, enum ctl_kind kind, bool validate_only,
                                    void (*done)(struct ctl_command *c));

static inline struct api_command *api_command_of(struct ctl_command *c)
{
    return MR_CONTAINER(c, struct api_command, command);
}

/* The command makes or deletes partitions: the client's quota of them pays (KIP-599). From version
 * strict_since on what it does not cover is refused, before it is done and paid for later. */
void api_command_pays(struct mr_req *req, struct api_command *a, int16_t strict_since);

/* What came of one of its items: the whole command may have failed. */
static inline enum kw_error api_command_error(const struct ctl_command *c, const struct ctl_result *r)
{
    return c->error != KW_NONE ? c->error : r->error;
}

/* Kafka gives a command that is out of time before it begins error 7 and does nothing. One that has begun is
 * seen through here, however long it takes: it is either committed or refused. */
static inline bool api_out_of_time(int32_t timeout_ms)
{
    return timeout_ms <= 0;
}

#endif
