"""A log beside a simple model of it (lib/logmodel.py): scripts from seeds, run on the broker and on the model, which must agree after every
line; the same scripts pass on a real Kafka 4.1.

    MILLRACE_MODEL_SEEDS=7-20     which seeds; a failure says the seed and prints its script
    MILLRACE_LONG=1               many more, and longer ones
    MILLRACE_MODEL_COMPACTION=1   with topics that are compacted"""
import os
import time

from lib import batch, logmodel, toolchain
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for

KEYS = {"log.retention.check.interval.ms": 100, "log.initial.task.delay.ms": 100, "log.segment.delete.delay.ms": 100,
        "log.cleaner.backoff.ms": 100, "log.cleaner.dedupe.buffer.size": 4 << 20, "group.coordinator.threads": 1}
COMPACTION = os.environ.get("MILLRACE_MODEL_COMPACTION") == "1"
TOPIC_EXISTS, UNKNOWN_TOPIC = 36, 3
NEVER = "1"  # nothing is dirtier than that


class Play:
    """One script on one broker."""

    def __init__(self, broker, raw, seed, lines, case):
        self.broker, self.raw, self.case = broker, raw, case
        self.lines, self.prefix = lines, f"m{seed}-"
        self.now = int(time.time()) * 1000
        self.logs, self.made = {}, {}

    def run(self):
        for n, text in enumerate(self.lines):
            what, name, line = logmodel.parse(text)
            try:
                getattr(self, what)(name, line)
                if name in self.logs:
                    self.check(name)
            except (Failure, OSError) as e:
                raise Failure(f"line {n + 1}, {text}: {e}\n" + "\n".join(self.lines[: n + 1])) from None
        self.sign()
        for name in self.logs:
            self.check(name)
            self.read_all(name)

    def sign(self):
        """Retention has looked at all topics since: a last one has come, expired twice, and so far nothing else has gone."""
        name = self.prefix + "sign"
        self.raw.create(name, 1, {"retention.ms": 1000, "internal.segment.bytes": 1000})
        for end in (1, 2):
            got = self.raw.produce(name, 0, batch.make([batch.Record(b"k", b"v", self.now - 10**7)]))
            assert got["error"] == 0, got
            wait_for("the sign", lambda end=end: self.raw.start(name, 0) == end)

    def topic(self, name):
        return self.prefix + name

    # --- the lines

    def create(self, name, line):
        self.made[name] = line
        self.logs[name] = logmodel.Log(line)
        more = {"min.cleanable.dirty.ratio": NEVER} if self.logs[name].compacts else {}
        self.raw.create(self.topic(name), 1, {**logmodel.NO_RETENTION, "file.delete.delay.ms": 100, **line, **more})

    def recreate(self, name, _):
        got = self.raw.call("DeleteTopics", 5, {"names": [self.topic(name)]})["topics"][0]
        self.case.equal(got["error"], 0, "deletion")
        end = time.monotonic() + 60
        while True:
            try:
                self.create(name, self.made[name])
                break
            except Failure as e:
                if f"error {TOPIC_EXISTS}" not in str(e) or time.monotonic() > end:
                    raise
                time.sleep(0.05)
        self.case.equal((self.raw.start(self.topic(name), 0), self.raw.end(self.topic(name), 0)), (0, 0), "a new log")

    def append(self, name, line):
        log, recs = self.logs[name], logmodel.records_of(self.now, line)
        data = batch.make(recs, line["codec"])
        got = self.raw.produce(self.topic(name), 0, data)
        error = log.append_error(len(data))
        self.case.equal(got["error"], error, "error of the append")
        if error == 0:
            self.case.equal(got["offset"], log.end, "offset of the append")
            self.case.equal(got["append_ms"] >= 0, log.stamps, "whether the broker gave a time")
            log.append(recs, len(data), line["codec"], got["append_ms"])
            log.retain(self.now)

    def place(self, log, at):
        """Thousandths of what is there; a bit beyond either end, too."""
        return log.start + (log.end - log.start) * at // 1000 + (at > 1000) - (at < 0)

    def read(self, name, line):
        log = self.logs[name]
        self.compare(name, self.place(log, line["at"]), line["max"])

    def compare(self, name, offset, max_bytes):
        """One fetch; where it ends."""
        log = self.logs[name]
        got = self.raw.fetch(self.topic(name), 0, offset, max_bytes)
        if offset < log.start or offset > log.end:
            self.case.equal(got["error"], logmodel.OUT_OF_RANGE, f"error of the fetch at {offset} of [{log.start}, {log.end})")
            return log.end
        self.case.equal((got["error"], got["high"], got["log_start"]), (0, log.end, log.start), f"fetch at {offset}: error, end, start")
        found = batch.split(got["records"])
        wanted = [b for b in log.batches if b.last >= offset]
        if log.compacts:
            records = [r for b in found for r in b.records() if r.offset >= offset]
            end = found[-1].last_offset + 1 if found else log.end
            self.case.equal(records, [r for r in log.records(offset) if r.offset < end], f"records from {offset}")
            return end
        self.case.true(bool(found) == bool(wanted), f"fetch at {offset}: {len(found)} batches, of {len(wanted)}")
        for b, want in zip(found, wanted):
            self.case.equal((b.base_offset, b.last_offset, b.attributes, b.crc_ok()), (want.base, want.last, want.attributes, True),
                            "a batch: base, last, attributes, checksum")
            self.case.equal(b.records(), want.records, f"records from {want.base}")
        return found[-1].last_offset + 1 if found else log.end

    def read_all(self, name):
        offset = self.logs[name].start
        while offset < self.logs[name].end:
            offset = self.compare(name, offset, 1 << 20)

    def find(self, name, line):
        log = self.logs[name]
        for timestamp in (self.now - line["ms"], -3, -5):
            self.look(name, log, timestamp)

    def look(self, name, log, timestamp):
        p = {"index": 0, "timestamp": timestamp}
        got = self.raw.call("ListOffsets", 9 if timestamp == -5 else 8,
                            {"topics": [{"name": self.topic(name), "partitions": [p]}]})["topics"][0]["partitions"][0]
        self.case.equal(got["error"], 0, f"error of ListOffsets {timestamp}")
        right, answer = log.find(timestamp), (got["timestamp"], got["offset"])
        if self.broker.kind == "kafka" and log.start > 0 and (timestamp == -3 or timestamp >= 0 and answer == (-1, -1)):
            return  # it looks into one segment only, and takes no notice of the start: what it finds hangs on when files go
        self.case.equal(answer, right, f"ListOffsets {timestamp}: time and offset")

    def delete(self, name, line):
        log = self.logs[name]
        upto = -1 if line["at"] == -1 else self.place(log, line["at"])
        got = self.raw.call("DeleteRecords", 2, {"topics": [{"name": self.topic(name), "partitions": [{"index": 0, "offset": upto}]}],
                                                 "timeout_ms": 60000})["topics"][0]["partitions"][0]
        self.case.equal((got["error"], got["low"]), log.delete_records(upto), f"DeleteRecords up to {upto}: error, low watermark")
        log.retain(self.now)

    def set(self, name, key, value):
        got = self.raw.call("IncrementalAlterConfigs", 1, {"resources": [
            {"type": 2, "name": self.topic(name), "configs": [{"name": key, "op": 0, "value": value}]}]})
        self.case.equal(got["resources"][0]["error"], 0, "error of the config")

    def retain(self, name, line):
        for k, v in line.items():
            self.set(name, f"retention.{k}", str(v))
        self.logs[name].retain(self.now, **{f"retention.{k}": v for k, v in line.items()})

    def compact(self, name, _):
        """Only on this line, so that the model knows when."""
        log = self.logs[name]
        log.compact()
        want = [r.offset for r in log.records()]

        def have():
            return [r.offset for b in self.raw.batches(self.topic(name), 0) for r in b.records()]

        self.set(name, "min.cleanable.dirty.ratio", "0.0001")
        wait_for(lambda: f"compaction to {want} (it is {have()})", lambda: have() == want, 60, step=0.1)
        self.set(name, "min.cleanable.dirty.ratio", NEVER)

    def restart(self, how, _):
        self.raw.close()
        if how == "kill":
            self.broker.kill()
        else:
            self.case.equal(self.broker.stop(), 0, "status of the stop")
        self.broker.start()
        for name, log in list(self.logs.items()):
            self.raw.wait_leaders(self.topic(name), 1)
            if how == "kill" and self.broker.kind == "kafka":  # it writes down starts once a minute
                wait_for("retention", lambda name=name, log=log: self.raw.start(self.topic(name), 0) <= log.start)
                self.raw.call("DeleteRecords", 2, {"topics": [{"name": self.topic(name), "partitions": [
                    {"index": 0, "offset": log.start}]}], "timeout_ms": 60000})
            self.check(name)

    def check(self, name):
        """Start and end; retention comes in its own time."""
        log, topic = self.logs[name], self.topic(name)
        if not log.compacts:
            wait_for(lambda: f"a start of {log.start} (it is {self.raw.start(topic, 0)})",
                     lambda: self.raw.start(topic, 0) >= log.start, step=0.01)
        for timestamp in (-1, -2, -4):
            self.look(name, log, timestamp)


def seeds(default):
    text = os.environ.get("MILLRACE_MODEL_SEEDS", default)
    first, _, last = text.partition("-")
    return range(int(first), int(last or first) + 1)


def play(run, kind, which, ops, restarts):
    broker = run.broker("logmodel", KEYS, kind=kind)
    broker.start()
    raw = Raw(broker.address)
    for seed in which:
        with run.report.case(f"logmodel: seed {seed} on {kind}") as case:
            Play(broker, raw, seed, logmodel.script(seed, ops, restarts(seed), COMPACTION), case).run()
    raw.close()
    with run.report.case(f"logmodel: {kind} stops, and its directory is sound") as case:
        case.equal(broker.stop(), 0, "status")
        if kind == "millrace":
            status, text = broker.verify()
            case.equal(status, 0, f"millrace verify, status; it says {text[-1500:]!r}")


def _suite(run):
    if run.kind == "external":
        raise Skip("stops and kills its broker")
    if run.kind == "kafka":
        play(run, "kafka", seeds("1-40" if toolchain.LONG else "1-6"), 60, lambda seed: seed % 6 == 1)
    else:
        play(run, "millrace", seeds("1-200" if toolchain.LONG else "1-6"), 300 if toolchain.LONG else 60, lambda seed: 3 * (seed % 2))


SUITES = {"logmodel": _suite}
