/* The kinds of coordinators that this build serves. */
#include "core/broker/coord_priv.h"
#include "core/broker/group_coord.h"
#include "core/broker/txn_coord.h"

const struct coord_type *const coord_types[COORD_KINDS] = {
    [COORD_GROUP] = &group_coord_type,
    [COORD_TXN] = &txn_coord_type,
};
