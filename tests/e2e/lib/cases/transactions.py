"""Transactions over the raw protocol: both versions of it, fencing, repetitions, offsets, markers, looking at them."""
import time

from .. import batch
from ..probe import case
from ..target import WAIT_S, wait_for
from .committed import coordinator

WAIT = {14, 15, 16, 51}  # the coordinator loads, or ends the transaction before


def steady(ask, error=lambda a: a["error"], seconds=WAIT_S):
    """Ask again while the broker says that it is not yet time."""
    end = time.monotonic() + seconds
    while True:
        got = ask()
        if isinstance(got, str) or error(got) not in WAIT or time.monotonic() > end:
            return got
        time.sleep(0.03)


def first_error(answer):
    return answer["topics"][0]["partitions"][0]["error"]


class Id:
    """A transactional id and its holder."""

    def __init__(self, p, suffix="x", timeout_ms=60_000, group=None):
        self.p, self.name = p, p.name(suffix)
        wait_for("the coordinator", lambda: p.raw.call("FindCoordinator", 4, {
            "kind": 1, "keys": [self.name]})["found"][0]["error"] == 0)
        if group is not None:
            coordinator(p, group)
        self.timeout_ms, self.group = timeout_ms, group
        got = self.init()
        self.id, self.epoch = got["id"], got["epoch"]
        self.sequence = {}

    def init(self, version=5, wait=True, **more):
        body = {"txn": self.name, "timeout_ms": self.timeout_ms} | more

        def ask():
            return self.p.ask("InitProducerId", version, body)
        return steady(ask) if wait else ask()

    def me(self, epoch=None, id=None):
        return {"txn": self.name, "id": self.id if id is None else id, "epoch": self.epoch if epoch is None else epoch}

    def add(self, topic, *partitions, version=3, wait=True, epoch=None, id=None, verify=False):
        topics = [{"name": topic, "partitions": list(partitions)}]
        body = self.me(epoch, id) | {"topics": topics}
        if version >= 4:
            body = {"txns": [body | {"verify": verify}]}

        def ask():
            return self.p.ask("AddPartitionsToTxn", version, body)
        error = (lambda a: a["txns"][0]["topics"][0]["partitions"][0]["error"]) if version >= 4 else first_error
        return steady(ask, error) if wait else ask()

    def produce(self, topic, partition=0, version=9, n=1, epoch=None, id=None, sequence=None, wait=True):
        me = self.me(epoch, id)
        at = self.sequence.get((topic, partition, me["id"], me["epoch"]), 0) if sequence is None else sequence
        data = batch.make(self.p.records(n), producer=me["id"], epoch=me["epoch"], attributes=16, sequence=at)
        body = {"txn": self.name, "topics": [{"name": topic, "partitions": [{"index": partition, "records": data}]}]}

        def ask():
            return self.p.ask("Produce", version, body)
        # 19: the coordinator could not be asked.
        got = steady(lambda: ask(), lambda a: 51 if wait and first_error(a) in (19, 51) else 0)
        if not isinstance(got, str):
            got = got["topics"][0]["partitions"][0]
            if got["error"] == 0:
                self.sequence[topic, partition, me["id"], me["epoch"]] = at + n
            return {k: got[k] for k in ("error", "offset", "message") if k in got}
        return got

    def end(self, commit=True, version=4, wait=True, epoch=None, id=None):
        def ask():
            return self.p.ask("EndTxn", version, self.me(epoch, id) | {"commit": commit})
        got = steady(ask) if wait else ask()
        if version >= 5 and got["error"] == 0:
            self.id, self.epoch = got["id"], got["epoch"]
        return got

    def offsets(self, topic, *offsets, version=4, epoch=None, id=None, wait=True, **more):
        body = self.me(epoch, id) | {"group": self.group, "member": "", "topics": [{"name": topic, "partitions": [
            {"index": i, "offset": o, "metadata": f"m{o}"} for i, o in enumerate(offsets)]}]} | more

        def ask():
            return self.p.ask("TxnOffsetCommit", version, body)
        return steady(ask, first_error) if wait else ask()

    def join(self, version=3, epoch=None, id=None, group=None):
        return steady(lambda: self.p.ask("AddOffsetsToTxn", version, self.me(epoch, id) | {"group": group or self.group}))

    def committed(self, topic, *partitions, stable=True):
        answer = self.p.ask("OffsetFetch", 7, {"group": self.group, "stable": stable,
                                               "topics": [{"name": topic, "partitions": list(partitions)}]})
        return answer["topics"][0]["partitions"]

    def look(self):
        got = self.p.ask("DescribeTransactions", 0, {"txns": [self.name]})["txns"][0]
        for t in got["topics"]:
            t["partitions"].sort()
        return tell(self, got)

    def rest(self):
        """Until its markers are written."""
        wait_for("the end of the transaction", lambda: "Prepare" not in self.look()["state"])
        return self.look()


def tell(x, answer):
    """Producer ids as distances: the first is P, others are told apart."""
    if isinstance(answer, dict):
        return {k: (x.p.alias(v) if k in ("id", "producer") and isinstance(v, int) else tell(x, v)) for k, v in answer.items()}
    if isinstance(answer, list):
        return [tell(x, a) for a in answer]
    return answer


@case("transactions: the first version, request by request")
def _(p):
    topic, out = p.topic(partitions=2), {}
    for v in range(0, 6):
        x = Id(p, f"x{v}")
        add, end, init = min(v, 3), min(v, 4), v
        out[f"init v{v}"] = tell(x, x.init(init))
        x.epoch = 1
        out[f"add v{v}"] = x.add(topic, 0, 1, version=add)
        out[f"add again v{v}"] = x.add(topic, 1, version=add, wait=False)
        out[f"open v{v}"] = x.look()
        out[f"write v{v}"] = [x.produce(topic, i, min(3 + v, 11))["error"] for i in (0, 1)]
        out[f"end v{v}"] = x.end(v % 2 == 0, version=end)
        out[f"ended v{v}"] = x.rest()
        out[f"end again v{v}"] = x.end(v % 2 == 0, version=end)
        out[f"end otherwise v{v}"] = x.end(v % 2 == 1, version=end)
    out["log"] = [p.log(topic, i) for i in (0, 1)]
    return out


@case("transactions: the second version, request by request")
def _(p):
    topic, out = p.topic(partitions=2), {}
    x = Id(p)
    out["look"] = x.look()
    for i, commit in enumerate((True, False, True)):
        out[f"write {i}"] = [x.produce(topic, n, v)["error"] for n, v in ((0, 12), (1, 12), (0, 12))]
        out[f"open {i}"] = x.look()
        old = x.epoch, x.id
        out[f"end {i}"] = tell(x, x.end(commit, version=5))
        out[f"ended {i}"] = x.rest()
        out[f"end {i} again"] = tell(x, x.end(commit, 5, epoch=old[0], id=old[1]))
        out[f"end {i} otherwise"] = tell(x, x.end(not commit, 5, epoch=old[0], id=old[1]))
    out["commit of nothing"] = tell(x, x.end(True, 5))
    out["abort of nothing"] = tell(x, x.end(False, 5))
    out["after it"] = x.rest()
    out["abort of nothing, again"] = tell(x, x.end(False, 5))
    x.rest()
    out["log"] = [p.log(topic, i) for i in (0, 1)]
    return out


@case("transactions: an id that is new ends what it has not begun")
def _(p):
    out = {}
    for v in (0, 4, 5):
        for commit in (True, False):
            x = Id(p, f"x{v}{commit}")
            out[f"v{v} commit={commit}"] = tell(x, x.end(commit, v))
            out[f"v{v} commit={commit} then"] = x.rest()
    return out


@case("transactions: who comes later fences who was there")
def _(p):
    topic, out = p.topic(), {}
    for second in (False, True):
        x = Id(p, f"x{second}", group=p.name("g"))
        name = "second" if second else "first"
        if second:
            x.produce(topic, 0, 12)
        else:
            x.add(topic, 0)
            x.produce(topic, 0, 9)
        out[f"{name}: init while it is open"] = tell(x, x.init(wait=False))
        out[f"{name}: looked at"] = x.rest()
        out[f"{name}: init"] = tell(x, x.init())
        out[f"{name}: looked at then"] = x.look()
        for v in range(0, 4):
            out[f"{name}: add v{v}"] = x.add(topic, 0, version=v)
        for v in (4, 5):
            out[f"{name}: add v{v}"] = x.add(topic, 0, version=v)
            out[f"{name}: verify v{v}"] = x.add(topic, 0, version=v, verify=True)
        for v in (0, 1, 2, 3, 4):
            out[f"{name}: offsets v{v}"] = x.join(v)
        for v in range(0, 6):
            out[f"{name}: end v{v}"] = tell(x, x.end(version=v))
            out[f"{name}: commit of offsets v{v}"] = x.offsets(topic, 5, version=v)
        for v in (9, 10, 11, 12):
            out[f"{name}: write v{v}"] = x.produce(topic, 0, v)
        for v in range(0, 6):
            old = {"id": x.id, "epoch": x.epoch} if v >= 3 else {}
            out[f"{name}: init v{v}"] = tell(x, x.init(v, **old))
    return out


@case("transactions: somebody else's producer id, epochs that are not there yet")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p, group=p.name("g"))
    x.add(topic, 0)
    for name, more in (("another id", {"id": x.id + 5000}), ("id -1", {"id": -1}), ("epoch + 1", {"epoch": x.epoch + 1}),
                       ("epoch -1", {"epoch": -1}), ("both", {"id": x.id + 5000, "epoch": 7})):
        for v in (1, 3, 4, 5):
            out[f"{name}: add v{v}"] = x.add(topic, 0, version=v, **more)
        for v in (4, 5):
            out[f"{name}: verify v{v}"] = x.add(topic, 0, version=v, verify=True, **more)
        for v in (1, 4):
            out[f"{name}: offsets v{v}"] = x.join(v, **more)
        for v in (1, 4, 5):
            out[f"{name}: end v{v}"] = tell(x, x.end(version=v, **more))
        for v in (1, 3, 4, 5):
            out[f"{name}: commit of offsets v{v}"] = x.offsets(topic, 5, version=v, **more)
        if "epoch -1" not in name and "id -1" not in name:
            for v in (9, 11, 12):
                out[f"{name}: write v{v}"] = x.produce(topic, 0, v, **more)
    out["in the end"] = x.look()
    return out


@case("transactions: ids that nobody knows, that are empty")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p, group=p.name("g"))
    for name in ("unknown", "empty"):
        x.name = p.name(name) if name == "unknown" else ""
        for v in (1, 3, 4, 5):
            out[f"{name}: add v{v}"] = x.add(topic, 0, version=v)
        for v in (4, 5):
            out[f"{name}: verify v{v}"] = x.add(topic, 0, version=v, verify=True)
        out[f"{name}: offsets"] = x.join(4)
        for v in (1, 4, 5):
            out[f"{name}: end v{v}"] = tell(x, x.end(version=v))
        for v in (1, 4, 5):
            out[f"{name}: commit of offsets v{v}"] = x.offsets(topic, 5, version=v)
        out[f"{name}: look"] = x.look()
        for v in (9, 11, 12):
            out[f"{name}: write v{v}"] = x.produce(topic, 0, v)
    out["init of the empty id"] = tell(x, x.init())
    return out


@case("transactions: partitions that are not there")
def _(p):
    topic, out = p.topic(partitions=2), {}
    x = Id(p)
    for v in range(0, 6):
        topics = [{"name": topic, "partitions": [0, 7]}, {"name": p.name("none"), "partitions": [0]}]
        body = x.me() | {"topics": topics}
        if v >= 4:
            body = {"txns": [body | {"verify": False}, x.me() | {"txn": p.name("nobody"), "verify": True, "topics": [
                {"name": topic, "partitions": [1]}]}]}
        out[f"v{v}"] = sort(p.ask("AddPartitionsToTxn", v, body))
    out["no topics"] = p.ask("AddPartitionsToTxn", 3, x.me() | {"topics": []})
    out["look"] = x.look()
    out["no partitions"] = p.ask("AddPartitionsToTxn", 3, x.me() | {"topics": [{"name": topic, "partitions": []}]})
    out["no transactions"] = p.ask("AddPartitionsToTxn", 5, {"txns": []})
    out["partition -1"] = p.ask("AddPartitionsToTxn", 3, x.me() | {"topics": [{"name": topic, "partitions": [-1]}]})
    return out


def sort(answer):
    """Kafka's order is that of a hash map."""
    if isinstance(answer, dict):
        for t in answer.get("txns", [answer]):
            for topic in t["topics"]:
                topic["partitions"].sort(key=lambda x: x["index"])
            t["topics"].sort(key=lambda x: x["name"])
        if "txns" in answer:
            answer["txns"].sort(key=lambda x: x["txn"])
    return answer


@case("transactions: writing what was not added, adding what was not written")
def _(p):
    topic, out = p.topic(partitions=4), {}
    x = Id(p)
    for v in range(3, 12):
        out[f"not added v{v}"] = x.produce(topic, 0, v)
    x.add(topic, 1)
    for v in (9, 10, 11):
        out[f"another was added v{v}"] = x.produce(topic, 2, v)
    out["verified"] = [x.add(topic, n, version=v, verify=True) for v in (4, 5) for n in (0, 1)]
    out["inside"] = x.produce(topic, 1)
    out["not transactional, now"] = p.produce(topic, p.batch(producer=x.id, epoch=x.epoch, sequence=1), partition=1)
    out["a gap"] = x.produce(topic, 1, sequence=5)
    out["end"] = x.end(True)
    x.rest()
    out["after the end v9"] = x.produce(topic, 1, 9)
    out["after the end v11"] = x.produce(topic, 1, 11)
    out["second version, sequence 4"] = x.produce(topic, 3, 12, sequence=4)
    out["in the end"] = x.look()
    return out


@case("transactions: time-outs that are refused")
def _(p):
    x = Id(p)
    out = {}
    for ms in (0, -1, 1, 899_999, 900_000, 900_001, 2147483647):
        x.timeout_ms = ms
        out[str(ms)] = tell(x, x.init())
    x.name = p.name("new")
    x.timeout_ms = 900_001
    out["of a new id"] = tell(x, x.init())
    out["of a new id, looked at"] = x.look()
    return out


@case("transactions: a producer that goes on says who it is")
def _(p):
    out = {}
    for v in (3, 4, 5):
        x = Id(p, f"x{v}")
        out[f"current v{v}"] = tell(x, x.init(v, id=x.id, epoch=0))
        out[f"the one before v{v}"] = tell(x, x.init(v, id=x.id, epoch=0))
        out[f"again v{v}"] = tell(x, x.init(v, id=x.id, epoch=1))
        out[f"long ago v{v}"] = tell(x, x.init(v, id=x.id, epoch=0))
        out[f"not yet v{v}"] = tell(x, x.init(v, id=x.id, epoch=9))
        out[f"another id v{v}"] = tell(x, x.init(v, id=x.id + 5000, epoch=2))
        out[f"another id, no epochs left v{v}"] = tell(x, x.init(v, id=x.id + 5000, epoch=32766))
        out[f"nobody v{v}"] = tell(x, x.init(v))
        out[f"after nobody v{v}"] = tell(x, x.init(v, id=x.id, epoch=2))
        y = Id(p, f"y{v}")
        y.name = p.name(f"z{v}")
        out[f"an id that nobody knows v{v}"] = tell(y, y.init(v, id=y.id, epoch=3))
        out[f"half v{v}"] = tell(y, y.init(v, id=y.id))
        out[f"the other half v{v}"] = tell(y, y.init(v, epoch=1))
    return out


@case("transactions: an epoch goes through a commit and an abort of both versions")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p)
    x.produce(topic, 0, 12)
    out["second, commit"] = tell(x, x.end(True, 5))
    x.rest()
    x.add(topic, 0)
    x.produce(topic, 0, 9)
    out["first, abort"] = tell(x, x.end(False, 4))
    out["then"] = x.rest()
    x.add(topic, 0)
    x.produce(topic, 0, 9)
    out["added by the first, ended by the second"] = tell(x, x.end(True, 5))
    out["then again"] = x.rest()
    x.produce(topic, 0, 12)
    out["begun by the second, ended by the first"] = tell(x, x.end(True, 4))
    out["in the end"] = x.rest()
    out["log"] = p.log(topic)
    return out


@case("transactions: offsets")
def _(p):
    topic, out = p.topic(partitions=2), {}
    for v in range(0, 6):
        x = Id(p, f"x{v}", group=p.name(f"g{v}"))
        if v < 5:
            out[f"not added v{v}"] = x.offsets(topic, 1, 2, version=v)
            out[f"join v{v}"] = x.join(min(v, 4))
        out[f"commit v{v}"] = x.offsets(topic, 1, 2, version=v)
        out[f"open v{v}"] = [x.committed(topic, 0, 1), x.committed(topic, 0, stable=False), state(x)]
        out[f"again v{v}"] = x.offsets(topic, 3, version=v)
        out[f"end v{v}"] = tell(x, x.end(v != 3, version=4 if v < 5 else 5))
        x.rest()
        out[f"ended v{v}"] = x.committed(topic, 0, 1)
        out[f"outside v{v}"] = x.offsets(topic, 9, version=v)
        if v < 5:
            out[f"in the end v{v}"] = x.committed(topic, 0, 1)
        else:
            out["pending"] = x.committed(topic, 0, 1)
            out["commit beside it"] = p.ask("OffsetCommit", 7, {"group": x.group, "member": "", "topics": [
                {"name": topic, "partitions": [{"index": 0, "offset": 77, "metadata": "beside"}]}]})
            out["pending still"] = x.committed(topic, 0, 1)
            x.end(True, 5)
            x.rest()
            out["the later one"] = x.committed(topic, 0, 1)
    return out


def state(x):
    """Which coordinator's partition joined is a matter of the group's name and of how many there are."""
    got = x.look()
    got["topics"] = [t["name"] for t in got["topics"]]
    return got


@case("transactions: offsets that are refused")
def _(p):
    topic, out = p.topic(partitions=2), {}
    x = Id(p, group=p.name("g"))
    for v in (0, 2, 3, 4, 5):
        out[f"unknown topic v{v}"] = x.offsets(p.name("none"), 1, version=v)
        out[f"unknown partition v{v}"] = x.offsets(topic, 1, 2, 3, version=v)
        out[f"empty group v{v}"] = x.offsets(topic, 1, version=v, group="")
        out[f"no topics v{v}"] = x.offsets(topic, version=v, topics=[], wait=False)
        if v >= 3:
            x.join()
            out[f"a member v{v}"] = x.offsets(topic, 1, version=v, member="someone", generation=3)
            out[f"a member without generation v{v}"] = x.offsets(topic, 1, version=v, member="someone")
            out[f"a generation v{v}"] = x.offsets(topic, 1, version=v, generation=3)
            out[f"an instance v{v}"] = x.offsets(topic, 1, version=v, instance="i")
        out[f"metadata v{v}"] = x.offsets(topic, version=v, wait=False, topics=[{"name": topic, "partitions": [
            {"index": 0, "offset": 1, "metadata": "x" * 4097}, {"index": 1, "offset": 1, "metadata": None}]}])
    x.end(False)
    x.rest()
    return out


@case("transactions: markers by hand")
def _(p):
    topic, out = p.topic(partitions=3), {}
    x = Id(p)

    def mark(epoch=0, commit=False, coordinator_epoch=0, name=topic, partitions=(0,), producer=None):
        got = p.ask("WriteTxnMarkers", 1, {"markers": [{
            "producer": x.id if producer is None else producer, "epoch": epoch, "commit": commit,
            "coordinator_epoch": coordinator_epoch, "topics": [{"name": name, "partitions": list(partitions)}]}]})
        return tell(x, got)

    out["of somebody who never wrote"] = mark(partitions=(2,))
    x.add(topic, 0, 1)
    x.produce(topic, 0)
    x.produce(topic, 1)
    out["unknown topic"] = mark(name=p.name("none"))
    out["unknown partition"] = mark(partitions=(9,))
    out["-1"] = mark(partitions=(-1,))
    out["epoch -1"] = mark(epoch=-1)
    out["abort"] = mark(coordinator_epoch=5)
    out["a coordinator of before"] = mark(coordinator_epoch=4)
    out["again"] = mark(coordinator_epoch=5)
    out["newer epoch"] = mark(epoch=3, coordinator_epoch=5)
    out["then the older"] = mark(epoch=2, coordinator_epoch=6)
    out["no markers"] = p.ask("WriteTxnMarkers", 1, {"markers": []})
    out["no topics"] = tell(x, p.ask("WriteTxnMarkers", 1, {"markers": [{
        "producer": x.id, "epoch": 0, "commit": True, "coordinator_epoch": 0, "topics": []}]}))
    out["written after it"] = x.produce(topic, 0, 9)
    out["log"] = [p.log(topic, i) for i in (0, 1, 2)]
    x.add(topic, 2)
    out["end"] = x.end(False)
    return out


@case("transactions: looking at them")
def _(p):
    topic, out = p.topic(partitions=3), {}
    ids = {}
    for name in ("empty", "open", "committed", "aborted"):
        ids[name] = x = Id(p, name)
        if name != "empty":
            x.add(topic, 2, 0)
        if name in ("committed", "aborted"):
            x.end(name == "committed")
            x.rest()
    names = [x.name for x in ids.values()]
    some = ids["open"]
    got = p.ask("DescribeTransactions", 0, {"txns": names + [p.name("unknown"), "", names[1]]})
    for t in got["txns"]:
        for x in t["topics"]:
            x["partitions"].sort()
    out["describe"] = sorted(tell(some, got["txns"]), key=lambda t: (t["txn"], t["error"]))
    out["describe nothing"] = p.ask("DescribeTransactions", 0, {"txns": []})

    def listed(version=1, **filters):
        answer = p.ask("ListTransactions", version, {"states": [], "producers": []} | filters)
        answer["txns"] = sorted((tell(some, t) for t in answer["txns"] if t["txn"].startswith(p.prefix)), key=lambda t: t["txn"])
        return answer

    for v in (0, 1):
        out[f"all v{v}"] = listed(v)
    out["one state"] = listed(states=["Ongoing"])
    out["two states"] = listed(states=["CompleteAbort", "Empty"])
    out["unknown state"] = listed(states=["Nonsense", "Ongoing", ""])
    out["only unknown"] = listed(states=["nonsense"])
    out["lower case"] = listed(states=["ongoing"])
    out["every state"] = listed(states=["Empty", "Ongoing", "PrepareCommit", "PrepareAbort", "CompleteCommit", "CompleteAbort",
                                        "Dead", "PrepareEpochFence"])
    out["of a producer"] = listed(producers=[some.id])
    out["of two"] = listed(producers=[some.id, ids["empty"].id, -1])
    out["of nobody"] = listed(producers=[1 << 60])
    out["both"] = listed(producers=[some.id], states=["Empty"])
    for ms in (-1, -2, 0, 3_600_000, (1 << 63) - 1):
        if ms != 0:
            out[f"longer than {ms}"] = listed(duration_ms=ms)
    return out


@case("transactions: listed by a pattern of their ids")
def _(p):
    topic, out = p.topic(), {}
    some = {name: Id(p, name) for name in ("orders-1", "orders-2", "refunds.1", "Ünïcode")}
    for x in some.values():
        p.alias(x.id)  # named in this order, whatever the answers' is
    some["orders-2"].add(topic, 0)

    def listed(pattern, version=2, **filters):
        answer = p.ask("ListTransactions", version, {"states": [], "producers": [], "pattern": pattern} | filters)
        if isinstance(answer, dict):
            answer["txns"] = sorted((tell(some["orders-1"], t) for t in answer["txns"] if t["txn"].startswith(p.prefix)), key=lambda t: t["txn"])
        return answer

    start = p.prefix
    for pattern in (None, "", ".*", f"{start}.*", f"{start}orders-.", f"{start}orders", "orders-1", f"^{start}orders-1$", f"{start}refunds.1",
                    f"{start}refunds\\.1", f"{start}(orders|refunds).*", f"(?i){start.upper()}ORDERS-.*", f"{start}[[:alpha:]]+-[0-9]",
                    f"{start}\\pL+", f"{start}Ün.*", f"{start}orders-[^1]", f"\\Q{start}\\Eorders-\\d"):
        name = str(pattern).replace(start, "T-").replace(start.upper(), "T-")
        out[f"pattern {name}"] = listed(pattern)
    for pattern in ("(", "[", "*", "a**", "a{2,1}", "a{1001}", "(?<x>a)", "(?=a)", "(a)\\1", "\\", "\\C", "(?P<x", "x{0,1000}{0,1000}"):
        out[f"bad {pattern}"] = listed(pattern)
    out["with a state"] = listed(f"{start}orders.*", states=["Ongoing"])
    out["with a state that is none"] = listed(f"{start}orders.*", states=["Nonsense"])
    out["bad, with a state that is none"] = listed("(", states=["Nonsense"])
    out["with a producer"] = listed(f"{start}orders.*", producers=[some["orders-1"].id, some["refunds.1"].id])
    out["long ago"] = listed(f"{start}orders.*", duration_ms=3_600_000)
    return out


@case("transactions: the second version's leader asks for the partition")
def _(p):
    topic, out = p.topic(partitions=3), {}
    x = Id(p)
    for v in (12, 13):
        which = {"id": p.id(topic)} if v >= 13 else {"name": topic}
        data = batch.make(p.records(1), producer=x.id, epoch=x.epoch, attributes=16, sequence=0)
        got = p.ask("Produce", v, {"txn": x.name, "topics": [which | {"partitions": [{"index": v - 12, "records": data}]}]})
        out[f"v{v}"] = [t["error"] for t in got["topics"][0]["partitions"]]
    out["joined"] = x.look()
    out["sequence 3 in a new partition"] = x.produce(topic, 2, 12, sequence=3)
    out["end"] = tell(x, x.end(True, 5))
    x.rest()
    out["the old epoch"] = x.produce(topic, 0, 12, epoch=x.epoch - 1, sequence=1)
    out["the new one, sequence 1"] = x.produce(topic, 0, 12, sequence=1)
    out["the new one"] = x.produce(topic, 0, 12, sequence=0)
    out["abort"] = tell(x, x.end(False, 5))
    x.rest()
    out["log"] = [p.log(topic, i) for i in (0, 1, 2)]
    return out


@case("transactions: partitions that are the broker's own")
def _(p):
    topic, out = p.topic(), {}
    x = Id(p, group=p.name("g"))
    for internal in ("__consumer_offsets", "__transaction_state"):
        for v in (0, 3):
            out[f"{internal} v{v}"] = tell(x, x.add(internal, 0, version=v))
            out[f"{internal} is in it v{v}"] = tell(x, x.add(internal, 0, version=4, verify=True))
    out["__consumer_offsets v4"] = tell(x, x.add("__consumer_offsets", 0, version=4))
    out["__consumer_offsets is in it"] = tell(x, x.add("__consumer_offsets", 0, version=4, verify=True))
    body = x.me() | {"topics": [{"name": topic, "partitions": [0]}, {"name": "__consumer_offsets", "partitions": [1]},
                                {"name": p.name("nowhere"), "partitions": [0]}]}
    old = p.ask("AddPartitionsToTxn", 3, body)
    new = p.ask("AddPartitionsToTxn", 4, {"txns": [body | {"verify": False}]})
    for version, topics in (("v3", old["topics"]), ("v4", new["txns"][0]["topics"])):
        out[f"among others {version}"] = sorted(tell(x, topics), key=lambda t: t["name"])
    out["the topic, then"] = x.add(topic, 0, version=4, verify=True)
    out["end"] = tell(x, x.end())
    return out
