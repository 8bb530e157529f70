#include "core/broker/recode.h"

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/batch_build.h"

enum {
    STEP_BYTES_MIN = 4096,
    SLACK_BYTES = 1 << 20, /* room that packing asks for and does not need */
};

/* UNPACK -> WALK -> (RENUMBER) -> PACK -> DONE; a batch that stays as it came is done after WALK, and so is
 * one that is refused. */
enum recode_state { RECODE_IDLE, RECODE_UNPACK, RECODE_WALK, RECODE_RENUMBER, RECODE_PACK, RECODE_DONE };

struct recode {
    struct broker_shard *home;
    struct mr_work work;
    struct mr_list line;   /* of part_append: not begun */
    struct part_append *a; /* NULL: idle */
    enum recode_state state;
    struct batch_rules rules;
    struct batch_verdict v;
    int codec, level; /* to be packed with */
    struct batch_walk walk;
    struct batch_repack repack;
    struct comp *comp;
    struct mr_slice records;
    struct mr_scratch plain;  /* the records, unpacked */
    struct mr_scratch fresh;  /* and renumbered */
    struct mr_scratch packed; /* the batch that comes out */
};

static void settle(struct recode *r)
{
    r->state = RECODE_DONE;
    shard_ready(r->home->shard, &r->a->p->pump);
}

static size_t step_bytes(const struct recode *r, unsigned weight)
{
    return mr_max(r->home->settings.unpack_inline_bytes / 4 / weight, STEP_BYTES_MIN);
}

static void fail(struct recode *r, int err)
{
    r->v.error = err == -MR_E_LIMIT     ? KW_MESSAGE_TOO_LARGE
                 : err == -MR_E_CORRUPT ? KW_CORRUPT_MESSAGE
                                        : KW_UNKNOWN_SERVER_ERROR;
    r->v.fault = err == -MR_E_LIMIT ? BATCH_FAULT_TOO_LARGE : BATCH_FAULT_MEMORY;
    settle(r);
}

static void unpack_step(struct recode *r)
{
    int err = comp_unpack_step(r->comp, step_bytes(r, 1));
    if (err == 1)
        return;
    if (err != 0) {
        batch_refuse_payload(&r->v, err);
        settle(r);
        return;
    }
    r->records = (struct mr_slice){r->plain.data, r->plain.len};
    batch_walk_begin(&r->walk, r->records, &r->rules, &r->v);
    r->state = RECODE_WALK;
}

static void pack_begin(struct recode *r)
{
    comp_pack_begin(r->comp, r->codec, r->level, r->records, &r->packed);
    r->state = RECODE_PACK;
}

static void walk_step(struct recode *r)
{
    if (!batch_walk_step(&r->walk, &r->rules, &r->v, step_bytes(r, 1)))
        return;
    if (r->v.error != KW_NONE || !r->v.rebuild) {
        settle(r);
        return;
    }
    int err = batch_repack_begin(&r->repack, &r->v.batch, r->records, r->codec, &r->packed);
    if (err != 0)
        fail(r, err);
    else if (r->v.renumber)
        r->state = RECODE_RENUMBER;
    else
        pack_begin(r);
}

static void renumber_step(struct recode *r)
{
    int err = batch_repack_renumber(&r->repack, &r->fresh, step_bytes(r, 1));
    if (err == 1)
        return;
    if (err != 0) {
        fail(r, err);
        return;
    }
    scratch_reset(&r->plain, 0);
    r->records = (struct mr_slice){r->fresh.data, r->fresh.len};
    pack_begin(r);
}

static void pack_step(struct recode *r)
{
    int err = comp_pack_step(r->comp, step_bytes(r, comp_pack_weight(r->codec, r->level)));
    if (err == 1)
        return;
    if (err == 0)
        err = batch_repack_end(&r->repack, &r->packed);
    if (err != 0)
        fail(r, err);
    else
        settle(r);
}

static void step(struct mr_work *w)
{
    struct recode *r = MR_CONTAINER(w, struct recode, work);
    switch (r->state) {
    case RECODE_UNPACK:
        unpack_step(r);
        break;
    case RECODE_WALK:
        walk_step(r);
        break;
    case RECODE_RENUMBER:
        renumber_step(r);
        break;
    case RECODE_PACK:
        pack_step(r);
        break;
    case RECODE_IDLE:
    case RECODE_DONE:
        return;
    }
    if (r->state != RECODE_DONE)
        shard_ready(r->home->shard, w);
}

struct recode *recode_new(struct broker_shard *b)
{
    struct recode *r = mem_zalloc(1, sizeof(*r));
    if (r == NULL)
        return NULL;
    r->home = b;
    work_init(&r->work, step);
    list_init(&r->line);
    return r;
}

static void give_back(struct recode *r)
{
    r->a = NULL;
    r->state = RECODE_IDLE;
    list_remove(&r->work.link);
    comp_free(r->comp);
    r->comp = NULL;
    scratch_done(&r->plain);
    scratch_done(&r->fresh);
    scratch_done(&r->packed);
}

void recode_free(struct recode *r)
{
    if (r == NULL)
        return;
    give_back(r);
    mem_free(r);
}

void recode_begin(struct recode *r, struct part_append *a, const struct batch_rules *rules,
                  const struct batch_verdict *v, int level)
{
    MR_ASSERT(v->error == KW_NONE);
    if (r->a != NULL) {
        list_push(&r->line, &a->recode_link);
        return;
    }
    r->a = a;
    r->rules = *rules;
    r->v = *v;
    r->codec = rules->codec == BATCH_CODEC_OF_PRODUCER ? batch_codec(&v->batch.h) : rules->codec;
    r->level = level;
    r->comp = comp_new();
    scratch_init(&r->plain, RECODE_UNPACKED_BYTES_MAX);
    scratch_init(&r->fresh, RECODE_UNPACKED_BYTES_MAX + RECODE_UNPACKED_BYTES_MAX / 4);
    scratch_init(&r->packed, (size_t)mr_imax(rules->bytes_max, 0) + SLACK_BYTES);
    if (r->comp == NULL) {
        fail(r, -ENOMEM);
        return;
    }
    if (batch_codec(&v->batch.h) == COMP_NONE) {
        r->records = batch_payload(&v->batch);
        batch_walk_begin(&r->walk, r->records, &r->rules, &r->v);
        r->state = RECODE_WALK;
    } else {
        comp_unpack_begin(r->comp, batch_codec(&v->batch.h), batch_payload(&r->v.batch),
                          rules->unpacked_bytes_max, &r->plain);
        r->state = RECODE_UNPACK;
    }
    shard_ready(r->home->shard, &r->work);
}

bool recode_has(const struct recode *r, const struct part_append *a)
{
    return r->a == a || !list_empty(&a->recode_link);
}

const struct batch_verdict *recode_done(const struct recode *r, const struct part_append *a,
                                        struct mr_slice *ret_bytes)
{
    if (r->a != a || r->state != RECODE_DONE)
        return NULL;
    *ret_bytes = r->v.rebuild ? (struct mr_slice){r->packed.data, r->packed.len} : r->v.batch.bytes;
    return &r->v;
}

void recode_forget(struct recode *r, struct part_append *a)
{
    list_remove(&a->recode_link);
    if (r->a != a)
        return;
    give_back(r);
    if (!list_empty(&r->line)) { /* it begins by itself when its partition tries again */
        struct part_append *next = MR_CONTAINER(list_pop(&r->line), struct part_append, recode_link);
        shard_ready(r->home->shard, &next->p->pump);
    }
}
