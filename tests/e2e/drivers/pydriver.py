"""What the Python drivers share: the line protocol and the record files (drivers/README.md)."""
import collections
import concurrent.futures
import json
import struct
import sys
import time

# pylint: disable=no-member # Driver and Members call what their subclasses have

Rec = collections.namedtuple("Rec", "partition offset timestamp key value headers")
FETCH_S = 30


def read_records(path):
    with open(path, "rb") as f:
        data = f.read()
    pos, out = 0, []

    def number(fmt):
        nonlocal pos
        value = struct.unpack_from(fmt, data, pos)[0]
        pos += struct.calcsize(fmt)
        return value

    def field():
        nonlocal pos
        n = number(">i")
        if n < 0:
            return None
        pos += n
        return data[pos - n : pos]

    while pos < len(data):
        partition, offset, timestamp, key, value = number(">i"), number(">q"), number(">q"), field(), field()
        headers = [(field().decode(), field()) for _ in range(number(">i"))]
        out.append(Rec(partition, offset, timestamp, key, value, headers))
    return out


def put(f, data):
    f.write(struct.pack(">i", -1 if data is None else len(data)))
    f.write(data or b"")


def write_record(f, r):
    f.write(struct.pack(">iqq", r.partition, r.offset, r.timestamp))
    put(f, r.key)
    put(f, r.value)
    f.write(struct.pack(">i", len(r.headers)))
    for name, value in r.headers:
        put(f, name.encode())
        put(f, value)


class Driver:
    """A subclass has client, version, codecs, extras and a method for each operation it offers."""

    extras = []

    def time_left(self):
        return time.monotonic() < self.deadline

    @staticmethod
    def nothing_left(left):
        if any(left.values()):
            raise TimeoutError(f"records still missing by partition: { {p: n for p, n in left.items() if n} }")

    def op_produce(self, topic, file, acks_file, **how):
        acked, errors = self.produce(topic, read_records(file), **how)
        with open(acks_file, "wb") as f:
            for partition, offset in acked:
                f.write(struct.pack(">iq", partition, offset))
        answer = {"acked": sum(1 for _, o in acked if o >= 0)}
        if errors:
            answer["error"] = f"{len(errors)} records failed: {errors[0]}"
        return answer

    def op_fetch(self, topic, file, **how):
        self.deadline = time.monotonic() + FETCH_S
        wants = how.pop("from")
        with open(file, "wb") as f:
            for r in self.fetch(topic, wants, **how):
                write_record(f, r)


class Members:
    """Consumers that subscribe, by name: a subclass of Driver has subscribed(), look(), committing() and closed() for one."""

    def __init__(self):
        self.all, self.events = {}, {}

    def join(self, member, group, topic, **config):
        self.events[member] = []
        self.all[member] = self.subscribed(group, topic, member, self.events[member], **config)

    def turn(self, members, ms):
        """One poll for each, side by side, as a rebalance needs them all: what they own, what they were told and what they
        read since the last turn."""
        with concurrent.futures.ThreadPoolExecutor(len(members)) as pool:
            found = list(pool.map(lambda name: self.look(self.all[name], ms), members))
        out = {}
        for name, (records, owned) in zip(members, found):
            told, self.events[name][:] = list(self.events[name]), []
            out[name] = {"records": records, "owned": sorted(owned), "told": told}
        return {"members": out}

    def settle(self, member):
        """Commit what was read."""
        self.committing(self.all[member])

    def leave(self, member):
        self.closed(self.all.pop(member))


def up_to_end(partitions, end, poll):
    """Gathers what poll() finds, (partition, text) after (partition, text), up to the text that says end in each partition."""
    values, open_ones, until = {str(p): [] for p in partitions}, set(partitions), time.monotonic() + FETCH_S
    while open_ones:
        if time.monotonic() > until:
            raise TimeoutError(f"no end of {open_ones}")
        for p, v in poll():
            if v == end:
                open_ones.discard(p)
            elif p in open_ones:
                values[str(p)].append(v)
    return {"values": values}


def copy(poll, transaction, close, count, abort_each, ms):
    """Reads as a member of a group and writes what it read with its offsets, until that is count records: what poll() finds goes
    into transaction(records, commit), which returns how many it committed. Every abort_each-th is to be aborted."""
    done, turns, until = 0, 0, time.monotonic() + ms / 1000
    while done < count and time.monotonic() < until:
        got = poll()
        if got:
            turns += 1
            done += transaction(got, not (abort_each and turns % abort_each == 0))
    close()
    return {"copied": done}


OPERATIONS = ["create", "list", "delete", "grow", "alter", "describe", "trim", "produce", "fetch", "offsets", "commit",
              "committed", "join", "turn", "settle", "leave", "txn_init", "txn_write", "txn_offsets", "txn_end", "txn_copy", "read"]


def serve(cls):
    driver = cls(sys.argv[1])
    out, sys.stdout = sys.stdout, sys.stderr  # nothing a library prints may look like an answer

    def say(answer):
        out.write(json.dumps(answer) + "\n")
        out.flush()

    say({"client": cls.client, "version": cls.version, "codecs": cls.codecs,
         "can": [op for op in OPERATIONS if hasattr(cls, op)] + cls.extras})
    for line in sys.stdin:
        asked = json.loads(line)
        op = asked.pop("op")
        try:
            say(getattr(driver, f"op_{op}", getattr(driver, op, None))(**asked) or {})
        except Exception as e:  # whatever a client throws is its answer
            print(f"{op} {asked}: {e!r}", file=sys.stderr, flush=True)
            say({"error": f"{type(e).__name__}: {e}"})
