#include "net/wire/gen/api_versions.h"
#include "net/api/apis.h"
#include "net/conn.h"

/* KIP-511: letters and digits, with dots and dashes inside. */
static bool name_ok(struct mr_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        bool inside = (c == '.' || c == '-') && i > 0 && i + 1 < s.len;
        if (!plain && !inside)
            return false;
    }
    return s.len > 0;
}

static void copy(char *dst, size_t bytes, struct mr_str s)
{
    size_t n = mr_min(s.len, bytes - 1);
    memcpy(dst, s.ptr, n);
    dst[n] = '\0';
}

static bool list_apis(struct mr_req *req, struct kw_api_versions_response *out)
{
    int32_t count = 0;
    while (mr_api_at((uint32_t)count) != NULL)
        count++;
    out->api_keys = req_array(req, struct kw_api_versions_response_api_key, (size_t)count);
    if (out->api_keys == NULL)
        return false;
    for (int32_t i = 0; i < count; i++) {
        const struct mr_api *api = mr_api_at((uint32_t)i);
        out->api_keys[i] = (struct kw_api_versions_response_api_key){api->key, api->v_min_shown, api->v_max};
    }
    out->api_keys_count = count;
    return true;
}

/* Only what is implemented is finalized or supported here (KIP-584). Level 0
 * features are left out; below v4 so are those whose lowest level is 0 (KAFKA-17492). */
static const struct {
    const char *name;
    int16_t min, max; /* max 0: the cluster's level */
} features[] = {
    {"metadata.version", 7, 0},
    {"transaction.version", 0, 2},
    {"group.version", 0, 1},
};

static bool list_features(struct mr_req *req, struct kw_api_versions_response *out)
{
    const struct image *img = net_of(req->shard)->broker->image;
    out->finalized_features_epoch = img->offset;
    if (image_feature_level(img, "metadata.version") == 0)
        return true;
    out->supported_features =
        req_array(req, struct kw_api_versions_response_supported_feature, MR_COUNT(features));
    out->finalized_features =
        req_array(req, struct kw_api_versions_response_finalized_feature, MR_COUNT(features));
    if (out->supported_features == NULL || out->finalized_features == NULL)
        return false;
    for (size_t i = 0; i < MR_COUNT(features); i++) {
        struct mr_str name = mr_str_of(features[i].name);
        int16_t level = image_feature_level(img, features[i].name);
        if (features[i].min > 0 || req->version >= 4)
            out->supported_features[out->supported_features_count++] =
                (struct kw_api_versions_response_supported_feature){name, features[i].min,
                                                                    features[i].max > 0 ? features[i].max
                                                                                        : level};
        if (level > 0)
            out->finalized_features[out->finalized_features_count++] =
                (struct kw_api_versions_response_finalized_feature){name, level, level};
    }
    return true;
}

/* ApiVersions (key 18), v0-4. v3 flexible, client name and version (KIP-511), features (KIP-584).
 * An unknown version is answered in v0 with error 35 and this API's range.
 * Differs from Kafka: nowhere. */
static void api_versions_start(struct mr_req *req)
{
    const struct kw_api_versions_request *in = req->in;
    struct kw_api_versions_response *out = req->out;
    if (req->unsupported_version) {
        out->error_code = KW_UNSUPPORTED_VERSION;
        out->api_keys = req_array(req, struct kw_api_versions_response_api_key, 1);
        if (out->api_keys != NULL) {
            out->api_keys[0] = (struct kw_api_versions_response_api_key){req->api->key, req->api->v_min_shown,
                                                                         req->api->v_max};
            out->api_keys_count = 1;
        }
        req_finish(req);
        return;
    }
    if (req->version >= 3) {
        if (!name_ok(in->client_software_name) || !name_ok(in->client_software_version)) {
            out->error_code = KW_INVALID_REQUEST;
            req_finish(req);
            return;
        }
        copy(req->conn->client_name, sizeof(req->conn->client_name), in->client_software_name);
        copy(req->conn->client_version, sizeof(req->conn->client_version), in->client_software_version);
    }
    if (!list_apis(req, out) || (req->version >= 3 && !list_features(req, out)))
        out->error_code = KW_UNKNOWN_SERVER_ERROR;
    req_finish(req);
}

const struct mr_api mr_api_api_versions = {
    .key = 18, .name = "ApiVersions", .v_min = 0, .v_max = 4, .start = api_versions_start};
