/* storage/logdir.h - one entry of log.dirs as a whole: its lock, meta.properties, Kafka's checkpoint files, and the
 * question who used it last.
 *
 * A directory is EMPTY (new), CLEAN (a clean close by Kafka or by millrace: Kafka's files are the truth and journals are
 * void) or CRASHED (millrace had it open: the checkpoints and journals are the truth, with Kafka's files as they were for
 * every partition that was not touched). While open, meta.properties carries a version that Kafka refuses. */
#ifndef MR_LOGDIR_H
#define MR_LOGDIR_H

#include "core/io.h"
#include "storage/format.h"

struct logdir;

enum logdir_state { LOGDIR_EMPTY, LOGDIR_CLEAN, LOGDIR_CRASHED };

struct logdir_identity {
    char cluster_id[32]; /* 22 characters, base64url of a uuid */
    int32_t node_id;
    struct mr_uuid directory_id;
};

/* What a clean directory says about one partition. */
struct logdir_part {
    int64_t log_start;  /* log-start-offset-checkpoint, or -1 */
    int64_t end;        /* recovery-point-offset-checkpoint: the log end after a clean close, or -1 */
    int64_t high_watermark; /* replication-offset-checkpoint, or -1 */
    bool exists;        /* TOPIC-PARTITION/ is there */
};

struct logdir_config {
    const char *path;
    struct mr_io *io;
    struct mr_log *log;
    int32_t node_id;
    const char *cluster_id; /* of a new directory; NULL: random. A directory that has another one is refused */
};

/* Start-up (io_wait): lock, read, decide, and mark the directory as open by millrace. Makes the directory when missing.
 * Errors with a sentence in why: -EAGAIN (another process holds the lock), -MR_E_STATE (another cluster's or node's, or
 * Kafka left it uncleanly), -MR_E_CORRUPT, -EIO, -ENOSPC, -EACCES. */
int logdir_open(const struct logdir_config *cfg, struct logdir **ret, char *why, size_t why_bytes);

enum logdir_state logdir_state(const struct logdir *d);
const struct logdir_identity *logdir_identity(const struct logdir *d);
const char *logdir_path(const struct logdir *d);

/* Read-only after logdir_open(), so any shard may ask. */
void logdir_part(const struct logdir *d, const char *topic, int32_t partition, struct logdir_part *ret);
/* Shards whose checkpoints a CRASHED directory holds: 0..count-1; 0 when none. */
uint32_t logdir_shards(const struct logdir *d);

/* Shutdown. Each store reports its logs (any thread, one at a time); then logdir_settle() writes Kafka's checkpoint files for
 * these and for what it knew of others, flushed. After every store was closed, logdir_close() writes the clean-shutdown file
 * and meta.properties last, unlocks and frees. logdir_abandon() unlocks and frees only. */
int logdir_report(struct logdir *d, const char *topic, int32_t partition, int64_t log_start, int64_t end);
int logdir_settle(struct logdir *d, struct mr_io *io);
void logdir_broker_epoch(struct logdir *d, int64_t epoch); /* goes into the clean-shutdown file: Kafka compares it (KIP-966) */
int logdir_close(struct logdir *d, struct mr_io *io);
void logdir_abandon(struct logdir *d, struct mr_io *io);

#endif
