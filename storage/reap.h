/* storage/reap.h - deleting directories in the background, one file at a time. A directory to delete was
 * renamed to NAME.<32 hex digits>-delete, as Kafka does, so its name is free at once and a crash leaves
 * something recognisable. */
#ifndef MR_REAP_H
#define MR_REAP_H

#include "storage/store_priv.h"

struct reaper; /* one per store */

struct reaper *reaper_new(struct store *s);
void reaper_free(struct reaper *r); /* idle */
/* Nothing more is begun; what waits is left for the next start. */
void reaper_stop(struct reaper *r);

/* The path that the directory of that partition gets before it is deleted, into dst[SEGMENT_PATH_MAX];
 * another one each time. */
void reap_name(struct store *s, const char *topic, int32_t partition, char *dst);

/* Delete the directory at path, which has got such a name. A missing one is fine. Takes a copy of path.
 * -ENOMEM. */
int reap_dir(struct reaper *r, const char *path);

/* Queue what an earlier process left behind: every *-delete of the store's directory. Start-up. */
int reap_leftovers(struct reaper *r);

#endif
