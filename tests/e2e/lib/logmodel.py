"""What a Kafka log is, in memory: one topic of one partition. It predicts offsets, where the log starts, what is found by time, and records.

Sizes of batches, and so segments, are known only where batches are stored as they came; of a topic that repacks them only what does not
hang on segments is predicted."""
import random

from . import batch, codec

NO_RETENTION = {"retention.ms": -1, "retention.bytes": -1}
OUT_OF_RANGE, TOO_LARGE_FOR_SEGMENT, POLICY = 1, 18, 44


class Stored:
    """A batch in the log."""

    def __init__(self, base, records, size, attributes):
        self.base, self.records, self.size, self.attributes = base, records, size, attributes
        self.last = base + len(records) - 1

    top = property(lambda self: max(r.timestamp for r in self.records))


class Segment:
    def __init__(self, base):
        self.base, self.batches = base, []

    size = property(lambda self: sum(b.size for b in self.batches))
    top = property(lambda self: max((b.top for b in self.batches), default=-1))


class Log:
    def __init__(self, configs):
        self.configs = {**NO_RETENTION, **configs}
        self.segments = [Segment(0)]
        self.start = self.end = 0

    repacks = property(lambda self: self.configs.get("compression.type", "producer") != "producer")
    stamps = property(lambda self: self.configs.get("message.timestamp.type") == "LogAppendTime")
    compacts = property(lambda self: self.configs.get("cleanup.policy") == "compact")
    batches = property(lambda self: [b for s in self.segments for b in s.batches])

    def records(self, start=None):
        start = self.start if start is None else start
        return [r for b in self.batches for r in b.records if r.offset >= start]

    # --- what changes it

    def append_error(self, size):
        return TOO_LARGE_FOR_SEGMENT if not self.repacks and size > self.segment_bytes else 0

    segment_bytes = property(lambda self: self.configs["internal.segment.bytes"])

    def append(self, records, size, number, stamped_ms):
        """records without offsets; stamped_ms: the time that the broker says it gave them."""
        kept = [batch.Record(r.key, r.value, stamped_ms if self.stamps else r.timestamp, r.headers, self.end + i)
                for i, r in enumerate(records)]
        kind = self.configs.get("compression.type", "producer")
        number = number if kind == "producer" else 0 if kind == "uncompressed" else codec.NAMES.index(kind)
        if self.segments[-1].size > self.segment_bytes - size:
            self.segments.append(Segment(self.end))
        self.segments[-1].batches.append(Stored(self.end, kept, size, number + (8 if self.stamps else 0)))
        self.end += len(kept)

    def delete_records(self, upto):
        """The answer's error and low watermark."""
        if self.compacts:
            return POLICY, -1
        upto = self.end if upto == -1 else upto
        if upto > self.end or upto < 0:
            return OUT_OF_RANGE, -1
        self.start = max(self.start, upto)
        self._expire()
        return 0, self.start

    def retain(self, now_ms, **configs):
        self.configs.update(configs)
        self._expire(now_ms)

    def _drop(self, goes):
        while self.segments:
            first, rest = self.segments[0], self.segments[1:]
            if (not rest and first.size == 0) or not goes(first, rest):
                break
            self.segments = rest
        if not self.segments:
            self.segments = [Segment(self.end)]
        self.start = max(self.start, self.segments[0].base)

    def _expire(self, now_ms=None):
        """Kafka's order: what lies below the start, then by size, then by time; the oldest first, whole segments."""
        if self.compacts or self.repacks:
            return
        self._drop(lambda s, rest: bool(rest) and rest[0].base <= self.start)
        limit = self.configs["retention.bytes"]
        if limit >= 0:
            self._drop(lambda s, rest: sum(x.size for x in rest) >= limit)
        if self.configs["retention.ms"] >= 0 and now_ms is not None:
            self._drop(lambda s, rest: now_ms - s.top > self.configs["retention.ms"])

    def compact(self):
        """Below the newest segment only the last record of each key stays."""
        closed = [b for s in self.segments[:-1] for b in s.batches]
        last = {r.key: r.offset for b in closed for r in b.records}
        for b in closed:
            b.records = [r for r in b.records if last[r.key] == r.offset]

    # --- what is asked of it

    def find(self, timestamp):
        """(timestamp, offset): of the first live record at or after a time, or the special ones."""
        if timestamp == -1:
            return -1, self.end
        if timestamp in (-2, -4):
            return -1, self.start
        if timestamp == -5:
            return -1, -1
        live = self.records()
        if timestamp == -3:
            timestamp = max((r.timestamp for r in live), default=0)
        return next(((r.timestamp, r.offset) for r in live if r.timestamp >= timestamp), (-1, -1))


# --- scripts: a line is what to do, the topic, and numbers

def script(seed, ops=40, restarts=2, compaction=False):
    """The same lines for the same seed. Positions are in thousandths of what the log then holds; times are in ms before the run."""
    rnd = random.Random(f"logmodel {seed}")
    kinds = ["plain", "plain", "sized", "timed", "stamped", "repacked"] + ["compacted"] * compaction
    topics = {f"t{i}": kind for i, kind in enumerate(rnd.sample(kinds, 3) + (["compacted"] if compaction else []))}
    lines = [_create(rnd, name, kind) for name, kind in topics.items()]
    again = sorted(rnd.sample(range(ops // 3, ops), restarts)) if restarts else []
    limit = {}
    for n in range(ops):
        name = rnd.choice(list(topics))
        kind = topics[name]
        if n in again:
            lines.append(f"restart {rnd.choice(['clean', 'kill'])}")
        what = rnd.random()
        if what < 0.5:
            lines.append(_append(rnd, name, kind))
        elif what < 0.62:
            lines.append(f"read {name} at={rnd.randrange(-20, 1020)} max={rnd.choice([1, 300, 2000, 100000])}")
        elif what < 0.76:
            lines.append(f"find {name} ms={rnd.choice([0, 1, 600_000, 5_400_000, 7_200_000, rnd.randrange(7_300_000)])}")
        elif what < 0.86 and not (restarts and kind in ("sized", "timed")):
            # A segment that begins below the start may be counted from the start on after a restart, and expire otherwise.
            # Nor is it said what becomes of one whose records have all been deleted.
            lines.append(f"delete {name} at=" + str(rnd.randrange(0, 700) if kind in ("sized", "timed") else
                                                    rnd.choice([-1, rnd.randrange(0, 1100), rnd.randrange(0, 500)])))
        elif what < 0.94 and kind == "sized":
            limit[name] = rnd.choice([b for b in (20000, 9000, 4000, 0) if b <= limit.get(name, 20000)])
            lines.append(f"retain {name} bytes={limit[name]}")
        elif what < 0.94 and kind == "timed":
            lines.append(f"retain {name} ms=3600000")
        elif what < 0.94 and kind == "compacted":
            lines.append(f"compact {name}")
        elif what > 0.97:
            limit.pop(name, None)
            lines += [f"recreate {name}"]
        else:
            lines.append(_append(rnd, name, kind))
    return lines


def _create(rnd, name, kind):
    configs = {"internal.segment.bytes": rnd.choice([1500, 3000, 8000])}
    if kind == "stamped":
        configs["message.timestamp.type"] = "LogAppendTime"
    if kind == "repacked":
        configs["compression.type"] = rnd.choice(["uncompressed", "gzip", "snappy", "lz4", "zstd"])
        configs["internal.segment.bytes"] = 8000
    if kind == "compacted":
        configs["cleanup.policy"] = "compact"
    return f"create {name} " + " ".join(f"{k}={v}" for k, v in configs.items())


def _append(rnd, name, kind):
    many = 1 + int(rnd.expovariate(0.3))
    size = rnd.choice([0, 10, 60, 200, 200, 700] + [2500] * (kind != "repacked"))
    old = rnd.random() < 0.6 and kind != "stamped"
    ms = rnd.randrange(5_400_000, 7_200_000) if old else rnd.randrange(0, 600_000)
    keys = rnd.choice([2, 5]) if kind == "compacted" else rnd.choice([0, 3])
    if kind == "repacked":
        many = min(many, 8)
    return (f"append {name} n={many} size={size} keys={keys} ms={ms} step={rnd.choice([-7, 0, 1, 20])} "
            f"codec={rnd.randrange(5)} seed={rnd.randrange(1000)}")


def records_of(now_ms, line):
    """The records that a line appends."""
    rnd = random.Random(line["seed"])
    value = rnd.randbytes
    return [batch.Record(b"key-%d" % rnd.randrange(line["keys"]) if line["keys"] else None, value(line["size"]),
                         now_ms - line["ms"] + i * line["step"], [("n", b"%d" % i)] if rnd.random() < 0.2 else [])
            for i in range(line["n"])]


def parse(text):
    what, name, *rest = text.split() + [""] * (len(text.split()) == 1)
    fields = dict(x.split("=", 1) for x in rest)
    return what, name, {k: int(v) if v.lstrip("-").isdigit() else v for k, v in fields.items()}
