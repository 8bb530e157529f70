"""Compaction: of each key the newest record stays, at its offset, tombstones until their time is over; the same against a real Kafka. A
real Kafka opens what millrace compacted, and says the same of it."""
import glob
import os
import time

from lib import batch
from lib.raw import Raw
from lib.report import Failure
from lib.target import wait_for

KEYS = {"log.cleaner.backoff.ms": 200, "log.segment.delete.delay.ms": 100, "log.cleaner.dedupe.buffer.size": 4 << 20}
TOPIC = {"cleanup.policy": "compact", "segment.bytes": str(1 << 20), "min.cleanable.dirty.ratio": "0.01"}
VALUE = bytes(range(256)) * 390  # two batches of four to a segment


class Compaction:
    def __init__(self, run, name, kind=None, data=None):
        self.broker = run.broker(name, KEYS, kind=kind, data=data)
        self.broker.start()
        self.raw = Raw(self.broker.address)
        self.written = {}  # topic -> [(key, value)], by offset

    def append(self, topic, records, codec=0):
        now_ms = int(time.time() * 1000)
        data = batch.make([batch.Record(k, v, now_ms + i) for i, (k, v) in enumerate(records)], codec)
        got = self.raw.produce(topic, 0, data)
        assert got["error"] == 0, got
        self.written.setdefault(topic, []).extend(records)

    def fill(self, topic, first, batches):
        """Ten keys in turn; every seventh record is a tombstone. Every third batch is compressed."""
        for n in range(first, first + batches):
            records = []
            for i in range(n * 4, n * 4 + 4):
                records.append((b"key-%d" % (i * i % 10), None if i % 7 == 0 else b"%d:" % i + VALUE))
            self.append(topic, records, 1 if n % 3 == 0 else 0)

    def have(self, topic):
        return [(r.offset, r.key, r.value) for b in self.raw.batches(topic, 0, self.raw.start(topic, 0)) for r in b.records()]

    def active(self, topic):
        files = sorted(glob.glob(os.path.join(self.broker.data, f"{topic}-0", "*.log")))
        return int(os.path.basename(files[-1])[:20])

    def survivors(self, topic, tombstones):
        active, newest = self.active(topic), {}
        for offset, (key, _) in enumerate(self.written[topic][:active]):
            newest[key] = offset
        return [(o, k, v) for o, (k, v) in enumerate(self.written[topic])
                if o >= active or (newest[k] == o and (tombstones or v is not None))]

    def until_compacted(self, topic, tombstones=True):
        def is_so():
            return self.have(topic) == self.survivors(topic, tombstones)
        wait_for(f"{topic} to be compacted", is_so, 60)

    def stop(self):
        self.raw.close()
        return self.broker.stop()


def _suite(run):
    t = Compaction(run, "compaction")

    def case(name):
        return run.report.case(f"compaction: {name}")

    with case("of each key the newest record stays, at its offset; tombstones stay") as it:
        t.raw.create("table", 1, TOPIC)
        t.fill("table", 0, 12)
        it.true(t.active("table") > 20, f"the active segment begins at {t.active('table')}")
        t.until_compacted("table")
        it.true(len(t.have("table")) < 30, f"{len(t.have('table'))} of 48 records")

    with case("again, after more") as it:
        t.fill("table", 12, 12)
        t.until_compacted("table")
        it.equal(t.raw.end("table", 0), 24 * 4, "end")

    with case("a tombstone goes when delete.retention.ms is over") as it:
        t.raw.create("short", 1, {**TOPIC, "delete.retention.ms": "1"})
        t.fill("short", 0, 8)
        first = t.active("short")
        for n in range(20):  # each makes the log dirty again, and another pass comes
            t.fill("short", 8 + 4 * n, 4)
            gone = wait_tombstones(t, "short", first)
            if gone:
                break
        it.true(gone, "no tombstone below the first active segment is left")

    with case("a record without a key is refused") as it:
        got = t.raw.produce("table", 0, batch.make([batch.Record(None, b"v", int(time.time() * 1000))]))
        it.equal(got["error"], 87, "INVALID_RECORD")

    with case("a clean stop; cleaner-offset-checkpoint names the topics") as it:
        expected = t.have("table")
        it.equal(t.stop(), 0, "status")
        with open(os.path.join(t.broker.data, "cleaner-offset-checkpoint"), encoding="ascii") as f:
            lines = f.read().split("\n")
        it.equal(lines[0], "0", "version")
        it.true(any(line.startswith("table 0 ") for line in lines), f"{lines}")
        if run.kind == "millrace":
            it.equal(t.broker.verify()[0], 0, "millrace verify, status")

    other = "kafka" if run.kind == "millrace" else None
    with case("the directory opens again, in a real Kafka, with the same records") as it:
        again = Compaction(run, "compaction-again", kind=other, data=t.broker.data)
        it.true(again.have("table") == expected, "the same records at the same offsets")
        again.written = t.written
        again.fill("table", 24, 12)
        again.until_compacted("table")
        it.equal(again.stop(), 0, "status")


def wait_tombstones(t, topic, below):
    """Are they gone, soon?"""
    def none():
        return all(v is not None for o, _, v in t.have(topic) if o < below)
    try:
        wait_for("tombstones to go", none, 3)
    except Failure:  # the next pass may do it
        return False
    return True


SUITES = {"compaction": _suite}
