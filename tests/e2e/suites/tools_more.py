"""The rest of Kafka's own tools, unmodified: those that measure, that list and describe groups in every form, that format a
directory, and the verifiable pair across a kill -9 of the broker."""
import glob
import json
import os
import re
import signal
import subprocess
import threading
import time

from lib import batch, toolchain, wire
from lib.raw import Raw
from lib.report import Failure
from lib.target import PEER, wait_for
from .groups import CLIENTS, Group, committed, produce
from .tools import Tools

GROUPS = "consumer.group.ConsumerGroupCommand"
PARTITIONS = 3


class More(Tools):
    def case(self, name):
        return self.run.report.case(f"tools-more: {name}")

    def groups(self, *args, **more):
        return self.out(GROUPS, *args, **more)

    def file(self, name, text):
        path = os.path.join(self.run.folder, name)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path


def _suite(run):
    t = More(run, run.driver("tools", toolchain.java_driver()), run.target.address, run.raw)
    t.name = f"more-{run.tag}"
    _performance(t)
    _offsets(t)
    _groups(t)
    _resets(t)
    _configs(t)
    _storage(t)
    _connections(t)
    _verifiable(t)


def table(out):
    """Rows of what a tool prints below a heading, by the heading's words."""
    lines = [x for x in out.splitlines() if x.strip()]
    at = next((i for i, x in enumerate(lines) if x.startswith("GROUP ")), None)
    if at is None:
        return []
    rows = []
    heading = None
    for line in lines[at:]:
        words = line.split()
        if words[0] == "GROUP":
            heading = words
        elif len(words) >= len(heading):
            rows.append(dict(zip(heading, words)))
    return rows


def _performance(t):
    topic = f"{t.name}-perf"
    with t.case("producer-perf-test --transactional-id: every record committed") as case:
        t.raw.create(topic, PARTITIONS)
        out, err = t.call("ProducerPerformance", "--topic", topic, "--num-records", 20000, "--record-size", 100, "--throughput", 20000,
                          "--transactional-id", f"{topic}-id", "--transaction-duration-ms", 200, "--producer-props",
                          f"bootstrap.servers={t.address}", server=False)
        case.true("20000 records sent" in out and "99.9th" in out, f"{out[-300:]!r} {err[-600:]!r}")
        # The last commit is answered before its markers are written.
        wait_for("the end of the last transaction", lambda: t.raw.call("DescribeTransactions", 0, {
            "txns": [f"{topic}-id"]})["txns"][0]["state"] == "CompleteCommit")
        batches = [b for p in range(PARTITIONS) for b in t.raw.batches(topic, p)]
        data, control = [[b for b in batches if bool(b.attributes & 0x20) == c] for c in (False, True)]
        case.equal(sum(b.count for b in data), 20000, "records")
        case.true(len(control) >= 3, f"{len(control)} markers of several transactions")
        case.true(all(b.attributes & 0x10 for b in batches), "a batch is not of a transaction")
        for p in range(PARTITIONS):
            got = t.raw.committed(topic, p)
            case.equal((got["stable"], got["aborted"] or []), (t.raw.end(topic, p), []), f"partition {p}: stable end, aborted")
        state = t.raw.call("DescribeTransactions", 0, {"txns": [f"{topic}-id"]})["txns"][0]["state"]
        case.equal(state, "CompleteCommit", "the transaction in the end")
    with t.case("producer-perf-test: payloads of a file, monotonic ones") as case:
        other = f"{topic}-payloads"
        t.raw.create(other)
        path = t.file("payloads.txt", "one,two,three")
        for args in (("--payload-file", path, "--payload-delimiter", ","), ("--payload-monotonic",)):
            t.call("ProducerPerformance", "--topic", other, "--num-records", 100, "--throughput", -1, *args, "--producer-props",
                   f"bootstrap.servers={t.address}", server=False)
        got = [line.split("\t")[-1] for line in t.consume(other, 0, 0, "--max-messages", 200)]
        case.true(set(got[:100]) <= {"one", "two", "three"}, f"values of the file: {set(got[:100])}")
        case.equal(got[100:], [str(i) for i in range(100)], "monotonic values")
    with t.case("consumer-perf-test: counts what is there, read_committed too") as case:
        config = t.file("committed.properties", "isolation.level=read_committed\n")
        for more in ((), ("--consumer.config", config), ("--show-detailed-stats", "--reporting-interval", 1)):
            out, err = t.call("ConsumerPerformance", "--topic", topic, "--messages", 20000, "--timeout", 60_000, "--group",
                              f"{topic}-{len(more)}", "--hide-header", *more)
            rows = [[x.strip() for x in line.split(",")] for line in out.splitlines() if re.match(r"\d", line)]
            case.true(rows and "WARNING" not in out, f"{more}: {out[-500:]!r} {err[-500:]!r}")
            if "--show-detailed-stats" not in more:
                case.equal((rows[-1][4], round(float(rows[-1][2]), 2)), ("20000", 1.91), f"{more}: records and MB")
        got = committed(t.raw, f"{topic}-0", topic)
        case.equal(sum(got.values()) >= 20000, True, f"what its group committed: {got}")
    with t.case("e2e-latency: one record at a time, with its percentiles") as case:
        other = f"{topic}-e2e"
        out = t.out("EndToEndLatency", t.address, other, 300, 1, 100, server=False)
        found = re.search(r"Percentiles: 50th = (\d+), 99th = (\d+), 99.9th = (\d+)", out)
        case.true(found and "Avg latency: " in out, f"it says {out[-400:]!r}")
        low, high, highest = map(int, found.groups())
        case.true(low <= high <= highest, f"percentiles {found.groups()}")
        case.equal(t.raw.end(other, 0), 300, "records")


def _offsets(t):
    """get-offsets in the forms that the other suite leaves out."""
    a, b = f"{t.name}-offsets-a", f"{t.name}-offsets-b"
    with t.case("get-offsets: patterns, several topics, partitions, without internal topics") as case:
        t.raw.create(a, 2)
        t.raw.create(b)
        t.raw.produce(a, 1, batch.make([batch.Record(b"k", b"v", 1)] * 3))
        t.raw.produce(b, 0, batch.make([batch.Record(b"k", b"v", 1)] * 2))
        want = [f"{a}:0:0", f"{a}:1:3", f"{b}:0:2"]
        case.equal(t.out("GetOffsetShell", "--topic", f"{t.name}-offsets-.*").split(), want, "a pattern")
        case.equal(t.out("GetOffsetShell", "--topic-partitions", f"{a}:1,{b}:0-1").split(), want[1:], "topics with partitions")
        case.equal(t.out("GetOffsetShell", "--topic", a, "--partitions", "0").split(), want[:1], "--partitions")
        internal = [x for x in t.out("GetOffsetShell").split() if x.startswith("__")]
        case.true(internal, "no internal topic is listed, though the group's exists")
        case.equal([x for x in t.out("GetOffsetShell", "--exclude-internal-topics").split() if x.startswith("__")], [], "internal topics")
        out, err = t.call("GetOffsetShell", "--topic", f"{t.name}-nope", status=1)
        case.true("Could not match any topic-partitions" in out + err, f"an unknown topic: {(out + err)[-300:]!r}")


def _coordinated(t, group):
    wait_for("the coordinator", lambda: t.raw.call("FindCoordinator", 4, {"keys": [group]})["found"][0]["error"] == 0)


def _groups(t):
    topic, other = f"{t.name}-groups", f"{t.name}-groups-2"
    classic, modern, simple = f"{topic}-classic", f"{topic}-modern", f"{topic}-simple"
    mine = {classic, modern, simple}
    for name in (topic, other):
        t.raw.create(name, PARTITIONS)
        produce(t.raw, name, *range(PARTITIONS))
    members = [Group(t.run.driver("more-classic", CLIENTS["confluent"][0]()), classic, topic, 100),
               Group(t.run.driver("more-modern", toolchain.java_driver()), modern, topic, 100)]
    _coordinated(t, simple)
    body = {"group": simple, "topics": [
        {"name": x, "partitions": [{"index": p, "offset": 10 + p} for p in range(PARTITIONS)]} for x in (topic, other)]}
    wait_for("the commit", lambda: {p["error"] for x in t.raw.call("OffsetCommit", 8, body)["topics"] for p in x["partitions"]} == {0})
    for g, more in zip(members, ({}, {"protocol": "consumer"})):
        g.join("busy", **more)
        g.until_shared(PARTITIONS)
        g.until("all is read", lambda g=g: len(g.read) >= 150)
        g.settle()

    def listed(out):
        return {r["GROUP"]: r for r in table(out) if r["GROUP"] in mine}

    with t.case("groups: --list with every filter") as case:
        kinds = {classic: ("Classic", "consumer"), modern: ("Consumer", "consumer")}
        for args, want in (((), mine), (("--consumer",), mine), (("--group-type", "classic"), {classic, simple}),
                           (("--group-type", "consumer"), {modern}), (("--protocol", "consumer"), {classic, modern}),
                           (("--share",), set()), (("--streams",), set()), (("--protocol", "nothing"), set())):
            out = t.out("GroupsCommand", "--list", *args)
            case.equal({x.split()[0] for x in out.splitlines()} & mine, want, f"--list {args}")
            got = listed(out)
            for name, kind in kinds.items():
                if name in want:
                    case.equal((got[name]["TYPE"], got[name]["PROTOCOL"]), kind, f"{args}: type and protocol of {name}")
        case.true(re.search(r"^GROUP +TYPE +PROTOCOL", t.out("GroupsCommand", "--list"), re.M), "the heading")
    with t.case("consumer-groups --list with --state and --type") as case:
        case.equal(mine - set(t.groups("--list").split()), set(), "--list")
        for args, want in ((("--state",), {classic: "Stable", modern: "Stable", simple: "Empty"}),
                           (("--state", "stable"), {classic: "Stable", modern: "Stable"}),
                           (("--state", "Empty,Dead"), {simple: "Empty"}), (("--state", "PreparingRebalance"), {})):
            case.equal({k: r["STATE"] for k, r in listed(t.groups("--list", *args)).items()}, want, f"--list {args}")
        for args, want in ((("--type",), {classic: "Classic", modern: "Consumer", simple: "Classic"}),
                           (("--type", "consumer"), {modern: "Consumer"}),
                           (("--type", "classic,consumer"), {classic: "Classic", modern: "Consumer", simple: "Classic"})):
            case.equal({k: r["TYPE"] for k, r in listed(t.groups("--list", *args)).items()}, want, f"--list {args}")
        got = listed(t.groups("--list", "--type", "classic", "--state", "empty"))
        case.equal({k: (r["TYPE"], r["STATE"]) for k, r in got.items()}, {simple: ("Classic", "Empty")}, "both")
        out = "".join(t.call(GROUPS, "--list", "--state", "Nonsense", status=1))
        case.true("Invalid state list" in out, f"a state that is none: {out[-300:]!r}")
    with t.case("consumer-groups --describe --all-groups: offsets, members, state, verbose") as case:
        def mine_of(*args):
            return [r for r in table(t.groups("--describe", "--all-groups", *args)) if r["GROUP"] in mine]

        rows = mine_of("--offsets")
        got = {(r["GROUP"], r["TOPIC"], r["PARTITION"]): (r["CURRENT-OFFSET"], r["LOG-END-OFFSET"], r["LAG"]) for r in rows}
        want = {(g, topic, str(p)): ("50", "50", "0") for g in (classic, modern) for p in range(PARTITIONS)}
        want |= {(simple, x, str(p)): (str(10 + p), "50", str(40 - p)) for x in (topic, other) for p in range(PARTITIONS)}
        case.equal(got, want, "offsets, ends, lags")
        for r in rows:
            idle = r["GROUP"] == simple
            case.equal((r["CONSUMER-ID"] == "-", r["HOST"], r["CLIENT-ID"]), (idle, "-" if idle else "/127.0.0.1", "-" if idle else "busy"),
                       f"who reads {r['GROUP']}")
        verbose = mine_of("--offsets", "--verbose")
        case.true(all("LEADER-EPOCH" in r for r in verbose) and len(verbose) == len(rows), f"--verbose: {verbose[:1]}")
        rows = {r["GROUP"]: r for r in mine_of("--members", "--verbose")}
        case.equal(set(rows), {classic, modern}, "groups with members")
        for name, r in rows.items():
            case.equal((r["HOST"], r["CLIENT-ID"], r["#PARTITIONS"]), ("/127.0.0.1", "busy", "3"), f"the member of {name}")
        lines = t.groups("--describe", "--all-groups", "--members", "--verbose")
        for name in (classic, modern):
            case.true(re.search(rf"^{name} .*{topic}:0,1,2", lines, re.M), f"the assignment of {name}: {lines!r}")
        lines = t.groups("--describe", "--all-groups", "--state", "--verbose")
        host, port = t.address.rsplit(":", 1)
        for name, assignor, state, count in ((classic, "range", "Stable", 1), (modern, "uniform|range", "Stable", 1), (simple, "-?", "Empty", 0)):
            case.true(re.search(rf"^{name} +{host}:{port} +\(1\) +({assignor}) +{state}\b.* {count} *$", lines, re.M), f"state of {name}: {lines!r}")
        out = "".join(t.call(GROUPS, "--describe", "--group", f"{topic}-nope"))
        case.true("GroupIdNotFoundException" in out and f"Group {topic}-nope not found." in out, f"no such group: {out!r}")
    with t.case("consumer-groups --describe of several groups, of the lag that grows, of a group without members") as case:
        produce(t.raw, topic, 1)
        rows = [r for r in table(t.groups("--describe", "--group", classic, "--group", modern)) if r["PARTITION"] == "1"]
        case.equal(sorted((r["GROUP"], r["CURRENT-OFFSET"], r["LOG-END-OFFSET"], r["LAG"]) for r in rows),
                   sorted((g, "50", "100", "50") for g in (classic, modern)), "the lag of partition 1")
        for g in members:
            g.end()
        out = "".join(t.call(GROUPS, "--describe", "--group", classic))
        case.true(f"Consumer group '{classic}' has no active members." in out, f"without members: {out[:300]!r}")
        rows = [r for r in table(out) if r["GROUP"] == classic]
        case.equal([r["CONSUMER-ID"] for r in rows], ["-"] * PARTITIONS, "its rows")
        out = "".join(t.call(GROUPS, "--describe", "--group", modern, "--members"))
        case.true("has no active members" in out, f"--members: {out[:300]!r}")
    with t.case("consumer-groups --delete-offsets, --delete of several; what is not there") as case:
        out = t.groups("--delete-offsets", "--group", simple, "--topic", f"{topic}:0", "--topic", other)
        case.true("Successful" in out, f"--delete-offsets: {out!r}")
        rows = {(r["TOPIC"], r["PARTITION"]) for r in table(t.groups("--describe", "--group", simple))}
        case.equal(rows, {(topic, "1"), (topic, "2")}, "what is left")
        out = "".join(t.call(GROUPS, "--delete-offsets", "--group", f"{topic}-nope", "--topic", topic))
        case.true("GROUP_ID_NOT_FOUND" in out or "GroupIdNotFound" in out or "group id does not exist" in out.lower(), f"no such group: {out!r}")
        out = "".join(t.call(GROUPS, "--delete", "--group", classic, "--group", modern, "--group", f"{topic}-nope"))
        case.true("GroupIdNotFoundException" in out and f"{topic}-nope" in out, f"--delete of one that is not there: {out!r}")
        case.equal(mine & set(t.groups("--list").split()), {simple}, "groups that are left")
        case.true("was successful" in t.groups("--delete", "--group", simple), "--delete")


def _resets(t):
    """--reset-offsets: each form's plan, then what it does; the edges of the log hold it."""
    topic, group = f"{t.name}-resets", f"{t.name}-resets-g"
    base = 1_700_000_000_000
    t.raw.create(topic, 2, {"retention.ms": -1})  # its records are old
    for p in (0, 1):
        for at in range(0, 40, 10):
            t.raw.produce(topic, p, batch.make([batch.Record(b"k", b"v", base + 1000 * (at + i)) for i in range(10)]))
    t.raw.call("DeleteRecords", 2, {"topics": [{"name": topic, "partitions": [{"index": 1, "offset": 5}]}]})
    _coordinated(t, group)

    def commit(*offsets):
        body = {"group": group, "topics": [{"name": topic, "partitions": [{"index": p, "offset": o} for p, o in enumerate(offsets)]}]}
        wait_for("the commit", lambda: {p["error"] for p in t.raw.call("OffsetCommit", 8, body)["topics"][0]["partitions"]} == {0})

    def told(*args):
        rows = table(t.groups("--reset-offsets", "--group", group, *args))
        return [r["NEW-OFFSET"] for r in sorted(rows, key=lambda r: r["PARTITION"])]

    def now():
        got = committed(t.raw, group, topic)
        return [str(got[p]) for p in (0, 1)]

    commit(20, 20)
    forms = ((("--to-earliest",), ["0", "5"]), (("--to-latest",), ["40", "40"]), (("--to-offset", 3), ["3", "5"]),
             (("--to-offset", 99), ["40", "40"]), (("--shift-by", -17), ["3", "5"]), (("--shift-by", 7), ["27", "27"]),
             (("--shift-by", 1000), ["40", "40"]), (("--to-current",), ["20", "20"]),
             (("--to-datetime", "2023-11-14T22:13:35.000"), ["15", "15"]),
             (("--to-datetime", "2023-11-14T23:13:35.500+01:00"), ["16", "16"]),
             (("--to-datetime", "1999-01-01T00:00:00.000"), ["0", "5"]), (("--by-duration", "P9999DT0H0M0S"), ["0", "5"]),
             (("--by-duration", "PT0S"), ["40", "40"]))
    with t.case("consumer-groups --reset-offsets: every form, at first dry") as case:
        for args, want in forms:
            case.equal(told("--topic", topic, *args, "--dry-run"), want, f"the plan of {args}")
            case.equal(now(), ["20", "20"], f"offsets after the dry run of {args}")
    with t.case("consumer-groups --reset-offsets: every form, executed") as case:
        for args, want in forms:
            commit(20, 20)
            case.equal(told("--all-topics", *args, "--execute"), want, f"what {args} says")
            case.equal(now(), want, f"offsets after {args}")
    with t.case("consumer-groups --reset-offsets: exported, read from files, refused") as case:
        commit(20, 20)
        plan = t.groups("--reset-offsets", "--group", group, "--topic", f"{topic}:1", "--to-earliest", "--export", "--dry-run")
        case.equal(plan.split(), [f"{topic},1,5"], "an exported plan")
        path = t.file("reset.csv", f"{plan.strip()}\n{topic},0,33\n")
        case.equal(told("--from-file", path, "--dry-run"), ["33", "5"], "the plan of a file")
        case.equal(now(), ["20", "20"], "offsets after that")
        case.equal(told("--from-file", path, "--execute"), ["33", "5"], "the file, executed")
        case.equal(now(), ["33", "5"], "offsets after that")
        # Several groups in one file.
        path = t.file("resets.csv", f"{group},{topic},0,1\n{group}-b,{topic},0,2\n")
        t.groups("--reset-offsets", "--group", group, "--group", f"{group}-b", "--from-file", path, "--execute")
        case.equal((now()[0], committed(t.raw, f"{group}-b", topic)[0]), ("1", 2), "two groups from one file")
        out = t.groups("--reset-offsets", "--all-groups", "--topic", topic, "--to-latest", "--dry-run")
        case.true({group, f"{group}-b"} <= {r["GROUP"] for r in table(out)}, f"--all-groups: {out!r}")
        for args in (("--topic", topic, "--to-earliest", "--to-latest"), ("--topic", topic), ("--to-earliest",)):
            out = "".join(t.call(GROUPS, "--reset-offsets", "--group", group, *args, "--dry-run", status=None))
            case.true(re.search(r"^(Option.* requires|Option.* can't be used|Only one of|One of the reset scopes)", out, re.M), f"{args}: {out[-300:]!r}")
        out = "".join(t.call(GROUPS, "--reset-offsets", "--group", group, "--topic", f"{topic}-nope", "--to-earliest", "--dry-run", status=None))
        case.true("UnknownTopicOrPartitionException" in out, f"a topic that is not there: {out[-400:]!r}")


def _configs(t):
    topic, group = f"{t.name}-configs", f"{t.name}-configs-g"
    with t.case("configs: all entities of each kind, --all, files of settings") as case:
        t.raw.create(topic, 1, {"retention.ms": 12345})
        out = t.configs("--entity-type", "topics", "--describe")
        case.true(f"Dynamic configs for topic {topic} are:\n  retention.ms=12345 " in out, f"all topics: {out[-400:]!r}")
        path = t.file("topic.properties", "retention.ms=777\nsegment.bytes=1048576\n")
        t.configs("--entity-type", "topics", "--entity-name", topic, "--alter", "--add-config-file", path)
        out = t.configs("--entity-type", "topics", "--entity-name", topic, "--describe")
        case.equal(sorted(re.findall(r"^  ([\w.]+)=(\d+) ", out, re.M)), [("retention.ms", "777"), ("segment.bytes", "1048576")], "from a file")
        t.configs("--topic", topic, "--alter", "--delete-config", "segment.bytes")
        case.true("segment.bytes" not in t.configs("--topic", topic, "--describe"), "a setting that was deleted")
        t.configs("--entity-type", "groups", "--entity-name", group, "--alter", "--add-config",
                  "consumer.session.timeout.ms=50000,consumer.heartbeat.interval.ms=6000")
        wait_for("the group's settings", lambda: "consumer.session.timeout.ms=50000" in t.configs("--entity-type", "groups", "--describe"))
        out = t.configs("--group", group, "--describe", "--all")
        for setting in ("consumer.session.timeout.ms=50000", "consumer.heartbeat.interval.ms=6000", "share.session.timeout.ms=45000"):
            case.true(f"  {setting} " in out, f"{setting} is not in {out!r}")
        out = "".join(t.call("kafka.admin.ConfigCommand", "--group", group, "--alter", "--add-config", "consumer.session.timeout.ms=1", status=1))
        case.true("InvalidConfigurationException" in out or "InvalidRequestException" in out, f"too small: {out[:400]!r}")
        t.configs("--group", group, "--alter", "--delete-config", "consumer.session.timeout.ms,consumer.heartbeat.interval.ms")
        for kind in ("brokers", "users", "clients", "ips", "client-metrics"):
            case.equal(t.call("kafka.admin.ConfigCommand", "--entity-type", kind, "--describe")[1].strip(), "", f"complaints about {kind}")
        out = t.configs("--broker", "1", "--describe", "--all")
        case.true(re.search(r"^  node.id=1 ", out, re.M), "no node.id among the broker's settings")


def _storage(t):
    """kafka-storage works on directories: what it formats is served, and what is served it describes."""
    with t.case("storage: random-uuid, format, info; the directory is served") as case:
        uuid = t.out("kafka.tools.StorageTool", "random-uuid", server=False).strip()
        case.true(re.fullmatch(r"[\w-]{22}", uuid), f"random-uuid says {uuid!r}")
        broker = t.run.broker("formatted")
        port = broker.port
        conf = t.file("formatted.properties", f"process.roles=broker,controller\nnode.id=1\ncontroller.quorum.voters=1@127.0.0.1:{port + 1}\n"
                      f"controller.listener.names=CONTROLLER\nlisteners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{port + 1}\n"
                      f"log.dirs={broker.data}\n")
        out = t.out("kafka.tools.StorageTool", "format", "-t", uuid, "-c", conf, server=False)
        case.true("Formatting" in out and broker.data in out, f"format says {out!r}")
        out, err = t.call("kafka.tools.StorageTool", "format", "-t", uuid, "-c", conf, server=False, status=1)
        case.true("already formatted" in out + err, f"a second format: {(out + err)[-300:]!r}")
        t.out("kafka.tools.StorageTool", "format", "-t", uuid, "-c", conf, "--ignore-formatted", server=False)
        broker.start()
        raw = Raw(broker.address)
        case.equal(raw.call("DescribeCluster", 0)["cluster"], uuid, "the cluster's id")
        raw.create("stored")
        case.equal(raw.produce("stored", 0, batch.make([batch.Record(b"k", b"v", 1)]))["error"], 0, "a record")
        raw.close()
        case.equal(broker.stop(), 0, "status of a clean stop")
        out = t.out("kafka.tools.StorageTool", "info", "-c", conf, server=False)
        case.true(f"cluster.id={uuid}" in out and "node.id=1" in out and "Found problem" not in out, f"info says {out!r}")
        out = t.out("kafka.tools.StorageTool", "version-mapping", "--release-version", "4.1-IV1", server=False)
        case.true("transaction.version=2" in out, f"version-mapping: {out!r}")


def _connections(t):
    """What kafka-configs says of connections holds for those that come, whichever shard they come to."""
    brokers = ("--entity-type", "brokers", "--entity-default", "--alter")
    broker = t.run.broker("connections")
    broker.start()
    where = ("--bootstrap-server", broker.address, *brokers)
    held = []

    def alter(*args):
        t.call("kafka.admin.ConfigCommand", *where, *args, server=False)

    def knock(source, times):
        """How many of so many connections are served."""
        served = 0
        for _ in range(times):
            try:
                c = wire.Conn(broker.address, source=source)
                c.call("ApiVersions", 0)
                held.append(c)
                served += 1
            except (wire.Closed, OSError):
                pass
        return served

    def hang_up(times):
        for _ in range(times):
            held.pop().close()

    with t.case("configs: max.connections.per.ip and its overrides hold, over all shards") as case:
        alter("--add-config", "max.connections.per.ip=10,max.connections.per.ip.overrides=[127.0.0.3:2,127.0.0.4:0]")
        raw = Raw(broker.address)
        wait_for("the settings", lambda: knock("127.0.0.4", 1) == 0 or hang_up(1))
        case.equal([knock("127.0.0.4", 3), knock("127.0.0.3", 5), knock("127.0.0.2", 14)], [0, 2, 10], "served, by address")
        hang_up(3)
        wait_for("room for three more", lambda: knock("127.0.0.2", 1) and len(held) == 12)
        case.equal(knock("127.0.0.2", 3), 0, "beyond that")
        alter("--delete-config", "max.connections.per.ip,max.connections.per.ip.overrides")
        wait_for("the settings", lambda: knock("127.0.0.4", 1))
        case.equal([knock("127.0.0.4", 3), knock("127.0.0.3", 5), knock("127.0.0.2", 14)], [3, 5, 14], "served without a limit")
        hang_up(len(held))
        # Those that came while there was no limit count.
        case.equal(knock("127.0.0.5", 4), 4, "served without a limit")
        alter("--add-config", "max.connections.per.ip=6")
        wait_for("the settings", lambda: raw.call("DescribeConfigs", 4, {"resources": [{"type": 4, "name": "1", "keys": [
            "max.connections.per.ip"]}]})["resources"][0]["configs"][0]["value"] == "6")
        wait_for("the limit", lambda: knock("127.0.0.5", 3) < 3)
        case.equal(len(held), 6, "of one address")
        alter("--delete-config", "max.connections.per.ip")
        raw.close()
        hang_up(len(held))
    with t.case("configs: max.connection.creation.rate delays, and turns nobody away") as case:
        alter("--add-config", "max.connection.creation.rate=3")
        began = time.monotonic()
        case.equal(knock("127.0.0.2", 36), 36, "connections served")
        # What comes in ten seconds may come at once: thirty.
        case.true(time.monotonic() - began > 1, f"36 connections at 3 a second took {time.monotonic() - began:.1f} s")
        alter("--delete-config", "max.connection.creation.rate")
        hang_up(len(held))
        case.equal(broker.stop(), 0, "status of a clean stop")


class Verifiable:
    """One of the verifiable tools in a JVM of its own, its events as they come."""

    def __init__(self, tool, *args):
        self.process = subprocess.Popen([PEER, "tool", f"org.apache.kafka.tools.{tool}", *map(str, args)], stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL, text=True)
        self.events = []
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            if line.startswith("{"):
                self.events.append(json.loads(line))

    def named(self, name):
        return [e for e in list(self.events) if e["name"] == name]

    def end(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(120)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure("a verifiable tool did not end") from None
        self.reader.join(10)

    def kill(self):
        self.process.kill()
        self.process.wait()


def _verifiable(t):
    """A producer and a consumer of each protocol; the broker is killed in between. What is acknowledged is read, in its order."""
    topic = "verified"
    with t.case("verifiable-producer and -consumer, the broker killed twice in between: all that was acknowledged is read") as case:
        broker = t.run.broker("verifiable", {"offsets.topic.num.partitions": 2})
        broker.start()
        raw = Raw(broker.address)
        raw.create(topic, PARTITIONS)
        raw.close()
        config = t.file("verifiable.properties", "retries=2147483647\nenable.idempotence=true\ndelivery.timeout.ms=120000\n"
                        "reconnect.backoff.max.ms=200\n")
        where = ("--bootstrap-server", broker.address, "--topic", topic)
        quick = ("--verbose", "--consumer.config", t.file("verifiable-consumer.properties", "reconnect.backoff.max.ms=200\n"))
        tools = []
        try:
            for how in (("--group-protocol", "classic", "--session-timeout", 6000), ("--group-protocol", "consumer")):
                tools.append(Verifiable("VerifiableConsumer", *where, "--group-id", f"g-{how[1]}", *quick, *how))
            tools.append(Verifiable("VerifiableProducer", *where, "--throughput", 1000, "--repeating-keys", 20, "--producer.config", config))
            *consumers, producer = tools

            def acked():
                return len(producer.named("producer_send_success"))

            def progress(what):
                """All three go on."""
                before = acked(), [len(c.named("record_data")) for c in consumers]
                wait_for(what, lambda: acked() > before[0] + 300 and all(
                    len(c.named("record_data")) > n + 300 for c, n in zip(consumers, before[1])), 180, step=0.05)

            progress("a beginning")
            for _ in range(2):
                broker.kill()
                broker.start()
                progress("more after a crash")
            producer.end()
            stood = {int(e["value"]): (e["partition"], e["offset"]) for e in producer.named("producer_send_success")}
            case.equal([(x["sent"], x["acked"]) for x in producer.named("tool_data")], [(len(stood), len(stood))], "sent and acknowledged")
            ends = {p: 1 + max(o for q, o in stood.values() if q == p) for p in range(PARTITIONS)}
            raw = Raw(broker.address)
            case.equal({p: raw.end(topic, p) for p in ends}, ends, "ends of the log: nothing twice")
            for c, group in zip(consumers, ("g-classic", "g-consumer")):
                wait_for(f"{group} has committed all", lambda g=group: committed(raw, g, topic) == ends, 180, step=0.1)
                c.end()
                case.true(c.named("shutdown_complete"), f"the consumer of {group} did not close")
                read = [(int(e["value"]), (e["partition"], e["offset"])) for e in c.named("record_data")]
                case.equal(sorted(set(read)), sorted(stood.items()), "each value where it was acknowledged")
                for p in ends:
                    offsets = [o for _, (q, o) in read if q == p]
                    case.equal(list(dict.fromkeys(offsets)), list(range(ends[p])), f"partition {p}: the order of what was read first")
            for p in ends:
                values = [v for v, (q, _) in sorted(stood.items(), key=lambda x: x[1]) if q == p]
                case.equal(values, sorted(values), f"partition {p}: the order that the producer sent")
            raw.close()
        finally:
            for x in tools:
                if x.process.poll() is None:
                    x.kill()
        case.equal(broker.stop(), 0, "status of a clean stop")
    with t.case("dump-log: decoders, one record's worth, records left out, on what the crashes left") as case:
        def dump(*args):
            return t.out("kafka.tools.DumpLogSegments", *args, server=False)

        def logs(folder):
            return ",".join(sorted(x for x in glob.glob(os.path.join(broker.data, folder, "*.log")) if os.path.getsize(x)))

        out = dump("--offsets-decoder", "--files", logs("__consumer_offsets-*"))
        case.true('"group":"g-classic"' in out and '"groupId":"g-consumer"' in out and "Could not decode" not in out, f"offsets: {out[-400:]!r}")
        out = dump("--cluster-metadata-decoder", "--files", logs("__cluster_metadata-0"))
        case.true('"type":"TOPIC_RECORD"' in out and '"name":"verified"' in out, f"metadata: {out[-400:]!r}")
        out = dump("--print-data-log", "--skip-record-metadata", "--files", logs(f"{topic}-0"))
        case.equal([int(x) for x in re.findall(r"payload: (\d+)$", out, re.M)], [v for v, (p, _) in sorted(stood.items(), key=lambda x: x[1]) if p == 0],
                   "values of partition 0")
        half = sum(os.path.getsize(x) for x in logs(f"{topic}-1").split(",")) // 2
        out = dump("--deep-iteration", "--max-bytes", half, "--files", logs(f"{topic}-1"))
        case.true(0 < len(re.findall(r"^\| offset: ", out, re.M)) < ends[1], "--max-bytes shows a part")


_suite.needs = toolchain.java_driver
SUITES = {"tools-more": _suite}
