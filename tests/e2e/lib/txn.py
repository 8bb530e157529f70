"""A transactional producer by hand, as clients before KIP-890 write: partitions are added, then written to."""
import time

from . import batch
from .report import Failure
from .target import WAIT_S

WAIT = {14, 15, 16, 51}  # the coordinator loads, is not there yet, or finishes the transaction before


class Txn:
    def __init__(self, raw, name, timeout_ms=900_000):
        self.raw, self.name = raw, name
        self.until_served(lambda: raw.call("FindCoordinator", 4, {"kind": 1, "keys": [name]}),
                          lambda got: got["found"][0]["error"])  # who asks first has the topic made
        got = self.until_served(lambda: raw.call("InitProducerId", 4, {"txn": name, "timeout_ms": timeout_ms}))
        self.producer, self.epoch = got["id"], got["epoch"]
        self.sequences, self.added = {}, set()

    @staticmethod
    def until_served(ask, error=lambda got: got["error"], seconds=WAIT_S):
        end = time.monotonic() + seconds
        while True:
            got = ask()
            if error(got) not in WAIT:
                break
            if time.monotonic() > end:
                raise Failure(f"still error {error(got)} after {seconds} s")
            time.sleep(0.05)
        if error(got) != 0:
            raise Failure(f"error {error(got)}")
        return got

    def write(self, topic, partition, records):
        where = (topic, partition)
        if where not in self.added:
            self.until_served(lambda: self.raw.call("AddPartitionsToTxn", 3, {
                "txn": self.name, "id": self.producer, "epoch": self.epoch,
                "topics": [{"name": topic, "partitions": [partition]}]}),
                lambda got: got["topics"][0]["partitions"][0]["error"])
            self.added.add(where)
        data = batch.make(records, producer=self.producer, epoch=self.epoch, attributes=16,
                          sequence=self.sequences.get(where, 0))
        answer = self.raw.call("Produce", 9, {"txn": self.name, "topics": [
            {"name": topic, "partitions": [{"index": partition, "records": data}]}]})["topics"][0]["partitions"][0]
        if answer["error"] != 0:
            raise Failure(f"transactional write to {topic}-{partition}: error {answer['error']}")
        self.sequences[where] = self.sequences.get(where, 0) + len(records)
        return answer["offset"]

    def end(self, commit):
        self.added.clear()
        self.until_served(lambda: self.raw.call("EndTxn", 3, {"txn": self.name, "id": self.producer,
                                                              "epoch": self.epoch, "commit": commit}))
