#!/usr/bin/env python3
"""Rules of the tree that a compiler does not check. Each finding is `file:line: text`; exit status 1 when there is one.

    tests/tidy/tidy.py                    every check, on the committed and the new files of this tree
    tests/tidy/tidy.py includes calls     some of them
    tests/tidy/tidy.py --list

The tables below are the rules; an exception is a line here, with its reason. tidy_test.py proves that each check finds
what it is for."""
import argparse
import os
import re
import shutil
import subprocess
import sys

import inert as inert_keys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# ---- the rules ----

# What a layer may include besides itself, by the longest matching prefix of a path. See docs in tests/README.md.
LAYERS = {
    "core/": [],
    "net/wire/": ["core/"],
    "storage/": ["core/", "net/wire/"],
    "core/broker/": ["core/", "net/wire/", "storage/"],
    "net/client.": ["core/", "net/wire/"],
    "net/": ["core/", "net/wire/", "storage/", "core/broker/", "net/client."],
    "core/cmd/": ["core/", "net/wire/", "storage/", "core/broker/", "net/client.", "net/"],
    "bench/": ["core/", "net/wire/", "net/client."],
    "tuning/": ["core/", "net/wire/", "net/client."],
    "tests/": ["core/", "net/wire/", "storage/", "core/broker/", "net/client.", "net/", "core/cmd/", "bench/", "tuning/"],
}

FILES = "open openat creat close read pread readv preadv write pwrite writev pwritev lseek fsync fdatasync sync \
    sync_file_range ftruncate truncate fallocate posix_fallocate rename renameat unlink unlinkat rmdir mkdir mkdirat stat \
    fstat lstat fstatat statx access opendir readdir scandir glob fcntl flock lockf ioctl fopen fdopen freopen fread fgets \
    getline tmpfile mkstemp"
SOCKETS = "socket socketpair bind listen accept accept4 connect send sendto sendmsg recv recvfrom recvmsg shutdown \
    setsockopt getsockopt getaddrinfo gethostbyname poll ppoll select epoll_create1 epoll_ctl epoll_wait eventfd signalfd \
    timerfd_create pipe pipe2 syscall"
CLOCKS = "clock_gettime gettimeofday time clock localtime localtime_r usleep sleep nanosleep clock_nanosleep alarm"
ENTROPY = "rand rand_r random srand srandom drand48 getrandom getentropy arc4random uuid_generate"
PROCESS = "getenv setenv putenv fork vfork system popen execv execve execvp posix_spawn signal sigaction raise kill \
    pthread_create pthread_mutex_lock pthread_cond_wait pthread_key_create sched_setaffinity"
MEMORY = "malloc calloc realloc free aligned_alloc posix_memalign memalign strdup strndup asprintf vasprintf mmap munmap alloca"
STREAMS = "printf vprintf puts putchar fprintf vfprintf fputs fputc fwrite perror exit _exit abort"
UNSAFE = "gets sprintf vsprintf strcpy stpcpy strcat strncpy strncat strtok scanf fscanf tmpnam \
    setlocale"  # never, in no program
UNREPEATABLE = "gets rand random srand srandom drand48 tmpnam"  # not even in tests, which repeat exactly
AMBIENT = " ".join([FILES, SOCKETS, CLOCKS, ENTROPY, PROCESS, MEMORY, STREAMS])

# Programs of their own, outside the broker, reach the system as they like.
OWN_PROGRAMS = ("bench/", "tuning/", "tests/")

ALLOWED_CALLS = {
    r"core/io_uring[^/]*\.[ch]": AMBIENT,  # the seam itself
    r"core/threads\.c": "pthread_create pthread_mutex_lock pthread_cond_wait poll read write close eventfd signalfd",
    r"core/mem\.c": MEMORY,  # the allocator
    r"core/buf\.c": "mmap munmap",  # pools of huge pages
    r"core/base\.c": "fprintf abort",  # a failed assertion's last words
    r"core/log\.c": "clock_gettime write",  # log_to_stderr()
    r"core/cmd/[^/]*\.c": STREAMS + " getenv",  # talks to a person
}

ALLOWED_GLOBALS = r"(io_uring[^/]*|threads|seeds|shake|igzip)\.c"  # the seam; what starts it; below a simulator's worlds

LINES_MAX = 700
GENERATED = re.compile(r"(^|/)gen/|_gen\.[ch]$")
SOURCE = (".c", ".cc", ".h", ".py", ".sh", ".java")
LEFT_FOR_LATER = re.compile(
    r"\b(?:T[O]DO|FIX[M]E|X[X]X|HA[C]K)\b|(?i:\bnot implem[e]nted\b|\bunimplem[e]nted\b|\bst[u]b(s|bed)?\b)")
SLEEPS = re.compile(r"\b(usleep|nanosleep|clock_nanosleep|sleep)\s*\(|\b(time|asyncio)\.sleep\s*\(|\bThread\.sleep\s*\(")
ALLOWED_SLEEPS = {
    "bench/tests/fake_broker.py",  # a broker that stands still is the fault it plays
    "tests/tidy/tidy_test.py",  # quotes them
    "tests/e2e/suites/idle.py",  # ten seconds of idleness are the measure
    "tests/e2e/lib/cases/fetching.py",  # produces while a reader waits, and no client shows that it waits
}
DEADLINE = re.compile(r"(monotonic|nanoTime|currentTimeMillis|clock_ns|time)\(\)\s*(>|<|-)|deadline", re.I)


# ---- the tree ----

class Tree:
    def __init__(self, root, build):
        self.root, self.build = root, build
        listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=root, stdout=subprocess.PIPE,
                                stderr=subprocess.DEVNULL, check=False)
        if listed.returncode == 0:
            names = listed.stdout.decode().splitlines()
        else:  # an unpacked archive
            names = [os.path.relpath(os.path.join(d, f), root) for d, _, fs in os.walk(root) for f in fs]
            names = [n for n in names if not n.startswith(("build", "."))]
        self.names = sorted(n for n in set(names) if os.path.isfile(os.path.join(root, n)))
        self.sources = [n for n in self.names if n.endswith(SOURCE) and not GENERATED.search(n)]
        self.c = [n for n in self.sources if n.endswith((".c", ".h"))]
        self._text = {}

    def text(self, name):
        if name not in self._text:
            with open(os.path.join(self.root, name), encoding="utf-8", errors="replace") as f:
                self._text[name] = f.read()
        return self._text[name]

    def lines(self, name):
        return enumerate(self.text(name).splitlines(), 1)

    def code_lines(self, name):
        """The lines without comments and without what stands in quotes."""
        def blank(m):
            return "\n" * m.group(0).count("\n") if m.group(0).startswith("/") else '""'
        bare = re.sub(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', blank, self.text(name), flags=re.S)
        return enumerate(bare.splitlines(), 1)


def layer_of(path):
    return max((p for p in LAYERS if path.startswith(p)), key=len, default=None)


def is_test(path):
    return path.startswith("tests/") or "/tests/" in path


# ---- the checks: each yields (file, line, text) ----

def includes(tree):
    """Includes go from the root, only to what stands to the left, and nobody includes tests."""
    for name in [n for n in tree.names if n.endswith((".c", ".cc", ".h"))]:
        layer = layer_of(name)
        if layer is None:
            yield name, 1, "is in no layer: tests/tidy/tidy.py has the list"
            continue
        for n, line in tree.lines(name):
            m = re.match(r'\s*#\s*include\s*([<"])([^>"]+)', line)
            if not m:
                continue
            target = m.group(2)
            if m.group(1) == "<":
                if target == "liburing.h" and not name.startswith(("core/io_uring", "bench/", "tuning/", "tests/")):
                    yield name, n, "only core/io_uring*.c includes liburing.h"
                continue
            to = layer_of(target)
            if to is None or not os.path.exists(os.path.join(tree.root, target)):
                yield name, n, f'include "{target}": write the path from the root'
            elif to != layer and to not in LAYERS[layer]:
                yield name, n, f"{layer.rstrip('/.')} must not include {target}"
            elif re.search(r"_priv\.h$", target) and os.path.dirname(target) != os.path.dirname(name) \
                    and not name.startswith("tests/"):
                yield name, n, f"{target} is private to its folder"


def calls(tree):
    """Files, sockets, clocks, entropy, memory and output only where they are at home; unsafe calls nowhere."""
    def pattern(words):
        # Not a member (x->read(), x.read()), not a longer name, not the declaration of a pointer member.
        return re.compile(r"(?<![\w.>])(" + "|".join(words) + r")\s*\(")
    unsafe, all_words = set(UNSAFE.split()), set(UNSAFE.split()) | set(AMBIENT.split())
    for name in tree.c:
        if is_test(name):
            words = set(UNREPEATABLE.split())
        else:
            words = set(unsafe if name.startswith(OWN_PROGRAMS) else all_words)
        for where, allowed in ALLOWED_CALLS.items():
            if re.fullmatch(where, name):
                words -= set(allowed.split())
        banned = pattern(sorted(words))
        for n, line in tree.code_lines(name):
            for m in banned.finditer(line):
                yield name, n, f"{m.group(1)}() is not for this file: see ALLOWED_CALLS in tests/tidy/tidy.py"


def globals_(tree):
    """No mutable globals and no thread-locals: many brokers run in one process."""
    for name in tree.c:
        if name.startswith(OWN_PROGRAMS) or re.fullmatch(ALLOWED_GLOBALS, name.split("/")[-1]):
            continue
        for n, line in tree.code_lines(name):
            if re.search(r"\b(_Thread_local|thread_local|__thread)\b", line):
                yield name, n, "thread-local: pass struct mr_shard * instead"
    archives = [f for f in os.listdir(tree.build) if re.fullmatch(r"libmr_\w+\.a", f)] if os.path.isdir(tree.build) else []
    if not archives:
        yield os.path.relpath(tree.build, tree.root), 1, "has no libmr_*.a to look into: build first"
    for archive in sorted(archives):
        listed = subprocess.run(["nm", "-A", "-f", "sysv", os.path.join(tree.build, archive)], stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, check=False)
        if listed.returncode != 0:
            yield archive, 1, f"nm: {listed.stderr.decode().strip()}"
            continue
        for row in listed.stdout.decode().splitlines():
            cells = [c.strip() for c in row.split("|")]
            if len(cells) < 7 or cells[2] not in "bBdDC" or cells[6].startswith(".data.rel.ro"):
                continue
            _, member, symbol = cells[0].rsplit(":", 2)
            source = member[:-2] if member.endswith(".o") else member
            if not re.fullmatch(ALLOWED_GLOBALS, source):
                symbol = symbol.split(".")[0]
                yield *find_symbol(tree, source, symbol), f"mutable global {symbol} (in {archive})"


def find_symbol(tree, source, symbol):
    for name in tree.names:
        if os.path.basename(name) == source:
            for n, line in tree.lines(name):
                if re.search(rf"\b{re.escape(symbol)}\b.*(=|;|\[)", line):
                    return name, n
    return source, 1


def length(tree):
    """A file is one noun."""
    for name in tree.sources:
        n = tree.text(name).count("\n")
        if n > LINES_MAX:
            yield name, LINES_MAX + 1, f"{n} lines; above {LINES_MAX} ask whether it is still one noun"


def later(tree):
    """Nothing is left for later in the code."""
    for name in tree.names:
        if name.endswith(SOURCE + ("CMakeLists.txt", "Makefile")) and not GENERATED.search(name):
            for n, line in tree.lines(name):
                m = LEFT_FOR_LATER.search(line)
                if m:
                    yield name, n, f"{m.group(0)}: do it, or write an issue"


def sleeps(tree):
    """Tests step virtual time, or poll a condition: a sleep is fine within three lines below a look at a deadline."""
    for name in [s for s in tree.sources if is_test(s) and s not in ALLOWED_SLEEPS]:
        lines = list(tree.code_lines(name) if name.endswith((".c", ".h", ".java")) else tree.lines(name))
        for n, line in lines:
            before = "\n".join(text for _, text in lines[max(0, n - 4):n - 1])
            if SLEEPS.search(line) and not DEADLINE.search(before):
                yield name, n, "a sleep: step virtual time, or poll a condition with a deadline"


def format_(tree):
    """clang-format 14 has nothing to change."""
    tool = shutil.which("clang-format-14") or shutil.which("clang-format")
    version = subprocess.run([tool, "--version"], stdout=subprocess.PIPE, check=False).stdout.decode() if tool else ""
    if not re.search(r"version 14\.", version):
        yield ".clang-format", 1, "clang-format 14 is needed to check the format; tests/install-deps test installs it"
        return
    done = subprocess.run([tool, "--dry-run", "--style=file", *tree.c], cwd=tree.root, stdout=subprocess.DEVNULL,
                          stderr=subprocess.PIPE, check=False)
    seen = set()
    for row in done.stderr.decode(errors="replace").splitlines():
        m = re.match(r"([^:]+):(\d+):\d+: (?:warning|error):", row)
        if m and m.group(1) not in seen:
            seen.add(m.group(1))
            yield m.group(1), int(m.group(2)), "is not formatted: make format"


def inert(tree):
    """README.md lists the settings without effect as the tables of keys have them (tests/tidy/inert.py --write)."""
    tables = [name for name in inert_keys.TABLES if name in tree.names]
    if not tables:
        return
    found = inert_keys.marked(tree.text("README.md")) if "README.md" in tree.names else None
    if found is None:
        yield "README.md", 1, f"lacks the lines {inert_keys.BEGIN.strip()} and {inert_keys.END.strip()}"
        return
    try:
        want = inert_keys.section([tree.text(name) for name in tables])
    except ValueError as e:
        yield tables[0], 1, str(e)
        return
    if found[0] != want:
        line = tree.text("README.md").count("\n", 0, found[1]) + 1
        differ = sorted(set(found[0].split()) ^ set(want.split()))
        yield "README.md", line, f"is not what tests/tidy/inert.py --write makes of the tables: {' '.join(differ)[:200]}"


CHECKS = {"includes": includes, "calls": calls, "globals": globals_, "length": length, "later": later, "sleeps": sleeps,
          "inert": inert, "format": format_}


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("checks", nargs="*", metavar="CHECK", help=" ".join(CHECKS))
    p.add_argument("--list", action="store_true", help="name the checks and what they ask for")
    p.add_argument("--root", default=ROOT)
    p.add_argument("--build", help="where the libraries are (ROOT/build)")
    args = p.parse_args()
    if args.list:
        for name, check in CHECKS.items():
            print(f"{name:10} {check.__doc__}")
        return 0
    unknown = [c for c in args.checks if c not in CHECKS]
    if unknown:
        p.error(f"no check {unknown[0]!r}; there are {', '.join(CHECKS)}")
    tree = Tree(args.root, args.build or os.path.join(args.root, "build"))
    failed = 0
    for name in args.checks or CHECKS:
        findings = list(CHECKS[name](tree))
        for file, line, text in findings:
            print(f"{file}:{line}: {text}")
        failed += bool(findings)
        print(f"{'FAIL' if findings else 'PASS'} {name}" + (f": {len(findings)} findings" if findings else ""))
    ran = len(args.checks or CHECKS)
    print(f"{ran - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
