"""Thousands of partitions: making them with few requests, writing to each, asking for their metadata. As bytes; nothing of the
brokers' own codecs is used."""
import struct
import time

from runner import transactions as txns
from runner.flexible import NO_TAGS, FlexibleWire, array, compact, numbers, uvarint
from runner.members import GroupError, data, text

PRODUCE, METADATA, CREATE_TOPICS = 0, 3, 19
REQUEST_PARTITIONS = 10000  # Kafka allows no more in one CreateTopics


def batch(size):
    """One record with a value of that size, of no producer."""
    return txns.batch(-1, -1, -1, b"v" * size, int(time.time() * 1000), 0)


def settled_rss_kib(pid, read, quiet_s=2.0, most_s=60.0):
    """Memory once it has stood still for a while."""
    end, last, since = time.monotonic() + most_s, read(pid), time.monotonic()
    while time.monotonic() - since < quiet_s and time.monotonic() < end:
        time.sleep(0.1)
        now = read(pid)
        if abs(now - last) > 64:
            last, since = now, time.monotonic()
    return read(pid)


class NotYet(GroupError):
    pass


class Maker:
    """One connection. topics: (name, partitions)."""

    configs = {}  # of the topics it makes

    def __init__(self, port):
        self.wire = FlexibleWire(port)
        self.wire.sock.settimeout(600)

    def create(self, topics):
        at = 0
        while at < len(topics):
            some, count = [], 0
            while at < len(topics) and count + topics[at][1] <= REQUEST_PARTITIONS:
                some.append(topics[at])
                count += topics[at][1]
                at += 1
            self.create_some(some)

    def create_some(self, topics):
        configs = array([compact(k) + compact(v) + NO_TAGS for k, v in self.configs.items()])
        asked = [compact(name) + struct.pack(">ih", partitions, 1) + array([]) + configs + NO_TAGS for name, partitions in topics]
        answer = self.wire.ask_flexible(CREATE_TOPICS, 7, array(asked) + struct.pack(">ib", 600000, 0))
        answer.take(">i")
        for _ in range(answer.count()):
            name = answer.compact()
            answer.at += 16
            error, why = answer.take(">h"), answer.compact()
            if error != 0:
                raise GroupError(f"topic {name}: error {error} {why}")
            answer.at += 6
            for _ in range(answer.count() or 0):
                answer.compact(), answer.compact()
                answer.at += 3
                answer.tags()
            answer.tags()

    def wait_leaders(self, count, seconds=600):
        """Until every partition has a leader."""
        end = time.monotonic() + seconds
        while True:
            try:
                found, size = self.metadata()
                if found >= count:
                    return found, size
            except GroupError:
                pass
            if time.monotonic() > end:
                raise GroupError(f"not all of {count} partitions have a leader after {seconds} s")
            time.sleep(0.05)

    def metadata(self, names=None):
        """(partitions, bytes of the answer): of these topics, or of all."""
        body = array(None if names is None else [b"\0" * 16 + compact(n) + NO_TAGS for n in names]) + b"\0\0"
        answer = self.wire.ask_flexible(METADATA, 12, body)
        answer.take(">i")
        for _ in range(answer.count()):
            answer.take(">i"), answer.compact(), answer.take(">i"), answer.compact(), answer.tags()
        answer.compact(), answer.take(">i")
        partitions = 0
        for _ in range(answer.count()):
            error, name = answer.take(">h"), answer.compact()
            answer.at += 17
            if error != 0:
                raise GroupError(f"topic {name}: error {error}")
            for _ in range(answer.count()):
                error, number, leader = answer.take(">h"), answer.take(">i"), answer.take(">i")
                answer.take(">i")
                for _ in range(3):
                    answer.numbers("i")
                answer.tags()
                if error != 0 or leader < 0:
                    raise GroupError(f"{name}-{number}: error {error}, leader {leader}")
                partitions += 1
            answer.take(">i"), answer.tags()
        return partitions, len(answer.frame)

    def produce(self, topics, records, partitions_a_request=1000):
        """One batch to each partition, acknowledged by all."""
        some, count = [], 0
        for name, partitions in topics:
            parts = [struct.pack(">i", i) + uvarint(len(records) + 1) + records + NO_TAGS for i in range(partitions)]
            some.append(compact(name) + array(parts) + NO_TAGS)
            count += partitions
            if count >= partitions_a_request:
                self.produce_again(some)
                some, count = [], 0
        if some:
            self.produce_again(some)

    def produce_again(self, some):
        end = time.monotonic() + 300
        while True:
            try:
                self.produce_some(some)
                return
            except NotYet:
                if time.monotonic() > end:
                    raise
                time.sleep(0.2)

    def produce_some(self, some):
        answer = self.wire.ask_flexible(PRODUCE, 9, compact(None) + struct.pack(">hi", -1, 60000) + array(some))
        for _ in range(answer.count()):
            name = answer.compact()
            for _ in range(answer.count()):
                number, error = answer.take(">i"), answer.take(">h")
                if error in (3, 5, 6):  # Kafka's broker learns of a partition after its controller
                    raise NotYet(f"{name}-{number}: error {error}")
                if error != 0:
                    raise GroupError(f"{name}-{number}: produce: error {error}")
                answer.at += 24
                if answer.count():
                    raise GroupError(f"{name}-{number}: records were refused")
                answer.compact(), answer.tags()
            answer.tags()
