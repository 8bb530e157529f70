"""What every client goes through: the same story, told by its driver, checked record by record.

All expectations come from the generator; what the client reads and what lies in the log (read raw) must both agree."""
import os
import time

from . import batch, records
from .driver import Refused
from .target import wait_for

NEAR_MIB = 1_000_000  # the largest value that must work with default limits
TEN_MIB = 10 << 20
ALL = {"create", "list", "delete", "grow", "alter", "describe", "trim", "produce", "fetch", "offsets", "times",
       "idempotent", "acks0"}


class Story:
    def __init__(self, run, driver, expected, shape=None, lacks=()):
        """expected: the operations that this client must have; shape: what records.make may put into its records; lacks: what its
        operations leave out: "append time" (it takes no notice of LogAppendTime when it reads), "configs" (none for a new topic),
        "acks1"."""
        self.run, self.driver, self.shape = run, driver, dict(shape or {})
        self.expected, self.lacks = set(expected), set(lacks)
        self.raw = run.raw
        self.name = f"{driver.name}-{run.tag}"
        self.base_ms = int(time.time()) * 1000 - 3_600_000
        self.files = 0
        self.report = run.report

    def case(self, name):
        return self.report.case(f"{self.driver.name}: {name}")

    # --- what the cases are made of

    def file(self):
        self.files += 1
        return os.path.join(self.run.folder, f"{self.name}-{self.files}.records")

    def make(self, seed, n, **more):
        return records.make(f"{self.driver.name} {seed}", n, self.base_ms, **{**self.shape, **more})

    def create(self, topic, partitions, configs=None):
        configs = {k: str(v) for k, v in (configs or {}).items()}
        if "create" in self.expected and not (configs and "configs" in self.lacks):
            self.driver.do("create", topic=topic, partitions=partitions, configs=configs)
            self.raw.wait_leaders(topic, partitions)
        else:
            self.raw.create(topic, partitions, configs)

    def produce(self, topic, recs, partition=-1, codec="none", acks="all", idempotent=None, **more):
        """Returns what must now be in the log: {partition: [Record with offset]}, in the order of offsets."""
        path = self.file()
        records.write(path, recs, partition)
        if idempotent is None:
            idempotent = acks == "all" and "idempotent" in self.expected
        self.driver.do("produce", topic=topic, file=path, acks_file=path + ".acks", codec=codec, acks=acks,
                       idempotent=idempotent, **more)
        out = {}
        for rec, (p, offset) in zip(recs, records.read_acks(path + ".acks"), strict=True):
            out.setdefault(p, []).append(batch.Record(rec.key, rec.value, rec.timestamp, rec.headers, offset))
        return out

    def fetch(self, topic, wants, **more):
        """wants: {partition: (offset, count)}."""
        path = self.file()
        if "fetch" in self.expected:
            self.driver.do("fetch", topic=topic, file=path, **more,
                           **{"from": [[p, offset, count] for p, (offset, count) in wants.items()]})
            return records.read(path)
        return self.fetch_by_another(topic, wants, **more)

    def fetch_by_another(self, topic, wants, **more):
        return self.run.reader().fetch(topic, self.file(), wants, **more)

    def check_sent(self, case, topic, sent, total):
        """Acknowledged offsets are dense and in the order of sending, and the log ends there."""
        case.equal(sum(len(r) for r in sent.values()), total, "acknowledged records")
        for p, recs in sent.items():
            first = recs[0].offset
            case.equal([r.offset for r in recs], list(range(first, first + len(recs))), f"offsets of partition {p}")
            case.equal(self.raw.end(topic, p), first + len(recs), f"end of partition {p}")

    def check_read(self, case, topic, sent, **more):
        got = self.fetch(topic, {p: (recs[0].offset, len(recs)) for p, recs in sent.items()}, **more)
        case.equal(set(got), set(sent), "partitions read")
        for p, recs in sent.items():
            case.equal(len(got[p]), len(recs), f"records read from partition {p}")
            for a, b in zip(got[p], recs):
                case.equal(a, b, f"partition {p}")

    def check_keys(self, case, sent):
        """One key, one partition; several partitions in use."""
        home = {}
        for p, recs in sent.items():
            for r in recs:
                if r.key:
                    case.equal(home.setdefault(r.key, p), p, f"partition of key {r.key}")
        case.true(len(sent) > 1, "all keys went to one partition")

    # --- the cases

    def tell(self):
        failed = self.report.failed
        self.cases()
        if self.report.failed == failed:
            for name in os.listdir(self.run.folder):
                if name.startswith(f"{self.name}-") and ".records" in name:
                    os.unlink(os.path.join(self.run.folder, name))

    def cases(self):
        self.introduction()
        self.topics()
        for codec in self.driver.codecs:
            self.codec(codec)
        self.hundred_partitions()
        self.positions()
        self.acks()
        self.append_time()
        self.large_values()
        self.ten_mib()
        if "delete" in self.expected:
            self.administration()

    def introduction(self):
        with self.case(f"{self.driver.client} {self.driver.version}") as case:
            case.equal(self.expected - self.driver.can, set(), "operations that are missing")
            case.true(self.driver.codecs[0] == "none" and len(self.driver.codecs) > 1, "no codecs")

    def topics(self):
        if "create" not in self.expected:
            return
        with self.case("creates topics with 3 and 100 partitions") as case:
            for n in (3, 100):
                topic = f"{self.name}-topic-{n}"
                self.create(topic, n)
                got = self.raw.wait_leaders(topic, n)
                case.equal(len(got["partitions"]), n, f"partitions of {topic}")
                case.equal(sorted(p["index"] for p in got["partitions"]), list(range(n)), "their numbers")
            if "list" in self.expected:
                listed = set(self.driver.do("list")["topics"])
                case.true({f"{self.name}-topic-3", f"{self.name}-topic-100"} <= listed, "the list lacks a topic")
        with self.case("is told that a topic exists, and that one broker cannot hold 3 replicas") as case:
            self.refused(case, "exist", "create", topic=f"{self.name}-topic-3", partitions=3, configs={})
            self.refused(case, "replication", "create", topic=f"{self.name}-rf3", partitions=1, replication=3, configs={})
            if "configs" not in self.lacks:
                self.refused(case, "config", "create", topic=f"{self.name}-odd", partitions=1,
                             configs={"cleanup.policy": "shred"})

    def refused(self, case, word, op, **arguments):
        answer = self.driver.ask(op, **arguments)
        text = answer.get("error", "no error").lower().replace("_", " ")
        case.true(any(w in text for w in word.split("|")), f"{op} {arguments}: {word!r} is not in {text!r}")

    def codec(self, codec):
        topic = f"{self.name}-{codec}"
        with self.case(f"{codec}: 200 keyed records on 3 partitions, byte for byte") as case:
            self.create(topic, 3)
            sent = self.produce(topic, self.make(codec, 200), codec=codec)
            self.check_sent(case, topic, sent, 200)
            self.check_keys(case, sent)
            self.check_read(case, topic, sent)
            found = [b for p in sent for b in self.raw.batches(topic, p)]
            # A client may send a batch plain when compressing made it no smaller.
            case.equal({batch.CODECS[b.codec] for b in found} - {"none"}, {codec} - {"none"}, "codecs in the log")
            case.true(all(b.crc_ok() for b in found), "a CRC in the log is wrong")
            case.equal(sum(b.count for b in found), 200, "records in the log")

    def hundred_partitions(self):
        topic = f"{self.name}-hundred"
        with self.case("1,000 keyed records on 100 partitions") as case:
            self.create(topic, 100)
            codec = self.driver.codecs[-1]
            sent = self.produce(topic, self.make("hundred", 1000, keys=400, value_max=200), codec=codec)
            case.true(len(sent) > 50, f"only {len(sent)} of 100 partitions got a record")
            self.check_sent(case, topic, sent, 1000)
            self.check_read(case, topic, sent)

    def positions(self):
        """From an offset, from the middle of a batch, from a timestamp; compressed and not."""
        for codec in ("none", self.driver.codecs[-1]):
            topic = f"{self.name}-positions-{codec}"
            with self.case(f"{codec}: reads from an offset, from the middle of a batch, from a timestamp") as case:
                self.create(topic, 1)
                recs = self.make(f"positions {codec}", 300, value_max=100)
                # Explicit partition, one wave: the client fills batches.
                sent = self.produce(topic, recs, partition=0, codec=codec, linger_ms=200)[0]
                self.check_sent(case, topic, {0: sent}, 300)
                whole = [b for b in self.raw.batches(topic, 0) if b.count > 2]
                case.true(whole, "the client made no batch of more than two records")
                middle = whole[-1].base_offset + whole[-1].count // 2
                for start in (0, 1, middle, middle + 1, 299):
                    got = self.fetch(topic, {0: (start, 300 - start)})
                    case.equal(got[0], sent[start:], f"records from offset {start}")
                if "times" in self.expected:
                    self.timestamps(case, topic, sent, middle)
                if "offsets" in self.expected:
                    ends = self.driver.do("offsets", topic=topic, partition=0, times=[-2, -1])["offsets"]
                    case.equal(ends, [0, 300], "earliest and latest offset")

    def timestamps(self, case, topic, sent, middle):
        asked = {sent[0].timestamp - 5_000: 0, sent[0].timestamp: 0, sent[middle].timestamp: middle,
                 sent[middle].timestamp - 1: middle, sent[middle].timestamp + 1: middle + 1, sent[299].timestamp: 299}
        got = self.driver.do("offsets", topic=topic, partition=0, times=list(asked))["offsets"]
        case.equal(dict(zip(asked, got)), asked, "offsets for timestamps")
        none = self.driver.do("offsets", topic=topic, partition=0, times=[sent[299].timestamp + 1])["offsets"]
        # Some clients turn "none" into the end of the partition.
        case.true(none in ([-1], [300]), f"offset for a timestamp past the end: {none}")
        start = got[2]
        case.equal(self.fetch(topic, {0: (start, 300 - start)})[0], sent[start:], "records from a timestamp")

    def acks(self):
        topic = f"{self.name}-acks"
        with self.case("acks=0, 1 and all, idempotent and not, in order") as case:
            self.create(topic, 4)
            ways = [("all", False)]
            if "acks1" not in self.lacks:
                ways.append(("1", False))
            if "idempotent" in self.expected:
                ways.append(("all", True))
            if "acks0" in self.expected:
                ways.append(("0", False))
            for partition, (acks, idempotent) in enumerate(ways):
                recs = self.make(f"acks {acks} {idempotent}", 60, value_max=300)
                sent = self.produce(topic, recs, partition=partition, acks=acks, idempotent=idempotent)
                wait_for(f"the end of the acks={acks} records", lambda p=partition: self.raw.end(topic, p) >= 60)
                if acks == "0":
                    for offset, r in enumerate(sent[partition]):
                        r.offset = offset  # the client cannot know it
                self.check_sent(case, topic, sent, 60)
                self.check_read(case, topic, sent)
                ids = {b.producer >= 0 for b in self.raw.batches(topic, partition)}
                case.equal(ids, {idempotent}, f"acks={acks}: batches carry a producer id")

    def append_time(self):
        topic = f"{self.name}-append-time"
        with self.case("LogAppendTime replaces the client's timestamps") as case:
            self.create(topic, 1, {"message.timestamp.type": "LogAppendTime"})
            before = int(time.time() * 1000)
            sent = self.produce(topic, self.make("append time", 40), partition=0)[0]
            after = int(time.time() * 1000)
            got = (self.fetch_by_another if "append time" in self.lacks else self.fetch)(topic, {0: (0, 40)})[0]
            # A broker's time is that of its turn, which may have begun before the request came; the client's is an hour away.
            case.true(all(before - 1000 <= r.timestamp <= after + 1000 for r in got), "a timestamp is not the time of the append")
            for a, b in zip(got, sent, strict=True):
                case.equal((a.offset, a.key, a.value, a.headers), (b.offset, b.key, b.value, b.headers), "record")
            case.true(all(b.append_time and b.crc_ok() for b in self.raw.batches(topic, 0)), "batches in the log")

    def large_values(self):
        topic = f"{self.name}-large"
        with self.case("values of 1,000,000 bytes with every codec; more is refused") as case:
            self.create(topic, 1)
            for codec in self.driver.codecs:
                rec = records.noise(f"large {codec}", NEAR_MIB, b"large", self.base_ms)
                sent = self.produce(topic, [rec], partition=0, codec=codec, max_bytes=2 * NEAR_MIB)
                self.check_read(case, topic, sent, max_bytes=2 * NEAR_MIB)
            end = self.raw.end(topic, 0)
            case.equal(end, len(self.driver.codecs), "end of the log")
            try:
                self.produce(topic, [records.noise("too large", 1_100_000, b"large", self.base_ms)], partition=0,
                             max_bytes=2 * NEAR_MIB)
                case.true(False, "a batch above max.message.bytes was acknowledged")
            except Refused as e:
                case.true("large" in str(e).lower() or "size" in str(e).lower(), f"the client reports {e}")
            case.equal(self.raw.end(topic, 0), end, "end of the log after the refusal")

    def ten_mib(self):
        topic = f"{self.name}-10mib"
        with self.case("values of 10 MiB with max.message.bytes raised") as case:
            limit = TEN_MIB + (1 << 18)
            self.create(topic, 1, {"max.message.bytes": limit})
            for codec in ("none", self.driver.codecs[-1]):
                rec = records.noise(f"10 MiB {codec}", TEN_MIB, None, self.base_ms)
                sent = self.produce(topic, [rec], partition=0, codec=codec, max_bytes=limit)
                self.check_read(case, topic, sent, max_bytes=limit)

    def administration(self):
        topic, last = f"{self.name}-admin", 2
        with self.case("grows, configures, trims and deletes a topic") as case:
            # Its records are an hour old, and a look at retention may come at any time.
            self.create(topic, 3, {"retention.ms": 36_000_000})
            case.equal(self.raw.configs(topic, "retention.ms"), {"retention.ms": "36000000"}, "config at creation")
            if "grow" in self.expected:
                last = 5
                self.driver.do("grow", topic=topic, partitions=6)
                case.equal(len(self.raw.wait_leaders(topic, 6)["partitions"]), 6, "partitions after growing")
                self.refused(case, "partition", "grow", topic=topic, partitions=2)
            sent = self.produce(topic, self.make("admin", 30), partition=last)
            self.check_read(case, topic, sent)
            if "alter" in self.expected:
                self.driver.do("alter", topic=topic, configs={"retention.ms": "72000000"})
                wait_for("the new retention.ms",
                         lambda: self.raw.configs(topic, "retention.ms")["retention.ms"] == "72000000")
                told = self.driver.do("describe", topic=topic)["configs"]
                case.equal(told.get("retention.ms"), "72000000", "retention.ms as the client reads it")
                case.equal(told.get("cleanup.policy"), "delete", "cleanup.policy as the client reads it")
            if "trim" in self.expected:
                self.driver.do("trim", topic=topic, partition=last, offset=12)
                case.equal(self.raw.start(topic, last), 12, "start after deleting records")
                self.check_read(case, topic, {last: sent[last][12:]})
            self.driver.do("delete", topic=topic)
            wait_for("the topic's end", lambda: self.raw.topic(topic)["error"] == 3)
            case.true(topic not in self.raw.topics(), "the deleted topic is still listed")
            self.refused(case, "unknown|not exist|not host", "delete", topic=topic)
