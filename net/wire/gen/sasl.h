/* Written by net/wire/schema/gen.py from sasl.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_SASL_H
#define MR_WIRE_GEN_SASL_H

#include "net/wire/message.h"

/* SaslHandshakeRequest: key 17, v0-1. */
struct kw_sasl_handshake_request {
    struct mr_str mechanism;
};
void kw_sasl_handshake_request_init(struct kw_sasl_handshake_request *m);
int kw_sasl_handshake_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_sasl_handshake_request *ret);
void kw_sasl_handshake_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_sasl_handshake_request *m);
extern const struct kw_message kw_sasl_handshake_request_info;

/* SaslHandshakeResponse: key 17, v0-1. */
struct kw_sasl_handshake_response {
    int16_t error_code;
    struct mr_str *mechanisms;
    int32_t mechanisms_count;
};
void kw_sasl_handshake_response_init(struct kw_sasl_handshake_response *m);
int kw_sasl_handshake_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_sasl_handshake_response *ret);
void kw_sasl_handshake_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_sasl_handshake_response *m);
extern const struct kw_message kw_sasl_handshake_response_info;

/* SaslAuthenticateRequest: key 36, v0-2, flexible v2+. */
struct kw_sasl_authenticate_request {
    struct mr_slice auth_bytes;
};
void kw_sasl_authenticate_request_init(struct kw_sasl_authenticate_request *m);
int kw_sasl_authenticate_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_sasl_authenticate_request *ret);
void kw_sasl_authenticate_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_sasl_authenticate_request *m);
extern const struct kw_message kw_sasl_authenticate_request_info;

/* SaslAuthenticateResponse: key 36, v0-2, flexible v2+. */
struct kw_sasl_authenticate_response {
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct mr_slice auth_bytes;
    int64_t session_lifetime_ms; /* v1+ */
};
void kw_sasl_authenticate_response_init(struct kw_sasl_authenticate_response *m);
int kw_sasl_authenticate_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_sasl_authenticate_response *ret);
void kw_sasl_authenticate_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_sasl_authenticate_response *m);
extern const struct kw_message kw_sasl_authenticate_response_info;

#endif
