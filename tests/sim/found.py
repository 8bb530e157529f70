#!/usr/bin/env python3
"""Run every seed of found.txt: tests/sim/found.py [BUILD]. Prints a line per program; exit 1 when a seed fails.

A line: program, NAME=VALUE settings that the seeds were found with, seeds."""
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
LIMIT_S = 300  # a seed


def lines():
    with open(os.path.join(HERE, "found.txt"), encoding="ascii") as f:
        for line in f:
            words = line.split("#")[0].split()
            if words:
                yield words[0], dict(w.split("=", 1) for w in words if "=" in w), [int(w) for w in words[1:] if "=" not in w]


def run(build, program, settings, seed):
    """What the program said when the seed failed; None when it passed."""
    env = dict(os.environ, MR_SEEDS=str(seed), **settings)
    try:
        done = subprocess.run([os.path.join(build, "tests", program)], env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=LIMIT_S, check=False)
    except subprocess.TimeoutExpired:
        return f"not done in {LIMIT_S} s"
    return None if done.returncode == 0 else done.stdout.decode(errors="replace")[-2000:]


def main():
    build = sys.argv[1] if len(sys.argv) > 1 else "build"
    failed = False
    for program, settings, seeds in lines():
        said = {seed: run(build, program, settings, seed) for seed in seeds}
        bad = {seed: text for seed, text in said.items() if text is not None}
        failed |= bool(bad)
        print(f"{'FAIL' if bad else 'PASS'} {program}: {len(seeds) - len(bad)} of {len(seeds)} seeds that once found a bug")
        for seed, text in bad.items():
            print(f"seed {seed}:\n{text}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
