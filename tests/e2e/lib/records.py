"""The records that the suites write and expect, made from a seed, and the file format that carries them to the drivers.

A file is records in a row, all numbers big endian:
  i32 partition (-1: the client's partitioner chooses), i64 offset (-1: not known), i64 timestamp in ms,
  i32 key length (-1: null), key, i32 value length (-1: null), value,
  i32 number of headers, each: i32 length, name in UTF-8, i32 length (-1: null), value
An acknowledgement file is, for each record that was sent, i32 partition and i64 offset (-1: not acknowledged)."""
import random
import struct

from .batch import Record

HEADER_NAMES = ["trace", "content-type", "größe", "x", "retry"]


def _bytes(rnd, n):
    """Half of all values are text that compresses well, half are noise."""
    if rnd.random() < 0.5:
        return (b"order-%d shipped to warehouse 7; " % rnd.randrange(1000) * (n // 16 + 1))[:n]
    return rnd.randbytes(n)


def make(seed, n, base_ms, value_max=1500, keys=40, headers=True, null_headers=True, double_headers=True,
         empty_pair=True, null_keys=True, sorted_headers=False):
    """n records with rising timestamps; about one in ten each has a null key, a null value (a tombstone), headers."""
    rnd = random.Random(seed)
    out = []
    for i in range(n):
        key = b"key-%03d" % rnd.randrange(keys)
        value = _bytes(rnd, rnd.choice([0, 1, rnd.randrange(2, 64), rnd.randrange(64, value_max)]))
        if null_keys and rnd.random() < 0.1:
            key = None
        if rnd.random() < 0.1 and (key is not None or empty_pair):
            value = None
        if rnd.random() < 0.03:
            key = b""
        found = []
        if headers and rnd.random() < 0.3:
            for _ in range(rnd.randrange(1, 4)):
                name = rnd.choice(HEADER_NAMES)
                if not double_headers and any(name == h[0] for h in found):
                    continue
                empty = null_headers and rnd.random() < 0.2
                found.append((name, None if empty else _bytes(rnd, rnd.randrange(0, 40))))
        out.append(Record(key, value, base_ms + i * 10, sorted(found) if sorted_headers else found))
    return out


def noise(seed, size, key, timestamp):
    """One large record that does not compress."""
    return Record(key, random.Random(seed).randbytes(size), timestamp)


def _put(out, data):
    out.append(struct.pack(">i", -1 if data is None else len(data)))
    out.append(data or b"")


def write(path, records, partition=-1):
    """partition: one for all, or a function of the index."""
    out = []
    for i, r in enumerate(records):
        p = partition(i) if callable(partition) else partition
        out.append(struct.pack(">iqq", p, -1 if r.offset is None else r.offset, r.timestamp))
        _put(out, r.key)
        _put(out, r.value)
        out.append(struct.pack(">i", len(r.headers)))
        for name, value in r.headers:
            _put(out, name.encode())
            _put(out, value)
    with open(path, "wb") as f:
        f.write(b"".join(out))


def read(path):
    """{partition: [Record]} in the order of the file."""
    with open(path, "rb") as f:
        data = f.read()
    pos, out = 0, {}

    def number(fmt):
        nonlocal pos
        pos += struct.calcsize(fmt)
        return struct.unpack_from(fmt, data, pos - struct.calcsize(fmt))[0]

    def field():
        nonlocal pos
        n = number(">i")
        if n < 0:
            return None
        pos += n
        return data[pos - n : pos]

    while pos < len(data):
        partition, offset, timestamp = number(">i"), number(">q"), number(">q")
        key, value = field(), field()
        headers = [(field().decode(), field()) for _ in range(number(">i"))]
        out.setdefault(partition, []).append(Record(key, value, timestamp, headers, offset))
    return out


def read_acks(path):
    with open(path, "rb") as f:
        return list(struct.iter_unpack(">iq", f.read()))
