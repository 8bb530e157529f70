#include "storage/source.h"

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/format.h"

int source_open(struct source *s, struct mr_io *io, const char *path)
{
    struct mr_op op;
    struct io_stat st;
    *s = (struct source){.io = io, .file = MR_NO_FILE};
    op_init(&op, NULL);
    io_stat(io, &op, path, &st);
    int64_t r = io_wait(io, &op);
    if (r < 0)
        return (int)r;
    if (st.is_dir)
        return -EISDIR;
    s->size = st.bytes;
    s->buf = mem_alloc(SOURCE_BYTES);
    if (s->buf == NULL)
        return -ENOMEM;
    op_init(&op, NULL);
    io_open(io, &op, path, IO_READ);
    r = io_wait(io, &op);
    if (r < 0) {
        source_close(s);
        return (int)r;
    }
    s->file = (struct mr_file){(int32_t)r};
    return 0;
}

int source_open_none(struct source *s, struct mr_io *io)
{
    *s = (struct source){.io = io, .file = MR_NO_FILE};
    s->buf = mem_alloc(SOURCE_BYTES);
    return s->buf == NULL ? -ENOMEM : 0;
}

void source_close(struct source *s)
{
    if (s->buf == NULL)
        return;
    mem_free(s->buf);
    s->buf = NULL;
    if (s->file.h < 0)
        return;
    struct mr_op op;
    op_init(&op, NULL);
    io_close(s->io, &op, s->file);
    (void)io_wait(s->io, &op); /* nothing was written */
    s->file = MR_NO_FILE;
}

void source_overlay(struct source *s, uint64_t pos, struct mr_slice bytes)
{
    s->over_at = pos;
    s->over = bytes;
    s->size = mr_max(s->size, pos + bytes.len);
    s->got = 0;
}

static void lay_over(struct source *s)
{
    uint64_t from = mr_max(s->at, s->over_at), to = mr_min(s->at + s->got, s->over_at + s->over.len);
    if (from < to)
        memcpy(s->buf + (from - s->at), s->over.ptr + (from - s->over_at), to - from);
}

/* Fill the window from pos with want bytes, fewer at the end of the file. */
static int fill(struct source *s, uint64_t pos, size_t want)
{
    s->at = pos;
    s->got = 0;
    want = (size_t)mr_min(want, s->size - pos);
    if (s->file.h < 0) {
        memset(s->buf, 0, want);
        s->got = want;
    }
    while (s->got < want) {
        struct mr_op op;
        op_init(&op, NULL);
        io_read(s->io, &op, s->file, s->buf + s->got, want - s->got, pos + s->got);
        int64_t n = io_wait(s->io, &op);
        if (n < 0)
            return (int)n;
        if (n == 0 && s->over.len == 0) {
            s->size = pos + s->got;
            return 0;
        }
        if (n == 0) { /* the file ends before what takes the place of its end */
            memset(s->buf + s->got, 0, want - s->got);
            s->got = want;
        }
        s->got += (size_t)n;
    }
    lay_over(s);
    return 0;
}

int source_get(struct source *s, uint64_t pos, size_t len, const uint8_t **ret)
{
    MR_ASSERT(len <= SOURCE_BYTES);
    if (pos > s->size || len > s->size - pos)
        return -ENODATA;
    if (pos < s->at || pos + len > s->at + s->got) {
        int err = fill(s, pos, SOURCE_BYTES);
        if (err != 0 && s->got < len)
            err = fill(s, pos, len); /* what cannot be read may lie behind it */
        if (s->got < len)
            return err != 0 ? err : -ENODATA;
    }
    *ret = s->buf + (pos - s->at);
    return 0;
}

int source_copy(struct source *s, uint64_t pos, uint64_t len, struct mr_scratch *out)
{
    int err = scratch_reserve(out, len);
    for (uint64_t done = 0; err == 0 && done < len;) {
        const uint8_t *p;
        size_t n = (size_t)mr_min(len - done, SOURCE_BYTES);
        err = source_get(s, pos + done, n, &p);
        if (err == 0)
            err = scratch_put(out, p, n);
        done += n;
    }
    return err;
}

int source_crc(struct source *s, uint64_t pos, uint64_t len, uint32_t *crc)
{
    while (len > 0) {
        const uint8_t *p;
        size_t n = (size_t)mr_min(len, SOURCE_BYTES);
        if (pos >= s->at && pos < s->at + s->got)
            n = (size_t)mr_min(n, s->at + s->got - pos); /* first what the window has */
        int err = source_get(s, pos, n, &p);
        if (err != 0)
            return err;
        *crc = crc32c(*crc, p, n);
        pos += n;
        len -= n;
    }
    return 0;
}

bool source_is_zero(struct source *s, uint64_t pos, uint64_t end)
{
    while (pos < end) {
        const uint8_t *p;
        size_t n = (size_t)mr_min(end - pos, SOURCE_UNIT);
        if (source_get(s, pos, n, &p) != 0 || p[0] != 0 || memcmp(p, p + 1, n - 1) != 0)
            return false;
        pos += n;
    }
    return true;
}

/* Where the zeros before end begin, looked at step by step down to first. */
static uint64_t zeros_from(struct source *s, uint64_t end, uint64_t first, uint64_t step)
{
    while (end > first) {
        uint64_t at = mr_max(mr_round_down(end - 1, step), first);
        if (!source_is_zero(s, at, end))
            return end;
        end = at;
    }
    return end;
}

uint64_t source_written(struct source *s)
{
    uint64_t end =
        zeros_from(s, s->size, 0, SOURCE_BYTES); /* windows first, then the units of the last one */
    return end == 0 ? 0 : zeros_from(s, end, mr_round_down(end - 1, SOURCE_BYTES), SEGMENT_UNIT);
}
