/* Every generated decoder at every version, and the request header.
 *
 * Input: message (its place in wt_messages), version (past v_min), then the bytes. A decoder may refuse them
 * or take them. What it took must survive: encoded, it decodes again, and encodes to the same bytes. */
#include "tests/fuzz/fuzz.h"

#include "net/wire/header.h"
#include "net/wire/subscription.h"
#include "tests/wire/describe_gen.h"

enum { ARENA_BYTES = 16 << 20 };

/* One byte of the input chooses among them. */
_Static_assert(MR_COUNT(wt_messages) <= UINT8_MAX + 1, "give the message two bytes");

#define CHECK(cond)                                                                                          \
    do {                                                                                                     \
        if (!(cond)) {                                                                                       \
            fprintf(stderr, "%s:%d: %s v%d: %s\n", __FILE__, __LINE__, info->name, version, #cond);          \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

static struct mr_slice encode(struct mr_arena *a, const struct kw_message *info, int16_t version,
                              const void *message)
{
    struct kw_writer w;
    kw_writer_init(&w, a, 0, ARENA_BYTES, false);
    info->encode(&w, version, message);
    CHECK(w.err == 0);
    return (struct mr_slice){w.buf, w.len};
}

static void fuzz_body(const struct kw_message *info, int16_t version, struct mr_slice input)
{
    struct mr_arena a, b;
    arena_init(&a, ARENA_BYTES);
    arena_init(&b, 8 * ARENA_BYTES);
    void *message = wt_alloc(&a, info->size);
    struct kw_reader r = kw_reader_of(input);
    int err = info->decode(&r, version, &a, message);
    CHECK(err == r.err);
    CHECK(err == 0 || err == -MR_E_CORRUPT || err == -MR_E_LIMIT);
    CHECK(r.p <= r.end && r.end == input.ptr + input.len);
    if (err == 0) {
        void *second = wt_alloc(&b, info->size);
        struct mr_slice once = encode(&b, info, version, message);
        r = kw_reader_of(once);
        CHECK(info->decode(&r, version, &b, second) == 0);
        CHECK(kw_left(&r) == 0);
        struct mr_slice twice = encode(&b, info, version, second);
        CHECK(once.len == twice.len);
        CHECK(once.len == 0 || memcmp(once.ptr, twice.ptr, once.len) == 0);
    }
    arena_done(&b);
    arena_done(&a);
}

/* Members' own words, which no version of a request guards. */
static void fuzz_embedded(struct mr_slice input)
{
    struct mr_arena a;
    arena_init(&a, ARENA_BYTES);
    struct kw_consumer_protocol_subscription subscription;
    struct kw_consumer_protocol_assignment assignment;
    int16_t version;
    int err[] = {kw_subscription_decode(input, &a, &version, &subscription),
                 kw_subscription_decode_v0(input, &a, &subscription),
                 kw_assignment_decode(input, &a, &version, &assignment)};
    for (size_t i = 0; i < MR_COUNT(err); i++)
        MR_ASSERT(err[i] == 0 || err[i] == -MR_E_CORRUPT || err[i] == -MR_E_LIMIT);
    arena_done(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kw_reader r = kw_reader_of((struct mr_slice){data, size});
    struct kw_request_head head;
    if (kw_request_head_decode(&r, &head) == 0 && head.info != NULL && head.api_version >= head.info->v_min &&
        head.api_version <= head.info->v_max)
        fuzz_body(head.info, head.api_version, (struct mr_slice){r.p, kw_left(&r)});

    fuzz_embedded((struct mr_slice){data, size});
    if (size < 2)
        return 0;
    const struct kw_message *info = wt_messages[data[0] % MR_COUNT(wt_messages)].info;
    int16_t version = (int16_t)(info->v_min + data[1] % (info->v_max - info->v_min + 1));
    fuzz_body(info, version, (struct mr_slice){data + 2, size - 2});
    return 0;
}

/* One seed for each message and version, in the order of wt_messages. */
size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap)
{
    struct wt_random rnd = {.state = i};
    uint32_t left = i;
    for (size_t k = 0; k < MR_COUNT(wt_messages); k++) {
        const struct kw_message *info = wt_messages[k].info;
        uint32_t versions = (uint32_t)(info->v_max - info->v_min + 1);
        if (left >= versions) {
            left -= versions;
            continue;
        }
        int16_t version = (int16_t)(info->v_min + (int16_t)left);
        for (;;) {
            struct mr_arena a;
            arena_init(&a, ARENA_BYTES);
            void *message = wt_alloc(&a, info->size);
            wt_fill(&rnd, &a, wt_messages[k].shape, version, message);
            struct mr_slice bytes = encode(&a, info, version, message);
            size_t len = bytes.len + 2;
            bool fits = len <= cap && len < 4096; /* short ones are mutated to more effect */
            if (fits) {
                to[0] = (uint8_t)k;
                to[1] = (uint8_t)left;
                if (bytes.len > 0)
                    memcpy(to + 2, bytes.ptr, bytes.len);
            }
            arena_done(&a);
            if (fits)
                return len;
        }
    }
    return 0;
}
