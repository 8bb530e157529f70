/* Adding partitions to topics (KIP-195). Texts are Apache Kafka 4.1.0's. */
#include "core/broker/controller_priv.h"

enum { PARTITIONS_MAX = 10000 };

static void grow(struct controller *c, struct ctl_command *cmd, struct ctl_grow *g)
{
    const struct image_topic *t = image_topic(c->zero->image, g->name);
    if (t == NULL) {
        g->result.error = KW_UNKNOWN_TOPIC_OR_PARTITION; /* Kafka gives no text here */
        return;
    }
    if (g->count == t->partition_count) {
        ctl_fail(cmd, &g->result, KW_INVALID_PARTITIONS, "Topic already has %d partition(s).",
                 t->partition_count);
        return;
    }
    if (g->count < t->partition_count) {
        ctl_fail(cmd, &g->result, KW_INVALID_PARTITIONS,
                 "The topic %s currently has %d partition(s); %d would not be an increase.", t->name,
                 t->partition_count, g->count);
        return;
    }
    int32_t more = g->count - t->partition_count;
    if (g->assignments != NULL && g->assignment_count != more) {
        ctl_fail(cmd, &g->result, KW_INVALID_REPLICA_ASSIGNMENT,
                 "Attempted to add %d additional partition(s), but only %d assignment(s) were specified.",
                 more, g->assignment_count);
        return;
    }
    if (!ctl_permit(c, cmd, &g->result, more))
        return;
    if (more > PARTITIONS_MAX || g->count > IMAGE_PARTITION_MAX) {
        g->result = (struct ctl_result){KW_UNKNOWN_SERVER_ERROR, NULL}; /* so does Kafka 4.1 */
        return;
    }
    int32_t replication = t->partitions[0].replica_count;
    for (int32_t i = 0; g->assignments != NULL && i < more; i++) {
        if (!assignment_check(c, cmd, &g->result, &g->assignments[i], t->partition_count + i, replication))
            return;
    }
    if (g->assignments == NULL && !replication_check(c, cmd, &g->result, replication))
        return;
    for (int32_t i = t->partition_count; i < g->count; i++)
        put_partition(c, t->id, i);
}

enum kw_error command_create_partitions(struct controller *c, struct ctl_command *cmd)
{
    struct mr_smap names;
    int err = 0;
    smap_init(&names);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        struct ctl_grow *g = &cmd->u.grows[i];
        g->result = (struct ctl_result){KW_NONE, NULL};
        if (g->name.ptr == NULL)
            g->name = MR_STR_LIT("");
        err = ctl_once(cmd, &names, g->name, &g->result, "Duplicate topic name.");
    }
    smap_done(&names);
    for (int32_t i = 0; err == 0 && i < cmd->count; i++) {
        if (cmd->u.grows[i].result.error == KW_NONE)
            grow(c, cmd, &cmd->u.grows[i]);
    }
    return err == 0 ? KW_NONE : KW_UNKNOWN_SERVER_ERROR;
}
