/* core/err.h - error codes of library functions.
 *
 * A function returns 0, or a negative errno of the system (-EIO, -ENOSPC, -ENOMEM, ...), or the
 * negative of one of these, which start above every errno. A code exists only if some caller acts on it
 * differently. What goes to a Kafka client is an enum kw_error (net/wire/kw_error.h) instead. */
#ifndef MR_ERR_H
#define MR_ERR_H

#include <errno.h>

enum mr_err {
    MR_E_CORRUPT = 4096, /* bytes that cannot be what they should be: bad CRC, bad length, bad magic */
    MR_E_FENCED,         /* the log directory failed before; nothing more is accepted from it */
    MR_E_LIMIT,          /* a stated bound would be passed */
    MR_E_VERSION,        /* a format or request version that this build does not know */
    MR_E_STATE,          /* refused in this state: a directory in use, left uncleanly, or another's */
};

/* A short English text for -errno or -enum mr_err; static storage, never NULL. */
const char *mr_err_text(int err);

#endif
