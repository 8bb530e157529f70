/* Written by net/wire/schema/gen.py from consumer_protocol.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/consumer_protocol.h"

void kw_consumer_protocol_subscription_owned_partition_init(
    struct kw_consumer_protocol_subscription_owned_partition *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_protocol_subscription_init(struct kw_consumer_protocol_subscription *m)
{
    m->topics = NULL;
    m->topics_count = 0;
    m->user_data = (struct mr_slice){NULL, 0};
    m->owned_partitions = NULL;
    m->owned_partitions_count = 0;
    m->generation_id = -1;
    m->rack_id = (struct mr_str){NULL, 0};
}

static void get_consumer_protocol_subscription_owned_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_protocol_subscription_owned_partition *m)
{
    (void)version;
    m->topic = kw_get_string(r, false, false);
    m->partitions = kw_get_int32_array(r, a, false, false, &m->partitions_count);
}

static void get_consumer_protocol_subscription(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_consumer_protocol_subscription *m)
{
    m->topics = kw_get_string_array(r, a, false, false, &m->topics_count);
    m->user_data = kw_get_bytes(r, false, true);
    if (version >= 1) {
        m->owned_partitions_count = kw_get_count(r, false, false, 6);
        m->owned_partitions = kw_get_items(r, a, m->owned_partitions_count, sizeof(*m->owned_partitions));
        for (int32_t i = 0; i < m->owned_partitions_count && r->err == 0; i++)
            get_consumer_protocol_subscription_owned_partition(r, version, a, &m->owned_partitions[i]);
    } else {
        m->owned_partitions = NULL;
        m->owned_partitions_count = 0;
    }
    m->generation_id = version >= 2 ? kw_get_int32(r) : -1;
    m->rack_id = version >= 3 ? kw_get_string(r, false, true) : (struct mr_str){NULL, 0};
}

static void put_consumer_protocol_subscription_owned_partition(struct kw_writer *w, int16_t version,
    const struct kw_consumer_protocol_subscription_owned_partition *m)
{
    (void)version;
    kw_put_string(w, false, false, m->topic);
    kw_put_int32_array(w, false, false, m->partitions, m->partitions_count);
}

static void put_consumer_protocol_subscription(struct kw_writer *w, int16_t version,
                                               const struct kw_consumer_protocol_subscription *m)
{
    kw_put_string_array(w, false, false, m->topics, m->topics_count);
    kw_put_bytes(w, false, true, m->user_data);
    if (version >= 1) {
        kw_put_count(w, false, false, m->owned_partitions_count);
        for (int32_t i = 0; i < m->owned_partitions_count && w->err == 0; i++)
            put_consumer_protocol_subscription_owned_partition(w, version, &m->owned_partitions[i]);
    }
    if (version >= 2)
        kw_put_int32(w, m->generation_id);
    if (version >= 3)
        kw_put_string(w, false, true, m->rack_id);
}

int kw_consumer_protocol_subscription_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_consumer_protocol_subscription *ret)
{
    if (version < 0 || version > 3)
        return -MR_E_VERSION;
    get_consumer_protocol_subscription(r, version, a, ret);
    return r->err;
}

void kw_consumer_protocol_subscription_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_consumer_protocol_subscription *m)
{
    if (version < 0 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_protocol_subscription(w, version, m);
}

static void init_any_consumer_protocol_subscription(void *m) { kw_consumer_protocol_subscription_init(m); }

static int decode_any_consumer_protocol_subscription(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_consumer_protocol_subscription_decode(r, version, a, ret);
}

static void encode_any_consumer_protocol_subscription(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_protocol_subscription_encode(w, version, m);
}

const struct kw_message kw_consumer_protocol_subscription_info = {
    .name = "ConsumerProtocolSubscription",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_protocol_subscription),
    .init = init_any_consumer_protocol_subscription,
    .decode = decode_any_consumer_protocol_subscription,
    .encode = encode_any_consumer_protocol_subscription,
};

void kw_consumer_protocol_assignment_assigned_partition_init(
    struct kw_consumer_protocol_assignment_assigned_partition *m)
{
    m->topic = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_consumer_protocol_assignment_init(struct kw_consumer_protocol_assignment *m)
{
    m->assigned_partitions = NULL;
    m->assigned_partitions_count = 0;
    m->user_data = (struct mr_slice){NULL, 0};
}

static void get_consumer_protocol_assignment_assigned_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_consumer_protocol_assignment_assigned_partition *m)
{
    (void)version;
    m->topic = kw_get_string(r, false, false);
    m->partitions = kw_get_int32_array(r, a, false, false, &m->partitions_count);
}

static void get_consumer_protocol_assignment(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_consumer_protocol_assignment *m)
{
    m->assigned_partitions_count = kw_get_count(r, false, false, 6);
    m->assigned_partitions = kw_get_items(r, a, m->assigned_partitions_count,
                                          sizeof(*m->assigned_partitions));
    for (int32_t i = 0; i < m->assigned_partitions_count && r->err == 0; i++)
        get_consumer_protocol_assignment_assigned_partition(r, version, a, &m->assigned_partitions[i]);
    m->user_data = kw_get_bytes(r, false, true);
}

static void put_consumer_protocol_assignment_assigned_partition(struct kw_writer *w, int16_t version,
    const struct kw_consumer_protocol_assignment_assigned_partition *m)
{
    (void)version;
    kw_put_string(w, false, false, m->topic);
    kw_put_int32_array(w, false, false, m->partitions, m->partitions_count);
}

static void put_consumer_protocol_assignment(struct kw_writer *w, int16_t version,
                                             const struct kw_consumer_protocol_assignment *m)
{
    kw_put_count(w, false, false, m->assigned_partitions_count);
    for (int32_t i = 0; i < m->assigned_partitions_count && w->err == 0; i++)
        put_consumer_protocol_assignment_assigned_partition(w, version, &m->assigned_partitions[i]);
    kw_put_bytes(w, false, true, m->user_data);
}

int kw_consumer_protocol_assignment_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_consumer_protocol_assignment *ret)
{
    if (version < 0 || version > 3)
        return -MR_E_VERSION;
    get_consumer_protocol_assignment(r, version, a, ret);
    return r->err;
}

void kw_consumer_protocol_assignment_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_consumer_protocol_assignment *m)
{
    if (version < 0 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_consumer_protocol_assignment(w, version, m);
}

static void init_any_consumer_protocol_assignment(void *m) { kw_consumer_protocol_assignment_init(m); }

static int decode_any_consumer_protocol_assignment(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   void *ret)
{
    return kw_consumer_protocol_assignment_decode(r, version, a, ret);
}

static void encode_any_consumer_protocol_assignment(struct kw_writer *w, int16_t version, const void *m)
{
    kw_consumer_protocol_assignment_encode(w, version, m);
}

const struct kw_message kw_consumer_protocol_assignment_info = {
    .name = "ConsumerProtocolAssignment",
    .kind = KW_DATA,
    .key = -1,
    .v_min = 0,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = KW_NEVER,
    .size = sizeof(struct kw_consumer_protocol_assignment),
    .init = init_any_consumer_protocol_assignment,
    .decode = decode_any_consumer_protocol_assignment,
    .encode = encode_any_consumer_protocol_assignment,
};
