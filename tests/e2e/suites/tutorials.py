"""The usual introductions to Kafka, walked as they are written: a container's settings, topics, the console tools, the programs in
tutorials/ with their settings as printed; what they promise the reader. Only the ports and the data directory are ours."""
import json
import os
import re
import signal
import subprocess
import threading
import time

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure
from lib.target import HERE, PEER, free_port, wait_for
from .groups import committed
from .tools import Tools
from .tools_more import table

PROGRAMS = os.path.join(HERE, "tutorials")
SETTLE_S = 180
PAYMENTS = [(f"order-{1000 + i % 20}", json.dumps({"event": "payment_authorized", "n": i})) for i in range(120)]


def settings(inside, outside, controller):
    """The container's environment."""
    return {"KAFKA_ENABLE_KRAFT": "yes", "ALLOW_PLAINTEXT_LISTENER": "yes", "KAFKA_CFG_PROCESS_ROLES": "broker,controller",
            "KAFKA_CFG_NODE_ID": "1", "KAFKA_CFG_CONTROLLER_QUORUM_VOTERS": f"1@kafka:{controller}",
            "KAFKA_CFG_CONTROLLER_LISTENER_NAMES": "CONTROLLER",
            "KAFKA_CFG_LISTENERS": f"PLAINTEXT://:{inside},PLAINTEXT_HOST://:{outside},CONTROLLER://:{controller}",
            "KAFKA_CFG_ADVERTISED_LISTENERS": f"PLAINTEXT://kafka:{inside},PLAINTEXT_HOST://localhost:{outside}",
            "KAFKA_CFG_LISTENER_SECURITY_PROTOCOL_MAP": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,PLAINTEXT_HOST:PLAINTEXT",
            "KAFKA_CFG_AUTO_CREATE_TOPICS_ENABLE": "false", "KAFKA_CFG_NUM_PARTITIONS": "3",
            "KAFKA_CFG_OFFSETS_TOPIC_REPLICATION_FACTOR": "1", "KAFKA_CFG_TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
            "KAFKA_CFG_TRANSACTION_STATE_LOG_MIN_ISR": "1"}


class Program:
    """A program or tool in a terminal of its own: lines of its output as they come."""

    def __init__(self, command, folder, name, env=None, stdin=None):
        self.name = name
        self.log_path = os.path.join(folder, f"{name}.log")
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, stdin=subprocess.DEVNULL, text=True,
                                            env=dict(os.environ, **(env or {})), cwd=folder)
        self.lines = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    def said(self, word):
        """Lines that begin with it, without it."""
        return [x[len(word) + 1:] for x in list(self.lines) if x.startswith(word)]

    def ended(self, status=0, seconds=SETTLE_S):
        """It ends by itself."""
        try:
            got = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"{self.name} did not end: {self.lines[-3:]}; see {self.log_path}") from None
        self.reader.join(10)
        if got != status:
            raise Failure(f"{self.name} ended with {got}: {self.lines[-3:]}; see {self.log_path}")
        return self

    def interrupt(self, status=0):
        """As Ctrl-C does."""
        self.process.send_signal(signal.SIGINT)
        return self.ended(status)

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


class Walk:
    def __init__(self, run):
        self.run, self.programs = run, []
        self.fresh = []  # what was delivered to orders in the second half
        self.folder = os.path.join(run.folder, "tutorials-programs")
        os.makedirs(self.folder, exist_ok=True)
        self.inside, self.outside, self.controller = free_port(), free_port(), free_port()
        self.broker = self._broker()
        # The container's network knows its name; here a file tells the JVM.
        hosts = os.path.join(self.folder, "hosts")
        with open(hosts, "w", encoding="ascii") as f:
            f.write("127.0.0.1 kafka\n127.0.0.1 localhost\n")
        self.jvm = f"-Djdk.net.hosts.file={hosts}"

    def _broker(self):
        env = settings(self.inside, self.outside, self.controller)
        if self.run.kind == "kafka":
            keys = {k[len("KAFKA_CFG_"):].lower().replace("_", "."): v for k, v in env.items() if k.startswith("KAFKA_CFG_")}
            keys |= {"controller.quorum.voters": f"1@localhost:{self.controller}", "group.initial.rebalance.delay.ms": 3000}
            broker = self.run.broker("tutorials", keys)
        else:
            broker = self.run.broker("tutorials")
            plain = [f"{k}={v}" for k, v in (env | {"KAFKA_CFG_LOG_DIRS": broker.data}).items()]
            command = ["env", *plain, broker.binary, "serve", "--override", f"millrace.shards={broker.shards}"]
            command += ["--override", f"millrace.journal.bytes={32 << 20}"]
            broker.command = lambda: command
        broker.port, broker.address = self.outside, f"localhost:{self.outside}"
        return broker

    def case(self, name):
        return self.run.report.case(f"tutorials: {name}")

    def start(self):
        self.broker.start()
        self.raw = Raw(self.broker.address)
        command = toolchain.java_driver()
        command.insert(1, self.jvm)
        driver = Driver("java", command, f"kafka:{self.inside}", os.path.join(self.folder, "driver-java.log"))
        self.run.drivers.append(driver)
        self.tools = Tools(self.run, driver, f"kafka:{self.inside}", self.raw)

    def terminal(self, name, tool, *args):
        """One of Kafka's tools, in a JVM of its own, from within the container's network."""
        where = ("--bootstrap-server", f"kafka:{self.inside}")
        return self._keep(Program([PEER, "tool", f"org.apache.kafka.tools.{tool}", *where, *map(str, args)], self.folder, name,
                                  {"JAVA_TOOL_OPTIONS": f"{self.jvm} -Xmx128m"}))

    def program(self, file, interpreter, *args, name=None, env=None):
        """A program as it is printed, from outside the container; only the port is another."""
        with open(os.path.join(PROGRAMS, file), encoding="utf-8") as f:
            text = f.read()
        if "localhost:9092" not in text:
            raise Failure(f"{file} has no localhost:9092")
        path = os.path.join(self.folder, file)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text.replace("localhost:9092", f"localhost:{self.outside}"))
        return self._keep(Program([*interpreter, path, *map(str, args)], self.folder, name or file, env))

    def _keep(self, program):
        self.programs.append(program)
        return program

    def python(self, which):
        return [os.path.join(toolchain.venv(which, *REQUIREMENTS[which]), "bin", "python"), "-B"]

    def values(self, topic):
        """Partition -> end."""
        count = len(self.raw.topic(topic)["partitions"])
        return {p: self.raw.end(topic, p) for p in range(count)}

    def end(self):
        for p in self.programs:
            p.kill()


REQUIREMENTS = {"confluent": ("confluent-kafka==2.16.1",), "kafkapython": ("kafka-python[crc32c,lz4,snappy,zstd]==3.0.12",),
                "kafkapython2": ("kafka-python[crc32c,lz4,snappy,zstd]==2.3.0",), "aiokafka": ("aiokafka[lz4,snappy,zstd]==0.14.0",)}


def _suite(run):
    w = Walk(run)
    try:
        _container(w)
        _topics(w)
        _console(w)
        _orders(w)
        _replay(w)
        _once(w)
        _others(w)
        _promises(w)
        with w.case("the container stops cleanly") as case:
            w.raw.close()
            case.equal(w.broker.stop(), 0, "status")
    finally:
        w.end()


def _container(w):
    with w.case("a container's settings start it; each listener tells its own advertised name") as case:
        w.start()
        for port, host in ((w.inside, "kafka"), (w.outside, "localhost")):
            raw = Raw(f"127.0.0.1:{port}")
            got = raw.call("Metadata", 9, {"topics": []})["brokers"]
            case.equal([(b["id"], b["host"], b["port"]) for b in got], [(1, host, port)], f"brokers told on port {port}")
            wait_for("the coordinator", lambda r=raw: r.call("FindCoordinator", 4, {"keys": ["g"]})["found"][0]["error"] == 0)
            got = raw.call("FindCoordinator", 4, {"keys": ["g"]})["found"][0]
            case.equal((got["host"], got["port"]), (host, port), f"the coordinator told on port {port}")
            raw.close()
        got = w.raw.call("Metadata", 9, {"topics": [{"name": "nothing"}], "auto_create": True})["topics"][0]["error"]
        case.equal(got, 3, "a topic that nobody created")


def _topics(w):
    t = w.tools
    with w.case("kafka-topics: create, describe, alter, list, delete; three replicas on one broker") as case:
        out = t.topics("--create", "--topic", "payments", "--partitions", 3, "--replication-factor", 1)
        case.equal(out.strip(), "Created topic payments.", "create says")
        w.raw.wait_leaders("payments", 3)
        out = t.topics("--describe", "--topic", "payments")
        case.true("PartitionCount: 3\tReplicationFactor: 1\t" in out and out.count("Leader: 1\tReplicas: 1\tIsr: 1") == 3, f"describe: {out!r}")
        t.topics("--create", "--topic", "clicks", "--replication-factor", 1)
        w.raw.wait_leaders("clicks", 3)
        case.equal(len(w.raw.topic("clicks")["partitions"]), 3, "partitions by KAFKA_CFG_NUM_PARTITIONS")
        t.topics("--alter", "--topic", "clicks", "--partitions", 12)
        w.raw.wait_leaders("clicks", 12)
        case.true("PartitionCount: 12" in t.topics("--describe", "--topic", "clicks"), "twelve partitions")
        case.equal({"payments", "clicks"} <= set(t.topics("--list").split()), True, "list")
        t.topics("--delete", "--topic", "clicks")
        wait_for("the topic's end", lambda: "clicks" not in t.topics("--list").split())
        out, err = t.call("TopicCommand", "--create", "--topic", "three", "--partitions", 3, "--replication-factor", 3, status=1)
        case.true("Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached because only 1 "
                  "broker(s) are registered." in out + err, f"three replicas: {(out + err)[:300]!r}")


def _pay(w, lines):
    w.tools.call("ConsoleProducer", "--topic", "payments", "--property", "parse.key=true", "--property", "key.separator=|",
                 stdin="".join(f"{k}|{v}\n" for k, v in lines))


def _console(w):
    with w.case("console producer: the same key goes to the same partition, in order") as case:
        _pay(w, PAYMENTS)
        ends = w.values("payments")
        case.equal(sum(ends.values()), len(PAYMENTS), "records")
        stood = {}
        for p in ends:
            for b in w.raw.batches("payments", p):
                for r in b.records():
                    stood.setdefault(r.key.decode(), []).append((p, r.value.decode()))
        for key in {k for k, _ in PAYMENTS}:
            case.equal(len({p for p, _ in stood[key]}), 1, f"partitions of {key}")
            case.equal([v for _, v in stood[key]], [v for k, v in PAYMENTS if k == key], f"values of {key}")
        case.true(len({p for x in stood.values() for p, _ in x}) == 3, "20 keys do not meet all three partitions")

    shown = ("--topic", "payments", "--group", "demo-payments", "--from-beginning", "--property", "print.key=true", "--property",
             "print.partition=true", "--property", "print.offset=true")
    consumers = []

    def settled(*want):
        wait_for(f"shares {want} of the console consumers", lambda: _members(w, "demo-payments") == sorted(want), SETTLE_S, step=0.05)

    def read():
        """(partition, offset) -> (key, value), of all; each is printed once."""
        got = []
        for c in consumers:
            for line in list(c.lines):
                found = re.fullmatch(r"Partition:(\d+)\tOffset:(\d+)\t(\S+)\t(.*)", line)
                if found:
                    got.append(((int(found[1]), int(found[2])), (found[3], found[4])))
        return got

    total = len(PAYMENTS)

    def more(case, what):
        nonlocal total
        _pay(w, PAYMENTS[:60])
        total += 60
        wait_for(f"{total} lines {what}", lambda: len(read()) >= total, SETTLE_S, step=0.05)
        got = read()
        case.equal(len(got), len(dict(got)), f"lines that came twice, {what}")
        case.equal(len(got), total, f"lines {what}")

    def another():
        consumers.append(w.terminal(f"console-{len(consumers) + 1}", "consumer.ConsoleConsumer", *shown))

    with w.case("two console consumers of one group: one has two partitions, the other one") as case:
        another()
        settled(3)
        wait_for("all lines", lambda: len(read()) >= total, SETTLE_S, step=0.05)
        case.equal(sorted(v for _, v in read()), sorted(PAYMENTS), "what the first printed")
        another()
        settled(1, 2)
        more(case, "with two")
    with w.case("a third makes it one each, a fourth idles") as case:
        another()
        settled(1, 1, 1)
        more(case, "with three")
        another()
        settled(0, 1, 1, 1)
        more(case, "with four")
        case.equal(sorted(bool(c.said("Partition")) for c in consumers).count(False) <= 1, True, "more than one idles")
    with w.case("kafka-consumer-groups --describe: GROUP TOPIC PARTITION CURRENT-OFFSET LOG-END-OFFSET LAG CONSUMER-ID HOST CLIENT-ID") as case:
        ends = w.values("payments")
        wait_for("the automatic commits", lambda: committed(w.raw, "demo-payments", "payments") == ends, SETTLE_S, step=0.1)
        out = w.tools.out("consumer.group.ConsumerGroupCommand", "--describe", "--group", "demo-payments")
        case.true(re.search(r"^GROUP +TOPIC +PARTITION +CURRENT-OFFSET +LOG-END-OFFSET +LAG +CONSUMER-ID +HOST +CLIENT-ID *$", out, re.M), out)
        rows = table(out)
        case.equal(sorted((int(r["PARTITION"]), int(r["CURRENT-OFFSET"]), int(r["LOG-END-OFFSET"]), int(r["LAG"])) for r in rows),
                   [(p, e, e, 0) for p, e in sorted(ends.items())], "offsets")
        case.equal(len({r["CONSUMER-ID"] for r in rows}), 3, "consumers with a partition")
    with w.case("one is stopped: the others take over; all but one: it has everything") as case:
        consumers[0].interrupt(130)
        settled(1, 1, 1)
        more(case, "with three again")
        for c in consumers[1:3]:
            c.interrupt(130)
        settled(3)
        more(case, "with the last one")
        consumers[3].interrupt(130)
        wait_for("an empty group", lambda: w.raw.call("DescribeGroups", 5, {"groups": ["demo-payments"]})["groups"][0]["state"] == "Empty", SETTLE_S)
        _pay(w, PAYMENTS[:30])
        rows = table(w.tools.out("consumer.group.ConsumerGroupCommand", "--describe", "--group", "demo-payments"))
        case.equal(sum(int(r["LAG"]) for r in rows), 30, "the lag of a group that is away")


def _partitions(assignment):
    """How many partitions of how many topics an assignment names."""
    at, count = 6, 0
    for _ in range(int.from_bytes(assignment[2:6], "big")):
        at += 2 + int.from_bytes(assignment[at : at + 2], "big")
        n = int.from_bytes(assignment[at : at + 4], "big")
        at, count = at + 4 + 4 * n, count + n
    return count


def _orders(w):
    python = w.python("confluent")
    w.raw.create("orders", 3)
    want = None
    with w.case("confluent_kafka producer: every record delivered, same key same partition") as case:
        p = w.program("confluent_producer.py", python).ended()
        case.equal((len(p.said("delivered")), p.said("failed"), p.said("left")), (300, [], ["0"]), "delivery reports")
        told = [line.split(" ", 4) for line in p.said("delivered")]
        where = {}
        for _, partition, _, key, _ in told:
            case.equal(where.setdefault(key, partition), partition, f"the partition of {key}")
        want = sorted((int(p), int(o), k, v) for _, p, o, k, v in told)
        case.equal([len({(p, o) for p, o, *_ in want}), sorted(json.loads(x[3])["n"] for x in want)], [300, list(range(300))], "records")

    def processed(*programs):
        return sorted((int(p), int(o), k, v) for x in programs for p, o, k, v in (line.split(" ", 3) for line in x.said("processed")))

    with w.case("confluent_kafka consumers, cooperative-sticky and manual commits, beside a group with automatic ones") as case:
        pair = [w.program("confluent_consumer.py", python, name=f"order-processor-{i}") for i in (1, 2)]
        audit = w.program("confluent_auto.py", python)
        wait_for("all is processed", lambda: len(processed(*pair)) >= 300 and len(processed(audit)) >= 300, SETTLE_S, step=0.05)
        case.equal(processed(*pair), want, "what the two processed, each once")
        case.equal(processed(audit), want, "what the other group processed")
        wait_for("the second's share", lambda: _members(w, "order-processor") == [1, 2], SETTLE_S, step=0.05)
        w.fresh = w.program("confluent_producer.py", python, name="again").ended().said("delivered")
        wait_for("the new ones", lambda: len(processed(*pair)) >= 600 and len(processed(audit)) >= 600, SETTLE_S, step=0.05)
        case.true(all(x.said("processed") for x in pair), "one of the two had nothing to do")
        case.equal(len(set(processed(*pair))), 600, "records processed")
        ends = w.values("orders")
        wait_for("the commits", lambda: committed(w.raw, "order-processor", "orders") == ends, SETTLE_S)
        rows = table(w.tools.out("consumer.group.ConsumerGroupCommand", "--describe", "--group", "order-processor"))
        case.equal(sorted((int(r["PARTITION"]), int(r["CURRENT-OFFSET"]), int(r["LAG"])) for r in rows), [(p, e, 0) for p, e in sorted(ends.items())],
                   "--describe")
        for x in (*pair, audit):
            x.interrupt()
            case.equal(x.lines[-1], "closed", "the end")
        case.equal(committed(w.raw, "order-audit", "orders"), ends, "what the automatic commits left")


def _members(w, group):
    """How many partitions each member of a stable group has."""
    g = w.raw.call("DescribeGroups", 5, {"groups": [group]})["groups"][0]
    return sorted(_partitions(m["assignment"]) if m["assignment"] else 0 for m in g["members"]) if g["state"] == "Stable" else None


def _replay(w):
    """Groups that have read everything read again: the console consumer and two programs, at once."""
    python, command = w.python("confluent"), "consumer.group.ConsumerGroupCommand"
    ends, payments = w.values("orders"), sum(w.values("payments").values())
    with w.case("--reset-offsets --to-earliest, --to-datetime, --shift-by --execute replay") as case:
        for group, topic, args, count in (("demo-payments", "payments", ("--to-earliest",), payments),
                                          ("order-audit", "orders", ("--to-datetime", "2020-01-01T00:00:00.000"), sum(ends.values())),
                                          ("order-processor", "orders", ("--shift-by", -5), 15)):
            w.tools.out(command, "--reset-offsets", "--group", group, "--topic", topic, *args, "--execute")
            rows = table(w.tools.out(command, "--describe", "--group", group))
            case.equal(sum(int(r["LAG"]) for r in rows), count, f"the lag of {group} after {args}")
        audit = w.program("confluent_auto.py", python, name="replay-audit")
        processor = w.program("confluent_consumer.py", python, name="replay-processor")
        out = w.tools.out("consumer.ConsoleConsumer", "--topic", "payments", "--group", "demo-payments", "--max-messages", payments,
                          "--timeout-ms", 60_000)
        case.equal(len(out.splitlines()), payments, "payments that came again")
        for x, count in ((audit, sum(ends.values())), (processor, 15)):
            wait_for("the replay", lambda x=x, n=count: len(x.said("processed")) >= n, SETTLE_S, step=0.05)
        wait_for("the commits", lambda: committed(w.raw, "order-processor", "orders") == ends, SETTLE_S)
        for x, count in ((audit, sum(ends.values())), (processor, 15)):
            x.interrupt()
            case.equal(len(x.said("processed")), count, f"processed by {x.name}")
        case.equal(w.values("orders"), ends, "reading and committing deletes nothing")


def _once(w):
    python = w.python("confluent")
    w.raw.create("jobs")
    w.raw.produce("jobs", 0, batch.make([batch.Record(b"k", b"job %d" % i, int(time.time() * 1000)) for i in range(10)]))
    with w.case("at most once loses what failed, at least once does it again") as case:
        how = ("at-most-once", "at-least-once")
        for x in [w.program("confluent_semantics.py", python, h, 4, name=f"{h}-fails") for h in how]:
            case.equal(x.ended().said("processed"), [f"0 {i}" for i in range(4)], f"{x.name}: before it failed")
        again = [w.program("confluent_semantics.py", python, h, -1, name=f"{h}-again") for h in how]
        for x, then in zip(again, ([5, 6, 7, 8, 9], [4, 5, 6, 7, 8, 9])):
            wait_for(f"the rest, {x.name}", lambda x=x: x.said("processed")[-1:] == ["0 9"], SETTLE_S, step=0.05)
            x.interrupt()
            case.equal(x.said("processed"), [f"0 {i}" for i in then], x.name)
    with w.case("exactly once: a transactional copy, a transaction that is given up, read_committed") as case:
        w.raw.create("invoices", 3)
        w.raw.call("OffsetCommit", 8, {"group": "exactly-once", "topics": [{"name": "orders", "partitions": [
            {"index": p, "offset": _half(w, p)} for p in range(3)]}]})
        left = sum(w.raw.end("orders", p) - _half(w, p) for p in range(3))
        case.equal(left, 300, "records that are left to copy")
        x = w.program("confluent_exactly_once.py", python).ended()
        case.equal(x.said("copied"), ["300"], "copied")
        got = w.tools.out("consumer.ConsoleConsumer", "--topic", "invoices", "--from-beginning", "--max-messages", 300, "--timeout-ms", 60_000,
                          "--isolation-level", "read_committed", "--property", "print.key=true").splitlines()
        want = ["{3}\tinvoice of {4}".format(*line.split(" ", 4)) for line in w.fresh]
        case.equal(sorted(got), sorted(want), "invoices")
        case.true("never to be seen" not in "".join(w.tools.out(
            "consumer.ConsoleConsumer", "--topic", "invoices", "--from-beginning", "--timeout-ms", 1500, "--isolation-level", "read_committed")),
            "what was given up is seen")
        case.equal(committed(w.raw, "exactly-once", "orders"), w.values("orders"), "offsets of the transactions")


def _half(w, p):
    """The first run's records are the first half of each partition."""
    return w.raw.end("orders", p) // 2


def _others(w):
    """All of these at once: each has topics of its own, and most of the time they wait for their groups."""
    hello = w.program("confluent_hello.py", w.python("confluent"))
    for topic in ("signals", "test-topic"):
        w.raw.create(topic)
    signals = w.program("aiokafka_both.py", w.python("aiokafka"))
    command = toolchain.node_driver("kafkajs")
    modules = os.path.join(os.path.dirname(command[-1]), "node_modules")
    script = w.program("kafkajs_both.js", command[:-1], env={"NODE_PATH": modules, "KAFKAJS_NO_PARTITIONER_WARNING": "1"})
    for which in ("kafkapython", "kafkapython2"):
        with w.case(f"{REQUIREMENTS[which][0]}: admin, producer, consumer") as case:
            python = w.python(which)
            case.equal(w.program("kafka_python_admin.py", python, name=f"{which}-admin").ended().said("listed"), ["True"], "the topic is listed")
            w.raw.wait_leaders("events", 3)
            x = w.program("kafka_python_producer.py", python, name=f"{which}-producer").ended()
            case.equal(len(set(x.said("sent"))), 50, "acknowledgements")
            case.equal(sum(w.values("events").values()), 51, "records")
            x = w.program("kafka_python_consumer.py", python, name=f"{which}-consumer")
            wait_for("what it reads", lambda x=x: len(x.said("got")) >= 51, SETTLE_S, step=0.05)
            x.interrupt(-signal.SIGINT)
            values = [line.split(" ", 3)[3] for line in x.said("got")]
            case.equal(sorted(values), sorted([f"event {i}" for i in range(50)] + ['{"a": 1}']), "values")
            case.equal(len({line.split()[0] for line in x.said("got") if " user-1 " in line}), 1, "partitions of a key")
            # Interrupted like that it leaves without a word; an administrator removes it, and the topic.
            gone = w.raw.call("DescribeGroups", 5, {"groups": ["g"]})["groups"][0]["members"]
            w.raw.call("LeaveGroup", 3, {"group": "g", "members": [{"member": m["member"]} for m in gone]})
            case.true("was successful" in w.tools.out("consumer.group.ConsumerGroupCommand", "--delete", "--group", "g"), "the group's end")
            w.tools.topics("--delete", "--topic", "events")
            wait_for("the topic's end", lambda: w.raw.topic("events")["error"] == 3)
    with w.case("confluent_kafka, at its shortest: create_topics, produce with a callback, subscribe") as case:
        x = hello.ended()
        case.equal((x.said("created"), len(x.said("acked None"))), (["hello"], 60), "created and acknowledged")
        case.equal(sorted(x.said("got")), sorted([f"v{i}" for i in range(60)] + ["last"]), "what it got")
        case.true(len(set(x.said("acked None"))) > 1, "records without a key all went to one partition")
    with w.case("aiokafka: send_and_wait, a consumer of a group") as case:
        case.equal(signals.ended().said("got"), [f"0 {i} signal {i}" for i in range(30)], "what it got")
    with w.case("kafkajs: the README's first program") as case:
        x = script.ended()
        case.equal(x.said("got"), [f"test-topic 0 {i} {v}" for i, v in enumerate(("Hello KafkaJS user!", "hello world", "hey hey!"))], "what it got")
        case.equal(x.lines[-1], "closed", "the end")


def _promises(w):
    with w.case("promises: offsets and reading delete nothing, keys move when partitions are added, min.insync.replicas") as case:
        starts = w.tools.out("GetOffsetShell", "--topic", "orders", "--time", "earliest").split()
        case.equal(starts, [f"orders:{p}:0" for p in range(3)], "earliest offsets after all that reading")
        before = _places(w, "payments")
        w.tools.topics("--alter", "--topic", "payments", "--partitions", 12)
        w.raw.wait_leaders("payments", 12)
        _pay(w, PAYMENTS[:60])
        after = _places(w, "payments")
        case.true(any(after[k] != before[k] for k in before), "every key still goes where it went")
        w.raw.create("careful", 1, {"min.insync.replicas": 2})
        record = batch.make([batch.Record(b"k", b"v", int(time.time() * 1000))])
        # Kafka asks for no more replicas than a partition has.
        case.equal([w.raw.produce("careful", 0, record, acks=a)["error"] for a in (-1, 1)], [0, 0], "acks=all and 1, two in sync of one replica")


def _places(w, topic):
    """Key -> the partition of its last record."""
    latest = {}
    for p in w.values(topic):
        for b in w.raw.batches(topic, p):
            for r in b.records():
                if r.timestamp >= latest.get(r.key, (0, 0))[0]:
                    latest[r.key] = (r.timestamp, p)
    return {k: p for k, (_, p) in latest.items()}


def _needs():
    toolchain.node_driver("kafkajs")
    for name, packages in REQUIREMENTS.items():
        toolchain.venv(name, *packages)
    return toolchain.java_driver()


_suite.needs = _needs
SUITES = {"tutorials": _suite}
