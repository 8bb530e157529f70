#include "core/broker/partition.h"

#include "core/broker/append.h"
#include "core/broker/coord.h"
#include "core/broker/dirs.h"
#include "core/mem.h"
#include "storage/producer_state.h"

struct partition *partition_find(struct broker_shard *b, struct part_key key)
{
    char bytes[PART_KEY_BYTES];
    part_key_put((uint8_t *)bytes, key);
    return smap_get(&b->partitions, (struct mr_str){bytes, sizeof(bytes)});
}

int64_t partition_high_watermark(const struct partition *p)
{
    return plog_stable_end(p->log);
}

int64_t partition_last_stable(const struct partition *p)
{
    return plog_last_stable(p->log, partition_high_watermark(p));
}

enum kw_error partition_check_epoch(const struct partition *p, int32_t epoch)
{
    if (p->leader != p->home->broker->node_id)
        return KW_NOT_LEADER_OR_FOLLOWER;
    if (epoch == -1 || epoch == p->leader_epoch)
        return KW_NONE;
    return epoch < p->leader_epoch ? KW_FENCED_LEADER_EPOCH : KW_UNKNOWN_LEADER_EPOCH;
}

/* ---- waiting ---- */

void partition_wait(struct partition *p, struct fetch_wait *w)
{
    list_push(&p->waits, &w->link);
}

void partition_unwait(struct fetch_wait *w)
{
    list_remove(&w->link);
}

static void wake(struct partition *p)
{
    struct mr_list woken;
    list_init(&woken);
    list_splice(&woken, &p->waits);
    while (!list_empty(&woken)) {
        struct fetch_wait *w = MR_CONTAINER(list_pop(&woken), struct fetch_wait, link);
        w->moved(w);
    }
}

void partition_on_stable(void *broker_shard, struct plog *log)
{
    (void)broker_shard;
    struct partition *p = plog_owner(log);
    if (p == NULL)
        return;
    producer_high_watermark(plog_producers(log), plog_stable_end(log));
    append_on_stable(p);
    wake(p);
}

/* ---- life ---- */

static void pump_run(struct mr_work *w)
{
    append_pump(MR_CONTAINER(w, struct partition, pump));
}

static void take_state(struct partition *p, const struct image_topic *t)
{
    const struct image_partition *ip = &t->partitions[p->index];
    p->leader = ip->leader;
    p->leader_epoch = ip->leader_epoch;
    p->isr_count = (int16_t)ip->isr_count;
    p->replica_count = (int16_t)ip->replica_count;
}

static void take_config(struct partition *p, const struct image_topic *t)
{
    struct plog_config pc;
    broker_topic_config(p->home, t, &p->cfg);
    broker_plog_config(p->home, t, p->index, &pc);
    plog_configure(p->log, &pc);
}

static struct part_key key_of(const struct image_topic *t, int32_t index)
{
    return (struct part_key){t->id, index};
}

static void partition_add(struct broker_shard *b, const struct image_topic *t, int32_t index)
{
    struct part_key key = key_of(t, index);
    if (placement_shard(key, b->broker->shards) != b->shard->id || partition_find(b, key) != NULL)
        return;
    int dir = dirs_of(b->broker, &t->partitions[index]);
    if (dir < 0 || b->stores[dir] == NULL || dirs_offline(b->broker, &t->partitions[index]))
        return; /* dirs_missing() */
    struct plog_config pc;
    broker_plog_config(b, t, index, &pc);
    struct partition *p = mem_zalloc(1, sizeof(*p));
    struct plog *log = store_make(b->stores[dir], key, t->name, &pc);
    char *topic = mem_text(t->name, strlen(t->name));
    if (p == NULL || log == NULL || topic == NULL ||
        smap_put(&b->partitions, (struct mr_str){plog_key_bytes(log), PART_KEY_BYTES}, p) != 0) {
        log_error(b->shard->log, "broker", "out of memory part=%s-%d", t->name, index);
        mem_free(p);
        mem_free(topic);
        return;
    }
    p->home = b;
    p->log = log;
    p->dir = (uint32_t)dir;
    p->topic = topic;
    p->topic_id = t->id;
    p->index = index;
    list_init(&p->waits);
    list_init(&p->appends);
    list_init(&p->duplicates);
    list_init(&p->asking);
    work_init(&p->pump, pump_run);
    plog_set_owner(log, p);
    take_state(p, t);
    take_config(p, t);
    coord_on_partition(p);
}

/* The log goes once the journal has room for the entry that says so. */
struct partition_end {
    struct mr_work work;
    struct broker_shard *home;
    struct store *store;
    struct plog *log;
    struct plog_change change;
};

static void ended(struct partition_end *e)
{
    struct broker_shard *b = e->home;
    mem_free(e);
    if (--b->ending > 0)
        return;
    while (!list_empty(&b->gone_waiters))
        shard_ready(b->shard, MR_CONTAINER(list_pop(&b->gone_waiters), struct mr_work, link));
}

static void end_changed(struct plog_change *c)
{
    ended(MR_CONTAINER(c, struct partition_end, change));
}

static void end_run(struct mr_work *w)
{
    struct partition_end *e = MR_CONTAINER(w, struct partition_end, work);
    e->change.done = end_changed;
    int err = store_remove(e->store, e->log, &e->change);
    if (err == -EAGAIN)
        plog_wait_room(e->log, &e->work);
    else if (err != 0)
        ended(e); /* fenced: the next start finds the topic gone and removes it then */
}

void partition_when_gone(struct broker_shard *b, struct mr_work *w)
{
    if (b->ending == 0)
        shard_ready(b->shard, w);
    else
        list_push(&b->gone_waiters, &w->link);
}

static void partition_free(struct partition *p)
{
    MR_ASSERT(p->pins == 0);
    list_remove(&p->pump.link);
    mem_free(p->topic);
    mem_free(p);
}

/* Everybody who waits is told; p is found no more. */
static void partition_leave(struct broker_shard *b, struct partition *p, enum kw_error error)
{
    smap_remove(&b->partitions, (struct mr_str){plog_key_bytes(p->log), PART_KEY_BYTES});
    coord_on_partition_gone(p);
    p->deleted = true;
    p->gone = error;
    append_fail_all(p, error);
    wake(p);
    plog_set_owner(p->log, NULL);
}

void partition_dir_gone(struct broker_shard *b, uint32_t dir)
{
    uint32_t at = 0, count = 0;
    struct partition **gone = mem_alloc(((size_t)smap_count(&b->partitions) + 1) * sizeof(*gone));
    if (gone == NULL)
        return; /* its store refuses what is written */
    for (struct partition *p; (p = smap_next(&b->partitions, &at)) != NULL;) {
        if (p->dir == dir)
            gone[count++] = p;
    }
    for (uint32_t i = 0; i < count; i++) {
        partition_leave(b, gone[i], KW_KAFKA_STORAGE_ERROR);
        if (gone[i]->pins == 0)
            partition_free(gone[i]);
    }
    mem_free(gone);
}

static void partition_remove(struct broker_shard *b, struct part_key key)
{
    struct partition *p = partition_find(b, key);
    if (p == NULL)
        return;
    partition_leave(b, p, KW_UNKNOWN_TOPIC_OR_PARTITION);
    struct partition_end *e = mem_zalloc(1, sizeof(*e));
    if (e == NULL) {
        log_error(b->shard->log, "broker", "out of memory, files stay until the next start part=%s-%d",
                  p->topic, p->index);
    } else {
        e->home = b;
        e->store = b->stores[p->dir];
        e->log = p->log;
        b->ending++;
        work_init(&e->work, end_run);
        shard_ready(b->shard, &e->work);
    }
    if (p->pins == 0)
        partition_free(p);
}

void partition_unpin(struct partition *p)
{
    MR_ASSERT(p->pins > 0);
    if (--p->pins == 0 && p->deleted)
        partition_free(p);
}

static void configs_again(struct broker_shard *b)
{
    broker_settings_update(b);
    uint32_t at = 0;
    for (struct partition *p; (p = smap_next(&b->partitions, &at)) != NULL;) {
        const struct image_topic *t = image_topic_by_id(b->image, p->topic_id);
        if (t != NULL)
            take_config(p, t);
    }
}

void partition_on_image(void *broker_shard, const struct image_change *c)
{
    struct broker_shard *b = broker_shard;
    struct partition *p;
    switch (c->kind) {
    case IMAGE_TOPIC_ADDED:
        break; /* its partitions follow */
    case IMAGE_TOPIC_REMOVED:
        for (int32_t i = 0; i < c->topic->partition_count; i++)
            partition_remove(b, key_of(c->topic, i));
        coords_on_topic_gone(b, mr_str_of(c->topic->name));
        break;
    case IMAGE_PARTITION_ADDED:
        partition_add(b, c->topic, c->partition);
        break;
    case IMAGE_PARTITION_CHANGED:
        p = partition_find(b, key_of(c->topic, c->partition));
        if (p != NULL) {
            take_state(p, c->topic);
            wake(p);
        }
        break;
    case IMAGE_TOPIC_CONFIG:
        for (int32_t i = 0; i < c->topic->partition_count; i++) {
            p = partition_find(b, key_of(c->topic, i));
            if (p != NULL)
                take_config(p, c->topic);
        }
        break;
    case IMAGE_BROKER_CONFIG:
        configs_again(b);
        break;
    }
    if (b->image_changed != NULL)
        b->image_changed(b->image_changed_ctx, c);
}

void partition_free_all(struct broker_shard *b)
{
    uint32_t at = 0;
    for (struct partition *p; (p = smap_next(&b->partitions, &at)) != NULL;) {
        coord_on_partition_gone(p);
        append_fail_all(p, KW_NOT_LEADER_OR_FOLLOWER);
        wake(p);
        plog_set_owner(p->log, NULL);
        p->deleted = true;
        p->gone = KW_UNKNOWN_TOPIC_OR_PARTITION;
        if (p->pins == 0)
            partition_free(p);
    }
    smap_done(&b->partitions);
}
