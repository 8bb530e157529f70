/* tests/wire/golden.h - reads the files of tests/wire/golden/. Paths are those of the source tree. */
#ifndef MR_WIRE_GOLDEN_H
#define MR_WIRE_GOLDEN_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/base.h"

struct golden {
    FILE *file;
    char *line;
    size_t line_cap;
    char name[64]; /* of the entry: message, version, bytes, values */
    int16_t version;
    struct mr_slice bytes;
    char *values;
};

static inline void golden_die(const char *what, const char *which)
{
    fprintf(stderr, "golden: %s: %s\n", what, which);
    exit(1);
}

static inline void golden_open(struct golden *g, const char *path)
{
    *g = (struct golden){.file = fopen(path, "r")};
    if (g->file == NULL)
        golden_die("cannot open", path);
}

/* The next line that is not a comment, without its end; NULL at the end of the file. */
static inline char *golden_line(struct golden *g)
{
    ssize_t n;
    while ((n = getline(&g->line, &g->line_cap, g->file)) > 0) {
        if (g->line[n - 1] == '\n')
            g->line[n - 1] = '\0';
        if (g->line[0] != '#')
            return g->line;
    }
    return NULL;
}

static inline int golden_digit(char c)
{
    return c <= '9' ? c - '0' : c - 'a' + 10;
}

/* An allocation of exactly the bytes' length, so that a sanitizer sees reads past the end. */
static inline struct mr_slice golden_unhex(const char *hex)
{
    if (strcmp(hex, "-") == 0)
        hex = "";
    size_t len = strlen(hex) / 2;
    uint8_t *bytes = malloc(len + (len == 0));
    for (size_t i = 0; i < len; i++)
        bytes[i] = (uint8_t)(golden_digit(hex[2 * i]) << 4 | golden_digit(hex[2 * i + 1]));
    return (struct mr_slice){bytes, len};
}

static inline bool golden_next(struct golden *g)
{
    free((void *)(uintptr_t)g->bytes.ptr);
    free(g->values);
    g->bytes.ptr = NULL;
    g->values = NULL;
    char *line = golden_line(g);
    if (line == NULL)
        return false;
    int version;
    if (sscanf(line, "%63s %d", g->name, &version) != 2)
        golden_die("not a name and a version", line);
    g->version = (int16_t)version;
    line = golden_line(g);
    if (line == NULL)
        golden_die("no bytes", g->name);
    g->bytes = golden_unhex(line);
    line = golden_line(g);
    if (line == NULL)
        golden_die("no values", g->name);
    g->values = strdup(strcmp(line, "-") == 0 ? "" : line);
    return true;
}

static inline void golden_close(struct golden *g)
{
    free(g->line);
    fclose(g->file);
}

/* Calls visit for every .txt file in a folder beside this header; returns how many there were. */
static inline int golden_each(const char *folder, void (*visit)(const char *path))
{
    char path[1024], dir[512];
    const char *here = __FILE__;
    const char *slash = strrchr(here, '/');
    snprintf(dir, sizeof(dir), "%.*s/%s", (int)(slash - here), here, folder);
    DIR *d = opendir(dir);
    if (d == NULL)
        golden_die("cannot open", dir);
    int count = 0;
    for (struct dirent *e; (e = readdir(d)) != NULL;) {
        const char *dot = strrchr(e->d_name, '.');
        if (dot == NULL || strcmp(dot, ".txt") != 0)
            continue;
        snprintf(path, sizeof(path), "%s/%s", dir, e->d_name);
        visit(path);
        count++;
    }
    closedir(d);
    return count;
}

#endif
