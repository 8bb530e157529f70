#include "tests/sim/broker_witness.h"

#include "core/mem.h"
#include "net/wire/gen/produce.h"
#include "net/wire/header.h"
#include "net/wire/records.h"

enum stage { STAGE_WRITTEN = 1, STAGE_STABLE };

/* Ids in a file that no flush has covered, in the order in which their writes completed. */
struct witness_file {
    struct {
        uint64_t id, completion;
    } * pending;
    uint32_t count, cap;
    char path[];
};

struct flight {
    struct mr_list link;
    const struct mr_op *op;
    enum sim_kind kind;
    struct witness_file *file;
    uint64_t len;
    uint64_t completions; /* at submission: what a flush covers */
    uint64_t *ids;
    uint64_t *ends; /* where each record's mark ends in the write */
    uint32_t count, cap;
};

/* The bytes of one connection as they leave: where the frame under way ends. */
struct witness_stream {
    uint64_t left;  /* of a frame that has begun */
    uint64_t *ends; /* of the frames in the send under way, by position in it */
    uint32_t count, cap;
};

/* ---- marks ---- */

static void each_id(const uint8_t *bytes, size_t len, void (*found)(void *ctx, uint64_t id, size_t end),
                    void *ctx)
{
    uint8_t magic[8];
    mr_put64(magic, RECORD_MAGIC);
    const uint8_t *at = bytes, *end = bytes + len;
    while ((size_t)(end - at) >= RECORD_BYTES_MIN &&
           (at = memmem(at, (size_t)(end - at), magic, 8)) != NULL) {
        uint64_t id;
        if (record_mark((struct mr_slice){at, (size_t)(end - at)}, &id))
            found(ctx, id, (size_t)(at - bytes) + RECORD_BYTES_MIN);
        at += 8;
    }
}

static enum stage stage_of(const struct witness *v, uint64_t id)
{
    return (enum stage)(uintptr_t)map_get(&v->ids, id);
}

static void set_stage(struct witness *v, uint64_t id, enum stage stage)
{
    if (stage_of(v, id) >= stage)
        return;
    map_remove(&v->ids, id);
    int err = map_put(&v->ids, id, (void *)(uintptr_t)stage);
    MR_ASSERT(err == 0);
}

/* ---- the disk ---- */

static struct witness_file *file_of(struct witness *v, const char *path)
{
    struct witness_file *f = smap_get(&v->files, mr_str_of(path));
    if (f != NULL)
        return f;
    size_t len = strlen(path);
    f = mem_zalloc(1, sizeof(*f) + len + 1);
    MR_ASSERT(f != NULL);
    memcpy(f->path, path, len);
    int err = smap_put(&v->files, (struct mr_str){f->path, len}, f);
    MR_ASSERT(err == 0);
    return f;
}

static void add_pending(struct witness *v, struct witness_file *f, uint64_t id)
{
    set_stage(v, id, STAGE_WRITTEN);
    if (f->count == f->cap) {
        f->cap = f->cap == 0 ? 64 : f->cap * 2;
        f->pending = mem_realloc(f->pending, f->cap * sizeof(*f->pending));
        MR_ASSERT(f->pending != NULL);
    }
    f->pending[f->count].id = id;
    f->pending[f->count++].completion = v->completions;
}

/* A flush that was submitted after so many completions has succeeded. */
static void flushed(struct witness *v, struct witness_file *f, uint64_t completions)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < f->count; i++) {
        if (f->pending[i].completion <= completions)
            set_stage(v, f->pending[i].id, STAGE_STABLE);
        else
            f->pending[kept++] = f->pending[i];
    }
    f->count = kept;
}

static void note_id(void *ctx, uint64_t id, size_t end)
{
    struct flight *f = ctx;
    if (f->count == f->cap) {
        f->cap = f->cap == 0 ? 16 : f->cap * 2;
        f->ids = mem_realloc(f->ids, f->cap * sizeof(*f->ids));
        f->ends = mem_realloc(f->ends, f->cap * sizeof(*f->ends));
        MR_ASSERT(f->ids != NULL && f->ends != NULL);
    }
    f->ids[f->count] = id;
    f->ends[f->count++] = end;
}

static void flight_free(struct flight *f)
{
    list_remove(&f->link);
    mem_free(f->ids);
    mem_free(f->ends);
    mem_free(f);
}

static void disk_submitted(struct witness *v, const struct sim_trace *t)
{
    struct flight *f = mem_zalloc(1, sizeof(*f));
    MR_ASSERT(f != NULL);
    f->op = t->op;
    f->kind = t->kind;
    f->file = file_of(v, t->path);
    f->len = t->len;
    f->completions = v->completions;
    if (t->src != NULL)
        each_id(t->src, t->len, note_id, f);
    list_push(&v->flights, &f->link);
}

static void disk_completed(struct witness *v, const struct sim_trace *t)
{
    struct flight *f = NULL;
    LIST_FOR(at, &v->flights)
    {
        if (MR_CONTAINER(at, struct flight, link)->op == t->op)
            f = MR_CONTAINER(at, struct flight, link);
    }
    if (f == NULL)
        return;
    bool flush = f->kind == SIM_FLUSH || f->kind == SIM_WRITE_FLUSH;
    v->completions++;
    for (uint32_t i = 0; i < f->count; i++) { /* a write that failed may have reached the file all the same */
        if (t->result < 0 || f->ends[i] <= (uint64_t)t->result)
            add_pending(v, f->file, f->ids[i]);
    }
    if (flush && t->result >= 0)
        flushed(v, f->file, f->kind == SIM_WRITE_FLUSH ? v->completions : f->completions);
    flight_free(f);
}

void witness_crash(struct witness *v, bool power)
{
    while (!list_empty(&v->flights)) {
        struct flight *f = MR_CONTAINER(v->flights.next, struct flight, link);
        for (uint32_t i = 0; i < f->count; i++) /* it may have happened, or not */
            add_pending(v, f->file, f->ids[i]);
        flight_free(f);
    }
    v->completions++;
    uint32_t at = 0;
    for (struct witness_file *f; power && (f = smap_next(&v->files, &at)) != NULL;)
        flushed(v, f, UINT64_MAX);
    at = 0;
    for (struct witness_stream *s; (s = map_next(&v->streams, &at)) != NULL;) {
        mem_free(s->ends);
        mem_free(s);
    }
    map_done(&v->streams);
}

/* ---- the network ---- */

static void must_be_stable(void *ctx, uint64_t id, size_t end)
{
    struct witness *v = ctx;
    (void)end;
    v->records_seen++;
    enum stage stage = stage_of(v, id);
    const struct check_part *p = &v->check->parts[record_part(id)];
    seed_check(v->res, stage == STAGE_STABLE, "%s-%d producer %u n %u is served and %s", p->topic->name,
               p->partition, record_producer(id), record_n(id),
               stage == STAGE_WRITTEN ? "not flushed" : "was never written");
}

static void acknowledged(struct witness *v, const struct kw_records *records)
{
    struct mr_slice rest = kw_records_part(records, 0);
    struct kw_batch b;
    while (batch_next(&rest, &b) == 1) {
        struct mr_slice bytes = batch_payload(&b);
        struct record_iter it;
        struct kw_record r;
        if (batch_codec(&b.h) != COMP_NONE)
            continue;
        record_iter_init(&it, bytes, b.h.record_count);
        while (record_next(&it, &r) == 1) {
            uint64_t id;
            bool ok = record_mark(r.value, &id);
            MR_ASSERT(ok);
            v->acks_seen++;
            enum stage stage = stage_of(v, id);
            const struct check_part *p = &v->check->parts[record_part(id)];
            seed_check(v->res, stage == STAGE_STABLE, "%s-%d producer %u n %u is acknowledged and %s",
                       p->topic->name, p->partition, record_producer(id), record_n(id),
                       stage == STAGE_WRITTEN ? "not flushed" : "was never written");
        }
    }
}

static const struct kw_produce_request_partition *asked(const struct kw_produce_request *in, int32_t topic,
                                                        int32_t partition)
{
    const struct kw_produce_request_topic *t = &in->topic_data[topic];
    for (int32_t i = 0; i < t->partition_data_count; i++) {
        if (t->partition_data[i].index == partition)
            return &t->partition_data[i];
    }
    return NULL;
}

/* Answers stand in the order of the request's topics. */
static void produce_answered(struct witness *v, const struct kcall *call, struct kw_reader *r)
{
    struct mr_arena a;
    struct kw_produce_response out;
    const struct kw_produce_request *in = call->in;
    arena_init(&a, 16 << 20);
    if (kw_produce_response_decode(r, call->version, &a, &out) == 0 &&
        out.responses_count == in->topic_data_count) {
        for (int32_t t = 0; t < out.responses_count; t++) {
            for (int32_t i = 0; i < out.responses[t].partition_responses_count; i++) {
                const struct kw_produce_response_partition *op = &out.responses[t].partition_responses[i];
                const struct kw_produce_request_partition *ip = asked(in, t, op->index);
                if (op->error_code == 0 && ip != NULL)
                    acknowledged(v, &ip->records);
            }
        }
    }
    arena_done(&a);
}

static void frame_leaves(struct witness *v, struct mr_slice frame)
{
    if (frame.len < 4)
        return;
    int32_t correlation = (int32_t)mr_get32(frame.ptr);
    uint32_t host = (uint32_t)correlation >> 24;
    struct kcall *call = host < v->host_count ? khost_call(v->hosts[host], correlation) : NULL;
    if (call == NULL || call->key != 0)
        return;
    struct kw_reader r = kw_reader_of(frame);
    if (kw_response_head_decode(&r, call->key, call->version, &correlation) == 0)
        produce_answered(v, call, &r);
}

static struct witness_stream *stream_of(struct witness *v, const struct sim_trace *t)
{
    uint64_t key = (uint64_t)t->shard << 32 | (uint32_t)t->handle;
    struct witness_stream *s = map_get(&v->streams, key);
    if (s == NULL) {
        s = mem_zalloc(1, sizeof(*s));
        int err = s == NULL ? -ENOMEM : map_put(&v->streams, key, s);
        MR_ASSERT(err == 0);
    }
    return s;
}

static void send_submitted(struct witness *v, const struct sim_trace *t)
{
    struct witness_stream *s = stream_of(v, t);
    uint8_t *all = mem_alloc(t->len + 1);
    MR_ASSERT(all != NULL);
    size_t len = 0;
    for (unsigned i = 0; i < t->iov_count; i++) {
        memcpy(all + len, t->iov[i].iov_base, t->iov[i].iov_len);
        len += t->iov[i].iov_len;
    }
    each_id(all, len, must_be_stable, v);
    s->count = 0;
    uint64_t at = s->left;
    while (at + 4 <= len) {
        uint64_t size = 4 + (uint64_t)mr_get32(all + at);
        if (at + size <= len)
            frame_leaves(v, (struct mr_slice){all + at + 4, size - 4});
        at += size;
        if (s->count == s->cap) {
            s->cap = s->cap == 0 ? 8 : s->cap * 2;
            s->ends = mem_realloc(s->ends, s->cap * sizeof(*s->ends));
            MR_ASSERT(s->ends != NULL);
        }
        s->ends[s->count++] = at;
    }
    mem_free(all);
}

static void send_completed(struct witness *v, const struct sim_trace *t)
{
    struct witness_stream *s = stream_of(v, t);
    if (t->result <= 0)
        return;
    uint64_t sent = (uint64_t)t->result;
    uint64_t end = s->left; /* of the frame in which the sent bytes end */
    for (uint32_t i = 0; i < s->count && end < sent; i++)
        end = s->ends[i];
    s->left = end >= sent ? end - sent : 0;
}

static void stream_closed(struct witness *v, const struct sim_trace *t)
{
    struct witness_stream *s = map_remove(&v->streams, (uint64_t)t->shard << 32 | (uint32_t)t->handle);
    if (s == NULL)
        return;
    mem_free(s->ends);
    mem_free(s);
}

/* ---- all of it ---- */

static void see(void *ctx, const struct sim_trace *t)
{
    struct witness *v = ctx;
    if (t->node != v->broker || world_io_dead(t->io) || t->moment == SIM_DELIVERED)
        return;
    bool submitted = t->moment == SIM_SUBMITTED;
    switch (t->kind) {
    case SIM_WRITE:
    case SIM_WRITE_FLUSH:
    case SIM_FLUSH:
        if (submitted)
            disk_submitted(v, t);
        else
            disk_completed(v, t);
        return;
    case SIM_SEND:
        if (submitted)
            send_submitted(v, t);
        else
            send_completed(v, t);
        return;
    case SIM_CLOSE_SOCK:
        if (submitted)
            stream_closed(v, t);
        return;
    default:
        return;
    }
}

void witness_init(struct witness *v, struct world *w, struct sim_node *broker, struct bcheck *check)
{
    *v = (struct witness){.broker = broker, .check = check, .res = check->res};
    map_init(&v->ids);
    map_init(&v->streams);
    smap_init(&v->files);
    list_init(&v->flights);
    world_observe(w, see, v);
}

void witness_host(struct witness *v, const struct khost *host)
{
    MR_ASSERT(v->host_count < WITNESS_HOSTS_MAX);
    v->hosts[v->host_count++] = host;
}

void witness_done(struct witness *v)
{
    witness_crash(v, false);
    uint32_t at = 0;
    for (struct witness_file *f; (f = smap_next(&v->files, &at)) != NULL;) {
        mem_free(f->pending);
        mem_free(f);
    }
    smap_done(&v->files);
    map_done(&v->ids);
}
