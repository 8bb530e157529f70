#include "tests/sim/client_producer.h"

#include "core/mem.h"
#include "net/wire/batch_build.h"
#include "net/wire/gen/init_producer_id.h"
#include "net/wire/gen/produce.h"
#include "net/wire/kw_error.h"

#define BACKOFF_NS UINT64_C(20000000)

struct kbatch {
    struct mr_list link;
    uint64_t first_id;
    uint32_t count;
    bool sent; /* in flight now */
    uint32_t tries;
    uint32_t settled; /* the checker's count at the first try */
    size_t len;
    uint8_t bytes[];
};

/* One request: a batch each for some partitions. */
struct round {
    struct kproducer *p;
    uint32_t count;
    struct {
        struct kproducer_part *part;
        struct kbatch *batch;
    } items[PRODUCER_PARTS_MAX];
};

static void pump(struct kproducer *p);

static void back_off(struct kproducer *p)
{
    if (!timer_armed(&p->backoff))
        khost_timer(p->client.host, &p->backoff, rng_between(&p->rng, BACKOFF_NS / 4, BACKOFF_NS * 4));
}

static void on_backoff(struct mr_timer *t)
{
    pump(MR_CONTAINER(t, struct kproducer, backoff));
}

/* ---- batches ---- */

static void batch_make(struct kproducer *p, struct kproducer_part *part)
{
    uint32_t count = (uint32_t)rng_between(&p->rng, 1, p->o.records_max);
    struct batch_build_how how = batch_build_how_plain();
    if (p->o.idempotent) {
        how.producer_id = p->producer_id;
        how.producer_epoch = p->producer_epoch;
        how.base_sequence = part->next_sequence;
    }
    if (rng_below(&p->rng, 100) < p->o.compressed_pct) {
        bool zstd = kclient_version(&p->client, 0, 3, 13) >= 7; /* KIP-110 */
        /* Not gzip: isa-l breaks ties between Huffman codes by what lies on its stack, so runs would not
         * repeat. */
        how.codec = (int)rng_between(&p->rng, COMP_SNAPPY, zstd ? COMP_ZSTD : COMP_LZ4);
        how.level = comp_level_default((enum comp_codec)how.codec);
    }
    struct batch_builder b;
    scratch_reset(&p->out, 1 << 20);
    int err = batch_build_begin(&b, &how, &p->out, p->check->comp, &p->work);
    MR_ASSERT(err == 0);
    uint64_t first_id = record_id(p->number, part->part, part->next_n);
    uint8_t *value = mem_alloc(p->o.record_bytes_max);
    MR_ASSERT(value != NULL);
    int64_t now_ms = io_wall_ms(p->client.host->io);
    for (uint32_t i = 0; i < count; i++) {
        size_t max = rng_below(&p->rng, 8) == 0 ? p->o.record_bytes_max : mr_min(p->o.record_bytes_max, 200);
        size_t bytes = rng_between(&p->rng, RECORD_BYTES_MIN, max);
        record_fill(first_id + i, value, bytes);
        struct batch_record r = {.timestamp = now_ms, .value = {value, bytes}};
        err = batch_build_add(&b, &r);
        MR_ASSERT(err == 0);
    }
    err = batch_build_end(&b);
    MR_ASSERT(err == 0);
    mem_free(value);
    struct kbatch *batch = mem_alloc(sizeof(*batch) + p->out.len);
    MR_ASSERT(batch != NULL);
    *batch = (struct kbatch){.first_id = first_id, .count = count, .len = p->out.len};
    memcpy(batch->bytes, p->out.data, p->out.len);
    list_push(&part->batches, &batch->link);
    part->count++;
    part->next_n += count;
    part->next_sequence = batch_sequence_add(part->next_sequence, (int32_t)count);
    p->left--;
    bcheck_sent(p->check, first_id, count);
}

static void batch_drop(struct kproducer_part *part, struct kbatch *batch)
{
    list_remove(&batch->link);
    part->count--;
    mem_free(batch);
}

static void on_pace(struct mr_timer *t)
{
    struct kproducer *p = MR_CONTAINER(t, struct kproducer, pace);
    struct kproducer_part *part = &p->parts[rng_below(&p->rng, p->part_count)];
    bool may = !p->renew && (!p->o.idempotent || p->producer_id >= 0);
    if (p->left > 0 && part->count < PRODUCER_IN_FLIGHT_MAX && may)
        batch_make(p, part);
    if (p->left > 0)
        khost_timer(p->client.host, t, rng_between(&p->rng, 0, 2 * p->o.pace_ns));
    if (rng_chance(&p->rng, p->o.hang_up_ppm))
        kclient_hang_up(&p->client, -ECONNRESET, rng_below(&p->rng, 2) == 0);
    pump(p);
}

/* ---- answers ---- */

/* May a client try this again? */
static bool again_later(int16_t error)
{
    return error == KW_NOT_LEADER_OR_FOLLOWER || error == KW_KAFKA_STORAGE_ERROR ||
           error == KW_REQUEST_TIMED_OUT;
}

/* What is open on this partition may be there or not: nobody will say any more. */
static void give_up(struct kproducer *p, struct kproducer_part *part)
{
    p->renew = true;
    p->refused++;
    part->given_up = true;
}

static void batch_answered(struct kproducer *p, struct kproducer_part *part, struct kbatch *batch,
                           const struct kw_produce_response_partition *out)
{
    bool first = part->batches.next == &batch->link;
    switch (out->error_code) {
    case KW_NONE:
        seed_check(p->check->res, out->base_offset >= 0, "an acknowledgement without an offset");
        bcheck_acked(p->check, batch->first_id, batch->count, out->base_offset);
        batch_drop(part, batch);
        return;
    case KW_DUPLICATE_SEQUENCE_NUMBER:
        seed_check(p->check->res, batch->tries > 1, "the first attempt is called a repeat");
        bcheck_acked(p->check, batch->first_id, batch->count, -1);
        batch_drop(part, batch);
        return;
    case KW_OUT_OF_ORDER_SEQUENCE_NUMBER: /* fine behind a batch that was not taken */
        if (first && batch->tries > 1 && batch->settled < p->check->settled) {
            give_up(p, part);
            return;
        }
        seed_check(p->check->res, p->o.idempotent && !first,
                   "%s-%d producer %u (id %lld) n %u: refused as out of order, yet it is next",
                   part->topic->name, part->partition, p->number, (long long)p->producer_id,
                   record_n(batch->first_id));
        part->rewind = true;
        return;
    default:
        seed_check(p->check->res, again_later(out->error_code), "%s-%d producer %u n %u: error %d",
                   part->topic->name, part->partition, p->number, record_n(batch->first_id), out->error_code);
        if (p->o.idempotent) {
            part->rewind = true;
        } else {
            p->unknown++;
            batch_drop(part, batch);
        }
        back_off(p);
    }
}

static const struct kw_produce_response_partition *answer_for(const struct kcall *call,
                                                              const struct kproducer_part *part)
{
    const struct kw_produce_response *out = call->out;
    for (int32_t t = 0; t < out->responses_count; t++) {
        const struct kw_produce_response_topic *ot = &out->responses[t];
        bool this = call->version >= 13 ? mr_uuid_eq(ot->topic_id, part->topic->id)
                                        : mr_str_is(ot->name, part->topic->name);
        for (int32_t i = 0; this && i < ot->partition_responses_count; i++) {
            if (ot->partition_responses[i].index == part->partition)
                return &ot->partition_responses[i];
        }
    }
    return NULL;
}

static void round_done(struct kcall *call)
{
    struct round *r = call->ctx;
    struct kproducer *p = r->p;
    p->requests--;
    for (uint32_t i = 0; i < r->count; i++) {
        struct kproducer_part *part = r->items[i].part;
        struct kbatch *batch = r->items[i].batch;
        part->in_flight--;
        batch->sent = false;
        if (call->err == 0 && p->o.acks == 0) {
            batch_drop(part, batch);
        } else if (call->err == 0) {
            const struct kw_produce_response_partition *out = answer_for(call, part);
            if (seed_check(p->check->res, out != NULL, "a partition is missing in the answer to Produce"))
                batch_answered(p, part, batch, out);
        } else if (p->o.idempotent) {
            part->rewind = true;
            p->repeats++;
        } else {
            p->unknown++;
            batch_drop(part, batch);
        }
    }
    mem_free(r);
    if (call->err != -ECANCELED)
        pump(p);
}

/* ---- requests ---- */

static struct kbatch *next_batch(struct kproducer_part *part)
{
    if (part->given_up && part->in_flight == 0) {
        while (!list_empty(&part->batches))
            batch_drop(part, MR_CONTAINER(part->batches.next, struct kbatch, link));
        part->given_up = part->rewind = false;
    }
    if (part->given_up)
        return NULL;
    if (part->rewind && part->in_flight == 0)
        part->rewind = false;
    if (part->rewind)
        return NULL;
    LIST_FOR(at, &part->batches)
    {
        struct kbatch *batch = MR_CONTAINER(at, struct kbatch, link);
        if (!batch->sent)
            return batch;
    }
    return NULL;
}

static void put_batch(struct kproducer *p, struct kcall *call, struct kproducer_part *part,
                      struct kbatch *batch)
{
    struct kw_produce_request *in = call->in;
    struct kw_produce_request_topic *t = NULL;
    for (int32_t i = 0; i < in->topic_data_count && t == NULL; i++) {
        if (mr_str_is(in->topic_data[i].name, part->topic->name))
            t = &in->topic_data[i];
    }
    if (t == NULL) {
        t = &in->topic_data[in->topic_data_count++];
        kw_produce_request_topic_init(t);
        t->name = mr_str_of(part->topic->name);
        t->topic_id = part->topic->id;
        t->partition_data = kcall_new_array(call, struct kw_produce_request_partition, p->part_count);
        MR_ASSERT(t->partition_data != NULL);
    }
    struct kw_produce_request_partition *ip = &t->partition_data[t->partition_data_count++];
    kw_produce_request_partition_init(ip);
    ip->index = part->partition;
    ip->records = kw_records_of((struct mr_slice){batch->bytes, batch->len});
    batch->sent = true;
    if (batch->tries++ == 0)
        batch->settled = p->check->settled;
    part->in_flight++;
}

static bool send_round(struct kproducer *p)
{
    struct round *r = mem_zalloc(1, sizeof(*r));
    MR_ASSERT(r != NULL);
    r->p = p;
    struct kcall *call = NULL;
    uint32_t skip = (uint32_t)rng_below(&p->rng, p->part_count);
    for (uint32_t i = 0; i < p->part_count; i++) {
        struct kproducer_part *part = &p->parts[(i + skip) % p->part_count];
        struct kbatch *batch = next_batch(part);
        if (batch == NULL || (r->count > 0 && rng_below(&p->rng, 4) == 0))
            continue;
        if (call == NULL) {
            call = kcall_new(&p->client, 0, kclient_version(&p->client, 0, 3, 13), round_done, r);
            struct kw_produce_request *in = call->in;
            in->transactional_id = (struct mr_str){NULL, 0};
            in->acks = p->o.acks;
            in->timeout_ms = 30000;
            in->topic_data = kcall_new_array(call, struct kw_produce_request_topic, p->part_count);
        }
        put_batch(p, call, part, batch);
        r->items[r->count].part = part;
        r->items[r->count++].batch = batch;
    }
    if (call == NULL) {
        mem_free(r);
        return false;
    }
    call->no_answer = p->o.acks == 0;
    p->requests++;
    kcall_send(call);
    return true;
}

static void got_id(struct kcall *call)
{
    struct kproducer *p = call->ctx;
    const struct kw_init_producer_id_response *out = call->out;
    p->asking_id = false;
    if (call->err == 0 && out->error_code == KW_NONE) {
        p->producer_id = out->producer_id;
        p->producer_epoch = out->producer_epoch;
        if (!timer_armed(&p->pace))
            khost_timer(p->client.host, &p->pace, 0);
    } else if (call->err == 0) {
        seed_check(p->check->res, again_later(out->error_code), "InitProducerId: error %d", out->error_code);
        back_off(p);
    } else if (call->err != -ECANCELED) {
        back_off(p);
    }
}

static bool all_answered(const struct kproducer *p)
{
    for (uint32_t i = 0; i < p->part_count; i++) {
        if (p->parts[i].count > 0)
            return false;
    }
    return p->requests == 0;
}

static void on_broken(struct kclient *c)
{
    pump(MR_CONTAINER(c, struct kproducer, client));
}

static void pump(struct kproducer *p)
{
    if (!p->started || p->client.stopping || p->client.failing || timer_armed(&p->backoff))
        return;
    if (p->o.idempotent && p->producer_id < 0) {
        if (!p->asking_id) {
            p->asking_id = true;
            kcall_send(kcall_init_producer_id(&p->client, got_id, p));
        }
        return;
    }
    while (p->requests < p->o.in_flight && send_round(p))
        ;
    if (p->renew && all_answered(p)) {
        p->renew = false;
        p->producer_id = -1;
        for (uint32_t i = 0; i < p->part_count; i++)
            p->parts[i].next_sequence = 0;
        pump(p);
    }
}

/* ---- life ---- */

void kproducer_init(struct kproducer *p, struct khost *h, const char *name, const char *address,
                    uint16_t port, struct bcheck *check, const struct kproducer_options *o, uint64_t seed)
{
    *p = (struct kproducer){
        .o = *o, .check = check, .producer_id = -1, .producer_epoch = -1, .left = o->batches};
    kclient_init(&p->client, h, name, address, port);
    rng_seed(&p->client.rng, seed, 11);
    rng_seed(&p->rng, seed, 12);
    p->client.broken = on_broken;
    p->number = bcheck_producer(check, o->idempotent);
    timer_init(&p->pace, on_pace);
    timer_init(&p->backoff, on_backoff);
    scratch_init(&p->out, 64 << 20);
    scratch_init(&p->work, 64 << 20);
}

void kproducer_part(struct kproducer *p, uint32_t check_part)
{
    MR_ASSERT(p->part_count < PRODUCER_PARTS_MAX);
    struct kproducer_part *part = &p->parts[p->part_count++];
    part->topic = p->check->parts[check_part].topic;
    part->partition = p->check->parts[check_part].partition;
    part->part = check_part;
    list_init(&part->batches);
}

void kproducer_start(struct kproducer *p)
{
    p->started = true;
    if (p->o.idempotent)
        pump(p);
    else
        khost_timer(p->client.host, &p->pace, 0);
}

void kproducer_hurry(struct kproducer *p)
{
    p->o.pace_ns = mr_min(p->o.pace_ns, 1000000);
    p->o.hang_up_ppm = 0;
}

bool kproducer_finished(const struct kproducer *p)
{
    return p->left == 0 && all_answered(p);
}

void kproducer_stop(struct kproducer *p)
{
    timer_cancel(&p->client.host->timers, &p->pace);
    timer_cancel(&p->client.host->timers, &p->backoff);
    kclient_stop(&p->client);
}

void kproducer_done(struct kproducer *p)
{
    for (uint32_t i = 0; i < p->part_count; i++) {
        while (!list_empty(&p->parts[i].batches))
            batch_drop(&p->parts[i], MR_CONTAINER(p->parts[i].batches.next, struct kbatch, link));
    }
    kclient_done(&p->client);
    scratch_done(&p->out);
    scratch_done(&p->work);
}
