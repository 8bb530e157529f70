/* core/compress_priv.h - what core/compress*.c share. Each codec's working memory is made on first use. */
#ifndef MR_COMPRESS_PRIV_H
#define MR_COMPRESS_PRIV_H

#include "core/compress.h"

/* Where one call's output starts and how far it may go. */
struct comp_sink {
    struct mr_scratch *out;
    size_t start;
    size_t max; /* bytes after start */
};

/* A block on its way, in steps. */
struct comp_job {
    int codec, level;
    struct mr_slice in;
    size_t at; /* of in, taken so far */
    struct comp_sink sink;
    size_t block_end, block_start,
        block_bytes; /* snappy: where in `in` it ends, in out it starts, its size */
    bool begun;
};

struct comp {
    void *gzip_reader;
    void *gzip_writer;
    void *lz4_reader;
    void *lz4_writer;
    void *zstd_reader;
    void *zstd_writer;
    struct comp_job unpacking, packing;
};

static inline size_t comp_sink_left(const struct comp_sink *s)
{
    return s->max - (s->out->len - s->start);
}

/* Room for at least one more byte and, where the limits allow, for about `wish`. Returns how many bytes may
 * be written at out->data + out->len, or -MR_E_LIMIT or -ENOMEM. */
int64_t comp_sink_room(struct comp_sink *s, size_t wish);

int comp_gzip_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink);
int comp_snappy_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink);
int comp_lz4_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink);
int comp_zstd_unpack(struct comp *c, struct mr_slice in, struct comp_sink *sink);

int comp_gzip_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out);
int comp_snappy_pack(struct comp *c, struct mr_slice in, struct mr_scratch *out);
int comp_lz4_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out);
int comp_zstd_pack(struct comp *c, int level, struct mr_slice in, struct mr_scratch *out);

/* A step takes about `bytes` of output (unpacking) or of input (packing). 1: there is more. 0 and errors: as
 * the whole. */
int comp_gzip_unpack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_snappy_unpack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_lz4_unpack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_zstd_unpack_step(struct comp *c, struct comp_job *j, size_t bytes);

int comp_gzip_pack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_snappy_pack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_lz4_pack_step(struct comp *c, struct comp_job *j, size_t bytes);
int comp_zstd_pack_step(struct comp *c, struct comp_job *j, size_t bytes);

void comp_gzip_done(struct comp *c);
void comp_lz4_done(struct comp *c);
void comp_zstd_done(struct comp *c);

#endif
