/* net/api/fetch_part.h - what a fetch does on one shard: read its partitions there, or wait there until there
 * is something; and say which transactions in it were aborted.
 *
 * A part reads all its items. With enough bytes, an error, or no time to wait, it goes home; else it parks on
 * its partitions and reads again when one of them moved. Home says fetch_part_hurry() when the waiting is
 * over. */
#ifndef MR_FETCH_PART_H
#define MR_FETCH_PART_H

#include "core/broker/partition.h"
#include "net/fan.h"

struct fetch_item {
    /* in */
    struct part_key key;
    uint32_t entry; /* of the request: home's */
    int64_t offset;
    int32_t bytes_max, leader_epoch, last_fetched_epoch;
    /* out */
    enum kw_error error;
    int64_t high_watermark, last_stable, log_start;
    int32_t leader_id, current_epoch;
    bool diverges; /* KIP-595: the log's own end of last_fetched_epoch */
    int32_t diverging_epoch;
    int64_t diverging_end;
    struct plog_read read;
    struct plog_aborted aborted; /* of what was read, when read_committed */
    /* private */
    struct fetch_wait wait;
    struct fan_part *part;
    bool has_parts;
    uint64_t own_bytes; /* counted in the shard's read_bytes */
};

/* part->state of every part of a fetch; in its arena. */
struct fetch_part_state {
    struct fan_part *part;
    uint32_t bytes_enough; /* go home with this many */
    uint32_t bytes_max;    /* of all items together */
    bool may_wait, read_committed;
    bool parked, home_bound;
    uint32_t bytes;
    uint32_t next;            /* item being read */
    bool reading, collecting; /* reading items; or asking for what was aborted in them */
    bool short_of_memory;     /* there is something to read, and no memory for it */
    bool waited;              /* for memory, and is first in line now */
    struct mr_work again;
    struct mr_msg hurry_msg;
    bool hurried;
};

/* Make the state of a part that has its items; false: out of memory. Called at home, before fan_send(). */
bool fetch_part_prepare(struct fan_part *part, bool may_wait, bool read_committed, uint32_t bytes_enough,
                        uint32_t bytes_max);
void fetch_part_at(struct fan_part *part);      /* fan_begin()'s at */
void fetch_part_release(struct fan_part *part); /* fan_begin()'s release */

/* From home: stop waiting. Counts as one more thing that is out of the fan, which comes back by itself. */
void fetch_part_hurry(struct fan_part *part);

#endif
