#!/usr/bin/env python3
"""kill -9 at random moments under 16 idempotent writers: what was acknowledged is there, once, in order.

    tests/crash/kill9.py                          10 rounds against build/millrace with 2 shards
    tests/crash/kill9.py --rounds 100 --shards 4  the soak
    tests/crash/kill9.py --target kafka --rounds 2   proves this script, not Kafka: it promises less

Sixteen producers (confluent-kafka: acks=all, idempotent, each with its own codec and linger) write to one topic and go on
through every crash; a reader follows the end of the log. Each round the broker is killed when a random number of records
has been acknowledged, every third time once more while it recovers. Then `millrace verify` must find the directory
sound, the broker is started again, and the log is read on from where the last round ended. At the end it is read again from the
beginning. Checked:
  - every acknowledged record is at the partition and offset that was acknowledged, with its bytes;
  - no record is there twice, and the records of one writer in one partition are in the order of writing;
  - offsets have no holes;
  - a batch that the reader was served is served again, the same, after every crash.
The seed decides the kills; the same seed does not give the same interleaving. Logs stay in
build/crash/, and the data of a run that failed."""
import argparse
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import threading
import time
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "e2e"))
sys.dont_write_bytecode = True

from lib import batch, toolchain, wire  # noqa: E402
from lib.raw import Raw  # noqa: E402
from lib.report import Failure, Report, Skip  # noqa: E402
from lib.target import ROOT, Kafka, Millrace, wait_for  # noqa: E402

WRITERS, PARTITIONS, TOPIC = 16, 12, "crash"
CODECS = ["none", "lz4", "zstd", "gzip", "snappy"]
HEAD = struct.Struct(">HQ")
CALM_S = 180  # writers get this long to deliver what is left at the end


def value_of(writer, number):
    """The bytes of a record: its name, then a filler of a length that the name decides."""
    h = (writer * 1000003 + number * 7919) & 0xFFFFFFFF
    size = h % 1500 if h % 97 else 60_000
    return HEAD.pack(writer, number) + h.to_bytes(4, "big") * (size // 4)


def partition_of(writer, number):
    return (writer * 31 + number * 17 + number // 7) % PARTITIONS


class Writer(threading.Thread):
    def __init__(self, kafka, address, number, ledger):
        super().__init__(daemon=True)
        self.number, self.ledger, self.next, self.broken = number, ledger, 0, None
        self.stopping = threading.Event()
        self.producer = kafka.Producer({
            "bootstrap.servers": address, "enable.idempotence": True, "acks": "all", "client.id": f"writer-{number}",
            "linger.ms": [0, 1, 5, 20][number % 4], "compression.type": CODECS[number % 5],
            "max.in.flight.requests.per.connection": 1 + number % 5, "delivery.timeout.ms": 300_000,
            "reconnect.backoff.ms": 20, "reconnect.backoff.max.ms": 200, "retry.backoff.ms": 50,
            "retry.backoff.max.ms": 200, "socket.timeout.ms": 10_000, "request.timeout.ms": 10_000,
            "topic.metadata.refresh.interval.ms": 1000, "error_cb": self.on_error, "log_level": 0})

    def on_error(self, error):
        if error.fatal():
            self.broken = f"writer {self.number}: fatal {error.name()}: {error.str()}"

    def delivered(self, number):
        def report(error, message):
            if error is None:
                self.ledger.acknowledge(self.number, number, message.partition(), message.offset())
            else:
                self.broken = self.broken or f"writer {self.number}: record {number}: {error.name()}: {error.str()}"

        return report

    def run(self):
        try:
            while not self.stopping.is_set() and self.broken is None:
                n = self.next
                try:
                    self.producer.produce(TOPIC, value=value_of(self.number, n), partition=partition_of(self.number, n),
                                          on_delivery=self.delivered(n))
                    self.next += 1
                except BufferError:
                    self.producer.poll(0.05)
                # Waits for deliveries: at most a few hundred records a second from each writer.
                self.producer.poll(0.003 if len(self.producer) < 200 else 0.05)
            left = self.producer.flush(CALM_S)
            if left and self.broken is None:
                self.broken = f"writer {self.number}: {left} records not delivered {CALM_S} s after the last restart"
        except Exception as e:  # a thread must not die silently
            traceback.print_exc()
            self.broken = f"writer {self.number}: {e!r}"


class Ledger:
    """What was acknowledged, and what was found."""

    def __init__(self):
        self.lock = threading.Lock()
        self.acknowledged = {}  # (writer, number) -> (partition, offset)
        self.missing = {}  # the same, not yet found in the log
        self.seen = {}  # what was found in the log, maybe before its acknowledgement arrived

    def acknowledge(self, writer, number, partition, offset):
        with self.lock:
            key, at = (writer, number), (partition, offset)
            self.acknowledged[key] = at
            if self.seen.get(key) != at:
                self.missing[key] = at  # found elsewhere is missing here

    def count(self):
        with self.lock:
            return len(self.acknowledged)

    def snapshot(self):
        with self.lock:
            return dict(self.missing)

    def found(self, places):
        with self.lock:
            self.seen.update(places)
            for key, at in places.items():
                if self.missing.get(key) == at:
                    del self.missing[key]


class Served(threading.Thread):
    """A consumer at the end of the log, over the raw protocol: remembers each batch it was served by its CRC."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.seen, self.next = address, {}, [0] * PARTITIONS
        self.stopping, self.broken = threading.Event(), None

    def run(self):
        conn = None
        while not self.stopping.is_set():
            try:
                if conn is None:
                    conn = wire.Conn(self.address, timeout_s=5)
                answer = conn.call("Fetch", 12, {"wait_ms": 100, "min_bytes": 1, "max_bytes": 4 << 20, "topics": [{
                    "name": TOPIC, "partitions": [{"index": p, "offset": self.next[p]} for p in range(PARTITIONS)]}]})
                for p in answer["topics"][0]["partitions"]:
                    if p["error"] == 1:
                        self.broken = (f"partition {p['index']}: offset {self.next[p['index']]} was reached, and is now out"
                                       " of range")
                        return
                    for b in batch.split(p["records"]) if p["error"] == 0 else ():
                        self.seen[p["index"], b.base_offset] = (b.last_delta, b.crc)
                        self.next[p["index"]] = b.last_offset + 1
            except (OSError, wire.Closed, ValueError, IndexError):
                # The broker is down, or coming up; ValueError would be an answer cut by the kill.
                if conn is not None:
                    conn.close()
                    conn = None
                self.stopping.wait(0.02)


class Reader:
    """Reads on through the log with a real consumer, and checks every record."""

    def __init__(self, kafka, address, ledger):
        self.kafka, self.address, self.ledger = kafka, address, ledger
        self.restart()

    def restart(self):
        self.next = [0] * PARTITIONS
        self.last = {}  # (writer, partition) -> number
        self.count = 0

    def read_to(self, case, ends):
        tp = self.kafka.TopicPartition
        consumer = self.kafka.Consumer({
            "bootstrap.servers": self.address, "group.id": "unused", "enable.auto.commit": False, "check.crcs": True,
            "auto.offset.reset": "error", "enable.partition.eof": False, "fetch.wait.max.ms": 50, "log_level": 0})
        try:
            todo = {p for p in range(PARTITIONS) if self.next[p] < ends[p]}
            consumer.assign([tp(TOPIC, p, self.next[p]) for p in todo])
            deadline = time.monotonic() + 300
            while todo:
                case.true(time.monotonic() < deadline, f"partitions {todo} could not be read to {ends} within 300 s")
                got = {}
                for m in consumer.consume(1000, 0.2):
                    case.true(m.error() is None, f"reading: {m.error()}")
                    p = m.partition()
                    if m.offset() < ends[p]:
                        got[self.check(case, p, m.offset(), m.value())] = (p, m.offset())
                    if self.next[p] >= ends[p]:
                        todo.discard(p)
                self.ledger.found(got)
        finally:
            consumer.close()

    def check(self, case, partition, offset, value):
        case.equal(offset, self.next[partition], f"next offset of partition {partition}")
        writer, number = HEAD.unpack_from(value)
        case.true(writer < WRITERS and value == value_of(writer, number), f"{partition}/{offset} has other bytes")
        case.equal(partition, partition_of(writer, number), f"partition of {writer}/{number}")
        before = self.last.get((writer, partition), -1)
        case.true(number > before, f"{partition}/{offset}: record {number} of writer {writer} follows {before}:"
                  f" {'twice' if number == before else 'out of order'}")
        at = self.ledger.acknowledged.get((writer, number))
        case.true(at is None or at == (partition, offset),
                  f"record {number} of writer {writer} was acknowledged at {at}, and is at {partition}/{offset}")
        self.last[writer, partition] = number
        self.next[partition] = offset + 1
        self.count += 1
        return writer, number


class Crash:
    def __init__(self, args, report, kafka):
        self.args, self.report = args, report
        self.rnd = random.Random(args.seed)
        name = args.target if args.target == "kafka" else f"millrace-{args.shards}"
        folder = os.path.join(args.out, name)
        shutil.rmtree(folder, ignore_errors=True)
        if args.target == "kafka":
            self.broker = Kafka(folder, {"offsets.topic.num.partitions": 1})
        else:
            if not os.path.exists(Millrace.binary):
                raise Skip(f"{Millrace.binary} is not built")
            overrides = dict(x.split("=", 1) for x in args.override)
            self.broker = Millrace(folder, overrides, shards=args.shards)
        self.ledger = Ledger()
        self.kafka, self.recoveries, self.kills = kafka, [], 0

    def ends(self):
        raw = Raw(self.broker.address)
        try:
            found = raw.list_offsets(TOPIC, range(PARTITIONS), -1)
            return [found[p]["offset"] for p in range(PARTITIONS)]
        finally:
            raw.close()

    def healthy(self):
        for t in [*self.writers, self.served]:
            if t.broken:
                raise Failure(t.broken)

    def run(self):
        self.broker.start()
        raw = Raw(self.broker.address)
        raw.create(TOPIC, PARTITIONS)
        raw.close()
        self.writers = [Writer(self.kafka, self.broker.address, n, self.ledger) for n in range(WRITERS)]
        self.served = Served(self.broker.address)
        self.reader = Reader(self.kafka, self.broker.address, self.ledger)
        for t in [*self.writers, self.served]:
            t.start()
        for n in range(self.args.rounds):
            with self.report.case(f"kill9: round {n + 1}") as case:
                self.round(case, n)
            if self.report.failed:
                break
        if not self.report.failed:
            self.calm()
        for t in [*self.writers, self.served]:
            t.stopping.set()
        self.summary()

    def round(self, case, n):
        goal = self.ledger.count() + self.rnd.randrange(1, 4000)

        def reached():
            self.healthy()
            return self.ledger.count() >= goal

        wait_for(f"{goal} acknowledged records", reached, 180, step=0.001)
        self.broker.kill()
        self.kills += 1
        if self.args.sabotage and n == 1:
            self.sabotage()
        else:
            self.verify(case)
        if n % 3 == 2:
            self.kill_in_recovery(case)
        self.broker.start()
        self.recoveries.append(self.broker.start_s)
        before = self.ledger.snapshot()
        wait_for("leaders", lambda: all(e >= 0 for e in self.ends()))
        self.reader.read_to(case, self.ends())
        still = self.ledger.snapshot()
        lost = {k: v for k, v in before.items() if k in still}
        case.true(not lost, f"{len(lost)} acknowledged records are gone, such as {sorted(lost.items())[:3]}")
        self.report.say(f"     recovered in {self.broker.start_s * 1000:.0f} ms, {self.ledger.count()} acknowledged,"
                        f" {self.reader.count} read")

    def sabotage(self):
        """Cut the ends of all segments and spoil the journals: a script that does not notice is worth nothing."""
        for folder, _, files in os.walk(self.broker.data):
            for name in files:
                path = os.path.join(folder, name)
                if name.endswith(".log") and os.path.basename(folder).startswith(TOPIC):
                    os.truncate(path, os.path.getsize(path) // 2)
                elif name.startswith("millrace-journal"):
                    with open(path, "r+b") as f:
                        f.write(b"\0" * os.path.getsize(path))

    def kill_in_recovery(self, case):
        self.broker.spawn()
        usual = self.recoveries[-1] if self.recoveries else 0.1
        try:
            self.broker.process.wait(self.rnd.random() * usual)
            raise Failure(f"the broker ended while it recovered: {self.broker.log_tail()}")
        except subprocess.TimeoutExpired:
            pass
        self.broker.kill()
        self.kills += 1
        self.verify(case)

    def verify(self, case):
        if self.broker.kind != "millrace" or self.args.no_verify:
            return
        code, text = self.broker.verify()
        case.equal(code, 0, f"millrace verify after a crash says {text[-500:]!r}, its status")

    def calm(self):
        with self.report.case("kill9: everything once more from the beginning") as case:
            for w in self.writers:
                w.stopping.set()
            for w in self.writers:
                w.join(CALM_S + 10)
                case.true(not w.is_alive(), f"writer {w.number} does not end")
            self.healthy()
            written = sum(w.next for w in self.writers)
            case.equal(self.ledger.count(), written, "acknowledged records, of those written")
            self.served.stopping.set()
            self.served.join(60)
            self.reader.restart()
            with self.ledger.lock:
                self.ledger.missing = dict(self.ledger.acknowledged)
                self.ledger.seen = {}
            self.reader.read_to(case, self.ends())
            gone = self.ledger.snapshot()
            case.true(not gone, f"{len(gone)} acknowledged records are gone, such as {sorted(gone.items())[:3]}")
            case.equal(self.reader.count, written, "records in the log: each once")
        with self.report.case("kill9: what a consumer was served is still so") as case:
            raw = Raw(self.broker.address)
            for p in range(PARTITIONS):
                now = {b.base_offset: (b.last_delta, b.crc) for b in raw.batches(TOPIC, p)}
                for (q, base), was in self.served.seen.items():
                    if q == p:
                        case.equal(now.get(base), was, f"partition {p}, batch at {base}: length and CRC")
            raw.close()
        with self.report.case("kill9: a clean stop") as case:
            case.equal(self.broker.stop(), 0, "status")
            self.verify(case)

    def summary(self):
        times = sorted(self.recoveries)
        told = {"target": self.args.target, "shards": self.args.shards, "seed": self.args.seed, "kills": self.kills,
                "acknowledged": self.ledger.count(), "served_batches": len(self.served.seen),
                "recovery_ms": [round(t * 1000) for t in self.recoveries]}
        os.makedirs(self.args.out, exist_ok=True)
        with open(os.path.join(self.args.out, "summary.json"), "w", encoding="utf-8") as f:
            json.dump(told, f, indent=1)
        if times:
            self.report.say(f"{self.kills} kills, {self.ledger.count()} records acknowledged, {len(self.served.seen)} batches"
                            f" followed; recovery {times[0] * 1000:.0f} to {times[-1] * 1000:.0f} ms, median"
                            f" {times[len(times) // 2] * 1000:.0f} ms")


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--target", choices=["millrace", "kafka"], default="millrace")
    p.add_argument("--rounds", type=int, default=10)
    p.add_argument("--shards", type=int, default=2)
    p.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    p.add_argument("--override", action="append", default=[], metavar="KEY=VALUE", help="for millrace, as often as needed")
    p.add_argument("--no-verify", action="store_true", help="leave millrace verify out")
    p.add_argument("--sabotage", action="store_true", help="destroy data after the second kill: the run must fail")
    p.add_argument("--keep", action="store_true", help="keep the data of a run that passed, too")
    p.add_argument("--out", default=os.path.join(ROOT, "build", "crash"))
    args = p.parse_args()
    args.out = os.path.abspath(args.out)
    report = Report()
    try:
        import confluent_kafka as kafka
    except ImportError:
        try:
            python = toolchain.python_driver("confluent", "confluent-kafka==2.16.1")[0]
        except Skip as e:
            report.skip("kill9", e)
            return report.finish()
        os.execv(python, [python, "-B", os.path.abspath(__file__), *sys.argv[1:]])
    report.say(f"seed {args.seed}")
    try:
        crash = Crash(args, report, kafka)
    except Skip as e:
        report.skip("kill9", e)
        return report.finish()
    return report.play("kill9", crash, args.keep)


if __name__ == "__main__":
    sys.exit(main())
