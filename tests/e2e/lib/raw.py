"""Small questions to a broker over the raw protocol: what the suites set up and check beside the client under test."""
import time

from . import batch, wire
from .report import Failure
from .target import WAIT_S

PRODUCE_V, FETCH_V = 9, 12  # the newest versions that still name topics


class Raw:
    """A connection that opens again when the broker was restarted."""

    def __init__(self, address):
        self.address, self.conn = address, None

    def close(self):
        if self.conn is not None:
            self.conn.close()
            self.conn = None

    def call(self, name, version, body=None):
        for attempt in (1, 2):
            if self.conn is None:
                self.conn = wire.Conn(self.address)
            try:
                return self.conn.call(name, version, body)
            except (wire.Closed, OSError):
                self.close()
                if attempt == 2:
                    raise

    def create(self, topic, partitions=1, configs=None):
        answer = self.call("CreateTopics", 7, {"topics": [{
            "name": topic, "partitions": partitions, "replication": 1,
            "configs": [{"name": k, "value": str(v)} for k, v in (configs or {}).items()]}]})["topics"][0]
        if answer["error"] != 0:
            raise Failure(f"creating {topic}: error {answer['error']} {answer['message']}")
        self.wait_leaders(topic, partitions)

    def topic(self, name):
        return self.call("Metadata", 12, {"topics": [{"name": name}], "auto_create": False})["topics"][0]

    def wait_leaders(self, topic, partitions, seconds=WAIT_S):
        """In KRaft a topic is created before its leader serves it."""
        end, errors = time.monotonic() + seconds, None
        while True:
            t = self.topic(topic)
            ready = t["error"] == 0 and len(t["partitions"]) >= partitions
            if ready and all(p["error"] == 0 for p in t["partitions"]):
                errors = {p["error"] for p in self.list_offsets(topic, range(partitions), -1).values()}
                if errors == {0}:
                    return t
            if time.monotonic() > end:
                raise Failure(f"topic {topic} is not served after {seconds} s: {t}, ListOffsets: errors {errors}")
            time.sleep(0.02)

    def topics(self):
        return sorted(t["name"] for t in self.call("Metadata", 12, {"topics": None})["topics"])

    def list_offsets(self, topic, partitions, timestamp):
        answer = self.call("ListOffsets", 8, {"topics": [{"name": topic, "partitions": [
            {"index": p, "timestamp": timestamp} for p in partitions]}]})
        return {p["index"]: p for p in answer["topics"][0]["partitions"]}

    def end(self, topic, partition):
        return self.list_offsets(topic, [partition], -1)[partition]["offset"]

    def start(self, topic, partition):
        return self.list_offsets(topic, [partition], -2)[partition]["offset"]

    def produce(self, topic, partition, data, acks=-1, version=PRODUCE_V):
        answer = self.call("Produce", version, {"acks": acks, "topics": [
            {"name": topic, "partitions": [{"index": partition, "records": data}]}]})
        return answer["topics"][0]["partitions"][0]

    def fetch(self, topic, partition, offset, max_bytes=16 << 20, wait_ms=0):
        answer = self.call("Fetch", FETCH_V, {"wait_ms": wait_ms, "min_bytes": 1, "topics": [
            {"name": topic, "partitions": [{"index": partition, "offset": offset, "max_bytes": max_bytes}]}]})
        return answer["topics"][0]["partitions"][0]

    def batches(self, topic, partition, offset=0, end=None):
        """Every batch from offset to end (default: the partition's end)."""
        end = self.end(topic, partition) if end is None else end
        out = []
        while offset < end:
            got = self.fetch(topic, partition, offset)
            if got["error"] != 0:
                raise Failure(f"fetch of {topic}-{partition} at {offset}: error {got['error']}")
            found = batch.split(got["records"])
            if not found:
                raise Failure(f"fetch of {topic}-{partition} at {offset} (end {end}) brought nothing")
            out += found
            offset = found[-1].last_offset + 1
        return out

    def committed(self, topic, partition):
        """What a read_committed reader is told: where it must stop, and which transactions it leaves out."""
        stable = self.call("ListOffsets", 8, {"isolation": 1, "topics": [{"name": topic, "partitions": [
            {"index": partition, "timestamp": -1}]}]})["topics"][0]["partitions"][0]["offset"]
        offset, aborted = self.start(topic, partition), []
        while offset < stable:
            got = self.call("Fetch", FETCH_V, {"min_bytes": 1, "isolation": 1, "wait_ms": 0, "topics": [
                {"name": topic, "partitions": [{"index": partition, "offset": offset, "max_bytes": 250_000}]}]})
            got = got["topics"][0]["partitions"][0]
            found = batch.split(got["records"])
            if got["error"] != 0 or not found:
                raise Failure(f"read_committed fetch of {topic}-{partition} at {offset}: error {got['error']}, "
                              f"{len(found)} batches below {stable}")
            end = found[-1].last_offset + 1
            aborted += [[a["producer"], a["offset"]] for a in got["aborted"] if a["offset"] < end and
                        [a["producer"], a["offset"]] not in aborted]
            offset = end
        return {"stable": stable, "aborted": aborted}

    def configs(self, topic, *keys):
        answer = self.call("DescribeConfigs", 4, {"resources": [
            {"type": 2, "name": topic, "keys": list(keys) or None}]})["resources"][0]
        if answer["error"] != 0:
            raise Failure(f"configs of {topic}: error {answer['error']} {answer['message']}")
        return {c["name"]: c["value"] for c in answer["configs"]}
