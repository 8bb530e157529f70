/* The LZ4 frame format (lz4_Frame_format.md, 1.6), through liblz4. */
#include <lz4frame.h>

#include "core/compress_priv.h"
#include "core/err.h"

enum {
    FRAME_FLAGS_AT = 4,
    FRAME_HEADER_BYTES_MIN = 7,
    FLAG_BLOCKS_INDEPENDENT = 0x20,
    LZ4HC_LEVEL_MAX = 12,
    BLOCK_BYTES = 64 * 1024,
};
#define FRAME_MAGIC_LE "\x04\x22\x4d\x18"

static int read_begin(struct comp *c, const struct mr_slice *in)
{
    if (c->lz4_reader == NULL) {
        LZ4F_dctx *fresh = NULL;
        if (LZ4F_isError(LZ4F_createDecompressionContext(&fresh, LZ4F_VERSION)))
            return -ENOMEM;
        c->lz4_reader = fresh;
    }
    /* Also keeps out the skippable frames that the library would step over. */
    if (in->len < FRAME_HEADER_BYTES_MIN || memcmp(in->ptr, FRAME_MAGIC_LE, 4) != 0 ||
        (in->ptr[FRAME_FLAGS_AT] & FLAG_BLOCKS_INDEPENDENT) == 0)
        return -MR_E_CORRUPT;
    LZ4F_resetDecompressionContext(c->lz4_reader);
    return 0;
}

int comp_lz4_unpack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    int err = j->begun ? 0 : read_begin(c, &j->in);
    if (err != 0)
        return err;
    j->begun = true;
    struct mr_scratch *out = j->sink.out;
    size_t before = out->len;
    do {
        uint8_t spare; /* with no room left the end mark still has to be read */
        int64_t room = comp_sink_room(&j->sink, mr_max(j->in.len * 2, 4096));
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        bool full = room < 0;
        size_t made = full ? 1 : mr_min((size_t)room, bytes);
        size_t taken = j->in.len - j->at;
        size_t hint = LZ4F_decompress(c->lz4_reader, full ? &spare : out->data + out->len, &made,
                                      j->in.ptr + j->at, &taken, NULL);
        if (LZ4F_isError(hint))
            return -MR_E_CORRUPT;
        if (full && made > 0)
            return -MR_E_LIMIT;
        j->at += taken;
        out->len += made;
        if (hint == 0)
            return j->at == j->in.len ? 0 : -MR_E_CORRUPT;
        if (made == 0 && taken == 0)
            return -MR_E_CORRUPT; /* cut off */
    } while (out->len - before < bytes);
    return 1;
}

int comp_lz4_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    struct comp_job j = {.in = in, .sink = *sink};
    int err;
    while ((err = comp_lz4_unpack_step(c, &j, SIZE_MAX)) == 1)
        ;
    return err;
}

/* Kafka's default, 9, is LZ4's fast mode in its Java client, every other level the high one. */
static int lz4_level(int level)
{
    if (level == COMP_LZ4_LEVEL_DEFAULT || level < 1)
        return 0;
    return level < LZ4HC_LEVEL_MAX ? level : LZ4HC_LEVEL_MAX;
}

static LZ4F_preferences_t how_to_pack(int level)
{
    LZ4F_preferences_t how;
    memset(&how, 0, sizeof(how));
    how.frameInfo.blockSizeID = LZ4F_max64KB;
    how.frameInfo.blockMode = LZ4F_blockIndependent;
    how.compressionLevel = lz4_level(level);
    how.autoFlush = 1;
    return how;
}

int comp_lz4_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out)
{
    (void)c;
    LZ4F_preferences_t how = how_to_pack(level);
    int err = scratch_reserve(out, LZ4F_compressFrameBound(in.len, &how));
    if (err != 0)
        return err;
    size_t packed = LZ4F_compressFrame(out->data + out->len, scratch_room(out), in.ptr, in.len, &how);
    if (LZ4F_isError(packed))
        return -ENOMEM;
    out->len += packed;
    return 0;
}

int comp_lz4_pack_step(struct comp *c, struct comp_job *j, size_t bytes)
{
    LZ4F_preferences_t how = how_to_pack(j->level);
    struct mr_scratch *out = j->sink.out;
    size_t piece = mr_min(mr_max(bytes, BLOCK_BYTES) / BLOCK_BYTES * BLOCK_BYTES, j->in.len - j->at);
    int err = scratch_reserve(out, LZ4F_HEADER_SIZE_MAX + LZ4F_compressBound(piece, &how));
    if (err != 0)
        return err;
    if (!j->begun) {
        LZ4F_cctx *fresh = NULL;
        if (c->lz4_writer == NULL && LZ4F_isError(LZ4F_createCompressionContext(&fresh, LZ4F_VERSION)))
            return -ENOMEM;
        if (c->lz4_writer == NULL)
            c->lz4_writer = fresh;
        size_t head = LZ4F_compressBegin(c->lz4_writer, out->data + out->len, scratch_room(out), &how);
        if (LZ4F_isError(head))
            return -ENOMEM;
        out->len += head;
        j->begun = true;
    }
    size_t packed = LZ4F_compressUpdate(c->lz4_writer, out->data + out->len, scratch_room(out),
                                        j->in.ptr + j->at, piece, NULL);
    if (LZ4F_isError(packed))
        return -ENOMEM;
    out->len += packed;
    j->at += piece;
    if (j->at < j->in.len)
        return 1;
    err = scratch_reserve(out, LZ4F_compressBound(0, &how));
    if (err != 0)
        return err;
    packed = LZ4F_compressEnd(c->lz4_writer, out->data + out->len, scratch_room(out), NULL);
    if (LZ4F_isError(packed))
        return -ENOMEM;
    out->len += packed;
    return 0;
}

void comp_lz4_done(struct comp *c)
{
    LZ4F_freeDecompressionContext(c->lz4_reader);
    LZ4F_freeCompressionContext(c->lz4_writer);
}
