/* core/config_priv.h - what the loading of a configuration shares among its files. */
#ifndef MR_CONFIG_PRIV_H
#define MR_CONFIG_PRIV_H

#include "core/config.h"

enum { CONFIG_LISTENERS_MAX = 16, CONFIG_LOG_DIRS_MAX = 64 };

/* Each fills its part of c from the values in force and adds what is wrong to the report. -ENOMEM, else 0. */
int config_load_listeners(struct mr_config *c, const char *hostname, struct config_report *report);
int config_load_log_dirs(struct mr_config *c, const char *cwd, struct config_report *report);
void config_check_quorum(const struct mr_config *c, struct config_report *report);
void config_check_bounds(const struct mr_config *c, struct config_report *report);

/* Where the quorum check looks for this node's own controller: NAME://HOST:PORT, the brackets of an IPv6
 * address dropped. Borrowed from the text. */
struct config_endpoint {
    struct mr_str name, host;
    uint16_t port;
};
bool config_endpoint_parse(struct mr_str text, struct config_endpoint *ret);

/* HOST:PORT; the host may be empty. */
bool config_host_port_parse(struct mr_str text, struct mr_str *ret_host, uint16_t *ret_port);

/* True when the list value of key has item, whatever the case. */
bool config_list_has(const struct config_view *v, const char *key, struct mr_str item);

#endif
