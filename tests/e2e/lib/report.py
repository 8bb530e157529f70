"""What a run says: one line for each case, PASS, FAIL or SKIP, and a closing line with the counts.

A case that compared nothing fails: a suite that checks nothing is a defect."""
import os
import sys
import time
import traceback


class Failure(Exception):
    """The broker (or a client) did not do what the case expects."""


class Skip(Exception):
    """The case cannot run here; the text says why."""


class Case:
    """Count of what was compared, and the comparisons themselves."""

    def __init__(self):
        self.compared = 0

    def equal(self, got, want, what):
        self.compared += 1
        if got != want:
            raise Failure(f"{what}: got {_short(got)}, want {_short(want)}")

    def true(self, ok, what):
        self.compared += 1
        if not ok:
            raise Failure(what)


def _short(x):
    text = repr(x)
    return text if len(text) < 600 else f"{text[:300]} ... {text[-200:]} ({len(text)} characters)"


class Report:
    def __init__(self, strict=False):
        self.strict = strict  # a skipped case fails the run
        self.passed = self.failed = self.skipped = 0
        self.prefix = ""

    def say(self, text):
        print(text, flush=True)

    def case(self, name):
        return _Running(self, f"{self.prefix}{name}")

    def skip(self, name, why):
        self.skipped += 1
        self.say(f"SKIP {self.prefix}{name}: {why}")

    def finish(self):
        self.say(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed or self.passed == 0 or (self.strict and self.skipped) else 0

    def play(self, name, scenario, keep):
        """scenario.run() against scenario.broker, whose data stay when it failed or keep says so. Ends the process at once: a thread of
        the scenario's may wait for a broker that is gone."""
        try:
            scenario.run()
        except Failure as e:
            self.failed += 1
            self.say(f"FAIL {self.prefix}{name}: {e}")
        finally:
            if self.failed or keep or sys.exc_info()[0] is not None:
                scenario.broker.kill()
            else:
                scenario.broker.clear()
        code = self.finish()
        sys.stdout.flush()
        os._exit(code)


class _Running:
    def __init__(self, report, name):
        self.report, self.name, self.case = report, name, Case()

    def __enter__(self):
        self.start = time.monotonic()
        return self.case

    def __exit__(self, kind, error, trace):
        r, took = self.report, f"({time.monotonic() - self.start:.1f} s)"
        if kind is None and self.case.compared == 0:
            kind, error = Failure, Failure("the case compared nothing")
        if kind is None:
            r.passed += 1
            r.say(f"PASS {self.name} {took}")
            return True
        if not issubclass(kind, Exception):
            return False  # an interrupt ends the run
        if issubclass(kind, Skip):
            r.skipped += 1
            r.say(f"SKIP {self.name}: {error}")
            return True
        r.failed += 1
        r.say(f"FAIL {self.name} {took}: {kind.__name__ if kind is not Failure else ''} {error}")
        if not issubclass(kind, Failure):
            traceback.print_exception(kind, error, trace, file=sys.stdout)
        return True
