"""Apache Kafka's own command line tools, unmodified, many in one JVM (drivers/java/Tools.java)."""
import glob
import json
import os
import random
import re
import time

from lib import toolchain
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for

PACKAGE = "org.apache.kafka.tools."
# The keys of issue 3, with the versions of Kafka 4.1: what BrokerApiVersionsCommand must print.
VERSIONS = {
    "Produce(0)": "0 to 13", "Fetch(1)": "4 to 18", "ListOffsets(2)": "1 to 10", "Metadata(3)": "0 to 13",
    "FindCoordinator(10)": "0 to 6", "ApiVersions(18)": "0 to 4", "CreateTopics(19)": "2 to 7",
    "DeleteTopics(20)": "1 to 6", "DeleteRecords(21)": "0 to 2", "InitProducerId(22)": "0 to 5",
    "OffsetForLeaderEpoch(23)": "2 to 4", "DescribeConfigs(32)": "1 to 4", "AlterConfigs(33)": "0 to 2",
    "DescribeLogDirs(35)": "1 to 4", "CreatePartitions(37)": "0 to 3", "IncrementalAlterConfigs(44)": "0 to 1",
    "DescribeCluster(60)": "0 to 2", "DescribeProducers(61)": "0", "DescribeTopicPartitions(75)": "0",
}


class Tools:
    def __init__(self, run, driver, address, raw):
        self.run, self.driver, self.address, self.raw = run, driver, address, raw
        self.name = f"tools-{run.tag}"

    def call(self, tool, *args, stdin="", status=0, server=True):
        """Both outputs of the tool; it must end with this status, or with any for None."""
        where = ["--bootstrap-server", self.address] if server else []
        name = tool if tool.startswith(("kafka.", "org.")) else PACKAGE + tool
        got = self.driver.do("tool", 180, **{"class": name}, args=[*where, *(str(a) for a in args)], stdin=stdin)
        if status is not None and got["exit"] != status:
            raise Failure(f"{tool} {' '.join(map(str, args))}: status {got['exit']}, {got['out'][-500:]} {got['err'][-1500:]}")
        return got["out"], got["err"]

    def out(self, tool, *args, **more):
        return self.call(tool, *args, **more)[0]

    def topics(self, *args, **more):
        return self.out("TopicCommand", *args, **more)

    def configs(self, *args, **more):
        return self.out("kafka.admin.ConfigCommand", *args, **more)

    def consume(self, topic, partition, offset, *args):
        """Lines of the console consumer, which ends when nothing comes for a moment."""
        return self.out("consumer.ConsoleConsumer", "--topic", topic, "--partition", partition, "--offset", offset, *args,
                        "--property", "print.key=true", "--property", "print.headers=true", "--property",
                        "print.partition=true", "--property", "print.offset=true").splitlines()

    def case(self, name):
        return self.run.report.case(f"tools: {name}")


def _suite(run):
    t = Tools(run, run.driver("tools", toolchain.java_driver()), run.target.address, run.raw)
    _versions(t)
    _topics(t)
    _console(t)
    _hundred(t)
    _offsets(t)
    _topic_configs(t)
    _broker_configs(t)
    _records_and_directories(t)
    _performance(t)
    _cluster(t)
    _dump_active(t)


def _versions(t):
    with t.case("broker-api-versions") as case:
        out = t.out("BrokerApiVersionsCommand")
        found = dict(re.findall(r"^\t(\w+\(\d+\)): ([\d to]+) \[usable", out, re.M))
        case.equal({k: v for k, v in found.items() if k in VERSIONS}, VERSIONS, "versions")
        case.true("isFenced: false" in out.splitlines()[0], f"the broker's line: {out.splitlines()[0]}")


def _topics(t):
    name = f"{t.name}-topics"
    with t.case("topics: create, list, describe") as case:
        out = t.topics("--create", "--topic", name, "--partitions", 3, "--replication-factor", 1, "--config",
                       "retention.ms=604800000", "--config", "cleanup.policy=delete")
        case.equal(out.strip(), f"Created topic {name}.", "create says")
        t.raw.wait_leaders(name, 3)
        case.true(name in t.topics("--list").split(), "the list lacks the topic")
        lines = t.topics("--describe", "--topic", name).splitlines()
        case.true(re.fullmatch(rf"Topic: {name}\tTopicId: [\w-]{{22}}\tPartitionCount: 3\tReplicationFactor: 1\tConfigs: "
                               r".*", lines[0]), f"describe says {lines[0]!r}")
        configs = set(lines[0].split("Configs: ")[1].split(","))
        case.true({"retention.ms=604800000", "cleanup.policy=delete"} <= configs, f"configs {configs}")
        for p in range(3):
            case.true(re.fullmatch(rf"\tTopic: {name}\tPartition: {p}\tLeader: 1\tReplicas: 1\tIsr: 1\tElr: \t"
                                   r"LastKnownElr: ", lines[1 + p]), f"describe says {lines[1 + p]!r}")
    with t.case("topics: 100 partitions, if-not-exists") as case:
        many = f"{name}-100"
        t.topics("--create", "--topic", many, "--partitions", 100)
        t.raw.wait_leaders(many, 100)
        case.equal(len(t.topics("--describe", "--topic", many).splitlines()), 101, "lines of describe")
        t.topics("--create", "--topic", many, "--partitions", 5, "--if-not-exists")
        case.equal(len(t.raw.topic(many)["partitions"]), 100, "partitions afterwards")
    with t.case("topics: what is refused, in Kafka's words") as case:
        say = "Error while executing topic command : "
        for args, want in (
                (("--create", "--topic", f"{name}-rf3", "--partitions", 3, "--replication-factor", 3),
                 "Unable to replicate the partition 3 time(s): The target replication factor of 3 cannot be reached because"
                 " only 1 broker(s) are registered."),
                (("--create", "--topic", name, "--partitions", 3), f"Topic '{name}' already exists."),
                (("--describe", "--topic", f"{name}-nope"), f"Topic '{name}-nope' does not exist as expected"),
                (("--alter", "--topic", name, "--partitions", 2),
                 f"The topic {name} currently has 3 partition(s); 2 would not be an increase.")):
            out, err = t.call("TopicCommand", *args, status=1)
            case.true(say + want in out + err, f"{args}: {(out + err)[:400]!r}")
    with t.case("topics: alter, delete") as case:
        t.topics("--alter", "--topic", name, "--partitions", 12)
        t.raw.wait_leaders(name, 12)
        case.true("PartitionCount: 12\t" in t.topics("--describe", "--topic", name), "describe lacks 12 partitions")
        t.topics("--delete", "--topic", name)
        wait_for("the topic's end", lambda: t.raw.topic(name)["error"] == 3)
        case.true(name not in t.topics("--list").split(), "the topic is still listed")


def _console(t):
    topic = f"{t.name}-console"
    parse = ("--property", "parse.key=true", "--property", "key.separator=|")
    with t.case("console producer and consumer: keys, order, headers, offsets") as case:
        t.raw.create(topic, 3)
        lines = [(f"order-{i % 7}", json.dumps({"event": "payment_authorized", "n": i})) for i in range(70)]
        t.call("ConsoleProducer", "--topic", topic, *parse, stdin="".join(f"{k}|{v}\n" for k, v in lines))
        seen, count = {}, 0
        for p in range(3):
            end = t.raw.end(topic, p)
            got = t.consume(topic, p, "earliest", "--max-messages", max(end, 1), "--timeout-ms", 60_000 if end else 300)
            case.equal(len(got), end, f"lines of partition {p}")
            for offset, line in enumerate(got):
                where, place, headers, key, value = line.split("\t")
                case.equal((where, place, headers), (f"Partition:{p}", f"Offset:{offset}", "NO_HEADERS"), "line")
                case.equal(seen.setdefault(key, (p, []))[0], p, f"partition of {key}")
                seen[key][1].append(value)
                count += 1
        case.equal(count, 70, "lines")
        case.equal({k: v for k, (_, v) in seen.items()},
                   {f"order-{j}": [v for k, v in lines if k == f"order-{j}"] for j in range(7)}, "values of each key")
    with t.case("console consumer: from an offset, from the end; null values") as case:
        one = f"{topic}-one"
        t.raw.create(one)
        t.call("ConsoleProducer", "--topic", one, *parse, "--property", "parse.headers=true", "--property",
               "null.marker=NULL", stdin="".join(f"h:{i},odd:{i % 2}\tk|{'NULL' if i == 5 else i}\n" for i in range(10)))
        want = [f"Partition:0\tOffset:{i}\th:{i},odd:{i % 2}\tk\t{'null' if i == 5 else i}" for i in range(10)]
        case.equal(t.consume(one, 0, 4, "--max-messages", 6), want[4:], "lines from offset 4")
        case.equal(t.consume(one, 0, "earliest", "--max-messages", 3), want[:3], "the first three lines")
        case.equal(t.consume(one, 0, "latest", "--timeout-ms", 300), [], "lines from the end")
    with t.case("console producer: compression and acks") as case:
        for i, (codec, acks) in enumerate((("gzip", "0"), ("snappy", "1"), ("lz4", "-1"), ("zstd", "all"))):
            other = f"{topic}-{codec}"
            t.raw.create(other)
            t.call("ConsoleProducer", "--topic", other, "--compression-codec", codec, "--request-required-acks", acks,
                   stdin="".join(f"{codec} line {j}\n" for j in range(50)))
            wait_for(f"50 {codec} lines", lambda o=other: t.raw.end(o, 0) == 50)
            got = t.consume(other, 0, "earliest", "--max-messages", 50)
            case.equal([line.split("\t")[-1] for line in got], [f"{codec} line {j}" for j in range(50)], "lines")
            case.true(i + 1 in {b.codec for b in t.raw.batches(other, 0)}, f"no {codec} batch in the log")


def _hundred(t):
    topic = f"{t.name}-hundred"
    with t.case("console producer: 100 partitions; get-offsets sums up") as case:
        t.raw.create(topic, 100)
        t.call("ConsoleProducer", "--topic", topic, "--property", "parse.key=true", "--property", "key.separator=|",
               stdin="".join(f"key-{i}|value {i}\n" for i in range(1000)))
        out = t.out("GetOffsetShell", "--topic", topic, "--time", -1)
        ends = {int(p): int(o) for _, p, o in (line.split(":") for line in out.split())}
        case.equal(sorted(ends), list(range(100)), "partitions")
        case.equal(sum(ends.values()), 1000, "records")
        case.equal(ends, {p: t.raw.end(topic, p) for p in range(100)}, "ends")


def _offsets(t):
    topic = f"{t.name}-offsets"
    with t.case("get-offsets: -1 to -5, names, a timestamp, partitions") as case:
        from lib import batch

        t.raw.create(topic, 3)
        base = int(time.time()) * 1000 - 60_000
        # The greatest timestamp is not the last one.
        for p in (0, 1):
            recs = [batch.Record(b"k", b"v%d" % i, base + ts) for i, ts in enumerate((0, 10, 20, 90, 40, 50))]
            t.raw.produce(topic, p, batch.make(recs[:3]))
            t.raw.produce(topic, p, batch.make(recs[3:], codec=1))
        for when, want in (
                (-1, "0:6 1:6 2:0"), (-2, "0:0 1:0 2:0"), (-3, "0:3 1:3"), (-4, "0:0 1:0 2:0"), (-5, ""),
                ("latest", "0:6 1:6 2:0"), ("earliest", "0:0 1:0 2:0"), ("max-timestamp", "0:3 1:3"),
                ("earliest-local", "0:0 1:0 2:0"), ("latest-tiered", ""), (base + 10, "0:1 1:1"), (base + 11, "0:2 1:2"),
                (base + 21, "0:3 1:3"), (base + 91, "")):
            got = t.out("GetOffsetShell", "--topic", topic, "--time", when).split()
            case.equal(got, [f"{topic}:{x}" for x in want.split()], f"--time {when}")
        got = t.out("GetOffsetShell", "--topic-partitions", f"{topic}:1-3").split()
        case.equal(got, [f"{topic}:1:6", f"{topic}:2:0"], "partitions 1 and 2")


def _topic_configs(t):
    topic = f"{t.name}-configs"
    who = ("--entity-type", "topics", "--entity-name", topic)
    with t.case("configs of a topic: describe --all, alter, delete, refuse") as case:
        t.raw.create(topic)
        before = _configs(t.configs(*who, "--describe", "--all"))
        with open(os.path.join(os.path.dirname(__file__), "..", "golden", "topic-configs.json"), encoding="utf-8") as f:
            want = json.load(f)
        # min.insync.replicas comes from a dynamic default of Kafka's own bootstrap; its value is compared all the same.
        for key, (value, synonyms) in want.items():
            case.true(key in before, f"config {key} is missing")
            case.equal(before[key][0], value, f"value of {key}")
            if key != "min.insync.replicas":
                case.equal(before[key][1], synonyms, f"synonyms of {key}")
        out = t.configs(*who, "--alter", "--add-config", "retention.ms=1000,cleanup.policy=[compact,delete]")
        case.equal(out.strip(), f"Completed updating config for topic {topic}.", "alter says")
        got = _configs(t.configs(*who, "--describe"))
        case.equal(got.get("retention.ms"), ("1000", "DYNAMIC_TOPIC_CONFIG:retention.ms=1000"), "retention.ms")
        case.equal(got.get("cleanup.policy"), ("compact,delete", "DYNAMIC_TOPIC_CONFIG:cleanup.policy=compact,delete, "
                                               "DEFAULT_CONFIG:log.cleanup.policy=delete"), "cleanup.policy")
        t.configs(*who, "--alter", "--delete-config", "retention.ms,cleanup.policy")
        case.equal(_configs(t.configs(*who, "--describe", "--all")), before, "configs after deleting")
        for setting, want in (("retention.ms=abc", "Invalid value abc for configuration retention.ms: Not a number of type"
                               " LONG"), ("no.such.key=1", "Unknown topic config name: no.such.key"),
                              ("min.cleanable.dirty.ratio=7", "Value must be no more than 1")):
            _, err = t.call("kafka.admin.ConfigCommand", *who, "--alter", "--add-config", setting, status=1)
            case.true("InvalidConfigurationException" in err and want in err, f"{setting}: {err[:600]!r}")
        _, err = t.call("kafka.admin.ConfigCommand", "--entity-type", "topics", "--entity-name", f"{topic}-nope", "--alter",
                        "--add-config", "retention.ms=1", status=1)
        case.true("UnknownTopicOrPartitionException" in err, f"unknown topic: {err[:400]!r}")


def _configs(out):
    return {k: (v, s) for k, v, s in re.findall(r"^  ([\w.]+)=(.*?) sensitive=\w+ synonyms=\{(.*)\}$", out, re.M)}


def _broker_configs(t):
    who = ("--entity-type", "brokers", "--entity-name", "1")
    default = ("--entity-type", "brokers", "--entity-default")
    with t.case("configs of the broker: describe --all, alter one and the default, refuse") as case:
        got = _configs(t.configs(*who, "--describe", "--all"))
        for key, value in {"auto.create.topics.enable": "true", "num.partitions": "1", "message.max.bytes": "1048588",
                           "log.retention.hours": "168", "log.segment.bytes": "1073741824", "node.id": "1",
                           "log.flush.interval.messages": "9223372036854775807", "compression.type": "producer"}.items():
            case.equal(got.get(key, ("missing",))[0], value, key)
        try:
            t.configs(*who, "--alter", "--add-config", "log.retention.ms=3600000")
            t.configs(*default, "--alter", "--add-config", "message.max.bytes=2000000")
            wait_for("the broker's own config", lambda: _configs(t.configs(*who, "--describe")).get("log.retention.ms") ==
                     ("3600000", "DYNAMIC_BROKER_CONFIG:log.retention.ms=3600000, DEFAULT_CONFIG:log.retention.hours=168"))
            case.equal(_configs(t.configs(*default, "--describe")).get("message.max.bytes"),
                       ("2000000", "DYNAMIC_DEFAULT_BROKER_CONFIG:message.max.bytes=2000000"), "the default")
            topic = f"{t.name}-broker-configs"
            t.raw.create(topic)
            of_topic = _configs(t.configs("--entity-type", "topics", "--entity-name", topic, "--describe", "--all"))
            case.equal(of_topic["max.message.bytes"][0], "2000000", "max.message.bytes of a topic")
            case.equal(of_topic["retention.ms"][0], "3600000", "retention.ms of a topic")
        finally:
            t.configs(*who, "--alter", "--delete-config", "log.retention.ms")
            t.configs(*default, "--alter", "--delete-config", "message.max.bytes")
        _, err = t.call("kafka.admin.ConfigCommand", *who, "--alter", "--add-config", "node.id=4", status=1)
        case.true("Cannot update these configs dynamically: Set(node.id)" in err, f"node.id: {err[:400]!r}")


def _records_and_directories(t):
    topic = f"{t.name}-records"
    with t.case("delete-records and log-dirs") as case:
        t.raw.create(topic, 2)
        t.call("ProducerPerformance", "--topic", topic, "--num-records", 1000, "--record-size", 200, "--throughput", -1,
               "--producer-props", f"bootstrap.servers={t.address}", "acks=all", "batch.size=1000", server=False)
        ends = [t.raw.end(topic, p) for p in (0, 1)]
        case.equal(sum(ends), 1000, "records")
        path = os.path.join(t.run.folder, f"{topic}.json")
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"version": 1, "partitions": [{"topic": topic, "partition": 0, "offset": 3},
                                                    {"topic": topic, "partition": 1, "offset": -1}]}, f)
        out = t.out("DeleteRecordsCommand", "--offset-json-file", path)
        low = dict(re.findall(r"partition: (\S+)\tlow_watermark: (\d+)", out))
        case.equal(low, {f"{topic}-0": "3", f"{topic}-1": str(ends[1])}, "low watermarks")
        starts = t.out("GetOffsetShell", "--topic", topic, "--time", -2).split()
        case.equal(starts, [f"{topic}:0:3", f"{topic}:1:{ends[1]}"], "earliest offsets")
        with open(path, "w", encoding="utf-8") as f:
            json.dump({"version": 1, "partitions": [{"topic": topic, "partition": 0, "offset": ends[0] + 1}]}, f)
        out = t.out("DeleteRecordsCommand", "--offset-json-file", path)
        case.true("OffsetOutOfRangeException" in out, f"beyond the end: {out!r}")
        out = t.out("LogDirsCommand", "--describe", "--topic-list", topic)
        told = json.loads(out.splitlines()[-1])
        dirs = told["brokers"][0]["logDirs"]
        case.equal([told["brokers"][0]["broker"], len(dirs), dirs[0]["error"]], [1, 1, None], "broker and directories")
        if t.run.target.data:
            case.equal(os.path.realpath(dirs[0]["logDir"]), os.path.realpath(t.run.target.data), "log directory")
        sizes = {p["partition"]: (p["size"] > 40_000, p["offsetLag"], p["isFuture"]) for p in dirs[0]["partitions"]}
        case.equal({k: v[1:] for k, v in sizes.items()}, {f"{topic}-{p}": (0, False) for p in (0, 1)}, "partitions")
        case.true(any(big for big, _, _ in sizes.values()), f"sizes: {dirs[0]['partitions']}")


def _performance(t):
    with t.case("producer-perf-test: every codec, acks 0, 1, all") as case:
        for i, (codec, acks) in enumerate((("none", "1"), ("gzip", "all"), ("snappy", "all"), ("lz4", "0"),
                                           ("zstd", "all"))):
            topic = f"{t.name}-perf-{codec}"
            t.raw.create(topic, 3)
            out, err = t.call("ProducerPerformance", "--topic", topic, "--num-records", 5000, "--record-size", 100,
                              "--throughput", -1, "--producer-props", f"bootstrap.servers={t.address}", f"acks={acks}",
                              f"compression.type={codec}", server=False)
            case.true("5000 records sent" in out and err.strip() == "", f"{codec}: {out[-300:]!r} {err[-600:]!r}")
            wait_for(f"5,000 {codec} records", lambda x=topic: sum(t.raw.end(x, p) for p in range(3)) == 5000)
            found = {b.codec for p in range(3) for b in t.raw.batches(topic, p)}
            case.true(i in found and found <= {0, i}, f"codecs in the log: {found}")


def _cluster(t):
    with t.case("cluster: id and endpoints") as case:
        out = t.out("ClusterTool", "cluster-id", "--bootstrap-server", t.address, server=False)
        case.true(re.fullmatch(r"Cluster ID: [\w-]{22}\s*", out), f"cluster-id says {out!r}")
        told = t.driver.do("cluster")
        case.equal(out.split()[-1], told["id"], "cluster id, also by the admin client")
        case.equal((told["controller"], told["nodes"]), (1, [f"1@{t.address}"]), "nodes")
        out = t.out("ClusterTool", "list-endpoints", "--bootstrap-server", t.address, server=False)
        host, port = t.address.rsplit(":", 1)
        case.equal(out.splitlines()[1].split(), ["1", host, port, "null", "unfenced", "broker"], "list-endpoints")


def dump(t, files, *args):
    """What it says, complaints included: those about an index go to the other stream."""
    return "".join(t.call("kafka.tools.DumpLogSegments", "--files", ",".join(files), *args, server=False))


def check_dump(case, t, folder, values):
    """Every record of a partition's folder by dump-log: offsets dense, values in order, batches valid, indexes right."""
    logs = sorted(glob.glob(os.path.join(folder, "*.log")))
    case.true(logs, f"no segment in {folder}")
    out = dump(t, logs, "--print-data-log", "--deep-iteration")
    offsets = [int(x) for x in re.findall(r"^\| offset: (\d+) ", out, re.M)]
    case.equal(offsets, list(range(len(values))), "offsets that dump-log shows")
    case.equal(re.findall(r" payload: (.*)$", out, re.M), values, "payloads that dump-log shows")
    case.equal(set(re.findall(r" isvalid: (\w+)", out)), {"true"}, "validity of the batches")
    for kind in ("index", "timeindex"):
        for path in sorted(glob.glob(os.path.join(folder, f"*.{kind}"))):
            # Against the log: each entry must point at a batch that ends with its offset, or has its timestamp.
            text = dump(t, [path], "--verify-index-only")
            case.equal(text.strip(), f"Dumping {path}", "dump-log of an index")
            text = dump(t, [path], "--index-sanity-check")
            case.true(f"{path} passed sanity check." in text, f"dump-log of {path}: {text[:400]!r}")
    return logs


def _dump_active(t):
    topic = f"{t.name}-dump"
    with t.case("dump-log of active segments: a sound beginning of the log") as case:
        if not t.run.target.data:
            raise Skip("needs the broker's data directory")
        t.raw.create(topic)
        rnd = random.Random("active")
        values = [f"value {i} {rnd.randbytes(400).hex()}" for i in range(9000)]
        folder = os.path.join(t.run.target.data, f"{topic}-0")

        def cut():
            """Do the files end in records? A broker may give a file that grows blocks ahead, until it stops growing."""
            for path in glob.glob(os.path.join(folder, "*.log")):
                with open(path, "rb") as f:
                    f.seek(max(os.path.getsize(path) - 4096, 0))
                    tail = f.read()
                if tail and not tail.strip(b"\0"):
                    return False
            return True

        def state():
            """Of the files: names, sizes, times of the last write."""
            return [(f, s.st_size, s.st_mtime_ns) for f, s in ((f, os.stat(f)) for f in sorted(glob.glob(os.path.join(folder, "*.log"))))]

        def still():
            """What dump-log says while the broker does not write: between two writes a file may end in blocks given ahead."""
            before, text = state(), ""
            if not cut():
                return None
            try:
                text = dump(t, [f for f, *_ in before], "--print-data-log", "--deep-iteration") if before else ""
            except Failure:
                if state() == before and cut():
                    raise
            return (text,) if state() == before else None

        def look():
            """How many records the files hold. A broker may write them behind the acknowledgement, and ahead of their use."""
            out = wait_for("files that rest", still, step=0.1)[0]
            payloads = re.findall(r" payload: (.*)$", out, re.M)
            case.equal([int(x) for x in re.findall(r"^\| offset: (\d+) ", out, re.M)], list(range(len(payloads))), "offsets")
            case.equal(payloads, values[: len(payloads)], "payloads")
            case.true(set(re.findall(r" isvalid: (\w+)", out)) <= {"true"}, "a batch is not valid")
            return len(payloads)

        for codec, part in (("gzip", values[:3000]), ("none", values[3000:])):
            t.call("ConsoleProducer", "--topic", topic, "--compression-codec", codec, stdin="".join(v + "\n" for v in part))
            wait_for("files that end in records", cut, step=0.1)
            look()
        case.equal(t.raw.end(topic, 0), len(values), "end of the log")
        if t.run.kind == "kafka":
            case.equal(look(), len(values), "records in the files")
        wait_for("records in the active segment", look, step=0.5)
        case.true(cut(), "zeros at the end of a log that does not grow")


def _stopped(run):
    """Many segments of every codec, a clean stop, and dump-log on all of them."""
    broker = run.broker("dump", {"log.segment.bytes": 1 << 20, "log.index.interval.bytes": 512})
    broker.start()
    raw = Raw(broker.address)
    driver = Driver("dump", toolchain.java_driver(), broker.address, os.path.join(run.folder, "driver-dump.log"))
    run.drivers.append(driver)
    t = Tools(run, driver, broker.address, raw)
    rnd, topic = random.Random("segments"), f"{t.name}-segments"
    values = [f"value {i} {rnd.randbytes(200).hex()}" for i in range(12000)]
    with run.report.case("dumplog: segments, indexes and snapshots after a clean stop") as case:
        raw.create(topic)
        for i, codec in enumerate(("none", "gzip", "snappy", "lz4", "zstd", "none")):
            t.call("ConsoleProducer", "--topic", topic, "--compression-codec", codec,
                   stdin="".join(v + "\n" for v in values[2000 * i : 2000 * (i + 1)]))
        case.equal(raw.end(topic, 0), 12000, "end")
        case.equal(broker.stop(), 0, "status of a clean stop")
        folder = os.path.join(broker.data, f"{topic}-0")
        logs = check_dump(case, t, folder, values)
        case.true(len(logs) >= 2, f"only {len(logs)} segments")
        snapshots = glob.glob(os.path.join(folder, "*.snapshot"))
        case.true(snapshots, "no producer snapshot")
        text = dump(t, [max(snapshots)])
        case.true(text.count("producerId: ") >= 6, f"dump-log of a snapshot: {text[:300]!r}")
        for name in ("leader-epoch-checkpoint", "partition.metadata"):
            case.true(os.path.exists(os.path.join(folder, name)), f"no {name}")
        meta = sorted(glob.glob(os.path.join(broker.data, "__cluster_metadata-0", "*.log")))
        text = dump(t, meta, "--cluster-metadata-decoder")
        created = re.findall(r'"type":"TOPIC_RECORD","version":\d+,"data":\{"name":"([^"]+)"', text)
        case.true(topic in created, f"topics in the metadata log: {created}")
        for name in (".kafka_cleanshutdown", "meta.properties", "recovery-point-offset-checkpoint",
                     "replication-offset-checkpoint", "log-start-offset-checkpoint"):
            case.true(os.path.exists(os.path.join(broker.data, name)), f"no {name}")


SUITES = {"tools": _suite, "dumplog": _stopped}
