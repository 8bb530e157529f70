/* core/config_listeners.c - listeners, advertised.listeners, listener.security.protocol.map. Source: KIP-103.
 */
#include <ctype.h>
#include <stdlib.h>

#include "core/config_priv.h"
#include "core/mem.h"

static bool is_host(struct mr_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!isalnum((unsigned char)s.ptr[i]) && strchr("-%._:", s.ptr[i]) == NULL)
            return false;
    }
    return true;
}

bool config_host_port_parse(struct mr_str text, struct mr_str *ret_host, uint16_t *ret_port)
{
    const char *colon = text.len > 0 ? memrchr(text.ptr, ':', text.len) : NULL;
    if (colon == NULL)
        return false;
    struct mr_str host = {text.ptr, (size_t)(colon - text.ptr)};
    struct mr_str port = {colon + 1, text.len - host.len - 1};
    int64_t n;
    if (port.len == 0 || !isdigit((unsigned char)port.ptr[0]) || !config_parse_long(port, &n) ||
        n > UINT16_MAX)
        return false;
    if (host.len >= 2 && host.ptr[0] == '[' && host.ptr[host.len - 1] == ']') {
        host.ptr++;
        host.len -= 2;
    }
    if (!is_host(host))
        return false;
    *ret_host = host;
    *ret_port = (uint16_t)n;
    return true;
}

bool config_endpoint_parse(struct mr_str text, struct config_endpoint *ret)
{
    const char *sep = text.len > 0 ? memmem(text.ptr, text.len, "://", 3) : NULL;
    if (sep == NULL || sep == text.ptr)
        return false;
    size_t skip = (size_t)(sep - text.ptr) + 3;
    ret->name = (struct mr_str){text.ptr, skip - 3};
    return config_host_port_parse((struct mr_str){text.ptr + skip, text.len - skip}, &ret->host, &ret->port);
}

static bool same_name(struct mr_str a, struct mr_str b)
{
    return a.len == b.len && strncasecmp(a.ptr, b.ptr, a.len) == 0;
}

struct endpoints {
    struct config_endpoint items[CONFIG_LISTENERS_MAX];
    unsigned count;
};

/* IPv4 and IPv6 sockets may share a port. */
static bool may_share_port(struct mr_str a, struct mr_str b)
{
    bool a6 = memchr(a.ptr, ':', a.len) != NULL, b6 = memchr(b.ptr, ':', b.len) != NULL;
    bool a4 = a.len > 0 && !a6 && strspn(a.ptr, "0123456789.") >= a.len;
    bool b4 = b.len > 0 && !b6 && strspn(b.ptr, "0123456789.") >= b.len;
    return (a4 && b6) || (a6 && b4);
}

static bool parse_endpoints(const char *key, const char *raw, bool distinct_ports, struct endpoints *ret,
                            struct config_report *report)
{
    struct mr_str item;
    struct config_list list = config_list_of(mr_str_of(raw));
    ret->count = 0;
    while (config_list_next(&list, &item)) {
        struct config_endpoint e;
        if (ret->count == CONFIG_LISTENERS_MAX) {
            config_report_add(report, LOG_ERROR, "%s: more than %d listeners", key, CONFIG_LISTENERS_MAX);
            return false;
        }
        if (!config_endpoint_parse(item, &e)) {
            config_report_add(report, LOG_ERROR, "%s: %.*s is no listener; it must be NAME://HOST:PORT", key,
                              (int)mr_min(item.len, 200), item.ptr);
            return false;
        }
        for (unsigned i = 0; i < ret->count; i++) {
            const struct config_endpoint *other = &ret->items[i];
            bool both_families = same_name(other->name, e.name) && may_share_port(other->host, e.host);
            if (same_name(other->name, e.name) && !both_families) {
                config_report_add(report, LOG_ERROR, "%s: each listener must have a different name: %s", key,
                                  raw);
                return false;
            }
            if (distinct_ports && e.port != 0 && other->port == e.port &&
                !may_share_port(other->host, e.host)) {
                config_report_add(
                    report, LOG_ERROR,
                    "%s: each listener must have a different port, unless one has an IPv4 and the other "
                    "an IPv6 address: %s",
                    key, raw);
                return false;
            }
        }
        ret->items[ret->count++] = e;
    }
    return true;
}

static bool protocol_of_text(struct mr_str text, enum config_protocol *ret)
{
    static const char *const names[] = {"PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"};
    for (unsigned i = 0; i < MR_COUNT(names); i++) {
        if (same_name(text, mr_str_of(names[i]))) {
            *ret = (enum config_protocol)i;
            return true;
        }
    }
    return false;
}

/* Every entry of the map must be well formed, also those that no listener uses. */
static bool check_protocol_map(const char *map, struct config_report *report)
{
    struct mr_str item;
    enum config_protocol protocol;
    struct config_list list = config_list_of(mr_str_of(map));
    while (config_list_next(&list, &item)) {
        const char *colon = item.len > 0 ? memrchr(item.ptr, ':', item.len) : NULL;
        if (colon == NULL ||
            !protocol_of_text((struct mr_str){colon + 1, item.len - (size_t)(colon - item.ptr) - 1},
                              &protocol)) {
            config_report_add(
                report, LOG_ERROR,
                "listener.security.protocol.map: %.*s: must be NAME:PROTOCOL with PLAINTEXT, SSL, "
                "SASL_PLAINTEXT or SASL_SSL",
                (int)mr_min(item.len, 200), item.ptr);
            return false;
        }
    }
    return true;
}

static bool protocol_of_listener(const char *map, struct mr_str name, enum config_protocol *ret)
{
    struct mr_str item;
    struct config_list list = config_list_of(mr_str_of(map));
    while (config_list_next(&list, &item)) {
        const char *colon = item.len > 0 ? memrchr(item.ptr, ':', item.len) : NULL;
        size_t len = colon != NULL ? (size_t)(colon - item.ptr) : 0;
        if (colon != NULL && same_name(config_trim((struct mr_str){item.ptr, len}), name))
            return protocol_of_text(config_trim((struct mr_str){colon + 1, item.len - len - 1}), ret);
    }
    return false;
}

static char *upper(struct mr_str s)
{
    char *copy = mem_text(s.ptr, s.len);
    for (char *c = copy; c != NULL && *c != '\0'; c++)
        *c = (char)toupper((unsigned char)*c);
    return copy;
}

static const char *protocol_name(enum config_protocol protocol)
{
    switch (protocol) {
    case CONFIG_PLAINTEXT:
        return "PLAINTEXT";
    case CONFIG_SSL:
        return "SSL";
    case CONFIG_SASL_PLAINTEXT:
        return "SASL_PLAINTEXT";
    case CONFIG_SASL_SSL:
        return "SASL_SSL";
    }
    return "?";
}

static int add_listener(struct mr_config *c, const struct config_endpoint *e,
                        const struct config_endpoint *advertised, const char *hostname,
                        struct config_report *report)
{
    struct config_view v = config_static(c);
    struct config_listener l = {.port = e->port, .advertised_port = advertised->port};
    if (!protocol_of_listener(config_text(&v, "listener.security.protocol.map"), e->name, &l.protocol)) {
        config_report_add(report, LOG_ERROR,
                          "listeners: no security protocol is defined for listener %.*s in "
                          "listener.security.protocol.map",
                          MR_STR(e->name));
        return 0;
    }
    if (l.protocol != CONFIG_PLAINTEXT) {
        config_report_add(
            report, LOG_ERROR,
            "listeners: %.*s uses %s: millrace has no TLS and no SASL yet; remove this listener or map it "
            "to PLAINTEXT",
            MR_STR(e->name), protocol_name(l.protocol));
        return 0;
    }
    struct mr_str host = advertised->host.len > 0 ? advertised->host : mr_str_of(hostname);
    if (mr_str_is(host, "0.0.0.0") || mr_str_is(host, "::")) {
        config_report_add(
            report, LOG_ERROR,
            "advertised.listeners: clients cannot connect to %.*s; name an address of this machine that "
            "they can reach",
            MR_STR(host));
        return 0;
    }
    l.name = upper(e->name);
    l.host = mem_text(e->host.ptr, e->host.len);
    l.advertised_host = mem_text(host.ptr, host.len);
    c->listeners[c->listeners_count++] = l;
    return l.name != NULL && l.host != NULL && l.advertised_host != NULL ? 0 : -ENOMEM;
}

static bool is_controller(const struct mr_config *c, struct mr_str name)
{
    struct config_view v = config_static(c);
    return config_list_has(&v, "controller.listener.names", name);
}

static const struct config_endpoint *find_endpoint(const struct endpoints *list, struct mr_str name)
{
    for (unsigned i = 0; i < list->count; i++) {
        if (same_name(list->items[i].name, name))
            return &list->items[i];
    }
    return NULL;
}

/* Which listener other brokers use: by name, else by protocol, else the first (a single node has nobody to
 * talk to). */
static void find_inter_broker(struct mr_config *c, struct config_report *report)
{
    struct config_view v = config_static(c);
    const char *name = config_text(&v, "inter.broker.listener.name");
    if (name != NULL && config_map_get(&c->set, "security.inter.broker.protocol") != NULL)
        config_report_add(
            report, LOG_ERROR,
            "only one of inter.broker.listener.name and security.inter.broker.protocol may be set");
    if (name != NULL && is_controller(c, config_trim(mr_str_of(name)))) {
        config_report_add(report, LOG_ERROR, "inter.broker.listener.name: %s is a controller listener", name);
        return;
    }
    struct mr_str wanted =
        config_trim(mr_str_of(name != NULL ? name : config_text(&v, "security.inter.broker.protocol")));
    for (uint32_t i = 0; i < c->listeners_count; i++) {
        if (same_name(mr_str_of(c->listeners[i].name), wanted)) {
            c->inter_broker = i;
            return;
        }
    }
    if (name != NULL)
        config_report_add(report, LOG_ERROR, "inter.broker.listener.name: %s is not among the listeners",
                          name);
}

int config_load_listeners(struct mr_config *c, const char *hostname, struct config_report *report)
{
    struct config_view v = config_static(c);
    struct endpoints all, advertised = {.count = 0};
    const char *listeners = config_text(&v, "listeners"),
               *announced = config_text(&v, "advertised.listeners");
    if (announced != NULL && config_trim(mr_str_of(announced)).len == 0)
        announced = NULL;
    if (!check_protocol_map(config_text(&v, "listener.security.protocol.map"), report) ||
        !parse_endpoints("listeners", listeners, true, &all, report) ||
        (announced != NULL &&
         !parse_endpoints("advertised.listeners", announced, false, &advertised, report)))
        return 0;
    for (unsigned i = 0; i < advertised.count; i++) {
        if (find_endpoint(&all, advertised.items[i].name) == NULL &&
            (c->controller || !is_controller(c, advertised.items[i].name)))
            config_report_add(report, LOG_ERROR, "advertised.listeners: %.*s is not among listeners (%s)",
                              MR_STR(advertised.items[i].name), listeners);
    }
    c->listeners = mem_zalloc(all.count + 1, sizeof(c->listeners[0]));
    if (c->listeners == NULL)
        return -ENOMEM;
    for (unsigned i = 0; i < all.count; i++) {
        const struct config_endpoint *e = &all.items[i], *a = find_endpoint(&advertised, e->name);
        if (is_controller(c, e->name)) {
            config_report_add(
                report, LOG_INFO,
                "controller listener %.*s is not opened: the controller of a single node is built in",
                MR_STR(e->name));
            continue;
        }
        int err = add_listener(c, e, a != NULL ? a : e, hostname, report);
        if (err != 0)
            return err;
    }
    if (c->listeners_count == 0 && report->errors == 0)
        config_report_add(report, LOG_ERROR, "listeners: none is for clients: %s", listeners);
    if (c->listeners_count > 0)
        find_inter_broker(c, report);
    return 0;
}
