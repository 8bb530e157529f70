/* storage/cold_pace.h - how much of the device reads of old data may take. A plain value: time comes from the
 * caller.
 *
 * While nothing is being acknowledged, COLD_DEPTH reads may be in flight. While something is, COLD_DEPTH_BUSY
 * may, and after they have kept the device for a while they rest so long that they have had it for share
 * percent of the time. The rest is paid by time without a read in flight, so reads that take long, because
 * others use the device too, are followed by long rests. */
#ifndef MR_COLD_PACE_H
#define MR_COLD_PACE_H

#include "core/base.h"

enum { COLD_DEPTH = 4, COLD_DEPTH_BUSY = 2, COLD_SHARE_DEFAULT = 50 };

struct cold_pace {
    uint32_t share; /* percent, 1 to 100 */
    uint32_t in_flight;
    uint64_t since_ns; /* time is accounted for up to here */
    uint64_t debt_ns;  /* of rest; at most COLD_REST_NS_MAX */
};

#define COLD_REST_NS_MAX UINT64_C(20000000) /* one read that was stuck does not stop the others for long */
#define COLD_WHEN_ONE_ENDS UINT64_MAX

void pace_init(struct cold_pace *p, uint32_t share);

/* May one more begin? 0: now. COLD_WHEN_ONE_ENDS, or the ns after which to ask again. */
uint64_t pace_wait(struct cold_pace *p, uint64_t now_ns, bool busy);
void pace_begin(struct cold_pace *p, uint64_t now_ns);
void pace_end(struct cold_pace *p, uint64_t now_ns);

#endif
