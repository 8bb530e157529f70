#include "core/broker/regex.h"

#include <re2/re2.h>

#include <cstdio>
#include <new>
#include <string>

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

/* Behind a class that begins at `at`: [^]...], with [:names:] and escapes in it. */
static size_t after_class(const std::string &text, size_t at)
{
    at++;
    if (at < text.size() && text[at] == '^')
        at++;
    if (at < text.size() && text[at] == ']')
        at++;
    while (at < text.size() && text[at] != ']') {
        size_t end = text.compare(at, 2, "[:") == 0 ? text.find(":]", at + 2) : std::string::npos;
        if (end != std::string::npos)
            at = end + 2;
        else
            at += text[at] == '\\' ? 2 : 1;
    }
    return at + 1;
}

/* Where RE2/J and this RE2 part: RE2/J knows Perl's name for a named group, and no \C, which is a byte and not a character. */
static bool as_re2(const std::string &text, std::string &out)
{
    for (size_t at = 0; at < text.size();) {
        size_t next = at + 1;
        if (text.compare(at, 2, "\\C") == 0)
            return false;
        if (text.compare(at, 2, "\\Q") == 0) {
            size_t end = text.find("\\E", at + 2);
            next = end == std::string::npos ? text.size() : end + 2;
        } else if (text[at] == '\\') {
            next = at + 2;
        } else if (text[at] == '[') {
            next = after_class(text, at);
        } else if (text.compare(at, 3, "(?<") == 0) {
            out += "(?P<";
            at += 3;
            continue;
        }
        next = next < text.size() ? next : text.size();
        out.append(text, at, next - at);
        at = next;
    }
    return true;
}

extern "C" struct regex *regex_new(const char *text, size_t bytes, char *why, size_t why_bytes)
{
    std::string ours;
    if (!as_re2(std::string(text, bytes), ours)) {
        std::snprintf(why, why_bytes, "%s", words(re2::RE2::ErrorBadEscape));
        return nullptr;
    }
    re2::RE2::Options options;
    options.set_log_errors(false);
    /* The limit bounds the time to compile, too; what passes is small, and is compiled again with room to match fast. */
    options.set_max_mem(REGEX_COMPILE_BYTES_MAX);
    re2::RE2 small(ours, options);
    if (!small.ok()) {
        std::snprintf(why, why_bytes, "%s", words(small.error_code()));
        return nullptr;
    }
    options.set_max_mem(REGEX_BYTES_MAX);
    struct regex *r = new (std::nothrow) regex(ours, options);
    if (r != nullptr && r->re.ok())
        return r;
    std::snprintf(why, why_bytes, "out of memory");
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
