/* core/broker/group_priv.h - a classic group's insides, for core/broker/group*.c alone.
 *
 * group.c         its life, memory, what others may look at
 * group_member.c  members and the protocols they offer
 * group_topics.c  what consumers subscribe to
 * group_join.c    who comes            group_sync.c   who gets what
 * group_leave.c   who goes             group_check.c  heartbeats, commits, administration
 * group_phase.c   Empty, Preparing, Completing: a rebalance from its start to the next generation
 * group_answer.c  answers to joins and syncs
 * group_tick.c    what is due          group_record.c, group_write.c  records and what became of them */
#ifndef MR_BROKER_GROUP_PRIV_H
#define MR_BROKER_GROUP_PRIV_H

#include "core/broker/group.h"
#include "core/err.h"
#include "core/list.h"
#include "core/map.h"
#include "net/wire/kw_error.h"

/* A new member does not know its id, so cannot send heartbeats, and while its request waits nobody sees that
 * its connection is gone: it is forgotten after this time. Kafka's group.new.member.join.timeout.ms is no
 * setting there either. */
enum { GROUP_NEW_MEMBER_MS = 5 * 60 * 1000 };

/* What a key of a map costs, about. */
enum { GROUP_KEY_BYTES = 40 };

/* The protocols of one member, in one block. */
struct group_protocols {
    size_t bytes; /* of the block */
    int32_t count;
    struct group_protocol items[];
};

struct group_member {
    struct mr_str id, instance_id, client_id, client_host; /* text behind this struct */
    size_t bytes;                                          /* of this block */
    int32_t session_timeout_ms, rebalance_timeout_ms;
    int64_t due_ms; /* its session ends; GROUP_NEVER: while it waits */
    struct group_protocols *protocols;
    struct mr_slice assignment; /* owned; of the last generation that became Stable */
    struct mr_slice next;       /* owned; of the record under way */
    void *join_req, *sync_req;  /* waiting; NULL: not */
    bool is_new;                /* has never seen an answer to its join: ends at due_ms even while it waits */
    bool sync_due;              /* has not sent the sync of this generation */
};

/* A name that members offer. */
struct group_offer {
    uint32_t members;
    uint32_t votes;
    uint64_t seen; /* group.stamp of the last list that named it: a list may repeat itself */
    struct mr_str name;
};

/* An id that was given out (KIP-394); its owner has not come back with it yet. */
struct group_pending {
    struct mr_str id;
    int64_t due_ms;
};

enum group_write_kind {
    GROUP_WRITE_CREATE,  /* the group exists */
    GROUP_WRITE_EMPTY,   /* nobody is left */
    GROUP_WRITE_ASSIGN,  /* a generation with its assignments */
    GROUP_WRITE_REPLACE, /* a static member came back under a new id */
};

struct group_write {
    struct mr_list link;
    size_t bytes; /* with old */
    uint64_t token;
    enum group_write_kind kind;
    int32_t generation;
    void *left_req;             /* EMPTY: the leave that waits for it */
    void *join_req;             /* REPLACE: the join that waits for it */
    struct group_member *old;   /* REPLACE: as it was, in nobody's list; comes back when the write fails */
    struct mr_str new_id;       /* REPLACE: who took its place; text behind this struct */
    struct mr_str leader;       /* REPLACE: who led before; likewise */
    bool skip_assignment_known; /* REPLACE */
};

struct group {
    struct mr_str id; /* text behind this struct */
    uint64_t bytes;
    enum group_state state, previous;
    int64_t state_wall_ms; /* when it came into its state; -1: not known (old records) */
    int32_t generation;
    bool recorded;                              /* a record of it was put into the log */
    bool new_member;                            /* someone came during the initial delay */
    bool topics_known;                          /* topics holds what its consumers subscribe to */
    struct mr_str protocol_type, protocol_name; /* owned; null: none */
    struct group_member *leader;                /* NULL: none */
    struct mr_smap members;                     /* id -> group_member */
    struct mr_smap instances;                   /* instance id -> group_member */
    struct mr_smap pending;                     /* id -> group_pending */
    struct mr_smap offers;                      /* protocol name -> group_offer */
    struct mr_smap topics;                      /* name -> its own text */
    uint64_t stamp;
    uint32_t joining;                /* members with a join_req */
    uint32_t syncs_due;              /* members with sync_due */
    int64_t next_ms;                 /* nothing is due before */
    int64_t join_due_ms;             /* the join phase ends; GROUP_NEVER */
    bool join_initial;               /* join_due_ms is the initial delay's */
    int32_t delay_ms, delay_left_ms; /* of the initial delay: this step, and what may follow */
    int64_t sync_due_ms;             /* those who have not sent their sync are removed; GROUP_NEVER */
    uint64_t tokens;
    struct mr_list writes;
};

static inline uint32_t group_count(const struct group *g)
{
    return smap_count(&g->members);
}

/* ---- group.c ---- */
void group_charge(struct group *g, size_t bytes);
void group_discharge(struct group *g, size_t bytes);
void group_due(struct group *g, int64_t at_ms); /* something is due then */
void group_move(struct group *g, struct group_turn *t, enum group_state to);
void group_tell(struct group *g, struct group_turn *t, enum group_note note, struct mr_str who,
                const char *why, struct mr_str reason);
/* An owned text; null in, null out. -ENOMEM: dst is as before. */
int group_text_set(struct group *g, struct mr_str *dst, struct mr_str src);

/* ---- group_member.c ---- */
struct group_member *group_member(const struct group *g, struct mr_str id);
struct group_member *group_member_next(const struct group *g, uint32_t *at);
struct group_pending *group_pending(const struct group *g, struct mr_str id);

/* What a join would add, bytes. */
uint64_t group_join_bytes(const struct group_join *in);

/* A member that is in no group yet. -ENOMEM. */
int group_member_new(struct mr_str id, const struct group_join *in, struct group_member **ret);
void group_member_free(struct group_member *m);
size_t group_member_bytes(const struct group_member *m); /* of it, as the group counts it */
/* Into the group; it becomes the leader when there is none. The group's protocol type becomes the member's
 * when it is the first. -ENOMEM: nothing changed. */
int group_member_add(struct group *g, struct group_member *m, struct mr_str protocol_type);
/* Out of the group, freed; what it waits for is answered with error. Another one leads if it did. */
void group_member_remove(struct group *g, struct group_turn *t, struct group_member *m, int16_t error);
/* new protocols and timeouts. -ENOMEM: nothing changed. */
int group_member_update(struct group *g, struct group_member *m, const struct group_join *in);
/* fresh takes the place of old, which has nothing waiting, and keeps what the generation gave it. old is the
 * caller's then. -ENOMEM: nothing changed. */
int group_member_swap(struct group *g, struct group_member *old, struct group_member *fresh);

int group_pending_add(struct group *g, struct mr_str id, int64_t due_ms); /* -ENOMEM */
void group_pending_remove(struct group *g, struct mr_str id);             /* harmless when it is not there */

/* At least one protocol that all members offer, and the right type. */
bool group_supports(struct group *g, const struct group_join *in);
/* The same names and metadata in the same order. */
bool group_protocols_match(const struct group_member *m, const struct group_join *in);
/* What all offer and most prefer; there is at least one member. */
struct mr_str group_choose_protocol(struct group *g);
struct mr_slice group_metadata(const struct group_member *m, struct mr_str protocol); /* empty: none */

int group_bytes_set(struct group *g, struct mr_slice *dst, struct mr_slice src); /* an owned copy; -ENOMEM */

/* 0, UNKNOWN_MEMBER_ID or FENCED_INSTANCE_ID. */
int16_t group_member_check(const struct group *g, struct mr_str id, struct mr_str instance_id);
/* Its session lasts from now. */
void group_member_alive(struct group *g, struct group_turn *t, struct group_member *m);

/* Wait. An older request of the member is answered: only one can be. */
void group_join_wait(struct group *g, struct group_turn *t, struct group_member *m, void *req);
void group_sync_wait(struct group *g, struct group_turn *t, struct group_member *m, void *req);
/* It waits no longer: its request, NULL when it did not wait. */
void *group_join_take(struct group *g, struct group_member *m);
/* An answer ends the waiting; harmless when it does not wait. accept: with the generation that is. */
void group_join_accept(struct group *g, struct group_turn *t, struct group_member *m, bool skip_assignment);
void group_join_refuse(struct group *g, struct group_turn *t, struct group_member *m, int16_t error,
                       struct mr_str member_id);
void group_sync_answer(struct group *g, struct group_turn *t, struct group_member *m, int16_t error);
void group_synced(struct group *g, struct group_member *m); /* this generation's sync has come */

/* ---- group_topics.c ---- */
void group_topics_find(struct group *g); /* out of memory: not known */
void group_topics_clear(struct group *g);

/* ---- group_phase.c ---- */
struct group_cause { /* of a rebalance, for the log */
    struct mr_str who;
    const char *why;
    struct mr_str reason;
};
void group_prepare(struct group *g, struct group_turn *t, const struct group_cause *cause);
/* prepare when it is Empty, Completing or Stable, else see whether all are here. */
void group_disturb(struct group *g, struct group_turn *t, const struct group_cause *cause);
void group_may_complete(struct group *g, struct group_turn *t); /* not during the initial delay */
bool group_all_joined(const struct group *g);
void group_complete(struct group *g, struct group_turn *t);
void group_delay_over(struct group *g, struct group_turn *t);
void group_forget_syncs(struct group *g); /* of this generation */

/* ---- group_answer.c ---- */
/* The generation that is. */
void group_join_tell(const struct group *g, struct group_turn *t, void *req, const struct group_member *m,
                     bool skip_assignment);
void group_join_error(const struct group *g, struct group_turn *t, void *req, int16_t error,
                      struct mr_str member_id);
/* Its assignment, unless there is an error. m NULL: with an error, of whoever is no member. */
void group_sync_tell(const struct group *g, struct group_turn *t, void *req, const struct group_member *m,
                     int16_t error);

/* ---- group_sync.c, group_join.c: what became of a record ---- */
void group_assigned(struct group *g, struct group_turn *t, const struct group_write *w, int16_t error);
void group_replaced(struct group *g, struct group_turn *t, struct group_write *w,
                    int16_t error); /* may take w->old */

/* ---- group_record.c ---- */
enum group_content {
    GROUP_CONTENT_NEW,     /* nothing but that it exists, as Kafka writes it */
    GROUP_CONTENT_EMPTY,   /* no members */
    GROUP_CONTENT_CURRENT, /* members and what they have */
    GROUP_CONTENT_NEXT,    /* members and what they shall have */
};
int group_value(const struct group *g, enum group_content content, struct mr_arena *a, struct mr_slice *ret);

/* ---- group_write.c ---- */
/* text: room for that many bytes behind it. old: taken, may be NULL. NULL: out of memory, old is the
 * caller's. */
struct group_write *group_write_new(struct group *g, enum group_write_kind kind, struct group_member *old,
                                    size_t text_bytes);
void group_write_free(struct group *g, struct group_write *w);
/* Hand a record out. Takes w. -MR_E_LIMIT: it cannot be encoded; w is the caller's again. */
int group_write(struct group *g, struct group_turn *t, struct group_write *w, enum group_content content);

#endif
