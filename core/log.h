/* core/log.h - log lines. Library code returns errors; the task at the edge logs once, with ids.
 *
 * A line is `level component text key=value ...`. Level error means an operator must act; in the simulator
 * it fails the run unless the scenario expects it. */
#ifndef MR_LOG_H
#define MR_LOG_H

#include <stdatomic.h>

#include "core/base.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

struct mr_log {
    _Atomic(enum log_level) level; /* lines below it are dropped; any thread may change it */
    void (*write)(struct mr_log *log, enum log_level level, const char *line); /* no newline */
    void *owner;
};

void log_line(struct mr_log *log, enum log_level level, const char *component, const char *fmt, ...)
    MR_PRINTF(4, 5);

#define log_debug(log, component, ...) log_line((log), LOG_DEBUG, (component), __VA_ARGS__)
#define log_info(log, component, ...) log_line((log), LOG_INFO, (component), __VA_ARGS__)
#define log_warn(log, component, ...) log_line((log), LOG_WARN, (component), __VA_ARGS__)
#define log_error(log, component, ...) log_line((log), LOG_ERROR, (component), __VA_ARGS__)

/* Writes to stderr as `2026-01-02T03:04:05.678Z INFO  component text`; one write(2) a line. */
void log_to_stderr(struct mr_log *log, enum log_level level);

const char *log_level_name(enum log_level level);

#endif
