"""The config APIs on resources that are neither topics nor brokers: loggers, groups, client metrics subscriptions."""
from ..probe import case

LOGGER, METRICS, GROUP = 8, 16, 32
SET, DELETE, APPEND, SUBTRACT = range(4)


def _describe(p, type, name, keys=None):
    a = p.ask("DescribeConfigs", 4, {"resources": [{"type": type, "name": name, "keys": keys}], "synonyms": True})
    if isinstance(a, str):
        return a
    out = p.clean(a["resources"][0])
    out["configs"] = {c["name"]: [c["value"], c["read_only"], c["source"], c["sensitive"], c["type"], c["documentation"],
                                  [[s["name"], s["value"], s["source"]] for s in c["synonyms"]]] for c in out["configs"]}
    return out


def _alter(p, type, name, *ops, validate=False):
    a = p.ask("IncrementalAlterConfigs", 1, {"validate": validate, "resources": [
        {"type": type, "name": name, "configs": [{"name": k, "op": op, "value": v} for op, k, v in ops]}]})
    return a if isinstance(a, str) else p.clean(a["resources"][0])


@case("loggers")
def _(p):
    root = _describe(p, LOGGER, "1", ["root", "no.such.logger"])
    level = root["configs"]["root"][0]
    root["configs"]["root"][0] = level in ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
    out = {"root": root} | {f"of {n!r}": _describe(p, LOGGER, n, ["root"]) for n in ("", "2", "x")}
    for what, op in (("unknown", (SET, "no.such.logger", "INFO")), ("no level", (SET, "root", "LOUD")),
                     ("small letters", (SET, "root", "info")), ("null", (SET, "root", None)),
                     ("append", (APPEND, "root", "INFO")), ("subtract", (SUBTRACT, "root", "INFO")),
                     ("delete", (DELETE, "root", None)), ("delete unknown", (DELETE, "no.such.logger", None)),
                     ("operation 9", (9, "root", "INFO"))):
        out[what] = _alter(p, LOGGER, "1", op)
    one = (SET, "root", "ERROR")
    out |= {"validate": _alter(p, LOGGER, "1", one, validate=True), "nothing": _alter(p, LOGGER, "1"),
            "twice": _alter(p, LOGGER, "1", one, (SET, "root", "INFO")), "broker 2": _alter(p, LOGGER, "2", one),
            "no broker": _alter(p, LOGGER, "", one)}
    out["unchanged"] = _describe(p, LOGGER, "1", ["root"])["configs"]["root"][0] == level
    out["set"] = _alter(p, LOGGER, "1", one)
    out["is set"] = _describe(p, LOGGER, "1", ["root"])["configs"]["root"][0]
    _alter(p, LOGGER, "1", (SET, "root", level))
    out["all at once"] = p.call("AlterConfigs", 2, {"resources": [
        {"type": LOGGER, "name": "1", "configs": [{"name": "root", "value": "INFO"}]}]})
    both = {"type": LOGGER, "name": "1", "configs": [{"name": "root", "op": SET, "value": level}]}
    out["resource twice"] = p.call("IncrementalAlterConfigs", 1, {"resources": [both, both]})
    return out


@case("configs of groups")
def _(p):
    group = p.name("group")
    out = {"none set": _describe(p, GROUP, group), "no name": _describe(p, GROUP, "")}
    for what, op in (("set", (SET, "consumer.session.timeout.ms", "50000")), ("unknown key", (SET, "no.such.key", "1")),
                     ("too small", (SET, "consumer.session.timeout.ms", "5")), ("no number", (SET, "consumer.session.timeout.ms", "x")),
                     ("append", (APPEND, "consumer.session.timeout.ms", "5"))):
        out[what] = _alter(p, GROUP, group, op)
    out["no group"] = _alter(p, GROUP, "", (SET, "consumer.session.timeout.ms", "50000"))
    p.settle()
    out["one set"] = _describe(p, GROUP, group, ["consumer.session.timeout.ms"])
    out["delete"] = _alter(p, GROUP, group, (DELETE, "consumer.session.timeout.ms", None))
    p.settle()
    out["deleted"] = _describe(p, GROUP, group, ["consumer.session.timeout.ms"])
    return out


@case("client metrics subscriptions")
def _(p):
    name = p.name("metrics")
    out = {"none set": _describe(p, METRICS, name), "no name": _describe(p, METRICS, "")}
    for what, op in (("unknown key", (SET, "no.such.key", "1")), ("too often", (SET, "interval.ms", "5")),
                     ("interval", (SET, "interval.ms", "5000")), ("metrics", (SET, "metrics", "a,b")),
                     ("no pattern", (SET, "match", "a=b")), ("pattern", (SET, "match", "client_id=b")),
                     ("append", (APPEND, "metrics", "c"))):
        out[what] = _alter(p, METRICS, name, op)
    out["no subscription"] = _alter(p, METRICS, "", (SET, "interval.ms", "5000"))
    p.settle()
    out["all set"] = _describe(p, METRICS, name)
    out["delete"] = _alter(p, METRICS, name, *((DELETE, k, None) for k in ("interval.ms", "metrics", "match")))
    p.settle()
    out["deleted"] = _describe(p, METRICS, name)
    return out


@case("DescribeConfigs: many resources in one request")
def _(p):
    topics = [p.topic(f"t{i}", **({"retention_ms": i} if i % 3 == 0 else {})) for i in range(9)]
    asked = [{"type": 2, "name": t, "keys": None if i % 2 else ["retention.ms"]} for i, t in enumerate(topics * 40)]
    a = p.ask("DescribeConfigs", 4, {"resources": asked + [{"type": 4, "name": "1", "keys": ["node.id"]}]})
    told = [[r["name"], r["error"], len(r["configs"]) > 1, [c["value"] for c in r["configs"] if c["name"] == "retention.ms"]]
            for r in a["resources"]]
    return {"in order": [r["name"] for r in a["resources"]] == topics * 40 + ["1"], "told": p.clean(told[:18]),
            "the same again": all(t[2:] == told[i % 18][2:] for i, t in enumerate(told[:-1])), "broker": p.clean(told[-1])}
