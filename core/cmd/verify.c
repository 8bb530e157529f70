/* core/cmd/verify.c - millrace verify DIR: 0 sound, 1 damage was found, 2 it could not be checked. */
#include <stdio.h>

#include "core/cmd/cmd.h"
#include "storage/verify.h"

static void say(void *ctx, const char *line)
{
    (void)ctx;
    printf("%s\n", line);
}

int cmd_verify(const struct cli *cli)
{
    struct mr_log log;
    struct mr_io *io = NULL;
    struct mr_shard **shards = NULL;
    struct verify_report r = {.logs = 0};
    char why[256];
    log_to_stderr(&log, LOG_WARN);
    struct io_config cfg = {.log = &log};
    if (io_new(&cfg, &io, why, sizeof(why)) != 0) {
        fprintf(stderr, "millrace: %s\n", why);
        return 2;
    }
    int err = shards_new(1, &io, &log, 2, &shards);
    if (err == 0)
        err = verify_dir(shards[0], cli->args[0], say, NULL, &r);
    if (err != 0)
        fprintf(stderr, "millrace: cannot verify %s: %s\n", cli->args[0],
                err == -EAGAIN ? "a broker has it open" : mr_err_text(err));
    else
        printf("%s: %llu logs, %llu segments, %llu batches, %llu journal entries: %llu findings\n",
               cli->args[0], (unsigned long long)r.logs, (unsigned long long)r.segments,
               (unsigned long long)r.batches, (unsigned long long)r.journal_blocks_entries,
               (unsigned long long)r.findings);
    shards_free(shards, 1);
    io_free(io);
    return err != 0 ? 2 : r.findings > 0 ? 1 : 0;
}
