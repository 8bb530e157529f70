/* storage/cut.h - a log made shorter at its end: what of it stays, as a partition record, and the log that
 * becomes what such a record says. Used at work (storage/truncate.c) and by replay (storage/recover.c). */
#ifndef MR_CUT_H
#define MR_CUT_H

#include "storage/plog_priv.h"

/* Where a log is cut. */
struct cut {
    uint32_t keep;                   /* so many of its segments stay, counted from the oldest: one at least */
    uint64_t pos;                    /* the last of them ends there, */
    int64_t end;                     /* and the log before this offset */
    const uint8_t *rest;             /* bytes of that segment from the last whole unit on */
    struct txn_index txns;           /* its aborted transactions below end; taken */
    bool counted;                    /* producers holds what the log says below end; else the log's own, */
    struct producer_state producers; /* cut (producer_truncate()). Taken */
};

/* Append the partition record of log, of which all whole units are in its files and flushed, as it is when it
 * has been cut. The log stays as it is. 0, -ENOMEM, -MR_E_LIMIT (ret is full), -MR_E_STATE (producers must be
 * counted). */
int cut_record(const struct plog *log, struct cut *c, struct mr_scratch *ret);

/* A log of nobody that such a record describes, for cut_become(), or cut_free(). 0, -ENOMEM, -MR_E_CORRUPT.
 */
int cut_copy(const struct plog *log, struct mr_slice record, struct plog **ret);
void cut_free(struct plog *copy);

/* log is what copy was from now on; copy is freed. Nothing is in flight on log. sync: while the store starts.
 */
void cut_become(struct plog *log, struct plog *copy, bool sync);

#endif
