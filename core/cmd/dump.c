/* core/cmd/dump.c - millrace dump FILE...: 0 all was shown, 1 something is damaged or could not be shown. */
#include <stdio.h>

#include "core/cmd/cmd.h"
#include "core/log.h"
#include "storage/dump.h"

/* What is wrong goes to the other stream, at its place among the lines. */
static void say(void *ctx, bool problem, const char *line)
{
    (void)ctx;
    if (!problem) {
        puts(line);
        return;
    }
    fflush(stdout);
    fprintf(stderr, "millrace: %s\n", line);
}

int cmd_dump(const struct cli *cli)
{
    struct mr_log log;
    struct mr_io *io = NULL;
    char why[256];
    log_to_stderr(&log, LOG_WARN);
    struct io_config io_cfg = {.entries = 8, .recv_chunk_bytes = 4096, .recv_chunks_max = 1, .log = &log};
    if (io_new(&io_cfg, &io, why, sizeof(why)) != 0) {
        fprintf(stderr, "millrace: %s\n", why);
        return 1;
    }
    struct dump_config cfg = {.io = io,
                              .records = cli->records || cli->values,
                              .values = cli->values,
                              .entries = cli->entries,
                              .say = say};
    bool fine = true;
    for (unsigned i = 0; i < cli->args_count && !ferror(stdout); i++) {
        struct dump_report r;
        int err = dump_file(&cfg, cli->args[i], &r);
        if (err != 0) {
            fflush(stdout);
            fprintf(stderr, "millrace: cannot dump %s: %s\n", cli->args[i],
                    err == -MR_E_VERSION
                        ? "neither its name nor its contents are those of a file of a log directory"
                        : mr_err_text(err));
        }
        fine = fine && err == 0 && r.problems == 0;
    }
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fprintf(stderr, "millrace: cannot write what was dumped\n");
        fine = false;
    }
    io_free(io);
    return fine ? 0 : 1;
}
