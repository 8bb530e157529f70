/* A checkpoint's two files: their header, writing one in one go at a start or a close, and loading. */
#include <stdio.h>

#include "core/crc32c.h"
#include "core/mem.h"
#include "storage/checkpoint_priv.h"
#include "storage/plog_priv.h"

enum { BODY_BYTES_MAX = CHECKPOINT_BODY_BYTES_MAX };

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
    struct mr_buf *buf = buf_new(CHECKPOINT_BODY_AT + body_bytes, SEGMENT_UNIT, s->shard->id);
    if (buf == NULL)
        return -ENOMEM;
    if (body_bytes > 0)
        memcpy(buf->data + CHECKPOINT_BODY_AT, image->body->data, body_bytes);
    uint64_t counter = s->checkpoint_counter + 1;
    checkpoint_header_put(s, buf->data,
                          &(struct checkpoint_header){
                              .counter = counter,
                              .mark = *mark,
                              .flushed = flushed,
                              .partitions = image != NULL ? image->partitions : 0,
                              .body_bytes = body_bytes,
                              .body_crc = crc32c(0, buf->data + CHECKPOINT_BODY_AT, body_bytes),
                          });
    char name[64], path[SEGMENT_PATH_MAX];
    slot_name(s, name, sizeof(name), counter);
    checkpoint_slot_path(s, path, counter);
    uint64_t bytes = CHECKPOINT_BODY_AT + body_bytes;
    int err = how == SLOT_IN_ONE_STEP ? file_replace_wait(s->io, s->dir, name, buf->data, bytes) : -ENOSPC;
    if (err == -ENOSPC) /* also when there is no space for both: a full disk must not keep it from starting */
        err = file_put_wait(s->io, path, buf->data, bytes, true);
    buf_unref(buf);
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
    if (err == 0)
        err = write_slot(s, SLOT_IN_PLACE, mark, flushed, image);
    if (err != 0)
        return err;
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_dir(s->io, &op, s->dir);
    return (int)io_wait(s->io, &op);
}

/* ---- loading ---- */

static int load_slot(struct mr_io *io, const char *dir, uint32_t shard, unsigned slot,
                     struct checkpoint_image *ret)
{
    char path[SEGMENT_PATH_MAX];
    snprintf(path, sizeof(path), "%s/millrace-checkpoint-%u-%u", dir, shard, slot);
    uint8_t *bytes = NULL;
    size_t len = 0;
    int err = file_get_wait(io, path, BODY_BYTES_MAX, &bytes, &len);
    if (err != 0)
        return err;
    const uint8_t *h = bytes;
    err = -MR_E_CORRUPT;
    if (len < CHECKPOINT_BODY_AT || mr_get32(h) != CHECKPOINT_MAGIC || mr_get32(h + 108) != crc32c(0, h, 108))
        goto out;
    if (mr_get16(h + 4) != CHECKPOINT_FORMAT) {
        err = -MR_E_VERSION;
        goto out;
    }
    *ret = (struct checkpoint_image){
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
    };
    if (mr_get16(h + 6) != shard || ret->body_bytes > len - CHECKPOINT_BODY_AT ||
        mr_get32(h + 104) != crc32c(0, h + CHECKPOINT_BODY_AT, ret->body_bytes))
        goto out;
    ret->body = buf_new(ret->body_bytes, 64, shard);
    if (ret->body == NULL) {
        err = -ENOMEM;
        goto out;
    }
    memcpy(ret->body->data, h + CHECKPOINT_BODY_AT, ret->body_bytes);
    err = 0;
out:
    mem_free(bytes);
    return err;
}

int checkpoint_load(struct mr_io *io, const char *dir, uint32_t shard, struct checkpoint_image *ret)
{
    struct checkpoint_image image[2];
    memset(image, 0, sizeof(image));
    int err[2];
    for (unsigned slot = 0; slot < 2; slot++) {
        err[slot] = load_slot(io, dir, shard, slot, &image[slot]);
        if (err[slot] != 0 && err[slot] != -ENOENT && err[slot] != -MR_E_CORRUPT) {
            if (slot == 1 && err[0] == 0)
                buf_unref(image[0].body);
            return err[slot];
        }
    }
    if (err[0] != 0 && err[1] != 0)
        return err[0] == -MR_E_CORRUPT && err[1] == -MR_E_CORRUPT ? -MR_E_CORRUPT : -ENOENT;
    unsigned best = err[0] != 0 || (err[1] == 0 && image[1].counter > image[0].counter);
    if (err[1 - best] == 0)
        buf_unref(image[1 - best].body);
    *ret = image[best];
    return 0;
}

int checkpoint_record(const struct checkpoint_image *image, uint64_t *at, uint32_t *number,
                      struct mr_slice *ret)
{
    if (*number >= image->partitions)
        return 0;
    uint64_t left = image->body_bytes - *at;
    uint32_t bytes = left < 4 ? UINT32_MAX : mr_get32(image->body->data + *at);
    (*number)++;
    if (left < 4 || bytes > left - 4)
        return -MR_E_CORRUPT;
    *ret = (struct mr_slice){image->body->data + *at + 4, bytes};
    *at += 4 + (uint64_t)bytes;
    return 1;
}
