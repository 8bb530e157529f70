/* storage/dump.h - one file of a log directory as lines of text, for a person or a script: Kafka's files and
 * millrace's own. Reads, changes nothing, takes no lock.
 *
 * What a file is follows from its name; if that says nothing, from its first bytes. A broker may be writing
 * it meanwhile: what is seen is then a moment's, its end may be torn, and what stands only in the journal is
 * not in the segments yet. Names of fields are those of kafka-dump-log where that prints them.
 * Formats: KIP-98 (batches), KIP-630 (metadata snapshots), storage/README.md (ours). */
#ifndef MR_DUMP_H
#define MR_DUMP_H

#include "core/io.h"

enum {
    DUMP_TEXT_BYTES_MAX = 1024,         /* of a key or value that is shown */
    DUMP_BATCH_BYTES_MAX = 256 << 20,   /* a larger batch has its line, its records are not shown */
    DUMP_RECORDS_BYTES_MAX = 256 << 20, /* the same for what it unpacks to */
};

struct dump_config {
    struct mr_io *io;
    bool records; /* of segments, snapshots and journals: every record */
    bool values;  /* with its key, value and headers as text */
    bool entries; /* of journals and checkpoints: what a block or record holds; records does that for journals
                   */
    /* One line without a newline, borrowed for the call. problem: not content, but what is wrong with it, or
     * why something is not shown; begins with the file's path. */
    void (*say)(void *ctx, bool problem, const char *line);
    void *ctx;
};

struct dump_report {
    uint64_t lines;    /* of content */
    uint64_t problems; /* damage, or what could not be shown */
    uint64_t notes;    /* what may be as it is: a torn end while a broker has the directory open */
};

/* Memory: about 3 MiB, and with records the largest batch, packed and unpacked. Damage is said and stepped
 * over. 0, also then; -EISDIR; -MR_E_VERSION: no file that is known here; -ENOMEM; or what opening it said
 * (-ENOENT, -EACCES, ...). */
int dump_file(const struct dump_config *cfg, const char *path, struct dump_report *ret);

#endif
