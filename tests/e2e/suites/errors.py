"""The same requests, good and bad, as a real Kafka answered them (golden/answers.json).

    run.py errors                                 compare; needs no Java
    run.py --target kafka --refresh errors        record anew, from a real Kafka 4.1.0, twice: both must agree
    ... errors --only TEXT                        only the cases whose name has TEXT in it; the others' answers stay

golden/deliberate.json lists where millrace differs on purpose, with the reason; one that differs no more fails."""
import json
import os

from lib import cases  # noqa: F401
from lib.probe import CASES, run_case
from lib.report import Failure

DELIBERATE = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "deliberate.json")
GOLDEN = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "golden", "answers.json")


def normal(outcome):
    """As JSON tells it: keys are text, tuples are lists."""
    return json.loads(json.dumps(outcome))


def differences(got, want, path="", texts=None):
    """Lines that say where two outcomes differ. Texts for people (message) go to the list texts instead."""
    if want == "no answer":
        return  # Kafka itself leaves the client waiting: nothing to be compatible with
    if isinstance(got, dict) and isinstance(want, dict):
        for k in sorted(set(got) | set(want)):
            here = f"{path}/{k}"
            if k not in got:
                yield f"{here}: missing, want {_short(want[k])}"
            elif k not in want:
                yield f"{here}: {_short(got[k])}, want nothing"
            elif k == "message" and got[k] != want[k] and texts is not None:
                texts.append(f"{here}: {got[k]!r}, Kafka says {want[k]!r}")
            else:
                yield from differences(got[k], want[k], here, texts)
    elif isinstance(got, list) and isinstance(want, list) and len(got) == len(want):
        for i, (a, b) in enumerate(zip(got, want)):
            yield from differences(a, b, f"{path}[{i}]", texts)
    elif got != want:
        yield f"{path}: {_short(got)}, want {_short(want)}"


def _short(x):
    text = json.dumps(x)
    return text if len(text) < 200 else text[:200] + "..."


def _but_for(found, allowed, used):
    """Those that deliberate.json does not explain; an entry is the beginning of a line."""
    left = []
    for line in found:
        reasons = [a for a in allowed if line.startswith(a)]
        used.update(reasons)
        if not reasons:
            left.append(line)
    return left


def _chosen(run):
    return [name for name in CASES if run.args.only in name]


def _broker(run):
    """One of its own: what these cases leave behind (a group without a name) is a trouble to tools that look at all there is."""
    if run.kind == "external":
        return run.target
    broker = run.broker("errors")
    broker.restless = False  # its settings are among what is compared
    broker.start()
    return broker


def _compare(run):
    with open(GOLDEN, encoding="utf-8") as f:
        golden = json.load(f)
    with open(DELIBERATE, encoding="utf-8") as f:
        deliberate = json.load(f) if run.kind == "millrace" else {}
    texts = []
    address = _broker(run).address
    with run.report.case("errors: every recorded answer has its case") as case:
        case.equal(sorted((set(golden) | set(deliberate)) - set(CASES) - {"the messages are Kafka's"}), [], "cases that are gone")
    for name in _chosen(run):
        with run.report.case(f"errors: {name}") as case:
            case.true(name in golden, "not in the golden file: run with --target kafka --refresh")
            mine = []
            found = list(differences(normal(run_case(address, run.tag, name)), golden[name], "", mine))
            texts += [f"{name} {t}" for t in mine]
            allowed, used = deliberate.get(name, {}), set()
            found = _but_for(found, allowed, used)
            found += [f"no longer different: {a}" for a in allowed if a not in used]
            case.true(not found, "\n    ".join([f"{len(found)} differences"] + found[:25]))
    with run.report.case("errors: the messages are Kafka's") as case:
        texts = _but_for(texts, deliberate.get("the messages are Kafka's", {}), set())
        case.true(not texts, "\n    ".join([f"{len(texts)} differences"] + texts[:60]))


def _refresh(run):
    if run.kind == "millrace":
        raise Failure("--refresh records from --target kafka, or a real Kafka at --bootstrap")
    address, out = _broker(run).address, {}
    if run.args.only:
        with open(GOLDEN, encoding="utf-8") as f:
            out = {k: v for k, v in json.load(f).items() if k in CASES}
    for name in _chosen(run):
        with run.report.case(f"errors: recorded {name}") as case:
            first, second = (normal(run_case(address, f"{run.tag}{n}", name)) for n in ("a", "b"))
            found = list(differences(first, second))
            case.true(not found, "not the same twice:\n    " + "\n    ".join(found[:10]))
            out[name] = first
    if run.report.failed == 0:
        with open(GOLDEN, "w", encoding="utf-8") as f:
            f.write(written(out))


def written(golden):
    """JSON with a line for each answer, so that a change shows as the lines that changed."""
    def line(x):
        return json.dumps(x, sort_keys=True, ensure_ascii=False)

    def case(outcome):
        if not isinstance(outcome, dict):
            return line(outcome)
        return "{\n" + ",\n".join(f"  {line(k)}: {line(outcome[k])}" for k in sorted(outcome)) + "\n }"

    return "{\n" + ",\n".join(f" {line(name)}: {case(golden[name])}" for name in sorted(golden)) + "\n}\n"


def _suite(run):
    (_refresh if run.args.refresh else _compare)(run)


SUITES = {"errors": _suite}
