#include "net/api/apis.h"
#include "net/api/common.h"
#include "net/wire/gen/list_config_resources.h"

enum { TOPIC = 2, BROKER = 4, LOGGER = 8, METRICS = 16, GROUP = 32 };
enum { ALL = TOPIC | BROKER | LOGGER | METRICS | GROUP };

/* Bits of the types that are asked for; -1: one that there is not. */
static int wanted(const struct mr_req *req)
{
    const struct kw_list_config_resources_request *in = req->in;
    int types = 0;
    if (req->version == 0)
        return METRICS;
    for (int32_t i = 0; i < in->resource_types_count; i++) {
        int type = in->resource_types[i];
        if (type <= 0 || (type & ALL) == 0 || (type & (type - 1)) != 0)
            return -1;
        types |= type;
    }
    return types != 0 ? types : ALL;
}

static void put(struct kw_list_config_resources_response *out, struct mr_str name, int type)
{
    out->config_resources[out->config_resources_count++] =
        (struct kw_list_config_resources_response_resource){name, (int8_t)type};
}

/* Settings of groups and client metrics stand in the image as "TYPE:NAME". */
static void put_other(struct kw_list_config_resources_response *out, struct mr_str key, int types)
{
    const char *colon = memchr(key.ptr, ':', key.len);
    int32_t type;
    if (colon == NULL || !api_number((struct mr_str){key.ptr, (size_t)(colon - key.ptr)}, &type))
        return;
    if ((type == METRICS || type == GROUP) && (types & type) != 0)
        put(out, (struct mr_str){colon + 1, key.len - (size_t)(colon + 1 - key.ptr)}, type);
}

static bool put_all(struct mr_req *req, int types)
{
    struct kw_list_config_resources_response *out = req->out;
    const struct broker_shard *b = broker_of(req->shard);
    const struct image *img = b->image;
    out->config_resources = req_array(req, struct kw_list_config_resources_response_resource,
                                      (size_t)smap_count(&img->topics) + smap_count(&img->other_configs) + 2);
    struct mr_str node = api_text(req, "%d", b->broker->node_id);
    if (out->config_resources == NULL || node.ptr == NULL)
        return false;
    uint32_t at = 0;
    for (const struct image_topic *t; (types & TOPIC) != 0 && (t = image_next(img, &at)) != NULL;)
        put(out, mr_str_of(t->name), TOPIC);
    if ((types & BROKER) != 0)
        put(out, node, BROKER);
    if ((types & LOGGER) != 0)
        put(out, node, LOGGER);
    struct mr_str key;
    at = 0;
    while (image_next_configs(img, &at, &key))
        put_other(out, key, types);
    return true;
}

/* ListConfigResources (key 74), v0-1, flexible. v0 is ListClientMetricsResources (KIP-714, KIP-1000), v1 all
 * types (KIP-1142). Differs from Kafka: a group without settings is not listed; Kafka goes on listing one
 * whose settings went. */
static void list_config_resources_start(struct mr_req *req)
{
    struct kw_list_config_resources_response *out = req->out;
    int types = wanted(req);
    if (types < 0)
        out->error_code = KW_UNSUPPORTED_VERSION;
    else if (!put_all(req, types)) {
        req_close(req, "response too large");
        return;
    }
    req_finish(req);
}

const struct mr_api mr_api_list_config_resources = {.key = 74,
                                                    .name = "ListConfigResources",
                                                    .v_min = 0,
                                                    .v_max = 1,
                                                    .v_min_shown = 0,
                                                    .start = list_config_resources_start};
