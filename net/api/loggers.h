/* net/api/loggers.h - the loggers of this broker as resource type 8 of the config APIs: there is one, "root",
 * whose level applies to all log lines at once and lasts until the broker stops. Kafka's levels TRACE and
 * FATAL act as DEBUG and ERROR. Texts are Kafka 4.1.0's. Source: KIP-412. */
#ifndef MR_API_LOGGERS_H
#define MR_API_LOGGERS_H

#include "core/broker/controller.h"
#include "net/req.h"

#define LOGGER_ROOT "root"

const char *logger_level(const struct mr_req *req); /* in Kafka's name */

/* One resource of IncrementalAlterConfigs. Checked as a whole, then done unless validate_only. */
struct logger_answer {
    enum kw_error error;
    struct mr_str message; /* null: none; in req's arena */
};
struct logger_answer logger_alter(struct mr_req *req, struct mr_str node, const struct ctl_config *configs,
                                  int32_t count, bool validate_only);

#endif
