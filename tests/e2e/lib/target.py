"""The broker under test: millrace, a real Kafka (the peer), or one that runs already.

A broker that is started here lives in a folder of its own: data/, broker.log (all of its output, appended to at every
start), and for Kafka data.properties. stop() is SIGTERM and a wait, kill() is kill -9."""
import fcntl
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from . import wire
from .report import Failure

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ROOT = os.path.dirname(os.path.dirname(HERE))
PEER = os.path.join(HERE, "peer")
START_S = 240  # of a Kafka on a busy machine
_given = {}  # port -> its lock
STOP_S = 120
WAIT_S = 60  # for what takes a moment: a bound on a hang, no statement about speed


def free_port(first=19600, last=19798):
    """Even ports: the peer's controller takes the one after it. A port is this run's until free_ports() or its end: a lock on a file
    keeps other runs on this machine away, also while no broker listens there."""
    folder = os.path.join(tempfile.gettempdir(), "millrace-e2e-ports")
    os.makedirs(folder, exist_ok=True)
    for port in range(first, last, 2):
        if port in _given:
            continue
        lock = open(os.path.join(folder, str(port)), "w", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for p in (port, port + 1):
                with socket.socket() as s:
                    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                    s.bind(("127.0.0.1", p))
            _given[port] = lock
            return port
        except OSError:
            lock.close()
    raise Failure(f"no free port between {first} and {last}")


def free_ports(keep=()):
    """What a suite took is for others, once all that it started has ended: two runs side by side do not have enough for all of theirs."""
    for port in [p for p in _given if p not in keep]:
        _given.pop(port).close()


def wait_for(what, condition, seconds=WAIT_S, step=0.02):
    """Poll until condition() is true; the value it returned. what: a text, or what makes one when it is needed."""
    end = time.monotonic() + seconds
    while True:
        got = condition()
        if got:
            return got
        if time.monotonic() > end:
            raise Failure(f"{what() if callable(what) else what} did not happen within {seconds} s")
        time.sleep(step)


def coordinators_compacted(run):
    """Keys: the logs of groups and transactions are rolled and compacted all the time. Kafka has no segments as small as these."""
    if run.kind != "millrace":
        return {}
    return {"offsets.topic.segment.bytes": 16384, "transaction.state.log.segment.bytes": 16384, "log.cleaner.backoff.ms": 100,
            "log.cleaner.min.cleanable.ratio": 0.2, "log.cleaner.dedupe.buffer.size": 4 << 20}


class External:
    """A broker that someone else runs: only its address is known."""

    kind = "external"
    data = None

    def __init__(self, address):
        self.address = address

    def start(self):
        serves(self.address)

    def stop(self):
        pass


class Started:
    """What millrace and the peer have in common."""

    kind = None

    def __init__(self, folder, overrides=None, data=None, port=None):
        self.folder = folder
        self.data = data or os.path.join(folder, "data")
        self.log_path = os.path.join(folder, "broker.log")
        self.overrides = dict(overrides or {})
        self.port = port or free_port()
        self.address = f"127.0.0.1:{self.port}"
        self.process = None
        self.start_s = None  # the last start took this long
        os.makedirs(folder, exist_ok=True)

    def command(self):
        raise NotImplementedError

    def is_ready(self):
        raise NotImplementedError

    def spawn(self):
        """Start without waiting."""
        self.log_from = os.path.getsize(self.log_path) if os.path.exists(self.log_path) else 0
        self.spawned = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                                            cwd=self.folder)

    def start(self):
        self.spawn()
        self.wait_ready()

    def wait_ready(self):
        def ready():
            served = self.is_ready()
            if self.process.poll() is not None:
                raise Failure(f"the broker ended with {self.process.returncode} at its start: {self.log_tail()}")
            return served

        try:
            wait_for("the broker's readiness", ready, START_S, step=0.005)
        except Failure:
            self.kill()
            raise
        self.start_s = time.monotonic() - self.spawned

    def log_text(self):
        """What it said since its last start."""
        with open(self.log_path, "rb") as f:
            f.seek(self.log_from)
            return f.read().decode(errors="replace")

    def log_tail(self):
        return " | ".join(self.log_text().strip().splitlines()[-5:])

    def wait_exit(self, seconds=STOP_S):
        try:
            code = self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise Failure(f"the broker did not end within {seconds} s: {self.log_tail()}") from None
        self.process = None
        return code

    def stop(self):
        """A clean shutdown; the exit code."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        return self.wait_exit()

    def kill(self):
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def clear(self):
        """End it, and keep its logs only."""
        self.kill()
        shutil.rmtree(self.data, ignore_errors=True)


class Kafka(Started):
    kind = "kafka"

    def command(self):
        return [PEER, "serve", str(self.port), self.data] + [f"{k}={v}" for k, v in self.overrides.items()]

    def is_ready(self):
        """A new controller hands out producer ids a moment after the port opens."""
        try:
            with wire.Conn(self.address, timeout_s=5) as c:
                return c.call("InitProducerId", 4)["error"] == 0
        except (OSError, wire.Closed):
            return False

    def stop(self):
        code = super().stop()
        return 0 if code == 128 + signal.SIGTERM else code  # Java reports the signal of a clean end as its status


class Millrace(Started):
    kind = "millrace"
    binary = os.environ.get("MILLRACE", os.path.join(ROOT, "build", "millrace"))
    # What comes every few minutes, or hours, or after a while, comes all the time: for finding suites that pass because it rarely comes.
    RESTLESS = {"log.initial.task.delay.ms": 1000, "log.retention.check.interval.ms": 300, "millrace.scrub.delay.ms": 0,
                "offsets.retention.check.interval.ms": 500, "transaction.remove.expired.transaction.cleanup.interval.ms": 500,
                "log.cleaner.backoff.ms": 100}
    restless = False
    journal_bytes = 64 << 20  # a run starts dozens of brokers; the default would be 256 MiB of disk for each

    def __init__(self, folder, overrides=None, data=None, port=None, shards=2):
        super().__init__(folder, overrides, data, port)
        self.shards = shards

    def command(self):
        keys = {"listeners": f"PLAINTEXT://{self.address}", "log.dirs": self.data, "millrace.shards": self.shards,
                "group.initial.rebalance.delay.ms": 0,  # as the peer's
                "millrace.journal.bytes": self.journal_bytes}
        if self.restless:
            keys.update(self.RESTLESS)
        keys.update(self.overrides)
        return [self.binary, "serve"] + [x for k, v in keys.items() for x in ("--override", f"{k}={v}")]

    def is_ready(self):
        return "ready in" in self.log_text()

    def verify(self):
        """millrace verify on the closed (or crashed) directory: exit code and output."""
        done = subprocess.run([self.binary, "verify", self.data], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                              timeout=300, check=False)
        return done.returncode, done.stdout.decode(errors="replace").strip()


def serves(address):
    try:
        with wire.Conn(address, timeout_s=5) as c:
            c.call("ApiVersions", 0)
    except (OSError, wire.Closed) as e:
        raise Failure(f"no broker answers at {address}: {e!r}") from None
