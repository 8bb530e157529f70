#include "storage/verify.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/mem.h"
#include "storage/file_put.h"
#include "storage/logdir.h"
#include "storage/verify_priv.h"

enum { SHARDS_MAX = 64, META_BYTES_MAX = 64 << 10, OPEN_VERSION = 71 };

void verify_find(struct verify *v, const struct verify_place *at, const char *fmt, ...)
{
    char line[2048 + SEGMENT_PATH_MAX];
    int n = 0;
    if (at != NULL && at->to > 0)
        n = snprintf(line, sizeof(line), "%s: bytes %llu to %llu: ", at->file, (unsigned long long)at->from,
                     (unsigned long long)at->to);
    else if (at != NULL)
        n = snprintf(line, sizeof(line), "%s: ", at->file);
    va_list args;
    va_start(args, fmt);
    vsnprintf(line + n, sizeof(line) - (size_t)n, fmt, args);
    va_end(args);
    v->report.findings++;
    v->say(v->ctx, line);
}

const char *verify_offsets(char dst[64], int64_t from, int64_t to)
{
    if (to < 0)
        snprintf(dst, 64, "offsets from %lld on", (long long)from);
    else if (to <= from)
        snprintf(dst, 64, "no offset");
    else
        snprintf(dst, 64, "offsets %lld to %lld", (long long)from, (long long)to - 1);
    return dst;
}

/* ---- files of the directory itself ---- */

static bool check_offsets(struct verify *v, struct offsets *o, const char *name, bool may_be_empty, int *err)
{
    char path[SEGMENT_PATH_MAX];
    snprintf(path, sizeof(path), "%s/%s", v->path, name);
    int got = *err == 0 ? offsets_load(o, v->io, path) : 0;
    if (got == -ENOMEM)
        *err = got;
    else if (got != 0 || (o->damaged && !(o->empty && may_be_empty)))
        verify_find(v, &(struct verify_place){.file = path}, "%s",
                    got != 0 ? mr_err_text(got) : "lines are missing or cannot be read");
    return o->there;
}

/* The value of key= in a line of text, up to the line's end. */
static bool property(const char *text, const char *key, char *dst, size_t bytes)
{
    size_t len = strlen(key);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, len) != 0 || line[len] != '=')
            continue;
        snprintf(dst, bytes, "%.*s", (int)strcspn(line + len + 1, "\r\n"), line + len + 1);
        return true;
    }
    return false;
}

static void check_meta(struct verify *v, const char *path, const char *text, size_t len)
{
    char value[128];
    char *end;
    struct verify_place at = {.file = path};
    if (strlen(text) != len)
        verify_find(v, &at, "bytes that are no text");
    if (!property(text, "version", value, sizeof(value)) ||
        (strcmp(value, "0") != 0 && strcmp(value, "1") != 0 && strcmp(value, "71") != 0))
        verify_find(v, &at, "no version that is known");
    else
        v->crashed = strcmp(value, "71") == 0;
    if (!property(text, "cluster.id", value, sizeof(value)) || value[0] == '\0')
        verify_find(v, &at, "no cluster.id");
    if (!property(text, "node.id", value, sizeof(value)) &&
        !property(text, "broker.id", value, sizeof(value)))
        verify_find(v, &at, "no node.id");
    else if (strtol(value, &end, 10) < 0 || *end != '\0' || value[0] == '\0')
        verify_find(v, &at, "node.id is no number");
    if (v->crashed && (!property(text, "millrace.session", value, sizeof(value)) ||
                       (v->session = session_parse(value)) == 0))
        verify_find(v, &at, "no millrace.session");
}

static int look_at_meta(struct verify *v)
{
    char path[SEGMENT_PATH_MAX];
    uint8_t *text = NULL;
    size_t len = 0;
    snprintf(path, sizeof(path), "%s/meta.properties", v->path);
    int err = file_get_wait(v->io, path, META_BYTES_MAX, &text, &len);
    if (err == 0)
        check_meta(v, path, (const char *)text, len);
    else if (err != -ENOMEM)
        verify_find(v, &(struct verify_place){.file = path}, "%s", mr_err_text(err));
    mem_free(text);
    return err == -ENOMEM ? err : 0;
}

/* In a closed directory: logs that it names, and that are not there. */
static void check_gone(struct verify *v, const struct names *dirs)
{
    for (uint32_t i = 0; i < v->ends.count; i++) {
        const struct offsets_line *line = &v->ends.items[i];
        if (line->offset > 0 && !names_has(dirs, line->name))
            verify_find(v, &(struct verify_place){.file = line->name},
                        "the directory is missing; the log ended at offset %lld", (long long)line->offset);
    }
}

/* Shards whose checkpoints are there. */
static uint32_t count_shards(const struct names *files)
{
    uint32_t shards = 0;
    for (uint32_t i = 0; i < files->count; i++) {
        unsigned id, n;
        char rest;
        if (sscanf(files->items[i], "millrace-checkpoint-%u-%u%c", &id, &n, &rest) == 2 && id < SHARDS_MAX)
            shards = (uint32_t)mr_max(shards, id + 1);
    }
    return shards;
}

static int check_dir(struct verify *v, const struct names *dirs, const struct names *files)
{
    struct offsets highs = {0};
    bool parts = false;
    int err = look_at_meta(v);
    check_offsets(v, &v->ends, "recovery-point-offset-checkpoint", false, &err);
    check_offsets(v, &v->starts, "log-start-offset-checkpoint", false, &err);
    check_offsets(v, &highs, "replication-offset-checkpoint", false, &err);
    check_offsets(v, &v->cleaned, "cleaner-offset-checkpoint", true, &err);
    offsets_done(&highs);
    if (err == 0)
        err = losses_load(&v->known, v->io, v->path);
    uint32_t shards = count_shards(files);
    for (uint32_t i = 0; err == 0 && i < shards; i++)
        err = verify_journal(v, i);
    for (uint32_t i = 0; err == 0 && i < dirs->count; i++) {
        int32_t n;
        if (names_partition(dirs->items[i], &n) == NULL)
            continue;
        parts = true;
        if (!(v->crashed && bounds_gone(&v->bounds, dirs->items[i])))
            err = verify_log(v, dirs->items[i]);
    }
    if (err == 0 && !v->crashed) {
        check_gone(v, dirs);
        if (parts && !names_has(files, ".kafka_cleanshutdown"))
            verify_find(v, &(struct verify_place){.file = v->path},
                        "no .kafka_cleanshutdown: Kafka left it uncleanly, or the file is missing");
    }
    return err;
}

int verify_dir(struct mr_shard *shard, const char *path, void (*say)(void *ctx, const char *line), void *ctx,
               struct verify_report *ret)
{
    struct verify v = {.shard = shard, .io = shard->io, .path = path, .say = say, .ctx = ctx};
    struct names dirs = {0}, files = {0};
    char lock_path[SEGMENT_PATH_MAX];
    struct mr_file lock = MR_NO_FILE;
    int err = names_list(&dirs, v.io, path, true);
    if (err == 0)
        err = names_list(&files, v.io, path, false);
    snprintf(lock_path, sizeof(lock_path), "%s/.lock", path);
    if (err == 0)
        err = io_lock_file(v.io, lock_path, &lock);
    if (err != 0)
        goto out;
    err = check_dir(&v, &dirs, &files);
    io_unlock_file(v.io, lock);
out:
    bounds_done(&v.bounds);
    offsets_done(&v.starts);
    offsets_done(&v.ends);
    offsets_done(&v.cleaned);
    losses_done(&v.known);
    names_done(&dirs);
    names_done(&files);
    *ret = v.report;
    return err;
}
