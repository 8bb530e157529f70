#include "storage/flush_list.h"

#include "storage/store_priv.h"

enum { SLOT_IDLE, SLOT_OPEN, SLOT_FLUSH, SLOT_CLOSE };

static void slot_step(struct mr_op *op);

void flush_list_init(struct flush_list *l, struct store *s, struct mr_file fs)
{
    *l = (struct flush_list){.store = s, .fs = fs};
    scratch_init(&l->paths, FLUSH_LIST_BYTES_MAX);
}

void flush_list_done(struct flush_list *l)
{
    MR_ASSERT(l->busy == 0);
    scratch_done(&l->paths);
}

/* IDLE -> OPEN -> FLUSH -> CLOSE -> IDLE; a directory goes straight to its flush and from there to IDLE. */
static void slot_start(struct flush_slot *slot)
{
    struct flush_list *l = slot->list;
    const char *entry = (const char *)l->paths.data + l->next;
    l->next += strlen(entry) + 1;
    l->busy++;
    slot->step = entry[0] == 'd' ? SLOT_CLOSE : SLOT_OPEN;
    op_init(&slot->op, slot_step);
    if (entry[0] == 'd')
        io_sync_dir(l->store->io, &slot->op, entry + 1);
    else
        io_open(l->store->io, &slot->op, entry + 1, IO_WRITE);
}

/* Idle slots take what is next. After an error nothing more is begun. */
static void fill(struct flush_list *l)
{
    for (int i = 0; i < FLUSH_LIST_AT_ONCE && l->err == 0 && l->next < l->paths.len; i++) {
        l->slots[i].list = l;
        if (l->slots[i].step == SLOT_IDLE)
            slot_start(&l->slots[i]);
    }
}

static void slot_step(struct mr_op *op)
{
    struct flush_slot *slot = MR_CONTAINER(op, struct flush_slot, op);
    struct flush_list *l = slot->list;
    if (op->result < 0 && l->err == 0)
        l->err = (int)op->result;
    if (slot->step == SLOT_OPEN && op->result >= 0) {
        slot->file = (struct mr_file){(int32_t)op->result};
        slot->step = SLOT_FLUSH;
        op_init(&slot->op, slot_step);
        io_flush(l->store->io, &slot->op, slot->file);
    } else if (slot->step == SLOT_FLUSH) {
        slot->step = SLOT_CLOSE;
        op_init(&slot->op, slot_step);
        io_close(l->store->io, &slot->op, slot->file);
    } else {
        slot->step = SLOT_IDLE;
        l->busy--;
        fill(l);
    }
}

static int run_whole(struct flush_list *l)
{
    struct mr_op op;
    op_init(&op, NULL);
    io_sync_fs(l->store->io, &op, l->fs);
    int err = (int)io_wait(l->store->io, &op);
    if (l->err == 0)
        l->err = err;
    return l->err;
}

int flush_list_run(struct flush_list *l)
{
    if (l->fs.h >= 0)
        return run_whole(l);
    fill(l);
    while (l->busy > 0) {
        int err = store_wait(l->store);
        if (err < 0) /* a broken ring completes nothing more */
            return err;
    }
    scratch_reset(&l->paths, FLUSH_LIST_BYTES_MAX);
    l->count = 0;
    l->next = 0;
    return l->err;
}

static int add(struct flush_list *l, char kind, const char *path)
{
    if (l->fs.h >= 0)
        return 0;
    int err = scratch_reserve(&l->paths, strlen(path) + 2);
    if (err == 0)
        err = scratch_put(&l->paths, &kind, 1);
    if (err == 0)
        err = scratch_put(&l->paths, path, strlen(path) + 1);
    l->count += err == 0;
    return err;
}

bool flush_list_full(const struct flush_list *l)
{
    return l->count >= FLUSH_LIST_FULL;
}

int flush_list_file(struct flush_list *l, const char *path)
{
    return add(l, 'f', path);
}

int flush_list_dir(struct flush_list *l, const char *path)
{
    return add(l, 'd', path);
}
