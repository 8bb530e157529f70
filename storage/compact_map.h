/* storage/compact_map.h - the newest offset of each key in a stretch of a log, in bounded memory.
 *
 * A key is its 16-byte digest (SipHash with a secret drawn for each pass, so that nobody can choose keys that
 * collide; two of 2^32 keys do by chance with a probability of 2^-65), as Kafka's SkimpyOffsetMap has MD5.
 * Open addressing, nothing is ever removed. */
#ifndef MR_COMPACT_MAP_H
#define MR_COMPACT_MAP_H

#include "core/base.h"

enum { KEY_SECRET_BYTES = 16, KEY_SLOT_BYTES = 24 };

struct key_slot {
    uint64_t high, low;
    int64_t next; /* the offset + 1; 0: free */
};

struct key_map {
    uint8_t secret[KEY_SECRET_BYTES];
    struct key_slot *slots;
    uint64_t cap, count, count_max;
};

/* At most bytes_max, at least one slot; nearly all of it is touched soon. 0 or -ENOMEM. */
int key_map_init(struct key_map *m, uint64_t bytes_max, const uint8_t secret[KEY_SECRET_BYTES]);
void key_map_done(struct key_map *m); /* a zeroed one is fine */

/* The key's newest offset so far. False: no room for a new key, nothing changed. */
bool key_map_put(struct key_map *m, struct mr_slice key, int64_t offset);
int64_t key_map_get(const struct key_map *m, struct mr_slice key); /* -1: not in it */

/* SipHash-2-4 with a result of 128 bits. Source: Aumasson and Bernstein, "SipHash", 2012. */
void siphash128(const uint8_t secret[KEY_SECRET_BYTES], struct mr_slice data, uint64_t ret[2]);

#endif
