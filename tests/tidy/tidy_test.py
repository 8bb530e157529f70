#!/usr/bin/env python3
"""Proves that tidy.py finds what it is for: a tree with one violation of each kind, and the same tree without."""
import os
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)

import tidy  # noqa: E402

LATER = "TO" + "DO"

README = "# Mine\n<!-- tests/tidy/inert.py --write -->\nOf topics ({1}):\n```\n{0}\n```\n<!-- end -->\n"

# Files that are in order, and look dangerous.
CLEAN = {
    "core/base.h": "#include <stdint.h>\n",
    "core/io_uring.c": '#include <liburing.h>\n#include "core/base.h"\nint f(int h)\n{\n    return close(h);\n}\n',
    "core/list.h": '#include "core/base.h"\n',
    "core/seat_priv.h": "\n",
    "core/seat.c": '#include "core/seat_priv.h"\n/* close(2) in a comment, "read(" */\nint g(struct x *x)\n{\n'
                   '    return x->read(1) + x->ops.write("open(") + seat_read(2) + reread(3);\n}\n'
                   "static const int table[] = {1};\n",
    "net/wire/batch.h": '#include "core/base.h"\n',
    "net/wire/gen/big.c": "int todo;\n" * 2000,
    "net/client.h": '#include "net/wire/batch.h"\n',
    "storage/log.c": '#include "net/wire/batch.h"\n',
    "core/broker/group.c": '#include "storage/log.h"\n',
    "storage/log.h": "\n",
    "net/conn.c": '#include "core/broker/group.h"\n#include "net/client.h"\n',
    "core/broker/group.h": "\n",
    "core/cmd/main.c": '#include "net/conn.h"\nint main(void)\n{\n    printf("hello\\n");\n}\n',
    "net/conn.h": "\n",
    "bench/load.c": '#include "net/client.h"\n#include "core/list.h"\n#include "bench/load.h"\n',
    "bench/load.h": "\n",
    "tests/unit/list_test.c": '#include "core/list.h"\n#include "core/seat_priv.h"\n#include "bench/load.h"\n',
    "core/config_table_topic.c": "static const struct config_key topic_rows[] = {\n"
                                 '    K(LONG, X, "one.ms", "1", "1..", CONFIG_INERT),\n'
                                 '    KO(INT, X, "two", "1", "2", NULL, 0),\n'
                                 '    K(INT, X, "three", "(1)", NULL, CONFIG_INTERNAL | CONFIG_INERT),\n};\n',
    "README.md": README.format("one.ms three", 2),
    "tests/e2e/wait.py": "while True:\n    if time.monotonic() > end:\n        raise Failure\n    time.sleep(0.02)\n",
}

# One violation each: the check, the file, its text, and the line that must be named.
VIOLATIONS = [
    ("includes", "core/a.c", '#include "net/wire/batch.h"\n', 1),
    ("includes", "core/a.c", '\n#include "core/broker/group.h"\n', 2),
    ("includes", "net/wire/a.c", '#include "storage/log.h"\n', 1),
    ("includes", "net/wire/a.c", '#include "net/client.h"\n', 1),
    ("includes", "storage/a.c", '#include "core/broker/group.h"\n', 1),
    ("includes", "core/broker/a.c", '#include "net/conn.h"\n', 1),
    ("includes", "net/a.c", '#include "bench/load.h"\n', 1),
    ("includes", "net/client.c", '#include "net/conn.h"\n', 1),
    ("includes", "bench/a.c", '#include "storage/log.h"\n', 1),
    ("includes", "bench/a.c", '#include "net/conn.h"\n', 1),
    ("includes", "net/a.c", '#include "tests/unit/list_test.c"\n', 1),
    ("includes", "core/a.c", '#include "base.h"\n', 1),
    ("includes", "core/a.c", '#include "core/missing.h"\n', 1),
    ("includes", "storage/a.c", '#include "core/seat_priv.h"\n', 1),
    ("includes", "core/a.c", "#include <liburing.h>\n", 1),
    ("includes", "attic/a.c", "\n", 1),
    ("calls", "core/a.c", "\n\nint f(int h) { return close(h); }\n", 3),
    ("calls", "storage/a.c", "int f(void) { return open(\"x\", 0); }\n", 1),
    ("calls", "net/a.c", "int f(void) { return socket(1, 2, 3); }\n", 1),
    ("calls", "core/a.c", "int f(void) { return clock_gettime(0, 0); }\n", 1),
    ("calls", "core/a.c", "int f(void) { return (int)time(NULL); }\n", 1),
    ("calls", "core/broker/a.c", "int f(void) { return rand(); }\n", 1),
    ("calls", "core/a.c", "void *f(void) { return malloc(1); }\n", 1),
    ("calls", "storage/a.c", "void f(char *a) { strcpy(a, \"b\"); }\n", 1),
    ("calls", "bench/a.c", "void f(char *a) { sprintf(a, \"b\"); }\n", 1),
    ("calls", "net/a.c", "void f(void) { printf(\"b\"); }\n", 1),
    ("calls", "net/a.c", "void f(void) { usleep(1); }\n", 1),
    ("calls", "tests/unit/a_test.c", "int f(void) { return rand(); }\n", 1),
    ("globals", "core/a.c", "\nint counter = 1;\n", 2),
    ("globals", "core/a.c", "static int hidden;\nint *f(void)\n{\n    return &hidden;\n}\n", 1),
    ("globals", "core/a.c", "int f(void)\n{\n    static int calls;\n    return ++calls;\n}\n", 3),
    ("globals", "core/a.c", "_Thread_local int mine;\n", 1),
    ("length", "core/a.c", "\n" * 701, 701),
    ("later", "core/a.c", f"/* {LATER}: later */\n", 1),
    ("later", "Makefile", f"# {LATER}\n", 1),
    ("sleeps", "tests/unit/a_test.c", "void f(void) { usleep(1000); }\n", 1),
    ("sleeps", "tests/e2e/a.py", "\ntime.sleep(1)\n", 2),
    ("inert", "README.md", README.format("one.ms two three", 3), 3),
    ("inert", "README.md", README.format("one.ms", 1), 3),
    ("inert", "README.md", "# Mine\n", 1),
    ("inert", "core/config_table_topic.c", "static const struct config_key odd_rows[] = {\n};\n", 1),
    ("format", "core/a.c", "int f(void){return 1;}\n", 1),
]


class TidyTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = folder.name
        for name, text in CLEAN.items():
            self.write(name, text)
        self.write("core/frozen.c", "extern const int *const p[];\nstatic const int one = 1;\nconst int *const p[] = {&one};\n")

    def write(self, name, text):
        path = os.path.join(self.root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)

    def findings(self, check, *compiled):
        """What a check says about the tree, with a library of some of its files."""
        build = os.path.join(self.root, "build")
        os.makedirs(build, exist_ok=True)
        objects = []
        for name in compiled:
            objects.append(os.path.join(build, os.path.basename(name) + ".o"))
            subprocess.run(["gcc", "-c", "-fPIC", "-o", objects[-1], os.path.join(self.root, name)], check=True)
        if objects:
            subprocess.run(["ar", "rc", os.path.join(build, "libmr_core.a"), *objects], check=True)
        return list(tidy.CHECKS[check](tidy.Tree(self.root, build)))

    def test_a_tree_in_order_has_no_findings(self):
        with open(os.path.join(tidy.ROOT, ".clang-format"), encoding="utf-8") as f:
            self.write(".clang-format", f.read())
        for check in tidy.CHECKS:
            if check != "format":
                self.assertEqual(self.findings(check, "core/frozen.c"), [], check)

    def test_each_violation_is_found_at_its_line(self):
        for check, name, text, line in VIOLATIONS:
            with self.subTest(check=check, name=name, text=text):
                self.write(name, text)
                compiled = ["core/frozen.c"] + ([name] if check == "globals" else [])
                found = [f[:2] for f in self.findings(check, *compiled) if f[0] == name]
                self.assertEqual(found[:1], [(name, line)])
                if name in CLEAN:
                    self.write(name, CLEAN[name])
                else:
                    os.remove(os.path.join(self.root, name))

    def test_every_check_has_a_violation_that_it_must_find(self):
        self.assertEqual({v[0] for v in VIOLATIONS}, set(tidy.CHECKS))

    def test_without_libraries_the_globals_are_not_passed_over(self):
        self.assertEqual(len(self.findings("globals")), 1)

    def test_a_formatted_file_is_left_alone(self):
        self.write(".clang-format", "BasedOnStyle: LLVM\n")
        self.write("core/fine.c", "int f(void) { return 1; }\n")
        self.assertNotIn("core/fine.c", [f[0] for f in self.findings("format")])


if __name__ == "__main__":
    unittest.main()
