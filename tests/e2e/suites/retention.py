"""Retention by time and by size, changed at run time: the start moves, files go, nothing comes back after kill -9, and a log that has
wholly expired keeps its next offset. The same against a real Kafka."""
import glob
import os
import signal
import time

from lib import batch
from lib.raw import Raw
from lib.target import wait_for

KEYS = {"log.retention.check.interval.ms": 200, "log.initial.task.delay.ms": 200, "log.segment.delete.delay.ms": 100}
VALUE = bytes(range(256)) * 780
SEGMENT = 1 << 20
BATCH = 4  # records; a segment takes one batch and not two
SIGNS = 32  # partitions: of any number of shards each has some


class Retention:
    def __init__(self, run):
        self.run = run
        self.broker = run.broker("retention", KEYS)
        self.broker.start()
        self.raw = Raw(self.broker.address)

    def case(self, name):
        return self.run.report.case(f"retention: {name}")

    def fill(self, topic, batches, now_ms=None):
        now_ms = now_ms or int(time.time() * 1000)
        for n in range(batches):
            recs = [batch.Record(b"%d" % i, VALUE, now_ms) for i in range(BATCH)]
            got = self.raw.produce(topic, 0, batch.make(recs))
            assert got["error"] == 0, got

    def set(self, topic, **configs):
        got = self.raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 2, "name": topic, "configs": [
            {"name": k.replace("_", "."), "op": 0, "value": v} for k, v in configs.items()]}]})
        assert got["resources"][0]["error"] == 0, got
        want = {k.replace("_", "."): v for k, v in configs.items()}
        wait_for("the config", lambda: self.raw.configs(topic, *want) == want)  # Kafka answers before it acts on it

    def ends(self, topic):
        return tuple(self.raw.list_offsets(topic, [0], which)[0]["offset"] for which in (-2, -1))

    def files(self, topic):
        return sorted(os.path.basename(p) for p in glob.glob(os.path.join(self.broker.data, f"{topic}-0", "*.log")))

    def until(self, topic, ends):
        wait_for(f"{topic} to reach from {ends[0]} to {ends[1]}", lambda: self.ends(topic) == ends)

    def settle(self, topic, first):
        """The files below the start are gone. An empty segment has no file before its first record, with Kafka it has."""
        name = f"{first:020d}.log"
        wait_for(f"{topic} to begin with {name}", lambda: self.files(topic)[:1] in ([name], []))

    def looked(self):
        """Every shard has looked at all that it has: records that are too old have gone from each of many partitions, twice, so whatever
        a look has in front of it was passed by once since."""
        self.raw.create("sign", SIGNS, {"retention.ms": "1000"})
        old = batch.make([batch.Record(b"k", b"v", int(time.time() * 1000) - 7200000)])
        for end in (1, 2):
            for p in range(SIGNS):
                got = self.raw.produce("sign", p, old)
                assert got["error"] == 0, got
            wait_for(f"the signs' start at {end}", lambda end=end: {
                p["offset"] for p in self.raw.list_offsets("sign", range(SIGNS), -2).values()} == {end})

    def again(self):
        """kill -9 and a start."""
        self.raw.close()
        self.broker.process.send_signal(signal.SIGKILL)
        self.broker.wait_exit()
        self.broker.start()
        self.raw = Raw(self.broker.address)


def _suite(run):
    t = Retention(run)
    small = {"segment.bytes": str(SEGMENT), "file.delete.delay.ms": "100"}
    one = BATCH * len(VALUE)

    with t.case("by size: the oldest segments go, the rest stays above retention.bytes") as case:
        t.raw.create("bytes", 1, {**small, "retention.bytes": str(3 * SEGMENT)})
        t.fill("bytes", 10)
        case.equal(t.ends("bytes")[1], 10 * BATCH, "end")
        start = 6 * BATCH  # whole segments go as long as what stays is at least retention.bytes; a look may come in the middle of the fill
        assert 4 * one >= 3 * SEGMENT > 3 * (one + 1024)
        t.until("bytes", (start, 10 * BATCH))
        t.settle("bytes", start)
        case.true(len(t.files("bytes")) <= 6, f"files {t.files('bytes')}")

    with t.case("changed at run time: retention.bytes goes down, and off") as case:
        t.set("bytes", retention_bytes="0")
        t.until("bytes", (10 * BATCH, 10 * BATCH))
        t.set("bytes", retention_bytes="-1")
        t.fill("bytes", 4)
        case.equal(t.ends("bytes"), (10 * BATCH, 14 * BATCH), "offsets go on")
        t.settle("bytes", 10 * BATCH)

    with t.case("below the start: OFFSET_OUT_OF_RANGE; from it on: records") as case:
        case.equal(t.raw.fetch("bytes", 0, 0)["error"], 1, "error below the start")
        got = t.raw.fetch("bytes", 0, 10 * BATCH)
        case.equal([got["error"], got["log_start"]], [0, 10 * BATCH], "error and log start")

    with t.case("by time: what is old goes when it is no longer in the newest segment, or all of it") as case:
        t.raw.create("time", 1, {**small, "retention.ms": "3600000"})
        t.fill("time", 3, int(time.time() * 1000) - 7200000)
        t.fill("time", 2)
        t.until("time", (3 * BATCH, 5 * BATCH))
        t.settle("time", 3 * BATCH)
        t.raw.create("old", 1, {**small, "retention.ms": "3600000"})
        t.fill("old", 3, int(time.time() * 1000) - 7200000)
        t.until("old", (3 * BATCH, 3 * BATCH))
        t.settle("old", 3 * BATCH)
        case.equal(t.ends("old"), (3 * BATCH, 3 * BATCH), "a log that has wholly expired keeps its next offset")

    with t.case("no delete, no retention") as case:
        t.raw.create("kept", 1, {**small, "retention.ms": "1000", "cleanup.policy": "compact"})
        t.raw.create("for-ever", 1, {**small, "retention.ms": "-1"})
        for topic in ("kept", "for-ever"):
            t.fill(topic, 2, int(time.time() * 1000) - 7200000)
        t.looked()
        for topic in ("kept", "for-ever"):
            case.equal(t.ends(topic), (0, 2 * BATCH), topic)

    with t.case("all of it is so after kill -9") as case:
        before = {topic: t.ends(topic) for topic in ("bytes", "time", "old", "kept", "for-ever")}
        t.again()
        for topic, ends in before.items():
            t.raw.wait_leaders(topic, 1)
            case.equal(t.ends(topic), ends, topic)
        t.fill("old", 1)
        case.equal(t.ends("old"), (3 * BATCH, 4 * BATCH), "the expired log goes on")

    with t.case("a clean stop; the directory is sound") as case:
        t.raw.close()
        case.equal(t.broker.stop(), 0, "status")
        if run.kind == "millrace":
            case.equal(t.broker.verify()[0], 0, "millrace verify, status")


SUITES = {"retention": _suite}
