/* core/cli.h - the command line, as data: no files are read, nothing is printed.
 *
 *   millrace serve [FILE] [--override KEY=VALUE]...   as kafka-server-start.sh takes them
 *   millrace verify DIR
 *   millrace salvage DIR --to DIR2
 *   millrace dump [--records] [--values] [--entries] FILE...
 *   millrace version | --version
 *   millrace help | --help | -h */
#ifndef MR_CLI_H
#define MR_CLI_H

#include "core/base.h"
#include "core/err.h"

enum cli_verb { CLI_SERVE, CLI_VERIFY, CLI_SALVAGE, CLI_DUMP, CLI_VERSION, CLI_HELP };

enum { CLI_ARGS_MAX = 256, CLI_OVERRIDES_MAX = 256, CLI_WHY_BYTES = 256 };

struct cli {
    enum cli_verb verb;
    const char *args[CLI_ARGS_MAX]; /* serve: FILE or nothing; verify, salvage: DIR; dump: FILEs. Borrowed
                                       from argv */
    unsigned args_count;
    const char *overrides[CLI_OVERRIDES_MAX]; /* serve: KEY=VALUE */
    unsigned overrides_count;
    const char *to;                /* salvage */
    bool records, values, entries; /* dump */
};

/* 0, or -EINVAL with a sentence in why (CLI_WHY_BYTES). No argument at all asks for help. */
int cli_parse(int argc, char *const *argv, struct cli *ret, char *why);

const char *cli_usage(void); /* several lines */

#endif
