#include "core/broker/regex.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>

struct regex {
    re2::RE2 re;

    regex(const re2::StringPiece &text, const re2::RE2::Options &options) : re(text, options)
    {
    }
};

/* RE2/J prints the same errors in words of its own, and clients show them. */
static const char *words(re2::RE2::ErrorCode code)
{
    switch (code) {
    case re2::RE2::NoError:
        return "";
    case re2::RE2::ErrorBadEscape:
        return "invalid escape sequence";
    case re2::RE2::ErrorBadCharClass:
        return "invalid character class";
    case re2::RE2::ErrorBadCharRange:
        return "invalid character class range";
    case re2::RE2::ErrorMissingBracket:
        return "missing closing ]";
    case re2::RE2::ErrorMissingParen:
        return "missing closing )";
    case re2::RE2::ErrorUnexpectedParen:
        return "unexpected )";
    case re2::RE2::ErrorTrailingBackslash:
        return "trailing backslash at end of expression";
    case re2::RE2::ErrorRepeatArgument:
        return "missing argument to repetition operator";
    case re2::RE2::ErrorRepeatSize:
        return "invalid repeat count";
    case re2::RE2::ErrorRepeatOp:
        return "invalid nested repetition operator";
    case re2::RE2::ErrorBadPerlOp:
        return "invalid or unsupported Perl syntax";
    case re2::RE2::ErrorBadUTF8:
        return "invalid UTF-8";
    case re2::RE2::ErrorBadNamedCapture:
        return "invalid named capture";
    case re2::RE2::ErrorPatternTooLarge:
        return "expression too large";
    case re2::RE2::ErrorInternal:
        break;
    }
    return "internal error";
}

extern "C" struct regex *regex_new(const char *text, size_t bytes, char *why, size_t why_bytes)
{
    re2::RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(REGEX_BYTES_MAX);
    struct regex *r = new (std::nothrow) regex(re2::StringPiece(text, bytes), options);
    if (r != nullptr && r->re.ok())
        return r;
    if (r == nullptr)
        std::snprintf(why, why_bytes, "out of memory");
    else
        std::snprintf(why, why_bytes, "%s", words(r->re.error_code()));
    delete r;
    return nullptr;
}

extern "C" void regex_free(struct regex *r)
{
    delete r;
}

extern "C" unsigned regex_size(const struct regex *r)
{
    return static_cast<unsigned>(r->re.ProgramSize());
}

extern "C" bool regex_matches(const struct regex *r, const char *name, size_t bytes)
{
    return re2::RE2::FullMatch(re2::StringPiece(name, bytes), r->re);
}
