/* The start: logs of topics that are no more. */
#include "core/broker/boot_priv.h"
#include "core/broker/controller_priv.h"
#include "core/mem.h"

struct removal {
    struct plog *log;
    struct plog_change change;
    struct removals *all;
};

struct removals {
    struct boot_seat *seat;
    struct store *store;
    struct removal **items;
    uint32_t count, pending;
    struct mr_work room;
    bool room_came;
    int err;
};

/* A log that the metadata does not know any more was deleted: its id cannot come back. */
static void find_removed(void *ctx, struct plog *log)
{
    struct removals *r = ctx;
    struct part_key key = plog_key(log);
    const struct image_topic *t = image_topic_by_id(r->seat->bs->image, key.topic);
    if (mr_uuid_eq(key.topic, METADATA_TOPIC_ID) || (t != NULL && key.partition < t->partition_count) ||
        r->err != 0)
        return;
    struct removal *one = mem_zalloc(1, sizeof(*one));
    struct removal **grown = mem_realloc(r->items, (r->count + 1) * sizeof(struct removal *));
    if (grown != NULL)
        r->items = grown;
    if (one == NULL || grown == NULL) {
        mem_free(one);
        r->err = -ENOMEM;
        return;
    }
    one->log = log;
    one->all = r;
    r->items[r->count++] = one;
}

static void removal_done(struct plog_change *c)
{
    MR_CONTAINER(c, struct removal, change)->all->pending--;
}

static void room_came(struct mr_work *w)
{
    MR_CONTAINER(w, struct removals, room)->room_came = true;
}

static int remove_one(struct mr_shard *s, struct removals *r, struct removal *one)
{
    one->change.done = removal_done;
    int err;
    while ((err = store_remove(r->store, one->log, &one->change)) == -EAGAIN) {
        r->room_came = false;
        plog_wait_room(one->log, &r->room);
        while (!r->room_came) {
            err = boot_turn(s);
            if (err != 0)
                return err;
        }
    }
    r->pending += err == 0;
    return err;
}

static int remove_gone_of(struct boot *b, struct mr_shard *s, struct store *store)
{
    struct removals r = {.seat = &b->seats[s->id], .store = store};
    work_init(&r.room, room_came);
    store_each(store, find_removed, &r);
    int err = r.err;
    for (uint32_t i = 0; err == 0 && i < r.count; i++)
        err = remove_one(s, &r, r.items[i]);
    while (err == 0 && r.pending > 0)
        err = boot_turn(s);
    MR_ASSERT(err != 0 || r.pending == 0);
    r.seat->removed += r.count;
    for (uint32_t i = 0; r.pending == 0 && i < r.count;
         i++) /* a broken ring may still call back: kept then */
        mem_free(r.items[i]);
    mem_free(r.items);
    return err;
}

int boot_remove_gone(struct boot *b, struct mr_shard *s)
{
    int err = 0;
    for (uint32_t d = 0; d < b->broker.dir_count && err == 0; d++) {
        struct store *store = b->seats[s->id].bs->stores[d];
        if (store != NULL)
            err = remove_gone_of(b, s, store);
    }
    return err;
}
