/* tests/fuzz/dir_image.h - log directories in memory: real ones, as a store on a simulated machine left them,
 * to be damaged and looked at by fuzz_dir. */
#ifndef FUZZ_DIR_IMAGE_H
#define FUZZ_DIR_IMAGE_H

#include "storage/store.h"

enum {
    DIR_IMAGES = 6,
    DIR_FILES_MAX = 240,
    DIR_FILE_BYTES_MAX = 256 << 10, /* of one that grew, too */
};

struct dir_file {
    char *path; /* below the directory, as in "orders-0/00000000000000000000.log" */
    uint8_t *bytes;
    size_t len;
    bool gone;
    bool seal, seal_inner;         /* dir_seal() */
    uint64_t bad_from, bad_length; /* what the disk cannot read; length 0: nothing */
};

struct dir {
    struct dir_file files[DIR_FILES_MAX]; /* by path */
    uint32_t count;
    bool closed; /* cleanly */
    /* What a broker that goes on with it is made with. */
    uint32_t shards;
    struct store_config store;
    struct plog_config log;
};

/* The i-th one, i < DIR_IMAGES; to be freed with dir_done(). The same on every machine. */
void dir_make(struct dir *d, uint32_t i);
void dir_copy(struct dir *to, const struct dir *from);
void dir_done(struct dir *d);

/* The file's last name. */
const char *dir_name(const struct dir_file *f);
/* A file with this path: the one that is there, emptied, or a new one. NULL: too many. */
struct dir_file *dir_put(struct dir *d, const char *path);
/* Bytes [at, at + cut) of the file become `len` bytes, which the caller fills in. NULL: too many, nothing
 * changed. cut is limited to what is there. */
uint8_t *dir_splice(struct dir_file *f, size_t at, size_t cut, size_t len);

#endif
