/* Written by net/wire/schema/gen.py from raft_voters.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_RAFT_VOTERS_H
#define MR_WIRE_GEN_RAFT_VOTERS_H

#include "net/wire/message.h"

/* AddRaftVoterRequest: key 80, v0, flexible v0+. */
struct kw_add_raft_voter_request_listener {
    struct mr_str name;
    struct mr_str host;
    uint16_t port;
};
struct kw_add_raft_voter_request {
    struct mr_str cluster_id; /* may be null */
    int32_t timeout_ms;
    int32_t voter_id;
    struct mr_uuid voter_directory_id;
    struct kw_add_raft_voter_request_listener *listeners;
    int32_t listeners_count;
};
void kw_add_raft_voter_request_listener_init(struct kw_add_raft_voter_request_listener *m);
void kw_add_raft_voter_request_init(struct kw_add_raft_voter_request *m);
int kw_add_raft_voter_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_add_raft_voter_request *ret);
void kw_add_raft_voter_request_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_add_raft_voter_request *m);
extern const struct kw_message kw_add_raft_voter_request_info;

/* AddRaftVoterResponse: key 80, v0, flexible v0+. */
struct kw_add_raft_voter_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
void kw_add_raft_voter_response_init(struct kw_add_raft_voter_response *m);
int kw_add_raft_voter_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                      struct kw_add_raft_voter_response *ret);
void kw_add_raft_voter_response_encode(struct kw_writer *w, int16_t version,
                                       const struct kw_add_raft_voter_response *m);
extern const struct kw_message kw_add_raft_voter_response_info;

/* RemoveRaftVoterRequest: key 81, v0, flexible v0+. */
struct kw_remove_raft_voter_request {
    struct mr_str cluster_id; /* may be null */
    int32_t voter_id;
    struct mr_uuid voter_directory_id;
};
void kw_remove_raft_voter_request_init(struct kw_remove_raft_voter_request *m);
int kw_remove_raft_voter_request_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                        struct kw_remove_raft_voter_request *ret);
void kw_remove_raft_voter_request_encode(struct kw_writer *w, int16_t version,
                                         const struct kw_remove_raft_voter_request *m);
extern const struct kw_message kw_remove_raft_voter_request_info;

/* RemoveRaftVoterResponse: key 81, v0, flexible v0+. */
struct kw_remove_raft_voter_response {
    int32_t throttle_time_ms;
    int16_t error_code;
    struct mr_str error_message; /* may be null */
};
void kw_remove_raft_voter_response_init(struct kw_remove_raft_voter_response *m);
int kw_remove_raft_voter_response_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_remove_raft_voter_response *ret);
void kw_remove_raft_voter_response_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_remove_raft_voter_response *m);
extern const struct kw_message kw_remove_raft_voter_response_info;

#endif
