/* What each record of the metadata log means for the image. Source: KIP-631 (records), KIP-858 (directories),
 * KIP-966 (ELR).
 *
 * Read strictly and then passed over, because this broker keeps nothing of them: access control entries,
 * delegation tokens, controller registrations, ZkMigrationState, NoOp. Any other type stops the broker:
 * whoever wrote it counts on its being obeyed. */
#include <stdio.h>

#include "core/broker/image_priv.h"
#include "core/broker/topic_name.h"
#include "core/mem.h"
#include "net/wire/gen/meta_nodes.h"
#include "net/wire/gen/meta_other.h"
#include "net/wire/gen/meta_security.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/header.h"

enum { LEADER_UNCHANGED = -2, CONFIG_TOPIC = 2, CONFIG_BROKER = 4 };

/* ---- what the batch changes ---- */

/* Room for one more in an array that doubles. */
static void *grown(void *items, uint32_t count, uint32_t *cap, size_t item_bytes)
{
    if (count < *cap)
        return items;
    uint32_t more = *cap == 0 ? 16 : *cap * 2;
    void *p = mem_realloc(items, more * item_bytes);
    if (p != NULL)
        *cap = more;
    return p;
}

static int announce(struct image_apply *a, enum image_change_kind kind, struct image_topic *t,
                    int32_t partition)
{
    if (t != NULL)
        t->version = a->img->version;
    if (!a->announce)
        return 0;
    if (a->change_count > 0 && kind >= IMAGE_TOPIC_CONFIG) {
        const struct image_change *last = &a->changes[a->change_count - 1];
        if (last->kind == kind && last->topic == t)
            return 0; /* several settings of one resource are one change */
    }
    struct image_change *c = grown(a->changes, a->change_count, &a->change_cap, sizeof(*c));
    if (c == NULL)
        return -ENOMEM;
    a->changes = c;
    a->changes[a->change_count++] = (struct image_change){kind, t, partition};
    return 0;
}

/* ---- topics ---- */

static struct image_configs *other_configs(const struct image *img, int8_t type, struct mr_str name)
{
    char key[16 + IMAGE_RESOURCE_BYTES_MAX];
    if (name.len > IMAGE_RESOURCE_BYTES_MAX)
        return NULL;
    size_t head = (size_t)snprintf(key, 16, "%d:", type);
    memcpy(key + head, name.ptr, name.len);
    return smap_get(&img->other_configs, (struct mr_str){key, head + name.len});
}

const struct config_map *image_configs(const struct image *img, int8_t type, struct mr_str name)
{
    const struct image_configs *c = other_configs(img, type, name);
    return c != NULL ? &c->map : NULL;
}

static int topic_add(struct image_apply *a, const struct kw_topic_record *r)
{
    struct image *img = a->img;
    if (r->name.len == 0 || r->name.len > TOPIC_NAME_MAX || mr_uuid_is_zero(r->topic_id) ||
        image_topic(img, r->name) != NULL || image_topic_by_id(img, r->topic_id) != NULL)
        return -MR_E_CORRUPT;
    struct image_topic *t = mem_zalloc(1, sizeof(*t));
    if (t == NULL)
        return -ENOMEM;
    t->id = r->topic_id;
    t->name = mem_text(r->name.ptr, r->name.len);
    t->internal = topic_name_internal(r->name);
    struct mr_str id = {(const char *)t->id.bytes, sizeof(t->id.bytes)};
    int err = t->name == NULL ? -ENOMEM : smap_put(&img->topics_by_id, id, t);
    if (err != 0) {
        image_topic_free(t);
        return err;
    }
    struct mr_str name = {t->name, r->name.len};
    err = smap_put(&img->topics, name, t);
    if (err != 0) {
        smap_remove(&img->topics_by_id, id);
        image_topic_free(t);
        return err;
    }
    struct image_configs *early =
        other_configs(img, CONFIG_TOPIC, name); /* written before the topic itself */
    if (early != NULL) {
        smap_remove(&img->other_configs, early->name);
        t->configs = early->map;
        mem_free(early);
    }
    return announce(a, IMAGE_TOPIC_ADDED, t, -1);
}

static int topic_remove(struct image_apply *a, struct mr_uuid id)
{
    struct image *img = a->img;
    struct image_topic *t = image_topic_by_id(img, id);
    if (t == NULL)
        return -MR_E_CORRUPT;
    struct image_topic **gone = grown(a->gone, a->gone_count, &a->gone_cap, sizeof(*gone));
    if (gone == NULL)
        return -ENOMEM;
    a->gone = gone;
    smap_remove(&img->topics, mr_str_of(t->name));
    smap_remove(&img->topics_by_id, (struct mr_str){(const char *)t->id.bytes, sizeof(t->id.bytes)});
    for (int32_t i = 0; i < t->partition_count; i++)
        img->partition_total -= t->partitions[i].replicas != NULL;
    a->gone[a->gone_count++] = t;
    return announce(a, IMAGE_TOPIC_REMOVED, t, -1);
}

/* ---- partitions ---- */

/* All arrays of a partition in one block, which replicas points to. */
struct lists {
    const int32_t *replicas, *isr, *elr, *last_known_elr, *adding, *removing;
    int32_t replica_count, isr_count, elr_count, last_known_elr_count, adding_count, removing_count;
    const struct mr_uuid *directories; /* [replica_count] or NULL */
};

static int32_t *put_list(int32_t **at, const int32_t *items, int32_t count, int32_t *ret_count)
{
    int32_t *list = *at;
    *ret_count = count > 0 ? count : 0; /* -1 is the record's null */
    if (count > 0)
        memcpy(list, items, (size_t)count * sizeof(*list));
    *at += *ret_count;
    return list;
}

static bool too_many(int32_t count)
{
    return count > IMAGE_REPLICAS_MAX;
}

static int partition_lists(struct image_partition *p, const struct lists *l)
{
    if (l->replica_count <= 0 || too_many(l->replica_count) || too_many(l->isr_count) ||
        too_many(l->elr_count) || too_many(l->last_known_elr_count) || too_many(l->adding_count) ||
        too_many(l->removing_count))
        return -MR_E_CORRUPT;
    size_t numbers = (size_t)l->replica_count + (size_t)mr_imax(l->isr_count, 0) +
                     (size_t)mr_imax(l->elr_count, 0) + (size_t)mr_imax(l->last_known_elr_count, 0) +
                     (size_t)mr_imax(l->adding_count, 0) + (size_t)mr_imax(l->removing_count, 0);
    size_t replicas = (size_t)l->replica_count;
    int32_t *block = mem_alloc(numbers * sizeof(int32_t) + replicas * sizeof(struct mr_uuid)), *at = block;
    if (block == NULL)
        return -ENOMEM;
    int32_t *old = p->replicas; /* l may point into it */
    p->replicas = put_list(&at, l->replicas, l->replica_count, &p->replica_count);
    p->isr = put_list(&at, l->isr, l->isr_count, &p->isr_count);
    p->elr = put_list(&at, l->elr, l->elr_count, &p->elr_count);
    p->last_known_elr = put_list(&at, l->last_known_elr, l->last_known_elr_count, &p->last_known_elr_count);
    p->adding = put_list(&at, l->adding, l->adding_count, &p->adding_count);
    p->removing = put_list(&at, l->removing, l->removing_count, &p->removing_count);
    p->directories = (struct mr_uuid *)at;
    if (l->directories != NULL)
        memcpy(p->directories, l->directories, replicas * sizeof(struct mr_uuid));
    else
        memset(p->directories, 0, replicas * sizeof(struct mr_uuid)); /* KIP-858: MIGRATING */
    mem_free(old);
    return 0;
}

static uint32_t power_of_two(uint32_t n)
{
    return n <= 1 ? 1 : 1u << (32 - __builtin_clz(n - 1));
}

/* Partitions come in order but for huge topics out of a Java hash map, so holes are made and filled. */
static int partition_room(struct image_topic *t, int32_t index)
{
    if (index < t->partition_count)
        return 0;
    uint32_t have = t->partition_count == 0 ? 0 : power_of_two((uint32_t)t->partition_count);
    if ((uint32_t)index >= have) {
        uint32_t want = power_of_two((uint32_t)index + 1);
        struct image_partition *p = mem_realloc(t->partitions, want * sizeof(*p));
        if (p == NULL)
            return -ENOMEM;
        t->partitions = p;
    }
    for (int32_t i = t->partition_count; i <= index; i++)
        t->partitions[i] = (struct image_partition){.leader = -1};
    t->partition_count = index + 1;
    return 0;
}

static int partition_set(struct image_apply *a, const struct kw_partition_record *r)
{
    struct image_topic *t = image_topic_by_id(a->img, r->topic_id);
    if (t == NULL || r->partition_id < 0 || r->partition_id > IMAGE_PARTITION_MAX)
        return -MR_E_CORRUPT;
    int err = partition_room(t, r->partition_id);
    if (err != 0)
        return err;
    struct image_partition *p = &t->partitions[r->partition_id];
    bool fresh = p->replicas == NULL;
    struct lists l = {r->replicas,
                      r->isr,
                      r->eligible_leader_replicas,
                      r->last_known_elr,
                      r->adding_replicas,
                      r->removing_replicas,
                      r->replicas_count,
                      r->isr_count,
                      r->eligible_leader_replicas_count,
                      r->last_known_elr_count,
                      r->adding_replicas_count,
                      r->removing_replicas_count,
                      r->directories_count == r->replicas_count ? r->directories : NULL};
    err = partition_lists(p, &l);
    if (err != 0)
        return err;
    p->leader = r->leader;
    p->leader_epoch = r->leader_epoch;
    p->partition_epoch = r->partition_epoch;
    p->recovery_state = r->leader_recovery_state;
    a->img->partition_total += fresh;
    return announce(a, fresh ? IMAGE_PARTITION_ADDED : IMAGE_PARTITION_CHANGED, t, r->partition_id);
}

/* A null list means unchanged; naming a leader raises the leader epoch even when it is the same one. */
static int partition_change(struct image_apply *a, const struct kw_partition_change_record *r)
{
    struct image_topic *t = image_topic_by_id(a->img, r->topic_id);
    if (t == NULL || r->partition_id < 0 || r->partition_id >= t->partition_count ||
        t->partitions[r->partition_id].replicas == NULL)
        return -MR_E_CORRUPT;
    struct image_partition *p = &t->partitions[r->partition_id];
    struct lists l = {p->replicas,      p->isr,
                      p->elr,           p->last_known_elr,
                      p->adding,        p->removing,
                      p->replica_count, p->isr_count,
                      p->elr_count,     p->last_known_elr_count,
                      p->adding_count,  p->removing_count,
                      p->directories};
#define MERGE(list, count, record_list)                                                                      \
    if (r->record_list##_count >= 0) {                                                                       \
        l.list = r->record_list;                                                                             \
        l.count = r->record_list##_count;                                                                    \
    }
    MERGE(isr, isr_count, isr)
    MERGE(elr, elr_count, eligible_leader_replicas)
    MERGE(last_known_elr, last_known_elr_count, last_known_elr)
    MERGE(adding, adding_count, adding_replicas)
    MERGE(removing, removing_count, removing_replicas)
#undef MERGE
    if (r->replicas_count >= 0) {
        l.replicas = r->replicas;
        l.replica_count = r->replicas_count;
        l.directories = NULL;
    }
    if (r->directories_count >= 0) {
        if (r->directories_count != l.replica_count)
            return -MR_E_CORRUPT;
        l.directories = r->directories;
    }
    int err = partition_lists(p, &l);
    if (err != 0)
        return err;
    if (r->leader != LEADER_UNCHANGED) {
        p->leader = r->leader;
        p->leader_epoch++;
    }
    if (r->leader_recovery_state >= 0)
        p->recovery_state = r->leader_recovery_state;
    p->partition_epoch++;
    return announce(a, IMAGE_PARTITION_CHANGED, t, r->partition_id);
}

static int clear_elr(struct image_apply *a, const struct kw_clear_elr_record *r)
{
    uint32_t at = 0;
    for (struct image_topic *t; (t = image_next(a->img, &at)) != NULL;) {
        if (r->topic_name.len > 0 && !mr_str_is(r->topic_name, t->name))
            continue;
        for (int32_t i = 0; i < t->partition_count; i++)
            t->partitions[i].elr_count = t->partitions[i].last_known_elr_count = 0;
    }
    return 0;
}

/* ---- configs ---- */

static int config_change(struct config_map *m, const struct kw_config_record *r)
{
    if (r->value.ptr == NULL) {
        (void)config_map_remove(m, r->name);
        return 0;
    }
    int err = config_map_set(m, r->name, r->value);
    return err == -ENOMEM ? err : err != 0 ? -MR_E_CORRUPT : 0;
}

static int config_elsewhere(struct image *img, const struct kw_config_record *r)
{
    struct image_configs *c = other_configs(img, r->resource_type, r->resource_name);
    if (c == NULL) {
        if (r->value.ptr == NULL)
            return 0;
        if (r->resource_name.len > IMAGE_RESOURCE_BYTES_MAX)
            return -MR_E_CORRUPT;
        c = mem_zalloc(1, sizeof(*c) + r->resource_name.len + 8);
        if (c == NULL)
            return -ENOMEM;
        size_t head = (size_t)snprintf(c->key, 8, "%d:", r->resource_type);
        memcpy(c->key + head, r->resource_name.ptr, r->resource_name.len);
        c->name = (struct mr_str){c->key, head + r->resource_name.len};
        int err = smap_put(&img->other_configs, c->name, c);
        if (err != 0) {
            mem_free(c);
            return err;
        }
    }
    int err = config_change(&c->map, r);
    if (c->map.count == 0) {
        smap_remove(&img->other_configs, c->name);
        image_configs_free(c);
    }
    return err;
}

static int config_set(struct image_apply *a, const struct kw_config_record *r)
{
    struct image *img = a->img;
    if (r->resource_type == CONFIG_TOPIC) {
        struct image_topic *t = image_topic(img, r->resource_name);
        if (t == NULL)
            return config_elsewhere(img, r);
        int err = config_change(&t->configs, r);
        return err != 0 ? err : announce(a, IMAGE_TOPIC_CONFIG, t, -1);
    }
    if (r->resource_type == CONFIG_BROKER) {
        char own[16];
        snprintf(own, sizeof(own), "%d", img->node_id);
        struct config_map *m = r->resource_name.len == 0          ? &img->cluster_configs
                               : mr_str_is(r->resource_name, own) ? &img->broker_configs
                                                                  : NULL;
        if (m == NULL)
            return config_elsewhere(img, r);
        int err = config_change(m, r);
        return err != 0 ? err : announce(a, IMAGE_BROKER_CONFIG, NULL, -1);
    }
    return config_elsewhere(img, r);
}

/* ---- features, brokers ---- */

static int feature_set(struct image *img, const struct kw_feature_level_record *r)
{
    for (uint32_t i = 0; i < img->feature_count; i++) {
        struct image_feature *f = &img->features[i];
        if (!mr_str_is(r->name, f->name))
            continue;
        f->level = r->feature_level;
        if (f->level == 0) {
            mem_free(f->name);
            *f = img->features[--img->feature_count];
        }
        return 0;
    }
    if (r->feature_level == 0)
        return 0;
    struct image_feature *f = mem_realloc(img->features, (img->feature_count + 1) * sizeof(*f));
    if (f == NULL)
        return -ENOMEM;
    img->features = f;
    f += img->feature_count;
    f->name = mem_text(r->name.ptr, r->name.len);
    f->level = r->feature_level;
    if (f->name == NULL)
        return -ENOMEM;
    img->feature_count++;
    return 0;
}

static struct image_broker *broker_by_id(const struct image *img, int32_t id)
{
    return map_get(&img->brokers, (uint64_t)(uint32_t)id);
}

static int broker_remove(struct image *img, int32_t id)
{
    struct image_broker *b = map_remove(&img->brokers, (uint64_t)(uint32_t)id);
    if (b == NULL)
        return -MR_E_CORRUPT;
    image_broker_free(b);
    return 0;
}

static int broker_register(struct image *img, const struct kw_register_broker_record *r)
{
    struct image_broker *b = mem_zalloc(1, sizeof(*b));
    if (b == NULL)
        return -ENOMEM;
    b->id = r->broker_id;
    b->epoch = r->broker_epoch;
    b->fenced = r->fenced;
    b->endpoints = mem_zalloc((size_t)r->end_points_count + 1, sizeof(*b->endpoints));
    b->rack = r->rack.ptr != NULL ? mem_text(r->rack.ptr, r->rack.len) : NULL;
    bool ok = b->endpoints != NULL && (b->rack != NULL || r->rack.ptr == NULL);
    for (int32_t i = 0; ok && i < r->end_points_count; i++) {
        const struct kw_register_broker_record_end_point *from = &r->end_points[i];
        struct image_endpoint *to = &b->endpoints[b->endpoint_count++];
        to->name = mem_text(from->name.ptr, from->name.len);
        to->host = mem_text(from->host.ptr, from->host.len);
        to->port = from->port;
        to->protocol = from->security_protocol;
        ok = to->name != NULL && to->host != NULL;
    }
    if (ok && broker_by_id(img, b->id) != NULL)
        (void)broker_remove(img, b->id);
    int err = ok ? map_put(&img->brokers, (uint64_t)(uint32_t)b->id, b) : -ENOMEM;
    if (err != 0)
        image_broker_free(b);
    return err;
}

/* fenced: -1 unfence, 0 unchanged, 1 fence (KIP-631). */
static int broker_change(struct image *img, int32_t id, int64_t epoch, int8_t fenced)
{
    struct image_broker *b = broker_by_id(img, id);
    if (b == NULL || b->epoch != epoch)
        return -MR_E_CORRUPT;
    if (fenced != 0)
        b->fenced = fenced > 0;
    return 0;
}

/* ---- one record ---- */

int image_record_type(struct mr_slice record)
{
    struct kw_reader r = kw_reader_of(record);
    int16_t type, version;
    int err = kw_record_head_decode(&r, &type, &version);
    return err != 0 ? err : type;
}

static int obey(struct image_apply *a, int16_t type, const void *record)
{
    struct image *img = a->img;
    switch (type) {
    case 0:
        return broker_register(img, record);
    case 1:
        return broker_remove(img, ((const struct kw_unregister_broker_record *)record)->broker_id);
    case 2:
        return topic_add(a, record);
    case 3:
        return partition_set(a, record);
    case 4:
        return config_set(a, record);
    case 5:
        return partition_change(a, record);
    case 7: {
        const struct kw_fence_broker_record *fence = record;
        return broker_change(img, fence->id, fence->epoch, 1);
    }
    case 8: {
        const struct kw_unfence_broker_record *unfence = record;
        return broker_change(img, unfence->id, unfence->epoch, -1);
    }
    case 9:
        return topic_remove(a, ((const struct kw_remove_topic_record *)record)->topic_id);
    case 12:
        return feature_set(img, record);
    case 15:
        img->next_producer_id = ((const struct kw_producer_ids_record *)record)->next_producer_id;
        return 0;
    case 17: {
        const struct kw_broker_registration_change_record *change = record;
        return broker_change(img, change->broker_id, change->broker_epoch, change->fenced);
    }
    case 28:
        return clear_elr(a, record);
    case 11:
        return image_scram_apply(&img->scram, record);
    case 14:
        return image_quotas_apply(&img->quotas, record);
    case 22:
        return image_scram_remove(&img->scram, record);
    case 10: /* DelegationToken */
    case 18: /* AccessControlEntry */
    case 19: /* RemoveAccessControlEntry */
    case 20: /* NoOp */
    case 21: /* ZkMigrationState */
    case 26: /* RemoveDelegationToken */
    case 27: /* RegisterController */
        return 0;
    default:
        return -MR_E_VERSION;
    }
}

int image_record(struct image_apply *a, struct mr_slice record)
{
    struct kw_reader r = kw_reader_of(record);
    int16_t type, version;
    int err = kw_record_head_decode(&r, &type, &version);
    if (err != 0)
        return err;
    const struct kw_message *info = kw_record_info(type);
    if (info == NULL || version < info->v_min || version > info->v_max)
        return -MR_E_VERSION;
    arena_reset(&a->arena);
    void *decoded = arena_zalloc(&a->arena, 1, info->size, 8);
    if (decoded == NULL)
        return -ENOMEM;
    err = info->decode(&r, version, &a->arena, decoded);
    if (err == 0 && kw_left(&r) > 0)
        err = -MR_E_CORRUPT;
    if (err != 0)
        return err == -MR_E_LIMIT ? -MR_E_CORRUPT : err;
    return obey(a, type, decoded);
}
