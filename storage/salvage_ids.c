#include "storage/salvage_ids.h"

#include <stdio.h>

#include "core/mem.h"
#include "net/wire/gen/meta_topics.h"
#include "net/wire/records.h"
#include "storage/names.h"
#include "storage/segment.h"
#include "storage/walk.h"

enum { TOPIC_RECORD = 2, REMOVE_TOPIC_RECORD = 9, ARENA_BYTES = 1 << 20 };

void salvage_ids_done(struct salvage_ids *ids)
{
    for (uint32_t i = 0; i < ids->count; i++)
        mem_free(ids->items[i].name);
    mem_free(ids->items);
    *ids = (struct salvage_ids){.items = NULL};
}

static int add(struct salvage_ids *ids, struct mr_uuid id, struct mr_str name)
{
    if (ids->count == ids->cap) {
        uint32_t cap = ids->cap == 0 ? 64 : ids->cap * 2;
        void *grown = mem_realloc(ids->items, (size_t)cap * sizeof(*ids->items));
        if (grown == NULL)
            return -ENOMEM;
        ids->items = grown;
        ids->cap = cap;
    }
    char *copy = mem_text(name.ptr, name.len);
    if (copy == NULL)
        return -ENOMEM;
    ids->items[ids->count++] = (struct salvage_id){id, copy};
    return 0;
}

static void removed(struct salvage_ids *ids, struct mr_uuid id)
{
    for (uint32_t i = ids->count; i > 0; i--) {
        if (!mr_uuid_eq(ids->items[i - 1].id, id))
            continue;
        mem_free(ids->items[i - 1].name);
        memmove(&ids->items[i - 1], &ids->items[i], (ids->count - i) * sizeof(*ids->items));
        ids->count--;
        return;
    }
}

static int take_record(struct salvage_ids *ids, struct mr_slice value)
{
    struct kw_reader r = kw_reader_of(value);
    struct mr_arena arena;
    uint32_t frame = kw_get_uvarint(&r), key = kw_get_uvarint(&r), version = kw_get_uvarint(&r);
    int err = 0;
    if (r.err != 0 || frame != 1 || version > INT16_MAX)
        return 0;
    arena_init(&arena, ARENA_BYTES);
    if (key == TOPIC_RECORD) {
        struct kw_topic_record t;
        if (kw_topic_record_decode(&r, (int16_t)version, &arena, &t) == 0 && names_legal(t.name, 0))
            err = add(ids, t.topic_id, t.name);
    } else if (key == REMOVE_TOPIC_RECORD) {
        struct kw_remove_topic_record t;
        if (kw_remove_topic_record_decode(&r, (int16_t)version, &arena, &t) == 0)
            removed(ids, t.topic_id);
    }
    arena_done(&arena);
    return err;
}

static int take_batch(struct salvage_ids *ids, const struct kw_batch *b)
{
    struct record_iter it;
    struct kw_record record;
    int err = 0;
    if (batch_is_control(&b->h) || batch_codec(&b->h) != COMP_NONE)
        return 0; /* KRaft packs none of its own */
    record_iter_init(&it, batch_payload(b), b->h.record_count);
    while (err == 0 && record_next(&it, &record) == 1)
        err = record.value.ptr == NULL ? 0 : take_record(ids, record.value);
    return err;
}

static int take_file(struct salvage_ids *ids, struct mr_io *io, const char *path, int64_t base)
{
    struct walk w;
    struct walk_piece p;
    int more = walk_open(&w, io, path, base, INT64_MAX), err = 0;
    while (more == 0 && err == 0 && walk_next(&w, &p) == 1)
        err = p.kind == WALK_BATCH ? take_batch(ids, &p.b) : 0;
    walk_close(&w);
    return more == -ENOMEM ? more : err;
}

int salvage_ids_load(struct salvage_ids *ids, struct mr_io *io, const char *root)
{
    char dir[SEGMENT_PATH_MAX], path[SEGMENT_PATH_MAX];
    struct names files;
    snprintf(dir, sizeof(dir), "%.1000s/__cluster_metadata-0", root);
    int err = names_list(&files, io, dir, false);
    for (int snapshots = 1; snapshots >= 0 && err == 0; snapshots--) { /* what they hold is older */
        for (uint32_t i = 0; i < files.count && err == 0; i++) {
            const char *dot = strrchr(files.items[i], '.');
            int64_t base = segment_base_of(files.items[i], ".log");
            if (snapshots == 1 ? dot == NULL || strcmp(dot, ".checkpoint") != 0 : base < 0)
                continue;
            snprintf(path, sizeof(path), "%.1000s/%.300s", dir, files.items[i]);
            err = take_file(ids, io, path, mr_imax(base, 0));
        }
    }
    names_done(&files);
    return err == -ENOMEM ? err : 0;
}

bool salvage_ids_find(const struct salvage_ids *ids, struct mr_str name, struct mr_uuid *ret)
{
    for (uint32_t i = ids->count; i > 0; i--) {
        if (!mr_str_is(name, ids->items[i - 1].name))
            continue;
        *ret = ids->items[i - 1].id;
        return true;
    }
    return false;
}

bool salvage_ids_name(const struct salvage_ids *ids, struct mr_uuid id, struct mr_str *ret)
{
    for (uint32_t i = ids->count; i > 0; i--) {
        if (!mr_uuid_eq(ids->items[i - 1].id, id))
            continue;
        *ret = mr_str_of(ids->items[i - 1].name);
        return true;
    }
    return false;
}
