/* core/config_map.h - a small sorted map of text to text: the settings of one file, topic, group or broker.
 *
 * Keys and values are copied and NUL-terminated. At most CONFIG_MAP_MAX pairs; looked up by binary search. */
#ifndef MR_CONFIG_MAP_H
#define MR_CONFIG_MAP_H

#include "core/base.h"
#include "core/err.h"

enum { CONFIG_MAP_MAX = 2048, CONFIG_VALUE_BYTES_MAX = 1024 * 1024 };

struct config_pair {
    char *key;
    char *value;
};

struct config_map {
    struct config_pair *pairs; /* sorted by key */
    uint32_t count, cap;
};

/* All zero is an empty map. */
void config_map_done(struct config_map *m);

/* Add or replace. -MR_E_LIMIT: too many pairs or too long; -EINVAL: a NUL inside; -ENOMEM. Then nothing
 * changed. */
int config_map_set(struct config_map *m, struct mr_str key, struct mr_str value);

/* NULL when absent. The text stays valid until the pair is replaced or removed. */
const char *config_map_get(const struct config_map *m, const char *key); /* m may be NULL: an empty map */
const char *config_map_find(const struct config_map *m, struct mr_str key);

bool config_map_remove(struct config_map *m, struct mr_str key); /* true when it was there */

/* to must be empty (all zero); on an error it stays so. */
int config_map_copy(struct config_map *to, const struct config_map *from);

#endif
