/* probe DIR [--json] [--ms N]: what the disk under a log directory can do, and what the broker would choose
 * there. What the columns mean: tuning/README.md. */
#include <stdio.h>
#include <stdlib.h>

#include "core/log.h"
#include "core/probe.h"
#include "tuning/disk_cells.h"

static const uint32_t sizes[] = {512, 4096, 16384, 65536, 262144, 1048576};
static const uint32_t depths[] = {1, 4, 16};
static const enum disk_primitive primitives[] = {DISK_LINKED, DISK_DSYNC, DISK_UNFLUSHED};

struct options {
    const char *dir;
    bool json;
    uint32_t cell_ms;
};

static double us(uint64_t ns)
{
    return (double)ns / 1000;
}

static double per_s(uint64_t n, uint64_t took_ns)
{
    return (double)n * 1e9 / (double)took_ns;
}

static void print_json_text(const char *text)
{
    putchar('"');
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"' || *c == '\\')
            printf("\\%c", *c);
        else if ((unsigned char)*c < 0x20)
            printf("\\u%04x", (unsigned)*c);
        else
            putchar(*c);
    }
    putchar('"');
}

static const char *choice_name(enum io_flush_primitive p)
{
    return p == IO_FLUSH_DSYNC ? "dsync" : "fdatasync";
}

static void print_choice(const struct options *o, const struct probe_result *r)
{
    if (o->json) {
        printf("{\"dir\":");
        print_json_text(o->dir);
        printf(",\"direct\":%s,\"unit_bytes\":%u,\"choice\":\"%s\",\"probe_us\":%.0f,",
               r->direct ? "true" : "false", r->unit_bytes, choice_name(r->primitive), us(r->took_ns));
        printf("\"start\":{\"fdatasync\":{\"ops\":%u,\"p50_us\":%.1f,\"p99_us\":%.1f},"
               "\"dsync\":{\"ops\":%u,\"p50_us\":%.1f,\"p99_us\":%.1f}},\"cells\":[",
               r->linked.ops, us(r->linked.p50_ns), us(r->linked.p99_ns), r->dsync.ops, us(r->dsync.p50_ns),
               us(r->dsync.p99_ns));
        return;
    }
    printf("%s: direct I/O %s, unit %u bytes\n", o->dir, r->direct ? "yes" : "no", r->unit_bytes);
    printf("4 KiB write made durable (the broker's own check at start, %.1f ms):\n", us(r->took_ns) / 1000);
    printf("  write + fdatasync  p50 %8.1f us  p99 %8.1f us  (%u ops)\n", us(r->linked.p50_ns),
           us(r->linked.p99_ns), r->linked.ops);
    printf("  write with dsync   p50 %8.1f us  p99 %8.1f us  (%u ops)\n", us(r->dsync.p50_ns),
           us(r->dsync.p99_ns), r->dsync.ops);
    printf("  the broker would begin with: %s\n\n", choice_name(r->primitive));
    printf("%-10s %8s %6s %10s %10s %10s %10s %10s\n", "flush", "bytes", "depth", "p50 us", "p99 us",
           "max us", "ops/s", "MB/s");
}

static void print_cell(const struct options *o, const struct disk_cell *c, bool first)
{
    double mb_per_s = per_s(c->ops * c->bytes, c->took_ns) / 1e6;
    if (o->json)
        printf("%s{\"flush\":\"%s\",\"bytes\":%u,\"depth\":%u,\"ops\":%llu,\"p50_us\":%.1f,\"p99_us\":%.1f,"
               "\"max_us\":%.1f,\"ops_per_s\":%.0f,\"mb_per_s\":%.1f}",
               first ? "" : ",", disk_primitive_name(c->primitive), c->bytes, c->depth,
               (unsigned long long)c->ops, us(c->p50_ns), us(c->p99_ns), us(c->max_ns),
               per_s(c->ops, c->took_ns), mb_per_s);
    else
        printf("%-10s %8u %6u %10.1f %10.1f %10.1f %10.0f %10.1f\n", disk_primitive_name(c->primitive),
               c->bytes, c->depth, us(c->p50_ns), us(c->p99_ns), us(c->max_ns), per_s(c->ops, c->took_ns),
               mb_per_s);
    fflush(stdout);
}

static int run_cells(const struct options *o, struct disk_file *f, uint32_t unit_bytes)
{
    bool first = true;
    for (size_t p = 0; p < MR_COUNT(primitives); p++) {
        for (size_t s = 0; s < MR_COUNT(sizes); s++) {
            for (size_t d = 0; d < MR_COUNT(depths) && sizes[s] >= unit_bytes; d++) {
                struct disk_cell c = {.primitive = primitives[p], .bytes = sizes[s], .depth = depths[d]};
                int err = disk_cell_run(f, &c, (uint64_t)o->cell_ms * 1000000);
                if (err != 0)
                    return err;
                print_cell(o, &c, first);
                first = false;
            }
        }
    }
    return 0;
}

static int probe(const struct options *o, struct mr_io *io)
{
    struct probe_result r;
    struct disk_file f;
    int err = probe_flush(io, o->dir, &r);
    if (err == 0)
        err = disk_file_make(&f, io, o->dir);
    if (err != 0)
        return err;
    print_choice(o, &r);
    err = run_cells(o, &f, r.unit_bytes);
    double mb_per_s = 0;
    if (err == 0)
        err = disk_bulk_run(&f, (uint64_t)o->cell_ms * 10000000, &mb_per_s);
    disk_file_drop(&f);
    if (err == 0 && o->json)
        printf("],\"bulk_mb_per_s\":%.1f}\n", mb_per_s);
    else if (err == 0)
        printf("\nbulk: %.0f MB/s (1 MiB writes, 4 in flight, flushed at the end)\n", mb_per_s);
    return err;
}

static int usage(void)
{
    fprintf(stderr, "usage: probe DIR [--json] [--ms N]\n"
                    "  Measures durable writes in DIR (16 MiB of space, gone afterwards).\n"
                    "  --json  one JSON object in place of the table\n"
                    "  --ms N  measure each cell for N ms, 1 to 10000 (100)\n");
    return 2;
}

int main(int argc, char **argv)
{
    struct options o = {.cell_ms = 100};
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--json") == 0) {
            o.json = true;
        } else if (strcmp(argv[i], "--ms") == 0 && i + 1 < argc) {
            char *end = NULL;
            unsigned long ms = strtoul(argv[++i], &end, 10);
            if (*end != '\0' || ms < 1 || ms > 10000)
                return usage();
            o.cell_ms = (uint32_t)ms;
        } else if (argv[i][0] == '-' || o.dir != NULL) {
            return usage();
        } else {
            o.dir = argv[i];
        }
    }
    if (o.dir == NULL)
        return usage();

    struct mr_log log;
    log_to_stderr(&log, LOG_WARN);
    struct mr_io *io = NULL;
    char why[512];
    if (io_new(&(struct io_config){.log = &log}, &io, why, sizeof(why)) != 0) {
        fprintf(stderr, "probe: %s\n", why);
        return 1;
    }
    int err = probe(&o, io);
    io_free(io);
    if (err != 0)
        fprintf(stderr, "probe: %s: %s\n", o.dir, strerror(-err));
    return err == 0 ? 0 : 1;
}
