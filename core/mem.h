/* core/mem.h - the allocator (mimalloc; libc's under sanitizers). All return NULL when out of memory. */
#ifndef MR_MEM_H
#define MR_MEM_H

#include <stddef.h>

void *mem_alloc(size_t bytes);
void *mem_zalloc(size_t count, size_t bytes);
void *mem_realloc(void *p, size_t bytes);
void *mem_aligned(size_t bytes, size_t align);
char *mem_text(const char *text, size_t len); /* a NUL-terminated copy */
void mem_free(void *p);                       /* of any of these; NULL is fine */

#endif
