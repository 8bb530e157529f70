#include "net/sessions.h"

#include "core/mem.h"

#define EVICT_AFTER_NS 120000000000ull

struct fetch_sessions {
    struct broker_shard *broker;
    struct mr_map by_id;
    struct mr_list order; /* least recently used first */
};

struct fetch_sessions *fetch_sessions_new(struct broker_shard *b)
{
    struct fetch_sessions *s = mem_zalloc(1, sizeof(*s));
    if (s == NULL)
        return NULL;
    s->broker = b;
    map_init(&s->by_id);
    list_init(&s->order);
    return s;
}

static void part_free(struct session_part *p)
{
    mem_free(p->topic);
    mem_free(p);
}

static void session_free(struct fetch_session *session)
{
    while (!list_empty(&session->parts))
        part_free(MR_CONTAINER(list_pop(&session->parts), struct session_part, link));
    smap_done(&session->map);
    mem_free(session);
}

void fetch_sessions_free(struct fetch_sessions *s)
{
    if (s == NULL)
        return;
    while (!list_empty(&s->order))
        session_free(MR_CONTAINER(list_pop(&s->order), struct fetch_session, link));
    map_done(&s->by_id);
    mem_free(s);
}

uint32_t fetch_sessions_count(const struct fetch_sessions *s)
{
    return map_count(&s->by_id);
}

void session_close(struct fetch_sessions *s, struct fetch_session *session)
{
    map_remove(&s->by_id, (uint64_t)session->id);
    list_remove(&session->link);
    if (session->busy)
        session->dead = true; /* freed by whoever is using it */
    else
        session_free(session);
}

void session_used(struct fetch_sessions *s, struct fetch_session *session)
{
    session->busy = false;
    if (session->dead) {
        session_free(session);
        return;
    }
    session->used_ns = shard_now_ns(s->broker->shard);
    list_remove(&session->link);
    list_push(&s->order, &session->link);
}

static bool make_room(struct fetch_sessions *s)
{
    if (map_count(&s->by_id) < FETCH_SESSIONS_MAX)
        return true;
    struct fetch_session *oldest = MR_CONTAINER(s->order.next, struct fetch_session, link);
    if (oldest->busy || oldest->used_ns + EVICT_AFTER_NS > shard_now_ns(s->broker->shard))
        return false;
    session_close(s, oldest);
    return true;
}

struct fetch_session *session_make(struct fetch_sessions *s, bool uses_ids)
{
    if (!make_room(s))
        return NULL;
    struct fetch_session *session = mem_zalloc(1, sizeof(*session));
    if (session == NULL)
        return NULL;
    do { /* ids of different shards must differ too: a client may reconnect to another one */
        uint32_t r;
        io_random(s->broker->shard->io, &r, sizeof(r));
        session->id = (int32_t)(r & INT32_MAX);
    } while (session->id == 0 || map_get(&s->by_id, (uint64_t)session->id) != NULL);
    session->epoch = 1;
    session->uses_ids = uses_ids;
    session->busy = true;
    session->used_ns = shard_now_ns(s->broker->shard);
    list_init(&session->parts);
    smap_init(&session->map);
    if (map_put(&s->by_id, (uint64_t)session->id, session) != 0) {
        mem_free(session);
        return NULL;
    }
    list_push(&s->order, &session->link);
    return session;
}

struct fetch_session *session_find(struct fetch_sessions *s, int32_t id)
{
    return map_get(&s->by_id, (uint64_t)id);
}

/* Names and ids cannot collide within one session: it uses one or the other. */
static size_t part_key_text(char *dst, struct mr_str topic, struct mr_uuid id, int32_t partition,
                            bool uses_ids)
{
    size_t n = uses_ids ? sizeof(id.bytes) : mr_min(topic.len, TOPIC_NAME_MAX);
    memcpy(dst, uses_ids ? (const void *)id.bytes : topic.ptr, n);
    mr_put32(dst + n, (uint32_t)partition);
    return n + 4;
}

struct session_part *session_part(struct fetch_session *session, struct mr_str topic, struct mr_uuid id,
                                  int32_t partition, bool *ret_new)
{
    char key[TOPIC_NAME_MAX + 4];
    size_t n = part_key_text(key, topic, id, partition, session->uses_ids);
    struct session_part *p = smap_get(&session->map, (struct mr_str){key, n});
    *ret_new = p == NULL;
    if (p != NULL)
        return p;
    p = mem_zalloc(1, sizeof(*p) + n);
    if (p == NULL)
        return NULL;
    memcpy(p->key, key, n);
    p->partition = partition;
    if (session->uses_ids)
        p->topic_id = id;
    else
        p->topic = mem_text(topic.ptr, topic.len);
    p->said_high_watermark = p->said_log_start = -1;
    if ((!session->uses_ids && p->topic == NULL) ||
        smap_put(&session->map, (struct mr_str){p->key, n}, p) != 0) {
        part_free(p);
        return NULL;
    }
    list_push(&session->parts, &p->link);
    session->count++;
    return p;
}

void session_forget(struct fetch_session *session, struct mr_str topic, struct mr_uuid id, int32_t partition)
{
    char key[TOPIC_NAME_MAX + 4];
    size_t n = part_key_text(key, topic, id, partition, session->uses_ids);
    struct session_part *p = smap_remove(&session->map, (struct mr_str){key, n});
    if (p == NULL)
        return;
    list_remove(&p->link);
    session->count--;
    part_free(p);
}
