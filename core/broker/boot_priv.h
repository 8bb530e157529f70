/* core/broker/boot_priv.h - what the files of the start share. */
#ifndef MR_BOOT_PRIV_H
#define MR_BOOT_PRIV_H

#include <stdatomic.h>

#include "core/broker/boot.h"
#include "core/broker/broker.h"

enum { BOOT_WHY_BYTES = 512, BOOT_SHARDS_MAX = 64 };

/* Whose a store's calls are. */
struct boot_store {
    struct boot_seat *seat;
    uint32_t dir;
};

/* What one shard has brought up so far. */
struct boot_seat {
    struct broker_shard *bs;
    struct store_recovery recovery;
    bool served;
    uint32_t removed;
    char why[BOOT_WHY_BYTES];
    struct boot_store stores[BROKER_DIRS_MAX];
    struct mr_msg fenced; /* to shard 0, once */
    bool fence_sent;
};

struct boot {
    struct boot_config cfg;
    struct broker broker;
    struct boot_report report;
    struct boot_seat seats[BOOT_SHARDS_MAX];
    bool stores_stand; /* on every shard: a clean close is possible */
    atomic_bool unclean;
    char why[BOOT_WHY_BYTES];

    /* The gate that all pass together. */
    _Atomic uint32_t arrived, openings;
    _Atomic int err; /* the first one */
    int verdict;     /* err when the gate last opened */
};

/* boot_dir.c, on shard 0. why: of the caller's seat. */
int boot_dirs_open(struct boot *b, struct mr_shard *s);
/* Any shard: directory d has failed with err, as why says. 0: the start goes on without it; err: it cannot.
 */
int boot_dir_failed(struct boot *b, uint32_t d, int err, const char *why);
/* Shard 0: is there enough left to go on? */
int boot_dirs_judge(struct boot *b, struct mr_shard *s);
/* Directories of partitions that the image does not know get the name that Kafka gives them: NAME.<32
 * hex>-stray. */
int boot_dir_strays(struct boot *b, struct mr_shard *s);

/* boot_gone.c: removes logs that the metadata do not know any more. */
int boot_remove_gone(struct boot *b, struct mr_shard *s);

int boot_turn(struct mr_shard *s); /* about a millisecond at most */

void boot_store_config(struct boot *b, struct mr_shard *s, uint32_t d, struct store_config *ret);

#endif
