"""A disk that fails at work: each of three log.dirs is a file system of its own, on a loop device (of one size, for free space
decides where partitions go); one is made to fail while it is written to. The same is asked of a real Kafka.

Needs root, loop devices and ext4, whose trigger_fs_error does it: everything that is written from then on gets EROFS or EIO."""
import os
import shutil
import subprocess
import time

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Skip
from lib.target import wait_for

STORAGE_ERROR, NOT_LEADER = 56, 6
PARTITIONS = 12


def records(n=1):
    return batch.make([batch.Record(b"%d" % i, b"v" * 500, int(time.time() * 1000)) for i in range(n)])


def _run(*command):
    try:
        done = subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    except OSError as e:  # the tool is not installed
        return 127, str(e)
    return done.returncode, done.stdout.decode(errors="replace").strip()


class Disk:
    """An ext4 of its own, mounted at path."""

    def __init__(self, path, size="160m"):
        self.path, self.image, self.device = path, path + ".img", None
        os.makedirs(path, exist_ok=True)
        for command in (("truncate", "-s", size, self.image), ("mkfs.ext4", "-q", "-F", self.image)):
            self.need(*command)
        self.mount()

    def need(self, *command):
        code, out = _run(*command)
        if code != 0:
            self.drop()
            raise Skip(f"no file system of a test's own here: {' '.join(command)}: {out[-200:]}")
        return out

    def mount(self):
        self.device = self.need("losetup", "-f", "--show", self.image)
        self.need("mount", "-o", "errors=remount-ro", self.device, self.path)
        shutil.rmtree(os.path.join(self.path, "lost+found"), ignore_errors=True)
        if not os.access(self.trigger(), os.W_OK):
            trigger = self.trigger()
            self.drop()
            raise Skip(f"a file system cannot be made to fail here: {trigger}")

    def trigger(self):
        return f"/sys/fs/ext4/{os.path.basename(self.device)}/trigger_fs_error"

    def fail(self):
        with open(self.trigger(), "w", encoding="ascii") as f:
            f.write("1")

    def umount(self):
        _run("umount", self.path)
        if self.device is not None:
            _run("losetup", "-d", self.device)
        self.device = None

    def repair(self):
        self.umount()
        _run("fsck.ext4", "-fy", self.image)
        self.mount()

    def drop(self):
        self.umount()
        if os.path.exists(self.image):
            os.remove(self.image)


def partitions(raw, topic):
    return {p["index"]: p for p in raw.topic(topic)["partitions"]}


def _produce_all(raw, topic, count=PARTITIONS):
    """The error of each partition."""
    return {p: raw.produce(topic, p, records())["error"] for p in range(count)}


def _tool(run, address):
    driver = Driver("tools", toolchain.java_driver(), address, os.path.join(run.folder, "driver-disks-fail.log"))
    run.drivers.append(driver)

    def call(name, *args):
        got = driver.do("tool", 90, **{"class": "org.apache.kafka.tools." + name}, stdin="",
                        args=["--bootstrap-server", address, *args])
        return got["out"] + got.get("err", "")
    return call


def _place(raw, topic):
    """Directory -> its partitions of the topic, and the error of each directory."""
    told = raw.call("DescribeLogDirs", 4, {"topics": None})["dirs"]
    return ({d["path"]: {p["index"] for t in d["topics"] if t["name"] == topic for p in t["partitions"]} for d in told},
            {d["path"]: d["error"] for d in told})


def _go(run, disk, dirs):
    own = {"millrace.journal.bytes": 24 << 20} if run.kind == "millrace" else {
        "offsets.topic.num.partitions": 1, "transaction.state.log.num.partitions": 1}
    broker = run.broker("disks-fail/broker", {"log.dirs": ",".join(dirs), **own}, data=dirs[0], clear=False)
    broker.start()
    raw = Raw(broker.address)
    raw.create("t", PARTITIONS)
    taken = dict.fromkeys(range(PARTITIONS), 1)
    wait_for("a leader of each partition", lambda: {p["leader"] for p in partitions(raw, "t").values()} == {1})
    errors = _produce_all(raw, "t")
    where, _ = _place(raw, "t")
    on_it = where[dirs[1]]

    with run.report.case("disks_fail: partitions are spread over three disks") as case:
        case.equal(set(errors.values()), {0}, "produce")
        case.equal(sorted(len(p) for p in where.values()), [4, 4, 4], "partitions in each directory")

    with run.report.case("disks_fail: a disk that fails at work takes its own partitions, and no others") as case:
        disk.fail()
        seen = {p: set() for p in range(PARTITIONS)}

        def settled():
            for p, error in _produce_all(raw, "t").items():
                seen[p].add(error)
                taken[p] += error == 0
            now = partitions(raw, "t")
            return ({p for p in now if now[p]["leader"] == -1} == on_it and {p for p in now if now[p]["offline"] == [1]} == on_it)

        wait_for(lambda: f"the disk's partitions to be offline (answers {seen})", settled, 60, 0.2)
        final = _produce_all(raw, "t")
        case.equal({p for p in final if final[p] == 0}, set(range(PARTITIONS)) - on_it, "produce goes on elsewhere")
        for p in final:
            taken[p] += final[p] == 0
        case.equal({final[p] for p in on_it}, {STORAGE_ERROR}, "produce to the failed disk")
        case.true(all(seen[p] == {0} for p in set(range(PARTITIONS)) - on_it), f"others were never refused: {seen}")
        case.true(all(seen[p] <= {0, STORAGE_ERROR, NOT_LEADER} for p in on_it), f"errors: {seen}")
        case.equal({raw.fetch("t", p, 0)["error"] for p in on_it}, {STORAGE_ERROR}, "fetch from the failed disk")
        case.equal({raw.fetch("t", p, 0)["error"] for p in set(range(PARTITIONS)) - on_it}, {0}, "fetch from the others")
        case.equal(_place(raw, "t")[1], {dirs[0]: 0, dirs[1]: STORAGE_ERROR, dirs[2]: 0}, "DescribeLogDirs")

    with run.report.case("disks_fail: topics are made and deleted meanwhile") as case:
        raw.create("later", 4)
        wait_for("leaders of the new topic", lambda: {p["leader"] for p in partitions(raw, "later").values()} == {1})
        case.equal(set(_produce_all(raw, "later", 4).values()), {0}, "produce")
        case.equal(_place(raw, "later")[0].get(dirs[1], set()), set(), "of it on the failed disk")
        raw.call("DeleteTopics", 1, {"names": ["later"]})
        wait_for("the topic to go", lambda: "later" not in raw.topics())

    with run.report.case("disks_fail: kafka-log-dirs and kafka-reassign-partitions say what is wrong") as case:
        tool = _tool(run, broker.address)
        out = tool("LogDirsCommand", "--describe")
        case.true("KafkaStorageException" in out, f"kafka-log-dirs: {out[-400:]!r}")
        _no_move(run, case, tool, next(iter(where[dirs[0]])), dirs)

    with run.report.case("disks_fail: stopped, repaired and started again, everything acknowledged is there") as case:
        raw.close()
        if run.kind == "millrace":
            case.equal(broker.stop(), 0, "status of the stop")
        else:
            broker.kill()
        disk.repair()
        broker.start()
        raw = Raw(broker.address)
        wait_for("a leader of each partition", lambda: {p["leader"] for p in partitions(raw, "t").values()} == {1}, 60)
        ends = {}

        def answered():
            ends.update((p, raw.end("t", p)) for p in range(PARTITIONS))
            return min(ends.values()) >= 0

        wait_for(lambda: f"an answer for each partition ({ends})", answered, 60, 0.2)
        for p in range(PARTITIONS):  # Kafka does not flush: what it acknowledged on the failed disk may be gone
            if run.kind == "millrace" or p not in on_it:
                case.true(ends[p] >= taken[p], f"partition {p} ends at {ends[p]}, {taken[p]} were acknowledged")
        case.equal(set(_produce_all(raw, "t").values()), {0}, "produce")
        case.equal(_place(raw, "t"), (where, {d: 0 for d in dirs}), "directories")
        raw.close()
        case.equal(broker.stop(), 0, "status of the last stop")


def _no_move(run, case, tool, partition, dirs):
    """Kafka moves a replica between directories; we say that we do not."""
    plan = os.path.join(run.folder, "disks-fail-plan.json")
    with open(plan, "w", encoding="utf-8") as f:
        f.write('{"version":1,"partitions":[{"topic":"t","partition":%d,"replicas":[1],"log_dirs":["%s"]}]}' % (partition, dirs[2]))
    if run.kind != "millrace":
        return
    out = tool("reassign.ReassignPartitionsCommand", "--execute", "--reassignment-json-file", plan)
    case.true("Failed to alter dir" in out and "Replica assignment is invalid" in out, f"kafka-reassign-partitions: {out[-600:]!r}")


def _suite(run):
    if run.kind not in ("millrace", "kafka"):
        raise Skip("of brokers that are started here")
    if os.geteuid() != 0:
        raise Skip("needs root: a file system is mounted")
    root = os.path.abspath(os.path.join(run.folder, "disks-fail"))
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    disks = []
    try:
        for name in "abc":
            disks.append(Disk(os.path.join(root, name)))
        _go(run, disks[1], [os.path.join(d.path, "data") for d in disks])
    finally:
        for b in [b for b in run.brokers if b is not run.shared]:
            b.kill()
        for d in disks:
            d.drop()


SUITES = {"disks_fail": _suite}
