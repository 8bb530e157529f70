"""Every setting of topics and of the broker against values good and bad."""
from ..probe import case, own

TOPIC, BROKER = 2, 4
SET, DELETE, APPEND, SUBTRACT = range(4)
BAD = ("abc", "", None, "-1", "-2", "0", "1", "99999999999999999999", "2147483648", "1.5", "true", " 7 ", "0x10", "+5", "a,b")


def _keys(p, kind, name):
    a = p.ask("DescribeConfigs", 4, {"resources": [{"type": kind, "name": name}]})
    return {c["name"]: c["value"] for c in sorted(a["resources"][0]["configs"], key=lambda c: c["name"]) if not own(c["name"])}


@case("CreateTopics: every setting with every kind of value")
def _(p):
    topic, out = p.topic(), {}
    for key in _keys(p, TOPIC, topic):
        for value in BAD:
            t = p.ask("CreateTopics", 7, {"validate": True, "topics": [
                {"name": p.name("new"), "configs": [{"name": key, "value": value}]}]})["topics"][0]
            told = [c["value"] for c in t["configs"] or () if c["name"] == key]
            out[f"{key}={value}"] = {"error": t["error"], "message": t["message"], "told": told}
    return out


@case("AlterConfigs: every setting of a topic with bad values")
def _(p):
    topic, out = p.topic(), {}
    for key in _keys(p, TOPIC, topic):
        for value in ("abc", "", None):
            r = p.ask("AlterConfigs", 2, {"validate": True, "resources": [
                {"name": topic, "configs": [{"name": key, "value": value}]}]})["resources"][0]
            out[f"{key}={value}"] = {"error": r["error"], "message": r["message"]}
    return out


def _broker(p, name, configs, api="IncrementalAlterConfigs", validate=True):
    version = 1 if api == "IncrementalAlterConfigs" else 2
    ops = [{"name": k, "op": op, "value": v} if version == 1 else {"name": k, "value": v} for op, k, v in configs]
    a = p.ask(api, version, {"validate": validate, "resources": [{"type": BROKER, "name": name, "configs": ops}]})
    return a if isinstance(a, str) else p.clean({k: a["resources"][0][k] for k in ("error", "message")})


# Classes, files and listeners of a Java broker: what they may be is its own affair.
JAVA = ("ssl.", "sasl.", "listener", "advertised", "metric.reporters", "security.", "principal.", "log.dir", "metadata.log.dir",
        "node.id", "broker.id", "controller.listener", "early.start", "client.quota.callback", "controller.quorum", "zookeeper")


@case("IncrementalAlterConfigs: every setting of the broker to what it is")
def _(p):
    out = {}
    for key, value in _keys(p, BROKER, "1").items():
        if not key.startswith(JAVA):
            out[key] = [_broker(p, name, [(SET, key, value)]) for name in ("1", "")]
    return out


@case("IncrementalAlterConfigs: every dynamic setting of the broker with bad values")
def _(p):
    a = p.ask("DescribeConfigs", 4, {"resources": [{"type": BROKER, "name": "1"}]})
    out = {}
    for c in sorted(a["resources"][0]["configs"], key=lambda c: c["name"]):
        if c["read_only"] or own(c["name"]) or c["name"].startswith(JAVA):
            continue
        for value in ("abc", "", None, "-5", "0", "99999999999999999999"):
            out[f"{c['name']}={value}"] = _broker(p, "1", [(SET, c["name"], value)])
        out[f"{c['name']} append"] = _broker(p, "1", [(APPEND, c["name"], "5")])
    return out


@case("AlterConfigs: the broker, and all of its settings at once")
def _(p):
    def told(name="1"):
        p.settle()
        a = p.ask("DescribeConfigs", 4, {"resources": [{"type": BROKER, "name": name, "keys": ["log.retention.ms", "log.segment.bytes"]}]})
        return sorted([c["name"], c["value"], c["source"]] for c in a["resources"][0]["configs"])

    def alter(name, *pairs, **more):
        return [_broker(p, name, [(SET, k, v) for k, v in pairs], "AlterConfigs", **more), told(name)]

    out = {}
    try:
        for name in ("1", ""):
            out[f"{name!r} validate"] = alter(name, ("log.retention.ms", "5000"))
            out[f"{name!r} two"] = alter(name, ("log.retention.ms", "5000"), ("log.segment.bytes", "2000000"), validate=False)
            out[f"{name!r} replaced"] = alter(name, ("log.segment.bytes", "3000000"), validate=False)
            out[f"{name!r} bad"] = alter(name, ("log.segment.bytes", "x"), validate=False)
            out[f"{name!r} null"] = alter(name, ("log.segment.bytes", None), validate=False)
            out[f"{name!r} read only"] = alter(name, ("num.partitions", "3"), validate=False)
            out[f"{name!r} twice"] = alter(name, ("log.retention.ms", "1"), ("log.retention.ms", "2"))
            out[f"{name!r} none"] = alter(name, validate=False)
    finally:
        for name in ("1", ""):
            _broker(p, name, [], "AlterConfigs", validate=False)
    for name in ("2", "-1", "x", "1.5"):
        out[f"broker {name}"] = _broker(p, name, [(SET, "log.retention.ms", "5000")], "AlterConfigs")
    return out


@case("IncrementalAlterConfigs: numbers of the broker that depend on others")
def _(p):
    wishes = {"num.io.threads": (1, 3, 4, 8, 16, 17, 100), "num.network.threads": (1, 2, 6, 7), "background.threads": (4, 5, 20, 21),
              "num.replica.fetchers": (1, 2, 3), "num.recovery.threads.per.data.dir": (1, 2, 3, 4, 5), "log.cleaner.threads": (1, 2, 3, 128),
              "log.cleaner.dedupe.buffer.size": (1048575, 1048576), "log.retention.ms": (-1, 0, 1), "log.retention.bytes": (-1, 0, -2),
              "log.local.retention.ms": (-2, -1, 5, 1 << 50), "log.local.retention.bytes": (-2, -1, 5, 1 << 50),
              "log.message.timestamp.before.max.ms": (0, 1), "message.max.bytes": (0, 1), "max.connections.per.ip": (1, 0),
              "max.connections": (1, 2147483647), "max.connection.creation.rate": (1, 2147483647),
              "max.connections.per.ip.overrides": ("127.0.0.1:5", "127.0.0.1:x", "localhost:5,127.0.0.1:6", ":5", "127.0.0.1:", "127.0.0.1:-1"),
              "remote.log.manager.copier.thread.pool.size": (1, 5, 20, 21), "transaction.partition.verification.enable": ("true", "x"),
              "producer.id.expiration.ms": (0, 1), "follower.replication.throttled.rate": (0, 5, -1, "x")}
    return {f"{key}={value} of {name!r}": _broker(p, name, [(SET, key, str(value))])
            for key, values in wishes.items() for value in values for name in ("1", "")}


@case("IncrementalAlterConfigs: lists of the broker")
def _(p):
    key = "log.cleanup.policy"

    def told(name):
        p.settle()
        a = p.ask("DescribeConfigs", 4, {"synonyms": True, "resources": [{"type": BROKER, "name": name, "keys": [key]}]})
        return [[c["value"], c["source"], [[s["value"], s["source"]] for s in c["synonyms"]]] for c in a["resources"][0]["configs"]]

    out = {}
    try:
        for name in ("1", ""):
            for what, op, value in (("append", APPEND, "compact"), ("again", APPEND, "compact"), ("subtract", SUBTRACT, "delete"),
                                    ("subtract what is not there", SUBTRACT, "delete"), ("subtract the last", SUBTRACT, "compact"),
                                    ("append nonsense", APPEND, "shred"), ("delete", DELETE, None), ("delete again", DELETE, "x"),
                                    ("set null", SET, None), ("operation 9", 9, "compact")):
                out[f"{name!r} {what}"] = [_broker(p, name, [(op, key, value)], validate=False), told(name)]
            out[f"{name!r} twice"] = _broker(p, name, [(SET, key, "compact"), (SET, key, "delete")])
            out[f"{name!r} append to a number"] = _broker(p, name, [(APPEND, "log.retention.ms", "5")])
            out[f"{name!r} good and bad"] = _broker(p, name, [(SET, key, "compact"), (SET, "num.partitions", "2")])
            out[f"{name!r} nothing"] = _broker(p, name, [])
            out[f"{name!r} no key"] = _broker(p, name, [(SET, "", "5")])
    finally:
        for name in ("1", ""):
            _broker(p, name, [(DELETE, key, None)], validate=False)
    return out


@case("the broker's defaults for topics come from its own settings")
def _(p):
    topic, out = p.topic(), {}
    pairs = {"log.retention.ms": ("retention.ms", "4000"), "log.retention.minutes": ("retention.ms", "7"),
             "log.retention.hours": ("retention.ms", "3"), "log.segment.bytes": ("segment.bytes", "2097152"),
             "log.roll.ms": ("segment.ms", "50000"), "log.cleanup.policy": ("cleanup.policy", "compact"),
             "message.max.bytes": ("max.message.bytes", "1234567"), "compression.type": ("compression.type", "gzip"),
             "log.message.timestamp.type": ("message.timestamp.type", "LogAppendTime"), "min.insync.replicas": ("min.insync.replicas", "1"),
             "log.flush.interval.messages": ("flush.messages", "77"), "unclean.leader.election.enable": ("unclean.leader.election.enable", "true"),
             "log.cleaner.min.cleanable.ratio": ("min.cleanable.dirty.ratio", "0.25"), "log.preallocate": ("preallocate", "true"),
             "log.index.interval.bytes": ("index.interval.bytes", "5000"), "log.local.retention.ms": ("local.retention.ms", "3")}
    for key, (of_topic, value) in pairs.items():
        for name in ("", "1"):
            answer = _broker(p, name, [(SET, key, value)], validate=False)
            p.settle()
            a = p.ask("DescribeConfigs", 4, {"synonyms": True, "resources": [{"type": TOPIC, "name": topic, "keys": [of_topic]}]})
            c = a["resources"][0]["configs"][0]
            out[f"{key} of {name!r}"] = [answer, c["value"], c["source"], [[s["name"], s["value"], s["source"]] for s in c["synonyms"]]]
            _broker(p, name, [(DELETE, key, None)], validate=False)
            p.settle()
    return out
