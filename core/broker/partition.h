/* core/broker/partition.h - a partition on the shard that owns it: its log, what may be seen of it, who waits
 * for it. */
#ifndef MR_PARTITION_H
#define MR_PARTITION_H

#include "core/broker/broker.h"
#include "core/broker/txn_ask.h"
#include "net/wire/kw_error.h"

struct fetch_wait;
struct coord;

struct partition {
    struct broker_shard *home;
    struct plog *log;
    uint32_t dir; /* of the broker's log directories */
    struct mr_uuid topic_id;
    char *topic; /* NUL-terminated */
    int32_t index;
    int32_t leader_epoch;
    int32_t leader; /* node id */
    struct topic_config cfg;
    int16_t isr_count, replica_count; /* min.insync.replicas is checked against them */
    bool deleted;                     /* or its directory has failed: */
    enum kw_error gone;
    uint32_t pins;             /* operations that come back to it: a deleted partition goes with the last */
    struct mr_list waits;      /* of struct fetch_wait */
    struct mr_list duplicates; /* of part_append: repeats of what is not stable yet */
    struct mr_list appends;    /* of struct part_turn: waiting for room or for the log to open, in order */
    struct mr_list asking;     /* of part_append: their coordinator is asked, or they stand behind one such */
    struct mr_work pump;
    uint64_t clean_after_ns; /* its last compaction failed: none before then */
    struct coord *coord;     /* of an internal topic's partition; else NULL */
};

/* The partition on this shard, or NULL. */
struct partition *partition_find(struct broker_shard *b, struct part_key key);

/* Keep p (not its log) across a wait. After unpin p may be gone. A deleted one answers nothing but
 * p->deleted. */
static inline void partition_pin(struct partition *p)
{
    p->pins++;
}
void partition_unpin(struct partition *p);

/* What consumers may see ends here (one replica: what is stable is replicated). */
int64_t partition_high_watermark(const struct partition *p);
int64_t partition_last_stable(const struct partition *p); /* KIP-98 */

/* KIP-320: a client's idea of the leader epoch; -1: it has none. KW_NONE, KW_FENCED_LEADER_EPOCH,
 * KW_UNKNOWN_LEADER_EPOCH, KW_NOT_LEADER_OR_FOLLOWER. */
enum kw_error partition_check_epoch(const struct partition *p, int32_t epoch);

/* Bring this shard's partitions in line with a change of the image. */
void partition_on_image(void *broker_shard, const struct image_change *c);

/* Directory dir of several has failed: its partitions are none of this shard's any more (dirs_missing()). */
void partition_dir_gone(struct broker_shard *b, uint32_t dir);

/* Run w, in a later step, once what deleted partitions left here has been journalled as removed and renamed:
 * only then may their topic's name be used again. At once when the store is fenced. */
void partition_when_gone(struct broker_shard *b, struct mr_work *w);

/* ---- produce ---- */

/* A place in line: appends of one partition keep their order. */
struct part_turn {
    struct mr_list link;
    bool marker; /* in a struct part_marker, else in a struct part_append */
};

/* One partition of a produce request, from arrival on its shard to its answer. */
struct part_append {
    /* in */
    struct partition *p;
    struct mr_slice records; /* as they came; borrowed until done() */
    int16_t version;         /* of the Produce request */
    int16_t acks;
    struct mr_str transactional_id;      /* of the request; ptr NULL: none */
    struct mr_arena *arena;              /* for results */
    void (*done)(struct part_append *a); /* runs later or inside partition_append() */
    /* out */
    enum kw_error error;
    const char *message; /* static, or in arena; NULL */
    int64_t base_offset, log_append_time_ms, log_start_offset;
    struct part_record_error {
        int32_t batch_index;
        const char *message;
    } * record_errors;
    int32_t record_error_count;
    /* private */
    struct plog_append append;
    struct part_turn turn;
    bool early;          /* refused before the partition was looked at */
    bool asked;          /* the coordinator is being asked */
    bool verified;       /* it said yes, and no marker came since */
    int64_t producer_id; /* once asked, or behind one that is */
    struct txn_ask ask;
    int64_t wait_offset;        /* a repeat is answered once the log is stable past it */
    size_t room_bytes;          /* what it needed when there was no room */
    struct mr_list recode_link; /* waiting for struct recode */
};

void partition_append(struct part_append *a);

/* The end of a producer's transaction in this partition: a control batch (KIP-98). For partitions without a
 * coordinator of their own. */
struct part_marker {
    /* in */
    struct partition *p;
    int64_t producer_id;
    int16_t producer_epoch;
    bool commit;
    int32_t coordinator_epoch;
    int16_t txn_version;                 /* of the coordinator's request: see producer_check_marker() */
    void (*done)(struct part_marker *m); /* runs later or inside partition_append_marker() */
    /* out: KW_NONE: stable. KW_UNKNOWN_TOPIC_OR_PARTITION, KW_NOT_LEADER_OR_FOLLOWER, KW_NOT_ENOUGH_REPLICAS,
     * KW_KAFKA_STORAGE_ERROR: to be repeated. KW_INVALID_PRODUCER_EPOCH, KW_TRANSACTION_COORDINATOR_FENCED:
     * not. */
    enum kw_error error;
    /* private */
    struct plog_append append;
    struct part_turn turn;
};
void partition_append_marker(struct part_marker *m);

/* ---- parked fetches ---- */

/* Told once, from its partition's shard, when anything of the partition that a fetch may be waiting for has
 * moved: high watermark, deletion, leadership. */
struct fetch_wait {
    void (*moved)(struct fetch_wait *w);
    struct mr_list link;
};
void partition_wait(struct partition *p, struct fetch_wait *w);
void partition_unwait(struct fetch_wait *w); /* harmless when not waiting */

/* At the stop: everything that waits is answered, the logs stay with the store. */
void partition_free_all(struct broker_shard *b);

/* store_config.stable */
void partition_on_stable(void *broker_shard, struct plog *log);

#endif
