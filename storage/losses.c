#include "storage/losses.h"

#include <stdio.h>

#include "core/err.h"
#include "core/mem.h"
#include "core/scratch.h"
#include "storage/file_put.h"
#include "storage/text.h"

enum { BYTES_MAX = 64 << 20, NAME_BYTES = 300, PATH_BYTES = 1400 };

int losses_add(struct losses *l, const char *name, int64_t first, int64_t last)
{
    if (l->count == l->cap) {
        uint32_t cap = l->cap == 0 ? 16 : l->cap * 2;
        void *grown = mem_realloc(l->items, (size_t)cap * sizeof(*l->items));
        if (grown == NULL)
            return -ENOMEM;
        l->items = grown;
        l->cap = cap;
    }
    char *copy = mem_text(name, strlen(name));
    if (copy == NULL)
        return -ENOMEM;
    l->items[l->count++] = (struct loss){copy, first, last};
    return 0;
}

bool losses_have(const struct losses *l, const char *name, int64_t first, int64_t last)
{
    for (uint32_t i = 0; i < l->count; i++) {
        if (l->items[i].first <= first && last <= l->items[i].last && strcmp(l->items[i].name, name) == 0)
            return true;
    }
    return false;
}

int losses_load(struct losses *l, struct mr_io *io, const char *dir)
{
    char path[PATH_BYTES], name[NAME_BYTES];
    uint8_t *text = NULL;
    size_t len = 0;
    *l = (struct losses){.items = NULL};
    snprintf(path, sizeof(path), "%s/" LOSSES_FILE, dir);
    int err = file_get_wait(io, path, BYTES_MAX, &text, &len);
    struct text_scan scan = text_scan((struct mr_slice){text, err == 0 ? len : 0});
    struct mr_str word;
    int64_t first, last;
    while (err == 0 && text_word(&scan, &word) && text_int(&scan, &first) && text_int(&scan, &last)) {
        snprintf(name, sizeof(name), "%.*s", MR_STR(word));
        err = losses_add(l, name, first, last);
    }
    mem_free(text);
    return err == -ENOENT ? 0 : err;
}

int losses_store(const struct losses *l, struct mr_io *io, const char *dir)
{
    struct mr_scratch text;
    char line[NAME_BYTES + 64];
    int err = 0;
    scratch_init(&text, BYTES_MAX);
    for (uint32_t i = 0; err == 0 && i < l->count; i++) {
        int n = snprintf(line, sizeof(line), "%s %lld %lld\n", l->items[i].name, (long long)l->items[i].first,
                         (long long)l->items[i].last);
        err = scratch_put(&text, line, (size_t)n);
    }
    if (err == 0)
        err = file_replace_wait(io, dir, LOSSES_FILE, text.data, text.len);
    scratch_done(&text);
    return err;
}

void losses_done(struct losses *l)
{
    for (uint32_t i = 0; i < l->count; i++)
        mem_free(l->items[i].name);
    mem_free(l->items);
    *l = (struct losses){.items = NULL};
}
