"""Transactional producers, as bytes: one connection each, one request at a time on it, all in one thread.

version 2 (KIP-890): produce, commit offsets, EndTxn 5. version 1: AddPartitionsToTxn and AddOffsetsToTxn before, EndTxn 4. A
refusal that a client repeats (the transaction before is not over) is repeated after 20 ms, which is what the Java producer waits."""
import heapq
import selectors
import struct
import time

from runner.flexible import NO_TAGS, FlexibleWire, array, compact, numbers
from runner.members import LOADING, NOT_AVAILABLE, NOT_COORDINATOR, GroupError, text

PRODUCE, LIST_OFFSETS, FIND, INIT, ADD_PARTITIONS, ADD_OFFSETS, END, COMMIT_OFFSETS = 0, 2, 10, 22, 24, 25, 26, 28
VERSIONS = {1: {PRODUCE: 11, INIT: 4, ADD_PARTITIONS: 3, ADD_OFFSETS: 3, END: 4, COMMIT_OFFSETS: 4},
            2: {PRODUCE: 12, INIT: 5, END: 5, COMMIT_OFFSETS: 5}}
CONCURRENT = 51
AGAIN = {CONCURRENT, LOADING, NOT_AVAILABLE, NOT_COORDINATOR, 3}  # and topics that are new
AGAIN_S = 0.020
OPEN_MAX_S = 60


class TxnError(GroupError):
    pass


def crc_table():
    out = []
    for n in range(256):
        for _ in range(8):
            n = n >> 1 ^ (0x82F63B78 if n & 1 else 0)
        out.append(n)
    return out


CRC = crc_table()


def crc32c(b):
    crc = 0xFFFFFFFF
    for byte in b:
        crc = crc >> 8 ^ CRC[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def zigzag(n):
    n = n << 1 if n >= 0 else (-n << 1) - 1
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


TRANSACTIONAL = 0x10


def batch(producer_id, epoch, sequence, value, now_ms, attributes=TRANSACTIONAL):
    """One record without a key (KIP-98)."""
    record = b"\0" + zigzag(0) + zigzag(0) + zigzag(-1) + zigzag(len(value)) + value + zigzag(0)
    body = struct.pack(">hiqqqhii", attributes, 0, now_ms, now_ms, producer_id, epoch, sequence, 1) + zigzag(len(record)) + record
    return struct.pack(">qiibI", 0, len(body) + 9, -1, 2, crc32c(body)) + body


class TxnProducer:
    """steps(): the requests of one transaction, in their order, each as (key, body)."""

    def __init__(self, port, name, topic, partitions, offsets, version, value_bytes):
        self.wire, self.name, self.version = FlexibleWire(port, name), name, version
        self.topic, self.partitions, self.offsets = topic, partitions, offsets
        self.value = b"v" * value_bytes
        self.sequence = self.done = self.refused = 0
        self.commit_s, self.whole_s = [], []
        self.todo = []

    def send(self, key, body):
        self.wire.send_flexible(key, VERSIONS[self.version][key], body)

    def start(self):
        """Finds its coordinator and gets its id."""
        body = compact(self.name) + struct.pack(">iqh", OPEN_MAX_S * 1000, -1, -1)
        self.find(self.name, b"\1")
        if self.offsets > 0:
            self.find(self.name + "-g", b"\0")
        end = time.monotonic() + 60
        while True:
            self.send(INIT, body)
            a = self.wire.receive_flexible()
            a.take(">i")
            error = a.take(">h")
            if error == 0:
                self.id, self.epoch = a.take(">q"), a.take(">h")
                return
            if error not in AGAIN or time.monotonic() > end:
                raise TxnError(f"InitProducerId: error {error}")
            time.sleep(0.02)

    def find(self, name, kind):
        """Asked so that the broker makes its internal topic."""
        head = struct.pack(">hhih", FIND, 1, 1, 5) + b"bench"
        body = head + text(name) + kind
        end = time.monotonic() + 60
        while True:
            self.wire.sock.sendall(struct.pack(">i", len(body)) + body)
            a = self.wire.receive()
            a.take(">i")
            error = a.take(">h")
            if error == 0:
                return
            if error not in AGAIN or time.monotonic() > end:
                raise TxnError(f"FindCoordinator: error {error}")
            time.sleep(0.02)

    def whose(self):
        return struct.pack(">qh", self.id, self.epoch)

    def steps(self):
        me, parts = compact(self.name), self.partitions
        group = compact(self.name + "-g")
        out = []
        if self.version == 1:
            out.append((ADD_PARTITIONS, me + self.whose() + array([compact(self.topic) + numbers("i", parts) + NO_TAGS])))
        records = compact(batch(self.id, self.epoch, self.sequence, self.value, int(time.time() * 1e3)))
        out.append((PRODUCE, me + struct.pack(">hi", -1, 30_000) + array([compact(self.topic) + array(
            [struct.pack(">i", p) + records + NO_TAGS for p in parts]) + NO_TAGS])))
        if self.offsets > 0:
            if self.version == 1:
                out.append((ADD_OFFSETS, me + self.whose() + group))
            each = [struct.pack(">iqi", p, self.done, -1) + compact("") + NO_TAGS for p in range(self.offsets)]
            out.append((COMMIT_OFFSETS, me + group + self.whose() + struct.pack(">i", -1) + compact("") + b"\0" +
                        array([compact(self.topic) + array(each) + NO_TAGS])))
        out.append((END, me + self.whose() + b"\1"))
        return out

    def begin(self):
        self.todo = self.steps()
        self.begun = time.monotonic()
        self.ask()

    def ask(self):
        self.asked = time.monotonic()
        self.send(*self.todo[0])

    def answered(self):
        """Reads an answer. True: the transaction is over; False: it goes on; None: to be asked again in a while."""
        key = self.todo[0][0]
        a = self.wire.receive_flexible()
        errors = self.errors(key, a)
        if errors - {0}:
            if errors - {0} <= AGAIN and time.monotonic() < self.begun + OPEN_MAX_S:
                if key == PRODUCE and 0 in errors:
                    raise TxnError(f"half a produce request is refused: {errors}")
                self.refused += 1
                return None
            raise TxnError(f"request {key}: errors {errors}")
        self.todo.pop(0)
        if self.todo:
            self.ask()
            return False
        now = time.monotonic()
        self.commit_s.append(now - self.asked)
        self.whole_s.append(now - self.begun)
        self.done += 1
        if self.version == 2:
            self.id, self.epoch, self.sequence = a.take(">q"), a.take(">h"), 0
        else:
            self.sequence += 1
        return True

    @staticmethod
    def errors(key, a):
        found = set()
        if key == PRODUCE:
            for _ in range(a.count()):
                a.compact()
                for _ in range(a.count()):
                    a.take(">i")
                    found.add(a.take(">h"))
                    for _offset_time_start in range(3):
                        a.take(">q")
                    for _ in range(a.count() or 0):
                        a.take(">i")
                        a.compact()
                        a.tags()
                    a.compact()
                    a.tags()
                a.tags()
            return found
        a.take(">i")
        if key in (ADD_OFFSETS, END):
            return {a.take(">h")}
        for _ in range(a.count()):
            a.compact()
            for _ in range(a.count()):
                a.take(">i")
                found.add(a.take(">h"))
                a.tags()
            a.tags()
        return found


def run(producers, seconds):
    """Each begins its next transaction when the last was answered, and ends the one it is in. Seconds it took."""
    poll, later = selectors.DefaultSelector(), []
    begin = time.monotonic()
    end, busy = begin + seconds, len(producers)
    for i, p in enumerate(producers):
        poll.register(p.wire.sock, selectors.EVENT_READ, (i, p))
        p.begin()
    while busy > 0:
        wait = max(0.0, later[0][0] - time.monotonic()) if later else OPEN_MAX_S
        ready = poll.select(wait)
        if not ready and not later:
            raise TxnError(f"no answer within {OPEN_MAX_S} s")
        for key, _events in ready:
            i, p = key.data
            over = p.answered()
            if over is None:
                heapq.heappush(later, (time.monotonic() + AGAIN_S, i))
            elif over and time.monotonic() < end:
                p.begin()
            elif over:
                busy -= 1
        while later and later[0][0] <= time.monotonic():
            producers[heapq.heappop(later)[1]].ask()
    poll.close()
    return time.monotonic() - begin


def committed_ends(wire, topic, partitions):
    """Where a read_committed reader of each partition has to stop, all together."""
    body = struct.pack(">ibi", -1, 1, 1) + text(topic) + struct.pack(">i", partitions)
    body += b"".join(struct.pack(">iq", p, -1) for p in range(partitions))
    head = struct.pack(">hhih", LIST_OFFSETS, 2, 1, 5) + b"bench"
    wire.sock.sendall(struct.pack(">i", len(head) + len(body)) + head + body)
    a = wire.receive()
    a.take(">i")
    a.take(">i")
    a.text()
    total = 0
    for _ in range(a.take(">i")):
        a.take(">i")
        error = a.take(">h")
        a.take(">q")
        if error != 0:
            raise TxnError(f"ListOffsets: error {error}")
        total += a.take(">q")
    return total


def check(producers, topic, partitions):
    """Each transaction put a record and a marker into each of its partitions, and nothing else is there."""
    want, end = sum(p.done * len(p.partitions) * 2 for p in producers), time.monotonic() + 30
    while (got := committed_ends(producers[0].wire, topic, partitions)) != want:
        if got > want or time.monotonic() > end:
            raise TxnError(f"{got} of {want} records and markers can be read")
        time.sleep(0.05)
