"""Whether a trace shows that records were flushed before anybody heard of them.

Plain values in, sentences out: what is judged is made elsewhere, so that made-up traces can prove the judge.

For each record:
  W  a direct write to a journal file that covers the record's bytes there, whole and without an error;
  F  an FSYNC of that file that began when W had completed, and succeeded; or W itself when it was RWF_DSYNC;
  D  where the disk's flushes are watched: one that was issued and completed between W and the end of F;
  S  the send that carries the first byte of an answer (the record's acknowledgement, or a fetch with the record in it): it must
     have been submitted after F."""
from .tracing import FLUSH


class Op:
    """One operation of a ring, from its submission to its first completion."""

    __slots__ = ("opcode", "ring", "submitted", "started", "fd", "completed", "result")

    def __init__(self, opcode, ring, submitted):
        self.opcode, self.ring, self.submitted = opcode, ring, submitted
        self.started = self.fd = self.completed = self.result = None


def ops_of(events):
    """Ops in the order of submission. A request's memory is used again, so each name means the latest op that got it."""
    found, current = [], {}
    for e in events:
        if e.name == "io_uring_submit_req":
            op = current[e["req"]] = Op(e["opcode"], e["ring"], e.at)
            found.append(op)
        elif e.name == "io_uring_file_get" and e["req"] in current:
            op = current[e["req"]]
            op.fd, op.started = e["fd"], e.at
        elif e.name == "io_uring_complete" and e["req"] in current:
            op = current[e["req"]]
            if op.completed is None:
                op.completed, op.result = e.at, e["result"]
    return found


class Write:
    """A direct write to a file: bytes [pos, end) of it, complete at `done`."""

    __slots__ = ("inode", "pos", "end", "begun", "done", "synced")

    def __init__(self, inode, pos, end, begun, done, synced):
        self.inode, self.pos, self.end, self.begun, self.done, self.synced = inode, pos, end, begun, done, synced


def writes_of(events):
    """Writes that put all they were asked to on the device. The kernel tells their end: the position after the last byte."""
    found, begun = [], {}
    for e in events:
        if e.name == "iomap_dio_rw_begin" and "WRITE" in e["flags"]:
            begun[e["inode"], e["pos"], e["bytes"]] = e.at
        elif e.name == "iomap_dio_complete" and "WRITE" in e["flags"] and e["result"] > 0:
            key = e["inode"], e["pos"] - e["result"], e["result"]
            if key in begun:
                found.append(Write(e["inode"], key[1], e["pos"], begun.pop(key), e.at,
                                   bool({"DSYNC", "SYNC"} & set(e["flags"].split("|")))))
    return found


def streams_of(ops):
    """{fd: [(first byte, end, op)]}: which bytes of a connection each send carried."""
    streams = {}
    for op in ops:
        if op.fd is not None and op.opcode.startswith("SEND") and op.result is not None and op.result > 0:
            sent = streams.setdefault(op.fd, [])
            first = sent[-1][1] if sent else 0
            sent.append((first, first + op.result, op))
    return streams


class Sight:
    """Somebody was told of a record: the answer began at this byte of this connection."""

    __slots__ = ("who", "fd", "byte")

    def __init__(self, who, fd, byte):
        self.who, self.fd, self.byte = who, fd, byte


class Record:
    """places: for each piece of the record that is looked for, where it lies: [(inode, pos, bytes)], more than once when the
    journal has it more than once. sights: who was told of it."""

    def __init__(self, name, places, sights):
        self.name, self.places, self.sights = name, places, sights


class Judge:
    def __init__(self, events, files, flushes_seen):
        """files: {fd: inode} of the journal; flushes_seen: whether the trace has the disk's flushes."""
        ops = ops_of(events)
        self.writes, self.streams = writes_of(events), streams_of(ops)
        self.syncs = [(files[op.fd], op) for op in ops if op.opcode == "FSYNC" and op.fd in files and op.result == 0]
        self.flushes_seen = flushes_seen
        self.flushes = [(e.at, e.name == "block_rq_issue") for e in events
                        if e.name.startswith("block_rq") and e["kind"] == FLUSH and e.fields.get("error", 0) == 0]

    def flushed(self, begin, end):
        """Whether the disk was asked to flush, and then had flushed, between two events. Flushes of several queues may overlap,
        and the trace does not say which of them ended; F is what binds a flush to the file, so this is not needed finer."""
        issued = min((at for at, issue in self.flushes if issue and begin < at < end), default=None)
        return issued is not None and any(not issue and issued < at < end for at, issue in self.flushes)

    def safe(self, place):
        """(when the bytes at a place were on stable storage, None), or (None, what is missing)."""
        inode, pos, size = place
        missing = "no write to the journal covers it"
        best = None
        for w in self.writes:
            if w.inode != inode or w.pos > pos or w.end < pos + size:
                continue
            if w.synced:
                ends = [w.done]
            else:
                ends = [op.completed for i, op in self.syncs if i == inode and op.started > w.done]
            if not ends:
                missing = "its write was never followed by a flush of the file"
            for end in ends:
                if self.flushes_seen and not self.flushed(w.begun if w.synced else w.done, end):
                    missing = "the file was flushed and the disk was not"
                elif best is None or end < best:
                    best = end
        return (None, missing) if best is None else (best, None)

    def send(self, sight):
        return next((op for first, end, op in self.streams.get(sight.fd, ()) if first <= sight.byte < end), None)

    def findings(self, record):
        """What speaks against the record, a sentence each; none when all is well."""
        safe = 0
        for places in record.places:
            found = [self.safe(p) for p in places] or [(None, "the journal does not have it")]
            times = [at for at, _ in found if at is not None]
            if not times:
                return [f"{record.name}: {found[0][1]}"]
            safe = max(safe, min(times))
        out = []
        for sight in record.sights:
            op = self.send(sight)
            if op is None:
                out.append(f"{record.name}: no send carries what {sight.who} got")
            elif op.submitted <= safe:
                out.append(f"{record.name}: {sight.who} was told at {op.submitted}, and it was safe at {safe}")
        return out
