#include "tests/sim/client_consumer.h"

#include "net/wire/gen/fetch.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/kw_error.h"

#define AGAIN_NS UINT64_C(10000000)

static void fetch(struct kconsumer *c);

static void later(struct kconsumer *c, uint64_t after_ns)
{
    if (!timer_armed(&c->timer))
        khost_timer(c->client.host, &c->timer, after_ns);
}

static void on_timer(struct mr_timer *t)
{
    fetch(MR_CONTAINER(t, struct kconsumer, timer));
}

/* ---- answers ---- */

static struct kconsumer_part *part_of(struct kconsumer *c, int16_t version,
                                      const struct kw_fetch_response_topic *t, int32_t partition)
{
    for (uint32_t i = 0; i < c->part_count; i++) {
        struct kconsumer_part *p = &c->parts[i];
        bool this =
            version >= 13 ? mr_uuid_eq(p->topic->id, t->topic_id) : mr_str_is(t->topic, p->topic->name);
        if (this && p->partition == partition)
            return p;
    }
    return NULL;
}

static bool again_later(int16_t error)
{
    return error == KW_NOT_LEADER_OR_FOLLOWER || error == KW_KAFKA_STORAGE_ERROR;
}

static void part_served(struct kconsumer *c, struct kconsumer_part *p,
                        const struct kw_fetch_response_partition *in)
{
    if (in->error_code != KW_NONE) {
        seed_check(c->check->res, again_later(in->error_code), "%s fetches %s-%d at %lld: error %d",
                   c->client.name, p->topic->name, p->partition, (long long)p->position, in->error_code);
        p->in_session = false; /* say it again */
        return;
    }
    bcheck_end(c->check, p->part, p->floor, in->high_watermark, c->client.name);
    seed_check(c->check->res, in->last_stable_offset == in->high_watermark,
               "%s-%d: last stable offset %lld, end %lld", p->topic->name, p->partition,
               (long long)in->last_stable_offset, (long long)in->high_watermark);
    struct mr_slice records =
        in->records.null ? (struct mr_slice){NULL, 0} : kw_records_part(&in->records, 0);
    if (records.len == 0)
        return;
    c->records_bytes += records.len;
    int64_t next = bcheck_served(c->check, p->part, p->position, records, in->high_watermark, c->client.name);
    if (next != p->position)
        p->in_session = false;
    p->position = next;
}

static void new_session(struct kconsumer *c)
{
    c->session_id = 0;
    c->session_epoch = c->o.sessions ? 0 : -1;
    for (uint32_t i = 0; i < c->part_count; i++)
        c->parts[i].in_session = false;
}

static void served(struct kconsumer *c, const struct kcall *call)
{
    const struct kw_fetch_response *out = call->out;
    if (out->error_code == KW_FETCH_SESSION_ID_NOT_FOUND ||
        out->error_code == KW_INVALID_FETCH_SESSION_EPOCH) {
        seed_check(c->check->res, c->o.sessions && c->session_epoch > 0, "error %d without a session",
                   out->error_code);
        new_session(c);
        return;
    }
    if (!seed_check(c->check->res, out->error_code == KW_NONE, "%s: Fetch: error %d", c->client.name,
                    out->error_code))
        return;
    if (c->session_epoch >= 0) {
        for (uint32_t i = 0; i < c->part_count; i++)
            c->parts[i].in_session = true;
    }
    for (int32_t t = 0; t < out->responses_count; t++) {
        const struct kw_fetch_response_topic *ot = &out->responses[t];
        for (int32_t i = 0; i < ot->partitions_count; i++) {
            struct kconsumer_part *p = part_of(c, call->version, ot, ot->partitions[i].partition_index);
            if (seed_check(c->check->res, p != NULL, "%s is served what it did not ask for", c->client.name))
                part_served(c, p, &ot->partitions[i]);
        }
    }
    if (c->session_epoch < 0)
        return;
    if (out->session_id == 0) /* no room for a session: go on without */
        new_session(c);
    else
        c->session_epoch = c->session_epoch == INT32_MAX ? 1 : c->session_epoch + 1;
    c->session_id = out->session_id;
}

static void seek(struct kconsumer *c)
{
    struct kconsumer_part *p = &c->parts[rng_below(&c->rng, c->part_count)];
    int64_t position = (int64_t)rng_below(&c->rng, (uint64_t)bcheck_floor(c->check, p->part) + 1);
    if (position != p->position)
        p->in_session = false;
    p->position = position;
}

static void answered(struct kcall *call)
{
    struct kconsumer *c = call->ctx;
    c->busy = false;
    if (call->err == -ECANCELED)
        return;
    if (call->err == 0)
        served(c, call);
    else
        new_session(c);
    if (!c->to_the_end && rng_chance(&c->rng, c->o.seek_ppm))
        seek(c);
    later(c, call->err == 0 ? c->o.pace_ns : AGAIN_NS);
}

/* ---- requests ---- */

static struct kw_fetch_request_topic *topic_in(struct kcall *call, const struct ktopic *topic, uint32_t parts)
{
    struct kw_fetch_request *in = call->in;
    for (int32_t i = 0; i < in->topics_count; i++) {
        if (mr_str_is(in->topics[i].topic, topic->name))
            return &in->topics[i];
    }
    struct kw_fetch_request_topic *t = &in->topics[in->topics_count++];
    kw_fetch_request_topic_init(t);
    t->topic = mr_str_of(topic->name);
    t->topic_id = topic->id;
    t->partitions = kcall_new_array(call, struct kw_fetch_request_partition, parts);
    MR_ASSERT(t->partitions != NULL);
    return t;
}

static void fetch(struct kconsumer *c)
{
    if (c->busy || !c->started || c->client.stopping)
        return;
    struct kcall *call = kcall_new(&c->client, 1, kclient_version(&c->client, 1, 10, 17), answered, c);
    struct kw_fetch_request *in = call->in;
    in->max_wait_ms = c->to_the_end ? (int32_t)mr_imin(c->o.wait_ms, 20) : c->o.wait_ms;
    in->min_bytes = c->o.min_bytes;
    in->max_bytes = c->o.max_bytes;
    in->session_id = c->session_id;
    in->session_epoch = c->session_epoch;
    in->topics = kcall_new_array(call, struct kw_fetch_request_topic, c->part_count);
    MR_ASSERT(in->topics != NULL);
    for (uint32_t i = 0; i < c->part_count; i++) {
        struct kconsumer_part *p = &c->parts[i];
        p->floor = bcheck_floor(c->check, p->part);
        if (c->session_epoch > 0 && p->in_session)
            continue;
        struct kw_fetch_request_topic *t = topic_in(call, p->topic, c->part_count);
        struct kw_fetch_request_partition *ip = &t->partitions[t->partitions_count++];
        kw_fetch_request_partition_init(ip);
        ip->partition = p->partition;
        ip->fetch_offset = p->position;
        ip->partition_max_bytes = c->o.part_bytes;
    }
    c->busy = true;
    c->fetches++;
    kcall_send(call);
}

/* ---- life ---- */

void kconsumer_init(struct kconsumer *c, struct khost *h, const char *name, const char *address,
                    uint16_t port, struct bcheck *check, const struct kconsumer_options *o, uint64_t seed)
{
    *c = (struct kconsumer){.o = *o, .check = check};
    kclient_init(&c->client, h, name, address, port);
    rng_seed(&c->client.rng, seed, 21);
    rng_seed(&c->rng, seed, 22);
    timer_init(&c->timer, on_timer);
    new_session(c);
}

void kconsumer_part(struct kconsumer *c, uint32_t check_part, int64_t position)
{
    MR_ASSERT(c->part_count < CONSUMER_PARTS_MAX);
    const struct check_part *p = &c->check->parts[check_part];
    c->parts[c->part_count++] = (struct kconsumer_part){.topic = p->topic,
                                                        .partition = p->partition,
                                                        .part = check_part,
                                                        .position = position};
}

void kconsumer_start(struct kconsumer *c)
{
    c->started = true;
    later(c, 0);
}

void kconsumer_to_the_end(struct kconsumer *c)
{
    c->to_the_end = true;
}

bool kconsumer_finished(const struct kconsumer *c)
{
    for (uint32_t i = 0; i < c->part_count; i++) {
        if (c->parts[i].position < bcheck_floor(c->check, c->parts[i].part))
            return false;
    }
    return true;
}

void kconsumer_stop(struct kconsumer *c)
{
    timer_cancel(&c->client.host->timers, &c->timer);
    kclient_stop(&c->client);
}

void kconsumer_done(struct kconsumer *c)
{
    kclient_done(&c->client);
}

/* ---- the poller ---- */

static void offsets_answered(struct kcall *call)
{
    struct kpoller *p = call->ctx;
    const struct kw_list_offsets_response *out = call->out;
    p->busy = false;
    if (call->err == -ECANCELED)
        return;
    if (call->err == 0) {
        const struct check_part *cp = &p->check->parts[p->part];
        bool whole = out->topics_count == 1 && out->topics[0].partitions_count == 1 &&
                     out->topics[0].partitions[0].partition_index == cp->partition;
        if (!seed_check(p->check->res, whole, "ListOffsets: an answer to something else"))
            return;
        const struct kw_list_offsets_response_partition *op = &out->topics[0].partitions[0];
        p->answers++;
        if (op->error_code != KW_NONE)
            seed_check(p->check->res, again_later(op->error_code), "ListOffsets: error %d", op->error_code);
        else if (p->timestamp == -1)
            bcheck_end(p->check, p->part, p->floor, op->offset, p->client.name);
        else if (p->timestamp == -2)
            seed_check(p->check->res, op->offset == 0, "%s-%d begins at %lld", cp->topic->name, cp->partition,
                       (long long)op->offset);
        else
            seed_check(p->check->res, op->offset < 0 ? p->floor == 0 : true,
                       "%s-%d: no greatest timestamp, yet %lld records", cp->topic->name, cp->partition,
                       (long long)p->floor);
    }
    khost_timer(p->client.host, &p->timer, rng_between(&p->rng, 0, 2 * p->pace_ns));
}

static void on_poll(struct mr_timer *t)
{
    struct kpoller *p = MR_CONTAINER(t, struct kpoller, timer);
    static const int64_t kinds[] = {-1, -1, -1, -2, -3};
    if (p->busy || p->client.stopping)
        return;
    p->busy = true;
    p->part = (uint32_t)rng_below(&p->rng, p->check->part_count);
    p->floor = bcheck_floor(p->check, p->part);
    int64_t kind = kinds[rng_below(&p->rng, MR_COUNT(kinds))];
    if (kind == -3 && p->client.versions[2] < 7)
        kind = -1;
    p->timestamp = kind;
    const struct check_part *cp = &p->check->parts[p->part];
    kcall_send(kcall_list_offsets(&p->client, cp->topic, cp->partition, kind, offsets_answered, p));
}

void kpoller_init(struct kpoller *p, struct khost *h, const char *name, const char *address, uint16_t port,
                  struct bcheck *check, uint64_t pace_ns, uint64_t seed)
{
    *p = (struct kpoller){.check = check, .pace_ns = pace_ns};
    kclient_init(&p->client, h, name, address, port);
    rng_seed(&p->client.rng, seed, 31);
    rng_seed(&p->rng, seed, 32);
    (void)kclient_version(&p->client, 2, 1, 10);
    timer_init(&p->timer, on_poll);
    khost_timer(h, &p->timer, pace_ns);
}

void kpoller_stop(struct kpoller *p)
{
    timer_cancel(&p->client.host->timers, &p->timer);
    kclient_stop(&p->client);
}

void kpoller_done(struct kpoller *p)
{
    kclient_done(&p->client);
}
