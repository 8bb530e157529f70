"""Groups of other releases of Kafka's own client and of more libraries: what groups.py, groups_life.py and consumer_groups.py try with
the rest. MILLRACE_LONG=1 adds releases that lie between, and what takes long."""
import os

from lib import complaints

from . import consumer_groups, groups, groups_life
from .groups import MORE

LONG = os.environ.get("MILLRACE_LONG") == "1"
NAMES = [n for n in MORE if LONG or n not in ("java2.8.2", "java3.9.1")]
YOUNG = [n for n in NAMES if n != "java2.1.1"]  # static members came with 2.3, cooperative ones with 2.4
# What belongs to the parts that take long: brokers that go, members that hang or are replaced. A real Kafka has it said, too.
KNOWN = ["WARN Connection to node N N could not be established.", "WARN consumer poll timeout has expired.",
         "ERROR Caught fenced group.instance.id"]
NEXT = [n for n in YOUNG if n not in ("java2.8.2", "java3.9.1")]  # the new consumer protocol


def _suite(run):
    for name in NAMES:
        groups.client(run, name, *MORE[name])
        run.end_drivers()
    broker = run.broker("life-more")
    broker.start()
    life = groups_life.Life(run, broker)
    groups_life.die(life, NAMES)
    run.end_drivers()
    if LONG:
        for part, names in ((groups_life.static, YOUNG), (groups_life.cooperative, YOUNG), (groups_life.auto, NAMES),
                            (groups_life.hang, [n for n in NAMES if n.startswith("java")]), (groups_life.restarts, NAMES)):
            part(life, names)
            run.end_drivers()
    broker.stop()
    scene = consumer_groups.Scene(run, "consumer_groups_more")
    for name in NEXT:
        consumer_groups.sharing(scene, name)
        if LONG:
            consumer_groups.static(scene, name)
    scene.broker.stop()
    if "java4.4.0" in NAMES:
        with run.report.case("groups_more: java4.4.0: nobody complains in a log") as case:
            complaints.check(case, run, "java4.4.0", KNOWN)


_suite.needs = lambda: all([MORE[name][0]() for name in NAMES])
SUITES = {"groups_more": _suite}
