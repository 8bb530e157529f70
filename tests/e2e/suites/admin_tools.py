"""What administers a broker beyond topics: quotas, credentials, features, the quorum, replicas; Kafka's own tools, unmodified,
and sarama's cluster admin, which the Terraform provider uses."""
import json
import os
import re
import subprocess
import threading
import time

from lib import toolchain
from lib.raw import Raw
from lib.report import Skip
from lib.target import PEER, wait_for
from .tools import Tools

LIST_GROUPS = 16
CONFIGS = "kafka.admin.ConfigCommand"


class Admin(Tools):
    def case(self, name):
        return self.run.report.case(f"admin-tools: {name}")

    def alter(self, kind, name, *args):
        who = ("--entity-default",) if name is None else ("--entity-name", name)
        return self.configs("--entity-type", kind, *who, "--alter", *args).strip()

    def told(self, kind, name, *args):
        who = ("--entity-default",) if name is None else ("--entity-name", name)
        return self.configs("--entity-type", kind, *who, "--describe", *args).strip()

    def refused(self, tool, *args, status=1):
        out, err = self.call(tool, *args, status=status)
        return out + err


def _suite(run):
    t = Admin(run, run.driver("tools", toolchain.java_driver()), run.target.address, run.raw)
    _quotas(t)
    _throttled(t)
    _credentials(t)
    _other_configs(t)
    _leaders(t)
    _reassign(t)
    _features(t)
    _quorum(t)
    _refused(t)
    _cluster(t)
    _verifiable(t)
    _replicas(t)
    _sarama(t)
    _shell(run)
    _handed_over(run)


def _quotas(t):
    user, client = f"{t.name}-user", f"{t.name}-client"
    with t.case("configs of clients, users and ips: quotas") as case:
        case.equal(t.alter("clients", client, "--add-config", "producer_byte_rate=1048576,request_percentage=150"),
                   f"Completed updating config for client {client}.", "alter says")
        got = t.told("clients", client)
        case.true(re.fullmatch(rf"Quota configs for client-id '{client}' are .*", got) and
                  {"producer_byte_rate=1048576.0", "request_percentage=150.0"} <= set(got.split(" are ")[1].split(", ")), got)
        t.alter("users", user, "--add-config", "consumer_byte_rate=2097152")
        case.equal(t.told("users", user), f"Quota configs for user-principal '{user}' are consumer_byte_rate=2097152.0", "user")
        both = ("--entity-type", "users", "--entity-name", user, "--entity-type", "clients", "--entity-name", client)
        t.configs(*both, "--alter", "--add-config", "controller_mutation_rate=10")
        case.equal(t.configs(*both, "--describe").strip(),
                   f"Quota configs for user-principal '{user}', client-id '{client}' are controller_mutation_rate=10.0", "both")
        t.alter("ips", "127.0.0.77", "--add-config", "connection_creation_rate=100")
        case.equal(t.told("ips", "127.0.0.77"), "Quota configs for ip '127.0.0.77' are connection_creation_rate=100.0", "ip")
        t.alter("clients", None, "--add-config", "consumer_byte_rate=99999999999")
        case.true("consumer_byte_rate=9.9999999999E10" in t.told("clients", None), "the default of clients")
        t.alter("clients", None, "--delete-config", "consumer_byte_rate")
        t.alter("clients", client, "--delete-config", "producer_byte_rate,request_percentage")
        t.alter("users", user, "--delete-config", "consumer_byte_rate")
        t.configs(*both, "--alter", "--delete-config", "controller_mutation_rate")
        t.alter("ips", "127.0.0.77", "--delete-config", "connection_creation_rate")
        case.equal([t.told("clients", client), t.told("users", user), t.told("ips", "127.0.0.77")], ["", "", ""], "afterwards")
        case.true("cannot be a fractional value" in t.refused(CONFIGS, "--entity-type", "clients", "--entity-name", client, "--alter",
                                                               "--add-config", "producer_byte_rate=0.5"), "a fraction")


def _throttled(t):
    """A burst of ten seconds' worth is let through; what goes beyond waits."""
    topic, client, rate, records = f"{t.name}-throttled", f"{t.name}-perf", 200_000, 3000
    with t.case("producer-perf-test under a quota tells of the throttling") as case:
        t.raw.create(topic)
        t.alter("clients", client, "--add-config", f"producer_byte_rate={rate}")
        began = time.monotonic()

        def perform():
            """The longest that an answer told it to wait, ms."""
            out, _ = t.call("ProducerPerformance", "--topic", topic, "--num-records", records, "--record-size", 1000, "--throughput", -1,
                            "--print-metrics", "--producer-props", f"bootstrap.servers={t.address}", f"client.id={client}",
                            "batch.size=20000", server=False)
            found = re.search(r"producer-metrics:produce-throttle-time-max:\{client-id=\S+\}\s*: ([\d.]+)", out)
            case.true(found is not None, f"no produce-throttle-time-max: {out[-1500:]!r}")
            return float(found[1])

        longest = perform()
        took = time.monotonic() - began
        case.true(longest > 100, f"produce-throttle-time-max: {longest}")
        case.true(took > 3, f"3 MB at 200 kB/s, of which a burst of 2 MB is free, took {took:.1f} s")
        case.equal(t.raw.end(topic, 0), records, "records")
        t.alter("clients", client, "--delete-config", "producer_byte_rate")
        case.equal(perform(), 0.0, "produce-throttle-time-max without the quota")
        case.equal(t.raw.end(topic, 0), 2 * records, "records")
    with t.case("console consumer under a quota gets all, slower") as case:
        client = f"{t.name}-slow"
        t.alter("clients", client, "--add-config", "consumer_byte_rate=250000")
        began = time.monotonic()
        got = t.consume(topic, 0, "earliest", "--max-messages", records + 500, "--consumer-property", f"client.id={client}",
                        "--consumer-property", "max.partition.fetch.bytes=200000")
        case.equal(len(got), records + 500, "lines")
        case.true(time.monotonic() - began > 3, f"3.5 MB at 250 kB/s took {time.monotonic() - began:.1f} s")
        t.alter("clients", client, "--delete-config", "consumer_byte_rate")


def _credentials(t):
    user = f"{t.name}-alice"
    with t.case("configs of users: SCRAM credentials") as case:
        case.equal(t.alter("users", user, "--add-config", "SCRAM-SHA-256=[iterations=8192,password=secret]"),
                   f"Completed updating config for user {user}.", "alter says")
        t.alter("users", user, "--add-config", "SCRAM-SHA-512=[password=secret]")
        got = t.told("users", user)
        case.true("SCRAM-SHA-256=iterations=8192" in got and "SCRAM-SHA-512=iterations=4096" in got, got)
        t.alter("users", user, "--delete-config", "SCRAM-SHA-512")
        case.equal(t.told("users", user), f"SCRAM credential configs for user-principal '{user}' are SCRAM-SHA-256=iterations=8192",
                   "one of two")
        out = t.refused(CONFIGS, "--entity-type", "users", "--entity-name", user, "--alter", "--add-config",
                        "SCRAM-SHA-256=[iterations=99999,password=x]")
        case.true("Too many iterations" in out, f"too many iterations: {out[:300]!r}")
        t.alter("users", user, "--delete-config", "SCRAM-SHA-256")
        case.equal(t.told("users", user), "", "afterwards")


def _other_configs(t):
    group, metrics = f"{t.name}-group", f"{t.name}-metrics"
    with t.case("configs of groups") as case:
        if LIST_GROUPS not in {x["key"] for x in t.raw.call("ApiVersions", 0)["apis"]}:
            raise Skip("the tool lists groups first, and ListGroups is not served")
        case.equal(t.alter("groups", group, "--add-config", "consumer.session.timeout.ms=50000"),
                   f"Completed updating config for group {group}.", "group")
        case.true("consumer.session.timeout.ms=50000" in t.told("groups", group), "group")
        t.alter("groups", group, "--delete-config", "consumer.session.timeout.ms")
    with t.case("configs of client-metrics, broker-loggers, all topics, all brokers; client-metrics") as case:
        case.equal(t.alter("client-metrics", metrics, "--add-config", "interval.ms=5000,metrics=org.apache.kafka."),
                   f"Completed updating config for client-metric {metrics}.", "metrics")
        case.true("interval.ms=5000" in t.told("client-metrics", metrics), "metrics")
        case.true(metrics in t.out("ClientMetricsCommand", "--list").split(), "client-metrics --list")
        case.true("interval.ms=5000" in t.out("ClientMetricsCommand", "--describe", "--name", metrics), "client-metrics --describe")
        t.out("ClientMetricsCommand", "--delete", "--name", metrics)
        case.true(metrics not in t.out("ClientMetricsCommand", "--list").split(), "client-metrics --delete")
        t.told("broker-loggers", "1")
        t.configs("--entity-type", "topics", "--describe")
        t.configs("--entity-type", "brokers", "--describe")


def _leaders(t):
    topic = f"{t.name}-leaders"
    with t.case("leader-election: nothing to elect") as case:
        t.raw.create(topic, 2)
        for kind in ("preferred", "unclean"):
            out = t.out("LeaderElectionCommand", "--election-type", kind, "--topic", topic, "--partition", 1)
            case.true(f"Valid replica already elected for partitions {topic}-1" in out, f"{kind}: {out!r}")
        out = t.out("LeaderElectionCommand", "--election-type", "preferred", "--all-topic-partitions")
        case.true("error" not in out.lower(), f"all partitions: {out!r}")
        out = t.refused("LeaderElectionCommand", "--election-type", "preferred", "--topic", topic, "--partition", 9)
        case.true("UnknownTopicOrPartition" in out, f"unknown partition: {out[-400:]!r}")


def _reassign(t):
    topic = f"{t.name}-reassign"
    with t.case("reassign-partitions: generate, execute, verify, list, cancel") as case:
        t.raw.create(topic, 2)
        folder = t.run.folder
        topics, plan, bad = (os.path.join(folder, f"{topic}-{x}.json") for x in ("topics", "plan", "bad"))
        with open(topics, "w", encoding="utf-8") as f:
            json.dump({"version": 1, "topics": [{"topic": topic}]}, f)
        out = t.out("reassign.ReassignPartitionsCommand", "--generate", "--broker-list", 1, "--topics-to-move-json-file", topics)
        proposed = out.split("Proposed partition reassignment configuration\n")[1].strip()
        told = json.loads(proposed)
        case.equal(sorted([p["partition"], p["replicas"], p["log_dirs"]] for p in told["partitions"]),
                   [[0, [1], ["any"]], [1, [1], ["any"]]], "the plan")
        with open(plan, "w", encoding="utf-8") as f:
            f.write(proposed)
        out = t.out("reassign.ReassignPartitionsCommand", "--execute", "--reassignment-json-file", plan)
        case.true(f"Successfully started partition reassignments for {topic}-0,{topic}-1" in out, f"execute: {out!r}")
        out = t.out("reassign.ReassignPartitionsCommand", "--verify", "--reassignment-json-file", plan)
        case.true(all(f"Reassignment of partition {topic}-{p} is completed." in out for p in (0, 1)), f"verify: {out!r}")
        out = t.out("reassign.ReassignPartitionsCommand", "--list")
        case.true("No partition reassignments found." in out, f"list: {out!r}")
        out = t.out("reassign.ReassignPartitionsCommand", "--cancel", "--reassignment-json-file", plan)
        case.true("None of the specified partition reassignments are active." in out, f"cancel: {out!r}")
        told["partitions"][0]["replicas"], told["partitions"][0]["log_dirs"] = [1, 2], ["any", "any"]
        with open(bad, "w", encoding="utf-8") as f:
            json.dump(told, f)
        out = t.refused("reassign.ReassignPartitionsCommand", "--execute", "--reassignment-json-file", bad)
        case.true("Unknown broker id 2" in out or "no such broker is registered" in out, f"a broker too many: {out[-500:]!r}")
        if t.run.target.data:
            told = json.loads(proposed)
            told["partitions"][0]["log_dirs"] = [os.path.abspath(t.run.target.data)]
            with open(plan, "w", encoding="utf-8") as f:
                json.dump(told, f)
            out = t.out("reassign.ReassignPartitionsCommand", "--execute", "--reassignment-json-file", plan)
            case.true("Successfully started" in out, f"to the directory it is in: {out!r}")


def _features(t):
    with t.case("features: describe, dry runs, what is refused") as case:
        out = t.out("FeatureCommand", "describe")
        rows = {m[0]: m[1:] for m in re.findall(r"Feature: (\S+)\s+SupportedMinVersion: (\S+)\s+SupportedMaxVersion: (\S+)\s+"
                                               r"FinalizedVersionLevel: (\S+)\s+Epoch: (\d+)", out)}
        case.equal(rows["metadata.version"][2], "4.1-IV1", "metadata.version")
        out = t.out("FeatureCommand", "upgrade", "--feature", "group.version=1", "--dry-run")
        case.true("group.version can be upgraded to 1." in out, f"a dry run: {out!r}")
        out = t.out("FeatureCommand", "downgrade", "--feature", "transaction.version=1", "--dry-run")
        case.true("transaction.version can be downgraded to 1." in out, f"a dry run: {out!r}")
        out = t.refused("FeatureCommand", "upgrade", "--feature", "transaction.version=9")
        case.true("Could not upgrade transaction.version to 9" in out, f"a level too high: {out!r}")
        out = t.refused("FeatureCommand", "downgrade", "--metadata", "3.6", "--dry-run")
        case.true("Can not downgrade metadata.version" in out or "Could not downgrade metadata.version" in out, f"metadata: {out!r}")
        out = t.out("FeatureCommand", "version-mapping", "--release-version", "4.1-IV1")
        case.true("transaction.version=2" in out, f"version-mapping: {out!r}")


def _quorum(t):
    with t.case("metadata-quorum: describe; the quorum does not change") as case:
        out = t.out("MetadataQuorumCommand", "describe", "--status")
        found = dict(re.findall(r"^(\w+):\s+(.*)$", out, re.M))
        case.equal([found["LeaderId"], found["MaxFollowerLag"], found["MaxFollowerLagTimeMs"], found["CurrentObservers"]],
                   ["1", "0", "0", "[]"], "status")
        case.true(int(found["LeaderEpoch"]) > 0 and int(found["HighWatermark"]) > 0, f"epoch and end: {found}")
        case.equal([v["id"] for v in json.loads(found["CurrentVoters"])], [1], "voters")
        out = t.out("MetadataQuorumCommand", "describe", "--replication")
        line = out.splitlines()[1].split("\t")
        case.equal([x.strip() for x in line][0:1] + [line[3].strip()] + [line[6].strip()], ["1", "0", "Leader"], "replication")
        out = t.refused("MetadataQuorumCommand", "remove-controller", "--controller-id", 1, "--controller-directory-id",
                        "AAAAAAAAAAAAAAAAAAAAAQ")
        case.true("kraft.version feature is 0" in out or "Remove voter request" in out, f"remove-controller: {out[-400:]!r}")


def _refused(t):
    with t.case("acls, delegation-tokens: their errors") as case:
        out = t.refused("AclCommand", "--list")
        case.true("SecurityDisabledException: No Authorizer is configured" in out, f"acls --list: {out[-400:]!r}")
        out = t.refused("AclCommand", "--add", "--allow-principal", "User:x", "--operation", "Read", "--topic", "y")
        case.true("SecurityDisabledException: No Authorizer is configured" in out, f"acls --add: {out[-400:]!r}")
        config = os.path.join(t.run.folder, "empty.properties")
        with open(config, "w", encoding="utf-8") as f:
            f.write("\n")
        for args in (("--describe",), ("--create", "--max-life-time-period", -1), ("--renew", "--hmac", "AAAA", "--renew-time-period", -1),
                     ("--expire", "--hmac", "AAAA", "--expiry-time-period", -1)):
            out = t.refused("DelegationTokenCommand", "--command-config", config, *args)
            case.true("Delegation Token requests are not allowed" in out, f"{args[0]}: {out[-400:]!r}")


def _cluster(t):
    with t.case("cluster unregister: an unknown broker; broker-api-versions") as case:
        out = t.call("ClusterTool", "unregister", "--bootstrap-server", t.address, "--id", 77, status=1, server=False)
        case.true("Broker ID 77 is not currently registered" in out[0] + out[1], f"unregister: {out}")
        out = t.out("BrokerApiVersionsCommand")
        for api in ("DescribeAcls(29): 1 to 3", "AlterReplicaLogDirs(34): 1 to 2", "CreateDelegationToken(38): 1 to 3",
                    "ElectLeaders(43): 0 to 2", "AlterPartitionReassignments(45): 0 to 1", "ListPartitionReassignments(46): 0",
                    "DescribeClientQuotas(48): 0 to 1", "AlterClientQuotas(49): 0 to 1", "DescribeUserScramCredentials(50): 0",
                    "AlterUserScramCredentials(51): 0", "DescribeQuorum(55): 0 to 2", "UpdateFeatures(57): 0 to 2",
                    "UnregisterBroker(64): 0", "ListConfigResources(74): 0 to 1", "AddRaftVoter(80): 0", "RemoveRaftVoter(81): 0"):
            case.true(f"\t{api} [usable" in out, f"broker-api-versions lacks {api}")
        case.true("GetTelemetrySubscriptions(71): UNSUPPORTED" in out and "PushTelemetry(72): UNSUPPORTED" in out, "telemetry")


def _verifiable(t):
    topic = f"{t.name}-verifiable"
    with t.case("verifiable-producer: every record acknowledged") as case:
        t.raw.create(topic)
        # In a JVM of its own: it prints its last words when that ends.
        out = subprocess.run([PEER, "tool", "org.apache.kafka.tools.VerifiableProducer", "--bootstrap-server", t.address, "--topic",
                              topic, "--max-messages", "500", "--throughput", "-1", "--acks", "-1"], stdout=subprocess.PIPE,
                             text=True, timeout=300, check=True).stdout
        events = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
        case.equal(sorted(e["offset"] for e in events if e["name"] == "producer_send_success"), list(range(500)), "offsets")
        last = events[-1]
        case.equal([last["name"], last["sent"], last["acked"]], ["tool_data", 500, 500], "the last event")


def _replicas(t):
    topic = f"{t.name}-replicas"
    with t.case("replica-verification: no lag") as case:
        t.raw.create(topic)
        t.call("ConsoleProducer", "--topic", topic, stdin="".join(f"line {i}\n" for i in range(100)))
        # It never ends by itself.
        tool = subprocess.Popen([PEER, "tool", "org.apache.kafka.tools.ReplicaVerificationTool", "--broker-list", t.address,
                                 "--topics-include", topic, "--report-interval-ms", "500"], stdout=subprocess.PIPE,
                                stderr=subprocess.STDOUT, text=True)
        said = []

        def read():
            for line in tool.stdout:
                said.append(line)

        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        try:
            wait_for("two reports", lambda: sum("max lag is 0 for partition" in x for x in said) >= 2, 180, step=0.1)
        finally:
            tool.kill()
            tool.wait()
        case.true(any(f"for partition {topic}-0 at offset" in x for x in said), f"reports: {said[-3:]}")


def _sarama(t):
    topic = f"{t.name}-terraform"
    wanted = {"retention.ms": "123456789", "cleanup.policy": "compact", "min.insync.replicas": "1", "compression.type": "zstd",
              "max.message.bytes": "2000000"}
    changed = {"retention.ms": "987654321", "cleanup.policy": "delete", "min.insync.replicas": "1", "compression.type": "producer",
               "max.message.bytes": "1500000"}
    with t.case("sarama's cluster admin: creates, alters, reads back, deletes") as case:
        d = t.run.driver("sarama", toolchain.go_driver("sarama"))
        d.do("create", topic=topic, partitions=2, replication=1, configs=wanted)
        t.raw.wait_leaders(topic, 2)
        got = d.do("describe", topic=topic)["configs"]
        case.equal({k: got[k] for k in wanted}, wanted, "what was created")
        d.do("alter", topic=topic, configs=changed)
        wait_for("the change", lambda: d.do("describe", topic=topic)["configs"]["retention.ms"] == changed["retention.ms"])
        got = d.do("describe", topic=topic)["configs"]
        case.equal({k: got[k] for k in changed}, changed, "what was altered")
        d.do("grow", topic=topic, partitions=5)
        t.raw.wait_leaders(topic, 5)
        d.do("delete", topic=topic)
        wait_for("the topic's end", lambda: t.raw.topic(topic)["error"] == 3)
        case.true(topic not in d.do("list")["topics"], "the topic is still listed")


def _shell(run):
    """On the metadata log of a broker that has stopped."""
    broker = run.broker("shell")
    with run.report.case("admin-tools: metadata-shell reads the metadata log") as case:
        broker.start()
        raw = Raw(broker.address)
        raw.create("shelled", 2, {"retention.ms": 5000})
        raw.call("AlterClientQuotas", 1, {"entries": [{"entity": [{"entity_type": "client-id", "name": "c"}],
                                                       "ops": [{"key": "producer_byte_rate", "value": 5000.0}]}]})
        raw.call("AlterUserScramCredentials", 0, {"upsertions": [{"name": "alice", "iterations": 4096, "salt": b"s", "salted": b"x" * 32}]})
        raw.close()
        case.equal(broker.stop(), 0, "status of a clean stop")
        log = os.path.join(broker.data, "__cluster_metadata-0", "00000000000000000000.log")

        def shell(*command):
            return subprocess.run([PEER, "tool", "org.apache.kafka.shell.MetadataShell", "--snapshot", log, *command],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False).stdout

        # It answers from what it has read of the log so far: on a busy machine that was not all of it once.
        def asked(right, *command):
            told = []
            wait_for(lambda: f"the right answer to {' '.join(command)}, which tells {told}",
                     lambda: told.append(shell(*command)) or right(told[-1]), 240)
            case.true(right(told[-1]), f"{command}: {told}")

        asked(lambda text: {"byId", "byName"} <= set(text.split()), "ls", "/image/topics")
        asked(lambda text: "shelled" in text.split(), "ls", "/image/topics/byName")
        asked(lambda text: "replicas=[1]" in text, "cat", "/image/topics/byName/shelled/1")
        asked(lambda text: "retention.ms" in text, "tree", "/image/configs")
        asked(lambda text: "clientId" in text, "tree", "/image/clientQuotas")
        asked(lambda text: "alice" in text, "tree", "/image/scram")


def _told(raw):
    """Quotas, credentials and levels of features."""
    entries = raw.call("DescribeClientQuotas", 1)["entries"]
    users = raw.call("DescribeUserScramCredentials", 0, {"users": None})["results"]
    return [sorted([sorted((x["entity_type"], x["name"] or "") for x in e["entity"]), sorted((v["key"], v["value"]) for v in e["values"])]
                   for e in entries),
            [[u["user"], sorted((c["mechanism"], c["iterations"]) for c in u["credentials"])] for u in users]]


def _handed_over(run):
    """A directory goes to a real Kafka and comes back."""
    if run.kind != "millrace":
        raise Skip("hands a directory of millrace over")
    with run.report.case("admin-tools: quotas and credentials go to Kafka and back") as case:
        ours = run.broker("handed")
        theirs = run.broker("handed", kind="kafka", data=ours.data)
        ours.start()
        raw = Raw(ours.address)
        raw.call("AlterClientQuotas", 1, {"entries": [
            {"entity": [{"entity_type": "client-id", "name": "c"}, {"entity_type": "user", "name": None}],
             "ops": [{"key": "producer_byte_rate", "value": 5000.0}, {"key": "request_percentage", "value": 12.5}]},
            {"entity": [{"entity_type": "ip", "name": "1.2.3.4"}], "ops": [{"key": "connection_creation_rate", "value": 7.0}]}]})
        for mechanism in (1, 2):
            raw.call("AlterUserScramCredentials", 0, {"upsertions": [
                {"name": "alice", "mechanism": mechanism, "iterations": 5000, "salt": b"salt", "salted": b"x" * 32 * mechanism}]})
        before = _told(raw)
        raw.close()
        case.equal([len(before[0]), before[1]], [2, [["alice", [(1, 5000), (2, 5000)]]]], "what was set")
        case.equal(ours.stop(), 0, "status of a clean stop")
        theirs.start()
        raw = Raw(theirs.address)
        case.equal(_told(raw), before, "what Kafka finds")
        raw.call("AlterUserScramCredentials", 0, {"deletions": [{"name": "alice", "mechanism": 1}]})
        raw.call("AlterClientQuotas", 1, {"entries": [{"entity": [{"entity_type": "ip", "name": "1.2.3.4"}], "ops": [
            {"key": "connection_creation_rate", "remove": True}]}]})
        wait_for("Kafka's own change", lambda: _told(raw)[1] == [["alice", [(2, 5000)]]])
        after = _told(raw)
        raw.close()
        case.equal(theirs.stop(), 0, "status of Kafka's clean stop")
        ours.start()
        raw = Raw(ours.address)
        case.equal(_told(raw), after, "what comes back")
        raw.close()
        case.equal(ours.stop(), 0, "status of the last clean stop")


def _needs():
    toolchain.java_driver()
    return toolchain.go_driver("sarama")


_suite.needs = _needs
SUITES = {"admin-tools": _suite}
