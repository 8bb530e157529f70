"""Produce and InitProducerId."""
import gzip
import struct
import uuid

from .. import batch
from ..probe import case, told
from ..target import wait_for

# A whole zstd frame with one stored block: "28 B5 2F FD", single segment, the size in one byte, a last raw block.


def zstd_stored(data):
    assert len(data) < 256
    return b"\x28\xb5\x2f\xfd\x20" + bytes([len(data)]) + (len(data) << 3 | 1).to_bytes(3, "little") + data


@case("Produce: an ordinary batch at every version")
def _(p):
    topic = p.topic()
    out = {v: p.produce(topic, p.batch(2), version=v) for v in range(3, 14)}
    out["log"] = p.log(topic)
    return out


@case("Produce: unknown topics and partitions")
def _(p):
    topic = p.topic()
    out = {f"partition {i} v{v}": p.produce(topic, p.batch(), version=v, partition=i)
           for i, v in ((1, 9), (-1, 9), (2147483647, 3), (1, 13))}
    for v in (3, 8, 9, 12):
        out[f"unknown v{v}"] = p.produce(p.name("unknown"), p.batch(), version=v)
    out["bad name"] = p.produce("a b", p.batch())
    out["empty name"] = p.produce("", p.batch())
    for what, some in (("unknown id", uuid.UUID(int=77)), ("no id", uuid.UUID(int=0))):
        a = p.ask("Produce", 13, {"topics": [{"id": some, "partitions": [{"index": 0, "records": p.batch()}]}]})
        out[what] = [p.clean(a["topics"][0]["id"]), p.clean(told(a["topics"][0]["partitions"][0]))]
    return out


@case("Produce: acks")
def _(p):
    topic = p.topic()
    return {a: p.produce(topic, p.batch(), acks=a) for a in (-1, 1, 2, -2, 5, 32767, -32768)} | {"end": p.raw.end(topic, 0)}


@case("Produce: acks=0 is silent, and closes on an error")
def _(p):
    topic = p.topic()

    def send(data, end):
        """What the next request on this connection gets; the record itself may take a moment."""
        c = p.connection()
        c.send("Produce", 9, {"acks": 0, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
        got = p.call("ListOffsets", 6, {"topics": [{"name": topic, "partitions": [{"index": 0, "timestamp": -1}]}]})
        wait_for(f"offset {end}", lambda: p.raw.end(topic, 0) == end)
        return got if isinstance(got, str) else got["topics"][0]["partitions"][0]["error"]

    out = {"good": send(p.batch(3), 3)}
    good = bytearray(p.batch())
    good[-1] ^= 1
    out["bad crc"] = send(bytes(good), 3)
    out["again"] = send(p.batch(), 4)
    out["log"] = p.log(topic)
    return out


@case("Produce: several partitions, some of them wrong")
def _(p):
    topic = p.topic(partitions=2)
    bad = bytearray(p.batch())
    bad[-1] ^= 1
    a = p.ask("Produce", 9, {"topics": [{"name": topic, "partitions": [
        {"index": 0, "records": p.batch()}, {"index": 1, "records": bytes(bad)}, {"index": 2, "records": p.batch()}]},
        {"name": p.name("unknown"), "partitions": [{"index": 0, "records": p.batch()}]}]})
    for t in a["topics"]:
        t["partitions"] = sorted((told(x) for x in t["partitions"]), key=lambda x: x["index"])
    return sorted(p.clean(a["topics"]), key=lambda t: t["name"])


@case("Produce: no topics, no partitions")
def _(p):
    topic = p.topic()
    return {"no topics": p.call("Produce", 9, {"topics": []}),
            "no partitions": p.call("Produce", 9, {"topics": [{"name": topic, "partitions": []}]})}


@case("Produce: batches that are no batches")
def _(p):
    topic = p.topic()
    whole = p.batch(3)
    flipped = bytearray(whole)
    flipped[-2] ^= 0x10
    out = {
        "null": p.produce(topic, None), "empty": p.produce(topic, b""), "one byte": p.produce(topic, b"x"),
        "half a header": p.produce(topic, whole[:30]), "header only": p.produce(topic, whole[:61]),
        "cut": p.produce(topic, whole[:-5]), "one byte short": p.produce(topic, whole[:-1]),
        "flipped bit": p.produce(topic, bytes(flipped)),
        "crc 0": p.produce(topic, p.batch(crc=0)),
        "length too large": p.produce(topic, p.batch(length=5000)),
        "length too small": p.produce(topic, p.batch(length=52)),
        "length 0": p.produce(topic, p.batch(length=0)),
        "length 13": p.produce(topic, p.batch(length=13)),
        "length -1": p.produce(topic, p.batch(length=-1)),
        "rubbish": p.produce(topic, b"\x5a" * 200),
        "rubbish after it": p.produce(topic, whole + b"rubbish"),
        "two batches": p.produce(topic, p.batch() + p.batch()),
        "batch and half": p.produce(topic, whole + whole[:40]),
    }
    for m in (0, 1, 3, -1):
        out[f"magic {m}"] = p.produce(topic, p.batch(magic=m))
    out["log"] = p.log(topic)
    return out


def legacy(p, magic, value=b"v"):
    """One record of the message sets before batches (magic 0 and 1), with a right CRC."""
    import zlib

    body = struct.pack(">bb", magic, 0) + (struct.pack(">q", p.base) if magic == 1 else b"")
    body += struct.pack(">i", 1) + b"k" + struct.pack(">i", len(value)) + value
    return struct.pack(">qiI", 0, len(body) + 4, zlib.crc32(body)) + body


@case("Produce: message sets of old")
def _(p):
    topic = p.topic()
    return {f"magic {m} v{v}": p.produce(topic, legacy(p, m), version=v) for m in (0, 1) for v in (3, 9)}


@case("Produce: counts and deltas that do not fit")
def _(p):
    topic = p.topic()
    out = {
        "count 0": p.produce(topic, batch.make([], last_delta=0)),
        "count 0, delta -1": p.produce(topic, batch.make([], last_delta=-1)),
        "count one less": p.produce(topic, p.batch(3, count=2)),
        "count one more": p.produce(topic, p.batch(3, count=4)),
        "count -1": p.produce(topic, p.batch(3, count=-1)),
        "count 2 billion": p.produce(topic, p.batch(3, count=2147483647, last_delta=2147483646)),
        "delta too small": p.produce(topic, p.batch(3, last_delta=1)),
        "delta too large": p.produce(topic, p.batch(3, last_delta=7)),
        "delta and count fit, records do not": p.produce(topic, p.batch(3, last_delta=4, count=5)),
        "deltas of records with a hole": p.produce(topic, p.batch(3, offset_deltas=[0, 2, 5])),
        "deltas of records falling": p.produce(topic, p.batch(3, offset_deltas=[2, 1, 0])),
        "base offset 100": p.produce(topic, p.batch(2, base_offset=100)),
        "leader epoch 77": p.produce(topic, p.batch(1, leader_epoch=77)),
    }
    out["log"] = p.log(topic)
    return out


@case("Produce: records that cannot be read")
def _(p):
    topic = p.topic()

    def plain(payload, count=1, codec=0):
        return p.produce(topic, batch.make(p.records(count), codec=codec, payload=payload))

    good = batch.encode_records(p.records(1), p.base)
    return {
        "record longer than the batch": plain(b"\x7f" + good[1:]),
        "record shorter than its fields": plain(b"\x04" + good[1:]),
        "no records": plain(b""),
        "rubbish after the records": plain(good + b"rubbish"),
        "record attributes set": plain(good[:1] + b"\x01" + good[2:]),
        "negative header count": plain(good[:-1] + b"\x01"),
        "gzip of rubbish": plain(gzip.compress(b"rubbish", mtime=0), codec=1),
        "no gzip": plain(b"rubbish", codec=1),
        "no snappy": plain(b"\xff" * 20, codec=2),
        "no lz4": plain(b"rubbish", codec=3),
        "no zstd": plain(b"rubbish", codec=4),
        "gzip of too few": plain(gzip.compress(good, mtime=0), count=2, codec=1),
        "gzip of too many": plain(gzip.compress(good + batch.encode_records(p.records(1), p.base, [1]), mtime=0), codec=1),
        "gzip cut": plain(gzip.compress(good, mtime=0)[:-12], codec=1),
        "end": p.raw.end(topic, 0),
    }


@case("Produce: codecs")
def _(p):
    topic = p.topic()
    payload = batch.encode_records(p.records(1), p.base)
    out = {f"codec {c}": p.produce(topic, batch.make(p.records(1), codec=c, payload=payload)) for c in (5, 6, 7)}
    for v in (3, 6, 7, 9):
        out[f"zstd v{v}"] = p.produce(topic, batch.make(p.records(1), codec=4, payload=zstd_stored(payload)), version=v)
    out["gzip"] = p.produce(topic, p.batch(3, codec=1))
    # A consumer too old for zstd: one that asks for nothing but gzip, and one that meets zstd.
    out["fetch v10"] = p.fetch(topic, version=10)
    out["fetch v9"] = p.fetch(topic, version=9)
    return out


@case("Produce: the topic's codec")
def _(p):
    out = {}
    for kind in ("gzip", "uncompressed", "producer"):
        topic = p.topic(kind, compression_type=kind)
        for codec in (0, 1):
            p.produce(topic, p.batch(4, codec=codec))
        got = p.raw.fetch(topic, 0, 0)
        found = batch.split(got["records"])
        out[kind] = [[b.codec, b.base_offset, b.count, b.crc_ok(), [str(r.value) for r in b.records()]] for b in found]
    return out


@case("Produce: attributes that a client may not set")
def _(p):
    topic = p.topic()
    return {
        "LogAppendTime": p.produce(topic, p.batch(attributes=8)),
        "transactional, no producer": p.produce(topic, p.batch(attributes=16)),
        "control": p.produce(topic, p.batch(attributes=32)),
        "control and transactional": p.produce(topic, p.batch(attributes=48, producer=5, epoch=0, sequence=0)),
        "delete horizon": p.produce(topic, p.batch(attributes=64)),
        "unknown bit 7": p.produce(topic, p.batch(attributes=128)),
        "unknown bit 14": p.produce(topic, p.batch(attributes=1 << 14)),
        "log": p.log(topic),
    }


@case("Produce: max.message.bytes")
def _(p):
    topic = p.topic(max_message_bytes=1000)

    def of(size, **more):
        empty = len(batch.make([batch.Record(b"k", b"", p.base)]))
        # Lengths above 63 and 8191 take another byte in two places.
        rec = batch.Record(b"k", b"v" * (size - empty - (2 if size < 8000 else 4)), p.base)
        data = batch.make([rec], **more)
        return len(data), data

    size, exact = of(1000)
    size2, over = of(1001)
    out = {"sizes": [size, size2], "exact": p.produce(topic, exact), "one more": p.produce(topic, over),
           "v3": p.produce(topic, over, version=3), "v13": p.produce(topic, over, version=13),
           "large, compressed small": p.produce(topic, of(50_000, codec=1)[1]), "bad crc and too large": p.produce(
               topic, of(5000, crc=1)[1]), "wrong magic and too large": p.produce(topic, of(5000, magic=1)[1])}
    return out


@case("Produce: a batch larger than a segment")
def _(p):
    topic = p.topic(segment_bytes=1 << 20, max_message_bytes=4 << 20)
    big = batch.make([batch.Record(b"k", b"v" * (1 << 20), p.base)])
    return {"larger": p.produce(topic, big), "end": p.raw.end(topic, 0)}


@case("Produce: a compacted topic needs keys")
def _(p):
    topic = p.topic(cleanup_policy="compact")
    both = p.topic("both", cleanup_policy="compact,delete")
    mixed = [batch.Record(b"k", b"v", p.base), batch.Record(None, b"v", p.base), batch.Record(b"", b"v", p.base),
             batch.Record(None, None, p.base)]
    return {f"v{v}": p.produce(topic, batch.make(mixed), version=v) for v in (3, 7, 8, 9, 13)} | {
        "gzip": p.produce(topic, batch.make(mixed, codec=1)), "both policies": p.produce(both, batch.make(mixed[1:])),
        "keys": p.produce(topic, batch.make([mixed[0], mixed[2]])), "tombstone": p.produce(
            topic, batch.make([batch.Record(b"k", None, p.base)])), "end": p.raw.end(topic, 0)}


@case("Produce: timestamps out of the window")
def _(p):
    topic = p.topic(retention_ms=-1)  # a look at what is too old may come at any moment
    narrow = p.topic("narrow", message_timestamp_before_max_ms=1000, message_timestamp_after_max_ms=1000)

    def at(where, *times, **more):
        return p.produce(where, batch.make([batch.Record(b"k", b"v", t) for t in times], **more))

    day = 86_400_000
    return {
        "a day ahead": at(topic, p.base + day), "one of three ahead": at(topic, p.base, p.base + day, p.base),
        "ahead, v3": p.produce(topic, batch.make([batch.Record(b"k", b"v", p.base + day)]), version=3),
        "ahead, gzip": at(topic, p.base + day, codec=1),
        "long ago": at(topic, 1000), "zero": at(topic, 0), "none": at(topic, -1), "minus 5": at(topic, -5),
        "narrow, an hour ago": at(narrow, p.base), "narrow, none": at(narrow, -1),
        "greatest is a lie": at(topic, p.base, max_timestamp=p.base + 5),
        "greatest is a lie in the future": at(topic, p.base, max_timestamp=p.base + day),
        "greatest is -1": at(topic, p.base, max_timestamp=-1),
        "greatest is a lie, gzip": at(topic, p.base, max_timestamp=p.base + 5, codec=1),
        "log": p.log(topic),
    }


@case("Produce: LogAppendTime")
def _(p):
    topic = p.topic(message_timestamp_type="LogAppendTime")
    return {"plain": p.produce(topic, p.batch(2)), "gzip": p.produce(topic, p.batch(2, codec=1)),
            "a day ahead": p.produce(topic, batch.make([batch.Record(b"k", b"v", p.base + 86_400_000)])),
            "client sets the bit": p.produce(topic, p.batch(attributes=8)), "log": p.log(topic)}


def _write(p, topic, producer, epoch, sequence, n=1, **more):
    got = p.produce(topic, p.batch(n, producer=producer, epoch=epoch, sequence=sequence, **more))
    return got if isinstance(got, str) else [got["error"], got["offset"]]


@case("idempotence: order, duplicates, gaps")
def _(p):
    topic, pid = p.topic(), p.producer()
    out = [["0..2", _write(p, topic, pid, 0, 0, 3)], ["3", _write(p, topic, pid, 0, 3)], ["3 again", _write(p, topic, pid, 0, 3)],
           ["0..2 again", _write(p, topic, pid, 0, 0, 3)], ["gap", _write(p, topic, pid, 0, 6)], ["4..5", _write(p, topic, pid, 0, 4, 2)],
           ["5 alone", _write(p, topic, pid, 0, 5)], ["4 alone", _write(p, topic, pid, 0, 4)],
           ["4..6", _write(p, topic, pid, 0, 4, 3)], ["5..6", _write(p, topic, pid, 0, 5, 2)]]
    for s in range(6, 11):
        out.append([f"{s}", _write(p, topic, pid, 0, s)])
    out.append(["6 again, the fifth last", _write(p, topic, pid, 0, 6)])
    out.append(["4..5 again, the sixth last", _write(p, topic, pid, 0, 4, 2)])
    out.append(["0..2 again, long ago", _write(p, topic, pid, 0, 0, 3)])
    out.append(["10 again, other bytes", p.produce(topic, batch.make([batch.Record(b"k", b"other", p.base)], producer=pid,
                                                                      epoch=0, sequence=10))])
    out.append(["end", p.raw.end(topic, 0)])
    return out


@case("idempotence: epochs")
def _(p):
    topic, pid = p.topic(), p.producer()
    return [["epoch 3, sequence 0", _write(p, topic, pid, 3, 0)], ["epoch 3, 1", _write(p, topic, pid, 3, 1)],
            ["epoch 2, sequence 2", _write(p, topic, pid, 2, 2)], ["epoch 2, sequence 0", _write(p, topic, pid, 2, 0)],
            ["epoch 4, sequence 2", _write(p, topic, pid, 4, 2)], ["epoch 4, sequence 0", _write(p, topic, pid, 4, 0)],
            ["epoch 3, sequence 1 again", _write(p, topic, pid, 3, 1)], ["epoch 4, sequence 0 again", _write(p, topic, pid, 4, 0)],
            ["epoch 4, sequence 1", _write(p, topic, pid, 4, 1)], ["epoch -1", _write(p, topic, pid, -1, 2)],
            ["end", p.raw.end(topic, 0)]]


@case("idempotence: unknown producers, odd sequences")
def _(p):
    topic = p.topic()
    out = [["unknown id, sequence 0", _write(p, topic, p.producer(), 0, 0)],
           ["unknown id, sequence 7", _write(p, topic, p.producer(), 0, 7)],
           ["id never given out", _write(p, topic, 123_456_789, 0, 0)],
           ["sequence -1", _write(p, topic, p.producer(), 0, -1)], ["sequence -2", _write(p, topic, p.producer(), 0, -2)],
           ["id -1 with a sequence", _write(p, topic, -1, -1, 5)], ["id -2", _write(p, topic, -2, 0, 0)],
           ["epoch -1", _write(p, topic, p.producer(), -1, 0)]]
    pid = p.producer()
    top = 2147483647
    out += [["the last sequence", _write(p, topic, pid, 0, top)], ["wraps to 0", _write(p, topic, pid, 0, 0)],
            ["then 1", _write(p, topic, pid, 0, 1)], ["the last again", _write(p, topic, pid, 0, top)]]
    pid = p.producer()
    out += [["top-1", _write(p, topic, pid, 0, top - 1)], ["across the wrap", _write(p, topic, pid, 0, top, 3)],
            ["across again", _write(p, topic, pid, 0, top, 3)], ["then 2", _write(p, topic, pid, 0, 2)],
            ["end", p.raw.end(topic, 0)]]
    return out


@case("idempotence: each partition for itself, two in one request")
def _(p):
    topic, pid = p.topic(partitions=2), p.producer()
    a = p.ask("Produce", 9, {"topics": [{"name": topic, "partitions": [
        {"index": 0, "records": p.batch(producer=pid, epoch=0, sequence=0)},
        {"index": 1, "records": p.batch(producer=pid, epoch=0, sequence=0)}]}]})
    first = [[x["index"], x["error"], x["offset"]] for x in sorted(a["topics"][0]["partitions"], key=lambda x: x["index"])]
    a = p.ask("Produce", 9, {"topics": [{"name": topic, "partitions": [
        {"index": 0, "records": p.batch(producer=pid, epoch=0, sequence=1)},
        {"index": 1, "records": p.batch(producer=pid, epoch=0, sequence=5)}]}]})
    second = [[x["index"], x["error"], x["offset"]] for x in sorted(a["topics"][0]["partitions"], key=lambda x: x["index"])]
    return [first, second]


@case("InitProducerId: without a transaction, at every version")
def _(p):
    out = {}
    seen = set()
    for v in range(6):
        a = p.ask("InitProducerId", v, {})
        seen.add(a["id"])
        out[v] = [a["error"], a["id"] >= 0, a["epoch"]]
    out["ids are different"] = len(seen)
    out["empty transactional id"] = p.call("InitProducerId", 4, {"txn": ""})
    out["timeout 0"] = p.call("InitProducerId", 4, {"timeout_ms": 0})["error"]
    out["timeout -5"] = p.call("InitProducerId", 4, {"timeout_ms": -5})["error"]
    for what, body in (("known id and epoch", {"id": 7, "epoch": 0}), ("id without epoch", {"id": 7, "epoch": -1}),
                       ("epoch without id", {"id": -1, "epoch": 3}), ("id -5", {"id": -5, "epoch": 0})):
        a = p.ask("InitProducerId", 4, body)
        out[what] = a if isinstance(a, str) else [a["error"], a["id"] >= 0, a["epoch"]]
    return out


@case("DescribeProducers")
def _(p):
    topic, pid = p.topic(partitions=2), p.producer()
    p.produce(topic, p.batch(3, producer=pid, epoch=2, sequence=0))
    p.produce(topic, p.batch(2, producer=pid, epoch=2, sequence=3))
    p.produce(topic, p.batch())
    a = p.ask("DescribeProducers", 0, {"topics": [{"name": topic, "partitions": [0, 1, 7, -1]},
                                                 {"name": p.name("unknown"), "partitions": [0]},
                                                 {"name": "a b", "partitions": [0]}]})
    for t in a["topics"]:
        for x in t["partitions"]:
            for y in x["producers"]:
                y["id"] = "mine" if y["id"] == pid else y["id"]
        t["partitions"].sort(key=lambda x: x["index"])
    return sorted(p.clean(a["topics"]), key=lambda t: t["name"])
