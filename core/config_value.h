/* core/config_value.h - one value of one key: parse, check against what the key accepts, print as Kafka
 * prints it.
 *
 * Messages are Kafka 4.1.0's own wording, because clients show them: `Invalid value X for configuration Y:
 * ...`. */
#ifndef MR_CONFIG_VALUE_H
#define MR_CONFIG_VALUE_H

#include "core/arena.h"
#include "core/config_keys.h"
#include "core/err.h"

enum { CONFIG_WHY_BYTES = 512 }; /* enough for every message; longer values are cut in it */

/* 0, or -EINVAL with the message in why (NUL-terminated, cut at why_bytes). A password is never quoted. */
int config_value_check(const struct config_key *key, struct mr_str raw, char *why, size_t why_bytes);

/* raw as DescribeConfigs prints it once parsed: " 5 " is 5, ".5" is 0.5, "a , b" is a,b. Text that cannot be
 * parsed is given back as it is. NULL when the arena is full. */
const char *config_value_print(struct mr_arena *arena, const struct config_key *key, const char *raw);

/* Parse after trimming, with Java's rules. False when the text is not one. */
bool config_parse_long(struct mr_str raw, int64_t *ret);
bool config_parse_double(struct mr_str raw, double *ret);
bool config_parse_bool(struct mr_str raw, bool *ret);

/* Shortest text that reads back as the same number, in Java's notation: 0.5, 5.0, 1.0E-5. */
enum { CONFIG_DOUBLE_BYTES = 32 };
void config_print_double(double d, char dst[CONFIG_DOUBLE_BYTES]);

struct mr_str config_trim(struct mr_str s); /* control characters and spaces at both ends */

/* The items of a list, trimmed. An empty text has none; "a,,b" has three. */
struct config_list {
    struct mr_str rest;
    bool done;
};
struct config_list config_list_of(struct mr_str raw);
bool config_list_next(struct config_list *list, struct mr_str *ret_item);

/* One item of a list of CPUs: "3" or "4-7", numbers below CONFIG_CPUS_MAX. */
enum { CONFIG_CPUS_MAX = 1024 };
bool config_parse_cpus(struct mr_str item, unsigned *ret_first, unsigned *ret_last);

#endif
