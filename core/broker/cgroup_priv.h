/* core/broker/cgroup_priv.h - a consumer group's insides, for core/broker/cgroup*.c alone.
 *
 * cgroup.c            its life, its state, what others may look at
 * cgroup_member.c     members as they stand in the log
 * cgroup_parts.c      sets of partitions
 * cgroup_draft.c      an event on its way: who is in the group when it is over
 * cgroup_heartbeat.c  who comes, stays, goes     cgroup_static.c     places that outlive their holders
 * cgroup_subscription.c  who wants what          cgroup_regex.c, cgroup_matching.c   names by expression
 * cgroup_target.c     what each shall have       cgroup_assign*.c    by which rule
 * cgroup_reconcile.c  what each may have now     cgroup_tick.c       what is due
 * cgroup_classic.c    members of the classic protocol                cgroup_convert.c  whole groups of it
 * cgroup_record.c, cgroup_replay.c  records, out and in */
#ifndef MR_BROKER_CGROUP_PRIV_H
#define MR_BROKER_CGROUP_PRIV_H

#include "core/broker/cgroup.h"
#include "core/err.h"
#include "core/map.h"
#include "net/wire/coord_record.h"
#include "net/wire/kw_error.h"

enum {
    CGROUP_KEY_BYTES = 40,              /* what a key of a map costs, about */
    CGROUP_RECORD_BYTES_MAX = 16 << 20, /* of one value */
    CGROUP_REGEX_PAUSE_MS = 10000,      /* expressions are matched anew no more often */
};

/* As Kafka's records have it. */
enum cgroup_member_state {
    CGROUP_MEMBER_STABLE = 0,
    CGROUP_MEMBER_UNREVOKED = 1,  /* it must give something back first */
    CGROUP_MEMBER_UNRELEASED = 2, /* it waits for what others give back */
    CGROUP_MEMBER_UNKNOWN = 127,
};

/* What a member said of itself: one block. */
struct cgroup_details {
    struct mr_str instance_id, rack_id, client_id, client_host, regex, assignor;
    const struct mr_str *names; /* sorted, each once */
    uint32_t name_count;
    int32_t rebalance_timeout_ms;
    bool classic;
    int32_t session_timeout_ms; /* classic only */
    const struct group_protocol *protocols;
    uint32_t protocol_count;
    size_t bytes;
};

struct cgroup_member {
    struct mr_str id; /* text behind this struct */
    struct cgroup_details *d;
    int32_t epoch, previous_epoch;
    int8_t state; /* enum cgroup_member_state */
    bool has_target;
    bool leaving; /* inside an event: it is gone when that is over */
    bool beats;   /* a heartbeat of it is on its way into the log, beside others' */
    struct cgroup_parts assigned, revoking, target;
    int64_t session_due_ms, revoke_due_ms, join_due_ms, sync_due_ms; /* GROUP_NEVER: none */
};

struct cgroup_regex {   /* as the log has it */
    struct mr_str text; /* text behind this struct */
    struct mr_str *topics;
    uint32_t topic_count;
    int64_t version, wall_ms;
    size_t bytes;
};

struct cgroup {
    struct mr_str id; /* text behind this struct */
    uint64_t bytes;
    bool recorded;
    bool has_partition_metadata; /* an older broker's record, which goes */
    int32_t epoch, assignment_epoch;
    int64_t metadata_hash;
    struct mr_smap members;           /* id -> cgroup_member */
    struct mr_smap instances;         /* instance id -> cgroup_member */
    struct mr_smap regexes;           /* text -> cgroup_regex */
    uint64_t topics_version;          /* that the epoch has taken into account; 0: none */
    uint64_t regexes_version;         /* likewise that of the expressions */
    int64_t regexes_ms;               /* when they were matched last; GROUP_NEVER: not yet */
    int64_t regexes_due_ms;           /* GROUP_NEVER */
    int64_t next_ms;                  /* nothing is due before */
    struct cgroup_matching *matching; /* of the expressions, under way; NULL: none */
};

static inline uint32_t cgroup_count(const struct cgroup *g)
{
    return smap_count(&g->members);
}

/* ---- cgroup.c ---- */
void cgroup_due(struct cgroup *g, int64_t at_ms);
void cgroup_clear(struct cgroup *g); /* as new */
bool cgroup_reconciled(const struct cgroup *g, const struct cgroup_member *m);

/* ---- cgroup_member.c ---- */
struct cgroup_member *cgroup_member(const struct cgroup *g, struct mr_str id);
struct cgroup_member *cgroup_member_next(const struct cgroup *g, uint32_t *at);
struct cgroup_member *cgroup_instance(const struct cgroup *g, struct mr_str instance_id); /* null id: NULL */
/* Found or made, with nothing known of it. NULL: no memory. */
struct cgroup_member *cgroup_member_make(struct cgroup *g, struct mr_str id);
void cgroup_member_remove(struct cgroup *g, struct cgroup_member *m);
/* Takes a copy of src. -ENOMEM. */
int cgroup_member_describe(struct cgroup *g, struct cgroup_member *m, const struct cgroup_details *src);
int cgroup_member_set(struct cgroup *g, struct cgroup_parts *dst, struct cgroup_parts src);
void cgroup_member_blank(struct cgroup_member *m); /* a draft's new one */
bool cgroup_details_eq(const struct cgroup_details *a, const struct cgroup_details *b);
bool cgroup_names_eq(const struct cgroup_details *a, const struct cgroup_details *b);
/* Sorted, each once, in the arena. NULL past its limit. */
const struct mr_str *cgroup_names(struct mr_arena *a, const struct mr_str *names, int32_t count,
                                  uint32_t *ret_count);
int cgroup_str_cmp(struct mr_str a, struct mr_str b); /* as Java orders ASCII */

/* ---- cgroup_draft.c ---- */

/* An event on its way. */
struct cgroup_draft {
    struct cgroup *g;
    struct cgroup_turn *t;
    struct cgroup_reply *ret;
    const struct cgroup_member *was;    /* the member that the event is about, as it is; NULL: it is new */
    struct cgroup_member *now;          /* as it will be, in the arena; NULL: the event is about nobody */
    struct cgroup_details details;      /* of now */
    const struct cgroup_details *base;  /* what it said before, or who had its place; NULL: nothing */
    const struct cgroup_regex *matched; /* expressions as they will be, beside the group's */
    uint32_t matched_count;
    int32_t epoch, assignment_epoch;      /* of the group, as they will be */
    const struct cgroup_member **members; /* all, as they will be; made by cgroup_draft_members() */
    uint32_t member_count;
};

void cgroup_draft_begin(struct cgroup_draft *d, struct cgroup *g, struct cgroup_turn *t,
                        struct cgroup_reply *ret);
/* Members that were marked as leaving stay, after all or for the moment: the log decides. If something did
 * not fit, the reply says so. */
void cgroup_draft_end(struct cgroup_draft *d);
/* The event is about m (NULL: a new member of this id). -MR_E_LIMIT. */
int cgroup_draft_member(struct cgroup_draft *d, const struct cgroup_member *m, struct mr_str id);
int cgroup_draft_members(struct cgroup_draft *d);
int16_t cgroup_refuse(struct cgroup_draft *d, int16_t error, const char *format, ...) MR_PRINTF(3, 4);
/* The expression's topics when the event is over; NULL: not matched yet. */
const struct cgroup_regex *cgroup_draft_regex(const struct cgroup_draft *d, struct mr_str text);

/* ---- cgroup_heartbeat.c ---- */
/* Of what the event's member is and was: records of it, of the group's epoch, of the target, of what it has.
 * owned NULL: not told. */
void cgroup_member_turn(struct cgroup_draft *d, const struct cgroup_parts *owned);
int16_t cgroup_room_check(struct cgroup_draft *d, struct mr_str member_id);

/* ---- cgroup_static.c ---- */
int16_t cgroup_static_check(struct cgroup_draft *d, const struct cgroup_member *m, struct mr_str instance_id,
                            struct mr_str member_id);
/* A new member takes the place of old. */
int cgroup_static_replace(struct cgroup_draft *d, struct cgroup_member *old, struct mr_str id, int32_t epoch);

/* ---- cgroup_subscription.c ---- */
/* The group's epoch goes up if bump, or if what it subscribes to has changed. -MR_E_LIMIT. */
int cgroup_refresh(struct cgroup_draft *d, bool bump);
/* Topics of one member, sorted by name, each once. */
struct cgroup_wants {
    const struct cgroup_topic *topics; /* that there are */
    uint32_t count;
    struct mr_str regex; /* whose they are, with names */
    const struct mr_str *names;
    uint32_t name_count;
};
/* The same wants for members that said the same. NULL: past the arena's limit. */
const struct cgroup_wants **cgroup_all_wants(struct cgroup_draft *d);

/* ---- cgroup_regex.c ---- */
/* The member's expression changes. *ret_bump: the group's epoch must go up. An error: refused. */
int16_t cgroup_regex_change(struct cgroup_draft *d, bool *ret_bump);
/* All expressions are matched; writes what changed. True: something did. */
bool cgroup_regex_match(struct cgroup_draft *d);

/* ---- cgroup_matching.c ---- */
/* A piece of the work. True: every expression of the group has been matched with the topics as they are;
 * false: the next event goes on, or t->failed. */
bool cgroup_matching_step(struct cgroup_draft *d);
/* After that, until the drop: names that an expression of the group stands for, sorted, borrowed. */
void cgroup_matching_found(const struct cgroup *g, struct mr_str text, struct mr_str **ret_names,
                           uint32_t *ret_count);
void cgroup_matching_drop(struct cgroup *g);

/* ---- cgroup_regex.c, goes on ---- */
/* Expressions that nobody has any more. */
void cgroup_regex_drop(struct cgroup_draft *d);
bool cgroup_has_regexes(const struct cgroup *g);

/* ---- cgroup_target.c ---- */
int cgroup_target(struct cgroup_draft *d); /* -MR_E_LIMIT */
enum cgroup_assignor cgroup_assignor_of(const struct cgroup_settings *s, const struct cgroup_member **members,
                                        uint32_t count);
const char *cgroup_assignor_name(enum cgroup_assignor a);
bool cgroup_assignor_find(const struct cgroup_settings *s, struct mr_str name, enum cgroup_assignor *ret);

/* ---- cgroup_reconcile.c ---- */
int cgroup_reconcile(struct cgroup_draft *d, const struct cgroup_parts *owned); /* -MR_E_LIMIT */
bool cgroup_waits_for_others(const struct cgroup *g, const struct cgroup_member *m, struct mr_arena *a);

/* ---- cgroup_tick.c ---- */
/* Members that are marked as leaving go. */
void cgroup_fence(struct cgroup_draft *d);

/* ---- cgroup_convert.c ---- */
/* Only members of the classic protocol will be left: the group becomes a classic one. False: it does not. */
bool cgroup_downgrade(struct cgroup_draft *d);

/* ---- cgroup_record.c ---- */
void cgroup_put_group(struct cgroup_draft *d, int32_t epoch, int64_t hash);
void cgroup_put_member(struct cgroup_turn *t, struct mr_str group, const struct cgroup_member *m);
void cgroup_put_target(struct cgroup_turn *t, struct mr_str group, struct mr_str member,
                       struct cgroup_parts parts);
void cgroup_put_target_epoch(struct cgroup_turn *t, struct mr_str group, int32_t epoch);
void cgroup_put_current(struct cgroup_turn *t, struct mr_str group, const struct cgroup_member *m);
void cgroup_put_regex(struct cgroup_turn *t, struct mr_str group, const struct cgroup_regex *r);
/* second.ptr NULL where the key has no second part. */
void cgroup_put_tombstone(struct cgroup_turn *t, struct mr_str group, enum kw_group_record type,
                          struct mr_str second);
void cgroup_put_gone(struct cgroup_turn *t, struct mr_str group, struct mr_str member);

#endif
