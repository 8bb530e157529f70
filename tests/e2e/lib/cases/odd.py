"""Ids, generations, epochs, subscriptions and fields that no sound client sends, one odd thing at a time."""
import struct

from .. import wire
from ..probe import case, told
from .committed import commit, coordinator
from .consumers import Circle
from .members import Tribe, of, subscription, text
from .transactions import Id, steady, tell

LOW, HIGH = -(1 << 31), (1 << 31) - 1
# What a group or a transaction may be called, oddly. Half of a character, bytes that begin none.
IDS = {"empty": "", "blank": " ", "NUL": "\0", "a slash": "a/b", "dots": "..", "a long one": "x" * 249, "a longer one": "x" * 1000,
       "other letters": "žluťoučký-кот-猫-🐈", "half a character": b"h\xc3", "no character": b"n\xff\xfe",
       "a newline": "a\nb"}
LONGEST = "y" * 32700  # so that a message about it still is a string of the protocol


def _asks(topic):
    """Requests about one group each, none of which makes it; what stands for its id is put in place of it."""
    parts = [{"name": topic, "partitions": [{"index": 0}]}]
    return {
        "JoinGroup": (9, lambda g: {"group": g, "session_ms": 10, "rebalance_ms": 10, "type": "consumer", "protocols": [{"name": "range"}]}),
        "SyncGroup": (5, lambda g: {"group": g, "generation": 1, "member": "m", "type": "consumer", "protocol": "range"}),
        "Heartbeat": (4, lambda g: {"group": g, "generation": 1, "member": "m"}),
        "LeaveGroup": (5, lambda g: {"group": g, "members": [{"member": "m"}]}),
        "OffsetCommit": (9, lambda g: {"group": g, "generation": 1, "member": "m", "topics": parts}),
        "OffsetFetch": (8, lambda g: {"groups": [{"group": g, "topics": [{"name": topic, "partitions": [0]}]}]}),
        "OffsetDelete": (0, lambda g: {"group": g, "topics": parts}),
        "DescribeGroups": (6, lambda g: {"groups": [g]}),
        "DeleteGroups": (2, lambda g: {"groups": [g]}),
        "ConsumerGroupHeartbeat": (1, lambda g: {"group": g, "member": "m", "epoch": 1}),
        "ConsumerGroupDescribe": (1, lambda g: {"groups": [g]}),
        "TxnOffsetCommit": (5, lambda g: {"txn": "nobody", "group": g, "id": 1 << 40, "epoch": 0, "generation": 1, "member": "m", "topics": parts}),
    }


@case("odd: ids of groups")
def _(p):
    topic, out = p.topic(), {}
    coordinator(p, p.name("g"))
    Id(p)
    for api, (version, body) in _asks(topic).items():
        for what, group in IDS.items():
            # Other cases commit to the group without a name.
            if what != "empty" or api not in ("DeleteGroups", "DescribeGroups", "OffsetCommit"):
                out[f"{api} {what}"] = p.call(api, version, body(group))
    return out


@case("odd: ids of groups that are as long as can be")
def _(p):
    """Their answers are told without the id."""
    topic, out = p.topic(), {}
    coordinator(p, p.name("g"))
    Id(p)
    for api, (version, body) in _asks(topic).items():
        if api not in ("ConsumerGroupDescribe", "DescribeGroups", "OffsetFetch", "DeleteGroups"):
            out[api] = p.call(api, version, body(LONGEST))
    return out


@case("odd: a group is made, used and deleted under an odd id")
def _(p):
    topic, out = p.topic(), {}
    coordinator(p, p.name("g"))
    for what in ("blank", "NUL", "a slash", "a longer one", "other letters", "a newline"):
        t = Tribe(p)
        t.group = group = p.prefix + IDS[what]
        coordinator(p, group)
        out[what] = [t.one(), commit(p, 9, group, topic, 5, generation=1, member=t.ids["M1"]), t.leave("M1"),
                     [g["group"] for g in p.ask("ListGroups", 5, {})["groups"] if g["group"] == group], t.describe(),
                     p.ask("OffsetFetch", 8, {"groups": [{"group": group, "topics": [{"name": topic, "partitions": [0]}]}]}),
                     p.ask("DeleteGroups", 2, {"groups": [group]})]
        t.close()
    return p.clean(out)


@case("odd: ids of members and of instances")
def _(p):
    out = {}
    topic = p.topic()
    t = Tribe(p)
    out["one"] = t.one()
    for what, who in IDS.items():
        got = [t.beat("x", 1, member=who), t.sync("x", 1, member=who), t.join("x", 9, member=who), t.leave({"member": who}),
                commit(p, 9, t.group, topic, 5, generation=1, member=who),
                t.beat("M1", 1, instance=who), t.sync("M1", 1, instance=who), commit(p, 9, t.group, topic, 5, generation=1, member=t.ids["M1"], instance=who),
                t.leave({"member": "", "instance": who})]
        out[what] = got
    out["still there"] = [t.beat("M1", 1), t.describe()]
    t.close()
    return p.clean(out)


@case("odd: generations and epochs of classic groups")
@of
def _(p, t):
    topic = p.topic()
    out = {"one": t.one()}
    me = t.ids["M1"]
    for g in (LOW, -2, -1, 0, 2, HIGH):
        out[f"generation {g}"] = [t.beat("M1", g), t.sync("M1", g, given={"M1": b"x"}), commit(p, 9, t.group, topic, 5, generation=g, member=me),
                                  commit(p, 9, t.group, topic, 5, generation=g), t.beat("", g), t.beat("nobody", g),
                                  p.ask("OffsetFetch", 9, {"groups": [{"group": t.group, "member": me, "epoch": g, "topics": []}]}),
                                  p.ask("ConsumerGroupHeartbeat", 1, {"group": t.group, "member": me, "epoch": g})]
    out["of a group that is not there"] = [commit(p, 9, p.name("no"), topic, 5, generation=g, member=m) for g in (LOW, -2, -1, 0, 1) for m in ("", "m")]
    for offset in (-(1 << 63), -2, -1, 0, (1 << 63) - 1):
        out[f"offset {offset}"] = commit(p, 9, t.group, topic, offset, generation=1, member=me)
        out[f"fetched {offset}"] = p.ask("OffsetFetch", 8, {"groups": [{"group": t.group, "topics": [{"name": topic, "partitions": [0]}]}]})
    for epoch in (LOW, -2, -1, 0, HIGH):
        body = {"group": t.group, "generation": 1, "member": me, "topics": [{"name": topic, "partitions": [
            {"index": 0, "offset": 1, "leader_epoch": epoch, "metadata": None}]}]}
        out[f"leader epoch {epoch}"] = [p.ask("OffsetCommit", 9, body), p.ask("OffsetFetch", 8, {"groups": [
            {"group": t.group, "topics": [{"name": topic, "partitions": [0]}]}]})]
    for index in (LOW, -1, 1, HIGH):
        out[f"partition {index}"] = [commit(p, 9, t.group, topic, 5, generation=1, member=me, index=index), p.ask("OffsetFetch", 8, {
            "groups": [{"group": t.group, "topics": [{"name": topic, "partitions": [index]}]}]})]
    for n in (4095, 4096, 4097, 32767):
        body = {"group": t.group, "generation": 1, "member": me, "topics": [{"name": topic, "partitions": [
            {"index": 0, "offset": 1, "metadata": "m" * n}]}]}
        out[f"{n} bytes of metadata"] = p.ask("OffsetCommit", 9, body)
    out["metadata that is no text"] = [p.ask("OffsetCommit", 9, {"group": t.group, "generation": 1, "member": me, "topics": [
        {"name": topic, "partitions": [{"index": 0, "offset": 1, "metadata": b"\xff\xfe"}]}]}), p.ask("OffsetFetch", 8, {
            "groups": [{"group": t.group, "topics": [{"name": topic, "partitions": [0]}]}]})]
    out["in the end"] = t.describe()
    return out


@case("odd: types and names of protocols")
def _(p):
    out = {}
    for what, more in (("type of nobody's", {"type": "nobody's"}), ("a long type", {"type": "t" * 4000}), ("a type of other letters", {"type": "кот"}),
                       ("type NUL", {"type": "\0"}), ("empty type", {"type": ""}), ("half a type", {"type": b"\xc3"}),
                       ("200 protocols", {"protocols": [{"name": f"p{i}", "metadata": b"m"} for i in range(200)]}),
                       ("long names", {"protocols": [{"name": "n" * 4000, "metadata": b"m"}]}),
                       ("big metadata", {"type": "x", "protocols": [{"name": "n", "metadata": b"m" * 100_000}]}),
                       ("no protocols", {"protocols": []}), ("half a name", {"type": "x", "protocols": [{"name": b"\xc3", "metadata": b""}]})):
        t = Tribe(p, what.replace(" ", "-").replace("'", ""))
        joined = t.join("M1", 3, **more)
        if isinstance(joined, dict) and joined["error"] == 0:
            seen = [joined, t.sync("M1", 1, 3, given={"M1": b"a"}), t.beat("M1", 1, 3)]
            if "big" not in what:
                seen.append(t.describe())
            else:
                seen[0] = {k: v for k, v in joined.items() if k != "members"}
            out[what] = seen
        else:
            out[what] = joined
        t.close()
    return p.clean(out)


@case("odd: assignments that the leader gives")
@of
def _(p, t):
    t.join("M1")
    out = {"joined": t.join("M1")}
    me = t.ids["M1"]
    out["to many, twice to one"] = t.sync("M1", 1, assignments=[{"member": m, "assignment": a} for m, a in (
        (me, b"first"), ("", b"x"), ("nobody", b"y"), (me, b"second"), ("n\0", b"z"))])
    out["again"] = t.sync("M1", 1)
    out["another one"] = t.sync("M1", 1, given={"M1": b"third"})
    out["described"] = t.describe()
    big = Tribe(p, "big")
    big.join("M1", 3)
    got = big.sync("M1", 1, 3, given={"M1": b"b" * 500_000})
    out["half a megabyte"] = got if isinstance(got, str) else [got["error"], len(got["assignment"])]
    big.close()
    return out


@case("odd: classic members of a consumer group whose subscriptions are cut short")
def _(p):
    c = Circle(p)
    out = {"first": c.join("m1", "t")}
    whole = {
        0: struct.pack(">hi", 0, 1) + text(c.topics["t"]) + struct.pack(">i", -1),
        1: struct.pack(">hi", 1, 1) + text(c.topics["t"]) + struct.pack(">ii", -1, 1) + text(c.topics["t"]) + struct.pack(">ii", 1, 0),
        3: subscription(c.topics["t"], version=3) + struct.pack(">i", 7) + struct.pack(">h", -1)}
    t = Tribe(p)
    for version, data in whole.items():
        tail = len(data) - 6 - len(text(c.topics["t"]))
        cuts = {f"the first {n}": data[:n] for n in range(10)} | {f"all but {n}": data[: len(data) - n] for n in range(min(tail, 20) + 2)}
        for what, metadata in cuts.items():
            got = t.join("x", 5, protocols=[{"name": "range", "metadata": metadata}])
            out[f"v{version}, {what}"] = got if isinstance(got, str) else got["error"]
            if isinstance(got, dict) and got["error"] == 0:
                t.leave("x")
                t.ids.pop("x", None)
    t.close()
    return p.clean(out)


@case("odd: subscriptions of classic members of a consumer group that say absurd things")
def _(p):
    c = Circle(p)
    c.join("m1", "t")
    t, out = Tribe(p), {}
    name = text(c.topics["t"])
    for what, data in (("no bytes", b""), ("one", b"\0"), ("only a version", b"\0\1"), ("version -1", subscription(c.topics["t"], version=-1)),
                       ("a version to come", subscription(c.topics["t"], version=77)), ("-1 topics", struct.pack(">hi", 1, -1)),
                       ("-2 topics", struct.pack(">hi", 1, -2)), ("two billion topics", struct.pack(">hi", 1, HIGH)),
                       ("a name of -1", struct.pack(">hih", 1, 1, -1)), ("a name of -2", struct.pack(">hih", 1, 1, -2)),
                       ("a name that is no text", struct.pack(">hih", 0, 1, 2) + b"\xff\xfe" + struct.pack(">i", -1)),
                       ("user data of -2", struct.pack(">hi", 0, 1) + name + struct.pack(">i", -2)),
                       ("user data that goes on", struct.pack(">hi", 0, 1) + name + struct.pack(">i", 1000)),
                       ("more than all", subscription(c.topics["t"], version=0) + b"more"),
                       ("owned partition -1", struct.pack(">hi", 1, 1) + name + struct.pack(">ii", -1, 1) + name + struct.pack(">ii", 1, -1)),
                       ("owned -1 topics", struct.pack(">hi", 1, 1) + name + struct.pack(">ii", -1, -1)),
                       ("the topic twice", struct.pack(">hi", 0, 2) + name + name + struct.pack(">i", -1)),
                       ("a topic that is none", struct.pack(">hi", 0, 1) + text("a b") + struct.pack(">i", -1)),
                       ("no topics", struct.pack(">hi", 0, 0) + struct.pack(">i", -1))):
        got = t.join(what, 5, protocols=[{"name": "range", "metadata": data}])
        out[what] = got if isinstance(got, str) else got["error"]
        if isinstance(got, dict) and got["error"] == 0:
            t.leave(what)
    for what, more in (("another type", {"type": "connect"}), ("no type", {"type": ""}), ("no protocols", {"protocols": []})):
        got = t.join(what, 5, **more)
        out[what] = got if isinstance(got, str) else got["error"]
    t.close()
    return p.clean(out)


@case("odd: epochs and ids of the new protocol")
def _(p):
    c = Circle(p)
    topic = c.topics["t"]
    out = {"join": c.join("m1", "t")}
    for epoch in (LOW, -3, 2, HIGH):
        out[f"epoch {epoch}"] = [c.beat("m1", epoch), c.beat("m2", epoch), c.beat("m1", epoch, instance="i"), c.beat("", epoch),
                                 commit(p, 9, c.group, topic, 5, generation=epoch, member="m1"),
                                 p.ask("OffsetFetch", 9, {"groups": [{"group": c.group, "member": "m1", "epoch": epoch, "topics": []}]})]
    for what, who in IDS.items():
        if what != "empty":
            out[f"member {what}"] = [c.beat(who, 1), c.beat(who, -1), p.ask("ConsumerGroupHeartbeat", 1, {
                "group": c.group, "member": who, "epoch": 0, "topics": [topic], "rebalance_ms": 5, "owned": []}).get("error"), c.beat(who, -1)]
            out[f"instance {what}"] = [c.beat("m9", 1, instance=who), c.beat("m9", -2, instance=who)]
    out["assignor"] = [c.join("m3", "t", assignor=a)["error"] for a in (" ", "RANGE", "uniform ", "u" * 4000, b"\xff")]
    out["topics"] = [c.join("m4", *names)["error"] for names in (("\0",), (b"\xff",), ("t" * 4000,), (topic, topic), (" ",))]
    out["expressions"] = [[x["error"], x["message"]] for x in (c.join(f"m5{i}", topics=None, regex=r) for i, r in enumerate(
        ("", " ", "x" * 1000, "\0", "(a|b", "\\C", "(?<n>a)", "[[:nope:]]", "a{,}", "\\p{Nope}")))]
    out["owned"] = [c.beat("m1", 1, owned=[{"id": p.id(topic), "partitions": x}])["error"] for x in ([-1], [99], [0, 0], [])]
    out["in the end"] = c.beat("m1", 1)["error"]
    return p.clean(out)


@case("odd: transactional ids")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p)
    at = {"id": 1 << 40, "epoch": 0}
    topics = [{"name": topic, "partitions": [0]}]
    asks = {"InitProducerId": (5, lambda x: {"txn": x}), "AddOffsetsToTxn": (4, lambda x: {"txn": x, "group": p.name("g")} | at),
            "EndTxn": (5, lambda x: {"txn": x} | at), "TxnOffsetCommit": (5, lambda x: {"txn": x, "group": p.name("g"), "topics": [
                {"name": topic, "partitions": [{"index": 0, "offset": 1}]}]} | at),
            "DescribeTransactions": (0, lambda x: {"txns": [x]}), "AddPartitionsToTxn": (3, lambda x: {"txn": x, "topics": topics} | at),
            "AddPartitionsToTxn v4": (4, lambda x: {"txns": [{"txn": x, "topics": topics} | at]}),
            "Produce": (12, lambda x: {"txn": x, "topics": [{"name": topic, "partitions": [{"index": 0, "records": p.batch(
                producer=1 << 40, epoch=0, sequence=0, attributes=16)}]}]})}
    coordinator(p, p.name("g"))

    def ask(api, version, body):
        got = p.ask(api, version, body)
        if api == "Produce" and isinstance(got, dict):
            told(got["topics"][0]["partitions"][0])
        return tell(x, got)

    for api, (version, body) in asks.items():
        for what, name in IDS.items():
            mine = name if what == "empty" else p.prefix + name if isinstance(name, str) else p.prefix.encode() + name
            out[f"{api} {what}"] = ask(api.split()[0], version, body(mine))
        if api.split()[0] not in ("DescribeTransactions", "AddPartitionsToTxn"):
            out[f"{api} as long as can be"] = ask(api, version, body(p.prefix + LONGEST[len(p.prefix):]))
    return p.clean(out)


@case("odd: producer ids and epochs of transactions")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p, group=p.name("g"))
    x.add(topic, 0)

    def ask(api, version, body):
        """Until what it began or ended is done."""
        return steady(lambda: p.ask(api, version, body), _error)

    for what, me in (("id -1", {"id": -1}), ("id -2", {"id": -2}), ("the lowest id", {"id": -(1 << 63)}), ("the highest id", {"id": (1 << 63) - 1}),
                     ("epoch -1", {"epoch": -1}), ("epoch -2", {"epoch": -2}), ("the lowest epoch", {"epoch": -32768}),
                     ("the highest epoch", {"epoch": 32767}), ("both -1", {"id": -1, "epoch": -1})):
        me = {"txn": x.name, "id": x.id, "epoch": x.epoch} | me
        got = [ask("InitProducerId", 5, me) if what not in ("both -1", "the highest epoch") else None,
                ask("AddPartitionsToTxn", 3, me | {"topics": [{"name": topic, "partitions": [0]}]}),
                ask("AddPartitionsToTxn", 4, {"txns": [me | {"topics": [{"name": topic, "partitions": [0]}]}]}),
                ask("AddOffsetsToTxn", 4, me | {"group": x.group}), ask("EndTxn", 4, me | {"commit": True}), ask("EndTxn", 5, me | {"commit": False}),
                ask("TxnOffsetCommit", 5, me | {"group": x.group, "topics": [{"name": topic, "partitions": [{"index": 0, "offset": 1}]}]})]
        out[what] = tell(x, got)
    for g, m in ((-2, ""), (-1, "m"), (0, ""), (5, "m"), (LOW, "m"), (HIGH, "")):
        out[f"generation {g} of {m!r}"] = x.offsets(topic, 1, version=3, generation=g, member=m)
    out["instance"] = [x.offsets(topic, 1, version=3, instance=i) for i in ("", "i", b"\xff")]
    out["looked at"] = x.look()
    out["end"] = tell(x, x.end(False))
    return p.clean(out)


def _error(answer):
    """The first error in it."""
    found = [answer]
    for x in found:
        if isinstance(x, dict):
            if x.get("error"):
                return x["error"]
            found += x.values()
        elif isinstance(x, list):
            found += x
    return 0


def _tagged(body, *tags):
    """A flexible body without tags of its own, and these behind it."""
    out = bytearray(body[:-1] + bytes([len(tags)]))
    for number, data in tags:
        out += bytes([number, len(data)]) + data
    return bytes(out)


@case("odd: fields that nobody knows")
def _(p):
    topic, out = p.topic(), {}
    group = p.name("g")
    coordinator(p, group)
    x = Id(p)
    me = {"txn": x.name, "id": x.id, "epoch": x.epoch + 1}
    asks = {k: (v, body(group)) for k, (v, body) in _asks(topic).items() if k not in ("OffsetDelete", "JoinGroup")}
    asks |= {"EndTxn": (5, me), "AddOffsetsToTxn": (4, me | {"group": group}), "AddPartitionsToTxn": (3, me | {"topics": [
        {"name": topic, "partitions": [0]}]}), "FindCoordinator": (4, {"keys": [group]}), "ListGroups": (5, {"types": ["nope"]}),
        "DescribeTransactions": (0, {"txns": ["nobody"]}), "ListTransactions": (2, {"states": ["nope"], "producers": []}),
        "InitProducerId": (5, {"txn": "", "timeout_ms": 1})}
    for api, (version, body) in asks.items():
        plain = wire.header(api, version, 1) + wire.encode(api, version, body)
        if plain[-1] != 0:
            raise ValueError(f"{api} has tags of its own")
        sent = {"none": plain, "two": _tagged(plain, (90, b"abc"), (99, b"")), "twice the same": _tagged(plain, (90, b"a"), (90, b"b")),
                "falling": _tagged(plain, (99, b"a"), (90, b"b")), "cut short": _tagged(plain, (90, b"abc"))[:-2],
                "too many": plain[:-1] + b"\x02" + b"\x5a\x01a", "bytes behind": plain + b"\1\2\3"}
        for what, frame in sent.items():
            got = p.frame(frame)
            if got not in ("closed", "no answer"):
                got = wire.decode(api, version, bytes.fromhex(got)[1:])
            out[f"{api} {what}"] = p.clean(got)
    return out
