/* What the journals of a crashed directory hold, block by block, as far as each can be read by itself: replay
 * stops at the first damaged block, this goes on behind it. */
#include <stdio.h>
#include <stdlib.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/salvage_priv.h"
#include "storage/store_priv.h"

enum { UNIT_LEAST = 512, SHARDS_MAX = 64, BLOCK_BYTES_MAX = INT32_MAX, APPEND_HEAD = PART_KEY_BYTES + 4 };

struct block {
    uint64_t sequence, generation, flushed, pos;
    uint32_t file, length, entries;
};

struct shard_journal {
    struct salvage *s;
    uint32_t shard;
    bool have; /* a checkpoint */
    struct checkpoint_image image;
    struct block *items;
    uint32_t count, cap;
};

struct salvage_tail *salvage_tail(struct salvage *s, struct part_key key)
{
    char bytes[PART_KEY_BYTES];
    part_key_put((uint8_t *)bytes, key);
    return smap_get(&s->tails, (struct mr_str){bytes, sizeof(bytes)});
}

static struct salvage_tail *tail_of(struct salvage *s, struct part_key key)
{
    struct salvage_tail *t = salvage_tail(s, key);
    if (t != NULL)
        return t;
    t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return NULL;
    t->key = key;
    part_key_put((uint8_t *)t->key_bytes, key);
    if (smap_put(&s->tails, (struct mr_str){t->key_bytes, PART_KEY_BYTES}, t) == 0)
        return t;
    mem_free(t);
    return NULL;
}

static int add_extent(struct salvage_tail *t, const struct salvage_extent *e)
{
    if (t->count == t->cap) {
        uint32_t cap = t->cap == 0 ? 16 : t->cap * 2;
        void *grown = mem_realloc(t->items, (size_t)cap * sizeof(*t->items));
        if (grown == NULL)
            return -ENOMEM;
        t->items = grown;
        t->cap = cap;
    }
    t->items[t->count++] = *e;
    return 0;
}

/* ---- blocks ---- */

static int add_block(struct shard_journal *j, const struct block *b)
{
    if (j->count == j->cap) {
        uint32_t cap = j->cap == 0 ? 256 : j->cap * 2;
        void *grown = mem_realloc(j->items, (size_t)cap * sizeof(*j->items));
        if (grown == NULL)
            return -ENOMEM;
        j->items = grown;
        j->cap = cap;
    }
    j->items[j->count++] = *b;
    return 0;
}

/* 1: a whole block of this shard that may count. */
static int block_at(struct shard_journal *j, uint32_t file, uint64_t pos, struct block *ret)
{
    struct source *src = &j->s->journals[file];
    const uint8_t *h;
    uint8_t head[JBLOCK_HEAD];
    if (source_get(src, pos, JBLOCK_HEAD, &h) != 0 || mr_get32(h) != JBLOCK_MAGIC ||
        mr_get16(h + 4) != JBLOCK_FORMAT || mr_get16(h + 6) != j->shard)
        return 0;
    *ret = (struct block){.sequence = mr_get64(h + 16),
                          .generation = mr_get64(h + 8),
                          .flushed = mr_get64(h + 40),
                          .pos = pos,
                          .file = file,
                          .length = mr_get32(h + 24),
                          .entries = mr_get32(h + 36)};
    uint32_t want = mr_get32(h + 28);
    if (ret->length < JBLOCK_HEAD || ret->length > src->size - pos ||
        (j->have && (ret->sequence < j->image.mark.sequence || ret->generation < j->image.mark.generation)))
        return 0;
    memcpy(head, h, JBLOCK_HEAD);
    memset(head + 28, 0, 4);
    uint32_t crc = crc32c(0, head, JBLOCK_HEAD);
    return source_crc(src, pos + JBLOCK_HEAD, ret->length - JBLOCK_HEAD, &crc) == 0 && crc == want;
}

static int find_blocks(struct shard_journal *j)
{
    struct salvage *s = j->s;
    int err = 0;
    for (uint32_t f = 0; f < s->journal_count && err == 0; f++) {
        for (uint64_t pos = 0; pos + JBLOCK_HEAD <= s->journals[f].size && err == 0;) {
            struct block b;
            bool found = block_at(j, f, pos, &b);
            if (found)
                err = add_block(j, &b);
            pos += found ? mr_round_up(b.length, UNIT_LEAST) : UNIT_LEAST;
        }
    }
    return err;
}

static int by_sequence(const void *a, const void *b)
{
    const struct block *x = a, *y = b;
    if (x->sequence != y->sequence)
        return x->sequence < y->sequence ? -1 : 1;
    return x->generation > y->generation ? -1 : x->generation < y->generation;
}

/* In order; without copies, and without those that a later start wrote over: a smaller sequence of a later
 * generation exists. */
static void sort_blocks(struct shard_journal *j)
{
    uint32_t kept = 0;
    uint64_t newest = 0;
    if (j->count > 0)
        qsort(j->items, j->count, sizeof(*j->items), by_sequence);
    for (uint32_t i = 0; i < j->count; i++) {
        const struct block *b = &j->items[i];
        if (b->generation < newest || (kept > 0 && j->items[kept - 1].sequence == b->sequence))
            continue;
        newest = b->generation;
        j->items[kept++] = *b;
    }
    j->count = kept;
}

/* Sequences that are missing below what was flushed: the blocks are damaged. What stands behind one that is
 * missing above it was in flight beside that one, and nobody was told of it: as for a start it does not
 * count.
 */
static void say_missing(struct shard_journal *j)
{
    uint64_t next = j->have ? j->image.mark.sequence : j->count > 0 ? j->items[0].sequence : 0;
    uint64_t flushed = j->have ? j->image.flushed_sequence : 0;
    for (uint32_t i = 0; i < j->count; i++)
        flushed = mr_max(flushed, j->items[i].flushed);
    for (uint32_t i = 0; i <= j->count; i++) {
        uint64_t at = i < j->count ? j->items[i].sequence : flushed + 1;
        if (at > next && next > flushed) {
            j->count = i;
            return;
        }
        if (at > next)
            salvage_say(j->s, true,
                        "lost journal of shard %u blocks %llu to %llu: what they held of any partition",
                        j->shard, (unsigned long long)next, (unsigned long long)at - 1);
        next = at + 1;
    }
}

/* ---- entries ---- */

static int take_batches(struct salvage *s, const struct block *b, const struct part_key *key, uint64_t pos,
                        struct mr_slice batches)
{
    struct mr_slice rest = batches;
    struct kw_batch batch;
    struct salvage_tail *t = tail_of(s, *key);
    int err = t == NULL ? -ENOMEM : 0;
    while (err == 0 && batch_next(&rest, &batch) == 1) {
        if (batch_check(&batch) != 0 || !batch_likely(&batch.h, batch.bytes.len, batch.h.base_offset)) {
            salvage_say(s, true, "lost journal block %llu: what it has of offset %lld is no batch",
                        (unsigned long long)b->sequence, (long long)batch.h.base_offset);
            continue;
        }
        err = add_extent(t, &(struct salvage_extent){.base = batch.h.base_offset,
                                                     .last = batch_last_offset(&batch.h),
                                                     .pos = pos + (uint64_t)(batch.bytes.ptr - batches.ptr),
                                                     .file = b->file,
                                                     .bytes = (uint32_t)batch.bytes.len});
    }
    return err;
}

/* What was appended before it, at or beyond its end, is cut off. */
static int take_truncation(struct salvage *s, const struct block *b, uint32_t number,
                           const struct part_key *key, struct mr_slice record)
{
    struct salvage_tail *t = salvage_tail(s, *key);
    struct part_key same;
    struct mr_str topic;
    if (precord_peek(record, &same, &topic) != 0 || !part_key_eq(same, *key))
        return -MR_E_CORRUPT;
    int64_t end = (int64_t)mr_get64(record.ptr + 40);
    uint32_t kept = 0;
    for (uint32_t i = 0; t != NULL && i < t->count; i++) {
        if (t->items[i].base < end)
            t->items[kept++] = t->items[i];
    }
    if (t != NULL)
        t->count = kept;
    return bounds_truncate(&s->bounds, b->sequence, number, record);
}

static int take_entry(struct salvage *s, const struct block *b, uint32_t number, uint8_t type, uint64_t pos,
                      struct mr_slice body)
{
    struct part_key key = part_key_get(body.ptr);
    struct mr_slice more = {body.ptr + PART_KEY_BYTES, body.len - PART_KEY_BYTES};
    if (type == JENTRY_APPEND && body.len > APPEND_HEAD)
        return take_batches(s, b, &key, pos + APPEND_HEAD,
                            (struct mr_slice){body.ptr + APPEND_HEAD, body.len - APPEND_HEAD});
    if (type == JENTRY_OPEN)
        return bounds_add(&s->bounds, more);
    if (type == JENTRY_TRUNCATE)
        return take_truncation(s, b, number, &key, more);
    if (type == JENTRY_REMOVE)
        return bounds_remove(&s->bounds, key, (struct mr_str){(const char *)more.ptr, more.len});
    if (type == JENTRY_REPLACE)
        return bounds_replace(&s->bounds, key, b->sequence, number, body);
    if (type == JENTRY_LOG_START && more.len >= 8)
        bounds_start(&s->bounds, key, (int64_t)mr_get64(more.ptr));
    return 0;
}

static int take_block(struct salvage *s, const struct block *b, struct mr_scratch *bytes)
{
    scratch_reset(bytes, 1 << 20);
    int err = source_copy(&s->journals[b->file], b->pos, b->length, bytes);
    if (err != 0)
        return err == -ENOMEM ? err : 0;
    uint64_t at = JBLOCK_HEAD;
    for (uint32_t n = 0; n < b->entries && at + JENTRY_HEAD <= b->length; n++) {
        const uint8_t *e = bytes->data + at;
        uint32_t body = mr_get32(e + 4);
        if (body < PART_KEY_BYTES || body > b->length - at - JENTRY_HEAD)
            break;
        err = take_entry(s, b, n, e[0], b->pos + at + JENTRY_HEAD, (struct mr_slice){e + JENTRY_HEAD, body});
        if (err == -ENOMEM)
            return err;
        at += JENTRY_HEAD + mr_round_up(body, 8);
    }
    return 0;
}

static int take_records(struct salvage *s, const struct checkpoint_image *image)
{
    uint64_t at = 0;
    uint32_t n = 0;
    struct mr_slice record;
    while (checkpoint_record(image, &at, &n, &record) == 1) {
        if (bounds_add(&s->bounds, record) == -ENOMEM)
            return -ENOMEM;
    }
    return 0;
}

/* ---- all of it ---- */

static int take_shard(struct salvage *s, uint32_t shard)
{
    struct shard_journal j = {.s = s, .shard = shard};
    struct mr_scratch bytes;
    int err = checkpoint_load(s->io, s->from, shard, &j.image);
    if (err == -ENOMEM)
        return err;
    j.have = err == 0;
    bool of_this_session = !j.have || s->session == 0 || j.image.session == s->session;
    err = j.have && of_this_session ? take_records(s, &j.image) : 0;
    if (j.have)
        buf_unref(j.image.whole);
    scratch_init(&bytes, BLOCK_BYTES_MAX);
    char why[SEGMENT_PATH_MAX + 128];
    if (err == 0 && j.have && of_this_session &&
        journal_files_check(s->io, s->from, shard, j.image.files, j.image.file_bytes, why, sizeof(why)) ==
            -MR_E_CORRUPT)
        salvage_say(s, true, "lost %s", why);
    if (err == 0 && of_this_session)
        err = find_blocks(&j);
    sort_blocks(&j);
    s->journals_whole &= j.have;
    if (!j.have && j.count > 0)
        salvage_say(s, false,
                    "checkpoint of shard %u is damaged or missing: all blocks of its journal are looked at",
                    shard);
    if (of_this_session)
        say_missing(&j);
    for (uint32_t i = 0; i < j.count && err == 0; i++)
        err = take_block(s, &j.items[i], &bytes);
    scratch_done(&bytes);
    mem_free(j.items);
    return err;
}

static int by_base(const void *a, const void *b)
{
    const struct salvage_extent *x = a, *y = b;
    return x->base < y->base ? -1 : x->base > y->base;
}

int salvage_journals(struct salvage *s, const struct names *files)
{
    uint32_t shards = 0, lost_before = s->report.losses;
    s->journals_whole = true;
    s->journals = mem_zalloc(files->count + 1, sizeof(*s->journals));
    if (s->journals == NULL)
        return -ENOMEM;
    for (uint32_t i = 0; i < files->count; i++) {
        unsigned shard;
        char path[SEGMENT_PATH_MAX];
        if (sscanf(files->items[i], "millrace-checkpoint-%u-", &shard) == 1 && shard < SHARDS_MAX)
            shards = (uint32_t)mr_max(shards, shard + 1);
        if (sscanf(files->items[i], "millrace-journal-%u-", &shard) != 1 || shard >= SHARDS_MAX)
            continue;
        shards = (uint32_t)mr_max(shards, shard + 1);
        snprintf(path, sizeof(path), "%s/%s", s->from, files->items[i]);
        int err = source_open(&s->journals[s->journal_count], s->io, path);
        if (err == -ENOMEM)
            return err;
        if (err == 0)
            s->journal_count++;
        else
            salvage_say(s, true, "lost %s: %s", path, mr_err_text(err));
    }
    int err = 0;
    for (uint32_t i = 0; i < shards && err == 0; i++)
        err = take_shard(s, i);
    s->journals_whole &= shards > 0 && s->report.losses == lost_before;
    uint32_t at = 0;
    for (struct salvage_tail *t; (t = smap_next(&s->tails, &at)) != NULL;)
        qsort(t->items, t->count, sizeof(*t->items), by_base);
    return err;
}
