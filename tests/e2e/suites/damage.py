"""Damaged directories: each kind of damage in each kind of file is found by `millrace verify` with its name and place, the broker starts or says
why not, what is not damaged is served, and `millrace salvage` gets all that is good into a directory that is sound. Only for millrace."""
import os
import re
import shutil
import signal
import subprocess

from lib import batch
from lib.raw import Raw
from lib.report import Failure
from lib.target import Millrace, free_port, wait_for
from lib.txn import Txn

KEYS = {"offsets.topic.num.partitions": 1, "transaction.state.log.num.partitions": 1, "log.segment.delete.delay.ms": 100}
OUT_OF_RANGE, CORRUPT_MESSAGE, STORAGE_ERROR = 1, 2, 56
VALUE = bytes((i * 7 + i // 251) % 256 for i in range(15000))
JOURNAL = 8 << 20


def run_verb(*args):
    done = subprocess.run([Millrace.binary, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, check=False)
    return done.returncode, done.stdout.decode(errors="replace")


def copy(src, dst):
    shutil.rmtree(dst, ignore_errors=True)
    subprocess.run(["cp", "-a", "--sparse=always", src, dst], check=True)


def portrait(folder):
    """Every byte of a directory, to see that nothing was written to it."""
    out = {}
    for root, _, files in os.walk(folder):
        for f in files:
            path = os.path.join(root, f)
            with open(path, "rb") as src:
                out[os.path.relpath(path, folder)] = hash(src.read())
    return out


# ---- kinds of damage: (file's bytes, another file's bytes, random place) -> new bytes, or None for no file ----

def flip(data, _, at):
    return data[:at] + bytes([data[at] ^ 0x10]) + data[at + 1:]


def zero(data, _, at):
    at -= at % 512
    return data[:at] + bytes(min(4096, len(data) - at)) + data[at + 4096:]


def misdirect(data, other, at):
    """A block of another file in this place."""
    at -= at % 512
    n = min(4096, len(data) - at)
    block = (other * (1 + n // max(len(other), 1)))[:n]
    return data[:at] + block + data[at + n:]


def cut(data, _, at):
    return data[:at]


def missing(*_):
    return None


KINDS = {"bit flip": flip, "zeroed block": zero, "misdirected write": misdirect, "truncated": cut, "missing": missing}


class Damage:
    def __init__(self, run):
        self.run = run
        self.port = free_port()
        self.folder = os.path.join(run.folder, "damage")
        self.work = os.path.join(self.folder, "work")
        self.saved = os.path.join(self.folder, "saved")
        self.clean = os.path.join(self.folder, "clean")
        self.crashed = os.path.join(self.folder, "crashed")

    def case(self, name):
        return self.run.report.case(f"damage: {name}")

    def broker(self, data, **more):
        for old in [b for b in self.run.brokers if b is not self.run.shared]:  # of a case that failed
            old.kill()
            self.run.brokers.remove(old)
        broker = Millrace(os.path.join(self.folder, "broker"), {**KEYS, **more}, data, self.port, self.run.args.shards)
        broker.journal_bytes = JOURNAL * self.run.args.shards
        self.run.brokers.append(broker)
        return broker

    # ---- what is there ----

    def fill(self, raw, producer, first):
        for n in range(first, first + 30):
            recs = [batch.Record(b"%d" % i, VALUE, 1_700_000_000_000 + n) for i in range(4)]
            got = raw.produce("orders", 0, batch.make(recs, producer=producer, epoch=0, sequence=n * 4))
            assert got["error"] == 0, got
            got = raw.produce("other", n % 2, batch.make([batch.Record(b"k", b"v%d" % n, 1_700_000_000_000 + n)] * 3))
            assert got["error"] == 0, got
        with_txn = Txn(raw, f"damage-{first}")
        for n in range(6):
            with_txn.write("txns", 0, [batch.Record(b"t", VALUE, 1_700_000_000_000 + n)])
            with_txn.end(n % 2 == 0)
        wait_for("the last marker", lambda: raw.committed("txns", 0)["stable"] == raw.end("txns", 0), 30)

    def make(self):
        data = os.path.join(self.folder, "data")
        os.makedirs(self.folder, exist_ok=True)
        broker = self.broker(data)
        broker.start()
        raw = Raw(broker.address)
        for topic, partitions in (("orders", 1), ("other", 2), ("txns", 1)):
            raw.create(topic, partitions, {"segment.bytes": 1 << 20, "retention.ms": -1})
        producer = raw.call("InitProducerId", 4)["id"]
        self.fill(raw, producer, 0)
        raw.close()
        assert broker.stop() == 0
        copy(data, self.clean)
        self.ends = {"clean": {}, "crashed": {}}
        self.batches = {}
        broker.start()
        raw = Raw(broker.address)
        for topic, p in self.parts():
            self.ends["clean"][topic, p] = raw.end(topic, p)
        self.fill(raw, producer, 30)
        broker.process.send_signal(signal.SIGKILL)
        broker.wait_exit()
        raw.close()
        copy(data, self.crashed)
        broker.start()
        raw = Raw(broker.address)
        for topic, p in self.parts():
            self.ends["crashed"][topic, p] = raw.end(topic, p)
            self.batches[topic, p] = {b.base_offset: b for b in raw.batches(topic, p)}
        raw.close()
        broker.clear()

    @staticmethod
    def parts():
        return [("orders", 0), ("other", 0), ("other", 1), ("txns", 0)]

    def want(self, state):
        return {part: {o: b for o, b in batches.items() if o < self.ends[state][part]} for part, batches in self.batches.items()}

    # ---- doing damage ----

    def path(self, name, last=False):
        """The first (or last) file of that name in the copy: a pattern with one star."""
        folder, pattern = os.path.split(os.path.join(self.work, name))
        found = sorted(f for f in os.listdir(folder) if re.fullmatch(pattern.replace(".", "\\.").replace("*", ".*"), f))
        if not found:
            raise Failure(f"no {name} to damage")
        return os.path.join(folder, found[-1 if last else 0])

    def hurt(self, state, name, kind, place=0.5, last=False):
        copy(self.clean if state == "clean" else self.crashed, self.work)
        path = self.path(name, last)
        with open(path, "rb") as f:
            data = f.read()
        with open(os.path.join(self.work, "other-0", "0" * 20 + ".log"), "rb") as f:
            other = f.read()
        assert data, f"{path} is empty"
        changed = KINDS[kind](data, other, min(int(len(data) * place), len(data) - 1))
        if changed is None:
            os.unlink(path)
        else:
            assert changed != data, f"{kind} of {path} changed nothing"
            with open(path, "wb") as f:
                f.write(changed)
        return os.path.relpath(path, self.work)

    # ---- looking ----

    def served(self, address, want):
        """Each batch is served, or an error is; nothing else. The bases of those that are not."""
        raw = Raw(address)
        lost = {}
        for (topic, p), batches in want.items():
            known = sorted(batches)
            for base in known:
                got = raw.fetch(topic, p, base, max_bytes=1)
                if got["error"] == 0 and got["records"]:
                    found = batch.split(got["records"])[0]
                    if found.base_offset != base or found.data != batches[base].data:
                        raise Failure(f"{topic}-{p} at {base}: another batch, at {found.base_offset}")
                    continue
                if got["error"] not in (OUT_OF_RANGE, CORRUPT_MESSAGE, STORAGE_ERROR):
                    raise Failure(f"{topic}-{p} at {base}: error {got['error']}, {len(got['records'] or b'')} bytes")
                lost.setdefault(f"{topic}-{p}", []).append(base)
        raw.close()
        return lost

    @staticmethod
    def read_all(raw, topic, p, end):
        offset, out = raw.start(topic, p), {}
        while offset < end:
            got = raw.fetch(topic, p, offset)
            found = batch.split(got["records"])
            if got["error"] != 0:
                raise Failure(f"{topic}-{p} at {offset}: error {got['error']}")
            if not found:
                break  # a gap at the end
            out.update((b.base_offset, b.data) for b in found)
            offset = found[-1].last_offset + 1
        return out

    def salvage(self, case, want, status, lost=()):
        """Into a sound directory, from which the rest is served at its offsets."""
        shutil.rmtree(self.saved, ignore_errors=True)
        before = portrait(self.work)
        code, said = run_verb("salvage", self.work, "--to", self.saved)
        case.equal(portrait(self.work) == before, True, "the damaged directory is as it was")
        if code != status:
            raise Failure(f"salvage ends with {code}, not {status}: {said[-1500:]}")
        code, found = run_verb("verify", self.saved)
        case.equal(code, 0, f"verify of what was salvaged says {found[-1500:]!r} after {said[-800:]!r}; its status")
        broker = self.broker(self.saved)
        broker.start()
        raw = Raw(broker.address)
        gone = {}
        for (topic, p), batches in want.items():
            end = raw.end(topic, p)
            got = self.read_all(raw, topic, p, end)
            for base, b in batches.items():
                if got.get(base) is None:
                    gone.setdefault(f"{topic}-{p}", []).append(base)
                elif got[base] != b.data:
                    raise Failure(f"{topic}-{p} at {base}: another batch was salvaged")
            extra = set(got) - set(batches)
            if extra:
                raise Failure(f"{topic}-{p}: salvaged batches at {sorted(extra)[:5]} that never were")
            sent = raw.produce(topic, p, batch.make([batch.Record(b"k", b"after", 1_700_000_100_000)]))
            case.equal([sent["error"], sent["offset"] >= max(batches, default=0)], [0, True],
                       f"{topic}-{p}: goes on behind all that was there: {sent}")
        raw.close()
        case.equal(broker.stop(), 0, "status of the broker on it")
        broker.clear()
        if not set(gone) <= set(lost):
            raise Failure(f"lost {gone}, expected losses of {lost} only; salvage said {said[-1500:]}")
        return gone, said


# (state, file, last of its name?, kinds: all with MILLRACE_LONG=1, else one, what verify must name besides the file, lost partitions, the start: serves or refuses)
ALL = tuple(KINDS)
TABLE = [
    ("clean", "orders-0/*.log", False, ALL, r"offsets \d+ to \d+", ["orders-0"], "serves"),
    ("clean", "orders-0/*.log", True, ALL, r"offsets? ", ["orders-0"], "serves"),
    ("clean", "txns-0/*.log", False, ("bit flip", "truncated"), r"offsets? ", ["txns-0"], "serves"),
    ("clean", "orders-0/*.index", False, ALL[:3], r"\.index: ", [], "serves"),
    ("clean", "orders-0/*.timeindex", False, ALL[:3], r"\.timeindex: ", [], "serves"),
    ("clean", "txns-0/*.txnindex", True, ALL, r"\.txnindex: ", [], "serves"),
    ("clean", "orders-0/*.snapshot", False, ALL[:4], r"\.snapshot: ", [], "serves"),
    ("clean", "orders-0/leader-epoch-checkpoint", False, ("zeroed block", "misdirected write"), "leader-epoch", [], "serves"),
    ("clean", "orders-0/partition.metadata", False, ("zeroed block", "misdirected write", "missing"), "partition.metadata", [], "serves"),
    ("clean", "recovery-point-offset-checkpoint", False, ("zeroed block", "misdirected write", "truncated"), "recovery-point", [], "serves"),
    ("clean", "meta.properties", False, ("zeroed block", "misdirected write", "missing"), "meta.properties", [], "refuses"),
    ("clean", "__cluster_metadata-0/*.log", False, ("bit flip", "zeroed block"), "__cluster_metadata-0", None, "refuses"),
    ("crashed", "orders-0/*.log", False, ALL, r"offsets? ", ["orders-0"], "serves"),
    ("crashed", "millrace-journal-*", False, ("missing", "truncated"), "millrace-journal", None, "refuses"),
]


def _suite(run):
    if run.kind != "millrace":
        return
    t = Damage(run)
    with t.case("a directory that was closed, one that was killed: both are sound, and salvaged wholly") as case:
        t.make()
        for state in ("clean", "crashed"):
            copy(t.clean if state == "clean" else t.crashed, t.work)
            code, said = run_verb("verify", t.work)
            case.equal(code, 0, f"{state}: verify says {said[-800:]!r}; its status")
            t.salvage(case, t.want(state), 0)
    for row, (state, name, last, kinds, says, lost, start) in enumerate(TABLE):
        for kind in kinds if os.environ.get("MILLRACE_LONG") else kinds[row % len(kinds):][:1]:
            with t.case(f"{state}, {kind} of {'the last ' if last else ''}{name}") as case:
                hurt = t.hurt(state, name, kind, last=last)
                code, said = run_verb("verify", t.work)
                case.equal(code, 1, f"verify says {said[-800:]!r}; its status")
                case.true((os.path.basename(hurt) in said or kind == "missing" and os.path.dirname(hurt) in said) and re.search(says, said),
                          f"verify names {hurt} and {says}: {said[-800:]!r}")
                if lost is None:
                    continue
                want = t.want(state)
                gone, told = t.salvage(case, want, 1 if lost or "meta" in hurt and "partition" not in hurt else 0, lost)
                for part, bases in gone.items():
                    case.true(f"lost {part} offsets" in told, f"salvage says that {bases} of {part} are lost: {told[-800:]!r}")
                broker = t.broker(t.work)
                if start == "refuses":
                    broker.spawn()
                    case.equal(broker.wait_exit(), 1, f"status: {broker.log_tail()}")
                else:
                    broker.start()
                    off = t.served(broker.address, want)
                    case.true(set(off) <= set(lost), f"not served: {off}")
                    for part, bases in off.items():
                        case.true(set(bases) <= set(gone.get(part, [])), f"{part}: {bases} are not served, salvage lacks {gone}")
                    case.equal(broker.stop(), 0, f"status: {broker.log_tail()}")
                broker.clear()
    with t.case("the scrubber finds what nobody has asked for, and the broker serves the rest") as case:
        t.hurt("clean", "orders-0/*.log", "bit flip")
        broker = t.broker(t.work, **{"millrace.scrub.delay.ms": 0, "millrace.scrub.bytes.per.second": 64 << 20})
        broker.start()
        wait_for("the scrubber", lambda: "damaged=1" in broker.log_text(), 30)
        found = re.findall(r"damaged part=(\S+) offsets=(\d+)\.\.(\d+) .*", broker.log_text())
        case.equal([f[0] for f in found], ["orders-0"], f"what it names: {broker.log_tail()}")
        off = t.served(broker.address, t.want("clean"))
        first, last = int(found[0][1]), int(found[0][2])
        case.equal(off, {"orders-0": [o for o in t.want("clean")["orders", 0] if first <= o <= last]}, "what is not served")
        case.equal(broker.stop(), 0, "status")


SUITES = {"damage": _suite}
