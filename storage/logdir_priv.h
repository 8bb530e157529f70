/* storage/logdir_priv.h - shared by logdir.c (the directory as a whole) and logdir_parts.c (its partitions).
 */
#ifndef MR_LOGDIR_PRIV_H
#define MR_LOGDIR_PRIV_H

#include <stdatomic.h>

#include "core/log.h"
#include "core/map.h"
#include "storage/logdir.h"

enum { LOGDIR_PATH_BYTES = 1200 };

struct logdir {
    char path[LOGDIR_PATH_BYTES];
    struct mr_log *log;
    struct logdir_identity identity;
    enum logdir_state state;
    uint64_t session;
    struct mr_file lock;
    uint32_t shards;
    int64_t broker_epoch; /* for the clean-shutdown file; -1: none */
    _Atomic int64_t unwritten;
    bool said_short; /* guarded by busy, too */
    uint64_t said_ns;
    atomic_flag busy;      /* guards known: held for one look-up */
    struct mr_smap known;  /* name -> struct known */
    struct mr_list claims; /* of struct claim_wait, all that exist */
};

struct known;

/* A name "topic-N" of a partition's directory. */
bool logdir_is_partition(const char *name);

void logdir_in(const struct logdir *d, char dst[LOGDIR_PATH_BYTES + 64], const char *name);

/* Start-up: the directory of this name ("topic-0") is there. -ENOMEM. */
int parts_found(struct logdir *d, const char *name);
/* Start-up: read partition.metadata of all that are there, and Kafka's four checkpoint files. why: which
 * could not be read. */
int parts_read(struct logdir *d, struct mr_io *io, char *why, size_t why_bytes);
void parts_free(struct logdir *d);

#endif
