#include "net/wire/header.h"

enum { RECORD_FRAME_VERSION = 1 };

static bool request_is_flexible(const struct kw_message *request, int16_t version)
{
    return request != NULL && version >= request->flexible_from;
}

static bool response_head_is_flexible(int16_t api_key, int16_t version)
{
    if (api_key == KW_API_VERSIONS_KEY)
        return false; /* KIP-511 */
    const struct kw_message *response = kw_response_info(api_key);
    return response != NULL && version >= response->flexible_from;
}

int kw_request_head_decode(struct kw_reader *r, struct kw_request_head *ret)
{
    struct kw_request_head head = {.client_id = {NULL, 0}};
    head.api_key = kw_get_int16(r);
    head.api_version = kw_get_int16(r);
    head.correlation_id = kw_get_int32(r);
    head.info = kw_request_info(head.api_key);
    if (head.info != NULL) {
        /* The client id is never compact: it must be readable whatever the version (KIP-482). */
        head.client_id = kw_get_string(r, false, true);
        if (request_is_flexible(head.info, head.api_version))
            kw_skip_tags(r);
    }
    if (r->err != 0)
        return r->err;
    *ret = head;
    return 0;
}

void kw_request_head_encode(struct kw_writer *w, const struct kw_message *request, int16_t version,
                            int32_t correlation_id, struct mr_str client_id)
{
    kw_put_int16(w, request->key);
    kw_put_int16(w, version);
    kw_put_int32(w, correlation_id);
    kw_put_string(w, false, true, client_id);
    if (request_is_flexible(request, version))
        kw_put_uvarint(w, 0); /* no tagged fields */
}

void kw_response_head_encode(struct kw_writer *w, int16_t api_key, int16_t version, int32_t correlation_id)
{
    kw_put_int32(w, correlation_id);
    if (response_head_is_flexible(api_key, version))
        kw_put_uvarint(w, 0); /* no tagged fields */
}

int kw_response_head_decode(struct kw_reader *r, int16_t api_key, int16_t version,
                            int32_t *ret_correlation_id)
{
    int32_t correlation_id = kw_get_int32(r);
    if (response_head_is_flexible(api_key, version))
        kw_skip_tags(r);
    if (r->err != 0)
        return r->err;
    *ret_correlation_id = correlation_id;
    return 0;
}

int kw_record_head_decode(struct kw_reader *r, int16_t *ret_type, int16_t *ret_version)
{
    uint32_t frame = kw_get_uvarint(r);
    uint32_t type = kw_get_uvarint(r);
    uint32_t version = kw_get_uvarint(r);
    if (r->err != 0)
        return r->err;
    if (frame != RECORD_FRAME_VERSION)
        return -MR_E_VERSION;
    if (type > INT16_MAX || version > INT16_MAX)
        return -MR_E_CORRUPT;
    *ret_type = (int16_t)type;
    *ret_version = (int16_t)version;
    return 0;
}

void kw_record_head_encode(struct kw_writer *w, int16_t type, int16_t version)
{
    kw_put_uvarint(w, RECORD_FRAME_VERSION);
    kw_put_uvarint(w, (uint32_t)type);
    kw_put_uvarint(w, (uint32_t)version);
}
