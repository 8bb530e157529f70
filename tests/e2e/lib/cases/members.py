"""JoinGroup, SyncGroup, Heartbeat, LeaveGroup and what administrators see of the groups that come of them."""
import struct

from .. import batch, wire
from ..probe import ANSWER_S, case
from ..target import wait_for
from .committed import commit, coordinator

SESSION_MS = 10_000


def text(s):
    return struct.pack(">h", len(s)) + s.encode()


def subscription(*topics, version=1):
    """What consumers write into a protocol's metadata: version, topics, user data, and from 1 on what they own."""
    return struct.pack(">hi", version, len(topics)) + b"".join(map(text, topics)) + struct.pack(">ii", -1, 0)[:8 if version else 4]


class Tribe:
    """Members of one group, by short names; what they are told, with their ids replaced by these names."""

    def __init__(self, p, suffix="g"):
        self.p, self.group = p, p.name(suffix)
        self.ids, self.conns, self.asked = {}, {}, {}
        self.metadata = subscription(p.name("t"))
        coordinator(p, self.group)

    def conn(self, who):
        if who not in self.conns:
            self.conns[who] = wire.Conn(self.p.address, timeout_s=ANSWER_S)
        return self.conns[who]

    def close(self):
        for c in self.conns.values():
            c.close()

    def told(self, x):
        if isinstance(x, dict):
            out = {k: self.told(v) for k, v in x.items()}
            if isinstance(out.get("members"), list):
                out["members"].sort(key=lambda m: m["member"])  # Kafka's order is that of a hash map
            return out
        if isinstance(x, list):
            return [self.told(v) for v in x]
        if isinstance(x, bytes):
            return x.hex().replace(text(self.p.name("t")).hex(), "<t>")
        if isinstance(x, str):
            for who, i in self.ids.items():
                x = x.replace(i, who)
        return x

    def named(self, who, answer):
        if isinstance(answer, dict) and answer.get("member") and answer["member"] not in self.ids.values():
            known = who in self.ids
            self.ids[f"{who}'" if known else who] = answer["member"]
        return self.told(answer)

    def body_join(self, version, who, **more):
        body = {"group": self.group, "session_ms": SESSION_MS, "rebalance_ms": SESSION_MS, "member": self.ids.get(who, ""),
                "type": "consumer", "protocols": [{"name": "range", "metadata": self.metadata}]} | more
        return body

    def ask(self, who, api, version, body):
        """On the member's own connection."""
        try:
            return self.conn(who).call(api, version, body, client=who)
        except (wire.Closed, TimeoutError) as e:
            self.conns.pop(who).close()
            return "closed" if isinstance(e, wire.Closed) else "no answer"

    def join(self, who, version=9, **more):
        return self.named(who, self.ask(who, "JoinGroup", version, self.body_join(version, who, **more)))

    def send_join(self, who, version=9, **more):
        """Without waiting for the answer, which received() brings."""
        self.send(who, "JoinGroup", version, self.body_join(version, who, **more))

    def send_sync(self, who, generation, version=5, **more):
        self.send(who, "SyncGroup", version, self.body_sync(who, generation, **more))

    def send(self, who, api, version, body):
        self.conn(who).send(api, version, body, client=who)
        self.asked[who] = (api, version)

    def received(self, who):
        try:
            return self.named(who, self.conn(who).recv(*self.asked[who]))
        except (wire.Closed, TimeoutError) as e:
            self.conns.pop(who).close()
            return "closed" if isinstance(e, wire.Closed) else "no answer"

    def body_sync(self, who, generation, given=None, **more):
        return {"group": self.group, "generation": generation, "member": self.ids.get(who, who), "type": "consumer", "protocol": "range",
                "assignments": [{"member": self.ids.get(m, m), "assignment": a} for m, a in (given or {}).items()]} | more

    def sync(self, who, generation, version=5, given=None, **more):
        return self.told(self.ask(who, "SyncGroup", version, self.body_sync(who, generation, given, **more)))

    def beat(self, who, generation, version=4, **more):
        return self.told(self.ask(who, "Heartbeat", version, {
            "group": self.group, "generation": generation, "member": self.ids.get(who, who)} | more))["error"]

    def leave(self, *members, version=5):
        """members: short names, or dicts."""
        if version < 3:
            return self.told(self.p.ask("LeaveGroup", version, {"group": self.group, "member": self.ids.get(members[0], members[0])}))
        return self.told(self.p.ask("LeaveGroup", version, {"group": self.group, "members": [
            m if isinstance(m, dict) else {"member": self.ids.get(m, m)} for m in members]}))

    def describe(self, version=6):
        return self.told(self.p.ask("DescribeGroups", version, {"groups": [self.group], "ops": True}))

    def listed(self, version=5):
        got = self.p.ask("ListGroups", version, {})
        return self.told([g for g in got["groups"] if g["group"] == self.group])

    def one(self, who="M1", version=9, **more):
        """A first member, through to a stable group of its own."""
        first = self.join(who, version, **more)
        if first["error"] == 79:
            first = self.join(who, version, **more)
        return [first, self.sync(who, first["generation"], given={who: b"A" + who.encode()}, type=more.get("type", "consumer"))]

    def rejoin_when_told(self, who, generation):
        wait_for(f"{who} is told to join anew", lambda: self.beat(who, generation) == 27)


def of(case_of_tribe):
    """A case about one tribe."""
    def run(p):
        t = Tribe(p)
        try:
            return p.clean(case_of_tribe(p, t))
        finally:
            t.close()

    return run


@case("groups: one member, at every version")
def _(p):
    out = {}
    for v in range(10):
        t = Tribe(p, f"g{v}")
        out[f"join v{v}"] = t.join("M1", v)
        if v >= 4:
            out[f"with the id v{v}"] = t.join("M1", v)
        out[f"as a stranger v{v}"] = t.join("M2", v, member="someone")
        s = min(v, 5)
        out[f"sync v{s}"] = t.sync("M1", 1, s, {"M1": b"what is mine", "M9": b"nobody's"})
        out[f"again v{s}"] = t.sync("M1", 1, s)
        out[f"heartbeat v{min(v, 4)}"] = t.beat("M1", 1, min(v, 4))
        out[f"described v{min(v, 6)}"] = t.describe(min(v, 6))
        out[f"listed v{s}"] = t.listed(s)
        out[f"left v{s}"] = t.leave("M1", version=s)
        out[f"left again v{s}"] = t.leave("M1", version=s)
        out[f"empty, described v{min(v, 6)}"] = t.describe(min(v, 6))
        out[f"empty, listed v{s}"] = t.listed(s)
        t.close()
    return p.clean(out)


@case("groups: generations, members and types that are wrong")
@of
def _(p, t):
    topic = p.topic()
    out = {"before": [t.sync("M1", 1), t.beat("M1", 1), t.leave("M1"), t.describe()]}
    out["one"] = t.one()
    for g in (-1, 0, 1, 2, 2147483647):
        out[f"generation {g}"] = [t.beat("M1", g), t.sync("M1", g), commit(p, 9, t.group, topic, 5, generation=g, member=t.ids["M1"]),
                                  commit(p, 7, t.group, topic, 5, generation=g, member=t.ids["M1"])]
    out["stranger"] = [t.beat("no one", 1), t.sync("no one", 1), commit(p, 9, t.group, topic, 5, generation=1, member="no one"),
                       t.beat("", 1), t.sync("", 1), commit(p, 9, t.group, topic, 5, generation=1)]
    out["simple consumer"] = [commit(p, v, t.group, topic, 6) for v in (2, 7, 9)]
    out["instance of a dynamic member"] = [t.beat("M1", 1, instance="i"), t.sync("M1", 1, instance="i"), t.beat("M1", 1, instance="")]
    out["other protocol"] = [t.sync("M1", 1, protocol="roundrobin"), t.sync("M1", 1, type="connect"),
                             t.sync("M1", 1, type=None), t.sync("M1", 1, protocol=None), t.sync("M1", 1, 3, protocol="x")]
    out["other type joins"] = t.join("M2", 3, type="connect")
    out["empty type joins"] = t.join("M2", 3, type="")
    out["no protocols"] = t.join("M2", 3, protocols=[])
    out["no common protocol"] = t.join("M2", 3, protocols=[{"name": "other", "metadata": b""}])
    out["member changes to none in common"] = t.join("M1", 9, type="connect")
    for ms in (-1, 0, 5_999, 1_800_001, 2147483647):
        out[f"session {ms}"] = t.join("M2", 3, session_ms=ms)
    out["offsets"] = p.ask("OffsetDelete", 0, {"group": t.group, "topics": [{"name": topic, "partitions": [{"index": 0}]}]})
    out["delete"] = p.ask("DeleteGroups", 2, {"groups": [t.group]})
    out["still"] = [t.beat("M1", 1), t.describe()]
    return out


@case("groups: a second member, the leader goes")
@of
def _(p, t):
    out = {"one": t.one()}
    out["M2's id"] = t.join("M2")
    t.send_join("M2")
    t.rejoin_when_told("M1", 1)
    out["while preparing"] = [t.sync("M1", 1), t.describe(), t.listed(),
                              commit(p, 9, t.group, p.topic(), 5, generation=1, member=t.ids["M1"])]
    out["M1 rejoins"] = t.join("M1", reason="because")
    out["M2 has joined"] = t.received("M2")
    out["while completing"] = [t.beat("M1", 2), t.beat("M1", 1), t.describe(), t.listed(),
                               commit(p, 9, t.group, p.topic("t2"), 5, generation=2, member=t.ids["M1"])]
    t.send_sync("M2", 2)
    out["M1 syncs"] = t.sync("M1", 2, given={"M1": b"a", "M2": b"b"})
    out["M2 has synced"] = t.received("M2")
    out["stable"] = [t.beat("M1", 2), t.beat("M2", 2), t.describe()]
    out["a follower joins again, unchanged"] = t.join("M2")
    out["nobody noticed"] = [t.beat("M1", 2), t.beat("M2", 2)]
    out["leaves"] = t.leave("M1")
    t.rejoin_when_told("M2", 2)
    out["M2 alone"] = [t.join("M2"), t.sync("M2", 3, given={})]
    out["M1 is gone"] = [t.beat("M1", 2), t.join("M1")]
    out["described"] = t.describe()
    out["leave v1"] = t.leave("M2", version=1)
    out["empty"] = [t.describe(), t.listed()]
    return out


@case("groups: the leader joins anew, a follower changes what it wants")
@of
def _(p, t):
    out = {"one": t.one()}
    t.join("M2")
    t.send_join("M2")
    t.rejoin_when_told("M1", 1)
    t.join("M1")
    t.received("M2")
    t.sync("M1", 2, given={"M1": b"a", "M2": b"b"})
    t.sync("M2", 2)
    t.send_join("M1")
    t.rejoin_when_told("M2", 2)
    out["M2 follows"] = t.join("M2")
    out["M1"] = t.received("M1")
    t.sync("M1", 3, given={"M1": b"c", "M2": b"d"})
    t.send_join("M2", protocols=[{"name": "roundrobin", "metadata": b"r"}, {"name": "range", "metadata": b"other"}])
    t.rejoin_when_told("M1", 3)
    out["M1 follows"] = t.join("M1", protocols=[{"name": "roundrobin", "metadata": b"r1"}, {"name": "range", "metadata": b"x"}])
    out["M2"] = t.received("M2")
    out["described"] = t.describe()
    return out


@case("groups: protocols are voted for")
@of
def _(p, t):
    def wants(*names):
        return [{"name": n, "metadata": n.encode()} for n in names]

    t.join("M1", protocols=wants("a", "b", "c"))
    out = {"M1": t.join("M1", protocols=wants("a", "b", "c"))}
    t.join("M2", protocols=wants("c", "b"))
    t.send_join("M2", protocols=wants("c", "b"))
    t.rejoin_when_told("M1", 1)
    t.join("M3", protocols=wants("b", "c"))
    t.send_join("M3", protocols=wants("b", "c"))
    out["refused"] = t.join("M4", 3, protocols=wants("a"))
    out["M1 again"] = t.join("M1", protocols=wants("a", "b", "c"))
    out["M2"], out["M3"] = t.received("M2"), t.received("M3")
    return out


@case("groups: a static member comes back, the old one is fenced")
@of
def _(p, t):
    topic = p.topic()
    joined = t.join("M1", instance="i1")
    out = {"one": [joined, t.sync("M1", 1, given={"M1": b"a"}, instance="i1")]}
    t.send_join("M2", instance="i2")
    t.rejoin_when_told("M1", 1)
    t.join("M1", instance="i1")
    out["M2"] = t.received("M2")
    t.sync("M1", 2, given={"M1": b"a", "M2": b"b"}, instance="i1")
    out["M2 syncs"] = t.sync("M2", 2, instance="i2")
    old = t.ids["M2"]
    for v in (5, 8, 9):
        out[f"M2 is back v{v}"] = t.join("M2", v, member="", instance="i2")
        t.ids["M2"], old = t.ids.pop("M2'"), t.ids["M2"]
        out[f"no rebalance v{v}"] = [t.beat("M1", 2, instance="i1"), t.beat("M2", 2, instance="i2")]
        out[f"its share v{v}"] = t.sync("M2", 2, instance="i2")
        out[f"the old one v{v}"] = [t.beat("x", 2, member=old, instance="i2"), t.sync("x", 2, member=old, instance="i2"),
                                   t.beat("x", 2, member=old), t.join("x", v, member=old, instance="i2"),
                                   commit(p, 9, t.group, topic, 5, generation=2, member=old, instance="i2"),
                                   t.leave({"member": old, "instance": "i2"})]
    for v in (8, 9):
        out[f"the leader is back v{v}"] = t.join("M1", v, member="", instance="i1")
        if "M1'" in t.ids:
            t.ids["M1"] = t.ids.pop("M1'")
        out[f"what the leader syncs v{v}"] = t.sync("M1", 2, given={}, instance="i1")
    out["no such instance"] = [t.beat("M2", 2, instance="i9"), t.sync("M2", 2, instance="i9"), t.join("M2", instance="i9")]
    out["i1's with i2's id"] = t.beat("M2", 2, instance="i1")
    out["described"] = t.describe()
    out["an administrator removes i2, and who is not there"] = t.leave({"member": "", "instance": "i2"}, {"member": "", "instance": "i9"},
                                                                     {"member": "nobody"}, {"member": "nobody", "instance": "i1"})
    t.rejoin_when_told("M1", 2)
    out["in the end"] = [t.join("M1", instance="i1"), t.leave({"member": t.ids["M1"], "instance": "i1"}), t.describe()]
    return out


@case("groups: member metadata, assignments and ids that are odd")
@of
def _(p, t):
    topic = p.topic()

    def delete():
        commit(p, 9, t.group, topic, 3)
        return p.ask("OffsetDelete", 0, {"group": t.group, "topics": [{"name": topic, "partitions": [{"index": 0}]}]})

    out = {}
    # Others that cannot be read make the real group hang for ever (core/broker/README.md).
    for what, metadata in (("empty", b""), ("short", b"\0"), ("version -1", subscription(topic, version=-1)),
                           ("version 9", subscription(topic, version=9)), ("no user data", struct.pack(">hi", 0, 1) + text(topic))):
        t = Tribe(p, f"g-{what}")
        joined = t.join("M1", 3, protocols=[{"name": "range", "metadata": metadata}])
        out[what] = [joined, t.sync("M1", 1, given={"M1": metadata}),
                     commit(p, 9, t.group, topic, 3, generation=1, member=t.ids.get("M1", "")), delete(), t.describe()]
        t.close()
    t = Tribe(p, "long")
    name = "i" * 32767
    out["instance of 32767"] = [x if isinstance(x, str) else x["error"] for x in (t.join("M1", 5, instance=name),)]
    out["instance ''"] = t.join("M2", 5, instance="", rebalance_ms=500)
    out["protocol ''"] = Tribe(p, "nameless").join("M1", 3, protocols=[{"name": "", "metadata": b""}])
    out["member of 32767"] = t.join("M3", 3, member="m" * 32767)
    t.close()
    return out


@case("Produce: internal topics are closed to clients")
def _(p):
    coordinator(p, p.name("g"))
    tomb = batch.make([batch.Record(struct.pack(">h", 2) + text(p.name("nobody")), None, p.base)])
    out = {}
    for client in ("e2e", "", "__admin_client", "__admin_client2"):
        for v in (3, 7, 8, 9, 12, 13):
            for what, name, index in (("offsets", "__consumer_offsets", 0), ("no such partition", "__consumer_offsets", 99)):
                which = {"id": p.id(name)} if v >= 13 else {"name": name}
                a = p.ask("Produce", v, {"acks": -1, "topics": [{**which, "partitions": [{"index": index, "records": tomb}]}]}, client)
                got = a if isinstance(a, str) else a["topics"][0]["partitions"][0]
                if not isinstance(got, str) and got["error"] == 0:
                    got.pop("offset")
                out[f"{what} {client} v{v}"] = got
    out["keyless"] = [p.ask("Produce", 9, {"acks": -1, "topics": [{"name": "__consumer_offsets", "partitions": [
        {"index": 0, "records": batch.make([batch.Record(None, b"v", p.base)])}]}]}, c) for c in ("e2e", "__admin_client")]
    configs = p.ask("DescribeConfigs", 4, {"resources": [{"type": 2, "name": "__consumer_offsets", "keys": [
        "cleanup.policy", "compression.type", "segment.bytes", "min.insync.replicas", "retention.ms"]}]})["resources"][0]["configs"]
    out["what it is"] = [
        sorted(configs, key=lambda c: c["name"]),
        p.raw.topic("__consumer_offsets")["internal"], len(p.raw.topic("__consumer_offsets")["partitions"])]
    return p.clean(out)
