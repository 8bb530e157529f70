/* Slowing appends when the journal fills faster than the background empties it: a gate that lets in some
 * bytes, and then closes for a while that grows with the fill (storage/pace.h has the figures). Who waits
 * stands in the line of those who wait for room: first come, first served. */
#include "storage/journal_priv.h"
#include "storage/pace.h"

enum { SAY_MS = 60000 };

static void gate_opens(struct mr_timer *t)
{
    journal_nudge(MR_CONTAINER(t, struct journal, slow_timer));
}

void journal_slow_init(struct journal *j)
{
    timer_init(&j->slow_timer, gate_opens);
}

bool journal_gate_closed(const struct journal *j)
{
    return timer_armed(&j->slow_timer) && j->failed == 0;
}

static void say(struct journal *j, uint64_t now, uint32_t fill, uint64_t wait)
{
    if (j->slow_said != 0 && now - j->slow_said < SAY_MS * 1000000ull)
        return;
    j->slow_said = now;
    log_info(j->cfg.shard->log, "storage",
             "shard %u: the journal is %u %% full, produce is slowed by up to %.1f ms; see "
             "millrace.journal.bytes",
             j->cfg.shard->id, fill / 10, (double)wait / 1e6);
}

bool journal_slowed(struct journal *j)
{
    if (j->cfg.slow_max_us == 0 || j->failed != 0)
        return false;
    uint64_t used = journal_bytes_used(j), max = journal_capacity(j);
    uint32_t fill = pace_fill(used, max);
    uint64_t wait = pace_slow_ns(fill, j->cfg.slow_max_us * 1000ull);
    uint64_t now = io_now_ns(j->io);
    if (wait == 0 || now >= j->slow_until) { /* a new round */
        if (journal_gate_closed(j))
            shard_timer_cancel(j->cfg.shard, &j->slow_timer);
        j->slow_until = now + wait;
        j->slow_left = pace_slow_bytes(used, max);
        return false;
    }
    if (j->slow_left > 0)
        return false;
    if (!journal_gate_closed(j)) {
        j->stats.slowed++;
        j->stats.slowed_ns += j->slow_until - now;
        say(j, now, fill, wait);
        shard_timer(j->cfg.shard, &j->slow_timer, j->slow_until - now);
    }
    return true;
}

void journal_took(struct journal *j, size_t body_bytes)
{
    j->slow_left -= mr_min(j->slow_left, body_bytes);
}

void journal_slow_end(struct journal *j)
{
    j->slow_until = 0;
    shard_timer_cancel(j->cfg.shard, &j->slow_timer);
}

bool journal_starved(const struct journal *j)
{
    return journal_someone_waits(j) && !journal_gate_closed(j);
}
