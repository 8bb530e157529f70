"""What administers replicas, features and the quorum of a cluster of one broker."""
from ..probe import case
from ..wire import NO_ID

BOTH = (0, 1)


@case("ElectLeaders on one broker")
def _(p):
    topic, out = p.topic(partitions=3), {}
    for v in range(3):
        for kind in BOTH if v > 0 else (0,):
            out[f"v{v} kind {kind}"] = p.call("ElectLeaders", v, {"kind": kind, "topics": [
                {"name": topic, "partitions": [0, 2, 3, -1]}, {"name": p.name("unknown"), "partitions": [0]},
                {"name": "a b", "partitions": [0]}, {"name": "", "partitions": [0]}]})
            a = p.ask("ElectLeaders", v, {"kind": kind, "topics": None})
            out[f"v{v} kind {kind} all"] = [a.get("error"), p.clean([t for t in a["topics"] if t["name"] == topic]),
                                            sum(len(t["partitions"]) for t in a["topics"])]
        out[f"v{v} none"] = p.call("ElectLeaders", v, {"topics": []})
        out[f"v{v} no partitions"] = p.call("ElectLeaders", v, {"topics": [{"name": topic, "partitions": []}]})
        out[f"v{v} twice"] = p.call("ElectLeaders", v, {"topics": [{"name": topic, "partitions": [0, 0]}, {"name": topic, "partitions": [0]}]})
    for kind in (-1, 2, 99):
        out[f"kind {kind}"] = p.call("ElectLeaders", 2, {"kind": kind, "topics": [{"name": topic, "partitions": [0]}]})
    out["at once"] = p.call("ElectLeaders", 2, {"timeout_ms": 0, "topics": [{"name": topic, "partitions": [0]}]})
    return out


def _move(p, topic, replicas, version=1, index=0, **more):
    return p.call("AlterPartitionReassignments", version, {**more, "topics": [
        {"name": topic, "partitions": [{"index": index, "replicas": replicas}]}]})


@case("AlterPartitionReassignments on one broker")
def _(p):
    topic, out = p.topic(partitions=2), {}
    for v in BOTH:
        for replicas in ([1], [], None, [1, 1], [2], [1, 2], [0], [-1], [2, 1, 3], [-2, 1]):
            out[f"v{v} {replicas}"] = _move(p, topic, replicas, v)
        out[f"v{v} unknown topic"] = _move(p, p.name("unknown"), [1], v)
        out[f"v{v} unknown partition"] = _move(p, topic, [1], v, index=2)
        out[f"v{v} negative partition"] = _move(p, topic, None, v, index=-1)
        out[f"v{v} bad name"] = _move(p, "a b", [1], v)
        out[f"v{v} no topics"] = p.call("AlterPartitionReassignments", v, {"topics": []})
        out[f"v{v} no partitions"] = p.call("AlterPartitionReassignments", v, {"topics": [{"name": topic, "partitions": []}]})
        out[f"v{v} twice"] = p.call("AlterPartitionReassignments", v, {"topics": [
            {"name": topic, "partitions": [{"index": 0, "replicas": [1]}, {"index": 0, "replicas": None}]},
            {"name": topic, "partitions": [{"index": 1, "replicas": [2]}]}]})
    out["same factor"] = _move(p, topic, [1], change_factor=False)
    out["other factor"] = _move(p, topic, [1, 2], change_factor=False)
    out["at once"] = _move(p, topic, [1], timeout_ms=0)
    p.settle()
    out["moving"] = p.call("ListPartitionReassignments", 0, {"topics": [{"name": topic, "partitions": [0, 1, 2]}]})
    out["moving, all"] = p.call("ListPartitionReassignments", 0, {"topics": None})
    out["moving, none"] = p.call("ListPartitionReassignments", 0, {"topics": []})
    out["moving, unknown"] = p.call("ListPartitionReassignments", 0, {"topics": [{"name": p.name("unknown"), "partitions": [0]}]})
    out["moving, at once"] = p.call("ListPartitionReassignments", 0, {"timeout_ms": 0, "topics": None})
    t = p.raw.topic(topic)
    out["as before"] = p.clean([[x["replicas"], x["isr"], x["epoch"]] for x in t["partitions"]])
    return out


@case("AlterReplicaLogDirs with one directory")
def _(p):
    topic, out = p.topic(partitions=2), {}
    own = p.ask("DescribeLogDirs", 4, {"topics": []})["dirs"][0]["path"]
    for v in (1, 2):
        for what, path in (("own", own), ("other", "/no/such/dir"), ("relative", "data"), ("empty", ""), ("root", "/")):
            a = p.ask("AlterReplicaLogDirs", v, {"dirs": [{"path": path, "topics": [{"name": topic, "partitions": [0, 1, 2, -1]}]}]})
            out[f"v{v} {what}"] = p.clean([[t["name"], sorted([x["index"], x["error"]] for x in t["partitions"])] for t in a["topics"]])
            a = p.ask("AlterReplicaLogDirs", v, {"dirs": [{"path": path, "topics": [
                {"name": p.name("unknown"), "partitions": [0]}, {"name": "a b", "partitions": [0]}]}]})
            out[f"v{v} {what} unknown"] = sorted(p.clean(a["topics"]), key=lambda t: t["name"])
        out[f"v{v} none"] = p.call("AlterReplicaLogDirs", v, {"dirs": []})
        out[f"v{v} no topics"] = p.call("AlterReplicaLogDirs", v, {"dirs": [{"path": own, "topics": []}]})
        out[f"v{v} no partitions"] = p.call("AlterReplicaLogDirs", v, {"dirs": [{"path": own, "topics": [{"name": topic, "partitions": []}]}]})
        out[f"v{v} twice"] = p.call("AlterReplicaLogDirs", v, {"dirs": [
            {"path": own, "topics": [{"name": topic, "partitions": [0, 0]}]}, {"path": "/no/such", "topics": [{"name": topic, "partitions": [0]}]}]})
    return out


def _features(p, *updates, version=2, validate=True):
    """updates: (name, level, kind)."""
    return p.call("UpdateFeatures", version, {"validate": validate, "updates": [
        {"name": n, "level": l, "kind": k, "downgrade": k > 1} for n, l, k in updates]})


@case("UpdateFeatures: what would be")
def _(p):
    out = {}
    for name, levels in (("metadata.version", (-1, 0, 6, 7, 20, 21, 22, 23, 24, 25, 26, 27, 28, 100)), ("kraft.version", (-1, 0, 1, 2)),
                         ("transaction.version", (-1, 0, 1, 2, 3)), ("group.version", (-1, 0, 1, 2)),
                         ("eligible.leader.replicas.version", (-1, 0, 1, 2)), ("share.version", (-1, 0, 1, 2)),
                         ("streams.version", (0, 1)), (p.name("unknown"), (-1, 0, 1)), ("", (0, 1))):
        for level in levels:
            for kind in (0, 1, 2, 3, 4):
                out[f"{p.clean(name)} {level} kind {kind}"] = _features(p, (name, level, kind))
    out["none"] = _features(p)
    return p.clean(out)


@case("UpdateFeatures: in each version, twice, several")
def _(p):
    out, same = {}, ("transaction.version", 2, 1)
    for v in (1, 2):
        out[f"v{v} good"] = _features(p, same, version=v)
        out[f"v{v} bad"] = _features(p, ("transaction.version", 9, 1), version=v)
        out[f"v{v} good, bad"] = _features(p, same, ("group.version", 9, 1), version=v)
        out[f"v{v} twice"] = _features(p, same, ("transaction.version", 1, 2), version=v)
        out[f"v{v} the level it has"] = _features(p, ("metadata.version", 27, 1), ("group.version", 1, 1), version=v, validate=False)
    out["v0 bad"] = _features(p, ("transaction.version", 9, 1), version=0)
    out["v0 downgrade not allowed"] = p.call("UpdateFeatures", 0, {"updates": [{"name": "group.version", "level": 0}]})
    out["v0 good"] = _features(p, same, version=0)
    out["at once"] = p.call("UpdateFeatures", 2, {"timeout_ms": 0, "validate": True, "updates": [{"name": "group.version", "level": 1}]})
    return out


@case("DescribeQuorum on one node")
def _(p):
    out = {}
    for v in range(3):
        a = p.ask("DescribeQuorum", v, {"topics": [{"name": "__cluster_metadata", "partitions": [{"index": 0}]}]})
        part = a["topics"][0]["partitions"][0]
        out[f"v{v}"] = {"error": a["error"], "message": a.get("message"), "topics": [t["name"] for t in a["topics"]],
                        "partition": [part["index"], part["error"], part.get("message"), part["leader"], part["epoch"] > 0,
                                      part["high"] > 0],
                        "voters": [[x["id"], x.get("directory") is not None and x["directory"].int != 0, x["end"] >= part["high"],
                                    x.get("fetched_ms", 0) > 0, x.get("caught_up_ms", 0) > 0] for x in part["voters"]],
                        "observers": len(part["observers"]), "nodes": [[n["id"], len(n["listeners"])] for n in a.get("nodes", [])]}
        for what, topics in (("other topic", [("x", [0])]), ("other partition", [("__cluster_metadata", [1])]), ("none", []),
                             ("no partitions", [("__cluster_metadata", [])]), ("two partitions", [("__cluster_metadata", [0, 1])]),
                             ("two topics", [("__cluster_metadata", [0]), ("x", [0])])):
            a = p.ask("DescribeQuorum", v, {"topics": [{"name": n, "partitions": [{"index": i} for i in parts]} for n, parts in topics]})
            if isinstance(a, dict):
                a.pop("nodes", None)
            out[f"v{v} {what}"] = p.clean(a)
    return out


@case("ListConfigResources")
def _(p):
    topic, out = p.topic(), {}
    p.raw.call("IncrementalAlterConfigs", 1, {"resources": [
        {"type": 16, "name": p.name("m"), "configs": [{"name": "interval.ms", "op": 0, "value": "5000"}]},
        {"type": 32, "name": p.name("g"), "configs": [{"name": "consumer.session.timeout.ms", "op": 0, "value": "50000"}]}]})
    p.settle()

    def ask(version, types):
        a = p.ask("ListConfigResources", version, {"types": types})
        if isinstance(a, str):
            return a
        mine = [r for r in a["resources"] if r["name"].startswith(p.prefix) or r.get("type") in (4, 8)]
        return p.clean([a["error"], sorted(mine, key=str)])

    out["v0"] = ask(0, [])
    for types in ([], [2], [4], [8], [16], [32], [2, 4], [4, 4], [0], [1], [64], [-1], [2, 99]):
        out[f"v1 {types}"] = ask(1, types)
    p.raw.call("IncrementalAlterConfigs", 1, {"resources": [
        {"type": 16, "name": p.name("m"), "configs": [{"name": "interval.ms", "op": 1}]},
        {"type": 32, "name": p.name("g"), "configs": [{"name": "consumer.session.timeout.ms", "op": 1}]}]})
    p.settle()
    out["gone"] = ask(1, [16])
    return out


@case("changes of the quorum are refused")
def _(p):
    cluster = p.raw.call("DescribeCluster", 0, {})["cluster"]
    out = {"unregister an unknown broker": p.call("UnregisterBroker", 0, {"broker": 77}),
           "unregister a negative broker": p.call("UnregisterBroker", 0, {"broker": -1})}
    some = p.id(p.topic())
    listeners = [{"name": "CONTROLLER", "host": "127.0.0.1", "port": 1}]
    for what, id in (("right", cluster), ("wrong", "x"), ("no", None)):
        for voter in (1, 2):
            out[f"add voter {voter}, {what} cluster id"] = p.call("AddRaftVoter", 0, {
                "cluster": id, "voter": voter, "directory": some, "listeners": listeners})
            for directory in (NO_ID, some):
                out[f"remove voter {voter}, {what} cluster id, directory {directory == some}"] = p.call(
                    "RemoveRaftVoter", 0, {"cluster": id, "voter": voter, "directory": directory})
    return out
