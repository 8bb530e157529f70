#!/usr/bin/env python3
"""A broker in memory, just enough for the load generator: it reads requests strictly, keeps batches, answers fetches.

usage: fake_broker.py [--fault NAME] [--stall-at REQUESTS --stall-s SECONDS]
Listens on a free port of 127.0.0.1 and prints it. Each request is decoded to its last byte and each batch is checked
(length, magic, CRC-32C, counts, sequences); what is wrong closes the connection and is told on stderr.
Faults: refuse (every fifth batch gets error 2), lose (a batch is acknowledged and not kept), close (after 50 batches),
forget (every tenth fetch finds its session gone).
It shares no code with the generator, so that both would have to be wrong in the same way.
"""
import argparse
import socketserver
import struct
import sys
import threading
import time
import uuid

RANGES = {0: (0, 13), 1: (4, 17), 2: (1, 9), 3: (0, 13), 18: (0, 4), 19: (2, 7), 20: (1, 6), 22: (0, 5)}
CRC = []
for n in range(256):
    for _ in range(8):
        n = (n >> 1) ^ (0x82F63B78 if n & 1 else 0)
    CRC.append(n)


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC[(crc ^ byte) & 255] ^ (crc >> 8)
    return crc ^ 0xFFFFFFFF


class Wrong(Exception):
    """The client sent something that it must not."""


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def raw(self, n):
        if n < 0 or self.at + n > len(self.data):
            raise Wrong(f"{n} bytes at {self.at} of {len(self.data)}")
        self.at += n
        return self.data[self.at - n : self.at]

    def int(self, form):
        return struct.unpack(">" + form, self.raw(struct.calcsize(form)))[0]

    def uvarint(self):
        value = shift = 0
        while True:
            byte = self.raw(1)[0]
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def varint(self):
        value = self.uvarint()
        return (value >> 1) ^ -(value & 1)

    def text(self):
        n = self.uvarint()
        return None if n == 0 else self.raw(n - 1)

    def count(self):
        return max(0, self.uvarint() - 1)

    def tags(self):
        for _ in range(self.uvarint()):
            self.uvarint()
            self.raw(self.uvarint())

    def end(self):
        self.tags()
        if self.at != len(self.data):
            raise Wrong(f"{len(self.data) - self.at} bytes after the request")


def uvarint(value):
    out = b""
    while value >= 128:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def text(value):
    return b"\0" if value is None else uvarint(len(value) + 1) + value


def array(items):
    return uvarint(len(items) + 1) + b"".join(items)


def pack(form, *values):
    return struct.pack(">" + form, *values)


class Topic:
    def __init__(self, name, partitions):
        self.name, self.id = name, uuid.uuid4().bytes
        self.logs = [[] for _ in range(partitions)]  # of (base offset, next offset, bytes)
        self.sequences = [{} for _ in range(partitions)]

    def end(self, partition):
        log = self.logs[partition]
        return log[-1][1] if log else 0


class Broker:
    def __init__(self, options):
        self.options = options
        self.lock = threading.Condition()
        self.topics = {}
        self.producer_ids = 1000
        self.batches = self.requests = self.fetches = self.session_ids = 0
        self.sessions = {}  # id -> [epoch, {(topic name, partition): offset}]

    def find(self, r, version):
        key = r.raw(16) if version >= 13 else r.text()
        for topic in self.topics.values():
            if key in (topic.id, topic.name):
                return key, topic
        return key, None

    def api_versions(self, r, _version):
        r.text(), r.text(), r.end()
        keys = [pack("hhh", key, low, high) + b"\0" for key, (low, high) in sorted(RANGES.items())]
        feature = array([text(b"kraft.version") + pack("hh", 0, 1) + b"\0"])
        return pack("h", 0) + array(keys) + pack("i", 0) + b"\1\0" + uvarint(len(feature)) + feature

    def metadata(self, r, version):
        topics = []
        for _ in range(r.count()):
            r.raw(16)
            name = r.text()
            r.tags()
            topic = self.topics.get(name)
            nodes = array([pack("i", 1)])
            parts = [] if topic is None else [
                pack("hiii", 0, p, 1, 0) + nodes + nodes + array([]) + b"\0" for p in range(len(topic.logs))]
            topics.append(pack("h", 0 if topic else 3) + text(name) + (topic.id if topic else bytes(16)) + b"\0" +
                          array(parts) + pack("i", -(2**31)) + b"\0")
        r.raw(2), r.end()
        broker = pack("i", 1) + text(b"127.0.0.1") + pack("i", 1) + text(None) + b"\0"
        error = pack("h", 0) if version >= 13 else b""
        return pack("i", 0) + array([broker]) + text(b"fake") + pack("i", 1) + array(topics) + error + b"\0"

    def create_topics(self, r, _version):
        out = []
        for _ in range(r.count()):
            name, partitions, _replication = r.text(), r.int("i"), r.int("h")
            if r.count() != 0:
                raise Wrong("an assignment")
            for _ in range(r.count()):
                r.text(), r.text(), r.tags()
            r.tags()
            error = 36 if name in self.topics else 0
            if error == 0:
                self.topics[name] = Topic(name, partitions)
            out.append(text(name) + self.topics[name].id + pack("h", error) + text(None) + pack("ih", partitions, 1) +
                       array([]) + b"\0")
        r.raw(5), r.end()
        return pack("i", 0) + array(out) + b"\0"

    def delete_topics(self, r, _version):
        out = []
        for _ in range(r.count()):
            name = r.text()
            r.raw(16), r.tags()
            error = 0 if self.topics.pop(name, None) else 3
            out.append(text(name) + bytes(16) + pack("h", error) + text(None) + b"\0")
        r.raw(4), r.end()
        return pack("i", 0) + array(out) + b"\0"

    def list_offsets(self, r, _version):
        if r.int("i") != -1 or r.int("b") != 0:
            raise Wrong("replica id or isolation level")
        out = []
        for _ in range(r.count()):
            name, parts = r.text(), []
            for _ in range(r.count()):
                p, _epoch, stamp = r.int("i"), r.int("i"), r.int("q")
                r.tags()
                offset = 0 if stamp == -2 else self.topics[name].end(p)
                parts.append(pack("ihqqi", p, 0, -1, offset, 0) + b"\0")
            r.tags()
            out.append(text(name) + array(parts) + b"\0")
        r.end()
        return pack("i", 0) + array(out) + b"\0"

    def init_producer_id(self, r, _version):
        if r.text() is not None:
            raise Wrong("a transactional id")
        r.raw(4 + 8 + 2), r.end()
        self.producer_ids += 1
        return pack("ihqh", 0, 0, self.producer_ids, 0) + b"\0"

    def append(self, topic, partition, batch):
        base, length, _epoch, magic, crc, attributes, last, _first_ms, _max_ms, producer, epoch, sequence, count = (
            struct.unpack_from(">qiibIhiqqqhii", batch))
        if length != len(batch) - 12 or magic != 2 or base != 0 or attributes != 0 or last != count - 1 or count < 1:
            raise Wrong(f"batch header: length {length} of {len(batch)}, magic {magic}, {count} records")
        if crc != crc32c(batch[21:]):
            raise Wrong("batch checksum")
        r = Reader(batch[61:])
        for n in range(count):
            record = Reader(r.raw(r.varint()))
            if (record.raw(1), record.varint(), record.varint(), record.varint()) != (b"\0", 0, n, -1):
                raise Wrong(f"record {n}")
            record.raw(record.varint())
            if record.varint() != 0 or record.at != len(record.data):
                raise Wrong(f"end of record {n}")
        if r.at != len(r.data):
            raise Wrong("bytes after the records")
        if producer >= 0:
            want = topic.sequences[partition].get((producer, epoch), 0)
            if sequence != want:
                raise Wrong(f"sequence {sequence}, not {want}")
            topic.sequences[partition][producer, epoch] = (want + count) % 2**31
        self.batches += 1
        fault = self.options.fault
        if fault == "refuse" and self.batches % 5 == 0:
            return 2, -1
        if fault == "close" and self.batches >= 50:
            raise Wrong("fault: close")
        offset = topic.end(partition)
        if fault != "lose" or self.batches != 10:
            topic.logs[partition].append((offset, offset + count, pack("q", offset) + batch[8:]))
        return 0, offset

    def produce(self, r, version):
        if r.text() is not None:
            raise Wrong("a transactional id")
        acks, _timeout = r.int("h"), r.int("i")
        out = []
        for _ in range(r.count()):
            key, topic = self.find(r, version)
            parts = []
            for _ in range(r.count()):
                p, records = r.int("i"), r.text()
                r.tags()
                error, offset = self.append(topic, p, records)
                tail = array([]) + text(None) + b"\0"
                parts.append(pack("ihqqq", p, error, offset, -1, 0) + tail)
            r.tags()
            out.append((key if version >= 13 else text(key)) + array(parts) + b"\0")
        r.end()
        self.lock.notify_all()
        return None if acks == 0 else array(out) + pack("i", 0) + b"\0"

    def fetch_parts(self, session, known, limit):
        out = []
        for (name, p), offset in session.items():
            topic = self.topics[name]
            data = b""
            for base, following, batch in topic.logs[p]:
                if following > offset and len(data) < limit:
                    data += batch
            if data or not known:
                out.append((name, p, data[:limit] if len(data) > limit > 0 else data))
        return out

    def fetch(self, r, version):
        if version <= 14 and r.int("i") != -1:
            raise Wrong("replica id")
        wait_ms, min_bytes, limit, isolation, session_id, epoch = (
            r.int("i"), r.int("i"), r.int("i"), r.int("b"), r.int("i"), r.int("i"))
        asked, part_limit = {}, limit
        for _ in range(r.count()):
            _key, topic = self.find(r, version)
            for _ in range(r.count()):
                p, _leader, offset, _last, _start, part_limit = struct.unpack(">iiqiqi", r.raw(32))
                r.tags()
                asked[topic.name, p] = offset
            r.tags()
        if r.count() != 0 or isolation != 0:
            raise Wrong("forgotten topics or isolation level")
        r.text(), r.end()
        known = False
        if epoch == -1:
            session, session_id = asked, 0
        elif epoch == 0:
            self.session_ids += 1
            session_id = self.session_ids
            self.sessions[session_id] = [1, asked]
            session = asked
        else:
            known = True
            self.fetches += 1
            if self.options.fault == "forget" and self.fetches % 10 == 0:
                del self.sessions[session_id]
                return pack("ihi", 0, 70, 0) + array([]) + b"\0"
            state = self.sessions[session_id]
            if state[0] != epoch:
                raise Wrong(f"session epoch {epoch}, not {state[0]}")
            state[0] += 1
            state[1].update(asked)
            session = state[1]
        deadline = time.monotonic() + wait_ms / 1000
        while True:
            parts = self.fetch_parts(session, known, part_limit)
            left = deadline - time.monotonic()
            if sum(len(data) for _n, _p, data in parts) >= min_bytes or left <= 0:
                break
            self.lock.wait(left)
        topics = {}
        for name, p, data in parts:
            topics.setdefault(name, []).append(
                pack("ihqqq", p, 0, self.topics[name].end(p), -1, 0) + b"\0" + pack("i", -1) + text(data) + b"\0")
        names = [(self.topics[n].id if version >= 13 else text(n)) + array(p) + b"\0" for n, p in topics.items()]
        return pack("ihi", 0, 0, session_id) + array(names) + b"\0"

    def answer(self, frame):
        head = Reader(frame)
        api, version, correlation = head.int("h"), head.int("h"), head.int("i")
        head.raw(head.int("h")), head.tags()
        low, high = RANGES.get(api, (0, -1))
        if not low <= version <= high:
            raise Wrong(f"API {api} version {version}")
        body = Reader(frame[head.at :])
        handler = {0: self.produce, 1: self.fetch, 2: self.list_offsets, 3: self.metadata, 18: self.api_versions,
                   19: self.create_topics, 20: self.delete_topics, 22: self.init_producer_id}[api]
        with self.lock:
            self.requests += api == 0
            if self.requests == self.options.stall_at:
                time.sleep(self.options.stall_s)  # the fault that is tested: everything stands still
            out = handler(body, version)
        return None if out is None else pack("i", correlation) + (b"" if api == 18 else b"\0") + out


class Connection(socketserver.BaseRequestHandler):
    def handle(self):
        broker = self.server.broker
        stream = self.request.makefile("rb")
        try:
            while len(size := stream.read(4)) == 4:
                out = broker.answer(stream.read(struct.unpack(">i", size)[0]))
                if out is not None:
                    self.request.sendall(struct.pack(">i", len(out)) + out)
        except (Wrong, struct.error, KeyError) as e:
            print(f"fake broker: {type(e).__name__} {e}", file=sys.stderr, flush=True)
        except OSError:
            pass


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--fault", choices=["none", "refuse", "lose", "close", "forget"], default="none")
    parser.add_argument("--stall-at", type=int, default=-1)
    parser.add_argument("--stall-s", type=float, default=0)
    parser.add_argument("--port", type=int, default=0)
    options = parser.parse_args()
    with Server(("127.0.0.1", options.port), Connection) as server:
        server.broker = Broker(options)
        print(server.server_address[1], flush=True)
        server.serve_forever()


if __name__ == "__main__":
    main()
