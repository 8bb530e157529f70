"""Logs of very many segments: each batch is one, and reads go all over them. As bytes; nothing of the brokers' own codecs is used."""
import os
import random
import struct
import time

from runner import procfs
from runner.flexible import NO_TAGS, array, compact
from runner.members import GroupError
from runner.partitions import Maker, batch as batch_of, settled_rss_kib

FETCH = 1
ANSWER_BYTES = 64 * 1024


class SegmentMaker(Maker):
    """Of topics in which each batch is a segment of its own: no two of them fit."""

    def __init__(self, port, batch_bytes):
        super().__init__(port)
        self.configs = {"internal.segment.bytes": str(batch_bytes * 3 // 2)}

    def fetch(self, topic, partition, offset):
        """The base offset of the first batch that comes."""
        asked = struct.pack(">iiqiqi", partition, -1, offset, -1, -1, ANSWER_BYTES) + NO_TAGS
        answer = self.wire.ask_flexible(FETCH, 12, struct.pack(">iiiibii", -1, 5000, 1, ANSWER_BYTES, 0, 0, -1) + array(
            [compact(topic) + array([asked]) + NO_TAGS]) + array([]) + compact(""))
        answer.take(">i")
        error = answer.take(">h")
        answer.take(">i")
        if error == 0 and answer.count() == 1 and answer.compact() is not None and answer.count() == 1:
            answer.take(">i")
            error = answer.take(">h")
            answer.at += 24
            for _ in range(answer.count() or 0):
                answer.at += 16
                answer.tags()
            answer.take(">i")
            records = answer.compact()
            if error == 0 and records and len(records) > 8:
                return struct.unpack_from(">q", records)[0]
        raise GroupError(f"{topic}-{partition}: fetch from {offset}: error {error}, or nothing")


def read_all_over(maker, topic, partitions, segments_each, reads, seed=1):
    """Milliseconds of each of so many fetches from a random segment of a random partition; each must begin where it was asked to."""
    rnd, out = random.Random(seed), []
    for _ in range(reads):
        partition, offset = rnd.randrange(partitions), rnd.randrange(segments_each)
        begin = time.monotonic()
        got = maker.fetch(topic, partition, offset)
        out.append((time.monotonic() - begin) * 1e3)
        if got != offset:
            raise GroupError(f"{topic}-{partition}: fetch from {offset} began at {got}")
    return sorted(out)


def segments(ctx, broker, scenario):
    """Very many closed segments: what they cost in memory and descriptors, a clean stop, a start, and reads all over them."""
    broker.stop()
    broker.start(fresh=True)
    count, each = int(scenario.number("segments", 100_000)), int(scenario.number("topic_partitions", 100))
    name, rounds = ctx.topic(scenario), count // each
    batch = batch_of(int(scenario.words.get("record_bytes", 1024)))
    maker = SegmentMaker(broker.port, len(batch))
    maker.create([(name, each)])
    maker.wait_leaders(each)
    maker.produce([(name, each)], batch)
    rss, begin, descriptors = settled_rss_kib(broker.pid, procfs.memory_kib), time.monotonic(), 0
    for i in range(1, rounds):
        maker.produce([(name, each)], batch)
        if i % 50 == 0:
            descriptors = max(descriptors, len(os.listdir(f"/proc/{broker.pid}/fd")))
    metrics = {"segments_per_s": count / (time.monotonic() - begin)}
    metrics["bytes_per_segment"] = (settled_rss_kib(broker.pid, procfs.memory_kib) - rss) * 1024 / count
    begin = time.monotonic()
    if not broker.stop(seconds=600):
        raise GroupError("a clean stop takes more than 600 s")
    metrics["stop_ms"] = (time.monotonic() - begin) * 1e3
    metrics["start_again_ms"] = broker.start(fresh=False)
    maker = SegmentMaker(broker.port, len(batch))
    maker.wait_leaders(each)
    took = read_all_over(maker, name, each, rounds, int(scenario.number("reads", 5000)))
    metrics["old_read_p50_ms"], metrics["old_read_p99_ms"] = took[len(took) // 2], took[len(took) * 99 // 100]
    metrics["descriptors"] = max(descriptors, len(os.listdir(f"/proc/{broker.pid}/fd")))
    metrics["bytes_per_segment_again"] = (settled_rss_kib(broker.pid, procfs.memory_kib) - rss) * 1024 / count
    return metrics, [], {}
