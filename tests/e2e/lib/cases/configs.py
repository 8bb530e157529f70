"""DescribeConfigs, AlterConfigs, IncrementalAlterConfigs."""
from ..probe import case, own

TOPIC, BROKER, LOGGER, METRICS, GROUP = 2, 4, 8, 16, 32
SET, DELETE, APPEND, SUBTRACT = range(4)
# What a broker was told at its start differs by nature.
OWN = {"advertised.listeners", "listeners", "log.dirs", "log.dir", "node.id", "broker.id", "process.roles",
       "controller.quorum.voters", "controller.listener.names", "listener.security.protocol.map",
       "offsets.topic.replication.factor", "transaction.state.log.replication.factor", "transaction.state.log.min.isr",
       "share.coordinator.state.topic.replication.factor", "share.coordinator.state.topic.min.isr",
       "group.initial.rebalance.delay.ms", "min.insync.replicas", "controller.quorum.bootstrap.servers", "metadata.log.dir"}


def _describe(p, version=4, type=TOPIC, name=None, keys=None, **more):
    a = p.ask("DescribeConfigs", version, {"resources": [{"type": type, "name": name, "keys": keys}], **more})
    if isinstance(a, str):
        return a
    got = a["resources"][0]["configs"]
    got[:] = sorted((c for c in got if not own(c["name"])), key=lambda c: c["name"])
    return p.clean(a["resources"][0])


@case("DescribeConfigs: a topic's keys, values, sources")
def _(p):
    topic = p.topic(retention_ms=1000, cleanup_policy="compact")
    out = {}
    for v in (1, 3, 4):
        got = _describe(p, v, name=topic, synonyms=True)
        out[v] = {c["name"]: [c["value"], c["read_only"], c["source"], c["sensitive"], c.get("type"),
                              [[s["name"], s["value"], s["source"]] for s in c["synonyms"]]]
                  for c in sorted(got["configs"], key=lambda c: c["name"]) if c["name"] != "min.insync.replicas"}
    return out


@case("DescribeConfigs: a broker's keys, values, sources")
def _(p):
    got = _describe(p, 4, BROKER, "1", synonyms=True)
    return {c["name"]: [c["value"], c["read_only"], c["source"], c["sensitive"], c["type"],
                        [[s["name"], s["value"], s["source"]] for s in c["synonyms"]]]
            for c in sorted(got["configs"], key=lambda c: c["name"])
            if c["name"] not in OWN}


@case("DescribeConfigs: chosen keys, no synonyms")
def _(p):
    topic = p.topic()
    got = _describe(p, name=topic, keys=["retention.ms", "no.such.key", "cleanup.policy", "retention.ms"])
    out = {"chosen": got["configs"], "empty list": [c["name"] for c in _describe(p, name=topic, keys=[])["configs"]]}
    out["synonyms off"] = _describe(p, 4, BROKER, "1", keys=["log.retention.hours"])["configs"]
    return out


@case("DescribeConfigs: resources that are not there")
def _(p):
    out = {"unknown topic": _describe(p, name=p.name("unknown")), "bad topic": _describe(p, name="a b"),
           "empty topic": _describe(p, name="")}
    for name in ("2", "-1", "x", "1.5", "99999999999"):
        out[f"broker {name}"] = _describe(p, type=BROKER, name=name)
    for kind in (0, 1, 3, 5, 99, -1):
        out[f"type {kind}"] = _describe(p, type=kind, name="x")
    out["default broker"] = _describe(p, type=BROKER, name="", keys=["log.retention.ms"])
    topic = p.topic()
    a = p.ask("DescribeConfigs", 4, {"resources": [{"name": topic, "keys": ["retention.ms"]}] * 2})
    out["twice"] = p.clean(a)
    return out


def _incremental(p, *ops, type=TOPIC, name=None, validate=False, version=1):
    a = p.ask("IncrementalAlterConfigs", version, {"validate": validate, "resources": [
        {"type": type, "name": name, "configs": [{"name": k, "op": op, "value": v} for op, k, v in ops]}]})
    return a if isinstance(a, str) else p.clean(a["resources"][0])


def _values(p, topic):
    """What was set on the topic."""
    p.settle()
    got = p.ask("DescribeConfigs", 1, {"resources": [{"name": topic}]})["resources"][0]["configs"]
    return {c["name"]: c["value"] for c in sorted(got, key=lambda c: c["name"]) if c["source"] == 1}


@case("IncrementalAlterConfigs: set, delete, append, subtract")
def _(p):
    topic = p.topic()
    steps = [((SET, "retention.ms", "1000"), (SET, "segment.ms", "5000")), ((DELETE, "retention.ms", None),),
             ((DELETE, "retention.ms", None),), ((APPEND, "cleanup.policy", "compact"),), ((APPEND, "cleanup.policy", "compact"),),
             ((SUBTRACT, "cleanup.policy", "delete"),), ((SUBTRACT, "cleanup.policy", "delete"),),
             ((SUBTRACT, "cleanup.policy", "compact"),), ((SET, "cleanup.policy", "delete,compact"),),
             ((APPEND, "retention.ms", "5"),), ((SUBTRACT, "retention.ms", "5"),), ((SET, "retention.ms", None),),
             ((SET, "retention.ms", ""),), ((SET, "retention.ms", " 77 "),), ((SET, "retention.ms", "abc"),),
             ((SET, "retention.ms", "-2"),), ((SET, "no.such.key", "1"),), ((DELETE, "no.such.key", None),), ((SET, "", "1"),),
             ((9, "retention.ms", "5"),), ((-1, "retention.ms", "5"),), ((SET, "retention.ms", "5"), (SET, "retention.ms", "6")),
             ((SET, "retention.ms", "5"), (DELETE, "retention.ms", None)), ((SET, "compression.type", "gzip"),),
             ((SET, "compression.type", "rar"),), ((SET, "segment.bytes", "1"),), ((SET, "retention.ms", "123"), (SET, "segment.bytes", "1")),
             ((APPEND, "leader.replication.throttled.replicas", "0:1"),), ((APPEND, "leader.replication.throttled.replicas", "1:1,0:1"),),
             ((APPEND, "cleanup.policy", "shred"),), ((SET, "remote.storage.enable", "true"),), ((SET, "message.format.version", "3.0"),),
             (), ((SET, "max.message.bytes", "2000000"),), ((DELETE, "max.message.bytes", "ignored"),)]
    return [[[list(x) for x in ops], _incremental(p, *ops, name=topic), _values(p, topic)] for ops in steps]


@case("IncrementalAlterConfigs: validate only, at both versions")
def _(p):
    topic = p.topic()
    out = {"good": _incremental(p, (SET, "retention.ms", "5"), name=topic, validate=True),
           "bad": _incremental(p, (SET, "retention.ms", "abc"), name=topic, validate=True), "values": _values(p, topic),
           "v0": _incremental(p, (SET, "retention.ms", "5"), name=topic, version=0)}
    out["values v0"] = _values(p, topic)
    return out


@case("IncrementalAlterConfigs: resources that are not there")
def _(p):
    one = (SET, "retention.ms", "5")
    out = {"unknown topic": _incremental(p, one, name=p.name("unknown")), "bad topic": _incremental(p, one, name="a b"),
           "empty topic": _incremental(p, one, name="")}
    two = (SET, "log.retention.ms", "5000")
    for name in ("2", "-1", "x"):
        out[f"broker {name}"] = _incremental(p, two, type=BROKER, name=name, validate=True)
    for kind in (0, 1, 3, 99, -1):
        out[f"type {kind}"] = _incremental(p, one, type=kind, name="x")
    topic = p.topic()
    resource = {"type": 2, "name": topic, "configs": [{"name": "retention.ms", "op": 0, "value": "7"}]}
    out["twice"] = p.call("IncrementalAlterConfigs", 1, {"resources": [resource, resource]})
    out["none"] = p.call("IncrementalAlterConfigs", 1, {"resources": []})
    other = {"type": 2, "name": p.name("unknown"), "configs": [{"name": "retention.ms", "op": 0, "value": "7"}]}
    a = p.ask("IncrementalAlterConfigs", 1, {"resources": [other, resource]})
    out["one good, one bad"] = sorted(p.clean(a["resources"]), key=lambda r: r["name"])
    out["values"] = _values(p, topic)
    return out


@case("IncrementalAlterConfigs: the broker")
def _(p):
    def told(key, name="1"):
        p.settle()
        got = _describe(p, 4, BROKER, name, keys=[key], synonyms=True)["configs"]
        return [[c["value"], c["source"], [[s["value"], s["source"]] for s in c["synonyms"]]] for c in got]

    out = {}
    try:
        for what, op, name in (("own", (SET, "log.retention.ms", "5000"), "1"), ("default", (SET, "log.retention.ms", "6000"), ""),
                               ("listed twice", (SET, "log.cleanup.policy", "delete,delete"), "1"),
                               ("bad value", (SET, "log.retention.ms", "abc"), "1"), ("bad default", (SET, "log.retention.ms", "abc"), ""),
                               ("read only", (SET, "node.id", "5"), "1"), ("read only default", (SET, "num.partitions", "5"), ""),
                               ("per broker only", (SET, "listeners", "PLAINTEXT://:1"), ""),
                               ("unknown key", (SET, "no.such.key", "5"), "1"), ("unknown default key", (SET, "no.such.key", "5"), "")):
            a = _incremental(p, op, type=BROKER, name=name)
            out[what] = a if what not in ("unknown key", "unknown default key") else a["error"]
        out["log.retention.ms"] = [told("log.retention.ms"), told("log.retention.ms", "")]
        topic = p.topic()
        got = _describe(p, 4, name=topic, keys=["retention.ms"], synonyms=True)["configs"]
        out["retention.ms of a topic"] = got
        out["own is deleted"] = _incremental(p, (DELETE, "log.retention.ms", None), type=BROKER, name="1")
        out["log.retention.ms after it"] = told("log.retention.ms")
    finally:
        for name in ("1", ""):
            for key in ("log.retention.ms", "no.such.key", "log.cleanup.policy"):
                _incremental(p, (DELETE, key, None), type=BROKER, name=name)
    out["log.retention.ms in the end"] = told("log.retention.ms")
    return out


@case("AlterConfigs replaces everything")
def _(p):
    topic = p.topic(retention_ms=1000, segment_ms=5000)

    def alter(*pairs, name=topic, type=TOPIC, validate=False, version=2):
        a = p.ask("AlterConfigs", version, {"validate": validate, "resources": [
            {"type": type, "name": name, "configs": [{"name": k, "value": v} for k, v in pairs]}]})
        return [a if isinstance(a, str) else p.clean(a["resources"][0]), _values(p, topic)]

    out = {"validate": alter(("retention.ms", "7"), validate=True)}
    for v in range(3):
        out[f"v{v}"] = alter(("retention.ms", str(100 + v)), version=v)
    out |= {"two": alter(("retention.ms", "8"), ("cleanup.policy", "compact")), "bad value": alter(("retention.ms", "abc")),
            "unknown key": alter(("no.such.key", "1")), "null": alter(("retention.ms", None)),
            "twice the key": alter(("retention.ms", "1"), ("retention.ms", "2")), "none": alter(),
            "unknown topic": alter(("retention.ms", "1"), name=p.name("unknown")),
            "type 3": alter(("retention.ms", "1"), type=3, name="x"),
            "read only of the broker": alter(("node.id", "5"), type=BROKER, name="1", validate=True)}
    resource = {"type": 2, "name": topic, "configs": [{"name": "retention.ms", "value": "7"}]}
    out["resource twice"] = p.call("AlterConfigs", 2, {"resources": [resource, resource]})
    return out


@case("configs act at once")
def _(p):
    topic = p.topic()
    small = p.produce(topic, p.batch(20))
    _incremental(p, (SET, "max.message.bytes", "100"), name=topic)
    p.settle()
    out = {"before": small["error"], "after": p.produce(topic, p.batch(20))["error"]}
    _incremental(p, (DELETE, "max.message.bytes", None), (SET, "message.timestamp.type", "LogAppendTime"), name=topic)
    p.settle()
    out["time of the append"] = p.produce(topic, p.batch(20))["append_ms"]
    _incremental(p, (SET, "cleanup.policy", "compact"), (DELETE, "message.timestamp.type", None), name=topic)
    p.settle()
    from .. import batch
    out["key needed"] = p.produce(topic, batch.make([batch.Record(None, b"v", p.base)]))["error"]
    return out
