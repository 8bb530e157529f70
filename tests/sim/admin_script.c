#include "tests/sim/admin_script.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/sim/admin_calls.h"

enum { WORDS_MAX = 16 };

/* ---- the broker ---- */

static bool up(void *ctx)
{
    return rig_up(ctx) || rig_ended(ctx);
}
static bool ended(void *ctx)
{
    return rig_ended(ctx);
}
static bool over(void *ctx)
{
    return kclient_over(ctx);
}

static void start(struct admin_script *s, uint32_t shards)
{
    world_run_for(s->w, 1000000000); /* clients hear of the end of the last one's connections */
    rig_start(&s->rig, &(struct rig_sizes){.shards = shards});
    bool ok = world_run_until(s->w, up, &s->rig, ADMIN_LIMIT_NS) && rig_up(&s->rig);
    s->answer[0] = '\0';
    admin_say(s, "%s", ok ? "up" : "down");
}

static void reap(struct admin_script *s)
{
    char why[200] = "";
    int err = rig_reap(&s->rig, why, sizeof(why));
    seed_check(&s->res, err == 0 || err == -ECANCELED, "the broker ended with %d %s", err, why);
}

static void stop(struct admin_script *s)
{
    rig_stop(&s->rig);
    seed_check(&s->res, world_run_until(s->w, ended, &s->rig, ADMIN_LIMIT_NS), "the broker does not stop");
    reap(s);
}

static bool answered(void *ctx)
{
    return ((struct admin_script *)ctx)->answered;
}

static void killed(struct world *w, void *ctx)
{
    struct admin_script *s = ctx;
    (void)w;
    rig_kill(&s->rig, false);
    s->answered = true;
}

static void kill_broker(struct admin_script *s)
{
    s->answered = false;
    world_at(s->w, 0, killed, s);
    world_run_until(s->w, answered, s, ADMIN_LIMIT_NS);
    reap(s);
}

void admin_script_init(struct admin_script *s, uint64_t seed, uint32_t shards, const char *const *overrides,
                       uint32_t count)
{
    memset(s, 0, sizeof(*s));
    s->w = world_new(seed, NULL);
    rig_init(&s->rig, s->w, overrides, count, &s->res);
    start(s, shards);
    khost_init(&s->host, world_node(s->w, "client"), 0);
    for (int i = 0; i < SCRIPT_CLIENTS; i++)
        kclient_init(&s->clients[i], &s->host, "admin", "broker", RIG_PORT);
}

void admin_script_done(struct admin_script *s)
{
    for (int i = 0; i < SCRIPT_CLIENTS; i++) {
        seed_check(&s->res, !s->clients[i].wrong, "%s", s->clients[i].why);
        kclient_stop(&s->clients[i]);
        seed_check(&s->res, world_run_until(s->w, over, &s->clients[i], ADMIN_LIMIT_NS),
                   "a connection does not end");
        kclient_done(&s->clients[i]);
    }
    if (rig_running(&s->rig))
        stop(s);
    if (s->res.err != 0)
        fprintf(stderr, "%s\n", s->res.why);
    MR_ASSERT(s->res.err == 0);
    khost_done(&s->host);
    rig_done(&s->rig);
    world_free(s->w);
}

/* ---- lines ---- */

const char *admin_script_ask(struct admin_script *s, const char *what)
{
    char line[SCRIPT_TEXT], *words[WORDS_MAX] = {NULL}, *save;
    int count = 0;
    snprintf(line, sizeof(line), "%s", what);
    for (char *w = strtok_r(line, " ", &save); w != NULL && count < WORDS_MAX; w = strtok_r(NULL, " ", &save))
        words[count++] = w;
    const char *verb = count > 0 ? words[0] : "";
    s->answer[0] = '\0';
    if (count == 2 && strcmp(verb, "restart") == 0) {
        stop(s);
        start(s, (uint32_t)atoi(words[1]));
    } else if (count == 2 && strcmp(verb, "kill") == 0) {
        kill_broker(s);
        start(s, (uint32_t)atoi(words[1]));
    } else if (count == 0 || !admin_call(s, words, count)) {
        admin_say(s, "not understood");
    }
    return s->answer;
}

static struct mr_str trim_spaces(const char *from, const char *to)
{
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    return (struct mr_str){from, (size_t)(to - from)};
}

void admin_script_run(struct admin_script *s, const char *lines)
{
    int number = 1;
    for (const char *line = lines; *line != '\0'; number++) {
        const char *end = strchr(line, '\n');
        if (end == NULL)
            end = line + strlen(line);
        const char *arrow = memmem(line, (size_t)(end - line), "->", 2);
        MR_ASSERT(arrow != NULL);
        char what[SCRIPT_TEXT];
        struct mr_str asked = trim_spaces(line, arrow), want = trim_spaces(arrow + 2, end);
        snprintf(what, sizeof(what), "%.*s", MR_STR(asked));
        const char *got = admin_script_ask(s, what);
        if (!mr_str_is(want, got)) {
            fprintf(stderr, "line %d: %s\n  got:  %s\n  want: %.*s\n", number, what, got, MR_STR(want));
            MR_ASSERT(!"the answer differs");
        }
        line = *end == '\n' ? end + 1 : end;
    }
}
