/* tests/sim/lib/disk_priv.h - the disk of a node: inodes with two contents each, and a log of directory
 * changes.
 *
 * Every file has a view (what readers see: page cache and device together) and a stable content (what is
 * certain to survive a power loss). Both are maps of shared, counted 4 KiB pages, so that making a page
 * stable copies a pointer; NULL is a page of zeros. What lies between them is a list of pending changes in
 * the order they were made, each of which a power loss may keep, drop or tear by itself. Directories have two
 * entry maps likewise, and the disk has one list of pending directory changes. */
#ifndef SIM_DISK_PRIV_H
#define SIM_DISK_PRIV_H

#include "tests/sim/lib/sim_priv.h"

enum {
    PAGE_BYTES = 4096,
    SECTOR_BYTES = 512,
    CHUNK_PAGES = 64,
    PENDING_MAX = 512, /* per file; beyond, the oldest are written back, as a kernel does */
};
#define FILE_BYTES_MAX (UINT64_C(1) << 36)

struct page {
    uint32_t refs;
    uint8_t bytes[PAGE_BYTES];
};

struct page_chunk {
    struct page *view[CHUNK_PAGES];
    struct page *stable[CHUNK_PAGES];
    uint64_t allocated; /* bit per page: it takes space */
};

/* A change of a file that is not stable yet: a write (len > 0) and the size the file had after it. */
struct pending {
    struct mr_list link;
    uint64_t seq;
    uint64_t pos, len;
    uint64_t size;
    bool resizes;        /* the size changed with it */
    bool truncates;      /* a truncation: len is 0 */
    uint32_t page_count; /* of the pages that [pos, pos+len) touches; 0 when all are zeros */
    struct page *pages[];
};

struct dir_entry {
    char *name;
    struct inode *ino;
};

struct dir_map {
    struct dir_entry *items; /* sorted by name */
    uint32_t count, cap;
};

struct bad_range {
    struct mr_list link;
    uint64_t pos, len;
};

struct inode {
    struct disk *d;
    struct mr_list link; /* disk.inodes */
    uint64_t number;
    uint32_t refs; /* entries of both kinds, open files, pending changes, locks, operations */
    uint32_t uses; /* view entries and open files: as long as there are any, it takes space */
    bool is_dir;
    int64_t mtime_ms;
    /* a file */
    struct page_chunk **chunks;
    uint32_t chunk_count;
    uint64_t allocated_pages;
    uint64_t view_bytes, stable_bytes;
    struct mr_list pending;
    uint32_t pending_count;
    uint32_t flushing;    /* flushes in flight: pending writes are not merged meanwhile */
    bool forgot;          /* the view has writes that will never be stable (inode_doom()) */
    struct mr_list dirty; /* disk.dirty while pending is not empty */
    struct mr_list bad;   /* bad_range */
    uint64_t lock_owner;  /* process number, 0: none; UINT64_MAX: another process on the node */
    /* a directory */
    struct dir_map view, stable;
    struct inode *parent; /* as seen; not counted */
    bool cut;             /* scratch of a power loss or a sync */
};

enum dir_change_kind { DIR_LINK, DIR_UNLINK, DIR_RENAME };

struct dir_change {
    struct mr_list link; /* disk.changes */
    uint64_t seq;
    enum dir_change_kind kind;
    struct inode *dir, *dir2; /* references; dir2: of a rename */
    char *name, *name2;
    struct inode *ino;
    bool marked;
};

struct fault_rule {
    struct mr_list link;
    struct disk_fault f;
    char *path;
    uint64_t seen;
};

struct disk {
    struct sim_node *node;
    struct inode *root;
    struct mr_list inodes;
    struct mr_list dirty;
    struct mr_list changes;
    struct mr_list rules;
    uint64_t capacity_bytes;
    uint64_t used_pages;
    uint64_t seq; /* of completed changes of files and directories */
    uint64_t numbers;
    uint32_t change_count;
    uint32_t flushing; /* flushes in flight, of all files */
    uint32_t syncing;  /* io_sync_fs() in flight */
};

struct open_file {
    struct inode *ino;
    char *path;
    unsigned flags;
    uint32_t refs; /* the handle and operations */
};

/* ---- inode.c: life, sizes, pages ---- */
struct inode *inode_new(struct disk *d, bool is_dir);
struct inode *inode_ref(struct inode *ino);
void inode_unref(struct inode *ino);
void inode_use(struct inode *ino); /* a view entry or an open file more (takes a reference too) */
void inode_unuse(struct inode *ino);
void inode_power_loss(struct inode *ino, uint8_t keep_pct, uint8_t torn_pct);

/* Apply a completed write to the view. data NULL: zeros. Never fails: space was checked. durable: at once. */
void inode_write(struct inode *ino, const void *data, uint64_t len, uint64_t pos);
void inode_truncate(struct inode *ino, uint64_t bytes);
void inode_allocate(struct inode *ino, uint64_t pos, uint64_t len, bool keep_size);
/* How many of [pos, pos+len) have space, counted from pos. */
uint64_t inode_room(const struct inode *ino, uint64_t pos, uint64_t len);
size_t inode_read(const struct inode *ino, bool stable, uint64_t pos, void *dst, size_t len);
/* Make changes with seq <= limit stable. */
void inode_flush(struct inode *ino, uint64_t limit);
/* The same, and the last write too, without those between unless it lies over them. */
void inode_flush_with_last(struct inode *ino, uint64_t limit);
void inode_doom(struct inode *ino, uint64_t limit, bool all, struct rng *r); /* a flush failed */
bool inode_is_bad(const struct inode *ino, uint64_t pos, uint64_t len);
void inode_repair(struct inode *ino, uint64_t pos, uint64_t len);
void inode_rot(struct inode *ino, uint64_t pos, unsigned bit);

/* ---- page.c ---- */
struct page *page_new(const struct page *from);                   /* zeros when from is NULL; one reference */
struct page *page_ref(struct page *p);                            /* NULL is fine */
void page_unref(struct page *p);                                  /* likewise */
struct page **page_view(const struct inode *ino, uint64_t index); /* NULL: no such chunk */
struct page **page_stable(const struct inode *ino, uint64_t index); /* likewise */
struct page_chunk *chunk_make(struct inode *ino, uint64_t index);
void page_allocate(struct inode *ino, uint64_t index);
bool page_allocated(const struct inode *ino, uint64_t index);
void pages_free_from(struct inode *ino, uint64_t first); /* view pages and space of pages >= first */

/* ---- dir.c ---- */
int dir_find_path(struct disk *d, const char *path, bool stable,
                  struct inode **ret); /* borrowed; -ENOENT, -ENOTDIR */
/* The directory of the last part of path, and that part in name (256 bytes). -EINVAL for the root itself. */
int dir_find_parent(struct disk *d, const char *path, struct inode **ret, char *name);
struct inode *dir_find(const struct inode *dir, bool stable, const char *name);
void dir_link(struct inode *dir, const char *name, struct inode *ino);
void dir_unlink(struct inode *dir, const char *name);
int dir_rename(struct disk *d, const char *from, const char *to);
void dir_sync(struct inode *dir, uint64_t limit);
void dir_sync_all(struct disk *d, uint64_t limit);
void dir_power_loss(struct disk *d, uint8_t keep_pct);
void dir_clear(struct inode *dir); /* drop both maps */

void dir_mkdirs(struct disk *d, const char *path);
int dir_make_file(struct disk *d, const char *path, struct inode **ret); /* borrowed */

/* ---- fault.c ---- */
/* Decide how this operation will go (its fault_* fields). Returns how long it takes in ns. */
uint64_t fault_decide(struct sim_op *s, const char *path);
void faults_free(struct disk *d);

#endif
