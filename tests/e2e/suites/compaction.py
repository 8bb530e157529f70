"""Compaction: one script on two brokers at once, of which one is a real Kafka; what they keep must be the same, record by record and batch by
batch. Then each goes on in the other's directory. What must stay is also computed here (Topic)."""
import glob
import os
import re
import time

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.target import wait_for
from lib.txn import Txn

from .tools import Tools, dump

KEYS = {"log.cleaner.backoff.ms": 200, "log.segment.delete.delay.ms": 100, "log.cleaner.dedupe.buffer.size": 4 << 20,
        "log.retention.check.interval.ms": 200, "log.initial.task.delay.ms": 200,
        "offsets.topic.num.partitions": 1, "transaction.state.log.num.partitions": 1}
SEGMENT = 3000
MARKER = 78  # bytes of one
NEVER, AT_ONCE = "1", "0.0001"  # min.cleanable.dirty.ratio: nothing is dirtier than all of it
HOUR_MS = 3_600_000
DATA, ABORTED, OPEN, CONTROL = "data", "aborted", "open", "control"


class Entry:
    """A record, as far as it decides what stays."""

    def __init__(self, offset, key, value, state=DATA, producer=-1):
        self.offset, self.key, self.value, self.state, self.producer = offset, key, value, state, producer


class Topic:
    """What its log is, and what a pass must leave."""

    def __init__(self, delete_retention_ms=86_400_000):
        self.entries, self.bases, self.size, self.end = [], [0], 0, 0
        self.hasty = delete_retention_ms < 100  # the second pass takes tombstones, and where that begins is the broker's affair
        self.clean_to = self.seen_to = 0  # of the last pass, and the one before: below it no tombstone may be left

    def place(self, size, count):
        """A batch: where it begins. Segments are rolled as Kafka rolls them."""
        if self.size > SEGMENT - size:
            self.bases.append(self.end)
            self.size = 0
        self.size += size
        self.end += count
        return self.end - count

    def clean(self):
        """Up to the segment that holds the first record that is not decided, or is appended to."""
        undecided = min([e.offset for e in self.entries if e.state == OPEN], default=self.end)
        upto = max(b for b in self.bases if b <= undecided)
        newest = {e.key: e.offset for e in self.entries if e.offset < upto and e.state == DATA}
        kept = []
        for e in self.entries:
            if e.offset < upto and e.state != CONTROL:
                if e.state == ABORTED or newest[e.key] != e.offset:
                    continue
            kept.append(e)
        self.entries = kept
        self.seen_to, self.clean_to = self.clean_to, upto

    def certain(self, offset, val):
        """Is it said that this record is there, or is not?"""
        return not self.hasty or val is not None or not self.seen_to <= offset < self.clean_to

    def records(self):
        return [(e.offset, e.key, e.value) for e in self.entries if e.state != CONTROL and self.certain(e.offset, e.value) and
                not (self.hasty and e.value is None and e.offset < self.seen_to)]


class Side:
    """A broker that obeys the script."""

    def __init__(self, run, name, kind, base_ms):
        self.run, self.base = run, base_ms
        self.broker = run.broker(name, KEYS, kind=kind)
        self.kind, self.raw, self.topics, self.open = self.broker.kind, None, {}, None
        self.sequences = {}

    def serve(self):
        self.broker.wait_ready()
        self.raw = Raw(self.broker.address)
        for name in self.topics:
            self.raw.wait_leaders(name, 1)

    def move(self, name, kind, data):
        """The same topics, under another broker."""
        self.broker = self.run.broker(name, KEYS, kind=kind, data=data)
        self.kind = self.broker.kind

    # --- what the script says

    def create(self, name, **configs):
        configs = {k.replace("_", "."): v for k, v in configs.items()}
        given = {"cleanup.policy": "compact", "internal.segment.bytes": SEGMENT, "min.cleanable.dirty.ratio": NEVER,
                 "retention.ms": -1, "file.delete.delay.ms": 100, **configs}
        self.raw.create(name, 1, given)
        self.topics[name] = Topic(int(given.get("delete.retention.ms", 86_400_000)))

    def set(self, name, **configs):
        got = self.raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 2, "name": name, "configs": [
            {"name": k.replace("_", "."), "op": 0, "value": str(v)} for k, v in configs.items()]}]})
        assert got["resources"][0]["error"] == 0, got

    def write(self, name, pairs, codec=0, producer=(), age_ms=0):
        topic, at = self.topics[name], self.topics[name].end
        recs = [batch.Record(k, v, self.base - age_ms + at + i) for i, (k, v) in enumerate(pairs)]
        more = {}
        if producer:
            more = {"producer": self.producer(*producer), "epoch": 0, "sequence": self.sequences[producer]}
            self.sequences[producer] += len(recs)
        data = batch.make(recs, codec, **more)
        got = self.raw.produce(name, 0, data)
        assert got["error"] == 0, got
        base = topic.place(len(data), len(recs))
        assert got["offset"] == base, (got, base)
        topic.entries += [Entry(base + i, k, v) for i, (k, v) in enumerate(pairs)]

    def producer(self, *name):
        if name not in self.sequences:
            self.sequences[name] = 0
            self.sequences[name, "id"] = self.raw.call("InitProducerId", 4)["id"]
        return self.sequences[name, "id"]

    def write_in(self, txn, name, pairs):
        topic = self.topics[name]
        recs = [batch.Record(k, v, self.base + topic.end + i) for i, (k, v) in enumerate(pairs)]
        size = len(batch.make(recs))
        base = topic.place(size, len(recs))
        assert txn.write(name, 0, recs) == base
        topic.entries += [Entry(base + i, k, v, OPEN, txn.producer) for i, (k, v) in enumerate(pairs)]

    def end_txn(self, txn, name, commit):
        topic = self.topics[name]
        txn.end(commit)
        wait_for("the marker", lambda: self.raw.end(name, 0) > topic.end)
        topic.entries.append(Entry(topic.place(MARKER, 1), None, None, CONTROL, txn.producer))
        for e in topic.entries:
            if e.state == OPEN and e.producer == txn.producer:
                e.state = DATA if commit else ABORTED

    def have(self, name):
        return [(r.offset, r.key, r.value) for b in self.raw.batches(name, 0, self.raw.start(name, 0)) if not b.attributes & 32
                for r in b.records() if self.topics[name].certain(r.offset, r.value)]

    def until_clean(self, name):
        want = self.topics[name].records()
        offsets = [o for o, _, _ in want]
        wait_for(lambda: f"{self.kind}: {name} to be {offsets} (it is {[o for o, _, _ in self.have(name)]})",
                 lambda: self.have(name) == want, 60, step=0.1)

    def clean(self, *names):
        """One pass over each, and no more: what it finds is all that is dirty."""
        for name in names:
            self.topics[name].clean()
            self.set(name, min_cleanable_dirty_ratio=AT_ONCE)
        for name in names:
            self.until_clean(name)
        for name in names:
            self.set(name, min_cleanable_dirty_ratio=NEVER)

    def until_start(self, name, start):
        wait_for(lambda: f"{self.kind}: {name} to start at {start} (it is {self.raw.start(name, 0)})",
                 lambda: self.raw.start(name, 0) >= start, 30, step=0.05)
        self.topics[name].entries = [e for e in self.topics[name].entries if e.offset >= start]

    # --- what is there

    def portrait(self):
        out = {}
        for name in self.topics:
            start, producers = self.raw.start(name, 0), {}
            found = self.raw.batches(name, 0, start)
            for b in found:
                producers.setdefault(b.producer, len(producers))
                assert b.crc_ok()
            done = self.raw.committed(name, 0)
            certain, hasty = self.topics[name].certain, self.topics[name].hasty
            out[name] = {
                "ends": (start, self.raw.end(name, 0), done["stable"]),
                "committed": [] if hasty else committed(found, done["aborted"], done["stable"]),
                "records": [(r.offset, r.key, r.value, r.timestamp) for b in found if not b.attributes & 32 and not b.attributes & 64
                            for r in b.records() if certain(r.offset, r.value)],
                # With a horizon (64) the base timestamp is that; a marker gets one with the pass that finds its transaction gone, and
                # that may be the second half of this one. Empty batches: each keeps those that it needs.
                "batches": [(b.base_offset, b.last_offset, b.count, b.attributes & (~64 if b.attributes & 32 else ~0), producers[b.producer] if b.producer >= 0 else -1,
                             b.epoch, b.sequence, None if b.attributes & 96 else (b.base_timestamp, b.max_timestamp))
                            for b in found if b.count > 0 and not hasty],
                "times": [self.raw.list_offsets(name, [0], self.base + x)[0]["offset"] for x in (0, 7, 20, 10**8)],
            }
        return out

    def stop(self):
        self.raw.close()
        return self.broker.stop()


def committed(batches, aborted, stable):
    """The offsets that a read_committed client hands out, which goes by the list of aborted transactions."""
    waiting, inside, out = sorted(aborted, key=lambda a: a[1]), set(), []
    for b in batches:
        while waiting and waiting[0][1] <= b.last_offset:
            inside.add(waiting.pop(0)[0])
        for r in b.records() if b.last_offset < stable else []:
            if b.attributes & 32:
                inside -= {b.producer} if r.key[3] == 0 else set()
            elif not b.attributes & 16 or b.producer not in inside:
                out.append(r.offset)
    return out


def value(i, n=200):
    return b"%d:" % i + bytes((i * 7 + j) % 251 for j in range(n))


def table(i):
    """Keys come again soon and late; every seventh record is a tombstone."""
    return b"key-%d" % (i * i % 10), None if i % 7 == 0 else value(i)


def fill(side, name, first, batches, **how):
    for n in range(first, first + batches):
        side.write(name, [table(i) for i in range(n * 4, n * 4 + 4)], codec=n % 5, **how)


def transactions(side, names, commits):
    txns = [Txn(side.raw, name) for name in names]
    for n, (commit, other) in enumerate(commits):
        for i in range(3):
            for j, t in enumerate(txns):
                side.write_in(t, "txn", [(b"key-%d" % ((n + i + j) % 6), value(100 * n + 10 * i + j, 300))])
        side.write("txn", [(b"key-%d" % (n % 6), value(n)), (b"own-%d" % n, value(n))])
        side.end_txn(txns[0], "txn", commit)
        side.end_txn(txns[1], "txn", other)


def first_part(side):
    side.create("table")
    side.create("short", delete_retention_ms=1)
    side.create("delete", cleanup_policy="delete")
    side.create("both", cleanup_policy="compact,delete")
    side.create("neither", cleanup_policy="", retention_ms=1)
    side.create("lag", min_compaction_lag_ms=1000 * HOUR_MS, min_cleanable_dirty_ratio=AT_ONCE)
    side.create("aged", max_compaction_lag_ms=1000)
    side.create("txn")
    side.create("idle")
    for name in ("table", "short", "lag"):
        fill(side, name, 0, 30)
    fill(side, "neither", 0, 12, age_ms=2 * HOUR_MS)
    for n in range(12):  # segments of one batch: all of the one, then of the other age
        for name in ("delete", "both"):
            side.write(name, [(b"%s-%d" % (name.encode(), n * 4 + i), value(n, 400)) for i in range(4)], age_ms=2 * HOUR_MS if n < 6 else 0)
    for n in range(20):
        for p, name in enumerate(("first", "second")):
            side.write("idle", [(b"key-%d" % i, value(n + p)) for i in range(3)], codec=p * 4, producer=(name,))
    for n in range(20):
        side.write("idle", [(b"key-%d" % i, value(n)) for i in range(4)])
    transactions(side, ("one", "two"), [(True, False), (False, True), (True, True), (False, False)] * 2)
    side.open = Txn(side.raw, "left open")
    side.write_in(side.open, "txn", [(b"key-1", b"undecided")])
    transactions(side, ("three", "four"), [(True, False), (True, True)])
    fill(side, "aged", 0, 20, age_ms=HOUR_MS)
    side.topics["aged"].clean()
    side.clean("table", "short", "both", "txn", "idle")
    side.until_clean("aged")
    for name in ("delete", "both"):
        side.set(name, retention_ms=HOUR_MS)
        side.until_start(name, 24)


def second_part(side):
    for name in ("table", "short"):
        fill(side, name, 30, 20)
    side.open.raw = side.raw
    side.end_txn(side.open, "txn", True)
    transactions(side, ("five", "six"), [(True, False), (False, True)])
    for name in ("first", "second"):
        producer = side.producer(name)
        last = side.raw.produce("idle", 0, batch.make([batch.Record(b"again", b"v", side.base)] * 3, producer=producer, epoch=0,
                                                      sequence=side.sequences[(name,)] - 3))
        gap = side.raw.produce("idle", 0, batch.make([batch.Record(b"gap", b"v", side.base)], producer=producer, epoch=0,
                                                     sequence=side.sequences[(name,)] + 5))
        assert (last["error"], gap["error"]) == (0, 45), (side.kind, last, gap)
        assert last["offset"] < 20 * 6, last  # where its last batch stood, which has no record any more
        side.write("idle", [(b"key-%d" % i, value(i)) for i in range(3)], producer=(name,))
    side.set("lag", min_compaction_lag_ms=0)
    side.clean("table", "short", "txn", "idle", "lag")


def same(case, got, want, where=""):
    for name in want:
        for field in want[name]:
            if field == "times":  # Kafka looks into one segment only: when compaction left no record there it finds none
                pairs = [(g, w) for g, w in zip(got[name][field], want[name][field]) if -1 not in (g, w)]
                case.equal([g for g, _ in pairs], [w for _, w in pairs], f"{where}{name}: {field}")
            elif isinstance(want[name][field], list):
                pair = [[x for x in a[name][field] if x not in b[name][field]] for a, b in ((got, want), (want, got))]
                case.equal(*pair, f"{where}{name}: {field} that the other has not")
            else:
                case.equal(got[name][field], want[name][field], f"{where}{name}: {field}")


def check_files(case, t, data, topics):
    """dump-log on every file: batches valid and in order, indexes right."""
    for topic in topics:
        logs = [x for x in sorted(glob.glob(os.path.join(data, f"{topic}-0", "*.log"))) if os.path.getsize(x)]
        out = dump(t, logs, "--deep-iteration")
        offsets = [int(x) for x in re.findall(r"^\| offset: (\d+) ", out, re.M)]
        case.true(offsets == sorted(set(offsets)) and offsets, f"offsets of {topic}: {offsets}")
        case.equal(set(re.findall(r" isvalid: (\w+)", out)), {"true"}, f"validity of the batches of {topic}")
        for kind in ("index", "timeindex"):
            for path in [x for x in sorted(glob.glob(os.path.join(data, f"{topic}-0", f"*.{kind}"))) if os.path.getsize(x)]:
                text = dump(t, [path], "--verify-index-only")
                if topic in ("idle", "txn"):  # the empty batch that a producer keeps has its time, for Kafka, too; its tool wants a record
                    text = re.sub(r"Found timestamp mismatch in :.*\n( +Index timestamp: \d+, log timestamp: -1\n)+", "", text)
                case.equal(text.strip(), f"Dumping {path}", "dump-log of an index")
                case.true(f"{path} passed sanity check." in dump(t, [path], "--index-sanity-check"), f"sanity of {path}")


def check_reader(case, t, side):
    """Java's consumer, read_committed, sees each record that is decided and not aborted."""
    for name in [x for x, t in side.topics.items() if not t.hasty]:
        aborted = {e.offset for e in side.topics[name].entries if e.state == ABORTED}
        stable = min([e.offset for e in side.topics[name].entries if e.state == OPEN], default=1 << 60)
        want = [o for o, _, _ in side.have(name) if o not in aborted and o < stable]
        lines = t.out("consumer.ConsoleConsumer", "--topic", name, "--partition", 0, "--offset", "earliest", "--isolation-level",
                      "read_committed", "--max-messages", len(want), "--timeout-ms", 20000, "--property", "print.offset=true",
                      "--property", "print.value=false")
        case.equal([int(x) for x in re.findall(r"Offset:(\d+)", lines)], want, f"offsets of {name} that Java reads")


def verify(case, side):
    if side.kind == "millrace":
        status, text = side.broker.verify()
        case.equal(status, 0, f"millrace verify says {text[-700:]!r}; its status")


def tools(run, side):
    driver = Driver("compaction", toolchain.java_driver(), side.broker.address, os.path.join(run.folder, f"driver-{side.kind}.log"))
    run.drivers.append(driver)
    return Tools(run, driver, side.broker.address, side.raw)


def refusals(case, side):
    got = side.raw.produce("table", 0, batch.make([batch.Record(None, b"v", side.base)]))
    case.equal(got["error"], 87, f"{side.kind}: INVALID_RECORD for one without a key")
    got = side.raw.call("DeleteRecords", 2, {"topics": [{"name": "table", "partitions": [{"index": 0, "offset": 5}]}], "timeout_ms": 20000})
    case.equal(got["topics"][0]["partitions"][0]["error"], 44, f"{side.kind}: POLICY_VIOLATION for DeleteRecords")


def check_shape(case, side, portrait):
    """What is the same on both could be the same mistake."""
    log = portrait["table"]
    case.equal({a & 7 for _, _, _, a, *_ in log["batches"]}, {0, 1, 2, 3, 4}, "every codec")
    case.equal(portrait["lag"]["ends"][:2], (0, 120), "lag")
    case.equal(len(portrait["lag"]["records"]), 120, "nothing of lag has gone")
    case.equal(len(portrait["neither"]["records"]), 48, "nothing of neither has gone")
    case.true(len(log["records"]) < 40, f"{len(log['records'])} of 120 records of table")
    case.true(portrait["txn"]["ends"][2] < portrait["txn"]["ends"][1], "a transaction is open")
    few = {x: t.bases for x, t in side.topics.items() if len(t.bases) < (2 if x == "neither" else 3)}
    case.equal(few, {}, "topics of few segments")


def _suite(run):
    def case(name):
        return run.report.case(f"compaction: {name}")

    base = int(time.time()) * 1000 - 60_000
    ours, other = Side(run, "compaction", run.kind, base), Side(run, "compaction-other", "kafka", base)
    for side in (ours, other):
        side.broker.spawn()
    with case("policies, lags, tombstones, transactions, idempotent producers: both keep the same") as it:
        for side in (ours, other):
            side.serve()
            first_part(side)
        before = ours.portrait()
        check_shape(it, ours, before)
        same(it, before, other.portrait())
        for side in (ours, other):
            refusals(it, side)
    with case("a clean stop; cleaner-offset-checkpoint; verify; dump-log") as it:
        for side in (ours, other):
            it.equal(side.stop(), 0, "status")
            with open(os.path.join(side.broker.data, "cleaner-offset-checkpoint"), encoding="ascii") as f:
                lines = f.read().split("\n")
            it.equal(lines[0], "0", "version")
            for name in ("table", "short", "both", "txn", "idle", "aged"):
                it.true(any(line.startswith(f"{name} 0 ") for line in lines), f"{side.kind} says {lines} of {name}")
        verify(it, ours)
        check_files(it, tools(run, ours), ours.broker.data, ours.topics)
        run.end_drivers()
    with case("each opens the other's directory: the same records, also for a Java reader") as it:
        mine, theirs = ours.broker.data, other.broker.data
        ours.move("compaction-handed", other.kind, mine)
        other.move("compaction-taken", run.kind, theirs)
        for side in (ours, other):
            side.broker.spawn()
        for side in (ours, other):
            side.serve()
            same(it, side.portrait(), before, f"now {side.kind}: ")
            check_reader(it, tools(run, side), side)
            run.end_drivers()
    with case("and goes on there: both keep the same again") as it:
        for side in (ours, other):
            second_part(side)
        same(it, other.portrait(), ours.portrait())
    with case("both stop; verify; dump-log") as it:
        for side in (ours, other):
            it.equal(side.stop(), 0, "status")
            verify(it, side)
        check_files(it, tools(run, other), other.broker.data, other.topics)
        run.end_drivers()


SUITES = {"compaction": _suite}
