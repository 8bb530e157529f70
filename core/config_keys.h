/* core/config_keys.h - every configuration key this broker knows: Kafka 4.1.0's broker, topic and group keys
 * under their own names, and ours under millrace.*.
 *
 * The tables are constant data (core/config_table_*.c), sorted by name. A key's check is a short text:
 *   "1.."  "0..100"  "..5"   a range, both ends included
 *   "one A|B"                one of these words
 *   "nocase A|B"             the same, whatever the case
 *   "list A|B"               a list of these words, may be empty
 *   "gzip"                   -1 or 1..9
 *   "nonempty"               text with at least one character, when set
 *   "throttled"              "*" or partition:broker pairs
 *   "cpus"                   CPU numbers and ranges of them: 0,2,4-7
 *   "reset"                  latest, earliest or by_duration:ISO-8601
 * Documentation texts are not kept (DescribeConfigs answers null for them). */
#ifndef MR_CONFIG_KEYS_H
#define MR_CONFIG_KEYS_H

#include "core/base.h"

/* The numbers of DescribeConfigs' config_type. */
enum config_type {
    CONFIG_UNKNOWN = 0,
    CONFIG_BOOLEAN = 1,
    CONFIG_STRING = 2,
    CONFIG_INT = 3,
    CONFIG_SHORT = 4,
    CONFIG_LONG = 5,
    CONFIG_DOUBLE = 6,
    CONFIG_LIST = 7,
    CONFIG_CLASS = 8,
    CONFIG_PASSWORD = 9,
};

/* Whether AlterConfigs may change a broker key: never, per broker only, or also as the cluster's default. */
enum config_scope { CONFIG_READ_ONLY, CONFIG_PER_BROKER, CONFIG_CLUSTER_WIDE };

enum config_flags {
    CONFIG_INTERNAL = 1, /* not listed by DescribeConfigs unless set as a topic override */
    CONFIG_INERT = 2,    /* accepted and shown, changes nothing in this broker */
    CONFIG_OURS = 4,     /* not a key of Kafka */
    CONFIG_REFUSED = 8,  /* only the default is supported; another value stops the start */
    CONFIG_QUOTA = 16,   /* exists only as a dynamic setting; not listed unless set */
};

struct config_key {
    const char *name;
    const char *def;  /* Kafka's default exactly as DescribeConfigs prints it; NULL: none */
    const char *ours; /* our default where it differs on purpose, else NULL */
    const char *check;
    uint8_t type;  /* enum config_type */
    uint8_t scope; /* enum config_scope */
    uint8_t flags;
};

struct config_table {
    const struct config_key *keys;
    size_t count;
};
extern const struct config_table config_table_broker, config_table_topic, config_table_group;

/* NULL when unknown. */
const struct config_key *config_key_find(const struct config_table *table, struct mr_str name);

/* The same for a broker key; listener.name.LISTENER.KEY finds KEY. */
const struct config_key *config_broker_key(struct mr_str name);

/* The known key that looks most like name, for messages; NULL when none is near. */
const char *config_key_near(const struct config_table *table, struct mr_str name);

static inline bool config_key_sensitive(const struct config_key *key) /* unknown keys may hold anything */
{
    return key == NULL || key->type == CONFIG_PASSWORD;
}
static inline const char *config_key_default(const struct config_key *key)
{
    return key->ours != NULL ? key->ours : key->def;
}
const char *config_type_name(enum config_type type); /* as Kafka's messages write it: "LONG" */

/* Where a topic key's default comes from, strongest first; the list ends with a NULL name. */
enum { CONFIG_SYNONYMS_MAX = 3 };
struct config_link {
    const char *topic;
    struct {
        const char *name; /* of the broker key */
        int64_t factor;   /* one unit of it in the topic key's unit */
    } broker[CONFIG_SYNONYMS_MAX];
};
const struct config_link *config_link_of(const char *topic_key); /* NULL: the topic key has no broker key */

/* The broker keys that DescribeConfigs names as synonyms of a broker key, itself included; returns their
 * count. */
unsigned config_synonyms_of(const char *name, const char *ret[CONFIG_SYNONYMS_MAX]);

/* The part after listener.name.LISTENER. (or after the mechanism); NULL when name has no such form. */
const char *config_listener_base(const char *name);

#endif
