#include "core/broker/dirs.h"
#include "core/broker/partition.h"
#include "net/api/apis.h"
#include "net/api/pairs.h"
#include "net/fan.h"
#include "net/wire/gen/describe_log_dirs.h"
#include "storage/logdir.h"

struct item {
    struct part_key key;
    struct kw_describe_log_dirs_response_partition *answer; /* in the request's arena: written at home only */
    int64_t bytes;                                          /* out; -1: no such partition here */
};

static void dirs_at(struct fan_part *part)
{
    struct broker_shard *b = broker_of(part->at_shard);
    struct item *items = part->items;
    for (uint32_t i = 0; i < part->count; i++) {
        const struct partition *p = partition_find(b, items[i].key);
        items[i].bytes = p == NULL ? -1 : (int64_t)plog_bytes(p->log);
    }
    uint32_t only = b->broker->metadata_dir; /* others that fail are offline */
    part->pending = b->stores[only] != NULL && store_fenced(b->stores[only]);
    fan_back(part);
}

/* Partitions that went meanwhile are not mentioned, nor topics without any: as Kafka. */
static void drop_missing(struct kw_describe_log_dirs_response_log_dir *dir)
{
    int32_t topics = 0;
    for (int32_t t = 0; t < dir->topics_count; t++) {
        struct kw_describe_log_dirs_response_topic *topic = &dir->topics[t];
        int32_t kept = 0;
        for (int32_t i = 0; i < topic->partitions_count; i++) {
            if (topic->partitions[i].partition_size >= 0)
                topic->partitions[kept++] = topic->partitions[i];
        }
        topic->partitions_count = kept;
        if (kept > 0)
            dir->topics[topics++] = *topic;
    }
    dir->topics_count = topics;
}

/* One of log.dirs: what it holds and its space; of one that has failed neither can be told any more. */
static void finish_dir(struct mr_req *req, uint32_t d, bool fenced,
                       struct kw_describe_log_dirs_response_log_dir *dir)
{
    const struct broker *b = broker_of(req->shard)->broker;
    uint64_t total, usable;
    if (!dir_online(b, d) || (fenced && d == b->metadata_dir)) {
        dir->error_code = KW_KAFKA_STORAGE_ERROR;
        dir->topics_count = 0;
        return;
    }
    drop_missing(dir);
    if (io_space(req->shard->io, b->dirs[d].path, &total, &usable) == 0) {
        dir->total_bytes = (int64_t)total;
        dir->usable_bytes = (int64_t)usable;
    }
}

static void dirs_home(struct mr_req *req)
{
    struct fan *fan = req->state;
    struct kw_describe_log_dirs_response *out = req->out;
    bool fenced = false;
    for (uint32_t s = 0; s < fan->shards; s++) {
        struct fan_part *part = fan->parts[s];
        fenced = fenced || part->pending != 0;
        for (uint32_t i = 0; i < part->count; i++) {
            const struct item *item = &((struct item *)part->items)[i];
            item->answer->partition_size = item->bytes;
        }
    }
    for (int32_t d = 0; d < out->results_count; d++)
        finish_dir(req, (uint32_t)d, fenced, &out->results[d]);
    req_finish(req);
}

static bool add(struct mr_req *req, const struct image_topic *topic, int32_t partition,
                struct kw_describe_log_dirs_response_topic *out)
{
    struct fan *fan = req->state;
    struct part_key key = {topic->id, partition};
    struct fan_part *part = fan_part(fan, placement_shard(key, fan->shards));
    struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
    if (item == NULL)
        return false;
    item->key = key;
    item->answer = &out->partitions[out->partitions_count++];
    kw_describe_log_dirs_response_partition_init(item->answer);
    item->answer->partition_index = partition;
    return true;
}

/* Room for each partition of a topic, in the directory that has it: in all directories that have any. */
static bool add_topic(struct mr_req *req, const struct image_topic *topic, struct mr_str name,
                      const int32_t *partitions, int32_t count)
{
    const struct broker *b = broker_of(req->shard)->broker;
    struct kw_describe_log_dirs_response *out = req->out;
    for (int32_t d = 0; d < out->results_count; d++) {
        struct kw_describe_log_dirs_response_log_dir *dir = &out->results[d];
        struct kw_describe_log_dirs_response_topic *in = NULL;
        int32_t here = 0;
        for (int32_t n = 0; n < count; n++) {
            int32_t i = partitions != NULL ? partitions[n] : n;
            here += dirs_of(b, &topic->partitions[i]) == d;
        }
        if (here == 0 || !dir_online(b, (uint32_t)d))
            continue;
        in = &dir->topics[dir->topics_count++];
        kw_describe_log_dirs_response_topic_init(in);
        in->name = name;
        in->partitions = req_array(req, struct kw_describe_log_dirs_response_partition, (size_t)here);
        if (in->partitions == NULL)
            return false;
        for (int32_t n = 0; n < count; n++) {
            int32_t i = partitions != NULL ? partitions[n] : n;
            if (dirs_of(b, &topic->partitions[i]) == d && !add(req, topic, i, in))
                return false;
        }
    }
    return true;
}

static bool make_rooms(struct mr_req *req, size_t topics)
{
    struct kw_describe_log_dirs_response *out = req->out;
    bool ok = true;
    for (int32_t d = 0; ok && d < out->results_count; d++) {
        out->results[d].topics = req_array(req, struct kw_describe_log_dirs_response_topic, topics);
        ok = out->results[d].topics != NULL;
    }
    return ok;
}

static bool list_all(struct mr_req *req)
{
    const struct image *img = broker_of(req->shard)->image;
    bool ok = make_rooms(req, smap_count(&img->topics));
    uint32_t at = 0;
    for (const struct image_topic *t; ok && (t = image_next(img, &at)) != NULL;) {
        struct mr_str name =
            arena_str(&req->arena, mr_str_of(t->name), &ok); /* the image moves on until we are home */
        ok = ok && add_topic(req, t, name, NULL, t->partition_count);
    }
    return ok;
}

static bool list_named(struct mr_req *req, struct api_pairs *pairs)
{
    const struct kw_describe_log_dirs_request *in = req->in;
    const struct image *img = broker_of(req->shard)->image;
    for (int32_t t = 0; t < in->topics_count; t++) {
        for (int32_t i = 0; i < in->topics[t].partitions_count; i++) {
            if (api_pairs_add(pairs, req, in->topics[t].topic, in->topics[t].partitions[i]) == NULL)
                return false;
        }
    }
    bool ok = make_rooms(req, (size_t)pairs->count);
    for (const struct api_pair_topic *t = pairs->first; ok && t != NULL; t = t->next) {
        const struct image_topic *topic = image_topic(img, t->name);
        int32_t *asked = req_array(req, int32_t, (size_t)t->count), count = 0;
        ok = asked != NULL;
        for (const struct api_pair *pair = t->first; ok && topic != NULL && pair != NULL; pair = pair->next) {
            if (pair->partition >= 0 && pair->partition < topic->partition_count)
                asked[count++] = pair->partition;
        }
        ok = ok && (count == 0 || add_topic(req, topic, t->name, asked, count));
    }
    return ok;
}

static bool list(struct mr_req *req, struct api_pairs *pairs)
{
    const struct kw_describe_log_dirs_request *in = req->in;
    const struct broker *b = broker_of(req->shard)->broker;
    struct kw_describe_log_dirs_response *out = req->out;
    struct fan *fan = req->state;
    out->results = req_array(req, struct kw_describe_log_dirs_response_log_dir, b->data_dirs);
    if (out->results == NULL)
        return false;
    out->results_count = (int32_t)b->data_dirs;
    for (uint32_t d = 0; d < b->data_dirs; d++) {
        kw_describe_log_dirs_response_log_dir_init(&out->results[d]);
        out->results[d].log_dir = mr_str_of(b->dirs[d].path);
    }
    bool ok = in->topics_count < 0 ? list_all(req) : list_named(req, pairs);
    for (uint32_t s = 0; s < fan->shards && ok; s++)
        ok = fan_part(fan, s) != NULL; /* every shard is asked whether the directory has failed */
    return ok;
}

/* DescribeLogDirs (key 35), v1-4. v2 flexible, v3 an error for the whole, v4 space of the volume (KIP-827).
 * Differs from Kafka: nowhere. Sizes are those of the records; the journal is not counted. */
static void describe_log_dirs_start(struct mr_req *req)
{
    struct api_pairs pairs;
    api_pairs_init(&pairs);
    req->state = fan_begin(req, dirs_at, NULL, dirs_home);
    req->release = fan_release;
    bool ok = req->state != NULL && list(req, &pairs);
    api_pairs_done(&pairs);
    if (ok)
        fan_send(req->state);
    else
        req_close(req, "request too large");
}

const struct mr_api mr_api_describe_log_dirs = {.key = 35,
                                                .name = "DescribeLogDirs",
                                                .v_min = 1,
                                                .v_max = 4,
                                                .v_min_shown = 1,
                                                .start = describe_log_dirs_start};
