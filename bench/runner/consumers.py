"""Members of groups of the new consumer protocol (KIP-848), as bytes: one connection each, ConsumerGroupHeartbeat 1.

A member's client waits an interval between heartbeats; these do not: while a rebalance is on, each that is not done sends its
next one when the last was answered. So what is measured is the coordinator's work, not the interval."""
import struct
import time

from runner.flexible import NO_TAGS, FlexibleWire, array, compact, numbers
from runner.members import LOADING, NOT_AVAILABLE, NOT_COORDINATOR, GroupError, find

HEARTBEAT, VERSION = 68, 1
SAME = struct.pack(">i", -1)  # rebalance timeout: as said before
LEAVE = -1


class Consumer:
    def __init__(self, port, group, name):
        self.wire, self.group = FlexibleWire(port, name), group
        self.id = f"{group}-{name}-0000000000000000"[-36:]
        self.epoch, self.owned, self.told = 0, {}, None

    def send(self, topic=None, leave=False):
        """topic: joins. Otherwise says what it has when that is not what the coordinator heard last."""
        body = compact(self.group) + compact(self.id) + struct.pack(">i", LEAVE if leave else self.epoch) + b"\0\0"
        if topic is not None:
            body += struct.pack(">i", 300_000) + array([compact(topic)]) + b"\0\0" + array([])
        else:
            body += SAME + b"\0\0\0"
            if self.told == self.owned or leave:
                body += b"\0"
            else:
                body += array([t + numbers("i", parts) + NO_TAGS for t, parts in self.owned.items()])
                self.told = dict(self.owned)
        self.wire.send_flexible(HEARTBEAT, VERSION, body)

    def receive(self):
        """The error. What it is given is its own from then on; what it has to give back it says with its next heartbeat."""
        a = self.wire.receive_flexible()
        a.take(">i")
        error = a.take(">h")
        a.compact()
        a.compact()
        epoch = a.take(">i")
        a.take(">i")
        if error == 0:
            self.epoch = epoch
            if a.take(">b") == 1:
                self.owned = {}
                for _ in range(a.count()):
                    topic, a.at = a.frame[a.at : a.at + 16], a.at + 16
                    self.owned[topic] = a.numbers("i")
                    a.tags()
        return error

    def partitions(self):
        return [(t, p) for t, parts in self.owned.items() for p in parts]

    def settled(self, epoch):
        return self.epoch == epoch and self.told == self.owned


def well(error, what):
    if error != 0:
        raise GroupError(f"{what}: error {error}")


def beat(members):
    for m in members:
        m.send()
    for m in members:
        well(m.receive(), "ConsumerGroupHeartbeat")


def complete(members, partitions):
    """Everybody is in one epoch, and every partition has exactly one owner."""
    have = [p for m in members for p in m.partitions()]
    return len(have) == partitions == len(set(have)) and len({m.epoch for m in members}) == 1


def settle(members, partitions, above):
    """Heartbeats of those that are not done, until all are. above: the epoch before. Returns how many it took."""
    beats, end = 0, time.monotonic() + 120
    while True:
        newest = max(m.epoch for m in members)
        due = members if newest <= above else [m for m in members if not m.settled(newest)]
        if not due:
            if complete(members, partitions):
                return beats
            due = members  # the newest of them does not have all yet
        beat(due)
        beats += len(due)
        if time.monotonic() > end:
            raise GroupError(f"no end of a rebalance: epochs {sorted({m.epoch for m in members})}, "
                             f"{sum(len(m.partitions()) for m in members)} of {partitions} partitions")


def enter(members, topic):
    """Until the coordinator knows the topic and has loaded."""
    for m in members:
        end = time.monotonic() + 60
        while True:
            m.send(topic=topic)
            error = m.receive()
            if error == 0:
                break
            if error not in (LOADING, NOT_AVAILABLE, NOT_COORDINATOR) or time.monotonic() > end:
                raise GroupError(f"a join gets error {error}")
            time.sleep(0.02)


def gather(port, group, count, topic, partitions):
    members = [Consumer(port, group, f"m{i}") for i in range(count)]
    find(members[0].wire, group)
    enter(members, topic)
    settle(members, partitions, 0)
    return members


def join(members, newcomer, topic, partitions):
    """One more: ms and heartbeats from its first one until everybody is settled."""
    before, begin = max(m.epoch for m in members), time.monotonic()
    newcomer.send(topic=topic)
    well(newcomer.receive(), "a join")
    beats = 1 + settle(members + [newcomer], partitions, before)
    return (time.monotonic() - begin) * 1e3, beats


def leave(members, leaver, partitions):
    before, begin = max(m.epoch for m in members), time.monotonic()
    leaver.send(leave=True)
    well(leaver.receive(), "leaving")
    beats = 1 + settle(members, partitions, before)
    return (time.monotonic() - begin) * 1e3, beats
