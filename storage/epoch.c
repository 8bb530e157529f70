#include "storage/epoch.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "storage/text.h"

void epochs_done(struct epoch_cache *c)
{
    mem_free(c->items);
    memset(c, 0, sizeof(*c));
}

int epochs_begin(struct epoch_cache *c, int32_t epoch, int64_t start)
{
    if (epoch < 0 || start < 0)
        return -MR_E_STATE;
    if (c->count > 0) {
        int32_t latest = c->items[c->count - 1].epoch;
        if (epoch == latest)
            return 0;
        if (epoch < latest)
            return -MR_E_STATE;
    }
    c->filed = false;
    while (c->count > 0 && c->items[c->count - 1].start >= start)
        c->count--;
    if (c->count == c->cap) {
        uint32_t cap = c->cap == 0 ? 2 : c->cap * 2;
        void *grown = mem_realloc(c->items, cap * sizeof(*c->items));
        if (grown == NULL)
            return -ENOMEM;
        c->items = grown;
        c->cap = cap;
    }
    c->items[c->count++] = (struct epoch_entry){epoch, start};
    return 0;
}

int32_t epochs_latest(const struct epoch_cache *c)
{
    return c->count > 0 ? c->items[c->count - 1].epoch : -1;
}

int32_t epochs_at(const struct epoch_cache *c, int64_t offset)
{
    for (uint32_t i = c->count; i > 0; i--) {
        if (c->items[i - 1].start <= offset)
            return c->items[i - 1].epoch;
    }
    return -1;
}

bool epochs_end(const struct epoch_cache *c, int32_t asked, int64_t log_end, int32_t *ret_epoch,
                int64_t *ret_end)
{
    if (c->count == 0 || asked == -1 || asked > c->items[c->count - 1].epoch)
        return false;
    if (asked < c->items[0].epoch) { /* before anything known: it ended where the first known one began */
        *ret_epoch = asked;
        *ret_end = c->items[0].start;
        return true;
    }
    uint32_t i = c->count;
    while (c->items[i - 1].epoch > asked)
        i--;
    *ret_epoch = c->items[i - 1].epoch;
    *ret_end = i < c->count ? c->items[i].start : log_end;
    return true;
}

void epochs_cut_end(struct epoch_cache *c, int64_t end)
{
    while (c->count > 0 && c->items[c->count - 1].start >= end) {
        c->count--;
        c->filed = false;
    }
}

void epochs_cut_start(struct epoch_cache *c, int64_t start)
{
    uint32_t drop = 0; /* all but the last epoch that began at or before start */
    while (drop + 1 < c->count && c->items[drop + 1].start <= start)
        drop++;
    if (drop > 0) {
        memmove(c->items, c->items + drop, (c->count - drop) * sizeof(*c->items));
        c->count -= drop;
        c->filed = false;
    }
    if (c->count > 0 && c->items[0].start < start) {
        c->items[0].start = start;
        c->filed = false;
    }
}

static int line_put(const struct epoch_cache *c, uint32_t i, char line[64])
{
    return i == 0 ? snprintf(line, 64, "0\n%u\n", c->count)
                  : snprintf(line, 64, "%d %lld\n", c->items[i - 1].epoch, (long long)c->items[i - 1].start);
}

size_t epochs_encode(const struct epoch_cache *c, char *dst, size_t cap)
{
    size_t used = 0;
    char line[64];
    for (uint32_t i = 0; i <= c->count; i++) {
        int n = line_put(c, i, line);
        if (used + (size_t)n <= cap)
            memcpy(dst + used, line, (size_t)n);
        used += (size_t)n;
    }
    return used;
}

static bool says(const struct epoch_cache *c, struct mr_slice text)
{
    size_t at = 0;
    char line[64];
    for (uint32_t i = 0; i <= c->count; i++) {
        size_t n = (size_t)line_put(c, i, line);
        if (n > text.len - at || memcmp(text.ptr + at, line, n) != 0)
            return false;
        at += n;
    }
    return at == text.len;
}

int epochs_decode(struct epoch_cache *c, struct mr_slice text)
{
    struct text_scan scan = text_scan(text);
    int64_t version, count;
    if (!text_int(&scan, &version) || version != 0 || !text_int(&scan, &count) || count < 0)
        return -MR_E_CORRUPT;
    for (int64_t i = 0; i < count; i++) {
        int64_t epoch, start;
        if (!text_int(&scan, &epoch) || !text_int(&scan, &start) || epoch < 0 || epoch > INT32_MAX)
            return -MR_E_CORRUPT;
        int err = epochs_begin(c, (int32_t)epoch, start);
        if (err != 0)
            return err == -MR_E_STATE ? -MR_E_CORRUPT : err;
    }
    /* Every line is ended, by Kafka, too: of a file that was cut off the last number may lack digits. */
    if (text.ptr[text.len - 1] != '\n')
        return -MR_E_CORRUPT;
    c->filed = says(c, text);
    return 0;
}
