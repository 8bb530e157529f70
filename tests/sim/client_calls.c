/* The requests of tests/sim/client.h that are one call each. */
#include "net/wire/gen/create_topics.h"
#include "net/wire/gen/delete_topics.h"
#include "net/wire/gen/init_producer_id.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/metadata.h"
#include "tests/sim/client.h"

struct kcall *kcall_metadata(struct kclient *c, const struct ktopic *topics, int32_t count,
                             void (*done)(struct kcall *), void *ctx)
{
    struct kcall *call = kcall_new(c, 3, kclient_version(c, 3, 10, 13), done, ctx);
    struct kw_metadata_request *in = call->in;
    in->topics = kcall_new_array(call, struct kw_metadata_request_topic, (size_t)count);
    in->topics_count = count;
    in->allow_auto_topic_creation = false;
    for (int32_t i = 0; i < count; i++) {
        kw_metadata_request_topic_init(&in->topics[i]);
        in->topics[i].name = mr_str_of(topics[i].name);
    }
    return call;
}

struct kcall *kcall_create_topic(struct kclient *c, const struct ktopic *topic, const struct kconfig *configs,
                                 int32_t config_count, void (*done)(struct kcall *), void *ctx)
{
    struct kcall *call = kcall_new(c, 19, kclient_version(c, 19, 2, 7), done, ctx);
    struct kw_create_topics_request *in = call->in;
    struct kw_create_topics_request_topic *t =
        kcall_new_array(call, struct kw_create_topics_request_topic, 1);
    kw_create_topics_request_topic_init(t);
    t->name = mr_str_of(topic->name);
    t->num_partitions = topic->partitions;
    t->replication_factor = 1;
    t->configs = kcall_new_array(call, struct kw_create_topics_request_config, (size_t)config_count);
    t->configs_count = config_count;
    for (int32_t i = 0; i < config_count; i++) {
        t->configs[i].name = mr_str_of(configs[i].name);
        t->configs[i].value = mr_str_of(configs[i].value);
    }
    in->topics = t;
    in->topics_count = 1;
    in->timeout_ms = 30000;
    return call;
}

struct kcall *kcall_delete_topic(struct kclient *c, const struct ktopic *topic, void (*done)(struct kcall *),
                                 void *ctx)
{
    struct kcall *call = kcall_new(c, 20, kclient_version(c, 20, 1, 6), done, ctx);
    struct kw_delete_topics_request *in = call->in;
    if (call->version >= 6) {
        in->topics = kcall_new_array(call, struct kw_delete_topics_request_topic, 1);
        kw_delete_topics_request_topic_init(in->topics);
        in->topics->name = mr_str_of(topic->name);
        in->topics_count = 1;
    } else {
        in->topic_names = kcall_new_array(call, struct mr_str, 1);
        in->topic_names[0] = mr_str_of(topic->name);
        in->topic_names_count = 1;
    }
    in->timeout_ms = 30000;
    return call;
}

struct kcall *kcall_init_producer_id(struct kclient *c, void (*done)(struct kcall *), void *ctx)
{
    struct kcall *call = kcall_new(c, 22, kclient_version(c, 22, 0, 5), done, ctx);
    struct kw_init_producer_id_request *in = call->in;
    in->transactional_id = (struct mr_str){NULL, 0};
    in->transaction_timeout_ms = 60000;
    return call;
}

struct kcall *kcall_list_offsets(struct kclient *c, const struct ktopic *topic, int32_t partition,
                                 int64_t timestamp, void (*done)(struct kcall *), void *ctx)
{
    struct kcall *call = kcall_new(c, 2, kclient_version(c, 2, timestamp == -3 ? 7 : 1, 10), done, ctx);
    struct kw_list_offsets_request *in = call->in;
    struct kw_list_offsets_request_topic *t = kcall_new_array(call, struct kw_list_offsets_request_topic, 1);
    struct kw_list_offsets_request_partition *p =
        kcall_new_array(call, struct kw_list_offsets_request_partition, 1);
    kw_list_offsets_request_topic_init(t);
    kw_list_offsets_request_partition_init(p);
    p->partition_index = partition;
    p->timestamp = timestamp;
    t->name = mr_str_of(topic->name);
    t->partitions = p;
    t->partitions_count = 1;
    in->replica_id = -1;
    in->topics = t;
    in->topics_count = 1;
    in->timeout_ms = 30000;
    return call;
}
