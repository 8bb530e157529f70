#include "storage/cold_pace.h"

void pace_init(struct cold_pace *p, uint32_t share)
{
    *p = (struct cold_pace){.share = mr_min(mr_max(share, 1), 100)};
}

static void account(struct cold_pace *p, uint64_t now_ns)
{
    uint64_t passed = now_ns > p->since_ns ? now_ns - p->since_ns : 0;
    p->since_ns = mr_max(p->since_ns, now_ns);
    if (p->in_flight == 0) {
        p->debt_ns -= mr_min(p->debt_ns, passed);
        return;
    }
    passed = mr_min(passed, COLD_REST_NS_MAX); /* share is at least 1: no product overflows */
    p->debt_ns = mr_min(p->debt_ns + passed * (100 - p->share) / p->share, COLD_REST_NS_MAX);
}

uint64_t pace_wait(struct cold_pace *p, uint64_t now_ns, bool busy)
{
    account(p, now_ns);
    if (p->in_flight >= (busy ? COLD_DEPTH_BUSY : COLD_DEPTH))
        return COLD_WHEN_ONE_ENDS;
    if (!busy)
        p->debt_ns = 0; /* nobody was kept waiting */
    if (p->debt_ns == 0)
        return 0;
    return p->in_flight > 0 ? COLD_WHEN_ONE_ENDS : p->debt_ns;
}

void pace_begin(struct cold_pace *p, uint64_t now_ns)
{
    account(p, now_ns);
    p->in_flight++;
}

void pace_end(struct cold_pace *p, uint64_t now_ns)
{
    MR_ASSERT(p->in_flight > 0);
    account(p, now_ns);
    p->in_flight--;
}
