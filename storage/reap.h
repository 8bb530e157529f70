/* storage/reap.h - deleting directories in the background, one file at a time. A directory to delete is first renamed to
 * NAME.<32 hex digits>-delete, as Kafka does, so its name is free at once and a crash leaves something recognisable. */
#ifndef MR_REAP_H
#define MR_REAP_H

#include "storage/store_priv.h"

struct reaper; /* one per store */

struct reaper *reaper_new(struct store *s);
void reaper_free(struct reaper *r); /* idle */
bool reaper_idle(const struct reaper *r);

/* Delete the directory at path (inside the store's directory); renamed tells that it already has its last name. after
 * (may be NULL) runs once the name is free. A missing directory is fine. Takes a copy of path. -ENOMEM. */
int reap_dir(struct reaper *r, const char *path, bool renamed, struct mr_work *after);

/* Queue what an earlier process left behind: every *-delete of the store's directory. Start-up. */
int reap_leftovers(struct reaper *r);

#endif
