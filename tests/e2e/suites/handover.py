"""A log directory goes from a real Kafka to millrace (adopt) and back (handback), and loses nothing on the way.

adopt:    Kafka writes, stops cleanly; millrace serves the directory, writes; Kafka serves it again.
handback: millrace writes, stops cleanly; Kafka serves the directory, writes; millrace serves it again.
Neither touches a directory that the other holds open or left uncleanly. With --target kafka both sides are Kafka: that
proves the script. What is compared is a portrait: topics with ids, partitions and configs, every batch by its CRC, offsets by
time, epochs, what the broker knows about producers, and what a read_committed reader gets."""
import glob
import os
import shutil
import signal
import time

from lib import batch, records, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import START_S, wait_for
from lib.txn import Txn

# The portrait's time lookups need fixed times.
BASE = int(time.time()) * 1000 - 7_200_000
KAFKA_KEYS = {"offsets.topic.num.partitions": 1, "transaction.state.log.num.partitions": 1}


class Handover:
    def __init__(self, run, name, first, second):
        self.run, self.name = run, name
        shutil.rmtree(os.path.join(run.folder, name), ignore_errors=True)
        self.data = os.path.join(run.folder, name, "data")
        self.first = run.broker(f"{name}/first", KAFKA_KEYS if first == "kafka" else {}, kind=first, data=self.data)
        self.second = run.broker(f"{name}/second", KAFKA_KEYS if second == "kafka" else {}, kind=second, data=self.data)
        self.files = 0
        self.producers = {}  # topic -> (producer id, the next sequence)
        self.txn = None  # one that is left open, by the Kafka that can end it
        run.end_drivers()

    def case(self, what):
        return self.run.report.case(f"{self.name}: {what}")

    # --- writing

    def client(self, broker):
        command = toolchain.python_driver("confluent", "confluent-kafka==2.16.1")
        log = os.path.join(self.run.folder, f"driver-{self.name}.log")
        d = Driver("confluent", command, broker.address, log)
        self.run.drivers.append(d)
        return d

    def write(self, driver, topic, seed, n, codec, partition=-1, **shape):
        self.files += 1
        path = os.path.join(self.run.folder, f"{self.name}-{self.files}.records")
        records.write(path, records.make(seed, n, BASE, **shape), partition)
        driver.do("produce", topic=topic, file=path, acks_file=path + ".acks", codec=codec, acks="all", idempotent=True)

    def fill(self, broker, turn):
        """Everything that a directory may hold, as far as one broker without groups and transactions makes it."""
        raw, driver = Raw(broker.address), self.client(broker)
        for codec in batch.CODECS:
            topic = f"codec-{codec}"
            if turn == 0:
                raw.create(topic, 3)
            self.write(driver, topic, f"{turn} {codec}", 150, codec)
        if turn == 0:
            raw.create("hundred", 100)
            raw.create("compacted", 2, {"cleanup.policy": "compact", "min.compaction.lag.ms": 86_400_000})
            raw.create("configured", 1, {"retention.ms": 1_000_000_000, "max.message.bytes": 2_000_000,
                                         "message.timestamp.type": "LogAppendTime"})
            raw.create("segments", 1, {"segment.bytes": 1 << 20, "index.interval.bytes": 512})
            raw.create("trimmed", 1)
            raw.create("grown", 1)
            raw.create("gone", 3)
            raw.create("empty", 1)
            raw.create("name.with_dots-and_more", 1)
        self.write(driver, "hundred", f"{turn} hundred", 500, "lz4", keys=300)
        self.write(driver, "compacted", f"{turn} compacted", 100, "none", null_keys=False)
        self.write(driver, "configured", f"{turn} configured", 50, "gzip")
        self.write(driver, "segments", f"{turn} segments", 3000, "none", value_max=2500)
        self.write(driver, "trimmed", f"{turn} trimmed", 100, "none")
        self.write(driver, "name.with_dots-and_more", f"{turn} name", 20, "zstd")
        raw.call("DeleteRecords", 1, {"topics": [{"name": "trimmed", "partitions": [{"index": 0, "offset": 37 + 100 * turn}]}]})
        raw.call("CreatePartitions", 3, {"topics": [{"name": "grown", "count": 4 + turn}]})
        raw.wait_leaders("grown", 4 + turn)
        self.write(driver, "grown", f"{turn} grown", 50, "snappy", partition=3)
        raw.call("IncrementalAlterConfigs", 1, {"resources": [
            {"name": "configured", "configs": [{"name": "retention.bytes", "op": 0, "value": str(10_000_000 + turn)}]},
            {"type": 4, "name": "", "configs": [{"name": "message.max.bytes", "op": 0, "value": str(1_500_000 + turn)}]},
            {"type": 4, "name": "1", "configs": [{"name": "log.retention.ms", "op": 0, "value": str(900_000_000 + turn)}]}]})
        if turn == 0:
            raw.call("DeleteTopics", 1, {"names": ["gone"]})
        self.sequences(raw, turn)
        self.transactions(raw, broker, turn)
        wait_for("the last change of a config", lambda: raw.configs("configured", "retention.bytes")["retention.bytes"]
                 == str(10_000_000 + turn))
        wait_for("the topic's end", lambda: raw.topic("gone")["error"] == 3)
        raw.close()
        self.run.end_drivers()

    def sequences(self, raw, turn):
        """A producer by hand, so that a retry and a gap can be tried on the other side."""
        if turn == 0:
            raw.create("sequences", 1)
            self.producers["sequences"] = (raw.call("InitProducerId", 4)["id"], 0)
        producer, n = self.producers["sequences"]
        for _ in range(7):
            got = raw.produce("sequences", 0, self.batch(producer, n))
            if got["error"] != 0:
                raise Failure(f"sequence {n}: error {got['error']}")
            n += 1
        self.producers["sequences"] = (producer, n)

    def transactions(self, raw, broker, turn):
        """Committed, aborted and open ones, over several segments, beside each other."""
        if turn == 0:
            raw.create("transactions", 1, {"segment.bytes": 1 << 20})
        raw.produce("transactions", 0, self.batch(-1, 0, epoch=-1, sequence=-1))
        if broker.kind != "kafka":
            return  # millrace first: suite transactions_handover
        one, two = Txn(raw, f"one-{turn}"), Txn(raw, f"two-{turn}")
        for n in range(12):
            for t in (one, two):
                t.write("transactions", 0, [batch.Record(b"key", b"x" * 100_000, BASE + n)])
            one.end(n % 3 == 0)
            two.write("transactions", 0, [batch.Record(b"key", b"more", BASE + n)])
            two.end(n % 3 == 1)
        self.txn = Txn(raw, f"open-{turn}")
        self.txn.write("transactions", 0, [batch.Record(b"key", b"undecided", BASE)])
        raw.produce("transactions", 0, self.batch(-1, 0, epoch=-1, sequence=-1))
        one.write("transactions", 0, [batch.Record(b"key", b"aborted beyond the open one", BASE)])
        one.end(False)

    def check_open_transaction(self, case, broker):
        """The one that was left open is ended by the Kafka that knows of it."""
        raw = Raw(broker.address)
        raw.wait_leaders("transactions", 1)
        before = raw.committed("transactions", 0)
        case.true(before["stable"] < raw.end("transactions", 0), "nothing is open any more")
        self.txn.raw = raw
        self.txn.end(True)
        wait_for("the marker", lambda: raw.committed("transactions", 0)["stable"] == raw.end("transactions", 0))
        after = raw.committed("transactions", 0)
        case.equal(len(after["aborted"]), len(before["aborted"]) + 1, "aborted transactions once all are decided")
        raw.close()

    @staticmethod
    def batch(producer, n, epoch=0, sequence=None):
        return batch.make([batch.Record(b"key", b"value %d" % n, BASE + n)], producer=producer, epoch=epoch,
                          sequence=n if sequence is None else sequence)

    # --- looking

    def portrait(self, broker):
        raw = Raw(broker.address)
        out = {"cluster": raw.call("DescribeCluster", 0)["cluster"], "topics": {}}
        for name in raw.topics():
            if name.startswith("__"):
                continue
            t = raw.topic(name)
            n = len(t["partitions"])
            raw.wait_leaders(name, n)
            got = raw.call("DescribeConfigs", 1, {"resources": [{"name": name}]})["resources"][0]["configs"]
            about = out["topics"][name] = {"id": str(t["id"]), "partitions": {},
                                           "configs": {c["name"]: c["value"] for c in got if c["source"] == 1}}
            times = {when: raw.list_offsets(name, range(n), when) for when in (-1, -2, BASE, BASE + 555, BASE + 5_000)}
            for p in range(n):
                at = {when: [x[p]["error"], x[p]["offset"], x[p]["timestamp"]] for when, x in times.items()}
                start, end = at[-2][1], at[-1][1]
                about["partitions"][p] = {
                    "offsets": at, "batches": [[b.base_offset, b.last_delta, b.crc, b.leader_epoch]
                                               for b in raw.batches(name, p, start, end)],
                    "committed": raw.committed(name, p)}
            asked = raw.call("DescribeProducers", 0, {"topics": [{"name": name, "partitions": list(range(n))}]})
            for p in asked["topics"][0]["partitions"]:
                about["partitions"][p["index"]]["producers"] = sorted(
                    [x["id"], x["epoch"], x["sequence"], x["timestamp"], x["coordinator_epoch"], x["txn_start"]]
                    for x in p["producers"])
        asked = raw.call("DescribeConfigs", 1, {"resources": [{"type": 4, "name": "1"}]})["resources"][0]["configs"]
        out["broker"] = {c["name"]: c["value"] for c in asked if c["source"] in (2, 3)}
        raw.close()
        return out

    def same(self, case, got, want, where="portrait"):
        """Compare leaf by leaf, so that a difference says where it is."""
        if isinstance(want, dict):
            case.equal(sorted(got, key=str), sorted(want, key=str), f"{where}: names")
            for k in want:
                self.same(case, got[k], want[k], f"{where}/{k}")
        else:
            case.equal(got, want, where)

    def check_producers(self, case, broker):
        raw = Raw(broker.address)
        producer, n = self.producers["sequences"]
        end = raw.end("sequences", 0)
        case.equal(end, n, "end of the topic")
        # A producer snapshot keeps the last batch of the five that a running broker knows.
        got = raw.produce("sequences", 0, self.batch(producer, n - 1))
        case.equal([got["error"], got["offset"]], [0, n - 1], f"a retry of sequence {n - 1}")
        got = raw.produce("sequences", 0, self.batch(producer, n + 3))
        case.equal(got["error"], 45, "a sequence too far ahead")
        case.equal(raw.end("sequences", 0), end, "end of the topic after retries and the gap")
        got = raw.produce("sequences", 0, self.batch(producer, n))
        case.equal([got["error"], got["offset"]], [0, n], "the next sequence")
        self.producers["sequences"] = (producer, n + 1)
        fresh = raw.call("InitProducerId", 4)["id"]
        case.true(fresh != producer, "a producer id was given out again")
        epoch = raw.topic("sequences")["partitions"][0]["epoch"]
        asked = raw.call("OffsetForLeaderEpoch", 4, {"topics": [{"name": "sequences", "partitions": [
            {"index": 0, "epoch": epoch}]}]})["topics"][0]["partitions"][0]
        case.equal([asked["error"], asked["offset"]], [0, n + 1], "end of the current epoch")
        raw.close()

    def meta(self):
        with open(os.path.join(self.data, "meta.properties"), encoding="utf-8") as f:
            return dict(line.strip().split("=", 1) for line in f if "=" in line and not line.startswith("#"))

    # --- refusing

    def refuses(self, case, broker, why):
        broker.spawn()
        try:
            code = broker.wait_exit(START_S)
        except Failure:
            raise Failure(f"{broker.kind} does not end: it took {why}") from None
        case.true(code != 0, f"{broker.kind} ended with status 0 on {why}")
        text = broker.log_text()
        case.true(text.strip() != "", f"{broker.kind} refused {why} without a word")
        if broker.kind == "millrace":
            case.true(self.data in text, f"millrace does not name the directory: {text[-500:]!r}")

    # --- index files

    def hurt_indexes(self, kinds):
        """Of a copy, files of closed segments in turn: a bit, the second half, all of it. Returns the broker on it, and the paths."""
        data = os.path.join(self.run.folder, self.name, "hurt")
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(self.data, data)
        paths = []
        for kind in kinds:
            for log in ("segments-0", "transactions-0"):
                logs = sorted(glob.glob(os.path.join(data, log, "*.log")))[:-1]
                paths += [p for p in (x[:-3] + kind for x in logs) if os.path.exists(p) and os.path.getsize(p) > 0]
        for i, path in enumerate(paths):
            with open(path, "rb") as f:
                now = bytearray(f.read())
            entry = {"index": 8, "timeindex": 12, "txnindex": 34}[path.rsplit(".", 1)[1]]
            if i % 3 == 0:
                now[len(now) // entry // 2 * entry + 7] ^= 1
            elif i % 3 == 1:
                del now[len(now) // 2 + 3 :]
            os.unlink(path)
            if i % 3 != 2:
                with open(path, "wb") as f:
                    f.write(now)
        return data, paths

    def open_hurt(self, case, before):
        """What Kafka wrote, damaged before we open it: each file is named, every answer stays right; and the scrubber alone puts all
        of it right, aborted transactions included, which clients get from the file."""
        data, paths = self.hurt_indexes(("index", "timeindex"))
        case.true(len(paths) >= 4, f"files: {paths}")
        ours = self.run.broker(f"{self.name}/indexes", {"millrace.scrub.bytes.per.second": 0}, kind="millrace", data=data)
        said = ours.verify()[1]
        case.true(any(os.path.exists(p) for p in paths), f"nothing is in {data}")
        case.equal([p for p in paths if os.path.exists(p) and p not in said], [], "not named by verify")
        ours.start()
        self.same(case, self.portrait(ours), before)
        case.equal(ours.stop(), 0, "status")
        data, paths = self.hurt_indexes(("index", "timeindex", "txnindex"))
        case.true(any(p.endswith(".txnindex") for p in paths), f"files: {paths}")
        ours = self.run.broker(f"{self.name}/scrubbed", {"millrace.scrub.delay.ms": 0, "millrace.scrub.bytes.per.second": 1 << 30},
                               kind="millrace", data=data)
        ours.start()
        wait_for("the scrubber", lambda: ours.log_text().count("pass over shard=") == self.run.args.shards)
        told = [line for line in ours.log_text().splitlines() if "index is built from the log" in line]
        case.equal([p for p in paths if not any(os.path.basename(p) in line for line in told)], [], f"not told of: {told}")
        self.same(case, self.portrait(ours), before)
        case.equal(ours.stop(), 0, "status")
        code, said = ours.verify()
        case.equal(code, 0, f"verify once all is made anew says {said[-800:]!r}; its status")

    # --- the story

    def tell(self):
        first, second = self.first, self.second
        with self.case(f"{first.kind} writes") as case:
            first.start()
            self.fill(first, 0)
            before = self.portrait(first)
            case.equal(len(before["topics"]), 15, "topics")
        with self.case(f"{second.kind} does not touch a directory that {first.kind} holds open") as case:
            if first.kind == second.kind:
                raise Skip("a second Kafka joins the election in the open directory before it looks for the lock")
            self.refuses(case, second, "a directory that the other holds open")
            self.same(case, self.portrait(first), before)
        with self.case(f"{second.kind} does not take a directory that {first.kind} left uncleanly") as case:
            if first.kind == second.kind:
                raise Skip("both are one kind: a broker recovers its own directory")
            first.process.send_signal(signal.SIGKILL)
            first.wait_exit()
            self.refuses(case, second, "a directory that the other left uncleanly")
            first.start()
            self.same(case, self.portrait(first)["topics"], before["topics"])
        with self.case(f"{first.kind} stops") as case:
            case.equal(first.stop(), 0, "status of the clean stop")
            names = self.meta()
        if (first.kind, second.kind) == ("kafka", "millrace"):
            with self.case("index files of Kafka's that are damaged: named, not believed, made anew by the scrubber") as case:
                self.open_hurt(case, before)
        with self.case(f"{second.kind} serves what {first.kind} closed") as case:
            second.start()
            self.same(case, self.portrait(second), before)
            self.check_producers(case, second)
        with self.case(f"{second.kind} writes on, {first.kind} serves it all") as case:
            self.fill(second, 1)
            after = self.portrait(second)
            case.equal(second.stop(), 0, "status of the clean stop")
            case.equal(self.meta(), names, "meta.properties")
            first.start()
            self.same(case, self.portrait(first), after)
            self.check_producers(case, first)
            case.equal(first.stop(), 0, "status of the clean stop")
        if first.kind == "kafka":
            with self.case(f"{first.kind} ends a transaction that was open meanwhile") as case:
                first.start()
                self.check_open_transaction(case, first)
                case.equal(first.stop(), 0, "status of the clean stop")
        if "millrace" in (first.kind, second.kind):
            ours = first if first.kind == "millrace" else second
            with self.case("millrace verify finds the directory sound") as case:
                code, text = ours.verify()
                case.equal(code, 0, f"status; it says {text[-500:]!r}")


SUITES = {
    "adopt": lambda run: Handover(run, "adopt", "kafka", run.kind).tell(),
    "handback": lambda run: Handover(run, "handback", run.kind, "kafka").tell(),
}
