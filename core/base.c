#include "core/base.h"

#include <stdio.h>
#include <stdlib.h>

#include "core/err.h"

void mr_assert_failed(const char *cond, const char *file, int line)
{
    fprintf(stderr, "millrace: assertion failed: %s at %s:%d\n", cond, file, line);
    abort();
}

const char *mr_err_text(int err)
{
    if (err < 0)
        err = -err;
    switch (err) {
    case 0:
        return "ok";
    case MR_E_CORRUPT:
        return "corrupt";
    case MR_E_FENCED:
        return "fenced after an earlier failure";
    case MR_E_LIMIT:
        return "limit reached";
    case MR_E_VERSION:
        return "unknown version";
    case MR_E_STATE:
        return "not in this state";
    default:
        break;
    }
    const char *text = strerrordesc_np(err);
    return text != NULL ? text : "unknown error";
}
