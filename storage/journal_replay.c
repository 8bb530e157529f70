#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "core/scratch.h"
#include "storage/journal_priv.h"

enum {
    KEEP_WINDOW_BYTES = 64 * 1024,
    READ_WINDOW_BYTES = 4 << 20,
    READ_PIECE_BYTES = 512 * 1024,
    READ_PIECES = 8, /* at once */
};

/* Reads blocks in order, and puts them into chunks, so that what is still needed after replay is already in
 * the tail cache; looking ahead, it keeps nothing. */
struct replay {
    struct journal *j;
    const struct journal_handler *handler;
    bool ahead;           /* this one looks ahead */
    bool looked;          /* somebody has looked ahead for this one */
    struct jchunk *chunk; /* that is being filled; not when looking ahead */
    struct mr_buf *buf;   /* holds file bytes [at, at + got) */
    uint64_t in, at, got;
    uint64_t window;     /* read at least this much at a time */
    uint64_t file, pos;  /* behind the last good block */
    uint64_t sequence;   /* expected next */
    uint64_t generation; /* of the last good block, or the mark's */
    uint32_t prev_crc;
    uint64_t flushed_sequence; /* the highest that some block or the checkpoint says was flushed */
    /* Two places, one behind the other: every block before the first is said to have been flushed. */
    struct journal_mark doubt, doubt_next;
    bool kept; /* what nobody says was flushed has been kept */
};

/* In place of a logical file: the file of kept blocks. */
static const uint64_t kept_file = UINT64_MAX;

/* The next block, and where the one behind it will be. */
struct next_block {
    uint64_t in, at; /* where its bytes are */
    uint32_t length;
    uint64_t file, end;
};

static int run(struct replay *r, char *why, size_t why_bytes);
static int keep(struct replay *r);

static void drop_chunk(struct replay *r)
{
    struct jchunk *chunk = r->chunk;
    r->chunk = NULL;
    if (chunk == NULL)
        return;
    chunk->blocks_out = 0;
    journal_chunk_put(r->j, chunk);
}

static void drop_buffer(struct replay *r)
{
    if (r->buf != NULL)
        buf_unref(r->buf);
    r->buf = NULL;
    r->got = 0;
    drop_chunk(r);
}

/* ---- memory ---- */

/* What is in the way is written to its segments, and that is waited for; but before anything is written, what
 * the rest of the journal says of it must be known. 0: look whether there is room now. */
static int make_room(struct replay *r)
{
    struct journal *j = r->j;
    if (r->looked)
        return j->failed != 0 ? j->failed : r->handler->reclaim(r->handler->ctx);
    char why[8]; /* what is wrong there is said when replay comes to it */
    struct replay ahead = *r;
    ahead.ahead = r->looked = true;
    ahead.chunk = NULL;
    ahead.buf = NULL;
    ahead.got = 0;
    int err = run(&ahead, why, sizeof(why));
    if (err == 0) /* files will be written that build on it */
        err = keep(&ahead);
    r->kept = true;
    drop_buffer(&ahead);
    return err;
}

/* Room for a block of length bytes behind the one before, or in a new chunk. */
static int chunk_for(struct replay *r, uint32_t length)
{
    struct journal *j = r->j;
    if (r->chunk != NULL && r->chunk->used + (uint64_t)length <= r->chunk->buf->cap)
        return 0;
    drop_chunk(r);
    r->chunk = journal_chunk_replayed(j, length);
    int err = 0;
    while (r->chunk == NULL && err == 0) {
        bool room = journal_memory(j, length);
        if (room)
            r->chunk = journal_chunk_new(j, length);
        if (r->chunk == NULL)
            err = room ? -ENOMEM : make_room(r);
    }
    return err;
}

/* The block moves into the tail cache, where it takes no more room than its bytes. */
static int take_block(struct replay *r, const uint8_t *block, uint32_t length, const uint8_t **ret)
{
    int err = chunk_for(r, length);
    if (err != 0)
        return err;
    struct jchunk *chunk = r->chunk;
    uint8_t *to = chunk->buf->data + chunk->used;
    memcpy(to, block, length);
    chunk->used = (uint32_t)mr_min(mr_round_up(chunk->used + (uint64_t)length, 8), chunk->buf->cap);
    *ret = to;
    return 0;
}

/* ---- reading ---- */

static uint64_t file_bytes(const struct journal *j, uint64_t file)
{
    return file == kept_file ? j->kept.bytes : j->cfg.file_bytes;
}

/* Several reads side by side, for all that the buffer lacks up to bytes. How many came, one behind the other;
 * or the error, if that stands first. */
static int64_t read_pieces(struct replay *r, uint64_t bytes)
{
    struct journal *j = r->j;
    struct mr_file f = r->in == kept_file ? j->kept.file : journal_file(j, r->in);
    struct mr_op ops[READ_PIECES];
    uint32_t count = 0;
    int64_t got = 0;
    for (uint64_t at = r->got; at < bytes && count < READ_PIECES; at += READ_PIECE_BYTES, count++) {
        op_init(&ops[count], NULL);
        io_read(j->io, &ops[count], f, r->buf->data + at, mr_min(bytes - at, READ_PIECE_BYTES), r->at + at);
    }
    bool whole = true;
    for (uint32_t i = 0; i < count; i++) {
        int64_t n = io_wait(j->io, &ops[i]);
        if (!whole || got < 0)
            continue;
        if (n >= 0 && r->in != kept_file) /* direct */
            n = (int64_t)mr_round_down((uint64_t)n, SEGMENT_UNIT);
        whole = n == (int64_t)READ_PIECE_BYTES;
        got = n >= 0 ? got + n : got > 0 ? got : n;
    }
    return got;
}

/* Have at least want bytes from pos of the file in memory; fewer only at the end of the file. */
static int load(struct replay *r, uint64_t file, uint64_t pos, uint64_t want)
{
    if (r->buf != NULL && r->in == file && pos >= r->at && pos + want <= r->at + r->got)
        return 0;
    uint64_t at = mr_round_down(pos, SEGMENT_UNIT);
    uint64_t bytes = mr_round_up(mr_max(want + pos - at, r->window), SEGMENT_UNIT);
    bytes = mr_min(bytes, file_bytes(r->j, file) - at);
    uint64_t kept = r->buf != NULL && r->in == file && at >= r->at && at < r->at + r->got
                        ? mr_min(r->at + r->got - at, bytes)
                        : 0;
    struct mr_buf *before = r->buf;
    uint64_t from = kept > 0 ? at - r->at : 0;
    r->got = 0;
    if (before == NULL || before->cap < bytes) {
        r->buf = buf_new(bytes, SEGMENT_UNIT, r->j->cfg.shard->id);
        if (r->buf == NULL) {
            r->buf = before;
            return -ENOMEM;
        }
    }
    if (kept > 0)
        memmove(r->buf->data, before->data + from, kept);
    if (before != NULL && before != r->buf)
        buf_unref(before);
    r->in = file;
    r->at = at;
    r->got = kept;
    while (r->got < bytes) {
        int64_t n = read_pieces(r, bytes);
        if (n < 0 && r->at + r->got < pos + want)
            return (int)n;
        if (n <= 0)
            break; /* what cannot be read may be nothing that is needed */
        r->got += (uint64_t)n;
    }
    return 0;
}

static const uint8_t *bytes_at(const struct replay *r, uint64_t pos)
{
    return r->buf->data + (pos - r->at);
}

/* Is there a whole, undamaged block at pos, of a sequence >= floor and not of an earlier generation? 1 yes, 0
 * no, negative: I/O error. */
static int block_at(struct replay *r, uint64_t file, uint64_t pos, uint64_t floor, uint32_t *ret_length)
{
    const struct journal *j = r->j;
    if (pos + j->cfg.unit > file_bytes(j, file))
        return 0;
    int err = load(r, file, pos, j->cfg.unit);
    if (err != 0)
        return err;
    if (r->got < pos - r->at + JBLOCK_HEAD)
        return 0;
    const uint8_t *h = bytes_at(r, pos);
    uint32_t length = mr_get32(h + 24);
    if (mr_get32(h) != JBLOCK_MAGIC || mr_get16(h + 4) != JBLOCK_FORMAT ||
        mr_get16(h + 6) != j->cfg.shard->id || (file != kept_file && mr_get64(h + 48) != file) ||
        mr_get64(h + 16) < floor || mr_get64(h + 8) < r->generation || mr_get64(h + 8) > j->generation ||
        length < JBLOCK_HEAD || length > file_bytes(j, file) - pos)
        return 0;
    err = load(r, file, pos, length);
    if (err != 0)
        return err;
    if (r->at + r->got < pos + length)
        return 0;
    h = bytes_at(r, pos);
    uint8_t head[JBLOCK_HEAD];
    memcpy(head, h, JBLOCK_HEAD);
    memset(head + 28, 0, 4);
    uint32_t crc = crc32c(crc32c(0, head, JBLOCK_HEAD), h + JBLOCK_HEAD, length - JBLOCK_HEAD);
    if (crc != mr_get32(h + 28))
        return 0;
    *ret_length = length;
    return 1;
}

/* h: the block, where its bytes stay. */
static int each_entry(struct replay *r, const uint8_t *h, uint32_t length)
{
    const struct journal_handler *handler = r->handler;
    uint32_t entries = mr_get32(h + 36);
    uint64_t at = JBLOCK_HEAD;
    for (uint32_t n = 0; n < entries; n++) {
        if (at + JENTRY_HEAD > length)
            return -MR_E_CORRUPT;
        uint32_t body = mr_get32(h + at + 4);
        if (body < PART_KEY_BYTES || body > length - at - JENTRY_HEAD)
            return -MR_E_CORRUPT;
        struct journal_entry e = {
            .type = (enum jentry_type)h[at],
            .flags = h[at + 1],
            .key = part_key_get(h + at + JENTRY_HEAD),
            .body = {h + at + JENTRY_HEAD, body},
            .chunk = r->chunk,
            .sequence = r->sequence,
            .number = n,
        };
        int err = r->ahead ? handler->ahead(handler->ctx, &e) : handler->each(handler->ctx, &e);
        if (err != 0)
            return err;
        at += JENTRY_HEAD + mr_round_up(body, 8);
    }
    return 0;
}

/* After the last good block nothing newer may exist that says the missing one was flushed: then that one is
 * damaged, not torn. (One group is in flight at a time, so with flushes any newer block says so.) 1: damage.
 */
static int newer_exists(struct replay *r)
{
    struct journal *j = r->j;
    for (uint64_t f = r->file; f <= r->file + 1; f++) {
        for (uint64_t p = f == r->file ? r->pos + j->cfg.unit : 0; p + j->cfg.unit <= j->cfg.file_bytes;
             p += j->cfg.unit) {
            int err = load(r, f, p, j->cfg.unit);
            if (err != 0)
                return err;
            if (r->got < p - r->at + JBLOCK_HEAD)
                break;
            if (mr_get32(bytes_at(r, p)) != JBLOCK_MAGIC)
                continue;
            uint32_t length;
            int found = block_at(r, f, p, r->sequence + 1, &length);
            if (found < 0)
                return found;
            if (found > 0 && mr_get64(bytes_at(r, p) + 40) >= r->sequence)
                return 1;
        }
    }
    return 0;
}

/* The ring may have gone round since the mark: then it is not the newest checkpoint's, which is damaged.
 * Every file of the ring begins with a block. 1: one of them is newer than all that was replayed, and what
 * that built on is gone. */
static int ring_went_on(struct replay *r)
{
    struct journal *j = r->j;
    for (uint32_t n = 0; n < j->cfg.files; n++) {
        uint32_t length;
        int err = load(r, n, 0, j->cfg.unit);
        if (err != 0)
            return err;
        const uint8_t *h = r->buf->data;
        if (r->got < JBLOCK_HEAD || mr_get32(h) != JBLOCK_MAGIC || mr_get64(h + 48) <= r->file + 1 ||
            mr_get64(h + 48) % j->cfg.files != n)
            continue;
        int found = block_at(r, mr_get64(h + 48), 0, r->sequence + 1, &length);
        if (found < 0)
            return found;
        if (found > 0 && mr_get64(bytes_at(r, 0) + 40) >= r->sequence)
            return 1;
    }
    return 0;
}

static bool continues(const struct replay *r, const uint8_t *h)
{
    return mr_get64(h + 16) == r->sequence && mr_get32(h + 32) == r->prev_crc;
}

/* Where in the ring a block has its place that stands elsewhere; h: its head. */
static void place_of_kept(const struct replay *r, const uint8_t *h, struct next_block *ret)
{
    ret->file = mr_get64(h + 48);
    ret->end = (ret->file == r->file ? r->pos : 0) + mr_round_up(ret->length, r->j->cfg.unit);
}

/* The next block: in its place; where it stands when it did not fit there, at the start of the next file; or,
 * when its place does not have it, among those that were kept. 1, 0 (the end, or damage: told apart by
 * newer_exists()), or an I/O error. ret->file is set in any case. */
static int next_block(struct replay *r, struct next_block *ret)
{
    const struct journal *j = r->j;
    *ret = (struct next_block){.in = r->file, .at = r->pos, .file = r->file};
    int found = block_at(r, ret->in, ret->at, r->sequence, &ret->length);
    if (found == 0) {
        ret->in = ret->file = r->file + 1;
        ret->at = 0;
        found = block_at(r, ret->in, ret->at, r->sequence, &ret->length);
    }
    if (found < 0)
        return found;
    if (found > 0 && continues(r, bytes_at(r, ret->at))) {
        ret->end = ret->at + mr_round_up(ret->length, j->cfg.unit);
        return 1;
    }
    const struct kept_block *kept = journal_kept_find(j, r->sequence, r->prev_crc);
    if (kept == NULL)
        return 0;
    ret->in = kept_file;
    ret->at = kept->pos;
    found = block_at(r, ret->in, ret->at, r->sequence, &ret->length);
    if (found <= 0)
        return found;
    const uint8_t *h = bytes_at(r, ret->at);
    place_of_kept(r, h, ret);
    return continues(r, h) && (ret->file == r->file || ret->file == r->file + 1) &&
           ret->end <= j->cfg.file_bytes;
}

/* Behind a block that counts; h is its head. */
static void step(struct replay *r, const struct next_block *b, const uint8_t *h)
{
    struct journal_mark before = {.file = r->file,
                                  .pos = r->pos,
                                  .sequence = r->sequence,
                                  .generation = r->generation,
                                  .prev_crc = r->prev_crc};
    r->flushed_sequence = mr_max(r->flushed_sequence, mr_get64(h + 40));
    if (r->doubt_next.sequence <= r->flushed_sequence + 1) {
        r->doubt = r->doubt_next;
        r->doubt_next = before;
    }
    r->file = b->file;
    r->pos = b->end;
    r->prev_crc = mr_get32(h + 28);
    r->generation = mr_get64(h + 8);
    r->sequence++;
}

/* Block after block, until there is none. 0 or an error. */
static int run(struct replay *r, char *why, size_t why_bytes)
{
    for (;;) {
        struct next_block b;
        int found = next_block(r, &b);
        if (found < 0)
            snprintf(why, why_bytes, "journal file %llu: %s", (unsigned long long)b.file, mr_err_text(found));
        if (found <= 0)
            return found;
        const uint8_t *block = bytes_at(r, b.at);
        int err = r->ahead ? 0 : take_block(r, block, b.length, &block);
        if (err == 0)
            err = each_entry(r, block, b.length);
        if (err != 0) {
            snprintf(why, why_bytes, "journal file %llu byte %llu: entry cannot be applied: %s",
                     (unsigned long long)b.file, (unsigned long long)b.at, mr_err_text(err));
            return err;
        }
        step(r, &b, bytes_at(r, b.at));
    }
}

static void start_at(struct replay *r, const struct journal_mark *mark)
{
    r->file = mark->file;
    r->pos = mark->pos;
    r->sequence = mark->sequence;
    r->prev_crc = mark->prev_crc;
    r->generation = mark->generation;
}

/* The disk is full, and that must not keep the broker from starting. A flush in the old place has to do,
 * which is enough unless one failed before. */
static int flush_files(struct journal *j)
{
    log_warn(j->cfg.shard->log, "storage",
             "shard %u: no space to keep the journal's last blocks a second time in %s", j->cfg.shard->id,
             j->dir);
    for (uint64_t f = 0; f < j->cfg.files; f++) {
        struct mr_op op;
        op_init(&op, NULL);
        io_flush(j->io, &op, journal_file(j, f));
        int err = (int)io_wait(j->io, &op);
        if (err != 0)
            return err;
    }
    return 0;
}

/* Blocks that stand among the kept ones alone, in rising order: {u32 length, bytes}. A start before may have
 * been cut off while it kept others, and what is kept now may take another place (only without flush: with
 * it there is one block in doubt, and it has its place). */
static int save(const struct replay *r, struct mr_scratch *saved)
{
    struct replay walk = {.j = r->j, .handler = r->handler, .ahead = true, .window = KEEP_WINDOW_BYTES};
    int err = 0;
    start_at(&walk, &r->doubt);
    while (err == 0 && walk.sequence < r->sequence) {
        struct next_block b;
        int found = next_block(&walk, &b);
        err = found > 0 ? 0 : found < 0 ? found : -EIO; /* it was there a moment ago */
        if (err == 0 && b.in == kept_file) {
            err = scratch_put(saved, &b.length, sizeof(b.length));
            if (err == 0)
                err = scratch_put(saved, bytes_at(&walk, b.at), b.length);
        }
        if (err == 0)
            step(&walk, &b, bytes_at(&walk, b.at));
    }
    drop_buffer(&walk);
    return err;
}

/* The walk's next block, which is there: one of those that were saved, or in its place. */
static int next_saved(struct replay *walk, const struct mr_scratch *saved, size_t *at, struct next_block *ret,
                      const uint8_t **ret_bytes)
{
    if (*at < saved->len) {
        const uint8_t *h = saved->data + *at + sizeof(ret->length);
        if (continues(walk, h)) {
            memcpy(&ret->length, saved->data + *at, sizeof(ret->length));
            place_of_kept(walk, h, ret);
            *at += sizeof(ret->length) + ret->length;
            *ret_bytes = h;
            return 0;
        }
    }
    int found = next_block(walk, ret);
    *ret_bytes = found > 0 ? bytes_at(walk, ret->at) : NULL;
    return found > 0 ? 0 : found < 0 ? found : -EIO;
}

/* Those of the blocks before r that nobody says were flushed: with flush one at the most, for each block says
 * it of all before it. */
static int keep(struct replay *r)
{
    struct journal *j = r->j;
    if (j->cfg.keep == NULL || r->sequence <= r->flushed_sequence + 1 || r->sequence <= r->doubt.sequence)
        return 0; /* the last: a checkpoint says that less was flushed than it begins with, and nothing
                     follows */
    struct mr_scratch saved;
    size_t at = 0;
    scratch_init(&saved, INT32_MAX);
    int err = j->cfg.keep(j->cfg.owner);
    struct replay walk = {.j = j, .handler = r->handler, .ahead = true, .window = KEEP_WINDOW_BYTES};
    start_at(&walk, &r->doubt);
    journal_kept_begin(j, r->flushed_sequence);
    if (err == 0 && j->kept.count > j->kept.good)
        err = save(r, &saved);
    while (err == 0 && walk.sequence < r->sequence) {
        struct next_block b;
        const uint8_t *block;
        err = next_saved(&walk, &saved, &at, &b, &block);
        if (err == 0 && walk.sequence > r->flushed_sequence)
            err = journal_kept_add(j, block, b.length);
        if (err == 0)
            step(&walk, &b, block);
    }
    drop_buffer(&walk);
    scratch_done(&saved);
    if (err == 0)
        err = journal_kept_flush(j);
    return err == -ENOSPC ? flush_files(j) : err;
}

int journal_replay(struct journal *j, const struct journal_mark *mark, uint64_t flushed_sequence,
                   const struct journal_handler *handler, char *why, size_t why_bytes)
{
    struct replay r = {.j = j,
                       .handler = handler,
                       .window = READ_WINDOW_BYTES,
                       .flushed_sequence = flushed_sequence,
                       .doubt = *mark,
                       .doubt_next = *mark};
    start_at(&r, mark);
    int err = journal_kept_load(j, mark->sequence);
    if (err == 0)
        err = run(&r, why, why_bytes);
    int newer = err == 0 ? newer_exists(&r) : 0;
    if (newer == 0 && err == 0)
        newer = ring_went_on(&r);
    if (newer < 0)
        err = newer;
    if (newer > 0 || (err == 0 && r.sequence <= r.flushed_sequence)) {
        err = -MR_E_CORRUPT;
        snprintf(why, why_bytes,
                 "journal file %llu byte %llu: block %llu was flushed and is damaged or missing; `millrace "
                 "salvage` "
                 "copies out what is good",
                 (unsigned long long)r.file, (unsigned long long)r.pos, (unsigned long long)r.sequence);
    }
    drop_buffer(&r);
    if (err == 0 && !r.kept)
        err = keep(&r);
    if (err != 0)
        return err;
    journal_start_at(j, &(struct journal_mark){.file = r.file,
                                               .pos = r.pos,
                                               .sequence = r.sequence,
                                               .generation = r.generation,
                                               .prev_crc = r.prev_crc});
    j->tail_file = mark->file;
    j->tail_pos = mark->pos;
    j->zero_needed = false; /* zeroing a file that may hold blocks is never worth a doubt */
    return 0;
}
