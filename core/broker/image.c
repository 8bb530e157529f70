#include "core/broker/image.h"

#include "core/broker/image_priv.h"
#include "core/compress.h"
#include "core/mem.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/records.h"

enum { RECORD_ARENA_BYTES_MAX = 64 << 20, UNPACKED_BYTES_MAX = 64 << 20 };

int image_new(int32_t node_id, struct image **ret)
{
    struct image *img = mem_zalloc(1, sizeof(*img));
    if (img == NULL)
        return -ENOMEM;
    img->node_id = node_id;
    img->offset = -1;
    smap_init(&img->topics);
    smap_init(&img->topics_by_id);
    smap_init(&img->other_configs);
    map_init(&img->brokers);
    image_quotas_init(&img->quotas);
    image_scram_init(&img->scram);
    scratch_init(&img->held, IMAGE_TXN_BYTES_MAX);
    *ret = img;
    return 0;
}

void image_topic_free(struct image_topic *t)
{
    for (int32_t i = 0; i < t->partition_count; i++)
        mem_free(t->partitions[i].replicas);
    mem_free(t->partitions);
    config_map_done(&t->configs);
    mem_free(t->name);
    mem_free(t);
}

void image_broker_free(struct image_broker *b)
{
    for (uint32_t i = 0; i < b->endpoint_count; i++) {
        mem_free(b->endpoints[i].name);
        mem_free(b->endpoints[i].host);
    }
    mem_free(b->endpoints);
    mem_free(b->rack);
    mem_free(b);
}

void image_configs_free(struct image_configs *c)
{
    config_map_done(&c->map);
    mem_free(c);
}

void image_free(struct image *img)
{
    if (img == NULL)
        return;
    uint32_t at = 0;
    for (struct image_topic *t; (t = smap_next(&img->topics, &at)) != NULL;)
        image_topic_free(t);
    at = 0;
    for (struct image_broker *b; (b = map_next(&img->brokers, &at)) != NULL;)
        image_broker_free(b);
    at = 0;
    for (struct image_configs *c; (c = smap_next(&img->other_configs, &at)) != NULL;)
        image_configs_free(c);
    smap_done(&img->topics);
    smap_done(&img->topics_by_id);
    smap_done(&img->other_configs);
    map_done(&img->brokers);
    image_quotas_done(&img->quotas);
    image_scram_done(&img->scram);
    config_map_done(&img->broker_configs);
    config_map_done(&img->cluster_configs);
    for (uint32_t i = 0; i < img->feature_count; i++)
        mem_free(img->features[i].name);
    mem_free(img->features);
    scratch_done(&img->held);
    mem_free(img);
}

struct image_topic *image_topic(const struct image *img, struct mr_str name)
{
    return smap_get(&img->topics, name);
}

struct image_topic *image_topic_by_id(const struct image *img, struct mr_uuid id)
{
    return smap_get(&img->topics_by_id, (struct mr_str){(const char *)id.bytes, sizeof(id.bytes)});
}

int16_t image_feature_level(const struct image *img, const char *name)
{
    for (uint32_t i = 0; i < img->feature_count; i++) {
        if (strcmp(img->features[i].name, name) == 0)
            return img->features[i].level;
    }
    return 0;
}

bool image_next_configs(const struct image *img, uint32_t *at, struct mr_str *ret_key)
{
    const struct image_configs *c = smap_next(&img->other_configs, at);
    if (c != NULL)
        *ret_key = c->name;
    return c != NULL;
}

struct image_topic *image_next(const struct image *img, uint32_t *at)
{
    return smap_next(&img->topics, at);
}

/* ---- applying ---- */

/* Keep a record of an open transaction. */
static int hold(struct image *img, struct mr_slice record)
{
    uint8_t head[4];
    mr_put32(head, (uint32_t)record.len);
    int err = scratch_put(&img->held, head, sizeof(head));
    if (err == 0)
        err = scratch_put(&img->held, record.ptr, record.len);
    return err == -MR_E_LIMIT ? -MR_E_CORRUPT : err;
}

static int apply_held(struct image_apply *a)
{
    struct mr_scratch *held = &a->img->held;
    int err = 0;
    for (size_t at = 0; err == 0 && at < held->len;) {
        uint32_t bytes = mr_get32(held->data + at);
        err = image_record(a, (struct mr_slice){held->data + at + 4, bytes});
        at += 4 + (size_t)bytes;
    }
    scratch_done(held);
    return err;
}

/* KIP-868: what stands between Begin and End counts at End, or not at all. */
static int take(struct image_apply *a, struct mr_slice record)
{
    struct image *img = a->img;
    int type = image_record_type(record);
    if (type < 0)
        return type;
    if (type == kw_begin_transaction_record_info.key) {
        if (img->in_transaction)
            return -MR_E_CORRUPT;
        img->in_transaction = true;
        return 0;
    }
    if (type == kw_end_transaction_record_info.key || type == kw_abort_transaction_record_info.key) {
        if (!img->in_transaction)
            return -MR_E_CORRUPT;
        img->in_transaction = false;
        if (type == kw_end_transaction_record_info.key)
            return apply_held(a);
        scratch_done(&img->held);
        return 0;
    }
    return img->in_transaction ? hold(img, record) : image_record(a, record);
}

static int apply_records(struct image_apply *a, const struct kw_batch *b, struct mr_slice records)
{
    struct record_iter it;
    struct kw_record record;
    int more;
    record_iter_init(&it, records, b->h.record_count);
    while ((more = record_next(&it, &record)) == 1) {
        int err = take(a, record.value);
        if (err != 0)
            return err;
    }
    return more;
}

/* Kafka's writer never packs metadata, but the format allows it. */
static int apply_packed(struct image_apply *a, const struct kw_batch *b)
{
    struct mr_scratch scratch;
    struct mr_slice records;
    struct comp *comp = comp_new();
    if (comp == NULL)
        return -ENOMEM;
    scratch_init(&scratch, UNPACKED_BYTES_MAX);
    int err = batch_records(b, comp, &scratch, UNPACKED_BYTES_MAX, &records);
    if (err == 0)
        err = apply_records(a, b, records);
    scratch_done(&scratch);
    comp_free(comp);
    return err == -MR_E_LIMIT ? -MR_E_CORRUPT : err;
}

int image_apply(struct image *img, struct mr_slice batch,
                void (*changed)(void *ctx, const struct image_change *c), void *ctx)
{
    struct kw_batch b;
    struct image_apply a = {.img = img, .announce = changed != NULL};
    int err = batch_next(&batch, &b);
    if (err != 1 || batch.len != 0)
        return err < 0 ? err : -MR_E_CORRUPT;
    err = batch_check(&b);
    if (err != 0)
        return err;
    arena_init(&a.arena, RECORD_ARENA_BYTES_MAX);
    img->version++;
    if (!batch_is_control(&b.h))
        err =
            batch_codec(&b.h) == COMP_NONE ? apply_records(&a, &b, batch_payload(&b)) : apply_packed(&a, &b);
    if (err == 0) {
        img->offset = batch_last_offset(&b.h);
        img->epoch = b.h.leader_epoch;
        for (uint32_t i = 0; i < a.change_count; i++)
            changed(ctx, &a.changes[i]);
    }
    for (uint32_t i = 0; i < a.gone_count; i++)
        image_topic_free(a.gone[i]);
    mem_free(a.gone);
    mem_free(a.changes);
    arena_done(&a.arena);
    return err;
}
