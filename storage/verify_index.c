/* The sparse indexes of a segment, held against its batches (storage/index_check.h). */
#include "storage/verify_priv.h"

enum {
    WINDOW_BYTES = 64 * 1024,
    /* index.interval.bytes, which is the topic's and not known here: files whose own entries do not show it
       are taken for ones with at most that much between two. */
    INTERVAL_BYTES = 1 << 20,
};

static void look_no_more(struct verify *v, struct verify_indexes *x, enum index_kind kind, int err)
{
    struct index_view *f = &x->check.files[kind];
    f->off = true;
    if (err != -ENOENT) /* they are derived: rebuilt when they are not there */
        verify_find(v, &(struct verify_place){.file = x->paths[kind]}, "cannot be read: %s",
                    mr_err_text(err));
}

void verify_indexes_open(struct verify *v, struct verify_indexes *x, int64_t base)
{
    index_check_begin(&x->check, base, INTERVAL_BYTES);
    for (enum index_kind k = 0; k < INDEX_KINDS; k++) {
        int err = source_open(&x->src[k], v->io, x->paths[k]);
        x->check.files[k].off = err != 0;
        if (err != 0)
            look_no_more(v, x, k, err);
    }
}

static void move_window(struct verify *v, struct verify_indexes *x, enum index_kind kind)
{
    struct index_view *f = &x->check.files[kind];
    struct source *src = &x->src[kind];
    uint64_t left = src->size - mr_min(f->next, src->size);
    f->at = f->next;
    f->len = (size_t)mr_min(left, WINDOW_BYTES);
    f->ends = f->len == left;
    int err = f->len == 0 ? 0 : source_get(src, f->at, f->len, &f->bytes);
    if (err != 0)
        look_no_more(v, x, kind, err);
}

void verify_indexes_batch(struct verify *v, struct verify_indexes *x, const struct kw_batch_header *h,
                          uint64_t pos)
{
    enum index_kind k;
    while ((k = index_check_batch(&x->check, h, pos)) != INDEX_KINDS)
        move_window(v, x, k);
}

void verify_indexes_close(struct verify *v, struct verify_indexes *x, bool walked)
{
    enum index_kind k;
    while (walked && (k = index_check_end(&x->check)) != INDEX_KINDS)
        move_window(v, x, k);
    for (k = 0; k < INDEX_KINDS; k++) {
        const struct index_view *f = &x->check.files[k];
        if (f->wrong)
            verify_find(v, &(struct verify_place){x->paths[k], f->from, f->to}, "%s", f->why);
        source_close(&x->src[k]);
    }
}
