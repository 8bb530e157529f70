/* Written by net/wire/schema/gen.py from header.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_HEADER_H
#define MR_WIRE_GEN_HEADER_H

#include "net/wire/message.h"

/* RequestHeader: v1-2, flexible v2+. */
struct kw_request_header {
    int16_t request_api_key;
    int16_t request_api_version;
    int32_t correlation_id;
    struct mr_str client_id; /* may be null */
};
void kw_request_header_init(struct kw_request_header *m);
int kw_request_header_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                             struct kw_request_header *ret);
void kw_request_header_encode(struct kw_writer *w, int16_t version, const struct kw_request_header *m);
extern const struct kw_message kw_request_header_info;

/* ResponseHeader: v0-1, flexible v1+. */
struct kw_response_header {
    int32_t correlation_id;
};
void kw_response_header_init(struct kw_response_header *m);
int kw_response_header_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                              struct kw_response_header *ret);
void kw_response_header_encode(struct kw_writer *w, int16_t version, const struct kw_response_header *m);
extern const struct kw_message kw_response_header_info;

#endif
