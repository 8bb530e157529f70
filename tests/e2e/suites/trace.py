"""Durability as the kernel saw it: for every record, the flush that covers it completed before its acknowledgement was submitted to
the socket, and before the answer that carried it to a consumer was, with acks=0, 1 and all.

lib/tracing.py records what the broker's rings, its journal files and the disk did; lib/evidence.py judges. Here: the clients
whose records are watched, where the journal has them, and proofs that the judge condemns what it should."""
import os
import re
import threading

from lib import batch, evidence, tracing, wire
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for

TOPIC, PARTITIONS = "traced", 8
ACKS = {-1: "all", 1: "1", 0: "0"}
ALONE, TOGETHER = 40, 60  # records: of each acks one after the other; of each of six producers at once
SIZES = [100, 400, 3000, 100, 20_000, 70_000, 900]
MARK = re.compile(rb"<millrace-trace (\d{6}) (head|tail)>")


def mark(number, end):
    return b"<millrace-trace %06d %s>" % (number, end)


# --- clients

class Heard(wire.Conn):
    """A connection that knows at which byte of all it received each answer began."""

    def __init__(self, address):
        super().__init__(address)
        self.port = self.sock.getsockname()[1]
        self.bytes = self.first = 0
        self.frame = b""
        self.call("ApiVersions", 0)

    def _exactly(self, n):
        got = super()._exactly(n)
        self.bytes += n
        return got

    def recv_frame(self):
        self.first = self.bytes
        self.frame = super().recv_frame()
        return self.frame


class Ledger:
    """Which records were sent, and who was told of them: (who, port of the connection, first byte of the answer)."""

    def __init__(self):
        self.lock = threading.Lock()
        self.sent = {}  # number -> acks
        self.sights = {}

    def next(self, acks):
        with self.lock:
            number = len(self.sent)
            self.sent[number], self.sights[number] = acks, []
            return number

    def saw(self, number, who, conn):
        with self.lock:
            self.sights[number].append((who, conn.port, conn.first))

    def count(self, number):
        with self.lock:
            return len(self.sights[number])


class Consumer(threading.Thread):
    """Reads all partitions at their ends: with wait_ms a long poll, without it a client that asks and asks."""

    def __init__(self, address, who, wait_ms, ledger, ends):
        super().__init__(daemon=True)
        self.conn, self.who, self.wait_ms, self.ledger, self.next = Heard(address), who, wait_ms, ledger, dict(ends)
        self.stopping, self.broken = threading.Event(), None

    def run(self):
        try:
            while not self.stopping.is_set():
                answer = self.conn.call("Fetch", 12, {"wait_ms": self.wait_ms, "min_bytes": 1, "topics": [{
                    "name": TOPIC, "partitions": [{"index": p, "offset": at} for p, at in self.next.items()]}]})
                for p in answer["topics"][0]["partitions"]:
                    if p["error"] != 0:
                        raise Failure(f"fetching partition {p['index']} at {self.next[p['index']]}: error {p['error']}")
                    for b in batch.split(p["records"]):
                        self.next[p["index"]] = b.last_offset + 1
                        for number in {int(m[1]) for m in MARK.finditer(b.data)}:
                            self.ledger.saw(number, self.who, self.conn)
                if self.wait_ms == 0:
                    self.stopping.wait(0.001)  # a bound on what the trace has to hold
        except Exception as e:  # told by the main thread
            self.broken = f"{self.who}: {e!r}"

    def end(self):
        self.stopping.set()
        self.join(60)


def produce(conn, ledger, acks, partition):
    number = ledger.next(acks)
    value = mark(number, b"head") + b"." * SIZES[number % len(SIZES)] + mark(number, b"tail")
    data = batch.make([batch.Record(None, value, 1_700_000_000_000 + number)])
    body = {"acks": acks, "topics": [{"name": TOPIC, "partitions": [{"index": partition, "records": data}]}]}
    if acks == 0:
        conn.send("Produce", 9, body)
        return number
    told = conn.call("Produce", 9, body)["topics"][0]["partitions"][0]
    if told["error"] != 0:
        raise Failure(f"record {number} was answered {told}")
    ledger.saw(number, f"its producer (acks={ACKS[acks]})", conn)
    return number


# --- what the clients' connections and the journal are to the broker

def sockets(pid, port):
    """{port of the client: descriptor in the broker} of the connections to a port."""
    inodes = {}
    for table in ("tcp", "tcp6"):
        with open(f"/proc/{pid}/net/{table}", encoding="ascii") as f:
            for row in [line.split() for line in f][1:]:
                local, remote = (int(a.rsplit(":", 1)[1], 16) for a in row[1:3])
                if local == port and remote != 0:
                    inodes[f"socket:[{row[9]}]"] = remote
    return {inodes[link]: fd for fd, link in links(pid) if link in inodes}


def links(pid):
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            yield int(fd), os.readlink(f"/proc/{pid}/fd/{fd}")
        except FileNotFoundError:
            continue  # closed meanwhile


def journal_paths(data):
    return [os.path.join(data, n) for n in sorted(os.listdir(data)) if n.startswith("millrace-journal-")]


def journal_files(pid, data):
    inodes = {path: os.stat(path).st_ino for path in journal_paths(os.path.realpath(data))}
    return {fd: inodes[link] for fd, link in links(pid) if link in inodes}


def places_of(data):
    """{(number, "head" or "tail"): [(inode, pos, bytes)]} of every mark in the journal files."""
    found = {}
    for path in journal_paths(data):
        with open(path, "rb") as f:
            for m in MARK.finditer(f.read()):
                found.setdefault((int(m[1]), m[2].decode()), []).append((os.stat(path).st_ino, m.start(), len(m[0])))
    return found


class Stage:
    """A broker with its trace."""

    def __init__(self, run, trace, name, overrides):
        self.run, self.trace, self.broker = run, trace, run.broker(name, overrides)
        self.broker.start()
        why = "the log directory allows no direct I/O" if "no direct I/O here" in self.broker.log_text() else None
        if why or (why := tracing.told_of(self.broker.data)):
            raise Skip(why)
        self.disk, why = tracing.disk_of(os.stat(self.broker.data).st_dev)
        if self.disk is None:
            run.report.say(f"     the disk's own flushes are not watched: {why}")
        raw = Raw(self.broker.address)
        raw.create(TOPIC, PARTITIONS, {"retention.ms": -1})  # its records are old
        data = batch.make([batch.Record(None, b"warm", 1_700_000_000_000)])
        self.rings = trace.rings(self.broker.process.pid,
                                 lambda: [raw.produce(TOPIC, p, data) for p in range(PARTITIONS)])
        raw.close()
        if len(self.rings) != run.args.shards:
            raise Failure(f"{run.args.shards} shards submit to the rings {self.rings}")

    def watch(self, case, work):
        """Let work(ledger, consumers) produce; judge. Returns (ledger, {number: findings}, judge)."""
        pid, port, address = self.broker.process.pid, self.broker.port, self.broker.address
        ledger, raw = Ledger(), Raw(address)
        ends = {p: raw.end(TOPIC, p) for p in range(PARTITIONS)}
        raw.close()
        consumers = [Consumer(address, "a long-polling consumer", 500, ledger, ends),
                     Consumer(address, "an impatient consumer", 0, ledger, ends)]
        producers = [Heard(address) for _ in range(6)]
        conns = producers + [c.conn for c in consumers]
        sockets_before, files_before = sockets(pid, port), journal_files(pid, self.broker.data)
        for c in conns:
            c.bytes = 0
        self.trace.start(self.rings, [os.stat(p).st_ino for p in journal_paths(self.broker.data)], self.disk)
        try:
            for c in consumers:
                c.start()
            work(ledger, producers, consumers)
            wait_for("the consumers' sight of every record", lambda: everyone_saw(ledger, consumers))
        finally:
            for c in consumers:
                c.end()
            events = self.trace.stop()
        fds, files = sockets(pid, port), journal_files(pid, self.broker.data)
        for c in conns:
            case.equal(fds[c.port], sockets_before[c.port], "descriptor of a connection after and before")
            c.close()
        for fd, inode in files_before.items():
            case.equal(files.setdefault(fd, inode), inode, "journal file behind a descriptor after and before")

        judge = evidence.Judge(events, files, self.disk is not None)
        places, findings = places_of(self.broker.data), {}
        for number, sights in ledger.sights.items():
            case.equal(len(sights), len(consumers) + (ledger.sent[number] != 0), f"sights of record {number}")
            findings[number] = judge.findings(evidence.Record(
                f"record {number} (acks={ACKS[ledger.sent[number]]})",
                [places.get((number, end), []) for end in ("head", "tail")],
                [evidence.Sight(who, fds[p], byte) for who, p, byte in sights]))
        self.run.report.say(f"     {len(ledger.sent)} records, {sum(map(len, ledger.sights.values()))} answers that told of them; "
                            f"{len(judge.writes)} journal writes, "
                            f"{len(judge.syncs) + sum(w.synced for w in judge.writes)} flushes of them, "
                            f"{sum(not issue for _, issue in judge.flushes)} flushes of the disk, in {len(events)} events")
        return ledger, findings, judge


def everyone_saw(ledger, consumers):
    for c in consumers:
        if c.broken:
            raise Failure(c.broken)
    return all(ledger.count(n) == len(consumers) + (acks != 0) for n, acks in list(ledger.sent.items()))


def one_by_one(ledger, producers, consumers):
    """Each record when everyone has heard of the one before."""
    for acks in ACKS:
        for i in range(ALONE):
            number = produce(producers[0], ledger, acks, i % PARTITIONS)
            wait_for(f"the consumers' sight of record {number}", lambda: everyone_saw(ledger, consumers), step=0.001)


def together(ledger, producers, consumers):
    """Six producers, two of each acks, each with a record in flight."""
    broken = []

    def run(n):
        try:
            for i in range(TOGETHER):
                produce(producers[n], ledger, list(ACKS)[n % 3], (n * 3 + i) % PARTITIONS)
        except Exception as e:  # told below
            broken.append(f"producer {n}: {e!r}")

    threads = [threading.Thread(target=run, args=(n,), daemon=True) for n in range(len(producers))]
    for t in threads:
        t.start()
    for t in threads:
        t.join(180)
    if broken or any(t.is_alive() for t in threads):
        raise Failure("; ".join(broken) or "a producer did not end within 180 s")


# --- proofs of the judge: a record at bytes 100..120 of file 7 (descriptor 13), its acknowledgement at byte 0 of descriptor 20

WRITTEN = "submit w WRITE, file w 13, begin 0 512, done 0 512, "
FLUSHED = "submit f FSYNC, file f 13, issue, flushed, complete f 0, "
TOLD = "submit s SEND, file s 20, complete s 40, "
MADE_UP = [
    ("a record that is written, flushed and acknowledged", WRITTEN + FLUSHED + TOLD, None),
    ("a flush beside others", "issue, " + WRITTEN + "flushed, " + FLUSHED + TOLD, None),
    ("a second, larger write", WRITTEN + "begin 0 1024, done 0 1024, " + FLUSHED + TOLD, None),
    ("a write that flushes", "begin 0 512 DSYNC, issue, flushed, done 0 512 DSYNC, " + TOLD, None),
    ("no flush", WRITTEN + TOLD, "never followed"),
    ("no write", FLUSHED + TOLD, "no write"),
    ("a write of something else", "begin 512 512, done 512 512, " + FLUSHED + TOLD, "no write"),
    ("half a write", "begin 0 512, done 0 110, " + FLUSHED + TOLD, "no write"),
    ("a failed write", "begin 0 512, done 0 -5, " + FLUSHED + TOLD, "no write"),
    ("a flush that began too early", "submit f FSYNC, file f 13, " + WRITTEN + "issue, flushed, complete f 0, " + TOLD,
     "never followed"),
    ("a flush of another file", WRITTEN + FLUSHED.replace("13", "14") + TOLD, "never followed"),
    ("a flush that failed", WRITTEN + FLUSHED.replace("f 0", "f -5") + TOLD, "never followed"),
    ("a flush that did not end", WRITTEN + FLUSHED.replace("complete f 0, ", "") + TOLD, "never followed"),
    ("a disk that was not flushed", WRITTEN + FLUSHED.replace("issue, flushed, ", "") + TOLD, "the disk was not"),
    ("a disk that flushed too early", "issue, " + WRITTEN + FLUSHED.replace("issue, ", "") + TOLD, "the disk was not"),
    ("a write that says it flushes", "begin 0 512 DSYNC, done 0 512 DSYNC, " + TOLD, "the disk was not"),
    ("an acknowledgement before the flush", WRITTEN + TOLD + FLUSHED, "was told"),
    ("an acknowledgement during the flush", WRITTEN + FLUSHED.replace("issue, ", "issue, " + TOLD), "was told"),
    ("half an acknowledgement before the flush",
     WRITTEN + "submit s SEND, file s 20, complete s 1, " + FLUSHED + "submit t SEND, file t 20, complete t 39, ", "was told"),
    ("an acknowledgement that nobody sent", WRITTEN + FLUSHED + TOLD.replace("20", "21"), "no send"),
]


def made_up(script):
    """Events of a script: submit REQ OPCODE, file REQ FD, complete REQ RESULT, begin POS BYTES [FLAG], done POS RESULT [FLAG],
    issue, flushed."""
    events = []
    for at, step in enumerate(s.split() for s in script.strip(" ,").split(",")):
        verb, words = step[0], step[1:]
        if verb == "submit":
            name, fields = "io_uring_submit_req", {"ring": "1", "req": words[0], "opcode": words[1]}
        elif verb == "file":
            name, fields = "io_uring_file_get", {"ring": "1", "req": words[0], "fd": int(words[1])}
        elif verb == "complete":
            name, fields = "io_uring_complete", {"ring": "1", "req": words[0], "result": int(words[1])}
        elif verb in ("begin", "done"):
            pos, size = int(words[0]), int(words[1])
            flags = "|".join(["DIRECT", "WRITE", *words[2:]])
            if verb == "begin":
                name, fields = "iomap_dio_rw_begin", {"inode": 7, "pos": pos, "bytes": size, "flags": flags}
            else:
                name, fields = "iomap_dio_complete", {"inode": 7, "pos": pos + max(size, 0), "result": size, "flags": flags}
        else:
            name = {"issue": "block_rq_issue", "flushed": "block_rq_complete"}[verb]
            fields = {"kind": tracing.FLUSH, "error": 0}
        events.append(tracing.Event(at, 1, name, **fields))
    return events


def _proofs(run):
    for title, script, want in MADE_UP:
        with run.report.case(f"trace: {'found out' if want else 'passes'}: {title}") as case:
            judge = evidence.Judge(made_up(script), {13: 7, 14: 8}, True)
            got = judge.findings(evidence.Record("it", [[(7, 100, 20)]], [evidence.Sight("its producer", 20, 0)]))
            case.equal(len(got), 1 if want else 0, f"findings {got}")
            case.true(want is None or want in got[0], f"found {got}, not {want!r}")


def _suite(run):
    if run.kind != "millrace":
        raise Skip("it watches io_uring, which Kafka does not use")
    _proofs(run)
    with tracing.Trace() as trace:
        stage = Stage(run, trace, "trace", {})
        for name, work in (("one after the other", one_by_one), ("six producers at once", together)):
            with run.report.case(f"trace: flushed before anyone is told: {name}") as case:
                _, findings, judge = stage.watch(case, work)
                bad = [text for texts in findings.values() for text in texts]
                case.equal(bad[:5], [], f"{len(bad)} findings")
                case.true(len(judge.writes) >= 1, "no journal write was seen")
        stage.broker.stop()
        # The same clients, the same judge, a broker that is told not to flush: it must be found out. Zeroing the journal ahead flushes
        # its files all the same, now and then; that may cover records by chance, a whole burst of those with acks=0.
        stage = Stage(run, trace, "trace-write", {"millrace.durability": "write"})
        for name, work, words in (("one after the other", one_by_one, (-1, 1, 0)), ("six producers at once", together, (-1, 1))):
            with run.report.case(f"trace: a broker that does not flush is found out: {name}") as case:
                ledger, findings, _ = stage.watch(case, work)
                for acks in words:
                    mine = [n for n, a in ledger.sent.items() if a == acks]
                    early = sum(bool(findings[n]) for n in mine)
                    case.true(early > len(mine) * 3 // 4, f"only {early} of {len(mine)} records with acks={ACKS[acks]}")
        stage.broker.stop()


SUITES = {"trace": _suite}
