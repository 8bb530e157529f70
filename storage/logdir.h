/* storage/logdir.h - one entry of log.dirs as a whole: its lock, meta.properties, Kafka's checkpoint files,
 * and the question who used it last.
 *
 * A directory is EMPTY (new), CLEAN (a clean close by Kafka or by millrace: Kafka's files are the truth and
 * journals are void) or CRASHED (millrace had it open: the checkpoints and journals are the truth, with
 * Kafka's files as they were for every partition that was not touched). While open, meta.properties carries a
 * version that Kafka refuses. */
#ifndef MR_LOGDIR_H
#define MR_LOGDIR_H

#include "core/io.h"
#include "storage/format.h"

struct logdir;
struct mr_shard;

enum logdir_state { LOGDIR_EMPTY, LOGDIR_CLEAN, LOGDIR_CRASHED };

struct logdir_identity {
    char cluster_id[32]; /* 22 characters, base64url of a uuid */
    int32_t node_id;
    struct mr_uuid directory_id;
};

/* What a clean directory says about one partition. */
struct logdir_part {
    int64_t log_start;      /* log-start-offset-checkpoint, or -1 */
    int64_t end;            /* recovery-point-offset-checkpoint: the log end after a clean close, or -1 */
    int64_t high_watermark; /* replication-offset-checkpoint, or -1 */
    bool exists;            /* TOPIC-PARTITION/ is there */
    struct mr_uuid topic;   /* of its partition.metadata; zero: not known */
    int64_t clean;          /* cleaner-offset-checkpoint: compaction has seen what is below, or -1 */
};

struct logdir_config {
    const char *path;
    struct mr_io *io;
    struct mr_log *log;
    int32_t node_id;
    const char
        *cluster_id; /* of a new directory; NULL: random. A directory that has another one is refused */
};

/* Start-up (io_wait): lock, read, decide, and mark the directory as open by millrace. Makes the directory
 * when missing. Errors with a sentence in why: -EAGAIN (another process holds the lock), -MR_E_STATE (another
 * cluster's or node's, or Kafka left it uncleanly), -MR_E_CORRUPT, -EIO, -ENOSPC, -EACCES. */
int logdir_open(const struct logdir_config *cfg, struct logdir **ret, char *why, size_t why_bytes);

/* Start-up: the cluster.id that meta.properties in path names; ret stays as it is when there is none. */
void logdir_peek(struct mr_io *io, const char *path, char ret[32]);

enum logdir_state logdir_state(const struct logdir *d);
const struct logdir_identity *logdir_identity(const struct logdir *d);
const char *logdir_path(const struct logdir *d);

/* Drawn anew whenever the directory is opened and was not left by a crash. What carries another one
 * (checkpoints, and with them journals) is void: in between the files may have been changed by Kafka. */
uint64_t logdir_session(const struct logdir *d);

/* Any shard may ask. What is said is as of the start, but for what was forgotten or reported since. */
void logdir_part(const struct logdir *d, const char *topic, int32_t partition, struct logdir_part *ret);
/* Shards whose checkpoints a CRASHED directory holds: 0..count-1; 0 when none. */
uint32_t logdir_shards(const struct logdir *d);

/* The partition was removed: what the directory knew of it must not be taken for another's of the same name.
 * Any shard. */
void logdir_forget(struct logdir *d, const char *topic, struct part_key key);

/* Replay knows a log, or the removal of one, of this name. A directory without a readable id is then that
 * log's, or one that it had half made: no other log's, and what Kafka's checkpoints say by the name was said
 * of a log before. Any shard. */
void logdir_replayed(struct logdir *d, const char *topic, struct part_key key);

/* TOPIC-PARTITION/ has another name now, says who holds the name: what was known by it is nobody's, whoever
 * made the directory (after a crash that may have been the log before). */
void logdir_moved(struct logdir *d, const char *topic, int32_t partition);

/* The directory TOPIC-PARTITION/ belongs to one log at a time: a topic may be deleted and made again, on
 * other shards, faster than its files go. holder: the log, as the key of its claim. Any shard.
 * logdir_claim(): 1 it is holder's now, 0 granted(holder) will run on shard when it is, -ENOMEM.
 * logdir_unclaim(): holder has no use for it any more, or does not want it any more; harmless without a
 * claim. */
int logdir_claim(struct logdir *d, const char *topic, int32_t partition, void *holder, struct mr_shard *shard,
                 void (*granted)(void *holder));
void logdir_unclaim(struct logdir *d, const char *topic, int32_t partition, void *holder,
                    struct mr_shard *from);
/* Does any log hold name, which is TOPIC-PARTITION? */
bool logdir_claimed(const struct logdir *d, struct mr_str name);

/* The value of millrace.session in meta.properties, which says whether journals and checkpoints count: 16 hex
 * digits and 8 of their CRC-32C, for another session's journals are passed over in silence. parse: 0 when
 * text is not one. */
enum { SESSION_TEXT_BYTES = 25 };
void session_text(uint64_t session, char dst[SESSION_TEXT_BYTES]);
uint64_t session_parse(const char *text);

/* The topic id in the text of a partition.metadata file. False: none that can be read. */
bool partition_metadata_parse(struct mr_slice text, struct mr_uuid *ret);

/* Bytes that are acknowledged and not in segment files yet, of all stores together, as of their last looks;
 * and whether a line about a disk that has become full (or has room again) may be written: once for all
 * shards, and not more than once in ten seconds unless it says something else. Any shard. */
void logdir_unwritten_add(struct logdir *d, int64_t bytes);
uint64_t logdir_unwritten(const struct logdir *d);
bool logdir_may_say(struct logdir *d, bool is_short, uint64_t now_ns);

/* Shutdown. Each store reports its logs (any thread); then logdir_settle() writes Kafka's
 * checkpoint files for these and for what it knew of others, flushed. After every store was closed,
 * logdir_close() writes the clean-shutdown file and meta.properties last, unlocks and frees. logdir_abandon()
 * unlocks and frees only. */
int logdir_report(struct logdir *d, const char *topic, struct part_key key, int64_t log_start, int64_t end);
/* And how far a reported log has been compacted. */
void logdir_report_clean(struct logdir *d, const char *topic, int32_t partition, int64_t clean);
int logdir_settle(struct logdir *d, struct mr_io *io);
void logdir_broker_epoch(struct logdir *d,
                         int64_t epoch); /* goes into the clean-shutdown file: Kafka compares it (KIP-966) */
int logdir_close(struct logdir *d, struct mr_io *io);
void logdir_abandon(struct logdir *d, struct mr_io *io);

#endif
