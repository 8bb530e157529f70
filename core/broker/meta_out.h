/* core/broker/meta_out.h - metadata records on their way into the log: encoded, framed, in batches as KRaft
 * writes them. */
#ifndef MR_META_OUT_H
#define MR_META_OUT_H

#include "core/arena.h"
#include "core/scratch.h"
#include "net/wire/batch_build.h"
#include "net/wire/message.h"

enum { META_BATCH_BYTES = 1 << 20, META_OUT_BYTES_MAX = 64 << 20 }; /* of one batch; of one command */

struct meta_out {
    struct mr_scratch bytes; /* whole batches in a row, once ended */
    struct mr_arena arena;   /* one record at a time */
    struct batch_builder builder;
    bool building;
    int64_t now_ms;
    int64_t next_offset; /* of the next record */
    uint32_t records;
    int err; /* 0 or the first failure, which sticks: -MR_E_LIMIT, -ENOMEM */
};

void meta_out_init(struct meta_out *o);
void meta_out_done(struct meta_out *o);

/* Start anew: the first record will get offset. */
void meta_out_begin(struct meta_out *o, int64_t offset, int64_t now_ms);

/* Add a record of a type that info describes; the version is the caller's choice, as Kafka 4.1 would choose.
 */
void meta_out_put(struct meta_out *o, const struct kw_message *info, int16_t version, const void *message);

/* Add a control batch of its own; value is the encoded message. */
void meta_out_control(struct meta_out *o, enum control_type type, struct mr_slice value);

/* No more records. Returns o->err; then o->bytes holds what was put. */
int meta_out_end(struct meta_out *o);

/* Give the batches their offsets and epoch, after the log has assigned them. */
void meta_out_assign(struct meta_out *o, int64_t base_offset, int32_t epoch);

#endif
