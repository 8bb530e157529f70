/* net/wire/header.h - the headers of requests and responses.
 *
 * The version of a header follows from (API key, API version): a flexible request has header 2, a flexible
 * response header 1, the others 1 and 0. An ApiVersions response has header 0 always, so that a client
 * which asked in a version that the broker lacks can read the answer (KIP-511, KIP-482). */
#ifndef MR_WIRE_HEADER_H
#define MR_WIRE_HEADER_H

#include "net/wire/message.h"

enum { KW_API_VERSIONS_KEY = 18 };

struct kw_request_head {
    int16_t api_key;
    int16_t api_version; /* not checked against anything */
    int32_t correlation_id;
    struct mr_str client_id;       /* may be null; points into the input */
    const struct kw_message *info; /* of the request; NULL: an API without a codec */
};

/* Reads the header of one request; r then stands at the body. Of an API without a codec only the first
 * 8 bytes are read: its header version is not known, and the client id stays null. The version may be one
 * that the codec lacks: its header is then read as that of the last one. -MR_E_CORRUPT. */
int kw_request_head_decode(struct kw_reader *r, struct kw_request_head *ret);

/* For our own clients. client_id may be null. */
void kw_request_head_encode(struct kw_writer *w, const struct kw_message *request, int16_t version,
                            int32_t correlation_id, struct mr_str client_id);

/* An API without a codec has no flexible versions here. */
void kw_response_head_encode(struct kw_writer *w, int16_t api_key, int16_t version, int32_t correlation_id);
int kw_response_head_decode(struct kw_reader *r, int16_t api_key, int16_t version,
                            int32_t *ret_correlation_id);

/* In front of the value of a metadata record: the frame's version (1), the record's type and version,
 * each an unsigned varint. -MR_E_CORRUPT; -MR_E_VERSION for another frame. */
int kw_record_head_decode(struct kw_reader *r, int16_t *ret_type, int16_t *ret_version);
void kw_record_head_encode(struct kw_writer *w, int16_t type, int16_t version);

#endif
