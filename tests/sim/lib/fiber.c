/* Threads of the simulated world: world_thread(). Each has a stack of its own and runs only in turns of its
 * io. ucontext makes the stack; from then on _setjmp() and _longjmp() change over: they save no signal mask,
 * which is two system calls less, and AddressSanitizer does not clear the shadow of whole stacks for them,
 * which would be four more and hide errors. */
#include <setjmp.h>
#include <sys/mman.h>
#include <ucontext.h>

#include "tests/sim/lib/sim_priv.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

enum { STACK_BYTES = 1 << 20, GUARD_BYTES = 4096, BURY_ROUNDS_MAX = 200000 };

struct fiber {
    ucontext_t begin;
    jmp_buf here, home;
    bool begun;
    uint8_t *stack; /* with a guard page at its low end */
    int (*fn)(void *ctx);
    void *ctx;
    int verdict;
    bool over;
    void *here_fake, *home_fake; /* AddressSanitizer's */
    const void *home_stack;
    size_t home_bytes;
};

/* AddressSanitizer wants to know which stack is in use. */
static void switch_begins(void **keep, const void *stack, size_t bytes)
{
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_start_switch_fiber(keep, stack, bytes);
#else
    (void)keep;
    (void)stack;
    (void)bytes;
#endif
}

static void switch_ended(void *kept, const void **ret_stack, size_t *ret_bytes)
{
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_finish_switch_fiber(kept, ret_stack, ret_bytes);
#else
    (void)kept;
    (void)ret_stack;
    (void)ret_bytes;
#endif
}

/* makecontext() passes ints only. */
static void fiber_main(unsigned high, unsigned low)
{
    struct mr_io *io = (struct mr_io *)((uintptr_t)high << 32 | low);
    struct fiber *f = io->fiber;
    switch_ended(NULL, &f->home_stack, &f->home_bytes);
    f->verdict = f->fn(f->ctx);
    f->over = true;
    switch_begins(NULL, f->home_stack, f->home_bytes); /* for good */
    _longjmp(f->home, 1);
}

static void run_fiber(struct fiber *f)
{
    if (f->begun)
        _longjmp(f->here, 1);
    f->begun = true;
    int err = setcontext(&f->begin);
    MR_ASSERT(err == 0); /* never comes back */
}

static void fiber_resume(struct mr_io *io)
{
    switch_begins(&io->fiber->home_fake, io->fiber->stack + GUARD_BYTES, STACK_BYTES);
    if (_setjmp(io->fiber->home) == 0)
        run_fiber(io->fiber);
    switch_ended(io->fiber->home_fake, NULL, NULL);
}

static void fiber_yield(struct mr_io *io)
{
    switch_begins(&io->fiber->here_fake, io->fiber->home_stack, io->fiber->home_bytes);
    if (_setjmp(io->fiber->here) == 0)
        _longjmp(io->fiber->home, 1);
    switch_ended(io->fiber->here_fake, &io->fiber->home_stack, &io->fiber->home_bytes);
}

static int fiber_turn(void *ctx)
{
    struct mr_io *io = ctx;
    fiber_resume(io);
    if (!io->fiber->over)
        return 0;
    return io->fiber->verdict < 0 ? io->fiber->verdict : 1;
}

void fiber_sleep(struct mr_io *io, uint64_t until_ns)
{
    MR_ASSERT(io->ghost || io->w->running == io);
    io->ran = 0; /* what this turn ran is done with: only until_ns counts */
    io->until_ns = until_ns;
    fiber_yield(io);
}

int fiber_io_turn(struct mr_io *io, uint64_t until_ns)
{
    io->counters.turns++;
    io->counters.enters++;
    if (!io->ghost)
        fiber_sleep(io, until_ns);
    if (io->ghost) {
        int ran = ghost_turn(io, until_ns);
        if (ran == 0)
            fiber_yield(io);
        return ran;
    }
    io->woken = false;
    return (int)cqes_deliver(io, TURN_COMPLETIONS_MAX);
}

void world_thread(struct mr_io *io, int (*fn)(void *ctx), void *ctx)
{
    MR_ASSERT(io->alive && io->fiber == NULL && !io->attached);
    struct fiber *f = mem_zalloc(1, sizeof(*f));
    MR_ASSERT(f != NULL);
    f->fn = fn;
    f->ctx = ctx;
    f->stack =
        mmap(NULL, GUARD_BYTES + STACK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    MR_ASSERT(f->stack != MAP_FAILED);
    shake_stack(f->stack + GUARD_BYTES, STACK_BYTES);
    int err = mprotect(f->stack, GUARD_BYTES, PROT_NONE);
    MR_ASSERT(err == 0);
    err = getcontext(&f->begin);
    MR_ASSERT(err == 0);
    f->begin.uc_stack.ss_sp = f->stack + GUARD_BYTES;
    f->begin.uc_stack.ss_size = STACK_BYTES;
    f->begin.uc_link = NULL;
    uintptr_t p = (uintptr_t)io;
    makecontext(&f->begin, (void (*)(void))fiber_main, 2, (unsigned)(p >> 32), (unsigned)p);
    io->fiber = f;
    world_attach(io, fiber_turn, io);
}

bool world_thread_over(const struct mr_io *io)
{
    return io->fiber != NULL && io->fiber->over;
}

void fiber_free(struct fiber *f)
{
    if (f == NULL)
        return;
    munmap(f->stack, GUARD_BYTES + STACK_BYTES);
    mem_free(f);
}

bool node_bury(struct sim_node *n)
{
    struct world *w = n->w;
    MR_ASSERT(w->running == NULL);
    for (uint32_t round = 0; round < BURY_ROUNDS_MAX; round++) {
        bool all = true;
        LIST_FOR(at, &w->ios)
        {
            struct mr_io *io = MR_CONTAINER(at, struct mr_io, link);
            if (io->node != n || !io->ghost || io->fiber == NULL || io->fiber->over)
                continue;
            fiber_resume(io);
            all = all && io->fiber->over;
        }
        if (all)
            return true;
    }
    return false;
}
