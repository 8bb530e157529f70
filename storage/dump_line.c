#include <stdarg.h>
#include <stdio.h>

#include "core/mem.h"
#include "storage/dump_priv.h"
#include "storage/file_put.h"
#include "storage/uuid.h"

enum { PROBLEM_BYTES = 1024, META_BYTES_MAX = 64 << 10, LINE_KEEP_BYTES = 64 << 10 };

/* ---- content ---- */

void line_begin(struct dump *d, unsigned depth)
{
    scratch_reset(&d->line, LINE_KEEP_BYTES);
    d->line_cut = false;
    for (unsigned i = 0; i < depth; i++)
        line_bytes(d, "|", 1);
    if (depth > 0)
        line_bytes(d, " ", 1);
}

void line_bytes(struct dump *d, const void *p, size_t len)
{
    int err = d->line_cut ? -MR_E_LIMIT : scratch_put(&d->line, p, len);
    if (err == -MR_E_LIMIT)
        d->line_cut = true;
    else if (err != 0)
        d->failed = err;
}

void line_put(struct dump *d, const char *fmt, ...)
{
    char text[512]; /* numbers and short names; longer things go through line_bytes() and line_text() */
    va_list args;
    va_start(args, fmt);
    int n = vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    line_bytes(d, text, mr_min((size_t)n, sizeof(text) - 1));
}

size_t line_utf8(const uint8_t *p, size_t left, uint32_t *ret)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    size_t n = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : p[0] >= 0xc0 ? 2 : 1;
    *ret = p[0];
    if (n == 1)
        return p[0] < 0x80;
    if (p[0] > 0xf4 || n > left)
        return 0;
    uint32_t c = p[0] & (0x7fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xc0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3fu);
    }
    *ret = c;
    return c < least[n] || (c >= 0xd800 && c < 0xe000) || c > 0x10ffff ? 0 : n;
}

bool line_may_show(uint32_t c)
{
    /* No control characters, also not those of the second set, nothing that changes the direction of text. */
    return c >= 0x20 && (c < 0x7f || c >= 0xa0) && (c < 0x200e || c > 0x200f) && (c < 0x2028 || c > 0x202e) &&
           (c < 0x2066 || c > 0x2069);
}

/* The length of the character at p that a terminal may show, or 0. */
static size_t shown_length(const uint8_t *p, size_t left)
{
    uint32_t c;
    size_t n = line_utf8(p, left, &c);
    return line_may_show(c) ? n : 0;
}

void line_text(struct dump *d, struct mr_slice text, size_t max)
{
    if (text.ptr == NULL) {
        line_bytes(d, "null", 4);
        return;
    }
    size_t shown = mr_min(text.len, max), plain = 0;
    line_bytes(d, "\"", 1);
    for (size_t i = 0; i < shown; i += plain) {
        uint8_t c = text.ptr[i];
        plain = shown_length(text.ptr + i, text.len - i);
        if (plain > 0 && c != '"' && c != '\\') {
            line_bytes(d, text.ptr + i, plain);
            continue;
        }
        plain = 1;
        if (c == '"' || c == '\\')
            line_put(d, "\\%c", c);
        else if (c == '\n' || c == '\r' || c == '\t')
            line_put(d, "\\%c", c == '\n' ? 'n' : c == '\r' ? 'r' : 't');
        else
            line_put(d, "\\x%02x", c);
    }
    line_bytes(d, "\"", 1);
    if (shown < text.len)
        line_put(d, "... (%zu bytes more)", text.len - shown);
}

void line_uuid(struct dump *d, struct mr_uuid id)
{
    char text[UUID_TEXT_BYTES];
    uuid_text(id, text);
    line_bytes(d, text, strlen(text));
}

void line_end(struct dump *d)
{
    bool cut = d->line_cut;
    if (cut) {
        d->line.len = mr_min(d->line.len, DUMP_LINE_BYTES_MAX - 64);
        d->line_cut = false;
        line_put(d, "... (the line is cut)");
    }
    line_bytes(d, "", 1);
    if (d->failed != 0)
        return;
    d->report.lines++;
    d->cfg->say(d->cfg->ctx, false, (const char *)d->line.data);
}

/* ---- what is wrong ---- */

static void say_problem(struct dump *d, uint64_t pos, uint64_t end, const char *fmt, va_list args)
{
    char text[DUMP_PATH_BYTES + PROBLEM_BYTES];
    int n = end > pos
                ? snprintf(text, sizeof(text), "%.4000s: bytes %llu to %llu: ", d->path,
                           (unsigned long long)pos, (unsigned long long)end)
                : snprintf(text, sizeof(text), "%.4000s: byte %llu: ", d->path, (unsigned long long)pos);
    vsnprintf(text + n, sizeof(text) - (size_t)n, fmt, args);
    d->cfg->say(d->cfg->ctx, true, text);
}

void dump_problem(struct dump *d, uint64_t pos, uint64_t end, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say_problem(d, pos, end, fmt, args);
    va_end(args);
    d->report.problems++;
}

void dump_doubt(struct dump *d, bool fine, uint64_t pos, uint64_t end, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    say_problem(d, pos, end, fmt, args);
    va_end(args);
    if (fine)
        d->report.notes++;
    else
        d->report.problems++;
}

/* ---- the directory ---- */

/* dir ends with a slash or is empty. In use or left by a crash: millrace's meta.properties has a version of
 * its own then (storage/logdir.c), and a Kafka that stopped cleanly leaves a file that says so. */
static enum dump_dir state_of(struct dump *d, const char *dir)
{
    char path[DUMP_PATH_BYTES + 32];
    uint8_t *text = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), "%smeta.properties", dir);
    if (file_get_wait(d->cfg->io, path, META_BYTES_MAX, &text, &len) != 0)
        return DIR_UNKNOWN;
    bool ours = strstr((const char *)text, "version=71") != NULL;
    mem_free(text);
    struct mr_op op;
    struct io_stat st;
    snprintf(path, sizeof(path), "%s.kafka_cleanshutdown", dir);
    op_init(&op, NULL);
    io_stat(d->cfg->io, &op, path, &st);
    bool marked = io_wait(d->cfg->io, &op) == 0;
    return ours || !marked ? DIR_IN_USE : DIR_CLOSED;
}

/* The directory above `dir`, which ends with a slash or is empty (the working directory); in place. */
static void go_up(char *dir, size_t room)
{
    size_t len = strlen(dir);
    size_t at = len > 0 ? len - 1 : 0;
    while (at > 0 && dir[at - 1] != '/')
        at--;
    if (len < 2 || strcmp(dir + at, "./") == 0 || strcmp(dir + at, "../") == 0)
        snprintf(dir + len, room - len, "../");
    else
        dir[at] = '\0';
}

enum dump_dir dump_dir_state(struct dump *d)
{
    char dir[DUMP_PATH_BYTES];
    size_t len = mr_min((size_t)(d->name - d->path), sizeof(dir) - 8);
    if (d->dir != DIR_UNSEEN)
        return d->dir;
    /* Files of the log directory itself, then those of a partition. */
    snprintf(dir, sizeof(dir), "%.*s", (int)len, d->path);
    d->dir = state_of(d, dir);
    go_up(dir, sizeof(dir));
    if (d->dir == DIR_UNKNOWN)
        d->dir = state_of(d, dir);
    return d->dir;
}

bool dump_dir_in_use(struct dump *d)
{
    return dump_dir_state(d) == DIR_IN_USE;
}
