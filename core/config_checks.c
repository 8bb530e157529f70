/* core/config_checks.c - settings that must fit each other, the quorum this node would be part of, log
 * directories. */
#include "core/config_priv.h"
#include "core/mem.h"

/* As Java's File.getAbsolutePath(), which Kafka shows: slashes once and none at the end, but "." and ".."
 * stay. NULL: out of memory. */
static char *absolute(struct mr_str name, const char *cwd)
{
    size_t before = name.ptr[0] != '/' && cwd != NULL ? strlen(cwd) + 1 : 0;
    char *path = mem_alloc(before + name.len + 1);
    if (path == NULL)
        return NULL;
    if (before > 0) {
        memcpy(path, cwd, before - 1);
        path[before - 1] = '/';
    }
    memcpy(path + before, name.ptr, name.len);
    size_t len = 0;
    for (size_t i = 0; i < before + name.len; i++) {
        if (path[i] != '/' || len == 0 || path[len - 1] != '/')
            path[len++] = path[i];
    }
    while (len > 1 && path[len - 1] == '/')
        len--;
    path[len] = '\0';
    return path;
}

/* The metadata log is in the first directory, or in metadata.log.dir, which may be one of its own. */
static int load_metadata_dir(struct mr_config *c, const char *cwd, const struct config_view *v,
                             struct config_report *report)
{
    const char *text = config_text(v, "metadata.log.dir");
    c->data_dirs_count = c->log_dirs_count;
    if (text == NULL || text[0] == '\0')
        return 0;
    char *dir = absolute(mr_str_of(text), cwd);
    if (dir == NULL)
        return -ENOMEM;
    while (c->metadata_dir < c->log_dirs_count && strcmp(dir, c->log_dirs[c->metadata_dir]) != 0)
        c->metadata_dir++;
    if (c->metadata_dir < c->log_dirs_count || c->log_dirs_count == CONFIG_LOG_DIRS_MAX) {
        if (c->metadata_dir == c->log_dirs_count)
            config_report_add(report, LOG_ERROR, "metadata.log.dir: more than %d directories",
                              CONFIG_LOG_DIRS_MAX);
        mem_free(dir);
        return 0;
    }
    c->log_dirs[c->log_dirs_count++] = dir;
    return 0;
}

int config_load_log_dirs(struct mr_config *c, const char *cwd, struct config_report *report)
{
    struct config_view v = config_static(c);
    const char *key = config_text(&v, "log.dirs") != NULL ? "log.dirs" : "log.dir";
    struct config_list list = config_list(&v, key);
    struct mr_str item;
    c->log_dirs = mem_zalloc(CONFIG_LOG_DIRS_MAX, sizeof(c->log_dirs[0]));
    if (c->log_dirs == NULL)
        return -ENOMEM;
    while (config_list_next(&list, &item)) {
        if (item.len == 0) {
            config_report_add(report, LOG_ERROR, "%s: an empty name in %s", key, config_text(&v, key));
            return 0;
        }
        if (c->log_dirs_count == CONFIG_LOG_DIRS_MAX) {
            config_report_add(report, LOG_ERROR, "%s: more than %d directories", key, CONFIG_LOG_DIRS_MAX);
            return 0;
        }
        char *path = absolute(item, cwd);
        if (path == NULL)
            return -ENOMEM;
        for (uint32_t i = 0; i < c->log_dirs_count; i++) {
            if (strcmp(path, c->log_dirs[i]) == 0) {
                config_report_add(report, LOG_ERROR, "%s: %s is named twice", key, path);
                mem_free(path);
                return 0;
            }
        }
        c->log_dirs[c->log_dirs_count++] = path;
    }
    if (c->log_dirs_count == 0)
        config_report_add(report, LOG_ERROR,
                          "at least one log directory must be named by log.dirs or log.dir");
    else
        return load_metadata_dir(c, cwd, &v, report);
    return 0;
}

/* ---- the quorum ---- */

static const char clusters_later[] = "this version of millrace runs alone and cannot join a cluster; name "
                                     "only this node, or leave the key out";

/* The port of this node's own controller listener; 0: it has none. */
static uint16_t own_controller_port(const struct config_view *v)
{
    struct config_endpoint e;
    struct mr_str item;
    struct config_list list = config_list(v, "listeners");
    while (config_list_next(&list, &item)) {
        if (config_endpoint_parse(item, &e) && config_list_has(v, "controller.listener.names", e.name))
            return e.port;
    }
    return 0;
}

static void check_voters(const struct mr_config *c, struct config_report *report)
{
    struct config_view v = config_static(c);
    struct config_list list = config_list(&v, "controller.quorum.voters");
    struct mr_str item, host;
    uint16_t port;
    unsigned own = 0;
    while (config_list_next(&list, &item)) {
        int64_t id;
        const char *at = item.len > 0 ? memchr(item.ptr, '@', item.len) : NULL;
        size_t len = at != NULL ? (size_t)(at - item.ptr) : 0;
        if (at == NULL || !config_parse_long((struct mr_str){item.ptr, len}, &id) ||
            !config_host_port_parse((struct mr_str){at + 1, item.len - len - 1}, &host, &port)) {
            config_report_add(report, LOG_ERROR, "controller.quorum.voters: %.*s: must be ID@HOST:PORT",
                              (int)mr_min(item.len, 200), item.ptr);
            return;
        }
        if (id != c->node_id) {
            config_report_add(report, LOG_ERROR, "controller.quorum.voters: %.*s is another node: %s",
                              (int)mr_min(item.len, 200), item.ptr, clusters_later);
            return;
        }
        own++;
    }
    if (own == 1)
        config_report_add(report, LOG_INFO,
                          "controller.quorum.voters names this node alone: the built-in controller is used");
    else if (own > 1)
        config_report_add(report, LOG_ERROR, "controller.quorum.voters names node %d more than once",
                          c->node_id);
}

/* Addresses have no node id. One address with the port of our own controller listener is taken to be us. */
static void check_bootstrap(const struct mr_config *c, struct config_report *report)
{
    struct config_view v = config_static(c);
    struct config_list list = config_list(&v, "controller.quorum.bootstrap.servers");
    struct mr_str item, host;
    uint16_t port, own = own_controller_port(&v);
    unsigned count = 0;
    while (config_list_next(&list, &item)) {
        if (!config_host_port_parse(item, &host, &port)) {
            config_report_add(report, LOG_ERROR,
                              "controller.quorum.bootstrap.servers: %.*s: must be HOST:PORT",
                              (int)mr_min(item.len, 200), item.ptr);
            return;
        }
        if (++count > 1 || !c->controller || own == 0 || port != own) {
            config_report_add(report, LOG_ERROR,
                              "controller.quorum.bootstrap.servers: %.*s is another node: %s",
                              (int)mr_min(item.len, 200), item.ptr, clusters_later);
            return;
        }
    }
    if (count == 1)
        config_report_add(
            report, LOG_INFO,
            "controller.quorum.bootstrap.servers names this node alone: the built-in controller is used");
}

void config_check_quorum(const struct mr_config *c, struct config_report *report)
{
    struct config_view v = config_static(c);
    if (!config_list_has(&v, "process.roles", MR_STR_LIT("broker")))
        config_report_add(
            report, LOG_ERROR,
            "process.roles=%s: millrace is a broker with a built-in controller; the roles must include "
            "broker",
            config_text(&v, "process.roles"));
    check_voters(c, report);
    check_bootstrap(c, report);
}

/* ---- bounds between keys ---- */

static void at_least(const struct config_view *v, const char *key, int64_t least,
                     struct config_report *report)
{
    int64_t n = config_int_or(v, key, least);
    if (n < least)
        config_report_add(report, LOG_ERROR, "Invalid value %lld for configuration %s: must be at least %lld",
                          (long long)n, key, (long long)least);
}

static void unlimited_or_positive(const struct config_view *v, const char *key, struct config_report *report)
{
    int64_t n = config_int_or(v, key, -1);
    if (n == 0)
        config_report_add(report, LOG_ERROR,
                          "Invalid value 0 for configuration %s: must be -1 (unlimited) or at least 1", key);
}

static void in_order(const struct config_view *v, const char *small, const char *large,
                     struct config_report *report)
{
    int64_t a = config_int(v, small), b = config_int(v, large);
    if (a > b)
        config_report_add(report, LOG_ERROR, "%s (%lld) must not be larger than %s (%lld)", small,
                          (long long)a, large, (long long)b);
}

void config_check_bounds(const struct mr_config *c, struct config_report *report)
{
    static const char *const ordered[][2] = {
        {"group.min.session.timeout.ms", "group.max.session.timeout.ms"},
        {"group.consumer.min.session.timeout.ms", "group.consumer.session.timeout.ms"},
        {"group.consumer.session.timeout.ms", "group.consumer.max.session.timeout.ms"},
        {"group.consumer.min.heartbeat.interval.ms", "group.consumer.heartbeat.interval.ms"},
        {"group.consumer.heartbeat.interval.ms", "group.consumer.max.heartbeat.interval.ms"},
        {"group.share.min.session.timeout.ms", "group.share.session.timeout.ms"},
        {"group.share.session.timeout.ms", "group.share.max.session.timeout.ms"},
        {"group.share.min.heartbeat.interval.ms", "group.share.heartbeat.interval.ms"},
        {"group.share.heartbeat.interval.ms", "group.share.max.heartbeat.interval.ms"},
        {"group.share.min.record.lock.duration.ms", "group.share.record.lock.duration.ms"},
        {"group.share.record.lock.duration.ms", "group.share.max.record.lock.duration.ms"},
        {"group.streams.min.session.timeout.ms", "group.streams.session.timeout.ms"},
        {"group.streams.session.timeout.ms", "group.streams.max.session.timeout.ms"},
        {"group.streams.min.heartbeat.interval.ms", "group.streams.heartbeat.interval.ms"},
        {"group.streams.heartbeat.interval.ms", "group.streams.max.heartbeat.interval.ms"},
        {"group.streams.num.standby.replicas", "group.streams.max.standby.replicas"},
        {"log.cleaner.min.compaction.lag.ms", "log.cleaner.max.compaction.lag.ms"},
        {"replica.fetch.wait.max.ms", "replica.lag.time.max.ms"},
    };
    struct config_view v = config_static(c);
    for (size_t i = 0; i < MR_COUNT(ordered); i++)
        in_order(&v, ordered[i][0], ordered[i][1], report);
    unlimited_or_positive(&v, "log.retention.ms", report);
    unlimited_or_positive(&v, "log.retention.minutes", report);
    unlimited_or_positive(&v, "log.retention.hours", report);
    at_least(&v, "log.roll.ms", 1, report);
    at_least(&v, "log.roll.jitter.ms", 0, report);
    at_least(&v, "node.id", 0, report);
    at_least(&v, "default.replication.factor", 1, report);
    int64_t queued = config_int(&v, "queued.max.request.bytes"),
            request = config_int(&v, "socket.request.max.bytes");
    if (queued > 0 && queued < request)
        config_report_add(
            report, LOG_ERROR,
            "queued.max.request.bytes (%lld) must be -1 or at least socket.request.max.bytes (%lld)",
            (long long)queued, (long long)request);
    static const char *const codecs[] = {"offsets.topic.compression.codec",
                                         "share.coordinator.state.topic.compression.codec"};
    for (size_t i = 0; i < MR_COUNT(codecs); i++) {
        int64_t codec = config_int(&v, codecs[i]);
        if (codec < 0 || codec > 4)
            config_report_add(report, LOG_ERROR,
                              "Invalid value %lld for configuration %s: must be 0 (none) to 4 (zstd)",
                              (long long)codec, codecs[i]);
    }
}
