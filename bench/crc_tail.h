/* bench/crc_tail.h - the CRC-32C of a changing head followed by a tail that never changes.
 *
 * A CRC is linear: crc(head + tail) is crc(head) pushed through as many zero bytes as the tail has, xor a
 * constant of the tail. Pushing is a 32x32 bit matrix, kept as four tables of 256: so the cost of a batch's
 * checksum does not depend on its length, and the generator never touches the tail. */
#ifndef BENCH_CRC_TAIL_H
#define BENCH_CRC_TAIL_H

#include "core/base.h"
#include "core/err.h"

struct crc_tail {
    uint32_t tail;         /* the tail's own contribution */
    uint32_t push[4][256]; /* byte k of a checksum, pushed through the tail's length */
};

/* Reads the tail once; costs 33 passes over tail_len bytes, at set-up only. -ENOMEM. */
int crc_tail_init(struct crc_tail *c, const uint8_t *tail, size_t tail_len);

/* The CRC-32C of head followed by the tail. */
uint32_t crc_tail_of(const struct crc_tail *c, const uint8_t *head, size_t head_len);

#endif
