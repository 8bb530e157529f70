#include "net/wire/gen/offset_fetch.h"
#include "core/broker/group_coord.h"
#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/fan.h"

struct item {
    struct part_key key;
    const struct kw_offset_fetch_request_group *in; /* in the request's arena: read only */
    int32_t at;                                     /* in the answer */
    bool require_stable;
    /* out, in the part's arena */
    struct kw_offset_fetch_response_group out;
    bool ok;
};

struct fetch {
    struct fan *fan;
    struct kw_offset_fetch_response_group *groups; /* the answer, in its newest form */
    int32_t count;
};

/* ---- on the coordinator's shard ---- */

static bool put(struct mr_arena *a, struct kw_offset_fetch_response_group_partition *o, int32_t index,
                const struct group_offset *v, bool unstable)
{
    bool ok = true;
    kw_offset_fetch_response_group_partition_init(o);
    o->partition_index = index;
    o->committed_offset = -1;
    o->committed_leader_epoch = -1;
    o->metadata = MR_STR_LIT("");
    if (unstable) {
        o->error_code = KW_UNSTABLE_OFFSET_COMMIT;
    } else if (v != NULL) {
        o->committed_offset = v->offset;
        o->committed_leader_epoch = v->leader_epoch;
        o->metadata = arena_str(a, v->metadata, &ok);
    }
    return ok;
}

static bool fetch_named(struct mr_arena *a, const struct group_entity *g, struct item *item)
{
    const struct kw_offset_fetch_request_group *in = item->in;
    item->out.topics = arena_array(a, struct kw_offset_fetch_response_group_topic, (size_t)in->topics_count);
    bool ok = item->out.topics != NULL;
    for (int32_t t = 0; ok && t < in->topics_count; t++) {
        const struct kw_offset_fetch_request_group_topic *it = &in->topics[t];
        struct kw_offset_fetch_response_group_topic *ot = &item->out.topics[item->out.topics_count++];
        size_t count = (size_t)mr_imax(it->partition_indexes_count, 0);
        kw_offset_fetch_response_group_topic_init(ot);
        ot->name = it->name; /* of the request, which outlives this */
        ot->partitions = arena_array(a, struct kw_offset_fetch_response_group_partition, count);
        ok = ot->partitions != NULL;
        for (size_t i = 0; ok && i < count; i++) {
            int32_t index = it->partition_indexes[i];
            const struct group_offset *v = g != NULL ? group_offsets_get(&g->offsets, it->name, index) : NULL;
            bool unstable =
                item->require_stable && g != NULL && group_offsets_pending(&g->offsets, it->name, index);
            ok = put(a, &ot->partitions[ot->partitions_count++], index, v, unstable);
        }
    }
    return ok;
}

/* All that is committed, or that would be: two walks, to know how many there are. */
static bool fetch_all(struct mr_arena *a, const struct group_entity *g, struct item *item)
{
    struct group_offsets_at at = {.topic = 0};
    int32_t topics = 0;
    for (struct mr_str last = {NULL, 0}; group_offsets_next(&g->offsets, &at); last = at.name)
        topics += at.name.ptr != last.ptr;
    item->out.topics = arena_array(a, struct kw_offset_fetch_response_group_topic, (size_t)topics);
    bool ok = item->out.topics != NULL;
    struct kw_offset_fetch_response_group_topic *ot = NULL;
    struct mr_str last = {NULL, 0};
    at = (struct group_offsets_at){.topic = 0};
    while (ok && group_offsets_next(&g->offsets, &at)) {
        if (at.committed == NULL)
            continue; /* Kafka's answer has what is committed, stable or not */
        if (at.name.ptr != last.ptr) {
            ot = &item->out.topics[item->out.topics_count++];
            kw_offset_fetch_response_group_topic_init(ot);
            ot->name = arena_str(a, at.name, &ok);
            ot->partitions = arena_array(a, struct kw_offset_fetch_response_group_partition,
                                         group_offsets_topic_count(&at));
            ok = ok && ot->partitions != NULL;
            last = at.name;
        }
        if (ok)
            ok = put(a, &ot->partitions[ot->partitions_count++], at.index, at.committed,
                     item->require_stable && at.pending);
    }
    return ok;
}

static void fetch_one(struct fan_part *part, struct item *item)
{
    struct coord *c;
    enum kw_error error = coord_find(broker_of(part->at_shard), COORD_GROUP, item->key, &c);
    kw_offset_fetch_response_group_init(&item->out);
    item->out.group_id = item->in->group_id;
    item->out.error_code = (int16_t)error;
    item->ok = true;
    if (error != KW_NONE)
        return;
    const struct group_entity *g = group_find(c, item->in->group_id);
    if (g != NULL && g->cgroup != NULL)
        item->out.error_code = cgroup_fetch_check(g->cgroup, item->in->member_id, item->in->member_epoch);
    if (item->out.error_code != KW_NONE)
        return;
    if (item->in->topics_count >= 0)
        item->ok = fetch_named(&part->arena, g, item);
    else if (g != NULL)
        item->ok = fetch_all(&part->arena, g, item);
}

static void fetch_at(struct fan_part *part)
{
    for (uint32_t i = 0; i < part->count; i++)
        fetch_one(part, &((struct item *)part->items)[i]);
    fan_back(part);
}

/* ---- at home ---- */

/* Below v8 there is one group, and its error stands elsewhere. */
static bool put_old(struct mr_req *req, const struct kw_offset_fetch_request_group *in,
                    const struct kw_offset_fetch_response_group *g)
{
    struct kw_offset_fetch_response *out = req->out;
    out->error_code = g->error_code;
    bool spread = g->error_code != KW_NONE && req->version < 2; /* there is no field for it yet */
    int32_t topics = spread ? in->topics_count : g->topics_count;
    out->topics = req_array(req, struct kw_offset_fetch_response_topic, (size_t)mr_imax(topics, 0));
    bool ok = out->topics != NULL;
    for (int32_t t = 0; ok && t < topics; t++) {
        struct kw_offset_fetch_response_topic *ot = &out->topics[out->topics_count++];
        int32_t count = spread ? in->topics[t].partition_indexes_count : g->topics[t].partitions_count;
        kw_offset_fetch_response_topic_init(ot);
        ot->name = spread ? in->topics[t].name : g->topics[t].name;
        ot->partitions = req_array(req, struct kw_offset_fetch_response_partition, (size_t)mr_imax(count, 0));
        ok = ot->partitions != NULL;
        for (int32_t i = 0; ok && i < count; i++) {
            struct kw_offset_fetch_response_partition *o = &ot->partitions[ot->partitions_count++];
            if (spread)
                *o = (struct kw_offset_fetch_response_partition){in->topics[t].partition_indexes[i], -1, -1,
                                                                 MR_STR_LIT(""), g->error_code};
            else
                *o = (struct kw_offset_fetch_response_partition){
                    g->topics[t].partitions[i].partition_index, g->topics[t].partitions[i].committed_offset,
                    g->topics[t].partitions[i].committed_leader_epoch, g->topics[t].partitions[i].metadata,
                    g->topics[t].partitions[i].error_code};
        }
    }
    return ok;
}

static void fetch_home(struct mr_req *req)
{
    struct fetch *f = req->state;
    struct kw_offset_fetch_response *out = req->out;
    bool ok = true;
    const struct kw_offset_fetch_request_group *old = NULL;
    for (uint32_t s = 0; s < f->fan->shards; s++) {
        const struct fan_part *part = f->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++) {
            const struct item *item = &((const struct item *)part->items)[i];
            ok = ok && item->ok;
            f->groups[item->at] = item->out;
            old = item->in;
        }
    }
    if (ok && req->version < 8) {
        ok = put_old(req, old, &f->groups[0]);
    } else {
        out->groups = f->groups;
        out->groups_count = f->count;
    }
    if (ok)
        req_finish(req);
    else
        req_close(req, "response too large");
}

static void fetch_release(struct mr_req *req)
{
    fan_end(((struct fetch *)req->state)->fan);
}

static bool add(struct mr_req *req, struct fetch *f, const struct kw_offset_fetch_request_group *in,
                int32_t at)
{
    const struct kw_offset_fetch_request *request = req->in;
    struct part_key key;
    struct fan_part *part = api_coord_part(req, f->fan, COORD_GROUP, in->group_id, &key);
    struct item *item = part != NULL ? fan_item(part, sizeof(*item)) : NULL;
    if (item == NULL)
        return false;
    item->key = key; /* of no partition: not the coordinator, as Kafka */
    item->in = in;
    item->at = at;
    item->require_stable = request->require_stable;
    return true;
}

/* The one group of an old request, in the form of the new ones. */
static const struct kw_offset_fetch_request_group *only_group(struct mr_req *req)
{
    const struct kw_offset_fetch_request *in = req->in;
    struct kw_offset_fetch_request_group *g = req_new(req, struct kw_offset_fetch_request_group);
    if (g == NULL)
        return NULL;
    kw_offset_fetch_request_group_init(g);
    g->group_id = in->group_id;
    g->topics_count = in->topics_count;
    g->topics =
        req_array(req, struct kw_offset_fetch_request_group_topic, (size_t)mr_imax(in->topics_count, 0));
    if (g->topics == NULL)
        return NULL;
    for (int32_t t = 0; t < in->topics_count; t++) {
        kw_offset_fetch_request_group_topic_init(&g->topics[t]);
        g->topics[t].name = in->topics[t].name;
        g->topics[t].partition_indexes = in->topics[t].partition_indexes;
        g->topics[t].partition_indexes_count = in->topics[t].partition_indexes_count;
    }
    return g;
}

/* OffsetFetch (key 9), v1-9. v2 all topics, errors of the group; v5 leader epochs; v6 flexible; v7
 * require_stable (KIP-447); v8 many groups (KIP-709); v9 member epochs (KIP-848). v10 (topic ids) is not
 * stable in Kafka 4.1. Differs from Kafka: nowhere. */
static void offset_fetch_start(struct mr_req *req)
{
    const struct kw_offset_fetch_request *in = req->in;
    struct fetch *f = req_new(req, struct fetch);
    struct fan *fan = f != NULL ? fan_begin(req, fetch_at, NULL, fetch_home) : NULL;
    if (fan == NULL) {
        req_close(req, "request too large");
        return;
    }
    f->fan = fan;
    req->state = f;
    req->release = fetch_release;
    f->count = req->version >= 8 ? (int32_t)mr_imax(in->groups_count, 0) : 1;
    f->groups = req_array(req, struct kw_offset_fetch_response_group, (size_t)f->count);
    bool ok = f->groups != NULL;
    for (int32_t i = 0; ok && i < f->count; i++) {
        const struct kw_offset_fetch_request_group *g = req->version >= 8 ? &in->groups[i] : only_group(req);
        ok = g != NULL && add(req, f, g, i);
    }
    if (ok)
        fan_send(fan);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_offset_fetch = {
    .key = 9, .name = "OffsetFetch", .v_min = 1, .v_max = 9, .v_min_shown = 1, .start = offset_fetch_start};
