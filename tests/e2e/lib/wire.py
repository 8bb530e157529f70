"""The Kafka protocol for raw tests: encode and decode the requests that apis.txt describes, and a blocking connection.

Bodies are plain dicts. What a request leaves out takes the field's default (0, empty, or what apis.txt says), so a
test names only what it is about. Nothing is checked for sense: the suites send nonsense on purpose."""
import os
import re
import socket
import struct
import uuid

SCALARS = {"bool": "?", "i8": "b", "i16": "h", "u16": "H", "i32": "i", "i64": "q", "f64": "d"}
VERSION_END = 1 << 15
NO_ID = uuid.UUID(int=0)


class Field:
    def __init__(self, name, kind, suffix, inner=None):
        self.name, self.kind, self.inner = name, kind, inner
        m = re.fullmatch(r"(\?)?(?:@(\d*)(?:(-)(\d+))?)?(?:=([^#]+))?(?:#(\d+))?", suffix)
        if m is None:
            raise ValueError(f"bad field suffix {suffix!r} of {name}")
        self.nullable = m[1] is not None
        self.first = int(m[2] or 0)
        self.last = int(m[4]) if m[3] else VERSION_END
        self.tag = int(m[6]) if m[6] else None
        self.default = self._default(m[5])

    def _default(self, text):
        if text is not None:
            return None if text == "null" else int(text)
        if self.kind == "array":
            return []
        if self.kind == "struct" or (self.nullable and self.kind in ("str", "bytes")):
            return None
        return {"str": "", "bytes": b"", "uuid": NO_ID, "bool": False}.get(self.kind, 0)

    def present(self, version):
        return self.first <= version <= self.last


class Api:
    def __init__(self, name, key, low, high, flexible):
        self.name, self.key, self.low, self.high, self.flexible = name, key, low, high, flexible
        self.request = self.response = None

    def is_flexible(self, version):
        return version >= self.flexible


def _parse_fields(tokens):
    """Consume tokens up to the closing bracket; returns (fields or one scalar type, the bracket's suffix)."""
    fields = []
    while tokens:
        tok = tokens.pop(0)
        if tok[0] in "]}":
            return fields, tok[1:]
        if ":" not in tok:  # [ i32 ]
            closing = tokens.pop(0)
            return tok, closing[1:]
        name, rest = tok.split(":", 1)
        if rest:
            kind = re.match(r"[a-z]+\d*", rest)[0]
            fields.append(Field(name, kind, rest[len(kind):]))
        else:
            opening = tokens.pop(0)
            inner, suffix = _parse_fields(tokens)
            fields.append(Field(name, "array" if opening == "[" else "struct", suffix, inner))
    return fields, ""


def load(path=os.path.join(os.path.dirname(__file__), "apis.txt")):
    apis, api, part = {}, None, None
    text = {}
    with open(path, encoding="utf-8") as f:
        for line in f:
            line = line.split("# ")[0].strip() if not line.startswith("#") else ""
            head = re.fullmatch(r"(\w+) (\d+) (\d+)-(\d+) flexible (\d+)", line)
            if head:
                api = apis[head[1]] = Api(head[1], *(int(x) for x in head.groups()[1:]))
                text[api.name] = {">": "", "<": ""}
            elif line:
                if line[0] in "<>":
                    part, line = line[0], line[1:]
                text[api.name][part] += " " + line
    for a in apis.values():
        for part, attr in ((">", "request"), ("<", "response")):
            tokens = re.findall(r"[\[{]|[\]}][^\s\[\]{}]*|[^\s\[\]{}]+", text[a.name][part])
            setattr(a, attr, _parse_fields(tokens)[0])
    return apis


APIS = load()


class Writer:
    def __init__(self):
        self.out = bytearray()

    def scalar(self, kind, value):
        self.out += struct.pack(">" + SCALARS[kind], value)

    def uvarint(self, n):
        while n >= 0x80:
            self.out.append(n & 0x7F | 0x80)
            n >>= 7
        self.out.append(n)

    def length(self, n, classic, flexible):
        """n is None for null."""
        if flexible:
            self.uvarint(0 if n is None else n + 1)
        else:
            self.scalar(classic, -1 if n is None else n)

    def value(self, kind, v, version, flexible, field=None):
        if kind in SCALARS:
            self.scalar(kind, v)
        elif kind == "uuid":
            self.out += v.bytes
        elif kind in ("str", "bytes"):
            raw = v.encode() if isinstance(v, str) else v
            self.length(None if raw is None else len(raw), "i16" if kind == "str" else "i32", flexible)
            self.out += raw or b""
        elif kind == "array":
            self.length(None if v is None else len(v), "i32", flexible)
            for item in v or ():
                if isinstance(field.inner, str):
                    self.value(field.inner, item, version, flexible)
                else:
                    self.struct(field.inner, item, version, flexible)
        else:
            if field.nullable:
                self.scalar("i8", -1 if v is None else 1)
            if v is not None:
                self.struct(field.inner, v, version, flexible)

    def struct(self, fields, body, version, flexible):
        unknown = set(body) - {f.name for f in fields}
        if unknown:
            raise ValueError(f"no such field: {unknown}")
        tagged = []
        for f in fields:
            if not f.present(version):
                continue
            v = body.get(f.name, f.default)
            if f.tag is None:
                self.value(f.kind, v, version, flexible, f)
            elif f.name in body:
                w = Writer()
                w.value(f.kind, v, version, True, f)
                tagged.append((f.tag, bytes(w.out)))
        if flexible:
            self.uvarint(len(tagged))
            for tag, raw in sorted(tagged):
                self.uvarint(tag)
                self.uvarint(len(raw))
                self.out += raw


class Reader:
    def __init__(self, data):
        self.data, self.pos = memoryview(data), 0

    def take(self, n):
        if n < 0 or self.pos + n > len(self.data):
            raise ValueError(f"answer ends too early: {n} bytes at {self.pos} of {len(self.data)}")
        self.pos += n
        return bytes(self.data[self.pos - n : self.pos])

    def scalar(self, kind):
        fmt = ">" + SCALARS[kind]
        return struct.unpack(fmt, self.take(struct.calcsize(fmt)))[0]

    def uvarint(self):
        n = shift = 0
        while True:
            b = self.take(1)[0]
            n |= (b & 0x7F) << shift
            shift += 7
            if b < 0x80:
                return n

    def varint(self):
        n = self.uvarint()
        return (n >> 1) ^ -(n & 1)

    def length(self, classic, flexible):
        n = self.uvarint() - 1 if flexible else self.scalar(classic)
        return None if n < 0 else n

    def value(self, kind, version, flexible, field=None):
        if kind in SCALARS:
            return self.scalar(kind)
        if kind == "uuid":
            return uuid.UUID(bytes=self.take(16))
        if kind in ("str", "bytes"):
            n = self.length("i16" if kind == "str" else "i32", flexible)
            raw = None if n is None else self.take(n)
            return raw.decode(errors="backslashreplace") if kind == "str" and raw is not None else raw
        if kind == "array":
            n = self.length("i32", flexible)
            if n is None:
                return None
            if isinstance(field.inner, str):
                return [self.value(field.inner, version, flexible) for _ in range(n)]
            return [self.struct(field.inner, version, flexible) for _ in range(n)]
        if field.nullable and self.scalar("i8") < 0:
            return None
        return self.struct(field.inner, version, flexible)

    def struct(self, fields, version, flexible):
        body, tagged = {}, {}
        for f in fields:
            if f.present(version):
                if f.tag is None:
                    body[f.name] = self.value(f.kind, version, flexible, f)
                else:
                    tagged[f.tag] = f
        if flexible:
            for _ in range(self.uvarint()):
                tag, size = self.uvarint(), self.uvarint()
                end = self.pos + size
                if tag in tagged:
                    f = tagged[tag]
                    body[f.name] = self.value(f.kind, version, True, f)
                    if self.pos != end:
                        raise ValueError(f"tag {tag} has {end - self.pos} bytes too many")
                self.pos = end
        return body


def encode(name, version, body):
    api = APIS[name]
    w = Writer()
    w.struct(api.request, body, version, api.is_flexible(version))
    return bytes(w.out)


def header(name, version, correlation, client="e2e"):
    api = APIS[name]
    w = Writer()
    w.scalar("i16", api.key)
    w.scalar("i16", version)
    w.scalar("i32", correlation)
    w.value("str", client, 0, False)
    return bytes(w.out) + (b"\0" if api.is_flexible(version) else b"")


def decode(name, version, data):
    """The body of an answer, without its header; all of it must be used up."""
    api = APIS[name]
    r = Reader(data)
    body = r.struct(api.response, version, api.is_flexible(version))
    if r.pos != len(data):
        raise ValueError(f"{name} v{version}: {len(data) - r.pos} bytes left over in the answer")
    return body


class Closed(Exception):
    """The broker closed the connection."""


class Conn:
    def __init__(self, address, timeout_s=60, source=None):
        """source: the address that it comes from."""
        host, port = address.rsplit(":", 1)
        self.sock = socket.create_connection((host, int(port)), timeout=timeout_s, source_address=source and (source, 0))
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.correlation = 0

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.sock.close()

    def send_frame(self, payload):
        self.send_raw(struct.pack(">i", len(payload)) + payload)

    def send_raw(self, data):
        try:
            self.sock.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            raise Closed from None

    def _exactly(self, n):
        got = bytearray()
        while len(got) < n:
            try:
                piece = self.sock.recv(n - len(got))
            except ConnectionResetError:
                piece = b""
            if not piece:
                raise Closed
            got += piece
        return bytes(got)

    def recv_frame(self):
        return self._exactly(struct.unpack(">i", self._exactly(4))[0])

    def send(self, name, version, body=None, client="e2e"):
        self.correlation += 1
        self.send_frame(header(name, version, self.correlation, client) + encode(name, version, body or {}))
        return self.correlation

    def recv(self, name, version, correlation=None):
        frame = self.recv_frame()
        got = struct.unpack(">i", frame[:4])[0]
        if got != (self.correlation if correlation is None else correlation):
            raise ValueError(f"answer {got} came out of order")
        # ApiVersions answers keep the oldest header, so that a client can read one of any version (KIP-511).
        tagged = APIS[name].is_flexible(version) and name != "ApiVersions"
        if tagged and frame[4] != 0:
            raise ValueError("unexpected tags in the answer's header")
        return decode(name, version, frame[5 if tagged else 4 :])

    def call(self, name, version, body=None, client="e2e"):
        self.send(name, version, body, client)
        return self.recv(name, version)
