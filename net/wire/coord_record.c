#include "net/wire/coord_record.h"

#include "net/wire/gen/consumer_group_log.h"
#include "net/wire/gen/group_log.h"
#include "net/wire/gen/txn_log.h"

static const struct kw_coord_kind groups[] = {
    {KW_GROUP_OFFSET_COMMIT_OLD, 0, &kw_offset_commit_key_info, &kw_offset_commit_value_info},
    {KW_GROUP_OFFSET_COMMIT, 4, &kw_offset_commit_key_info, &kw_offset_commit_value_info},
    {KW_GROUP_METADATA, 3, &kw_group_metadata_key_info, &kw_group_metadata_value_info},
    {KW_GROUP_CONSUMER_METADATA, 0, &kw_consumer_group_metadata_key_info,
     &kw_consumer_group_metadata_value_info},
    {KW_GROUP_CONSUMER_PARTITION_METADATA, 0, &kw_consumer_group_partition_metadata_key_info,
     &kw_consumer_group_partition_metadata_value_info},
    {KW_GROUP_CONSUMER_MEMBER_METADATA, 0, &kw_consumer_group_member_metadata_key_info,
     &kw_consumer_group_member_metadata_value_info},
    {KW_GROUP_CONSUMER_TARGET_METADATA, 0, &kw_consumer_group_target_assignment_metadata_key_info,
     &kw_consumer_group_target_assignment_metadata_value_info},
    {KW_GROUP_CONSUMER_TARGET_MEMBER, 0, &kw_consumer_group_target_assignment_member_key_info,
     &kw_consumer_group_target_assignment_member_value_info},
    {KW_GROUP_CONSUMER_CURRENT_MEMBER, 0, &kw_consumer_group_current_member_assignment_key_info,
     &kw_consumer_group_current_member_assignment_value_info},
    {KW_GROUP_CONSUMER_REGEX, 0, &kw_consumer_group_regular_expression_key_info,
     &kw_consumer_group_regular_expression_value_info},
};

static const struct kw_coord_kind txns[] = {
    {KW_TXN_LOG, 1, &kw_transaction_log_key_info, &kw_transaction_log_value_info},
};

const struct kw_coord_kind *kw_coord_kind(enum kw_coord_log log, int16_t type)
{
    const struct kw_coord_kind *kinds = log == KW_COORD_GROUPS ? groups : txns;
    size_t count = log == KW_COORD_GROUPS ? MR_COUNT(groups) : MR_COUNT(txns);
    for (size_t i = 0; i < count; i++) {
        if (kinds[i].type == type)
            return &kinds[i];
    }
    return NULL;
}

int kw_coord_head_decode(struct kw_reader *r, int16_t *ret)
{
    int16_t head = kw_get_int16(r);
    if (r->err != 0)
        return r->err;
    *ret = head;
    return 0;
}

void kw_coord_key_encode(struct kw_writer *w, const struct kw_coord_kind *kind, const void *m)
{
    kw_put_int16(w, kind->type);
    kind->key->encode(w, KW_COORD_KEY_VERSION, m);
}

void kw_coord_value_encode(struct kw_writer *w, const struct kw_coord_kind *kind, int16_t version,
                           const void *m)
{
    kw_put_int16(w, version);
    kind->value->encode(w, version, m);
}
