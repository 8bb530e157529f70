"""Frames, headers, unknown APIs and versions, ApiVersions."""
import struct

from ..probe import case
from ..wire import AHEAD, APIS, encode, header

# The others are left out of the comparison.
SERVED = sorted(a.key for a in APIS.values() if a.name not in AHEAD)


@case("ApiVersions: ranges at every version")
def _(p):
    out = {}
    for v in range(5):
        body = {"software": "e2e", "version": "1.0"} if v >= 3 else {}
        a = p.ask("ApiVersions", v, body)
        out[v] = {"error": a["error"], "apis": [[x["key"], x["min"], x["max"]] for x in a["apis"] if x["key"] in SERVED]}
    return out


@case("ApiVersions: unknown versions are answered in the oldest form")
def _(p):
    out = {}
    for v in (5, 99, 32767):
        head = struct.pack(">hhih", 18, v, 7, 3) + b"e2e"
        out[v] = {"no tags": p.frame(head), "tags": p.frame(head + b"\0"), "body": p.frame(head + b"\0\x02a\x02b\0"),
                  "rubbish": p.frame(head + b"\xff" * 20)}
    out["negative"] = p.frame(struct.pack(">hhih", 18, -1, 7, 3) + b"e2e")
    return out


@case("ApiVersions: client names and versions")
def _(p):
    out = {}
    for software, version in (("e2e", "1"), ("a", "b"), ("librdkafka", "2.0.2"), ("apache-kafka-java", "4.1.0"), ("a.b-c", "1"),
                              ("", "1"), ("e2e", ""), ("-a", "1"), ("a-", "1"), (".a", "1"), ("a b", "1"), ("a_b", "1"),
                              ("a", "1+2"), ("é", "1"), ("a", "-"), ("x" * 300, "1")):
        a = p.ask("ApiVersions", 3, {"software": software, "version": version})
        out[f"{software[:20]} {version}"] = a if isinstance(a, str) else [a["error"], len(a["apis"]) > 0]
    return out


@case("versions that are not served close the connection")
def _(p):
    wrong = [(0, 0), (0, 1), (0, 2), (0, 14), (0, -1), (1, 3), (1, 19), (2, 0), (2, 11), (3, 14), (3, 99), (19, 1), (19, 8),
             (20, 0), (20, 7), (22, 7), (23, 1), (23, 5), (32, 0), (32, 5), (33, 3), (35, 0), (37, 4), (44, 2), (60, 3),
             (61, 1), (75, 1)]
    # The longest header there is, so that none fails for being short.
    return {f"{key} v{v}": p.frame(struct.pack(">hhih", key, v, 1, 3) + b"e2e" + b"\0" * 40) for key, v in wrong}


@case("unknown API keys close the connection")
def _(p):
    return {k: p.frame(struct.pack(">hhih", k, 0, 1, 3) + b"e2e" + b"\0" * 40) for k in (4, 5, 6, 7, 95, 200, 32767, -1, -32768)}


@case("frames that are no requests close the connection")
def _(p):
    head = header("Metadata", 9, 1)
    out = {
        "size -1": p.frame(b"", size=-1),
        "size -2147483648": p.frame(b"", size=-(1 << 31)),
        "size above socket.request.max.bytes": p.frame(b"abc", size=104857601),
        "size 2147483647": p.frame(b"abc", size=(1 << 31) - 1),
        "size 0": p.frame(b""),
        "one byte": p.frame(b"\0"),
        "half a header": p.frame(struct.pack(">hh", 3, 9)),
        "client id longer than the frame": p.frame(struct.pack(">hhih", 3, 9, 1, 500) + b"e2e"),
        "no body": p.frame(head),
        "count of 2 billion topics": p.frame(head + b"\xff\xff\xff\xff\x07" + b"\0" * 10),
        "count of 2 billion, classic": p.frame(header("Metadata", 1, 1) + b"\x7f\xff\xff\xff"),
        "name longer than the frame": p.frame(header("Metadata", 1, 1) + b"\0\0\0\1\x7f\xff" + b"abc"),
        "endless varint": p.frame(head + b"\xff" * 12),
        "null where none may be": p.frame(header("DeleteTopics", 1, 1) + b"\xff\xff\xff\xff\0\0\0\1"),
        "tags that never end": p.frame(head[:-1] + b"\xff\xff\xff\xff\x07"),
        "http": p.frame(b" / HTTP/1.1\r\nHost: a\r\n\r\n", size=int.from_bytes(b"GET ", "big")),
        "tls": p.frame(b"\x00\xa5\x01\x00\x00\xa1\x03\x03" + b"r" * 32, size=int.from_bytes(b"\x16\x03\x01\x00", "big")),
    }
    return {k: v if v in ("closed", "no answer") else "answered" for k, v in out.items()}


@case("what follows a request inside its frame")
def _(p):
    body = encode("ListOffsets", 1, {"topics": []})
    return {"rubbish after the body": p.frame(header("ListOffsets", 1, 1) + body + b"rubbish"),
            "unknown tags in header and body": p.frame(
                header("ListOffsets", 6, 1)[:-1] + b"\x02\x09\x02ab\x20\x00"
                + encode("ListOffsets", 6, {"topics": []})[:-1] + b"\x01\x63\x03xyz")}


@case("no client id, an empty and a long one")
def _(p):
    return [p.call("ListOffsets", 1, {"topics": []}, client=c) for c in (None, "", "x" * 30000, "größe")]


@case("answers come in the order of the requests")
def _(p):
    topic = p.topic()
    c = p.connection()
    body = {"topics": [{"name": topic, "partitions": [{"index": 0, "offset": 0}]}], "min_bytes": 1, "wait_ms": 300}
    first = c.send("Fetch", 12, body)
    second = c.send("ListOffsets", 6, {"topics": []})
    third = c.send("Produce", 9, {"topics": [{"name": topic, "partitions": [{"index": 0, "records": p.batch()}]}]})
    # Kafka begins a request when the one before was answered; only the order of the answers is a promise.
    return [c.recv("Fetch", 12, first)["topics"][0]["partitions"][0]["error"], c.recv("ListOffsets", 6, second),
            c.recv("Produce", 9, third)["topics"][0]["partitions"][0]["error"]]
