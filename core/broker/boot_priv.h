/* core/broker/boot_priv.h - what the files of the start share. */
#ifndef MR_BOOT_PRIV_H
#define MR_BOOT_PRIV_H

#include <stdatomic.h>

#include "core/broker/boot.h"
#include "core/broker/broker.h"

enum { BOOT_WHY_BYTES = 512, BOOT_SHARDS_MAX = 64 };

/* What one shard has brought up so far. */
struct boot_seat {
    struct broker_shard *bs;
    struct store_recovery recovery;
    bool served;
    uint32_t removed;
    char why[BOOT_WHY_BYTES];
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
int boot_dir_open(struct boot *b, struct mr_shard *s);
/* Directories of partitions that the image does not know get the name that Kafka gives them: NAME.<32
 * hex>-stray. */
int boot_dir_strays(struct boot *b, struct mr_shard *s);

void boot_store_config(struct boot *b, struct mr_shard *s, struct store_config *ret);

#endif
