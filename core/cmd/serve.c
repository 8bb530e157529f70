/* core/cmd/serve.c - a broker on this machine: configuration in, threads up, signals, threads down. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/broker/boot.h"
#include "core/cmd/cmd.h"
#include "core/log.h"
#include "core/mem.h"
#include "core/properties.h"
#include "core/threads.h"
#include "net/net.h"
#include "storage/file_put.h"
#include "storage/pace.h"

extern char **environ;

enum {
    MAILBOX_SLOTS = 1024,
    GRACE_MS = 2000,
    WHY_BYTES = 512,
    HOST_BYTES = 256,
    CWD_BYTES = 1024,
    CPUS_MAX = CONFIG_CPUS_MAX
};

struct server {
    const struct cli *cli;
    struct mr_log log;
    struct mr_io *io; /* of this thread: clock, configuration file */
    struct mr_config *config;
    struct boot *boot;
    int cpus[CPUS_MAX];
    uint32_t cpu_count; /* to pin to; 0: not pinned */
};

/* ---- configuration ---- */

static void print_notes(struct server *sv, const struct config_report *report)
{
    for (uint32_t i = 0; i < report->count; i++)
        log_line(&sv->log, report->notes[i].level, "config", "%s", report->notes[i].text);
    if (report->dropped > 0)
        log_warn(&sv->log, "config", "%u more remarks are not shown", report->dropped);
}

static int load_config(struct server *sv)
{
    char host[HOST_BYTES] = "", cwd[CWD_BYTES];
    uint8_t *text = NULL;
    size_t len = 0;
    int cpus = threads_cpus(sv->cpus, CPUS_MAX);
    const char *file = sv->cli->args_count > 0 ? sv->cli->args[0] : NULL;
    if (file != NULL) {
        int err = file_get_wait(sv->io, file, PROPERTIES_BYTES_MAX, &text, &len);
        if (err != 0) {
            log_error(&sv->log, "serve", "cannot read %s: %s", file, mr_err_text(err));
            return err;
        }
    }
    if (gethostname(host, sizeof(host) - 1) != 0)
        host[0] = '\0';
    struct config_input in = {
        .file_name = file,
        .file_text = {(const char *)text, len},
        .env = (const char *const *)environ,
        .overrides = sv->cli->overrides,
        .overrides_count = sv->cli->overrides_count,
        .hostname = host[0] != '\0' ? host : NULL,
        .cwd = getcwd(cwd, sizeof(cwd)),
        .cpus = cpus > 0 ? (uint32_t)cpus : 1,
    };
    struct config_report report = {0};
    int err = config_load(&in, &sv->config, &report);
    print_notes(sv, &report);
    config_report_done(&report);
    mem_free(text);
    if (err != 0)
        log_error(&sv->log, "serve", "the configuration is not usable: %s", mr_err_text(err));
    return err;
}

static void choose_level(struct server *sv)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    struct config_view v = config_static(sv->config);
    for (unsigned i = 0; i < MR_COUNT(names); i++)
        if (strcmp(config_text(&v, "millrace.log.level"), names[i]) == 0)
            sv->log.level = (enum log_level)i;
}

/* millrace.cpus: shard i runs on the i-th of them. */
static void choose_cpus(struct server *sv)
{
    uint16_t named[CONFIG_CPUS_MAX];
    uint32_t count = config_cpus(sv->config, named);
    sv->cpu_count = count > 0 ? sv->config->shards : 0;
    for (uint32_t i = 0; i < sv->cpu_count; i++)
        sv->cpus[i] = named[i % count];
}

/* Every connection, segment and journal file is a descriptor. How many there may be; 0: not known. */
static uint64_t raise_files(struct server *sv)
{
    struct rlimit limit, raised;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 0;
    raised = (struct rlimit){.rlim_cur = limit.rlim_max, .rlim_max = limit.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0)
        return limit.rlim_max;
    log_warn(&sv->log, "serve", "the limit of open files cannot be raised: %s", mr_err_text(-errno));
    return limit.rlim_cur;
}

/* ---- on the shards' threads ---- */

static int make_io(void *ctx, uint32_t shard, struct mr_io **ret)
{
    struct server *sv = ctx;
    char why[WHY_BYTES];
    struct io_config cfg = {.shard = shard, .log = &sv->log};
    int err = io_new(&cfg, ret, why, sizeof(why));
    if (err != 0)
        log_error(&sv->log, "serve", "shard %u: %s", shard, why);
    return err;
}

static int start_shard(void *ctx, struct mr_shard *s)
{
    return boot_up(((struct server *)ctx)->boot, s);
}
static void finish_shard(void *ctx, struct mr_shard *s)
{
    (void)boot_down(((struct server *)ctx)->boot, s);
}

static int bind_ports(void *ctx, struct mr_shard *zero, struct broker *broker, char *why, size_t why_bytes)
{
    (void)ctx;
    return net_bind(zero, broker, why, why_bytes);
}

static int serve_shard(void *ctx, struct broker_shard *b, char *why, size_t why_bytes)
{
    (void)ctx;
    struct net_shard *n;
    return net_start(b, &n, why, why_bytes);
}

static void unserve_shard(void *ctx, struct mr_shard *s)
{
    (void)ctx;
    net_stop(net_of(s), GRACE_MS);
}

/* ---- what a person wants to know ---- */

static void print_cpus(const struct server *sv, char *dst, size_t bytes)
{
    size_t at = (size_t)snprintf(dst, bytes, "%s", sv->cpu_count > 0 ? "cpus=" : "cpus=any");
    for (uint32_t i = 0; i < sv->cpu_count && at < bytes; i++)
        at += (size_t)snprintf(dst + at, bytes - at, "%s%d", i > 0 ? "," : "", sv->cpus[i]);
}

/* How the disk is used: what the probe chose, and what the operator did. */
static void print_journal(struct server *sv, const struct broker *b)
{
    struct config_view v = config_static(sv->config);
    bool paced = config_bool(&v, "millrace.journal.pace");
    int64_t slow = config_int(&v, "millrace.journal.slow.max.ms");
    char slowed[64] = "never";
    if (slow > 0)
        snprintf(slowed, sizeof(slowed), "above %d %% by at most %lld ms", PACE_SLOW / 10, (long long)slow);
    log_info(
        &sv->log, "serve",
        "journals of %.0f MiB a shard, %lld group%s in flight, background writes %s (1 to %d in flight), "
        "checkpoint from %d %%, produce slowed %s",
        (double)config_int(&v, "millrace.journal.bytes") / b->shards / (1 << 20),
        (long long)config_int(&v, "millrace.journal.flights"),
        config_int(&v, "millrace.journal.flights") > 1 ? "s" : "", paced ? "paced" : "in bursts",
        PACE_WRITES_MAX, (paced ? PACE_BEGIN : PACE_BURST_BEGIN) / 10, slowed);
}

static void print_started(struct server *sv, uint64_t began_ns)
{
    static const char *const found[] = {"new", "closed cleanly", "recovered after a crash"};
    const struct broker *b = boot_broker(sv->boot);
    const struct boot_report *r = boot_report(sv->boot);
    struct mr_log *log = &sv->log;
    char cpus[512];
    print_cpus(sv, cpus, sizeof(cpus));
    log_info(log, "serve", "millrace %s node.id=%d cluster.id=%s shards=%u %s", MR_VERSION, b->node_id,
             b->cluster_id, b->shards, cpus);
    log_info(log, "serve", "log directory %s (%s): %u topics, %u partitions", b->dirs[b->metadata_dir].path,
             found[r->state], r->topics, r->partitions);
    for (uint32_t d = 0; d < b->dir_count; d++) {
        if (d != b->metadata_dir)
            log_info(log, "serve", "log directory %s: %s", b->dirs[d].path,
                     b->dirs[d].dir != NULL && !atomic_load(&b->dirs[d].failed) ? "online" : "offline");
    }
    if (r->state == LOGDIR_CRASHED)
        log_info(log, "serve", "recovered %llu logs from %llu journal entries, %.1f MiB%s",
                 (unsigned long long)r->logs, (unsigned long long)r->journal_entries,
                 (double)r->journal_bytes / (1 << 20),
                 r->shards_before > 0 ? ", from another number of shards" : "");
    if (r->removed > 0 || r->strays > 0)
        log_info(log, "serve", "removed %u logs of deleted topics, set %u directories aside", r->removed,
                 r->strays);
    if (r->probe.took_ns > 0) {
        const struct probe_latency *l =
            r->probe.primitive == IO_FLUSH_DSYNC ? &r->probe.dsync : &r->probe.linked;
        log_info(log, "serve", "flush %s: p50 %.3f ms, p99 %.3f ms, blocks of %u bytes%s",
                 r->probe.primitive == IO_FLUSH_DSYNC ? "dsync" : "write+fdatasync", (double)l->p50_ns / 1e6,
                 (double)l->p99_ns / 1e6, r->probe.unit_bytes, r->probe.direct ? "" : ", no direct I/O here");
    }
    print_journal(sv, b);
    for (uint32_t i = 0; i < sv->config->listeners_count; i++) {
        const struct config_listener *l = &sv->config->listeners[i];
        log_info(log, "serve", "listening on %s://%s:%u, advertised as %s:%u", l->name,
                 l->host[0] != '\0' ? l->host : "*", b->bound_ports[i], l->advertised_host,
                 l->advertised_port != 0 ? l->advertised_port : b->bound_ports[i]);
    }
    log_info(log, "serve", "ready in %.0f ms", (double)(io_clock_ns(sv->io) - began_ns) / 1e6);
}

/* ---- the run ---- */

static int run(struct server *sv, uint64_t began_ns)
{
    struct boot_config bc = {
        .config = sv->config,
        .log = &sv->log,
        .shards = sv->config->shards,
        .descriptors = raise_files(sv),
        .probe = true,
        .bind = bind_ports,
        .serve = serve_shard,
        .unserve = unserve_shard,
        .ctx = sv,
    };
    int err = boot_new(&bc, &sv->boot);
    if (err != 0)
        return err;
    struct threads_config tc = {
        .count = sv->config->shards,
        .cpus = sv->cpu_count > 0 ? sv->cpus : NULL,
        .mailbox_slots = MAILBOX_SLOTS,
        .log = &sv->log,
        .ctx = sv,
        .make_io = make_io,
        .start = start_shard,
        .finish = finish_shard,
    };
    struct threads *threads;
    err = threads_start(&tc, &threads);
    if (err != 0) {
        log_error(&sv->log, "serve", "cannot start: %s",
                  boot_why(sv->boot)[0] != '\0' ? boot_why(sv->boot) : mr_err_text(err));
        return err;
    }
    print_started(sv, began_ns);
    int got = threads_wait(threads);
    uint64_t stop_ns = io_clock_ns(sv->io);
    if (got > 0)
        log_info(&sv->log, "serve", "%s: stopping", got == SIGINT ? "SIGINT" : "SIGTERM");
    threads_stop(threads);
    err = threads_join(threads);
    if (boot_why(sv->boot)[0] != '\0')
        log_error(&sv->log, "serve", "not closed cleanly, the next start recovers: %s", boot_why(sv->boot));
    else if (err == 0)
        log_info(&sv->log, "serve", "stopped cleanly in %.0f ms",
                 (double)(io_clock_ns(sv->io) - stop_ns) / 1e6);
    return err == 0 && boot_why(sv->boot)[0] != '\0' ? -EIO : err;
}

int cmd_serve(const struct cli *cli)
{
    struct server *sv = mem_zalloc(1, sizeof(*sv));
    if (sv == NULL)
        return 1;
    sv->cli = cli;
    log_to_stderr(&sv->log, LOG_INFO);
    char why[WHY_BYTES];
    struct io_config cfg = {.entries = 8, .recv_chunk_bytes = 4096, .recv_chunks_max = 1, .log = &sv->log};
    int err = io_new(&cfg, &sv->io, why, sizeof(why));
    if (err != 0) {
        log_error(&sv->log, "serve", "%s", why);
        mem_free(sv);
        return 1;
    }
    uint64_t began_ns = io_clock_ns(sv->io);
    err = load_config(sv);
    if (err == 0) {
        choose_level(sv);
        choose_cpus(sv);
        err = run(sv, began_ns);
    }
    boot_free(sv->boot);
    config_free(sv->config);
    io_free(sv->io);
    mem_free(sv);
    return err == 0 ? 0 : 1;
}
