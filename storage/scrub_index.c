#include "storage/scrub_index.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/plog_priv.h"
#include "storage/txn_put.h"

/* OPEN, of each file -> TXNS, to its end -> IDLE, the walk -> (MOVE -> IDLE)... -> END -> (MAKE -> PAY) ->
 * CLOSE, of each file. */
enum { IDLE, OPEN, TXNS, MOVE, END, MAKE, PAY, CLOSE };

enum {
    /* An entry that a page ends in is in the window as a whole. */
    WINDOW_BYTES = 4 * SEGMENT_UNIT,
    PAY_BYTES = 128 * 1024,
    INTERVAL_LEAST = 4096, /* what is written while a log is recovered has the default one */
    PRODUCERS_MAX = 4096,  /* without a transaction: of those nothing is asked */
    TXNS_MAX = TXN_INDEX_FULL,
};

static const char *const suffixes[SCRUB_FILES] = {".index", ".timeindex", ".txnindex"};

static void next_step(struct scrub_index *x);

void scrub_index_begin(struct scrub_index *x, struct plog *log)
{
    x->log = log;
    x->state = IDLE;
    x->wrong = x->lost = 0;
    x->paused = false;
    x->buf = NULL;
    x->txns_on = true;
    verify_txns_init(&x->txns);
    x->txns.transactions = true;
    x->txns.producers.producers_max = PRODUCERS_MAX;
    scratch_init(&x->txn_file, TXNS_MAX * TXN_INDEX_ENTRY_BYTES);
}

void scrub_index_end(struct scrub_index *x)
{
    verify_txns_done(&x->txns);
    scratch_done(&x->txn_file);
    if (x->buf != NULL)
        buf_unref(x->buf);
    x->buf = NULL;
}

static void leave_txns(struct scrub_index *x)
{
    x->txns_on = x->txns_look = false;
    verify_txns_done(&x->txns);
    verify_txns_init(&x->txns);
}

/* Is it the segment still that was opened, and do its files count as they did? */
static struct segment *segment_of(const struct scrub_index *x)
{
    const struct plog *log = x->log;
    if (log->removed || log->store->fenced != 0 || log->store->closing ||
        log->replacements != x->replacements || x->number < log->seg_first + log->seg_below ||
        x->number > plog_last_number(log))
        return NULL;
    struct segment *seg = plog_seg(log, x->number);
    return seg->base == x->base && seg->cleaned == 0 ? seg : NULL;
}

static bool may_look(const struct segment *seg)
{
    return seg->finished && seg->index_filed && !seg->doubted &&
           (seg->live == NULL || seg->live->task == NULL);
}

/* ---- what is wrong ---- */

static void reason(char *dst, size_t bytes, const struct scrub_index *x, int file, const char *why)
{
    (void)snprintf(dst, bytes, "%020lld%s: %s", (long long)x->base, suffixes[file], why);
}

static bool is_lost(int err)
{
    return err == -ENOENT || err == -EIO;
}

static const char *lost_text(int err)
{
    return err == -ENOENT ? "the file is missing" : "the file cannot be read";
}

/* Has this file been looked at, and is it wrong? */
static bool is_wrong(const struct scrub_index *x, int file, char *dst, size_t bytes)
{
    const struct index_view *f = &x->check.files[file];
    char why[192];
    if (is_lost(x->errs[file]))
        (void)snprintf(why, sizeof(why), "%s", lost_text(x->errs[file]));
    else if (x->errs[file] == 0 && f->wrong)
        (void)snprintf(why, sizeof(why), "bytes %llu to %llu: %s", (unsigned long long)f->from,
                       (unsigned long long)f->to, f->why);
    else
        return false;
    reason(dst, bytes, x, file, why);
    return true;
}

static void made(struct index_want *w)
{
    struct scrub_index *x = MR_CONTAINER(w, struct scrub_index, want);
    const struct segment *seg = segment_of(x);
    x->owes = seg == NULL ? 0 : seg->size; /* all of it was read */
    x->state = PAY;
    next_step(x);
}

/* In pieces: who removes the log waits for one of them, as for a read. */
static void pay(struct scrub_index *x)
{
    while (x->owes > 0 && segment_of(x) != NULL) {
        uint64_t bytes = mr_min(x->owes, PAY_BYTES);
        x->owes -= bytes;
        if (!x->step(x, bytes)) {
            x->paused = true;
            return;
        }
    }
    x->state = CLOSE;
    next_step(x);
}

/* True: it is being made anew. */
static bool make_indexes(struct scrub_index *x)
{
    struct segment *seg = segment_of(x);
    char text[512] = "", one[250];
    size_t len = 0;
    if (seg == NULL || !may_look(seg))
        return false;
    for (int k = 0; k < INDEX_KINDS; k++) {
        if (!is_wrong(x, k, one, sizeof(one)))
            continue;
        len += (size_t)snprintf(text + len, sizeof(text) - len, "%s%s", len > 0 ? "; " : "", one);
        if (is_lost(x->errs[k]))
            x->lost++;
        else
            x->wrong++;
    }
    if (len == 0)
        return false;
    index_wrong(x->log, seg, text);
    x->want = (struct index_want){.times = true, .done = made};
    list_init(&x->want.link);
    return !index_want(x->log, x->number, &x->want);
}

static void make_txns(struct scrub_index *x)
{
    struct segment *seg = segment_of(x);
    int err = x->txns_filed ? x->errs[SCRUB_TXNS] : 0;
    char why[192], text[256];
    if (!x->txns_look || seg == NULL || seg->txns_filed != x->txns_filed || x->log->making_txns)
        return;
    struct mr_slice file = {x->txn_file.data, x->txn_file.len};
    if (err == 0 && verify_txns_index(&x->txns, file, x->base, false, why, sizeof(why)))
        return;
    if (err != 0)
        x->lost++;
    else
        x->wrong++;
    reason(text, sizeof(text), x, SCRUB_TXNS, err == 0 ? why : lost_text(err));
    index_say(x->log, seg, text);
    txn_put_anew(x->log, x->number, &x->txns.segment);
}

/* ---- reading ---- */

static void op_ready(struct mr_op *op);

static uint8_t *window_of(const struct scrub_index *x, int file)
{
    return x->buf->data + (file == SCRUB_TXNS ? 0 : (size_t)file * WINDOW_BYTES);
}

static uint64_t reads_at(const struct scrub_index *x)
{
    return x->file == SCRUB_TXNS ? mr_round_down(x->txn_file.len, SEGMENT_UNIT)
                                 : mr_round_down(x->check.files[x->file].next, SEGMENT_UNIT);
}

static void read_rest(struct scrub_index *x)
{
    x->whole = mr_round_down(x->got, SEGMENT_UNIT);
    op_init(&x->op, op_ready);
    io_read(x->log->store->io, &x->op, x->files[x->file], window_of(x, x->file) + x->whole,
            WINDOW_BYTES - x->whole, reads_at(x) + x->whole);
}

static void read_window(struct scrub_index *x, int file)
{
    x->file = file;
    x->got = 0;
    read_rest(x);
}

static void take_txns(struct scrub_index *x)
{
    size_t skip = (size_t)(x->txn_file.len - reads_at(x));
    if (x->got > skip && scratch_put(&x->txn_file, window_of(x, SCRUB_TXNS) + skip, x->got - skip) != 0)
        x->txns_look = false; /* more of them than a segment of ours has */
    if (x->got < WINDOW_BYTES || !x->txns_look)
        x->state = IDLE;
}

static void take_window(struct scrub_index *x)
{
    struct index_view *f = &x->check.files[x->file];
    f->bytes = window_of(x, x->file);
    f->at = reads_at(x);
    f->len = x->got;
    f->ends = x->got < WINDOW_BYTES;
    x->state = x->state == MOVE ? IDLE : END;
}

/* It cannot be read, or not at this time. */
static void leave_file(struct scrub_index *x)
{
    if (x->file == SCRUB_TXNS)
        x->txns_look &= is_lost(x->errs[SCRUB_TXNS]);
    else
        x->check.files[x->file].off = true;
}

static void read_done(struct scrub_index *x)
{
    int64_t r = x->op.result;
    if (r < 0) {
        x->errs[x->file] = (int)r;
        leave_file(x);
        x->state = x->state == END ? END : IDLE;
        next_step(x);
        return;
    }
    size_t got = x->whole + (size_t)r;
    bool more = got > x->got;
    x->got = mr_max(got, x->got);
    if (more && x->got < WINDOW_BYTES) { /* it was short, or the file ends */
        read_rest(x);
        return;
    }
    size_t bytes = mr_max(x->got, SEGMENT_UNIT);
    if (x->file == SCRUB_TXNS)
        take_txns(x);
    else
        take_window(x);
    if (x->step(x, bytes))
        next_step(x);
    else
        x->paused = true;
}

/* ---- opening, closing ---- */

static bool wants_file(const struct scrub_index *x, int file)
{
    return file == SCRUB_TXNS ? x->txns_look && x->txns_filed : !x->check.files[file].off;
}

static void open_next(struct scrub_index *x)
{
    while (x->file < SCRUB_FILES && !wants_file(x, x->file))
        x->file++;
    if (x->file == SCRUB_FILES) {
        x->state = TXNS;
        if (x->txns_look && x->files[SCRUB_TXNS].h >= 0) {
            read_window(x, SCRUB_TXNS);
        } else {
            x->state = IDLE;
            next_step(x);
        }
        return;
    }
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    plog_dir(x->log, dir);
    segment_path(path, dir, x->base, suffixes[x->file]);
    op_init(&x->op, op_ready);
    io_open(x->log->store->io, &x->op, path, IO_READ | IO_DIRECT);
}

static void open_done(struct scrub_index *x)
{
    int64_t r = x->op.result;
    x->errs[x->file] = (int)mr_imin(r, 0);
    if (r >= 0)
        x->files[x->file] = (struct mr_file){(int32_t)r};
    else
        leave_file(x);
    x->file++;
    open_next(x);
}

static void close_next(struct scrub_index *x)
{
    for (int k = 0; k < SCRUB_FILES; k++) {
        if (x->files[k].h < 0)
            continue;
        op_init(&x->op, op_ready);
        io_close(x->log->store->io, &x->op, x->files[k]);
        x->files[k] = MR_NO_FILE;
        return;
    }
    x->state = IDLE;
    x->ready(x);
}

static void op_ready(struct mr_op *op)
{
    struct scrub_index *x = MR_CONTAINER(op, struct scrub_index, op);
    if (x->state == OPEN)
        open_done(x);
    else if (x->state == CLOSE)
        next_step(x);
    else
        read_done(x);
}

/* ---- the steps ---- */

static void end_next(struct scrub_index *x)
{
    enum index_kind k = index_check_end(&x->check);
    if (k != INDEX_KINDS) {
        read_window(x, (int)k);
        return;
    }
    make_txns(x);
    x->state = MAKE;
    if (make_indexes(x))
        return;
    x->state = CLOSE;
    close_next(x);
}

static void next_step(struct scrub_index *x)
{
    switch (x->state) {
    case OPEN:
        open_next(x);
        return;
    case TXNS:
        read_window(x, SCRUB_TXNS);
        return;
    case END:
        end_next(x);
        return;
    case PAY:
        pay(x);
        return;
    case CLOSE:
        close_next(x);
        return;
    default:
        x->ready(x);
        return;
    }
}

void scrub_index_open(struct scrub_index *x, uint32_t number)
{
    struct plog *log = x->log;
    const struct segment *seg = plog_seg(log, number);
    bool there = seg->finished && seg->size > 0 && seg->cleaned == 0;
    bool follows = x->txns.next < 0 || (number == x->number + 1 && log->replacements == x->replacements);
    if (x->txns_on && (!follows || !seg->finished)) /* one that grows is read as far as it went */
        leave_txns(x);
    x->number = number;
    x->replacements = log->replacements;
    x->base = seg->base;
    index_check_begin(&x->check, seg->base, mr_max(log->cfg.index_interval_bytes, INTERVAL_LEAST));
    x->check.files[INDEX_OFFSETS].off = x->check.files[INDEX_TIMES].off = !there || !may_look(seg);
    x->txns_filed = seg->txns_filed;
    x->txns_look = x->txns_on && there && (seg->txns_filed || segment_txn_count(seg) == 0);
    x->txn_file.len = 0;
    if (x->txns_on)
        verify_txns_segment(&x->txns, seg->base);
    for (int k = 0; k < SCRUB_FILES; k++) {
        x->files[k] = MR_NO_FILE;
        x->errs[k] = -ENODATA;
    }
    if (x->buf == NULL) {
        x->buf = buf_new((size_t)INDEX_KINDS * WINDOW_BYTES, SEGMENT_UNIT, log->store->shard->id);
        if (x->buf == NULL) { /* without memory for it only the segment is looked at */
            x->check.files[INDEX_OFFSETS].off = x->check.files[INDEX_TIMES].off = true;
            leave_txns(x);
        }
    }
    x->file = 0;
    x->state = OPEN;
    open_next(x);
}

bool scrub_index_batch(struct scrub_index *x, const struct kw_batch *b, uint64_t pos)
{
    enum index_kind k = index_check_batch(&x->check, &b->h, pos);
    if (k != INDEX_KINDS) {
        x->state = MOVE;
        read_window(x, (int)k);
        return false;
    }
    if (!x->txns_on)
        return true;
    int err = verify_txns_batch(&x->txns, b);
    if ((err != 0 && err != -MR_E_CORRUPT) || x->txns.segment.count > TXNS_MAX)
        leave_txns(x);
    return true;
}

void scrub_index_hole(struct scrub_index *x)
{
    index_check_hole(&x->check);
    leave_txns(x);
}

void scrub_index_close(struct scrub_index *x, bool walked)
{
    x->state = walked ? END : CLOSE;
    if (!walked)
        leave_txns(x);
    next_step(x);
}

void scrub_index_on(struct scrub_index *x)
{
    x->paused = false;
    next_step(x);
}
