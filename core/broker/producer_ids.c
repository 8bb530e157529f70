#include "core/broker/producer_ids.h"

#include "core/broker/controller.h"
#include "core/mem.h"

enum { ARENA_BYTES_MAX = 1 << 20 };

struct producer_ids {
    struct broker_shard *home;
    int64_t next, end; /* [next, end) */
    struct mr_list waits;
    bool asking;
    struct ctl_command command;
    struct mr_arena arena;
};

int64_t producer_ids_peek(const struct broker_shard *b)
{
    const struct producer_ids *p = b->producer_ids;
    return p->next < p->end ? p->next : -1;
}

int64_t producer_ids_take(struct broker_shard *b)
{
    MR_ASSERT(producer_ids_peek(b) >= 0);
    return b->producer_ids->next++;
}

static void got_block(struct ctl_command *c)
{
    struct producer_ids *p = c->context;
    struct mr_list all;
    p->asking = false;
    if (c->error == KW_NONE) {
        p->next = c->producer_id_first;
        p->end = c->producer_id_first + CTL_PRODUCER_ID_BLOCK;
    }
    list_init(&all);
    list_splice(&all, &p->waits);
    while (!list_empty(&all)) {
        struct producer_ids_wait *w = MR_CONTAINER(list_pop(&all), struct producer_ids_wait, link);
        w->done(w, c->error);
    }
}

void producer_ids_want(struct broker_shard *b, struct producer_ids_wait *w)
{
    struct producer_ids *p = b->producer_ids;
    list_push(&p->waits, &w->link);
    if (p->asking)
        return;
    p->asking = true;
    arena_reset(&p->arena);
    p->command =
        (struct ctl_command){.kind = CTL_PRODUCER_IDS, .arena = &p->arena, .context = p, .done = got_block};
    controller_submit(b->shard, &p->command);
}

int producer_ids_new(struct broker_shard *b, struct producer_ids **ret)
{
    struct producer_ids *p = mem_zalloc(1, sizeof(*p));
    if (p == NULL)
        return -ENOMEM;
    p->home = b;
    list_init(&p->waits);
    arena_init(&p->arena, ARENA_BYTES_MAX);
    *ret = p;
    return 0;
}

void producer_ids_free(struct producer_ids *p)
{
    if (p == NULL)
        return;
    arena_done(&p->arena);
    mem_free(p);
}
