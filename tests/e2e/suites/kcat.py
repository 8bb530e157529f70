"""kcat: librdkafka on the command line, from Debian."""
import json
import os
import random
import subprocess
import time

from lib import batch, records, toolchain
from lib.report import Failure
from lib.target import wait_for

CODECS = ["none", "gzip", "snappy", "lz4", "zstd"]


def needs():
    return toolchain.program("kcat", "kcat")


class Kcat:
    def __init__(self, run):
        self.run, self.raw, self.address = run, run.raw, run.target.address
        self.program = needs()
        self.name = f"kcat-{run.tag}"

    def call(self, *args, stdin=b"", fails=False):
        done = subprocess.run([self.program, "-b", self.address, *args], input=stdin, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=180, check=False)
        if (done.returncode != 0) != fails:
            raise Failure(f"kcat {' '.join(args)} ended with {done.returncode}: {done.stderr.decode()[-400:]}")
        return done.stderr.decode() if fails else done.stdout

    def produce(self, topic, lines, *args):
        self.call("-P", "-t", topic, *args, stdin=b"".join(line + b"\n" for line in lines))

    def consume(self, topic, *args):
        """Every record from here to the end, as kcat's JSON tells them."""
        out = self.call("-C", "-t", topic, "-J", "-e", "-q", "-X", "check.crcs=true", *args)
        return [json.loads(line) for line in out.splitlines()]

    def lines(self, seed, n):
        rnd = random.Random(f"kcat {seed}")
        return [b"key-%d:value %d %s" % (rnd.randrange(30), i, rnd.randbytes(rnd.randrange(1, 200)).hex().encode())
                for i in range(n)]

    def case(self, name):
        return self.run.report.case(f"kcat: {name}")


def _suite(run):
    k = Kcat(run)
    _lists(k)
    for codec in CODECS:
        _codec(k, codec)
    _nulls_and_headers(k)
    _acks(k)
    _positions(k)
    _hundred(k)
    _large(k)


def _lists(k):
    with k.case("-L shows brokers, topics and partitions") as case:
        k.raw.create(f"{k.name}-list", 3)
        seen = json.loads(k.call("-L", "-J"))
        host, port = k.address.rsplit(":", 1)
        case.equal([b["name"] for b in seen["brokers"]], [f"{host}:{port}"], "brokers")
        mine = [t for t in seen["topics"] if t["topic"] == f"{k.name}-list"]
        case.equal(len(mine), 1, "entries for the topic")
        leader = seen["brokers"][0]["id"]
        case.equal([(p["partition"], p["leader"], [r["id"] for r in p["replicas"]]) for p in mine[0]["partitions"]],
                   [(i, leader, [leader]) for i in range(3)], "partitions")
    with k.case("a topic that does not exist is an error") as case:
        text = k.call("-C", "-t", f"{k.name}-nowhere", "-p", "0", "-e", "-X", "allow.auto.create.topics=false", fails=True)
        case.true("unknown" in text.lower(), f"kcat says {text!r}")


def _codec(k, codec):
    topic = f"{k.name}-{codec}"
    with k.case(f"{codec}: 300 keyed records on 3 partitions") as case:
        k.raw.create(topic, 3)
        sent = k.lines(codec, 300)
        k.produce(topic, sent, "-K:", "-z", codec)
        got = k.consume(topic, "-o", "beginning")
        case.equal(len(got), 300, "records")
        case.equal(sorted((m["key"] + ":" + m["payload"]).encode() for m in got), sorted(sent), "what was read")
        home, number = {}, {}
        for m in got:
            case.equal(home.setdefault(m["key"], m["partition"]), m["partition"], f"partition of {m['key']}")
            place = int(m["payload"].split()[1])
            case.true(number.get(m["partition"], -1) < place, f"record {place} is out of order")
            number[m["partition"]] = place
        for p in set(home.values()):
            case.equal([m["offset"] for m in got if m["partition"] == p], list(range(k.raw.end(topic, p))),
                       f"offsets of partition {p}")
        found = {batch.CODECS[b.codec] for p in range(3) for b in k.raw.batches(topic, p)}
        case.equal(found - {"none"}, {codec} - {"none"}, "codecs in the log")


def _nulls_and_headers(k):
    topic = f"{k.name}-nulls"
    with k.case("headers, null keys, null values") as case:
        k.raw.create(topic)
        k.produce(topic, [b"a:1", b":2", b"c:", b":"], "-K:", "-Z", "-H", "one=1", "-H", "two=zwei")
        k.produce(topic, [b"x:", b":y"], "-K:")
        got = k.consume(topic, "-o", "beginning")
        case.equal([(m["key"], m["payload"], m.get("headers")) for m in got],
                   [("a", "1", ["one", "1", "two", "zwei"]), (None, "2", ["one", "1", "two", "zwei"]),
                    ("c", None, ["one", "1", "two", "zwei"]), (None, None, ["one", "1", "two", "zwei"]),
                    ("x", "", None), ("", "y", None)], "records")


def _acks(k):
    topic = f"{k.name}-acks"
    with k.case("acks=0, 1 and all, idempotent") as case:
        k.raw.create(topic, 4)
        for p, settings in enumerate((["acks=0"], ["acks=1"], ["acks=all"], ["enable.idempotence=true"])):
            sent = k.lines(f"acks {p}", 100)
            k.produce(topic, sent, "-p", str(p), *[x for s in settings for x in ("-X", s)])
            wait_for(f"the records with {settings}", lambda p=p: k.raw.end(topic, p) == 100)
            got = k.consume(topic, "-p", str(p), "-o", "beginning")
            case.equal([m["payload"].encode() for m in got], sent, f"records with {settings}")


def _positions(k):
    topic = f"{k.name}-positions"
    base = int(time.time()) * 1000 - 60_000
    with k.case("reads from an offset, from the end, from a timestamp, from the middle of a batch") as case:
        k.raw.create(topic)
        recs = [batch.Record(b"k", b"v%d" % i, base + 10 * i) for i in range(100)]
        for i in range(0, 100, 25):  # four batches, two of them compressed
            case.equal(k.raw.produce(topic, 0, batch.make(recs[i : i + 25], codec=(i // 25) % 2))["offset"], i, "offset")
        for where, first in (("beginning", 0), ("0", 0), ("37", 37), ("50", 50), ("99", 99), ("-7", 93), ("100", 100),
                             (f"s@{base + 370}", 37), (f"s@{base + 371}", 38), (f"s@{base - 1}", 0)):
            got = k.consume(topic, "-p", "0", "-o", where)
            case.equal([(m["offset"], m["ts"], m["payload"]) for m in got],
                       [(i, base + 10 * i, f"v{i}") for i in range(first, 100)], f"records from {where}")
        got = k.consume(topic, "-p", "0", "-o", f"s@{base + 200}", "-o", f"e@{base + 300}")
        case.equal([m["offset"] for m in got], list(range(20, 30)), "records between two timestamps")
        for ts, want in ((base + 555, 56), (-1, 100), (-2, 0), (base - 1, 0)):
            out = k.call("-Q", "-t", f"{topic}:0:{ts}").decode()
            case.true(out.strip().endswith(f"offset {want}"), f"-Q {ts}: {out!r}, want offset {want}")


def _hundred(k):
    topic = f"{k.name}-hundred"
    with k.case("2,000 keyed records on 100 partitions") as case:
        k.raw.create(topic, 100)
        sent = [b"key-%d:value %d" % (i % 500, i) for i in range(2000)]
        k.produce(topic, sent, "-K:", "-z", "lz4")
        got = k.consume(topic, "-o", "beginning")
        case.equal(sorted((m["key"] + ":" + m["payload"]).encode() for m in got), sorted(sent), "records")
        case.true(len({m["partition"] for m in got}) > 90, "few partitions were used")


def _large(k):
    with k.case("one value of 1,000,000 bytes, one of 10 MiB") as case:
        for size, configs in ((1_000_000, {}), (10 << 20, {"max.message.bytes": 11 << 20})):
            topic = f"{k.name}-large-{size}"
            k.raw.create(topic, 1, configs)
            path = os.path.join(k.run.folder, f"{topic}.value")
            value = records.noise(f"kcat {size}", size, None, 0).value
            with open(path, "wb") as f:
                f.write(value)
            k.call("-P", "-t", topic, "-p", "0", "-X", "message.max.bytes=20000000", path)
            out = k.call("-C", "-t", topic, "-p", "0", "-o", "0", "-e", "-q", "-f", "%s", "-X",
                         "fetch.message.max.bytes=20000000")
            os.unlink(path)
            case.true(out == value, f"the value of {size} bytes came back as {len(out)} others")


_suite.needs = needs
SUITES = {"kcat": _suite}
