#include "core/broker/meta.h"

#include "core/broker/partition.h"
#include "core/mem.h"
#include "net/wire/batch.h"

enum { PARTITIONS_A_TURN = 128 }; /* about 2 us each, with the first touch of their memory */

int meta_apply(struct image *img, struct mr_slice batches,
               void (*changed)(void *ctx, const struct image_change *c), void *ctx)
{
    while (batches.len > 0) {
        struct kw_batch b;
        int more = batch_next(&batches, &b);
        if (more != 1)
            return more < 0 ? more : -MR_E_CORRUPT;
        int err = image_apply(img, b.bytes, changed, ctx);
        if (err != 0)
            return err;
    }
    return 0;
}

/* ---- history ---- */

int meta_history_add(struct meta_history *h, struct meta_piece piece)
{
    struct meta_piece *grown = mem_realloc(h->pieces, (h->count + 1) * sizeof(*grown));
    if (grown == NULL) {
        mem_free(piece.bytes);
        return -ENOMEM;
    }
    h->pieces = grown;
    h->pieces[h->count++] = piece;
    return 0;
}

void meta_history_done(struct meta_history *h)
{
    for (uint32_t i = 0; i < h->count; i++)
        mem_free(h->pieces[i].bytes);
    mem_free(h->pieces);
    *h = (struct meta_history){0};
}

int meta_history_apply(const struct meta_piece *piece, struct image *img)
{
    int err = meta_apply(img, (struct mr_slice){piece->bytes, piece->len}, NULL, NULL);
    if (err == 0 && piece->snapshot_end >= 0) { /* a snapshot numbers its records by itself */
        img->offset = piece->snapshot_end - 1;
        img->epoch = piece->snapshot_epoch;
    }
    return err;
}

/* ---- publishing ---- */

static void publish_answered(struct mr_shard *zero, struct mr_msg *msg)
{
    (void)zero;
    struct meta_note *n = MR_CONTAINER(msg, struct meta_note, msg);
    struct meta_publish *p = n->publish;
    if (p->err == 0)
        p->err = n->err;
    if (--p->waiting == 0)
        p->done(p);
}

static void publish_answer(struct mr_work *w)
{
    struct meta_note *n = MR_CONTAINER(w, struct meta_note, work);
    n->msg.run = publish_answered;
    shard_send(n->at->shard, 0, &n->msg);
}

/* At most max of the new partitions. */
static void make_some(struct meta_note *n, uint32_t max)
{
    for (; n->made_next < n->made_count && max > 0; max--)
        partition_on_image(n->at, &n->made[n->made_next++]);
}

static void publish_work(struct mr_work *w)
{
    struct meta_note *n = MR_CONTAINER(w, struct meta_note, work);
    if (n->err == 0)
        make_some(n, PARTITIONS_A_TURN);
    if (n->err == 0 && n->made_next < n->made_count) {
        shard_ready(n->at->shard, w);
        return;
    }
    mem_free(n->made);
    work_init(w, publish_answer);
    partition_when_gone(n->at, w);
}

static bool put_off(struct meta_note *n, const struct image_change *c)
{
    if (n->made_count == n->made_cap) {
        uint32_t cap = n->made_cap == 0 ? 64 : n->made_cap * 2;
        struct image_change *grown = mem_realloc(n->made, cap * sizeof(*grown));
        if (grown == NULL)
            return false;
        n->made = grown;
        n->made_cap = cap;
    }
    n->made[n->made_count++] = *c;
    return true;
}

static void publish_changed(void *ctx, const struct image_change *c)
{
    struct meta_note *n = ctx;
    if (c->kind == IMAGE_PARTITION_ADDED && put_off(n, c))
        return;
    if (c->kind == IMAGE_TOPIC_REMOVED) /* what was put off may point at it */
        make_some(n, UINT32_MAX);
    partition_on_image(n->at, c);
}

static void publish_apply(struct mr_shard *at, struct mr_msg *msg)
{
    struct meta_note *n = MR_CONTAINER(msg, struct meta_note, msg);
    n->at = broker_of(at);
    n->made = NULL;
    n->made_count = n->made_cap = n->made_next = 0;
    n->err = meta_apply(n->at->image, n->publish->batches, publish_changed, n);
    if (n->err != 0)
        log_error(at->log, "broker", "metadata cannot be applied, stop this broker shard=%u err=\"%s\"",
                  at->id, mr_err_text(n->err));
    work_init(&n->work, publish_work);
    shard_ready(at, &n->work);
}

void meta_publish(struct broker_shard *zero, struct meta_publish *p)
{
    MR_ASSERT(p->waiting == 0);
    p->broker = zero->broker;
    p->err = 0;
    p->waiting = zero->broker->shards;
    MR_ASSERT(p->waiting <= META_SHARDS_MAX);
    for (uint32_t i = 0; i < zero->broker->shards; i++) {
        struct meta_note *n = &p->notes[i];
        n->publish = p;
        n->msg.run = publish_apply;
        shard_send(zero->shard, i, &n->msg);
    }
}
