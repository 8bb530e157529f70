/* Written by net/wire/schema/gen.py from meta_nodes.kw. Do not edit.
 * What init, decode and encode promise: net/wire/message.h. */
/* clang-format off */
#ifndef MR_WIRE_GEN_META_NODES_H
#define MR_WIRE_GEN_META_NODES_H

#include "net/wire/message.h"

/* RegisterBrokerRecord: key 0, v0-3, flexible v0+. */
struct kw_register_broker_record_feature {
    struct mr_str name;
    int16_t min_supported_version;
    int16_t max_supported_version;
};
struct kw_register_broker_record_end_point {
    struct mr_str name;
    struct mr_str host;
    uint16_t port;
    int16_t security_protocol;
};
struct kw_register_broker_record {
    int32_t broker_id;
    bool is_migrating_zk_broker; /* v2+ */
    struct mr_uuid incarnation_id;
    int64_t broker_epoch;
    struct kw_register_broker_record_end_point *end_points;
    int32_t end_points_count;
    struct kw_register_broker_record_feature *features;
    int32_t features_count;
    struct mr_str rack; /* may be null */
    bool fenced; /* default true */
    bool in_controlled_shutdown; /* v1+ */
    struct mr_uuid *log_dirs; /* v3+, tag 0 */
    int32_t log_dirs_count;
};
void kw_register_broker_record_feature_init(struct kw_register_broker_record_feature *m);
void kw_register_broker_record_end_point_init(struct kw_register_broker_record_end_point *m);
void kw_register_broker_record_init(struct kw_register_broker_record *m);
int kw_register_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                     struct kw_register_broker_record *ret);
void kw_register_broker_record_encode(struct kw_writer *w, int16_t version,
                                      const struct kw_register_broker_record *m);
extern const struct kw_message kw_register_broker_record_info;

/* UnregisterBrokerRecord: key 1, v0, flexible v0+. */
struct kw_unregister_broker_record {
    int32_t broker_id;
    int64_t broker_epoch;
};
void kw_unregister_broker_record_init(struct kw_unregister_broker_record *m);
int kw_unregister_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                       struct kw_unregister_broker_record *ret);
void kw_unregister_broker_record_encode(struct kw_writer *w, int16_t version,
                                        const struct kw_unregister_broker_record *m);
extern const struct kw_message kw_unregister_broker_record_info;

/* FenceBrokerRecord: key 7, v0, flexible v0+. */
struct kw_fence_broker_record {
    int32_t id;
    int64_t epoch;
};
void kw_fence_broker_record_init(struct kw_fence_broker_record *m);
int kw_fence_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                  struct kw_fence_broker_record *ret);
void kw_fence_broker_record_encode(struct kw_writer *w, int16_t version,
                                   const struct kw_fence_broker_record *m);
extern const struct kw_message kw_fence_broker_record_info;

/* UnfenceBrokerRecord: key 8, v0, flexible v0+. */
struct kw_unfence_broker_record {
    int32_t id;
    int64_t epoch;
};
void kw_unfence_broker_record_init(struct kw_unfence_broker_record *m);
int kw_unfence_broker_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                    struct kw_unfence_broker_record *ret);
void kw_unfence_broker_record_encode(struct kw_writer *w, int16_t version,
                                     const struct kw_unfence_broker_record *m);
extern const struct kw_message kw_unfence_broker_record_info;

/* BrokerRegistrationChangeRecord: key 17, v0-2, flexible v0+. */
struct kw_broker_registration_change_record {
    int32_t broker_id;
    int64_t broker_epoch;
    int8_t fenced; /* tag 0 */
    int8_t in_controlled_shutdown; /* v1+, tag 1 */
    struct mr_uuid *log_dirs; /* v2+, tag 2 */
    int32_t log_dirs_count;
};
void kw_broker_registration_change_record_init(struct kw_broker_registration_change_record *m);
int kw_broker_registration_change_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                                struct kw_broker_registration_change_record *ret);
void kw_broker_registration_change_record_encode(struct kw_writer *w, int16_t version,
                                                 const struct kw_broker_registration_change_record *m);
extern const struct kw_message kw_broker_registration_change_record_info;

/* RegisterControllerRecord: key 27, v0, flexible v0+. */
struct kw_register_controller_record_feature {
    struct mr_str name;
    int16_t min_supported_version;
    int16_t max_supported_version;
};
struct kw_register_controller_record_end_point {
    struct mr_str name;
    struct mr_str host;
    uint16_t port;
    int16_t security_protocol;
};
struct kw_register_controller_record {
    int32_t controller_id;
    struct mr_uuid incarnation_id;
    bool zk_migration_ready;
    struct kw_register_controller_record_end_point *end_points;
    int32_t end_points_count;
    struct kw_register_controller_record_feature *features;
    int32_t features_count;
};
void kw_register_controller_record_feature_init(struct kw_register_controller_record_feature *m);
void kw_register_controller_record_end_point_init(struct kw_register_controller_record_end_point *m);
void kw_register_controller_record_init(struct kw_register_controller_record *m);
int kw_register_controller_record_decode(struct kw_reader *r, int16_t version, struct mr_arena *a,
                                         struct kw_register_controller_record *ret);
void kw_register_controller_record_encode(struct kw_writer *w, int16_t version,
                                          const struct kw_register_controller_record *m);
extern const struct kw_message kw_register_controller_record_info;

#endif
