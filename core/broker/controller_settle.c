/* What Apache Kafka expects beside the metadata log in a directory that was closed cleanly. */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "storage/file_put.h"
#include "storage/logdir.h"

/* KIP-595: the election state of the only voter. Version 0, as with kraft.version 0. */
int controller_settle(struct controller *c)
{
    const struct broker *b = c->zero->broker;
    char dir[1200], text[256];
    snprintf(dir, sizeof(dir), "%s/" METADATA_TOPIC "-0", logdir_path(b->dir));
    int n = snprintf(text, sizeof(text),
                     "{\"clusterId\":\"\",\"leaderId\":%d,\"leaderEpoch\":%d,\"votedId\":-1,\"appliedOffset\":0,"
                     "\"currentVoters\":[{\"voterId\":%d}],\"data_version\":0}",
                     b->node_id, c->epoch, b->node_id);
    return file_replace_wait(c->zero->shard->io, dir, "quorum-state", text, (size_t)n);
}
