"""What a client and a broker complain of in their logs: lines of warnings and errors, without the names and numbers of one run."""
import glob
import os
import re

CLIENT = re.compile(r"^\[[^\]]*\] (WARN|ERROR) (?:\[[^\]]*\] )?(.*)$", re.M)  # as the peer's log4j2.xml writes them
BROKER = re.compile(r"^\S+ (WARN|ERROR) +(.*)$", re.M)


def _plain(found):
    """A word with a digit in it is a name or a number of this run."""
    return f"{found[1]} " + " ".join("N" if re.search(r"\d", w) else w for w in found[2].split())


def _lines(pattern, paths):
    out = set()
    for path in paths:
        with open(path, encoding="utf-8", errors="replace") as f:
            out |= {_plain(m) for m in pattern.finditer(f.read())}
    return out


def check(case, run, name, known=()):
    """The logs of a Java client's drivers in this run, and those of millrace, name nothing but what is known."""
    paths = [p for p in glob.glob(os.path.join(run.folder, "driver-*.log")) if name in os.path.basename(p)]
    case.true(paths, f"no driver of {name} left a log")
    case.equal({m for m in _lines(CLIENT, paths) if not m.startswith(tuple(known))}, set(), f"what {name} complains of")
    brokers = [b.log_path for b in run.brokers if b.kind == "millrace"]
    case.equal(_lines(BROKER, brokers), set(), "what the broker complains of")
