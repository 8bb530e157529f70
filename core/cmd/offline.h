/* core/cmd/offline.h - verbs that look into a directory without a broker: one io, one shard, no loop. */
#ifndef MR_CMD_OFFLINE_H
#define MR_CMD_OFFLINE_H

#include "core/shard.h"

/* Runs work(shard, ctx); *ret_err: what it returned, or why there is no shard (-errno). False: there is no
 * io, and why has been said on standard error. */
bool offline_run(int (*work)(struct mr_shard *s, void *ctx), void *ctx, int *ret_err);
void offline_say(void *ctx, const char *line); /* on standard output; ctx is not looked at */

#endif
