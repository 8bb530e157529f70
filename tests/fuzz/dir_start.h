/* tests/fuzz/dir_start.h - a store that starts on a directory, whatever state that is in. */
#ifndef FUZZ_DIR_START_H
#define FUZZ_DIR_START_H

#include "tests/fuzz/dir_image.h"
#include "tests/sim/disk.h"

/* Start, open each log, read all of it, look for times, append to it, and close, or end where that is
 * refused; within a bounded time, and with a reason. sound: nothing may be refused, nor be missing. */
void dir_start(struct world *w, struct sim_node *n, const char *path, const struct dir *d, bool sound);

#endif
