/* How a disk operation will go: scripted rules first, then the world's rates. */
#include "tests/sim/lib/disk_priv.h"

void node_fault(struct sim_node *n, const struct disk_fault *f)
{
    struct fault_rule *rule = mem_zalloc(1, sizeof(*rule));
    MR_ASSERT(rule != NULL);
    rule->f = *f;
    if (f->path != NULL) {
        rule->path = mem_text(f->path, strlen(f->path));
        MR_ASSERT(rule->path != NULL);
    }
    list_push(&n->disk->rules, &rule->link);
}

void faults_free(struct disk *d)
{
    while (!list_empty(&d->rules)) {
        struct fault_rule *rule = MR_CONTAINER(list_pop(&d->rules), struct fault_rule, link);
        mem_free(rule->path);
        mem_free(rule);
    }
}

void node_faults_clear(struct sim_node *n)
{
    faults_free(n->disk);
}

static bool rule_hits(struct fault_rule *rule, const struct sim_op *s, const char *path)
{
    if ((rule->f.kinds >> s->kind & 1) == 0)
        return false;
    if (rule->path != NULL && strstr(path, rule->path) == NULL)
        return false;
    uint64_t nth = rule->seen++;
    return nth >= rule->f.skip && (rule->f.times == 0 || nth - rule->f.skip < rule->f.times);
}

enum { COST_META, COST_READ, COST_WRITE, COST_FLUSH, COST_WRITE_FLUSH, COST_NO_FAULT };

static int cost_class(enum sim_kind kind)
{
    static const uint8_t classes[SIM_KINDS] = {
        [SIM_READ] = COST_READ,      [SIM_WRITE] = COST_WRITE,    [SIM_WRITE_FLUSH] = COST_WRITE_FLUSH,
        [SIM_FLUSH] = COST_FLUSH,    [SIM_SYNC_DIR] = COST_FLUSH, [SIM_SYNC_FS] = COST_FLUSH,
        [SIM_CLOSE] = COST_NO_FAULT, [SIM_STAT] = COST_NO_FAULT,
    };
    return classes[kind];
}

static uint64_t base_ns(struct sim_op *s)
{
    const struct world_options *o = &s->io->w->opt;
    struct rng *r = &s->io->w->rng_disk;
    switch (cost_class(s->kind)) {
    case COST_READ:
        return span_draw(r, o->read);
    case COST_WRITE:
        return span_draw(r, o->write);
    case COST_FLUSH:
        return span_draw(r, o->flush);
    case COST_WRITE_FLUSH:
        return span_draw(r, o->write) + span_draw(r, o->flush);
    default:
        return span_draw(r, o->meta);
    }
}

static uint32_t error_ppm(const struct sim_op *s)
{
    const struct world_options *o = &s->io->w->opt;
    switch (cost_class(s->kind)) {
    case COST_READ:
        return o->read_error_ppm;
    case COST_WRITE:
        return o->write_error_ppm;
    case COST_FLUSH:
        return o->flush_error_ppm;
    case COST_WRITE_FLUSH:
        return o->write_error_ppm + o->flush_error_ppm;
    case COST_META:
        return o->meta_error_ppm;
    default:
        return 0; /* closing never fails here, and looking needs no medium */
    }
}

/* Direct I/O ends short only at multiples of IO_ALIGN, so that the caller can go on from there. */
static void short_draw(struct sim_op *s, bool direct)
{
    struct world *w = s->io->w;
    uint64_t unit = direct ? IO_ALIGN : 1;
    uint32_t ppm = s->kind == SIM_READ ? w->opt.read_short_ppm : w->opt.write_short_ppm;
    bool can = s->kind == SIM_READ || s->kind == SIM_WRITE;
    if (can && s->len > unit && fault_chance(w, &w->rng_disk, ppm))
        s->fault_short = unit * rng_between(&w->rng_disk, 1, (s->len - 1) / unit);
}

uint64_t fault_decide(struct sim_op *s, const char *path)
{
    struct world *w = s->io->w;
    struct rng *r = &w->rng_disk;
    uint64_t delay_ns = base_ns(s);
    if (fault_chance(w, r, w->opt.slow_ppm))
        delay_ns += span_draw(r, w->opt.slow);
    if (fault_chance(w, r, w->opt.stuck_ppm))
        delay_ns += span_draw(r, w->opt.stuck);
    bool scripted = false;
    LIST_FOR(at, &s->io->node->disk->rules)
    {
        struct fault_rule *rule = MR_CONTAINER(at, struct fault_rule, link);
        if (!rule_hits(rule, s, path))
            continue;
        scripted = true;
        delay_ns += rule->f.delay_ns;
        if (rule->f.err != 0) {
            s->fault_err = rule->f.err;
            s->fault_effect = rule->f.effect;
        }
        if (rule->f.short_bytes != 0)
            s->fault_short = rule->f.short_bytes;
    }
    if (scripted)
        return delay_ns;
    if (fault_chance(w, r, error_ppm(s)))
        s->fault_err = -EIO;
    else
        short_draw(s, s->file != NULL && (s->file->flags & IO_DIRECT) != 0);
    return delay_ns;
}

void node_disk_bytes(struct sim_node *n, uint64_t capacity)
{
    n->disk->capacity_bytes = capacity;
}

int node_bad_range(struct sim_node *n, const char *path, uint64_t pos, uint64_t len, bool on)
{
    struct inode *ino;
    int err = dir_find_path(n->disk, path, false, &ino);
    if (err != 0)
        return err;
    inode_repair(ino, pos, len);
    if (!on)
        return 0;
    struct bad_range *b = mem_zalloc(1, sizeof(*b));
    MR_ASSERT(b != NULL);
    b->pos = pos;
    b->len = len;
    list_push(&ino->bad, &b->link);
    return 0;
}

int node_bit_rot(struct sim_node *n, const char *path, uint64_t pos, uint64_t len, unsigned bits)
{
    struct inode *ino;
    int err = dir_find_path(n->disk, path, false, &ino);
    if (err != 0)
        return err;
    struct rng *r = &n->w->rng_disk;
    for (unsigned i = 0; i < bits; i++)
        inode_rot(ino, pos + rng_below(r, len), (unsigned)rng_below(r, 8));
    return 0;
}
