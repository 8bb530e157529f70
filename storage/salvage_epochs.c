#include "storage/salvage_epochs.h"

#include <stdio.h>

#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/segment.h"
#include "storage/walk.h"

enum { HISTORY_BYTES_MAX = 16 << 20 };

void salvage_epochs_load(struct salvage_epochs *e, struct mr_io *io, const char *dir,
                         const struct names *files, const struct bound *bound)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    *e = (struct salvage_epochs){.io = io, .dir = dir, .files = files, .before = -1, .judged = -1};
    e->certain = bound != NULL;
    e->end = bound != NULL ? bound->append_end : INT64_MAX; /* behind it others may have begun */
    for (uint32_t i = 0; bound != NULL && i < bound->epochs.count; i++)
        (void)epochs_begin(&e->history, bound->epochs.items[i].epoch, bound->epochs.items[i].start);
    if (bound != NULL)
        return;
    snprintf(path, sizeof(path), "%.1000s/leader-epoch-checkpoint", dir);
    if (file_get_wait(io, path, HISTORY_BYTES_MAX, &text, &len) == 0 &&
        epochs_decode(&e->history, (struct mr_slice){text, len}) != 0)
        epochs_done(&e->history);
    mem_free(text);
}

void salvage_epochs_done(struct salvage_epochs *e)
{
    epochs_done(&e->history);
}

static bool is_known(const struct salvage_epochs *e, int32_t epoch)
{
    for (uint32_t i = 0; i < e->history.count; i++) {
        if (e->history.items[i].epoch == epoch)
            return true;
    }
    return false;
}

/* Hold the batches of one file, below offset to, against the epoch of entry i. False: no further. */
static int count_file(struct salvage_epochs *e, uint32_t i, int64_t base, int64_t to)
{
    char path[SEGMENT_PATH_MAX];
    struct walk w;
    struct walk_piece p;
    const struct epoch_entry *entry = &e->history.items[i];
    segment_path(path, e->dir, base, ".log");
    int more = walk_open(&w, e->io, path, base, INT64_MAX);
    while (more == 0 && (more = walk_next(&w, &p)) == 1) {
        more = 0;
        if (p.kind != WALK_BATCH || p.b.h.base_offset < entry->start)
            continue;
        if (p.b.h.base_offset >= to)
            break;
        if (p.b.h.leader_epoch == entry->epoch) {
            e->fit_to = p.b.h.base_offset;
            e->others = 0;
        } else {
            e->others++;
        }
    }
    walk_close(&w);
    return more == -ENOMEM ? more : 0; /* what cannot be read says nothing */
}

/* Once for each epoch that some batch contradicts: they come in the order of offsets. */
static int judge(struct salvage_epochs *e, int64_t offset)
{
    uint32_t i = e->history.count - 1;
    while (e->history.items[i].start > offset)
        i--;
    if (e->judged == e->history.items[i].start)
        return 0;
    int64_t to = i + 1 < e->history.count ? e->history.items[i + 1].start : INT64_MAX;
    e->judged = e->history.items[i].start;
    e->fit_to = -1;
    e->others = 0;
    int err = 0;
    for (uint32_t k = 0; k < e->files->count && err == 0; k++) { /* names are sorted */
        int64_t base = segment_base_of(e->files->items[k], ".log"), then = -1;
        for (uint32_t n = k + 1; n < e->files->count && then < 0; n++)
            then = segment_base_of(e->files->items[n], ".log");
        if (base >= 0 && base < to && (then < 0 || then > e->judged))
            err = count_file(e, i, base, to);
    }
    return err;
}

/* The history says another epoch than the batch. */
static bool history_is_right(const struct salvage_epochs *e, const struct kw_batch_header *h, int32_t said)
{
    int32_t own = h->leader_epoch;
    if ((own < e->before && said >= e->before) || (own > said && e->fit_to > h->base_offset))
        return true; /* epochs do not go down */
    if (e->odd || is_known(e, own))
        return false;
    if (e->others >= 2) /* an entry of the history is missing */
        return h->base_offset < e->fit_to;
    return e->fit_to >= 0 || said < own;
}

/* The history begins where the log starts, which may be inside a batch or behind some: epochs do not go down
 * there either. */
static bool cannot_be(const struct salvage_epochs *e, const struct kw_batch_header *h)
{
    return e->history.count > 0 && h->base_offset < e->history.items[0].start &&
           (h->leader_epoch > e->history.items[0].epoch || h->leader_epoch < e->before);
}

int salvage_epoch(struct salvage_epochs *e, const struct kw_batch_header *h, int32_t *ret)
{
    int32_t said = h->base_offset < e->end ? epochs_at(&e->history, h->base_offset) : -1;
    int32_t epoch = h->leader_epoch;
    bool fits = said < 0 || said == epoch;
    int err = fits || e->certain ? 0 : judge(e, h->base_offset);
    if (!fits && err == 0 && (e->certain || history_is_right(e, h, said)))
        epoch = said;
    if (said < 0 && cannot_be(e, h))
        epoch = e->before >= 0 ? e->before : e->history.items[0].epoch;
    e->odd = said >= 0 && epoch != said;
    e->before = epoch;
    *ret = epoch;
    return err;
}
