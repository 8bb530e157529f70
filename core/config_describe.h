/* core/config_describe.h - what DescribeConfigs answers: every key of a resource with its value and where it
 * comes from.
 *
 * Equal to Apache Kafka 4.1.0 (tests/unit/data holds its answers), which has its own ways:
 *  - a key's source is that of its first synonym; synonyms before the one that bears the name asked for are
 * left out, so retention.ms that follows log.retention.hours counts as a default;
 *  - an unknown key of the file is listed as sensitive, without its value.
 * Documentation is null. Our own keys (millrace.*) are listed with the others. Source: KIP-226, KIP-569. */
#ifndef MR_CONFIG_DESCRIBE_H
#define MR_CONFIG_DESCRIBE_H

#include "core/config.h"

struct config_synonym {
    const char *name;
    const char *value; /* NULL: sensitive */
    enum config_source source;
};

struct config_entry {
    const char *name;
    const char *value;         /* NULL: it has none, or is sensitive */
    enum config_source source; /* CONFIG_FROM_DEFAULT is what version 0 calls is_default */
    enum config_type type;
    bool read_only;
    bool sensitive;
    const struct config_synonym *synonyms;
    unsigned synonyms_count;
};

/* The entries live in the arena and point into the view's maps, the overrides and constant data. Overrides
 * may be NULL. 0, or -MR_E_LIMIT when the arena is full (a broker takes about 60 KB). */
int config_describe_topic(const struct config_view *v, const struct config_map *overrides,
                          struct mr_arena *arena, const struct config_entry **ret, size_t *ret_count);
int config_describe_broker(const struct config_view *v, struct mr_arena *arena,
                           const struct config_entry **ret, size_t *ret_count);
int config_describe_cluster(const struct config_view *v, struct mr_arena *arena,
                            const struct config_entry **ret,
                            size_t *ret_count); /* the broker resource with the empty name */
int config_describe_group(const struct config_view *v, const struct config_map *overrides,
                          struct mr_arena *arena, const struct config_entry **ret, size_t *ret_count);

#endif
