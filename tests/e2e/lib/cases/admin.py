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
