"""One script of requests, bad and good, whose answers are compared between brokers.

A case is a function of a Probe; what it returns (dicts, lists, numbers, text) is its outcome, after clean() has taken out
what differs from run to run: ids become names, times become distances, record data becomes a short description."""
import re
import time
import uuid

from . import batch, wire
from .raw import Raw
from .target import wait_for

CASES = {}
DAY_MS = 86_400_000
ANSWER_S = 8


def case(name):
    def register(function):
        if name in CASES:
            raise ValueError(f"two cases are called {name}")
        CASES[name] = function
        return function

    return register


def own(name):
    """Whether a config is our own: Kafka cannot know it."""
    return name.startswith("millrace.")


def told(partition):
    """A partition's part of a produce answer. Beside an error, Kafka's log start depends on how far the batch came."""
    if partition["error"] != 0:
        partition.pop("log_start", None)
    return partition


class Probe:
    def __init__(self, address, tag, name):
        self.address, self.raw = address, Raw(address)
        self.prefix = f"e{tag}-" + "".join(c if c.isalnum() else "-" for c in name)[:60] + "-"
        self.base = int(time.time()) * 1000 - 3_600_000
        self.producers = {}
        self.conn = self.marker = None
        self.settled = 0

    def close(self):
        self.raw.close()
        if self.conn is not None:
            self.conn.close()

    # --- set up

    def name(self, suffix):
        return self.prefix + suffix

    def topic(self, suffix="t", partitions=1, **configs):
        name = self.name(suffix)
        self.raw.create(name, partitions, {k.replace("_", "."): v for k, v in configs.items()})
        return name

    def id(self, topic):
        return self.raw.topic(topic)["id"]

    def records(self, n=1, key=b"k", value=b"v", at=0):
        return [batch.Record(key, value, self.base + at + i) for i in range(n)]

    def batch(self, n=1, **how):
        return batch.make(self.records(n), **how)

    def producer(self):
        return self.raw.call("InitProducerId", 4)["id"]

    def settle(self):
        """Wait until the broker acts on all metadata that was acknowledged so far: it does so in order."""
        if self.marker is None:
            self.marker = self.topic("marker")
        self.settled += 1
        self.raw.call("IncrementalAlterConfigs", 1, {"resources": [{"name": self.marker, "configs": [
            {"name": "retention.ms", "op": 0, "value": str(self.settled)}]}]})
        wait_for("the marker", lambda: self.raw.configs(self.marker, "retention.ms")["retention.ms"] == str(self.settled))

    # --- ask

    def connection(self):
        if self.conn is None:
            self.conn = wire.Conn(self.address, timeout_s=ANSWER_S)
        return self.conn

    def ask(self, api, version, body=None, client="e2e"):
        """The answer as a dict, "closed" or "no answer"; the next request then uses a new connection."""
        try:
            return self.connection().call(api, version, body, client)
        except (wire.Closed, TimeoutError) as e:
            self.conn.close()
            self.conn = None
            return "closed" if isinstance(e, wire.Closed) else "no answer"

    def call(self, api, version, body=None, client="e2e"):
        return self.clean(self.ask(api, version, body, client))

    def frame(self, payload, size=None):
        """Send bytes on a connection of their own: the answer's bytes after the correlation id, or "closed"."""
        with wire.Conn(self.address, timeout_s=ANSWER_S) as c:
            try:
                c.send_raw((len(payload) if size is None else size).to_bytes(4, "big", signed=True) + payload)
                return c.recv_frame()[4:].hex()
            except wire.Closed:
                return "closed"
            except TimeoutError:
                return "no answer"

    def produce(self, topic, data, version=9, partition=0, acks=-1):
        """The one partition's part of the answer."""
        which = {"id": self.id(topic)} if version >= 13 else {"name": topic}
        answer = self.ask("Produce", version, {"acks": acks, "topics": [
            {**which, "partitions": [{"index": partition, "records": data}]}]})
        if isinstance(answer, str):
            return answer
        return self.clean(told(answer["topics"][0]["partitions"][0]))

    def fetch(self, topic, offset=0, version=12, partition=0, **more):
        which = {"id": self.id(topic)} if version >= 13 else {"name": topic}
        body = {"wait_ms": more.pop("wait_ms", 0), "min_bytes": more.pop("min_bytes", 1),
                "isolation": more.pop("isolation", 0)}
        answer = self.ask("Fetch", version, {**body, "topics": [
            {**which, "partitions": [{"index": partition, "offset": offset, **more}]}]})
        if isinstance(answer, str):
            return answer
        return self.clean(answer["topics"][0]["partitions"][0])

    def log(self, topic, partition=0):
        """All batches; one fetch need not bring more than one segment's."""
        return [self.describe(b) for b in self.raw.batches(topic, partition, self.raw.start(topic, partition))]

    # --- tell

    def alias(self, producer):
        return producer if producer < 0 else self.producers.setdefault(producer, f"P{len(self.producers) + 1}")

    def clean(self, x, key=None):
        if isinstance(x, dict):
            out = {k: self.clean(v, k) for k, v in x.items() if k != "throttle_ms"}
            if "producer" in out and isinstance(out["producer"], int):
                out["producer"] = self.alias(x["producer"])
            return out
        if isinstance(x, (list, tuple)):
            return [self.clean(v) for v in x]
        if isinstance(x, uuid.UUID):
            return "none" if x == wire.NO_ID else "ID"
        if isinstance(x, bytes):
            return [self.describe(b) for b in batch.split(x)]
        if isinstance(x, str):
            if key == "message":  # a text for people may tell times, and which cluster this is
                x = re.sub(r'(the cluster id )"[\w-]{22}"', r'\1"CLUSTER"', re.sub(r"\d{13,}", "#", x))
            return "CLUSTER" if key == "cluster" else x.replace(self.prefix, "T-")
        if key == "session" and x != 0:
            return "SESSION"
        if key == "port":
            return "PORT" if x == int(self.address.rsplit(":", 1)[1]) else x
        if isinstance(x, int) and not isinstance(x, bool) and abs(x - self.base) < 3 * DAY_MS:
            now = int(time.time() * 1000)
            return "NOW" if abs(x - now) < 60_000 else f"T{x - self.base:+d}"
        return x

    def describe(self, b):
        """A batch in a line; every batch that a broker serves must have a right CRC."""
        times = f"{self.clean(b.base_timestamp)}..{self.clean(b.max_timestamp)}"
        return (f"{b.base_offset}-{b.last_offset} n={b.count} magic={b.magic} epoch={b.leader_epoch}"
                f" codec={batch.CODECS[b.codec] if b.codec < 5 else b.codec} attributes={b.attributes:#x} time={times}"
                f" producer={self.alias(b.producer)}/{b.epoch}/{b.sequence} crc={'ok' if b.crc_ok() else 'BAD'}")


def run_case(address, tag, name):
    p = Probe(address, tag, name)
    try:
        return p.clean(CASES[name](p))
    finally:
        p.close()
