#include "core/broker/features.h"

const struct broker_feature broker_features[BROKER_FEATURES] = {
    {"metadata.version", 7, 27, 27, 27}, {"eligible.leader.replicas.version", 0, 1, 1, 1},
    {"group.version", 0, 1, 1, 1},       {"transaction.version", 0, 2, 2, 2},
    {"kraft.version", 0, 1, 0, 0},       {"share.version", 0, 1, 0, 0},
};

const struct broker_feature *broker_feature(struct mr_str name)
{
    for (int i = 0; i < BROKER_FEATURES; i++) {
        if (mr_str_is(name, broker_features[i].name))
            return &broker_features[i];
    }
    return NULL;
}
