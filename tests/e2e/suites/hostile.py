"""Peers that mean no good. While they are at it, a well-behaved client must not notice, and the broker must not grow.

All of it stays on this machine, in bounded numbers, and ends by itself."""
import os
import random
import resource
import socket
import struct
import threading
import time

from lib import batch, wire
from lib.raw import Raw
from lib.report import Skip
from lib.target import wait_for

from .idle import rss_mib

SILENT, HALF, CLAIMS, RANDOM, FLIPPED, DEAF = 1000, 200, 50, 300, 600, 8
CROWD, NEARLY, NEARLY_BYTES = 120, 30, 8 << 20
MEMORY = 256 << 20
STALL_S = 3  # a good client's request never takes longer, but for what the machine itself takes meanwhile
FOR_EVER = {"retention.ms": -1}  # records tell an old time, and a look at retention comes 30 s after the start


class Friend(threading.Thread):
    """Writes and reads all the time; remembers its slowest request."""

    def __init__(self, address):
        super().__init__(daemon=True)
        self.address, self.count, self.slowest, self.broken = address, 0, 0.0, None
        self.stopping = threading.Event()

    def run(self):
        try:
            data = batch.make([batch.Record(b"k", b"v" * 100, 1_700_000_000_000)])
            with wire.Conn(self.address) as c:
                while not self.stopping.is_set():
                    start = time.monotonic()
                    got = c.call("Produce", 9, {"topics": [{"name": "friend", "partitions": [
                        {"index": 0, "records": data}]}]})["topics"][0]["partitions"][0]
                    if got["error"] != 0 or got["offset"] != self.count:
                        raise ValueError(f"record {self.count} was answered {got}")
                    read = c.call("Fetch", 12, {"min_bytes": 1, "topics": [{"name": "friend", "partitions": [
                        {"index": 0, "offset": self.count}]}]})["topics"][0]["partitions"][0]
                    if [b.base_offset for b in batch.split(read["records"])] != [self.count]:
                        raise ValueError(f"record {self.count} was read as {read}")
                    self.count += 1
                    self.slowest = max(self.slowest, time.monotonic() - start)
                    self.stopping.wait(0.005)
        except Exception as e:  # any failure is the finding
            self.broken = repr(e)


class Witness(threading.Thread):
    """How long the machine alone makes wait who writes a little, flushes it and sleeps, in the broker's own folder."""

    def __init__(self, folder):
        super().__init__(daemon=True)
        self.path, self.slowest, self.stopping = os.path.join(folder, "witness"), 0.0, threading.Event()

    def run(self):
        with open(self.path, "wb") as f:
            while not self.stopping.is_set():
                start = time.monotonic()
                f.seek(0)
                f.write(b"x" * 4096)
                f.flush()
                os.fdatasync(f.fileno())
                self.stopping.wait(0.02)
                self.slowest = max(self.slowest, time.monotonic() - start)


class Deaf:
    """A peer that asks for much, and reads none of it."""

    ASKS = 20

    def __init__(self, s, offset):
        body = wire.header("Fetch", 12, 1) + wire.encode("Fetch", 12, {"min_bytes": 1, "max_bytes": 50 << 20, "topics": [
            {"name": "big", "partitions": [{"index": 0, "offset": offset, "max_bytes": 50 << 20}]}]})
        self.one = struct.pack(">i", len(body)) + body
        self.left = b""
        self.socket = s
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.setblocking(False)

    def ask_until_refused(self, most):
        """How many more were taken whole."""
        self.socket.settimeout(0.2)
        for taken in range(most):
            try:
                self.socket.sendall(self.one)
            except OSError:
                return taken  # the broker stopped reading, or closed: both are right
        return most

    def ask(self):
        """Asks once more, or says the rest of what it could not say before."""
        self.left = self.left or self.one * self.ASKS
        try:
            self.left = self.left[self.socket.send(self.left):]
        except OSError:
            pass  # the broker stopped reading, or closed: both are right


class Hostile:
    def __init__(self, run):
        self.run = run
        self.broker = run.broker("hostile", {"millrace.memory.bytes": MEMORY} if run.kind == "millrace" else {})
        self.broker.start()
        self.raw = Raw(self.broker.address)
        self.raw.create("friend", 1, FOR_EVER)
        self.raw.create("big", 1, FOR_EVER)
        self.raw.produce("big", 0, batch.make([batch.Record(b"k", b"v" * 900_000, 1_700_000_000_000)]))
        host, port = self.broker.address.rsplit(":", 1)
        self.where = (host, int(port))
        self.pid = self.broker.process.pid

    def attack(self, name, work):
        with self.run.report.case(f"hostile: {name}") as case:
            friend = Friend(self.broker.address)
            friend.base = self.raw.end("friend", 0)
            friend.count = friend.base
            friend.start()
            witness = Witness(self.broker.folder)
            witness.start()
            wait_for("the friend's first requests", lambda: friend.count > friend.base + 5 or friend.broken)
            try:
                work(case)
                n = friend.count
                wait_for("the friend's requests afterwards", lambda: friend.count > n + 5 or friend.broken)
            finally:
                for t in (friend, witness):
                    t.stopping.set()
                    t.join(60)
            case.true(friend.broken is None, f"the well-behaved client: {friend.broken}")
            case.true(friend.slowest < STALL_S + witness.slowest, f"a request of the well-behaved client took {friend.slowest:.1f} s, "
                      f"a flush beside it {witness.slowest:.1f} s")
            case.true(self.broker.process.poll() is None and self.broker.process.pid == self.pid, "the broker is gone")
            rss = rss_mib(self.pid)
            if self.broker.kind == "millrace":
                case.true(rss < (MEMORY >> 20) + 64, f"{rss:.0f} MiB of memory, with a limit of {MEMORY >> 20}")
            self.run.report.say(f"     the other client's slowest request: {friend.slowest * 1000:.0f} ms, the slowest flush beside it "
                                f"{witness.slowest * 1000:.0f} ms, memory {rss:.0f} MiB")

    def connect(self):
        s = socket.create_connection(self.where, timeout=10)
        return s

    def hold(self, count, greeting=b""):
        """Connections that stay open while a new client comes and is served."""

        def work(case):
            held = []
            try:
                for _ in range(count):
                    s = self.connect()
                    s.sendall(greeting)
                    held.append(s)
                with wire.Conn(self.broker.address) as c:
                    case.equal(c.call("ApiVersions", 0)["error"], 0, "a new client")
                case.equal(len(held), count, "connections")
            finally:
                for s in held:
                    s.close()

        return work

    def outcomes(self, case, payloads, wait_s):
        """Send each payload on a connection of its own; every one must be answered, closed, or waited for in vain."""
        seen = {"answered": 0, "closed": 0, "silent": 0}
        for data in payloads:
            with self.connect() as s:
                s.settimeout(wait_s)
                try:
                    s.sendall(data)
                    seen["answered" if s.recv(1) else "closed"] += 1
                except (ConnectionResetError, BrokenPipeError):
                    seen["closed"] += 1
                except TimeoutError:
                    seen["silent"] += 1
        case.true(seen["answered"] + seen["closed"] > 0, f"nothing was answered or closed: {seen}")
        self.run.report.say(f"     {seen}")

    def random_bytes(self, case):
        rnd = random.Random("random bytes")
        # Half with a size that fits, so that they get past the frame.
        data = [rnd.randbytes(rnd.randrange(1, 400)) for _ in range(RANDOM)]
        self.outcomes(case, [struct.pack(">i", len(d)) + d if i % 2 else d for i, d in enumerate(data)], 0.05)

    def flipped_bits(self, case):
        rnd = random.Random("flipped bits")
        topic = {"name": "friend"}
        part = {"index": 0, "offset": 0, "timestamp": -1, "epoch": 0, "count": 2}
        bodies = {
            "Produce": {"topics": [{**topic, "partitions": [{"index": 9, "records": batch.make(
                [batch.Record(b"k", b"v", 5)])}]}]},
            "Fetch": {"topics": [{**topic, "partitions": [{"index": 0, "offset": 0}]}]},
            "ListOffsets": {"topics": [{**topic, "partitions": [{"index": 0, "timestamp": -1}]}]},
            "Metadata": {"topics": [topic], "auto_create": False}, "ApiVersions": {"software": "a", "version": "1"},
            "CreateTopics": {"topics": [{"name": "made", "partitions": 1}], "validate": True},
            "DescribeConfigs": {"resources": [{"type": 2, "name": "friend"}]},
            "OffsetForLeaderEpoch": {"topics": [{**topic, "partitions": [{"index": 0, "epoch": part["epoch"]}]}]},
            "InitProducerId": {}, "DescribeCluster": {}, "DescribeTopicPartitions": {"topics": [topic]},
            "DescribeLogDirs": {"topics": None}, "DescribeProducers": {"topics": [{**topic, "partitions": [0]}]},
        }
        payloads = []
        for _ in range(FLIPPED):
            name = rnd.choice(sorted(bodies))
            api = wire.APIS[name]
            version = rnd.randint(max(api.low, 3 if name in ("Produce", "Fetch") else 0), min(api.high, 12))
            frame = bytearray(wire.header(name, version, 1) + wire.encode(name, version, bodies[name]))
            for _ in range(rnd.randint(1, 8)):
                frame[rnd.randrange(2, len(frame))] ^= 1 << rnd.randrange(8)  # the key stays, so that the body is read
            payloads.append(struct.pack(">i", len(frame)) + frame)
        self.outcomes(case, payloads, 0.05)

    def deaf(self, case):
        """Peers that ask for megabytes, again and again, and never read an answer."""
        deafs, sent = [], 0
        try:
            for _ in range(DEAF):
                deafs.append(Deaf(self.connect(), 0))
                sent += deafs[-1].ask_until_refused(500)
            case.true(sent > DEAF, f"only {sent} requests were taken")
            with wire.Conn(self.broker.address) as c:
                case.equal(c.call("ApiVersions", 0)["error"], 0, "a new client")
        finally:
            for d in deafs:
                d.socket.close()

    def crowd(self, case):
        """Many that ask for a log larger than the broker's memory and never read; it makes room again by itself."""
        data = batch.make([batch.Record(b"k", b"v" * 900_000, 1_700_000_000_000)])
        for _ in range(MEMORY // 900_000 + 50):
            self.raw.produce("big", 0, data)
        deafs = []

        def told():
            for d in deafs:  # while there is no memory for more, an answer has no records: they ask again when there is
                d.ask()
            return "does not read what it asked for" in self.broker.log_text()

        try:
            for i in range(CROWD):
                deafs.append(Deaf(self.connect(), i * 2))
                deafs[-1].ask()
            if self.broker.kind == "millrace":
                wait_for("a line in the log", told, 120, step=0.5)
        finally:
            for d in deafs:
                d.socket.close()

    def nearly(self, case):
        """Many that send most of a large request, and then nothing."""
        held = []
        try:
            for _ in range(NEARLY):
                s = self.connect()
                s.settimeout(0.2)
                held.append(s)
                try:
                    s.sendall(struct.pack(">i", NEARLY_BYTES + 1000) + b"\0\0\0\x09" + bytes(NEARLY_BYTES))
                except (TimeoutError, OSError):
                    pass  # it reads no more than it has room for
            if self.broker.kind == "millrace":
                wait_for("a line in the log", lambda: "does not send what it announced" in self.broker.log_text(), 120)
            large = batch.make([batch.Record(b"k", b"v" * 900_000, 1_700_000_000_000)])
            case.true(self.raw.produce("big", 0, large) is not None, "a large request of another client")
        finally:
            for s in held:
                s.close()

    def tell(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < SILENT + 200:
            raise Skip(f"needs {SILENT + 200} open files, the limit is {hard}")
        resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, SILENT + 200), hard))
        self.attack(f"{SILENT} silent connections", self.hold(SILENT))
        self.attack(f"{HALF} halves of a request", self.hold(HALF, struct.pack(">i", 1000) + b"\0\3\0\1"))
        if self.broker.kind == "kafka":
            self.run.report.skip(f"hostile: {CLAIMS} claims of 100 MB", "Kafka allocates what a peer claims, until its heap ends")
        else:
            self.attack(f"{CLAIMS} claims of 100 MB", self.hold(CLAIMS, struct.pack(">i", 100_000_000) + b"\0\0\0\x09"))
        self.attack(f"{RANDOM} times random bytes", self.random_bytes)
        self.attack(f"{FLIPPED} requests with flipped bits", self.flipped_bits)
        self.attack(f"{DEAF} peers that never read", self.deaf)
        self.attack(f"{CROWD} peers that never read more than there is memory for", self.crowd)
        self.attack(f"{NEARLY} requests of which the end never comes", self.nearly)
        with self.run.report.case("hostile: nothing is lost, and the broker stops cleanly") as case:
            end = self.raw.end("friend", 0)
            found = self.raw.batches("friend", 0)
            case.equal([b.base_offset for b in found], list(range(end)), "offsets")
            case.true(end > 100, f"only {end} records of the well-behaved client")
            self.raw.close()
            case.equal(self.broker.stop(), 0, "status")


SUITES = {"hostile": lambda run: Hostile(run).tell()}
