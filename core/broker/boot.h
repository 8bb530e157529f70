/* core/broker/boot.h - bringing a broker up and down: its log directory, stores, controller, images,
 * partitions.
 *
 * Both ways are a row of phases; each runs on every shard or on some, and none begins before the one before
 * it has ended everywhere. Every shard calls boot_up() and boot_down() on its own thread; they meet at gates
 * made of atomics and io_wake(), and a shard that waits at one keeps turning.
 *
 * Up:   bind [0]; open the directories [0]; open the stores; go on without those that fail; metadata [0];
 * images; remove the logs of deleted topics; strays [0]; partitions; serve [0]; serve [others] Down: stop
 * serving; drain the controller [0]; mail; free partitions; quiesce; settle [one by one]; Kafka's files [0];
 * close the stores; close the directory [0]; free */
#ifndef MR_BOOT_H
#define MR_BOOT_H

#include "core/broker/broker.h"
#include "core/probe.h"
#include "storage/logdir.h"

struct boot;

struct boot_config {
    const struct mr_config *config; /* borrowed */
    struct mr_log *log;
    uint32_t shards;
    uint64_t descriptors; /* that the process may have open; 0: no bound is known */
    bool probe; /* measure the device for the best flush; false: linked flushes, blocks of 4096 bytes */
    /* The layer above: bind() takes the broker's ports, on shard 0 (NULL: there are none); serve() listens
     * and answers on that shard, shard 0's before the others'; unserve() ends both, and is called where the
     * last one of them returned 0. */
    int (*bind)(void *ctx, struct mr_shard *zero, struct broker *broker, char *why, size_t why_bytes);
    int (*serve)(void *ctx, struct broker_shard *b, char *why, size_t why_bytes);
    void (*unserve)(void *ctx, struct mr_shard *s);
    void *ctx;
};

int boot_new(const struct boot_config *cfg, struct boot **ret); /* -ENOMEM */
void boot_free(struct boot *b);                                 /* it is down */

/* Every shard calls it on its own thread, all get the same answer: 0, or the first error, after everything
 * was brought down again; then boot_why() is a sentence about it. */
int boot_up(struct boot *b, struct mr_shard *s);
/* After the last turn of every shard. 0, or the first error of a clean stop: the next start recovers as after
 * a crash. */
int boot_down(struct boot *b, struct mr_shard *s);

const char *boot_why(const struct boot *b);
struct broker *boot_broker(struct boot *b);

struct boot_report {
    enum logdir_state state;                       /* as the metadata's directory was found */
    uint32_t shards_before;                        /* of a crashed directory; 0: as many as now */
    struct probe_result probe;                     /* took_ns 0: not asked for */
    uint64_t logs, journal_bytes, journal_entries; /* recovered */
    uint32_t topics, partitions, removed, strays;
    uint64_t metadata_records;
};
const struct boot_report *boot_report(const struct boot *b);

#endif
