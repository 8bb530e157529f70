/* The LZ4 frame format (lz4_Frame_format.md, 1.6), through liblz4. */
#include <lz4frame.h>

#include "core/compress_priv.h"
#include "core/err.h"

enum {
    FRAME_FLAGS_AT = 4,
    FRAME_HEADER_BYTES_MIN = 7,
    FLAG_BLOCKS_INDEPENDENT = 0x20,
    LZ4HC_LEVEL_MAX = 12,
};
#define FRAME_MAGIC_LE "\x04\x22\x4d\x18"

int comp_lz4_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink)
{
    if (c->lz4_reader == NULL) {
        LZ4F_dctx *fresh = NULL;
        if (LZ4F_isError(LZ4F_createDecompressionContext(&fresh, LZ4F_VERSION)))
            return -ENOMEM;
        c->lz4_reader = fresh;
    }
    /* Also keeps out the skippable frames that the library would step over. */
    if (in.len < FRAME_HEADER_BYTES_MIN || memcmp(in.ptr, FRAME_MAGIC_LE, 4) != 0 ||
        (in.ptr[FRAME_FLAGS_AT] & FLAG_BLOCKS_INDEPENDENT) == 0)
        return -MR_E_CORRUPT;

    struct mr_scratch *out = sink->out;
    LZ4F_dctx *reader = c->lz4_reader;
    LZ4F_resetDecompressionContext(reader);
    size_t pos = 0;
    for (;;) {
        uint8_t spare; /* with no room left the end mark still has to be read */
        int64_t room = comp_sink_room(sink, mr_max(in.len * 2, 4096));
        if (room < 0 && room != -MR_E_LIMIT)
            return (int)room;
        bool full = room < 0;
        size_t made = full ? 1 : (size_t)room;
        size_t taken = in.len - pos;
        size_t hint =
            LZ4F_decompress(reader, full ? &spare : out->data + out->len, &made, in.ptr + pos, &taken, NULL);
        if (LZ4F_isError(hint))
            return -MR_E_CORRUPT;
        if (full && made > 0)
            return -MR_E_LIMIT;
        pos += taken;
        out->len += made;
        if (hint == 0)
            return pos == in.len ? 0 : -MR_E_CORRUPT;
        if (made == 0 && taken == 0)
            return -MR_E_CORRUPT; /* cut off */
    }
}

/* Kafka's default, 9, is LZ4's fast mode in its Java client, every other level the high one. */
static int lz4_level(int level)
{
    if (level == COMP_LZ4_LEVEL_DEFAULT || level < 1)
        return 0;
    return level < LZ4HC_LEVEL_MAX ? level : LZ4HC_LEVEL_MAX;
}

int comp_lz4_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out)
{
    (void)c;
    LZ4F_preferences_t how;
    memset(&how, 0, sizeof(how));
    how.frameInfo.blockSizeID = LZ4F_max64KB;
    how.frameInfo.blockMode = LZ4F_blockIndependent;
    how.compressionLevel = lz4_level(level);
    int err = scratch_reserve(out, LZ4F_compressFrameBound(in.len, &how));
    if (err != 0)
        return err;
    size_t packed = LZ4F_compressFrame(out->data + out->len, scratch_room(out), in.ptr, in.len, &how);
    if (LZ4F_isError(packed))
        return -ENOMEM;
    out->len += packed;
    return 0;
}

void comp_lz4_done(struct comp *c)
{
    LZ4F_freeDecompressionContext(c->lz4_reader);
}
