/* core/flush_choice.h - which flush a journal uses, decided while it works.
 *
 * Which of the two primitives of io_write_flush() is quicker depends on the device, on the file system, and
 * on who else wants the cores at the moment: a linked fdatasync takes two threads of the kernel's more than
 * RWF_DSYNC, which in turn waits for a kernel worker that a busy core may keep waiting (io_uring's worker
 * pools; the measurements are in storage/README.md). So the probe at start gives the first word only, and
 * from time to time a trial decides again. It takes the two in runs, not in turn: a dsync that follows a
 * fdatasync costs as much as that, and is a third quicker among its like (measured on ext4). A trial that
 * changes nothing makes the next one rarer.
 *
 * Plain values, no I/O: one owner, one commit in flight. */
#ifndef MR_FLUSH_CHOICE_H
#define MR_FLUSH_CHOICE_H

#include "core/io.h"

enum {
    FLUSH_TRIAL_RUNS = 4, /* the one in use, its rival, and both again, so that what else happens on the
                             machine meets both */
    FLUSH_TRIAL_RUN = 20, /* commits */
    FLUSH_TRIAL_LEAD = 4, /* first of a run, not counted */
    FLUSH_TRIAL_COUNTED = FLUSH_TRIAL_RUNS / 2 * (FLUSH_TRIAL_RUN - FLUSH_TRIAL_LEAD), /* of each primitive */
    FLUSH_TRIAL_DROPPED = 4,       /* of those the slowest, which say more about the machine */
    FLUSH_TRIAL_GAP_MIN = 256,     /* commits between trials, at first and after a change */
    FLUSH_TRIAL_GAP_MAX = 65536,   /* at most one commit in two thousand is one of a trial then */
    FLUSH_TRIAL_BYTES_MAX = 65536, /* larger commits measure the device's bandwidth and do not count */
};

struct flush_choice {
    enum io_flush_primitive now;              /* what is used between trials */
    bool fixed;                               /* no trials: the operator has decided */
    uint32_t gap, until_trial;                /* commits */
    uint32_t trial_left;                      /* commits of the trial under way, 0: none */
    uint32_t took_ns[2][FLUSH_TRIAL_COUNTED]; /* of the trial, by primitive */
    uint32_t taken[2];
    uint64_t switches;
};

void flush_choice_init(struct flush_choice *c, enum io_flush_primitive first, bool fixed);

/* The primitive for the next commit, of bytes. */
enum io_flush_primitive flush_choice_next(const struct flush_choice *c, size_t bytes);

/* That commit took ns. Returns whether c->now has changed. */
bool flush_choice_took(struct flush_choice *c, enum io_flush_primitive used, size_t bytes, uint64_t ns);

#endif
