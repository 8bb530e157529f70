"""Consumer groups as clients and Kafka's tools use them: three partitions shared out, taken over, read again; offsets, callbacks,
idle members; kafka-consumer-groups and the console consumer."""
import os
import re
import time

from lib import batch, toolchain
from lib.report import Failure
from lib.target import wait_for
from suites.tools import Tools

PARTITIONS = 3
EACH = 50  # records of each partition
SETTLE_S = 120
SESSION_MS = 30_000  # of members that do not die: a busy machine may keep a process waiting for longer than the drivers' 6 s
# What they are, and how long one poll takes, ms: kafka-python joins anew when a poll ends before the join does.
CLIENTS = {"confluent": (lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), 100),
           "kafkapython": (lambda: toolchain.python_driver("kafkapython", "kafka-python[crc32c,lz4,snappy,zstd]==3.0.12"), 1000),
           "aiokafka": (lambda: toolchain.python_driver("aiokafka", "aiokafka[lz4,snappy,zstd]==0.14.0"), 100),
           "java": (toolchain.java_driver, 100),
           "franz": (lambda: toolchain.go_driver("franz"), 100),
           "sarama": (lambda: toolchain.go_driver("sarama"), 100),
           "kafkago": (lambda: toolchain.go_driver("kafkago"), 100),
           "rdkafka": (lambda: toolchain.rust_driver("rdkafka"), 100),
           "kafkajs": (lambda: toolchain.node_driver("kafkajs"), 100)}
if toolchain.LONG:
    CLIENTS["kafkapython2"] = (lambda: toolchain.python_driver("kafkapython", "kafka-python[crc32c,lz4,snappy,zstd]==2.3.0"), 1000)
# The same again with other releases of Kafka's client, and other libraries (groups_more.py).
MORE = {**{f"java{v}": (lambda v=v: toolchain.java_driver(v), 100) for v in ("2.1.1", "2.8.2", "3.9.1", "4.4.0")},
        "kafka-javascript": (lambda: toolchain.node_driver("kafka-javascript", toolchain.kafka_javascript), 100),
        "platformatic": (lambda: toolchain.node_driver("platformatic", least=(22, 22)), 100)}
ALL = {(p, o) for p in range(PARTITIONS) for o in range(EACH)}


class Group:
    """Members of one group on one topic, in one driver or several."""

    def __init__(self, driver, group, topic, poll_ms):
        self.driver, self.group, self.topic, self.poll_ms = driver, group, topic, poll_ms
        self.members, self.read, self.owned, self.told = {}, [], {}, {}

    def join(self, member, driver=None, **config):
        self.members[member] = driver or self.driver
        self.members[member].do("join", member=member, group=self.group, topic=self.topic, **({"session_ms": SESSION_MS} | config))
        self.owned[member], self.told[member] = [], []

    def leave(self, member):
        self.members[member].do("leave", member=member)
        self.forget(member)

    def forget(self, member):
        """It leaves without a word."""
        del self.members[member]
        del self.owned[member]

    def turn(self, *idle):
        """A poll of each but the idle."""
        for driver in dict.fromkeys(self.members.values()):
            names = [m for m, d in self.members.items() if d is driver and m not in idle]
            for name, m in (driver.do("turn", members=names, ms=self.poll_ms)["members"] if names else {}).items():
                self.read += [tuple(r) for r in m["records"]]
                self.owned[name] = m["owned"]
                self.told[name] += m["told"]

    def until(self, what, condition, *idle):
        def done():
            self.turn(*idle)
            return condition()

        def tell():  # as it is now, not as it was when the wait began
            last = {p: max(o for q, o in self.read if q == p) for p in {q for q, _ in self.read}}
            return f"{what} (owned: {self.owned}, told: {self.told}, {len(self.read)} records read, up to {last})"

        wait_for(tell, done, SETTLE_S, step=0)

    def shares(self):
        return sorted(len(o) for o in self.owned.values())

    def until_shared(self, *shares):
        """So many partitions for each member, each partition with one."""
        self.until(f"{self.group}: {shares}", lambda: self.shares() == sorted(shares) and sorted(
            p for o in self.owned.values() for p in o) == list(range(PARTITIONS)))

    def settle(self):
        for member in self.members:
            if self.owned[member]:
                self.members[member].do("settle", member=member)

    def end(self):
        for member in list(self.members):
            self.leave(member)


def produce(raw, topic, *partitions):
    """EACH records in each of them."""
    now = int(time.time() * 1000)
    for p in partitions:
        got = raw.produce(topic, p, batch.make([batch.Record(None, b"%d" % i, now) for i in range(EACH)]))
        if got["error"] != 0:
            raise Failure(f"produce to {topic}-{p}: {got}")


def committed(raw, group, topic):
    """Partition -> offset, by what the coordinator says."""
    got = raw.call("OffsetFetch", 8, {"groups": [{"group": group, "topics": [
        {"name": topic, "partitions": list(range(PARTITIONS))}]}]})["groups"][0]
    return {p["index"]: p["offset"] for p in got["topics"][0]["partitions"]}


def client(run, name, command, poll_ms):
    driver = run.driver(f"groups-{name}", command())
    topic = f"groups-{name}-{run.tag}"
    run.raw.create(topic, PARTITIONS)
    produce(run.raw, topic, *range(PARTITIONS))
    group = f"{topic}-g"

    def case(what):
        return run.report.case(f"groups: {name}: {what}")

    g = Group(driver, group, topic, poll_ms)
    with case("one member has every partition and reads from the beginning") as c:
        g.join("one")
        g.until_shared(PARTITIONS)
        g.until("all is read", lambda: len(g.read) >= len(ALL))
        c.equal(sorted(g.read), sorted(ALL), "what was read, each once")
        c.equal([t for t in g.told["one"] if t[1]], [["assign", [0, 1, 2]]], "what the callbacks were told")
        g.settle()
        c.equal(committed(run.raw, group, topic), {p: EACH for p in range(PARTITIONS)}, "committed")
    with case("a second member takes its share") as c:
        g.join("two")
        g.until_shared(1, 2)
        c.true(["revoke", [0, 1, 2]] in g.told["one"], f"the first was told {g.told['one']}")
        c.equal(g.told["one"][-1], ["assign", g.owned["one"]], "the first was told last")
        c.equal(g.told["two"][-1], ["assign", g.owned["two"]], "the second was told last")
    with case("of four members one is idle") as c:
        g.join("three")
        g.join("four")
        g.until_shared(0, 1, 1, 1)
        c.equal(len(set(map(tuple, g.owned.values()))), 4, "different shares")
    with case("who stays takes over, from where the others were") as c:
        g.leave("one")
        g.leave("two")
        g.leave("three")
        g.until_shared(PARTITIONS)
        produce(run.raw, topic, 1)
        g.until("the new records are read", lambda: len(g.read) >= len(ALL) + EACH)
        c.equal(sorted(g.read), sorted(ALL | {(1, EACH + o) for o in range(EACH)}), "what the group read, each once")
        g.settle()
    with case("another group reads everything, and the first reads nothing again") as c:
        other = Group(driver, f"{group}-other", topic, poll_ms)
        other.join("other")
        other.until("all is read", lambda: len(other.read) >= len(ALL) + EACH)
        c.equal(sorted(other.read), sorted(g.read), "what the other group read")
        g.end()
        back = Group(driver, group, topic, poll_ms)
        back.join("back")
        back.until_shared(PARTITIONS)
        produce(run.raw, topic, 2)
        back.until("the new records are read", lambda: len(back.read) >= EACH)
        c.equal(sorted(back.read), [(2, EACH + o) for o in range(EACH)], "what is new")
        other.end()
        back.end()


def _tools(run):
    t = Tools(run, run.driver("groups-tools", toolchain.java_driver()), run.target.address, run.raw)
    confluent = run.driver("groups-busy", CLIENTS["confluent"][0]())
    topic = f"groups-tools-{run.tag}"
    name = f"{topic}-g"
    run.raw.create(topic, PARTITIONS)
    produce(run.raw, topic, *range(PARTITIONS))
    command = "consumer.group.ConsumerGroupCommand"

    def groups(*args, **more):
        return t.out(command, *args, **more)

    def rows(*args):
        """Of --describe: partition -> (current offset, log end offset, lag)."""
        out = groups("--describe", "--group", name, *args)
        lines = [line.split() for line in out.splitlines() if line.startswith(name)]
        return {int(line[2]): tuple(line[3:6]) for line in lines if line[2].isdigit()}

    def case(what):
        return run.report.case(f"groups: tools: {what}")

    with case("console-consumer --group reads everything once and commits") as c:
        console = ("--topic", topic, "--group", name, "--from-beginning", "--timeout-ms", 60_000)
        got = t.out("consumer.ConsoleConsumer", *console, "--max-messages", len(ALL))
        c.equal(sorted(got.split()), sorted(str(o) for _, o in ALL), "what it printed")
        c.equal(committed(run.raw, name, topic), {p: EACH for p in range(PARTITIONS)}, "committed")
    produce(run.raw, topic, 0)
    with case("--list, --describe") as c:
        c.true(name in groups("--list").split(), "the list lacks the group")
        c.true(re.search(rf"^{name} +Empty", groups("--list", "--state", "Empty"), re.M) is not None, "not listed as empty")
        c.true(name not in groups("--list", "--state", "Stable"), "listed as stable")
        want = {0: ("50", "100", "50"), 1: ("50", "50", "0"), 2: ("50", "50", "0")}
        c.equal(rows(), want, "offsets, ends and lags")
        c.true(re.search(r"GROUP +TOPIC +PARTITION +CURRENT-OFFSET +LOG-END-OFFSET +LAG",
                         groups("--describe", "--group", name)) is not None, "the heading")
    g = Group(confluent, name, topic, 100)
    with case("members and state of a group at work; what is refused then") as c:
        g.join("busy")
        g.until_shared(PARTITIONS)
        g.until("the rest is read", lambda: len(g.read) >= EACH)
        g.settle()
        c.equal(sorted(g.read), [(0, EACH + o) for o in range(EACH)], "what it read")
        c.true(re.search(rf"^{name} +{topic} +0 +100 +100 +0 +busy-\S+ +/127.0.0.1 +busy *$", groups(
            "--describe", "--group", name, "--offsets"), re.M) is not None, "offsets with their members")
        c.true(name in groups("--describe", "--all-groups", "--state"), "not among all groups")
        c.true(re.search(rf"^{name} +Classic +Stable", groups("--list", "--type", "classic", "--state"), re.M | re.I) is not None,
               "not listed as classic and stable")
        members = groups("--describe", "--group", name, "--members", "--verbose")
        c.true(re.search(rf"^{name} +busy-\S+ +/127.0.0.1 +busy +3 .*{topic}:0,1,2 ", members, re.M) is not None, f"members: {members!r}")
        state = groups("--describe", "--group", name, "--state")
        c.true(re.search(rf"^{name} +\S+:\d+ +\(\d+\) +range +Stable +1$", state, re.M) is not None, f"state: {state!r}")
        out = "".join(t.call(command, "--delete", "--group", name))
        c.true("GroupNotEmptyException" in out, f"delete says {out[:300]!r}")
        out = "".join(t.call(command, "--reset-offsets", "--group", name, "--topic", topic, "--to-earliest", "--execute"))
        c.true("is 'Stable'" in out or "not inactive" in out or "inactive" in out, f"reset says {out[:300]!r}")
    g.end()
    with case("--reset-offsets in its forms replays") as c:
        for args, want in ((("--to-earliest",), (0, 0, 0)), (("--to-latest",), (100, 50, 50)), (("--to-offset", 7), (7, 7, 7)),
                           (("--shift-by", -2), (5, 5, 5)), (("--by-duration", "PT1H"), (0, 0, 0)),
                           (("--to-datetime", "2100-01-01T00:00:00.000"), (100, 50, 50)), (("--to-current",), (100, 50, 50))):
            groups("--reset-offsets", "--group", name, "--topic", topic, *args, "--execute")
            c.equal(committed(run.raw, name, topic), dict(enumerate(want)), f"offsets after {args}")
        out = groups("--reset-offsets", "--group", name, "--topic", topic, "--to-earliest", "--dry-run")
        c.equal(sorted(re.findall(rf"^{name} +{topic} +(\d) +(\d+) *$", out, re.M)), [("0", "0"), ("1", "0"), ("2", "0")], "a dry run says")
        c.equal(committed(run.raw, name, topic), {0: 100, 1: 50, 2: 50}, "offsets after a dry run")
        groups("--reset-offsets", "--all-groups", "--all-topics", "--to-earliest", "--dry-run")
        plan = groups("--reset-offsets", "--group", name, "--all-topics", "--shift-by", -20, "--export")
        c.equal(sorted(plan.split()), sorted(f'{topic},{p},{o}' for p, o in ((0, 80), (1, 30), (2, 30))), "the plan that is exported")
        path = os.path.join(run.folder, "plan.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.write(plan)
        groups("--reset-offsets", "--group", name, "--from-file", path, "--execute")
        c.equal(committed(run.raw, name, topic), {0: 80, 1: 30, 2: 30}, "offsets from the file")
        groups("--reset-offsets", "--group", name, "--topic", f"{topic}:0,2", "--by-duration", "PT0S", "--execute")
        c.equal(committed(run.raw, name, topic), {0: 100, 1: 30, 2: 50}, "offsets after --by-duration of some partitions")
        groups("--reset-offsets", "--group", name, "--topic", f"{topic}:1", "--to-latest", "--execute")
        groups("--reset-offsets", "--group", name, "--topic", f"{topic}:1", "--to-earliest", "--execute")
        got = t.out("consumer.ConsoleConsumer", "--topic", topic, "--group", name, "--timeout-ms", 60_000, "--max-messages", EACH)
        c.equal(sorted(got.split()), sorted(str(o) for o in range(EACH)), "replayed")
    with case("--delete-offsets, --delete") as c:
        groups("--delete-offsets", "--group", name, "--topic", f"{topic}:2")
        c.equal(committed(run.raw, name, topic), {0: 100, 1: 50, 2: -1}, "offsets afterwards")
        out = groups("--delete", "--group", name)
        c.true("was successful" in out, f"delete says {out[:300]!r}")
        c.true(name not in groups("--list").split(), "the group is still listed")


def _suite(run):
    for name, (command, poll_ms) in CLIENTS.items():
        client(run, name, command, poll_ms)
        run.end_drivers()
    _tools(run)


SUITES = {"groups": _suite}
