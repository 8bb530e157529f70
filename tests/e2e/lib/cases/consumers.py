"""ConsumerGroupHeartbeat and ConsumerGroupDescribe (KIP-848), and what other requests say of such groups."""
from ..probe import case
from ..target import wait_for
from .committed import commit, coordinator, fetch
from .members import Tribe, subscription


class Circle:
    """Members of one consumer group; their ids are what they are called."""

    def __init__(self, p, suffix="g", **topics):
        self.p, self.group = p, p.name(suffix)
        self.topics = {short: p.topic(short, n) for short, n in (topics or {"t": 3}).items()}
        self.ids = {str(p.id(name)): f"<{short}>" for short, name in self.topics.items()}
        coordinator(p, self.group)
        p.settle()

    def told(self, x):
        """Ids of topics as their short names."""
        if isinstance(x, dict):
            return {k: self.told(v) for k, v in x.items()}
        if isinstance(x, list):
            return sorted((self.told(v) for v in x), key=str)
        return self.ids.get(str(x), x)

    def parts(self, **owned):
        return [{"id": self.p.id(self.topics[t]), "partitions": ps} for t, ps in owned.items()]

    def beat(self, who, at, version=1, **more):
        return self.told(self.p.ask("ConsumerGroupHeartbeat", version, {"group": self.group, "member": who, "epoch": at} | more, who))

    def join(self, who, *topics, version=1, **more):
        names = [self.topics.get(t, t) for t in topics]
        return self.beat(who, 0, version, **({"topics": names, "rebalance_ms": 60000, "owned": []} | more))

    def describe(self, version=1, group=None):
        return self.told(self.p.ask("ConsumerGroupDescribe", version, {"groups": [group or self.group], "ops": True}))

    def until(self, what, condition):
        wait_for(what, condition)


@case("consumer groups: one member, from the first heartbeat to the last")
def _(p):
    out = {}
    for v in (0, 1):
        c = Circle(p, f"g{v}", **{f"t{v}": 3})
        who = "m1"
        out[f"before v{v}"] = [c.describe(v), c.beat(who, 1, v), c.beat(who, -1, v), c.beat(who, -2, v, instance="i")]
        out[f"join v{v}"] = c.join(who, f"t{v}", version=v)
        out[f"again v{v}"] = c.beat(who, 1, v)
        out[f"full v{v}"] = c.beat(who, 1, v, topics=[c.topics[f"t{v}"]], rebalance_ms=60000, owned=c.parts(**{f"t{v}": [0, 1, 2]}))
        out[f"described v{v}"] = c.describe(v)
        out[f"listed v{v}"] = [
            g for g in p.ask("ListGroups", 5, {})["groups"] if g["group"] == c.group]
        out[f"classic eyes v{v}"] = [p.ask("DescribeGroups", d, {"groups": [c.group], "ops": True}) for d in (5, 6)]
        out[f"join again v{v}"] = c.join(who, f"t{v}", version=v)
        out[f"delete v{v}"] = p.ask("DeleteGroups", 2, {"groups": [c.group]})
        out[f"leave v{v}"] = [c.beat(who, -1, v), c.beat(who, -1, v), c.describe(v)]
        out[f"deleted v{v}"] = [p.ask("DeleteGroups", 2, {"groups": [c.group]}), c.describe(v)]
    return p.clean(out)


@case("consumer groups: requests that hold too little or too much")
def _(p):
    c = Circle(p)
    out = {"v0 without id": {k: v for k, v in c.join("", "t", version=0).items() if k != "member"}}
    c = Circle(p, "other", u=1)
    for what, more in (("no id", {"member": ""}), ("blank id", {"member": " "}), ("no group", {"group": ""}),
                       ("instance ''", {"instance": ""}), ("rack ''", {"rack": ""}), ("no rebalance timeout", {"rebalance_ms": -1}),
                       ("rebalance timeout 0", {"rebalance_ms": 0}), ("rebalance timeout -5", {"rebalance_ms": -5}),
                       ("owned null", {"owned": None}), ("owned", {"owned": c.parts(u=[0])}), ("topics null", {"topics": None}),
                       ("no topics", {"topics": []}), ("topic ''", {"topics": [""]}), ("odd topic", {"topics": ["a b/c"]}),
                       ("assignor", {"assignor": "sticky"}), ("assignor ''", {"assignor": ""}),
                       ("bad regex", {"regex": "("}), ("bad regex 2", {"regex": "a**"}), ("bad regex 3", {"regex": "[b-a]"}),
                       ("bad regex 4", {"regex": "\\"}), ("bad regex 5", {"regex": "(?=a)"}), ("bad regex 6", {"regex": "a{1001}"}),
                       ("epoch -3", {"epoch": -3}), ("epoch -1, no id", {"epoch": -1, "member": ""}),
                       ("epoch -2", {"epoch": -2}), ("epoch 5", {"epoch": 5})):
        group = p.name(what.replace(" ", "-").replace("'", ""))
        out[what] = c.join("m1", "u", **({"group": group} | more))
        old = c.join("m1", "u", version=0, **({"group": group + "0"} | {k: v for k, v in more.items() if k != "regex"}))
        out[f"{what} v0"] = {k: v for k, v in old.items() if k != "member"}  # which the coordinator may have made
    return p.clean(out)


@case("consumer groups: epochs, strangers, commits")
def _(p):
    c = Circle(p)
    t = c.topics["t"]
    out = {"join": c.join("m1", "t")}
    out["second"] = [c.join("m2", "t"), c.beat("m2", 2)]
    out["first"] = [c.beat("m1", 1), c.beat("m1", 1), c.beat("m1", 1, owned=c.parts(t=[0, 1, 2])), c.describe()]
    mine = c.describe()["groups"][0]["members"]
    keeps = [x["assignment"]["topics"][0]["partitions"] for x in mine if x["member"] == "m1"][0]
    out["given back"] = [c.beat("m1", 1, owned=c.parts(t=keeps)), c.beat("m2", 2), c.describe()]
    for e in (-5, 0, 1, 3, 2147483647):
        out[f"epoch {e}"] = c.beat("m1", e)
    out["lost answer"] = [c.beat("m1", 1, owned=c.parts(t=keeps)), c.beat("m1", 1, owned=[]), c.beat("m1", 1, owned=c.parts(t=[0, 1, 2]))]
    out["stranger"] = [c.beat("m9", 2), c.beat("m9", -1)]
    for e in (-1, 0, 1, 2, 3):
        out[f"commit {e}"] = [commit(p, v, c.group, t, 5, generation=e, member="m1") for v in (8, 9)]
    out["commit of strangers"] = [commit(p, 9, c.group, t, 5, generation=2, member="m9"), commit(p, 9, c.group, t, 5),
                                  commit(p, 7, c.group, t, 5, generation=2, member="m9")]
    for e in (-1, 1, 2, 3):
        out[f"fetch {e}"] = [p.ask("OffsetFetch", 9, {"groups": [{"group": c.group, "member": m, "epoch": e, "topics": [
            {"name": t, "partitions": [0]}]}]}) for m in ("m1", "m9", "", None)]
    out["fetch of no group"] = [p.ask("OffsetFetch", 9, {"groups": [{"group": p.name("none"), "member": m, "epoch": e, "topics": [
        {"name": t, "partitions": [0]}]}]}) for m, e in (("m1", 2), (None, -1), ("", 0))]
    out["older fetch"] = fetch(p, 8, c.group, [{"name": t, "partitions": [0]}])
    out["offset delete"] = p.ask("OffsetDelete", 0, {"group": c.group, "topics": [{"name": t, "partitions": [{"index": 0}]}]})
    out["rejoin"] = [c.join("m1", "t"), c.beat("m2", 2)]
    out["leave"] = [c.beat("m1", -1), c.beat("m2", 2), c.beat("m2", -1)]
    out["when empty"] = [commit(p, v, c.group, t, 5, generation=e) for v in (8, 9) for e in (-1, 0, 7)]
    return p.clean(out)


@case("consumer groups: static members")
def _(p):
    c = Circle(p)
    out = {"join": [c.join("m1", "t", instance="i1"), c.join("m2", "t", instance="i2")]}
    out["split"] = [c.beat("m1", 1, instance="i1"), c.beat("m1", 1, instance="i1", owned=[]), c.beat("m2", 2, instance="i2")]
    out["taken"] = [c.join("m3", "t", instance="i1"), c.join("m1", "t", instance="i1")]
    out["fenced"] = [c.beat("m3", 2, instance="i1"), c.beat("m1", 2, instance="i9"), c.beat("m1", 2), c.beat("m1", 2, instance="i2")]
    out["away"] = [c.beat("m2", -2, instance="i2"), c.describe()]
    out["back"] = [c.join("m4", "t", instance="i2"), c.describe(), c.beat("m2", 2, instance="i2")]
    out["away and back itself"] = [c.beat("m4", -2, instance="i2"), c.join("m4", "t", instance="i2"), c.beat("m4", -2, instance="i2"),
                                   c.beat("m4", -2, instance="i2")]
    out["for good"] = [c.beat("m4", -1, instance="i2"), c.beat("m1", -1, instance="i2"), c.beat("m1", -1, instance="i1"), c.describe()]
    return p.clean(out)


@case("consumer groups: expressions and assignors")
def _(p):
    c = Circle(p, "g", **{"a1": 2, "a2": 1, "b": 1})
    regex = p.name("a") + "[0-9]"
    out = {}
    got = c.join("m1", regex=regex, topics=None)
    out["join"] = {k: v for k, v in got.items() if k in ("error", "interval_ms")}
    epoch = [got["epoch"]]

    def settled():
        x = c.beat("m1", epoch[0])
        epoch[0] = x["epoch"]
        m = c.describe()["groups"][0]["members"]
        return len(m[0]["assignment"]["topics"]) == 2

    c.until("the expression is matched", settled)
    out["described"] = c.describe()["groups"][0]["members"]
    c = Circle(p, "r", x=4, y=4)
    out["range"] = [c.join("m1", "x", "y", assignor="range"), c.join("m2", "x", "y", assignor="range"), c.describe()]
    c = Circle(p, "u", v=5, w=2)
    out["mixed"] = [c.join("m1", "v", "w"), c.join("m2", "v"), c.join("m3", "w")]
    sizes = {m["member"]: sum(len(t["partitions"]) for t in m["target"]["topics"]) for m in c.describe()["groups"][0]["members"]}
    out["mixed sizes"] = sizes
    return p.clean(out)


@case("consumer groups: settings of a group")
def _(p):
    c = Circle(p)

    def alter(**kv):
        got = p.ask("IncrementalAlterConfigs", 1, {"resources": [{"type": 32, "name": c.group, "configs": [
            {"name": k.replace("_", "."), "op": 0, "value": v} for k, v in kv.items()]}]})
        p.settle()
        return got

    return p.clean({"interval": [alter(consumer_heartbeat_interval_ms="6000"), c.join("m1", "t")["interval_ms"]],
                    "refused": [alter(consumer_session_timeout_ms="1"), alter(consumer_heartbeat_interval_ms="x")]})


@case("consumer groups: classic members come and go")
def _(p):
    c = Circle(p)
    t = Tribe(p)  # of the same name
    t.metadata = subscription(c.topics["t"])
    out = {"consumer": c.join("m1", "t")}
    out["other type"] = t.join("C1", 5, type="connect")
    out["id"] = t.join("C1")["error"]
    out["join"] = t.join("C1")
    out["sync"] = [t.sync("C1", 2), t.sync("C1", 1), t.sync("C1", 2, protocol="x"), t.beat("C1", 2), t.beat("C1", 9), t.beat("m1", 2)]
    out["given back"] = [c.beat("m1", 1)["error"], c.beat("m1", 1, owned=c.parts(t=[0, 1]))["epoch"]]
    t.rejoin_when_told("C1", 2)
    out["rest"] = [t.join("C1"), t.sync("C1", 2), t.beat("C1", 2)]
    kinds = c.describe()["groups"][0]
    out["kinds"] = [kinds["state"], sorted([m["kind"], m["epoch"], m["assignment"]["topics"]] for m in kinds["members"])]
    out["down"] = [c.beat("m1", -1), c.describe()["groups"][0]["error"]]
    t.rejoin_when_told("C1", 2)
    got = t.join("C1")
    out["classic"] = [{k: got[k] for k in ("error", "generation", "protocol", "leader")}]
    t.sync("C1", got["generation"], given={"C1": b"\0\0\0\0\0\0\0\0\0\0"})
    out["and up"] = [{k: v for k, v in c.join("m2", "t").items() if k not in ("message", "assignment")}, t.beat("C1", got["generation"])]
    t.close()
    return p.clean(out)


@case("consumers: groups without a name, and names twice")
def _(p):
    out = {}
    coordinator(p, p.name("g"))
    for v in (0, 1):
        out[f"described v{v}"] = p.ask("ConsumerGroupDescribe", v, {"groups": [""]})
        some = p.ask("ConsumerGroupDescribe", v, {"groups": [p.name("g"), "", p.name("g")]})
        out[f"among others v{v}"] = sorted(some["groups"], key=lambda g: g["group"])
    return out
