/* Written by net/wire/schema/gen.py from meta_topics.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/meta_topics.h"

void kw_topic_record_init(struct kw_topic_record *m)
{
    m->name = KW_EMPTY_STRING;
    m->topic_id = (struct mr_uuid){{0}};
}

static void get_topic_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_topic_record *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->topic_id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void put_topic_record(struct kw_writer *w, int16_t version, const struct kw_topic_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_uuid(w, m->topic_id);
    kw_put_uvarint(w, 0);
}

int kw_topic_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                           struct kw_topic_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_topic_record(r, version, a, ret);
    return r->err;
}

void kw_topic_record_encode(struct kw_writer *w, int16_t version, const struct kw_topic_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_topic_record(w, version, m);
}

static void init_any_topic_record(void *m) { kw_topic_record_init(m); }

static int decode_any_topic_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_topic_record_decode(r, version, a, ret);
}

static void encode_any_topic_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_topic_record_encode(w, version, m);
}

const struct kw_message kw_topic_record_info = {
    .name = "TopicRecord",
    .kind = KW_RECORD,
    .key = 2,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_topic_record),
    .init = init_any_topic_record,
    .decode = decode_any_topic_record,
    .encode = encode_any_topic_record,
};

void kw_partition_record_init(struct kw_partition_record *m)
{
    m->partition_id = -1;
    m->topic_id = (struct mr_uuid){{0}};
    m->replicas = NULL;
    m->replicas_count = 0;
    m->isr = NULL;
    m->isr_count = 0;
    m->removing_replicas = NULL;
    m->removing_replicas_count = 0;
    m->adding_replicas = NULL;
    m->adding_replicas_count = 0;
    m->leader = -1;
    m->leader_recovery_state = 0;
    m->leader_epoch = -1;
    m->partition_epoch = -1;
    m->directories = NULL;
    m->directories_count = 0;
    m->eligible_leader_replicas = NULL;
    m->eligible_leader_replicas_count = -1;
    m->last_known_elr = NULL;
    m->last_known_elr_count = -1;
}

static void get_partition_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_partition_record *m)
{
    m->partition_id = kw_get_int32(r);
    m->topic_id = kw_get_uuid(r);
    m->replicas = kw_get_int32_array(r, a, true, false, &m->replicas_count);
    m->isr = kw_get_int32_array(r, a, true, false, &m->isr_count);
    m->removing_replicas = kw_get_int32_array(r, a, true, false, &m->removing_replicas_count);
    m->adding_replicas = kw_get_int32_array(r, a, true, false, &m->adding_replicas_count);
    m->leader = kw_get_int32(r);
    m->leader_epoch = kw_get_int32(r);
    m->partition_epoch = kw_get_int32(r);
    if (version >= 1) {
        m->directories = kw_get_uuid_array(r, a, true, false, &m->directories_count);
    } else {
        m->directories = NULL;
        m->directories_count = 0;
    }
    m->leader_recovery_state = 0;
    m->eligible_leader_replicas = NULL;
    m->eligible_leader_replicas_count = -1;
    m->last_known_elr = NULL;
    m->last_known_elr_count = -1;
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->leader_recovery_state = kw_get_int8(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 1 && version >= 2) {
            m->eligible_leader_replicas = kw_get_int32_array(&payload, a, true, true,
                                                             &m->eligible_leader_replicas_count);
            kw_tag_done(r, &payload);
        } else if (tag == 2 && version >= 2) {
            m->last_known_elr = kw_get_int32_array(&payload, a, true, true, &m->last_known_elr_count);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_partition_record(struct kw_writer *w, int16_t version, const struct kw_partition_record *m)
{
    kw_put_int32(w, m->partition_id);
    kw_put_uuid(w, m->topic_id);
    kw_put_int32_array(w, true, false, m->replicas, m->replicas_count);
    kw_put_int32_array(w, true, false, m->isr, m->isr_count);
    kw_put_int32_array(w, true, false, m->removing_replicas, m->removing_replicas_count);
    kw_put_int32_array(w, true, false, m->adding_replicas, m->adding_replicas_count);
    kw_put_int32(w, m->leader);
    kw_put_int32(w, m->leader_epoch);
    kw_put_int32(w, m->partition_epoch);
    if (version >= 1)
        kw_put_uuid_array(w, true, false, m->directories, m->directories_count);
    const bool has_leader_recovery_state = m->leader_recovery_state != 0;
    const bool has_eligible_leader_replicas = version >= 2 && m->eligible_leader_replicas_count >= 0;
    const bool has_last_known_elr = version >= 2 && m->last_known_elr_count >= 0;
    kw_put_uvarint(w, (uint32_t)(has_leader_recovery_state + has_eligible_leader_replicas +
                   has_last_known_elr));
    if (has_leader_recovery_state) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_int8(w, m->leader_recovery_state);
        kw_tag_end(w, mark);
    }
    if (has_eligible_leader_replicas) {
        const size_t mark = kw_tag_begin(w, 1);
        kw_put_int32_array(w, true, true, m->eligible_leader_replicas, m->eligible_leader_replicas_count);
        kw_tag_end(w, mark);
    }
    if (has_last_known_elr) {
        const size_t mark = kw_tag_begin(w, 2);
        kw_put_int32_array(w, true, true, m->last_known_elr, m->last_known_elr_count);
        kw_tag_end(w, mark);
    }
}

int kw_partition_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_partition_record *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_partition_record(r, version, a, ret);
    return r->err;
}

void kw_partition_record_encode(struct kw_writer *w, int16_t version, const struct kw_partition_record *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_partition_record(w, version, m);
}

static void init_any_partition_record(void *m) { kw_partition_record_init(m); }

static int decode_any_partition_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_partition_record_decode(r, version, a, ret);
}

static void encode_any_partition_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_partition_record_encode(w, version, m);
}

const struct kw_message kw_partition_record_info = {
    .name = "PartitionRecord",
    .kind = KW_RECORD,
    .key = 3,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_partition_record),
    .init = init_any_partition_record,
    .decode = decode_any_partition_record,
    .encode = encode_any_partition_record,
};

void kw_config_record_init(struct kw_config_record *m)
{
    m->resource_type = 0;
    m->resource_name = KW_EMPTY_STRING;
    m->name = KW_EMPTY_STRING;
    m->value = KW_EMPTY_STRING;
}

static void get_config_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_config_record *m)
{
    (void)a;
    (void)version;
    m->resource_type = kw_get_int8(r);
    m->resource_name = kw_get_string(r, true, false);
    m->name = kw_get_string(r, true, false);
    m->value = kw_get_string(r, true, true);
    kw_skip_tags(r);
}

static void put_config_record(struct kw_writer *w, int16_t version, const struct kw_config_record *m)
{
    (void)version;
    kw_put_int8(w, m->resource_type);
    kw_put_string(w, true, false, m->resource_name);
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, true, m->value);
    kw_put_uvarint(w, 0);
}

int kw_config_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                            struct kw_config_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_config_record(r, version, a, ret);
    return r->err;
}

void kw_config_record_encode(struct kw_writer *w, int16_t version, const struct kw_config_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_config_record(w, version, m);
}

static void init_any_config_record(void *m) { kw_config_record_init(m); }

static int decode_any_config_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_config_record_decode(r, version, a, ret);
}

static void encode_any_config_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_config_record_encode(w, version, m);
}

const struct kw_message kw_config_record_info = {
    .name = "ConfigRecord",
    .kind = KW_RECORD,
    .key = 4,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_config_record),
    .init = init_any_config_record,
    .decode = decode_any_config_record,
    .encode = encode_any_config_record,
};

void kw_partition_change_record_init(struct kw_partition_change_record *m)
{
    m->partition_id = -1;
    m->topic_id = (struct mr_uuid){{0}};
    m->isr = NULL;
    m->isr_count = -1;
    m->leader = -2;
    m->replicas = NULL;
    m->replicas_count = -1;
    m->removing_replicas = NULL;
    m->removing_replicas_count = -1;
    m->adding_replicas = NULL;
    m->adding_replicas_count = -1;
    m->leader_recovery_state = -1;
    m->directories = NULL;
    m->directories_count = -1;
    m->eligible_leader_replicas = NULL;
    m->eligible_leader_replicas_count = -1;
    m->last_known_elr = NULL;
    m->last_known_elr_count = -1;
}

static void get_partition_change_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_partition_change_record *m)
{
    m->partition_id = kw_get_int32(r);
    m->topic_id = kw_get_uuid(r);
    m->isr = NULL;
    m->isr_count = -1;
    m->leader = -2;
    m->replicas = NULL;
    m->replicas_count = -1;
    m->removing_replicas = NULL;
    m->removing_replicas_count = -1;
    m->adding_replicas = NULL;
    m->adding_replicas_count = -1;
    m->leader_recovery_state = -1;
    m->eligible_leader_replicas = NULL;
    m->eligible_leader_replicas_count = -1;
    m->last_known_elr = NULL;
    m->last_known_elr_count = -1;
    m->directories = NULL;
    m->directories_count = -1;
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->isr = kw_get_int32_array(&payload, a, true, true, &m->isr_count);
            kw_tag_done(r, &payload);
        } else if (tag == 1) {
            m->leader = kw_get_int32(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 2) {
            m->replicas = kw_get_int32_array(&payload, a, true, true, &m->replicas_count);
            kw_tag_done(r, &payload);
        } else if (tag == 3) {
            m->removing_replicas = kw_get_int32_array(&payload, a, true, true, &m->removing_replicas_count);
            kw_tag_done(r, &payload);
        } else if (tag == 4) {
            m->adding_replicas = kw_get_int32_array(&payload, a, true, true, &m->adding_replicas_count);
            kw_tag_done(r, &payload);
        } else if (tag == 5) {
            m->leader_recovery_state = kw_get_int8(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 6 && version >= 2) {
            m->eligible_leader_replicas = kw_get_int32_array(&payload, a, true, true,
                                                             &m->eligible_leader_replicas_count);
            kw_tag_done(r, &payload);
        } else if (tag == 7 && version >= 2) {
            m->last_known_elr = kw_get_int32_array(&payload, a, true, true, &m->last_known_elr_count);
            kw_tag_done(r, &payload);
        } else if (tag == 8 && version >= 1) {
            m->directories = kw_get_uuid_array(&payload, a, true, true, &m->directories_count);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_partition_change_record(struct kw_writer *w, int16_t version,
                                        const struct kw_partition_change_record *m)
{
    kw_put_int32(w, m->partition_id);
    kw_put_uuid(w, m->topic_id);
    const bool has_isr = m->isr_count >= 0;
    const bool has_leader = m->leader != -2;
    const bool has_replicas = m->replicas_count >= 0;
    const bool has_removing_replicas = m->removing_replicas_count >= 0;
    const bool has_adding_replicas = m->adding_replicas_count >= 0;
    const bool has_leader_recovery_state = m->leader_recovery_state != -1;
    const bool has_eligible_leader_replicas = version >= 2 && m->eligible_leader_replicas_count >= 0;
    const bool has_last_known_elr = version >= 2 && m->last_known_elr_count >= 0;
    const bool has_directories = version >= 1 && m->directories_count >= 0;
    kw_put_uvarint(w, (uint32_t)(has_isr + has_leader + has_replicas + has_removing_replicas +
                   has_adding_replicas + has_leader_recovery_state + has_eligible_leader_replicas +
                   has_last_known_elr + has_directories));
    if (has_isr) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_int32_array(w, true, true, m->isr, m->isr_count);
        kw_tag_end(w, mark);
    }
    if (has_leader) {
        const size_t mark = kw_tag_begin(w, 1);
        kw_put_int32(w, m->leader);
        kw_tag_end(w, mark);
    }
    if (has_replicas) {
        const size_t mark = kw_tag_begin(w, 2);
        kw_put_int32_array(w, true, true, m->replicas, m->replicas_count);
        kw_tag_end(w, mark);
    }
    if (has_removing_replicas) {
        const size_t mark = kw_tag_begin(w, 3);
        kw_put_int32_array(w, true, true, m->removing_replicas, m->removing_replicas_count);
        kw_tag_end(w, mark);
    }
    if (has_adding_replicas) {
        const size_t mark = kw_tag_begin(w, 4);
        kw_put_int32_array(w, true, true, m->adding_replicas, m->adding_replicas_count);
        kw_tag_end(w, mark);
    }
    if (has_leader_recovery_state) {
        const size_t mark = kw_tag_begin(w, 5);
        kw_put_int8(w, m->leader_recovery_state);
        kw_tag_end(w, mark);
    }
    if (has_eligible_leader_replicas) {
        const size_t mark = kw_tag_begin(w, 6);
        kw_put_int32_array(w, true, true, m->eligible_leader_replicas, m->eligible_leader_replicas_count);
        kw_tag_end(w, mark);
    }
    if (has_last_known_elr) {
        const size_t mark = kw_tag_begin(w, 7);
        kw_put_int32_array(w, true, true, m->last_known_elr, m->last_known_elr_count);
        kw_tag_end(w, mark);
    }
    if (has_directories) {
        const size_t mark = kw_tag_begin(w, 8);
        kw_put_uuid_array(w, true, true, m->directories, m->directories_count);
        kw_tag_end(w, mark);
    }
}

int kw_partition_change_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_partition_change_record *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_partition_change_record(r, version, a, ret);
    return r->err;
}

void kw_partition_change_record_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_partition_change_record *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_partition_change_record(w, version, m);
}

static void init_any_partition_change_record(void *m) { kw_partition_change_record_init(m); }

static int decode_any_partition_change_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              void *ret)
{
    return kw_partition_change_record_decode(r, version, a, ret);
}

static void encode_any_partition_change_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_partition_change_record_encode(w, version, m);
}

const struct kw_message kw_partition_change_record_info = {
    .name = "PartitionChangeRecord",
    .kind = KW_RECORD,
    .key = 5,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_partition_change_record),
    .init = init_any_partition_change_record,
    .decode = decode_any_partition_change_record,
    .encode = encode_any_partition_change_record,
};

void kw_remove_topic_record_init(struct kw_remove_topic_record *m)
{
    m->topic_id = (struct mr_uuid){{0}};
}

static void get_remove_topic_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_remove_topic_record *m)
{
    (void)a;
    (void)version;
    m->topic_id = kw_get_uuid(r);
    kw_skip_tags(r);
}

static void put_remove_topic_record(struct kw_writer *w, int16_t version,
                                    const struct kw_remove_topic_record *m)
{
    (void)version;
    kw_put_uuid(w, m->topic_id);
    kw_put_uvarint(w, 0);
}

int kw_remove_topic_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_remove_topic_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_remove_topic_record(r, version, a, ret);
    return r->err;
}

void kw_remove_topic_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_remove_topic_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_remove_topic_record(w, version, m);
}

static void init_any_remove_topic_record(void *m) { kw_remove_topic_record_init(m); }

static int decode_any_remove_topic_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_remove_topic_record_decode(r, version, a, ret);
}

static void encode_any_remove_topic_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_remove_topic_record_encode(w, version, m);
}

const struct kw_message kw_remove_topic_record_info = {
    .name = "RemoveTopicRecord",
    .kind = KW_RECORD,
    .key = 9,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_remove_topic_record),
    .init = init_any_remove_topic_record,
    .decode = decode_any_remove_topic_record,
    .encode = encode_any_remove_topic_record,
};

void kw_clear_elr_record_init(struct kw_clear_elr_record *m)
{
    m->topic_name = KW_EMPTY_STRING;
}

static void get_clear_elr_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                 struct kw_clear_elr_record *m)
{
    (void)a;
    (void)version;
    m->topic_name = kw_get_string(r, true, false);
    kw_skip_tags(r);
}

static void put_clear_elr_record(struct kw_writer *w, int16_t version, const struct kw_clear_elr_record *m)
{
    (void)version;
    kw_put_string(w, true, false, m->topic_name);
    kw_put_uvarint(w, 0);
}

int kw_clear_elr_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                               struct kw_clear_elr_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_clear_elr_record(r, version, a, ret);
    return r->err;
}

void kw_clear_elr_record_encode(struct kw_writer *w, int16_t version, const struct kw_clear_elr_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_clear_elr_record(w, version, m);
}

static void init_any_clear_elr_record(void *m) { kw_clear_elr_record_init(m); }

static int decode_any_clear_elr_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_clear_elr_record_decode(r, version, a, ret);
}

static void encode_any_clear_elr_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_clear_elr_record_encode(w, version, m);
}

const struct kw_message kw_clear_elr_record_info = {
    .name = "ClearElrRecord",
    .kind = KW_RECORD,
    .key = 28,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_clear_elr_record),
    .init = init_any_clear_elr_record,
    .decode = decode_any_clear_elr_record,
    .encode = encode_any_clear_elr_record,
};
