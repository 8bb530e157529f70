#include "tests/fuzz/dir_edit.h"

#include <stdio.h>

#include "core/mem.h"
#include "tests/fuzz/dir_pieces.h"
#include "tests/sim/rng.h"

enum { SECTOR = 512, PATH_BYTES = 1200 };

struct input {
    struct mr_slice rest;
};

static uint8_t take8(struct input *in)
{
    uint8_t v = in->rest.len > 0 ? in->rest.ptr[0] : 0;
    in->rest.ptr += in->rest.len > 0;
    in->rest.len -= in->rest.len > 0;
    return v;
}

static uint16_t take16(struct input *in)
{
    uint16_t high = take8(in);
    return (uint16_t)(high << 8 | take8(in));
}

static size_t take_place(struct input *in, const struct dir_file *f)
{
    return (size_t)((uint64_t)take16(in) * f->len >> 16);
}

static struct dir_file *take_file(struct input *in, struct dir *d)
{
    return &d->files[take8(in) % d->count];
}

/* ---- numbers ---- */

static uint64_t changed(uint64_t was, uint32_t bits, uint8_t how, uint8_t x, size_t file_bytes)
{
    uint64_t top = UINT64_C(1) << (bits - 1), one = UINT64_C(1) << (x % bits);
    const uint64_t values[] = {0,           1,         UINT64_MAX, top - 1,   top,        was + 1,
                               was - 1,     was + x,   was - x,    was ^ one, one,        one - 1,
                               was * 2,     x % 32,    x,          was ^ top, file_bytes, file_bytes - x,
                               top - 1 - x, was + one, was - one};
    return values[how % MR_COUNT(values)];
}

static void edit_field(struct dir_file *f, struct input *in)
{
    uint8_t piece = take8(in);
    uint16_t which = take16(in);
    uint8_t how = take8(in), x = take8(in), width[8];
    struct dir_field at = {.width = 0};
    bool found = false;
    for (uint32_t i = 0; i < DIR_PIECES && !found; i++)
        found = dir_field(f, (enum dir_piece)((piece + i) % DIR_PIECES), which, &at);
    if (!found)
        return;
    uint64_t value = 0;
    for (uint8_t i = 0; i < at.width; i++)
        value = value << 8 | f->bytes[at.at + i];
    mr_put64(width, changed(value, at.width * 8u, how, x, f->len));
    memcpy(f->bytes + at.at, width + 8 - at.width, at.width);
}

/* ---- bytes ---- */

static void edit_put(struct dir_file *f, struct input *in)
{
    size_t at = take_place(in, f), count = 1 + take8(in) % 16;
    for (size_t i = 0; i < count; i++) {
        uint8_t value = take8(in);
        if (at + i < f->len)
            f->bytes[at + i] = value;
    }
}

static void edit_fill(struct dir_file *f, struct input *in)
{
    size_t at = take_place(in, f), count = take16(in);
    uint8_t value = take8(in);
    if (f->len > 0)
        memset(f->bytes + at, value, mr_min(count, f->len - at));
}

static void insert(struct dir_file *f, size_t at, size_t count, uint8_t value)
{
    uint8_t *to = dir_splice(f, at, 0, count);
    if (to != NULL)
        memset(to, value, count);
}

static void edit_copy(struct dir *d, struct dir_file *f, struct input *in, bool sectors)
{
    size_t at = take_place(in, f);
    const struct dir_file *from = take_file(in, d);
    size_t start = take_place(in, from), count = sectors ? SECTOR * (1 + take8(in) % 9) : take16(in);
    if (sectors) {
        at = mr_round_down(at, SECTOR);
        start = mr_round_down(start, SECTOR);
    }
    count = mr_min(count, mr_min(f->len - at, from->len - start));
    if (count > 0)
        memmove(f->bytes + at, from->bytes + start, count);
}

/* ---- names ---- */

static void give_bytes(struct dir_file *to, const struct dir_file *from)
{
    uint8_t *copy = dir_splice(to, 0, to->len, from->len);
    MR_ASSERT(copy != NULL);
    if (from->len > 0)
        memcpy(copy, from->bytes, from->len);
}

/* Beside the file, or with a slash in front in the directory itself. */
static const char *const file_names[] = {
    "00000000000000000000.log",
    "00000000000000000000.log.1.cleaned",
    "00000000000000000000.log.4294967295.cleaned",
    "00000000000000000001.log",
    "00000000000000000007.log",
    "00000000000000000009.index",
    "00000000000000000020.timeindex",
    "00000000000000000020.txnindex",
    "00000000000000000020.snapshot",
    "09223372036854775790.log",
    "09223372036854775790.index",
    "09223372036854775799.snapshot",
    "09223372034707292159.log",
    "00000000000000000010-0000000001.checkpoint",
    "leader-epoch-checkpoint",
    "partition.metadata",
    "quorum-state",
    "/bootstrap.checkpoint",
    "/meta.properties",
    "/millrace-checkpoint-0-0",
    "/millrace-checkpoint-0-1",
    "/millrace-checkpoint-1-0",
    "/millrace-checkpoint-2-0",
    "/millrace-checkpoint-63-1",
    "/millrace-checkpoint-4294967295-1",
    "/millrace-journal-0-0",
    "/millrace-journal-0-1",
    "/millrace-journal-0-2",
    "/millrace-journal-0-kept",
    "/millrace-journal-1-0",
    "/millrace-journal-64-0",
    "/millrace-salvaged",
    "/cleaner-offset-checkpoint",
    "/log-start-offset-checkpoint",
    "/recovery-point-offset-checkpoint",
    "/.kafka_cleanshutdown",
};

static const char *const dir_names[] = {
    "a-0",
    "a-1",
    "b-0",
    "orders-0",
    "a-2147483647",
    "a-99999999999",
    "a--1",
    "-0",
    "__cluster_metadata-0",
    "a.b-0",
    "a-0.0123456789abcdef0123456789abcdef-delete",
    "a-0.0123456789abcdef0123456789abcdef-stray",
};

static void edit_rename(struct dir *d, struct dir_file *f, struct input *in)
{
    uint8_t n = take8(in);
    const char *name = file_names[(n & 0x7f) % MR_COUNT(file_names)];
    char path[PATH_BYTES];
    if (name[0] == '/')
        snprintf(path, sizeof(path), "%s", name + 1);
    else
        snprintf(path, sizeof(path), "%.*s%s", (int)(dir_name(f) - f->path), f->path, name);
    struct dir_file *to = strcmp(path, f->path) == 0 ? NULL : dir_put(d, path);
    if (to == NULL)
        return;
    give_bytes(to, f);
    f->gone = (n & 0x80) != 0;
}

static void edit_move(struct dir *d, const struct dir_file *f, struct input *in)
{
    const char *name = dir_names[take8(in) % MR_COUNT(dir_names)];
    size_t len = (size_t)(dir_name(f) - f->path);
    char from[PATH_BYTES], path[PATH_BYTES];
    snprintf(from, sizeof(from), "%s", f->path);
    uint32_t count = len == 0 ? 0 : d->count;
    for (uint32_t i = 0; i < count; i++) {
        struct dir_file *g = &d->files[i];
        if (g->gone || strncmp(g->path, from, len) != 0 || strncmp(g->path, name, strlen(name)) == 0)
            continue;
        snprintf(path, sizeof(path), "%s/%s", name, g->path + len);
        struct dir_file *to = dir_put(d, path);
        if (to == NULL)
            return;
        give_bytes(to, g);
        g->gone = true;
    }
}

/* ---- texts ---- */

static bool is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '=' || c == '\r';
}

/* The n-th part between what ends one; false: empty. */
static bool part_of(const struct dir_file *f, uint16_t n, bool lines, size_t *ret_at, size_t *ret_len)
{
    size_t count = 0, at = 0, end;
    for (int round = 0; round < 2; round++) {
        size_t want = round == 0 ? SIZE_MAX : n % mr_max(count, 1);
        count = 0;
        for (at = 0; at < f->len; at = end + 1) {
            for (end = at; end < f->len && (lines ? f->bytes[end] != '\n' : !is_space(f->bytes[end]));)
                end++;
            if (count++ == want) {
                *ret_at = at;
                *ret_len = end - at;
                return true;
            }
        }
    }
    return false;
}

static void edit_word(struct dir_file *f, struct input *in)
{
    static const char long_name[] =
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"; /* 249 */
    static const char *const words[] = {"",
                                        "0",
                                        "1",
                                        "-1",
                                        "71",
                                        "7",
                                        "4096",
                                        "2147483647",
                                        "2147483648",
                                        "4294967296",
                                        "9223372036854775807",
                                        "9223372036854775799",
                                        "9223372036854775790",
                                        "-9223372036854775808",
                                        "99999999999999999999",
                                        "a",
                                        "b",
                                        "a.b",
                                        "a/b",
                                        "..",
                                        "../x",
                                        "../../x",
                                        "AAAAAAAAAAAAAAAAAAAAAA",
                                        "____________________xx",
                                        "ffffffffffffffff00000000",
                                        "%s%n",
                                        "\xff\xfe",
                                        long_name};
    size_t at, len;
    uint16_t which = take16(in);
    const char *word = words[take8(in) % MR_COUNT(words)];
    if (!part_of(f, which, false, &at, &len))
        return;
    uint8_t *to = dir_splice(f, at, len, strlen(word));
    if (to != NULL)
        memcpy(to, word, strlen(word));
}

static void edit_repeat(struct dir_file *f, struct input *in)
{
    size_t at, len;
    if (!part_of(f, take16(in), true, &at, &len))
        return;
    uint8_t *to = dir_splice(f, at, 0, len + 1);
    if (to == NULL)
        return;
    memmove(to, to + len + 1, len);
    to[len] = '\n';
}

/* ---- all of it ---- */

static void edit_file(struct dir *d, struct dir_file *f, enum dir_edit what, struct input *in)
{
    size_t at, count;
    switch (what) {
    case EDIT_FIELD:
        edit_field(f, in);
        return;
    case EDIT_XOR:
        at = take_place(in, f);
        if (at < f->len)
            f->bytes[at] ^= take8(in);
        return;
    case EDIT_PUT:
        edit_put(f, in);
        return;
    case EDIT_FILL:
        edit_fill(f, in);
        return;
    case EDIT_CUT:
        f->len = take_place(in, f);
        return;
    case EDIT_GROW:
        count = take16(in);
        insert(f, f->len, count, take8(in));
        return;
    case EDIT_INSERT:
        at = take_place(in, f);
        count = take8(in);
        insert(f, at, count, take8(in));
        return;
    case EDIT_DELETE:
        at = take_place(in, f);
        (void)dir_splice(f, at, take16(in), 0);
        return;
    case EDIT_COPY:
    case EDIT_SECTOR:
        edit_copy(d, f, in, what == EDIT_SECTOR);
        return;
    case EDIT_REMOVE:
        f->gone = true;
        return;
    case EDIT_SWAP: {
        struct dir_file *other = take_file(in, d), was = *f;
        f->bytes = other->bytes;
        f->len = other->len;
        other->bytes = was.bytes;
        other->len = was.len;
        return;
    }
    case EDIT_RENAME:
        edit_rename(d, f, in);
        return;
    case EDIT_MOVE:
        edit_move(d, f, in);
        return;
    case EDIT_WORD:
        edit_word(f, in);
        return;
    case EDIT_REPEAT:
        edit_repeat(f, in);
        return;
    case EDIT_BAD:
        f->bad_from = take_place(in, f);
        f->bad_length = 1u + take16(in);
        return;
    case EDITS:
        return;
    }
}

void dir_edit(struct dir *d, struct mr_slice script)
{
    struct input in = {script};
    for (uint32_t n = 0; in.rest.len > 0 && n < DIR_SCRIPT_EDITS_MAX; n++) {
        uint8_t what = take8(&in);
        struct dir_file *f = take_file(&in, d);
        f->seal |= (what & 0x80) != 0;
        f->seal_inner |= (what & 0x40) != 0;
        if (!f->gone)
            edit_file(d, f, (enum dir_edit)((what & 0x1f) % EDITS), &in);
    }
    dir_seal(d);
}

/* Half of all edits change a number, and have their checksums right afterwards. */
size_t dir_script(uint64_t seed, uint8_t *to, size_t cap)
{
    static const uint8_t arguments[EDITS] = {
        [EDIT_FIELD] = 5,  [EDIT_XOR] = 3,    [EDIT_PUT] = 11,   [EDIT_FILL] = 5, [EDIT_CUT] = 2,
        [EDIT_GROW] = 3,   [EDIT_INSERT] = 4, [EDIT_DELETE] = 4, [EDIT_COPY] = 7, [EDIT_SECTOR] = 6,
        [EDIT_REMOVE] = 0, [EDIT_SWAP] = 1,   [EDIT_RENAME] = 1, [EDIT_MOVE] = 1, [EDIT_WORD] = 3,
        [EDIT_REPEAT] = 2, [EDIT_BAD] = 4};
    struct rng r;
    size_t len = 0;
    rng_seed(&r, seed, 1);
    for (uint64_t n = rng_between(&r, 1, 4); n > 0; n--) {
        bool field = rng_below(&r, 2) == 0;
        uint8_t what = field ? EDIT_FIELD : (uint8_t)rng_below(&r, EDITS);
        if (field ? rng_below(&r, 8) != 0 : rng_below(&r, 3) == 0)
            what |= (uint8_t)(rng_below(&r, 3) != 0 ? 0xc0 : 0x80);
        if (len + 2u + arguments[(what & 0x1f)] > cap)
            break;
        to[len++] = what;
        to[len++] = (uint8_t)rng_next(&r);
        for (uint8_t i = 0; i < arguments[what & 0x1f]; i++)
            to[len++] = (uint8_t)rng_next(&r);
    }
    return len;
}
