/* Written by net/wire/schema/gen.py from client_quotas.kw. Do not edit. */
/* clang-format off */
#include "net/wire/gen/client_quotas.h"

void kw_describe_client_quotas_request_component_init(struct kw_describe_client_quotas_request_component *m)
{
    m->entity_type = KW_EMPTY_STRING;
    m->match_type = 0;
    m->match = KW_EMPTY_STRING;
}

void kw_describe_client_quotas_request_init(struct kw_describe_client_quotas_request *m)
{
    m->components = NULL;
    m->components_count = 0;
    m->strict = false;
}

static void get_describe_client_quotas_request_component(struct kw_reader *r, int16_t version,
    struct mr_arena *a, struct kw_describe_client_quotas_request_component *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->entity_type = kw_get_string(r, flex, false);
    m->match_type = kw_get_int8(r);
    m->match = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_client_quotas_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_describe_client_quotas_request *m)
{
    const bool flex = version >= 1;
    m->components_count = kw_get_count(r, flex, false, 4);
    m->components = kw_get_items(r, a, m->components_count, sizeof(*m->components));
    for (int32_t i = 0; i < m->components_count && r->err == 0; i++)
        get_describe_client_quotas_request_component(r, version, a, &m->components[i]);
    m->strict = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_client_quotas_request_component(struct kw_writer *w, int16_t version,
    const struct kw_describe_client_quotas_request_component *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->entity_type);
    kw_put_int8(w, m->match_type);
    kw_put_string(w, flex, true, m->match);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_client_quotas_request(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_client_quotas_request *m)
{
    const bool flex = version >= 1;
    kw_put_count(w, flex, false, m->components_count);
    for (int32_t i = 0; i < m->components_count && w->err == 0; i++)
        put_describe_client_quotas_request_component(w, version, &m->components[i]);
    kw_put_bool(w, m->strict);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_client_quotas_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_describe_client_quotas_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_describe_client_quotas_request(r, version, a, ret);
    return r->err;
}

void kw_describe_client_quotas_request_encode(struct kw_writer *w, int16_t version,
                                              const struct kw_describe_client_quotas_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_client_quotas_request(w, version, m);
}

static void init_any_describe_client_quotas_request(void *m) { kw_describe_client_quotas_request_init(m); }

static int decode_any_describe_client_quotas_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                     void *ret)
{
    return kw_describe_client_quotas_request_decode(r, version, a, ret);
}

static void encode_any_describe_client_quotas_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_client_quotas_request_encode(w, version, m);
}

const struct kw_message kw_describe_client_quotas_request_info = {
    .name = "DescribeClientQuotasRequest",
    .kind = KW_REQUEST,
    .key = 48,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_describe_client_quotas_request),
    .init = init_any_describe_client_quotas_request,
    .decode = decode_any_describe_client_quotas_request,
    .encode = encode_any_describe_client_quotas_request,
};

void kw_describe_client_quotas_response_value_init(struct kw_describe_client_quotas_response_value *m)
{
    m->key = KW_EMPTY_STRING;
    m->value = 0.0;
}

void kw_describe_client_quotas_response_entity_init(struct kw_describe_client_quotas_response_entity *m)
{
    m->entity_type = KW_EMPTY_STRING;
    m->entity_name = KW_EMPTY_STRING;
}

void kw_describe_client_quotas_response_entry_init(struct kw_describe_client_quotas_response_entry *m)
{
    m->entity = NULL;
    m->entity_count = 0;
    m->values = NULL;
    m->values_count = 0;
}

void kw_describe_client_quotas_response_init(struct kw_describe_client_quotas_response *m)
{
    m->throttle_time_ms = 0;
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->entries = NULL;
    m->entries_count = 0;
}

static void get_describe_client_quotas_response_value(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_describe_client_quotas_response_value *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->key = kw_get_string(r, flex, false);
    m->value = kw_get_float64(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_client_quotas_response_entity(struct kw_reader *r, int16_t version,
                                                       struct mr_arena *a,
                                                       struct kw_describe_client_quotas_response_entity *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->entity_type = kw_get_string(r, flex, false);
    m->entity_name = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_client_quotas_response_entry(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a,
                                                      struct kw_describe_client_quotas_response_entry *m)
{
    const bool flex = version >= 1;
    m->entity_count = kw_get_count(r, flex, false, 3);
    m->entity = kw_get_items(r, a, m->entity_count, sizeof(*m->entity));
    for (int32_t i = 0; i < m->entity_count && r->err == 0; i++)
        get_describe_client_quotas_response_entity(r, version, a, &m->entity[i]);
    m->values_count = kw_get_count(r, flex, false, 10);
    m->values = kw_get_items(r, a, m->values_count, sizeof(*m->values));
    for (int32_t i = 0; i < m->values_count && r->err == 0; i++)
        get_describe_client_quotas_response_value(r, version, a, &m->values[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_describe_client_quotas_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_describe_client_quotas_response *m)
{
    const bool flex = version >= 1;
    m->throttle_time_ms = kw_get_int32(r);
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->entries_count = kw_get_count(r, flex, true, 3);
    m->entries = kw_get_items(r, a, m->entries_count, sizeof(*m->entries));
    for (int32_t i = 0; i < m->entries_count && r->err == 0; i++)
        get_describe_client_quotas_response_entry(r, version, a, &m->entries[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_describe_client_quotas_response_value(struct kw_writer *w, int16_t version,
    const struct kw_describe_client_quotas_response_value *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->key);
    kw_put_float64(w, m->value);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_client_quotas_response_entity(struct kw_writer *w, int16_t version,
    const struct kw_describe_client_quotas_response_entity *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->entity_type);
    kw_put_string(w, flex, true, m->entity_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_client_quotas_response_entry(struct kw_writer *w, int16_t version,
    const struct kw_describe_client_quotas_response_entry *m)
{
    const bool flex = version >= 1;
    kw_put_count(w, flex, false, m->entity_count);
    for (int32_t i = 0; i < m->entity_count && w->err == 0; i++)
        put_describe_client_quotas_response_entity(w, version, &m->entity[i]);
    kw_put_count(w, flex, false, m->values_count);
    for (int32_t i = 0; i < m->values_count && w->err == 0; i++)
        put_describe_client_quotas_response_value(w, version, &m->values[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_describe_client_quotas_response(struct kw_writer *w, int16_t version,
                                                const struct kw_describe_client_quotas_response *m)
{
    const bool flex = version >= 1;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_count(w, flex, true, m->entries_count);
    for (int32_t i = 0; i < m->entries_count && w->err == 0; i++)
        put_describe_client_quotas_response_entry(w, version, &m->entries[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_describe_client_quotas_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                              struct kw_describe_client_quotas_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_describe_client_quotas_response(r, version, a, ret);
    return r->err;
}

void kw_describe_client_quotas_response_encode(struct kw_writer *w, int16_t version,
                                               const struct kw_describe_client_quotas_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_describe_client_quotas_response(w, version, m);
}

static void init_any_describe_client_quotas_response(void *m) { kw_describe_client_quotas_response_init(m); }

static int decode_any_describe_client_quotas_response(struct kw_reader *r, int16_t version,
                                                      struct mr_arena *a, void *ret)
{
    return kw_describe_client_quotas_response_decode(r, version, a, ret);
}

static void encode_any_describe_client_quotas_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_describe_client_quotas_response_encode(w, version, m);
}

const struct kw_message kw_describe_client_quotas_response_info = {
    .name = "DescribeClientQuotasResponse",
    .kind = KW_RESPONSE,
    .key = 48,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_describe_client_quotas_response),
    .init = init_any_describe_client_quotas_response,
    .decode = decode_any_describe_client_quotas_response,
    .encode = encode_any_describe_client_quotas_response,
};

void kw_alter_client_quotas_request_op_init(struct kw_alter_client_quotas_request_op *m)
{
    m->key = KW_EMPTY_STRING;
    m->value = 0.0;
    m->remove = false;
}

void kw_alter_client_quotas_request_entity_init(struct kw_alter_client_quotas_request_entity *m)
{
    m->entity_type = KW_EMPTY_STRING;
    m->entity_name = KW_EMPTY_STRING;
}

void kw_alter_client_quotas_request_entry_init(struct kw_alter_client_quotas_request_entry *m)
{
    m->entity = NULL;
    m->entity_count = 0;
    m->ops = NULL;
    m->ops_count = 0;
}

void kw_alter_client_quotas_request_init(struct kw_alter_client_quotas_request *m)
{
    m->entries = NULL;
    m->entries_count = 0;
    m->validate_only = false;
}

static void get_alter_client_quotas_request_op(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                               struct kw_alter_client_quotas_request_op *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->key = kw_get_string(r, flex, false);
    m->value = kw_get_float64(r);
    m->remove = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_client_quotas_request_entity(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_alter_client_quotas_request_entity *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->entity_type = kw_get_string(r, flex, false);
    m->entity_name = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_client_quotas_request_entry(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  struct kw_alter_client_quotas_request_entry *m)
{
    const bool flex = version >= 1;
    m->entity_count = kw_get_count(r, flex, false, 3);
    m->entity = kw_get_items(r, a, m->entity_count, sizeof(*m->entity));
    for (int32_t i = 0; i < m->entity_count && r->err == 0; i++)
        get_alter_client_quotas_request_entity(r, version, a, &m->entity[i]);
    m->ops_count = kw_get_count(r, flex, false, 11);
    m->ops = kw_get_items(r, a, m->ops_count, sizeof(*m->ops));
    for (int32_t i = 0; i < m->ops_count && r->err == 0; i++)
        get_alter_client_quotas_request_op(r, version, a, &m->ops[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_client_quotas_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                            struct kw_alter_client_quotas_request *m)
{
    const bool flex = version >= 1;
    m->entries_count = kw_get_count(r, flex, false, 3);
    m->entries = kw_get_items(r, a, m->entries_count, sizeof(*m->entries));
    for (int32_t i = 0; i < m->entries_count && r->err == 0; i++)
        get_alter_client_quotas_request_entry(r, version, a, &m->entries[i]);
    m->validate_only = kw_get_bool(r);
    if (flex)
        kw_skip_tags(r);
}

static void put_alter_client_quotas_request_op(struct kw_writer *w, int16_t version,
                                               const struct kw_alter_client_quotas_request_op *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->key);
    kw_put_float64(w, m->value);
    kw_put_bool(w, m->remove);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_client_quotas_request_entity(struct kw_writer *w, int16_t version,
                                                   const struct kw_alter_client_quotas_request_entity *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->entity_type);
    kw_put_string(w, flex, true, m->entity_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_client_quotas_request_entry(struct kw_writer *w, int16_t version,
                                                  const struct kw_alter_client_quotas_request_entry *m)
{
    const bool flex = version >= 1;
    kw_put_count(w, flex, false, m->entity_count);
    for (int32_t i = 0; i < m->entity_count && w->err == 0; i++)
        put_alter_client_quotas_request_entity(w, version, &m->entity[i]);
    kw_put_count(w, flex, false, m->ops_count);
    for (int32_t i = 0; i < m->ops_count && w->err == 0; i++)
        put_alter_client_quotas_request_op(w, version, &m->ops[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_client_quotas_request(struct kw_writer *w, int16_t version,
                                            const struct kw_alter_client_quotas_request *m)
{
    const bool flex = version >= 1;
    kw_put_count(w, flex, false, m->entries_count);
    for (int32_t i = 0; i < m->entries_count && w->err == 0; i++)
        put_alter_client_quotas_request_entry(w, version, &m->entries[i]);
    kw_put_bool(w, m->validate_only);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_alter_client_quotas_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                          struct kw_alter_client_quotas_request *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_alter_client_quotas_request(r, version, a, ret);
    return r->err;
}

void kw_alter_client_quotas_request_encode(struct kw_writer *w, int16_t version,
                                           const struct kw_alter_client_quotas_request *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_client_quotas_request(w, version, m);
}

static void init_any_alter_client_quotas_request(void *m) { kw_alter_client_quotas_request_init(m); }

static int decode_any_alter_client_quotas_request(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                  void *ret)
{
    return kw_alter_client_quotas_request_decode(r, version, a, ret);
}

static void encode_any_alter_client_quotas_request(struct kw_writer *w, int16_t version, const void *m)
{
    kw_alter_client_quotas_request_encode(w, version, m);
}

const struct kw_message kw_alter_client_quotas_request_info = {
    .name = "AlterClientQuotasRequest",
    .kind = KW_REQUEST,
    .key = 49,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_alter_client_quotas_request),
    .init = init_any_alter_client_quotas_request,
    .decode = decode_any_alter_client_quotas_request,
    .encode = encode_any_alter_client_quotas_request,
};

void kw_alter_client_quotas_response_entity_init(struct kw_alter_client_quotas_response_entity *m)
{
    m->entity_type = KW_EMPTY_STRING;
    m->entity_name = KW_EMPTY_STRING;
}

void kw_alter_client_quotas_response_entry_init(struct kw_alter_client_quotas_response_entry *m)
{
    m->error_code = 0;
    m->error_message = KW_EMPTY_STRING;
    m->entity = NULL;
    m->entity_count = 0;
}

void kw_alter_client_quotas_response_init(struct kw_alter_client_quotas_response *m)
{
    m->throttle_time_ms = 0;
    m->entries = NULL;
    m->entries_count = 0;
}

static void get_alter_client_quotas_response_entity(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                    struct kw_alter_client_quotas_response_entity *m)
{
    const bool flex = version >= 1;
    (void)a;
    m->entity_type = kw_get_string(r, flex, false);
    m->entity_name = kw_get_string(r, flex, true);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_client_quotas_response_entry(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   struct kw_alter_client_quotas_response_entry *m)
{
    const bool flex = version >= 1;
    m->error_code = kw_get_int16(r);
    m->error_message = kw_get_string(r, flex, true);
    m->entity_count = kw_get_count(r, flex, false, 3);
    m->entity = kw_get_items(r, a, m->entity_count, sizeof(*m->entity));
    for (int32_t i = 0; i < m->entity_count && r->err == 0; i++)
        get_alter_client_quotas_response_entity(r, version, a, &m->entity[i]);
    if (flex)
        kw_skip_tags(r);
}

static void get_alter_client_quotas_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                             struct kw_alter_client_quotas_response *m)
{
    const bool flex = version >= 1;
    m->throttle_time_ms = kw_get_int32(r);
    m->entries_count = kw_get_count(r, flex, false, 5);
    m->entries = kw_get_items(r, a, m->entries_count, sizeof(*m->entries));
    for (int32_t i = 0; i < m->entries_count && r->err == 0; i++)
        get_alter_client_quotas_response_entry(r, version, a, &m->entries[i]);
    if (flex)
        kw_skip_tags(r);
}

static void put_alter_client_quotas_response_entity(struct kw_writer *w, int16_t version,
                                                    const struct kw_alter_client_quotas_response_entity *m)
{
    const bool flex = version >= 1;
    kw_put_string(w, flex, false, m->entity_type);
    kw_put_string(w, flex, true, m->entity_name);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_client_quotas_response_entry(struct kw_writer *w, int16_t version,
                                                   const struct kw_alter_client_quotas_response_entry *m)
{
    const bool flex = version >= 1;
    kw_put_int16(w, m->error_code);
    kw_put_string(w, flex, true, m->error_message);
    kw_put_count(w, flex, false, m->entity_count);
    for (int32_t i = 0; i < m->entity_count && w->err == 0; i++)
        put_alter_client_quotas_response_entity(w, version, &m->entity[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

static void put_alter_client_quotas_response(struct kw_writer *w, int16_t version,
                                             const struct kw_alter_client_quotas_response *m)
{
    const bool flex = version >= 1;
    kw_put_throttle(w, m->throttle_time_ms);
    kw_put_count(w, flex, false, m->entries_count);
    for (int32_t i = 0; i < m->entries_count && w->err == 0; i++)
        put_alter_client_quotas_response_entry(w, version, &m->entries[i]);
    if (flex)
        kw_put_uvarint(w, 0);
}

int kw_alter_client_quotas_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                           struct kw_alter_client_quotas_response *ret)
{
    if (version < 0 || version > 1)
        return -MR_E_VERSION;
    get_alter_client_quotas_response(r, version, a, ret);
    return r->err;
}

void kw_alter_client_quotas_response_encode(struct kw_writer *w, int16_t version,
                                            const struct kw_alter_client_quotas_response *m)
{
    if (version < 0 || version > 1)
        kw_writer_fail(w, -MR_E_VERSION);
    else
        put_alter_client_quotas_response(w, version, m);
}

static void init_any_alter_client_quotas_response(void *m) { kw_alter_client_quotas_response_init(m); }

static int decode_any_alter_client_quotas_response(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                   void *ret)
{
    return kw_alter_client_quotas_response_decode(r, version, a, ret);
}

static void encode_any_alter_client_quotas_response(struct kw_writer *w, int16_t version, const void *m)
{
    kw_alter_client_quotas_response_encode(w, version, m);
}

const struct kw_message kw_alter_client_quotas_response_info = {
    .name = "AlterClientQuotasResponse",
    .kind = KW_RESPONSE,
    .key = 49,
    .v_min = 0,
    .v_max = 1,
    .v_stable = 1,
    .flexible_from = 1,
    .size = sizeof(struct kw_alter_client_quotas_response),
    .init = init_any_alter_client_quotas_response,
    .decode = decode_any_alter_client_quotas_response,
    .encode = encode_any_alter_client_quotas_response,
};
