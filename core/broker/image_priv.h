/* core/broker/image_priv.h - what the files of the image share: one batch being applied. */
#ifndef MR_IMAGE_PRIV_H
#define MR_IMAGE_PRIV_H

#include "core/arena.h"
#include "core/broker/image.h"

struct image_apply {
    struct image *img;
    struct mr_arena arena; /* of one record at a time */
    struct image_change *changes;
    uint32_t change_count, change_cap;
    struct image_topic **gone; /* removed in this batch, freed behind the callbacks */
    uint32_t gone_count, gone_cap;
    bool announce; /* somebody wants to know the changes */
};

/* One record of the log, its head included. 0, -MR_E_CORRUPT, -MR_E_VERSION, -ENOMEM. Transaction records are
 * not for it. */
int image_record(struct image_apply *a, struct mr_slice record);

/* The type of a record, or -MR_E_CORRUPT, -MR_E_VERSION. */
int image_record_type(struct mr_slice record);

void image_topic_free(struct image_topic *t);
void image_broker_free(struct image_broker *b);

/* A map in image->other_configs, under its key. */
struct image_configs {
    struct config_map map; /* first: the value of the map points here */
    struct mr_str name;    /* all of key */
    char key[];
};
void image_configs_free(struct image_configs *c);

#endif
