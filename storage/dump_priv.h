/* storage/dump_priv.h - what the files of a dump share: a window over the file, the line being written. */
#ifndef MR_DUMP_PRIV_H
#define MR_DUMP_PRIV_H

#include "core/arena.h"
#include "core/compress.h"
#include "core/scratch.h"
#include "net/wire/batch.h"
#include "net/wire/shape.h"
#include "storage/dump.h"
#include "storage/format.h"
#include "storage/source.h"

enum {
    DUMP_LINE_BYTES_MAX = 4 << 20, /* longer lines are cut */
    DUMP_PATH_BYTES = 4096,
};

/* ---- the dump ---- */

enum dump_dir {
    DIR_UNSEEN,
    DIR_UNKNOWN, /* there is no meta.properties: a file that was copied */
    DIR_IN_USE,  /* or left by a crash */
    DIR_CLOSED,
};

/* Whose records a file holds, when they have a meaning here. */
enum dump_topic { TOPIC_OTHER, TOPIC_METADATA, TOPIC_GROUPS, TOPIC_TXNS, DUMP_TOPICS };

struct dump {
    const struct dump_config *cfg;
    const char *path;
    const char *name; /* the last part of path */
    struct source src;
    struct mr_scratch line;
    bool line_cut;
    enum dump_topic topic;
    struct {
        bool known;
        struct mr_uuid id;
        enum dump_topic topic;
    } seen[DUMP_TOPICS]; /* topics of a journal's entries, by what they are */
    bool consumers; /* the group that is printed speaks the consumers' protocol: its members' bytes are known
                     */
    enum dump_dir dir;
    int failed; /* -ENOMEM, or no known file: ends the dump */
    struct comp *comp;
    struct mr_scratch batch, plain;
    struct mr_arena arena;
    struct dump_report report;
};

/* Lines of content (storage/dump_line.c). depth bars in front: 0 for what stands in the file itself. */
void line_begin(struct dump *d, unsigned depth);
void line_put(struct dump *d, const char *fmt, ...) MR_PRINTF(2, 3);
void line_bytes(struct dump *d, const void *p, size_t len); /* as they are */
/* In quotes, what is no printable UTF-8 escaped; at most max bytes of it. NULL: null. */
void line_text(struct dump *d, struct mr_slice text, size_t max);
/* The length of the UTF-8 character at p and which it is; 0: there is none (RFC 3629). May a terminal show
 * it? */
size_t line_utf8(const uint8_t *p, size_t left, uint32_t *ret);
bool line_may_show(uint32_t c);
void line_uuid(struct dump *d, struct mr_uuid id);
void line_end(struct dump *d);

/* `PATH: byte POS: ...` or, with end > pos, `PATH: bytes POS to END: ...`. */
void dump_problem(struct dump *d, uint64_t pos, uint64_t end, const char *fmt, ...) MR_PRINTF(4, 5);
/* The same for what may be in order: then it is only a note. dump_torn(): while a broker has the directory
 * open, or after a crash. */
void dump_doubt(struct dump *d, bool fine, uint64_t pos, uint64_t end, const char *fmt, ...) MR_PRINTF(5, 6);
#define dump_torn(d, ...) dump_doubt((d), dump_dir_in_use(d), __VA_ARGS__)

/* A struct by its shape as one JSON object, as Kafka's tools print it: tagged fields only when they are not
 * the default (storage/dump_json.c). */
void line_json(struct dump *d, const struct kw_shape *shape, int16_t version, const void *from);

/* Decode with info's codec into d->arena and print. 0, or why not. */
int line_message(struct dump *d, const struct kw_message *info, int16_t version, struct kw_reader *r);

/* ` key: {...} payload: {...}` of a record of __consumer_offsets or __transaction_state, as kafka-dump-log
 * prints it with --offsets-decoder or --transaction-log-decoder (storage/dump_coord.c). 0; -MR_E_VERSION,
 * -MR_E_CORRUPT: what could not be read stands there as text. */
int line_coord(struct dump *d, struct mr_slice key, struct mr_slice value);
/* Bytes of a member that have a form of their own; false: they have none, and nothing was printed. */
bool line_member_bytes(struct dump *d, const char *field, struct mr_slice bytes);

/* ---- kinds ---- */

/* Batches from the first byte to the last. base: of the file's name, -1: not known. newest: no later segment
 * is known, so a broker may be writing here. */
void dump_batches(struct dump *d, int64_t base, bool newest);
void dump_offset_index(struct dump *d, int64_t base);
void dump_time_index(struct dump *d, int64_t base);
void dump_txn_index(struct dump *d);
void dump_producers(struct dump *d); /* Kafka's OFFSET.snapshot */
void dump_journal(struct dump *d);
void dump_checkpoint(struct dump *d);
enum dump_text { TEXT_OFFSETS, TEXT_EPOCHS, TEXT_PROPERTIES, TEXT_LINES };
void dump_text_file(struct dump *d, enum dump_text kind);

/* What stands at pos of d->src, before end. 1: a whole batch: header and bytes are set. 0: the beginning of
 * one that is longer than what is left. -MR_E_VERSION: a message of format 0 or 1, bytes is set.
 * -MR_E_CORRUPT: no batch. Others: cannot be read. */
int dump_batch_at(struct dump *d, uint64_t pos, uint64_t end, struct kw_batch_header *h, uint64_t *bytes);
/* Its line, and with records those. False: its checksum or header is wrong, which has been said. */
bool dump_batch(struct dump *d, unsigned depth, uint64_t pos, const struct kw_batch_header *h,
                uint64_t bytes);
void dump_records(struct dump *d, unsigned depth, uint64_t pos, const struct kw_batch_header *h,
                  uint64_t bytes);

/* A partition record of len bytes at pos (storage/record.c). */
void dump_part_record(struct dump *d, unsigned depth, uint64_t pos, uint64_t len);

/* Of a journal's entry: what the partition beside it in the directory says. */
enum dump_topic dump_topic_of(struct dump *d, struct part_key key);

/* Of the log directory that the file lies in; looked at when it is first asked for. */
enum dump_dir dump_dir_state(struct dump *d);
bool dump_dir_in_use(struct dump *d);

#endif
