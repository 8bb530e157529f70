/* core/cmd/main.c - the program: a verb and its exit status. */
#include <stdio.h>

#include "core/cmd/cmd.h"

int cmd_version(void)
{
    printf("millrace %s\n", MR_VERSION);
    return 0;
}

int cmd_help(void)
{
    printf("millrace %s: a log broker that speaks Kafka's protocol\n%s", MR_VERSION, cli_usage());
    return 0;
}

int main(int argc, char **argv)
{
    struct cli cli;
    char why[CLI_WHY_BYTES];
    if (cli_parse(argc, argv, &cli, why) != 0) {
        fprintf(stderr, "millrace: %s\n%s", why, cli_usage());
        return 2;
    }
    switch (cli.verb) {
    case CLI_SERVE:
        return cmd_serve(&cli);
    case CLI_VERSION:
        return cmd_version();
    case CLI_HELP:
        return cmd_help();
    case CLI_VERIFY:
        return cmd_verify(&cli);
    case CLI_SALVAGE:
        return cmd_salvage(&cli);
    case CLI_DUMP:
        return cmd_dump(&cli);
    }
    return 2;
}
