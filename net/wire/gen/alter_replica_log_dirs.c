/* Written by net/wire/schema/gen.py from alter_replica_log_dirs.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/alter_replica_log_dirs.h"

void kw_alter_replica_log_dirs_request_topic_init(struct kw_alter_replica_log_dirs_request_topic *m)
{
    m->name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_alter_replica_log_dirs_request_dir_init(struct kw_alter_replica_log_dirs_request_dir *m)
{
    m->path = KW_EMPTY_STRING;
    m->topics = NULL;
    m->topics_count = 0;
}

void kw_alter_replica_log_dirs_request_init(struct kw_alter_replica_log_dirs_request *m)
{
    m->dirs = NULL;
    m->dirs_count = 0;
}

static void get_alter_replica_log_dirs_request_topic(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_alter_replica_log_dirs_request_topic *m)
{
    const bool flex = version >= 2;
    m->name = kw_get_string(r, flex, false);
    m->partitions = kw_get_int32_array(r, a, flex, false, &m->partitions_count);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_replica_log_dirs_request_dir(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_alter_replica_log_dirs_request_dir *m)
{
    const bool flex = version >= 2;
    m->path = kw_get_string(r, flex, false);
    m->topics_count = kw_get_count(r, flex, false, 3);
    m->topics = kw_get_items(r, a, m->topics_count, sizeof(*m->topics));
    for (int32_t i = 0; i < m->topics_count && r->err == 0; i++)
        get_alter_replica_log_dirs_request_topic(r, version, a, &m->topics[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_replica_log_dirs_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_alter_replica_log_dirs_request *m)
{
    const bool flex = version >= 2;
    m->dirs_count = kw_get_count(r, flex, false, 3);
    m->dirs = kw_get_items(r, a, m->dirs_count, sizeof(*m->dirs));
    for (int32_t i = 0; i < m->dirs_count && r->err == 0; i++)
        get_alter_replica_log_dirs_request_dir(r, version, a, &m->dirs[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_alter_replica_log_dirs_request_topic(struct kw_writer *w, int16_t version,
                                                     const struct kw_alter_replica_log_dirs_request_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->name);
    kw_put_int32_array(w, flex, false, m->partitions, m->partitions_count);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_replica_log_dirs_request_dir(struct kw_writer *w, int16_t version,
                                                   const struct kw_alter_replica_log_dirs_request_dir *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->path);
    kw_put_count(w, flex, false, m->topics_count);
    for (int32_t i = 0; i < m->topics_count && w->err == 0; i++)
        put_alter_replica_log_dirs_request_topic(w, version, &m->topics[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_replica_log_dirs_request(struct kw_writer *w, int16_t version,
                                               const struct kw_alter_replica_log_dirs_request *m)
{
    const bool flex = version >= 2;
    kw_put_count(w, flex, false, m->dirs_count);
    for (int32_t i = 0; i < m->dirs_count && w->err == 0; i++)
        put_alter_replica_log_dirs_request_dir(w, version, &m->dirs[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_alter_replica_log_dirs_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_alter_replica_log_dirs_request *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_alter_replica_log_dirs_request(r, version, a, ret);
    return r->err;
}

void kw_alter_replica_log_dirs_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_alter_replica_log_dirs_request *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_replica_log_dirs_request(w, version, m);
}

static void init_any_alter_replica_log_dirs_request(void *m) { kw_alter_replica_log_dirs_request_init(m); }

static int decode_any_alter_replica_log_dirs_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_alter_replica_log_dirs_request_decode(r, version, a, ret);
}

static void encode_any_alter_replica_log_dirs_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_alter_replica_log_dirs_request_encode(w, version, m);
}

const struct kw_message kw_alter_replica_log_dirs_request_info = {
    .name = "AlterReplicaLogDirsRequest",
    .kind = KW_REQUEST,
    .key = 34,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_alter_replica_log_dirs_request),
    .init = init_any_alter_replica_log_dirs_request,
    .decode = decode_any_alter_replica_log_dirs_request,
    .encode = encode_any_alter_replica_log_dirs_request,
};

void kw_alter_replica_log_dirs_response_partition_init(struct kw_alter_replica_log_dirs_response_partition *m)
{
    m->partition_index = 0;
    m->error_code = 0;
}

void kw_alter_replica_log_dirs_response_topic_init(struct kw_alter_replica_log_dirs_response_topic *m)
{
    m->topic_name = KW_EMPTY_STRING;
    m->partitions = NULL;
    m->partitions_count = 0;
}

void kw_alter_replica_log_dirs_response_init(struct kw_alter_replica_log_dirs_response *m)
{
    m->throttle_time_ms = 0;
    m->results = NULL;
    m->results_count = 0;
}

static void get_alter_replica_log_dirs_response_partition(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_alter_replica_log_dirs_response_partition *m)
{
    const bool flex = version >= 2;
    (void)a;
    m->partition_index = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_replica_log_dirs_response_topic(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_alter_replica_log_dirs_response_topic *m)
{
    const bool flex = version >= 2;
    m->topic_name = kw_get_string(r, flex, false);
    m->partitions_count = kw_get_count(r, flex, false, 6);
    m->partitions = kw_get_items(r, a, m->partitions_count, sizeof(*m->partitions));
    for (int32_t i = 0; i < m->partitions_count && r->err == 0; i++)
        get_alter_replica_log_dirs_response_partition(r, version, a, &m->partitions[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_replica_log_dirs_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_alter_replica_log_dirs_response *m)
{
    const bool flex = version >= 2;
    m->throttle_time_ms = kw_get_int32(r);
    m->results_count = kw_get_count(r, flex, false, 3);
    m->results = kw_get_items(r, a, m->results_count, sizeof(*m->results));
    for (int32_t i = 0; i < m->results_count && r->err == 0; i++)
        get_alter_replica_log_dirs_response_topic(r, version, a, &m->results[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_alter_replica_log_dirs_response_partition(struct kw_writer *w, int16_t version,
    const struct kw_alter_replica_log_dirs_response_partition *m)
{
    const bool flex = version >= 2;
    kw_put_int32(w, m->partition_index);
    kw_put_int16(w, m->error_code);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_replica_log_dirs_response_topic(struct kw_writer *w, int16_t version,
    const struct kw_alter_replica_log_dirs_response_topic *m)
{
    const bool flex = version >= 2;
    kw_put_string(w, flex, false, m->topic_name);
    kw_put_count(w, flex, false, m->partitions_count);
    for (int32_t i = 0; i < m->partitions_count && w->err == 0; i++)
        put_alter_replica_log_dirs_response_partition(w, version, &m->partitions[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_replica_log_dirs_response(struct kw_writer *w, int16_t version,
                                                const struct kw_alter_replica_log_dirs_response *m)
{
    const bool flex = version >= 2;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->results_count);
    for (int32_t i = 0; i < m->results_count && w->err == 0; i++)
        put_alter_replica_log_dirs_response_topic(w, version, &m->results[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_alter_replica_log_dirs_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_alter_replica_log_dirs_response *ret)
{
    if (version < 1 || version > 2)
        return -MR_E_VERSION;
    get_alter_replica_log_dirs_response(r, version, a, ret);
    return r->err;
}

void kw_alter_replica_log_dirs_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_alter_replica_log_dirs_response *m)
{
    if (version < 1 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_replica_log_dirs_response(w, version, m);
}

static void init_any_alter_replica_log_dirs_response(void *m) { kw_alter_replica_log_dirs_response_init(m); }

static int decode_any_alter_replica_log_dirs_response(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_alter_replica_log_dirs_response_decode(r, version, a, ret);
}

static void encode_any_alter_replica_log_dirs_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_alter_replica_log_dirs_response_encode(w, version, m);
}

const struct kw_message kw_alter_replica_log_dirs_response_info = {
    .name = "AlterReplicaLogDirsResponse",
    .kind = KW_RESPONSE,
    .key = 34,
    .v_min = 1,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 2,
    .size = sizeof(struct kw_alter_replica_log_dirs_response),
    .init = init_any_alter_replica_log_dirs_response,
    .decode = decode_any_alter_replica_log_dirs_response,
    .encode = encode_any_alter_replica_log_dirs_response,
};
