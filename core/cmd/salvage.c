/* core/cmd/salvage.c - millrace salvage DIR --to DIR2: 0 all was saved, 1 something is lost, 2 it could not
 * be done. */
#include <stdio.h>

#include "core/cmd/cmd.h"
#include "storage/salvage.h"

static void say(void *ctx, const char *line)
{
    (void)ctx;
    printf("%s\n", line);
}

int cmd_salvage(const struct cli *cli)
{
    struct mr_log log;
    struct mr_io *io = NULL;
    struct mr_shard **shards = NULL;
    struct salvage_report r = {.logs = 0};
    char why[256];
    log_to_stderr(&log, LOG_WARN);
    struct io_config cfg = {.log = &log};
    if (io_new(&cfg, &io, why, sizeof(why)) != 0) {
        fprintf(stderr, "millrace: %s\n", why);
        return 2;
    }
    int err = shards_new(1, &io, &log, 2, &shards);
    if (err == 0)
        err = salvage_dir(shards[0], cli->args[0], cli->to, say, NULL, &r);
    if (err != 0)
        fprintf(stderr, "millrace: cannot salvage %s to %s: %s\n", cli->args[0], cli->to,
                err == -EAGAIN   ? "a broker has it open"
                : err == -EEXIST ? "the directory to write to is not empty"
                                 : mr_err_text(err));
    else
        printf("%s: %llu logs, %llu batches, %.1f MiB copied to %s: %llu losses, %llu offsets in them\n",
               cli->args[0], (unsigned long long)r.logs, (unsigned long long)r.batches,
               (double)r.bytes / (1 << 20), cli->to, (unsigned long long)r.losses,
               (unsigned long long)r.lost_offsets);
    shards_free(shards, 1);
    io_free(io);
    return err != 0 ? 2 : r.losses > 0 ? 1 : 0;
}
