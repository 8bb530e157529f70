#include "net/wire/subscription.h"

#include "net/wire/coord_record.h"

static int16_t version_known(int16_t version, const struct kw_message *info)
{
    return version < info->v_max ? version : info->v_max;
}

/* Passes the version; *ret_known is the one to read the message at. */
static int version_decode(struct kw_reader *r, const struct kw_message *info, int16_t *ret_version,
                          int16_t *ret_known)
{
    int16_t version;
    int err = kw_coord_head_decode(r, &version);
    if (err != 0)
        return err;
    if (version < 0)
        return -MR_E_CORRUPT;
    *ret_version = version;
    *ret_known = version_known(version, info);
    return 0;
}

int kw_subscription_decode(struct mr_slice bytes, struct mr_arena *a, int16_t *ret_version,
                           struct kw_consumer_protocol_subscription *ret)
{
    struct kw_reader r = kw_reader_of(bytes);
    int16_t known;
    int err = version_decode(&r, &kw_consumer_protocol_subscription_info, ret_version, &known);
    return err != 0 ? err : kw_consumer_protocol_subscription_decode(&r, known, a, ret);
}

int kw_subscription_decode_v0(struct mr_slice bytes, struct mr_arena *a,
                              struct kw_consumer_protocol_subscription *ret)
{
    struct kw_reader r = kw_reader_of(bytes);
    int16_t version;
    int err = kw_coord_head_decode(&r, &version);
    return err != 0 ? err : kw_consumer_protocol_subscription_decode(&r, 0, a, ret);
}

int kw_assignment_decode(struct mr_slice bytes, struct mr_arena *a, int16_t *ret_version,
                         struct kw_consumer_protocol_assignment *ret)
{
    struct kw_reader r = kw_reader_of(bytes);
    int16_t known;
    int err = version_decode(&r, &kw_consumer_protocol_assignment_info, ret_version, &known);
    return err != 0 ? err : kw_consumer_protocol_assignment_decode(&r, known, a, ret);
}

void kw_subscription_encode(struct kw_writer *w, int16_t version,
                            const struct kw_consumer_protocol_subscription *m)
{
    int16_t known = version_known(version, &kw_consumer_protocol_subscription_info);
    kw_put_int16(w, known);
    kw_consumer_protocol_subscription_encode(w, known, m);
}

void kw_assignment_encode(struct kw_writer *w, int16_t version,
                          const struct kw_consumer_protocol_assignment *m)
{
    int16_t known = version_known(version, &kw_consumer_protocol_assignment_info);
    kw_put_int16(w, known);
    kw_consumer_protocol_assignment_encode(w, known, m);
}
