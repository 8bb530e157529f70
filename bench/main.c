/* bench/main.c - the load generator: one run, told in key=value words, one JSON object as its result. */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "bench/disk.h"
#include "bench/load.h"
#include "core/err.h"

static void pin(int64_t cpu)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((size_t)cpu, &set);
    if (sched_setaffinity(0, sizeof(set), &set) != 0)
        fprintf(stderr, "bench: cpu=%d: %s\n", (int)cpu, mr_err_text(-errno));
}

int main(int argc, char **argv)
{
    struct bench_options o;
    char why[256];
    if (argc > 1 && strcmp(argv[1], "help") == 0) {
        printf("usage: mr_bench key=value...\n");
        options_help();
        return 0;
    }
    if (options_parse(&o, argc - 1, argv + 1, why, sizeof(why)) != 0) {
        fprintf(stderr, "bench: %s\n", why);
        return 2;
    }
    signal(SIGPIPE, SIG_IGN);
    if (o.cpu >= 0)
        pin(o.cpu);
    struct report r = {.out = o.json[0] == '\0' ? stdout : fopen(o.json, "w")};
    if (r.out == NULL) {
        fprintf(stderr, "bench: %s: %s\n", o.json, mr_err_text(-errno));
        return 2;
    }
    report_open(&r, NULL);
    int code = o.mode == MODE_DISK ? disk_run(&o, &r) : load_run(&o, &r);
    report_int(&r, "exit", code < 0 ? 1 : code);
    report_close(&r);
    if (fflush(r.out) != 0 || (r.out != stdout && fclose(r.out) != 0)) {
        fprintf(stderr, "bench: the result could not be written: %s\n", mr_err_text(-errno));
        return 1;
    }
    return code < 0 ? 1 : code;
}
