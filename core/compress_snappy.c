/* Snappy (the format's own description: google/snappy, format_description.txt), bare and in the framing of
 * xerial's snappy-java, which is what Kafka means by snappy: 8 bytes of magic, two version numbers, then
 * blocks, each behind its length. All numbers big endian. */
#include <snappy-c.h>

#include "core/compress_priv.h"
#include "core/err.h"

enum {
    XERIAL_HEADER_BYTES = 16,
    XERIAL_VERSION = 1,
    XERIAL_BLOCK_BYTES = 32 * 1024, /* of input per block, as Java's writer does */
    /* No element of the format makes more than 64 bytes out of three. */
    RATIO_MAX = 22,
};

static const uint8_t xerial_magic[8] = {0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};

static bool has_xerial_header(const uint8_t *p, size_t len)
{
    return len >= XERIAL_HEADER_BYTES && memcmp(p, xerial_magic, sizeof(xerial_magic)) == 0;
}

static int unpack_block(const uint8_t *p, size_t len, struct comp_sink *sink)
{
    size_t claimed;
    if (snappy_uncompressed_length((const char *)p, len, &claimed) != SNAPPY_OK)
        return -MR_E_CORRUPT;
    if (claimed > len * RATIO_MAX) /* so a lie costs no memory */
        return -MR_E_CORRUPT;
    if (claimed > comp_sink_left(sink))
        return -MR_E_LIMIT;
    int err = scratch_reserve(sink->out, claimed);
    if (err != 0)
        return err;
    if (snappy_uncompress((const char *)p, len, (char *)sink->out->data + sink->out->len, &claimed) !=
        SNAPPY_OK)
        return -MR_E_CORRUPT;
    sink->out->len += claimed;
    return 0;
}

int comp_snappy_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    (void)c; /* snappy keeps no state */
    const uint8_t *at = in.ptr, *end = in.ptr + in.len;
    if (!has_xerial_header(at, in.len))
        return unpack_block(at, in.len, sink);
    while (at < end) {
        if (has_xerial_header(at, (size_t)(end - at))) { /* also in the middle: streams in a row */
            if ((int32_t)mr_get32(at + 8) < XERIAL_VERSION)
                return -MR_E_CORRUPT;
            at += XERIAL_HEADER_BYTES;
            continue;
        }
        if (end - at < 4)
            return -MR_E_CORRUPT;
        uint32_t len = mr_get32(at);
        at += 4;
        if (len > (size_t)(end - at))
            return -MR_E_CORRUPT;
        int err = unpack_block(at, len, sink);
        if (err != 0)
            return err;
        at += len;
    }
    return 0;
}

int comp_snappy_pack(struct comp *c, struct mr_slice in, struct mr_scratch *out)
{
    (void)c;
    uint8_t header[XERIAL_HEADER_BYTES];
    memcpy(header, xerial_magic, sizeof(xerial_magic));
    mr_put32(header + 8, XERIAL_VERSION);
    mr_put32(header + 12, XERIAL_VERSION); /* the oldest version that can read this */
    int err = scratch_put(out, header, sizeof(header));
    if (err != 0)
        return err;
    for (size_t pos = 0; pos < in.len; pos += XERIAL_BLOCK_BYTES) {
        size_t piece = mr_min(in.len - pos, XERIAL_BLOCK_BYTES);
        size_t packed = snappy_max_compressed_length(piece);
        err = scratch_reserve(out, 4 + packed);
        if (err != 0)
            return err;
        uint8_t *to = out->data + out->len;
        snappy_status status = snappy_compress((const char *)in.ptr + pos, piece, (char *)to + 4, &packed);
        MR_ASSERT(status == SNAPPY_OK); /* it fails only for want of room */
        mr_put32(to, (uint32_t)packed);
        out->len += 4 + packed;
    }
    return 0;
}
