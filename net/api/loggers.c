#include "net/api/loggers.h"

#include "core/config_alter.h"
#include "net/api/common.h"

static const struct {
    const char *name;
    enum log_level level;
} levels[] = {{"DEBUG", LOG_DEBUG}, {"ERROR", LOG_ERROR}, {"FATAL", LOG_ERROR},
              {"INFO", LOG_INFO},   {"TRACE", LOG_DEBUG}, {"WARN", LOG_WARN}};

const char *logger_level(const struct mr_req *req)
{
    enum log_level now = req->shard->log->level;
    for (size_t i = 0; i < MR_COUNT(levels); i++) {
        if (levels[i].level == now)
            return levels[i].name;
    }
    return "INFO";
}

static bool find_level(struct mr_str name, enum log_level *ret)
{
    for (size_t i = 0; i < MR_COUNT(levels); i++) {
        if (mr_str_is(name, levels[i].name)) {
            *ret = levels[i].level;
            return true;
        }
    }
    return false;
}

static struct logger_answer refuse(enum kw_error error, struct mr_str message)
{
    return (struct logger_answer){error, message};
}

/* What the request says, before anything about loggers: keys once, and with a value. */
static struct logger_answer check_keys(struct mr_req *req, const struct ctl_config *configs, int32_t count)
{
    struct api_seen seen = {.ready = false};
    struct logger_answer a = {.error = KW_NONE};
    for (int32_t i = 0; i < count && a.error == KW_NONE; i++) {
        if (api_seen_before(&seen, configs[i].name, -1))
            a = refuse(KW_INVALID_REQUEST, MR_STR_LIT("Error due to duplicate config keys"));
    }
    api_seen_done(&seen);
    for (int32_t i = 0; i < count && a.error == KW_NONE; i++) {
        if (configs[i].value.ptr == NULL && configs[i].op != CONFIG_DELETE)
            a = refuse(KW_INVALID_REQUEST,
                       api_text(req, "Null value not supported for : %.*s", MR_STR(configs[i].name)));
    }
    return a;
}

static struct logger_answer check_one(struct mr_req *req, const struct ctl_config *c, enum log_level *ret)
{
    switch (c->op) {
    case CONFIG_SET:
    case CONFIG_DELETE:
        if (!mr_str_is(c->name, LOGGER_ROOT))
            return refuse(KW_INVALID_CONFIG, api_text(req, "Logger %.*s does not exist!", MR_STR(c->name)));
        if (c->op == CONFIG_DELETE)
            return refuse(KW_INVALID_REQUEST,
                          MR_STR_LIT("Removing the log level of the root logger is not allowed"));
        if (!find_level(c->value, ret))
            return refuse(
                KW_INVALID_CONFIG,
                api_text(
                    req,
                    "Cannot set the log level of %.*s to %.*s as it is not a supported log level. Valid log "
                    "levels are DEBUG, ERROR, FATAL, INFO, TRACE, WARN",
                    MR_STR(c->name), MR_STR(c->value)));
        return refuse(KW_NONE, (struct mr_str){NULL, 0});
    case CONFIG_APPEND:
    case CONFIG_SUBTRACT:
        return refuse(KW_INVALID_REQUEST,
                      api_text(req, "%s operation is not allowed for the BROKER_LOGGER resource",
                               c->op == CONFIG_APPEND ? "APPEND" : "SUBTRACT"));
    default:
        return refuse(KW_UNKNOWN_SERVER_ERROR, (struct mr_str){NULL, 0});
    }
}

struct logger_answer logger_alter(struct mr_req *req, struct mr_str node, const struct ctl_config *configs,
                                  int32_t count, bool validate_only)
{
    int32_t own = broker_of(req->shard)->broker->node_id, id;
    enum log_level level = req->shard->log->level;
    struct logger_answer a = check_keys(req, configs, count);
    if (a.error != KW_NONE)
        return a;
    if (!api_number(node, &id))
        return refuse(KW_INVALID_REQUEST,
                      api_text(req, "Node id must be an integer, but it is: %.*s", MR_STR(node)));
    if (id != own)
        return refuse(KW_INVALID_REQUEST,
                      api_text(req, "Unexpected node id. Expected %d, but received %.*s", own, MR_STR(node)));
    for (int32_t i = 0; i < count && a.error == KW_NONE; i++)
        a = check_one(req, &configs[i], &level);
    if (a.error == KW_NONE && !validate_only)
        req->shard->log->level = level; /* of every shard: they share the log */
    return a;
}
