"""Scenario files: key = value lines. What the runner does not know itself goes to the generator as it stands."""
import glob
import os

OWN = {"about", "kind", "set", "quick", "prefill_bytes", "prefill_records", "cold", "settle_s", "idle_s", "connections_idle", "strace_s",
       "members", "shares", "rounds", "topics", "topic_partitions", "groups", "commit_s", "commit_partitions",
       "counts", "journal_bytes", "bandwidth", "settings",
       "heartbeat_s", "tail_consumers", "producers", "txn_partitions", "txn_offsets", "txn_version", "alone_s", "together_s", "clean_keys",
       "clean_times", "segments", "reads"}
KINDS = {"load", "flat", "tail", "catchup", "drain", "start", "idle", "topic", "recovery", "partitions", "syscalls", "groups", "consumers",
         "transactions", "compaction", "segments"}


class ScenarioError(Exception):
    pass


class Scenario:
    def __init__(self, name, pairs):
        self.name = name
        self.own = {k: v for k, v in pairs.items() if k in OWN}
        self.words = {k: v for k, v in pairs.items() if k not in OWN}
        self.kind = self.own.get("kind", "load")
        self.about = self.own.get("about", "")
        self.set = self.own.get("set", "main")
        if self.kind not in KINDS:
            raise ScenarioError(f"{name}: kind={self.kind}: allowed are {', '.join(sorted(KINDS))}")

    def number(self, key, normal):
        return float(self.own.get(key, normal))

    def hurry(self):
        """--quick: a look at whether it works, not a measurement."""
        for key, most in (("warmup_s", 1), ("duration_s", 3)):
            self.words[key] = str(min(float(self.words.get(key, most)), most))
        for pairs, key in ((self.words, "bytes_max"), (self.own, "prefill_bytes")):
            if key in pairs:
                pairs[key] = str(int(pairs[key]) // 8)
        for key, most in (("members", 50), ("rounds", 3), ("groups", 500), ("topics", 200), ("clean_keys", 300_000)):
            if key in self.own:
                self.own[key] = str(min(int(self.own[key]), most))
        for key, most in (("commit_s", 1), ("settle_s", 1), ("idle_s", 3), ("strace_s", 1), ("heartbeat_s", 1),
                          ("alone_s", 1), ("together_s", 2)):
            if key in self.own:
                self.own[key] = str(min(float(self.own[key]), most))

    def override(self, pairs):
        for pair in pairs:
            key, value = pair.split("=", 1)
            (self.own if key in OWN else self.words)[key] = value


def parse(path):
    pairs = {}
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            if "=" not in line:
                raise ScenarioError(f"{path}:{number}: key = value is needed")
            key, value = (part.strip() for part in line.split("=", 1))
            if key in pairs:
                raise ScenarioError(f"{path}:{number}: {key} stands twice")
            pairs[key] = value
    return Scenario(os.path.splitext(os.path.basename(path))[0], pairs)


def load_all(folder):
    return [parse(path) for path in sorted(glob.glob(os.path.join(folder, "*.conf")))]


def choose(scenarios, names, which):
    """By name (a list, or None) or else by set; `all` is every set."""
    if names:
        known = {s.name: s for s in scenarios}
        missing = [n for n in names if n not in known]
        if missing:
            raise ScenarioError(f"no scenario is called {', '.join(missing)}; there are: {', '.join(known)}")
        return [known[n] for n in names]
    return [s for s in scenarios if which in (s.set, "all")]
