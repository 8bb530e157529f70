/* tests/sim/options.h - what a simulated world is like: costs, limits and fault rates.
 *
 * All rates are in parts per million of the operations of that kind; all times in ns of virtual time. Rates
 * count only while faults are on (world_faults()). */
#ifndef SIM_OPTIONS_H
#define SIM_OPTIONS_H

#include "core/base.h"

struct span_ns {
    uint64_t min, max;
};

struct world_options {
    /* ---- time and scheduling ---- */
    int64_t wall_start_ms; /* Unix time at virtual time 0 */
    struct span_ns turn;   /* cost of one turn: that io's next turn is not earlier */
    struct span_ns wake;   /* from a completion or io_wake() to the turn that sees it */
    uint32_t stall_ppm;    /* of turns: the thread is not scheduled for a while */
    struct span_ns stall;
    uint32_t wall_step_ppm; /* of turns: the wall clock steps forward or back */
    int64_t wall_step_ms_max;

    /* ---- disk ---- */
    uint64_t disk_bytes;                     /* capacity of each node's disk */
    struct span_ns read, write, flush, meta; /* time of one operation */
    bool flush_covers_device; /* a flush makes the completed writes of all files durable, not only its file's
                               */
    bool flush_commits_metadata; /* like ext4: any flush makes all earlier directory operations durable */
    bool
        metadata_ordered; /* a power loss keeps a prefix of all directory operations, not one per directory */
    uint32_t read_error_ppm, write_error_ppm, flush_error_ppm, meta_error_ppm; /* -EIO */
    uint32_t read_short_ppm, write_short_ppm;
    uint32_t slow_ppm; /* of disk operations */
    struct span_ns slow;
    uint32_t stuck_ppm; /* of disk operations: as slow, but far beyond any patience */
    struct span_ns stuck;
    uint32_t cancel_ppm;  /* of cancelled file operations: ends with -ECANCELED and no effect */
    uint8_t keep_pct;     /* of unflushed writes that survive a power loss whole; over 100: drawn each time */
    uint8_t torn_pct;     /* of the others: some of their sectors survive; likewise */
    uint32_t block_bytes; /* 512 or 4096: the device's logical block, which direct I/O is aligned to */
    bool torn_garbage;    /* a torn write may leave one of its blocks with random bytes, the neighbours of
                             the write within that block included */

    /* ---- network ---- */
    struct span_ns link;         /* one way between nodes */
    struct span_ns loopback;     /* one way inside a node */
    uint64_t ns_per_kib;         /* bandwidth of one connection's direction; 0: unlimited */
    uint32_t window_bytes;       /* sent and not yet read, per direction */
    uint32_t fragment_bytes_max; /* segments are 1 to this many bytes; 0: whole */
    uint32_t fragment_ppm;       /* of sends that are fragmented */
    uint32_t send_short_ppm;     /* of sends that meet a full window: end short instead of waiting */
    uint32_t recv_ends_ppm;      /* of multishot receives' data completions: the last one, without op->more */
    uint32_t reset_ppm;          /* of segments: the connection is reset instead */
    uint32_t connect_refused_ppm; /* of connects */
    uint32_t connect_timeout_ppm;
    struct span_ns retransmit; /* until data that met a partition is sent again after healing */
    uint64_t tcp_timeout_ns;   /* unacknowledged for this long: -ETIMEDOUT */
    uint64_t connect_timeout_ns;
    uint32_t backlog_max;      /* of connections waiting for accept, per listener */
    uint32_t handles_max;      /* files and sockets of one io; beyond: -EMFILE */
    uint32_t recv_chunk_bytes; /* used where io_config says 0 */
    uint32_t recv_chunks_max;  /* likewise */

    bool check_memory; /* checksum what writes and sends point at; see README.md */
};

/* A quiet, quick world without faults. */
struct world_options world_options_default(void);

/* A random mix of costs, limits and fault kinds (swarm testing): each fault kind is off in about half of the
 * seeds, since faults that always come together hide each other's bugs. The same seed gives the same options.
 */
struct world_options world_options_from_seed(uint64_t seed);

/* One line for a failure report: the options that differ from the default. */
void world_options_print(const struct world_options *o, char *dst, size_t bytes);

#endif
