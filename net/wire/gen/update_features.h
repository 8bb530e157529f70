/* Written by net/wire/schema/gen.py from update_features.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_UPDATE_FEATURES_H
#define MR_WIRE_GEN_UPDATE_FEATURES_H

#include "net/wire/message.h"

/* UpdateFeaturesRequest: key 57, v0-2, flexible v0+. */
struct kw_update_features_request_update {
    struct mr_str feature;
    int16_t max_version_level;
    bool allow_downgrade; /* v0 */
    int8_t upgrade_type; /* v1+, default 1 */
};
struct kw_update_features_request {
    int32_t timeout_ms; /* default 60000 */
    struct kw_update_features_request_update *feature_updates;
    int32_t feature_updates_count;
    bool validate_only; /* v1+ */
};
void kw_update_features_request_update_init(struct kw_update_features_request_update *m);
void kw_update_features_request_init(struct kw_update_features_request *m);
int kw_update_features_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_update_features_request *ret);
void kw_update_features_request_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_update_features_request *m);
extern const struct kw_message kw_update_features_request_info;

/* UpdateFeaturesResponse: key 57, v0-2, flexible v0+. */
struct kw_update_features_response_result {
    struct mr_str feature;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
struct kw_update_features_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
    struct kw_update_features_response_result *results; /* v0-1 */
    int32_t results_count;
};
void kw_update_features_response_result_init(struct kw_update_features_response_result *m);
void kw_update_features_response_init(struct kw_update_features_response *m);
int kw_update_features_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_update_features_response *ret);
void kw_update_features_response_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_update_features_response *m);
extern const struct kw_message kw_update_features_response_info;

#endif
