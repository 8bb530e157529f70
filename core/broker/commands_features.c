/* Changing the levels of features (KIP-584, KIP-778). Texts are Apache Kafka 4.1.0's. */
#include <stdio.h>

#include "core/broker/controller_priv.h"
#include "core/broker/features.h"
#include "net/wire/gen/meta_other.h"

enum { UPGRADE = 1, SAFE_DOWNGRADE = 2, UNSAFE_DOWNGRADE = 3 };

/* From this metadata.version on no record has changed up to 27: what was written can be read after a
 * downgrade. */
enum { METADATA_SAME_SINCE = 23 };

static bool refuse(struct ctl_command *cmd, const struct ctl_feature *f, struct ctl_result *r,
                   const char *why)
{
    ctl_fail(
        cmd, r, KW_INVALID_UPDATE_VERSION,
        "The update failed for all features since the following feature had an error: Invalid update version "
        "%d for feature %.*s. %s",
        f->level, MR_STR(f->name), why);
    return false;
}

static bool refuse_metadata(struct ctl_command *cmd, const struct ctl_feature *f, struct ctl_result *r,
                            const char *why)
{
    ctl_fail(cmd, r, KW_INVALID_UPDATE_VERSION,
             "The update failed for all features since the following feature had an error: Invalid "
             "metadata.version %d. %s",
             f->level, why);
    return false;
}

static bool check_range(struct controller *c, struct ctl_command *cmd, const struct ctl_feature *f,
                        const struct broker_feature *known, struct ctl_result *r)
{
    char why[128];
    int node = c->zero->broker->node_id;
    if (known == NULL && f->level == 0 && !mr_str_is(f->name, "streams.version")) {
        char text[320];
        snprintf(text, sizeof(text), "Feature %.*s not found.", (int)mr_min(f->name.len, 256u), f->name.ptr);
        return refuse(cmd, f, r, text);
    }
    if (known == NULL && f->level == 0)
        return true; /* Kafka 4.1 knows streams.version, and its level 0 alone */
    if (known == NULL) {
        snprintf(why, sizeof(why), "Local controller %d does not support this feature.", node);
        return refuse(cmd, f, r, why);
    }
    if (f->level >= known->min && f->level <= known->max)
        return true;
    snprintf(why, sizeof(why), "Local controller %d only supports versions %d-%d", node, known->min,
             known->max);
    return refuse(cmd, f, r, why);
}

/* One update; false with a result. */
static bool check(struct controller *c, struct ctl_command *cmd, const struct ctl_feature *f,
                  struct ctl_result *r)
{
    const struct broker_feature *known = broker_feature(f->name);
    int16_t now = known != NULL ? image_feature_level(c->zero->image, known->name) : 0;
    if (f->how < UPGRADE || f->how > UNSAFE_DOWNGRADE)
        return refuse(cmd, f, r, "The controller does not support the given upgrade type.");
    if (f->level < 0)
        return refuse(cmd, f, r, "A feature version cannot be less than 0.");
    if (!check_range(c, cmd, f, known, r))
        return false;
    if (f->level < now && f->how == UPGRADE)
        return refuse(
            cmd, f, r,
            "Can't downgrade the version of this feature without setting the upgrade type to either safe "
            "or unsafe downgrade.");
    if (f->level > now && f->how != UPGRADE)
        return refuse(cmd, f, r, "Can't downgrade to a newer version.");
    if (known != NULL && f->level > known->obeyed_max)
        return refuse(cmd, f, r, "This broker does not have the feature.");
    if (mr_str_is(f->name, "metadata.version") && f->level < now && f->level < METADATA_SAME_SINCE)
        return refuse_metadata(
            cmd, f, r,
            f->how == UNSAFE_DOWNGRADE
                ? "Unsafe metadata downgrade is not supported in this version."
                : "Refusing to perform the requested downgrade because it might delete metadata "
                  "information.");
    return true;
}

/* All of them, or none. A feature named twice counts as it stands last, as in Kafka. */
enum kw_error command_update_features(struct controller *c, struct ctl_command *cmd)
{
    for (int32_t i = 0; i < cmd->count; i++) {
        struct ctl_feature *f = &cmd->u.features[i];
        f->result = (struct ctl_result){KW_NONE, NULL};
        if (f->repeated)
            continue;
        if (!check(c, cmd, f, &cmd->u.features[0].result)) /* the answer is one for all */
            return KW_NONE;
    }
    for (int32_t i = 0; i < cmd->count; i++) {
        const struct ctl_feature *f = &cmd->u.features[i];
        const struct broker_feature *known = broker_feature(f->name);
        if (f->repeated || known == NULL || image_feature_level(c->zero->image, known->name) == f->level)
            continue;
        struct kw_feature_level_record r;
        kw_feature_level_record_init(&r);
        r.name = f->name;
        r.feature_level = f->level;
        meta_out_put(&c->out, &kw_feature_level_record_info, 0, &r);
    }
    return KW_NONE;
}
