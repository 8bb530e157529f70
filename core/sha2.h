/* core/sha2.h - SHA-256 and SHA-512, and HMAC with them: what SCRAM credentials are made of.
 *
 * Source: FIPS 180-4, RFC 2104. Not for large data: plain code, about 200 MB/s. */
#ifndef MR_SHA2_H
#define MR_SHA2_H

#include "core/base.h"

enum sha2_kind { SHA2_256, SHA2_512 };
enum { SHA2_BYTES_MAX = 64 };

/* Bytes of a digest: 32, 64. */
static inline size_t sha2_bytes(enum sha2_kind kind)
{
    return kind == SHA2_256 ? 32 : 64;
}

void sha2(enum sha2_kind kind, struct mr_slice data, uint8_t dst[SHA2_BYTES_MAX]);
void sha2_hmac(enum sha2_kind kind, struct mr_slice key, struct mr_slice data, uint8_t dst[SHA2_BYTES_MAX]);

#endif
