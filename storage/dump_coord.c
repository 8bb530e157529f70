/* Records of the coordinators' logs by name, in the form of Kafka's decoders. */
#include "net/wire/coord_record.h"
#include "net/wire/gen/consumer_protocol.h"
#include "net/wire/gen/group_log.h"
#include "storage/dump_priv.h"

/* {"NAME":"HEAD","data":{...}}; data is null when it cannot be decoded. */
static int put_headed(struct dump *d, const char *name, int16_t head, const struct kw_message *info,
                      int16_t version, struct kw_reader *r)
{
    line_put(d, "{\"%s\":\"%d\",\"data\":", name, head);
    arena_reset(&d->arena);
    int err = line_message(d, info, version, r);
    line_put(d, "%s}", err == 0 ? "" : "null");
    return err;
}

/* Does a value of GroupMetadata speak of consumers? Then subscription and assignment are theirs. */
static bool is_of_consumers(struct dump *d, const struct kw_coord_kind *kind, int16_t version,
                            struct kw_reader r)
{
    struct kw_group_metadata_value value;
    if (kind->value != &kw_group_metadata_value_info)
        return false;
    arena_reset(&d->arena);
    memset(&value, 0, sizeof(value));
    return kw_group_metadata_value_decode(&r, version, &d->arena, &value) == 0 &&
           mr_str_eq(value.protocol_type, MR_STR_LIT("consumer"));
}

static int put_value(struct dump *d, const struct kw_coord_kind *kind, struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(value);
    int16_t version;
    if (value.ptr == NULL) {
        line_put(d, "<DELETE>");
        return 0;
    }
    int err = kw_coord_head_decode(&r, &version);
    if (err != 0) {
        line_text(d, value, DUMP_TEXT_BYTES_MAX);
        return err;
    }
    d->consumers = is_of_consumers(d, kind, version, r);
    err = put_headed(d, "version", version, kind->value, version, &r);
    d->consumers = false;
    return err;
}

int line_coord(struct dump *d, struct mr_slice key, struct mr_slice value)
{
    enum kw_coord_log log = d->topic == TOPIC_GROUPS ? KW_COORD_GROUPS : KW_COORD_TXNS;
    struct kw_reader r = kw_reader_of(key);
    int16_t type = 0;
    int err = kw_coord_head_decode(&r, &type);
    const struct kw_coord_kind *kind = err == 0 ? kw_coord_kind(log, type) : NULL;
    line_put(d, " key: ");
    if (kind == NULL) {
        line_text(d, key, DUMP_TEXT_BYTES_MAX);
        line_put(d, " payload: ");
        line_text(d, value, DUMP_TEXT_BYTES_MAX);
        return err != 0 ? err : -MR_E_VERSION;
    }
    err = put_headed(d, "type", type, kind->key, KW_COORD_KEY_VERSION, &r);
    line_put(d, " payload: ");
    int of_value = put_value(d, kind, value);
    return err != 0 ? err : of_value;
}

bool line_member_bytes(struct dump *d, const char *field, struct mr_slice bytes)
{
    const struct kw_message *info = strcmp(field, "subscription") == 0
                                        ? &kw_consumer_protocol_subscription_info
                                    : strcmp(field, "assignment") == 0 ? &kw_consumer_protocol_assignment_info
                                                                       : NULL;
    struct kw_reader r = kw_reader_of(bytes);
    int16_t version;
    if (info == NULL || kw_coord_head_decode(&r, &version) != 0)
        return false;
    void *message = arena_zalloc(&d->arena, 1, info->size, 8);
    if (message == NULL || info->decode(&r, version, &d->arena, message) != 0)
        return false;
    line_json(d, kw_shape_of(info), version, message);
    return true;
}
