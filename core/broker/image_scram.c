#include "core/broker/image_scram.h"

#include "core/err.h"
#include "core/mem.h"
#include "net/wire/gen/meta_security.h"

void image_scram_init(struct image_scram *s)
{
    smap_init(&s->users);
}

static void user_free(struct image_user *u)
{
    for (int i = 0; i < SCRAM_MECHANISMS; i++)
        mem_free((void *)u->by_mechanism[i].salt.ptr);
    mem_free(u);
}

void image_scram_done(struct image_scram *s)
{
    uint32_t at = 0;
    for (struct image_user *u; (u = smap_next(&s->users, &at)) != NULL;)
        user_free(u);
    smap_done(&s->users);
}

static struct mr_slice keep(uint8_t **at, struct mr_slice from)
{
    struct mr_slice to = {*at, from.len};
    if (from.len > 0)
        memcpy(*at, from.ptr, from.len);
    *at += from.len;
    return to;
}

static int set(struct image_credential *c, const struct kw_user_scram_credential_record *r)
{
    uint8_t *at = mem_alloc(r->salt.len + r->stored_key.len + r->server_key.len + 1);
    if (at == NULL)
        return -ENOMEM;
    mem_free((void *)c->salt.ptr);
    c->iterations = r->iterations;
    c->salt = keep(&at, r->salt);
    c->stored_key = keep(&at, r->stored_key);
    c->server_key = keep(&at, r->server_key);
    return 0;
}

static bool known(int8_t mechanism)
{
    return mechanism >= SCRAM_SHA_256 && mechanism <= SCRAM_SHA_512;
}

int image_scram_apply(struct image_scram *s, const struct kw_user_scram_credential_record *r)
{
    if (!known(r->mechanism))
        return -MR_E_VERSION;
    struct image_user *u = smap_get(&s->users, r->name);
    if (u != NULL)
        return set(&u->by_mechanism[r->mechanism - 1], r);
    u = mem_zalloc(1, sizeof(*u) + r->name.len + 1);
    if (u == NULL)
        return -ENOMEM;
    memcpy(u->text, r->name.ptr, r->name.len);
    u->name = (struct mr_str){u->text, r->name.len};
    int err = set(&u->by_mechanism[r->mechanism - 1], r);
    if (err == 0)
        err = smap_put(&s->users, u->name, u);
    if (err != 0)
        user_free(u);
    return err;
}

int image_scram_remove(struct image_scram *s, const struct kw_remove_user_scram_credential_record *r)
{
    if (!known(r->mechanism))
        return -MR_E_VERSION;
    struct image_user *u = smap_get(&s->users, r->name);
    if (u == NULL || u->by_mechanism[r->mechanism - 1].salt.ptr == NULL)
        return -MR_E_CORRUPT;
    mem_free((void *)u->by_mechanism[r->mechanism - 1].salt.ptr);
    u->by_mechanism[r->mechanism - 1] = (struct image_credential){.iterations = 0};
    for (int i = 0; i < SCRAM_MECHANISMS; i++) {
        if (u->by_mechanism[i].salt.ptr != NULL)
            return 0;
    }
    (void)smap_remove(&s->users, u->name);
    user_free(u);
    return 0;
}

const struct image_credential *image_credential(const struct image_scram *s, struct mr_str user,
                                                int8_t mechanism)
{
    const struct image_user *u = known(mechanism) ? smap_get(&s->users, user) : NULL;
    return u != NULL && u->by_mechanism[mechanism - 1].salt.ptr != NULL ? &u->by_mechanism[mechanism - 1]
                                                                        : NULL;
}
