/* core/cmd/verify.c - millrace verify DIR: 0 sound, 1 damage was found, 2 it could not be checked. */
#include <stdio.h>

#include "core/cmd/cmd.h"
#include "core/cmd/offline.h"
#include "storage/verify.h"

struct verifying {
    const struct cli *cli;
    struct verify_report r;
};

static int work(struct mr_shard *s, void *ctx)
{
    struct verifying *x = ctx;
    return verify_dir(s, x->cli->args[0], offline_say, NULL, &x->r);
}

int cmd_verify(const struct cli *cli)
{
    struct verifying x = {.cli = cli};
    int err;
    if (!offline_run(work, &x, &err))
        return 2;
    if (err != 0)
        fprintf(stderr, "millrace: cannot verify %s: %s\n", cli->args[0],
                err == -EAGAIN ? "a broker has it open" : mr_err_text(err));
    else
        printf("%s: %llu logs, %llu segments, %llu batches, %llu journal entries: %llu findings\n",
               cli->args[0], (unsigned long long)x.r.logs, (unsigned long long)x.r.segments,
               (unsigned long long)x.r.batches, (unsigned long long)x.r.journal_blocks_entries,
               (unsigned long long)x.r.findings);
    return err != 0 ? 2 : x.r.findings > 0 ? 1 : 0;
}
