"""Members of consumer groups, as bytes: one connection each, the last versions before the flexible ones. The partitions they share
out are made up: brokers do not look at them. Nothing of the brokers' own codecs is used."""
import select
import socket
import struct
import time

FIND_COORDINATOR, JOIN, HEARTBEAT, LEAVE, SYNC, LIST, COMMIT = 10, 11, 12, 13, 14, 16, 8
VERSIONS = {FIND_COORDINATOR: 0, JOIN: 5, HEARTBEAT: 3, LEAVE: 3, SYNC: 3, LIST: 2, COMMIT: 7}
REBALANCE, MEMBER_ID_REQUIRED, LOADING, NOT_AVAILABLE, NOT_COORDINATOR = 27, 79, 14, 15, 16


class GroupError(Exception):
    pass


def text(s):
    return struct.pack(">h", len(s)) + s.encode()


def data(b):
    return struct.pack(">i", len(b)) + b


class Answer:
    def __init__(self, frame):
        self.frame, self.at = frame, 4  # behind the correlation id

    def take(self, fmt):
        got = struct.unpack_from(fmt, self.frame, self.at)
        self.at += struct.calcsize(fmt)
        return got[0]

    def text(self):
        n = self.take(">h")
        self.at += max(n, 0)
        return self.frame[self.at - n : self.at].decode() if n >= 0 else None

    def data(self):
        n = self.take(">i")
        self.at += max(n, 0)
        return self.frame[self.at - n : self.at] if n >= 0 else None


class Wire:
    def __init__(self, port, client="bench"):
        self.sock = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.client = client

    def send(self, key, body):
        head = struct.pack(">hhi", key, VERSIONS[key], 1) + text(self.client)
        self.sock.sendall(data(head + body))

    def exactly(self, n):
        got = b""
        while len(got) < n:
            piece = self.sock.recv(n - len(got))
            if not piece:
                raise GroupError("the broker closed the connection")
            got += piece
        return got

    def receive(self):
        return Answer(self.exactly(struct.unpack(">i", self.exactly(4))[0]))

    def ask(self, key, body):
        self.send(key, body)
        return self.receive()


def find(wire, group):
    """Until the coordinator is there and has loaded."""
    end = time.monotonic() + 60
    while True:
        error = wire.ask(FIND_COORDINATOR, text(group)).take(">h")
        if error == 0:
            error = heartbeat(wire, group, -1, "")
        if error not in (LOADING, NOT_AVAILABLE, NOT_COORDINATOR):
            return
        if time.monotonic() > end:
            raise GroupError(f"no coordinator of {group}: error {error}")
        time.sleep(0.02)


def heartbeat(wire, group, generation, member):
    a = wire.ask(HEARTBEAT, text(group) + struct.pack(">i", generation) + text(member) + struct.pack(">h", -1))
    a.take(">i")
    return a.take(">h")


class Member:
    def __init__(self, port, group, name):
        self.wire, self.group, self.id, self.generation, self.leads = Wire(port, name), group, "", -1, False

    def send_join(self, topic):
        metadata = struct.pack(">hi", 1, 1) + text(topic) + struct.pack(">ii", -1, 0)
        self.wire.send(JOIN, text(self.group) + struct.pack(">ii", 60000, 60000) + text(self.id) + struct.pack(">h", -1) +
                       text("consumer") + struct.pack(">i", 1) + text("range") + data(metadata))

    def joined(self):
        """The error; the leader knows the members then."""
        a = self.wire.receive()
        a.take(">i")
        error, self.generation = a.take(">h"), a.take(">i")
        a.text()
        leader, self.id = a.text(), a.text()
        self.leads = leader == self.id
        self.members = []
        for _ in range(a.take(">i")):
            self.members.append(a.text())
            a.text()
            a.data()
        return error

    def send_sync(self, topic, partitions):
        """The leader shares the partitions out, like the range assignor."""
        shares = b""
        if self.leads:
            each = -(-partitions // len(self.members))
            for i, member in enumerate(self.members):
                mine = range(min(i * each, partitions), min((i + 1) * each, partitions))
                shares += text(member) + data(struct.pack(">hi", 1, 1) + text(topic) + struct.pack(
                    f">i{len(mine)}i", len(mine), *mine) + struct.pack(">i", -1))
        count = len(self.members) if self.leads else 0
        self.wire.send(SYNC, text(self.group) + struct.pack(">i", self.generation) + text(self.id) + struct.pack(">hi", -1, count) + shares)

    def synced(self):
        a = self.wire.receive()
        a.take(">i")
        error = a.take(">h")
        self.share = a.data()
        return error

    def send_commit(self, topic, partitions, offset):
        body = text(self.group) + struct.pack(">i", self.generation) + text(self.id) + struct.pack(">hi", -1, 1) + text(topic)
        body += struct.pack(">i", len(partitions))
        for p in partitions:
            body += struct.pack(">iqi", p, offset, -1) + text("")
        self.wire.send(COMMIT, body)

    def committed(self, partitions):
        a = self.wire.receive()
        a.take(">i")
        a.take(">i")
        a.text()
        errors = set()
        for _ in range(a.take(">i")):
            a.take(">i")
            errors.add(a.take(">h"))
        if errors != {0}:
            raise GroupError(f"a commit gets {errors}")
        return len(partitions)


def all_well(errors, what):
    wrong = {e for e in errors if e != 0}
    if wrong:
        raise GroupError(f"{what}: errors {wrong}")


def gather(port, group, count, topic):
    """New members: each gets its id (KIP-394), then all come into one generation."""
    members = [Member(port, group, f"m{i}") for i in range(count)]
    find(members[0].wire, group)
    for m in members:
        m.send_join(topic)
    all_well([0 if e == MEMBER_ID_REQUIRED else e for e in [m.joined() for m in members]], "JoinGroup")
    here, waiting = [], {m.wire.sock: m for m in members}
    for m in members:
        m.send_join(topic)
    while waiting:
        ready = select.select(list(waiting), [], [], 0.3)[0]
        for sock in ready:
            here.append(waiting.pop(sock))
            all_well([here[-1].joined()], "JoinGroup")
        if not ready and here:  # the others wait for those that were there first
            for m in here:
                m.send_join(topic)
                waiting[m.wire.sock] = m
            here = []
    share_out(members, topic, 0)
    return members


def share_out(members, topic, partitions):
    for m in members:
        m.send_sync(topic, partitions)
    all_well([m.synced() for m in members], "SyncGroup")


def rebalance(members, topic, partitions):
    """From the first join to the last share, ms."""
    leader = next(m for m in members if m.leads)
    others = [m for m in members if m is not leader]
    begin = time.monotonic()
    leader.send_join(topic)
    while heartbeat(others[0].wire, others[0].group, others[0].generation, others[0].id) != REBALANCE:
        pass  # who joins before the leader's word was heard is told the old generation
    for m in others:
        m.send_join(topic)
    all_well([m.joined() for m in members], "JoinGroup")
    share_out(members, topic, partitions)
    took = (time.monotonic() - begin) * 1e3
    # Version, one topic, its name, the number of partitions, no user data.
    given = sum(struct.unpack_from(">i", m.share, 8 + len(topic))[0] for m in members)
    if given != partitions or len({m.generation for m in members}) != 1:
        raise GroupError(f"{given} of {partitions} partitions were given out")
    return took


def simple_commit(wire, group, topic, partition, offset):
    body = text(group) + struct.pack(">i", -1) + text("") + struct.pack(">hi", -1, 1) + text(topic)
    wire.send(COMMIT, body + struct.pack(">iiqi", 1, partition, offset, -1) + text(""))


def list_groups(wire):
    a = wire.ask(LIST, b"")
    a.take(">i")
    all_well([a.take(">h")], "ListGroups")
    return a.take(">i")
