/* core/crc32c.h - CRC-32C (Castagnoli), the checksum of record batches, journal blocks and snapshots.
 *
 * Values are finished ones, as they stand in files: crc32c(0, NULL, 0) is 0. Feed the result of one call
 * to the next to go on over several pieces: crc32c(crc32c(0, a), b) is the checksum of a followed by b.
 * Source: RFC 3720 appendix B.4 (the test vectors). */
#ifndef MR_CRC32C_H
#define MR_CRC32C_H

#include "core/base.h"

/* crc of what came before (0 at the start), continued over len bytes. p may be NULL when len is 0. */
uint32_t crc32c(uint32_t crc, const void *p, size_t len);

/* The same, and the bytes are copied to dst on the way (one pass over memory, not two). The areas must
 * not overlap. */
uint32_t crc32c_copy(uint32_t crc, void *dst, const void *src, size_t len);

#endif
