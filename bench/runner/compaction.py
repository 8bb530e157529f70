"""Compaction: a log in which every key stands several times, and the time until each stands there once."""
import ctypes
import glob
import os
import struct
import time

from runner.flexible import NO_TAGS, FlexibleWire, array, compact
from runner.members import GroupError
from runner.transactions import crc32c as slow_crc32c
from runner.transactions import zigzag

PRODUCE, ALTER = 0, 44
BATCH = 1000
UNFINISHED = (".cleaned", ".swap")


def checksum():
    """CRC-32C; in C where isa-l is installed, as it is wherever millrace is built."""
    try:
        isal = ctypes.CDLL("libisal.so.2").crc32_iscsi
    except (OSError, AttributeError):
        return slow_crc32c
    isal.restype = ctypes.c_uint32
    return lambda b: isal(b, len(b), ctypes.c_uint32(0xFFFFFFFF)) ^ 0xFFFFFFFF


def batches(keys, value_bytes):
    """Each key once, as whole batches; values do not compress, and differ by their key only."""
    crc, out, now_ms = checksum(), [], int(time.time() * 1e3)
    filler = os.urandom(value_bytes - 8)
    for first in range(0, keys, BATCH):
        records = []
        for i in range(first, min(first + BATCH, keys)):
            # Keys come in another order than they are counted in: spread over the map.
            record = b"\0\0" + zigzag(i - first) + b"\x20%016x" % (i * 0x9E3779B97F4A7C15 & (1 << 64) - 1) + zigzag(value_bytes) + \
                struct.pack(">q", i) + filler + b"\0"
            records.append(zigzag(len(record)) + record)
        body = struct.pack(">hiqqqhii", 0, len(records) - 1, now_ms, now_ms, -1, -1, -1, len(records)) + b"".join(records)
        out.append(struct.pack(">qiibI", 0, len(body) + 9, -1, 2, crc(body)) + body)
    return out


def produce(wire, topic, batch):
    a = wire.ask_flexible(PRODUCE, 9, b"\0" + struct.pack(">hi", -1, 30_000) + array(
        [compact(topic) + array([struct.pack(">i", 0) + compact(batch) + NO_TAGS]) + NO_TAGS]))
    a.count()
    a.compact()
    a.count()
    a.take(">i")
    error = a.take(">h")
    if error != 0:
        raise GroupError(f"Produce: error {error}")


def configure(wire, topic, name, value):
    a = wire.ask_flexible(ALTER, 1, array([b"\2" + compact(topic) + array([compact(name) + b"\0" + compact(value) + NO_TAGS]) + NO_TAGS]) +
                          b"\0")
    a.take(">i")
    a.count()
    error = a.take(">h")
    if error != 0:
        raise GroupError(f"IncrementalAlterConfigs: error {error}")


def sizes(folder):
    """Of the .log files, oldest first; and whether a pass is at work."""
    out, busy = [], False
    for path in sorted(glob.glob(os.path.join(folder, "*"))):
        busy = busy or path.endswith(UNFINISHED)
        if path.endswith(".log"):
            try:
                out.append(os.path.getsize(path))
            except FileNotFoundError:
                busy = True
    return out, busy


def wait_until(what, condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise GroupError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.005)
    return time.monotonic()


def fill(port, topic, folder, each, times):
    """Returns a connection, and how many bytes the closed segments have, once they are in their files."""
    wire = FlexibleWire(port, "compaction")
    for _ in range(times):
        for batch in each:
            produce(wire, topic, batch)
    closed = [0]

    def written():
        closed[0] = sum(sizes(folder)[0][:-1])
        return sum(len(b) for b in each) * times - closed[0] < 32 << 20

    wait_until("closed segments in their files", written, 60)
    time.sleep(0.5)  # the last of them
    return wire, sum(sizes(folder)[0][:-1])


def clean(wire, topic, folder, live_bytes, seconds):
    """From the word to begin until each key stands in the closed segments once. Seconds it took."""
    begin = time.monotonic()
    configure(wire, topic, "min.cleanable.dirty.ratio", "0.01")

    def once():
        have, busy = sizes(folder)
        return not busy and live_bytes * 0.99 <= sum(have[:-1]) <= live_bytes * 1.01

    return wait_until("compaction", once, seconds) - begin
