/* A transactional id: its life, its changes, what others may look at. */
#include "core/broker/txn_priv.h"
#include "core/mem.h"

static const char *const names[] = {
    [TXN_EMPTY] = "Empty",
    [TXN_ONGOING] = "Ongoing",
    [TXN_PREPARE_COMMIT] = "PrepareCommit",
    [TXN_PREPARE_ABORT] = "PrepareAbort",
    [TXN_COMPLETE_COMMIT] = "CompleteCommit",
    [TXN_COMPLETE_ABORT] = "CompleteAbort",
    [TXN_DEAD] = "Dead",
    [TXN_PREPARE_EPOCH_FENCE] = "PrepareEpochFence",
};

const char *txn_state_name(enum txn_state state)
{
    return names[state];
}

bool txn_state_of_name(struct mr_str name, enum txn_state *ret)
{
    for (size_t i = 0; i < MR_COUNT(names); i++) {
        if (mr_str_is(name, names[i])) {
            *ret = (enum txn_state)i;
            return true;
        }
    }
    return false;
}

int txn_new(struct mr_str id, struct txn **ret)
{
    if (id.len > TXN_ID_BYTES_MAX)
        return -MR_E_LIMIT;
    struct txn *t = mem_zalloc(1, sizeof(*t) + id.len);
    if (t == NULL)
        return -ENOMEM;
    char *text = (char *)(t + 1);
    memcpy(text, id.ptr, id.len);
    t->id = (struct mr_str){text, id.len};
    t->now = (struct txn_facts){.state = TXN_EMPTY,
                                .producer_id = -1,
                                .previous_id = -1,
                                .next_id = -1,
                                .producer_epoch = -1,
                                .last_epoch = -1,
                                .start_ms = -1,
                                .updated_ms = -1};
    txn_set_init(&t->parts);
    txn_set_init(&t->next_parts);
    *ret = t;
    return 0;
}

void txn_free(struct txn *t)
{
    if (t == NULL)
        return;
    txn_set_done(&t->parts);
    txn_set_done(&t->next_parts);
    mem_free(t);
}

bool txn_void(const struct txn *t)
{
    return !t->recorded && !t->changing;
}

uint64_t txn_bytes(const struct txn *t)
{
    return sizeof(*t) + t->id.len + t->parts.bytes + t->next_parts.bytes;
}

/* ---- changes ---- */

struct txn_facts *txn_change(struct txn *t, int64_t now_ms)
{
    MR_ASSERT(!t->changing);
    t->changing = true;
    t->next = t->now;
    t->next.previous_id = t->now.producer_id;
    t->next.updated_ms = now_ms;
    return &t->next;
}

bool txn_changing(const struct txn *t)
{
    return t->changing;
}

void txn_written(struct txn *t, bool stable)
{
    MR_ASSERT(t->changing);
    t->changing = false;
    if (stable) {
        t->now = t->next;
        t->recorded = t->now.state != TXN_DEAD;
        if (t->next_has_parts) {
            struct txn_set old = t->parts;
            t->parts = t->next_parts;
            t->next_parts = old;
        }
    }
    t->next_has_parts = false;
    txn_set_done(&t->next_parts);
}

int16_t txn_write_error(int16_t append_error)
{
    switch (append_error) {
    case KW_UNKNOWN_TOPIC_OR_PARTITION:
    case KW_NOT_ENOUGH_REPLICAS:
    case KW_NOT_ENOUGH_REPLICAS_AFTER_APPEND:
    case KW_REQUEST_TIMED_OUT:
        return KW_COORDINATOR_NOT_AVAILABLE;
    case KW_NOT_LEADER_OR_FOLLOWER:
    case KW_KAFKA_STORAGE_ERROR:
        return KW_NOT_COORDINATOR;
    case KW_MESSAGE_TOO_LARGE:
    case KW_RECORD_LIST_TOO_LARGE:
        return KW_UNKNOWN_SERVER_ERROR;
    default:
        return append_error;
    }
}

/* ---- expiry ---- */

bool txn_expires(const struct txn *t, const struct txn_limits *limits, int64_t now_ms)
{
    int64_t at_ms;
    if (t->changing || !t->recorded || t->now.state == TXN_ONGOING || txn_preparing(t) ||
        t->now.state == TXN_DEAD)
        return false;
    return !__builtin_add_overflow(t->now.updated_ms, limits->expiration_ms, &at_ms) && at_ms <= now_ms;
}

void txn_expire(struct txn *t)
{
    txn_change(t, t->now.updated_ms)->state = TXN_DEAD;
}

/* ---- looking ---- */

bool txn_next_part(const struct txn *t, uint32_t *topic, uint32_t *part, struct txn_part *ret)
{
    for (;;) {
        uint32_t at = *topic;
        const struct txn_topic *in = txn_set_next(&t->parts, &at);
        if (in == NULL)
            return false;
        int32_t p = txn_topic_next(in, part);
        if (p >= 0) {
            *ret = (struct txn_part){in->name, p};
            return true;
        }
        *topic = at;
        *part = 0;
    }
}

void txn_describe(const struct txn *t, struct txn_view *ret)
{
    *ret = (struct txn_view){.id = t->id,
                             .state = t->now.state,
                             .producer_id = t->now.producer_id,
                             .producer_epoch = t->now.producer_epoch,
                             .timeout_ms = t->now.timeout_ms,
                             .start_ms = t->now.start_ms,
                             .updated_ms = t->now.updated_ms,
                             .partitions = t->parts.count};
}
