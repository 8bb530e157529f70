"""MirrorMaker 2, unmodified, between a real Kafka and the broker under test, both ways at once: records, topics and their configs,
groups' offsets; kill -9 of the broker. MILLRACE_LONG=1: more kills, and exactly once."""
import os
import re
import struct
import time

from lib import batch, records, toolchain
from lib.connect import MIRROR_MAKER, START_S, Worker, jars
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure
from lib.target import wait_for
from suites.connect import quiet

PARTITIONS = 3
# How MirrorMaker calls the two clusters. Each mirrors `orders` of the other beside its own.
KAFKA, OURS = "kafka", "ours"
SET, DELETE = 0, 1  # of IncrementalAlterConfigs
TRANSACTIONAL, CONTROL = 16, 32  # attributes of a batch
NO_ACLS = "No ACL authorizer is configured on the source Kafka cluster"


class Side:
    """One of the two clusters."""

    def __init__(self, name, broker):
        self.name, self.broker = name, broker
        self.want = {}  # topic -> [records of each partition]
        self.base_ms = int(time.time()) * 1000  # of what it writes: older records would fall to the retention

    def start(self):
        self.broker.start()
        self.raw = Raw(self.broker.address)

    def create(self, topic, **configs):
        self.raw.create(topic, PARTITIONS, {k.replace("__", "."): v for k, v in configs.items()})
        self.want[topic] = [[] for _ in range(PARTITIONS)]

    def write(self, topic, count, partitions=None):
        """count records to each partition, in batches of 50."""
        for p in partitions or range(len(self.want[topic])):
            known = self.want[topic][p]
            fresh = records.make(f"{self.name} {topic} {p} {len(known)}", count, self.base_ms + 10 * len(known), value_max=300)
            for i in range(0, count, 50):
                got = self.raw.produce(topic, p, batch.make(fresh[i : i + 50]))
                if got["error"] != 0:
                    raise Failure(f"produce to {topic}-{p} of {self.name}: {got}")
            known += fresh

    def grow(self, topic, count):
        got = self.raw.call("CreatePartitions", 3, {"topics": [{"name": topic, "count": count}]})["topics"][0]
        if got["error"] != 0:
            raise Failure(f"growing {topic} of {self.name}: {got}")
        self.raw.wait_leaders(topic, count)
        self.want[topic] += [[] for _ in range(count - len(self.want[topic]))]

    def alter(self, topic, *changes):
        got = self.raw.call("IncrementalAlterConfigs", 1, {"resources": [{"name": topic, "configs": [
            {"name": k, "op": op, "value": v} for op, k, v in changes]}]})["resources"][0]
        if got["error"] != 0:
            raise Failure(f"altering {topic} of {self.name}: {got}")

    def partitions(self, topic):
        got = self.raw.topic(topic)
        return len(got["partitions"]) if got["error"] == 0 else 0

    def ends(self, topic):
        """The end of each partition."""
        n = self.partitions(topic)
        got = self.raw.list_offsets(topic, range(n), -1)
        return [got[p]["offset"] for p in range(n)]

    def records(self, topic, partition):
        return [r for b in self.raw.batches(topic, partition) if not b.attributes & CONTROL for r in b.records()]

    def stored(self, topic, partition):
        return plain(self.records(topic, partition))

    def offsets(self, topic, partition):
        return [r.offset for r in self.records(topic, partition)]

    def committed(self, group, topic):
        got = self.raw.call("OffsetFetch", 8, {"groups": [{"group": group, "topics": [
            {"name": topic, "partitions": list(range(PARTITIONS))}]}]})["groups"][0]["topics"]
        return [p["offset"] for p in got[0]["partitions"]]

    def commit(self, group, topic, offsets):
        got = self.raw.call("OffsetCommit", 8, {"group": group, "topics": [{"name": topic, "partitions": [
            {"index": p, "offset": o} for p, o in enumerate(offsets)]}]})["topics"][0]["partitions"]
        if any(p["error"] for p in got):
            raise Failure(f"commit of {group}: {got}")


def plain(known):
    """What is mirrored of records: their offsets are each cluster's own."""
    return [(r.key, r.value, r.timestamp, r.headers) for r in known]


def follows(got, want):
    """`want` to its end in order, at most with steps back to what was there already; what is wrong, or None. Records are
    not all different, so the place after each is the set of those it may be."""
    places = {0}
    where = {}
    for i, r in enumerate(want):
        where.setdefault(repr(r), []).append(i)
    top = 0
    for n, r in enumerate(got):
        places = {i + 1 for i in where.get(repr(r), ()) if i in places or i < top}
        if not places:
            return f"record {n} is {r!r}; record {top} of the source was due"
        top = max(top, max(places))
    return None if len(want) in places else f"it ends after {top} of {len(want)} records"


class Mirror:
    def __init__(self, run, exactly_once=False):
        self.run, self.exactly_once = run, exactly_once
        self.name = "mirror exactly-once" if exactly_once else "mirror"
        slug = self.name.replace(" ", "-")
        self.kafka = Side(KAFKA, run.broker(f"{slug}-{KAFKA}", kind="kafka"))
        self.ours = Side(OURS, run.broker(f"{slug}-{OURS}"))
        self.ways = [(self.kafka, self.ours), (self.ours, self.kafka)]
        self.maker, self.began, self.slug = None, False, slug

    def case(self, name):
        return self.run.report.case(f"{self.name}: {name}")

    def properties(self):
        each = {}
        for side in (self.kafka, self.ours):
            each[f"{side.name}.bootstrap.servers"] = side.broker.address
            # What is the workers' own goes by the cluster that they work for.
            each |= {f"{side.name}.{k}": v for k, v in {
                "plugin.discovery": "service_load", "offset.flush.interval.ms": 500, "scheduled.rebalance.max.delay.ms": 0,
                "reconnect.backoff.max.ms": 200}.items()}
            if self.exactly_once:
                each[f"{side.name}.exactly.once.source.support"] = "enabled"
        factors = ("", "checkpoints.topic.", "heartbeats.topic.", "offset-syncs.topic.", "config.storage.", "offset.storage.",
                   "status.storage.")
        seconds = ("refresh.topics", "refresh.groups", "sync.topic.configs", "sync.topic.acls", "emit.heartbeats",
                   "emit.checkpoints", "sync.group.offsets")
        return each | {
            "clusters": f"{KAFKA},{OURS}", f"{KAFKA}->{OURS}.enabled": "true", f"{OURS}->{KAFKA}.enabled": "true",
            "dedicated.mode.enable.internal.rest": "true" if self.exactly_once else "false", "listeners": "http://127.0.0.1:0",
            "sync.group.offsets.enabled": "true",
        } | {f"{f}replication.factor": 1 for f in factors} | {f"{s}.interval.seconds": 1 for s in seconds}

    def wait(self, what, condition, seconds=180, step=0.1):
        """A condition of the clusters, as long as MirrorMaker lives."""
        def there():
            self.maker.check_alive()
            return condition()

        return wait_for(what, there, seconds, step)

    def tell(self):
        self.begin()
        self.topics()
        self.groups()
        self.signs_of_life()
        for n in range(4 if toolchain.LONG else 1):
            self.broker_dies(n)
        self.end()

    def arrived(self, case, source, target, topic, exact=True):
        """All records of the topic are in the other cluster, partition by partition."""
        remote = f"{source.name}.{topic}"
        want = source.want[topic]
        self.wait(f"{len(want)} partitions of {remote}", lambda: target.partitions(remote) == len(want))
        for p, known in enumerate(want):
            def all_there(p=p, known=known):
                return target.raw.end(remote, p) >= len(known) and target.stored(remote, p)[-1:] == plain(known)[-1:]

            if known:
                self.wait(f"{len(known)} records in {remote}-{p}", all_there)
            if exact:
                case.equal(target.stored(remote, p), plain(known), f"records of {remote}-{p}")
            else:
                wrong = follows(target.stored(remote, p), plain(known))
                case.true(wrong is None, f"{remote}-{p}: {wrong}")

    def begin(self):
        with self.case("topics and their records, both ways") as case:
            for side in (self.ours, self.kafka):
                side.start()
                side.create("orders")
                side.write("orders", 150)
                side.create("keyed", retention__ms=86400000, cleanup__policy="compact,delete", min__compaction__lag__ms=3600000)
            self.maker = Worker(self.run, f"{self.slug}-maker", MIRROR_MAKER, self.properties())
            self.maker.start()
            self.wait("the first mirrored topics", lambda: all(t.partitions(f"{s.name}.orders") for s, t in self.ways), START_S)
            for source, target in self.ways:
                self.arrived(case, source, target, "orders")
                self.arrived(case, source, target, "keyed")
                kinds = {b.attributes & TRANSACTIONAL for b in target.raw.batches(f"{source.name}.orders", 0)}
                case.equal(kinds, {TRANSACTIONAL if self.exactly_once else 0}, "kinds of batches")
            self.began = True
        if not self.began:
            raise Failure("there is nothing to go on with")
        with self.case("MirrorMaker's own topics") as case:
            for source, target in self.ways:
                for what, partitions in (("configs", 1), ("offsets", 25), ("status", 5)):
                    topic = f"mm2-{what}.{source.name}.internal"
                    case.equal(target.partitions(topic), partitions, f"partitions of {topic}")
                    case.equal(target.raw.configs(topic, "cleanup.policy"), {"cleanup.policy": "compact"}, topic)
                syncs = f"mm2-offset-syncs.{target.name}.internal"
                case.equal([source.partitions(syncs), source.raw.configs(syncs, "cleanup.policy")],
                           [1, {"cleanup.policy": "compact"}], syncs)

    def topics(self):
        with self.case("configs of topics follow") as case:
            keys = ("retention.ms", "cleanup.policy", "min.compaction.lag.ms", "max.message.bytes")
            for source, target in self.ways:
                case.equal(target.raw.configs(f"{source.name}.keyed", *keys), {
                    "retention.ms": "86400000", "cleanup.policy": "compact,delete", "min.compaction.lag.ms": "3600000",
                    "max.message.bytes": "1048588"}, "configs at first")
                source.alter("keyed", (SET, "retention.ms", "7200000"), (SET, "max.message.bytes", "2000000"),
                             (DELETE, "min.compaction.lag.ms", None))
            for source, target in self.ways:
                want = {"retention.ms": "7200000", "cleanup.policy": "compact,delete", "min.compaction.lag.ms": "0",
                        "max.message.bytes": "2000000"}
                self.wait("the altered configs", lambda s=source, t=target, w=want: t.raw.configs(f"{s.name}.keyed", *keys) == w)
                case.equal(source.raw.configs("keyed", *keys), want, "configs of the source")
        with self.case("new partitions and new topics follow") as case:
            for source, _ in self.ways:
                source.grow("orders", PARTITIONS + 1)
                source.write("orders", 20)
                source.create("payments")
                source.write("payments", 100)
            for source, target in self.ways:
                self.arrived(case, source, target, "orders")
                self.arrived(case, source, target, "payments")
        with self.case("no authorizer: no ACLs") as case:
            for side in (self.kafka, self.ours):
                case.equal(side.raw.call("DescribeAcls", 3)["error"], 54, f"ACLs of {side.name}")
            self.wait("both connectors' word", lambda: self.maker.log_text().count(NO_ACLS) >= 2)
            case.true("Error syncing topic ACLs" not in self.maker.log_text() and "Scheduler for MirrorSourceConnector caught" not in
                      self.maker.log_text(), "a connector failed at ACLs")

    def groups(self):
        """A group reads what there is and leaves; on the other side it goes on where it was."""
        for source, target in self.ways:
            remote, group, half = f"{source.name}.payments", f"group-{source.name}", f"half-{source.name}"
            with self.case(f"a group of {source.name} goes on at {target.name}") as case:
                ends = source.ends("payments")
                read = self.consume(source, group, "payments", sum(ends))
                case.equal(sorted(read), [(p, o) for p, end in enumerate(ends) for o in range(end)], "what it read first")
                case.equal(source.committed(group, "payments"), ends, "what it committed")
                source.commit(half, "payments", [e // 2 for e in ends])
                self.wait("its offsets", lambda s=source, t=target: t.committed(group, remote) == self.same_place(s, t, "payments"))
                before = target.ends(remote)
                source.write("payments", 30)
                self.arrived(case, source, target, "payments")
                after = target.ends(remote)
                read = self.consume(target, group, remote, 30 * PARTITIONS)
                found = [[o for o in target.offsets(remote, p) if o >= before[p]] for p in range(PARTITIONS)]
                case.equal(sorted(read), [(p, o) for p, f in enumerate(found) for o in f], "what it read later")
                case.true(all(a >= b + 30 for a, b in zip(after, before)), f"ends {before}, then {after}")
                # In the midst of a topic MirrorMaker promises that nothing is left out, not that nothing comes again.
                self.wait("offsets of the other group", lambda t=target: min(t.committed(half, remote)) > 0)
                for p, got in enumerate(target.committed(half, remote)):
                    below = sum(o < got for o in target.offsets(remote, p))
                    case.true(0 < below <= ends[p] // 2, f"{half} goes on at {got} of {remote}-{p}, behind {below} records; it "
                              f"had read {ends[p] // 2}")

    def same_place(self, source, target, topic):
        """Behind the last record: where MirrorMaker's last sync of offsets points."""
        remote = f"{source.name}.{topic}"
        return [target.offsets(remote, p)[-1] + 1 for p in range(PARTITIONS)]

    def consume(self, side, group, topic, count):
        """A member of the group reads until it has so many, commits and leaves: [(partition, offset)]."""
        d = Driver("mirror", toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), side.broker.address,
                   os.path.join(self.run.folder, f"driver-{self.slug}-{group}-{side.name}.log"))
        try:
            d.do("join", member="m", group=group, topic=topic)
            read = []

            def turn():
                read.extend(tuple(r) for r in d.do("turn", members=["m"], ms=100)["members"]["m"]["records"])
                return len(read) >= count

            wait_for(f"{count} records of {topic} for {group}", turn, 180, step=0)
            read.extend(tuple(r) for r in d.do("turn", members=["m"], ms=100)["members"]["m"]["records"])
            d.do("settle", member="m")
            d.do("leave", member="m")
        finally:
            d.close()
        return read

    def signs_of_life(self):
        with self.case("heartbeats and checkpoints") as case:
            for source, target in self.ways:
                # What target's own connector says, and what the other's mirrors of it.
                for where, pair in (("heartbeats", (source.name, target.name)), (f"{source.name}.heartbeats", (target.name, source.name))):
                    self.wait(f"a beat in {where} of {target.name}", lambda t=target, w=where: t.partitions(w) and t.stored(w, 0))
                    beats = [(beat(k), struct.unpack(">hq", v)) for k, v, _, _ in target.stored(where, 0)]
                    now = time.time() * 1000
                    case.equal({k for k, _ in beats}, {pair}, f"who beats in {where} of {target.name}")
                    case.true(all(source.base_ms - 1000 <= v[1] <= now + 1000 for _, v in beats), f"times in {where} of {target.name}")
                topic = f"{source.name}.checkpoints.internal"
                case.equal(target.raw.configs(topic, "cleanup.policy"), {"cleanup.policy": "compact"}, topic)
                points = {}
                for k, v, _, _ in target.stored(topic, 0):
                    points[checkpoint(k)] = struct.unpack(">qq", v[2:18])
                for p in range(PARTITIONS):
                    upstream, downstream = points[(f"group-{source.name}", f"{source.name}.payments", p)]
                    case.equal(upstream, 100, f"the checkpoint's offset in {source.name}")
                    case.true(downstream >= 100, f"the checkpoint's offset {downstream} in {target.name}")

    def broker_dies(self, n):
        with self.case("kill -9 of the broker: everything arrives") as case:
            counts = 1000
            target_end = self.ours.ends(f"{KAFKA}.orders")
            for source, _ in self.ways:
                source.write("orders", counts, partitions=[0, 1])
            self.wait("a part of the records", lambda: self.ours.ends(f"{KAFKA}.orders") != target_end, step=0.005)
            self.ours.broker.kill()
            self.kafka.write("orders", 100)
            self.ours.broker.start()
            self.ours.raw.close()
            self.ours.raw.wait_leaders("orders", PARTITIONS + 1)
            self.ours.write("orders", 100)
            for source, target in self.ways:
                self.arrived(case, source, target, "orders", exact=self.exactly_once)
            fresh = f"after-{n}"
            for source, _ in self.ways:
                source.create(fresh)
                source.write(fresh, 10)
            for source, target in self.ways:
                self.arrived(case, source, target, fresh)

    def end(self):
        with self.case("nothing goes round in circles; a clean end") as case:
            for source, target in self.ways:
                own = {t for t in target.raw.topics() if not t.startswith(("mm2-", "__"))}
                want = set(target.want) | {f"{source.name}.{t}" for t in source.want} | {
                    "heartbeats", f"{source.name}.heartbeats", f"{source.name}.checkpoints.internal"}
                case.equal(own, want, f"topics of {target.name}")
            case.equal(self.maker.stop(), 0, "status of MirrorMaker")
            failed = re.findall(r"Task threw an uncaught and unrecoverable exception.*", self.maker.log_text())
            case.equal(failed, [], "tasks of MirrorMaker that failed")
            quiet(case, self.ours.broker)
            for side in (self.ours, self.kafka):
                side.raw.close()
                case.equal(side.broker.stop(), 0, f"status of {side.name}")


def strings(data, count):
    """So many strings behind a version, and the bytes after them."""
    out, at = [], 2
    for _ in range(count):
        n = struct.unpack_from(">h", data, at)[0]
        out.append(data[at + 2 : at + 2 + n].decode())
        at += 2 + n
    return out, data[at:]


def beat(key):
    """MirrorMaker's key of a heartbeat: source and target."""
    (source, target), _ = strings(b"\0\0" + key, 2)
    return source, target


def checkpoint(key):
    """MirrorMaker's key of a checkpoint: group, topic, partition."""
    (group, topic), rest = strings(b"\0\0" + key, 2)
    return group, topic, struct.unpack(">i", rest)[0]


def _suite(run):
    Mirror(run).tell()
    if toolchain.LONG:
        Mirror(run, exactly_once=True).tell()


_suite.needs = jars
SUITES = {"mirror": _suite}
