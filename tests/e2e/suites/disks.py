"""Disks: several log.dirs, one of them missing, a replica in two; a file system that fills up and is emptied again; and several
directories from millrace to a real Kafka and back.

The file system that fills is a small tmpfs, so that case needs root."""
import json
import os
import shutil
import signal
import subprocess
import time

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Skip
from lib.target import START_S, wait_for

VALUE = os.urandom(60_000)
STORAGE_ERROR = 56
SMALL = {"millrace.journal.bytes": 16 << 20}


def records(n=1, value=VALUE):
    return batch.make([batch.Record(b"%d" % i, value, int(time.time() * 1000)) for i in range(n)])


def ends(raw, topic, partitions):
    return [raw.end(topic, p) for p in range(partitions)]


def names(folder, topic):
    return sorted(n for n in os.listdir(folder) if n.rsplit("-", 1)[0] == topic)


def partitions(raw, topic):
    return {p["index"]: p for p in raw.topic(topic)["partitions"]}


class Several:
    """A broker with directories beside each other; the metadata are in the first."""

    def __init__(self, run, name, count, kind=None):
        self.run = run
        root = os.path.join(run.folder, name)
        shutil.rmtree(root, ignore_errors=True)
        self.dirs = [os.path.join(root, d) for d in "abc"[:count]]
        self.broker = self.make(name, kind)

    def make(self, name, kind=None):
        own = SMALL if (kind or self.run.kind) == "millrace" else {
            "offsets.topic.num.partitions": 1, "transaction.state.log.num.partitions": 1}
        return self.run.broker(name + "/broker", {"log.dirs": ",".join(self.dirs), **own}, kind=kind, data=self.dirs[0],
                               clear=False)

    def where(self, topic):
        """Which directory has which partitions."""
        return [sorted(int(n.rsplit("-", 1)[1]) for n in names(d, topic)) for d in self.dirs]


def _several(run):
    s = Several(run, "several", 3)
    s.broker.start()
    raw = Raw(s.broker.address)
    raw.create("spread", 12)
    for p in range(12):
        raw.produce("spread", p, records(1 + p))
    told = {d["path"]: d for d in raw.call("DescribeLogDirs", 4, {"topics": None})["dirs"]}

    with run.report.case("disks: new partitions are spread over the directories, and DescribeLogDirs says where") as case:
        case.equal(list(told), s.dirs, "directories")
        count = [sum(len(t["partitions"]) for t in told[d]["topics"] if t["name"] == "spread") for d in s.dirs]
        case.equal(sorted(count), [4, 4, 4], "partitions in each")
        case.true(all(d["total"] > d["usable"] > 0 for d in told.values()), f"space: {told}")

    with run.report.case("disks: kafka-log-dirs shows them") as case:
        log = os.path.join(run.folder, "driver-disks.log")
        driver = Driver("tools", toolchain.java_driver(), s.broker.address, log)
        run.drivers.append(driver)
        got = driver.do("tool", 180, **{"class": "org.apache.kafka.tools.LogDirsCommand"}, stdin="",
                        args=["--bootstrap-server", s.broker.address, "--describe", "--topic-list", "spread"])
        shown = json.loads(got["out"].splitlines()[-1])["brokers"][0]["logDirs"]
        case.equal(sorted((d["logDir"], d["error"], len(d["partitions"])) for d in shown),
                   sorted((d, None, 4) for d in s.dirs), "directories")

    with run.report.case("disks: a replica stays where it is; asking for the place it has is fine") as case:
        at = next(t for t in told[s.dirs[1]]["topics"] if t["name"] == "spread")["partitions"][0]["index"]
        for path, error in ((s.dirs[1], 0), (s.dirs[2], 39), ("/no/such", 57)):
            got = raw.call("AlterReplicaLogDirs", 1, {"dirs": [{"path": path, "topics": [{"name": "spread",
                                                                                         "partitions": [at]}]}]})
            case.equal(got["topics"][0]["partitions"][0]["error"], error, f"to {path}")

    with run.report.case("disks: after kill -9 and after a clean stop all are there, where they were") as case:
        want = ends(raw, "spread", 12)
        raw.close()
        s.broker.process.send_signal(signal.SIGKILL)
        s.broker.wait_exit()
        s.broker.start()
        raw = Raw(s.broker.address)
        case.equal(ends(raw, "spread", 12), want, "ends after kill -9")
        raw.close()
        case.equal(s.broker.stop(), 0, "status of the stop")
        before = s.where("spread")
        case.equal([len(d) for d in before], [4, 4, 4], "files")
        s.broker.start()
        raw = Raw(s.broker.address)
        case.equal(ends(raw, "spread", 12), want, "ends after a clean stop")
        raw.close()
        case.equal([s.broker.stop(), s.where("spread")], [0, before], "the second stop")

    with run.report.case("disks: a start without one of them serves the others, and says so") as case:
        away, gone = s.dirs[1] + "-away", set(s.where("spread")[1])
        os.rename(s.dirs[1], away)
        with open(s.dirs[1], "w", encoding="ascii") as f:  # no directory can be made there
            f.write("not a directory")
        s.broker.start()
        case.true(f"offline, the start goes on without it dir={s.dirs[1]}" in s.broker.log_text(), s.broker.log_tail())
        raw = Raw(s.broker.address)
        state = partitions(raw, "spread")
        case.equal({p for p in state if state[p]["offline"] == [1]}, gone, "offline replicas")
        case.equal({p for p in state if state[p]["leader"] == -1}, gone, "without a leader")
        case.equal({p for p in range(12) if raw.produce("spread", p, records())["error"] == STORAGE_ERROR}, gone,
                   "produce: KAFKA_STORAGE_ERROR")
        case.equal({p for p in range(12) if raw.fetch("spread", p, 0)["error"] == STORAGE_ERROR}, gone,
                   "fetch: KAFKA_STORAGE_ERROR")
        shown = {d["path"]: d["error"] for d in raw.call("DescribeLogDirs", 4, {"topics": None})["dirs"]}
        case.equal(shown, {s.dirs[0]: 0, s.dirs[1]: STORAGE_ERROR, s.dirs[2]: 0}, "DescribeLogDirs")
        raw.create("later", 4)
        case.equal([raw.produce("later", p, records())["error"] for p in range(4)], [0] * 4, "a new topic goes elsewhere")
        raw.close()
        case.equal(s.broker.stop(), 0, "status")

    with run.report.case("disks: with the directory back, all its partitions are led again") as case:
        os.remove(s.dirs[1])
        os.rename(away, s.dirs[1])
        s.broker.start()
        raw = Raw(s.broker.address)
        case.equal({p["leader"] for p in partitions(raw, "spread").values()}, {1}, "leaders")
        case.equal(ends(raw, "spread", 12), [n + (p not in gone) for p, n in enumerate(want)], "ends")
        raw.close()
        case.equal(s.broker.stop(), 0, "status")

    with run.report.case("disks: a partition in two directories stops the start, with both names") as case:
        have = s.where("spread")[2][0]
        shutil.copytree(os.path.join(s.dirs[2], f"spread-{have}"), os.path.join(s.dirs[0], f"spread-{have}"))
        s.broker.spawn()
        case.equal(s.broker.wait_exit(), 1, "status")
        case.true(f"spread-{have} is in two log directories, {s.dirs[0]} and {s.dirs[2]}" in s.broker.log_text(),
                  s.broker.log_tail())
        shutil.rmtree(os.path.join(s.dirs[0], f"spread-{have}"))
        s.broker.start()
        case.equal(s.broker.stop(), 0, "status without it")


# ---- a file system that fills up ----

def _mounted(folder, size):
    os.makedirs(folder, exist_ok=True)
    if os.path.ismount(folder):  # of a run that was killed
        subprocess.run(["umount", "-l", folder], check=False)
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "millrace-e2e", folder], check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        raise Skip(f"a file system of a test's own may not be mounted here: {done.stdout.decode(errors='replace').strip()}")


def _full(run):
    place = os.path.abspath(os.path.join(run.folder, "full-disk"))
    _mounted(place, "72m")
    try:
        _fill(run, place)
    finally:
        for b in [b for b in run.brokers if b is not run.shared]:
            b.kill()
        subprocess.run(["umount", place], check=False)


def _fill(run, place):
    bulk = records(10)
    broker = run.broker("full", {**SMALL, "log.segment.delete.delay.ms": 100, "log.retention.check.interval.ms": 300,
                                 "log.initial.task.delay.ms": 300, "offsets.topic.num.partitions": 1},
                        data=os.path.join(place, "data"))
    broker.start()
    raw = Raw(broker.address)
    for topic in ("goes", "trimmed", "old"):
        raw.create(topic, 1, {"segment.bytes": str(1 << 20)})
    wait_for("the coordinator", lambda: commit(raw, 1) == 0)
    for topic in ("goes", "trimmed", "old"):
        for _ in range(14):
            raw.produce(topic, 0, bulk)

    def free():
        s = os.statvfs(place)
        return s.f_bavail * s.f_frsize

    def fill(topic):
        """Until it is refused; how many were taken."""
        n = 0
        while n < 500:
            got = raw.produce(topic, 0, bulk)
            if got["error"] != 0:
                return n, got["error"]
            n += 1
        return n, 0

    def first(topic):
        """Its oldest file."""
        return min((n for n in os.listdir(os.path.join(broker.data, f"{topic}-0")) if n.endswith(".log")), default=None)

    def heals():
        return raw.produce("goes" if "goes" in raw.topics() else "old", 0, records(1))["error"] == 0

    with run.report.case("disks: below the reserve produce gets KAFKA_STORAGE_ERROR, all else goes on") as case:
        case.equal(fill("old")[1], STORAGE_ERROR, "error")
        case.true(free() > 6 << 20, f"{free()} bytes are left of a reserve of 9 MiB")
        case.true("disk nearly full, produce is refused" in broker.log_text(), broker.log_tail())
        case.equal(raw.fetch("old", 0, 0)["error"], 0, "fetch")
        case.equal([commit(raw, n) for n in range(5)], [0] * 5, "commits")
        raw.create("made-full", 1)

    with run.report.case("disks: DeleteRecords, retention and DeleteTopics make room, and it heals by itself") as case:
        got = raw.call("DeleteRecords", 1, {"topics": [{"name": "trimmed", "partitions": [{"index": 0, "offset": -1}]}]})
        case.equal(got["topics"][0]["partitions"][0]["error"], 0, "DeleteRecords")
        wait_for("produce after DeleteRecords", heals, step=0.2)
        fill("old")
        raw.call("DeleteTopics", 1, {"names": ["goes"]})
        wait_for("produce after DeleteTopics", heals, step=0.2)
        case.equal(fill("old")[1], STORAGE_ERROR, "full again")
        raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 2, "name": "old", "configs": [
            {"name": "retention.bytes", "op": 0, "value": str(4 << 20)}]}]})
        wait_for("produce after retention", heals, step=0.2)
        case.true("disk has room again" in broker.log_text(), broker.log_tail())
        raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 2, "name": "old", "configs": [
            {"name": "retention.bytes", "op": 0, "value": "-1"}]}]})
        wait_for("the files below the start to go", lambda: first("old") == f"{raw.start('old', 0):020d}.log" and
                 first("trimmed") in (None, f"{raw.start('trimmed', 0):020d}.log"))
        wait_for("what was deleted to be gone", lambda: not leaving(broker.data))

    with run.report.case("disks: something else takes all of the disk: nothing is fenced, nothing is lost") as case:
        def refused():
            """What was deleted before may still be going: that is taken, too."""
            with open(os.path.join(place, "else"), "ab") as f:
                try:
                    while True:
                        f.write(b"x" * 65536)
                        f.flush()
                except OSError:
                    pass
            return {raw.produce("old", 0, bulk)["error"] for _ in range(20)} == {STORAGE_ERROR}

        wait_for("produce to be refused", refused, step=0.3)
        want = {t: raw.end(t, 0) for t in ("trimmed", "old")}
        case.true("fenced" not in broker.log_text(), broker.log_tail())
        case.equal({t: raw.end(t, 0) for t in want}, want, "ends")
        raw.close()
        broker.process.send_signal(signal.SIGKILL)
        broker.wait_exit()
        broker.spawn()
        wait_for("the start to end one way or the other", lambda: broker.is_ready() or broker.process.poll() is not None, START_S)
        if broker.process.poll() is None:
            raw = Raw(broker.address)
            case.equal({t: raw.end(t, 0) for t in want}, want, "ends after kill -9 on a full disk")
            case.equal(raw.produce("old", 0, records(1))["error"], STORAGE_ERROR, f"produce after it, {free()} bytes are free")
            case.equal(raw.fetch("old", 0, raw.start("old", 0))["error"], 0, "fetch after it")
        else:
            case.true("room" in broker.log_text(), f"why it does not start: {broker.log_tail()}")
        os.remove(os.path.join(place, "else"))
        if broker.process.poll() is not None:
            broker.start()
            raw = Raw(broker.address)
        wait_for("produce once there is room", heals, step=0.2)
        for t, end in want.items():
            case.true(raw.end(t, 0) >= end, f"{t} ends at {raw.end(t, 0)}, before {end}")
        raw.close()
        case.equal(broker.stop(), 0, "status of a clean stop")
        case.equal(broker.verify()[0], 0, "millrace verify")


def leaving(data):
    """What is deleted and still takes room: the topic that went, and files whose turn comes a little later."""
    return [n for folder, dirs, files in os.walk(data) for n in dirs + files
            if n.startswith("goes-") or n.endswith((".deleted", "-delete"))]


def commit(raw, offset):
    raw.call("FindCoordinator", 3, {"key": "disks"})
    got = raw.call("OffsetCommit", 8, {"group": "disks", "topics": [{"name": "old", "partitions": [
        {"index": 0, "offset": offset}]}]})
    return got["topics"][0]["partitions"][0]["error"]


def _suite(run):
    if run.kind != "millrace":
        raise Skip("of millrace's own")
    _several(run)
    _full(run)


# ---- millrace and Kafka in one set of directories ----

def _pass_on(run, first, second):
    name = f"jbod-{first}"
    s = Several(run, name, 3, kind=first)
    other = s.make(name + "-" + second, second)
    with run.report.case(f"disks: three directories from {first} to {second} and back") as case:
        s.broker.start()
        raw = Raw(s.broker.address)
        raw.create("t", 9)
        raw.create("unused", 4)
        for p in range(9):
            raw.produce("t", p, records(p + 1))
        raw.close()
        case.equal(s.broker.stop(), 0, "stop of the first")
        where, want = s.where("t"), [p + 1 for p in range(9)]
        case.equal([len(d) for d in where], [3, 3, 3], "partitions in each")
        for turn, broker in enumerate((other, s.broker)):
            broker.start()
            raw = Raw(broker.address)
            raw.wait_leaders("t", 9)
            raw.wait_leaders("unused", 4)
            case.equal({p["leader"] for p in partitions(raw, "t").values()}, {1}, f"leaders, turn {turn}")
            wait_for("an end of each partition", lambda r=raw: min(ends(r, "t", 9)) >= 0, 60)
            case.equal(ends(raw, "t", 9), want, f"ends, turn {turn}")
            case.equal([len(raw.batches("t", p)) for p in range(9)], [1 + turn] * 9, f"batches, turn {turn}")
            for p in range(9):
                case.equal(raw.produce("t", p, records(2))["error"], 0, f"produce to {p}, turn {turn}")
            for p in range(4):
                case.equal(raw.produce("unused", p, records(1))["error"], 0, f"first of unused-{p}, turn {turn}")
            want = [n + 2 for n in want]
            raw.close()
            case.equal(broker.stop(), 0, f"stop, turn {turn}")
            case.equal(s.where("t"), where, f"places, turn {turn}")


def _handover(run):
    if run.kind != "millrace":
        raise Skip("of millrace's own")
    _pass_on(run, "millrace", "kafka")
    _pass_on(run, "kafka", "millrace")


SUITES = {"disks": _suite, "disks_handover": _handover}
