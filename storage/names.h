/* storage/names.h - the entries of a directory, and Kafka's files of "topic partition offset" lines, for
 * whoever looks at a log directory from outside. */
#ifndef MR_NAMES_H
#define MR_NAMES_H

#include "core/io.h"

enum {
    NAMES_MAX = 1 << 20,
    TOPIC_BYTES_MAX = 249, /* of a topic's name, as in Kafka */
};

struct names {
    char **items; /* sorted */
    uint32_t count;
    bool dirs; /* wanted: directories, or files */
};

int names_list(struct names *n, struct mr_io *io, const char *path,
               bool dirs); /* 0, -ENOENT, -MR_E_LIMIT, ... */
void names_done(struct names *n);
bool names_has(const struct names *n, const char *name);

/* TOPIC-N. Where N begins, or NULL: not the name of a partition's directory. */
const char *names_partition(const char *name, int32_t *ret);

/* Of topics' names, as in Kafka. */
static inline bool names_char_legal(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
}

/* Can a topic have this name, and partitions this number? What a disk gave back names directories, here and
 * in what salvage makes: nothing leads out of them. */
bool names_legal(struct mr_str topic, int64_t partition);

/* Version 0, a count, then one line a partition. */
struct offsets_line {
    char *name; /* "topic-0" */
    int64_t offset;
};
struct offsets {
    struct offsets_line *items;
    uint32_t count, cap;
    bool there;
    bool empty;   /* the file is: Kafka makes cleaner-offset-checkpoint so, and writes it after a pass */
    bool damaged; /* lines are missing, or cannot be read: what could be is here */
};

/* A file that is not there is empty. 0, -EIO, -ENOMEM. */
int offsets_load(struct offsets *o, struct mr_io *io, const char *path);
int offsets_put(struct offsets *o, const char *name, int64_t offset);
void offsets_done(struct offsets *o);
int64_t offsets_of(const struct offsets *o, const char *name); /* -1: none */
/* As text, from mem_alloc; NULL: out of memory. */
char *offsets_text(const struct offsets *o, size_t *ret_len);

#endif
