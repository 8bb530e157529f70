"""compression.type: every client codec onto every topic codec, and what is then in the log read raw; codecs_kafka does all of it on a real
Kafka beside, and compares; producers with sequences and transactions through it, limits, levels, bombs; and every client reads what was repacked."""
import os
import time

from lib import batch, codec, records, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Skip
from lib.target import wait_for
from lib.txn import Txn

TYPES = ["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"]
NUMBER = {"uncompressed": 0, "gzip": 1, "snappy": 2, "lz4": 3, "zstd": 4}
MIB = 1 << 20
BOUND = 256 * MIB  # of what one batch may unpack to
CLIENTS = {  # those that read assigned partitions; the driver of each, made when it is its turn
    "confluent": lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"),
    "kafkapython": lambda: toolchain.python_driver("kafkapython", "kafka-python[crc32c,lz4,snappy,zstd]==3.0.12"),
    "aiokafka": lambda: toolchain.python_driver("aiokafka", "aiokafka[lz4,snappy,zstd]==0.14.0"),
    "java": toolchain.java_driver,
    "franz": lambda: toolchain.go_driver("franz"),
    "sarama": lambda: toolchain.go_driver("sarama"),
    "kafkago": lambda: toolchain.go_driver("kafkago"),
    "rdkafka": lambda: toolchain.rust_driver("rdkafka"),
}
if toolchain.LONG:
    CLIENTS["java2.1.1"] = lambda: toolchain.java_driver("2.1.1")
    CLIENTS["rskafka"] = lambda: toolchain.rust_driver("rskafka")


def target_codec(kind, came):
    return came if kind == "producer" else NUMBER[kind]


def told(got):
    return {k: got[k] for k in ("error", "offset", "record_errors", "message")}


def seen(b, stamped):
    """What of a batch must be the same whoever packed it: all but sizes and checksum."""
    head = {k: getattr(b, k) for k in ("base_offset", "magic", "attributes", "last_delta", "base_timestamp", "producer", "epoch",
                                       "sequence", "count")}
    head["max_timestamp"] = "now" if stamped else b.max_timestamp
    head["crc"] = b.crc_ok()
    head["records"] = [(r.offset, "now" if stamped else r.timestamp, r.key, r.value, r.headers) for r in b.records()]
    return head


class Codecs:
    def __init__(self, run, both):
        self.run = run
        self.sides = {}
        for kind in ["millrace", "kafka"] if both and run.kind == "millrace" else [run.kind]:
            broker = run.broker("codecs", kind=kind)
            broker.start()
            self.sides[kind] = (broker, Raw(broker.address))
        self.base = int(time.time()) * 1000 - 600_000

    def case(self, name):
        return self.run.report.case(f"codecs: {name}")

    def both(self, function):
        """The outcome of function(raw) on each side."""
        return {kind: function(raw) for kind, (_, raw) in self.sides.items()}

    def same(self, case, what, outcomes):
        first = next(iter(outcomes.values()))
        for kind, got in outcomes.items():
            case.equal(got, first, f"{what}: {kind} beside {next(iter(outcomes))}")
        return first

    def records(self, n, seed=0):
        return records.make(f"codecs {seed}", n, self.base)


def _matrix(t):
    """Odd batches too: whatever the header says that records do not, the rebuilt batch says as Kafka's does."""
    plain = t.records(30)
    odd = {
        "plain": {}, "one": {"of": t.records(1, 1)}, "producer": {"producer": 4000, "epoch": 3, "sequence": 17},
        "base timestamp of no record": {"base": t.base - 5000},
        "falling timestamps": {"of": [batch.Record(b"k", b"v" * 50, t.base - i * 7) for i in range(9)]},
        "wrong max timestamp": {"max_timestamp": t.base + 10**6},
        "no timestamps": {"of": [batch.Record(b"k", b"v", -1) for _ in range(3)]},
        "unknown attribute bits": {"attributes": 0x6700}, "delete horizon bit": {"attributes": 0x40},
        "large": {"of": [batch.Record(b"%d" % i, bytes(range(256)) * 20, t.base + i) for i in range(30)]},
    }

    def make(how, number):
        how = dict(how)
        recs, base = how.pop("of", plain), how.pop("base", None)
        if base is None:
            return recs, batch.make(recs, number, **how)
        data = bytearray(batch.make(recs, number, payload=codec.pack(number, batch.encode_records(recs, base)), **how))
        data[27:35] = base.to_bytes(8, "big", signed=True)
        data[17:21] = batch.crc32c(data[21:]).to_bytes(4, "big")
        return recs, bytes(data)

    for stamp in ("CreateTime", "LogAppendTime"):
        for kind in TYPES:
            topic = f"m-{stamp}-{kind}"
            t.both(lambda raw, topic=topic, kind=kind, stamp=stamp: raw.create(topic, 1, {
                "compression.type": kind, "message.timestamp.type": stamp, "message.timestamp.before.max.ms": 10**15}))
            with t.case(f"{stamp}, compression.type={kind}: each codec and odd batch as Kafka's") as case:
                taken, base = [], 0
                for number in range(5):
                    for name, how in odd.items():
                        recs, data = make(how, number)
                        got = t.same(case, f"answer to {name} from {codec.NAMES[number]}", t.both(
                            lambda raw, data=data, topic=topic: told(raw.produce(topic, 0, data))))
                        if got["error"] == 0 and got["offset"] == base:
                            taken.append((number, name))
                            base += len(recs)
                logs = t.both(lambda raw, topic=topic, stamp=stamp: [
                    seen(b, stamp == "LogAppendTime") for b in raw.batches(topic, 0)])
                got = next(iter(logs.values()))
                t.same(case, "batches", {kind: len(log) for kind, log in logs.items()})
                for n, b in enumerate(got):
                    number, name = taken[n]
                    for field in b:
                        t.same(case, f"{field} of {name} from {codec.NAMES[number]}", {kind: log[n][field] for kind, log in logs.items()})
                    recs = odd[name].get("of", plain)
                    sent, to = odd[name], target_codec(kind, number)
                    kept = 0 if to != number else sent.get("attributes", 0)
                    if stamp == "LogAppendTime" or "max_timestamp" in sent:
                        kept &= 0x40
                    case.equal(b["attributes"], to + kept + (8 if stamp == "LogAppendTime" else 0),
                               f"attributes of {name} from {codec.NAMES[number]}")
                    first = recs[0].timestamp
                    case.equal(b["base_timestamp"], sent.get("base", first) if to == number else first, f"base timestamp of {name}")
                    if stamp == "CreateTime":
                        case.equal(b["max_timestamp"], max(r.timestamp for r in recs), f"max timestamp of {name}")
                    case.equal(b["crc"], True, f"checksum of {name}")
                    case.equal([r[2:] for r in b["records"]], [(r.key, r.value, r.headers) for r in recs], f"records of {name}")


def _bare(t):
    with t.case("a bare snappy block, raw and several gzip members") as case:
        recs = t.records(20, 2)
        plain = batch.encode_records(recs, recs[0].timestamp)
        for kind in ("producer", "uncompressed", "zstd"):
            t.both(lambda raw, kind=kind: raw.create(f"bare-{kind}", 1, {"compression.type": kind}))
            for data in (batch.make(recs, 2, payload=codec.pack(2, plain, bare_snappy=True)),
                         batch.make(recs, 1, payload=codec.pack(1, plain[:500]) + codec.pack(1, plain[500:]))):
                t.same(case, kind, t.both(lambda raw, data=data, kind=kind: told(raw.produce(f"bare-{kind}", 0, data))))
        for kind, raw in ((k, r) for k, (_, r) in t.sides.items()):
            got = raw.batches("bare-zstd", 0) + raw.batches("bare-uncompressed", 0)
            case.equal([[r.value for r in b.records()] for b in got], [[r.value for r in recs]] * 4, kind)


def _levels(t):
    extremes = {"gzip": [-1, 1, 2, 3, 4, 5, 6, 7, 8, 9], "lz4": [1, 2, 8, 9, 10, 12, 13, 17], "zstd": [-131072, -7, -1, 0, 1, 3, 9, 19, 22]}
    recs = [batch.Record(b"%d" % i, os.urandom(300) + b"order shipped to warehouse " * 30, t.base) for i in range(200)]
    for kind, levels in extremes.items():
        with t.case(f"every level of {kind} that a topic takes") as case:
            t.both(lambda raw, kind=kind: raw.create(f"level-{kind}", 1, {"compression.type": kind}))
            for n, level in enumerate(levels):
                def alter(raw, kind=kind, level=level):
                    got = raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 2, "name": f"level-{kind}", "configs": [
                        {"name": f"compression.{kind}.level", "op": 0, "value": str(level)}]}]})["resources"][0]
                    wait_for("the config", lambda: raw.configs(f"level-{kind}", f"compression.{kind}.level") == {
                        f"compression.{kind}.level": str(level)})
                    return got["error"], got["message"]

                t.same(case, f"level {level}", t.both(alter))
                data = batch.make(recs, (n + NUMBER[kind] + 1) % 5 if (n + 1) % 5 else 0)
                t.same(case, f"produce at level {level}", t.both(lambda raw, data=data, kind=kind: told(raw.produce(f"level-{kind}", 0, data))))
            for side, (_, raw) in t.sides.items():
                got = raw.batches(f"level-{kind}", 0)
                case.equal([b.codec for b in got].count(NUMBER[kind]), len(levels), f"{side}: batches with the codec")
                case.equal([[r.value for r in b.records()] == [r.value for r in recs] for b in got], [True] * len(levels), side)
    with t.case("levels out of range are refused in Kafka's words, for a topic and for the broker") as case:
        for key, values in {"gzip": ["0", "-2", "10", "x", ""], "lz4": ["0", "18", "-1"], "zstd": ["-131073", "23", "1.5"]}.items():
            for value in values:
                for type_, name in ((2, f"level-{key}"), (4, "1"), (4, "")):
                    if t.run.kind == "external":
                        raise Skip("configures the broker")
                    t.same(case, f"{key}={value} of {type_}", t.both(lambda raw, key=key, value=value, type_=type_, name=name: [
                        (r["error"], r["message"]) for r in raw.call("IncrementalAlterConfigs", 1, {"resources": [
                            {"type": type_, "name": name, "configs": [
                                {"name": f"compression.{key}.level", "op": 0, "value": value}]}]})["resources"]]))


def _broker_default(t):
    def set_default(raw, value):
        got = raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 4, "name": "", "configs": [
            {"name": "compression.type", "op": 0 if value else 1, "value": value}]}]})
        assert got["resources"][0]["error"] == 0, got

    with t.case("the broker's compression.type is the default of topics, and a topic's own goes first") as case:
        t.both(lambda raw: raw.create("default", 1))
        t.both(lambda raw: raw.create("own", 1, {"compression.type": "snappy"}))
        t.both(lambda raw: set_default(raw, "lz4"))
        for side, (_, raw) in t.sides.items():
            def lz4_now(raw=raw):
                raw.produce("default", 0, batch.make(t.records(5), 1))
                return raw.batches("default", 0)[-1].codec == 3

            wait_for("the default to act", lz4_now)
            raw.produce("own", 0, batch.make(t.records(5), 1))
            case.equal([b.codec for b in raw.batches("own", 0)], [2], side)
        t.both(lambda raw: set_default(raw, None))
        for _, (_, raw) in t.sides.items():
            def as_it_came(raw=raw):
                raw.produce("default", 0, batch.make(t.records(5), 1))
                return raw.batches("default", 0)[-1].codec == 1

            wait_for("the default to be gone", as_it_came)


def _producers(t):
    with t.case("sequences: repeats and gaps through another codec") as case:
        t.both(lambda raw: raw.create("sequences", 1, {"compression.type": "zstd"}))
        ids = t.both(lambda raw: raw.call("InitProducerId", 4)["id"])
        for sequence, count in ((0, 5), (5, 3), (0, 5), (5, 3), (8, 1), (10, 1), (9, 2)):
            def one(kind, raw, sequence=sequence, count=count):
                data = batch.make(t.records(count, sequence), 1 + sequence % 3, producer=ids[kind], epoch=0, sequence=sequence)
                return {**told(raw.produce("sequences", 0, data)), "message": None}

            t.same(case, f"sequence {sequence}", {kind: one(kind, raw) for kind, (_, raw) in t.sides.items()})
        got = t.same(case, "the log", t.both(lambda raw: [(b.codec, b.base_offset, b.sequence, b.epoch, b.count)
                                                         for b in raw.batches("sequences", 0)]))
        case.equal([b[:3] for b in got], [(4, 0, 0), (4, 5, 5), (4, 8, 8), (4, 9, 9)], "batches")

    with t.case("transactions: the bit and the ids stay, markers are left alone") as case:
        for kind in TYPES:
            t.both(lambda raw, kind=kind: raw.create(f"txn-{kind}", 1, {"compression.type": kind}))
        for side, (_, raw) in t.sides.items():
            txn = Txn(raw, f"codecs-{side}")
            for commit in (True, False):
                for kind in TYPES:
                    txn.write(f"txn-{kind}", 0, t.records(4, 3))
                txn.end(commit)
            for kind in TYPES:
                wait_for("the markers", lambda raw=raw, kind=kind: raw.end(f"txn-{kind}", 0) == 10)
        for kind in TYPES:
            got = t.same(case, kind, t.both(lambda raw, kind=kind: [(b.attributes, b.count, b.base_offset, b.crc_ok())
                                                                   for b in raw.batches(f"txn-{kind}", 0)]))
            data = 16 + target_codec(kind, 0)
            case.equal([b[0] for b in got], [data, 48, data, 48], f"{kind}: attributes")
            t.same(case, f"{kind}: read committed", t.both(lambda raw, kind=kind: [
                raw.committed(f"txn-{kind}", 0)["stable"], [o for _, o in raw.committed(f"txn-{kind}", 0)["aborted"]]]))


def _refusals(t):
    with t.case("a batch that is too large only once it is rebuilt: MESSAGE_TOO_LARGE, and nothing of it is in the log") as case:
        t.both(lambda raw: raw.create("small", 1, {"compression.type": "uncompressed", "max.message.bytes": 20000}))
        recs = [batch.Record(b"k", b"v" * 1000, t.base) for _ in range(30)]
        for number in range(5):
            got = t.same(case, codec.NAMES[number], t.both(lambda raw, number=number: told(raw.produce("small", 0, batch.make(recs, number)))))
            case.equal(got["error"], 10, "error")
        case.equal(t.same(case, "end", t.both(lambda raw: raw.end("small", 0))), 0, "end")

    with t.case("a batch that is larger than a segment once it is rebuilt") as case:
        t.both(lambda raw: raw.create("segment", 1, {"compression.type": "uncompressed", "segment.bytes": MIB, "max.message.bytes": 8 * MIB}))
        recs = [batch.Record(b"k", b"v" * 1000, t.base) for _ in range(1100)]
        for number in range(5):
            t.same(case, codec.NAMES[number], t.both(lambda raw, number=number: told(raw.produce("segment", 0, batch.make(recs, number)))))
        t.same(case, "end", t.both(lambda raw: raw.end("segment", 0)))

    with t.case("what is wrong inside is named through every codec, repacked or not") as case:
        now = int(time.time() * 1000)
        recs = [batch.Record(None if i in (2, 5) else b"k", b"v" * 20, now) for i in range(7)]
        late = [batch.Record(b"k", b"v", now - (10**8 if i == 3 else 0)) for i in range(5)]
        for kind in ("producer", "lz4", "uncompressed"):
            t.both(lambda raw, kind=kind: raw.create(f"keys-{kind}", 1, {
                "compression.type": kind, "cleanup.policy": "compact", "message.timestamp.before.max.ms": 10**7}))
            for number in range(5):
                for name, data in {"keys": batch.make(recs, number), "fewer": batch.make(recs[:2], number, count=3, last_delta=2),
                                   "more": batch.make(recs[:2], number, count=1, last_delta=0)}.items():
                    def ask(raw, data=data, kind=kind):
                        got = told(raw.produce(f"keys-{kind}", 0, data))
                        return got["error"], got["record_errors"], got["message"] if got["record_errors"] else None

                    t.same(case, f"{name} from {codec.NAMES[number]} to {kind}", t.both(ask))
                got = t.both(lambda raw, number=number, kind=kind: raw.produce(f"keys-{kind}", 0, batch.make(late, number)))
                t.same(case, "timestamps", {k: (g["error"], [e["index"] for e in g["record_errors"]]) for k, g in got.items()})
            case.equal(t.same(case, "end", t.both(lambda raw, kind=kind: raw.end(f"keys-{kind}", 0))), 0, "end")


def _memory(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        return {line.split(":")[0]: int(line.split()[1]) << 10 for line in f if line.startswith(("VmHWM", "VmRSS"))}


def _cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _bombs(t):
    if t.run.kind != "millrace":
        return  # Kafka 4.1 reads them to their end
    broker, raw = t.sides["millrace"]
    for kind in ("producer", "uncompressed"):
        raw.create(f"bomb-{kind}", 1, {"compression.type": kind})
    for number in range(1, 5):
        data, size = codec.bomb(number, MIB - 4096)
        with t.case(f"a bomb of {codec.NAMES[number]}: {len(data) >> 10} KiB that unpack to {size >> 20} MiB") as case:
            before = _memory(broker.process.pid)["VmRSS"]
            used = _cpu(broker.process.pid)
            made = batch.make([batch.Record()], number, payload=data, count=1)
            for kind in ("producer", "uncompressed"):
                got = raw.produce(f"bomb-{kind}", 0, made)
                case.equal(got["error"], 10 if size > BOUND else 87, f"error, {kind}")
            used = _cpu(broker.process.pid) - used
            after = _memory(broker.process.pid)
            case.true(used < 20, f"{used} s of CPU for two bombs")
            case.true(after["VmHWM"] - before < 3 * BOUND, f"memory was {before >> 20} MiB, at most {after['VmHWM'] >> 20} MiB")
            case.true(after["VmRSS"] - before < 64 * MIB, f"memory was {before >> 20} MiB, is {after['VmRSS'] >> 20} MiB")
            t.run.report.say(f"     {used:.2f} s of CPU for two, memory {before >> 20} MiB before, {after['VmHWM'] >> 20} at most, {after['VmRSS'] >> 20} after")
            case.equal([raw.end(f"bomb-{kind}", 0) for kind in ("producer", "uncompressed")], [0, 0], "ends")


def _readers(t):
    """Each client reads what each side repacked; all is compared with what went in."""
    recs = t.records(120, 9)
    for kind in TYPES[1:]:
        for _, (_, raw) in t.sides.items():
            raw.create(f"read-{kind}", 1, {"compression.type": kind})
            for n in range(4):
                got = raw.produce(f"read-{kind}", 0, batch.make(recs[n * 30 : n * 30 + 30], (NUMBER[kind] + 1 + n) % 5))
                assert got["error"] == 0, got
    for name, command in CLIENTS.items():
        for side, (broker, _) in t.sides.items():
            with t.case(f"{name} reads what {side} repacked") as case:
                d = Driver(name, command(), broker.address, os.path.join(t.run.folder, f"driver-{name}.log"))
                try:
                    for kind in TYPES[1:]:
                        path = os.path.join(t.run.folder, f"{name}-{side}-{kind}.records")
                        d.do("fetch", topic=f"read-{kind}", file=path, **{"from": [[0, 0, len(recs)]]})
                        got = records.read(path)[0]
                        os.unlink(path)
                        case.equal([(r.offset, r.timestamp, r.key, r.value, sorted(r.headers, key=repr)) for r in got],
                                   [(i, r.timestamp, r.key, r.value, sorted(r.headers, key=repr)) for i, r in enumerate(recs)], kind)
                finally:
                    d.close()


def _codecs(run, both=False):
    t = Codecs(run, both)
    for part in (_matrix, _bare, _levels, _broker_default, _producers, _refusals, _bombs):
        part(t)
    for _, (_, raw) in t.sides.items():
        raw.close()


def _codecs_clients(run):
    _readers(Codecs(run, both=True))


SUITES = {"codecs": _codecs, "codecs_kafka": lambda run: _codecs(run, both=True), "codecs_clients": _codecs_clients}
