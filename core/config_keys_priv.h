/* core/config_keys_priv.h - how the tables of keys are written; for core/config_table_*.c and config_keys.c.
 */
#ifndef MR_CONFIG_KEYS_PRIV_H
#define MR_CONFIG_KEYS_PRIV_H

#include "core/config_keys.h"

#define K(type_, scope_, name_, default_, check_, flags_)                                                    \
    {                                                                                                        \
        .name = (name_), .def = (default_), .check = (check_), .type = CONFIG_##type_,                       \
        .scope = CONFIG_##scope_, .flags = (flags_)                                                          \
    }
/* The same with a default of our own that differs from Kafka's on purpose. */
#define KO(type_, scope_, name_, default_, ours_, check_, flags_)                                            \
    {                                                                                                        \
        .name = (name_), .def = (default_), .ours = (ours_), .check = (check_), .type = CONFIG_##type_,      \
        .scope = CONFIG_##scope_, .flags = (flags_)                                                          \
    }

#endif
