"""ListOffsets, OffsetForLeaderEpoch, DeleteRecords."""
from .. import batch
from ..probe import case


def _list(p, topic, version, *times, isolation=0, index=0, **more):
    out = []
    for t in times:
        body = {"topics": [{"name": topic, "partitions": [{"index": index, "timestamp": t, **more}]}]}
        if version >= 2:
            body["isolation"] = isolation
        a = p.ask("ListOffsets", version, body)
        out.append(a if isinstance(a, str) else p.clean(a["topics"][0]["partitions"][0]))
    return out


def _fill(p, topic):
    """Three batches; the greatest timestamp stands in the middle, twice."""
    for n, times in enumerate(((0, 10, 20), (90, 30, 90), (50, 60))):
        p.raw.produce(topic, 0, batch.make([batch.Record(b"k", b"v", p.base + t) for t in times], codec=n % 2))


@case("ListOffsets: latest and earliest at every version")
def _(p):
    topic = p.topic()
    _fill(p, topic)
    return {v: _list(p, topic, v, -1, -2, p.base + 15) for v in range(1, 11)}


@case("ListOffsets: special timestamps")
def _(p):
    topic, empty = p.topic(), p.topic("empty")
    _fill(p, topic)
    return {f"v{v}": _list(p, topic, v, -3, -4, -5, -6, -7, -100) for v in (1, 6, 7, 8, 9, 10)} | {
        "empty": _list(p, empty, 10, -1, -2, -3, -4, -5)}


@case("ListOffsets: by time")
def _(p):
    topic, empty = p.topic(), p.topic("empty")
    _fill(p, topic)
    times = [p.base + t for t in (-100, 0, 1, 10, 20, 21, 30, 31, 50, 60, 89, 90, 91, 1000)]
    out = {"found": _list(p, topic, 6, *times), "0": _list(p, topic, 6, 0), "never": _list(p, topic, 6, (1 << 63) - 1),
           "empty": _list(p, empty, 6, p.base), "read committed": _list(p, topic, 6, -1, -2, p.base, isolation=1),
           "isolation 7": _list(p, topic, 6, -1, isolation=7)}
    p.raw.call("DeleteRecords", 1, {"topics": [{"name": topic, "partitions": [{"index": 0, "offset": 4}]}]})
    out["after deleting to 4"] = _list(p, topic, 8, -1, -2, -3, -4, p.base, p.base + 30, p.base + 90)
    return out


@case("ListOffsets: unknown partitions, epochs, duplicates")
def _(p):
    topic = p.topic()
    _fill(p, topic)
    out = {"partition 1": _list(p, topic, 6, -1, index=1), "partition -1": _list(p, topic, 6, -1, index=-1),
           "unknown": _list(p, p.name("unknown"), 6, -1), "bad name": _list(p, "a b", 6, -1),
           "epoch 9": _list(p, topic, 6, -1, -2, p.base, leader_epoch=9), "epoch -2": _list(p, topic, 6, -1, leader_epoch=-2),
           "v4 epoch 9": _list(p, topic, 4, -1, leader_epoch=9)}
    for v in (1, 6):
        a = p.ask("ListOffsets", v, {"topics": [{"name": topic, "partitions": [{"index": 0, "timestamp": -1},
                                                                              {"index": 0, "timestamp": -2}]}]})
        out[f"twice in v{v}"] = p.clean(a)
    a = p.ask("ListOffsets", 6, {"replica": -2, "topics": [{"name": topic, "partitions": [{"index": 0, "timestamp": -1}]}]})
    out["debugging replica"] = p.clean(a)
    return out


@case("OffsetForLeaderEpoch")
def _(p):
    topic, empty = p.topic(), p.topic("empty")
    _fill(p, topic)

    def ask(version, where, epoch, index=0, **more):
        a = p.ask("OffsetForLeaderEpoch", version, {"topics": [{"name": where, "partitions": [
            {"index": index, "epoch": epoch, **more}]}]})
        return a if isinstance(a, str) else p.clean(a["topics"][0]["partitions"][0])

    now = p.raw.topic(topic)["partitions"][0]["epoch"]
    out = {f"epoch {e} v{v}": ask(v, topic, e) for v in (2, 3, 4) for e in (now, now + 1, 100, -1, -2)}
    out |= {"empty": ask(4, empty, 0), "current future": ask(4, topic, now, leader_epoch=now + 3),
            "current right": ask(4, topic, now, leader_epoch=now), "unknown": ask(4, p.name("unknown"), 0),
            "partition 5": ask(4, topic, 0, index=5), "bad name": ask(4, "a b", 0)}
    return out


@case("DeleteRecords")
def _(p):
    topic = p.topic()
    for _ in range(4):
        p.raw.produce(topic, 0, p.batch(5))
    compacted = p.topic("compacted", cleanup_policy="compact")
    both = p.topic("both", cleanup_policy="compact,delete")
    p.raw.produce(compacted, 0, p.batch(3))
    p.raw.produce(both, 0, p.batch(3))

    def ask(where, offset, index=0, version=2):
        a = p.ask("DeleteRecords", version, {"topics": [{"name": where, "partitions": [{"index": index, "offset": offset}]}]})
        return a if isinstance(a, str) else p.clean(a["topics"][0]["partitions"][0])

    out = {f"v{v} to {o}": ask(topic, o, version=v) for v, o in ((0, 3), (1, 5), (2, 7))}
    out |= {"backwards": ask(topic, 2), "the same": ask(topic, 7), "beyond the end": ask(topic, 21), "far beyond": ask(topic, 1 << 60),
            "-2": ask(topic, -2), "unknown": ask(p.name("unknown"), 1), "partition 3": ask(topic, 1, index=3),
            "bad name": ask("a b", 1), "compacted": ask(compacted, 1), "compacted and deleted": ask(both, 1),
            "start": p.raw.start(topic, 0)}
    a = p.ask("DeleteRecords", 1, {"topics": [{"name": topic, "partitions": [{"index": 0, "offset": 8}, {"index": 0, "offset": 9}]}]})
    out["twice"] = p.clean(a)
    out["all"] = ask(topic, -1)
    out["start and end"] = [p.raw.start(topic, 0), p.raw.end(topic, 0)]
    out["produce afterwards"] = p.produce(topic, p.batch())
    return out
