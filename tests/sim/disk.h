/* tests/sim/disk.h - scripted faults of a node's disk, and a look at it from outside.
 *
 * Paths are absolute paths of the node. The look-at calls take no virtual time and are not traced. */
#ifndef SIM_DISK_H
#define SIM_DISK_H

#include "tests/sim/world.h"

/* ---- scripted faults ---- */

enum disk_effect {
    DISK_EFFECT_RANDOM, /* of a failed write: nothing, some sectors or all of it reached the file */
    DISK_EFFECT_NONE,
    DISK_EFFECT_ALL,
    DISK_EFFECT_FORGOTTEN, /* of a failed flush: readers see all that it covered, no later flush saves it */
};

struct disk_fault {
    uint32_t kinds;       /* bits 1u << enum sim_kind */
    const char *path;     /* only for paths that contain this; NULL: all. Copied. */
    uint64_t skip;        /* let this many matching operations pass first */
    uint64_t times;       /* then hit this many; 0: all that follow */
    int err;              /* -EIO, -ENOSPC, ...; 0: no error */
    uint64_t short_bytes; /* with err 0, of reads and writes: do at most this much; 0: all */
    uint64_t delay_ns;    /* in addition to the operation's own time */
    enum disk_effect effect;
};

/* Counted from now, in the order of submission. A failed SIM_WRITE_FLUSH is a failed write or a failed flush
 * (seeded, unless effect says which). After a failed flush the writes it should have covered may be lost for
 * good: a later successful flush does not save them (as Linux forgets dirty pages after a failed write-back).
 */
void node_fault(struct sim_node *n, const struct disk_fault *f);
void node_faults_clear(struct sim_node *n);

void node_disk_bytes(struct sim_node *n, uint64_t capacity); /* below what is used: full */

/* Reads that touch the range give -EIO until it is written again (on: false lifts it). 0, or -ENOENT. */
int node_bad_range(struct sim_node *n, const char *path, uint64_t pos, uint64_t len, bool on);

/* Flip `bits` random bits of the range, also in what is durable. 0, or -ENOENT. */
int node_bit_rot(struct sim_node *n, const char *path, uint64_t pos, uint64_t len, unsigned bits);

/* Another process takes the lock of this file (created when missing) and holds it until on is false. False
 * when it is taken already. */
bool node_hold_lock(struct sim_node *n, const char *path, bool on);

/* ---- the disk from outside ---- */

bool node_exists(struct sim_node *n, const char *path);
int64_t node_file_bytes(struct sim_node *n, const char *path); /* or -ENOENT */

/* What a reader would see; what would be left if the power failed now and nothing more were kept. Bytes read,
 * 0 at the end, -ENOENT. node_durable_*() look only at durable directory entries, too. */
int64_t node_peek(struct sim_node *n, const char *path, uint64_t pos, void *dst, size_t len);
int64_t node_durable_bytes(struct sim_node *n, const char *path);
int64_t node_durable_peek(struct sim_node *n, const char *path, uint64_t pos, void *dst, size_t len);

/* Make a durable file (its directories too), or replace its contents. */
void node_put(struct sim_node *n, const char *path, const void *src, size_t len);
void node_mkdirs(struct sim_node *n, const char *path);

/* Every file and directory below path, depth first, sorted by name; paths are absolute. */
void node_walk(struct sim_node *n, const char *path,
               void (*each)(void *ctx, const char *path, bool is_dir, uint64_t bytes), void *ctx);

/* Equal for equal trees with equal contents. */
uint64_t node_disk_hash(struct sim_node *n);
uint64_t node_disk_used(struct sim_node *n);
/* Writes and directory operations that are not durable yet. */
uint64_t node_unflushed(struct sim_node *n);

#endif
