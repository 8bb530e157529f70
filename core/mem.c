#include "core/mem.h"

#include <stdlib.h>
#include <string.h>

#if !MR_SANITIZED
#include <mimalloc.h>
#else
#define mi_malloc malloc
#define mi_calloc calloc
#define mi_realloc realloc
#define mi_free free
#define mi_malloc_aligned(bytes, align) aligned_alloc((align), (bytes))
#endif

void *mem_alloc(size_t bytes)
{
    return mi_malloc(bytes);
}

void *mem_zalloc(size_t count, size_t bytes)
{
    return mi_calloc(count, bytes);
}

void *mem_realloc(void *p, size_t bytes)
{
    return mi_realloc(p, bytes);
}

void *mem_aligned(size_t bytes, size_t align)
{
    return mi_malloc_aligned((bytes + align - 1) / align * align, align);
}

char *mem_text(const char *text, size_t len)
{
    char *copy = mi_malloc(len + 1);
    if (copy == NULL)
        return NULL;
    if (len > 0)
        memcpy(copy, text, len);
    copy[len] = '\0';
    return copy;
}

void mem_free(void *p)
{
    mi_free(p);
}
