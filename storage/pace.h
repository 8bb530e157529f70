/* storage/pace.h - how fast the background works, and how much produce is slowed: decisions alone, from how
 * full the journal is. No I/O, no state.
 *
 * The journal between the last checkpoint's mark and the head is what a start would have to read, and what
 * the background has to bring into files before the ring is full. A checkpoint begins when a quarter of the
 * ring is used and is spread over most of the next quarter, so that at a steady load one follows the other
 * and none works in a burst; beyond half, the background goes flat out, and produce is slowed, the more the
 * fuller the ring is. Fill is in thousandths of the ring. */
#ifndef MR_PACE_H
#define MR_PACE_H

#include "core/base.h"

enum {
    PACE_FULL = 1000,
    PACE_BEGIN = 250, /* a checkpoint begins */
    PACE_SPAN = 150,  /* and its steps are spread over that much of the ring: the last ones take time, too */
    PACE_RAMP = 400,  /* the background takes more at once: it is behind */
    PACE_SLOW = 500,  /* produce is slowed above this, and the background goes flat out */
    PACE_BURST_BEGIN = 500, /* without pacing */
    PACE_WRITES_MAX = 4,    /* background writes in flight */
    PACE_FLUSHES_MAX = 8,   /* background flushes: fewer than the kernel has workers (core/README.md) */
    PACE_WRITE_BYTES_MIN = 128 * 1024,
    PACE_WRITE_BYTES_MAX = 1 << 20,
    PACE_REST_MS_MAX = 20,
};

uint32_t pace_fill(uint64_t used, uint64_t max);

/* Background writes: how many may be in flight, */
uint32_t pace_writes(uint32_t fill);
/* how large one may be when the device takes ns_per_mib (0: not known yet): a commit that comes behind it
 * should wait for half a millisecond at most, */
uint32_t pace_write_bytes(uint64_t ns_per_mib);
/* and how long to rest after one that took took_ns: three times as long when the ring is empty, less and
 * less, and not at all from half on. */
uint64_t pace_rest_ns(uint32_t fill, uint64_t took_ns);

/* A checkpoint of total steps, begun elapsed_ns ago: how many of them may have been begun by now, when
 * appended bytes have come since, of span that it may take, and it shall take no longer than in_ns in any
 * case. */
uint32_t pace_steps(uint32_t total, uint64_t appended, uint64_t span, uint64_t elapsed_ns, uint64_t in_ns);
/* When, counted from its begin, that is step (or sooner, when more is appended). */
uint64_t pace_step_due_ns(uint32_t total, uint32_t step, uint64_t in_ns);
/* Flushes of files and directories that may be in flight. */
uint32_t pace_flushes(uint32_t fill);

/* Produce above half: no more than this many bytes are admitted, */
uint64_t pace_slow_bytes(uint64_t used, uint64_t max);
/* then all wait for this long. It grows with the square of what is used of the upper half, from 0 to max_ns.
 * Since each admission takes at most a sixteenth of what is left, the last bytes are never reached; so there
 * is no stall at the end, and nobody waits much longer than others. */
uint64_t pace_slow_ns(uint32_t fill, uint64_t max_ns);

#endif
