/* Another memory for the second run of a seed. What a program must not depend on is the same in two runs of
 * one process more often than not: where an allocation lies, what stood there before, which of two lies
 * lower. In the second run none of it is: blocks are larger than asked for by chance, so that they come from
 * other places and in another order; new ones hold junk, freed ones are overwritten, and so is the stack
 * below. A run that differs then has a cause, the first time it runs.
 *
 * The linker sends every call of core/mem.h here (CMakeLists.txt, --wrap). What libraries allocate on their
 * own is moved only. Under a sanitizer, which has junk and order of its own, nothing is overwritten. */
#if !MR_SANITIZED
#include <mimalloc.h>
#endif

#include "tests/sim/lib/sim_priv.h"
#include "tests/sim/rng.h"
#include "tests/sim/seeds.h"

enum { PAD_BYTES_MAX = 4096, JUNK_BYTES_MAX = 1 << 16, HELD_MAX = 64, STACK_JUNK_BYTES = 128 << 10 };

/* With seeds.c's note the only state outside of a world: an allocation does not know for whom it is. */
static struct {
    bool on;
    struct rng r;
    void *held[HELD_MAX];
} shaken;

void *__real_mem_alloc(size_t bytes);
void *__real_mem_zalloc(size_t count, size_t bytes);
void *__real_mem_realloc(void *p, size_t bytes);
void *__real_mem_aligned(size_t bytes, size_t align);
char *__real_mem_text(const char *text, size_t len);
void __real_mem_free(void *p);
void *__wrap_mem_alloc(size_t bytes);
void *__wrap_mem_zalloc(size_t count, size_t bytes);
void *__wrap_mem_realloc(void *p, size_t bytes);
void *__wrap_mem_aligned(size_t bytes, size_t align);
char *__wrap_mem_text(const char *text, size_t len);
void __wrap_mem_free(void *p);

static size_t usable(void *p)
{
#if MR_SANITIZED
    (void)p;
    return 0;
#else
    return mi_usable_size(p);
#endif
}

/* Both ends of a large one: that is where somebody reads too far. */
static void junk(void *p, size_t from, size_t to)
{
    uint8_t *at = p;
    uint8_t byte = (uint8_t)(rng_next(&shaken.r) | 1);
    if (p == NULL || to <= from)
        return;
    if (to - from <= 2 * JUNK_BYTES_MAX) {
        memset(at + from, byte, to - from);
        return;
    }
    memset(at + from, byte, JUNK_BYTES_MAX);
    memset(at + to - JUNK_BYTES_MAX, byte, JUNK_BYTES_MAX);
}

/* A third of the blocks: one that lies in another size class changes places for all. */
static size_t padded(size_t bytes)
{
    if (!shaken.on || rng_below(&shaken.r, 3) != 0)
        return bytes;
    return bytes + rng_below(&shaken.r, mr_min(bytes + 16, PAD_BYTES_MAX));
}

void *__wrap_mem_alloc(size_t bytes)
{
    void *p = __real_mem_alloc(padded(bytes));
    if (shaken.on)
        junk(p, 0, usable(p));
    return p;
}

void *__wrap_mem_zalloc(size_t count, size_t bytes)
{
    if (!shaken.on || bytes == 0 || count > SIZE_MAX / 2 / bytes)
        return __real_mem_zalloc(count, bytes);
    size_t all = count * bytes;
    uint8_t *p = __real_mem_zalloc(1, padded(all));
    junk(p, all, usable(p));
    return p;
}

void *__wrap_mem_realloc(void *p, size_t bytes)
{
    if (!shaken.on)
        return __real_mem_realloc(p, bytes);
    size_t before = p == NULL ? 0 : usable(p);
    void *fresh = __real_mem_realloc(p, padded(bytes));
    if (fresh != NULL)
        junk(fresh, before, usable(fresh));
    return fresh;
}

void *__wrap_mem_aligned(size_t bytes, size_t align)
{
    void *p = __real_mem_aligned(padded(bytes), align);
    if (shaken.on)
        junk(p, 0, usable(p));
    return p;
}

char *__wrap_mem_text(const char *text, size_t len)
{
    char *p = __wrap_mem_alloc(len + 1);
    if (p == NULL)
        return NULL;
    if (len > 0)
        memcpy(p, text, len);
    p[len] = '\0';
    return p;
}

void __wrap_mem_free(void *p)
{
    if (shaken.on && p != NULL)
        junk(p, 0, usable(p));
    __real_mem_free(p);
}

void shake_stack(uint8_t *stack, size_t bytes)
{
    if (shaken.on)
        junk(stack, bytes - mr_min(bytes, STACK_JUNK_BYTES), bytes);
}

static void junk_stack(void)
{
    uint8_t stack[STACK_JUNK_BYTES];
    memset(stack, 0x5b, sizeof(stack));
    __asm__ volatile("" : : "r"(stack) : "memory"); /* or it would be optimised away */
}

void seed_shake(uint64_t seed)
{
    MR_ASSERT(!shaken.on);
    rng_seed(&shaken.r, seed, 0x5ba4e);
    for (unsigned i = 0; i < HELD_MAX;
         i++) /* 64 KiB and more apart: some things use only an address's high bits */
        shaken.held[i] = __real_mem_alloc((size_t)1 << rng_between(&shaken.r, 4, 20));
    for (unsigned i = 0; i < HELD_MAX; i++) {
        if (rng_below(&shaken.r, 2) == 0)
            continue;
        __real_mem_free(shaken.held[i]);
        shaken.held[i] = NULL;
    }
    shaken.on = true;
    junk_stack();
}

void seed_calm(void)
{
    shaken.on = false;
    for (unsigned i = 0; i < HELD_MAX; i++) {
        __real_mem_free(shaken.held[i]);
        shaken.held[i] = NULL;
    }
}
