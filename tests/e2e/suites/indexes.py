"""Indexes are derived and never believed more than the log: a full one rolls its segment as Kafka's does; of damaged, missing and
misdirected files every answer stays right, each is named in the log once and built anew, and kafka-dump-log finds nothing wrong with
the result. And the number of shards may change at every start, also after kill -9."""
import glob
import os
import random
import signal

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.target import wait_for

from .tools import Tools, dump

BASE, STEP = 1_700_000_000_000, 1000  # old: topics that retention leaves alone
VALUE = bytes(range(256)) * 12  # with its batch some 3 KiB
BATCHES = 1200
SEGMENT = 1 << 20


class Indexes:
    def __init__(self, run):
        self.run = run
        self.broker = run.broker("indexes")
        self.raw = None
        self.again()

    def case(self, name):
        return self.run.report.case(f"indexes: {name}")

    def again(self, shards=None, kill=False):
        if self.raw is not None:
            self.raw.close()
        if self.broker.process is not None and kill:
            self.broker.process.send_signal(signal.SIGKILL)
            self.broker.wait_exit()
        elif self.broker.process is not None:
            assert self.broker.stop() == 0
        if shards is not None:
            self.broker.overrides["millrace.shards"] = shards
        self.broker.start()
        self.raw = Raw(self.broker.address)

    def fill(self, topic, first, count, partition=0):
        """A batch of one record each; timestamps grow, and every 50th is a minute ahead of its time."""
        for n in range(first, first + count):
            ahead = 60 * STEP if n % 50 == 49 else 0
            got = self.raw.produce(topic, partition, batch.make([batch.Record(b"%d" % n, VALUE, BASE + n * STEP + ahead)]))
            assert got["error"] == 0 and got["offset"] == n, got

    def portrait(self, topic, count):
        """Offsets that a fetch from anywhere begins with, and what searches by time find."""
        fetched = [self.raw.batches(topic, 0, n, n + 1)[0].base_offset for n in range(0, count, 37)]
        times = [self.raw.list_offsets(topic, [0], BASE + n * STEP - 400)[0]["offset"] for n in range(0, count, 53)]
        return fetched, times, self.raw.list_offsets(topic, [0], -3)[0]["offset"]

    def files(self, topic, kind):
        return sorted(glob.glob(os.path.join(self.broker.data, f"{topic}-0", f"*.{kind}")))


def contents(paths):
    out = {}
    for path in paths:
        try:
            with open(path, "rb") as f:
                out[path] = f.read()
        except FileNotFoundError:
            out[path] = None
    return out


def first_at(n):
    """The first record at least as late as n's time: of the ones ahead perhaps the last before it."""
    late = [k for k in range(49, n, 50) if k + 60 >= n]
    return late[0] if late else n


def _damage(paths, rng):
    """One way for each file: a bit, an end, zeros, its neighbour's bytes, nothing left, and no file."""
    for i, path in enumerate(paths):
        with open(path, "rb") as f:
            now = bytearray(f.read())
        how = i % 6
        if how == 0:
            now[rng.randrange(len(now))] ^= 1 << rng.randrange(8)
        elif how == 1:
            del now[len(now) // 2 + 3 :]
        elif how == 2:
            now = bytearray(len(now))
        elif how == 3:
            with open(paths[i - 1], "rb") as f:
                now = bytearray(f.read()[::-1])
        elif how == 4:
            now = bytearray(b"\xff" * len(now))
        if how == 5:
            os.unlink(path)
        else:
            with open(path, "wb") as f:
                f.write(now)


def _dump_log(t, case, topics):
    driver = Driver("indexes", toolchain.java_driver(), t.broker.address, os.path.join(t.run.folder, "driver-indexes.log"))
    t.run.drivers.append(driver)
    tools = Tools(t.run, driver, t.broker.address, None)
    for topic in topics:
        files = t.files(topic, "index") + t.files(topic, "timeindex")
        case.true(len(files) >= 4, f"indexes of {topic}: {files}")
        case.equal(dump(tools, files, "--verify-index-only").split("\n")[0], f"Dumping {files[0]}", "dump-log")
        case.true("mismatch" not in dump(tools, files, "--verify-index-only").lower(), "entries that do not match")
        said = dump(tools, files, "--index-sanity-check")
        case.equal([f for f in files if f"{f} passed sanity check." not in said], [], "fail the sanity check")
    t.run.end_drivers()


def _suite(run):
    t = Indexes(run)
    rng = random.Random(7)
    with t.case("a full index rolls the segment") as case:
        # 80 bytes: 10 offset entries, and 6 time entries of which one is kept for the segment's end
        t.raw.create("full", 1, {"retention.ms": "-1", "index.interval.bytes": "1", "segment.index.bytes": "80"})
        t.fill("full", 0, 30)
        bases = [int(os.path.basename(p)[:20]) for p in t.files("full", "log")]
        t.again()
        bases = [int(os.path.basename(p)[:20]) for p in t.files("full", "log")]
        case.equal(bases, [0, 6, 12, 18, 24], "segments")
    with t.case("a log of several segments, and what it answers") as case:
        t.raw.create("plain", 1, {"retention.ms": "-1", "segment.bytes": str(SEGMENT), "index.interval.bytes": "512"})
        t.fill("plain", 0, BATCHES)
        before = t.portrait("plain", BATCHES)
        case.equal(before[0], list(range(0, BATCHES, 37)), "fetched")
        case.equal(before[1], [first_at(n) for n in range(0, BATCHES, 53)], "found by time")
        t.again()
        case.equal(len(t.files("plain", "log")), 4, "segments")
        case.equal(t.portrait("plain", BATCHES), before, "after a stop")
    if run.kind == "millrace":
        with t.case("damaged index files: the same answers, each told once and built anew") as case:
            for kill in (False, True):
                t.raw.close()
                t.raw = None
                case.equal(t.broker.stop(), 0, "status")
                sound = contents(t.files("plain", "index")[:-1] + t.files("plain", "timeindex")[:-1])
                _damage(t.files("plain", "index"), rng)
                _damage(list(reversed(t.files("plain", "timeindex"))), rng)
                t.again()
                case.equal(t.portrait("plain", BATCHES), before, "answers")
                told = [x for x in t.broker.log_text().splitlines() if "index is built from the log" in x]
                places = [x.split("segment=")[1].split()[0] for x in told]
                case.true(1 <= len(places) == len(set(places)), f"told {told}")
                # What was built is in use before it is in its file.
                wait_for("the files of closed segments to be as they were", lambda s=sound: contents(s) == s)
                t.again(kill=kill)
                case.equal(t.portrait("plain", BATCHES), before, "answers later")
                case.true("index is built" not in t.broker.log_text(), "it was built for good")
        with t.case("the number of shards changes at every start, after kill -9, too") as case:
            t.raw.create("moved", 8, {"retention.ms": "-1"})
            for p in range(8):
                t.fill("moved", 0, 5, p)
            for i, shards in enumerate((1, 4, 2, 1, 3, run.args.shards)):
                t.again(shards, kill=i % 3 != 2)
                ends = [t.raw.end("moved", p) for p in range(8)]
                case.equal(ends, [5 + i] * 8, f"ends with {shards} shards")
                for p in range(8):
                    case.equal([b.base_offset for b in t.raw.batches("moved", p)], list(range(5 + i)), f"partition {p}")
                    t.fill("moved", 5 + i, 1, p)
                case.equal(t.portrait("plain", BATCHES), before, f"answers with {shards} shards")
    with t.case("a clean stop; dump-log and verify find nothing") as case:
        t.fill("plain", BATCHES, 5)
        t.raw.close()
        t.raw = None
        case.equal(t.broker.stop(), 0, "status")
        _dump_log(t, case, ["full", "plain"])
        if run.kind == "millrace":
            case.equal(t.broker.verify(), (0, t.broker.verify()[1]), "millrace verify")


SUITES = {"indexes": _suite}
