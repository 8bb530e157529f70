"""Committed offsets of groups without members: committed and read back by confluent-kafka, through clean stops and kill -9;
read by Kafka's own decoder; handed over to a real Kafka and back, also from a log that was rewritten."""
import glob
import os
import re
import signal

from lib import toolchain, wire
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure
from lib.target import wait_for

PARTITIONS = 3
GROUPS = ["plain", "grüße", "with spaces", "x" * 200]


class Offsets:
    def __init__(self, run, name, first, second, **keys):
        self.run, self.name = run, name
        keys = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 1, **keys}
        data = os.path.join(run.folder, name, "data")
        self.first = run.broker(f"{name}/first", own(keys, first), kind=first, data=data)
        self.second = run.broker(f"{name}/second", own(keys, second), kind=second, data=data)
        self.data = data
        self.want = {}  # (group, partition) -> (offset, metadata)
        run.end_drivers()

    def case(self, what):
        return self.run.report.case(f"{self.name}: {what}")

    def client(self, broker, name="confluent"):
        command = (toolchain.python_driver("confluent", "confluent-kafka==2.16.1") if name == "confluent"
                   else toolchain.java_driver())
        d = Driver(name, command, broker.address, os.path.join(self.run.folder, f"driver-{self.name}.log"))
        self.run.drivers.append(d)
        return d

    def commit(self, driver, step):
        for g, group in enumerate(GROUPS):
            offsets = [[p, 100 * step + 10 * g + p, "" if p == 0 else f"{group[:20]} {step}"] for p in range(PARTITIONS)
                       if (g + p + step) % 4 != 0]
            driver.do("commit", group=group, topic="t", offsets=offsets)
            self.want.update({(group, p): (offset, metadata) for p, offset, metadata in offsets})

    def check(self, case, driver):
        for group in GROUPS:
            got = driver.do("committed", group=group, topic="t", partitions=list(range(PARTITIONS)))["offsets"]
            case.equal({p: (offset, metadata) for p, offset, metadata in got},
                       {p: self.want.get((group, p), (-1, "")) for p in range(PARTITIONS)}, f"offsets of {group[:20]!r}")

    def served(self, raw):
        """Every group's coordinator has loaded: fresh connections, as none survives a restart."""
        def loaded():
            answer = raw.call("OffsetFetch", 8, {"groups": [{"group": g, "topics": []} for g in GROUPS + ["busy"]]})
            return all(g["error"] == 0 for g in answer["groups"])

        wait_for("the coordinators", loaded)


def own(keys, kind):
    return {k: v for k, v in keys.items() if kind == "millrace" or not k.startswith("millrace.")}


def fill(o, broker):
    raw = Raw(broker.address)
    raw.create("t", PARTITIONS)
    wait_for("the coordinator", lambda: all(c["error"] == 0 for c in raw.call(
        "FindCoordinator", 4, {"keys": GROUPS + ["busy"]})["found"]), 60)
    o.served(raw)
    raw.close()


def _restarts(run):
    o = Offsets(run, "groups_offsets", run.kind, run.kind)
    broker = o.first
    with o.case("confluent-kafka commits and reads back") as case:
        broker.start()
        fill(o, broker)
        driver = o.client(broker)
        o.check(case, driver)  # nothing
        for step in range(1, 4):
            o.commit(driver, step)
            o.check(case, driver)
    for step, how in enumerate(("kill -9", "a clean stop", "kill -9 of a broker that committed nothing"), 4):
        with o.case(f"everything is there after {how}") as case:
            if step == 4:
                o.commit(driver, step)
            if how == "a clean stop":
                case.equal(broker.stop(), 0, "status")
            else:
                broker.process.send_signal(signal.SIGKILL)
                broker.wait_exit()
            broker.start()
            o.served(Raw(broker.address))
            o.check(case, driver)  # the client that was there before
            fresh = o.client(broker)
            o.check(case, fresh)
    with o.case("commits and look-ups of 200 groups in one go") as case:
        many(case, broker)
    if run.kind == "millrace":
        with o.case("verify finds nothing after the last stop") as case:
            case.equal(broker.stop(), 0, "status")
            status, said = broker.verify()
            case.equal(status, 0, f"millrace verify says {said[-400:]!r}; its status")
    else:
        broker.stop()
    run.end_drivers()
    decoder(o)


def many(case, broker):
    """Requests on many connections side by side, answers of all groups in one request."""
    conns = [wire.Conn(broker.address) for _ in range(8)]
    names = [f"many-{i}" for i in range(200)]
    for i, name in enumerate(names):
        conns[i % 8].send("OffsetCommit", 8, {"group": name, "member": "", "topics": [{"name": "t", "partitions": [
            {"index": p, "offset": i * 10 + p, "metadata": name} for p in range(PARTITIONS)]}]})
        if i % 8 == 7:
            for c in conns:
                got = c.recv("OffsetCommit", 8)
                case.equal([p["error"] for p in got["topics"][0]["partitions"]], [0] * PARTITIONS, "errors")
    got = conns[0].call("OffsetFetch", 8, {"groups": [{"group": n, "topics": None} for n in names]})
    case.equal({g["group"]: sorted((p["index"], p["offset"], p["metadata"]) for p in g["topics"][0]["partitions"])
                for g in got["groups"]},
               {n: [(p, i * 10 + p, n) for p in range(PARTITIONS)] for i, n in enumerate(names)}, "offsets of all")
    for c in conns:
        c.close()


def decoder(o):
    """kafka-dump-log --offsets-decoder on the segments of a stopped broker."""
    with o.case("dump-log decodes what is committed") as case:
        driver = o.client(o.first, "java")
        files = sorted(glob.glob(os.path.join(o.data, "__consumer_offsets-*", "*.log")))
        case.equal(len(files) >= 4, True, "segments of four partitions")
        got = driver.do("tool", 180, **{"class": "kafka.tools.DumpLogSegments"}, stdin="",
                        args=["--offsets-decoder", "--deep-iteration", "--files", ",".join(files)])
        if got["exit"] != 0:
            raise Failure(f"dump-log: {got['out'][-500:]} {got['err'][-500:]}")
        found = {}
        for key, value in re.findall(r'key: (\{"type":"1".*?\}\}) payload: (\{.*?\}\})$', got["out"], re.M):
            group, topic, partition = re.search(r'"group":"(.*?)","topic":"(.*?)","partition":(\d+)', key).groups()
            version, offset, metadata = re.search(r'"version":"(\d)".*"offset":(\d+),.*"metadata":"(.*?)"', value).groups()
            case.equal((topic, version), ("t", "4"), "topic and version of a record")
            # confluent-kafka's metadata ends with the NUL of its C string.
            found[group, int(partition)] = (int(offset), metadata.removesuffix("\\u0000"))
        case.equal({k: v for k, v in found.items() if not k[0].startswith("many-")}, o.want, "the last record of each key")
        case.equal(set(re.findall(r" isvalid: (\w+)", got["out"])), {"true"}, "validity of the batches")
    o.run.end_drivers()


def _handover(run):
    """From this broker to a real Kafka and back; with millrace from a log of small segments that was compacted again and again."""
    keys = {"offsets.topic.segment.bytes": 16384, "log.cleaner.backoff.ms": 100} if run.kind == "millrace" else {}
    o = Offsets(run, "groups_handover", run.kind, "kafka", **keys)
    with o.case("committed, and the log compacted") as case:
        o.first.start()
        fill(o, o.first)
        driver = o.client(o.first)
        raw = Raw(o.first.address)
        for i in range(3000):
            got = raw.call("OffsetCommit", 8, {"group": "busy", "member": "", "topics": [{"name": "t", "partitions": [
                {"index": 0, "offset": i, "metadata": "m" * 100}]}]})
            if got["topics"][0]["partitions"][0]["error"] != 0:
                raise Failure(f"commit {i}: {got}")
            if i % 500 == 0:
                o.commit(driver, 1 + i // 500)
        o.check(case, driver)
        if run.kind == "millrace":
            def records():
                return sum(b.count for p in range(4) for b in raw.batches("__consumer_offsets", p))

            wait_for(lambda: f"compaction ({records()} records)", lambda: records() < 500)
            case.true(sum(raw.end("__consumer_offsets", p) for p in range(4)) > 3000, "records that were appended")
        raw.close()
        case.equal(o.first.stop(), 0, "status")
    run.end_drivers()
    with o.case("a real Kafka finds it, and commits") as case:
        o.second.start()
        raw = Raw(o.second.address)
        o.served(raw)
        case.equal(busy(raw), 2999, "the busy group's offset")
        driver = o.client(o.second)
        o.check(case, driver)
        o.commit(driver, 8)
        o.check(case, driver)
        raw.close()
        case.equal(o.second.stop(), 0, "status")
    run.end_drivers()
    with o.case("and back") as case:
        o.first.start()
        raw = Raw(o.first.address)
        o.served(raw)
        case.equal(busy(raw), 2999, "the busy group's offset")
        driver = o.client(o.first)
        o.check(case, driver)
        raw.close()
        case.equal(o.first.stop(), 0, "status")
    run.end_drivers()


def busy(raw):
    """The offset, or the error, whatever part of the answer has it."""
    got = raw.call("OffsetFetch", 7, {"group": "busy", "topics": [{"name": "t", "partitions": [0]}]})
    if got["error"] != 0:
        return f"error {got['error']}"
    one = got["topics"][0]["partitions"][0]
    return one["offset"] if one["error"] == 0 else f"error {one['error']} of the partition"


def _suite(run):
    _restarts(run)
    _handover(run)


SUITES = {"groups_offsets": _suite}
