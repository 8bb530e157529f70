#!/usr/bin/env python3
"""kill -9 at random moments while everything in a directory changes all the time: tiny segments are rolled, compacted, expire and are
deleted with their topics, and so are the logs of groups.

    tests/crash/churn.py                         10 rounds against build/millrace with 2 shards
    tests/crash/churn.py --rounds 500            the soak

Clients over the raw protocol, one thing at a time each:
  plain     every acknowledged record is there, at its offset, for ever; offsets have no holes
  expiring  (retention.bytes) the same from the log's start on; the start never moves back
  table     (compact, tombstones that go at once) of each key the newest acknowledged record is there, or a later one; what a tombstone took
            never comes back
  fleeting  topics are deleted and made again: an acknowledged deletion holds; what is there was written to this topic and no older one
  offsets   of a group: what was acknowledged, or tried after that
What was asked for when the broker died may have happened or not. After each kill `millrace verify` must find the directory sound. The seed
decides the kills; the same seed does not give the same interleaving. Logs stay in build/churn/, and the data of a run that failed."""
import argparse
import os
import random
import shutil
import subprocess
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "e2e"))
sys.dont_write_bytecode = True

from lib import batch, wire  # noqa: E402
from lib.raw import Raw  # noqa: E402
from lib.report import Failure, Report, Skip  # noqa: E402
from lib.target import ROOT, Millrace, wait_for  # noqa: E402

BROKER = {"log.retention.check.interval.ms": 50, "log.initial.task.delay.ms": 50, "log.segment.delete.delay.ms": 20,
          "log.cleaner.backoff.ms": 30, "log.cleaner.dedupe.buffer.size": 4 << 20, "offsets.topic.segment.bytes": 16384,
          "offsets.topic.num.partitions": 2, "log.cleaner.min.cleanable.ratio": 0.1, "log.cleaner.delete.retention.ms": 1}
SEGMENT = {"internal.segment.bytes": 6000, "file.delete.delay.ms": 20}
PLAIN, EXPIRING, TABLE = {}, {"retention.bytes": 30000}, {"cleanup.policy": "compact"}
KEYS, CALM_S = 12, 60


class Actor(threading.Thread):
    """Does one thing after the other; goes on when the broker is there again."""

    def __init__(self, address, name):
        super().__init__(daemon=True)
        self.address, self.name = address, name
        self.rnd = random.Random(name)
        self.lock = threading.Lock()  # held while something is under way, or is checked
        self.stopping, self.broken, self.done, self.conn = threading.Event(), None, 0, None

    def run(self):
        while not self.stopping.is_set() and self.broken is None:
            try:
                if self.conn is None:
                    self.conn = Raw(self.address)
                    self.conn.conn = wire.Conn(self.address, timeout_s=10)
                with self.lock:
                    self.step(self.conn.conn)
                self.done += 1
            except (OSError, wire.Closed):
                if self.conn is not None:
                    self.conn.close()
                self.conn = None
                self.stopping.wait(0.01)
            except Exception as e:  # a thread must not die silently
                traceback.print_exc()
                self.broken = f"{self.name}: {e!r}"

    def step(self, conn):
        raise NotImplementedError

    def check(self, case, raw):
        raise NotImplementedError


def produce(conn, topic, data):
    answer = conn.call("Produce", 9, {"acks": -1, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
    return answer["topics"][0]["partitions"][0]


class Writer(Actor):
    """One topic of one partition. Nobody else writes to it, so what lies there came in this order."""

    def __init__(self, address, name, configs):
        super().__init__(address, name)
        self.configs, self.next, self.start_seen = configs, 0, 0
        self.acked = {}  # offset -> (key, value)
        self.tried = {}  # value -> key, of batches whose answer never came

    def make(self):
        out = []
        for _ in range(1 + self.rnd.randrange(5)):
            self.next += 1
            key = b"key-%d" % self.rnd.randrange(KEYS)
            tombstone = self.configs is TABLE and self.rnd.random() < 0.2
            out.append((key, None if tombstone else b"%d:" % self.next + bytes(self.rnd.randrange(600))))
        return out

    def step(self, conn):
        pairs = self.make()
        now_ms = int(time.time() * 1000)
        data = batch.make([batch.Record(k, v, now_ms) for k, v in pairs], self.rnd.choice([0, 0, 1, 3, 4]))
        for k, v in pairs:
            self.tried[v if v is not None else (k, self.next)] = k
        got = produce(conn, self.name, data)
        if got["error"] in (3, 6, 56):  # it is being started
            self.stopping.wait(0.005)
            return
        if got["error"] != 0:
            raise Failure(f"error {got['error']}")
        for i, (k, v) in enumerate(pairs):
            self.acked[got["offset"] + i] = (k, v)
            self.tried.pop(v if v is not None else (k, self.next), None)

    def read(self, case, raw):
        start, end = raw.start(self.name, 0), raw.end(self.name, 0)
        case.true(start >= self.start_seen, f"{self.name}: the start was {self.start_seen} and is {start}")
        case.true(end > max(self.acked, default=-1), f"{self.name}: ends at {end}, acknowledged was {max(self.acked, default=-1)}")
        self.start_seen = start
        while True:  # the start may move meanwhile
            try:
                return start, [r for b in raw.batches(self.name, 0, start, end) for r in b.records()]
            except Failure as e:
                if "error 1" not in str(e) or raw.start(self.name, 0) == start:
                    raise
                start = self.start_seen = raw.start(self.name, 0)

    def check(self, case, raw):
        start, records = self.read(case, raw)
        for r in records:
            known = self.acked.get(r.offset)
            if known is None:
                case.true(r.value is None or self.tried.get(r.value) == r.key, f"{self.name}: nobody wrote {r}")
            else:
                case.equal((r.key, r.value), known, f"{self.name}: the record at {r.offset}")
            self.acked[r.offset] = (r.key, r.value)  # served once, it stays
        if self.configs is TABLE:
            self.check_table(case, records)
        else:
            first = records[0].offset if records else start
            case.equal([r.offset for r in records], list(range(first, first + len(records))), f"{self.name}: offsets")
            lost = [o for o in self.acked if o >= first and not o < first + len(records)]
            case.true(not lost and first <= max(start, 0) + 5, f"{self.name}: {lost} are gone; the log starts at {start}")
        if self.configs is EXPIRING:
            self.acked = {o: x for o, x in self.acked.items() if o >= start}

    def check_table(self, case, records):
        offsets = [r.offset for r in records]
        case.equal(offsets, sorted(set(offsets)), f"{self.name}: offsets")
        newest = {}
        for o in sorted(self.acked):
            newest[self.acked[o][0]] = o
        have = {}
        for r in records:
            have[r.key] = r.offset
        for key, o in newest.items():
            value = self.acked[o][1]
            if value is not None:
                case.equal(have.get(key), o, f"{self.name}: the newest record of {key}")
            else:
                case.true(have.get(key) in (o, None), f"{self.name}: {key} was deleted at {o}, and has a record at {have.get(key)}")
        self.acked = {o: x for o, x in self.acked.items() if newest[x[0]] == o or o in set(offsets)}


class Fleeting(Actor):
    """A topic that comes and goes. Its records say which one they were written to."""

    def __init__(self, address, name):
        super().__init__(address, name)
        self.generation, self.state, self.acked, self.want = 0, "gone", 0, 0

    def step(self, conn):
        if self.state == "there" and self.acked < self.want:
            data = batch.make([batch.Record(b"k", b"%d:" % self.generation + bytes(400), 1) for _ in range(3)])
            self.acked = -1 - self.acked  # not known
            got = produce(conn, self.name, data)
            self.acked = -1 - self.acked
            if got["error"] == 0:
                self.acked = got["offset"] + 3
            elif got["error"] not in (3, 6, 56):
                raise Failure(f"error {got['error']}")
            return
        if self.state == "there":
            self.state = "going"
        if self.state == "going":
            got = conn.call("DeleteTopics", 5, {"names": [self.name]})["topics"][0]
            if got["error"] not in (0, 3):
                raise Failure(f"deletion: error {got['error']}")
            self.state = "gone"
            return
        if self.state != "coming":
            self.generation += 1
            self.acked, self.want = 0, self.rnd.randrange(90)
            self.state = "coming"
        got = conn.call("CreateTopics", 7, {"topics": [{"name": self.name, "partitions": 1, "replication": 1, "configs": [
            {"name": k, "value": str(v)} for k, v in {**SEGMENT, **self.rnd.choice([PLAIN, EXPIRING, TABLE])}.items()]}]})["topics"][0]
        if got["error"] not in (0, 36):  # 36: of an answer that never came, or its directory is not gone yet
            raise Failure(f"creation: error {got['error']} {got['message']}")
        there = conn.call("Metadata", 12, {"topics": [{"name": self.name}], "auto_create": False})["topics"][0]
        if there["error"] == 0:
            self.state = "there"

    def check(self, case, raw):
        there = raw.topic(self.name)["error"] == 0
        if self.state == "gone":
            case.true(not there, f"{self.name}: deleted, and there again")
        if self.state == "there":
            case.true(there, f"{self.name}: made, and not there")
        self.acked = self.acked if self.acked >= 0 else -1 - self.acked
        if not there:
            return
        raw.wait_leaders(self.name, 1)
        start, end = raw.start(self.name, 0), raw.end(self.name, 0)
        case.true(end >= self.acked or self.state != "there", f"{self.name}: ends at {end}, acknowledged was {self.acked}")
        try:
            values = {r.value.split(b":")[0] for b in raw.batches(self.name, 0, start, end) for r in b.records()}
        except Failure as e:
            if "error 1" not in str(e):  # it expired meanwhile
                raise
            return
        case.true(values <= {b"%d" % self.generation}, f"{self.name}: generation {self.generation} has records of {values}")


class Offsets(Actor):
    def __init__(self, address, name):
        super().__init__(address, name)
        self.acked, self.next = {}, 0

    def step(self, conn):
        p, self.next = self.rnd.randrange(3), self.next + 1
        got = conn.call("OffsetCommit", 8, {"group": self.name, "member": "", "topics": [{"name": "committed", "partitions": [
            {"index": p, "offset": self.next, "metadata": "m" * 300}]}]})["topics"][0]["partitions"][0]
        if got["error"] == 0:
            self.acked[p] = self.next
        elif got["error"] not in (3, 14, 15, 16):
            raise Failure(f"error {got['error']}")
        else:
            self.stopping.wait(0.01)

    def check(self, case, raw):
        def ask():
            got = raw.call("OffsetFetch", 7, {"group": self.name, "topics": [{"name": "committed", "partitions": [0, 1, 2]}]})
            return got if got["error"] not in (14, 15, 16) else None

        if not self.acked:
            return
        got = wait_for(f"the offsets of {self.name}", ask)
        case.equal(got["error"], 0, f"{self.name}: error")
        for p in got["topics"][0]["partitions"]:
            was = self.acked.get(p["index"], -1)
            case.true(p["offset"] == was or was < p["offset"] <= self.next, f"{self.name}: {p['offset']}, acknowledged was {was} of {self.next}")
            self.acked[p["index"]] = p["offset"]


class Churn:
    def __init__(self, args, report):
        self.args, self.report = args, report
        self.rnd = random.Random(args.seed)
        folder = os.path.join(args.out, f"millrace-{args.shards}")
        shutil.rmtree(folder, ignore_errors=True)
        if not os.path.exists(Millrace.binary):
            raise Skip(f"{Millrace.binary} is not built")
        self.broker = Millrace(folder, {**BROKER, **dict(x.split("=", 1) for x in args.override)}, shards=args.shards)
        self.broker.journal_bytes = 16 << 20
        address = self.broker.address
        self.writers = [Writer(address, n, c) for n, c in (("plain", PLAIN), ("expiring", EXPIRING), ("table", TABLE), ("table-2", TABLE))]
        self.actors = self.writers + [Fleeting(address, f"fleeting-{i}") for i in range(2)] + [Offsets(address, f"g{i}") for i in range(3)]

    def run(self):
        self.broker.start()
        raw = Raw(self.broker.address)
        for w in self.writers:
            raw.create(w.name, 1, {**SEGMENT, **w.configs})
        raw.create("committed", 3)
        raw.call("FindCoordinator", 4, {"keys": ["g0"]})
        raw.close()
        for a in self.actors:
            a.start()
        for n in range(self.args.rounds):
            with self.report.case(f"churn: round {n + 1}") as case:
                self.round(case)
            if self.report.failed:
                return
        with self.report.case("churn: a clean stop; what was to go has gone") as case:
            for a in self.actors:
                a.stopping.set()
            for a in self.actors:
                a.join(CALM_S)
                case.true(not a.is_alive(), f"{a.name} does not end")
            raw = Raw(self.broker.address)
            if self.args.rounds >= 5:
                wait_for("retention", lambda: raw.end("expiring", 0) - raw.start("expiring", 0) < 600, 30)
                wait_for("compaction", lambda: all(len(w.read(case, raw)[1]) < 200 for w in self.writers if w.configs is TABLE), 60)
            for a in self.actors:
                a.check(case, raw)
            raw.close()
            case.equal(self.broker.stop(), 0, "status")
            self.verify(case)

    def healthy(self):
        for a in self.actors:
            if a.broken:
                raise Failure(a.broken)
        return sum(a.done for a in self.actors)

    def round(self, case):
        goal = self.healthy() + self.rnd.randrange(1, 1500)
        wait_for("clients", lambda: self.healthy() >= goal, 60, step=0.002)
        self.broker.kill()
        self.verify(case)
        if self.rnd.random() < 0.3:  # while it recovers
            self.broker.spawn()
            try:
                self.broker.process.wait(self.rnd.random() * 0.15)
                raise Failure(f"the broker ended while it recovered: {self.broker.log_tail()}")
            except subprocess.TimeoutExpired:
                self.broker.kill()
            self.verify(case)
        for a in self.actors:
            a.lock.acquire()
        try:
            self.broker.start()
            raw = Raw(self.broker.address)
            for w in self.writers:
                raw.wait_leaders(w.name, 1)
            for a in self.actors:
                a.check(case, raw)
            raw.close()
        finally:
            for a in self.actors:
                a.lock.release()
        self.report.say(f"     recovered in {self.broker.start_s * 1000:.0f} ms, {self.healthy()} things done")

    def verify(self, case):
        code, text = self.broker.verify()
        case.equal(code, 0, f"millrace verify after a crash says {text[-700:]!r}, its status")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--rounds", type=int, default=10)
    p.add_argument("--shards", type=int, default=2)
    p.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    p.add_argument("--override", action="append", default=[], metavar="KEY=VALUE")
    p.add_argument("--keep", action="store_true", help="keep the data of a run that passed, too")
    p.add_argument("--out", default=os.path.join(ROOT, "build", "churn"))
    args = p.parse_args()
    args.out = os.path.abspath(args.out)
    report = Report()
    report.say(f"seed {args.seed}")
    try:
        churn = Churn(args, report)
    except Skip as e:
        report.skip("churn", e)
        return report.finish()
    return report.play("churn", churn, args.keep)


if __name__ == "__main__":
    sys.exit(main())
