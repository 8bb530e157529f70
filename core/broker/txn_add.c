/* What is in the transaction. */
#include "core/broker/txn_priv.h"

static bool has_all(const struct txn *t, const struct txn_add *in)
{
    for (uint32_t i = 0; i < in->count; i++) {
        if (!txn_set_has(&t->parts, in->parts[i].topic, in->parts[i].partition))
            return false;
    }
    return true;
}

static int gather(struct txn *t, const struct txn_add *in)
{
    int err = txn_set_copy(&t->next_parts, &t->parts);
    for (uint32_t i = 0; i < in->count && err == 0; i++)
        err = txn_set_add(&t->next_parts, in->parts[i].topic, in->parts[i].partition);
    return err;
}

struct txn_answer txn_add(struct txn *t, const struct txn_limits *limits, const struct txn_add *in)
{
    if (!t->recorded)
        return txn_refuse(KW_INVALID_PRODUCER_ID_MAPPING);
    /* First of all: a client whose epochs were used up comes with the producer id that it was promised. */
    if (t->changing || txn_preparing(t))
        return txn_refuse(KW_CONCURRENT_TRANSACTIONS);
    if (in->producer_id != t->now.producer_id)
        return txn_refuse(KW_INVALID_PRODUCER_ID_MAPPING);
    if (in->producer_epoch != t->now.producer_epoch)
        return txn_refuse(KW_PRODUCER_FENCED);
    bool open = t->now.state == TXN_ONGOING;
    if (open && has_all(t, in))
        return (struct txn_answer){.producer_id = in->producer_id, .producer_epoch = in->producer_epoch};
    int err = gather(t, in);
    if (err != 0 || t->next_parts.count > limits->partitions_max) {
        txn_set_done(&t->next_parts);
        return txn_refuse(err != 0 ? KW_COORDINATOR_NOT_AVAILABLE : KW_INVALID_REQUEST);
    }
    struct txn_facts *next = txn_change(t, in->now_ms);
    t->next_has_parts = true;
    next->state = TXN_ONGOING;
    next->version = in->v2 && limits->version >= 2 ? 2 : 0;
    if (!open)
        next->start_ms = in->now_ms;
    return (struct txn_answer){.write = true,
                               .producer_id = in->producer_id,
                               .producer_epoch = in->producer_epoch};
}

int16_t txn_verify(const struct txn *t, int64_t producer_id, int16_t producer_epoch,
                   const struct txn_part *part)
{
    /* A change under way does not matter: what is appended is judged once more by its partition. */
    if (!t->recorded || producer_id != t->now.producer_id)
        return KW_INVALID_PRODUCER_ID_MAPPING;
    if (producer_epoch != t->now.producer_epoch)
        return KW_PRODUCER_FENCED;
    if (txn_preparing(t))
        return KW_CONCURRENT_TRANSACTIONS;
    return txn_set_has(&t->parts, part->topic, part->partition) ? KW_NONE : KW_TRANSACTION_ABORTABLE;
}
