/* InitProducerId: who holds the transactional id. */
#include "core/broker/txn_priv.h"

static bool timeout_is_valid(const struct txn_limits *limits, const struct txn_init *in)
{
    return in->two_phase || (in->timeout_ms > 0 && in->timeout_ms <= limits->timeout_ms_max);
}

/* KIP-360: a producer that goes on after an error says who it is: the holder, or the one whose epochs were
 * used up and who did not hear the answer. */
static bool may_go_on(const struct txn *t, const struct txn_init *in)
{
    return in->producer_id == -1 || in->producer_id == t->now.producer_id ||
           (in->producer_id == t->now.previous_id && txn_exhausted(in->producer_epoch));
}

static struct txn_answer begin(struct txn *t, const struct txn_init *in, int64_t id, int16_t epoch,
                               int16_t last_epoch)
{
    struct txn_facts *next = txn_change(t, in->now_ms);
    if (!t->recorded)
        next->previous_id = id;
    next->state = TXN_EMPTY;
    next->producer_id = id;
    next->producer_epoch = epoch;
    next->last_epoch = last_epoch;
    next->next_id = -1;
    next->timeout_ms = in->two_phase ? INT32_MAX : in->timeout_ms; /* KIP-939: no timeout */
    next->start_ms = -1;
    return (struct txn_answer){.write = true,
                               .took_id = id == in->fresh_id,
                               .producer_id = id,
                               .producer_epoch = epoch};
}

static struct txn_answer begin_anew(struct txn *t, const struct txn_init *in, int16_t last_epoch)
{
    if (in->fresh_id < 0) {
        struct txn_answer a = txn_refuse(KW_COORDINATOR_NOT_AVAILABLE);
        a.need_id = true;
        return a;
    }
    return begin(t, in, in->fresh_id, 0, last_epoch);
}

static struct txn_answer raise_epoch(struct txn *t, const struct txn_init *in)
{
    const struct txn_facts *now = &t->now;
    bool known = in->producer_id != -1;
    if (txn_exhausted(now->producer_epoch) && (!known || in->producer_epoch == now->producer_epoch))
        return begin_anew(t, in, known ? now->producer_epoch : -1);
    if (!known)
        return begin(t, in, now->producer_id, (int16_t)(now->producer_epoch + 1), -1);
    if (in->producer_epoch == now->producer_epoch)
        return begin(t, in, now->producer_id, (int16_t)(now->producer_epoch + 1), now->producer_epoch);
    /* It repeats itself: nobody else came since, for that would have made last_epoch -1. */
    if (in->producer_epoch == now->last_epoch)
        return begin(t, in, now->producer_id, now->producer_epoch, now->last_epoch);
    return txn_refuse(KW_PRODUCER_FENCED);
}

struct txn_answer txn_init(struct txn *t, const struct txn_limits *limits, const struct txn_init *in)
{
    if (in->two_phase && !limits->two_phase)
        return txn_refuse(KW_TRANSACTIONAL_ID_AUTHORIZATION_FAILED);
    if (in->keep_prepared)
        return txn_refuse(KW_UNSUPPORTED_VERSION);
    if (!timeout_is_valid(limits, in))
        return txn_refuse(KW_INVALID_TRANSACTION_TIMEOUT);
    if (t->changing || txn_preparing(t))
        return txn_refuse(KW_CONCURRENT_TRANSACTIONS);
    if (!t->recorded) /* whoever it says it is: the id may have expired meanwhile */
        return begin_anew(t, in, -1);
    if (!may_go_on(t, in))
        return txn_refuse(KW_PRODUCER_FENCED);
    if (t->now.state == TXN_ONGOING) {
        struct txn_answer a = txn_refuse(KW_CONCURRENT_TRANSACTIONS); /* it comes again when that is done */
        txn_fence(t, limits, in->now_ms);
        a.write = true;
        return a;
    }
    return raise_epoch(t, in);
}
