/* The small text files: Kafka's offset checkpoints and leader epochs, and properties. A line of the file that
 * is not what it should be is said and passed over. */
#include "core/mem.h"
#include "storage/dump_priv.h"
#include "storage/text.h"

enum { LINE_SHOWN_BYTES = 4096 };

struct lines {
    const char *p, *end;
    const char *start;
};

static bool next_line(struct lines *l, struct mr_str *ret, uint64_t *ret_pos)
{
    if (l->p >= l->end)
        return false;
    const char *nl = memchr(l->p, '\n', (size_t)(l->end - l->p));
    const char *stop = nl != NULL ? nl : l->end;
    *ret_pos = (uint64_t)(l->p - l->start);
    *ret = (struct mr_str){l->p, (size_t)(stop - l->p)};
    if (ret->len > 0 && ret->ptr[ret->len - 1] == '\r')
        ret->len--;
    l->p = nl != NULL ? nl + 1 : l->end;
    return true;
}

static bool at_end(struct text_scan *scan)
{
    struct mr_str more;
    return !text_word(scan, &more);
}

/* One entry; false: it is none. */
static bool entry(struct dump *d, enum dump_text kind, struct mr_str line)
{
    struct text_scan scan = text_scan((struct mr_slice){(const uint8_t *)line.ptr, line.len});
    struct mr_str topic = {NULL, 0};
    int64_t first, second;
    if (kind == TEXT_OFFSETS && !text_word(&scan, &topic))
        return false;
    for (size_t i = 0; i < topic.len; i++) { /* not one of Kafka's names, and perhaps not for a terminal */
        if (topic.ptr[i] < '!' || topic.ptr[i] > '~')
            return false;
    }
    if (!text_int(&scan, &first) || !text_int(&scan, &second) || !at_end(&scan) || first < 0)
        return false;
    line_begin(d, 0);
    if (kind == TEXT_OFFSETS) {
        line_put(d, "topic: ");
        line_bytes(d, topic.ptr, topic.len);
        line_put(d, " partition: %lld offset: %lld", (long long)first, (long long)second);
    } else {
        line_put(d, "epoch: %lld startOffset: %lld", (long long)first, (long long)second);
    }
    line_end(d);
    return true;
}

static bool line_number(struct lines *l, int64_t *ret, uint64_t *ret_pos)
{
    struct mr_str line;
    if (!next_line(l, &line, ret_pos))
        return false;
    struct text_scan scan = text_scan((struct mr_slice){(const uint8_t *)line.ptr, line.len});
    return text_int(&scan, ret) && at_end(&scan);
}

/* Version, count, then that many entries, a line each. */
static void counted(struct dump *d, enum dump_text kind, struct lines *l)
{
    int64_t version, count, seen = 0;
    uint64_t pos = 0;
    struct mr_str line;
    if (!line_number(l, &version, &pos) || version != 0) {
        dump_problem(d, pos, 0, "the first line is not version 0");
        return;
    }
    if (!line_number(l, &count, &pos) || count < 0) {
        dump_problem(d, pos, 0, "the second line is not a number of entries");
        return;
    }
    line_begin(d, 0);
    line_put(d, "version: %lld entries: %lld", (long long)version, (long long)count);
    line_end(d);
    while (next_line(l, &line, &pos)) {
        if (entry(d, kind, line))
            seen++;
        else if (line.len > 0)
            dump_problem(d, pos, pos + line.len, "this line is no entry");
    }
    if (seen != count)
        dump_problem(d, d->src.size, 0, "%lld entries are here, %lld were announced", (long long)seen,
                     (long long)count);
}

void dump_text_file(struct dump *d, enum dump_text kind)
{
    scratch_reset(&d->batch, 0);
    int err = source_copy(&d->src, 0, d->src.size, &d->batch);
    if (err != 0) {
        dump_problem(d, 0, d->src.size, "cannot be read: %s", mr_err_text(err));
        return;
    }
    const char *text = (const char *)d->batch.data;
    struct lines l = {.p = text, .start = text, .end = text + d->src.size};
    struct mr_str line;
    uint64_t pos;
    if (kind == TEXT_OFFSETS || kind == TEXT_EPOCHS) {
        counted(d, kind, &l);
        return;
    }
    while (next_line(&l, &line, &pos)) {
        bool plain = line.len <= LINE_SHOWN_BYTES;
        for (size_t i = 0; plain && i < line.len; i++)
            plain = (line.ptr[i] >= ' ' && line.ptr[i] < 0x7f) || line.ptr[i] == '\t';
        if (kind == TEXT_PROPERTIES && (line.len == 0 || line.ptr[0] == '#'))
            continue;
        const char *sep = memchr(line.ptr, '=', line.len);
        line_begin(d, 0);
        if (!plain) {
            line_text(d, (struct mr_slice){(const uint8_t *)line.ptr, line.len}, LINE_SHOWN_BYTES);
        } else if (kind == TEXT_PROPERTIES && sep != NULL) {
            line_bytes(d, line.ptr, (size_t)(sep - line.ptr));
            line_put(d, ": ");
            line_bytes(d, sep + 1, (size_t)(line.ptr + line.len - sep - 1));
        } else {
            line_bytes(d, line.ptr, line.len);
        }
        line_end(d);
        if (!plain || (kind == TEXT_PROPERTIES && sep == NULL))
            dump_problem(d, pos, pos + line.len, "this line is no %s", plain ? "key=value" : "text");
    }
}
