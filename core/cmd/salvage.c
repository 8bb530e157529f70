/* core/cmd/salvage.c - millrace salvage DIR --to DIR2: 0 all was saved, 1 something is lost, 2 it could not
 * be done. */
#include <stdio.h>

#include "core/cmd/cmd.h"
#include "core/cmd/offline.h"
#include "storage/salvage.h"

struct salvaging {
    const struct cli *cli;
    struct salvage_report r;
};

static int work(struct mr_shard *s, void *ctx)
{
    struct salvaging *x = ctx;
    return salvage_dir(s, x->cli->args[0], x->cli->to, offline_say, NULL, &x->r);
}

int cmd_salvage(const struct cli *cli)
{
    struct salvaging x = {.cli = cli};
    int err;
    if (!offline_run(work, &x, &err))
        return 2;
    if (err != 0)
        fprintf(stderr, "millrace: cannot salvage %s to %s: %s\n", cli->args[0], cli->to,
                err == -EAGAIN   ? "a broker has it open"
                : err == -EEXIST ? "the directory to write to is not empty"
                                 : mr_err_text(err));
    else
        printf("%s: %llu logs, %llu batches, %.1f MiB copied to %s: %llu losses, %llu offsets in them\n",
               cli->args[0], (unsigned long long)x.r.logs, (unsigned long long)x.r.batches,
               (double)x.r.bytes / (1 << 20), cli->to, (unsigned long long)x.r.losses,
               (unsigned long long)x.r.lost_offsets);
    return err != 0 ? 2 : x.r.losses > 0 ? 1 : 0;
}
