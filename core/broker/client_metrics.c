#include "core/broker/client_metrics.h"

#include <stdarg.h>
#include <stdio.h>

enum { INTERVAL_MIN_MS = 100, INTERVAL_MAX_MS = 3600000 };

static int refuse(struct config_refusal *r, bool request, const char *fmt, ...) MR_PRINTF(3, 4);

static int refuse(struct config_refusal *r, bool request, const char *fmt, ...)
{
    va_list args;
    va_start(args, fmt);
    r->request = request;
    vsnprintf(r->why, sizeof(r->why), fmt, args);
    va_end(args);
    return -EINVAL;
}

/* One selector: NAME=PATTERN. Whether PATTERN is a regular expression of Java is not looked at, only that it
 * could be. */
static bool selector_fits(struct mr_str s)
{
    static const char *const names[] = {"client_id",
                                        "client_instance_id",
                                        "client_software_name",
                                        "client_software_version",
                                        "client_source_address",
                                        "client_source_port"};
    const char *eq = memchr(s.ptr, '=', s.len);
    if (eq == NULL)
        return false;
    struct mr_str name = config_trim((struct mr_str){s.ptr, (size_t)(eq - s.ptr)});
    struct mr_str pattern = config_trim((struct mr_str){eq + 1, s.len - (size_t)(eq + 1 - s.ptr)});
    int open = 0;
    for (size_t i = 0; i < pattern.len; i++) {
        if (pattern.ptr[i] == '=')
            return false;
        if (pattern.ptr[i] == '\\')
            i++;
        else if (pattern.ptr[i] == '[')
            open++;
        else if (pattern.ptr[i] == ']' && open > 0)
            open--;
    }
    for (size_t i = 0; i < MR_COUNT(names); i++) {
        if (mr_str_is(name, names[i]))
            return pattern.len > 0 && open == 0;
    }
    return false;
}

static int check_match(const char *value, struct config_refusal *refusal)
{
    struct config_list list = config_list_of(mr_str_of(value));
    struct mr_str item;
    while (config_list_next(&list, &item)) {
        if (!selector_fits(item))
            return refuse(refusal, false, "Illegal client matching pattern: %.*s", MR_STR(item));
    }
    return 0;
}

static int check_interval(const char *value, struct config_refusal *refusal)
{
    int64_t ms;
    if (!config_parse_long(mr_str_of(value), &ms) || ms < INT32_MIN || ms > INT32_MAX)
        return refuse(refusal, false,
                      "Invalid value %s for configuration interval.ms: Not a number of type INT", value);
    if (ms < INTERVAL_MIN_MS || ms > INTERVAL_MAX_MS)
        return refuse(refusal, true,
                      "Invalid value %s for interval.ms, interval must be between %d and %d (1 hour)", value,
                      INTERVAL_MIN_MS, INTERVAL_MAX_MS);
    return 0;
}

int client_metrics_check(const struct config_map *settings, struct config_refusal *refusal)
{
    for (uint32_t i = 0; i < settings->count; i++) {
        const char *key = settings->pairs[i].key, *value = settings->pairs[i].value;
        int err = 0;
        if (strcmp(key, "interval.ms") == 0)
            err = check_interval(value, refusal);
        else if (strcmp(key, "match") == 0)
            err = check_match(value, refusal);
        else if (strcmp(key, "metrics") != 0)
            err = refuse(refusal, true, "Unknown client metrics configuration: %s", key);
        if (err != 0)
            return err;
    }
    return 0;
}

int client_metrics_describe(const struct config_map *settings, struct mr_arena *arena,
                            const struct config_entry **ret, size_t *ret_count)
{
    static const struct {
        const char *name, *def;
        enum config_type type;
    } keys[] = {{"interval.ms", "300000", CONFIG_INT},
                {"match", "", CONFIG_LIST},
                {"metrics", "", CONFIG_LIST}};
    struct config_entry *entries = arena_array(arena, struct config_entry, MR_COUNT(keys));
    struct config_synonym *synonyms = arena_array(arena, struct config_synonym, MR_COUNT(keys));
    if (entries == NULL || synonyms == NULL)
        return -MR_E_LIMIT;
    for (size_t i = 0; i < MR_COUNT(keys); i++) {
        const char *set = config_map_get(settings, keys[i].name);
        entries[i] = (struct config_entry){.name = keys[i].name,
                                           .value = set != NULL ? set : keys[i].def,
                                           .source = set != NULL ? CONFIG_FROM_METRICS : CONFIG_FROM_DEFAULT,
                                           .type = keys[i].type};
        if (set == NULL)
            continue; /* without synonyms: as Kafka */
        synonyms[i] = (struct config_synonym){keys[i].name, set, CONFIG_FROM_METRICS};
        entries[i].synonyms = &synonyms[i];
        entries[i].synonyms_count = 1;
    }
    *ret = entries;
    *ret_count = MR_COUNT(keys);
    return 0;
}
