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
    """paths: file -> where to begin, bytes."""
    out = set()
    for path, begin in paths.items():
        with open(path, "rb") as f:
            f.seek(begin)
            out |= {_plain(m) for m in pattern.finditer(f.read().decode(errors="replace"))}
    return out


class Watch:
    """From now on: what Java drivers say whose logs have this name, and what millrace says in the run's brokers."""

    def __init__(self, run, name):
        self.run, self.name = run, name
        self.at = {b.log_path: os.path.getsize(b.log_path) for b in run.brokers if os.path.exists(b.log_path)}

    def check(self, case, known=()):
        """They name nothing but what begins like something known."""
        paths = {p: 0 for p in glob.glob(os.path.join(self.run.folder, "driver-*.log")) if self.name in os.path.basename(p)}
        case.true(paths, f"no driver of {self.name} left a log")
        case.equal({m for m in _lines(CLIENT, paths) if not m.startswith(tuple(known))}, set(), f"what {self.name} complains of")
        brokers = {b.log_path: self.at.get(b.log_path, 0) for b in self.run.brokers if b.kind == "millrace" and os.path.exists(b.log_path)}
        case.equal(_lines(BROKER, brokers), set(), "what the broker complains of")
