/* core/compress.h - Kafka's four codecs, whole blocks in memory, output bounded.
 *
 * The codec numbers are those of a batch's attributes (KIP-98, KIP-110 for zstd). Written forms are the
 * ones that Java clients read and write: gzip members, xerial's framing around snappy, one LZ4 frame of
 * independent 64 KiB blocks, one zstd frame. Read forms are wider where clients in use differ:
 *   gzip    one member or several in a row
 *   snappy  xerial's framing, or one bare snappy block
 *   lz4     exactly one frame; its blocks must be independent, for Java's reader knows no others
 *   zstd    one frame or several in a row
 * Bytes left over after that are damage, for some clients stop at them and others fail. */
#ifndef MR_COMPRESS_H
#define MR_COMPRESS_H

#include "core/base.h"
#include "core/scratch.h"

enum comp_codec {
    COMP_NONE = 0,
    COMP_GZIP = 1,
    COMP_SNAPPY = 2,
    COMP_LZ4 = 3,
    COMP_ZSTD = 4,
    COMP_CODECS,
};

/* Kafka's defaults of compression.{gzip,lz4,zstd}.level. Snappy has no levels. */
enum {
    COMP_GZIP_LEVEL_DEFAULT = -1,
    COMP_LZ4_LEVEL_DEFAULT = 9,
    COMP_ZSTD_LEVEL_DEFAULT = 3,
};

/* The default level of a codec; 0 where there are none. */
int comp_level_default(enum comp_codec codec);

/* Working memory of the codecs, one per shard, each part made on first use and kept: gzip 86 KiB to read and
 * 420 KiB to write, zstd 94 KiB to read and, to write, what the level asks for; lz4 up to 8.2 MiB to read
 * (twice the block size that a frame declares, at most 4 MiB, and a window). */
struct comp;
struct comp *comp_new(void); /* NULL when out of memory */
void comp_free(struct comp *c);

/* Append what `in` unpacks to, to out. in must not point into out.
 * Memory is taken in steps as the output really grows, whatever the input claims.
 *   0             out->len has grown, by at most out_max
 *   -MR_E_LIMIT   more than out_max bytes, or past out's own limit
 *   -MR_E_CORRUPT damaged, cut off, or followed by something else
 *   -MR_E_VERSION no such codec
 *   -ENOMEM
 * On errors out->len is as it was. COMP_NONE copies. */
int comp_unpack(struct comp *c, int codec, struct mr_slice in, size_t out_max, struct mr_scratch *out);

/* Append `in`, packed, to out. level is Kafka's: gzip -1 or 1 to 9, lz4 1 to 17, zstd -131072 to 22;
 * others are brought into range. 0, -MR_E_LIMIT (out's limit; it must admit the codec's worst case, about
 * in.len * 7/6 + 1 KiB), -MR_E_VERSION or -ENOMEM. On errors out->len is as it was. */
int comp_pack(struct comp *c, int codec, int level, struct mr_slice in, struct mr_scratch *out);

/* ---- the same in steps, for what is large ----
 * Each struct comp has one unpacking and one packing under way, and both keep state in it: the whole-block
 * calls above must not come between. in stays where it is until the last step. A step of `bytes` (> 0) makes
 * about so much output, or takes so much input when packing; a block of the format is never divided, so at
 * most 4 MiB (lz4) or 128 KiB more, and what one element of snappy holds. Written forms are the same but for
 * zstd's: its window is at most 2 MiB, which bounds its memory at any level to about 40 MiB (and that of
 * every reader). Returns 1: call again. 0 and errors: as the whole; reading zstd takes the window that a
 * frame declares, at most 128 MiB, on top. Nothing has to be undone: a begun one may be left, also by another
 * begin. */
void comp_unpack_begin(struct comp *c, int codec, struct mr_slice in, size_t out_max, struct mr_scratch *out);
int comp_unpack_step(struct comp *c, size_t bytes);
void comp_pack_begin(struct comp *c, int codec, int level, struct mr_slice in, struct mr_scratch *out);
int comp_pack_step(struct comp *c, size_t bytes);

/* How many times as long as with its default level a codec takes to pack, roughly: 1 to 32. For the size of
 * steps. */
unsigned comp_pack_weight(int codec, int level);

#endif
