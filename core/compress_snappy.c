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
    BLOCK_BYTES_WHOLE = 64 * 1024,  /* packed: what a step leaves to the library */
    BLOCK_COST = 16,                /* bytes of a step's budget */
    /* No element of the format makes more than 64 bytes out of three. */
    RATIO_MAX = 22,
};

static const uint8_t xerial_magic[8] = {0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};

static bool has_xerial_header(const uint8_t *p, size_t len)
{
    return len >= XERIAL_HEADER_BYTES && memcmp(p, xerial_magic, sizeof(xerial_magic)) == 0;
}

/* What the block at p says it holds, if that can be and may be; there is room for it then. */
static int claim(const uint8_t *p, size_t len, struct comp_sink *sink, size_t *ret)
{
    size_t claimed;
    if (snappy_uncompressed_length((const char *)p, len, &claimed) != SNAPPY_OK)
        return -MR_E_CORRUPT;
    if (claimed > len * RATIO_MAX) /* so a lie costs no memory */
        return -MR_E_CORRUPT;
    if (claimed > comp_sink_left(sink))
        return -MR_E_LIMIT;
    *ret = claimed;
    return scratch_reserve(sink->out, claimed);
}

static int unpack_block(const uint8_t *p, size_t len, struct comp_sink *sink)
{
    size_t claimed;
    int err = claim(p, len, sink, &claimed);
    if (err != 0)
        return err;
    if (snappy_uncompress((const char *)p, len, (char *)sink->out->data + sink->out->len, &claimed) !=
        SNAPPY_OK)
        return -MR_E_CORRUPT;
    sink->out->len += claimed;
    return 0;
}

/* ---- a block that is too large to be taken apart in one go: the library knows no other way ---- */

/* One element: bytes as they are, or a copy of what came before. */
struct element {
    size_t len;
    size_t back;  /* 0: a literal */
    size_t bytes; /* of the input, without a literal's content */
};

static bool element_read(const uint8_t *p, size_t left, struct element *ret)
{
    uint8_t tag = p[0];
    size_t extra; /* bytes of a number that follow the tag */
    switch (tag & 3) {
    case 0:
        ret->back = 0;
        ret->len = tag >> 2;
        extra = ret->len >= 60 ? ret->len - 59 : 0;
        break;
    case 1:
        ret->len = 4 + ((tag >> 2) & 7);
        extra = 1;
        break;
    default:
        ret->len = 1 + (size_t)(tag >> 2);
        extra = (tag & 3) == 2 ? 2 : 4;
        break;
    }
    if (extra >= left)
        return false;
    size_t number = 0;
    for (size_t i = 0; i < extra; i++)
        number |= (size_t)p[1 + i] << (8 * i);
    ret->bytes = 1 + extra;
    if ((tag & 3) == 0) {
        ret->len = (extra > 0 ? number : ret->len) + 1;
        return ret->len <= left - ret->bytes;
    }
    ret->back = (tag & 3) == 1 ? ((size_t)(tag >> 5) << 8 | number) : number;
    return ret->back > 0;
}

static int block_begin(struct comp_job *j, size_t len)
{
    const uint8_t *p = j->in.ptr + j->at;
    int err = claim(p, len, &j->sink, &j->block_bytes);
    if (err != 0)
        return err;
    j->block_end = j->at + len;
    j->block_start = j->sink.out->len;
    while (*p++ & 0x80) /* the size, checked above */
        ;
    j->at = (size_t)(p - j->in.ptr);
    return 0;
}

/* 0: the block is over. */
static int block_step(struct comp_job *j, size_t bytes)
{
    struct mr_scratch *out = j->sink.out;
    size_t goal = out->len + mr_min(bytes, j->block_start + j->block_bytes - out->len);
    struct element e;
    while (j->at < j->block_end && (out->len < goal || goal == j->block_start + j->block_bytes)) {
        if (!element_read(j->in.ptr + j->at, j->block_end - j->at, &e) ||
            e.len > j->block_start + j->block_bytes - out->len || e.back > out->len - j->block_start)
            return -MR_E_CORRUPT;
        uint8_t *to = out->data + out->len;
        j->at += e.bytes;
        if (e.back == 0) {
            memcpy(to, j->in.ptr + j->at, e.len);
            j->at += e.len;
        } else if (e.back >= e.len) {
            memcpy(to, to - e.back, e.len);
        } else {
            for (size_t i = 0; i < e.len; i++) /* it may read what it has just written */
                to[i] = (to - e.back)[i];
        }
        out->len += e.len;
    }
    if (j->at < j->block_end)
        return 1;
    j->block_end = 0;
    return out->len - j->block_start == j->block_bytes ? 0 : -MR_E_CORRUPT;
}

int comp_snappy_unpack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    (void)c; /* snappy keeps no state */
    const uint8_t *in = j->in.ptr;
    size_t before = j->sink.out->len;
    int err;
    if (!j->begun && !has_xerial_header(in, j->in.len)) {
        err = block_begin(j, j->in.len);
        if (err != 0)
            return err;
    }
    j->begun = true;
    for (size_t blocks = 0;; blocks++) {
        size_t made = j->sink.out->len - before + blocks * BLOCK_COST;
        if (made >= bytes)
            return 1;
        if (j->block_end > 0) {
            err = block_step(j, bytes - made);
            if (err < 0)
                return err;
        } else if (j->at == j->in.len) {
            return 0;
        } else if (has_xerial_header(in + j->at,
                                     j->in.len - j->at)) { /* also in the middle: streams in a row */
            if ((int32_t)mr_get32(in + j->at + 8) < XERIAL_VERSION)
                return -MR_E_CORRUPT;
            j->at += XERIAL_HEADER_BYTES;
        } else {
            if (j->in.len - j->at < 4)
                return -MR_E_CORRUPT;
            uint32_t len = mr_get32(in + j->at);
            j->at += 4;
            if (len > j->in.len - j->at)
                return -MR_E_CORRUPT;
            if (len > BLOCK_BYTES_WHOLE) {
                err = block_begin(j, len);
            } else {
                err = unpack_block(in + j->at, len, &j->sink);
                j->at += len;
            }
            if (err != 0)
                return err;
        }
    }
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

int comp_snappy_pack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    size_t piece = mr_min(mr_max(bytes, XERIAL_BLOCK_BYTES) / XERIAL_BLOCK_BYTES * XERIAL_BLOCK_BYTES,
                          j->in.len - j->at);
    size_t start = j->sink.out->len;
    int err = comp_snappy_pack(c, (struct mr_slice){j->in.ptr + j->at, piece}, j->sink.out);
    if (err != 0)
        return err;
    if (j->begun) { /* one header is enough */
        struct mr_scratch *out = j->sink.out;
        out->len -= XERIAL_HEADER_BYTES;
        memmove(out->data + start, out->data + start + XERIAL_HEADER_BYTES, out->len - start);
    }
    j->begun = true;
    j->at += piece;
    return j->at < j->in.len;
}
