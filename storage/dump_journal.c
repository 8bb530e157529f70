/* Our journal files. A file is a ring's part that is written again and again, so it may hold blocks of
 * several rounds and generations: what counts of it only a checkpoint and replay can tell (millrace verify).
 * Here every block that can be read is shown in the order of the bytes. */
#include "core/crc32c.h"
#include "storage/compact_swap.h"
#include "storage/dump_priv.h"
#include "storage/format.h"
#include "storage/names.h"

enum {
    LEAST_UNIT = 512, /* of blocks; the real one is in the checkpoint, and a multiple of it */
    APPEND_HEAD = PART_KEY_BYTES + 4,
    PENDING_MAX = 16,
};

struct block {
    uint64_t pos;
    uint32_t length, entries, crc, prev_crc;
    uint64_t generation, sequence, flushed, file;
    uint16_t format, shard;
};

struct journal_walk {
    struct dump *d;
    bool any;
    struct block last;             /* good one */
    struct block bad[PENDING_MAX]; /* since `last`, in order: torn or damaged */
    uint32_t bad_count;
};

static void block_read(const uint8_t *h, uint64_t pos, struct block *ret)
{
    *ret = (struct block){.pos = pos,
                          .format = mr_get16(h + 4),
                          .shard = mr_get16(h + 6),
                          .generation = mr_get64(h + 8),
                          .sequence = mr_get64(h + 16),
                          .length = mr_get32(h + 24),
                          .crc = mr_get32(h + 28),
                          .prev_crc = mr_get32(h + 32),
                          .entries = mr_get32(h + 36),
                          .flushed = mr_get64(h + 40),
                          .file = mr_get64(h + 48)};
}

static int block_crc(struct dump *d, const struct block *b, const uint8_t *h, uint32_t *ret)
{
    uint8_t head[JBLOCK_HEAD];
    memcpy(head, h, JBLOCK_HEAD);
    memset(head + 28, 0, 4);
    *ret = crc32c(0, head, JBLOCK_HEAD);
    return source_crc(&d->src, b->pos + JBLOCK_HEAD, b->length - JBLOCK_HEAD, ret);
}

/* ---- entries ---- */

static void entry_batches(struct dump *d, uint64_t pos, uint64_t end)
{
    while (pos < end && d->failed == 0) {
        struct kw_batch_header h;
        uint64_t bytes;
        int what = dump_batch_at(d, pos, end, &h, &bytes);
        if (what != 1) {
            dump_problem(d, pos, end, "these bytes of an APPEND entry are no batch");
            return;
        }
        (void)dump_batch(d, 2, pos, &h, bytes);
        pos += bytes;
    }
}

/* The key and the number that begins a body; less than head bytes were announced: false. */
static bool body_head(struct dump *d, uint64_t pos, uint32_t bytes, uint32_t head, const uint8_t **ret)
{
    int err = bytes < head ? -MR_E_CORRUPT : source_get(&d->src, pos, head, ret);
    if (err == 0)
        return true;
    dump_problem(d, pos, pos + bytes, "the entry cannot be read: %s", mr_err_text(err));
    return false;
}

static void entry_line(struct dump *d, uint32_t number, const char *type, const uint8_t *body, uint32_t bytes)
{
    struct part_key key = part_key_get(body);
    line_begin(d, 1);
    line_put(d, "entry: %u type: %s topicId: ", number, type);
    line_uuid(d, key.topic);
    line_put(d, " partition: %d size: %u", key.partition, bytes);
}

static void journal_entry(struct dump *d, uint32_t number, uint8_t type, uint8_t flags, uint64_t pos,
                          uint32_t bytes)
{
    const uint8_t *p;
    switch (type) {
    case JENTRY_APPEND:
        if (!body_head(d, pos, bytes, APPEND_HEAD, &p))
            return;
        entry_line(d, number, "APPEND", p, bytes);
        line_put(d, " leaderEpoch: %d newSegment: %s", (int32_t)mr_get32(p + PART_KEY_BYTES),
                 flags & JENTRY_ROLL ? "true" : "false");
        d->topic = d->cfg->records ? dump_topic_of(d, part_key_get(p)) : TOPIC_OTHER;
        line_end(d);
        entry_batches(d, pos + APPEND_HEAD, pos + bytes);
        return;
    case JENTRY_OPEN:
    case JENTRY_TRUNCATE:
        if (!body_head(d, pos, bytes, PART_KEY_BYTES, &p))
            return;
        entry_line(d, number, type == JENTRY_OPEN ? "OPEN" : "TRUNCATE", p, bytes);
        line_end(d);
        dump_part_record(d, 2, pos + PART_KEY_BYTES, bytes - PART_KEY_BYTES);
        return;
    case JENTRY_LOG_START:
        if (!body_head(d, pos, bytes, PART_KEY_BYTES + 8, &p))
            return;
        entry_line(d, number, "LOG_START", p, bytes);
        line_put(d, " logStartOffset: %lld", (long long)mr_get64(p + PART_KEY_BYTES));
        line_put(d, " newSegment: %s", flags & JENTRY_ROLL ? "true" : "false");
        line_end(d);
        return;
    case JENTRY_REPLACE:
        if (!body_head(d, pos, bytes, REPLACE_BODY_BYTES, &p))
            return;
        entry_line(d, number, "REPLACE", p, bytes);
        line_put(d, " baseOffset: %lld lastBaseOffset: %lld compacted: %u segmentSize: %llu",
                 (long long)mr_get64(p + 20), (long long)mr_get64(p + 28), mr_get32(p + 36),
                 (unsigned long long)mr_get64(p + 44));
        line_end(d);
        return;
    case JENTRY_REMOVE:
        if (!body_head(d, pos, bytes, (uint32_t)mr_min(bytes, PART_KEY_BYTES + TOPIC_BYTES_MAX), &p) ||
            bytes < PART_KEY_BYTES)
            return;
        entry_line(d, number, "REMOVE", p, bytes);
        line_put(d, " topic: ");
        line_text(d, (struct mr_slice){p + PART_KEY_BYTES, mr_min(bytes - PART_KEY_BYTES, TOPIC_BYTES_MAX)},
                  TOPIC_BYTES_MAX);
        line_end(d);
        return;
    default:
        line_begin(d, 1);
        line_put(d, "entry: %u type: %u size: %u", number, type, bytes);
        line_end(d);
        dump_problem(d, pos, pos + bytes, "an entry of type %u, not known here", type);
    }
}

static void block_entries(struct dump *d, const struct block *b)
{
    uint64_t pos = b->pos + JBLOCK_HEAD, end = b->pos + b->length;
    for (uint32_t n = 0; n < b->entries && d->failed == 0; n++) {
        const uint8_t *p;
        uint32_t body = 0;
        int err = pos + JENTRY_HEAD > end ? -MR_E_CORRUPT : source_get(&d->src, pos, JENTRY_HEAD, &p);
        if (err == 0) {
            body = mr_get32(p + 4);
            err = body < PART_KEY_BYTES || body > end - pos - JENTRY_HEAD ? -MR_E_CORRUPT : 0;
        }
        if (err != 0) {
            dump_problem(d, pos, end, "entry %u cannot be read: %s", n, mr_err_text(err));
            return;
        }
        journal_entry(d, n, p[0], p[1], pos + JENTRY_HEAD, body);
        pos += JENTRY_HEAD + mr_round_up(body, 8);
    }
}

/* ---- blocks ---- */

static void block_line(struct journal_walk *w, const struct block *b, bool valid)
{
    struct dump *d = w->d;
    bool follows = w->any && b->sequence == w->last.sequence + 1 && b->prev_crc == w->last.crc;
    line_begin(d, 0);
    line_put(d,
             "sequence: %llu generation: %llu shard: %u logicalFile: %llu position: %llu size: %u entries: "
             "%u",
             (unsigned long long)b->sequence, (unsigned long long)b->generation, b->shard,
             (unsigned long long)b->file, (unsigned long long)b->pos, b->length, b->entries);
    line_put(d, " flushedSequence: %llu prevCrc: %u follows: %s crc: %u isvalid: %s",
             (unsigned long long)b->flushed, b->prev_crc, follows ? "true" : "false", b->crc,
             valid ? "true" : "false");
    line_end(d);
}

/* Blocks that do not fit their checksum: torn at the place where a crash, or this look, found the broker;
 * overwritten there by one of the next round of which the beginning was lost; or damaged. The last is certain
 * when the rounds before and behind agree that the block belongs between them and was flushed. The journals
 * of a directory that was closed are void, whatever they hold. */
static void settle_bad(struct journal_walk *w, const struct block *next)
{
    for (uint32_t i = 0; i < w->bad_count; i++) {
        const struct block *b = &w->bad[i];
        bool flushed = next != NULL && next->sequence > b->sequence && next->flushed >= b->sequence &&
                       (!w->any || w->last.sequence < b->sequence);
        if (flushed)
            dump_problem(w->d, b->pos, b->pos + b->length,
                         "block %llu is damaged: block %llu says that it was flushed",
                         (unsigned long long)b->sequence, (unsigned long long)next->sequence);
        else
            dump_doubt(w->d, dump_dir_state(w->d) != DIR_UNKNOWN, b->pos, b->pos + b->length,
                       "block %llu does not fit its checksum: torn or damaged",
                       (unsigned long long)b->sequence);
    }
    w->bad_count = 0;
}

/* Bytes to go on by. */
static uint64_t one_block(struct journal_walk *w, uint64_t pos, const uint8_t *h)
{
    struct dump *d = w->d;
    struct block b;
    uint32_t crc = 0;
    block_read(h, pos, &b);
    if (b.format != JBLOCK_FORMAT) {
        dump_problem(d, pos, 0, "a block of format %u, not known here", b.format);
        return LEAST_UNIT;
    }
    bool fits = b.length >= JBLOCK_HEAD && b.length <= d->src.size - pos;
    int err = fits ? block_crc(d, &b, h, &crc) : 0;
    bool valid = fits && err == 0 && crc == b.crc;
    block_line(w, &b, valid);
    if (err != 0) {
        dump_problem(d, pos, pos + b.length, "block %llu cannot be read: %s", (unsigned long long)b.sequence,
                     mr_err_text(err));
        return LEAST_UNIT;
    }
    if (valid || w->bad_count == PENDING_MAX)
        settle_bad(w, valid ? &b : NULL);
    if (!valid) {
        b.length = (uint32_t)mr_min(b.length, d->src.size - pos);
        w->bad[w->bad_count++] = b;
        return LEAST_UNIT;
    }
    if (d->cfg->entries || d->cfg->records)
        block_entries(d, &b);
    w->any = true;
    w->last = b;
    return mr_round_up(b.length, LEAST_UNIT);
}

void dump_journal(struct dump *d)
{
    struct journal_walk w = {.d = d};
    uint64_t pos = 0;
    while (pos + JBLOCK_HEAD <= d->src.size && d->failed == 0) {
        const uint8_t *p;
        uint8_t head[JBLOCK_HEAD];
        int err = source_get(&d->src, pos, JBLOCK_HEAD, &p);
        if (err != 0) {
            uint64_t next = mr_round_up(pos + 1, SOURCE_UNIT);
            dump_problem(d, pos, next, "cannot be read: %s", mr_err_text(err));
            pos = next;
        } else if (mr_get32(p) == JBLOCK_MAGIC) {
            memcpy(head, p, JBLOCK_HEAD); /* the window moves on */
            pos += one_block(&w, pos, head);
        } else {
            pos += LEAST_UNIT;
        }
    }
    settle_bad(&w, NULL);
}
