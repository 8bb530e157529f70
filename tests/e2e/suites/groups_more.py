"""Groups of other releases of Kafka's own client and of more libraries: what groups.py, groups_life.py and consumer_groups.py try with
the rest. MILLRACE_LONG=1 adds releases that lie between, and what takes long."""
from lib import complaints, toolchain
from lib.report import Skip
from lib.target import coordinators_compacted

from . import consumer_groups, groups, groups_life
from .groups import MORE

NAMES = [n for n in MORE if toolchain.LONG or n not in ("java2.8.2", "java3.9.1")]
# What belongs to the parts that take long: brokers that go, members that hang or are replaced. A real Kafka has it said, too.
KNOWN = ["WARN Connection to node N N could not be established.", "WARN Bootstrap broker N (id: N rack: null isFenced: false) disconnected",
         "WARN consumer poll timeout has expired.",
         "ERROR Caught fenced group.instance.id"]
OLDEST = ("java2.1.1",)  # static members came with 2.3, cooperative ones with 2.4
OLD = OLDEST + ("java2.8.2", "java3.9.1")  # without the new consumer protocol


def _here(run):
    """Those that can be installed here; the others are skipped by name."""
    names = []
    for name in NAMES:
        try:
            MORE[name][0]()
            names.append(name)
        except Skip as e:
            run.report.skip(f"groups_more: {name}", e)
    return names


def _suite(run):
    watch = complaints.Watch(run, "java4.4.0")
    names = _here(run)
    young = [n for n in names if n not in OLDEST]
    for name in names:
        groups.client(run, name, *MORE[name])
        run.end_drivers()
    broker = run.broker("life-more", coordinators_compacted(run))
    broker.start()
    life = groups_life.Life(run, broker)
    groups_life.die(life, names)
    run.end_drivers()
    if toolchain.LONG:
        for part, some in ((groups_life.static, young), (groups_life.cooperative, young), (groups_life.auto, names),
                           (groups_life.hang, [n for n in names if n.startswith("java")]), (groups_life.restarts, names)):
            part(life, some)
            run.end_drivers()
    broker.stop()
    scene = consumer_groups.Scene(run, "consumer_groups_more")
    for name in [n for n in names if n not in OLD]:
        consumer_groups.sharing(scene, name)
        if toolchain.LONG:
            consumer_groups.static(scene, name)
    scene.broker.stop()
    with run.report.case("groups_more: java4.4.0: nobody complains in a log") as case:
        watch.check(case, KNOWN)


_suite.needs = lambda: all([MORE[name][0]() for name in NAMES])
SUITES = {"groups_more": _suite}
