/* core/properties.h - Java's .properties text: KEY=VALUE lines with comments, continuations and escapes.
 *
 * KEY ends at the first unescaped '=', ':' or white space. A line that ends in an odd number of backslashes
 * goes on in the next one, whose leading white space is dropped. '#' or '!' starts a comment line. \t \n \r
 * \f and \uXXXX are escapes; a backslash before anything else is dropped. White space at the end of a value
 * stays. Differs from Java: the bytes are taken as UTF-8 (Java reads them as Latin-1), and a NUL is an error.
 */
#ifndef MR_PROPERTIES_H
#define MR_PROPERTIES_H

#include "core/base.h"
#include "core/err.h"

enum { PROPERTIES_BYTES_MAX = 1024 * 1024 };

struct properties_error {
    unsigned line;    /* the first is 1 */
    const char *text; /* static */
};

/* Called for every pair in order, repeated keys too; key and value are NUL-terminated and borrowed for the
 * call. line is where the pair starts. A result other than 0 ends the parse. */
typedef int properties_each(void *owner, unsigned line, struct mr_str key, struct mr_str value);

/* 0; -MR_E_LIMIT (longer than PROPERTIES_BYTES_MAX), -MR_E_CORRUPT (a bad escape or a NUL), both with *error
 * filled; -ENOMEM; or what each() returned. */
int properties_parse(struct mr_str text, properties_each *each, void *owner, struct properties_error *error);

#endif
