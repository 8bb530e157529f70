#include "core/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { LINE_BYTES = 1024 };

const char *log_level_name(enum log_level level)
{
    switch (level) {
    case LOG_DEBUG:
        return "DEBUG";
    case LOG_INFO:
        return "INFO";
    case LOG_WARN:
        return "WARN";
    case LOG_ERROR:
        return "ERROR";
    }
    return "?";
}

void log_line(struct mr_log *log, enum log_level level, const char *component, const char *fmt, ...)
{
    if (log == NULL || level < log->level)
        return;
    char line[LINE_BYTES];
    size_t head = mr_min((size_t)snprintf(line, sizeof(line), "%s: ", component), sizeof(line) - 1);
    va_list args;
    va_start(args, fmt);
    vsnprintf(line + head, sizeof(line) - head, fmt, args);
    va_end(args);
    for (char *c = line; *c != '\0'; c++) {
        if ((unsigned char)*c < 0x20 || *c == 0x7f) /* ids may come from the network: one event, one line */
            *c = '?';
    }
    log->write(log, level, line);
}

static void stderr_write(struct mr_log *log, enum log_level level, const char *line)
{
    (void)log;
    char out[LINE_BYTES + 64];
    struct timespec ts;
    struct tm tm;
    clock_gettime(CLOCK_REALTIME, &ts);
    gmtime_r(&ts.tv_sec, &tm);
    int n = snprintf(out, sizeof(out), "%04d-%02d-%02dT%02d:%02d:%02d.%03ldZ %-5s %s\n", tm.tm_year + 1900,
                     tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec, ts.tv_nsec / 1000000,
                     log_level_name(level), line);
    if (n > 0 && write(STDERR_FILENO, out, mr_min((size_t)n, sizeof(out) - 1)) < 0)
        return; /* nowhere left to say it */
}

void log_to_stderr(struct mr_log *log, enum log_level level)
{
    *log = (struct mr_log){.level = level, .write = stderr_write};
}
