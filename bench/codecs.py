#!/usr/bin/env python3
"""What recompression costs: the broker's CPU-seconds per GB of records, for each compression.type, beside a real Kafka; and how long a
small request on the same shard waits meanwhile, also beside one batch that is large.

    bench/codecs.py [--kafka] [--mib 200] [--large 90]

Batches of 1 MiB of text-like records arrive packed with lz4, so every type but lz4 rebuilds them. The waits are of acks=1 produce requests
of one record to another partition, one after the other; the machine's own noise is in them (first row)."""
import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "tests", "e2e"))
sys.dont_write_bytecode = True

from lib import batch, codec  # noqa: E402
from lib.raw import Raw  # noqa: E402
from lib.target import Kafka, Millrace  # noqa: E402

MIB = 1 << 20
TYPES = [("lz4", {}), ("uncompressed", {}), ("gzip", {}), ("gzip", {"compression.gzip.level": 1}), ("gzip", {"compression.gzip.level": 9}),
         ("snappy", {}), ("zstd", {}), ("zstd", {"compression.zstd.level": 1}), ("zstd", {"compression.zstd.level": 9}),
         ("zstd", {"compression.zstd.level": 19})]


def fast_crc():
    """The table of lib/batch.py takes half a second for a MiB; the slow levels of this would measure it."""
    try:
        import ctypes

        lib = ctypes.CDLL("libisal.so.2")
        return lambda data: ~lib.crc32_iscsi(bytes(data), ctypes.c_int(len(data)), ctypes.c_uint(0xFFFFFFFF)) & 0xFFFFFFFF
    except OSError:
        return batch.crc32c


def text_batch(size, number, seed=1):
    rnd = random.Random(seed)
    words = ["order", "shipped", "warehouse", "customer", "status", "amount", "eur", "berlin", "paris", "pending"]
    now = int(time.time() * 1000)
    one = [batch.Record(b"%08d" % rnd.randrange(10**8), json.dumps(
        {rnd.choice(words): rnd.choice(words), "id": rnd.randrange(10**9), "text": " ".join(rnd.choices(words, k=120))}).encode(), now)
        for _ in range(min(size, MIB) // 1024)]
    recs = one * max(1, size // MIB)
    return batch.make(recs, number)


def cpu(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def broker_pid(broker):
    """Of a Kafka: the JVM below the script."""
    try:
        with open(f"/proc/{broker.process.pid}/task/{broker.process.pid}/children", encoding="ascii") as f:
            return int(f.read().split()[0])
    except (OSError, IndexError):
        return broker.process.pid


class Waits(threading.Thread):
    def __init__(self, address):
        super().__init__(daemon=True)
        self.raw, self.over, self.took = Raw(address), False, []
        self.data = batch.make([batch.Record(b"k", b"v", int(time.time() * 1000))])

    def run(self):
        while not self.over:
            start = time.monotonic()
            self.raw.produce("small", 0, self.data, acks=1)
            self.took.append(time.monotonic() - start)
            time.sleep(0.0005)

    def end(self):
        self.over = True
        self.join()
        self.raw.close()
        took = sorted(self.took)
        return took[len(took) // 2] * 1000, took[-1] * 1000


def measure(broker, raw, topic, data, count):
    pid = broker_pid(broker)
    raw.produce(topic, 0, data)  # the first of a Kafka is compiled
    waits = Waits(broker.address)
    waits.start()
    start, used = time.monotonic(), cpu(pid)
    for _ in range(count):
        got = raw.produce(topic, 0, data)
        if got["error"] != 0:
            waits.end()
            return f"error {got['error']}"
    used, took = cpu(pid) - used, time.monotonic() - start
    p50, worst = waits.end()
    return used, took, p50, worst


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--kafka", action="store_true")
    p.add_argument("--mib", type=int, default=200)
    p.add_argument("--large", type=int, default=90)
    args = p.parse_args()
    batch.crc32c = fast_crc()
    small = text_batch(MIB, 3)
    large = text_batch(args.large * MIB, 3)
    plain = args.mib * len(codec.unpack(3, small[61:])) / 1e9
    for kind in ["millrace"] + ["kafka"] * args.kafka:
        folder = tempfile.mkdtemp(prefix="millrace-codecs-")
        keys = {"message.max.bytes": 200 * MIB, "socket.request.max.bytes": 300 * MIB}
        broker = Kafka(folder, keys) if kind == "kafka" else Millrace(folder, keys, shards=1)
        broker.journal_bytes = 1 << 30
        try:
            broker.start()
            raw = Raw(broker.address)
            raw.create("small", 1)
            print(f"{kind}: {args.mib} batches of {len(small) >> 10} KiB lz4; then one of {len(large) >> 20} MiB that unpacks to {args.large}")
            print(f"{'compression.type':24} {'CPU-s/GB':>9} {'MB/s':>7} {'wait p50 ms':>12} {'worst':>8}   large: s, worst wait ms")
            for n, (name, more) in enumerate(TYPES):
                raw.create(f"t{n}", 1, {"compression.type": name, "max.message.bytes": 200 * MIB, "segment.bytes": 1 << 30,
                                        "retention.bytes": 0, **more})
                count = args.mib if "19" not in str(more) else max(1, args.mib // 20)
                got = measure(broker, raw, f"t{n}", small, count)
                big = measure(broker, raw, f"t{n}", large, 1)
                level = f"{name} {next(iter(more.values()), '')}"
                if isinstance(got, str):
                    print(f"{level:24} {got}")
                    continue
                gb = plain * count / args.mib
                told = big if isinstance(big, str) else f"{big[1]:.2f}, {big[3]:.1f}"
                print(f"{level:24} {got[0] / gb:9.2f} {gb * 1000 / got[1]:7.0f} {got[2]:12.2f} {got[3]:8.1f}   {told}", flush=True)
                raw.call("DeleteTopics", 5, {"names": [f"t{n}"]})
            raw.close()
        finally:
            broker.kill()
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
