"""Groups of the new consumer protocol (KIP-848): the Java client and confluent-kafka with group.protocol=consumer share, take over,
come back, subscribe by expression; classic members join and stay; kafka-consumer-groups looks on; a broker that is killed."""
import glob
import os
import re
import signal

from lib.driver import Driver
from lib.raw import Raw
from lib.target import wait_for
from suites.groups import ALL, CLIENTS, EACH, MORE, PARTITIONS, SETTLE_S, Group, committed, produce
from suites.tools import Tools

# Heartbeats come often and sessions end soon: what takes 45 s by default takes 4.
KEYS = {"group.consumer.min.heartbeat.interval.ms": 100, "group.consumer.heartbeat.interval.ms": 300,
        "group.consumer.min.session.timeout.ms": 1000, "group.consumer.session.timeout.ms": 4000,
        "group.min.session.timeout.ms": 1000, "offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 1}
NAMES = ("java", "confluent")


class Scene:
    def __init__(self, run, name="consumer_groups"):
        self.run = run
        self.broker = run.broker(name, KEYS)
        self.broker.start()
        self.raw = Raw(self.broker.address)
        self.count = 0

    def driver(self, name):
        self.count += 1
        log = os.path.join(self.run.folder, f"driver-consumer-{name}-{self.count}.log")
        d = Driver(name, {**CLIENTS, **MORE}[name][0](), self.broker.address, log)
        self.run.drivers.append(d)
        return d

    def topic(self, name, partitions=PARTITIONS):
        self.raw.create(name, partitions)
        produce(self.raw, name, *range(partitions))
        return name

    def case(self, what):
        return self.run.report.case(f"consumer_groups: {what}")

    def patient(self, name):
        """Nobody of this group is to die: a busy machine may keep a client waiting for longer than the others' 4 s."""
        got = self.raw.call("IncrementalAlterConfigs", 1, {"resources": [{"type": 32, "name": name, "configs": [
            {"name": "consumer.session.timeout.ms", "op": 0, "value": "60000"}]}]})
        assert got["resources"][0]["error"] == 0, got
        return name

    def group(self, name):
        """As ConsumerGroupDescribe tells it."""
        return self.raw.call("ConsumerGroupDescribe", 1, {"groups": [name]})["groups"][0]


class Party(Group):
    """A Group whose members speak the new protocol unless they say otherwise."""

    def join(self, member, **config):
        super().join(member, **({"protocol": "consumer"} | config))

    def until_told(self, *shares):
        """Shared so, and everybody has heard of it: Java's callbacks may come a poll later."""
        def heard(member):
            net = set()
            for what, partitions in self.told[member]:
                net = net | set(partitions) if what == "assign" else net - set(partitions)
            return net == set(self.owned[member])

        self.until_shared(*shares)
        self.until("everybody is told", lambda: all(heard(m) for m in self.members))
        self.until_shared(*shares)


def sharing(s, name):
    driver = s.driver(name)
    topic = s.topic(f"share-{name}")
    group = s.patient(f"{topic}-g")
    g = Party(driver, group, topic, 100)
    with s.case(f"{name}: one member has all, reads it, commits") as c:
        g.join("one")
        g.until_shared(PARTITIONS)
        g.until("all is read", lambda: len(g.read) >= len(ALL))
        c.equal(sorted(g.read), sorted(ALL), "what was read, each once")
        g.settle()
        c.equal(committed(s.raw, group, topic), {p: EACH for p in range(PARTITIONS)}, "committed")
        got = s.group(group)
        c.equal((got["error"], got["state"], got["assignor"], len(got["members"])), (0, "Stable", "uniform", 1), "what it is")
    with s.case(f"{name}: a second takes its share, and only that stops") as c:
        g.join("two")
        g.until_told(1, 2)
        moved = g.owned["two"]
        c.equal([t for t in g.told["one"] if t[1]], [["assign", [0, 1, 2]], ["revoke", moved]], "the first was told")
        c.equal([t for t in g.told["two"] if t[1]], [["assign", moved]], "the second was told")
    with s.case(f"{name}: of four one is idle, and nobody's share but theirs moves") as c:
        g.join("three")
        g.join("four")
        g.until_shared(0, 1, 1, 1)
        wait_for("the group is stable", lambda: (g.turn(), s.group(group)["state"] == "Stable")[1], SETTLE_S, step=0)
        c.equal(len(g.owned), 4, "members")
    with s.case(f"{name}: who stays takes over, from where the others were") as c:
        for member in ("one", "two", "three"):
            g.leave(member)
        g.until_shared(PARTITIONS)
        produce(s.raw, topic, 1)
        g.until("the new records are read", lambda: len(g.read) >= len(ALL) + EACH)
        c.equal(sorted(g.read), sorted(ALL | {(1, EACH + o) for o in range(EACH)}), "what the group read, each once")
        g.settle()
        g.end()
        wait_for("the group to be empty", lambda: s.group(group)["state"] == "Empty")  # a client may not wait for its farewell's answer
    with s.case(f"{name}: a member dies; another has its share when the session has ended") as c:
        dying = s.driver(name)
        h, d = Party(driver, f"{topic}-h", topic, 100), Party(dying, f"{topic}-h", topic, 100)
        h.join("stays")
        h.until_shared(PARTITIONS)
        d.join("dies")

        def shared():
            h.turn()
            d.turn()
            return len(h.owned["stays"]) + len(d.owned["dies"]) == PARTITIONS and len(d.owned["dies"]) > 0

        wait_for("both have a share", shared, SETTLE_S, step=0)
        dying.process.kill()
        h.until_shared(PARTITIONS)
        c.equal(len(s.group(f"{topic}-h")["members"]), 1, "members that are left")
        h.end()
    s.run.end_drivers()


def static(s, name):
    topic = s.topic(f"static-{name}")
    group = s.patient(f"{topic}-g")
    with s.case(f"{name}: a static member comes back to what it had") as c:
        g = Party(s.driver(name), group, topic, 100)
        g.join("one", instance="i1")
        g.join("two", instance="i2")
        g.until_told(1, 2)
        had = g.owned["two"]
        g.told["one"].clear()
        g.leave("two")
        g.join("two", instance="i2")
        g.until_shared(1, 2)
        c.equal(g.owned["two"], had, "what it has")
        c.equal([t for t in g.told["one"] if t[1]], [], "what the other was told")
        c.equal(sorted(m["instance"] for m in s.group(group)["members"]), ["i1", "i2"], "instances")
        g.end()
    s.run.end_drivers()


def _regex(s, name):
    first = s.topic(f"regex-{name}-a", 2)
    s.raw.create(f"other-{name}", 1)
    with s.case(f"{name}: an expression finds topics, also new ones") as c:
        g = Party(s.driver(name), s.patient(f"{first}-g"), f"regex-{name}-.*", 100)
        g.join("one", regex=True)
        g.until("the first is found", lambda: g.owned["one"] == [0, 1])
        produce(s.raw, s.topic(f"regex-{name}-b", 1), 0)
        g.until("the second is found", lambda: g.owned["one"] == [0, 0, 1])
        c.equal(len(s.group(f"{first}-g")["members"][0]["assignment"]["topics"]), 2, "topics")
        g.end()
    s.run.end_drivers()


def _migration(s, name):
    """A classic group of which one member after the other changes over, and back."""
    topic = s.topic(f"move-{name}")
    group = s.patient(f"{topic}-g")
    g = Party(s.driver(name), group, topic, 100)
    with s.case(f"{name}: a classic group becomes a consumer group while it works") as c:
        for member in ("one", "two"):
            g.join(member, protocol="classic", strategy="cooperative-sticky")
        g.until_shared(1, 2)
        c.equal(s.group(group)["error"], 69, "it is none yet")
        g.join("three")
        g.until_shared(1, 1, 1)
        kinds = sorted(m["kind"] for m in s.group(group)["members"])
        c.equal(kinds, [0, 0, 1], "kinds of members")
        g.until("all is read", lambda: len(set(g.read)) >= len(ALL))
    with s.case(f"{name}: the last classic member goes, and a new one comes") as c:
        g.leave("one")
        g.leave("two")
        g.until_shared(PARTITIONS)
        c.equal([m["kind"] for m in s.group(group)["members"]], [1], "kinds of members")
        g.join("four", protocol="classic", strategy="cooperative-sticky")
        g.until_shared(1, 2)
    with s.case(f"{name}: it becomes classic again when the last new one goes") as c:
        g.leave("three")
        g.until_shared(PARTITIONS)
        c.equal(s.group(group)["error"], 69, "it is none any more")
        got = s.raw.call("DescribeGroups", 5, {"groups": [group]})["groups"][0]
        c.equal((got["type"], len(got["members"])), ("consumer", 1), "the classic group")
        g.end()
    s.run.end_drivers()


def _assignor(s):
    topic = s.topic("range", 7)
    with s.case("java: the range assignor") as c:
        g = Party(s.driver("java"), s.patient("range-g"), topic, 100)
        g.join("one", assignor="range")
        g.join("two", assignor="range")
        g.until("both have a range", lambda: sorted(map(tuple, g.owned.values())) == [(0, 1, 2, 3), (4, 5, 6)])
        c.equal(s.group("range-g")["assignor"], "range", "assignor")
        g.end()
    s.run.end_drivers()


def _tools(s):
    t = Tools(s.run, s.driver("java"), s.broker.address, s.raw)
    topic = s.topic("tools")
    command = "consumer.group.ConsumerGroupCommand"
    g = Party(s.driver("confluent"), s.patient("tools-g"), topic, 100)
    with s.case("kafka-consumer-groups describes members, state and lag") as c:
        g.join("busy")
        g.until_shared(PARTITIONS)
        g.until("all is read", lambda: len(g.read) >= len(ALL))
        g.settle()
        rows = [line.split() for line in t.out(command, "--describe", "--group", "tools-g").splitlines()]
        c.equal(sorted(r[2:6] for r in rows if r and r[0] == "tools-g"), [[str(p), "50", "50", "0"] for p in range(PARTITIONS)],
                "partition, offset, end, lag")
        out = t.out(command, "--describe", "--group", "tools-g", "--members", "--verbose")
        c.true(re.search(rf"^tools-g +\S+ +/127.0.0.1 +busy +3 +.*{topic}:0,1,2", out, re.M) is not None, f"members: {out!r}")
        out = t.out(command, "--describe", "--group", "tools-g", "--state")
        c.true(re.search(r"^tools-g +\S+:\d+ +\(\d+\) +uniform +Stable +1", out, re.M) is not None, f"state: {out!r}")
        out = t.out(command, "--list", "--type", "consumer")
        c.true("tools-g" in out.split(), f"list: {out!r}")
        out = "".join(t.call(command, "--delete", "--group", "tools-g"))
        c.true("GroupNotEmptyException" in out, f"delete says {out[:300]!r}")
        g.end()
        c.true("was successful" in t.out(command, "--delete", "--group", "tools-g"), "delete of an empty one")
    with s.case("kafka-configs sets what one group waits for") as c:
        t.configs("--alter", "--entity-type", "groups", "--entity-name", "g", "--add-config", "consumer.heartbeat.interval.ms=200")
        got = s.raw.call("DescribeConfigs", 4, {"resources": [{"type": 32, "name": "g", "keys": ["consumer.heartbeat.interval.ms"]}]})
        c.equal(got["resources"][0]["configs"][0]["value"], "200", "what is described")
    s.run.end_drivers()


def _files(s):
    """Kafka's decoder reads the records, and a real Kafka that is given the directory has the group; and back."""
    topic = s.topic("files")
    # Its static members are away while the directory goes from broker to broker, and not for longer than their sessions.
    g = Party(s.driver("confluent"), s.patient("files-g"), topic, 100)
    g.join("one", instance="i1")
    g.join("two", instance="i2")
    g.until_shared(1, 2)
    wait_for("the group is stable", lambda: (g.turn(), s.group("files-g")["state"] == "Stable")[1], SETTLE_S, step=0)
    had = {m["instance"]: m["assignment"]["topics"][0]["partitions"] for m in s.group("files-g")["members"]}
    epoch = s.group("files-g")["epoch"]
    g.end()  # static members keep their places
    s.raw.close()
    with s.case("dump-log decodes the records of a group") as c:
        c.equal(s.broker.stop(), 0, "status")
        s.run.end_drivers()
        driver = Driver("java", CLIENTS["java"][0](), s.broker.address, os.path.join(s.run.folder, "driver-consumer-dump.log"))
        s.run.drivers.append(driver)
        files = sorted(glob.glob(os.path.join(s.broker.data, "__consumer_offsets-*", "*.log")))
        got = driver.do("tool", 180, **{"class": "kafka.tools.DumpLogSegments"}, stdin="",
                        args=["--offsets-decoder", "--deep-iteration", "--files", ",".join(files)])
        c.equal(got["exit"], 0, "status of dump-log")
        for kind in range(3, 9):
            c.true(re.search(rf'key: {{"type":"{kind}"', got["out"]) is not None or kind == 4, f"no record of type {kind}")
        c.true(re.search(r'"type":"16"', got["out"]) is not None, "no record of an expression")
        c.true("Could not decode" not in got["out"], "something could not be decoded")
    s.run.end_drivers()
    others = {"millrace": "kafka", "kafka": "millrace"}
    for kind in (others[s.run.kind], s.run.kind):
        with s.case(f"the directory in a {kind}: the group is there") as c:
            broker = s.run.broker(f"consumer_groups-then-{kind}", KEYS, kind=kind, data=s.broker.data)
            broker.start()
            raw = Raw(broker.address)

            def described():
                return raw.call("ConsumerGroupDescribe", 1, {"groups": ["files-g"]})["groups"][0]

            wait_for("the coordinator", lambda: described()["error"] == 0, 60)
            got = described()
            c.equal({m["instance"]: m["assignment"]["topics"][0]["partitions"] for m in got["members"]}, had, "who has what")
            c.equal(got["epoch"], epoch, "the group's epoch")
            c.equal([m["epoch"] for m in got["members"]], [-2, -2], "they are away")
            raw.close()
            c.equal(broker.stop(), 0, "status")


def _restart(s):
    topic = s.topic("restart")
    g = Party(s.driver("confluent"), s.patient("restart-g"), topic, 100)
    with s.case("members go on after the broker was killed") as c:
        g.join("one")
        g.join("two")
        g.until_told(1, 2)
        before, epoch = dict(g.owned), s.group("restart-g")["epoch"]
        for t in g.told.values():
            t.clear()
        s.broker.process.send_signal(signal.SIGKILL)
        s.broker.wait_exit()
        s.broker.start()
        s.raw.close()
        s.raw = Raw(s.broker.address)
        wait_for("the coordinators", lambda: s.group("restart-g")["error"] == 0, 60)
        quick = s.run.kind == "millrace"  # Kafka is away for longer than the sessions last
        if quick:
            c.equal(s.group("restart-g")["epoch"], epoch, "the group's epoch")
        produce(s.raw, topic, *range(PARTITIONS))
        g.until("the new records are read", lambda: len(set(g.read)) >= 2 * len(ALL))
        c.equal(sorted(map(len, g.owned.values())), [1, 2], "shares")
        if quick:
            c.equal(g.owned, before, "who has what")
            c.equal({m: [t for t in told if t[1]] for m, told in g.told.items()},
                    {"one": [], "two": []}, "what they were told")
        g.end()
    s.run.end_drivers()


def _suite(run):
    s = Scene(run)
    for name in NAMES:
        sharing(s, name)
        static(s, name)
        _regex(s, name)
        _migration(s, name)
    _assignor(s)
    _tools(s)
    _restart(s)
    _files(s)


SUITES = {"consumer_groups": _suite}
