"""Kafka Streams, unmodified: a word count with a repartition topic and a state store, at least once and exactly once, windows
with a join; processes and the broker are killed, state directories are lost, instances come and go; the application reset tool."""
import os
import random
import re
import shutil
import signal
import time

from lib import batch, toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for
from suites.tools import Tools

PARTITIONS = 3
ALL = list(range(PARTITIONS))
UNSTABLE = 88  # the offset of an open transaction
LINES, WORDS_A_LINE, CLICKS = 900, 4, 600  # of one feeding
WORDS = [f"word{i}" for i in range(40)]
USERS = [f"user{i}" for i in range(12)]
SESSION_MS = 2000
BROKER = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4, "group.min.session.timeout.ms": 1000,
          "transaction.abort.timed.out.transaction.cleanup.interval.ms": 500}
# What a short test needs to be told: small polls so that work is killed in the middle, no cache so that each change is seen.
STREAMS = {"commit.interval.ms": 200, "statestore.cache.max.bytes": 0, "num.stream.threads": 1, "repartition.purge.interval.ms": 200,
           "consumer.max.poll.records": 100, "consumer.session.timeout.ms": SESSION_MS, "consumer.heartbeat.interval.ms": 300,
           "producer.transaction.timeout.ms": 5000}


class Feed:
    """An idempotent producer by hand: what it says was written is there once."""

    def __init__(self, raw):
        self.raw = raw
        got = raw.call("InitProducerId", 4)
        self.producer, self.epoch, self.sequences = got["id"], got["epoch"], {}

    def write(self, topic, partition, records):
        first = self.sequences.get((topic, partition), 0)
        data = batch.make(records, producer=self.producer, epoch=self.epoch, sequence=first)
        answer = self.raw.produce(topic, partition, data)
        if answer["error"] != 0:
            raise Failure(f"writing to {topic}-{partition}: error {answer['error']}")
        self.sequences[topic, partition] = first + len(records)


class App:
    """One application: its topics, and what its output must say in the end."""

    def __init__(self, name, guarantee, topology="words", old=False):
        self.name, self.guarantee, self.topology, self.old = name, guarantee, topology, old
        self.output = f"{name}-out"
        self.exact = guarantee == "exactly_once_v2"
        # What it reads: its lag is there.
        self.reads = ["clicks", "users"] if topology == "windows" else ["lines", f"{name}-words-repartition"]
        self.stores = ["names", "seconds"] if topology == "windows" else ["counts"]


APPS = [App("alos", "at_least_once"), App("eos", "exactly_once_v2"), App("win", "exactly_once_v2", "windows")]
OLD = App("old", "exactly_once_v2", old=True)  # Streams 3.9.1
EVERY = APPS + [OLD]


class Host:
    """A process that runs applications; where their local state lies."""

    def __init__(self, life, state, apps):
        old = apps == [OLD]
        self.alone_s = 0  # the longest time that it had no broker
        self.life, self.state, self.apps = life, os.path.join(life.states, state), apps
        self.driver = life.driver(f"host-{state}", toolchain.streams_driver("3.9.1" if old else None))

    def start(self):
        for app in self.apps:
            self.launch(app)

    def launch(self, app, clean=False, replace=True, **configs):
        configs = STREAMS | {"processing.guarantee": app.guarantee, "state.dir": self.state,
                             "default.dsl.store": "in_memory" if app.old else "rocksDB"} | configs
        self.driver.do("streams_start", app=app.name, topology=app.topology, input=app.reads[0], table=app.reads[-1], output=app.output,
                       clean=clean, replace=replace, configs={k: str(v) for k, v in configs.items()})

    def look(self, app):
        return self.driver.do("streams_look", app=app.name)

    def kill(self):
        self.driver.process.kill()
        self.driver.process.wait()
        self.life.run.drivers.remove(self.driver)
        self.driver.close()

    def forget(self):
        """The disk of the machine is lost with it."""
        shutil.rmtree(self.state, ignore_errors=True)

    def stop(self, case):
        for app in self.apps:
            case.equal(self.driver.do("streams_stop", app=app.name)["closed"], True, f"{app.name} closed within its time")
        self.life.run.drivers.remove(self.driver)
        self.driver.close()


class Life:
    def __init__(self, run, name):
        self.run, self.rnd = run, random.Random(name)
        self.broker = run.broker(name, BROKER)
        self.broker.start()
        self.raw, self.count = Raw(self.broker.address), 0
        self.states = os.path.join(run.folder, "streams-state")
        shutil.rmtree(self.states, ignore_errors=True)
        for topic in ["lines", "clicks", "users"] + [a.output for a in EVERY]:
            self.raw.create(topic, PARTITIONS)
        self.feed = Feed(self.raw)
        self.truth = dict.fromkeys(WORDS, 0)  # how often each word was fed
        self.clicks, self.open = {}, {}  # window -> clicks: those that have ended, those that no later click has ended
        # The time that records tell: an hour ago, for brokers delete what is old, and forget its producers.
        self.now = self.begin = int(time.time() - 3600) * 1000
        for i, user in enumerate(USERS):
            self.feed.write("users", i % PARTITIONS, [batch.Record(user.encode(), f"name-{user}".encode(), self.now - 1000)])
        self.reader = self.driver("reader", toolchain.java_driver())
        self.tools = Tools(run, self.reader, self.broker.address, self.raw)

    def case(self, what):
        return self.run.report.case(f"streams: {what}")

    def driver(self, name, command):
        self.count += 1
        d = Driver(name, command, self.broker.address, os.path.join(self.run.folder, f"driver-streams-{self.count}-{name}.log"))
        self.run.drivers.append(d)
        return d

    def write(self):
        """One feeding of every input."""
        for window in list(self.open):
            self.clicks[window] = self.open.pop(window)
        for p in range(PARTITIONS):
            lines = []
            for _ in range(LINES // PARTITIONS):
                words = self.rnd.choices(WORDS, k=WORDS_A_LINE)
                for w in words:
                    self.truth[w] += 1
                lines.append(batch.Record(None, " ".join(words).encode(), self.now))
            self.feed.write("lines", p, lines)
            clicks = []
            for i in range(CLICKS // PARTITIONS):
                user, at = self.rnd.choice(USERS[p::PARTITIONS]), self.now + 17 * i
                window = f"name-{user}@{at - at % 1000}"
                self.clicks[window] = self.clicks.get(window, 0) + 1
                clicks.append(batch.Record(user.encode(), b"click", at))
            self.feed.write("clicks", p, clicks)
        self.now += 17 * CLICKS // PARTITIONS + 1000

    def close_windows(self):
        """A window is told when a later one begins: these clicks end all before them, and the next feeding ends theirs."""
        for p in range(PARTITIONS):
            self.feed.write("clicks", p, [batch.Record(USERS[p].encode(), b"click", self.now)])
            self.open[f"name-{USERS[p]}@{self.now - self.now % 1000}"] = 1
        self.now += 1000

    def lag(self, app):
        """Records that the application has not committed, those of open transactions too; None where the broker cannot say."""
        try:
            got = self.raw.call("OffsetFetch", 7, {"group": app.name, "stable": True, "topics": [
                {"name": t, "partitions": ALL} for t in app.reads]})
            if got["error"] != 0:
                return None
            lag = 0
            for t in got["topics"]:
                stable = self.offsets(t["name"], 1)
                ends = self.offsets(t["name"], 0)  # asked later, so not less
                if None in [*ends.values(), *stable.values()] or any(p["error"] not in (0, UNSTABLE) for p in t["partitions"]):
                    return None
                # What ends a transaction stands behind its records, and a position may stand before it.
                mark = app.exact and t["name"].endswith("-repartition")
                for p in t["partitions"]:
                    end = ends[p["index"]]
                    undecided = end - stable[p["index"]] or int(p["error"] == UNSTABLE)
                    lag += undecided or max(end - max(p["offset"], 0) - mark, 0)
            return lag
        except OSError:
            self.raw.close()
            return None

    def offsets(self, topic, isolation):
        """The ends of its partitions, and with isolation 1 how far a reader of what is committed gets; None: not served."""
        got = self.raw.call("ListOffsets", 8, {"isolation": isolation, "topics": [
            {"name": topic, "partitions": [{"index": p, "timestamp": -1} for p in ALL]}]})
        return {p["index"]: None if p["error"] else p["offset"] for p in got["topics"][0]["partitions"]}

    def done(self, apps, seconds=300):
        self.close_windows()
        for app in apps:
            wait_for(f"{app.name} has read all", lambda app=app: self.lag(app) == 0, seconds)

    def busy(self, apps):
        """Feed, and wait until each application has written something about it."""
        before = {app: sum(self.offsets(app.output, 0).values()) for app in apps}
        self.write()
        for app in apps:
            wait_for(f"{app.name} works", lambda app=app: sum(self.offsets(app.output, 0).values()) > before[app], 180, step=0.002)

    def freeze(self, case, hosts):
        """Feed and stop these processes while they still have something to do: whatever is done to them now hits them at work."""
        apps = sorted({app for h in hosts for app in h.apps}, key=EVERY.index)
        for _ in range(20):
            self.busy(apps)
            for host in hosts:
                host.driver.process.send_signal(signal.SIGSTOP)
            lags = {app.name: self.lag(app) for app in apps}
            if any(lags.values()):
                break
            for host in hosts:
                host.driver.process.send_signal(signal.SIGCONT)
        case.true(any(lags.values()), f"they are always done too soon: {lags}")

    def counts(self, app):
        level = "read_committed" if app.exact else "read_uncommitted"
        return self.reader.do("streams_read", 180, topic=app.output, isolation=level)["counts"]

    def check(self, case, apps, disturbed=True):
        for app in apps:
            counts = self.counts(app)
            if app.topology == "windows":
                case.equal(_differ(counts, {w: [n] for w, n in self.clicks.items()}), {}, f"{app.name}: windows (told, true)")
                continue
            case.equal(sorted(counts), sorted(self.truth), f"{app.name}: the words")
            if app.exact or not disturbed:
                wrong = [f"{w}, {n} times: {_odd(counts[w])}" for w, n in self.truth.items() if counts[w] != list(range(1, n + 1))]
                case.equal(wrong[:3], [], f"{app.name}: words counted wrongly")
            else:
                less = {w: counts[w][-1] for w, n in self.truth.items() if counts[w][-1] < n}
                case.equal(less, {}, f"{app.name}: words that were lost")

    def unharmed(self, case, host):
        if host.alone_s > 2:
            return  # a transaction's time may have run out meanwhile, and that ends its thread
        for app in host.apps:
            case.equal(host.look(app)["errors"], [], f"{app.name}: what reached the handler of exceptions")

    def crash(self, case, hosts):
        """kill -9 of the broker while these are at work."""
        self.freeze(case, hosts)
        begin = time.monotonic()
        self.broker.process.send_signal(signal.SIGKILL)
        self.broker.wait_exit()
        for host in hosts:
            host.driver.process.send_signal(signal.SIGCONT)
        self.broker.start()
        self.raw.close()
        for topic in ["lines", "clicks"] + [a.output for a in EVERY]:
            self.raw.wait_leaders(topic, PARTITIONS)
        for host in hosts:
            host.alone_s = max(host.alone_s, time.monotonic() - begin)

    def shared(self, hosts, apps):
        """Every host has tasks of every application."""
        for app in apps:
            wait_for(f"{app.name} is shared", lambda app=app: all(
                (got := h.look(app))["tasks"] > 0 and got["state"] == "RUNNING" for h in hosts), 180, step=0.1)


def _odd(values):
    """Where a sequence of counts first goes astray."""
    for i, v in enumerate(values):
        if v != i + 1:
            return f"value {i} is {v}, after {values[max(i - 3, 0):i]}"
    return f"ends with {values[-1:]}"


def _differ(got, want):
    wrong = [k for k in sorted(set(got) | set(want)) if got.get(k) != want.get(k)]
    return {k: (got.get(k), want.get(k)) for k in wrong[:5]}


def _quiet(life, hosts):
    with life.case("nothing is killed: at least once, exactly once, windows with a join, and 3.9.1") as c:
        life.write()
        life.done(EVERY)
        life.check(c, EVERY, disturbed=False)
        for host in hosts:
            life.unharmed(c, host)


def _topics(life):
    def explicit(topic):
        got = life.raw.call("DescribeConfigs", 4, {"resources": [{"type": 2, "name": topic}]})["resources"][0]
        return {x["name"]: x["value"] for x in got["configs"] if x["source"] == 1}

    with life.case("internal topics have the configs that Streams asks for") as c:
        counts = {"cleanup.policy": "compact", "message.timestamp.type": "CreateTime"}
        passed = {"cleanup.policy": "delete", "message.timestamp.type": "CreateTime", "segment.bytes": "52428800", "retention.ms": "-1"}
        for name in ("alos", "eos"):
            c.equal(explicit(f"{name}-counts-changelog"), counts, f"{name}'s changelog")
            c.equal(explicit(f"{name}-words-repartition"), passed, f"{name}'s repartition topic")
        c.equal(explicit("win-names-changelog"), counts, "a table's changelog")
        # A window's second and the day that Streams adds.
        c.equal(explicit("win-seconds-changelog"), counts | {"cleanup.policy": "compact,delete", "retention.ms": "86401000"},
                "a window store's changelog")
    with life.case("a changelog holds the counts, and what was counted is deleted from a repartition topic") as c:
        for app in APPS[:2]:
            log = life.reader.do("streams_read", topic=f"{app.name}-counts-changelog", isolation="read_committed")["counts"]
            c.equal({w: v[-1] for w, v in log.items()}, life.truth, f"{app.name}'s changelog")
            topic = f"{app.name}-words-repartition"
            for p in ALL:
                wait_for(f"{topic}-{p} is purged", lambda p=p: life.raw.start(topic, p) >= life.raw.end(topic, p) - 1 > 0)
                c.true(True, "purged")


def _kill(life, a, old):
    with life.case("processes that are killed at work go on where they were") as c:
        life.freeze(c, (a, old))
        for host in (a, old):
            host.kill()
        a, old = Host(life, "a", APPS), Host(life, "old", [OLD])
        for host in (a, old):
            host.start()
        life.done(EVERY)
        life.check(c, EVERY)
        for host in (a, old):
            life.unharmed(c, host)
    return a, old


def _second(life, a):
    with life.case("a second instance joins, and leaves at work") as c:
        b = Host(life, "b", APPS)
        b.start()
        life.shared((a, b), APPS)
        life.busy(EVERY)
        b.stop(c)
        life.done(EVERY)
        life.check(c, EVERY)
        life.unharmed(c, a)


def _crash(life, hosts):
    with life.case("the broker is killed under them") as c:
        life.crash(c, hosts)
        life.done(EVERY)
        life.check(c, EVERY)
        for host in hosts:
            life.unharmed(c, host)


def _lost(life, a):
    with life.case("local state that is lost comes back from the changelog") as c:
        life.freeze(c, [a])
        a.kill()
        a.forget()
        a = Host(life, "a", APPS)
        for app in APPS:  # one has members who will be missed, for the reset tool
            a.launch(app, **({"consumer.session.timeout.ms": 300000} if app.name == "eos" else {}))
        life.done(APPS)
        life.check(c, APPS)
        for app in APPS:
            stores = a.look(app)["restored"]
            c.equal({n for n, count in stores.items() if count > 0} >= set(app.stores), True, f"{app.name}: records restored {stores}")
        c.equal(a.driver.do("streams_store", app="eos")["store"], life.truth, "what an interactive query finds")
        life.unharmed(c, a)
    return a


def _group(life, name):
    return life.raw.call("DescribeGroups", 5, {"groups": [name]})["groups"][0]


def _committed(life, group, topic):
    got = life.raw.call("OffsetFetch", 7, {"group": group, "stable": True, "topics": [{"name": topic, "partitions": ALL}]})
    return {p["index"]: p["offset"] for p in got["topics"][0]["partitions"]}


def _internal(life, app):
    return [t for t in life.raw.topics() if t.startswith(f"{app}-") and t.endswith(("-changelog", "-repartition"))]


def _reset(life, a):
    """The application reset tool."""
    ends = life.offsets("lines", 0)

    def tool(app, *args, status=0):
        said = life.tools.call("StreamsResetter", "--application-id", app, "--input-topics", "lines", *args, status=status)
        return said[0] + said[1]

    def told(text):
        return {int(p): int(o) for p, o in re.findall(r"Topic: lines Partition: (\d) Offset: (\d+)", text)}

    with life.case("the reset tool refuses while members are there, and while they may come back") as c:
        for alive in (True, False):
            if not alive:
                a.kill()
            for args in (["--dry-run"], ["--to-earliest"]):
                out = tool("eos", *args, status=1)
                c.true("Consumer group 'eos' is still active and has following members" in out, out)
        c.equal(_internal(life, "eos"), ["eos-counts-changelog", "eos-words-repartition"], "its topics")
        c.equal(_group(life, "eos")["state"], "Stable", "its group")
        c.equal(_committed(life, "eos", "lines"), ends, "its offsets")
    wait_for("the sessions end", lambda: _group(life, "alos")["state"] == "Empty")
    with life.case("the reset tool says in a dry run what it would do, and does not") as c:
        path = os.path.join(life.run.folder, "streams-reset.csv")
        with open(path, "w", encoding="utf-8") as f:
            f.writelines(f"lines,{p},{10 + p}\n" for p in ALL)
        later = time.strftime("%Y-%m-%dT%H:%M:%S.001", time.gmtime(life.begin // 1000))  # than the first feeding
        for args, want in (([], dict.fromkeys(ALL, 0)), (["--to-earliest"], dict.fromkeys(ALL, 0)), (["--to-latest"], ends),
                           (["--to-offset", 7], dict.fromkeys(ALL, 7)), (["--shift-by", -10], {p: o - 10 for p, o in ends.items()}),
                           (["--to-datetime", later], dict.fromkeys(ALL, LINES // PARTITIONS)),
                           (["--by-duration", "PT0S"], ends), (["--from-file", path], {p: 10 + p for p in ALL})):
            out = tool("alos", "--dry-run", *args)
            c.equal(told(out), want, f"{args}: {out}")
            c.true(all(t in out for t in _internal(life, "alos")), out)
        c.equal(_committed(life, "alos", "lines"), ends, "its offsets")
        c.equal(len(_internal(life, "alos")), 2, "its topics")
    with life.case("the reset tool moves offsets and deletes the internal topics it is told to") as c:
        tool("alos", "--to-offset", 7, "--internal-topics", "alos-counts-changelog")
        c.equal(_committed(life, "alos", "lines"), dict.fromkeys(ALL, 7), "its offsets")
        wait_for("the topic is gone", lambda: _internal(life, "alos") == ["alos-words-repartition"])
    with life.case("after a reset of a killed application, by force, it counts everything again") as c:
        eos = APPS[1]
        out = tool("eos", "--to-earliest", "--force")
        c.equal(told(out), dict.fromkeys(ALL, 0), out)
        wait_for("its topics are gone", lambda: not _internal(life, "eos"))
        a = Host(life, "a", [eos])
        a.launch(eos, clean=True)
        wait_for("its topics are there", lambda: len(_internal(life, "eos")) == 2, 180)
        life.done([eos])
        counts = life.counts(eos)
        wrong = [w for w, n in life.truth.items() if counts[w] != 2 * list(range(1, n + 1))]
        c.equal(wrong, [], "words that were not counted twice from one on")
    return a


def _protocol(life, a):
    """Groups of KIP-1071 are not served, as by a Kafka 4.1 with its defaults."""
    with life.case("group.protocol=streams is refused") as c:
        app = App("proto", "at_least_once")
        life.raw.create(app.output, PARTITIONS)
        a.launch(app, replace=False, **{"group.protocol": "streams"})
        look = wait_for("it gives up", lambda: (got := a.look(app))["state"] == "ERROR" and got, 180, step=0.1)
        refused = ("UnsupportedVersionException: The cluster does not support the STREAMS group protocol or does not support the versions "
                   "of the STREAMS group protocol used by this client (used versions: 0 to 0).")
        c.true(look["errors"] and all(refused in e for e in look["errors"]), f"it says {look['errors']}")


def _suite(run):
    life = Life(run, "streams")
    a, old = Host(life, "a", APPS), Host(life, "old", [OLD])
    for host in (a, old):
        host.start()
    _quiet(life, (a, old))
    _topics(life)
    a, old = _kill(life, a, old)
    _second(life, a)
    _crash(life, (a, old))
    a = _lost(life, a)
    a = _reset(life, a)
    _protocol(life, a)
    run.end_drivers()
    if life.broker.kind == "millrace":
        with life.case("the broker had nothing to warn of, kill -9 or not") as c:
            with open(life.broker.log_path, encoding="utf-8") as f:
                c.equal([line for line in f if " INFO " not in line], [], "its log")
    shutil.rmtree(life.states)


def _chaos(run):
    """Processes and the broker are killed 20 times each, while there are two instances, and state is lost at times."""
    if not toolchain.LONG:
        raise Skip("takes minutes; MILLRACE_LONG=1 runs it")
    life = Life(run, "streams_chaos")
    hosts = {"a": Host(life, "a", APPS), "b": Host(life, "b", APPS), "old": Host(life, "old", [OLD])}
    for host in hosts.values():
        host.start()
    for turn in range(10):
        with life.case(f"chaos: kills {4 * turn + 1} to {4 * turn + 4} of 40") as c:
            for step in range(4):
                if step % 2 == 0:
                    life.crash(c, list(hosts.values()))
                    continue
                name = life.rnd.choice(["a", "a", "b", "b", "old"])
                life.freeze(c, [hosts[name]])
                hosts[name].kill()
                if life.rnd.random() < 0.3:
                    hosts[name].forget()
                hosts[name] = Host(life, name, hosts[name].apps)
                hosts[name].start()
            life.done(EVERY)
            life.check(c, EVERY)
            for host in hosts.values():
                life.unharmed(c, host)
    run.end_drivers()
    shutil.rmtree(life.states)


_suite.needs = lambda: [toolchain.streams_driver(v) for v in (None, "3.9.1")]
SUITES = {"streams": _suite, "streams_chaos": _chaos}
