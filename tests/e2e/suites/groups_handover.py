"""Groups whose members live on while their broker becomes another: millrace, a real Kafka on the same directory and port, and
millrace again (groups_handback), and the other way round (groups_adopt). Then what Kafka's tools read of it all."""
import glob
import json
import os
import re
import time

from lib import toolchain, wire
from lib.driver import Driver
from lib.raw import Raw
from lib.report import Failure
from lib.target import wait_for

from .groups import ALL, CLIENTS, EACH, PARTITIONS, Group, committed, produce
from .tools import Tools

PATIENCE_S = 15
KEYS = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 1}


class Heirs:
    def __init__(self, run, name, first, second):
        self.run, self.name = run, name
        data = os.path.join(run.folder, name, "data")
        self.first = run.broker(f"{name}/first", KEYS, kind=first, data=data)
        self.second = run.broker(f"{name}/second", KEYS, kind=second, data=data)
        # Members do not notice: one address.
        self.second.port, self.second.address = self.first.port, self.first.address
        self.data, self.drivers, self.groups = data, 0, {}
        self.written = {}  # group -> records of each partition of its topic

    def case(self, what):
        return self.run.report.case(f"{self.name}: {what}")

    def driver(self, command):
        self.drivers += 1
        d = Driver(f"heir{self.drivers}", command, self.first.address, os.path.join(self.run.folder, f"driver-{self.name}-{self.drivers}.log"))
        self.run.drivers.append(d)
        return d

    def begin(self, case, raw):
        for name, client, statics in (("static", "confluent", True), ("dynamic", "java", False), ("other", "franz", True)):
            topic = f"t-{name}"
            raw.create(topic, PARTITIONS)
            produce(raw, topic, *range(PARTITIONS))
            self.written[name] = EACH
            g = self.groups[name] = Group(self.driver(CLIENTS[client][0]()), name, topic, CLIENTS[client][1])
            for i, driver in enumerate((None, self.driver(CLIENTS[client][0]()))):
                g.join(f"{name}-{i}", driver, session_ms=60000, **({"instance": f"i{i}"} if statics else {}))
            g.until_shared(1, 2)
            g.until("all is read", lambda: ALL <= set(g.read))
            g.until("the commits", lambda g=g: self.settled(raw, g))
            case.equal(sorted(set(g.read)), sorted(ALL), f"what {name} read")
        for i in range(20):
            raw.call("OffsetCommit", 8, {"group": "simple", "member": "", "topics": [
                {"name": "t-static", "partitions": [{"index": 1, "offset": i, "metadata": f"m{i}"}]}]})

    def settled(self, raw, g):
        g.settle()
        return committed(raw, g.group, g.topic) == {p: self.written[g.group] for p in range(PARTITIONS)}

    def portrait(self, raw):
        """Of all groups; but for the order of members."""
        found = raw.call("DescribeGroups", 5, {"groups": list(self.groups)})["groups"]
        for g in found:
            g["members"].sort(key=lambda m: m["member"])
        return {g["group"]: g for g in found}

    def served(self):
        with wire.Conn(self.first.address, timeout_s=5) as c:
            got = c.call("OffsetFetch", 8, {"groups": [{"group": g, "topics": []} for g in [*self.groups, "simple"]]})
            return all(g["error"] == 0 for g in got["groups"])

    def hand_over(self, case, giver, taker, before):
        owned = {g: dict(x.owned) for g, x in self.groups.items()}
        gone = time.monotonic()
        case.equal(giver.stop(), 0, "status of the clean stop")
        taker.start()
        raw = Raw(taker.address)
        wait_for("the coordinators", self.served, 60)
        gone = time.monotonic() - gone
        # franz-go joins anew when it could not connect for so long: on a machine that has much else to do.
        same = [g for g in self.groups if g != "other" or gone < PATIENCE_S]
        portrait = self.portrait(raw)
        case.equal({g: portrait[g] for g in same}, {g: before[g] for g in same}, "the groups")
        listed = {g["group"]: (g["state"], g["type"]) for g in raw.call("ListGroups", 4)["groups"]}
        case.equal(sorted(listed), sorted([*self.groups, "simple"]), "the groups that are listed")
        case.equal({g: listed[g] for g in [*same, "simple"]}, {**{g: ("Stable", "consumer") for g in same}, "simple": ("Empty", "")},
                   "the list")
        for name, g in self.groups.items():
            g.told = {m: [] for m in g.told}
            produce(raw, g.topic, *range(PARTITIONS))
            new = {(p, self.written[name] + o) for p, o in ALL}
            self.written[name] += EACH
            g.until("the new records are read", lambda new=new, g=g: new <= set(g.read))
            g.until("the shares are what they were", lambda g=g, name=name: g.owned == owned[name])
            # A Java leader joins anew when it saw partitions without a leader, franz-go when it could not connect for a while.
            if name == "static":
                case.equal(sorted(r for r in g.read if r in new), sorted(new), f"{name}: new records, each once")
                case.equal([t for told in g.told.values() for t in told if t[1]], [], f"{name}: what members were told")
            g.until("the commits", lambda g=g: self.settled(raw, g))
        after = self.portrait(raw)
        raw.close()
        return after

    def tell(self):
        first, second = self.first, self.second
        with self.case(f"groups on {first.kind}") as case:
            first.start()
            raw = Raw(first.address)
            wait_for("the coordinator", lambda: all(c["error"] == 0 for c in raw.call(
                "FindCoordinator", 4, {"keys": ["static", "dynamic", "other", "simple"]})["found"]), 60)
            self.begin(case, raw)
            before = self.portrait(raw)
            raw.close()
        with self.case(f"they go on on {second.kind}") as case:
            before = self.hand_over(case, first, second, before)
        with self.case(f"and on {first.kind} again") as case:
            self.hand_over(case, second, first, before)
        with self.case("a member goes, and the rest takes over") as case:
            for g in self.groups.values():
                g.members[f"{g.group}-1"].process.kill() if g.group == "static" else g.leave(f"{g.group}-1")
            g = self.groups["static"]
            g.forget("static-1")
            Raw(first.address).call("LeaveGroup", 5, {"group": "static", "members": [{"member": "", "instance": "i1"}]})
            for name in ("static", "dynamic"):
                self.groups[name].until_shared(PARTITIONS)
                case.equal(len(self.groups[name].members), 1, "members")
        with self.case("what the formatters of the console consumer print") as case:
            self.formatters(case)
        with self.case("what dump-log's offsets decoder prints") as case:
            case.equal(first.stop(), 0, "status of the clean stop")
            self.decoder(case)
        for d in self.run.drivers:
            d.process.kill()
        self.run.end_drivers()

    def formatters(self, case):
        t = Tools(self.run, self.driver(toolchain.java_driver()), self.first.address, Raw(self.first.address))

        def printed(formatter):
            # The tool ends when nothing has come for a while.
            out, _ = t.call("consumer.ConsoleConsumer", "--topic", "__consumer_offsets", "--from-beginning", "--timeout-ms", 4000,
                            "--formatter", f"org.apache.kafka.tools.consumer.{formatter}")
            found, at = [], out.find("{")
            while at >= 0:  # one after the other, without a line end
                record, at = json.JSONDecoder().raw_decode(out, at)
                at = out.find("{", at)
                if not record["key"]["data"]["group"].startswith("console-consumer-"):
                    found.append(record)
            return found

        offsets = {}
        for r in printed("OffsetsMessageFormatter"):
            key = r["key"]["data"]
            offsets[key["group"], key["topic"], key["partition"]] = r["value"] and (
                r["value"]["version"], r["value"]["data"]["offset"],
                "" if key["group"] == "other" else r["value"]["data"]["metadata"].rstrip("\0"))  # franz-go's is its member id
        want = {(g, x.topic, p): (4, self.written[g], "") for g, x in self.groups.items() for p in range(PARTITIONS)}
        want["simple", "t-static", 1] = (4, 19, "m19")
        case.equal(offsets, want, "the last offsets")
        last = {}
        for r in printed("GroupMetadataMessageFormatter"):
            last[r["key"]["data"]["group"]] = r["value"]
        case.equal(sorted(last), sorted(self.groups), "groups")
        for g in ("static", "dynamic"):
            data = last[g]["data"]
            case.equal([last[g]["version"], data["protocolType"], data["protocol"], len(data["members"])], [3, "consumer", "range", 1],
                       f"the last record of {g}")
            case.equal(data["members"][0]["groupInstanceId"], "i0" if g == "static" else None, "its member's instance")

    def decoder(self, case):
        files = sorted(glob.glob(os.path.join(self.data, "__consumer_offsets-*", "*.log")))
        got = self.driver(toolchain.java_driver()).do(
            "tool", 90, **{"class": "kafka.tools.DumpLogSegments"}, stdin="",
            args=["--offsets-decoder", "--deep-iteration", "--files", ",".join(files)])
        if got["exit"] != 0:
            raise Failure(f"dump-log: {got['out'][-500:]} {got['err'][-500:]}")
        groups = set(re.findall(r'key: \{"type":"2","data":\{"group":"(.*?)"\}\} payload: \{"version":"3"', got["out"]))
        case.equal({g for g in groups if not g.startswith("console-consumer-")}, set(self.groups), "groups with metadata")
        case.true('"protocolType":"consumer"' in got["out"] and '"groupInstanceId":"i0"' in got["out"], "members are not decoded")
        case.equal(set(re.findall(r" isvalid: (\w+)", got["out"])), {"true"}, "validity of the batches")


SUITES = {
    "groups_handback": lambda run: Heirs(run, "groups_handback", run.kind, "kafka").tell(),
    "groups_adopt": lambda run: Heirs(run, "groups_adopt", "kafka", run.kind).tell(),
}
