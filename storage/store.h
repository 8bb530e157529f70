/* storage/store.h - everything one shard keeps in one log directory: the journal, its partitions' logs,
 * checkpoints, and the work in the background (materialising, checkpointing, deleting). */
#ifndef MR_STORE_H
#define MR_STORE_H

#include "storage/journal.h"
#include "storage/plog.h"

struct logdir;

struct store_config {
    struct mr_shard *shard;
    struct logdir *dir;          /* storage/logdir.h; opened before, outlives the store */
    uint64_t journal_bytes;      /* of this shard: split into files */
    uint32_t journal_files;      /* 0: 4 */
    uint64_t journal_file_bytes; /* a multiple of 4096; 0: journal_bytes / journal_files in whole MiB, at
                                    least one */
    uint32_t chunk_bytes;        /* of the tail cache's buffers, a multiple of 4096; 0: 512 KiB */
    uint64_t memory_bytes;       /* of the tail cache of this shard */
    uint32_t unit;               /* of journal blocks: 512 or 4096; 4096 in any case without flush */
    bool flush;                  /* false: millrace.durability=write */
    enum io_flush_primitive flush_first; /* millrace.flush, or what the probe found */
    bool flush_fixed;                    /* the operator's word: no trials */
    bool pace;                           /* false: checkpoints and writes in bursts, as fast as they go */
    uint32_t flights;                    /* journal blocks in flight at once: 1 (as 0 says) or 2 */
    uint32_t flight_entries;             /* the second for that many entries; 0: 64 */
    uint32_t slow_max_us;                /* the longest that a filling journal delays appends; 0: never */
    uint32_t checkpoint_ms;              /* at the latest, when something changed; 0: 60,000 */
    uint32_t files_open_max;             /* segment files kept open; 0: 512 */
    uint32_t
        txns_cached_max; /* aborted transactions of complete segments kept in memory; 0: 262,144 (8 MiB) */
    uint64_t index_cache_bytes; /* of indexes of closed segments in memory; 0: 16 MiB */
    uint32_t index_min;         /* a segment of at most so many bytes is read without its index; 0: 64 KiB */
    uint32_t ahead_min;         /* bytes from which on a segment gets blocks ahead; 0: 256 KiB */
    uint32_t
        ahead_idle_ms;   /* a log that does not grow for so long (at most twice) gives them back; 0: 2000 */
    uint64_t cold_bytes; /* of blocks that readers of old data share (storage/cold.h); 0: none */
    uint32_t cold_block_bytes; /* a multiple of 4096; 0: 256 KiB */
    uint32_t
        cold_share; /* percent of the device's time for old data while something is acknowledged; 0: 50 */
    uint32_t sync_fs_logs;  /* a close of at least so many changed logs flushes the file system as a whole; 0:
                               32 */
    int64_t reserve_bytes;  /* kept free of clients' records (storage/space.h); -1: by the disk's size */
    uint32_t space_look_ms; /* how often a disk that fills up is looked at; 0: 1000 */
    /* Positions of logs moved: called once per commit group and log whose stable_end moved. */
    void (*stable)(void *owner, struct plog *log);
    /* The store fenced itself: nothing more is accepted. reason lives for the call. */
    void (*fenced)(void *owner, int err, const char *reason);
    void *owner;
};

struct store_recovery {
    uint64_t logs;            /* known from the checkpoint and the journal */
    uint64_t journal_entries; /* replayed */
    uint64_t journal_bytes;
    uint64_t ms;
};

/* Start-up (io_wait): recover what the directory holds for this shard, raise the generation durably, be
 * ready. Errors: -MR_E_CORRUPT (why names file and place), -EIO, -ENOSPC, -ENOMEM, -MR_E_VERSION. */
int store_open(const struct store_config *cfg, struct store **ret, struct store_recovery *ret_recovery,
               char *why, size_t why_bytes);

/* Shutdown (io_wait), in this order over all stores of a directory:
 *  store_stop()     no more appends come; store_quiet() turns true when nothing is in flight any more. Stores
 * may need each other for that, so who drives several shards from one thread turns all of them until all are
 * quiet. store_quiesce()  both, waiting. -MR_E_FENCED: go on with store_abandon(). store_settle()   put
 * everything into Kafka's files and flush them, report every log to the logdir. (logdir_settle() writes
 * Kafka's checkpoint files, once all stores have settled) store_close()    void the journal and free. After
 * an error the next start recovers as after a crash. store_abandon() frees without any of that, as after an
 * error; it waits only for what is in flight. */
void store_stop(struct store *s);
bool store_quiet(const struct store *s);
int store_quiesce(struct store *s);
int store_settle(struct store *s);
int store_close(struct store *s);
void store_abandon(struct store *s);

/* The log of key, or NULL. store_find_or_make(): made closed and empty, or with what a clean directory holds
 * for topic-partition. No I/O. NULL: out of memory. */
struct plog *store_find(struct store *s, struct part_key key);
struct plog *store_make(struct store *s, struct part_key key, const char *topic,
                        const struct plog_config *cfg);

/* Delete the log: journalled, then its files go in the background. Reads and searches in flight end, perhaps
 * with -ENOENT; appends of it must not wait for room any more; the log must not be used afterwards. c may be
 * NULL. -EAGAIN as plog_append(). */
int store_remove(struct store *s, struct plog *log, struct plog_change *c);

/* Visit every log, in order of creation. */
void store_each(struct store *s, void (*each)(void *ctx, struct plog *log), void *ctx);

bool store_fenced(const struct store *s);
/* Fence it from outside: another store of its directory has failed. */
void store_fail(struct store *s, int err, const char *reason);

/* Ask for a checkpoint now; for tests and before a planned stop. */
void store_checkpoint(struct store *s);

struct store_stats {
    struct journal_stats journal;
    uint64_t checkpoints, materialised_bytes;
    uint64_t cold_reads, cold_device_bytes; /* reads of segment files for readers, and what they gave */
    uint64_t cold_read_bytes;               /* what readers got of that: more, where several share it */
    uint64_t cold_bytes;                    /* of blocks that are there now (storage/cold.h) */
    uint64_t tail_bytes, unmaterialised_bytes;
    uint64_t space_refused; /* clients' batches, for want of room on the disk */
    uint32_t write_bytes;   /* of one background write, as the device's pace has it now */
};
void store_stats(const struct store *s, struct store_stats *ret);

#endif
