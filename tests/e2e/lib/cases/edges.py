"""Requests at the edges of what they may say, one API after the other."""
import uuid

from .. import batch, wire
from ..probe import case, own, told
from ..target import wait_for

TOPIC, BROKER = 2, 4
SET, DELETE, APPEND, SUBTRACT = range(4)


def _parts(p, answer):
    """Each topic's partitions without what depends on the order of the answer."""
    if isinstance(answer, str):
        return answer
    for t in answer["topics"]:
        t["partitions"].sort(key=lambda x: x["index"])
    return p.clean(answer)


@case("Produce: a partition twice in one request")
def _(p):
    topic = p.topic(partitions=2)

    def ask(*topics):
        a = p.ask("Produce", 9, {"topics": [{"name": topic, "partitions": [{"index": i, "records": r} for i, r in parts]}
                                            for parts in topics]})
        if isinstance(a, str):
            return a
        return [[t["name"], sorted([x["index"], x["error"]] for x in t["partitions"])] for t in a["topics"]]

    out = {"in one topic": ask([(0, p.batch(1)), (0, p.batch(2))]), "end": p.raw.end(topic, 0),
           "in two": ask([(0, p.batch(1))], [(0, p.batch(3))]), "end then": p.raw.end(topic, 0),
           "two partitions of a topic named twice": ask([(0, p.batch())], [(1, p.batch())]),
           "ends": [p.raw.end(topic, i) for i in (0, 1)]}
    return p.clean(out)


@case("Produce: min.insync.replicas above what there is")
def _(p):
    topic = p.topic(min_insync_replicas=2)
    return {f"acks {a} v{v}": p.produce(topic, p.batch(), version=v, acks=a) for a in (-1, 1) for v in (3, 9, 13)} | {
        "end": p.raw.end(topic, 0), "min.insync.replicas": p.raw.configs(topic, "min.insync.replicas")}


@case("Produce: a request's transactional id and its batches")
def _(p):
    topic, pid = p.topic(), p.producer()
    plain, marked = p.batch(), p.batch(attributes=16, producer=pid, epoch=0, sequence=0)

    def ask(txn, data, version=9):
        a = p.ask("Produce", version, {"txn": txn, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
        return a if isinstance(a, str) else p.clean(told(a["topics"][0]["partitions"][0]))

    return {"plain batch, an id": ask("some", plain), "plain batch, an empty id": ask("", plain),
            "transactional batch, no id": ask(None, marked), "end": p.raw.end(topic, 0)}


@case("Produce: several batches for a partition")
def _(p):
    topic, pid = p.topic(), p.producer()
    one = p.batch(producer=pid, epoch=0, sequence=0)
    return {v: p.produce(topic, p.batch(2) + p.batch(1), version=v) for v in (3, 8, 9, 13)} | {
        "idempotent": p.produce(topic, one + p.batch(producer=pid, epoch=0, sequence=1)), "end": p.raw.end(topic, 0)}


@case("Produce: timeouts do not matter")
def _(p):
    topic = p.topic()
    return {t: [x["error"] for x in p.ask("Produce", 9, {"timeout_ms": t, "topics": [
        {"name": topic, "partitions": [{"index": 0, "records": p.batch()}]}]})["topics"][0]["partitions"]]
        for t in (1000, 2147483647)}


@case("Produce: topic ids, good and bad ones together")
def _(p):
    topic = p.topic(partitions=2)
    a = p.ask("Produce", 13, {"topics": [
        {"id": uuid.UUID(int=4711), "partitions": [{"index": 0, "records": p.batch()}, {"index": 1, "records": p.batch()}]},
        {"id": p.id(topic), "partitions": [{"index": 1, "records": p.batch()}, {"index": 5, "records": p.batch()}]}]})
    for t in a["topics"]:
        t["partitions"] = sorted((told(x) for x in t["partitions"]), key=lambda x: x["index"])
        t["id"] = t["id"] == p.id(topic)
    return p.clean(sorted(a["topics"], key=lambda t: t["id"]))


@case("Produce: time of create in the answer")
def _(p):
    topic, late = p.topic(), p.topic("late", message_timestamp_type="LogAppendTime")
    return {v: [p.produce(t, p.batch(3), version=v) for t in (topic, late)] for v in (3, 5, 8, 13)}


@case("Fetch: a partition or a topic twice in one request")
def _(p):
    topic = p.topic(partitions=2)
    for i in (0, 1):
        p.raw.produce(topic, i, p.batch(2))

    def ask(*topics, version=12, **more):
        which = {"id": p.id(topic)} if version >= 13 else {"name": topic}
        a = p.ask("Fetch", version, {"topics": [{**which, "partitions": [{"index": i, "offset": o} for i, o in parts]}
                                               for parts in topics], **more})
        if isinstance(a, str):
            return a
        return [a.get("error"), sorted([x["index"], x["error"], p.clean(x["records"])] for t in a["topics"] for x in t["partitions"])]

    return {f"{what}{' in a session' if more else ''} v{v}": ask(*topics, version=v, **more)
            for what, topics in (("partition twice", ([(0, 0), (0, 1)],)), ("topic twice", ([(0, 0)], [(1, 0)])),
                                 ("both", ([(0, 0), (1, 0)], [(0, 1), (1, 9)])))
            for v, more in ((4, {}), (12, {}), (12, {"session": 0, "epoch": 0}), (17, {}), (17, {"session": 0, "epoch": 0}))}


@case("Fetch: bytes that contradict each other")
def _(p):
    topic = p.topic()
    for _ in range(3):
        p.raw.produce(topic, 0, p.batch(4))

    def ask(version=12, part=1048576, offset=0, **more):
        which = {"id": p.id(topic)} if version >= 13 else {"name": topic}
        a = p.ask("Fetch", version, {**more, "topics": [{**which, "partitions": [{"index": 0, "offset": offset, "max_bytes": part}]}]})
        if isinstance(a, str):
            return a
        x = a["topics"][0]["partitions"][0] if a["topics"] else None
        return [a.get("error"), x and [x["error"], len(batch.split(x["records"]))]]

    top = 2147483647
    return {"min above max": ask(min_bytes=top, max_bytes=1, wait_ms=100), "min above max, at the end": ask(
        min_bytes=top, max_bytes=1, wait_ms=100, offset=12), "min negative": ask(min_bytes=-5, wait_ms=100),
        "min negative at the end": ask(min_bytes=-5, wait_ms=5000, offset=12), "max negative": ask(max_bytes=-1),
        "all negative": ask(max_bytes=-1, min_bytes=-1, wait_ms=-1, part=-1), "all 0": ask(max_bytes=0, min_bytes=0, part=0),
        "all huge": ask(max_bytes=top, min_bytes=1, part=top, wait_ms=top), "v18": ask(18, max_bytes=-1, part=-1),
        "v4": ask(4, max_bytes=-1, part=-1)}


@case("Fetch: odd sessions")
def _(p):
    topic = p.topic(partitions=2)
    p.raw.produce(topic, 0, p.batch())

    def ask(session, epoch, *parts, version=12, forgotten=None, topics=None):
        which = {"id": p.id(topic)} if version >= 13 else {"name": topic}
        body = {"session": session, "epoch": epoch, "topics": topics if topics is not None else [
            {**which, "partitions": [{"index": i, "offset": o} for i, o in parts]}] if parts else []}
        if forgotten is not None:
            body["forgotten"] = [{**which, "partitions": forgotten}]
        return p.ask("Fetch", version, body)

    def tell(a):
        if isinstance(a, str):
            return a
        return [a["error"], p.clean(a["session"], "session"), sorted([x["index"], x["error"], len(x["records"] or b"")]
                                                                      for t in a["topics"] for x in t["partitions"])]

    low, top = -2147483648, 2147483647
    out = {f"session {s} epoch {e}": tell(ask(s, e, (0, 0))) for s in (0, -1, 5) for e in (0, -1, 1, 2, -2, low, top)}
    out["a session about nothing"] = tell(ask(0, 0))
    for v in (7, 12, 17):
        sid = ask(0, 0, (0, 0), (1, 0), version=v)["session"]
        out[f"v{v} forgets what it does not have"] = tell(ask(sid, 1, version=v, forgotten=[7, -1, 0]))
        out[f"v{v} forgets and asks again"] = tell(ask(sid, 2, (1, 0), version=v, forgotten=[1]))
        out[f"v{v} forgets all"] = tell(ask(sid, 3, version=v, forgotten=[0, 1]))
        out[f"v{v} empty session"] = tell(ask(sid, 4, version=v))
        out[f"v{v} comes back"] = tell(ask(sid, 5, (0, 0), version=v))
        out[f"v{v} closed by a full request"] = tell(ask(sid, -1, (0, 0), version=v))
        out[f"v{v} is gone"] = tell(ask(sid, 6, version=v))
        out[f"v{v} full with forgotten"] = tell(ask(0, -1, (0, 0), version=v, forgotten=[0]))
        out[f"v{v} new with forgotten"] = tell(ask(0, 0, (0, 0), version=v, forgotten=[0]))
    sid = ask(0, 0, (0, 0), version=17)["session"]
    strange = [{"id": uuid.UUID(int=99), "partitions": [{"index": 0, "offset": 0}]}]
    out["an unknown id joins"] = tell(ask(sid, 1, version=17, topics=strange))
    out["it stays"] = tell(ask(sid, 2, version=17))
    sid = ask(0, 0, (0, 0))["session"]
    out["an unknown name joins"] = tell(ask(sid, 1, topics=[{"name": p.name("unknown"), "partitions": [{"index": 0, "offset": 0}]}]))
    out["the name stays"] = tell(ask(sid, 2))
    return out


@case("Fetch: a topic is deleted under a session")
def _(p):
    topic, other = p.topic(), p.topic("other")
    out = {}
    for v in (12, 17):
        name = p.topic(f"v{v}")

        def which(n, v=v):
            return {"id": p.id(n)} if v >= 13 else {"name": n}

        sid = p.ask("Fetch", v, {"session": 0, "epoch": 0, "topics": [
            {**which(n), "partitions": [{"index": 0, "offset": 0}]} for n in (name, other)]})["session"]
        p.raw.call("DeleteTopics", 6, {"topics": [{"name": name}]})
        wait_for("the topic's end", lambda name=name: p.raw.topic(name)["error"] != 0)
        p.settle()
        a = p.ask("Fetch", v, {"session": sid, "epoch": 1})
        out[v] = [a["error"], p.clean(a["session"], "session"), [[x["index"], x["error"]] for t in a["topics"] for x in t["partitions"]]]
    return out | {"topic": p.raw.topic(topic)["error"]}


@case("Fetch: the answer's order is the request's")
def _(p):
    topics = [p.topic(f"t{i}", partitions=3) for i in range(3)]
    asked = [(2, (1, 0, 2)), (0, (2,)), (1, (0, 2))]
    a = p.ask("Fetch", 12, {"topics": [{"name": topics[t], "partitions": [{"index": i, "offset": 0} for i in parts]}
                                       for t, parts in asked]})
    return p.clean([[t["name"], [x["index"] for x in t["partitions"]]] for t in a["topics"]])


@case("Fetch: as a replica, of another cluster")
def _(p):
    topic = p.topic()
    p.raw.produce(topic, 0, p.batch(2))

    def ask(version, **more):
        which = {"id": p.id(topic)} if version >= 13 else {"name": topic}
        return p.call("Fetch", version, {**more, "topics": [{**which, "partitions": [{"index": 0, "offset": 0}]}]})

    return {f"v{v} replica {r}": ask(v, replica=r) for v in (4, 7, 12, 14) for r in (-3, -2, 0, 7)} | {
        f"v{v} replica {r}": ask(v, as_replica={"id": r, "epoch": e}) for v in (15, 18) for r, e in ((-1, -1), (-2, 5), (0, 0), (7, -1))} | {
        f"v{v} cluster {c}": ask(v, cluster=c) for v in (12, 18) for c in (None, "another")}


@case("Fetch: internal and metadata topics")
def _(p):
    return {v: p.fetch("__cluster_metadata", version=v) for v in (4, 12)}


@case("ListOffsets: replicas, isolation and timeouts")
def _(p):
    topic = p.topic()
    p.raw.produce(topic, 0, p.batch(3))

    def ask(version, times=(-1,), **more):
        return _parts(p, p.ask("ListOffsets", version, {**more, "topics": [{"name": topic, "partitions": [
            {"index": 0, "timestamp": t} for t in times]}]}))

    out = {f"replica {r} v{v}": ask(v, replica=r) for r in (-3, -2, 0, 1, 5) for v in (1, 7, 10)}
    out |= {f"isolation 1 at {t}": ask(10, (t,), isolation=1) for t in (-1, -2, -3, -4, -5, -6, 0, 1 << 60)}
    out |= {f"timeout {t}": ask(10, timeout_ms=t) for t in (0, -1, 1)}
    return out


@case("ListOffsets: a topic twice, no partitions, several topics")
def _(p):
    topics = [p.topic(f"t{i}", partitions=3) for i in range(2)]

    def ask(version, *asked):
        a = p.ask("ListOffsets", version, {"topics": [{"name": topics[t], "partitions": [{"index": i, "timestamp": -1} for i in parts]}
                                                      for t, parts in asked]})
        return a if isinstance(a, str) else sorted(p.clean([[t["name"], sorted([x["index"], x["error"]] for x in t["partitions"])]
                                                           for t in a["topics"]]))

    return {v: {"two": ask(v, (1, (2, 0, 1)), (0, (1,))), "topic twice": ask(v, (0, (0,)), (0, (1,))),
                "the same twice in two": ask(v, (0, (0,)), (0, (0,))), "none": ask(v, (0, ())), "nothing": ask(v),
                "unknown among them": ask(v, (0, (7, 0, -1)))} for v in (1, 5, 6, 10)}


@case("OffsetForLeaderEpoch: replicas, lists, numbers")
def _(p):
    topics = [p.topic(f"t{i}", partitions=2) for i in range(2)]
    p.raw.produce(topics[0], 0, p.batch(3))

    def ask(version, *asked, epoch=0, **more):
        a = p.ask("OffsetForLeaderEpoch", version, {**more, "topics": [
            {"name": topics[t], "partitions": [{"index": i, "epoch": epoch} for i in parts]} for t, parts in asked]})
        return a if isinstance(a, str) else p.clean([[t["name"], [[x["index"], x["error"], x["epoch"], x["offset"]]
                                                                    for x in t["partitions"]]] for t in a["topics"]])

    out = {v: {"order": ask(v, (1, (1, 0)), (0, (0,))), "twice": ask(v, (0, (0, 0))), "topic twice": ask(v, (0, (0,)), (0, (1,))),
               "none": ask(v, (0, ())), "nothing": ask(v), "unknown": ask(v, (0, (9, -1)))} for v in (2, 3, 4)}
    out |= {f"replica {r}": ask(4, (0, (0,)), replica=r) for r in (-3, -2, -1, 0, 1, 5)}
    out |= {f"epoch {e}": ask(4, (0, (0, 1)), epoch=e) for e in (-2147483648, 2147483647)}
    return out


@case("DeleteRecords: of an empty partition, in several")
def _(p):
    topic = p.topic(partitions=3)
    p.raw.produce(topic, 1, p.batch(4))

    def ask(*parts, **more):
        return _parts(p, p.ask("DeleteRecords", 2, {**more, "topics": [{"name": topic, "partitions": [
            {"index": i, "offset": o} for i, o in parts]}]}))

    return {"empty to -1": ask((0, -1)), "empty to 0": ask((0, 0)), "empty to 1": ask((0, 1)), "several": ask((2, 5), (0, 0), (1, 2), (9, 0)),
            "to the end": ask((1, 4)), "and again": ask((1, 4), timeout_ms=0), "-1 then": ask((1, -1)),
            "lowest": ask((1, -(1 << 63))), "highest": ask((1, (1 << 63) - 1)), "negative time": ask((1, 4), timeout_ms=-1),
            "a fetch below": p.fetch(topic, 3, partition=1), "a fetch there": p.fetch(topic, 4, partition=1)}


@case("Metadata: several topics, known and unknown")
def _(p):
    a, b, unknown = p.topic("a"), p.topic("b"), p.name("unknown")

    def ask(version, *topics, **more):
        got = p.ask("Metadata", version, {"topics": list(topics), "auto_create": False, **more})
        return got if isinstance(got, str) else sorted([str(t["name"]), t["error"], len(t["partitions"])] for t in p.clean(got["topics"]))

    some = uuid.UUID(int=12)
    out = {v: ask(v, {"name": b}, {"name": unknown}, {"name": a}, {"name": "a b"}) for v in (4, 9, 13)}
    for v in (12, 13):
        out[f"ids v{v}"] = ask(v, {"name": None, "id": p.id(a)}, {"name": None, "id": some}, {"name": None, "id": p.id(b)})
        out[f"an id twice v{v}"] = ask(v, {"name": None, "id": p.id(a)}, {"name": None, "id": p.id(a)})
        out[f"an id and its name v{v}"] = ask(v, {"name": None, "id": p.id(a)}, {"name": a})
        out[f"ids and names v{v}"] = ask(v, {"name": None, "id": p.id(a)}, {"name": b})
        out[f"unknown id and a name v{v}"] = ask(v, {"name": None, "id": some}, {"name": b})
    out["unknown twice"] = ask(9, {"name": unknown}, {"name": unknown})
    return out


@case("Metadata: old versions create topics unasked")
def _(p):
    out = {}
    for v in (0, 1, 3):
        name = p.name(f"auto{v}")
        first = p.ask("Metadata", v, {"topics": [{"name": name}]})["topics"][0]["error"]
        p.raw.wait_leaders(name, 1)
        out[v] = [first in (0, 3, 5), len(p.raw.topic(name)["partitions"])]
        out[f"bad name v{v}"] = p.ask("Metadata", v, {"topics": [{"name": "a b"}]})["topics"][0]["error"]
    return out


@case("Metadata: internal topics come into being in a shape of their own")
def _(p):
    out = {}
    for name in ("__consumer_offsets", "__transaction_state", "__share_group_state"):
        first = p.ask("Metadata", 12, {"topics": [{"name": name}], "auto_create": True})["topics"][0]
        t = wait_for("the topic", lambda name=name: (lambda t: t if t["error"] == 0 and t["partitions"] else None)(p.raw.topic(name)))
        a = p.ask("DescribeConfigs", 4, {"resources": [{"name": name}]})["resources"][0]["configs"]
        out[name] = {"first": first["error"] in (0, 3, 5), "internal": t["internal"], "partitions": len(t["partitions"]), "replicas": len(
            t["partitions"][0]["replicas"]), "configs": {c["name"]: c["value"] for c in sorted(a, key=lambda c: c["name"]) if c["source"] == 1}}
        p.raw.call("DeleteTopics", 6, {"topics": [{"name": name}]})
        wait_for("its end", lambda name=name: p.raw.topic(name)["error"] == 3)
    return out


@case("FindCoordinator: keys of no kind, lists")
def _(p):
    out = {}
    for v in range(7):
        for kind in (-1, 3, 99) if v > 0 else ():
            body = {"kind": kind, "key": "some"} if v < 4 else {"kind": kind, "keys": ["some", "other", "some"]}
            out[f"v{v} kind {kind}"] = p.call("FindCoordinator", v, body)
        if v >= 4:
            out[f"v{v} nothing"] = p.call("FindCoordinator", v, {"kind": 0, "keys": []})
        if 1 <= v < 6:
            out[f"v{v} share"] = p.call("FindCoordinator", v, {"kind": 2, "key": "a"} if v < 4 else {"kind": 2, "keys": ["a"]})
        if v == 6:
            bad = ["a", "", "a:b", "a:b:c", "a:AAAAAAAAAAAAAAAAAAAAAA:x", "a:AAAAAAAAAAAAAAAAAAAAAA:-1"]
            out[f"v{v} share"] = p.call("FindCoordinator", v, {"kind": 2, "keys": bad})
    return out


@case("CreateTopics: lists and mixtures")
def _(p):
    p.topic("there")

    def ask(*topics, version=7, **more):
        a = p.ask("CreateTopics", version, {**more, "topics": list(topics)})
        if isinstance(a, str):
            return a
        for t in a["topics"]:
            if t.get("configs"):
                t["configs"] = "configs"
        return sorted(p.clean(a["topics"]), key=lambda t: str(t["name"]))

    def of(name, **more):
        return {"name": p.name(name), **more}

    place = [{"index": 0, "brokers": [1]}]
    return {
        "nothing": {v: ask(version=v) for v in range(2, 8)},
        "good, bad, there": ask(of("one"), of("a b"), of("there"), of("two", replication=5), of("three", partitions=0)),
        "good and bad exist": [p.raw.topic(p.name(n))["error"] for n in ("one", "two")],
        "validate mixture": ask(of("four"), of("there"), validate=True),
        "assignment and partitions": ask(of("p", partitions=1, replication=-1, assignments=place), validate=True),
        "assignment and replication": ask(of("p", partitions=-1, replication=1, assignments=place), validate=True),
        "assignment, zeros": ask(of("p", partitions=0, replication=0, assignments=place), validate=True),
        "assignment v2": ask(of("p", partitions=-1, replication=-1, assignments=place), version=2, validate=True),
        "defaults v2": ask(of("p", partitions=-1, replication=-1), version=2, validate=True),
        "bad config and bad count": ask(of("p", partitions=0, configs=[{"name": "retention.ms", "value": "x"}]), validate=True),
        "bad name and bad count": ask({"name": "a b", "partitions": 0}, validate=True),
        "bad name and bad config": ask({"name": "a b", "configs": [{"name": "x", "value": "y"}]}, validate=True),
        "there and bad config": ask(of("there", configs=[{"name": "x", "value": "y"}]), validate=True),
        "many replicas of nothing": ask(of("p", partitions=-1, replication=-1, assignments=[
            {"index": 0, "brokers": [1, 2]}, {"index": 1, "brokers": [1]}]), validate=True),
    }


@case("DeleteTopics: lists")
def _(p):
    one, two = p.topic("one"), p.topic("two")
    unknown = p.name("unknown")

    def old(version, *names):
        a = p.call("DeleteTopics", version, {"names": list(names)})
        return a if isinstance(a, str) else sorted(a["topics"], key=lambda t: str(t["name"]))

    return {"nothing": {v: old(v) for v in (1, 5)}, "twice": old(5, one, one), "twice v1": old(1, one, one),
            "known and unknown": old(5, two, unknown), "unknown twice": old(5, unknown, unknown), "one is there": p.raw.topic(one)["error"],
            "internal": old(5, "__no_such_internal"), "bad": old(5, "a b", "", "..")}


@case("CreatePartitions: lists")
def _(p):
    one, two = p.topic("one"), p.topic("two", partitions=2)

    def ask(*topics, version=3, validate=True):
        a = p.ask("CreatePartitions", version, {"validate": validate, "topics": [
            {"name": n, "count": c, "assignments": a and [{"brokers": b} for b in a]} for n, c, a in topics]})
        return a if isinstance(a, str) else sorted(p.clean(a["topics"]), key=str)

    return {"nothing": {v: ask(version=v) for v in range(4)}, "several": ask((one, 5, None), (two, 1, None), (p.name("unknown"), 2, None)),
            "twice the same wish": ask((one, 5, None), (one, 5, None)), "assigned": ask((one, 3, [[1], [1]])),
            "hole": ask((one, 3, [[1]])), "two brokers": ask((two, 3, [[1, 2]])),
            "mixed": ask((two, 4, [[1], []])), "really": ask((one, 2, None), (two, 2, None), validate=False),
            "partitions": [len(p.raw.wait_leaders(n, 2)["partitions"]) for n in (one, two)]}


@case("InitProducerId: numbers and transactional timeouts without an id")
def _(p):
    out = {}
    for v in (3, 5):
        for pid, epoch in ((0, 0), (1 << 62, 0), (5, 32767), (5, -2), (-2, -1), (-1, -2), (-1, 0), (0, -1), (-(1 << 63), -32768)):
            a = p.ask("InitProducerId", v, {"id": pid, "epoch": epoch})
            out[f"v{v} {pid}/{epoch}"] = a if isinstance(a, str) else [a["error"], a["id"] >= 0, a["epoch"]]
    return out


@case("DescribeTopicPartitions: all topics, odd lists")
def _(p):
    topics = [p.topic(f"t{i}", partitions=3) for i in range(3)]

    def ask(*names, **more):
        got = p.ask("DescribeTopicPartitions", 0, {"topics": [{"name": n} for n in names], **more})
        if isinstance(got, str):
            return got
        mine = [[t["name"], t["error"], [x["index"] for x in t["partitions"]]] for t in got["topics"] if t["name"].startswith(p.prefix)]
        return p.clean([mine, got["cursor"]])

    def everything():
        """Page by page: what other suites left on the broker may fill the first ones."""
        mine, cursor = {}, None
        while True:
            got = p.ask("DescribeTopicPartitions", 0, {"topics": [], "limit": 2147483647, "cursor": cursor})
            if isinstance(got, str):
                return got
            for t in got["topics"]:
                if t["name"].startswith(p.prefix):
                    mine.setdefault(t["name"], [t["name"], t["error"], []])[2].extend(x["index"] for x in t["partitions"])
            cursor = got["cursor"]
            if cursor is None:
                return p.clean([list(mine.values()), None])

    return {"all": everything(), "all from a cursor": ask(cursor={"topic": topics[1], "index": 1}, limit=4),
            "limit 1": ask(*topics, limit=1),
            "unsorted": ask(topics[2], topics[0], topics[1], limit=5), "lowest limit": ask(*topics, limit=-2147483648),
            "high index": ask(*topics, cursor={"topic": topics[0], "index": 1 << 30}),
            "names twice and a page": ask(topics[0], topics[0], topics[1], limit=4)}


@case("DescribeCluster and Metadata speak of the same broker")
def _(p):
    a, b = p.ask("DescribeCluster", 1, {}), p.ask("Metadata", 9, {"topics": []})
    return {"cluster": a["cluster"] == b["cluster"], "controller": a["controller"] == b["controller"],
            "brokers": [{k: x[k] for k in ("id", "host", "port", "rack")} for x in a["brokers"]] == b["brokers"],
            "cluster id": [len(a["cluster"]), len(wire.uuid.UUID(int=0).bytes)]}


@case("DescribeConfigs: documentation and synonyms are given on demand")
def _(p):
    topic = p.topic(retention_ms=1000)
    out = {}
    for v in (1, 2, 3, 4):
        for kind, name in ((TOPIC, topic), (BROKER, "1")):
            for synonyms in (False, True):
                a = p.ask("DescribeConfigs", v, {"synonyms": synonyms, "resources": [
                    {"type": kind, "name": name, "keys": ["retention.ms", "log.retention.ms", "log.segment.bytes"]}]})
                out[f"v{v} type {kind} synonyms {synonyms}"] = sorted(
                    ([c["name"], c["value"], c["source"], c.get("type"), c.get("documentation"), c["synonyms"]]
                     for c in a["resources"][0]["configs"]), key=str)
    return out


@case("DescribeConfigs: every key has a type, and some text for people")
def _(p):
    topic = p.topic()
    out = {}
    for kind, name in ((TOPIC, topic), (BROKER, "1"), (BROKER, "")):
        a = p.ask("DescribeConfigs", 4, {"documentation": True, "resources": [{"type": kind, "name": name}]})
        out[f"{kind} {name and 'named'}"] = {c["name"]: [c["type"], bool(c["documentation"])]
                                             for c in sorted(a["resources"][0]["configs"], key=lambda c: c["name"]) if not own(c["name"])}
    return out


@case("DescribeConfigs: what the broker was told at its start")
def _(p):
    from .configs import OWN
    a = p.ask("DescribeConfigs", 4, {"synonyms": True, "resources": [{"type": BROKER, "name": "1", "keys": sorted(OWN)}]})
    return {c["name"]: [c["read_only"], c["sensitive"], c["type"], [s["name"] for s in c["synonyms"] if s["source"] == 5]]
            for c in sorted(a["resources"][0]["configs"], key=lambda c: c["name"])}


@case("DescribeConfigs: lists of resources and keys")
def _(p):
    topic = p.topic()

    def ask(*resources, version=4):
        a = p.ask("DescribeConfigs", version, {"resources": [{"type": t, "name": n, "keys": k} for t, n, k in resources]})
        return a if isinstance(a, str) else p.clean([[r["error"], r["message"], r["type"], r["name"], sorted(c["name"] for c in r["configs"])]
                                                    for r in a["resources"]])

    return {"nothing": {v: ask(version=v) for v in range(1, 5)}, "unknown keys": ask((TOPIC, topic, ["a", "", "retention.ms "])),
            "case": ask((TOPIC, topic, ["RETENTION.MS"])), "broker key of a topic": ask((TOPIC, topic, ["log.retention.ms"])),
            "topic key of a broker": ask((BROKER, "1", ["retention.ms"])), "unknown key of a broker": ask((BROKER, "1", ["no.such.key"])),
            "several": ask((TOPIC, topic, ["retention.ms"]), (TOPIC, p.name("unknown"), None), (BROKER, "1", ["num.partitions"]),
                           (TOPIC, topic, ["segment.ms"]), (99, "x", None), (BROKER, "7", None)),
            "broker 01": ask((BROKER, "01", ["num.partitions"])), "broker +1": ask((BROKER, "+1", ["num.partitions"])),
            "broker with a space": ask((BROKER, " 1", ["num.partitions"]))}
