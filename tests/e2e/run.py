#!/usr/bin/env python3
"""Run end-to-end suites, with clients that we did not write, against millrace, a real Kafka, or any broker that runs.

    tests/e2e/run.py                            every suite against build/millrace with 2 shards
    tests/e2e/run.py --shards 4 kcat java       two suites with 4 shards
    tests/e2e/run.py --but java trace           all but two
    tests/e2e/run.py --target kafka             the same against Apache Kafka 4.1.0: proves the suites themselves
    tests/e2e/run.py --bootstrap HOST:PORT kcat against a broker that runs already
    tests/e2e/run.py errors --only pattern      those cases of the suite errors that have this in their name
    tests/e2e/run.py --prepare                  install what the suites need: clients, compilers, Java
    tests/e2e/run.py --list

Prints PASS, FAIL or SKIP for each case and the counts; exits non-zero when a case failed, or none passed. Logs stay in
build/e2e/, and the data of suites in which a case failed (--keep: of all). See README.md beside this file."""
import argparse
import importlib
import os
import pkgutil
import shutil
import signal
import sys
import time
import traceback

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
sys.dont_write_bytecode = True

import suites  # noqa: E402
from lib import toolchain  # noqa: E402
from lib.driver import Driver  # noqa: E402
from lib.raw import Raw  # noqa: E402
from lib.report import Failure, Report, Skip  # noqa: E402
from lib.target import ROOT, External, Kafka, Millrace, free_ports  # noqa: E402


class Run:
    """What a suite gets: the report, a folder for its files, the shared broker, and more brokers when it needs its own."""

    def __init__(self, args, report):
        self.args, self.report = args, report
        # A folder for each kind of run, with what the last one left.
        shape = "external" if args.bootstrap else "kafka" if args.target == "kafka" else f"millrace-{args.shards}"
        self.folder = os.path.join(os.path.abspath(args.out), "-".join([shape, *(["but"] if args.but else []), *args.suites])[:100])
        self.tag = f"{os.getpid():x}{int(time.time()) & 0xFFFF:x}"
        self.kind = "external" if args.bootstrap else args.target
        self.brokers, self.drivers = [], []
        self.shared = self._reader = None
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder, exist_ok=True)  # a file system of a killed run may hold it

    @property
    def target(self):
        """The broker that the suites share, with default settings; started when first asked for."""
        if self.shared is None:
            if self.args.bootstrap:
                self.shared = External(self.args.bootstrap)
                self.shared.start()
            else:
                self.shared = self.broker("shared")
                self.shared.journal_bytes = 256 << 20  # the default: clients send it 10 MiB at once
                self.shared.start()
            self._raw = Raw(self.shared.address)
        return self.shared

    @property
    def raw(self):
        _ = self.target
        return self._raw

    def broker(self, name, overrides=None, kind=None, data=None, clear=True):
        """A broker of the target's kind (or another) in a folder of its own; the caller starts it, the run ends it."""
        kind = kind or self.kind
        if kind == "external":
            raise Skip("needs a broker that it can start and stop")
        folder = os.path.join(self.folder, f"{name}-{kind}" if kind != self.kind else name)
        if clear:
            shutil.rmtree(folder, ignore_errors=True)
        if kind == "kafka":
            broker = Kafka(folder, overrides, data)
        else:
            if not os.path.exists(Millrace.binary):
                raise Skip(f"{Millrace.binary} is not built")
            broker = Millrace(folder, overrides, data, shards=self.args.shards)
        self.brokers.append(broker)
        return broker

    def driver(self, name, command):
        d = Driver(name, command, self.target.address, os.path.join(self.folder, f"driver-{name}.log"))
        self.drivers.append(d)
        return d

    def reader(self):
        """A client that reads for those which cannot read assigned partitions."""
        if self._reader is None:
            self._reader = Reading(self.driver("reader", toolchain.python_driver("confluent", "confluent-kafka==2.16.1")))
        return self._reader

    def end_drivers(self):
        for d in self.drivers:
            d.close()
        self.drivers, self._reader = [], None

    def end_suite(self, failed):
        """A failed suite leaves its brokers' data to be looked at, any other only logs."""
        self.end_drivers()
        for b in [b for b in self.brokers if b is not self.shared]:
            self.brokers.remove(b)
            b.kill() if failed or self.args.keep else b.clear()
        free_ports({b.port for b in self.brokers if b.kind != "external"})

    def end(self):
        self.end_drivers()
        for b in self.brokers:
            b.kill() if self.report.failed or self.args.keep else b.clear()


class Reading:
    def __init__(self, driver):
        self.driver = driver

    def fetch(self, topic, path, wants, **more):
        from lib import records

        self.driver.do("fetch", topic=topic, file=path, **more,
                       **{"from": [[p, offset, count] for p, (offset, count) in wants.items()]})
        return records.read(path)


def find_suites():
    """Each module in suites/ has SUITES: {name: function(run)}; what a function needs to be installed, its `needs` installs."""
    found = {}
    for module in sorted(m.name for m in pkgutil.iter_modules(suites.__path__)):
        found.update(importlib.import_module(f"suites.{module}").SUITES)
    return found


def prepare(report, suites):
    """Install what the suites need: it may take minutes the first time, and no suite's limit should have to allow for it."""
    for name, function in suites.items():
        if hasattr(function, "needs"):
            with report.case(f"what {name} needs") as case:
                case.true(function.needs(), f"there is no {name}")
    report.finish()
    return 1 if report.failed else 0  # what cannot be had is told here, and skips its suite later


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("suites", nargs="*", metavar="SUITE")
    p.add_argument("--but", action="store_true", help="every suite but the named ones")
    p.add_argument("--list", action="store_true", help="name the suites")
    p.add_argument("--prepare", action="store_true", help="install what the suites need, and run none")
    p.add_argument("--target", choices=["millrace", "kafka"], default="millrace")
    p.add_argument("--bootstrap", metavar="HOST:PORT", help="use this broker and start none")
    p.add_argument("--shards", type=int, default=2, help="millrace.shards (2)")
    p.add_argument("--restless", action="store_true", help="the broker's background jobs come all the time")
    p.add_argument("--keep", action="store_true", help="keep the data of suites that passed, too")
    p.add_argument("--strict", action="store_true", help="a skipped case fails the run")
    p.add_argument("--refresh", action="store_true", help="record the golden answers anew, from a real Kafka")
    p.add_argument("--only", metavar="TEXT", default="", help="of the suite errors only the cases whose name has this in it")
    p.add_argument("--out", default=os.path.join(ROOT, "build", "e2e"), help="logs and data (build/e2e)")
    args = p.parse_args()

    os.environ.update(LC_ALL="C.UTF-8", TZ="UTC")  # tools write numbers and times as these say
    signal.signal(signal.SIGINT, signal.default_int_handler)  # who is run in the background has it ignored, and so would its clients
    known = find_suites()
    if args.list:
        print("\n".join(known))
        return 0
    for name in args.suites:
        if name not in known:
            p.error(f"no suite {name!r}; there are {', '.join(known)}")
    chosen = [name for name in known if (name in args.suites) != args.but] if args.suites else list(known)

    Millrace.restless = args.restless
    report = Report(args.strict)
    if args.prepare:
        return prepare(report, {name: known[name] for name in chosen})
    run = Run(args, report)
    try:
        for name in chosen:
            start, failed = time.monotonic(), report.failed
            try:
                known[name](run)
            except Skip as e:
                report.skip(name, e)
            except Failure as e:
                report.failed += 1
                report.say(f"FAIL {name}: {e}")
            except Exception as e:  # pylint: disable=broad-exception-caught # a bug of one suite does not take the others with it
                report.failed += 1
                traceback.print_exc(file=sys.stdout)
                report.say(f"FAIL {name}: the suite itself: {e!r}")
            run.end_suite(report.failed > failed)
            report.say(f"---- {name}: {time.monotonic() - start:.1f} s")
    finally:
        run.end()
    if report.failed and run.shared is not None and run.shared.kind != "external":
        report.say(f"the broker's log: {run.shared.log_path}")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
