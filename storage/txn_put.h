/* storage/txn_put.h - the aborted transactions of a closed segment, made anew: what is in memory and in its
 * .txnindex. */
#ifndef MR_TXN_PUT_H
#define MR_TXN_PUT_H

#include "storage/plog_priv.h"

/* entries, which are taken, are those of segment `number`. Readers see them from now on. The file is written
 * beside, flushed and renamed; until that is over, and if it fails, they are in memory and in the log's
 * records, as those of a segment that grows are. Without memory for it nothing changes. */
void txn_put_anew(struct plog *log, uint32_t number, struct txn_index *entries);

#endif
