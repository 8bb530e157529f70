#include "net/api/common.h"

#include <stdarg.h>
#include <stdio.h>

enum { TEXT_BYTES_MAX = 1024 };

struct fan_part *api_coord_part(struct mr_req *req, struct fan *fan, enum coord_kind kind, struct mr_str name,
                                struct part_key *ret_key)
{
    *ret_key = (struct part_key){.partition = -1};
    bool stands = coord_place(broker_of(req->shard), kind, name, ret_key);
    if (fan == NULL)
        return NULL;
    return fan_part(fan, stands ? placement_shard(*ret_key, req->shard->count) : req->shard->id);
}

int32_t api_brokers(struct mr_req *req, struct api_endpoint **ret)
{
    const struct broker *b = broker_of(req->shard)->broker;
    const struct image *img = broker_of(req->shard)->image;
    const struct config_listener *mine = &b->config->listeners[req_listener(req)];
    uint32_t room = map_count(&img->brokers) + 1;
    struct api_endpoint *out = req_array(req, struct api_endpoint, room);
    if (out == NULL)
        return -1;
    int32_t count = 0;
    /* Itself from its own configuration: right even for a port that was only just bound. */
    out[count++] = (struct api_endpoint){
        .node_id = b->node_id,
        .host = mr_str_of(mine->advertised_host),
        .rack = mr_str_of(config_text(&(struct config_view){.config = b->config}, "broker.rack")),
        .port = mine->advertised_port != 0 ? mine->advertised_port : b->bound_ports[req_listener(req)],
    };
    uint32_t at = 0;
    for (struct image_broker *other; (other = map_next(&img->brokers, &at)) != NULL;) {
        if (other->id == b->node_id || other->fenced)
            continue;
        for (uint32_t i = 0; i < other->endpoint_count; i++) {
            if (strcmp(other->endpoints[i].name, mine->name) != 0)
                continue;
            out[count++] = (struct api_endpoint){.node_id = other->id,
                                                 .host = mr_str_of(other->endpoints[i].host),
                                                 .rack = mr_str_of(other->rack),
                                                 .port = other->endpoints[i].port};
            break;
        }
    }
    *ret = out;
    return count;
}

bool api_seen_before(struct api_seen *s, struct mr_str name, int32_t partition)
{
    if (!s->ready) {
        smap_init(&s->names);
        map_init(&s->pairs);
        s->ready = true;
    }
    uintptr_t number = (uintptr_t)smap_get(&s->names, name);
    if (number == 0) {
        number = smap_count(&s->names) + 1;
        if (smap_put(&s->names, name, (void *)number) != 0)
            return false;
    }
    return map_put(&s->pairs, (uint64_t)number << 32 | (uint32_t)partition, s) == -EEXIST;
}

void api_seen_done(struct api_seen *s)
{
    if (!s->ready)
        return;
    smap_done(&s->names);
    map_done(&s->pairs);
    s->ready = false;
}

bool api_seen_has(const struct api_seen *s, struct mr_str name, int32_t partition)
{
    uintptr_t number = s->ready ? (uintptr_t)smap_get(&s->names, name) : 0;
    return number != 0 && map_get(&s->pairs, (uint64_t)number << 32 | (uint32_t)partition) != NULL;
}

bool api_number(struct mr_str text, int32_t *ret)
{
    bool sign = text.len > 1 && (text.ptr[0] == '-' || text.ptr[0] == '+');
    bool negative = sign && text.ptr[0] == '-';
    int64_t value = 0;
    for (size_t i = sign; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
        value = value * 10 + (text.ptr[i] - '0');
        if (value > (int64_t)INT32_MAX + negative)
            return false;
    }
    if (text.len == 0)
        return false;
    *ret = (int32_t)(negative ? -value : value);
    return true;
}

struct mr_str api_text(struct mr_req *req, const char *fmt, ...)
{
    char text[TEXT_BYTES_MAX];
    bool ok = true;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof(text), fmt, args);
    va_end(args);
    return arena_str(&req->arena, mr_str_of(text), &ok);
}
