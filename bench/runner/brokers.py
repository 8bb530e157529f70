"""Brokers under test: started on a data directory of their own, found by the port they listen on, stopped by pid."""
import os
import shutil
import signal
import socket
import struct
import subprocess
import time

from runner import procfs

HELLO = struct.pack(">hhih", 18, 3, 1, 5) + b"probe\0" + b"\6probe" + b"\0021" + b"\0"  # ApiVersions 3


def greet(s):
    """Asks a connection for ApiVersions and reads the answer; OSError if none comes."""
    s.sendall(struct.pack(">i", len(HELLO)) + HELLO)
    size = s.recv(4, socket.MSG_WAITALL)
    if len(size) < 4 or len(s.recv(struct.unpack(">i", size)[0], socket.MSG_WAITALL)) < 10:
        raise ConnectionError("no answer to ApiVersions")


class BrokerError(Exception):
    pass


class Broker:
    """name: what the table calls it. command(port, data): how it is started."""

    def __init__(self, name, home, port, environment=None):
        self.name, self.home, self.port = name, home, port
        self.environment = dict(os.environ, **(environment or {}))
        self.child = self.pid = None
        self.data = os.path.join(home, name)

    def command(self):
        raise NotImplementedError

    def start(self, fresh=True):
        """Starts it, on an empty directory if fresh. Returns the milliseconds to its first ApiVersions answer."""
        if fresh:
            self.wipe()
            os.makedirs(self.data)
        log = open(os.path.join(self.home, f"{self.name}.log"), "ab")
        from_s = time.monotonic()
        self.child = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                      env=self.environment)
        log.close()
        deadline = from_s + 120
        while not self.answers():
            if self.child.poll() is not None:
                raise BrokerError(f"{self.name} ended with {self.child.returncode}: {self.last_words()}")
            if time.monotonic() > deadline:
                self.stop()
                raise BrokerError(f"{self.name} did not answer within 120 s: {self.last_words()}")
            time.sleep(0.0005)
        ms = (time.monotonic() - from_s) * 1e3
        self.pid = procfs.listener(self.child.pid, self.port) or self.child.pid
        return ms

    def answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=5) as s:
                greet(s)
                return True
        except OSError:
            return False

    def last_words(self):
        return procfs.read(os.path.join(self.home, f"{self.name}.log"))[-500:].strip()

    def alive(self):
        return self.child is not None and self.child.poll() is None

    def stop(self, kill=False, seconds=60):
        """Killed when it has not ended by then; returns whether it ended by itself."""
        ended = True
        if self.child is None:
            return ended
        if self.alive():
            os.kill(self.pid or self.child.pid, signal.SIGKILL if kill else signal.SIGTERM)
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            ended = False
            self.child.kill()
            self.child.wait()
        self.child = self.pid = None
        return ended

    def wipe(self):
        shutil.rmtree(self.data, ignore_errors=True)


class Millrace(Broker):
    def __init__(self, name, home, port, program, overrides=()):
        super().__init__(name, home, port)
        self.program, self.overrides, self.settings = program, list(overrides), []

    def command(self):
        words = [self.program, "serve"]
        for pair in [f"listeners=PLAINTEXT://127.0.0.1:{self.port}", f"log.dirs={self.data}", *self.settings, *self.overrides]:
            words += ["--override", pair]
        return words


class Kafka(Broker):
    """log.segment.delete.delay.ms: deleted topics give their disk space back between runs, not a minute later."""

    def __init__(self, name, home, port, peer, overrides=()):
        super().__init__(name, home, port, {"PEER_HEAP": os.environ.get("PEER_HEAP", "1g")})
        self.peer, self.overrides = peer, ["log.segment.delete.delay.ms=1000", *overrides]

    def command(self):
        return [self.peer, "serve", str(self.port), self.data, *self.overrides]


class Fake(Broker):
    """The tests' broker in memory: only to try the runner itself."""

    def __init__(self, name, home, port, script):
        super().__init__(name, home, port)
        self.script = script

    def command(self):
        return ["python3", self.script, "--port", str(self.port)]


def make(name, root, build, home, port, extra):
    """The broker of that name. extra: name -> key=value settings from the command line."""
    overrides = extra.get(name, [])
    if name.split("@")[0] == "millrace":  # millrace@WORD: another one, with settings of its own
        program = os.path.join(build, "millrace")
        if not os.access(program, os.X_OK):
            raise BrokerError(f"{program} is missing: build it first")
        return Millrace(name, home, port, program, overrides)
    if name in ("kafka", "kafka-flush"):
        peer = os.environ.get("BENCH_PEER", os.path.join(root, "tests/e2e/peer"))
        flush = ["log.flush.interval.messages=1"] if name == "kafka-flush" else []
        return Kafka(name, home, port, peer, flush + overrides)
    if name.startswith("fake"):
        return Fake(name, home, port, os.path.join(root, "bench/tests/fake_broker.py"))
    raise BrokerError(f"no broker is called {name}: millrace, kafka, kafka-flush")
