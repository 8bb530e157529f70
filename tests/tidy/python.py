#!/usr/bin/env python3
"""What breaks a Python program of this tree only when it gets there: pylint's errors (a name or an argument that is not
there, a variable before its assignment). Installs pylint from PyPI, as the e2e suites install their clients.

    tests/tidy/python.py          every program of this tree; exit status 1 when there is a finding"""
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "tests", "e2e"))
# pylint: disable=wrong-import-position
from lib import toolchain
from lib.report import Skip

FIRST_LINE = "#!/usr/bin/env python3\n"
# Where each imports its own modules from. What it imports from PyPI is not looked into.
PATHS = ("tests/e2e", "tests/e2e/drivers", "tests/tidy", "bench", "net/wire/schema")


def is_python(path):
    if path.endswith(".py"):
        return True
    if "." in os.path.basename(path):
        return False
    with open(os.path.join(ROOT, path), encoding="utf-8", errors="replace") as f:
        return f.readline() == FIRST_LINE


def main():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True).stdout.split("\n")
    files = [f for f in listed if f and os.path.isfile(os.path.join(ROOT, f)) and is_python(f)]
    try:
        python = os.path.join(toolchain.venv("pylint", "pylint==4.1.4"), "bin", "python")
    except Skip as e:
        print(f"SKIP python: {e}")
        print("0 passed, 0 failed, 1 skipped")
        return 0
    done = subprocess.run([python, "-m", "pylint", "-j2", "--errors-only", "--disable=import-error", *files], cwd=ROOT, check=False,
                          env={**os.environ, "PYTHONPATH": ":".join(os.path.join(ROOT, p) for p in PATHS)})
    failed = done.returncode != 0
    print(f"{'FAIL' if failed else 'PASS'} python: {len(files)} programs and modules")
    print(f"{int(not failed)} passed, {int(failed)} failed")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
