#include "core/cli.h"

#include <stdio.h>

static const struct {
    const char *name;
    enum cli_verb verb;
    unsigned args_min, args_max;
    const char *wants; /* when the number of arguments is wrong */
} verbs[] = {
    {"serve", CLI_SERVE, 0, 1, "serve takes at most one configuration file"},
    {"verify", CLI_VERIFY, 1, 1, "verify needs one log directory"},
    {"salvage", CLI_SALVAGE, 1, 1, "salvage needs one log directory, and --to with another"},
    {"dump", CLI_DUMP, 1, CLI_ARGS_MAX, "dump needs at least one file"},
    {"version", CLI_VERSION, 0, 0, "version takes no arguments"},
    {"help", CLI_HELP, 0, CLI_ARGS_MAX, ""},
    {"--version", CLI_VERSION, 0, 0, "--version takes no arguments"},
    {"--help", CLI_HELP, 0, CLI_ARGS_MAX, ""},
    {"-h", CLI_HELP, 0, CLI_ARGS_MAX, ""},
};

const char *cli_usage(void)
{
    return "usage: millrace VERB ...\n"
           "  serve [FILE] [--override KEY=VALUE]...  run the broker; FILE is a server.properties of Kafka\n"
           "  verify DIR                              check a log directory that no broker has open\n"
           "  salvage DIR --to DIR2                   copy what is good of a damaged log directory to a new "
           "one\n"
           "  dump [OPTION]... FILE...                print what a file of a log directory holds\n"
           "    --records                             every record of segments, snapshots and journals\n"
           "    --values                              the same with keys, values and headers as text\n"
           "    --entries                             what blocks of a journal and records of a checkpoint "
           "hold\n"
           "  version                                 print the version\n"
           "  help                                    print this\n"
           "Settings come from FILE, then from environment variables (KAFKA_NUM_PARTITIONS or\n"
           "KAFKA_CFG_NUM_PARTITIONS), then from --override; the last one counts.\n";
}

static int add_override(struct cli *cli, const char *text, char *why)
{
    const char *equals = strchr(text, '=');
    if (equals == NULL || equals == text) {
        snprintf(why, CLI_WHY_BYTES, "--override %.120s: must be KEY=VALUE", text);
        return -EINVAL;
    }
    if (cli->overrides_count == CLI_OVERRIDES_MAX) {
        snprintf(why, CLI_WHY_BYTES, "more than %d overrides", CLI_OVERRIDES_MAX);
        return -EINVAL;
    }
    cli->overrides[cli->overrides_count++] = text;
    return 0;
}

static int add_arg(struct cli *cli, const char *text, char *why)
{
    if (cli->args_count == CLI_ARGS_MAX) {
        snprintf(why, CLI_WHY_BYTES, "more than %d arguments", CLI_ARGS_MAX);
        return -EINVAL;
    }
    cli->args[cli->args_count++] = text;
    return 0;
}

static bool dump_option(struct cli *cli, const char *arg)
{
    bool *flag = strcmp(arg, "--records") == 0   ? &cli->records
                 : strcmp(arg, "--values") == 0  ? &cli->values
                 : strcmp(arg, "--entries") == 0 ? &cli->entries
                                                 : NULL;
    if (flag == NULL)
        return false;
    *flag = true;
    return true;
}

/* What follows the verb. After "--" nothing is an option. */
static int parse_rest(int argc, char *const *argv, struct cli *cli, char *why)
{
    static const char joined[] = "--override=";
    bool options = true;
    int err = 0;
    for (int i = 2; i < argc && err == 0; i++) {
        const char *arg = argv[i];
        if (!options || arg[0] != '-' || arg[1] == '\0') {
            err = add_arg(cli, arg, why);
        } else if (strcmp(arg, "--") == 0) {
            options = false;
        } else if (cli->verb == CLI_SERVE && strncmp(arg, joined, sizeof(joined) - 1) == 0) {
            err = add_override(cli, arg + sizeof(joined) - 1, why);
        } else if (cli->verb == CLI_SERVE && strcmp(arg, "--override") == 0) {
            if (++i < argc)
                err = add_override(cli, argv[i], why);
            else
                err = add_override(cli, "", why);
        } else if (cli->verb == CLI_SALVAGE && strncmp(arg, "--to=", 5) == 0) {
            cli->to = arg + 5;
        } else if (cli->verb == CLI_SALVAGE && strcmp(arg, "--to") == 0 && i + 1 < argc) {
            cli->to = argv[++i];
        } else if (cli->verb == CLI_DUMP && dump_option(cli, arg)) {
            continue;
        } else if (strcmp(arg, "--help") == 0 || strcmp(arg, "-h") == 0) {
            cli->verb = CLI_HELP;
            return 0;
        } else {
            snprintf(why, CLI_WHY_BYTES, "unknown option %.120s", arg);
            err = -EINVAL;
        }
    }
    return err;
}

int cli_parse(int argc, char *const *argv, struct cli *ret, char *why)
{
    *ret = (struct cli){.verb = CLI_HELP};
    why[0] = '\0';
    if (argc < 2)
        return 0;
    for (size_t i = 0; i < MR_COUNT(verbs); i++) {
        if (strcmp(argv[1], verbs[i].name) != 0)
            continue;
        ret->verb = verbs[i].verb;
        int err = parse_rest(argc, argv, ret, why);
        if (err != 0 || ret->verb == CLI_HELP)
            return err;
        if (ret->args_count < verbs[i].args_min || ret->args_count > verbs[i].args_max ||
            (ret->verb == CLI_SALVAGE && (ret->to == NULL || ret->to[0] == '\0'))) {
            snprintf(why, CLI_WHY_BYTES, "%s", verbs[i].wants);
            return -EINVAL;
        }
        return 0;
    }
    snprintf(why, CLI_WHY_BYTES, "unknown verb %.120s; try millrace help", argv[1]);
    return -EINVAL;
}
