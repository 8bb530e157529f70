#include "storage/pace.h"

static const uint64_t write_ns = 500 * 1000, ms_ns = 1000 * 1000;

uint32_t pace_fill(uint64_t used, uint64_t max)
{
    return used >= max ? PACE_FULL : (uint32_t)((double)used / (double)max * PACE_FULL);
}

uint32_t pace_writes(uint32_t fill)
{
    if (fill >= PACE_SLOW)
        return PACE_WRITES_MAX;
    return fill >= PACE_RAMP ? PACE_WRITES_MAX / 2 : 1;
}

uint32_t pace_write_bytes(uint64_t ns_per_mib)
{
    uint64_t bytes = ns_per_mib == 0 ? PACE_WRITE_BYTES_MAX / 4 : (write_ns << 20) / ns_per_mib;
    bytes = mr_round_down(bytes, PACE_WRITE_BYTES_MIN);
    return (uint32_t)mr_max(mr_min(bytes, PACE_WRITE_BYTES_MAX), PACE_WRITE_BYTES_MIN);
}

uint64_t pace_rest_ns(uint32_t fill, uint64_t took_ns)
{
    if (fill >= PACE_SLOW)
        return 0;
    uint64_t took = mr_min(took_ns, PACE_REST_MS_MAX * ms_ns);
    return mr_min(took * 3 * (PACE_SLOW - fill) / PACE_SLOW, PACE_REST_MS_MAX * ms_ns);
}

uint32_t pace_steps(uint32_t total, uint64_t appended, uint64_t span, uint64_t elapsed_ns, uint64_t in_ns)
{
    if (appended >= span || elapsed_ns >= in_ns)
        return total;
    double part = (double)appended / (double)span, time = (double)elapsed_ns / (double)in_ns;
    return (uint32_t)mr_min((uint64_t)((part > time ? part : time) * total) + 1, total);
}

uint64_t pace_step_due_ns(uint32_t total, uint32_t step, uint64_t in_ns)
{
    return total == 0 || step == 0 ? 0 : (uint64_t)((double)in_ns * step / total) + 1;
}

uint32_t pace_flushes(uint32_t fill)
{
    if (fill >= PACE_SLOW)
        return PACE_FLUSHES_MAX;
    return fill >= PACE_RAMP ? 2 : 1;
}

uint64_t pace_slow_bytes(uint64_t used, uint64_t max)
{
    return used >= max ? 1 : (max - used) / 16 + 1;
}

uint64_t pace_slow_ns(uint32_t fill, uint64_t max_ns)
{
    if (fill <= PACE_SLOW)
        return 0;
    double part = (double)(mr_min(fill, PACE_FULL) - PACE_SLOW) / (PACE_FULL - PACE_SLOW);
    return (uint64_t)((double)max_ns * part * part);
}
