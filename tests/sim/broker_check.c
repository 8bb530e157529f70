#include "tests/sim/broker_check.h"

#include "core/mem.h"
#include "net/wire/records.h"

enum { UNPACKED_MAX = 64 << 20 };

/* ---- records ---- */

void record_fill(uint64_t id, uint8_t *dst, size_t bytes)
{
    MR_ASSERT(bytes >= RECORD_BYTES_MIN);
    struct rng r;
    rng_seed(&r, id, bytes);
    mr_put64(dst, RECORD_MAGIC);
    mr_put64(dst + 8, id);
    mr_put64(dst + 16, mr_hash_u64(id));
    for (size_t at = RECORD_BYTES_MIN; at < bytes; at += 8) {
        uint64_t v = rng_next(&r) & UINT64_C(0x0f0f0f0f0f0f0f0f); /* so that codecs have something to do */
        memcpy(dst + at, &v, mr_min(8, bytes - at));
    }
}

bool record_mark(struct mr_slice value, uint64_t *ret_id)
{
    if (value.len < RECORD_BYTES_MIN || mr_get64(value.ptr) != RECORD_MAGIC)
        return false;
    *ret_id = mr_get64(value.ptr + 8);
    return mr_get64(value.ptr + 16) == mr_hash_u64(*ret_id);
}

bool record_read(struct mr_slice value, uint64_t *ret_id)
{
    if (!record_mark(value, ret_id))
        return false;
    struct rng r;
    rng_seed(&r, *ret_id, value.len);
    for (size_t at = RECORD_BYTES_MIN; at < value.len; at += 8) {
        uint64_t v = rng_next(&r) & UINT64_C(0x0f0f0f0f0f0f0f0f);
        if (memcmp(value.ptr + at, &v, mr_min(8, value.len - at)) != 0)
            return false;
    }
    return true;
}

/* ---- the model ---- */

void bcheck_init(struct bcheck *ck, struct seed_result *res)
{
    *ck = (struct bcheck){.res = res, .comp = comp_new()};
    MR_ASSERT(ck->comp != NULL);
    scratch_init(&ck->unpacked, UNPACKED_MAX);
}

void bcheck_done(struct bcheck *ck)
{
    for (uint32_t i = 0; i < ck->part_count; i++) {
        mem_free(ck->parts[i].seen);
        for (uint32_t k = 0; k < ck->producer_count; k++)
            mem_free(ck->parts[i].lines[k].at);
    }
    scratch_done(&ck->unpacked);
    comp_free(ck->comp);
}

void bcheck_topic(struct bcheck *ck, const struct ktopic *topic)
{
    for (int32_t i = 0; i < topic->partitions; i++) {
        MR_ASSERT(ck->part_count < CHECK_PARTS_MAX);
        ck->parts[ck->part_count++] = (struct check_part){.topic = topic, .partition = i};
    }
}

uint32_t bcheck_producer(struct bcheck *ck, bool in_order)
{
    MR_ASSERT(ck->producer_count < CHECK_PRODUCERS_MAX);
    ck->in_order[ck->producer_count] = in_order;
    return ck->producer_count++;
}

static struct check_line *line_of(struct bcheck *ck, uint64_t id)
{
    return &ck->parts[record_part(id)].lines[record_producer(id)];
}

static struct check_seen *seen_at(struct check_part *p, int64_t offset)
{
    if (offset >= p->seen_cap) {
        int64_t cap = (int64_t)mr_max(256, (uint64_t)(offset + 1) * 2);
        p->seen = mem_realloc(p->seen, (size_t)cap * sizeof(*p->seen));
        MR_ASSERT(p->seen != NULL);
        memset(p->seen + p->seen_cap, 0, (size_t)(cap - p->seen_cap) * sizeof(*p->seen));
        p->seen_cap = cap;
    }
    return &p->seen[offset];
}

/* For messages. */
#define PART(p) (p)->topic->name, (p)->partition
#define LL(v) ((long long)(v))

void bcheck_sent(struct bcheck *ck, uint64_t first_id, uint32_t count)
{
    struct check_line *l = line_of(ck, first_id);
    uint32_t end = record_n(first_id) + count;
    MR_ASSERT(record_n(first_id) == l->sent);
    if (end > l->cap) {
        uint32_t cap = (uint32_t)mr_max(256, end * 2);
        l->at = mem_realloc(l->at, cap * sizeof(*l->at));
        MR_ASSERT(l->at != NULL);
        for (uint32_t i = l->cap; i < cap; i++)
            l->at[i] = -1;
        l->cap = cap;
    }
    l->sent = end;
}

static void know(struct bcheck *ck, struct check_part *p, int64_t offset, uint64_t id, uint64_t digest,
                 const char *who)
{
    struct check_seen *s = seen_at(p, offset);
    if (s->id != 0 && s->id != id) {
        seed_check(ck->res, false, "%s-%d offset %lld: producer %u n %u was here, %s says producer %u n %u",
                   PART(p), LL(offset), record_producer(s->id), record_n(s->id), who, record_producer(id),
                   record_n(id));
        return;
    }
    if (digest != 0 && s->digest != 0 && s->digest != digest)
        seed_check(ck->res, false, "%s-%d offset %lld: the record has changed, %s says", PART(p), LL(offset),
                   who);
    s->id = id;
    if (digest != 0)
        s->digest = digest;
    p->floor = mr_imax(p->floor, offset + 1);
}

void bcheck_acked(struct bcheck *ck, uint64_t first_id, uint32_t count, int64_t base_offset)
{
    struct check_part *p = &ck->parts[record_part(first_id)];
    struct check_line *l = line_of(ck, first_id);
    MR_ASSERT(record_n(first_id) + count <= l->sent);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t n = record_n(first_id) + i;
        int64_t offset = base_offset < 0 ? -2 : base_offset + i;
        if (l->at[n] == -1) {
            l->acked++;
            ck->acked++;
        } else if (l->at[n] >= 0 && offset >= 0 && l->at[n] != offset) {
            seed_check(ck->res, false, "%s-%d producer %u n %u: acknowledged at %lld and at %lld", PART(p),
                       record_producer(first_id), n, LL(l->at[n]), LL(offset));
        }
        if (offset >= 0 || l->at[n] == -1)
            l->at[n] = offset;
        if (offset >= 0)
            know(ck, p, offset, first_id + i, 0, "an acknowledgement");
    }
}

int64_t bcheck_floor(const struct bcheck *ck, uint32_t part)
{
    return ck->parts[part].floor;
}

void bcheck_end(struct bcheck *ck, uint32_t part, int64_t floor_then, int64_t end, const char *who)
{
    struct check_part *p = &ck->parts[part];
    seed_check(ck->res, end >= floor_then,
               "%s-%d: %s is told that the log ends at %lld, it had reached %lld before", PART(p), who,
               LL(end), LL(floor_then));
    p->floor = mr_imax(p->floor, end);
}

/* ---- what is served ---- */

static uint64_t digest_of(const struct kw_batch *b, const struct kw_record *r)
{
    int64_t timestamp = batch_record_timestamp(&b->h, r->timestamp_delta);
    uint64_t h = mr_hash_bytes(r->value.ptr, r->value.len);
    if (r->key.len > 0)
        h ^= mr_hash_bytes(r->key.ptr, r->key.len) * 3;
    h ^= mr_hash_u64((uint64_t)timestamp ^ (uint64_t)b->h.attributes << 48);
    h ^= mr_hash_u64((uint64_t)b->h.producer_id * 31 + (uint64_t)(uint32_t)b->h.base_sequence);
    return h | 1;
}

static bool batch_served(struct bcheck *ck, struct check_part *p, const struct kw_batch *b, const char *who)
{
    struct mr_slice records;
    scratch_reset(&ck->unpacked, 1 << 20);
    int err = batch_records(b, ck->comp, &ck->unpacked, UNPACKED_MAX, &records);
    if (!seed_check(ck->res, err == 0, "%s-%d offset %lld: %s cannot unpack the batch, err %d", PART(p),
                    LL(b->h.base_offset), who, err))
        return false;
    struct record_iter it;
    struct kw_record r;
    record_iter_init(&it, records, b->h.record_count);
    int32_t delta = 0;
    while ((err = record_next(&it, &r)) > 0) {
        uint64_t id;
        int64_t offset = b->h.base_offset + r.offset_delta;
        if (!seed_check(ck->res, r.offset_delta == delta++, "%s-%d offset %lld: not dense", PART(p),
                        LL(offset)) ||
            !seed_check(ck->res, record_read(r.value, &id),
                        "%s-%d offset %lld: %s was served bytes that nobody sent", PART(p), LL(offset),
                        who) ||
            !seed_check(ck->res, &ck->parts[record_part(id)] == p,
                        "%s-%d offset %lld: a record of another partition", PART(p), LL(offset)))
            return false;
        know(ck, p, offset, id, digest_of(b, &r), who);
        ck->served++;
    }
    return seed_check(ck->res, err == 0 && delta == b->h.last_offset_delta + 1,
                      "%s-%d offset %lld: %d of %d records", PART(p), LL(b->h.base_offset), delta,
                      b->h.last_offset_delta + 1);
}

int64_t bcheck_served(struct bcheck *ck, uint32_t part, int64_t position, struct mr_slice records,
                      int64_t end, const char *who)
{
    struct check_part *p = &ck->parts[part];
    struct mr_slice rest = records;
    struct kw_batch b;
    int64_t next = position;
    bool first = true;
    int err;
    while ((err = batch_next(&rest, &b)) > 0) {
        bool fits = first ? b.h.base_offset <= position && batch_next_offset(&b.h) > position
                          : b.h.base_offset == next;
        if (!seed_check(ck->res, batch_check(&b) == 0, "%s-%d offset %lld: %s was served a damaged batch",
                        PART(p), LL(next), who) ||
            !seed_check(ck->res, fits, "%s-%d: %s asked for %lld and was served [%lld, %lld)", PART(p), who,
                        LL(next), LL(b.h.base_offset), LL(batch_next_offset(&b.h))) ||
            !seed_check(ck->res, batch_next_offset(&b.h) <= end,
                        "%s-%d: %s was served up to %lld, the end was %lld", PART(p), who,
                        LL(batch_next_offset(&b.h)), LL(end)) ||
            !batch_served(ck, p, &b, who))
            return position;
        next = batch_next_offset(&b.h);
        first = false;
    }
    seed_check(ck->res, err == 0 && rest.len == 0, "%s-%d: %s was served %zu bytes of no batch, err %d",
               PART(p), who, rest.len, err);
    return next;
}

/* ---- the end ---- */

static void final_part(struct bcheck *ck, struct check_part *p)
{
    uint32_t next[CHECK_PRODUCERS_MAX] = {0};
    bool *there[CHECK_PRODUCERS_MAX];
    for (uint32_t k = 0; k < ck->producer_count; k++) {
        there[k] = mem_zalloc(p->lines[k].sent + 1, sizeof(bool));
        MR_ASSERT(there[k] != NULL);
    }
    for (int64_t offset = 0; offset < p->floor; offset++) {
        const struct check_seen *s = seen_at(p, offset);
        if (!seed_check(ck->res, s->digest != 0, "%s-%d offset %lld: nobody could read it", PART(p),
                        LL(offset)))
            break;
        uint32_t k = record_producer(s->id), n = record_n(s->id);
        if (!seed_check(ck->res, k < ck->producer_count && n < p->lines[k].sent,
                        "%s-%d offset %lld: never sent", PART(p), LL(offset)))
            break;
        seed_check(ck->res, !there[k][n], "%s-%d offset %lld: producer %u n %u is there twice", PART(p),
                   LL(offset), k, n);
        there[k][n] = true;
        if (ck->in_order[k]) /* a gap is a loss only if it was acknowledged: below */
            seed_check(ck->res, n >= next[k], "%s-%d offset %lld: producer %u n %u behind %u", PART(p),
                       LL(offset), k, n, next[k] - 1);
        next[k] = n + 1;
    }
    for (uint32_t k = 0; k < ck->producer_count; k++) {
        const struct check_line *l = &p->lines[k];
        for (uint32_t n = 0; n < l->sent; n++)
            seed_check(ck->res, there[k][n] || l->at[n] == -1,
                       "%s-%d producer %u n %u: acknowledged at %lld and lost", PART(p), k, n, LL(l->at[n]));
        mem_free(there[k]);
    }
}

void bcheck_final(struct bcheck *ck)
{
    for (uint32_t i = 0; i < ck->part_count; i++)
        final_part(ck, &ck->parts[i]);
}
