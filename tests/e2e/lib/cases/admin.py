"""DescribeCluster, DescribeLogDirs."""
from ..probe import case


@case("DescribeCluster at every version")
def _(p):
    out = {}
    for v in range(3):
        out[v] = p.call("DescribeCluster", v, {"ops": True} if v < 2 else {"ops": True, "fenced": True})
    for v in (1, 2):
        for kind in (0, 2, 3, 99):
            a = p.ask("DescribeCluster", v, {"endpoint": kind})
            out[f"v{v} endpoint type {kind}"] = a if isinstance(a, str) else [a["error"], a["message"], len(a["brokers"])]
    return out


@case("DescribeLogDirs")
def _(p):
    topic = p.topic(partitions=3)
    for _ in range(3):
        p.produce(topic, p.batch(10))
    size = 3 * len(p.batch(10))
    out = {}
    for v in range(1, 5):
        a = p.ask("DescribeLogDirs", v, {"topics": [{"name": topic, "partitions": [0, 1, 2, 7]},
                                                    {"name": p.name("unknown"), "partitions": [0]}]})
        d = a["dirs"][0]
        out[v] = {"error": a.get("error"), "dirs": len(a["dirs"]), "dir error": d["error"], "topics": [
            [t["name"], sorted([x["index"], x["size"] == (size if x["index"] == 0 else 0), x["lag"], x["future"]]
                               for x in t["partitions"])] for t in d["topics"]],
            "space": [d[k] > 0 for k in ("total", "usable") if k in d]}
    everything = p.ask("DescribeLogDirs", 4, {"topics": None})["dirs"][0]
    out["all"] = topic in [t["name"] for t in everything["topics"]]
    nothing = p.ask("DescribeLogDirs", 4, {"topics": []})
    out["none"] = [len(nothing["dirs"]), [len(d["topics"]) for d in nothing["dirs"]]]
    return out


@case("DescribeLogDirs: partitions named twice")
def _(p):
    topic = p.topic(partitions=3)

    def ask(*topics):
        dirs = p.ask("DescribeLogDirs", 4, {"topics": [{"name": n, "partitions": list(i)} for n, i in topics]})["dirs"]
        return p.clean([[t["name"], sorted(x["index"] for x in t["partitions"])] for t in dirs[0]["topics"]])

    return {"twice": ask((topic, (0, 0, 1)), (topic, (2, 0))), "no partitions": ask((topic, ())), "bad name": ask(("a b", (0,))),
            "negative": ask((topic, (-1, 1))), "none of it": ask((topic, (7,)))}


@case("DescribeProducers: partitions named twice")
def _(p):
    topic, unknown = p.topic(partitions=2), p.name("unknown")
    return p.call("DescribeProducers", 0, {"topics": [
        {"name": topic, "partitions": [0, 0, 1]}, {"name": topic, "partitions": [0]}, {"name": unknown, "partitions": [0, 0]},
        {"name": unknown, "partitions": []}, {"name": "", "partitions": [0]}]})


@case("DeleteRecords: topics named twice")
def _(p):
    topic, other = p.topic(partitions=2), p.topic("other")
    p.raw.produce(topic, 0, p.batch(5))
    a = p.ask("DeleteRecords", 2, {"topics": [
        {"name": topic, "partitions": [{"index": 0, "offset": 1}]}, {"name": other, "partitions": [{"index": 0, "offset": 0}]},
        {"name": topic, "partitions": [{"index": 1, "offset": 0}, {"index": 0, "offset": 3}]}, {"name": other, "partitions": []}]})
    for t in a["topics"]:
        t["partitions"].sort(key=lambda x: x["index"])
    return {"twice": sorted(p.clean(a["topics"]), key=lambda t: t["name"]), "start": p.raw.start(topic, 0),
            "none": p.call("DeleteRecords", 2, {"topics": []}),
            "at once": p.call("DeleteRecords", 2, {"timeout_ms": 0, "topics": [{"name": topic, "partitions": [{"index": 0, "offset": 4}]}]}),
            "the metadata log": p.call("DeleteRecords", 2, {"topics": [{"name": "__cluster_metadata", "partitions": [{"index": 0, "offset": 0}]}]})}
