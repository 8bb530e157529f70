"""Fetch: limits, positions, epochs, waits, sessions."""
import threading
import time
import uuid

from .. import batch, wire
from ..probe import case


def _ask(p, version=12, partitions=(), topic=None, **body):
    which = {"id": p.id(topic)} if topic and version >= 13 else {"name": topic}
    topics = [{**which, "partitions": [{"index": i, "offset": o, **more} for i, o, more in partitions]}] if topic else []
    a = p.ask("Fetch", version, {"min_bytes": 1, **body, "topics": topics})
    return a


def _at(*pairs, **more):
    return [(i, o, more) for i, o in pairs]


def _tell(p, a):
    """Top level error, session, and for each partition [index, error, high, log start, batches]."""
    if isinstance(a, str):
        return a
    parts = [[x["index"], x["error"], x["high"], x.get("log_start"), p.clean(x["records"])]
             for t in a["topics"] for x in t["partitions"]]
    return {"error": a.get("error"), "session": p.clean(a.get("session"), "session"), "partitions": sorted(parts, key=lambda x: x[0])}


@case("Fetch: a batch at every version")
def _(p):
    topic = p.topic()
    p.produce(topic, p.batch(3))
    out = {}
    for v in range(4, 19):
        out[v] = p.clean(_ask(p, v, _at((0, 0)), topic))
    return out


@case("Fetch: unknown topics, partitions, ids")
def _(p):
    topic = p.topic()
    out = {f"partition {i} v{v}": p.fetch(topic, version=v, partition=i) for i, v in ((1, 4), (1, 12), (-1, 12), (1, 18))}
    for v in (4, 11, 12):
        out[f"unknown v{v}"] = p.fetch(p.name("unknown"), version=v)
    out["bad name"] = p.fetch("a b")
    for what, some in (("unknown id", uuid.UUID(int=5)), ("no id", wire.NO_ID)):
        a = p.ask("Fetch", 13, {"min_bytes": 1, "topics": [{"id": some, "partitions": [{"index": 0, "offset": 0}]}]})
        out[what] = p.clean(a)
    out["no topics"] = p.clean(_ask(p, 12))
    return out


@case("Fetch: offsets")
def _(p):
    topic = p.topic()
    for _ in range(3):
        p.produce(topic, p.batch(5))
    out = {o: p.fetch(topic, o) for o in (0, 4, 5, 7, 14, 15, 16, 1000, -1, -2, 1 << 62)}
    p.raw.call("DeleteRecords", 1, {"topics": [{"name": topic, "partitions": [{"index": 0, "offset": 7}]}]})
    for o in (0, 6, 7, 9, 10):
        out[f"{o} after deleting to 7"] = p.fetch(topic, o)
    return out


@case("Fetch: limits in bytes")
def _(p):
    topic = p.topic(partitions=3)
    one = len(batch.make([batch.Record(b"k", b"v" * 500, p.base)]))
    for i in range(3):
        for _ in range(4):
            p.raw.produce(topic, i, batch.make([batch.Record(b"k", b"v" * 500, p.base)]))
    big = 1 << 20

    def sizes(version=12, order=(0, 1, 2), each=big, total=big, **more):
        a = _ask(p, version, _at(*((i, 0) for i in order), max_bytes=each), topic, max_bytes=total, **more)
        if isinstance(a, str):
            return a
        # A partition's data may end inside a batch: whole batches count.
        return {x["index"]: [x["error"], len(batch.split(x["records"]))] for t in a["topics"] for x in t["partitions"]}

    return {
        "all": sizes(), "partition 1 byte": sizes(each=1), "partition 0": sizes(each=0), "partition -1": sizes(each=-1),
        "two batches each": sizes(each=2 * one), "two and a half each": sizes(each=2 * one + one // 2),
        "total 1 byte": sizes(total=1), "total 0": sizes(total=0), "total 0, v4": sizes(4, total=0),
        "total of five batches": sizes(total=5 * one), "total of five, other order": sizes(total=5 * one, order=(2, 1, 0)),
        "first from the end": {x["index"]: len(batch.split(x["records"])) for t in _ask(
            p, 12, [(0, 4, {"max_bytes": big}), (1, 0, {"max_bytes": 1}), (2, 0, {"max_bytes": 1})], topic,
            max_bytes=big)["topics"] for x in t["partitions"]},
    }


@case("Fetch: leader epochs")
def _(p):
    topic = p.topic()
    p.produce(topic, p.batch(3))
    out = {f"current {e}": p.fetch(topic, leader_epoch=e) for e in (-1, 5, 2147483647, -2)}
    epoch = p.raw.topic(topic)["partitions"][0]["epoch"]
    out["current, the right one"] = p.fetch(topic, leader_epoch=epoch)
    out["v9 future"] = p.fetch(topic, version=9, leader_epoch=epoch + 1)
    for last, offset in ((-1, 0), (epoch, 3), (epoch, 5), (epoch + 5, 1), (epoch + 5, 3)):
        out[f"last fetched {last} at {offset}"] = p.fetch(topic, offset, last_epoch=last, leader_epoch=epoch)
    return out


@case("Fetch: isolation levels")
def _(p):
    topic = p.topic()
    p.produce(topic, p.batch())
    return {f"level {i} v{v}": p.fetch(topic, version=v, isolation=i) for i in (0, 1, 2, -1) for v in (4, 12)}


LONG_MS = 1500  # a wait that a busy machine does not take for "at once"


def _timed(p, work):
    start = time.monotonic()
    a = work()
    return a, time.monotonic() - start


@case("Fetch: how long it waits")
def _(p):
    topic = p.topic(partitions=2)
    p.produce(topic, p.batch())

    def took(wait_ms, min_bytes, *pairs):
        for _ in range(2):  # a machine may stand still once
            a, seconds = _timed(p, lambda: _ask(p, 12, _at(*pairs), topic, wait_ms=wait_ms, min_bytes=min_bytes))
            how = "at once" if seconds < LONG_MS / 2000 else "to the end" if seconds * 1000 >= wait_ms - 5 else "in between"
            if how != "in between":
                break
        return [how, _tell(p, a)["partitions"]]

    def produced_meanwhile(min_bytes, times, wait_ms=5000):
        def later():
            for _ in range(times):
                # Nothing outside a broker shows that the reader waits. Were it late, it would find the record: as good.
                for _ in range(20):
                    p.raw.end(topic, 0)
                p.raw.produce(topic, 1, p.batch())

        end = p.raw.end(topic, 1)
        writer = threading.Thread(target=later)
        writer.start()
        a, seconds = _timed(p, lambda: _ask(p, 12, _at((1, end)), topic, wait_ms=wait_ms, min_bytes=min_bytes))
        writer.join()
        got = sum(b.count for t in a["topics"] for x in t["partitions"] for b in batch.split(x["records"]))
        return ["woken" if seconds < wait_ms / 1000 - 0.5 else f"after {seconds:.1f} s", got]

    one, long = len(p.batch()), LONG_MS
    return {
        "data, min 1": took(long, 1, (0, 0)), "data, min 0": took(long, 0, (0, 0)), "nothing, min 0": took(long, 0, (0, 1)),
        "nothing, min 1": took(long, 1, (0, 1)), "nothing, no wait": took(0, 1, (0, 1)),
        "nothing, wait -1": took(-1, 1, (0, 1)),
        "too little": took(long, 100_000, (0, 0)), "exactly enough": took(long, one, (0, 0)),
        "one byte too little": took(long, one + 1, (0, 0)), "an error does not wait": took(long, 1, (0, 9)),
        "an error beside nothing": took(long, 1, (0, 1), (1, 9)), "unknown partition": took(long, 1, (7, 0)),
        "data beside nothing": took(long, 1, (0, 0), (1, 0)),
        "one record comes": produced_meanwhile(1, 1), "two must come": produced_meanwhile(one + 1, 2),
    }


@case("Fetch: sessions from beginning to end")
def _(p):
    topic = p.topic(partitions=3)
    for i in range(3):
        p.produce(topic, p.batch(), partition=i)
    first = _ask(p, 12, _at((0, 0), (1, 0)), topic, session=0, epoch=0)
    sid = first["session"]
    out = {"created": _tell(p, first)}

    def step(name, epoch, *pairs, sid=sid, forgotten=(), **more):
        gone = [{"name": topic, "partitions": list(forgotten)}] if forgotten else []
        out[name] = _tell(p, _ask(p, 12, _at(*pairs), topic if pairs else None, session=sid, epoch=epoch, forgotten=gone, **more))

    step("1: positions move", 1, (0, 1), (1, 1))
    step("2: nothing new", 2)
    p.produce(topic, p.batch(), partition=1)
    step("3: what came", 3)
    step("4: the same again, as the position did not move", 4)
    step("5: position moves, partition 2 joins", 5, (1, 2), (2, 0))
    step("6: partition 2 is there", 6, (2, 1))
    step("7: partitions 0 and 2 are forgotten", 7, forgotten=(0, 2))
    for i in range(3):
        p.produce(topic, p.batch(), partition=i)
    step("8: only partition 1 speaks", 8)
    step("epoch too small", 8)
    step("epoch too large", 20)
    step("9: still alive", 9, (1, 3))
    step("10: a wrong offset", 10, (1, 99))
    step("11: it stays wrong", 11)
    step("12: unknown partition", 12, (1, 3), (9, 0))
    step("13: it stays unknown", 13)
    step("closed", -1)
    step("after closing", 14)
    step("unknown id", 1, sid=sid ^ 0x55555)
    step("unknown id, epoch 0", 0, (0, 0), sid=sid ^ 0x55555)
    step("no session", -1, (0, 0), sid=0)
    step("epoch 5 without an id", 5, (0, 0), sid=0)
    return out


@case("Fetch: sessions by topic id")
def _(p):
    topic = p.topic(partitions=2)
    p.produce(topic, p.batch())
    first = _ask(p, 17, _at((0, 0), (1, 0)), topic, session=0, epoch=0)
    out = {"created": _tell(p, first)}
    sid = first["session"]
    out["1: a move"] = _tell(p, _ask(p, 17, _at((0, 1)), topic, session=sid, epoch=1))
    out["2: quiet"] = _tell(p, _ask(p, 17, session=sid, epoch=2))
    p.produce(topic, p.batch(), partition=1)
    out["3: news"] = _tell(p, _ask(p, 17, session=sid, epoch=3))
    out["4: forgotten"] = _tell(p, _ask(p, 17, session=sid, epoch=4,
                                        forgotten=[{"id": p.id(topic), "partitions": [1]}]))
    out["5: by name, an older version"] = _tell(p, _ask(p, 12, _at((0, 1)), topic, session=sid, epoch=5))
    return out


@case("Fetch: a session with an unknown topic id")
def _(p):
    topic = p.topic()
    a = p.ask("Fetch", 13, {"min_bytes": 1, "session": 0, "epoch": 0, "topics": [
        {"id": p.id(topic), "partitions": [{"index": 0, "offset": 0}]},
        {"id": uuid.UUID(int=31337), "partitions": [{"index": 0, "offset": 0}]}]})
    a["topics"].sort(key=lambda t: t["partitions"][0]["error"])
    return p.clean(a)


@case("Fetch: a full request with a session's id makes a new one")
def _(p):
    topic = p.topic()
    p.produce(topic, p.batch())
    sid = _ask(p, 12, _at((0, 0)), topic, session=0, epoch=0)["session"]
    again = _ask(p, 12, _at((0, 0)), topic, session=sid, epoch=0)
    old = _ask(p, 12, session=sid, epoch=1)
    return {"again": _tell(p, again), "another id": again["session"] != sid, "the old one": _tell(p, old)}


@case("Fetch: old versions know no sessions")
def _(p):
    topic = p.topic()
    p.produce(topic, p.batch())
    return {v: p.clean(_ask(p, v, _at((0, 0)), topic)) for v in (4, 6)}
