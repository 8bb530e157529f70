#include "core/cmd/offline.h"

#include <stdio.h>

bool offline_run(int (*work)(struct mr_shard *s, void *ctx), void *ctx, int *ret_err)
{
    struct mr_log log;
    struct mr_io *io = NULL;
    struct mr_shard **shards = NULL;
    char why[256];
    log_to_stderr(&log, LOG_WARN);
    struct io_config cfg = {.log = &log};
    if (io_new(&cfg, &io, why, sizeof(why)) != 0) {
        fprintf(stderr, "millrace: %s\n", why);
        return false;
    }
    int err = shards_new(1, &io, &log, 2, &shards);
    *ret_err = err == 0 ? work(shards[0], ctx) : err;
    shards_free(shards, 1);
    io_free(io);
    return true;
}

void offline_say(void *ctx, const char *line)
{
    (void)ctx;
    printf("%s\n", line);
}
