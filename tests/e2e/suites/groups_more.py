"""Groups of other releases of Kafka's own client and of more libraries: what groups.py, groups_life.py and consumer_groups.py try with
the rest. MILLRACE_LONG=1 adds releases that lie between, and what takes long."""
import os

from . import consumer_groups, groups, groups_life
from .groups import MORE

LONG = os.environ.get("MILLRACE_LONG") == "1"
ONLY = os.environ.get("ONLY", "").split()
NAMES = ONLY or (list(MORE) if LONG else ["java2.1.1", "java4.4.0", "kafka-javascript", "platformatic"])
STATIC = [n for n in NAMES if n != "java2.1.1"]  # came with 2.3
COOPERATIVE = [n for n in NAMES if n != "java2.1.1"]  # came with 2.4
NEXT = [n for n in NAMES if n in ("java4.4.0", "kafka-javascript", "platformatic")]  # the new consumer protocol


def _suite(run):
    for name in NAMES:
        groups.client(run, name, *MORE[name])
        run.end_drivers()
    broker = run.broker("life-more")
    broker.start()
    life = groups_life.Life(run, broker)
    parts = [(groups_life._die, NAMES), (groups_life._static, STATIC), (groups_life._cooperative, COOPERATIVE), (groups_life._auto, NAMES)]
    if LONG:
        parts += [(groups_life._hang, [n for n in NAMES if n.startswith("java")]), (groups_life._restarts, NAMES)]
    for part, names in parts:
        part(life, names)
        run.end_drivers()
    broker.stop()
    scene = consumer_groups.Scene(run, "consumer_groups_more")
    for name in NEXT:
        consumer_groups._sharing(scene, name)
    scene.broker.stop()


_suite.needs = lambda: all([MORE[name][0]() for name in NAMES])
SUITES = {"groups_more": _suite}
