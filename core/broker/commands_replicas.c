/* What commands share about the replicas of partitions. Texts are Kafka 4.1.0's. */
#include "core/broker/controller_priv.h"
#include "core/mem.h"
#include "net/wire/gen/meta_topics.h"

static uint32_t brokers_registered(const struct controller *c)
{
    return map_count(&c->zero->image->brokers);
}

static bool registered(const struct controller *c, int32_t id)
{
    return map_get(&c->zero->image->brokers, (uint64_t)(uint32_t)id) != NULL;
}

bool assignment_check(struct controller *c, struct ctl_command *cmd, struct ctl_result *r,
                      const struct ctl_assignment *a, int32_t partition, int32_t replication)
{
    if (a->broker_count <= 0) {
        ctl_fail(cmd, r, KW_INVALID_REPLICA_ASSIGNMENT,
                 "The manual partition assignment includes an empty replica list.");
        return false;
    }
    /* Kafka looks at them in order of id, each first for being registered. */
    bool mine = false;
    int64_t before = INT64_MIN;
    for (int32_t n = 0; n < a->broker_count; n++) {
        int64_t next = INT64_MAX;
        int32_t times = 0;
        for (int32_t i = 0; i < a->broker_count; i++) {
            int64_t id = a->brokers[i];
            if (id > before && id < next) {
                next = id;
                times = 0;
            }
            times += id == next;
        }
        if (next == INT64_MAX)
            break;
        if (!registered(c, (int32_t)next)) {
            ctl_fail(cmd, r, KW_INVALID_REPLICA_ASSIGNMENT,
                     "The manual partition assignment includes broker %d, but no such broker is registered.",
                     (int)next);
            return false;
        }
        if (times > 1) {
            ctl_fail(cmd, r, KW_INVALID_REPLICA_ASSIGNMENT,
                     "The manual partition assignment includes the broker %d more than once.", (int)next);
            return false;
        }
        mine = mine || next == c->zero->broker->node_id;
        before = next;
    }
    if (replication != 0 && a->broker_count != replication) {
        ctl_fail(cmd, r, KW_INVALID_REPLICA_ASSIGNMENT,
                 "The manual partition assignment includes a partition with %d replica(s), but this is not "
                 "consistent with "
                 "previous partitions, which have %d replica(s).",
                 a->broker_count, replication);
        return false;
    }
    if (!mine) {
        ctl_fail(cmd, r, KW_INVALID_REPLICA_ASSIGNMENT,
                 "All brokers specified in the manual partition assignment for partition %d are fenced or in "
                 "controlled "
                 "shutdown.",
                 partition);
        return false;
    }
    return true;
}

bool replication_check(struct controller *c, struct ctl_command *cmd, struct ctl_result *r,
                       int32_t replication)
{
    if ((uint32_t)replication <= brokers_registered(c) && replication == 1)
        return true;
    ctl_fail(cmd, r, KW_INVALID_REPLICATION_FACTOR,
             "Unable to replicate the partition %d time(s): The target replication factor of %d cannot be "
             "reached because "
             "only %u broker(s) are registered.",
             replication, replication, brokers_registered(c));
    return false;
}

void put_partition(struct controller *c, struct mr_uuid topic, int32_t partition)
{
    struct kw_partition_record p;
    int32_t me = c->zero->broker->node_id;
    struct mr_uuid dir = c->zero->broker->dirs[dirs_place(&c->placer, c->zero)].id;
    kw_partition_record_init(&p);
    p.partition_id = partition;
    p.topic_id = topic;
    p.replicas = p.isr = &me;
    p.replicas_count = p.isr_count = 1;
    p.leader = me;
    p.leader_epoch = 0;
    p.partition_epoch = 0;
    p.directories = &dir;
    p.directories_count = 1;
    meta_out_put(&c->out, &kw_partition_record_info, 2, &p);
}
