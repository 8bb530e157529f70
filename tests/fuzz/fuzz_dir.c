/* Log directories that anything may have happened to: `millrace verify`, `salvage` and `dump` over them, and
 * a start of the store.
 *
 * Input: a byte that chooses the directory (dir_image.h), one of what is done with it besides (bits of enum
 * mode), then edits (dir_edit.h). What must hold: nobody crashes or goes on for ever, what only looks changes
 * nothing, errors are those of its header, salvage succeeds, and what it made passes verify and serves. */
#include "tests/fuzz/fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/time.h>

#include "core/mem.h"
#include "storage/dump.h"
#include "storage/salvage.h"
#include "storage/verify.h"
#include "tests/fuzz/dir_edit.h"
#include "tests/fuzz/dir_start.h"

enum mode {
    MODE_RECORDS = 1,
    MODE_VALUES = 2,
    MODE_ENTRIES = 4,
    MODE_START = 8,
    MODE_SERVE = 16,
    MODE_AGAIN = 32
};

enum {
    SEEDS = 100,
    CPU_SECONDS_MAX = 60,        /* of one input, under a sanitizer on a slow machine */
    MEMORY_KIB_MAX = 2048 << 10, /* of all inputs so far; a sanitizer keeps much of what was freed */
    LINES_OF_ANY = 10000,
    LINES_OF_A_BYTE = 64, /* packed records */
};

#define ROOT "/data/logs"
#define SAVED "/data/saved"
#define SAVED_AGAIN "/data/again"

#define CHECK(cond, ...)                                                                                     \
    do {                                                                                                     \
        if (!(cond)) {                                                                                       \
            fprintf(stderr, __VA_ARGS__);                                                                    \
            fputc('\n', stderr);                                                                             \
            abort();                                                                                         \
        }                                                                                                    \
    } while (0)

struct look {
    const struct dir *d;
    struct world *w;
    struct sim_node *n;
    struct mr_io *io;
    struct mr_shard **shards;
    bool made_up;    /* bytes whose checksums were put right */
    bool unreadable; /* the disk has places that it cannot read */
    const char *who;
    char first[400];   /* of what was said */
    uint32_t ids_lost; /* topic ids that nothing tells any more: salvage has said so, and verify misses their
                          files */
    uint32_t files;
};

static void say(void *ctx, const char *line)
{
    struct look *l = ctx;
    l->ids_lost += strncmp(line, "lost topic id of ", 17) == 0;
    if (l->first[0] == '\0')
        snprintf(l->first, sizeof(l->first), "%s", line);
    if (getenv("MR_DIR_SAY") != NULL)
        fprintf(stderr, "%s: %s\n", l->who, line);
}

/* What is said of a directory that was salvaged. A marker whose checksum fits is copied whatever it says; and
 * batches that somebody made up, under checksums that fit, may leave a gap between segments that looks like
 * compaction's. */
static void say_wrong(void *ctx, const char *line)
{
    struct look *l = ctx;
    if (l->ids_lost > 0 && strstr(line, "/partition.metadata: No such file") != NULL)
        return;
    if (strstr(line, ": marker at offset ") == NULL &&
        !(l->made_up && strstr(line, " are missing before it") != NULL))
        say(ctx, line);
}

static void say_dumped(void *ctx, bool problem, const char *line)
{
    if (problem)
        say(ctx, line);
}

/* ---- the directory ---- */

static void put_files(struct look *l)
{
    char path[1400];
    node_mkdirs(l->n, ROOT);
    for (uint32_t i = 0; i < l->d->count; i++) {
        const struct dir_file *f = &l->d->files[i];
        if (f->gone)
            continue;
        snprintf(path, sizeof(path), ROOT "/%s", f->path);
        node_put(l->n, path, f->bytes, f->len);
        if (f->bad_length > 0)
            (void)node_bad_range(l->n, path, f->bad_from, f->bad_length, true);
        l->unreadable |= f->bad_length > 0;
        l->made_up |= f->seal;
    }
    node_put(l->n, ROOT "/.lock", "", 0);
}

static void see_file(void *ctx, const char *path, bool is_dir, uint64_t bytes)
{
    struct look *l = ctx;
    (void)path;
    (void)bytes;
    l->files += !is_dir;
}

/* Nobody has changed a byte. */
static void check_untouched(struct look *l)
{
    char path[1400];
    static uint8_t now[DIR_FILE_BYTES_MAX + 1];
    uint32_t want = 0;
    l->files = 0;
    node_walk(l->n, ROOT, see_file, l);
    for (uint32_t i = 0; i < l->d->count; i++) {
        const struct dir_file *f = &l->d->files[i];
        if (f->gone)
            continue;
        want++;
        snprintf(path, sizeof(path), ROOT "/%s", f->path);
        int64_t len = node_peek(l->n, path, 0, now, sizeof(now));
        CHECK(len == (int64_t)f->len && (len == 0 || memcmp(now, f->bytes, f->len) == 0), "%s changed %s",
              l->who, f->path);
    }
    CHECK(l->files == want + 1, "%s: %u files are there, %u were", l->who, l->files, want + 1);
}

/* ---- who looks ---- */

static void begin(struct look *l, const char *who)
{
    l->who = who;
    l->first[0] = '\0';
}

static void over(struct look *l)
{
    CHECK(world_io_handles(l->io) == 0, "%s left %u files open", l->who, world_io_handles(l->io));
}

static void verify(struct look *l, const char *path, bool sound)
{
    struct verify_report report;
    begin(l, "verify");
    int err = verify_dir(l->shards[0], path, sound ? say_wrong : say, l, &report);
    CHECK(err == 0 || (err == -EIO && l->unreadable), "verify of %s: %d", path, err);
    CHECK(!sound || l->first[0] == '\0', "verify of what was salvaged: %s", l->first);
    over(l);
}

static uint64_t salvage(struct look *l, const char *from, const char *to)
{
    struct salvage_report report;
    begin(l, "salvage");
    l->ids_lost = 0;
    int err = salvage_dir(l->shards[0], from, to, say, l, &report);
    CHECK(err == 0, "salvage of %s: %d", from, err);
    over(l);
    return report.losses;
}

static void dump(struct look *l, uint8_t mode)
{
    char path[1400];
    struct dump_config cfg = {.io = l->io,
                              .records = (mode & (MODE_RECORDS | MODE_VALUES)) != 0,
                              .values = (mode & MODE_VALUES) != 0,
                              .entries = (mode & MODE_ENTRIES) != 0,
                              .say = say_dumped,
                              .ctx = l};
    for (uint32_t i = 0; i < l->d->count; i++) {
        const struct dir_file *f = &l->d->files[i];
        struct dump_report report = {.lines = 0};
        if (f->gone)
            continue;
        begin(l, "dump");
        snprintf(path, sizeof(path), ROOT "/%s", f->path);
        int err = dump_file(&cfg, path, &report);
        CHECK(err == 0 || err == -MR_E_VERSION, "dump of %s: %d", path, err);
        CHECK(report.lines <= LINES_OF_ANY + LINES_OF_A_BYTE * f->len, "dump of %s: %llu lines", path,
              (unsigned long long)report.lines);
        over(l);
    }
}

/* ---- one input ---- */

static const struct dir *image(uint32_t i)
{
    static struct dir images[DIR_IMAGES]; /* of all inputs: making one takes longer than many of them */
    if (images[i].count == 0)
        dir_make(&images[i], i);
    return &images[i];
}

static void limit_time(int seconds)
{
    struct itimerval limit = {.it_value = {.tv_sec = seconds}};
    int err = setitimer(ITIMER_VIRTUAL, &limit, NULL);
    MR_ASSERT(err == 0);
}

static void check_memory(void)
{
    struct rusage use;
    int err = getrusage(RUSAGE_SELF, &use);
    MR_ASSERT(err == 0);
    CHECK(use.ru_maxrss <= MEMORY_KIB_MAX, "%ld KiB of memory", use.ru_maxrss);
}

static void look_at(const struct dir *d, uint8_t mode)
{
    struct world_options wo = world_options_default();
    struct look l = {.d = d, .w = world_new(1, &wo)};
    l.n = world_node(l.w, "a");
    put_files(&l);
    l.io = world_io(l.n, &(struct io_config){.shard = 0, .log = node_log(l.n)});
    int err = shards_new(1, &l.io, node_log(l.n), 2, &l.shards);
    MR_ASSERT(err == 0);
    verify(&l, ROOT, false);
    check_untouched(&l);
    dump(&l, mode);
    uint64_t losses = salvage(&l, ROOT, SAVED);
    check_untouched(&l);
    l.unreadable = false;
    verify(&l, SAVED, true);
    if ((mode & MODE_AGAIN) != 0) {
        uint64_t more = salvage(&l, SAVED, SAVED_AGAIN);
        CHECK(more <= losses + 1, "what was salvaged with %llu losses has %llu: %s",
              (unsigned long long)losses, (unsigned long long)more, l.first);
        verify(&l, SAVED_AGAIN, true);
    }
    shards_free(l.shards, 1);
    io_free(l.io);
    if ((mode & MODE_SERVE) != 0)
        dir_start(l.w, l.n, SAVED, d, true);
    if ((mode & MODE_START) != 0)
        dir_start(l.w, l.n, ROOT, d, false);
    world_free(l.w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct dir d;
    if (size < 2)
        return 0;
    dir_copy(&d, image(data[0] % DIR_IMAGES));
    dir_edit(&d, (struct mr_slice){data + 2, size - 2});
    limit_time(CPU_SECONDS_MAX);
    look_at(&d, data[1]);
    limit_time(0);
    check_memory();
    dir_done(&d);
    return 0;
}

/* The directories as they are, then with edits drawn by chance. */
size_t fuzz_seed(uint32_t i, uint8_t *to, size_t cap)
{
    if (i >= DIR_IMAGES + SEEDS || cap < 2)
        return 0;
    to[0] = (uint8_t)i;
    to[1] = (uint8_t)(i * 37);
    if (i < DIR_IMAGES)
        to[1] = UINT8_MAX;
    return 2 + (i < DIR_IMAGES ? 0 : dir_script(i, to + 2, cap - 2));
}
