/* core/broker/regex.h - regular expressions over topic names, by RE2 itself.
 *
 * Kafka's coordinator takes RE2/J's syntax (KIP-848), which is RE2's: no backtracking, so whatever a client
 * sends is matched in time linear in the name. regex.cc behind this header is the only C++ of the project; no
 * exception leaves it.
 *
 * Bounds: an expression takes at most REGEX_COMPILE_BYTES_MAX compiled, and REGEX_BYTES_MAX at work; one that
 * needs more is refused. That bounds the time to compile (measured: a hostile one of 280 bytes 12 ms,
 * where 8 MiB let it take 72), an alternation of 1,000 names 4 to 14. It includes nothing of ours: that is C,
 * and stays C. */
#ifndef MR_BROKER_REGEX_H
#define MR_BROKER_REGEX_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { REGEX_BYTES_MAX = 8 << 20, REGEX_COMPILE_BYTES_MAX = 1 << 20, REGEX_WHY_BYTES = 256 };

struct regex;

/* NULL: it is no expression; why tells what is wrong with it, in RE2/J's words, NUL-terminated. */
struct regex *regex_new(const char *text, size_t bytes, char *why, size_t why_bytes);
void regex_free(struct regex *r); /* NULL is fine */

/* Its instructions. Matching takes as many steps a character at worst, one nearly always. */
unsigned regex_size(const struct regex *r);

/* Does it match the whole name? */
bool regex_matches(const struct regex *r, const char *name, size_t bytes);

#ifdef __cplusplus
}
#endif

#endif
