/* core/broker/controller_priv.h - the inside of the controller, shared by controller*.c and commands_*.c. */
#ifndef MR_CONTROLLER_PRIV_H
#define MR_CONTROLLER_PRIV_H

#include "core/broker/collisions.h"
#include "core/broker/controller.h"
#include "core/broker/dirs.h"
#include "core/broker/meta.h"
#include "core/broker/meta_out.h"

#define METADATA_TOPIC "__cluster_metadata"
#define METADATA_TOPIC_ID ((struct mr_uuid){{[15] = 1}})

struct controller {
    struct broker_shard *zero;
    struct plog *log;
    int16_t kraft_version; /* 1: the log itself names the voters (KIP-853) */
    int32_t epoch;         /* of this start, in every batch it writes */
    int64_t broker_epoch;  /* offset of this start's registration record */
    bool fenced;           /* some log directory of this broker failed, or an image is void */
    struct mr_list queue;  /* of ctl_command */
    struct ctl_command *running;
    struct mr_work pump; /* begin the next command, or try again to append */
    bool appending;      /* out waits for room in the journal */
    struct meta_out out;
    struct plog_append append;
    struct meta_publish publish;
    struct collisions collisions; /* of the topics in the image */
    struct dirs_placer placer;    /* of the command that runs */
    struct ctl_command offline;   /* CTL_DIR_OFFLINE, while offline_busy */
    bool offline_busy, offline_again;
    int8_t *found;               /* at the start: the directory of each partition, -1: offline */
    struct meta_history history; /* from the start until every shard has applied it */
};

/* controller_load.c: snapshot and log into history and shard 0's image; c->epoch is the last one used before.
 */
int controller_load(struct controller *c, char *why, size_t why_bytes);

/* Waiting at start-up and shutdown, turning shard 0. */
struct ctl_flag {
    struct mr_work work;
    struct mr_shard *shard;
    bool up;
};
struct ctl_flag flag_new(struct controller *c);
struct mr_work *flag_arm(struct ctl_flag *f); /* work that raises it */
void flag_raise(struct ctl_flag *f);
int flag_wait(struct ctl_flag *f); /* 0, or the error of a broken ring */

void controller_pump(struct mr_work *w); /* of c->pump */

/* One command: judge it against the image, fill in its results, put records into c->out. Nothing else happens
 * here, and nothing waits. Returns KW_NONE or why the whole command failed. */
enum kw_error command_create_topics(struct controller *c, struct ctl_command *cmd);
enum kw_error command_delete_topics(struct controller *c, struct ctl_command *cmd);
enum kw_error command_create_partitions(struct controller *c, struct ctl_command *cmd);
enum kw_error command_alter_configs(struct controller *c, struct ctl_command *cmd);
enum kw_error command_producer_ids(struct controller *c, struct ctl_command *cmd);
enum kw_error command_alter_quotas(struct controller *c, struct ctl_command *cmd);
enum kw_error command_alter_credentials(struct controller *c, struct ctl_command *cmd);
enum kw_error command_dir_offline(struct controller *c, struct ctl_command *cmd);
enum kw_error command_update_features(struct controller *c, struct ctl_command *cmd);

/* May the command's client make or delete so many partitions now? False with a result when its quota is used
 * up. */
bool ctl_permit(struct controller *c, struct ctl_command *cmd, struct ctl_result *r, int32_t partitions);

/* A result with a text in the command's arena; without memory for it, the error alone. */
void ctl_fail(struct ctl_command *cmd, struct ctl_result *r, enum kw_error error, const char *fmt, ...)
    MR_PRINTF(4, 5);

/* Remember key; when it stands in seen already, refuse both. 0 or -ENOMEM. */
int ctl_once(struct ctl_command *cmd, struct mr_smap *seen, struct mr_str key, struct ctl_result *r,
             const char *text);

/* False with a result when a topic cannot have that name. */
bool ctl_topic_name(struct ctl_command *cmd, struct ctl_result *r, struct mr_str name);

/* Parts that commands share (commands_replicas.c). */

/* Is a list of brokers fine as the replicas of one partition? replication: what earlier partitions have, 0:
 * none yet. */
bool assignment_check(struct controller *c, struct ctl_command *cmd, struct ctl_result *r,
                      const struct ctl_assignment *a, int32_t partition, int32_t replication);
/* Can each partition have so many replicas? */
bool replication_check(struct controller *c, struct ctl_command *cmd, struct ctl_result *r,
                       int32_t replication);
/* The record of a new partition on this broker. */
void put_partition(struct controller *c, struct mr_uuid topic, int32_t partition);

#endif
