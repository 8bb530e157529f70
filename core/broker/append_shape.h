/* core/broker/append_shape.h - is a produced batch good, and what of it is stored: at once, or in steps
 * (recode.h).
 */
#ifndef MR_APPEND_SHAPE_H
#define MR_APPEND_SHAPE_H

#include "core/broker/partition.h"
#include "core/broker/recode.h"

struct append_judged {
    struct batch_rules rules;
    struct batch_verdict v;
    bool slow;             /* only the header was judged: the rest takes long */
    bool rebuilt;          /* bytes is what came out of the steps */
    struct mr_slice bytes; /* of the batch, when done in steps */
};

/* False: its records are being worked on, p->pump will be run. */
bool append_judge(struct part_append *a, struct append_judged *ret);

/* Do in steps what append_judge() found slow. p->pump will be run. */
void append_judge_slowly(struct part_append *a, const struct append_judged *j);

/* The bytes to store: as they came, or rebuilt with the topic's codec, its own time, the true greatest
 * timestamp. They stand until the next batch of this shard, or recode_forget(). KW_NONE, KW_MESSAGE_TOO_LARGE
 * (rebuilt, it is), KW_RECORD_LIST_TOO_LARGE (larger than a segment), KW_CORRUPT_MESSAGE,
 * KW_UNKNOWN_SERVER_ERROR (no memory). */
enum kw_error append_shape(struct part_append *a, const struct append_judged *j, struct mr_slice *ret);

#endif
