"""DescribeUserScramCredentials, AlterUserScramCredentials, access control lists, delegation tokens."""
from ..probe import case

SHA_256, SHA_512 = 1, 2


def _alter(p, deletions=(), upsertions=()):
    """deletions: (name, mechanism); upsertions: (name, mechanism, iterations[, salt, salted])."""
    a = p.ask("AlterUserScramCredentials", 0, {
        "deletions": [{"name": n, "mechanism": m} for n, m in deletions],
        "upsertions": [{"name": u[0], "mechanism": u[1], "iterations": u[2], "salt": u[3] if len(u) > 3 else b"salt",
                        "salted": u[4] if len(u) > 4 else b"x" * 32} for u in upsertions]})
    return a if isinstance(a, str) else sorted(p.clean(a["results"]), key=str)


def _describe(p, *names):
    p.settle()
    a = p.ask("DescribeUserScramCredentials", 0, {"users": [{"name": n} for n in names]})
    if isinstance(a, str):
        return a
    for r in a["results"]:
        r["credentials"].sort(key=lambda c: c["mechanism"])
    a["results"].sort(key=lambda r: r["user"])
    return p.clean(a)


@case("AlterUserScramCredentials: made, changed, removed")
def _(p):
    a, b, c = (p.name(x) for x in "abc")
    out = {"unknown": _describe(p, a)}
    try:
        out["make"] = _alter(p, (), [(a, SHA_256, 4096), (b, SHA_512, 8192)])
        out["made"] = _describe(p, a, b, c)
        out["second mechanism"] = _alter(p, (), [(a, SHA_512, 16384)])
        out["change"] = _alter(p, (), [(a, SHA_256, 5000)])
        out["changed"] = _describe(p, a)
        out["twice"] = _describe(p, a, b, a)
        everybody = p.ask("DescribeUserScramCredentials", 0, {"users": None})
        out["everybody"] = sorted(p.clean([r["user"] for r in everybody["results"] if r["user"].startswith(p.prefix)]))
        everybody = p.ask("DescribeUserScramCredentials", 0, {"users": []})
        out["all"] = sorted(p.clean([r["user"] for r in everybody["results"] if r["user"].startswith(p.prefix)]))
        out["one of two"] = _alter(p, [(a, SHA_256)])
        out["left"] = _describe(p, a)
        out["not there"] = _alter(p, [(a, SHA_256)])
        out["delete one, make another"] = _alter(p, [(b, SHA_512)], [(c, SHA_256, 4096)])
        out["then"] = _describe(p, a, b, c)
    finally:
        for name in (a, b, c):
            for m in (SHA_256, SHA_512):
                _alter(p, [(name, m)])
    out["end"] = _describe(p, a, b, c)
    return out


@case("AlterUserScramCredentials: what cannot be")
def _(p):
    a, out = p.name("a"), {}
    try:
        for n in (-1, 0, 1, 4095, 4096, 16384, 16385, 2 ** 31 - 1):
            for m in (SHA_256, SHA_512):
                out[f"mechanism {m}, {n} iterations"] = _alter(p, (), [(a, m, n)])
        for m in (-1, 0, 3, 99):
            out[f"mechanism {m}"] = _alter(p, (), [(a, m, 4096)])
            out[f"delete mechanism {m}"] = _alter(p, [(a, m)])
        out["no name"] = _alter(p, (), [("", SHA_256, 4096)])
        out["delete no name"] = _alter(p, [("", SHA_256)])
        out["no salt"] = _alter(p, (), [(a, SHA_256, 4096, b"")])
        out["no password"] = _alter(p, (), [(a, SHA_256, 4096, b"salt", b"")])
        out["twice"] = _alter(p, (), [(a, SHA_256, 4096), (a, SHA_256, 5000)])
        out["two mechanisms"] = _alter(p, (), [(a, SHA_256, 4096), (a, SHA_512, 4096)])
        out["three times"] = _alter(p, (), [(a, SHA_256, 4096), (a, SHA_512, 4096), (a, SHA_512, 4096)])
        out["delete and make"] = _alter(p, [(a, SHA_256)], [(a, SHA_512, 4096)])
        out["delete twice"] = _alter(p, [(a, SHA_256), (a, SHA_512)])
        out["one good, one bad"] = _alter(p, (), [(p.name("good"), SHA_256, 4096), (p.name("bad"), SHA_256, 1)])
        out["good and bad"] = _describe(p, p.name("good"), p.name("bad"))
        out["nothing"] = _alter(p)
        out["describe no name"] = _describe(p, "")
    finally:
        for name in (a, p.name("good")):
            for m in (SHA_256, SHA_512):
                _alter(p, [(name, m)])
    return out


@case("access control lists without an authorizer")
def _(p):
    topic, out = p.topic(), {}
    for v in (1, 2, 3):
        out[f"v{v} describe"] = p.call("DescribeAcls", v, {"type": 1, "pattern": 1})
        out[f"v{v} create"] = p.call("CreateAcls", v, {"creations": [{"name": topic, "principal": "User:x", "host": "*"}] * 2})
        out[f"v{v} create none"] = p.call("CreateAcls", v, {"creations": []})
        out[f"v{v} delete"] = p.call("DeleteAcls", v, {"filters": [{"name": topic}, {"type": 1, "pattern": 1}]})
        out[f"v{v} delete none"] = p.call("DeleteAcls", v, {"filters": []})
        for field, value in (("type", 0), ("type", 99), ("pattern", 0), ("pattern", 2), ("operation", 0), ("permission", 0)):
            out[f"v{v} describe {field} {value}"] = p.call("DescribeAcls", v, {field: value})
            out[f"v{v} delete {field} {value}"] = p.call("DeleteAcls", v, {"filters": [{field: value}]})
            out[f"v{v} create {field} {value}"] = p.call("CreateAcls", v, {"creations": [
                {"name": topic, "principal": "User:x", "host": "*", field: value}]})
    return out


@case("delegation tokens without a secret key")
def _(p):
    out = {}
    for v in (1, 2, 3):
        out[f"create v{v}"] = p.call("CreateDelegationToken", v, {"renewers": [{"type": "User", "name": "x"}], "lifetime_ms": -1})
        out[f"describe v{v}"] = p.call("DescribeDelegationToken", v, {"owners": None})
        out[f"describe v{v} one"] = p.call("DescribeDelegationToken", v, {"owners": [{"type": "User", "name": "x"}]})
        if v < 3:
            out[f"renew v{v}"] = p.call("RenewDelegationToken", v, {"hmac": b"abc", "period_ms": 1000})
            out[f"expire v{v}"] = p.call("ExpireDelegationToken", v, {"hmac": b"abc", "period_ms": -1})
    return out
