"""FindCoordinator, OffsetCommit, OffsetFetch, OffsetDelete of groups without members."""
from ..probe import case
from ..target import wait_for


def coordinator(p, group):
    """The coordinator stands and has loaded."""
    def ready():
        found = p.raw.call("FindCoordinator", 3, {"key": group})["error"] == 0
        return found and p.raw.call("OffsetFetch", 7, {"group": group, "topics": []})["error"] == 0

    wait_for("the coordinator", ready)


def commit(p, version, group, topic, *offsets, index=0, **more):
    body = {"group": group, "member": "", "topics": [{"name": topic, "partitions": [
        {"index": index + i, "offset": o, "metadata": f"m{o}"} for i, o in enumerate(offsets)]}]}
    return p.ask("OffsetCommit", version, body | more)


def fetch(p, version, group, topics, **more):
    if version >= 8:
        return p.ask("OffsetFetch", version, {"groups": [{"group": group, "topics": topics}]} | more)
    return p.ask("OffsetFetch", version, {"group": group, "topics": topics} | more)


def sort_topics(answer):
    """Of all topics: Kafka's order is that of a hash map."""
    if isinstance(answer, dict):
        for g in answer.get("groups", [answer]):
            for t in g["topics"]:
                t["partitions"].sort(key=lambda x: x["index"])
            g["topics"].sort(key=lambda x: x["name"])
    return answer


@case("FindCoordinator: at every version")
def _(p):
    group = p.name("g")
    coordinator(p, group)
    out = {}
    for v in range(0, 7):
        body = {"keys": [group, "other", ""]} if v >= 4 else {"key": group}
        out[v] = p.clean(p.ask("FindCoordinator", v, body))
    out["no keys"] = p.clean(p.ask("FindCoordinator", 4, {"keys": []}))
    out["empty"] = p.clean(p.ask("FindCoordinator", 3, {"key": ""}))
    return out


@case("FindCoordinator: key types that are none")
def _(p):
    return {f"type {t} v{v}": p.clean(p.ask("FindCoordinator", v, {"keys": ["x"], "kind": t} if v >= 4 else {"key": "x", "kind": t}))
            for t in (-1, 2, 3, 100) for v in (1, 3, 4, 5, 6) if (t, v) != (2, 6)}


@case("OffsetCommit and OffsetFetch at every version")
def _(p):
    topic = p.topic(partitions=3)
    coordinator(p, p.name("g"))
    out = {}
    for v in range(2, 10):
        group = p.name(f"g{v}")
        out[f"commit v{v}"] = p.clean(commit(p, v, group, topic, 5, 6))
        out[f"again v{v}"] = p.clean(commit(p, v, group, topic, 7))
        for f in range(1, 10):
            out[f"commit v{v}, fetch v{f}"] = p.clean(fetch(p, f, group, [{"name": topic, "partitions": [0, 1, 2, 7]}]))
    return out


@case("OffsetCommit: what is refused")
def _(p):
    topic = p.topic(partitions=2)
    group = p.name("g")
    coordinator(p, group)
    out = {"unknown topic": commit(p, 7, group, p.name("unknown"), 1),
           "unknown partition": commit(p, 7, group, topic, 1, index=9),
           "partition -1": commit(p, 7, group, topic, 1, index=-1),
           "one good, one bad": commit(p, 7, group, topic, 1, 2, index=1),
           "no topics": p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": []}),
           "no partitions": p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": [{"name": topic, "partitions": []}]}),
           "bad, good, bad": p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": [
               {"name": p.name("u1"), "partitions": [{"index": 0, "offset": 1, "metadata": ""}]},
               {"name": topic, "partitions": [{"index": 0, "offset": 1, "metadata": ""}, {"index": 5, "offset": 1, "metadata": ""}]},
               {"name": p.name("u2"), "partitions": [{"index": 0, "offset": 1, "metadata": ""}]}]}),
           "twice": p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": [
               {"name": topic, "partitions": [{"index": 0, "offset": 3, "metadata": ""}, {"index": 0, "offset": 4, "metadata": ""}]}]}),
           "negative": commit(p, 7, group, topic, -5),
           "empty group": commit(p, 7, "", topic, 9)}
    for v in (2, 7, 8, 9):
        out[f"generation 3 of a known group v{v}"] = commit(p, v, group, topic, 1, generation=3)
        out[f"generation 3 of no group v{v}"] = commit(p, v, p.name("none"), topic, 1, generation=3)
        out[f"generation 0 of no group v{v}"] = commit(p, v, p.name("none"), topic, 1, generation=0)
        out[f"a member without generation v{v}"] = commit(p, v, group, topic, 1, member="someone")
        out[f"a member of no group without generation v{v}"] = commit(p, v, p.name("fresh"), topic, 1, member="someone")
    out["instance"] = commit(p, 7, group, topic, 1, instance="i1")
    sizes = {}
    for text in ("x" * 4096, "x" * 4097, "ä" * 4096, "ä" * 4097, "\U0001f600" * 2048, "\U0001f600" * 2049):
        sizes[f"{len(text)} of {text[0]}"] = p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": [
            {"name": topic, "partitions": [{"index": 1, "offset": 1, "metadata": text}]}]})
    out["metadata"] = sizes
    out["null metadata"] = p.ask("OffsetCommit", 7, {"group": group, "member": "", "topics": [
        {"name": topic, "partitions": [{"index": 1, "offset": 8, "metadata": None}]}]})
    out["in the end"] = fetch(p, 7, group, [{"name": topic, "partitions": [0, 1]}])
    out["of the empty group"] = fetch(p, 7, "", [{"name": topic, "partitions": [0]}])
    return p.clean(out)


@case("OffsetFetch: all topics, many groups, nobody")
def _(p):
    a, b = p.topic("a", partitions=3), p.topic("b")
    one, two = p.name("one"), p.name("two")
    coordinator(p, one)
    commit(p, 7, one, a, 1, 2, 3)
    commit(p, 7, one, b, 4)
    commit(p, 7, two, b, 5)
    out = {}
    for v in (2, 5, 6, 7, 8, 9):
        out[f"all v{v}"] = sort_topics(fetch(p, v, one, None))
        out[f"all of nobody v{v}"] = fetch(p, v, p.name("nobody"), None)
        out[f"nobody v{v}"] = fetch(p, v, p.name("nobody"), [{"name": a, "partitions": [0]}])
        out[f"none v{v}"] = fetch(p, v, one, [])
        out[f"no partitions v{v}"] = fetch(p, v, one, [{"name": a, "partitions": []}])
        out[f"unknown v{v}"] = fetch(p, v, one, [{"name": p.name("unknown"), "partitions": [0]}])
        out[f"twice v{v}"] = fetch(p, v, one, [{"name": a, "partitions": [1, 1]}, {"name": a, "partitions": [1]}])
    for v in (8, 9):
        out[f"many v{v}"] = sort_topics(p.ask("OffsetFetch", v, {"groups": [
            {"group": one, "topics": [{"name": b, "partitions": [0]}]}, {"group": two, "topics": None},
            {"group": p.name("nobody"), "topics": None}, {"group": one, "topics": [{"name": a, "partitions": [2]}]}]}))
        out[f"no groups v{v}"] = p.ask("OffsetFetch", v, {"groups": []})
    out["a member that is none"] = p.ask("OffsetFetch", 9, {"groups": [
        {"group": one, "member": "m", "epoch": 3, "topics": [{"name": b, "partitions": [0]}]}]})
    out["a member of no group"] = p.ask("OffsetFetch", 9, {"groups": [
        {"group": p.name("nobody"), "member": "m", "epoch": 3, "topics": [{"name": b, "partitions": [0]}]}]})
    out["stable"] = fetch(p, 7, one, [{"name": a, "partitions": [0]}], stable=True)
    return p.clean(out)


@case("OffsetDelete")
def _(p):
    topic = p.topic(partitions=3)
    group = p.name("g")
    coordinator(p, group)
    commit(p, 7, group, topic, 1, 2, 3)

    def delete(group, *what):
        return p.ask("OffsetDelete", 0, {"group": group, "topics": [
            {"name": n, "partitions": [{"index": i} for i in indexes]} for n, indexes in what]})

    out = {"some": delete(group, (topic, [0, 2])), "left": fetch(p, 7, group, [{"name": topic, "partitions": [0, 1, 2]}]),
           "again": delete(group, (topic, [0])), "unknown topic": delete(group, (p.name("unknown"), [0])),
           "unknown partition": delete(group, (topic, [1, 9, -1])),
           "no group": delete(p.name("nobody"), (topic, [0])), "no group, no topic": delete(p.name("nobody"), (p.name("u"), [0])),
           "nothing": delete(group), "nothing of nobody": delete(p.name("nobody")),
           "in the end": fetch(p, 7, group, [{"name": topic, "partitions": [0, 1, 2]}]),
           "known after all": delete(group, (topic, [0]))}
    return p.clean(out)


@case("a deleted topic takes its offsets along")
def _(p):
    gone, stays = p.topic("gone"), p.topic("stays")
    group = p.name("g")
    coordinator(p, group)
    commit(p, 7, group, gone, 3)
    commit(p, 7, group, stays, 4)
    p.raw.call("DeleteTopics", 3, {"names": [gone]})

    def left():
        got = sort_topics(fetch(p, 7, group, None))
        return got if len(got["topics"]) == 1 else None

    return p.clean(wait_for("the end of its offsets", left))
