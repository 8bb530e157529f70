/* Which segments have outlived their topic's retention: Kafka's deleteOldSegments, on segments from the
 * oldest on. Pure: what follows from it is plog_set_start(). */
#include "storage/plog_priv.h"

static int64_t seg_end(const struct plog *log, uint32_t i)
{
    return i + 1 < log->seg_count ? log->segs[i + 1]->base : log->append_end;
}

/* Segments that are older than retention.ms; *untimed: the search ended at one whose age is not known. */
static uint32_t expired(const struct plog *log, int64_t now_ms, uint32_t i, uint32_t end, bool *untimed)
{
    for (; i < end; i++) {
        const struct segment *seg = log->segs[i];
        /* Compaction left nothing in it, or one header without a time. */
        bool hollow = i + 1 < log->seg_count &&
                      (seg->size == 0 || (seg->size == BATCH_HEADER_BYTES && seg->max_ts < 0));
        *untimed = seg->size > 0 && !segment_timed(seg);
        if (*untimed ||
            (!hollow && (seg->size == 0 || seg->max_ts < 0 || now_ms - seg->max_ts <= log->cfg.retention_ms)))
            return i;
    }
    return i;
}

/* Segments without which the log still has retention.bytes. */
static uint32_t surplus(const struct plog *log, uint32_t i, uint32_t end)
{
    uint64_t bytes = plog_bytes(log), least = (uint64_t)log->cfg.retention_bytes;
    for (;
         i < end && (log->segs[i]->size > 0 || i + 1 < log->seg_count) && bytes >= least + log->segs[i]->size;
         i++)
        bytes -= log->segs[i]->size;
    return i;
}

int64_t plog_expired(const struct plog *log, int64_t now_ms, int64_t high_watermark, bool *ret_untimed)
{
    *ret_untimed = false;
    if (log->state != PLOG_OPEN || log->removed || !log->cfg.cleanup_delete)
        return log->log_start;
    uint32_t first = log->seg_below, end = first, size, age;
    while (end < log->seg_count && seg_end(log, end) <= high_watermark)
        end++;
    size = age = first;
    if (log->cfg.retention_bytes >= 0)
        size = surplus(log, first, end);
    if (log->cfg.retention_ms >= 0)
        age = expired(log, now_ms, size, end, ret_untimed);
    uint32_t last = mr_max(size, age);
    return last == first ? log->log_start : mr_imax(log->log_start, seg_end(log, last - 1));
}
