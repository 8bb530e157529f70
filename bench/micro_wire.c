#include <stdlib.h>

#include "bench/micro.h"
#include "bench/stamped.h"
#include "core/mem.h"
#include "net/wire/batch.h"
#include "net/wire/batch_validate.h"
#include "net/wire/gen/fetch.h"
#include "net/wire/gen/produce.h"

enum { PARTS = 16, ARENA_BYTES = 1 << 20, VERSION_PRODUCE = 13, VERSION_FETCH = 17 };

static struct mr_slice make_batch(uint32_t records)
{
    struct stamped_batch b;
    MR_ASSERT(stamped_init(&b, records, 1024, 1) == 0);
    struct stamped_patch patch = {.timestamp_ms = 1700000000000, .producer_id = 1, .sequence = 0};
    uint8_t *whole = mem_alloc(stamped_bytes(&b));
    memcpy(whole, b.head, b.head_len);
    stamped_patch(&b, whole, &patch);
    memcpy(whole + b.head_len, b.tail, b.tail_len);
    struct mr_slice s = {whole, stamped_bytes(&b)};
    stamped_done(&b);
    return s;
}

static void header_loop(void *state, uint64_t n)
{
    struct mr_slice *s = state;
    for (uint64_t i = 0; i < n; i++) {
        struct mr_slice rest = *s;
        struct kw_batch batch;
        micro_use((uint64_t)batch_next(&rest, &batch));
        micro_use((uint64_t)batch.h.record_count);
    }
}

static void validate_loop(void *state, uint64_t n)
{
    struct mr_slice *s = state;
    struct batch_rules rules = {.produce_version = VERSION_PRODUCE,
                                .codec = BATCH_CODEC_OF_PRODUCER,
                                .bytes_max = 1 << 20,
                                .unpacked_bytes_max = 1 << 24,
                                .now_ms = 1700000000000,
                                .before_max_ms = INT64_MAX,
                                .after_max_ms = 3600000};
    struct batch_verdict verdict;
    for (uint64_t i = 0; i < n; i++)
        micro_use((uint64_t)batch_validate(*s, &rules, NULL, NULL, &verdict));
    MR_ASSERT(verdict.error == KW_NONE);
}

static void batch_all(void)
{
    struct mr_slice one = make_batch(1), many = make_batch(64);
    micro_run(&(struct micro){"batch header", header_loop, &many, 0});
    micro_run(&(struct micro){"batch validated, 1 record of 1 KiB", validate_loop, &one, one.len});
    micro_run(&(struct micro){"batch validated, 64 records of 1 KiB", validate_loop, &many, many.len});
    mem_free((void *)(uintptr_t)one.ptr);
    mem_free((void *)(uintptr_t)many.ptr);
}

/* A message and its bytes; decoding and encoding use an arena that is reset each time, as a request's is. */
struct codec {
    const struct kw_message *info;
    int16_t version;
    const void *message;
    struct mr_slice bytes;
    struct mr_arena arena;
};

static void decode_loop(void *state, uint64_t n)
{
    struct codec *c = state;
    void *into = mem_zalloc(1, c->info->size);
    for (uint64_t i = 0; i < n; i++) {
        arena_reset(&c->arena);
        struct kw_reader r = kw_reader_of(c->bytes);
        micro_use((uint64_t)c->info->decode(&r, c->version, &c->arena, into));
    }
    mem_free(into);
}

static void encode_loop(void *state, uint64_t n)
{
    struct codec *c = state;
    for (uint64_t i = 0; i < n; i++) {
        arena_reset(&c->arena);
        struct kw_writer w;
        kw_writer_init(&w, &c->arena, 0, ARENA_BYTES, true);
        c->info->encode(&w, c->version, c->message);
        micro_use(kw_writer_bytes(&w));
    }
}

static void codec_run(const char *decode, const char *encode, const struct kw_message *info, int16_t version,
                      const void *message)
{
    struct codec c = {.info = info, .version = version, .message = message};
    struct mr_arena kept;
    struct kw_writer w;
    arena_init(&c.arena, ARENA_BYTES);
    arena_init(&kept, ARENA_BYTES);
    kw_writer_init(&w, &kept, 0, ARENA_BYTES, false);
    info->encode(&w, version, message);
    MR_ASSERT(w.err == 0);
    c.bytes = (struct mr_slice){w.buf, w.len};
    if (decode != NULL)
        micro_run(&(struct micro){decode, decode_loop, &c, 0});
    if (encode != NULL)
        micro_run(&(struct micro){encode, encode_loop, &c, 0});
    arena_done(&c.arena);
    arena_done(&kept);
}

static void produce_all(uint32_t parts, const char *decode, const char *encode)
{
    struct mr_slice batch = make_batch(1);
    struct kw_produce_request_partition in[PARTS];
    struct kw_produce_response_partition out[PARTS];
    for (uint32_t i = 0; i < parts; i++) {
        kw_produce_request_partition_init(&in[i]);
        kw_produce_response_partition_init(&out[i]);
        in[i].index = out[i].index = (int32_t)i;
        in[i].records = kw_records_of(batch);
    }
    struct kw_produce_request_topic topic = {.partition_data = in, .partition_data_count = (int32_t)parts};
    struct kw_produce_request q = {.acks = -1,
                                   .timeout_ms = 30000,
                                   .topic_data = &topic,
                                   .topic_data_count = 1};
    struct kw_produce_response_topic answer = {.partition_responses = out,
                                               .partition_responses_count = (int32_t)parts};
    struct kw_produce_response a = {.responses = &answer, .responses_count = 1};
    codec_run(decode, NULL, &kw_produce_request_info, VERSION_PRODUCE, &q);
    codec_run(NULL, encode, &kw_produce_response_info, VERSION_PRODUCE, &a);
    mem_free((void *)(uintptr_t)batch.ptr);
}

static void fetch_all(void)
{
    struct mr_slice batch = make_batch(1);
    struct kw_fetch_request_partition in[PARTS];
    struct kw_fetch_response_partition out[PARTS];
    for (int32_t i = 0; i < PARTS; i++) {
        kw_fetch_request_partition_init(&in[i]);
        kw_fetch_response_partition_init(&out[i]);
        in[i].partition = out[i].partition_index = i;
        out[i].records = kw_records_of(batch);
    }
    struct kw_fetch_request_topic topic = {.partitions = in, .partitions_count = PARTS};
    struct kw_fetch_request q;
    kw_fetch_request_init(&q);
    q.topics = &topic;
    q.topics_count = 1;
    struct kw_fetch_response_topic answer = {.partitions = out, .partitions_count = PARTS};
    struct kw_fetch_response a = {.responses = &answer, .responses_count = 1};
    codec_run("Fetch 17 decoded, 16 partitions", NULL, &kw_fetch_request_info, VERSION_FETCH, &q);
    codec_run(NULL, "Fetch 17 answer encoded, 16 partitions", &kw_fetch_response_info, VERSION_FETCH, &a);
    mem_free((void *)(uintptr_t)batch.ptr);
}

void micro_wire(void)
{
    batch_all();
    produce_all(1, "Produce 13 decoded, 1 partition", "Produce 13 answer encoded, 1 partition");
    produce_all(PARTS, "Produce 13 decoded, 16 partitions", "Produce 13 answer encoded, 16 partitions");
    fetch_all();
}
