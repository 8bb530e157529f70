/* core/config_env.h - settings in environment variables, as the usual container images name them.
 *
 * KAFKA_CFG_NUM_PARTITIONS (bitnami) and KAFKA_NUM_PARTITIONS (apache, confluent) both mean num.partitions:
 * lower case,
 * "___" is "-", "__" is "_", "_" is ".". The environment comes in as an array; nothing is read from the
 * process. */
#ifndef MR_CONFIG_ENV_H
#define MR_CONFIG_ENV_H

#include "core/base.h"

enum config_env_kind {
    CONFIG_ENV_OTHER,      /* not for us, or known and without meaning here (KAFKA_HEAP_OPTS) */
    CONFIG_ENV_KEY,        /* a setting; key may be unknown */
    CONFIG_ENV_CLUSTER_ID, /* KAFKA_KRAFT_CLUSTER_ID, CLUSTER_ID */
};

struct config_env {
    enum config_env_kind kind;
    bool cfg; /* named KAFKA_CFG_: stronger than the plain form */
    struct mr_str variable;
    struct mr_str value;
    char key[256]; /* for CONFIG_ENV_KEY, NUL-terminated; longer names are CONFIG_ENV_OTHER */
};

/* entry: "NAME=value", borrowed by the result. */
struct config_env config_env_read(const char *entry);

#endif
