#include "net/client.h"

/* What this client can write and read. Produce and Fetch go down to versions that name topics, so that a
 * broker's two ways of naming can be compared; the others are needed in one form only. */
struct api_row {
    int16_t key, min, max;
};

static const struct api_row api_rows[] = {{CLIENT_PRODUCE, 9, 13},         {CLIENT_FETCH, 12, 17},
                                          {CLIENT_LIST_OFFSETS, 6, 9},     {CLIENT_METADATA, 12, 13},
                                          {CLIENT_API_VERSIONS, 3, 3},     {CLIENT_CREATE_TOPICS, 7, 7},
                                          {CLIENT_DELETE_TOPICS, 6, 6},    {CLIENT_INIT_PRODUCER_ID, 3, 5},
                                          {CLIENT_CREATE_PARTITIONS, 3, 3}};

static bool put_room(struct client_writer *w, size_t len)
{
    if (w->full || w->cap - w->len < len) {
        w->full = true;
        return false;
    }
    return true;
}

void client_put_bytes(struct client_writer *w, const void *p, size_t len)
{
    if (!put_room(w, len) || len == 0)
        return;
    memcpy(w->ptr + w->len, p, len);
    w->len += len;
}

void client_put8(struct client_writer *w, uint8_t v)
{
    client_put_bytes(w, &v, 1);
}

void client_put16(struct client_writer *w, uint16_t v)
{
    if (!put_room(w, 2))
        return;
    mr_put16(w->ptr + w->len, v);
    w->len += 2;
}

void client_put32(struct client_writer *w, uint32_t v)
{
    if (!put_room(w, 4))
        return;
    mr_put32(w->ptr + w->len, v);
    w->len += 4;
}

void client_put64(struct client_writer *w, uint64_t v)
{
    if (!put_room(w, 8))
        return;
    mr_put64(w->ptr + w->len, v);
    w->len += 8;
}

void client_put_uvarint(struct client_writer *w, uint64_t v)
{
    while (v >= 0x80) {
        client_put8(w, (uint8_t)(v | 0x80));
        v >>= 7;
    }
    client_put8(w, (uint8_t)v);
}

void client_put_varint(struct client_writer *w, int64_t v)
{
    client_put_uvarint(w, ((uint64_t)v << 1) ^ (uint64_t)(v >> 63));
}

void client_put_text(struct client_writer *w, struct mr_str s)
{
    client_put_uvarint(w, s.ptr == NULL ? 0 : s.len + 1);
    client_put_bytes(w, s.ptr, s.len);
}

void client_put_uuid(struct client_writer *w, struct mr_uuid id)
{
    client_put_bytes(w, id.bytes, sizeof(id.bytes));
}

struct mr_slice client_get_bytes(struct client_reader *r, size_t len)
{
    if (r->bad || r->len - r->pos < len) {
        r->bad = true;
        return (struct mr_slice){NULL, 0};
    }
    struct mr_slice s = {r->ptr + r->pos, len};
    r->pos += len;
    return s;
}

uint8_t client_get8(struct client_reader *r)
{
    struct mr_slice s = client_get_bytes(r, 1);
    return s.ptr == NULL ? 0 : s.ptr[0];
}

uint16_t client_get16(struct client_reader *r)
{
    struct mr_slice s = client_get_bytes(r, 2);
    return s.ptr == NULL ? 0 : mr_get16(s.ptr);
}

uint32_t client_get32(struct client_reader *r)
{
    struct mr_slice s = client_get_bytes(r, 4);
    return s.ptr == NULL ? 0 : mr_get32(s.ptr);
}

uint64_t client_get64(struct client_reader *r)
{
    struct mr_slice s = client_get_bytes(r, 8);
    return s.ptr == NULL ? 0 : mr_get64(s.ptr);
}

uint64_t client_get_uvarint(struct client_reader *r)
{
    uint64_t v = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        uint8_t b = client_get8(r);
        v |= (uint64_t)(b & 0x7f) << shift;
        if ((b & 0x80) == 0)
            return r->bad ? 0 : v;
    }
    r->bad = true; /* more than ten bytes */
    return 0;
}

int64_t client_get_varint(struct client_reader *r)
{
    uint64_t v = client_get_uvarint(r);
    return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

struct mr_str client_get_text(struct client_reader *r)
{
    uint64_t n = client_get_uvarint(r);
    if (n == 0)
        return (struct mr_str){NULL, 0};
    struct mr_slice s = client_get_bytes(r, n - 1);
    return (struct mr_str){(const char *)s.ptr, s.len};
}

struct mr_uuid client_get_uuid(struct client_reader *r)
{
    struct mr_uuid id = {{0}};
    struct mr_slice s = client_get_bytes(r, sizeof(id.bytes));
    if (s.ptr != NULL)
        memcpy(id.bytes, s.ptr, sizeof(id.bytes));
    return id;
}

uint32_t client_get_count(struct client_reader *r)
{
    uint64_t n = client_get_uvarint(r);
    if (n == 0)
        return 0;
    if (n - 1 > r->len - r->pos) { /* every element takes at least a byte */
        r->bad = true;
        return 0;
    }
    return (uint32_t)(n - 1);
}

void client_skip_tags(struct client_reader *r)
{
    uint64_t count = client_get_uvarint(r); /* the number itself, unlike an array's */
    for (uint64_t i = 0; i < count && !r->bad; i++) {
        client_get_uvarint(r);
        client_get_bytes(r, client_get_uvarint(r));
    }
}

int client_pick(const struct client_versions *broker, enum client_api api)
{
    for (size_t i = 0; i < MR_COUNT(api_rows); i++) {
        if (api_rows[i].key != (int16_t)api)
            continue;
        int16_t min = broker->api[api].min, max = broker->api[api].max;
        int16_t best = max < api_rows[i].max ? max : api_rows[i].max;
        return best >= min && best >= api_rows[i].min ? best : -MR_E_VERSION;
    }
    return -MR_E_VERSION;
}

void client_begin(struct client_writer *w, enum client_api api, int version, uint32_t correlation,
                  const char *client_id)
{
    size_t len = strlen(client_id);
    client_put32(w, 0); /* patched by client_end() */
    client_put16(w, (uint16_t)api);
    client_put16(w, (uint16_t)version);
    client_put32(w, correlation);
    client_put16(w, (uint16_t)len); /* the one classic string of a flexible header */
    client_put_bytes(w, client_id, len);
    client_put_uvarint(w, 0); /* no tagged fields */
}

int client_end(struct client_writer *w, size_t start)
{
    if (w->full)
        return -MR_E_LIMIT;
    mr_put32(w->ptr + start, (uint32_t)(w->len - start - 4));
    return 0;
}

static const char own_client_id[] = "millrace-bench";

int client_ask_api_versions(struct client_writer *w, uint32_t correlation)
{
    size_t start = w->len;
    client_begin(w, CLIENT_API_VERSIONS, 3, correlation, own_client_id);
    client_put_text(w, MR_STR_LIT("millrace-bench"));
    client_put_text(w, MR_STR_LIT(MR_VERSION));
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic)
{
    static const struct mr_uuid none;
    size_t start = w->len;
    client_begin(w, CLIENT_METADATA, version, correlation, own_client_id);
    client_put_uvarint(w, 2); /* one topic */
    client_put_uuid(w, none);
    client_put_text(w, topic);
    client_put_uvarint(w, 0);
    client_put8(w, 0); /* never creates a topic by asking */
    client_put8(w, 0); /* nor asks what is authorized */
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_create_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                            int32_t partitions, int16_t replication, const struct client_config *config,
                            uint32_t count, int32_t timeout_ms)
{
    size_t start = w->len;
    client_begin(w, CLIENT_CREATE_TOPICS, version, correlation, own_client_id);
    client_put_uvarint(w, 2);
    client_put_text(w, topic);
    client_put32(w, (uint32_t)partitions);
    client_put16(w, (uint16_t)replication);
    client_put_uvarint(w, 1); /* no manual assignment */
    client_put_uvarint(w, count + 1u);
    for (uint32_t i = 0; i < count; i++) {
        client_put_text(w, config[i].name);
        client_put_text(w, config[i].value);
        client_put_uvarint(w, 0);
    }
    client_put_uvarint(w, 0);
    client_put32(w, (uint32_t)timeout_ms);
    client_put8(w, 0); /* not only a validation */
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_create_partitions(struct client_writer *w, int version, uint32_t correlation,
                                 struct mr_str topic, int32_t partitions, int32_t timeout_ms)
{
    size_t start = w->len;
    client_begin(w, CLIENT_CREATE_PARTITIONS, version, correlation, own_client_id);
    client_put_uvarint(w, 2);
    client_put_text(w, topic);
    client_put32(w, (uint32_t)partitions);
    client_put_uvarint(w, 0); /* no manual assignment */
    client_put_uvarint(w, 0);
    client_put32(w, (uint32_t)timeout_ms);
    client_put8(w, 0); /* not only a validation */
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_delete_topic(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                            int32_t timeout_ms)
{
    static const struct mr_uuid none;
    size_t start = w->len;
    client_begin(w, CLIENT_DELETE_TOPICS, version, correlation, own_client_id);
    client_put_uvarint(w, 2);
    client_put_text(w, topic);
    client_put_uuid(w, none);
    client_put_uvarint(w, 0);
    client_put32(w, (uint32_t)timeout_ms);
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_offsets(struct client_writer *w, int version, uint32_t correlation, struct mr_str topic,
                       int32_t first, uint32_t count, int64_t timestamp)
{
    size_t start = w->len;
    client_begin(w, CLIENT_LIST_OFFSETS, version, correlation, own_client_id);
    client_put32(w, UINT32_MAX); /* replica id -1: a client */
    client_put8(w, 0);           /* read uncommitted */
    client_put_uvarint(w, 2);
    client_put_text(w, topic);
    client_put_uvarint(w, count + 1u);
    for (uint32_t i = 0; i < count; i++) {
        client_put32(w, (uint32_t)first + i);
        client_put32(w, UINT32_MAX); /* no leader epoch to check */
        client_put64(w, (uint64_t)timestamp);
        client_put_uvarint(w, 0);
    }
    client_put_uvarint(w, 0);
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_ask_producer_id(struct client_writer *w, int version, uint32_t correlation)
{
    size_t start = w->len;
    client_begin(w, CLIENT_INIT_PRODUCER_ID, version, correlation, own_client_id);
    client_put_text(w, (struct mr_str){NULL, 0}); /* idempotent, not transactional */
    client_put32(w, INT32_MAX);                   /* as Kafka's own producer without a transaction */
    client_put64(w, UINT64_MAX);                  /* no id yet, no epoch yet */
    client_put16(w, UINT16_MAX);
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

void client_put_topic(struct client_writer *w, const struct client_topic *topic, int version)
{
    if (version >= 13)
        client_put_uuid(w, topic->id);
    else
        client_put_text(w, mr_str_of(topic->name));
}

void client_get_topic(struct client_reader *r, int version)
{
    if (version >= 13)
        client_get_uuid(r);
    else
        client_get_text(r);
}

int client_ask_fetch(struct client_writer *w, int version, uint32_t correlation, const char *client_id,
                     const struct client_fetch *fetch, const struct client_topic *topic,
                     const struct client_fetch_part *parts, uint32_t count)
{
    size_t start = w->len;
    client_begin(w, CLIENT_FETCH, version, correlation, client_id);
    if (version <= 14)
        client_put32(w, UINT32_MAX); /* replica id -1; a tagged field from 15 on (KIP-903) */
    client_put32(w, (uint32_t)fetch->wait_ms);
    client_put32(w, (uint32_t)fetch->min_bytes);
    client_put32(w, (uint32_t)fetch->max_bytes);
    client_put8(w, 0); /* read uncommitted */
    client_put32(w, (uint32_t)fetch->session_id);
    client_put32(w, (uint32_t)fetch->session_epoch);
    client_put_uvarint(w, count == 0 ? 1 : 2); /* nothing new in a session: no topic */
    if (count > 0) {
        client_put_topic(w, topic, version);
        client_put_uvarint(w, count + 1u);
    }
    for (uint32_t i = 0; i < count; i++) {
        client_put32(w, (uint32_t)parts[i].partition);
        client_put32(w, UINT32_MAX); /* current leader epoch */
        client_put64(w, (uint64_t)parts[i].offset);
        client_put32(w, UINT32_MAX); /* last fetched epoch */
        client_put64(w, UINT64_MAX); /* log start offset: a follower's */
        client_put32(w, (uint32_t)fetch->partition_max_bytes);
        client_put_uvarint(w, 0);
    }
    if (count > 0)
        client_put_uvarint(w, 0);
    client_put_uvarint(w, 1);           /* nothing forgotten */
    client_put_text(w, MR_STR_LIT("")); /* rack */
    client_put_uvarint(w, 0);
    return client_end(w, start);
}

int client_answer(struct client_reader *r, struct mr_slice frame, enum client_api api, uint32_t correlation)
{
    *r = (struct client_reader){.ptr = frame.ptr, .len = frame.len};
    if (client_get32(r) != correlation)
        return -MR_E_CORRUPT;
    if (api != CLIENT_API_VERSIONS) /* keeps the old header, so that any client can read it (KIP-511) */
        client_skip_tags(r);
    return r->bad ? -MR_E_CORRUPT : 0;
}

/* The end of an answer: its tagged fields, and not a byte after them. */
static int answer_end(struct client_reader *r)
{
    client_skip_tags(r);
    return r->bad || r->pos != r->len ? -MR_E_CORRUPT : 0;
}

int client_read_api_versions(struct client_reader *r, struct client_versions *ret, int16_t *ret_error)
{
    for (size_t i = 0; i < CLIENT_API_MAX; i++)
        ret->api[i].min = ret->api[i].max = -1;
    *ret_error = (int16_t)client_get16(r);
    uint32_t count = client_get_count(r);
    for (uint32_t i = 0; i < count && !r->bad; i++) {
        uint16_t key = client_get16(r);
        int16_t min = (int16_t)client_get16(r), max = (int16_t)client_get16(r);
        client_skip_tags(r);
        if (key < CLIENT_API_MAX) {
            ret->api[key].min = min;
            ret->api[key].max = max;
        }
    }
    client_get32(r); /* throttle */
    return answer_end(r);
}

static void skip_int32s(struct client_reader *r)
{
    client_get_bytes(r, 4ul * client_get_count(r));
}

int client_read_topic(struct client_reader *r, int version, struct client_topic *ret, int16_t *ret_error)
{
    client_get32(r); /* throttle */
    uint32_t brokers = client_get_count(r);
    for (uint32_t i = 0; i < brokers && !r->bad; i++) {
        client_get32(r);
        client_get_text(r);
        client_get32(r);
        client_get_text(r);
        client_skip_tags(r);
    }
    client_get_text(r); /* cluster id */
    client_get32(r);    /* controller */
    if (client_get_count(r) != 1)
        return -MR_E_CORRUPT; /* we asked for one topic */
    *ret_error = (int16_t)client_get16(r);
    client_get_text(r);
    ret->id = client_get_uuid(r);
    client_get8(r); /* internal */
    ret->partitions = client_get_count(r);
    ret->leaderless = 0;
    for (uint32_t i = 0; i < ret->partitions && !r->bad; i++) {
        int16_t error = (int16_t)client_get16(r);
        client_get32(r);
        int32_t leader = (int32_t)client_get32(r);
        client_get32(r);
        skip_int32s(r);
        skip_int32s(r);
        skip_int32s(r);
        client_skip_tags(r);
        ret->leaderless += error != 0 || leader < 0;
    }
    client_get32(r); /* topic operations */
    client_skip_tags(r);
    if (version >= 13)
        client_get16(r); /* an error of the whole (KIP-1102) */
    return answer_end(r);
}

int client_read_create_topic(struct client_reader *r, int16_t *ret_error)
{
    client_get32(r); /* throttle */
    if (client_get_count(r) != 1)
        return -MR_E_CORRUPT;
    client_get_text(r);
    client_get_uuid(r);
    *ret_error = (int16_t)client_get16(r);
    return r->bad ? -MR_E_CORRUPT : 0; /* the rest says what the topic came out as: of no use here */
}

int client_read_create_partitions(struct client_reader *r, int16_t *ret_error)
{
    client_get32(r);
    if (client_get_count(r) != 1)
        return -MR_E_CORRUPT;
    client_get_text(r);
    *ret_error = (int16_t)client_get16(r);
    return r->bad ? -MR_E_CORRUPT : 0;
}

int client_read_delete_topic(struct client_reader *r, int16_t *ret_error)
{
    client_get32(r);
    if (client_get_count(r) != 1)
        return -MR_E_CORRUPT;
    client_get_text(r);
    client_get_uuid(r);
    *ret_error = (int16_t)client_get16(r);
    return r->bad ? -MR_E_CORRUPT : 0;
}

int client_read_offsets(struct client_reader *r, int32_t first, uint32_t count, int64_t *ret_offsets,
                        int16_t *ret_error)
{
    *ret_error = 0;
    for (uint32_t i = 0; i < count; i++)
        ret_offsets[i] = -1;
    client_get32(r);
    if (client_get_count(r) != 1)
        return -MR_E_CORRUPT;
    client_get_text(r);
    uint32_t parts = client_get_count(r);
    for (uint32_t i = 0; i < parts && !r->bad; i++) {
        int32_t index = (int32_t)client_get32(r);
        int16_t error = (int16_t)client_get16(r);
        client_get64(r);
        int64_t offset = (int64_t)client_get64(r);
        client_get32(r);
        client_skip_tags(r);
        if (index < first || index - first >= (int64_t)count)
            return -MR_E_CORRUPT;
        ret_offsets[index - first] = offset;
        if (error != 0 && *ret_error == 0)
            *ret_error = error;
    }
    client_skip_tags(r);
    return parts == count ? answer_end(r) : -MR_E_CORRUPT;
}

int client_read_producer_id(struct client_reader *r, int64_t *ret_id, int16_t *ret_epoch, int16_t *ret_error)
{
    client_get32(r);
    *ret_error = (int16_t)client_get16(r);
    *ret_id = (int64_t)client_get64(r);
    *ret_epoch = (int16_t)client_get16(r);
    return answer_end(r);
}

int client_read_produced(struct client_reader *r, int version, struct client_produced *ret)
{
    *ret = (struct client_produced){0};
    uint32_t topics = client_get_count(r);
    for (uint32_t t = 0; t < topics && !r->bad; t++) {
        client_get_topic(r, version);
        uint32_t parts = client_get_count(r);
        for (uint32_t p = 0; p < parts && !r->bad; p++) {
            client_get32(r);
            int16_t error = (int16_t)client_get16(r);
            client_get_bytes(r, 8 + 8 + 8); /* base offset, append time, log start offset */
            uint32_t bad_records = client_get_count(r);
            for (uint32_t i = 0; i < bad_records && !r->bad; i++) {
                client_get32(r);
                client_get_text(r);
                client_skip_tags(r);
            }
            client_get_text(r);
            client_skip_tags(r);
            ret->partitions++;
            ret->failed += error != 0;
            if (error != 0 && ret->error == 0)
                ret->error = error;
        }
        client_skip_tags(r);
    }
    ret->throttle_ms = (int32_t)client_get32(r);
    return answer_end(r);
}
