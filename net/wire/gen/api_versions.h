/* Written by net/wire/schema/gen.py from api_versions.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_API_VERSIONS_H
#define MR_WIRE_GEN_API_VERSIONS_H

#include "net/wire/message.h"

/* ApiVersionsRequest: key 18, v0-4, flexible v3+. */
struct kw_api_versions_request {
    struct mr_str client_software_name; /* v3+ */
    struct mr_str client_software_version; /* v3+ */
};
void kw_api_versions_request_init(struct kw_api_versions_request *m);
int kw_api_versions_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                   struct kw_api_versions_request *ret);
void kw_api_versions_request_encode(struct kw_writer *w, int16_t version,
                                    const struct kw_api_versions_request *m);
extern const struct kw_message kw_api_versions_request_info;

/* ApiVersionsResponse: key 18, v0-4, flexible v3+. */
struct kw_api_versions_response_finalized_feature {
    struct mr_str name;
    int16_t max_version_level;
    int16_t min_version_level;
};
struct kw_api_versions_response_supported_feature {
    struct mr_str name;
    int16_t min_version;
    int16_t max_version;
};
struct kw_api_versions_response_api_key {
    int16_t api_key;
    int16_t min_version;
    int16_t max_version;
};
struct kw_api_versions_response {
    int16_t error_code;
    struct kw_api_versions_response_api_key *api_keys;
    int32_t api_keys_count;
    int32_t throttle_time_ms; /* v1+ */
    struct kw_api_versions_response_supported_feature *supported_features; /* v3+, tag 0 */
    int32_t supported_features_count;
    int64_t finalized_features_epoch; /* v3+, tag 1, default -1 */
    struct kw_api_versions_response_finalized_feature *finalized_features; /* v3+, tag 2 */
    int32_t finalized_features_count;
    bool zk_migration_ready; /* v3+, tag 3 */
};
void kw_api_versions_response_finalized_feature_init(struct kw_api_versions_response_finalized_feature *m);
void kw_api_versions_response_supported_feature_init(struct kw_api_versions_response_supported_feature *m);
void kw_api_versions_response_api_key_init(struct kw_api_versions_response_api_key *m);
void kw_api_versions_response_init(struct kw_api_versions_response *m);
int kw_api_versions_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_api_versions_response *ret);
void kw_api_versions_response_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_api_versions_response *m);
extern const struct kw_message kw_api_versions_response_info;

#endif
