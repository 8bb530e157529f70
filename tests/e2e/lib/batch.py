"""Record batches (magic 2), made and read by hand. Everything a test may want to get wrong is a parameter."""
import struct

from . import codec as codecs
from .wire import Reader, Writer

CODECS = codecs.NAMES
HEAD = struct.Struct(">qiibIhiqqqhii")  # base offset .. record count: 61 bytes


def _crc_table():
    table = []
    for n in range(256):
        for _ in range(8):
            n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
        table.append(n)
    return table


_TABLE = _crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc = (crc >> 8) ^ _TABLE[(crc ^ b) & 0xFF]
    return crc ^ 0xFFFFFFFF


class Record:
    __slots__ = ("offset", "timestamp", "key", "value", "headers")

    def __init__(self, key=None, value=None, timestamp=0, headers=(), offset=None):
        self.key, self.value, self.timestamp = key, value, timestamp
        self.headers, self.offset = list(headers), offset

    def __eq__(self, other):
        return all(getattr(self, a) == getattr(other, a) for a in self.__slots__)

    def __repr__(self):
        def short(b):
            return repr(b) if b is None or len(b) <= 40 else f"{b[:40]!r}...{len(b)}"

        return (f"<offset {self.offset} ts {self.timestamp} key {short(self.key)} value {short(self.value)}"
                f" headers {self.headers!r}>")


def _varint(w, n):
    w.uvarint((n << 1) ^ (n >> 63))


def _field(w, data):
    if data is None:
        _varint(w, -1)
    else:
        _varint(w, len(data))
        w.out += data


def encode_records(records, base_timestamp, offset_deltas=None):
    out = bytearray()
    for i, rec in enumerate(records):
        w = Writer()
        w.out.append(0)
        _varint(w, rec.timestamp - base_timestamp)
        _varint(w, i if offset_deltas is None else offset_deltas[i])
        _field(w, rec.key)
        _field(w, rec.value)
        _varint(w, len(rec.headers))
        for name, value in rec.headers:
            _field(w, name.encode())
            _field(w, value)
        size = Writer()
        _varint(size, len(w.out))
        out += size.out + w.out
    return bytes(out)


def make(records, codec=0, producer=-1, epoch=-1, sequence=-1, base_offset=0, leader_epoch=-1, magic=2, attributes=0,
         last_delta=None, count=None, payload=None, crc=None, length=None, offset_deltas=None, max_timestamp=None):
    """One batch; codec is the number in the attributes. A payload that is given goes in as it is."""
    base_ts = records[0].timestamp if records else 0
    if payload is None:
        payload = encode_records(records, base_ts, offset_deltas)
        if codec < len(CODECS):
            payload = codecs.pack(codec, payload)
    n = len(records)
    last_delta = n - 1 if last_delta is None else last_delta
    top = max((r.timestamp for r in records), default=-1) if max_timestamp is None else max_timestamp
    covered = struct.pack(">hiqqqhii", attributes | codec, last_delta, base_ts, top, producer, epoch, sequence,
                          n if count is None else count) + payload
    length = len(covered) + 9 if length is None else length
    return struct.pack(">qiibI", base_offset, length, leader_epoch, magic,
                       crc32c(covered) if crc is None else crc) + covered


class Batch:
    """One batch as read; records are decoded on demand."""

    def __init__(self, data):
        (self.base_offset, self.length, self.leader_epoch, self.magic, self.crc, self.attributes, self.last_delta,
         self.base_timestamp, self.max_timestamp, self.producer, self.epoch, self.sequence,
         self.count) = HEAD.unpack(data[:61])
        self.data = data

    codec = property(lambda self: self.attributes & 7)
    append_time = property(lambda self: bool(self.attributes & 8))
    last_offset = property(lambda self: self.base_offset + self.last_delta)

    def crc_ok(self):
        return crc32c(self.data[21:]) == self.crc

    def records(self):
        r = Reader(codecs.unpack(self.codec, self.data[61:]))
        out = []
        for _ in range(self.count):
            end = r.varint()
            end += r.pos
            r.take(1)
            ts, delta = r.varint(), r.varint()
            key, value = (None if n < 0 else r.take(n) for n in _lengths(r, 2))
            headers = []
            for _ in range(r.varint()):
                name = r.take(r.varint()).decode()
                n = r.varint()
                headers.append((name, None if n < 0 else r.take(n)))
            if r.pos != end:
                raise ValueError("a record's length does not fit its fields")
            out.append(Record(key, value, self.max_timestamp if self.append_time else self.base_timestamp + ts, headers,
                              self.base_offset + delta))
        if r.pos != len(r.data):
            raise ValueError("bytes follow the last record")
        return out


def _lengths(r, n):
    for _ in range(n):
        yield r.varint()  # a generator: each length is read only after the field before it


def split(data):
    """The whole batches in data; a fetch may end in the middle of one."""
    out, pos = [], 0
    data = bytes(data or b"")
    while len(data) - pos >= 61:
        size = struct.unpack(">i", data[pos + 8 : pos + 12])[0] + 12
        if pos + size > len(data):
            break
        out.append(Batch(data[pos : pos + size]))
        pos += size
    return out
