#include "tests/fuzz/dir_pieces.h"

#include "net/wire/batch.h"
#include "storage/format.h"

enum {
    RECORD_HEAD = 68,
    RECORD_SEGMENT = 44,
    RECORD_EPOCH = 12,
    RECORD_TXN = 36,
    RECORD_TXNS = 2,
    PRODUCERS_HEAD = 10,
    PRODUCERS_OURS = 0x4d01,
    PRODUCER_KAFKA = 46,
    PRODUCER_OURS = 31,
    PRODUCER_BATCH = 24,
    BLOCK_UNIT = 512,
};

struct walk {
    const struct dir_file *f;
    void (*see)(void *ctx, enum dir_piece piece, size_t at, size_t len);
    void *ctx;
};

static void see(const struct walk *w, enum dir_piece piece, size_t at, size_t len)
{
    w->see(w->ctx, piece, at, len);
}

static uint32_t get32(const struct walk *w, size_t at)
{
    return mr_get32(w->f->bytes + at);
}

static void rows(const struct walk *w, enum dir_piece piece, size_t at, size_t end, size_t bytes)
{
    for (; end - at >= bytes; at += bytes)
        see(w, piece, at, bytes);
}

static void batches(const struct walk *w, size_t at, size_t end)
{
    while (end - at >= BATCH_HEADER_BYTES) {
        uint32_t length = get32(w, at + BATCH_AT_LENGTH);
        bool is_one = w->f->bytes[at + BATCH_AT_MAGIC] == BATCH_MAGIC &&
                      length >= BATCH_HEADER_BYTES - BATCH_PREFIX_BYTES &&
                      length <= end - at - BATCH_PREFIX_BYTES;
        if (is_one)
            see(w, PIECE_BATCH, at, BATCH_PREFIX_BYTES + length);
        at += is_one ? BATCH_PREFIX_BYTES + length : 1;
    }
}

static void producers(const struct walk *w, size_t at, size_t end)
{
    if (end - at < PRODUCERS_HEAD)
        return;
    bool ours = mr_get16(w->f->bytes + at) == PRODUCERS_OURS;
    size_t pos = at + PRODUCERS_HEAD;
    for (uint32_t n = get32(w, at + 6); n > 0 && end - pos >= PRODUCER_KAFKA; n--) {
        size_t bytes = PRODUCER_KAFKA;
        if (ours)
            bytes = PRODUCER_OURS + (size_t)w->f->bytes[pos + PRODUCER_OURS - 1] * PRODUCER_BATCH;
        if (bytes > end - pos)
            break;
        see(w, PIECE_PRODUCER, pos, bytes);
        pos += bytes;
    }
    see(w, PIECE_PRODUCERS, at, end - at);
}

static void record(const struct walk *w, size_t at, size_t end)
{
    if (end - at < RECORD_HEAD)
        return;
    const uint8_t *h = w->f->bytes + at;
    uint64_t pos = at + RECORD_HEAD + mr_get16(h + 2);
    uint64_t epochs = pos + (uint64_t)mr_get32(h + 4) * RECORD_SEGMENT,
             state = epochs + (uint64_t)mr_get32(h + 8) * RECORD_EPOCH, rest = state + mr_get32(h + 12),
             txns = rest + mr_get32(h + 16);
    if (txns <= end) {
        rows(w, PIECE_SEGMENT, pos, epochs, RECORD_SEGMENT);
        rows(w, PIECE_EPOCH, epochs, state, RECORD_EPOCH);
        producers(w, state, rest);
        if ((h[1] & RECORD_TXNS) != 0 && end - txns >= 4)
            rows(w, PIECE_TXN, txns + 4, end, RECORD_TXN);
    }
    see(w, PIECE_RECORD, at, end - at);
}

static void entries(const struct walk *w, size_t at, size_t end)
{
    while (end - at >= JENTRY_HEAD + PART_KEY_BYTES) {
        uint32_t body = get32(w, at + 4);
        size_t from = at + JENTRY_HEAD + PART_KEY_BYTES;
        if (body < PART_KEY_BYTES || body > end - at - JENTRY_HEAD)
            return;
        if (w->f->bytes[at] == JENTRY_APPEND && body >= PART_KEY_BYTES + 4)
            batches(w, from + 4, at + JENTRY_HEAD + body);
        else if (w->f->bytes[at] == JENTRY_OPEN)
            record(w, from, at + JENTRY_HEAD + body);
        see(w, PIECE_ENTRY, at, JENTRY_HEAD + body);
        at += mr_min(JENTRY_HEAD + mr_round_up(body, 8), end - at);
    }
}

static void blocks(const struct walk *w)
{
    for (size_t at = 0; w->f->len >= JBLOCK_HEAD && at <= w->f->len - JBLOCK_HEAD;) {
        uint32_t length = get32(w, at + 24);
        bool is_one = get32(w, at) == JBLOCK_MAGIC && length >= JBLOCK_HEAD && length <= w->f->len - at;
        if (is_one) {
            entries(w, at + JBLOCK_HEAD, at + length);
            see(w, PIECE_BLOCK, at, length);
        }
        at += is_one ? mr_round_up(length, BLOCK_UNIT) : BLOCK_UNIT;
    }
}

static void checkpoint(const struct walk *w)
{
    if (w->f->len < CHECKPOINT_HEAD)
        return;
    size_t end = w->f->len, at = mr_min(CHECKPOINT_BODY_AT, end);
    while (end - at >= 4 && get32(w, at) <= end - at - 4 && get32(w, at) > 0) {
        record(w, at + 4, at + 4 + get32(w, at));
        at += 4 + get32(w, at);
    }
    see(w, PIECE_CHECKPOINT, 0, end);
}

void dir_pieces(const struct dir_file *f,
                void (*see_one)(void *ctx, enum dir_piece piece, size_t at, size_t len), void *ctx)
{
    struct walk w = {f, see_one, ctx};
    const char *name = dir_name(f);
    if (strncmp(name, "millrace-journal-", 17) == 0)
        blocks(&w);
    else if (strncmp(name, "millrace-checkpoint-", 20) == 0)
        checkpoint(&w);
    else if (strstr(name, ".timeindex") != NULL)
        rows(&w, PIECE_TIMES, 0, f->len, 12);
    else if (strstr(name, ".txnindex") != NULL)
        rows(&w, PIECE_TXNS, 0, f->len, 34);
    else if (strstr(name, ".index") != NULL)
        rows(&w, PIECE_INDEX, 0, f->len, 8);
    else if (strstr(name, ".snapshot") != NULL)
        producers(&w, 0, f->len);
    else if (strstr(name, ".log") != NULL)
        batches(&w, 0, f->len);
}

/* ---- numbers ---- */

struct shape {
    uint8_t count;
    struct {
        uint8_t at, width;
    } fields[24];
};

static const struct shape shapes[DIR_PIECES] = {
    [PIECE_BATCH] = {16,
                     {{0, 8},
                      {8, 4},
                      {12, 4},
                      {16, 1},
                      {21, 2},
                      {23, 4},
                      {27, 8},
                      {35, 8},
                      {43, 8},
                      {51, 2},
                      {53, 4},
                      {57, 4},
                      {61, 1},
                      {62, 1},
                      {63, 1},
                      {64, 1}}},
    [PIECE_BLOCK] = {12,
                     {{0, 4},
                      {4, 2},
                      {6, 2},
                      {8, 8},
                      {16, 8},
                      {24, 4},
                      {28, 4},
                      {32, 4},
                      {36, 4},
                      {40, 8},
                      {48, 8},
                      {64, 8}}},
    [PIECE_ENTRY] = {14,
                     {{0, 1},
                      {1, 1},
                      {4, 4},
                      {8, 8},
                      {24, 4},
                      {28, 8},
                      {36, 8},
                      {44, 4},
                      {48, 4},
                      {52, 8},
                      {60, 8},
                      {68, 8},
                      {76, 8},
                      {30, 1}}},
    [PIECE_CHECKPOINT] = {18,
                          {{0, 4},
                           {4, 2},
                           {6, 2},
                           {8, 8},
                           {16, 8},
                           {24, 8},
                           {32, 8},
                           {40, 8},
                           {48, 8},
                           {56, 4},
                           {60, 4},
                           {64, 8},
                           {72, 8},
                           {80, 8},
                           {88, 4},
                           {92, 4},
                           {96, 8},
                           {104, 4}}},
    [PIECE_RECORD] = {17,
                      {{0, 1},
                       {1, 1},
                       {2, 2},
                       {4, 4},
                       {8, 4},
                       {12, 4},
                       {16, 4},
                       {20, 4},
                       {24, 8},
                       {32, 8},
                       {40, 8},
                       {48, 8},
                       {64, 4},
                       {68, 1},
                       {69, 1},
                       {68, 2},
                       {2, 1}}},
    [PIECE_SEGMENT] = {6, {{0, 8}, {8, 8}, {16, 8}, {24, 8}, {32, 8}, {40, 4}}},
    [PIECE_EPOCH] = {2, {{0, 4}, {4, 8}}},
    [PIECE_TXN] = {5, {{0, 4}, {4, 8}, {12, 8}, {20, 8}, {28, 8}}},
    [PIECE_PRODUCERS] = {3, {{0, 2}, {2, 4}, {6, 4}}},
    [PIECE_PRODUCER] = {14,
                        {{0, 8},
                         {8, 2},
                         {10, 4},
                         {14, 8},
                         {22, 8},
                         {30, 1},
                         {22, 4},
                         {26, 8},
                         {34, 4},
                         {38, 8},
                         {31, 8},
                         {39, 8},
                         {47, 4},
                         {51, 4}}},
    [PIECE_INDEX] = {2, {{0, 4}, {4, 4}}},
    [PIECE_TIMES] = {2, {{0, 8}, {8, 4}}},
    [PIECE_TXNS] = {5, {{0, 2}, {2, 8}, {10, 8}, {18, 8}, {26, 8}}},
};

struct count {
    enum dir_piece piece;
    uint32_t seen, want; /* fields */
    struct dir_field found;
};

static void count_fields(void *ctx, enum dir_piece piece, size_t at, size_t len)
{
    struct count *c = ctx;
    const struct shape *s = &shapes[piece];
    if (piece != c->piece)
        return;
    for (uint32_t i = 0; i < s->count; i++) {
        if ((size_t)s->fields[i].at + s->fields[i].width > len)
            continue;
        if (c->seen++ == c->want)
            c->found = (struct dir_field){at + s->fields[i].at, s->fields[i].width};
    }
}

bool dir_field(const struct dir_file *f, enum dir_piece piece, uint32_t n, struct dir_field *ret)
{
    struct count c = {.piece = piece, .want = UINT32_MAX};
    dir_pieces(f, count_fields, &c);
    if (c.seen == 0)
        return false;
    c.want = n % c.seen;
    c.seen = 0;
    dir_pieces(f, count_fields, &c);
    *ret = c.found;
    return true;
}
