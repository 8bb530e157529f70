#include "tests/sim/hostile_frames.h"

#include "net/req.h"
#include "net/wire/batch_build.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/gen/list_offsets.h"
#include "net/wire/gen/metadata.h"
#include "net/wire/gen/produce.h"
#include "tests/wire/describe_gen.h"

enum { FRAME_ARENA_BYTES = 32 << 20, FRAME_BYTES_MAX = 1 << 20 };

/* The kind counts through the APIs of the table and the versions of each. */
static const struct mr_api *kind_of(uint32_t kind, int16_t *ret_version)
{
    const struct mr_api *api;
    for (uint32_t i = 0; (api = mr_api_at(i)) != NULL; i++) {
        uint32_t versions = (uint32_t)(api->v_max - api->v_min + 1);
        if (kind < versions) {
            *ret_version = (int16_t)(api->v_min + (int16_t)kind);
            return api;
        }
        kind -= versions;
    }
    return NULL;
}

uint32_t frames_kinds(void)
{
    uint32_t kinds = 0;
    const struct mr_api *api;
    for (uint32_t i = 0; (api = mr_api_at(i)) != NULL; i++)
        kinds += (uint32_t)(api->v_max - api->v_min + 1);
    return kinds;
}

static const struct wt_struct *shape_of(const struct kw_message *info)
{
    for (size_t i = 0; i < MR_COUNT(wt_messages); i++) {
        if (wt_messages[i].info == info)
            return wt_messages[i].shape;
    }
    MR_ASSERT(false);
    return NULL;
}

/* ---- requests with which a handler finds something to do ---- */

static const struct ktopic *some_topic(struct rng *r, const struct ktopic *topics, uint32_t count)
{
    return &topics[rng_below(r, count)];
}

static int32_t some_partition(struct rng *r, const struct ktopic *t)
{
    return (int32_t)rng_below(r, (uint64_t)t->partitions + 1) - (rng_below(r, 20) == 0);
}

static struct kw_records some_records(struct rng *r, struct mr_arena *a)
{
    struct mr_scratch out;
    scratch_init(&out, 1 << 20);
    struct batch_builder b;
    struct batch_build_how how = batch_build_how_plain();
    uint8_t value[64] = {0};
    int err = batch_build_begin(&b, &how, &out, NULL, NULL);
    for (uint64_t n = rng_between(r, 1, 5); n > 0 && err == 0; n--)
        err = batch_build_add(&b, &(struct batch_record){.timestamp = INT64_C(1700000000000),
                                                         .value = {value, rng_below(r, sizeof(value))}});
    MR_ASSERT(err == 0);
    err = batch_build_end(&b);
    bool ok = err == 0;
    struct mr_slice bytes = arena_bytes(a, (struct mr_slice){out.data, out.len}, &ok);
    MR_ASSERT(ok);
    if (rng_below(r, 3) == 0) /* a batch that lies, in a request that does not */
        ((uint8_t *)bytes.ptr)[rng_below(r, bytes.len)] ^= (uint8_t)(1u << rng_below(r, 8));
    scratch_done(&out);
    return kw_records_of(bytes);
}

static void fill_produce(struct rng *r, struct mr_arena *a, struct kw_produce_request *in,
                         const struct ktopic *t)
{
    in->transactional_id = (struct mr_str){NULL, 0};
    in->acks = (int16_t)rng_below(r, 3) - 1;
    in->topic_data = arena_array(a, struct kw_produce_request_topic, 1);
    in->topic_data_count = 1;
    kw_produce_request_topic_init(in->topic_data);
    in->topic_data->name = mr_str_of(t->name);
    in->topic_data->topic_id = t->id;
    int32_t count = (int32_t)rng_below(r, 4);
    in->topic_data->partition_data = arena_array(a, struct kw_produce_request_partition, (size_t)count);
    in->topic_data->partition_data_count = count;
    for (int32_t i = 0; i < count; i++) {
        kw_produce_request_partition_init(&in->topic_data->partition_data[i]);
        in->topic_data->partition_data[i].index = some_partition(r, t);
        in->topic_data->partition_data[i].records = some_records(r, a);
    }
}

static void fill_fetch(struct rng *r, struct mr_arena *a, struct kw_fetch_request *in, const struct ktopic *t)
{
    static const int32_t sizes[] = {-1, 0, 1, 1000, INT32_MAX};
    in->max_wait_ms = (int32_t)rng_below(r, 2000);
    in->min_bytes = sizes[rng_below(r, MR_COUNT(sizes))];
    in->max_bytes = sizes[rng_below(r, MR_COUNT(sizes))];
    in->session_id = (int32_t)rng_below(r, 2);
    in->session_epoch = (int32_t)rng_below(r, 4) - 2;
    in->topics = arena_array(a, struct kw_fetch_request_topic, 1);
    in->topics_count = 1;
    kw_fetch_request_topic_init(in->topics);
    in->topics->topic = mr_str_of(t->name);
    in->topics->topic_id = t->id;
    int32_t count = (int32_t)rng_below(r, 6);
    in->topics->partitions = arena_array(a, struct kw_fetch_request_partition, (size_t)count);
    in->topics->partitions_count = count;
    for (int32_t i = 0; i < count; i++) {
        kw_fetch_request_partition_init(&in->topics->partitions[i]);
        in->topics->partitions[i].partition = some_partition(r, t);
        in->topics->partitions[i].fetch_offset = (int64_t)rng_below(r, 50) - 2;
        in->topics->partitions[i].partition_max_bytes = sizes[rng_below(r, MR_COUNT(sizes))];
    }
}

static void fill_list_offsets(struct rng *r, struct mr_arena *a, struct kw_list_offsets_request *in,
                              const struct ktopic *t)
{
    in->topics = arena_array(a, struct kw_list_offsets_request_topic, 1);
    in->topics_count = 1;
    kw_list_offsets_request_topic_init(in->topics);
    in->topics->name = mr_str_of(t->name);
    int32_t count = (int32_t)rng_below(r, 4);
    in->topics->partitions = arena_array(a, struct kw_list_offsets_request_partition, (size_t)count);
    in->topics->partitions_count = count;
    for (int32_t i = 0; i < count; i++) {
        kw_list_offsets_request_partition_init(&in->topics->partitions[i]);
        in->topics->partitions[i].partition_index = some_partition(r, t);
        in->topics->partitions[i].timestamp = (int64_t)rng_below(r, 10) - 7;
    }
}

static void fill_metadata(struct rng *r, struct mr_arena *a, struct kw_metadata_request *in,
                          const struct ktopic *t)
{
    int32_t count = (int32_t)rng_below(r, 3);
    in->topics = arena_array(a, struct kw_metadata_request_topic, (size_t)count);
    in->topics_count = count;
    for (int32_t i = 0; i < count; i++) {
        kw_metadata_request_topic_init(&in->topics[i]);
        in->topics[i].name = mr_str_of(t->name);
    }
}

static bool fill_well(struct rng *r, struct mr_arena *a, int16_t key, void *in, const struct ktopic *t)
{
    switch (key) {
    case 0:
        fill_produce(r, a, in, t);
        return true;
    case 1:
        fill_fetch(r, a, in, t);
        return true;
    case 2:
        fill_list_offsets(r, a, in, t);
        return true;
    case 3:
        fill_metadata(r, a, in, t);
        return true;
    default:
        return false;
    }
}

void frame_put(struct rng *r, uint32_t kind, const struct ktopic *topics, uint32_t topic_count,
               struct mr_scratch *out)
{
    int16_t version = 0;
    const struct mr_api *api = kind_of(kind, &version);
    MR_ASSERT(api != NULL);
    const struct kw_message *info = kw_request_info(api->key);
    struct mr_arena a;
    arena_init(&a, FRAME_ARENA_BYTES);
    void *in = wt_alloc(&a, info->size);
    info->init(in);
    struct wt_random random = {.state = rng_next(r)};
    if (topic_count == 0 || rng_below(r, 2) == 0 ||
        !fill_well(r, &a, api->key, in, some_topic(r, topics, topic_count)))
        wt_fill(&random, &a, shape_of(info), version, in);
    struct kw_writer w;
    kw_writer_init(&w, &a, 0, FRAME_BYTES_MAX, false);
    struct kw_frame frame = kw_frame_begin(&w);
    kw_request_head_encode(&w, info, version, (int32_t)rng_next(r), MR_STR_LIT("stranger"));
    info->encode(&w, version, in);
    kw_frame_end(&w, frame);
    MR_ASSERT(w.err == 0);
    int err = scratch_put(out, w.buf, w.len);
    MR_ASSERT(err == 0);
    arena_done(&a);
}

void frame_damage(struct rng *r, struct mr_scratch *out, size_t start)
{
    static const uint32_t absurd[] = {0,      1,      0x7fffffff, 0x80000000, 0xffffffff,
                                      0x7fff, 0xffff, 100000,     0x00ffffff};
    size_t len = out->len - start;
    uint8_t *frame = out->data + start;
    for (uint64_t n = rng_between(r, 1, 4); n > 0 && len > 8; n--) {
        size_t at = 4 + rng_below(r, len - 4); /* the size stays, mostly */
        switch (rng_below(r, 8)) {
        case 0:
        case 1:
        case 2:
            frame[at] ^= (uint8_t)(1u << rng_below(r, 8));
            break;
        case 3:
            frame[at] = (uint8_t)rng_next(r);
            break;
        case 4: /* a count or a length */
            if (at + 4 <= len)
                mr_put32(frame + at, absurd[rng_below(r, MR_COUNT(absurd))]);
            break;
        case 5:
            if (at + 2 <= len)
                mr_put16(frame + at, (uint16_t)absurd[rng_below(r, MR_COUNT(absurd))]);
            break;
        case 6: /* shorter, and it says so */
            len = at;
            mr_put32(frame, (uint32_t)(len - 4));
            break;
        default: /* it lies about its size */
            if (rng_below(r, 4) == 0)
                mr_put32(frame, absurd[rng_below(r, MR_COUNT(absurd))]);
            break;
        }
    }
    out->len = start + len;
}
