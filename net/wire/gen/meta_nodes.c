/* Written by net/wire/schema/gen.py from meta_nodes.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/meta_nodes.h"

void kw_register_broker_record_feature_init(struct kw_register_broker_record_feature *m)
{
    m->name = KW_EMPTY_STRING;
    m->min_supported_version = 0;
    m->max_supported_version = 0;
}

void kw_register_broker_record_end_point_init(struct kw_register_broker_record_end_point *m)
{
    m->name = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->security_protocol = 0;
}

void kw_register_broker_record_init(struct kw_register_broker_record *m)
{
    m->broker_id = 0;
    m->is_migrating_zk_broker = false;
    m->incarnation_id = (struct mr_uuid){{0}};
    m->broker_epoch = 0;
    m->end_points = NULL;
    m->end_points_count = 0;
    m->features = NULL;
    m->features_count = 0;
    m->rack = KW_EMPTY_STRING;
    m->fenced = true;
    m->in_controlled_shutdown = false;
    m->log_dirs = NULL;
    m->log_dirs_count = 0;
}

static void get_register_broker_record_feature(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_register_broker_record_feature *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->min_supported_version = kw_get_int16(r);
    m->max_supported_version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_register_broker_record_end_point(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 struct kw_register_broker_record_end_point *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_uint16(r);
    m->security_protocol = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_register_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_register_broker_record *m)
{
    m->broker_id = kw_get_int32(r);
    m->is_migrating_zk_broker = version >= 2 ? kw_get_bool(r) : false;
    m->incarnation_id = kw_get_uuid(r);
    m->broker_epoch = kw_get_int64(r);
    m->end_points_count = kw_get_count(r, true, false, 7);
    m->end_points = kw_get_items(r, a, m->end_points_count, sizeof(*m->end_points));
    for (int32_t i = 0; i < m->end_points_count && r->err == 0; i++)
        get_register_broker_record_end_point(r, version, a, &m->end_points[i]);
    m->features_count = kw_get_count(r, true, false, 6);
    m->features = kw_get_items(r, a, m->features_count, sizeof(*m->features));
    for (int32_t i = 0; i < m->features_count && r->err == 0; i++)
        get_register_broker_record_feature(r, version, a, &m->features[i]);
    m->rack = kw_get_string(r, true, true);
    m->fenced = kw_get_bool(r);
    m->in_controlled_shutdown = version >= 1 ? kw_get_bool(r) : false;
    m->log_dirs = NULL;
    m->log_dirs_count = 0;
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0 && version >= 3) {
            m->log_dirs = kw_get_uuid_array(&payload, a, true, false, &m->log_dirs_count);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_register_broker_record_feature(struct kw_writer *w, int16_t version,
                                               const struct kw_register_broker_record_feature *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int16(w, m->min_supported_version);
    kw_put_int16(w, m->max_supported_version);
    kw_put_uvarint(w, 0);
}

static void put_register_broker_record_end_point(struct kw_writer *w, int16_t version,
                                                 const struct kw_register_broker_record_end_point *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, false, m->host);
    kw_put_uint16(w, m->port);
    kw_put_int16(w, m->security_protocol);
    kw_put_uvarint(w, 0);
}

static void put_register_broker_record(struct kw_writer *w, int16_t version,
                                       const struct kw_register_broker_record *m)
{
    kw_put_int32(w, m->broker_id);
    if (version >= 2)
        kw_put_bool(w, m->is_migrating_zk_broker);
    kw_put_uuid(w, m->incarnation_id);
    kw_put_int64(w, m->broker_epoch);
    kw_put_count(w, true, false, m->end_points_count);
    for (int32_t i = 0; i < m->end_points_count && w->err == 0; i++)
        put_register_broker_record_end_point(w, version, &m->end_points[i]);
    kw_put_count(w, true, false, m->features_count);
    for (int32_t i = 0; i < m->features_count && w->err == 0; i++)
        put_register_broker_record_feature(w, version, &m->features[i]);
    kw_put_string(w, true, true, m->rack);
    kw_put_bool(w, m->fenced);
    if (version >= 1)
        kw_put_bool(w, m->in_controlled_shutdown);
    const bool has_log_dirs = version >= 3 && m->log_dirs_count > 0;
    kw_put_uvarint(w, has_log_dirs);
    if (has_log_dirs) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_uuid_array(w, true, false, m->log_dirs, m->log_dirs_count);
        kw_tag_end(w, mark);
    }
}

int kw_register_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_register_broker_record *ret)
{
    if (version < 0 || version > 3)
        return -MR_E_VERSION;
    get_register_broker_record(r, version, a, ret);
    return r->err;
}

void kw_register_broker_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_register_broker_record *m)
{
    if (version < 0 || version > 3)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_register_broker_record(w, version, m);
}

static void init_any_register_broker_record(void *m) { kw_register_broker_record_init(m); }

static int decode_any_register_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             void *ret)
{
    return kw_register_broker_record_decode(r, version, a, ret);
}

static void encode_any_register_broker_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_register_broker_record_encode(w, version, m);
}

const struct kw_message kw_register_broker_record_info = {
    .name = "RegisterBrokerRecord",
    .kind = KW_RECORD,
    .key = 0,
    .v_min = 0,
    .v_max = 3,
    .v_stable = 3,
    .flexible_from = 0,
    .size = sizeof(struct kw_register_broker_record),
    .init = init_any_register_broker_record,
    .decode = decode_any_register_broker_record,
    .encode = encode_any_register_broker_record,
};

void kw_unregister_broker_record_init(struct kw_unregister_broker_record *m)
{
    m->broker_id = 0;
    m->broker_epoch = 0;
}

static void get_unregister_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_unregister_broker_record *m)
{
    (void)a;
    (void)version;
    m->broker_id = kw_get_int32(r);
    m->broker_epoch = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_unregister_broker_record(struct kw_writer *w, int16_t version,
                                         const struct kw_unregister_broker_record *m)
{
    (void)version;
    kw_put_int32(w, m->broker_id);
    kw_put_int64(w, m->broker_epoch);
    kw_put_uvarint(w, 0);
}

int kw_unregister_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_unregister_broker_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_unregister_broker_record(r, version, a, ret);
    return r->err;
}

void kw_unregister_broker_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_unregister_broker_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_unregister_broker_record(w, version, m);
}

static void init_any_unregister_broker_record(void *m) { kw_unregister_broker_record_init(m); }

static int decode_any_unregister_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               void *ret)
{
    return kw_unregister_broker_record_decode(r, version, a, ret);
}

static void encode_any_unregister_broker_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_unregister_broker_record_encode(w, version, m);
}

const struct kw_message kw_unregister_broker_record_info = {
    .name = "UnregisterBrokerRecord",
    .kind = KW_RECORD,
    .key = 1,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_unregister_broker_record),
    .init = init_any_unregister_broker_record,
    .decode = decode_any_unregister_broker_record,
    .encode = encode_any_unregister_broker_record,
};

void kw_fence_broker_record_init(struct kw_fence_broker_record *m)
{
    m->id = 0;
    m->epoch = 0;
}

static void get_fence_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_fence_broker_record *m)
{
    (void)a;
    (void)version;
    m->id = kw_get_int32(r);
    m->epoch = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_fence_broker_record(struct kw_writer *w, int16_t version,
                                    const struct kw_fence_broker_record *m)
{
    (void)version;
    kw_put_int32(w, m->id);
    kw_put_int64(w, m->epoch);
    kw_put_uvarint(w, 0);
}

int kw_fence_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_fence_broker_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_fence_broker_record(r, version, a, ret);
    return r->err;
}

void kw_fence_broker_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_fence_broker_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_fence_broker_record(w, version, m);
}

static void init_any_fence_broker_record(void *m) { kw_fence_broker_record_init(m); }

static int decode_any_fence_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a, void *ret)
{
    return kw_fence_broker_record_decode(r, version, a, ret);
}

static void encode_any_fence_broker_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_fence_broker_record_encode(w, version, m);
}

const struct kw_message kw_fence_broker_record_info = {
    .name = "FenceBrokerRecord",
    .kind = KW_RECORD,
    .key = 7,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_fence_broker_record),
    .init = init_any_fence_broker_record,
    .decode = decode_any_fence_broker_record,
    .encode = encode_any_fence_broker_record,
};

void kw_unfence_broker_record_init(struct kw_unfence_broker_record *m)
{
    m->id = 0;
    m->epoch = 0;
}

static void get_unfence_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_unfence_broker_record *m)
{
    (void)a;
    (void)version;
    m->id = kw_get_int32(r);
    m->epoch = kw_get_int64(r);
    kw_skip_tags(r);
}

static void put_unfence_broker_record(struct kw_writer *w, int16_t version,
                                      const struct kw_unfence_broker_record *m)
{
    (void)version;
    kw_put_int32(w, m->id);
    kw_put_int64(w, m->epoch);
    kw_put_uvarint(w, 0);
}

int kw_unfence_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_unfence_broker_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_unfence_broker_record(r, version, a, ret);
    return r->err;
}

void kw_unfence_broker_record_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_unfence_broker_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_unfence_broker_record(w, version, m);
}

static void init_any_unfence_broker_record(void *m) { kw_unfence_broker_record_init(m); }

static int decode_any_unfence_broker_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            void *ret)
{
    return kw_unfence_broker_record_decode(r, version, a, ret);
}

static void encode_any_unfence_broker_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_unfence_broker_record_encode(w, version, m);
}

const struct kw_message kw_unfence_broker_record_info = {
    .name = "UnfenceBrokerRecord",
    .kind = KW_RECORD,
    .key = 8,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_unfence_broker_record),
    .init = init_any_unfence_broker_record,
    .decode = decode_any_unfence_broker_record,
    .encode = encode_any_unfence_broker_record,
};

void kw_broker_registration_change_record_init(struct kw_broker_registration_change_record *m)
{
    m->broker_id = 0;
    m->broker_epoch = 0;
    m->fenced = 0;
    m->in_controlled_shutdown = 0;
    m->log_dirs = NULL;
    m->log_dirs_count = 0;
}

static void get_broker_registration_change_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_broker_registration_change_record *m)
{
    m->broker_id = kw_get_int32(r);
    m->broker_epoch = kw_get_int64(r);
    m->fenced = 0;
    m->in_controlled_shutdown = 0;
    m->log_dirs = NULL;
    m->log_dirs_count = 0;
    uint32_t tags = kw_get_tag_count(r);
    for (uint32_t t = 0; t < tags && r->err == 0; t++) {
        uint32_t tag;
        struct kw_reader payload = kw_get_tag(r, &tag);
        if (tag == 0) {
            m->fenced = kw_get_int8(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 1 && version >= 1) {
            m->in_controlled_shutdown = kw_get_int8(&payload);
            kw_tag_done(r, &payload);
        } else if (tag == 2 && version >= 2) {
            m->log_dirs = kw_get_uuid_array(&payload, a, true, false, &m->log_dirs_count);
            kw_tag_done(r, &payload);
        }
    }
}

static void put_broker_registration_change_record(struct kw_writer *w, int16_t version,
                                                  const struct kw_broker_registration_change_record *m)
{
    kw_put_int32(w, m->broker_id);
    kw_put_int64(w, m->broker_epoch);
    const bool has_fenced = m->fenced != 0;
    const bool has_in_controlled_shutdown = version >= 1 && m->in_controlled_shutdown != 0;
    const bool has_log_dirs = version >= 2 && m->log_dirs_count > 0;
    kw_put_uvarint(w, (uint32_t)(has_fenced + has_in_controlled_shutdown + has_log_dirs));
    if (has_fenced) {
        const size_t mark = kw_tag_begin(w, 0);
        kw_put_int8(w, m->fenced);
        kw_tag_end(w, mark);
    }
    if (has_in_controlled_shutdown) {
        const size_t mark = kw_tag_begin(w, 1);
        kw_put_int8(w, m->in_controlled_shutdown);
        kw_tag_end(w, mark);
    }
    if (has_log_dirs) {
        const size_t mark = kw_tag_begin(w, 2);
        kw_put_uuid_array(w, true, false, m->log_dirs, m->log_dirs_count);
        kw_tag_end(w, mark);
    }
}

int kw_broker_registration_change_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_broker_registration_change_record *ret)
{
    if (version < 0 || version > 2)
        return -MR_E_VERSION;
    get_broker_registration_change_record(r, version, a, ret);
    return r->err;
}

void kw_broker_registration_change_record_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_broker_registration_change_record *m)
{
    if (version < 0 || version > 2)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_broker_registration_change_record(w, version, m);
}

static void init_any_broker_registration_change_record(
    void *m) { kw_broker_registration_change_record_init(m); }

static int decode_any_broker_registration_change_record(struct kw_reader *r, int16_t version,
                                                        struct mr_arena *a, void *ret)
{
    return kw_broker_registration_change_record_decode(r, version, a, ret);
}

static void encode_any_broker_registration_change_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_broker_registration_change_record_encode(w, version, m);
}

const struct kw_message kw_broker_registration_change_record_info = {
    .name = "BrokerRegistrationChangeRecord",
    .kind = KW_RECORD,
    .key = 17,
    .v_min = 0,
    .v_max = 2,
    .v_stable = 2,
    .flexible_from = 0,
    .size = sizeof(struct kw_broker_registration_change_record),
    .init = init_any_broker_registration_change_record,
    .decode = decode_any_broker_registration_change_record,
    .encode = encode_any_broker_registration_change_record,
};

void kw_register_controller_record_feature_init(struct kw_register_controller_record_feature *m)
{
    m->name = KW_EMPTY_STRING;
    m->min_supported_version = 0;
    m->max_supported_version = 0;
}

void kw_register_controller_record_end_point_init(struct kw_register_controller_record_end_point *m)
{
    m->name = KW_EMPTY_STRING;
    m->host = KW_EMPTY_STRING;
    m->port = 0;
    m->security_protocol = 0;
}

void kw_register_controller_record_init(struct kw_register_controller_record *m)
{
    m->controller_id = 0;
    m->incarnation_id = (struct mr_uuid){{0}};
    m->zk_migration_ready = false;
    m->end_points = NULL;
    m->end_points_count = 0;
    m->features = NULL;
    m->features_count = 0;
}

static void get_register_controller_record_feature(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_register_controller_record_feature *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->min_supported_version = kw_get_int16(r);
    m->max_supported_version = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_register_controller_record_end_point(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     struct kw_register_controller_record_end_point *m)
{
    (void)a;
    (void)version;
    m->name = kw_get_string(r, true, false);
    m->host = kw_get_string(r, true, false);
    m->port = kw_get_uint16(r);
    m->security_protocol = kw_get_int16(r);
    kw_skip_tags(r);
}

static void get_register_controller_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_register_controller_record *m)
{
    m->controller_id = kw_get_int32(r);
    m->incarnation_id = kw_get_uuid(r);
    m->zk_migration_ready = kw_get_bool(r);
    m->end_points_count = kw_get_count(r, true, false, 7);
    m->end_points = kw_get_items(r, a, m->end_points_count, sizeof(*m->end_points));
    for (int32_t i = 0; i < m->end_points_count && r->err == 0; i++)
        get_register_controller_record_end_point(r, version, a, &m->end_points[i]);
    m->features_count = kw_get_count(r, true, false, 6);
    m->features = kw_get_items(r, a, m->features_count, sizeof(*m->features));
    for (int32_t i = 0; i < m->features_count && r->err == 0; i++)
        get_register_controller_record_feature(r, version, a, &m->features[i]);
    kw_skip_tags(r);
}

static void put_register_controller_record_feature(struct kw_writer *w, int16_t version,
                                                   const struct kw_register_controller_record_feature *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_int16(w, m->min_supported_version);
    kw_put_int16(w, m->max_supported_version);
    kw_put_uvarint(w, 0);
}

static void put_register_controller_record_end_point(struct kw_writer *w, int16_t version,
                                                     const struct kw_register_controller_record_end_point *m)
{
    (void)version;
    kw_put_string(w, true, false, m->name);
    kw_put_string(w, true, false, m->host);
    kw_put_uint16(w, m->port);
    kw_put_int16(w, m->security_protocol);
    kw_put_uvarint(w, 0);
}

static void put_register_controller_record(struct kw_writer *w, int16_t version,
                                           const struct kw_register_controller_record *m)
{
    kw_put_int32(w, m->controller_id);
    kw_put_uuid(w, m->incarnation_id);
    kw_put_bool(w, m->zk_migration_ready);
    kw_put_count(w, true, false, m->end_points_count);
    for (int32_t i = 0; i < m->end_points_count && w->err == 0; i++)
        put_register_controller_record_end_point(w, version, &m->end_points[i]);
    kw_put_count(w, true, false, m->features_count);
    for (int32_t i = 0; i < m->features_count && w->err == 0; i++)
        put_register_controller_record_feature(w, version, &m->features[i]);
    kw_put_uvarint(w, 0);
}

int kw_register_controller_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_register_controller_record *ret)
{
    if (version < 0 || version > 0)
        return -MR_E_VERSION;
    get_register_controller_record(r, version, a, ret);
    return r->err;
}

void kw_register_controller_record_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_register_controller_record *m)
{
    if (version < 0 || version > 0)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_register_controller_record(w, version, m);
}

static void init_any_register_controller_record(void *m) { kw_register_controller_record_init(m); }

static int decode_any_register_controller_record(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                 void *ret)
{
    return kw_register_controller_record_decode(r, version, a, ret);
}

static void encode_any_register_controller_record(struct kw_writer *w, int16_t version, const void *m)
{
    kw_register_controller_record_encode(w, version, m);
}

const struct kw_message kw_register_controller_record_info = {
    .name = "RegisterControllerRecord",
    .kind = KW_RECORD,
    .key = 27,
    .v_min = 0,
    .v_max = 0,
    .v_stable = 0,
    .flexible_from = 0,
    .size = sizeof(struct kw_register_controller_record),
    .init = init_any_register_controller_record,
    .decode = decode_any_register_controller_record,
    .encode = encode_any_register_controller_record,
};
