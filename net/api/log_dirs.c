#include "net/api/apis.h"
#include "net/fan.h"
#include "core/broker/partition.h"
#include "net/wire/gen/describe_log_dirs.h"
#include "storage/logdir.h"

/* DescribeLogDirs (key 35), v1-4. v2 flexible, v3 top-level error, v4 sizes of the volume (KIP-827).
 * Differs from Kafka: nowhere. */

struct item {
    struct part_key key;
    struct kw_describe_log_dirs_response_partition *answer;
    uint64_t bytes;
    bool exists;
};

struct log_dirs {
    struct fan *fan;
};

static void sizes_at(struct fan_part *part)
{
    struct broker_shard *b = broker_of(part->at_shard);
    for (uint32_t i = 0; i < part->count; i++) {
        struct item *item = &((struct item *)part->items)[i];
        struct partition *p = partition_find(b, item->key);
        item->exists = p != NULL;
        item->bytes = p != NULL ? plog_bytes(p->log) : 0;
    }
    fan_back(part);
}

static void sizes_home(struct mr_req *req)
{
    struct log_dirs *d = req->state;
    for (uint32_t s = 0; s < d->fan->shards; s++) {
        struct fan_part *part = d->fan->parts[s];
        for (uint32_t i = 0; part != NULL && i < part->count; i++)
            ((struct item *)part->items)[i].answer->partition_size =
                (int64_t)((struct item *)part->items)[i].bytes;
    }
    req_finish(req);
}

static void log_dirs_release(struct mr_req *req) { fan_end(((struct log_dirs *)req->state)->fan); }

static bool add_topic(struct mr_req *req, struct log_dirs *d, const struct image_topic *t, const int32_t *wanted,
                      int32_t wanted_count, struct kw_describe_log_dirs_response_log_dir *dir)
{
    int32_t count = wanted == NULL ? t->partition_count : wanted_count;
    struct kw_describe_log_dirs_response_topic *o = &dir->topics[dir->topics_count];
    kw_describe_log_dirs_response_topic_init(o);
    o->name = mr_str_of(t->name);
    o->partitions = req_array(req, struct kw_describe_log_dirs_response_partition, (size_t)count);
    if (o->partitions == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        int32_t index = wanted == NULL ? i : wanted[i];
        if (index < 0 || index >= t->partition_count)
            continue;
        struct part_key key = {t->id, index};
        struct fan_part *part = fan_part(d->fan, placement_shard(key, d->fan->shards));
        struct item *item = part == NULL ? NULL : fan_item(part, sizeof(*item));
        if (item == NULL)
            return false;
        struct kw_describe_log_dirs_response_partition *p = &o->partitions[o->partitions_count++];
        kw_describe_log_dirs_response_partition_init(p);
        p->partition_index = index;
        item->key = key;
        item->answer = p;
    }
    dir->topics_count += o->partitions_count > 0;
    return true;
}

static bool fill(struct mr_req *req, struct log_dirs *d)
{
    const struct kw_describe_log_dirs_request *in = req->in;
    struct kw_describe_log_dirs_response *out = req->out;
    struct broker_shard *b = broker_of(req->shard);
    bool all = in->topics_count < 0;
    uint32_t topics = all ? smap_count(&b->image->topics) : (uint32_t)in->topics_count;
    struct kw_describe_log_dirs_response_log_dir *dir = req_new(req, struct kw_describe_log_dirs_response_log_dir);
    if (dir == NULL)
        return false;
    kw_describe_log_dirs_response_log_dir_init(dir);
    out->results = dir;
    out->results_count = 1;
    dir->log_dir = mr_str_of(logdir_path(b->broker->dir));
    dir->error_code = store_fenced(b->store) ? KW_KAFKA_STORAGE_ERROR : KW_NONE;
    uint64_t total, free;
    if (io_space(req->shard->io, logdir_path(b->broker->dir), &total, &free) == 0) {
        dir->total_bytes = (int64_t)total;
        dir->usable_bytes = (int64_t)free;
    }
    dir->topics = req_array(req, struct kw_describe_log_dirs_response_topic, topics);
    bool ok = dir->topics != NULL;
    uint32_t at = 0;
    const struct image_topic *t;
    while (ok && all && (t = image_next(b->image, &at)) != NULL)
        ok = add_topic(req, d, t, NULL, 0, dir);
    for (int32_t i = 0; ok && !all && i < in->topics_count; i++) {
        t = image_topic(b->image, in->topics[i].topic);
        if (t != NULL && in->topics[i].partitions != NULL)
            ok = add_topic(req, d, t, in->topics[i].partitions, in->topics[i].partitions_count, dir);
    }
    return ok;
}

static void describe_log_dirs_start(struct mr_req *req)
{
    struct log_dirs *d = req_new(req, struct log_dirs);
    struct fan *fan = d == NULL ? NULL : fan_begin(req, sizes_at, NULL, sizes_home);
    if (fan == NULL) {
        req_close(req, "out of memory");
        return;
    }
    d->fan = fan;
    req->state = d;
    req->release = log_dirs_release;
    if (fill(req, d))
        fan_send(fan);
    else
        req_close(req, "response too large");
}

const struct mr_api mr_api_describe_log_dirs = {
    .key = 35, .name = "DescribeLogDirs", .v_min = 1, .v_max = 4, .v_min_shown = 1, .start = describe_log_dirs_start};
