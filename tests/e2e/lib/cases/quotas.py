"""DescribeClientQuotas, AlterClientQuotas, and what a client under a quota is told."""
import select
import socket
import time
import zlib

from .. import batch
from ..probe import case

USER, CLIENT, IP = "user", "client-id", "ip"
EXACT, DEFAULT, ANY = range(3)


def _entity(p, **names):
    """Keyword arguments name the parts: user="x", client="y", ip="z"; None is the default."""
    kinds = {"user": USER, "client": CLIENT, "ip": IP}
    return [{"entity_type": kinds[k], "name": v} for k, v in names.items()]


def _alter(p, *entries, version=1, validate=False):
    """entries: (entity, {key: value or None to remove})."""
    a = p.ask("AlterClientQuotas", version, {"validate": validate, "entries": [
        {"entity": e, "ops": [{"key": k, "value": 0.0 if v is None else v, "remove": v is None} for k, v in _pairs(ops)]}
        for e, ops in entries]})
    if isinstance(a, str):
        return a
    for e in a["entries"]:
        e["entity"].sort(key=lambda x: x["entity_type"])
    return sorted(p.clean(a["entries"]), key=str)


def _pairs(ops):
    return ops.items() if isinstance(ops, dict) else ops


def _describe(p, *parts, strict=False, version=1):
    p.settle()
    a = p.ask("DescribeClientQuotas", version, {"strict": strict, "parts": [
        {"entity_type": t, "match_type": m, "match": name} for t, m, name in parts]})
    if isinstance(a, str):
        return a
    for e in a["entries"] or []:
        e["entity"].sort(key=lambda x: x["entity_type"])
        e["values"].sort(key=lambda x: x["key"])
    if a["entries"] is not None:
        a["entries"] = sorted((e for e in p.clean(a["entries"]) if any((x["name"] or "").startswith("T-") for x in e["entity"])), key=str)
    return p.clean(a)


def _drop(p, *entities):
    keys = ("producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate")
    for e in entities:
        ip = any(x["entity_type"] == IP for x in e)
        _alter(p, (e, {"connection_creation_rate": None} if ip else {k: None for k in keys}))


@case("AlterClientQuotas: what is set is described")
def _(p):
    u, c = p.name("u"), p.name("c")
    sets = [_entity(p, user=u), _entity(p, client=c), _entity(p, user=u, client=c), _entity(p, user=u, client=None),
            _entity(p, user=None, client=c)]
    out = {}
    try:
        for v in (0, 1):
            out[f"v{v} set"] = [_alter(p, (e, {"producer_byte_rate": 1e6 + i, "request_percentage": 12.5}), version=v)
                                for i, e in enumerate(sets)]
            out[f"v{v} the user"] = _describe(p, (USER, EXACT, u), version=v)
            out[f"v{v} the user alone"] = _describe(p, (USER, EXACT, u), strict=True, version=v)
            out[f"v{v} the client"] = _describe(p, (CLIENT, EXACT, c), version=v)
            out[f"v{v} both"] = _describe(p, (USER, EXACT, u), (CLIENT, EXACT, c), version=v)
            out[f"v{v} any user"] = _describe(p, (USER, ANY, None), strict=True, version=v)
            out[f"v{v} any user, the client"] = _describe(p, (USER, ANY, None), (CLIENT, EXACT, c), version=v)
            out[f"v{v} the default user, the client"] = _describe(p, (USER, DEFAULT, None), (CLIENT, EXACT, c), version=v)
            out[f"v{v} the user, any client"] = _describe(p, (USER, EXACT, u), (CLIENT, ANY, None), strict=True, version=v)
            out[f"v{v} all"] = _describe(p, version=v)
            out[f"v{v} nothing strictly"] = _describe(p, strict=True, version=v)
            out[f"v{v} unknown"] = _describe(p, (USER, EXACT, p.name("unknown")), version=v)
            out[f"v{v} ip"] = _describe(p, (IP, ANY, None), version=v)
        out["change"] = _alter(p, (sets[0], {"producer_byte_rate": 5.0, "request_percentage": None}))
        out["changed"] = _describe(p, (USER, EXACT, u), strict=True)
        out["remove what is not there"] = _alter(p, (sets[0], {"consumer_byte_rate": None, "no.such.key": None}))
        out["remove all"] = _alter(p, (sets[0], {"producer_byte_rate": None}))
        out["removed"] = _describe(p, (USER, EXACT, u), strict=True)
        out["validate"] = _alter(p, (sets[0], {"producer_byte_rate": 5.0}), validate=True)
        out["validated"] = _describe(p, (USER, EXACT, u), strict=True)
        out["no ops"] = _alter(p, (sets[0], {}))
        out["no entries"] = _alter(p)
    finally:
        _drop(p, *sets)
    out["end"] = _describe(p)
    return out


@case("AlterClientQuotas: entities that cannot be")
def _(p):
    u, one = p.name("u"), {"producer_byte_rate": 1e9}
    tries = {"none": [], "unknown type": [{"entity_type": "group", "name": u}], "empty type": [{"entity_type": "", "name": u}],
             "empty user": _entity(p, user=""), "empty client": _entity(p, client=""), "empty ip": _entity(p, ip=""),
             "user and ip": _entity(p, user=u, ip="127.0.0.9"), "client and ip": _entity(p, client=u, ip="127.0.0.9"),
             "twice": _entity(p, user=u) + _entity(p, user=p.name("v")), "no ip": _entity(p, ip="not an address"),
             "ip with rate of bytes": _entity(p, ip="127.0.0.9"), "half an ip": _entity(p, ip="127.0.0.256"),
             "upper case": [{"entity_type": "User", "name": u}]}
    out = {k: _alter(p, (e, one)) for k, e in tries.items()}
    try:
        out["two entries, one bad"] = _alter(p, (_entity(p, user=u), one), (_entity(p, user=""), one))
        out["after it"] = _describe(p, (USER, EXACT, u))
        out["one entity twice"] = _alter(p, (_entity(p, user=u), one), (_entity(p, user=u), {"consumer_byte_rate": 1e9}))
        out["then"] = _describe(p, (USER, EXACT, u))
        for ip in ("127.0.0.9", "::1", "localhost"):
            out[f"ip {ip}"] = _alter(p, (_entity(p, ip=ip), {"connection_creation_rate": 1e6}))
            out[f"described {ip}"] = p.clean(p.ask("DescribeClientQuotas", 1, {"parts": [
                {"entity_type": IP, "match_type": EXACT, "match": ip}]}))
    finally:
        _drop(p, _entity(p, user=u), *(_entity(p, ip=i) for i in ("127.0.0.9", "::1", "localhost")))
    return out


@case("AlterClientQuotas: values that cannot be")
def _(p):
    u, ip, out = _entity(p, user=p.name("u")), _entity(p, ip="127.0.0.9"), {}
    values = (0.0, -1.0, 0.5, 1.0, 1.5, 1.0000001, 2.0 ** 31, 2.0 ** 62, 2.0 ** 63, 1e300, float("inf"), float("-inf"))
    try:
        for key in ("producer_byte_rate", "consumer_byte_rate", "request_percentage", "controller_mutation_rate",
                    "connection_creation_rate", "no.such.key", "", "PRODUCER_BYTE_RATE"):
            out[key] = {str(x): _alter(p, (u, {key: x})) for x in values}
        out["ip"] = {str(x): _alter(p, (ip, {"connection_creation_rate": x})) for x in values}
        out["ip key"] = _alter(p, (ip, {"producer_byte_rate": 1e9}))
        out["key twice"] = _alter(p, (u, (("producer_byte_rate", 1e9), ("producer_byte_rate", 2e9))))
        out["key twice, removed"] = _alter(p, (u, (("producer_byte_rate", 1e9), ("producer_byte_rate", None))))
        out["one good, one bad"] = _alter(p, (u, {"consumer_byte_rate": 77.0, "no.such.key": 1.0}))
        got = _describe(p, (USER, EXACT, p.name("u")))
        out["left"] = [[v["key"], str(v["value"])] for v in got["entries"][0]["values"]]
    finally:
        _drop(p, u, ip)
    return out


@case("DescribeClientQuotas: filters that cannot be")
def _(p):
    tries = {"empty type": [("", EXACT, "x")], "unknown type": [("group", EXACT, "x")], "exact without": [(USER, EXACT, None)],
             "default with": [(USER, DEFAULT, "x")], "any with": [(USER, ANY, "x")], "unknown match": [(USER, 3, None)],
             "negative match": [(USER, -1, "x")], "twice": [(USER, EXACT, "x"), (USER, DEFAULT, None)],
             "ip and user": [(IP, ANY, None), (USER, ANY, None)], "ip and client": [(CLIENT, EXACT, "x"), (IP, DEFAULT, None)],
             "empty name": [(USER, EXACT, "")]}
    return {f"v{v} {k}": _describe(p, *parts, version=v) for v in (0, 1) for k, parts in tries.items()}


# --- enforced


def _near(ms, want):
    """A throttle time as text: within a quarter of what arithmetic says."""
    return "about as computed" if want * 0.7 <= ms <= want * 1.3 else f"{ms} ms, computed {want:.0f}"


def _held(q, throttle_ms):
    """Whether the connection is read again when its time is over; a busy machine may be late, which holds for this program, too: what has
    passed at least is counted from before the request that cost it, what may have passed at most from when its answer was here."""
    answered = time.monotonic()
    q.p.ask("ApiVersions", 0, {}, client=q.client)
    now = time.monotonic()
    return (now - q.asked) * 1000 >= throttle_ms - 20 and (now - answered) * 1000 < throttle_ms + 2000 or [
        now - q.asked, now - answered, throttle_ms]


class _Under:
    """A quota for this case's client."""

    def __init__(self, p, **quotas):
        self.p, self.client, self.asked = p, p.name("client"), 0
        self.entity = _entity(p, client=self.client)
        _alter(p, (self.entity, quotas))
        p.settle()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        _drop(self.p, self.entity)

    def ask(self, api, version, body):
        self.asked = time.monotonic()
        return self.p.ask(api, version, body, client=self.client)


@case("quota: produce")
def _(p):
    topic, out = p.topic(), {}
    data = batch.make([batch.Record(b"k", b"x" * 130_000, p.base)])
    with _Under(p, producer_byte_rate=10_000.0) as q:
        a = q.ask("Produce", 9, {"acks": -1, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
        size = len(data)
        # 11 samples of a second: an eleventh window has only begun.
        want = (size / 10.0 - 10_000) / 10_000 * 10_000
        out["first"] = [a["topics"][0]["partitions"][0]["error"], _near(a["throttle_ms"], want)]
        out["muted"] = _held(q, a["throttle_ms"])
        a = q.ask("Produce", 9, {"acks": -1, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
        out["second"] = a["throttle_ms"] > 5000
        p.conn.close()
        p.conn = None
        other = p.ask("Produce", 9, {"acks": -1, "topics": [{"name": topic, "partitions": [{"index": 0, "records": data}]}]})
        out["another client"] = other["throttle_ms"]
    return out


@case("quota: fetch")
def _(p):
    topic, out = p.topic(), {}
    for _ in range(6):
        p.raw.produce(topic, 0, batch.make([batch.Record(b"k", b"x" * 45_000, p.base)]))

    def body(offset, **more):
        return {"wait_ms": 0, "min_bytes": 1, **more, "topics": [
            {"name": topic, "partitions": [{"index": 0, "offset": offset, "max_bytes": 1000}]}]}

    with _Under(p, consumer_byte_rate=10_000.0) as q:
        a = q.ask("Fetch", 12, body(0))
        out["first"] = [a["throttle_ms"], len(a["topics"][0]["partitions"][0]["records"]) > 0]
        a = q.ask("Fetch", 12, body(1))
        out["second"] = [a["throttle_ms"], len(a["topics"][0]["partitions"][0]["records"]) > 0]
        a = q.ask("Fetch", 12, body(2))
        out["third"] = [a["error"], 0 < a["throttle_ms"] < 6000, len(a["topics"]), a["session"]]
        out["muted"] = _held(q, a["throttle_ms"])
    return out


@case("quota: fetch in a session")
def _(p):
    topic, out = p.topic(), {}
    for _ in range(6):
        p.raw.produce(topic, 0, batch.make([batch.Record(b"k", b"x" * 45_000, p.base)]))

    def body(offset, session, epoch):
        return {"wait_ms": 0, "min_bytes": 1, "session": session, "epoch": epoch, "topics": [
            {"name": topic, "partitions": [{"index": 0, "offset": offset, "max_bytes": 1000}]}]}

    with _Under(p, consumer_byte_rate=10_000.0) as q:
        a = q.ask("Fetch", 12, body(0, 0, 0))
        session = a["session"]
        out["made"] = [a["throttle_ms"], session != 0]
        a = q.ask("Fetch", 12, body(1, session, 1))
        out["second"] = [a["throttle_ms"], a["session"] == session]
        a = q.ask("Fetch", 12, body(2, session, 2))
        out["third"] = [a["error"], 0 < a["throttle_ms"] < 6000, len(a["topics"]), a["session"] == session]
        a = q.ask("Fetch", 12, body(2, session, 3))
        out["on"] = [a["error"], a["session"] == session]
        p.conn.close()
        p.conn = None
        a = q.ask("Fetch", 12, body(2, 0, 0))
        out["a new one"] = [a["error"], a["throttle_ms"] > 0, len(a["topics"]), a["session"]]
    return out


@case("quota: new and deleted partitions")
def _(p):
    out = {}
    with _Under(p, controller_mutation_rate=1.0) as q:
        def create(name, partitions, version=7, **more):
            a = q.ask("CreateTopics", version, {**more, "topics": [{"name": p.name(name), "partitions": partitions}]})
            return a if isinstance(a, str) else [a["throttle_ms"] > 0, p.clean([[t["error"], t["message"]] for t in a["topics"]])]

        out["within the burst"] = create("a", 5)
        out["beyond it"] = create("b", 10)
        a = q.ask("CreateTopics", 7, {"topics": [{"name": p.name("c"), "partitions": 1}, {"name": p.name("d"), "partitions": 1}]})
        out["refused"] = [0 < a["throttle_ms"] < 6000, p.clean([[t["error"], t["message"]] for t in a["topics"]])]
        p.conn.close()
        p.conn = None
        out["old version, not refused"] = create("e", 2, version=5)
        p.conn.close()
        p.conn = None
        for v in (4, 5, 6):
            which = {"names": [p.name("a")]} if v < 6 else {"topics": [{"name": p.name("b")}]}
            a = q.ask("DeleteTopics", v, which)
            out[f"delete v{v}"] = [a["throttle_ms"] > 0, p.clean([[t["error"], t.get("message")] for t in a["topics"]])]
            p.conn.close()
            p.conn = None
        for v in (2, 3):
            a = q.ask("CreatePartitions", v, {"topics": [{"name": p.name("e"), "count": v + 2}]})
            out[f"grow v{v}"] = [a["throttle_ms"] > 0, p.clean([[t["error"], t["message"]] for t in a["topics"]])]
            p.conn.close()
            p.conn = None
        out["validate only"] = create("f", 1, validate=True)
        p.conn.close()
        p.conn = None
    return out


@case("quota: time of requests")
def _(p):
    topic, out = p.topic(), {}
    with _Under(p, request_percentage=0.00001) as q:
        for api, version, body in (("Metadata", 9, {"topics": [{"name": topic}]}), ("ListOffsets", 5, {"topics": [
                {"name": topic, "partitions": [{"index": 0, "timestamp": -1}]}]}), ("ApiVersions", 3, {"software": "e2e", "version": "1"}),
                ("DescribeConfigs", 4, {"resources": [{"name": topic, "keys": ["retention.ms"]}]})):
            a = q.ask(api, version, body)
            out[api] = a["throttle_ms"]
        out["muted"] = _held(q, a["throttle_ms"])
        p.conn.close()
        p.conn = None
        a = q.ask("Fetch", 12, {"wait_ms": 0, "min_bytes": 1, "topics": [{"name": topic, "partitions": [{"index": 0}]}]})
        out["Fetch"] = [a["throttle_ms"], len(a["topics"])]
        p.conn.close()
        p.conn = None
        a = q.ask("Produce", 9, {"acks": -1, "topics": [{"name": topic, "partitions": [{"index": 0, "records": p.batch()}]}]})
        out["Produce"] = [a["throttle_ms"], a["topics"][0]["partitions"][0]["error"]]
    return out


def _hello(s):
    s.sendall(bytes.fromhex("0000000a" "0012" "0000" "00000007" "ffff"))
    s.settimeout(5)


def _connections(p, host):
    """14 connections from one address, one from another: what came of them, and after how many seconds the last answer was there."""
    ip, port = f"127.{zlib.crc32(p.prefix.encode()) % 200 + 1}.0.{host}", int(p.address.rsplit(":", 1)[1])
    entity = _entity(p, ip=ip)
    _alter(p, (entity, {"connection_creation_rate": 1.0}))
    p.settle()
    socks, answered, began, last = [], 0, time.monotonic(), 0
    try:
        for _ in range(14):
            socks.append(socket.create_connection(("127.0.0.1", port), 5, (ip, 0)))
        for s in socks:
            _hello(s)
        waiting = list(socks)
        while waiting:
            ready = select.select(waiting, [], [], 5)[0]
            now = time.monotonic() - began
            if not ready:
                break
            for s in ready:
                waiting.remove(s)
                try:
                    if len(s.recv(8)) > 0:
                        answered, last = answered + 1, now
                except OSError:
                    pass
        with socket.create_connection(("127.0.0.1", port), 5, ("127.0.0.10", 0)) as s:
            _hello(s)
            other = len(s.recv(8)) > 0
    finally:
        for s in socks:
            s.close()
        _drop(p, entity)
    return {"answered": answered, "another address": other}, last


@case("quota: connections of an address")
def _(p):
    """Ten of them come within the quota's eleven windows, the others are held and closed. When a second passes meanwhile, one more may
    come: such a try says nothing."""
    for host in range(9, 19):
        out, seconds = _connections(p, host)
        if seconds < 0.7:
            break
    return out


@case("quota: a topic that Metadata would make")
def _(p):
    out = {}
    with _Under(p, controller_mutation_rate=1.0) as q:
        q.ask("CreateTopics", 7, {"topics": [{"name": p.name("a"), "partitions": 30}]})
        p.conn.close()  # it is muted for as long as that costs
        p.conn = None
        for i in range(3):
            a = q.ask("Metadata", 9, {"topics": [{"name": p.name("b")}], "auto_create": True})
            out[i] = a["topics"][0]["error"]
    return out
