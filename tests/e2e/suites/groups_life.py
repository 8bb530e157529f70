"""Groups through hard times: members that die, hang, and come back under their old names; cooperative ones, which give up only
what moves; brokers that stop and crash under them."""
import signal
import time

from lib import toolchain
from lib.raw import Raw
from lib.report import Failure
from lib.target import coordinators_compacted, wait_for

from .groups import ALL, CLIENTS, EACH, MORE, PARTITIONS, Group, committed, produce

# rdkafka has the librdkafka of confluent, and kafka-python 2 much of what 3 has: their hard times are for long runs.
LIFE = [name for name in CLIENTS if name != "rdkafka" or toolchain.LONG]
STATIC = ["confluent", "kafkapython", "aiokafka", "java", "franz", "sarama"]  # kafkajs and kafka-go have no static members
COOPERATIVE = ["confluent", "kafkapython", "java", "franz"]
if toolchain.LONG:
    STATIC += ["rdkafka", "kafkapython2"]
    COOPERATIVE += ["rdkafka"]
HANGING = ["confluent", "java"]
TELLS = ["confluent", "java"]  # that it was fenced; the others keep it to themselves
EVERY = {**CLIENTS, **MORE}
DYING_MS = 6000
PATIENT_MS = 300_000  # of members that nobody polls while others are set up: on a busy machine that takes long


class Life:
    def __init__(self, run, broker):
        self.run, self.broker, self.raw = run, broker, Raw(broker.address)
        self.drivers = 0

    def case(self, what):
        return self.run.report.case(f"groups_life: {what}")

    def driver(self, name):
        """A process of its own, of which there may be several of one client."""
        from lib.driver import Driver

        self.drivers += 1
        d = Driver(name, EVERY[name][0](), self.broker.address, f"{self.run.folder}/driver-life-{name}-{self.drivers}.log")
        self.run.drivers.append(d)
        return d

    def group(self, name, what):
        topic = f"life-{what}-{name}"
        self.raw.create(topic, PARTITIONS)
        produce(self.raw, topic, *range(PARTITIONS))
        return Group(self.driver(name), f"{topic}-g", topic, EVERY[name][1])

    def settled(self, g, again=1):
        """All that was produced is committed; a partition's new owner may have to read it again for that."""
        def done():
            g.settle()
            return committed(self.raw, g.group, g.topic) == {p: again * EACH for p in range(PARTITIONS)}

        g.until("all is committed", done)

    def served(self, g):
        try:
            return self.raw.call("OffsetFetch", 7, {"group": g.group, "topics": []})["error"] == 0
        except OSError:
            self.raw.close()
            return False

    @staticmethod
    def read_all(g, again=1):
        """What was produced at the first and up to the again-th time; some of it twice, where it was not committed."""
        want = {(p, n * EACH + o) for p, o in ALL for n in range(again)}
        g.until("all is read", lambda: want <= set(g.read))


def die(life, names=LIFE):
    """All of them at once: a session takes its 6 s."""
    groups = {}
    for name in names:
        with life.case(f"{name}: two processes share") as c:
            g = groups[name] = life.group(name, "die")
            g.join("stays", poll_max_ms=PATIENT_MS)
            g.join("dies", life.driver(name), session_ms=DYING_MS, poll_max_ms=PATIENT_MS)
            g.until_shared(1, 2)
            life.read_all(g)
            life.settled(g)
            c.equal(sorted(set(g.read)), sorted(ALL), "what both read")
    for g in groups.values():
        g.members["dies"].process.kill()
        g.forget("dies")
    begin = time.monotonic()
    for g in groups.values():
        produce(life.raw, g.topic, *range(PARTITIONS))
    for name, g in groups.items():
        with life.case(f"{name}: who stays takes over from one that was killed, and what it had not read") as c:
            g.until_shared(PARTITIONS)
            life.read_all(g, 2)
            c.equal({r for r in g.read if r[1] >= EACH}, {(p, EACH + o) for p, o in ALL}, "what is new")
            g.end()
    with life.case("the dead were removed when their sessions ended") as c:
        c.true(time.monotonic() - begin > DYING_MS / 1000 - 3, "before a session's time")


def static(life, names=STATIC):
    for name in names:
        with life.case(f"{name}: a static member comes back in another process, and nobody else notices") as c:
            g = life.group(name, "static")
            # The second session is longer than a member takes to come back; its process is there before, for a JVM may take long.
            g.join("one", session_ms=30000, instance="i1")
            g.join("two", life.driver(name), session_ms=30000, instance="i2")
            back, thief = life.driver(name), life.driver(name)
            g.until_shared(1, 2)
            life.read_all(g)
            life.settled(g)
            g.members["two"].process.kill()
            had = g.owned["two"]
            g.forget("two")
            g.told["one"] = []
            produce(life.raw, g.topic, *range(PARTITIONS))
            g.join("two", back, session_ms=30000, instance="i2")
            g.until("it has its share again", lambda: g.owned["two"] == had)
            life.read_all(g, 2)
            c.equal(sorted(r for r in g.read if r[1] >= EACH), sorted((p, EACH + o) for p, o in ALL), "what both read, each once")
            c.equal(g.told["one"], [], "what the other was told")
        with life.case(f"{name}: one that is replaced while it lives is fenced") as c:
            g.join("thief", thief, session_ms=30000, instance="i2")
            g.until("the thief has the share", lambda: g.owned["thief"] == had, "two")
            found = life.raw.call("DescribeGroups", 5, {"groups": [g.group]})["groups"][0]
            c.equal(sorted(m["instance"] for m in found["members"]), ["i1", "i2"], "the group's members")
            old = g.members["two"]
            g.forget("two")

            def fenced():
                got = old.ask("turn", members=["two"], ms=g.poll_ms)
                return "error" in got or got["members"]["two"]["owned"] == []

            if name.rstrip("0123456789.") in TELLS:
                wait_for("the old one hears of it", fenced)
            c.equal(g.told["one"], [], "what the other was told")
        for d in list(life.run.drivers):
            d.process.kill()
        life.run.end_drivers()


def cooperative(life, names=COOPERATIVE):
    for name in names:
        with life.case(f"{name}: cooperative-sticky gives up only what moves") as c:
            g = life.group(name, "coop")
            g.join("one", strategy="cooperative-sticky")
            g.until_shared(PARTITIONS)
            life.read_all(g)
            g.told["one"] = []
            g.join("two", strategy="cooperative-sticky")
            g.until_shared(1, 2)
            c.equal([t for t in g.told["one"] if t[1]], [["revoke", g.owned["two"]]], "what the first was told")
            c.equal([t for t in g.told["two"] if t[1]], [["assign", g.owned["two"]]], "what the second was told")
            g.told["one"] = []
            g.leave("two")
            g.until_shared(PARTITIONS)
            c.true(not any(t[0] == "revoke" and t[1] for t in g.told["one"]), f"the first was told {g.told['one']}")
            g.end()
            life.run.end_drivers()


def hang(life, names=HANGING):
    for name in names:
        with life.case(f"{name}: who does not poll within max.poll.interval.ms loses its share, and gets one again") as c:
            g = life.group(name, "hang")
            g.join("one", life.driver(name))
            g.join("hangs", session_ms=DYING_MS, poll_max_ms=DYING_MS)
            g.until_shared(1, 2)
            life.read_all(g)
            life.settled(g)
            g.until("the other has all", lambda: g.owned["one"] == list(range(PARTITIONS)), "hangs")
            while True:
                try:
                    g.until_shared(1, 2)
                    break
                except Failure as e:  # librdkafka tells that the interval was exceeded, once
                    if "MAX_POLL" not in str(e):
                        raise
            produce(life.raw, g.topic, *range(PARTITIONS))
            life.read_all(g, 2)
            c.equal({r for r in g.read if r[1] >= EACH}, {(p, EACH + o) for p, o in ALL}, "what is new")
            g.end()
            life.run.end_drivers()


def auto(life, names=LIFE):
    for name in names:
        with life.case(f"{name}: commits by itself") as c:
            g = life.group(name, "auto")
            g.join("one", auto=True)
            life.read_all(g)
            g.until("all is committed", lambda: committed(life.raw, g.group, g.topic) == {p: EACH for p in range(PARTITIONS)})
            g.end()
            g.join("two", auto=True)
            g.until_shared(PARTITIONS)
            produce(life.raw, g.topic, 1)
            g.until("the new ones are read", lambda: len(g.read) >= len(ALL) + EACH)
            c.equal(sorted(r for r in g.read if r[1] >= EACH), [(1, EACH + o) for o in range(EACH)], "what a later member read")
            g.end()
            life.run.end_drivers()


def restarts(life, names=LIFE):
    groups = {}
    broker = life.broker
    with life.case("a group of every client, on a broker that will go") as c:
        for name in names:
            g = groups[name] = life.group(name, "restart")
            # kafka-go comes back as a new member when it could not leave: the old one stays for its session.
            session_ms = 10_000 if name == "kafkago" else 30_000
            g.join("one", session_ms=session_ms, poll_max_ms=PATIENT_MS)
            g.join("two", session_ms=session_ms, poll_max_ms=PATIENT_MS)
        for g in groups.values():
            g.until_shared(1, 2)
            life.read_all(g)
            life.settled(g)
            c.equal(sorted(set(g.read)), sorted(ALL), f"{g.group}: what was read")
    again = 1
    for how in ("clean stop", "kill -9", "kill -9 while a member joins"):
        again += 1
        if how.endswith("joins"):
            for g in groups.values():
                g.join("three", session_ms=30_000, poll_max_ms=PATIENT_MS)
        begin = time.monotonic()
        if how == "clean stop":
            with life.case("a clean stop does not wait for members") as c:  # whose sessions last 10 s and more
                c.equal(broker.stop(), 0, "status")
                c.true(time.monotonic() - begin < 9, f"it took {time.monotonic() - begin:.1f} s")
        else:
            broker.process.send_signal(signal.SIGKILL)
            broker.wait_exit()
        broker.start()
        life.raw.close()
        for g in groups.values():
            wait_for(f"{g.group}'s coordinator", lambda g=g: life.served(g))
            produce(life.raw, g.topic, *range(PARTITIONS))
        for name, g in groups.items():
            with life.case(f"{name}: goes on after a {how}") as c:
                shares = (1, 1, 1) if how.endswith("joins") else (1, 2)
                g.until_shared(*shares)
                last = {(p, (again - 1) * EACH + o) for p, o in ALL}
                g.until("the new records are read", lambda: last <= set(g.read))
                c.equal(sorted(set(g.read) - last), sorted((p, n * EACH + o) for p, o in ALL for n in range(again - 1)), "what came before")
                life.settled(g, again)
    for g in groups.values():
        g.end()
    life.run.end_drivers()


def _parked(run):
    """The join phase of a new group takes the initial delay: a stop must not wait for it."""
    broker = run.broker("life-parked", {"group.initial.rebalance.delay.ms": 30000})
    broker.start()
    life = Life(run, broker)
    with life.case("a stop answers those whose join still waits, at once") as c:
        g = life.group("confluent", "parked")
        g.join("one")
        g.join("two", life.driver("java"))

        def waiting():
            g.turn()
            found = life.raw.call("DescribeGroups", 5, {"groups": [g.group]})["groups"][0]
            return found["state"] == "PreparingRebalance" and len(found["members"]) == 2

        wait_for("two members that wait", waiting)
        begin = time.monotonic()
        c.equal(broker.stop(), 0, "status")
        c.true(time.monotonic() - begin < 20, f"the stop took {time.monotonic() - begin:.1f} s")
    for d in run.drivers:
        d.process.kill()
    run.end_drivers()


def _suite(run):
    # Members are told that a broker is away; it is away for less than what they allow.
    broker = run.broker("life", coordinators_compacted(run))
    broker.start()
    life = Life(run, broker)
    for part in (die, static, cooperative, hang, auto, restarts):
        part(life)
        run.end_drivers()
    broker.stop()
    _parked(run)


SUITES = {"groups_life": _suite}
