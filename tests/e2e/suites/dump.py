"""millrace dump beside Kafka's own kafka-dump-log on the same files: batches, records, indexes, snapshots, metadata.

With --target kafka the files are Kafka's, so that both tools read what both brokers write. Then what only ours can do: a
directory that a broker has open or left by a crash, damage, and the exit statuses."""
import base64
import glob
import os
import random
import re
import signal
import struct
import subprocess
import uuid

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Skip
from lib.target import Millrace, wait_for
from lib.txn import Txn

from .tools import Tools
from .tools import dump as kafka_dump

SEGMENT_BYTES = 1 << 20
# Both tools name these fields alike; the second spelling of nothing is Java's.
NOTHING = {"OptionalLong.empty": "none"}
FIELDS = ("baseOffset lastOffset count baseSequence lastSequence producerId producerEpoch partitionLeaderEpoch "
          "isTransactional isControl deleteHorizonMs position CreateTime LogAppendTime size magic compresscodec crc isvalid")
SNAPSHOT_FIELDS = ("producerId producerEpoch coordinatorEpoch currentTxnFirstOffset lastTimestamp firstSequence lastSequence "
                   "lastOffset offsetDelta")


def millrace_dump(*args, status=0):
    """What it prints, and what it complains about; it must end with this status."""
    done = subprocess.run([Millrace.binary, "dump", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300,
                          check=False)
    out, err = done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace")
    if done.returncode != status:
        raise AssertionError(f"millrace dump {' '.join(args)}: status {done.returncode}, {out[-300:]!r} {err[-800:]!r}")
    return out, err


def fields(line, names):
    found = dict(re.findall(r"(?:^|\s)(\w+): (\S+)", line))
    return {n: NOTHING.get(found[n], found[n]) for n in names.split() if n in found}


def batches(out):
    return [fields(line, FIELDS) for line in out.splitlines() if line.startswith("baseOffset: ")]


def records(out):
    """Without the quotes of our texts, and without the values of headers, which Kafka's tool does not show."""
    lines = [line for line in out.splitlines() if line.startswith("| offset: ")]
    lines = [re.sub(r" headers: \{.*\}$", "", line) for line in lines]
    return [re.sub(r'(key|payload): "((?:\\.|[^"\\])*)"', r"\1: \2", line) for line in lines]


def _write(t, topic):
    """Segments with every codec, numbered and not, by the broker's time and the producer's, with headers."""
    rnd = random.Random("dump")
    stamped = f"{topic}-stamped"
    t.raw.create(topic, 1, {"retention.ms": -1})  # some of its records are old
    t.topics("--create", "--topic", stamped, "--config", "message.timestamp.type=LogAppendTime")
    t.raw.wait_leaders(stamped, 1)
    parse = ("--property", "parse.key=true", "--property", "key.separator=|", "--property", "parse.headers=true")
    for i, codec in enumerate(("none", "gzip", "snappy", "lz4", "zstd", "none")):
        lines = [f"trace:{i},codec:{codec}\tkey-{n % 7}|value {n} {rnd.randbytes(150).hex()}" for n in range(1000)]
        t.call("ConsoleProducer", "--topic", topic, "--compression-codec", codec, *parse,
               stdin="".join(line + "\n" for line in lines))
        t.call("ConsoleProducer", "--topic", stamped, "--compression-codec", codec, *parse,
               stdin="".join(line + "\n" for line in lines[:50]))
    recs = [batch.Record(b"k", b"v%d" % n, 1_700_000_000_000 + n) for n in range(3)]
    for _ in range(3):
        t.raw.produce(topic, 0, batch.make(recs))
    return [topic, stamped]


def _batches(case, t, data, topics):
    codecs, numbered = set(), 0
    for topic in topics:
        logs = sorted(glob.glob(os.path.join(data, f"{topic}-0", "*.log")))
        case.true(logs, f"no segment of {topic}")
        ours, complaints = millrace_dump(*logs)
        want = batches(kafka_dump(t, logs))
        case.true(len(want) > 10, f"batches of {topic}: {len(want)}")
        case.equal(batches(ours), want, f"batches of {topic}")
        case.equal(complaints, "", f"complaints about {topic}")
        codecs |= {b["compresscodec"] for b in want}
        numbered += sum(b["producerId"] != "-1" for b in want)
        case.equal({b["isvalid"] for b in want}, {"true"}, f"validity of the batches of {topic}")
    case.equal(codecs, {"none", "gzip", "snappy", "lz4", "zstd"}, "codecs in the segments")
    case.true(numbered > 10, f"batches with a producer id: {numbered}")


def _records(case, t, data, topics):
    for topic in topics:
        logs = sorted(glob.glob(os.path.join(data, f"{topic}-0", "*.log")))
        ours = records(millrace_dump("--values", *logs)[0])
        want = records(kafka_dump(t, logs, "--print-data-log", "--deep-iteration"))
        case.true(len(want) >= 300, f"records of {topic}: {len(want)}")
        case.equal(len(ours), len(want), f"number of records of {topic}")
        for a, b in zip(ours, want):
            case.equal(a, b, f"a record of {topic}")


def _beside(case, t, data, topic):
    folder = os.path.join(data, f"{topic}-0")
    entries = 0
    for kind in ("index", "timeindex"):
        for path in sorted(glob.glob(os.path.join(folder, f"*.{kind}"))):
            ours, complaints = millrace_dump(path)
            want = kafka_dump(t, [path])
            case.equal(complaints, "", f"complaints about {path}")
            lines = re.findall(r"^(?:offset|timestamp): .*$", want, re.M)
            entries += len(lines)
            case.equal(re.findall(r"^(?:offset|timestamp): .*$", ours, re.M), lines, f"entries of {path}")
    case.true(entries > 5, f"only {entries} index entries")
    producers = 0
    for path in sorted(glob.glob(os.path.join(folder, "*.snapshot"))):
        ours = [fields(x, SNAPSHOT_FIELDS) for x in millrace_dump(path)[0].splitlines() if x.startswith("producerId: ")]
        want = [fields(x, SNAPSHOT_FIELDS) for x in kafka_dump(t, [path]).splitlines() if x.startswith("producerId: ")]
        by_id = lambda p: int(p["producerId"])  # noqa: E731
        case.equal(sorted(ours, key=by_id), sorted(want, key=by_id), f"producers of {path}")
        producers += len(want)
    case.true(producers >= 6, f"only {producers} producers")


def _metadata(case, t, data):
    folder = os.path.join(data, "__cluster_metadata-0")
    kinds = set()
    for path in sorted(glob.glob(os.path.join(folder, "*.log")) + glob.glob(os.path.join(folder, "*.checkpoint"))):
        ours, complaints = millrace_dump("--records", path)
        want = kafka_dump(t, [path], "--cluster-metadata-decoder")
        case.equal(complaints, "", f"complaints about {path}")
        case.equal(batches(ours), batches(want), f"batches of {path}")
        # Kafka's tool has a colon after the name of some control records only.
        want = re.sub(r"(SnapshotHeader|SnapshotFooter|KRaftVersion|KRaftVoters) \{", r"\1: {", want)
        for a, b in zip(records(ours), records(want), strict=True):
            case.equal(a, b, f"a record of {path}")
        kinds |= set(re.findall(r'"type":"(\w+)"', ours))
    case.true({"TOPIC_RECORD", "PARTITION_RECORD", "CONFIG_RECORD", "REGISTER_BROKER_RECORD"} <= kinds, f"records: {kinds}")


def _coordinate(raw, topic):
    """Records of every type: groups of both protocols that come and go, offsets, transactions."""
    for kind, names in ((0, ("old", "new", "plain", "t-group")), (1, ("t1", "t2"))):
        wait_for("the coordinators", lambda: all(c["error"] == 0 for c in raw.call(
            "FindCoordinator", 4, {"kind": kind, "keys": list(names)})["found"]), 60)
    subscription = struct.pack(">hih%dsiii" % len(topic), 1, 1, len(topic), topic.encode(), 2, 0x41420000, 0)
    join = {"group": "old", "session_ms": 60_000, "rebalance_ms": 60_000, "type": "consumer",
            "protocols": [{"name": "range", "metadata": subscription}]}
    me = Txn.until_served(lambda: raw.call("JoinGroup", 5, dict(join, instance="static")))
    share = struct.pack(">hih%dsiii" % len(topic), 1, 1, len(topic), topic.encode(), 1, 0, -1)
    who = {"group": "old", "generation": me["generation"], "member": me["member"]}
    Txn.until_served(lambda: raw.call("SyncGroup", 3, dict(who, instance="static", assignments=[
        {"member": me["member"], "assignment": share}])))
    where = [{"name": topic, "partitions": [{"index": 0, "offset": 7, "metadata": 'said "so" \\ größe', "leader_epoch": 0}]}]
    first = lambda got: got["topics"][0]["partitions"][0]["error"]  # noqa: E731
    Txn.until_served(lambda: raw.call("OffsetCommit", 7, dict(who, instance="static", topics=where)), first)
    Txn.until_served(lambda: raw.call("OffsetCommit", 8, {"group": "plain", "topics": where}), first)
    Txn.until_served(lambda: raw.call("OffsetCommit", 4, {"group": "plain", "retention_ms": 86_400_000, "topics": where}), first)
    raw.call("OffsetDelete", 0, {"group": "plain", "topics": [{"name": topic, "partitions": [{"index": 0}]}]})
    one = str(uuid.UUID(int=1))
    beat = {"group": "new", "member": one, "epoch": 0, "rebalance_ms": 60_000, "regex": re.escape(topic)[:-1] + ".*", "rack": "r1", "owned": []}
    epoch = Txn.until_served(lambda: raw.call("ConsumerGroupHeartbeat", 1, beat))["epoch"]

    def shared():
        nonlocal epoch
        got = raw.call("ConsumerGroupHeartbeat", 1, {"group": "new", "member": one, "epoch": epoch})
        epoch = got["epoch"] if got["error"] == 0 else epoch
        return raw.call("ConsumerGroupDescribe", 0, {"groups": ["new"]})["groups"][0]["members"][0]["assignment"]["topics"]

    wait_for("what the expression stands for", shared, 60)
    Txn.until_served(lambda: raw.call("ConsumerGroupHeartbeat", 1, {"group": "new", "member": one, "epoch": -1}))
    for name, commit in (("t1", True), ("t2", False), ("t1", False)):
        txn = Txn(raw, name)
        txn.write(topic, 0, [batch.Record(b"k", b"v", 1_700_000_000_000)])
        Txn.until_served(lambda: raw.call("AddOffsetsToTxn", 3, {
            "txn": name, "id": txn.producer, "epoch": txn.epoch, "group": "t-group"}))
        Txn.until_served(lambda: raw.call("TxnOffsetCommit", 3, {
            "txn": name, "group": "t-group", "id": txn.producer, "epoch": txn.epoch, "topics": where}), first)
        txn.end(commit)


def coordinator_lines(out):
    return [line for line in out.splitlines() if line.startswith("| offset: ")]


def _coordinators(case, t, data):
    kinds = set()
    for name, decoder in (("__consumer_offsets", "--offsets-decoder"), ("__transaction_state", "--transaction-log-decoder")):
        found = 0
        for path in sorted(glob.glob(os.path.join(data, f"{name}-*", "*.log"))):
            ours, complaints = millrace_dump("--records", path)
            want = kafka_dump(t, [path], decoder, "--deep-iteration")
            case.equal(complaints, "", f"complaints about {path}")
            a, b = coordinator_lines(ours), coordinator_lines(want)
            case.equal(len(a), len(b), f"number of records of {path}")
            for x, y in zip(a, b):
                case.equal(x, y, f"a record of {path}")
            kinds |= {(name[2:10], k) for k in re.findall(r' key: \{"type":"(\d+)"', ours)}
            found += len(a)
            if "<DELETE>" in ours:
                kinds.add("a tombstone")
            if '"subscription":{"topics":' in ours:
                kinds.add("a subscription")
        case.true(found >= 10, f"only {found} records of {name}")
    want = {("consumer", str(k)) for k in (1, 2, 3, 5, 6, 7, 8, 16)} | {("transact", "0"), "a tombstone", "a subscription"}
    case.equal(want - kinds, set(), "kinds of records that were not met")


def _small(case, data, topics):
    out, _ = millrace_dump(os.path.join(data, "recovery-point-offset-checkpoint"), os.path.join(data, "meta.properties"),
                           os.path.join(data, f"{topics[0]}-0", "leader-epoch-checkpoint"),
                           os.path.join(data, f"{topics[0]}-0", "partition.metadata"))
    for topic in topics:
        case.true(re.search(rf"^topic: {topic} partition: 0 offset: [1-9]\d*$", out, re.M), f"recovery point of {topic}: {out!r}")
    case.true(re.search(r"^cluster\.id: [\w-]{22}$", out, re.M), f"meta.properties: {out!r}")
    case.true(re.search(r"^epoch: \d+ startOffset: 0$", out, re.M), f"leader epochs: {out!r}")
    case.true(re.search(r"^topic_id: [\w-]{22}$", out, re.M), f"partition.metadata: {out!r}")


def _all_files(data):
    kinds = ("*-0/*.log", "*-0/*.index", "*-0/*.timeindex", "*-0/*.snapshot", "*-0/*-checkpoint", "*-0/partition.metadata",
             "*-checkpoint", "meta.properties", "millrace-journal-*", "millrace-checkpoint-*")
    return sorted(f for kind in kinds for f in glob.glob(os.path.join(data, kind)))


def _offsets_seen(out, topic_id):
    """Offsets of one topic's batches in segments and, after an entry that names it, in journals."""
    seen, here = set(), True
    for line in out.splitlines():
        if line.startswith("Dumping "):
            here = "__cluster_metadata" not in line
        elif line.startswith("| entry: "):
            here = topic_id in line
        found = re.match(r"(?:\|\| )?baseOffset: (\d+) lastOffset: (\d+) ", line)
        if found and here:
            seen.update(range(int(found.group(1)), int(found.group(2)) + 1))
    return seen


def _in_use(run, t, broker, topic):
    """While the broker runs, and after kill -9: everything acknowledged is in the segments and the journals."""
    raw = t.raw
    with run.report.case("dump: a directory that a broker has open, and one after kill -9") as case:
        raw.create(topic, 1, {"retention.ms": -1})  # its records are old
        recs = [batch.Record(b"k", b"v" * 500, 1_700_000_000_000 + n) for n in range(10)]
        for n in range(120):
            raw.produce(topic, 0, batch.make(recs))
            if n % 40 == 39:
                millrace_dump("--entries", *_all_files(broker.data))
        committed = {"group": "journal", "topics": [{"name": topic, "partitions": [{"index": 0, "offset": 77, "metadata": ""}]}]}
        Txn.until_served(lambda: raw.call("OffsetCommit", 8, committed), lambda got: got["topics"][0]["partitions"][0]["error"])
        topic_id = base64.urlsafe_b64encode(raw.topic(topic)["id"].bytes).decode().rstrip("=")
        broker.process.send_signal(signal.SIGKILL)
        broker.wait_exit()
        paths = [f for f in _all_files(broker.data) if "millrace-" in f or f"/{topic}-0/" in f]
        out, complaints = millrace_dump("--entries", *paths)
        case.equal(sorted(set(range(1200)) - _offsets_seen(out, topic_id)), [], "offsets that are nowhere to be seen")
        case.true("damaged" not in complaints, f"complaints: {complaints!r}")
        out, _ = millrace_dump("--records", *[f for f in paths if "millrace-journal-" in f])
        case.true(re.search(r'^\|\|\| offset: .* key: \{"type":"1","data":\{"group":"journal",.*"offset":77,', out, re.M),
                  "the committed offset, by name, in a journal")


def _damage(case, data, folder, topic):
    log = sorted(glob.glob(os.path.join(data, f"{topic}-0", "*.log")))[0]
    whole = batches(millrace_dump(log)[0])
    with open(log, "rb") as f:
        content = bytearray(f.read())
    bad = whole[len(whole) // 2]
    at = int(bad["position"])
    content[at + 90] ^= 1
    copy = os.path.join(folder, os.path.basename(log))
    with open(copy, "wb") as f:
        f.write(content)
    out, complaints = millrace_dump(copy, status=1)
    want = [dict(b, isvalid="false") if b is bad else b for b in whole]
    case.equal(batches(out), want, "batches of a damaged segment")
    end = at + int(bad["size"])
    case.true(f"{copy}: bytes {at} to {end}: batch at offset {bad['baseOffset']} is damaged" in complaints,
              f"complaints: {complaints!r}")
    for args, status in (((os.path.join(folder, "absent.log"),), 1), ((folder,), 1), ((__file__,), 1), ((), 2),
                         (("--frobnicate", log), 2)):
        _, complaints = millrace_dump(*args, status=status)
        case.true(complaints.startswith("millrace: "), f"dump {args}: {complaints!r}")


def _suite(run):
    if not os.path.exists(Millrace.binary):
        raise Skip(f"{Millrace.binary} is not built")
    broker = run.broker("dump", {"log.segment.bytes": SEGMENT_BYTES, "log.index.interval.bytes": 512,
                                 "offsets.topic.num.partitions": 2, "transaction.state.log.num.partitions": 1})
    broker.start()
    raw = Raw(broker.address)
    driver = Driver("dump", toolchain.java_driver(), broker.address, os.path.join(run.folder, "driver-dump.log"))
    run.drivers.append(driver)
    t = Tools(run, driver, broker.address, raw)
    case = run.report.case
    with case("dump: a directory to look into") as c:
        topics = _write(t, f"{t.name}-dump")
        c.equal(raw.end(topics[0], 0), 6009, "end of the log")
        raw.create(f"{t.name}-coord", 1, {"retention.ms": -1})
        _coordinate(raw, f"{t.name}-coord")
        c.equal(broker.stop(), 0, "status of a clean stop")
    for name, look in (("batches, as kafka-dump-log shows them", lambda c: _batches(c, t, broker.data, topics)),
                       ("records, as kafka-dump-log shows them", lambda c: _records(c, t, broker.data, topics)),
                       ("indexes and producer snapshots", lambda c: _beside(c, t, broker.data, topics[0])),
                       ("the cluster's metadata", lambda c: _metadata(c, t, broker.data)),
                       ("records of groups and transactions, as Kafka's decoders show them", lambda c: _coordinators(c, t, broker.data)),
                       ("small text files", lambda c: _small(c, broker.data, topics)),
                       ("damage, refusals, exit statuses", lambda c: _damage(c, broker.data, run.folder, topics[0]))):
        with case(f"dump: {name}") as c:
            look(c)
    if run.kind == "millrace":
        broker.start()
        _in_use(run, t, broker, f"{t.name}-dump-open")


SUITES = {"dump": _suite}
