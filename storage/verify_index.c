/* The sparse indexes of a segment, held against its batches: every entry must lead where it says, and nothing
 * may stand behind the last one. */
#include <stdio.h>

#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/verify_priv.h"

enum { OFFSET_ENTRY = 8, TIME_ENTRY = 12 };

static bool all_zero(const uint8_t *p, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (p[i] != 0)
            return false;
    }
    return true;
}

/* Kafka reserves an index file's full size while it writes to it; a closed one has entries only. */
static void check_rest(struct verify *v, const char *path, struct mr_slice file, size_t used, size_t entry)
{
    if (used < file.len - file.len % entry || file.len % entry != 0)
        verify_find(v, &(struct verify_place){path, used, file.len}, "%s behind the last entry",
                    all_zero(file.ptr + used, file.len - used) ? "zeros" : "no entries");
}

static void check_offsets(struct verify *v, const char *path, struct source *src, int64_t base, uint64_t end,
                          struct mr_slice file)
{
    struct seg_index ix = {.offsets = NULL};
    int err = index_decode_offsets(&ix, file, end);
    if (err != 0)
        verify_find(v, &(struct verify_place){path, (uint64_t)ix.offset_count * OFFSET_ENTRY, file.len},
                    "not the offset index of its segment: %s", mr_err_text(err));
    for (uint32_t i = 0; err == 0 && i < ix.offset_count; i++) {
        const uint8_t *p;
        struct kw_batch_header h;
        uint64_t pos = ix.offsets[i].pos;
        bool fits = end - pos >= BATCH_HEADER_BYTES && source_get(src, pos, BATCH_HEADER_BYTES, &p) == 0;
        if (fits) {
            batch_header_read(p, &h);
            fits = h.magic == BATCH_MAGIC && batch_last_offset(&h) == base + ix.offsets[i].delta;
        }
        if (fits)
            continue;
        verify_find(v,
                    &(struct verify_place){path, (uint64_t)i * OFFSET_ENTRY,
                                           ((uint64_t)i + 1) * OFFSET_ENTRY},
                    "the entry (offset %lld, byte %llu) leads to no such batch",
                    (long long)(base + ix.offsets[i].delta), (unsigned long long)pos);
        break;
    }
    if (err == 0)
        check_rest(v, path, file, (size_t)ix.offset_count * OFFSET_ENTRY, OFFSET_ENTRY);
    index_done(&ix);
}

/* The batch whose last offset is at least base + delta, from the place that the offset index knows. */
static bool batch_of(struct source *src, const struct seg_index *ix, int64_t base, uint64_t end,
                     uint32_t delta, struct kw_batch_header *h)
{
    uint64_t pos = index_pos(ix, delta);
    const uint8_t *p;
    while (end - pos >= BATCH_HEADER_BYTES && source_get(src, pos, BATCH_HEADER_BYTES, &p) == 0) {
        batch_header_read(p, h);
        if (!batch_plausible(h, end - pos))
            return false;
        if (batch_last_offset(h) >= base + delta)
            return true;
        pos += batch_bytes(h);
    }
    return false;
}

/* The batches of a segment in their order: the greatest timestamp of those passed. */
struct passed {
    uint64_t pos;
    int64_t latest;
};

/* Is a batch that stands wholly before base + delta later than this? Of one that cannot be read nothing is
 * said: its segment's own check has said it. */
static bool later_before(struct passed *p, struct source *src, int64_t base, uint64_t end, uint32_t delta,
                         int64_t timestamp)
{
    const uint8_t *bytes;
    struct kw_batch_header h;
    while (end - p->pos >= BATCH_HEADER_BYTES && source_get(src, p->pos, BATCH_HEADER_BYTES, &bytes) == 0) {
        batch_header_read(bytes, &h);
        if (!batch_plausible(&h, end - p->pos) || batch_last_offset(&h) >= base + delta)
            break;
        p->latest = mr_imax(p->latest, h.max_timestamp);
        p->pos += batch_bytes(&h);
    }
    return p->latest > timestamp;
}

static void check_times(struct verify *v, const char *path, struct source *src, int64_t base, uint64_t end,
                        const struct seg_index *offsets, struct mr_slice file)
{
    struct seg_index ix = {.offsets = NULL};
    int err = index_decode_times(&ix, file);
    if (err != 0)
        verify_find(v, &(struct verify_place){path, (uint64_t)ix.time_count * TIME_ENTRY, file.len},
                    "not a time index: %s", mr_err_text(err));
    struct passed passed = {.pos = 0, .latest = INT64_MIN};
    for (uint32_t i = 0; err == 0 && i < ix.time_count; i++) {
        struct kw_batch_header h;
        if (later_before(&passed, src, base, end, ix.times[i].delta, ix.times[i].timestamp)) {
            verify_find(v,
                        &(struct verify_place){path, (uint64_t)i * TIME_ENTRY,
                                               ((uint64_t)i + 1) * TIME_ENTRY},
                        "a batch before offset %lld is later than the entry's time %lld",
                        (long long)(base + ix.times[i].delta), (long long)ix.times[i].timestamp);
            break;
        }
        if (batch_of(src, offsets, base, end, ix.times[i].delta, &h) &&
            h.base_offset <= base + ix.times[i].delta && h.max_timestamp == ix.times[i].timestamp)
            continue;
        verify_find(v, &(struct verify_place){path, (uint64_t)i * TIME_ENTRY, ((uint64_t)i + 1) * TIME_ENTRY},
                    "no batch with offset %lld has the entry's time %lld",
                    (long long)(base + ix.times[i].delta), (long long)ix.times[i].timestamp);
        break;
    }
    if (err == 0)
        check_rest(v, path, file, (size_t)ix.time_count * TIME_ENTRY, TIME_ENTRY);
    index_done(&ix);
}

static int get_file(struct verify *v, const char *path, uint8_t **file, size_t *len)
{
    int err = file_get_wait(v->io, path, VERIFY_FILE_BYTES_MAX, file, len);
    if (err != 0 && err != -ENOENT) /* they are derived: rebuilt when they are not there */
        verify_find(v, &(struct verify_place){.file = path}, "cannot be read: %s", mr_err_text(err));
    return err;
}

void verify_indexes(struct verify *v, const char *path, const char *offsets_path, const char *times_path,
                    int64_t base, uint64_t end)
{
    uint8_t *file = NULL, *times = NULL;
    size_t len = 0, times_len = 0;
    struct source src;
    struct seg_index offsets = {.offsets = NULL};
    if (source_open(&src, v->io, path) != 0)
        return; /* has been said */
    if (get_file(v, offsets_path, &file, &len) == 0)
        check_offsets(v, offsets_path, &src, base, end, (struct mr_slice){file, len});
    if (file != NULL && index_decode_offsets(&offsets, (struct mr_slice){file, len}, end) != 0)
        index_done(&offsets);
    if (get_file(v, times_path, &times, &times_len) == 0)
        check_times(v, times_path, &src, base, end, &offsets, (struct mr_slice){times, times_len});
    index_done(&offsets);
    mem_free(file);
    mem_free(times);
    source_close(&src);
}
