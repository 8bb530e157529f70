"""Kafka Connect, unmodified: two workers of one group, the file connectors, and what may happen to them: pauses, restarts, offsets
set anew, kill -9 of a worker and of the broker. MILLRACE_LONG=1: also without exactly-once sources, more kills, standalone."""
import os

from lib import toolchain
from lib.connect import DISTRIBUTED, STANDALONE, Connectors, Worker, jars
from lib.raw import Raw
from lib.report import Failure
from lib.target import free_port, wait_for
from suites.tools import Tools

SOURCE = "org.apache.kafka.connect.file.FileStreamSourceConnector"
SINK = "org.apache.kafka.connect.file.FileStreamSinkConnector"
# What a worker keeps in the broker: topic -> partitions, which are Connect's defaults.
INTERNAL = {"connect-configs": 1, "connect-offsets": 25, "connect-status": 5}
TRANSACTIONAL, CONTROL = 16, 32  # attributes of a batch


def common(broker):
    return {
        "bootstrap.servers": broker.address,
        "key.converter": "org.apache.kafka.connect.storage.StringConverter",
        "value.converter": "org.apache.kafka.connect.storage.StringConverter",
        "plugin.discovery": "service_load",
        "offset.flush.interval.ms": 500,
        "reconnect.backoff.max.ms": 200,
        "consumer.reconnect.backoff.max.ms": 200,
        "producer.reconnect.backoff.max.ms": 200,
    }


def distributed(broker, port, exactly_once):
    return common(broker) | {
        "group.id": "connect-cluster",
        "config.storage.topic": "connect-configs", "config.storage.replication.factor": 1,
        "offset.storage.topic": "connect-offsets", "offset.storage.replication.factor": 1,
        "status.storage.topic": "connect-status", "status.storage.replication.factor": 1,
        "listeners": f"http://127.0.0.1:{port}", "rest.advertised.host.name": "127.0.0.1",
        "session.timeout.ms": 3000, "heartbeat.interval.ms": 500, "scheduled.rebalance.max.delay.ms": 0,
        "exactly.once.source.support": "enabled" if exactly_once else "disabled",
        "consumer.isolation.level": "read_committed",
    }


class Lines:
    """A file of numbered lines that a source reads, and what a sink must write."""

    def __init__(self, folder, name):
        self.path = os.path.join(folder, f"{name}.txt")
        self.want = []
        with open(self.path, "wb"):
            pass

    def append(self, count):
        fresh = [f"line {n} of the file: {n * 7919 % 10007}" for n in range(len(self.want), len(self.want) + count)]
        with open(self.path, "a", encoding="utf-8") as f:
            f.write("".join(line + "\n" for line in fresh))
        self.want += fresh


def written(path):
    """The whole lines of a sink's file."""
    try:
        with open(path, encoding="utf-8") as f:
            return f.read().split("\n")[:-1]
    except FileNotFoundError:
        return []


def follows(got, want):
    """Do these lines tell `want` to its end, in order, at most with steps back to what was told already? What is wrong, or None."""
    place = {line: i for i, line in enumerate(want)}
    at = 0
    for n, line in enumerate(got):
        i = place.get(line)
        if i is None or i > at:
            return f"line {n} is {line!r}; line {at} of the source was due"
        at = i + 1
    return None if at == len(want) else f"it ends after line {at} of {len(want)}"


class Cluster:
    """Two workers, a source and a sink."""

    def __init__(self, run, exactly_once):
        self.run, self.exactly_once = run, exactly_once
        self.name = "connect" if exactly_once else "connect at-least-once"
        slug = self.name.replace(" ", "-")
        self.folder = os.path.join(run.folder, slug)
        self.broker = run.broker(slug, {"group.min.session.timeout.ms": 1000})
        self.workers = []
        self.lines = Lines(self.folder, "source")
        self.sink_path = os.path.join(self.folder, "sink.txt")
        self.topic = "lines"

    def case(self, name):
        return self.run.report.case(f"{self.name}: {name}")

    def source(self, **more):
        self.all.configure("source", connector__class=SOURCE, tasks__max=1, file=self.lines.path, topic=self.topic, batch__size=50,
                           topic__creation__default__partitions=1, topic__creation__default__replication__factor=1, **more)
        self.all.until("source")

    def sink(self, name, path, **more):
        self.all.configure(name, connector__class=SINK, tasks__max=1, file=path, topics=self.topic, **more)

    def arrives(self, path=None, seconds=180):
        """The sink has written what the source had last."""
        path, last = path or self.sink_path, self.lines.want[-1]
        try:
            wait_for("it", lambda: written(path)[-1:] == [last], seconds, step=0.1)
        except Failure:
            for w in self.workers:
                if w.process is not None:
                    w.check_alive()
            got = written(path)
            raise Failure(f"{os.path.basename(path)} ends with {got[-1:]} ({len(got)} lines), {last!r} is due: "
                          f"source {self.all.status('source')}, sink {self.all.status('sink')}") from None

    def flows(self, case, count):
        self.lines.append(count)
        self.arrives()
        case.equal(written(self.sink_path), self.lines.want, "the sink's lines")

    def underway(self, count):
        """So many lines more, and the source is in the midst of them."""
        before = self.raw.end(self.topic, 0)
        self.lines.append(count)
        wait_for("a part of the lines", lambda: self.raw.end(self.topic, 0) > before, 180, step=0.005)

    def survived(self, case, what):
        self.arrives()
        wrong = follows(written(self.sink_path), self.lines.want)
        case.true(wrong is None, f"{what}: {wrong}")

    def tell(self):
        self.begin()
        self.life()
        self.offsets()
        for _ in range(4 if toolchain.LONG else 1):
            self.worker_dies()
            self.broker_dies()
        self.audit()
        self.end()

    def begin(self):
        with self.case("two workers become a group; internal topics are compacted") as case:
            self.broker.start()
            self.raw = Raw(self.broker.address)
            for name in ("one", "two"):
                port = free_port()
                w = Worker(self.run, f"{os.path.basename(self.folder)}-{name}", DISTRIBUTED,
                           distributed(self.broker, port, self.exactly_once), port)
                w.start()
                self.workers.append(w)
            self.all = Connectors(self.workers)
            for w in self.workers:
                w.wait_ready()
                case.equal(w.get("/")["version"], "4.1.0", "the worker's version")
            group = wait_for("a group of two", lambda: self.group(2), 180, step=0.1)
            case.equal([group["type"], group["protocol"]], ["connect", "sessioned"], "the group")
            case.equal(sorted(m["client"].split("-")[0] for m in group["members"]), ["connect", "connect"], "the members")
            for topic, partitions in INTERNAL.items():
                case.equal(len(self.raw.topic(topic)["partitions"]), partitions, f"partitions of {topic}")
                case.equal(self.raw.configs(topic, "cleanup.policy"), {"cleanup.policy": "compact"}, topic)
            plugins = {p["class"] for p in self.all.get("/connector-plugins")}
            case.true({SOURCE, SINK} <= plugins, f"plugins {plugins}")

    def shared(self):
        """Tasks may move once more after they ran."""
        def apart():
            states = [self.all.status(name)[1] for name in ("source", "sink")]
            return all(len(tasks) == 1 for tasks in states) and len({worker for tasks in states for _, worker in tasks}) == 2

        wait_for("a task for each worker", apart, 180, step=0.2)

    def group(self, members):
        got = self.raw.call("DescribeGroups", 5, {"groups": ["connect-cluster"]})["groups"][0]
        return got if got["state"] == "Stable" and len(got["members"]) == members else None

    def life(self):
        with self.case("a file's lines become records, and a file again, in order") as case:
            self.lines.append(200)
            self.source()
            self.sink("sink", self.sink_path)
            self.all.until("sink")
            self.arrives()
            self.flows(case, 2000)
            case.equal(len(self.raw.topic(self.topic)["partitions"]), 1, "partitions of the topic that Connect created")
            kinds = {b.attributes & (TRANSACTIONAL | CONTROL) for b in self.raw.batches(self.topic, 0)}
            case.equal(kinds, {TRANSACTIONAL, TRANSACTIONAL | CONTROL} if self.exactly_once else {0}, "kinds of batches")
            case.equal(self.all.get("/connectors/source/topics"), {"source": {"topics": [self.topic]}}, "topics of the source")
            self.shared()
            tasks = {self.all.at("source").id, self.all.at("sink").id}
            case.equal(tasks, {w.id for w in self.workers}, "the workers that have a task")
        with self.case("pause, resume, restart") as case:
            self.all.pause("source")
            end = self.raw.end(self.topic, 0)
            self.lines.append(300)
            self.all.any.call("POST", "/connectors/sink/restart?includeTasks=true")
            self.all.until("sink")
            case.equal(self.raw.end(self.topic, 0), end, "end of the topic while its source pauses")
            self.all.resume("source")
            self.arrives()
            case.equal(written(self.sink_path), self.lines.want, "the sink's lines")
            self.all.any.call("POST", "/connectors/source/tasks/0/restart")
            self.all.until("source")
            self.flows(case, 100)

    def offsets(self):
        position = [{"partition": {"filename": self.lines.path}, "offset": {"position": os.path.getsize(self.lines.path)}}]
        place = {"kafka_topic": self.topic, "kafka_partition": 0}
        with self.case("offsets: told, altered, reset") as case:
            wait_for("the source's offsets", lambda: self.all.offsets("source") == position, 180, step=0.1)
            # A sink's offset is the one after its last record; a transaction's marker may follow.
            end = [b for b in self.raw.batches(self.topic, 0) if not b.attributes & CONTROL][-1].last_offset + 1

            want = [{"partition": place, "offset": {"kafka_offset": end}}]
            wait_for(f"offset {end} of the sink", lambda: self.all.offsets("sink") == want, 180, step=0.1)
            case.equal(self.committed(), end, "what the group connect-sink has committed")
            for name in ("source", "sink"):
                self.all.stop(name)
            # The sink begins anew, by an alteration of its group's offsets; then by their removal.
            self.patch("sink", place, {"kafka_offset": 0})
            case.equal(self.committed(), 0, "committed after it was altered")
            self.again(case, "sink")
            self.all.stop("sink")
            got = self.all.any.call("DELETE", "/connectors/sink/offsets")
            case.true("reset successfully" in got["message"], f"a reset says {got}")
            case.equal(self.all.offsets("sink"), [], "offsets of the sink after their reset")
            case.equal(self.committed(), -1, "committed after the reset")
            self.again(case, "sink")
            # The source reads its last ten lines once more.
            tail = sum(len(line) + 1 for line in self.lines.want[-10:])
            self.patch("source", {"filename": self.lines.path}, {"position": position[0]["offset"]["position"] - tail})
            self.all.resume("source")
            want = self.lines.want + self.lines.want[-10:]
            wait_for("ten lines once more", lambda: len(written(self.sink_path)) >= len(want), 180, step=0.1)
            case.equal(written(self.sink_path), want, "the sink's lines")
            self.all.stop("source")
            self.all.any.call("DELETE", "/connectors/source/offsets")
            case.equal(self.all.offsets("source"), [], "offsets of the source after their reset")
        # From here on with a topic and files of their own: what follows counts every line.
        self.lines = Lines(self.folder, "second")
        self.topic, self.sink_path = "lines-second", os.path.join(self.folder, "second-sink.txt")
        with self.case("a source and a sink that are configured anew") as case:
            self.lines.append(100)
            self.all.put("/connectors/source/resume")
            self.source()
            self.raw.wait_leaders(self.topic, 1)
            self.sink("sink", self.sink_path)
            self.all.until("sink")
            self.arrives()
            case.equal(written(self.sink_path), self.lines.want, "the sink's lines")

    def patch(self, name, partition, offset):
        got = self.all.any.call("PATCH", f"/connectors/{name}/offsets", {"offsets": [{"partition": partition, "offset": offset}]})
        if "altered successfully" not in got["message"]:
            raise Failure(f"altering the offsets of {name} says {got}")

    def again(self, case, name):
        os.remove(self.sink_path)
        self.all.resume(name)
        self.arrives()
        case.equal(written(self.sink_path), self.lines.want, f"lines of the {name} that began anew")

    def committed(self):
        got = self.raw.call("OffsetFetch", 8, {"groups": [{"group": "connect-sink", "topics": [
            {"name": self.topic, "partitions": [0]}]}]})["groups"][0]["topics"]
        return got[0]["partitions"][0]["offset"]

    def worker_dies(self):
        """The one with the source's task, in the midst of a transaction; the other takes both over. It comes back."""
        with self.case("kill -9 of the worker with the source: the other goes on") as case:
            dead = self.all.at("source")
            self.underway(3000)
            dead.kill()
            other = [w for w in self.workers if w is not dead]
            self.all.until("source", workers=other)
            self.all.until("sink", workers=other)
            self.survived(case, "the sink")
            dead.start()
            dead.wait_ready()
            wait_for("a group of two", lambda: self.group(2), 180, step=0.1)
            self.shared()
            self.all.until("source")
            self.all.until("sink")
            self.lines.append(100)
            self.survived(case, "the sink, with both workers again")

    def broker_dies(self):
        with self.case("kill -9 of the broker: the workers go on") as case:
            self.underway(3000)
            self.broker.kill()
            self.broker.start()
            self.raw.close()
            self.survived(case, "the sink")
            self.lines.append(100)
            self.survived(case, "the sink, later")
            self.all.until("source")
            self.all.until("sink")

    def audit(self):
        with self.case("a sink that begins anew" + (": each line once" if self.exactly_once else "")) as case:
            path = os.path.join(self.folder, "audit.txt")
            self.sink("audit", path)
            self.arrives(path)
            if self.exactly_once:
                case.equal(written(path), self.lines.want, "the lines that read_committed shows")
            wrong = follows(written(path), self.lines.want)
            case.true(wrong is None, f"the topic: {wrong}")

    def end(self):
        with self.case("deleted connectors are gone; the workers leave") as case:
            for name in ("source", "sink", "audit"):
                self.all.any.call("DELETE", f"/connectors/{name}")
            wait_for("the end of all connectors", lambda: self.all.get("/connectors") == [], 180, step=0.1)
            for w in self.workers:
                case.equal(w.stop(), 0, f"status of {w.name}")
            wait_for("an empty group", lambda: self.raw.call("DescribeGroups", 5, {
                "groups": ["connect-cluster"]})["groups"][0]["state"] == "Empty", 180, step=0.1)
            quiet(case, self.broker)
            case.equal(self.broker.stop(), 0, "status of the broker")
            self.raw.close()


def quiet(case, broker):
    """The broker had nothing to warn of; Kafka warns of much, and is not asked."""
    with open(broker.log_path, encoding="utf-8", errors="replace") as f:
        loud = [line for line in f if " WARN " in line or " ERROR " in line]
    case.true(broker.kind != "millrace" or not loud, f"the broker's log says {loud[:5]}")


def _standalone(run):
    with run.report.case("connect: standalone") as case:
        broker = run.broker("connect-standalone")
        broker.start()
        lines, sink = Lines(broker.folder, "source"), os.path.join(broker.folder, "sink.txt")
        lines.append(1000)
        files = []
        for name, config in (("source", {"connector.class": SOURCE, "file": lines.path, "topic": "lines"}),
                             ("sink", {"connector.class": SINK, "file": sink, "topics": "lines"})):
            files.append(os.path.join(broker.folder, f"{name}.properties"))
            with open(files[-1], "w", encoding="utf-8") as f:
                f.writelines(f"{k}={v}\n" for k, v in ({"name": name, "tasks.max": 1} | config).items())
        port = free_port()
        worker = Worker(run, "connect-standalone-worker", STANDALONE, common(broker) | {
            "offset.storage.file.filename": os.path.join(broker.folder, "offsets"), "listeners": f"http://127.0.0.1:{port}"},
            port, files)
        worker.start()
        wait_for("the lines", lambda: written(sink)[-1:] == lines.want[-1:], 180, step=0.1)
        case.equal(written(sink), lines.want, "the sink's lines")
        case.equal(sorted(worker.get("/connectors")), ["sink", "source"], "connectors")
        case.equal(worker.stop(), 0, "status")
        lines.append(500)  # while nobody reads
        worker.start()
        wait_for("the lines", lambda: written(sink)[-1:] == lines.want[-1:], 180, step=0.1)
        case.equal(written(sink), lines.want, "the sink's lines after a restart")
        case.equal(worker.stop(), 0, "status")
        quiet(case, broker)


def _plugins(run):
    """It asks no broker; it is one of Kafka's tools all the same."""
    with run.report.case("connect: connect-plugin-path") as case:
        t = Tools(run, run.driver("connect-tools", toolchain.java_driver()), run.target.address, run.raw)
        folder = os.path.dirname(jars())
        out = t.out("ConnectPluginPath", "list", "--plugin-location", folder, server=False)
        case.true(SOURCE in out and SINK in out, f"connect-plugin-path says {out[-500:]!r}")


def _suite(run):
    Cluster(run, exactly_once=True).tell()
    if toolchain.LONG:
        Cluster(run, exactly_once=False).tell()
        _standalone(run)
        _plugins(run)


_suite.needs = jars
SUITES = {"connect": _suite}
