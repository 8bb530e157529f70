#include "core/config_env.h"

/* Variables of the images that steer scripts and the Java machine, and what Kubernetes sets for a service
 * that is named kafka. A trailing '*' stands for any ending. */
static const char *const meaningless[] = {
    "HOME",          "OPTS",          "HEAP_OPTS",
    "VERSION",       "DEBUG",         "LOG4J_*",
    "JMX_*",         "JVM_*",         "GC_LOG_OPTS",
    "ENABLE_KRAFT",  "VOLUME_DIR",    "BASE_DIR",
    "CONF_DIR",      "CONF_FILE",     "MOUNTED_CONF_DIR",
    "DATA_DIR",      "DAEMON_USER",   "DAEMON_GROUP",
    "INSTALL_DIR",   "BIN_DIR",       "CERTS_DIR",
    "LOGS_DIR",      "INITSCRIPTS_*", "SKIP_KRAFT_STORAGE_INIT",
    "PORT",          "PORT_*",        "SERVICE_*",
    "JAVA_OPTS",     "CLASSPATH",     "EXTRA_FLAGS",
    "TOOLS_*",       "REST_*",        "ZOOKEEPER_PROTOCOL",
    "PERFORMANCE_*", "MODE",
};

static bool is_meaningless(struct mr_str name)
{
    for (size_t i = 0; i < MR_COUNT(meaningless); i++) {
        size_t len = strlen(meaningless[i]);
        bool any = meaningless[i][len - 1] == '*';
        len -= any ? 1 : 0;
        if ((any ? name.len >= len : name.len == len) && memcmp(name.ptr, meaningless[i], len) == 0)
            return true;
    }
    return false;
}

static bool starts(struct mr_str s, const char *prefix)
{
    size_t len = strlen(prefix);
    return s.len >= len && memcmp(s.ptr, prefix, len) == 0;
}

/* NUM_PARTITIONS -> num.partitions. */
static bool translate(struct mr_str name, char *dst, size_t bytes)
{
    size_t len = 0;
    for (size_t i = 0; i < name.len;) {
        if (len + 1 >= bytes)
            return false;
        char c = name.ptr[i];
        if (c != '_') {
            dst[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
            i++;
            continue;
        }
        size_t run = 1;
        while (run < 3 && i + run < name.len && name.ptr[i + run] == '_')
            run++;
        dst[len++] = ".._-"[run];
        i += run;
    }
    dst[len] = '\0';
    return len > 0;
}

struct config_env config_env_read(const char *entry)
{
    struct config_env env = {.kind = CONFIG_ENV_OTHER};
    const char *equals = strchr(entry, '=');
    if (equals == NULL)
        return env;
    env.variable = (struct mr_str){entry, (size_t)(equals - entry)};
    env.value = mr_str_of(equals + 1);
    if (mr_str_is(env.variable, "KAFKA_KRAFT_CLUSTER_ID") || mr_str_is(env.variable, "CLUSTER_ID") ||
        mr_str_is(env.variable, "KAFKA_CLUSTER_ID")) {
        env.kind = CONFIG_ENV_CLUSTER_ID;
        return env;
    }
    env.cfg = starts(env.variable, "KAFKA_CFG_");
    if (!env.cfg && !starts(env.variable, "KAFKA_"))
        return env;
    size_t skip = env.cfg ? strlen("KAFKA_CFG_") : strlen("KAFKA_");
    struct mr_str name = {env.variable.ptr + skip, env.variable.len - skip};
    if (!env.cfg && is_meaningless(name))
        return env;
    if (translate(name, env.key, sizeof(env.key)))
        env.kind = CONFIG_ENV_KEY;
    return env;
}
