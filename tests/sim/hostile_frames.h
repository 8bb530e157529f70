/* tests/sim/hostile_frames.h - requests that nobody should send: well-formed ones of every API that is
 * served, and what is left of them after bits were flipped, lengths and counts were made absurd, and ends cut
 * off. */
#ifndef SIM_HOSTILE_FRAMES_H
#define SIM_HOSTILE_FRAMES_H

#include "tests/sim/client.h"

/* How many well-formed kinds there are: each API and version. */
uint32_t frames_kinds(void);

/* Append one well-formed request of that kind with its size in front to out. names: topics that it may name
 * (0: none). With half a chance its fields are random; else they are such that a handler finds something to
 * do. Requests that change what others rely on (deletions, configurations) never name these topics. */
void frame_put(struct rng *r, uint32_t kind, const struct ktopic *topics, uint32_t topic_count,
               struct mr_scratch *out);

/* Damage the frame that begins at byte start of out, as a whole or in its parts; its size field may lie
 * afterwards. */
void frame_damage(struct rng *r, struct mr_scratch *out, size_t start);

#endif
