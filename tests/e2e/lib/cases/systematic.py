"""Every request that apis.txt knows, one field after the other: null, and numbers at the ends of their range."""
from ..probe import case, own
from ..wire import APIS

RANGES = {"i8": 7, "i16": 15, "i32": 31, "i64": 63}
# What answers with all that a broker has: other cases ask for it.
ALL = {("Metadata", "topics"), ("DescribeLogDirs", "topics"), ("DescribeTopicPartitions", "topics"), ("ElectLeaders", "topics"),
       ("DescribeUserScramCredentials", "users"), ("DescribeClientQuotas", "parts"), ("ListConfigResources", "types")}
# What comes out of a hash table, or of none.
UNORDERED = {("AlterUserScramCredentials", "results"), ("DescribeUserScramCredentials", "results"), ("AlterClientQuotas", "entries")}


def _versions(api):
    """The lowest, the last classic, the first flexible and the highest."""
    return sorted({api.low, max(api.low, api.flexible - 1), max(api.low, api.flexible), api.high} & set(range(api.low, api.high + 1)))


def _full(p, api, version, topic, fields=None):
    """A body with one element in each array, about the topic, that changes nothing."""
    out = {}
    for f in api.request if fields is None else fields:
        if not f.present(version):
            continue
        if f.name == "keys":
            out[f.name] = ["retention.ms"]
        elif f.kind == "array" and f.name == "assignments":
            out[f.name] = [] if api.name == "CreateTopics" else None
        elif f.kind == "array" and isinstance(f.inner, str):
            out[f.name] = [topic if f.inner == "str" else 0]
        elif f.kind == "array":
            out[f.name] = [_full(p, api, version, topic, f.inner)]
        elif f.name == "name":
            out[f.name] = "retention.ms" if fields is not None and any(x.name == "value" for x in fields) else topic
        elif f.name == "id" and f.kind == "uuid" and api.name in ("Produce", "Fetch"):
            out[f.name] = p.id(topic)
        elif f.name == "records":
            out[f.name] = p.batch()
        elif f.name == "validate":
            out[f.name] = True
        elif f.name == "value":
            out[f.name] = 1000.0 if f.kind == "f64" else "1000"
        elif f.name == "key":
            out[f.name] = "producer_byte_rate"
        elif f.name == "entity_type":
            out[f.name] = "client-id"
        elif f.name in ("software", "version"):
            out[f.name] = "e2e"
        elif f.name == "count":
            out[f.name] = 5
        elif f.kind != "struct":
            out[f.name] = f.default
    if api.name == "Fetch" and fields is None:
        out.pop("forgotten", None)
    if api.name == "DescribeTopicPartitions" and fields is None:
        out["cursor"] = {"topic": topic, "index": 0}
    return out


def _fields(fields, version, path=()):
    for f in fields:
        if f.present(version):
            yield path + (f.name,), f
            if f.kind in ("array", "struct") and not isinstance(f.inner, str):
                yield from _fields(f.inner, version, path + (f.name,))


def _with(body, path, value):
    """The body with one field replaced, or None where it has no such part."""
    head, rest = path[0], path[1:]
    if not rest:
        return {**body, head: value}
    inner = body.get(head)
    if not inner:
        return None
    if isinstance(inner, dict):
        changed = _with(inner, rest, value)
        return changed and {**body, head: changed}
    changed = _with(inner[0], rest, value)
    return changed and {**body, head: [changed]}


def _told(p, api, answer):
    if isinstance(answer, str):
        return answer
    if api == "DescribeConfigs":
        for r in answer["resources"]:
            r["configs"] = sorted((c for c in r["configs"] if not own(c["name"])), key=lambda c: c["name"])
    if api == "DescribeLogDirs":
        for d in answer["dirs"]:
            for key in ("path", "total", "usable"):
                d.pop(key, None)
    if api == "InitProducerId":
        answer["id"] = answer["id"] >= 0
    if api == "Produce":
        for t in answer["topics"]:
            for x in t["partitions"]:
                x.pop("offset")
                x.pop("log_start", None)
    if api == "CreateTopics":
        for t in answer["topics"]:
            if t.get("configs"):
                t["configs"] = "configs"
    if api == "ApiVersions":
        return answer["error"]
    for name, field in UNORDERED:
        if api == name:
            answer[field].sort(key=str)
    return p.clean(answer)


def _ask(p, api, version, body):
    return _told(p, api.name, p.ask(api.name, version, body))


def _register(api):
    @case(f"{api.name}: null in each field")
    def _(p):
        topic, out = p.topic(), {}
        for v in _versions(api):
            for path, f in _fields(api.request, v):
                if f.kind not in ("str", "bytes", "array", "struct") or f.tag is not None or (api.name, path[0]) in ALL and len(path) == 1:
                    continue
                body = _with(_full(p, api, v, topic), path, None)
                if body is not None:
                    out[f"v{v} {'.'.join(path)}"] = _ask(p, api, v, body)
        return out or "no such field"

    @case(f"{api.name}: numbers at the ends of their range")
    def _(p):
        topic, out = p.topic(), {}
        p.raw.produce(topic, 0, p.batch(3))
        for v in sorted({api.low, api.high}):
            out[f"v{v}"] = _ask(p, api, v, _full(p, api, v, topic))
            for path, f in _fields(api.request, v):
                if f.kind not in RANGES or path[-1] == "acks" and api.name == "Produce":
                    continue
                top = 1 << RANGES[f.kind]
                for value in (-top, -2, -1, 0, 1, top - 1):
                    body = _with(_full(p, api, v, topic), path, value)
                    # A millisecond is a race; on sessions and cursors as large as that Kafka's arithmetic fails.
                    odd = (("timeout_ms", 1), ("session", top - 1), ("session", -top))
                    if path[0] == "cursor" and value == top - 1:
                        continue
                    if body is not None and (path[-1], value) not in odd:
                        out[f"v{v} {'.'.join(path)}={value}"] = _ask(p, api, v, body)
        return out

    @case(f"{api.name}: empty in each field")
    def _(p):
        topic, out = p.topic(), {}
        for v in sorted({api.low, api.high}):
            for path, f in _fields(api.request, v):
                if f.kind not in ("str", "bytes", "array") or (api.name, path[0]) in ALL and len(path) == 1:
                    continue
                body = _with(_full(p, api, v, topic), path, {"str": "", "bytes": b"", "array": []}[f.kind])
                if body is not None:
                    out[f"v{v} {'.'.join(path)}"] = _ask(p, api, v, body)
        return out or "no such field"

    @case(f"{api.name}: the same twice in each list")
    def _(p):
        topic, out = p.topic(), {}
        for v in sorted({api.low, api.high}):
            for path, f in _fields(api.request, v):
                if f.kind != "array":
                    continue
                full = _full(p, api, v, topic)
                inner = full
                for part in path:
                    inner = inner.get(part) if isinstance(inner, dict) else inner[0].get(part) if inner else None
                if inner:
                    out[f"v{v} {'.'.join(path)}"] = _ask(p, api, v, _with(full, path, [inner[0], inner[0]]))
        return out or "no list"


for _api in APIS.values():
    if _api.name not in ("FindCoordinator", "UnregisterBroker"):  # the latter would unregister it
        _register(_api)
