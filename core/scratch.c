#include "core/scratch.h"

#include "core/err.h"
#include "core/mem.h"

enum { CAP_BYTES_FIRST = 4096 };

void scratch_init(struct mr_scratch *s, size_t max_bytes)
{
    memset(s, 0, sizeof(*s));
    s->max = max_bytes;
}

void scratch_done(struct mr_scratch *s)
{
    mem_free(s->data);
    s->data = NULL;
    s->len = s->cap = 0;
}

void scratch_reset(struct mr_scratch *s, size_t keep_bytes)
{
    s->len = 0;
    if (s->cap > keep_bytes)
        scratch_done(s);
}

int scratch_reserve(struct mr_scratch *s, size_t bytes)
{
    if (s->cap - s->len >= bytes && s->data != NULL)
        return 0;
    if (bytes > s->max - s->len)
        return -MR_E_LIMIT;
    size_t cap = mr_max(mr_max(s->cap * 2, s->len + bytes), CAP_BYTES_FIRST);
    cap = mr_max(mr_min(cap, s->max), 1);
    uint8_t *data = mem_realloc(s->data, cap);
    if (data == NULL)
        return -ENOMEM;
    s->data = data;
    s->cap = cap;
    return 0;
}

int scratch_put(struct mr_scratch *s, const void *p, size_t bytes)
{
    int err = scratch_reserve(s, bytes);
    if (err != 0)
        return err;
    if (bytes > 0)
        memcpy(s->data + s->len, p, bytes);
    s->len += bytes;
    return 0;
}
