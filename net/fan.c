#include "net/fan.h"

#include "core/mem.h"
#include "net/quota.h"

enum {
    PART_ARENA_BYTES_MAX = 64 << 20,
    PART_ITEMS_BYTES_MAX =
        16 << 20, /* grown by doubling: half of the arena at most; the rest is for results */
};

struct fan *fan_begin(struct mr_req *req, void (*at)(struct fan_part *part),
                      void (*release)(struct fan_part *part), void (*home)(struct mr_req *req))
{
    struct fan *fan = req_new(req, struct fan);
    if (fan == NULL)
        return NULL;
    fan->req = req;
    fan->at = at;
    fan->release = release;
    fan->home = home;
    fan->shards = req->shard->count;
    fan->parts = req_array(req, struct fan_part *, fan->shards);
    return fan->parts == NULL ? NULL : fan;
}

struct fan_part *fan_part(struct fan *fan, uint32_t shard)
{
    MR_ASSERT(shard < fan->shards && !fan->sent);
    struct fan_part *part = fan->parts[shard];
    if (part != NULL)
        return part;
    part = mem_zalloc(1, sizeof(*part));
    if (part == NULL)
        return NULL;
    part->fan = fan;
    part->at_shard = fan->req->shard->peers[shard];
    arena_init(&part->arena, PART_ARENA_BYTES_MAX);
    fan->parts[shard] = part;
    return part;
}

void *fan_item(struct fan_part *part, size_t item_bytes)
{
    if (part->count == part->cap) {
        uint32_t cap = part->cap == 0 ? 4 : part->cap * 2;
        if ((size_t)cap * item_bytes > PART_ITEMS_BYTES_MAX)
            return NULL;
        uint8_t *grown = arena_zalloc(&part->arena, cap, item_bytes, 16);
        if (grown == NULL)
            return NULL;
        if (part->count > 0)
            memcpy(grown, part->items, part->count * item_bytes);
        part->items = grown;
        part->cap = cap;
    }
    return (uint8_t *)part->items + part->count++ * item_bytes;
}

static void part_free(struct fan_part *part)
{
    arena_done(&part->arena);
    mem_free(part);
}

static void msg_at(struct mr_shard *at, struct mr_msg *msg)
{
    struct fan_part *part = MR_CONTAINER(msg, struct fan_part, msg);
    if (!part->fan->req->timed) {
        part->fan->at(part);
        return;
    }
    uint64_t began_ns = io_clock_ns(at->io);
    part->measured = true; /* stays ours meanwhile */
    part->fan->at(part);
    part->thread_ns += io_clock_ns(at->io) - began_ns;
    part->measured = false;
    if (part->back)
        fan_back(part);
}

void fan_returned(struct fan *fan)
{
    if (--fan->out > 0 || !fan->sent)
        return;
    struct net_shard *n = fan->req->conn->net;
    bool mine = quota_slice_begin(fan->req);
    fan->home(fan->req);
    if (mine)
        quota_slice_end(n);
}

/* At home, where alone the sums are. */
static void weigh(struct fan_part *part)
{
    part->fan->req->part_bytes += part->arena.used_bytes - part->weighed_bytes;
    part->weighed_bytes = part->arena.used_bytes;
}

static void came_home(struct fan_part *part)
{
    struct fan *fan = part->fan;
    weigh(part);
    req_weigh(fan->req);
    fan->req->thread_ns += part->thread_ns;
    part->thread_ns = 0;
    if (fan->one_home != NULL)
        fan->one_home(fan->req, part);
    fan_returned(fan);
}

static void msg_home(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    came_home(MR_CONTAINER(msg, struct fan_part, msg));
}

void fan_send(struct fan *fan)
{
    struct mr_shard *home = fan->req->shard;
    fan->out = 1; /* so that it cannot be complete while parts are still being sent */
    fan->sent = true;
    for (uint32_t i = 0; i < fan->shards; i++) {
        if (fan->parts[i] != NULL)
            weigh(fan->parts[i]);
    }
    req_weigh(fan->req);
    for (uint32_t i = 0; i < fan->shards; i++) {
        struct fan_part *part = fan->parts[i];
        if (part == NULL)
            continue;
        fan->out++;
        if (i == home->id) {
            fan->at(part); /* at home: no hop */
        } else {
            part->msg.run = msg_at;
            shard_send(home, i, &part->msg);
        }
    }
    fan_returned(fan);
}

void fan_back(struct fan_part *part)
{
    struct mr_shard *home = part->fan->req->shard;
    if (part->measured) {
        part->back = true;
        return;
    }
    if (part->at_shard == home) {
        came_home(part);
        return;
    }
    part->msg.run = msg_home;
    shard_send(part->at_shard, home->id, &part->msg);
}

static void msg_release(struct mr_shard *at, struct mr_msg *msg)
{
    (void)at;
    struct fan_part *part = MR_CONTAINER(msg, struct fan_part, msg);
    part->release_fn(part);
    part_free(part);
}

void fan_end(struct fan *fan)
{
    struct mr_shard *home = fan->req->shard;
    for (uint32_t i = 0; i < fan->shards; i++) {
        struct fan_part *part = fan->parts[i];
        if (part == NULL)
            continue;
        fan->parts[i] = NULL;
        part->fan = NULL; /* it outlives the request */
        part->release_fn = fan->release;
        if (!part->keep || fan->release == NULL) {
            part_free(part);
        } else if (i == home->id) {
            part->release_fn(part);
            part_free(part);
        } else {
            part->msg.run = msg_release;
            shard_send(home, i, &part->msg);
        }
    }
}

void fan_release(struct mr_req *req)
{
    if (req->state != NULL)
        fan_end(req->state);
}
