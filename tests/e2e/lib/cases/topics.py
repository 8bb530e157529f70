"""Metadata, CreateTopics, DeleteTopics, CreatePartitions, DescribeTopicPartitions."""
import uuid

from ..probe import case, own
from ..target import wait_for

LONG = "x" * 250


def _meta(p, version, **body):
    a = p.ask("Metadata", version, body)
    return a if isinstance(a, str) else p.clean(a["topics"])


@case("Metadata: one topic at every version")
def _(p):
    topic = p.topic(partitions=2)
    out = {}
    for v in range(14):
        a = p.ask("Metadata", v, {"topics": [{"name": topic}]})
        a["topics"][0]["partitions"].sort(key=lambda x: x["index"])
        out[v] = a
    return out


@case("Metadata: all topics, no topics")
def _(p):
    topic = p.topic()
    out = {}
    for v in (0, 1, 4, 9, 12, 13):
        for what in ([], None):
            if v == 0 and what is None:
                continue
            a = p.ask("Metadata", v, {"topics": what})
            out[f"v{v} {what}"] = a if isinstance(a, str) else topic in [t["name"] for t in a["topics"]]
    out["v0 null"] = p.frame(b"\0\3\0\0\0\0\0\1\0\3e2e\xff\xff\xff\xff")
    return out


@case("Metadata: unknown topics, bad names, unknown ids")
def _(p):
    topic = p.topic()
    out = {}
    for v in (4, 8, 9, 12, 13):
        out[f"v{v} unknown"] = _meta(p, v, topics=[{"name": p.name("unknown")}], auto_create=False)
    for name in ("", ".", "..", "a b", "é", "a/b", LONG):
        out[f"name {name[:20]!r}"] = [[_short(t) for t in _meta(p, v, topics=[{"name": name}], auto_create=auto)]
                                      for v, auto in ((4, False), (12, False), (12, True))]
    some, known = uuid.UUID(int=12345), p.id(topic)
    out["unknown id"] = _meta(p, 12, topics=[{"id": some, "name": None}], auto_create=False)
    out["known id"] = _meta(p, 12, topics=[{"id": known, "name": None}], auto_create=False)
    out["id and name"] = _meta(p, 12, topics=[{"id": known, "name": topic}], auto_create=False)
    out["no id, no name"] = _meta(p, 12, topics=[{"name": None}], auto_create=False)
    out["v11 with an id"] = _meta(p, 11, topics=[{"id": known, "name": topic}], auto_create=False)
    out["v10 with a null name"] = _meta(p, 10, topics=[{"name": None}], auto_create=False)
    out["twice the same"] = _meta(p, 9, topics=[{"name": topic}, {"name": topic}], auto_create=False)
    return out


def _short(t):
    return {**t, "name": t["name"] and t["name"][:20]} if isinstance(t, dict) else t


@case("Metadata: authorized operations on demand")
def _(p):
    topic = p.topic()
    out = {}
    for v in (8, 10, 11, 13):
        more = {"cluster_ops": True} if v <= 10 else {}
        a = p.ask("Metadata", v, {"topics": [{"name": topic}], "topic_ops": True, **more})
        out[v] = [a.get("cluster_ops"), a["topics"][0]["ops"]]
    return out


@case("Metadata: creates topics when it may")
def _(p):
    out = {}
    for v in (4, 9, 12):
        name = p.name(f"auto{v}")
        first = _meta(p, v, topics=[{"name": name}], auto_create=True)
        wait_for("the topic that Metadata made", lambda name=name: p.raw.topic(name)["error"] == 0)
        p.raw.wait_leaders(name, 1)
        # Kafka says "unknown" until the topic is there; a broker that makes it at once need not.
        out[v] = [first[0]["error"] in (0, 3, 5), len(p.raw.topic(name)["partitions"])]
    name = p.name("never")
    out["not asked for"] = [_meta(p, 9, topics=[{"name": name}], auto_create=False)[0]["error"], p.raw.topic(name)["error"]]
    return out


def _create(p, version=7, validate=False, **topic):
    a = p.ask("CreateTopics", version, {"topics": [{"name": p.name("t"), **topic}], "validate": validate})
    if isinstance(a, str):
        return a
    out = dict(p.clean(a["topics"][0]))
    out["name"] = out["name"][:30]
    if out.get("configs"):
        out["configs"] = len([c for c in out["configs"] if not own(c["name"])])
    return out


@case("CreateTopics: validate only, at every version")
def _(p):
    out = {v: _create(p, v, validate=True, partitions=3) for v in range(2, 8)}
    out["exists afterwards"] = p.raw.topic(p.name("t"))["error"]
    out["v3 with defaults"] = _create(p, 3, validate=True, partitions=-1, replication=-1)
    out["v4 with defaults"] = _create(p, 4, validate=True, partitions=-1, replication=-1)
    out["v7 with defaults"] = _create(p, 7, validate=True, partitions=-1, replication=-1)
    return out


@case("CreateTopics: partitions and replication factors")
def _(p):
    return {f"{n} x {r}": _create(p, validate=True, partitions=n, replication=r) for n, r in (
        (0, 1), (-2, 1), (-2147483648, 1), (1, 0), (1, -2), (1, 2), (1, 3), (3, 3), (1, 32767), (10001, 1), (0, 3))}


@case("CreateTopics: names")
def _(p):
    exact = p.name("") + "x" * (249 - len(p.name("")))
    names = ["", ".", "..", "...", "a b", "a,b", "é", "a/b", "a\0b", LONG]
    out = {repr(n[:20]): _create(p, validate=True, name=n) for n in names}
    out["249 characters"] = _create(p, validate=True, name=exact)
    out["250 characters"] = _create(p, validate=True, name=exact + "x")["error"]
    p.topic("a.b")
    out["collides"] = _create(p, name=p.name("a_b"))
    out["does not collide"] = _create(p, validate=True, name=p.name("a-b"))
    return out


@case("CreateTopics: twice, in one request and after another")
def _(p):
    p.topic("t")
    double = {"name": p.name("double"), "partitions": 1, "replication": 1}
    a = p.ask("CreateTopics", 7, {"topics": [double, {"name": p.name("other")}, double]})
    for t in a["topics"]:
        t["configs"] = None
    return {"exists": _create(p), "exists, validate": _create(p, validate=True),
            "double": sorted(p.clean(a["topics"]), key=lambda t: (t["name"], t["error"])),
            "double exists": p.raw.topic(p.name("double"))["error"], "other exists": p.raw.topic(p.name("other"))["error"]}


@case("CreateTopics: assignments")
def _(p):
    def place(*brokers):
        return [{"index": i, "brokers": list(b)} for i, b in enumerate(brokers)]

    return {
        "good": _create(p, validate=True, partitions=-1, replication=-1, assignments=place([1], [1])),
        "with counts": _create(p, validate=True, partitions=2, replication=1, assignments=place([1], [1])),
        "unknown broker": _create(p, validate=True, partitions=-1, replication=-1, assignments=place([9])),
        "broker twice": _create(p, validate=True, partitions=-1, replication=-1, assignments=place([1, 1])),
        "no broker": _create(p, validate=True, partitions=-1, replication=-1, assignments=place([])),
        "hole": _create(p, validate=True, partitions=-1, replication=-1, assignments=[{"index": 1, "brokers": [1]}]),
        "negative": _create(p, validate=True, partitions=-1, replication=-1, assignments=[{"index": -1, "brokers": [1]}]),
        "twice the same": _create(p, validate=True, partitions=-1, replication=-1,
                                  assignments=[{"index": 0, "brokers": [1]}, {"index": 0, "brokers": [1]}]),
    }


@case("CreateTopics: configs")
def _(p):
    out = {}
    for name, value in (("retention.ms", "1000"), ("retention.ms", "-1"), ("retention.ms", "-2"), ("retention.ms", "abc"),
                        ("retention.ms", ""), ("retention.ms", None), ("retention.ms", " 5 "), ("no.such.key", "1"), ("", "1"),
                        ("cleanup.policy", "compact,delete"), ("cleanup.policy", "shred"), ("cleanup.policy", ""),
                        ("cleanup.policy", "compact,compact"), ("cleanup.policy", "DELETE"),
                        ("compression.type", "zstd"), ("compression.type", "rar"), ("compression.type", "GZIP"),
                        ("segment.bytes", "14"), ("segment.bytes", "1048576"), ("segment.bytes", "1048575"),
                        ("segment.bytes", "2147483648"), ("max.message.bytes", "-1"), ("max.message.bytes", "0"),
                        ("min.insync.replicas", "0"), ("min.insync.replicas", "5"), ("min.cleanable.dirty.ratio", "1.5"),
                        ("min.cleanable.dirty.ratio", "0.1"), ("message.timestamp.type", "LogAppendTime"),
                        ("message.timestamp.type", "sometime"), ("preallocate", "yes"), ("preallocate", "TRUE"),
                        ("flush.messages", "0"), ("index.interval.bytes", "-1"), ("segment.ms", "0"), ("retention.bytes", "-2"),
                        ("message.format.version", "3.0"), ("max.compaction.lag.ms", "0"), ("delete.retention.ms", "-1"),
                        ("compression.gzip.level", "99"), ("compression.zstd.level", "22"), ("remote.storage.enable", "true"),
                        ("leader.replication.throttled.replicas", "*"),
                        ("leader.replication.throttled.replicas", "rubbish")):
        out[f"{name}={value}"] = _create(p, validate=True, configs=[{"name": name, "value": value}])
    out["twice the same"] = _create(p, validate=True, configs=[{"name": "retention.ms", "value": "1"},
                                                                {"name": "retention.ms", "value": "2"}])
    out["lag min above max"] = _create(p, validate=True, configs=[{"name": "min.compaction.lag.ms", "value": "10"},
                                                                   {"name": "max.compaction.lag.ms", "value": "5"}])
    return out


@case("CreateTopics: what a new topic's answer says")
def _(p):
    a = p.ask("CreateTopics", 7, {"topics": [{"name": p.name("t"), "partitions": 4, "configs": [
        {"name": "retention.ms", "value": "1000"}, {"name": "cleanup.policy", "value": "compact"}]}]})
    t = p.clean(a["topics"][0])
    # Where min.insync.replicas comes from depends on how the cluster was formatted.
    t["configs"] = {c["name"]: [c["value"], c["read_only"], c["source"], c["sensitive"]] for c in t["configs"]
                    if c["name"] != "min.insync.replicas" and not own(c["name"])}
    return t


@case("DeleteTopics: at every version")
def _(p):
    out = {}
    for v in range(1, 7):
        topic = p.topic(f"v{v}")
        body = {"topics": [{"name": topic}]} if v >= 6 else {"names": [topic]}
        out[v] = p.call("DeleteTopics", v, body)
    topic = p.topic("by-id")
    out["by id"] = p.call("DeleteTopics", 6, {"topics": [{"name": None, "id": p.id(topic)}]})
    return out


@case("DeleteTopics: refusals")
def _(p):
    topic = p.topic()
    known = p.id(topic)

    def v6(*topics):
        a = p.ask("DeleteTopics", 6, {"topics": list(topics)})
        return a if isinstance(a, str) else sorted(p.clean(a["topics"]), key=str)

    return {
        "unknown v1": p.call("DeleteTopics", 1, {"names": [p.name("unknown")]}),
        "unknown v5": p.call("DeleteTopics", 5, {"names": [p.name("unknown")]}),
        "unknown v6": v6({"name": p.name("unknown")}),
        "unknown id": v6({"name": None, "id": uuid.UUID(int=99)}),
        "neither": v6({"name": None}),
        "both": v6({"name": topic, "id": known}),
        "empty name": v6({"name": ""}),
        "bad name": v6({"name": "a b"}),
        "twice the name": v6({"name": topic}, {"name": topic}),
        "name and its id": v6({"name": topic}, {"name": None, "id": known}),
        "twice unknown": v6({"name": p.name("unknown")}, {"name": p.name("unknown")}),
        "none": v6(),
        "still there": p.raw.topic(topic)["error"],
    }


@case("a deleted topic is gone for every request")
def _(p):
    topic = p.topic()
    old = p.id(topic)
    p.raw.produce(topic, 0, p.batch())
    p.raw.call("DeleteTopics", 6, {"topics": [{"name": topic}]})
    wait_for("the topic's end", lambda: p.raw.topic(topic)["error"] != 0)
    out = {"metadata": p.raw.topic(topic)["error"], "produce": p.produce(topic, p.batch()), "fetch": p.fetch(topic),
           "offsets": p.call("ListOffsets", 6, {"topics": [{"name": topic, "partitions": [{"index": 0, "timestamp": -1}]}]})}
    again = p.topic()
    out["made again: new id"] = p.id(again) != old
    out["made again: end"] = p.raw.end(again, 0)
    out["old id"] = p.call("Metadata", 12, {"topics": [{"id": old, "name": None}], "auto_create": False})["topics"][0]["error"]
    return out


def _grow(p, version=3, validate=False, **topic):
    a = p.ask("CreatePartitions", version, {"topics": [topic], "validate": validate})
    return a if isinstance(a, str) else p.clean(a["topics"])


@case("CreatePartitions: refusals")
def _(p):
    topic = p.topic(partitions=3)
    out = {n: _grow(p, name=topic, count=n) for n in (2, 3, 0, -1, -2147483648)}
    out["too many"] = _grow(p, name=topic, count=10_004, validate=True)
    out["unknown"] = _grow(p, name=p.name("unknown"), count=5)
    out["bad name"] = _grow(p, name="a b", count=5)
    out["empty name"] = _grow(p, name="", count=5)
    out["twice the same"] = sorted(p.call("CreatePartitions", 3, {"topics": [
        {"name": topic, "count": 5}, {"name": topic, "count": 6}]})["topics"], key=str)
    for what, brokers in (("too few assignments", [[1]]), ("too many assignments", [[1], [1], [1]]),
                          ("unknown broker", [[9], [9]]), ("broker twice", [[1, 1], [1, 1]]), ("no broker", [[], []]),
                          ("empty", [])):
        out[what] = _grow(p, name=topic, count=5, assignments=[{"brokers": b} for b in brokers])
    out["partitions"] = len(p.raw.topic(topic)["partitions"])
    return out


@case("CreatePartitions: at every version, validate only")
def _(p):
    topic = p.topic(partitions=1)
    out = {"validate": _grow(p, name=topic, count=9, validate=True)}
    out["after validating"] = len(p.raw.topic(topic)["partitions"])
    for v in range(4):
        out[v] = _grow(p, v, name=topic, count=2 + v)
        p.raw.wait_leaders(topic, 2 + v)
    out["assigned"] = _grow(p, name=topic, count=6, assignments=[{"brokers": [1]}])
    return out


@case("DescribeTopicPartitions: pages, unknown topics")
def _(p):
    a, b = p.topic("a", partitions=3), p.topic("b", partitions=2)

    def ask(*names, **more):
        got = p.ask("DescribeTopicPartitions", 0, {"topics": [{"name": n} for n in names], **more})
        if isinstance(got, str):
            return got
        for t in got["topics"]:
            t["partitions"] = [[x["error"], x["index"], x["leader"], x["replicas"], x["isr"], x["elr"], x["last_elr"]]
                               for x in t["partitions"]]
        return p.clean(got)

    return {"both": ask(b, a), "two at a time": ask(a, b, limit=2), "three": ask(a, b, limit=3), "limit 0": ask(a, limit=0),
            "limit -1": ask(a, limit=-1), "from a cursor": ask(a, b, cursor={"topic": a, "index": 2}),
            "from the second": ask(a, b, cursor={"topic": b, "index": 0}),
            "cursor beyond": ask(a, b, cursor={"topic": a, "index": 9}),
            "cursor negative": ask(a, cursor={"topic": a, "index": -1}),
            "unknown": ask(p.name("unknown")), "bad name": ask("a b"), "empty name": ask(""), "twice": ask(a, a)}


@case("DescribeTopicPartitions: cursors at the edges")
def _(p):
    a, b = p.topic("a", partitions=3), p.topic("b", partitions=2)

    def ask(*names, **more):
        got = p.ask("DescribeTopicPartitions", 0, {"topics": [{"name": n} for n in names], **more})
        if isinstance(got, str):
            return got
        return p.clean([[[t["name"], t["error"], [x["index"] for x in t["partitions"]]] for t in got["topics"]], got["cursor"]])

    def unknown(n):
        return p.name(f"unknown{n}")

    return {"cursor behind the list": ask(a, cursor={"topic": p.name("z"), "index": 0}),
            "cursor before the list": ask(b, cursor={"topic": a, "index": 0}),
            "cursor between": ask(a, b, cursor={"topic": p.name("aa"), "index": 1}),
            "cursor without a name": ask(a, cursor={"topic": "", "index": 2}),
            "cursor in an unknown topic": ask(a, unknown(1), cursor={"topic": unknown(1), "index": 1}),
            "unknown topics are free": ask(unknown(1), unknown(2), unknown(3), a, b, limit=2),
            "exactly full": ask(a, b, limit=5), "full before an unknown topic": ask(a, unknown(1), limit=3)}


@case("changes whose time is over before they begin")
def _(p):
    topic = p.topic()
    out = {}
    for ms in (0, -1):
        out[ms] = [p.call("CreateTopics", 7, {"topics": [{"name": p.name("new")}, {"name": topic}], "timeout_ms": ms}),
                   p.call("CreatePartitions", 3, {"topics": [{"name": topic, "count": 5}], "timeout_ms": ms}),
                   p.call("DeleteTopics", 6, {"topics": [{"name": topic}, {"name": p.name("unknown")}], "timeout_ms": ms})]
    p.settle()
    return out | {"created": p.raw.topic(p.name("new"))["error"], "partitions": len(p.raw.topic(topic)["partitions"])}


@case("the metadata log is no topic to create, grow or delete")
def _(p):
    name = "__cluster_metadata"
    a = p.ask("CreateTopics", 7, {"topics": [{"name": name}, {"name": name}], "validate": True})
    return {"create": _create(p, name=name), "validate": _create(p, validate=True, name=name), "twice": p.clean(a["topics"]),
            "grow": _grow(p, name=name, count=5), "delete": p.call("DeleteTopics", 6, {"topics": [{"name": name}]}),
            "offsets may be created": _create(p, validate=True, name="__consumer_offsets")["error"]}
