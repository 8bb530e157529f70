/* core/broker/controller.h - the embedded controller: the one writer of cluster metadata, on shard 0.
 *
 * A command is checked against the image, turned into KRaft records, appended as one batch to
 * __cluster_metadata-0, and, once stable, applied to the image of every shard; only when all shards have
 * applied it does the command complete. Commands run one after the other. In a cluster the same commands will
 * be forwarded to a real quorum instead (KIP-590). */
#ifndef MR_CONTROLLER_H
#define MR_CONTROLLER_H

#include "core/arena.h"
#include "core/broker/broker.h"
#include "core/broker/image_quotas.h"
#include "net/wire/kw_error.h"

struct meta_history;

/* Start-up, on shard 0, turning it: open the metadata log (made with its first records in an empty directory:
 * feature levels of Kafka 4.1's metadata.version), add what this start adds (a new epoch, this broker's
 * registration with the listeners of now), apply all of it to shard 0's image. zero->image is new. Afterwards
 * the other shards apply controller_history() to theirs, then controller_history_done(). Errors, with a
 * sentence in why: -MR_E_CORRUPT, -MR_E_VERSION, -MR_E_STATE (the log of a quorum with other voters),
 * -MR_E_FENCED, -EIO, -ENOMEM. */
int controller_start(struct broker_shard *zero, struct controller **ret, char *why, size_t why_bytes);
void controller_free(struct controller *c); /* no command is running; waiting ones are forgotten */
const struct meta_history *controller_history(const struct controller *c);
void controller_history_done(struct controller *c);

bool controller_idle(const struct controller *c);
void controller_fence(struct controller *c); /* from now on every command fails with KW_KAFKA_STORAGE_ERROR */
/* A directory of several has failed (broker->dirs[].failed): the registration and the partitions in it say so
 * from the next commands on. */
void controller_dir_failed(struct controller *c);
/* A clean stop, on shard 0: controller_stop() while appends are still possible writes that this broker has
 * gone, so that whoever opens the directory next need not wait for its session to end; no command is running.
 * After store_settle() and before logdir_close(), controller_settle() writes what Kafka expects beside the
 * log. */
int controller_stop(struct controller *c);
int controller_settle(struct controller *c);

enum { CTL_PRODUCER_ID_BLOCK = 1000 };

enum ctl_kind {
    CTL_CREATE_TOPICS,
    CTL_DELETE_TOPICS,
    CTL_CREATE_PARTITIONS,
    CTL_ALTER_CONFIGS,
    CTL_PRODUCER_IDS,
    CTL_ALTER_QUOTAS,
    CTL_ALTER_CREDENTIALS,
    CTL_UPDATE_FEATURES,
    CTL_DIR_OFFLINE,
};

/* Text of an error, in Kafka 4.1's words where clients and tools show it; NULL: none. Lives in the command's
 * arena. */
struct ctl_result {
    enum kw_error error;
    const char *message;
};

struct ctl_config {
    struct mr_str name, value; /* value.ptr NULL: null */
    int8_t op;                 /* 0 set, 1 delete, 2 append, 3 subtract (KIP-339) */
};

struct ctl_topic { /* create */
    struct mr_str name;
    int32_t partitions;  /* -1: num.partitions */
    int16_t replication; /* -1: default.replication.factor */
    struct ctl_assignment {
        int32_t partition;
        const int32_t *brokers;
        int32_t broker_count;
    } * assignments;
    int32_t assignment_count;
    struct ctl_config *configs;
    int32_t config_count;
    bool internal; /* created by the broker itself: names of internal topics are allowed, names are not
                      checked twice */
    /* out */
    struct ctl_result result;
    struct mr_uuid id;
    int32_t ret_partitions;
    int16_t ret_replication;
};

struct ctl_delete {
    struct mr_str name; /* ptr NULL: by id */
    struct mr_uuid id;
    /* out */
    struct ctl_result result;
    struct mr_str ret_name;
    struct mr_uuid ret_id;
};

struct ctl_grow {
    struct mr_str name;
    int32_t count; /* in all, afterwards */
    struct ctl_assignment
        *assignments; /* NULL: the controller chooses; else one for each new partition, in order */
    int32_t assignment_count;
    struct ctl_result result;
};

struct ctl_alter {
    int8_t resource_type; /* 2 topic, 4 broker, 8 broker logger, 16 client metrics, 32 group */
    struct mr_str resource_name;
    bool incremental; /* false: replace all (AlterConfigs) */
    struct ctl_config *configs;
    int32_t config_count;
    struct ctl_result result;
};

struct ctl_quota {
    /* As the request has them: types may be unknown, or there twice, where the last counts. */
    struct ctl_quota_part {
        struct mr_str type, name; /* name.ptr NULL: the default */
    } * parts;
    int32_t part_count;
    struct ctl_quota_op {
        struct mr_str key;
        double value;
        bool remove;
    } * ops;
    int32_t op_count;
    struct ctl_result result;
    bool repeats; /* out: one before it names the same entity, and has the answer for both */
};

struct ctl_credential { /* KIP-554 */
    struct mr_str user;
    int8_t mechanism;
    bool remove;
    int32_t iterations;
    struct mr_slice salt, salted_password;
    struct ctl_result result;
    bool repeats; /* out: as in ctl_quota */
};

struct ctl_feature { /* all are changed, or none: the first one's result is for all */
    struct mr_str name;
    int16_t level;
    int8_t how;    /* 1 up, 2 down when nothing gets lost, 3 down */
    bool repeated; /* named again behind it: that one counts */
    struct ctl_result result;
};

/* Filled by a handler on any shard; the arrays are borrowed until done() has run. */
struct ctl_command {
    enum ctl_kind kind;
    bool validate_only;
    union {
        struct ctl_topic *topics;
        struct ctl_delete *deletes;
        struct ctl_grow *grows;
        struct ctl_alter *alters;
        struct ctl_quota *quotas;
        struct ctl_credential *credentials;
        struct ctl_feature *features;
    } u;
    int32_t count;
    struct mr_arena
        *arena; /* the command's own: results live there; only the shard that runs the command allocates */
    void (*done)(struct ctl_command *c); /* on the shard that submitted it */
    void *context;                       /* the submitter's own */
    /* Whose quota of changes pays for partitions that are made or deleted (KIP-599); user.ptr NULL: nobody's.
     * strict: what it does not cover is refused. */
    struct mr_str user, client;
    bool strict;
    /* out */
    int64_t throttle_ms; /* for so long the client is to be throttled */
    enum kw_error
        error; /* KW_NONE, or why nothing was done at all: KW_KAFKA_STORAGE_ERROR, KW_UNKNOWN_SERVER_ERROR */
    int64_t producer_id_first; /* CTL_PRODUCER_IDS: a block of 1,000 */
    /* private */
    struct mr_msg msg;
    struct mr_list link;
    struct mr_shard *from;
    void *task;
};

/* From any shard; done() runs later on the same shard. The queue is bounded by the requests admitted. */
void controller_submit(struct mr_shard *from, struct ctl_command *c);

#endif
