"""Requests of flexible versions (KIP-482), as bytes; answers read by hand. Nothing of the brokers' own codecs is used."""
import struct

from runner.members import Answer, Wire, data

NO_TAGS = b"\0"


def uvarint(n):
    out = b""
    while n >= 0x80:
        out += bytes([n & 0x7F | 0x80])
        n >>= 7
    return out + bytes([n])


def compact(b):
    """A string or bytes; None is null."""
    if b is None:
        return b"\0"
    b = b.encode() if isinstance(b, str) else b
    return uvarint(len(b) + 1) + b


def array(items):
    return b"\0" if items is None else uvarint(len(items) + 1) + b"".join(items)


def numbers(fmt, values):
    return uvarint(len(values) + 1) + struct.pack(f">{len(values)}{fmt}", *values)


class FlexibleAnswer(Answer):
    def __init__(self, frame):
        super().__init__(frame)
        self.tags()  # of the header

    def uvarint(self):
        n = shift = 0
        while True:
            byte = self.frame[self.at]
            self.at += 1
            n |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return n

    def tags(self):
        for _ in range(self.uvarint()):
            self.uvarint()
            size = self.uvarint()
            self.at += size

    def compact(self):
        n = self.uvarint() - 1
        self.at += max(n, 0)
        return self.frame[self.at - n : self.at] if n >= 0 else None

    def count(self):
        """Of an array; None is null."""
        n = self.uvarint()
        return n - 1 if n > 0 else None

    def numbers(self, fmt):
        n = self.count() or 0
        got = struct.unpack_from(f">{n}{fmt}", self.frame, self.at)
        self.at += struct.calcsize(f">{n}{fmt}")
        return got


class FlexibleWire(Wire):
    def send_flexible(self, key, version, body):
        client = self.client.encode()
        head = struct.pack(">hhih", key, version, 1, len(client)) + client + NO_TAGS
        self.sock.sendall(data(head + body + NO_TAGS))

    def receive_flexible(self):
        return FlexibleAnswer(self.receive().frame)

    def ask_flexible(self, key, version, body):
        self.send_flexible(key, version, body)
        return self.receive_flexible()
