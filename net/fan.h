/* net/fan.h - one request on several shards: a part goes to each shard that owns something of it, and comes
 * home.
 *
 * A part is allocated by itself and has an arena of its own, so shards never share memory that both write.
 * Life: fan_begin(), fan_part(shard) for each shard concerned (one part per shard), fan_send(); at(part) on
 * that shard, which ends in fan_back(part), now or later; home(req) on the home shard, when all parts are
 * back: reads their results, answers; release(part) on the part's shard again once the response has left, if
 * asked for with part->keep (buffers of that shard in the response), then the part is freed. */
#ifndef MR_FAN_H
#define MR_FAN_H

#include "net/req.h"

struct fan;

struct fan_part {
    struct mr_msg msg;
    struct fan *fan;
    struct mr_shard *at_shard; /* where it belongs */
    struct mr_arena arena;     /* of at_shard while there, of home before and after */
    void (*release_fn)(struct fan_part *part);
    bool keep;            /* release() must run on the shard before the part is freed */
    size_t weighed_bytes; /* of the arena, that the request counts */
    bool measured, back;  /* its thread's time is being measured; it is to go home behind that */
    uint64_t thread_ns;
    void *items; /* the handler's own */
    uint32_t count, cap;
    uint32_t pending; /* the handler's own: what is still to come on the shard */
    void *state;
};

struct fan {
    struct mr_req *req;
    void (*at)(struct fan_part *part);
    void (*release)(struct fan_part *part);
    void (*home)(struct mr_req *req);
    uint32_t out; /* parts, and messages of the handler's own, that are not back */
    void (*one_home)(struct mr_req *req, struct fan_part *part); /* each part as it comes back; may be NULL */
    bool sent;
    struct fan_part **parts; /* [shards], NULL where nothing goes */
    uint32_t shards;
};

/* In req's arena; NULL past its limit. req->state is left alone. home() runs once, later or within
 * fan_send(). */
struct fan *fan_begin(struct mr_req *req, void (*at)(struct fan_part *part),
                      void (*release)(struct fan_part *part), void (*home)(struct mr_req *req));

/* The part for shard, made at first use. NULL: out of memory. item_bytes * cap of zeroed room in part->items,
 * which fan_item() hands out. */
struct fan_part *fan_part(struct fan *fan, uint32_t shard);
/* One more item of that size; items stay in order and contiguous, but move: keep indexes. NULL: out of
 * memory. */
void *fan_item(struct fan_part *part, size_t item_bytes);

void fan_send(struct fan *fan);
void fan_back(struct fan_part *part);
/* For handlers that send messages of their own along: they raised fan->out by one, and it is back (at home).
 */
void fan_returned(struct fan *fan);
/* Release and free all parts; the response that refers to them has left. Called by req->release. */
void fan_release(struct mr_req *req); /* for req->release, when req->state is the fan or NULL */
void fan_end(struct fan *fan);

static inline uint32_t fan_part_shard(const struct fan_part *part)
{
    return part->at_shard->id;
}

#endif
