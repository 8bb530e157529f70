/* storage/salvage_ids.h - which topic has which id, out of a metadata log: its snapshots and segments. */
#ifndef MR_SALVAGE_IDS_H
#define MR_SALVAGE_IDS_H

#include "core/io.h"

struct salvage_id {
    struct mr_uuid id;
    char *name;
};

struct salvage_ids {
    struct salvage_id *items; /* in the order of their making: of one name the last one counts */
    uint32_t count, cap;
};

/* Of the log directory at root, as far as it can be read. 0, -ENOMEM. */
int salvage_ids_load(struct salvage_ids *ids, struct mr_io *io, const char *root);
bool salvage_ids_find(const struct salvage_ids *ids, struct mr_str name, struct mr_uuid *ret);
bool salvage_ids_name(const struct salvage_ids *ids, struct mr_uuid id, struct mr_str *ret);
void salvage_ids_done(struct salvage_ids *ids);

#endif
