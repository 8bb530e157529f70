/* What members of groups send and nobody's schema guards: expressions over topic names, subscriptions,
 * assignments.
 *
 * Input: a byte that says which, then the bytes. An expression: its length (one byte), it, and names between
 * zeros. It may be refused, with a reason, or it matches or not, each time alike. A subscription or
 * assignment that is read must say the same when it is written and read again. */
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

#include "core/broker/regex.h"
#include "core/mem.h"
#include "net/wire/subscription.h"

enum { ARENA_BYTES = 8 << 20 };

static void fuzz_regex(struct mr_slice in)
{
    char why[REGEX_WHY_BYTES];
    size_t len = in.len > 0 ? mr_min(in.ptr[0], in.len - 1) : 0;
    const char *text = (const char *)in.ptr + (in.len > 0);
    memset(why, 'x', sizeof(why));
    struct regex *r = regex_new(text, len, why, sizeof(why));
    if (r == NULL) {
        MR_ASSERT(memchr(why, '\0', sizeof(why)) != NULL);
        return;
    }
    struct regex *again = regex_new(text, len, why, sizeof(why));
    MR_ASSERT(again != NULL);
    const char *name = text + len, *end = (const char *)in.ptr + in.len;
    while (name <= end) {
        const char *zero = memchr(name, '\0', (size_t)(end - name));
        size_t bytes = (size_t)((zero != NULL ? zero : end) - name);
        MR_ASSERT(regex_matches(r, name, bytes) == regex_matches(again, name, bytes));
        name += bytes + 1;
    }
    regex_free(again);
    regex_free(r);
}

static void check_err(int err)
{
    MR_ASSERT(err == 0 || err == -MR_E_CORRUPT || err == -MR_E_LIMIT);
}

static struct mr_slice written(const struct kw_writer *w)
{
    MR_ASSERT(w->err == 0);
    return (struct mr_slice){w->buf, w->len};
}

static void same(struct mr_slice a, struct mr_slice b)
{
    MR_ASSERT(a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0));
}

static void fuzz_subscription(struct mr_slice in, struct mr_arena *a)
{
    struct kw_consumer_protocol_subscription first, topics, second;
    int16_t version, again;
    struct kw_writer w, w2;
    int err = kw_subscription_decode(in, a, &version, &first);
    check_err(err);
    check_err(kw_subscription_decode_v0(in, a, &topics));
    if (err != 0)
        return;
    kw_writer_init(&w, a, 0, ARENA_BYTES, false);
    kw_subscription_encode(&w, version, &first);
    MR_ASSERT(kw_subscription_decode(written(&w), a, &again, &second) == 0);
    MR_ASSERT(again == mr_imin(version, kw_consumer_protocol_subscription_info.v_max));
    kw_writer_init(&w2, a, 0, ARENA_BYTES, false);
    kw_subscription_encode(&w2, again, &second);
    same(written(&w), written(&w2));
    /* Every version begins with the topics. */
    MR_ASSERT(kw_subscription_decode_v0(in, a, &topics) == 0 && topics.topics_count == first.topics_count);
}

static void fuzz_assignment(struct mr_slice in, struct mr_arena *a)
{
    struct kw_consumer_protocol_assignment first, second;
    int16_t version, again;
    struct kw_writer w, w2;
    int err = kw_assignment_decode(in, a, &version, &first);
    check_err(err);
    if (err != 0)
        return;
    kw_writer_init(&w, a, 0, ARENA_BYTES, false);
    kw_assignment_encode(&w, version, &first);
    MR_ASSERT(kw_assignment_decode(written(&w), a, &again, &second) == 0);
    MR_ASSERT(again == mr_imin(version, kw_consumer_protocol_assignment_info.v_max));
    kw_writer_init(&w2, a, 0, ARENA_BYTES, false);
    kw_assignment_encode(&w2, again, &second);
    same(written(&w), written(&w2));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct mr_arena a;
    if (size == 0)
        return 0;
    struct mr_slice in = {data + 1, size - 1};
    arena_init(&a, ARENA_BYTES);
    if (data[0] % 3 == 0)
        fuzz_regex(in);
    else if (data[0] % 3 == 1)
        fuzz_subscription(in, &a);
    else
        fuzz_assignment(in, &a);
    arena_done(&a);
    return 0;
}

/* ---- seeds ---- */

static size_t put_regex(uint8_t *to, const char *text)
{
    static const char names[] =
        "orders\0orders-eu-1\0\0__consumer_offsets\0gr\303\266\303\237e\0\377\376\0a.b";
    size_t len = strlen(text);
    to[0] = 0;
    to[1] = (uint8_t)len;
    memcpy(to + 2, text, len);
    memcpy(to + 2 + len, names, sizeof(names) - 1);
    return 2 + len + sizeof(names) - 1;
}

static size_t put_member(uint8_t *to, int16_t version, bool assignment)
{
    struct mr_arena a;
    struct kw_writer w;
    struct mr_str topics[] = {MR_STR_LIT("orders"), MR_STR_LIT("t")};
    int32_t partitions[] = {0, 1, 7};
    arena_init(&a, ARENA_BYTES);
    kw_writer_init(&w, &a, 0, ARENA_BYTES, false);
    to[0] = assignment ? 2 : 1;
    if (assignment) {
        struct kw_consumer_protocol_assignment m;
        kw_consumer_protocol_assignment_init(&m);
        struct kw_consumer_protocol_assignment_assigned_partition owned = {.topic = topics[0],
                                                                           .partitions = partitions,
                                                                           .partitions_count = 3};
        m.assigned_partitions = &owned;
        m.assigned_partitions_count = 1;
        kw_assignment_encode(&w, version, &m);
    } else {
        struct kw_consumer_protocol_subscription m;
        kw_consumer_protocol_subscription_init(&m);
        struct kw_consumer_protocol_subscription_owned_partition owned = {.topic = topics[0],
                                                                          .partitions = partitions,
                                                                          .partitions_count = 3};
        m.topics = topics;
        m.topics_count = 2;
        m.user_data = (struct mr_slice){(const uint8_t *)"data", 4};
        m.owned_partitions = &owned;
        m.owned_partitions_count = 1;
        m.generation_id = 7;
        m.rack_id = MR_STR_LIT("rack");
        kw_subscription_encode(&w, version, &m);
    }
    struct mr_slice bytes = written(&w);
    memcpy(to + 1, bytes.ptr, bytes.len);
    arena_done(&a);
    return 1 + bytes.len;
}

size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap)
{
    static const char *const expressions[] = {"orders.*",
                                              "(a|b)*c{2,9}",
                                              "[^-a-z\\d]+",
                                              "(?i)ORDERS-\\w+",
                                              "\\p{Greek}+|\\pL",
                                              "^$",
                                              "(?P<x>a)(?:b)",
                                              "a{0,1000}",
                                              "((((a{30}){30}){30}))",
                                              "\\Q.*\\E",
                                              "[[:alpha:]]{3}",
                                              ".*(.*(.*x))",
                                              "\\x{10FFFF}\\xff",
                                              "(?s).",
                                              "(?U)a+?|\\bword\\b"};
    MR_ASSERT(cap >= 4096);
    uint32_t texts = MR_COUNT(expressions);
    if (i < texts)
        return put_regex(to, expressions[i]);
    i -= texts;
    return i < 8 ? put_member(to, (int16_t)(i % 4), i >= 4) : 0;
}
