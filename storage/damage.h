/* storage/damage.h - what is known to be damaged of an open log: ranges that readers step over, or are told
 * of.
 *
 * A range is found by a read that meets it, by the opening of a log whose end does not fit, or by the
 * scrubber. It is logged once, with level error. Not stored: it is found again. */
#ifndef MR_DAMAGE_H
#define MR_DAMAGE_H

#include "storage/seg_walk.h"

enum { DAMAGES_MAX = 1024 }; /* of a log; more are met again and again, each time by another walk */

struct damages {
    struct damage *items; /* by segment and place */
    uint32_t count, cap;
};

/* Note it, and say so. 0; -EEXIST: known already; -MR_E_LIMIT; -ENOMEM. */
int damage_add(struct plog *log, const struct damage *d);
/* The range that begins at pos of a segment, or NULL. */
const struct damage *damage_at(const struct plog *log, uint32_t seg, uint64_t pos);
/* The range that has offset, or NULL. */
const struct damage *damage_of(const struct plog *log, int64_t offset);
void damage_forget(struct plog *log); /* frees all */
/* Segments [first, first + count) have become one, which has the number of the last of them; the numbers
 * before have grown as much (storage/compact_swap.c). */
void damage_renumber(struct plog *log, uint32_t first, uint32_t count);

/* A read found something at a place of the segment that does not fit: find the damage from index position pos
 * on, up to its end. done runs later. */
struct damage_look {
    struct seg_walk walk;
    uint64_t until; /* on behind it only to the end of what begins there */
    uint64_t from;
    bool sound; /* a batch stood there, */
    bool
        restart; /* or none did: was from the beginning of one? Once more, from the segment's first byte on */
    uint32_t found;
    void (*done)(struct damage_look *l); /* l->found: ranges that were not known */
};
void damage_look(struct plog *log, struct damage_look *l, uint32_t seg, uint64_t from, uint64_t until);

#endif
