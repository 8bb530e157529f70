/* A checkpoint's two files: their header, writing one in one go at a start or a close, and loading. */
#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/checkpoint_priv.h"
#include "storage/journal_priv.h"
#include "storage/plog_priv.h"

enum {
    BODY_BYTES_MAX = CHECKPOINT_BODY_BYTES_MAX,
    READ_BYTES = 512 * 1024,
    READS_AT_ONCE = 8,
    UNIT_LEAST = 512,
};

/* Of generations, sequences and the like: nothing counts so far. */
static const uint64_t number_max = UINT64_C(1) << 62;

/* Counter and slot alternate, so the last good checkpoint is never the one being written. */
void checkpoint_header_put(const struct store *s, uint8_t *h, const struct checkpoint_header *in)
{
    memset(h, 0, CHECKPOINT_BODY_AT);
    mr_put32(h, CHECKPOINT_MAGIC);
    mr_put16(h + 4, CHECKPOINT_FORMAT);
    mr_put16(h + 6, (uint16_t)s->shard->id);
    mr_put64(h + 8, in->counter);
    mr_put64(h + 16, s->generation);
    mr_put64(h + 24, in->mark.file);
    mr_put64(h + 32, in->mark.pos);
    mr_put64(h + 40, in->mark.sequence);
    mr_put64(h + 48, in->mark.generation);
    mr_put32(h + 56, in->mark.prev_crc);
    mr_put32(h + 60, s->journal_files);
    mr_put64(h + 64, s->journal_file_bytes);
    mr_put64(h + 72, in->flushed);
    mr_put64(h + 80, logdir_session(s->cfg.dir));
    mr_put32(h + 88, in->partitions);
    mr_put32(h + 92, s->cfg.unit);
    mr_put64(h + 96, in->body_bytes);
    mr_put32(h + 104, in->body_crc);
    mr_put32(h + 108, crc32c(0, h, 108));
}

static void slot_name(const struct store *s, char *dst, size_t bytes, uint64_t counter)
{
    snprintf(dst, bytes, "millrace-checkpoint-%u-%u", s->shard->id, (unsigned)(counter & 1));
}

void checkpoint_slot_path(const struct store *s, char *dst, uint64_t counter)
{
    char name[64];
    slot_name(s, name, sizeof(name), counter);
    snprintf(dst, SEGMENT_PATH_MAX, "%s/%s", s->dir, name);
}

enum slot_how { SLOT_IN_PLACE, SLOT_IN_ONE_STEP };

static int write_slot(struct store *s, enum slot_how how, const struct journal_mark *mark, uint64_t flushed,
                      const struct checkpoint_image *image)
{
    uint64_t body_bytes = image != NULL ? image->body_bytes : 0;
    uint8_t none[CHECKPOINT_BODY_AT];
    uint8_t *file = image != NULL ? image->whole->data : none; /* a header is written over the one before */
    uint64_t counter = s->checkpoint_counter + 1;
    checkpoint_header_put(s, file,
                          &(struct checkpoint_header){
                              .counter = counter,
                              .mark = *mark,
                              .flushed = flushed,
                              .partitions = image != NULL ? image->partitions : 0,
                              .body_bytes = body_bytes,
                              .body_crc = image != NULL ? image->body_crc : 0,
                          });
    char name[64], path[SEGMENT_PATH_MAX];
    slot_name(s, name, sizeof(name), counter);
    checkpoint_slot_path(s, path, counter);
    uint64_t bytes = CHECKPOINT_BODY_AT + body_bytes;
    int err = how == SLOT_IN_ONE_STEP ? file_replace_wait(s->io, s->dir, name, file, bytes) : -ENOSPC;
    if (err == -ENOSPC) /* also when there is no space for both: a full disk must not keep it from starting */
        err = file_put_wait(s->io, path, file, bytes, true);
    if (err == 0) {
        s->checkpoint_counter = counter;
        s->slot_bytes[counter & 1] = bytes;
    }
    return err;
}

/* The flush of the one that was loaded may have failed, and readers see it nevertheless: until there is a
 * certain one, the one before it must not be torn. */
int checkpoint_renew_wait(struct store *s, const struct checkpoint_image *image)
{
    int err = write_slot(s, SLOT_IN_ONE_STEP, &image->mark, image->flushed_sequence, image);
    s->image_renewed = err == 0;
    return err;
}

int checkpoint_write_wait(struct store *s, const struct journal_mark *mark,
                          const struct checkpoint_image *image)
{
    uint64_t flushed = journal_flushed_sequence(s->journal);
    enum slot_how how = s->recovering && s->checkpoint_counter > 0 ? SLOT_IN_ONE_STEP : SLOT_IN_PLACE;
    int err = s->image_renewed ? 0 : write_slot(s, how, mark, flushed, image);
    if (err == 0 && (s->image_renewed || image == NULL))
        err = write_slot(s, SLOT_IN_PLACE, mark, flushed, image);
    if (err != 0)
        return err;
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(s->io, &op, s->dir);
    return (int)io_wait(s->io, &op);
}

/* ---- loading ---- */

/* Can a ring have this shape, and replay begin there? A checksum says that nobody has changed what was
 * written, not that it was a store that wrote it. */
static bool is_possible(const struct checkpoint_image *image)
{
    const struct journal_mark *mark = &image->mark;
    uint64_t greatest =
        mr_max(mr_max(mr_max(image->counter, image->generation), mr_max(mark->file, mark->generation)),
               mr_max(mark->sequence, image->flushed_sequence));
    return greatest <= number_max && image->files >= 2 && image->files <= JOURNAL_FILES_MAX &&
           image->unit >= UNIT_LEAST && image->unit <= SEGMENT_UNIT && SEGMENT_UNIT % image->unit == 0 &&
           image->file_bytes > 0 && image->file_bytes <= INT64_MAX / JOURNAL_FILES_MAX &&
           image->file_bytes % SEGMENT_UNIT == 0 && mark->pos <= image->file_bytes &&
           mark->pos % image->unit == 0;
}

/* h: CHECKPOINT_BODY_AT bytes of a file of bytes. *ret is written only when it is valid. */
static int head_parse(const uint8_t *h, uint32_t shard, uint64_t bytes, struct checkpoint_image *ret)
{
    if (mr_get32(h) != CHECKPOINT_MAGIC || mr_get32(h + 108) != crc32c(0, h, 108))
        return -MR_E_CORRUPT;
    if (mr_get16(h + 4) != CHECKPOINT_FORMAT)
        return -MR_E_VERSION;
    if (mr_get16(h + 6) != shard || mr_get64(h + 96) > bytes - CHECKPOINT_BODY_AT)
        return -MR_E_CORRUPT;
    struct checkpoint_image image = {
        .counter = mr_get64(h + 8),
        .generation = mr_get64(h + 16),
        .mark = {.file = mr_get64(h + 24),
                 .pos = mr_get64(h + 32),
                 .sequence = mr_get64(h + 40),
                 .generation = mr_get64(h + 48),
                 .prev_crc = mr_get32(h + 56)},
        .files = mr_get32(h + 60),
        .file_bytes = mr_get64(h + 64),
        .flushed_sequence = mr_get64(h + 72),
        .session = mr_get64(h + 80),
        .partitions = mr_get32(h + 88),
        .unit = mr_get32(h + 92),
        .body_bytes = mr_get64(h + 96),
        .body_crc = mr_get32(h + 104),
    };
    if (!is_possible(&image))
        return -MR_E_CORRUPT;
    *ret = image;
    return 0;
}

/* The first bytes of a file, several reads side by side. Direct: most of it never was in the page cache.
 * -MR_E_CORRUPT: it is shorter. */
static int read_file(struct mr_io *io, const char *path, uint8_t *to, uint64_t bytes)
{
    struct mr_op ops[READS_AT_ONCE], op;
    op_init(&op, NULL);
    io_open(io, &op, path, IO_READ | IO_DIRECT);
    int64_t r = io_wait(io, &op);
    if (r < 0)
        return (int)r;
    struct mr_file f = {(int32_t)r};
    uint64_t cap = mr_round_up(bytes, SEGMENT_UNIT), got = 0;
    int err = 0;
    while (err == 0 && got < bytes) {
        uint32_t count = 0;
        for (uint64_t at = got; at < cap && count < READS_AT_ONCE; at += READ_BYTES, count++) {
            op_init(&ops[count], NULL);
            io_read(io, &ops[count], f, to + at, mr_min(cap - at, READ_BYTES), at);
        }
        bool whole = true;
        uint64_t before = got;
        for (uint32_t i = 0; i < count; i++) {
            int64_t n = io_wait(io, &ops[i]);
            if (!whole || err != 0)
                continue;
            err = (int)mr_imin(n, 0);
            got += n > 0 ? (uint64_t)n : 0;
            whole = n == (int64_t)READ_BYTES;
        }
        if (err == 0 && got < bytes)
            got = mr_round_down(got, SEGMENT_UNIT);
        if (err == 0 && got <= before)
            err = -MR_E_CORRUPT;
    }
    op_init(&op, NULL);
    io_close(io, &op, f);
    (void)io_wait(io, &op); /* nothing was written */
    return err;
}

static void slot_path(char *dst, const char *dir, uint32_t shard, unsigned slot)
{
    snprintf(dst, SEGMENT_PATH_MAX, "%s/millrace-checkpoint-%u-%u", dir, shard, slot);
}

static int load_head(struct mr_io *io, const char *dir, uint32_t shard, unsigned slot,
                     struct checkpoint_image *ret, uint64_t *ret_bytes)
{
    char path[SEGMENT_PATH_MAX];
    struct mr_op op;
    struct io_stat st = {0};
    slot_path(path, dir, shard, slot);
    op_init(&op, NULL);
    io_stat(io, &op, path, &st);
    int err = (int)io_wait(io, &op);
    if (err != 0)
        return err;
    *ret_bytes = st.bytes;
    if (st.bytes > BODY_BYTES_MAX)
        return -EFBIG;
    if (st.bytes < CHECKPOINT_BODY_AT)
        return -MR_E_CORRUPT;
    struct mr_buf *head = buf_new(CHECKPOINT_BODY_AT, SEGMENT_UNIT, shard);
    if (head == NULL)
        return -ENOMEM;
    err = read_file(io, path, head->data, CHECKPOINT_BODY_AT);
    if (err == 0)
        err = head_parse(head->data, shard, st.bytes, ret);
    buf_unref(head);
    return err;
}

static int load_body(struct mr_io *io, const char *dir, uint32_t shard, unsigned slot,
                     struct checkpoint_image *image)
{
    char path[SEGMENT_PATH_MAX];
    slot_path(path, dir, shard, slot);
    uint64_t bytes = CHECKPOINT_BODY_AT + image->body_bytes;
    image->whole = buf_new(mr_round_up(bytes, SEGMENT_UNIT), SEGMENT_UNIT, shard);
    if (image->whole == NULL)
        return -ENOMEM;
    int err = read_file(io, path, image->whole->data, bytes);
    if (err == 0 && crc32c(0, image->whole->data + CHECKPOINT_BODY_AT, image->body_bytes) != image->body_crc)
        err = -MR_E_CORRUPT;
    if (err == 0)
        return 0;
    buf_unref(image->whole);
    image->whole = NULL;
    return err;
}

static bool counts_not(int err)
{
    return err == -ENOENT || err == -MR_E_CORRUPT;
}

/* Both headers, and the records of the newer one; of the older one only when that is damaged. */
int checkpoint_load(struct mr_io *io, const char *dir, uint32_t shard, struct checkpoint_image *ret)
{
    struct checkpoint_image image[2];
    uint64_t bytes[2] = {0};
    memset(image, 0, sizeof(image));
    int err[2];
    for (unsigned slot = 0; slot < 2; slot++) {
        err[slot] = load_head(io, dir, shard, slot, &image[slot], &bytes[slot]);
        if (err[slot] != 0 && !counts_not(err[slot]))
            return err[slot];
    }
    while (err[0] == 0 || err[1] == 0) {
        unsigned best = err[0] != 0 || (err[1] == 0 && image[1].counter > image[0].counter);
        err[best] = load_body(io, dir, shard, best, &image[best]);
        if (err[best] == 0) {
            image[best].older_sequence = err[1 - best] == 0 ? image[1 - best].mark.sequence : 0;
            memcpy(image[best].slot_bytes, bytes, sizeof(bytes));
            *ret = image[best];
            return 0;
        }
        if (!counts_not(err[best]))
            return err[best];
    }
    return err[0] == -MR_E_CORRUPT && err[1] == -MR_E_CORRUPT ? -MR_E_CORRUPT : -ENOENT;
}

int checkpoint_record(const struct checkpoint_image *image, uint64_t *at, uint32_t *number,
                      struct mr_slice *ret)
{
    if (*number >= image->partitions)
        return 0;
    const uint8_t *records = image->whole->data + CHECKPOINT_BODY_AT;
    uint64_t left = image->body_bytes - *at;
    uint32_t bytes = left < 4 ? UINT32_MAX : mr_get32(records + *at);
    (*number)++;
    if (left < 4 || bytes > left - 4)
        return -MR_E_CORRUPT;
    *ret = (struct mr_slice){records + *at + 4, bytes};
    *at += 4 + (uint64_t)bytes;
    return 1;
}
