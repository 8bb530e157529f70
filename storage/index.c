#include "storage/index.h"

#include "core/err.h"
#include "core/mem.h"

void index_init(struct seg_index *ix)
{
    memset(ix, 0, sizeof(*ix));
    list_init(&ix->lru);
    ix->max_ts = -1;
}

void index_done(struct seg_index *ix)
{
    if (ix->cache != NULL) {
        ix->cache->bytes -= ix->cached_bytes;
        list_remove(&ix->lru);
    }
    mem_free(ix->offsets);
    mem_free(ix->times);
    index_init(ix);
}

uint64_t index_bytes(const struct seg_index *ix)
{
    return ix->offset_cap * sizeof(*ix->offsets) + ix->time_cap * sizeof(*ix->times);
}

static int put_offset(struct seg_index *ix, uint32_t delta, uint32_t pos)
{
    if (ix->offset_count == ix->offset_cap) {
        uint32_t cap = ix->offset_cap == 0 ? 16 : ix->offset_cap * 2;
        void *grown = mem_realloc(ix->offsets, (size_t)cap * sizeof(*ix->offsets));
        if (grown == NULL)
            return -ENOMEM;
        ix->offsets = grown;
        ix->offset_cap = cap;
    }
    ix->offsets[ix->offset_count++] = (struct offset_entry){delta, pos};
    return 0;
}

static int put_time(struct seg_index *ix, int64_t timestamp, uint32_t delta)
{
    if (ix->time_count > 0 && ix->times[ix->time_count - 1].timestamp >= timestamp)
        return 0; /* monotonic: an entry says something new or is left out */
    if (ix->time_count == ix->time_cap) {
        uint32_t cap = ix->time_cap == 0 ? 16 : ix->time_cap * 2;
        void *grown = mem_realloc(ix->times, (size_t)cap * sizeof(*ix->times));
        if (grown == NULL)
            return -ENOMEM;
        ix->times = grown;
        ix->time_cap = cap;
    }
    ix->times[ix->time_count++] = (struct time_entry){timestamp, delta};
    return 0;
}

int index_add(struct seg_index *ix, uint32_t interval_bytes, uint32_t last_delta, uint32_t pos,
              uint32_t bytes, int64_t max_ts, uint32_t max_ts_delta)
{
    int err = 0;
    if (ix->since_entry > interval_bytes) {
        err = put_offset(ix, last_delta, pos);
        if (err == 0 && max_ts >= 0)
            err = put_time(ix, max_ts, max_ts_delta);
        ix->since_entry = 0;
    }
    ix->since_entry += bytes;
    return err;
}

int index_close(struct seg_index *ix, int64_t max_ts, uint32_t max_ts_delta)
{
    return max_ts >= 0 ? put_time(ix, max_ts, max_ts_delta) : 0;
}

const struct offset_entry *index_offset_entry(const struct seg_index *ix, uint32_t delta)
{
    uint32_t lo = 0, hi = ix->offset_count; /* the last entry with offset <= delta */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (ix->offsets[mid].delta <= delta)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == 0 ? NULL : &ix->offsets[lo - 1];
}

uint32_t index_pos(const struct seg_index *ix, uint32_t delta)
{
    const struct offset_entry *e = index_offset_entry(ix, delta);
    return e == NULL ? 0 : e->pos;
}

const struct time_entry *index_time_entry(const struct seg_index *ix, int64_t ts)
{
    uint32_t lo = 0, hi = ix->time_count; /* the last one with timestamp < ts: all before it are older too */
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (ix->times[mid].timestamp < ts)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo == 0 ? NULL : &ix->times[lo - 1];
}

const struct offset_entry *index_look_back(const struct seg_index *ix, uint32_t delta)
{
    const struct offset_entry *e = index_offset_entry(ix, delta);
    if (e == NULL || e->pos <= INDEX_LOOK_BACK)
        return NULL;
    uint32_t from = e->pos - INDEX_LOOK_BACK;
    while (e > ix->offsets && e[-1].pos >= from)
        e--;
    return e;
}

uint32_t index_time_delta(const struct seg_index *ix, int64_t ts)
{
    const struct time_entry *e = index_time_entry(ix, ts);
    return e == NULL ? 0 : e->delta;
}

void index_cut(struct seg_index *ix, uint32_t delta)
{
    while (ix->offset_count > 0 && ix->offsets[ix->offset_count - 1].delta >= delta)
        ix->offset_count--;
    while (ix->time_count > 0 && ix->times[ix->time_count - 1].delta >= delta)
        ix->time_count--;
}

void index_encode_offsets(const struct seg_index *ix, uint8_t *dst)
{
    for (uint32_t i = 0; i < ix->offset_count; i++, dst += 8) {
        mr_put32(dst, ix->offsets[i].delta);
        mr_put32(dst + 4, ix->offsets[i].pos);
    }
}

void index_encode_times(const struct seg_index *ix, uint8_t *dst)
{
    for (uint32_t i = 0; i < ix->time_count; i++, dst += 12) {
        mr_put64(dst, (uint64_t)ix->times[i].timestamp);
        mr_put32(dst + 8, ix->times[i].delta);
    }
}

bool index_ends_at(struct mr_slice file, uint64_t used)
{
    for (uint64_t at = used; at < file.len; at++) {
        if (file.ptr[at] != 0)
            return false;
    }
    return true;
}

int index_decode_offsets(struct seg_index *ix, struct mr_slice file, uint64_t segment_bytes)
{
    for (size_t at = 0; at + 8 <= file.len; at += 8) {
        uint32_t delta = mr_get32(file.ptr + at), pos = mr_get32(file.ptr + at + 4);
        if (ix->offset_count > 0 && delta <= ix->offsets[ix->offset_count - 1].delta)
            break;
        if (ix->offset_count == 0 && delta == 0 && pos == 0 && at + 16 <= file.len &&
            mr_get64(file.ptr + at + 8) == 0)
            break; /* preallocated and empty */
        if (pos >= segment_bytes || delta > INT32_MAX ||
            (ix->offset_count > 0 && pos <= ix->offsets[ix->offset_count - 1].pos))
            return -MR_E_CORRUPT;
        int err = put_offset(ix, delta, pos);
        if (err != 0)
            return err;
    }
    return 0;
}

int index_decode_times(struct seg_index *ix, struct mr_slice file)
{
    for (size_t at = 0; at + 12 <= file.len; at += 12) {
        int64_t timestamp = (int64_t)mr_get64(file.ptr + at);
        uint32_t delta = mr_get32(file.ptr + at + 8);
        if (timestamp <= 0 && delta == 0 && ix->time_count > 0)
            break;
        if (ix->time_count > 0 && (timestamp <= ix->times[ix->time_count - 1].timestamp ||
                                   delta < ix->times[ix->time_count - 1].delta))
            break;
        if (delta > INT32_MAX)
            return -MR_E_CORRUPT;
        int err = put_time(ix, timestamp, delta);
        if (err != 0)
            return err;
    }
    return 0;
}
