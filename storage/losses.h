/* storage/losses.h - what millrace salvage could not save, as it stands in the file `millrace-salvaged` of
 * the directory that it made: one line a range, "TOPIC-PARTITION FIRST LAST". So that verify does not take
 * the gaps for damage. */
#ifndef MR_LOSSES_H
#define MR_LOSSES_H

#include "core/io.h"

#define LOSSES_FILE "millrace-salvaged"

struct loss {
    char *name;          /* "topic-0" */
    int64_t first, last; /* offsets */
};

struct losses {
    struct loss *items;
    uint32_t count, cap;
};

int losses_load(struct losses *l, struct mr_io *io, const char *dir); /* no file: none. 0, -EIO, -ENOMEM */
int losses_add(struct losses *l, const char *name, int64_t first, int64_t last);
/* Is all of [first, last] in one of them? */
bool losses_have(const struct losses *l, const char *name, int64_t first, int64_t last);
int losses_store(const struct losses *l, struct mr_io *io, const char *dir);
void losses_done(struct losses *l);

#endif
