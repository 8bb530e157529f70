/* What Apache Kafka expects beside the metadata log in a directory that was closed cleanly. */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "storage/file_put.h"
#include "storage/logdir.h"

/* KIP-595: the election state of the only voter. With kraft.version 1 the log names the voters (KIP-853). */
int controller_settle(struct controller *c)
{
    const struct broker *b = c->zero->broker;
    char dir[1200], text[256];
    int n;
    snprintf(dir, sizeof(dir), "%s/" METADATA_TOPIC "-0", b->dirs[b->metadata_dir].path);
    if (c->kraft_version == 0)
        n = snprintf(
            text, sizeof(text),
            "{\"clusterId\":\"\",\"leaderId\":%d,\"leaderEpoch\":%d,\"votedId\":-1,\"appliedOffset\":0,"
            "\"currentVoters\":[{\"voterId\":%d}],\"data_version\":0}",
            b->node_id, c->epoch, b->node_id);
    else
        n = snprintf(text, sizeof(text),
                     "{\"leaderId\":%d,\"leaderEpoch\":%d,\"votedId\":-1,"
                     "\"votedDirectoryId\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"data_version\":1}",
                     b->node_id, c->epoch);
    for (uint32_t d = 0; d < b->dir_count; d++) {
        if (b->dirs[d].dir != NULL)
            logdir_broker_epoch(b->dirs[d].dir, c->broker_epoch);
    }
    return file_replace_wait(c->zero->shard->io, dir, "quorum-state", text, (size_t)n);
}
