"""Transactions of client libraries, of both versions of the protocol: what is committed is there, once; what is aborted is not;
who comes later fences who was there; offsets and records come together; through kill -9."""
import json
import os
import re
import signal
import threading
import time

from lib import batch, complaints, toolchain, txn
from lib.driver import Driver, Refused
from lib.raw import Raw
from lib.report import Failure
from lib.target import coordinators_compacted, wait_for

from .groups import MORE

PARTITIONS = 3
ALL = list(range(PARTITIONS))
END = "the end"
# What each has beside committing, aborting and reading. The version of the protocol is what the client makes of it.
CLIENTS = {
    "confluent": (lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), {"txn_offsets", "txn_copy"}),
    "java": (toolchain.java_driver, {"txn_offsets", "txn_copy"}),
    "java 3.9": (lambda: toolchain.java_driver("3.9.1"), {"txn_offsets", "txn_copy"}),
    **({"java 2.8": (lambda: toolchain.java_driver("2.8.2"), {"txn_offsets", "txn_copy"})} if toolchain.LONG else {}),
    "java 2.1": (lambda: toolchain.java_driver("2.1.1"), {"txn_offsets", "txn_copy"}),
    "java 4.4": (lambda: toolchain.java_driver("4.4.0"), {"txn_offsets", "txn_copy"}),
    "franz": (lambda: toolchain.go_driver("franz"), set()),
    "sarama": (lambda: toolchain.go_driver("sarama"), {"txn_offsets"}),
    "kafkago": (lambda: toolchain.go_driver("kafkago"), {"txn_offsets"}),
    "aiokafka": (lambda: toolchain.python_driver("aiokafka", "aiokafka[lz4,snappy,zstd]==0.14.0"), {"txn_offsets", "txn_copy"}),
    "kafkapython": (lambda: toolchain.python_driver("kafkapython", "kafka-python[crc32c,lz4,snappy,zstd]==3.0.12"),
                    {"txn_offsets", "txn_copy"}),
    "kafkajs": (lambda: toolchain.node_driver("kafkajs"), {"txn_offsets"}),
    "kafka-javascript": (MORE["kafka-javascript"][0], {"txn_offsets", "txn_copy"}),
    "platformatic": (MORE["platformatic"][0], {"txn_offsets"}),
}
if toolchain.LONG:
    CLIENTS.update({
        "rdkafka": (lambda: toolchain.rust_driver("rdkafka"), {"txn_offsets", "txn_copy"}),
        "kafkapython2": (lambda: toolchain.python_driver("kafkapython", "kafka-python[crc32c,lz4,snappy,zstd]==2.3.0"),
                         {"txn_offsets", "txn_copy"}),
    })
# It asks for its producer id as producer 0 of epoch 0, so nobody can take an id over: a real Kafka, too, says that it is fenced.
LACKS = {"platformatic": {"a zombie is fenced"}}
# Who does not leave out what was aborted (platformatic all but the last of several of one producer in one fetch): another client reads.
READ_FOR = {"kafkago", "platformatic"}


class Client:
    """One driver process of a client, with a topic of its own."""

    count = 0

    def __init__(self, run, broker, name, what):
        Client.count += 1
        self.run, self.broker, self.name = run, broker, name
        self.slug = f"{name.replace(' ', '-')}-{what}"
        self.topic = f"txn-{self.slug}"
        self.raw = Raw(broker.address)
        self.raw.create(self.topic, PARTITIONS)
        self.driver = self.another()
        self.other_reader = self.another("confluent") if name in READ_FOR else None
        self.want = {str(p): [] for p in ALL}

    @property
    def reader(self):
        return self.other_reader or self.driver

    def another(self, name=None):
        command = CLIENTS[name or self.name][0]()
        Client.count += 1
        log = os.path.join(self.run.folder, f"driver-txn-{self.slug}-{Client.count}.log")
        d = Driver(self.name, command, self.broker.address, log)
        self.run.drivers.append(d)
        return d

    def init(self, holder="one", id=None, driver=None, **how):
        (driver or self.driver).do("txn_init", holder=holder, id=id or f"{self.slug}-id", **how)

    def write(self, *texts, holder="one", driver=None, partitions=ALL):
        values = [[p, f"{t}-{p}"] for t in texts for p in partitions]
        (driver or self.driver).do("txn_write", holder=holder, topic=self.topic, values=values)
        return values

    def end(self, commit, holder="one", driver=None):
        (driver or self.driver).do("txn_end", holder=holder, commit=commit)

    def transaction(self, *texts, commit=True, **how):
        values = self.write(*texts, **how)
        self.end(commit, holder=how.get("holder", "one"), driver=how.get("driver"))
        if commit:
            self.wanted(values)

    def wanted(self, values):
        for p, t in values:
            self.want[str(p)].append(t)

    def finish(self):
        """The last transaction, which readers read up to."""
        self.driver.do("txn_init", holder="last", id=f"{self.slug}-last")
        self.driver.do("txn_write", holder="last", topic=self.topic, values=[[p, END] for p in ALL])
        self.driver.do("txn_end", holder="last", commit=True)

    def read(self, topic=None):
        return self.reader.do("read", topic=topic or self.topic, read=ALL, end=END)["values"]


def _ends(c, case):
    """Commits and aborts, one after the other; a reader sees the ones and not the others."""
    c.init()
    for i in range(8):
        c.transaction(f"t{i}a", f"t{i}b", commit=i % 3 != 1)
    c.finish()
    case.equal(c.read(), c.want, "what read_committed reads")
    marks = [b for p in ALL for b in c.raw.batches(c.topic, p) if b.attributes & 0x20]
    case.equal(len(marks), 9 * PARTITIONS, "markers in the log")
    # Its markers are there, and what they are told to may still have to write it down.
    wait_for("the end of the last", lambda: "Prepare" not in _look(c, f"{c.slug}-id")["state"])
    case.equal({tuple(sorted(t.items())) for t in _look(c, f"{c.slug}-id")["topics"]}, set(), "partitions in the end")


def _look(c, id):
    return c.raw.call("DescribeTransactions", 0, {"txns": [id]})["txns"][0]


def _open(c, case):
    """Nothing of an open transaction is seen, nor what was written behind it."""
    c.init()
    c.transaction("before")
    c.init(holder="two", id=f"{c.slug}-two")
    c.write("open")
    c.transaction("behind", holder="two")
    stable = [c.raw.committed(c.topic, p)["stable"] for p in ALL]
    case.equal(stable, [2] * PARTITIONS, "last stable offsets while one is open")
    c.end(False)
    c.finish()
    case.equal(c.read(), c.want, "what read_committed reads")


def _zombie(c, case):
    """Another process takes the transactional id over: what the first had open is aborted, and it gets no further."""
    c.init()
    c.transaction("whole")
    c.write("lost")
    second = c.another()
    c.init(driver=second)
    for what, act in (("writes", lambda: c.write("zombie")), ("commits", lambda: c.end(True))):
        try:
            act()
        except Refused as e:
            case.true(str(e), what)
        else:
            case.true(what == "writes", f"the zombie {what}")  # some only notice at the end
    c.transaction("new", driver=second)
    second.do("txn_init", holder="last", id=f"{c.slug}-last")
    second.do("txn_write", holder="last", topic=c.topic, values=[[p, END] for p in ALL])
    second.do("txn_end", holder="last", commit=True)
    reader = second if c.reader is c.driver else c.reader
    got = reader.do("read", topic=c.topic, read=ALL, end=END)["values"]
    case.equal(got, c.want, "what read_committed reads")


def _offsets(c, case):
    """Offsets count with the commit, and not with the abort."""
    group = f"{c.slug}-g"
    c.raw.call("FindCoordinator", 4, {"keys": [group]})

    def committed(stable=True):
        got = c.raw.call("OffsetFetch", 7, {"group": group, "stable": stable, "topics": [{"name": c.topic, "partitions": ALL}]})
        return [p["error"] or p["offset"] for p in got["topics"][0]["partitions"]]

    c.init()
    for i, commit in enumerate((True, False, True)):
        c.write(f"t{i}")
        before = committed()
        c.driver.do("txn_offsets", holder="one", group=group, topic=c.topic, offsets=[[p, 10 * i + p] for p in ALL])
        if c.name != "sarama":  # it keeps them for its commit
            case.equal(committed(), [88] * PARTITIONS, "what a reader of stable offsets is told while it is open")
        case.equal(committed(stable=False), before, "what others are told")
        c.end(commit)
        want = [10 * i + p for p in ALL] if commit else before
        wait_for("the offsets", lambda: 88 not in committed())
        case.equal(committed(), want, f"after {'the commit' if commit else 'the abort'}")


def _fill(c, texts):
    c.init(holder="fill", id=f"{c.slug}-fill")
    for i in range(0, texts, 10):
        c.transaction(*[f"r{n}" for n in range(i, min(i + 10, texts))], holder="fill")


def _copy(c, case):
    """Consume, transform, produce: each record once, though every third transaction is aborted."""
    to = f"{c.topic}-copy"
    c.raw.create(to, PARTITIONS)
    c.raw.call("FindCoordinator", 4, {"keys": [f"{c.slug}-g"]})
    _fill(c, 60)
    c.init()
    got = c.driver.do("txn_copy", seconds=240, holder="one", group=f"{c.slug}-g", topic=c.topic, to=to, count=60 * PARTITIONS,
                      abort_each=3, ms=60000)
    case.equal(got["copied"], 60 * PARTITIONS, "records copied")
    c.driver.do("txn_init", holder="last", id=f"{c.slug}-last")
    c.driver.do("txn_write", holder="last", topic=to, values=[[p, END] for p in ALL])
    c.driver.do("txn_end", holder="last", commit=True)
    case.equal(c.read(to), c.want, "the copy")


def _timeout(c, case):
    """Who does not end in time is aborted and fenced."""
    c.init(holder="slow", id=f"{c.slug}-slow", timeout_ms=1000)
    c.write("late", holder="slow")
    wait_for("the abort", lambda: _look(c, f"{c.slug}-slow")["state"] == "CompleteAbort")
    try:
        c.end(True, holder="slow")
    except Refused as e:
        case.true(True, str(e))
    else:
        case.true(False, "the commit after the time was taken")
    c.init()
    c.transaction("in time")
    c.finish()
    case.equal(c.read(), c.want, "what read_committed reads")


STORIES = {"commits and aborts": (_ends, None), "nothing open is seen": (_open, None), "a zombie is fenced": (_zombie, None),
           "offsets come with the commit": (_offsets, "txn_offsets"), "an exactly-once copy": (_copy, "txn_copy")}


def _clients(run):
    broker = run.broker("transactions", {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4,
                                         "group.initial.rebalance.delay.ms": 0})
    broker.start()
    watch = complaints.Watch(run, "java-4.4")
    for name, (_, can) in CLIENTS.items():
        for what, (story, needs) in STORIES.items():
            if (needs is not None and needs not in can) or what in LACKS.get(name, ()):
                continue
            with run.report.case(f"transactions: {name}: {what}") as case:
                story(Client(run, broker, name, story.__name__.strip("_")), case)
            run.end_drivers()
    with run.report.case("transactions: java 4.4: nobody complains in a log") as case:
        watch.check(case)
    with run.report.case("transactions: java: time is up") as case:
        _timeout(Client(run, broker, "java", "timeout"), case)
    run.end_drivers()
    broker.stop()


def _crashes(run):
    """An exactly-once copy while the broker is killed again and again."""
    keys = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4, "group.initial.rebalance.delay.ms": 0,
            **coordinators_compacted(run)}
    broker = run.broker("transactions_crash", keys)
    broker.start()
    for name in ("java", "java 3.9", "confluent"):
        with run.report.case(f"transactions: {name}: a copy through kill -9") as case:
            c = Client(run, broker, name, "crash")
            to = f"{c.topic}-copy"
            c.raw.create(to, PARTITIONS)
            c.raw.call("FindCoordinator", 4, {"keys": [f"{c.slug}-g"]})
            _fill(c, 200)
            stop, kills = threading.Event(), [0]

            def killing():
                while not stop.wait(1.5) and kills[0] < 6:
                    broker.process.send_signal(signal.SIGKILL)
                    broker.wait_exit()
                    broker.start()
                    kills[0] += 1

            thread = threading.Thread(target=killing)
            thread.start()
            try:
                failures = []
                end = time.monotonic() + 300
                while time.monotonic() < end:  # a client that gives up is started again, as a service would be
                    d = c.another()
                    try:
                        c.init(driver=d)
                        d.do("txn_copy", seconds=60, holder="one", group=f"{c.slug}-g", topic=c.topic, to=to, count=10_000, ms=8000)
                    except (Refused, Failure) as e:
                        failures.append(str(e))
                    d.process.kill()
                    if kills[0] >= 4 and _group_at(c) == _ends_of(c):
                        break
            finally:
                stop.set()
                thread.join()
            case.true(kills[0] >= 4, f"only {kills[0]} kills")
            c.driver.process.kill()
            c.driver = c.another()
            c.driver.do("txn_init", holder="last", id=f"{c.slug}-last")
            c.driver.do("txn_write", holder="last", topic=to, values=[[p, END] for p in ALL])
            c.driver.do("txn_end", holder="last", commit=True)
            case.equal(c.read(to), c.want, f"the copy after {kills[0]} kills and {failures[:3]}")
        run.end_drivers()
    broker.stop()


def _group_at(c):
    try:
        got = c.raw.call("OffsetFetch", 7, {"group": f"{c.slug}-g", "topics": [{"name": c.topic, "partitions": ALL}]})
        return [p["offset"] for p in got["topics"][0]["partitions"]] if got["error"] == 0 else None
    except OSError:
        c.raw.close()
        return None


def _ends_of(c):
    """A position behind the last record, before or behind its marker."""
    ends = [c.raw.end(c.topic, p) for p in ALL]
    at = _group_at(c)
    return at if at is not None and all(e - 1 <= a <= e for a, e in zip(at, ends)) else ends


def _changes(states):
    """In how many records partitions came is up to the broker."""
    return [s for i, s in enumerate(states) if i == 0 or states[i - 1] != s]


def _tools(run):
    """Kafka's own tools for transactions."""
    keys = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4}
    broker = run.broker("transactions_tools", keys)
    broker.start()
    c = Client(run, broker, "java", "tools")

    def tool(cls, *args, seconds=180):
        got = c.driver.do("tool", seconds, **{"class": cls}, stdin="", args=list(args))
        if got["exit"] != 0:
            raise Failure(f"{cls} {args}: {got['out'][-500:]} {got['err'][-500:]}")
        return got["out"]

    def transactions(*args):
        return tool("org.apache.kafka.tools.TransactionsCommand", "--bootstrap-server", broker.address, *args)

    c.init()
    c.transaction("done")
    c.init(holder="open", id=f"{c.slug}-open", timeout_ms=900_000)  # it outlives all these tools
    c.write("open", holder="open")
    # Its answer to the commit comes before the markers, and they before the end.
    wait_for("the end of the first", lambda: _look(c, f"{c.slug}-id")["state"] == "CompleteCommit")
    with run.report.case("transactions: kafka-transactions list") as case:
        rows = {r.split()[0]: r.split()[1:] for r in transactions("list").splitlines()[1:] if r.startswith(c.slug)}
        case.equal({k: v[-1] for k, v in rows.items()}, {f"{c.slug}-id": "CompleteCommit", f"{c.slug}-open": "Ongoing"}, "states")
        # Without a filter for times: the older protocol, whose answer has no less.
        out = transactions("list", "--duration-filter", "3600000")
        case.equal(f"{c.slug}-open" in out, False, "younger than an hour")
        rows = [r.split()[0] for r in transactions("list", "--transactional-id-pattern", f"{c.slug}-o[a-z]+").splitlines()[1:] if r.strip()]
        case.equal(rows, [f"{c.slug}-open"], "those of a pattern")
    with run.report.case("transactions: kafka-transactions describe") as case:
        out = transactions("describe", "--transactional-id", f"{c.slug}-open")
        case.true("Ongoing" in out and all(f"{c.topic}-{p}" in out for p in ALL), out)
    with run.report.case("transactions: kafka-transactions describe-producers") as case:
        out = transactions("describe-producers", "--topic", c.topic, "--partition", "0")
        row = [r.split() for r in out.splitlines()[1:] if r.strip()]
        case.equal(sorted(r[-1] for r in row), ["2", "None"], out)
    with run.report.case("transactions: kafka-transactions find-hanging finds none that its coordinator knows") as case:
        out = transactions("find-hanging", "--broker-id", "1", "--max-transaction-timeout", "0")
        case.equal([r for r in out.splitlines()[1:] if c.topic in r], [], out)
    with run.report.case("transactions: kafka-transactions abort") as case:
        stable = c.raw.committed(c.topic, 0)["stable"]
        transactions("abort", "--topic", c.topic, "--partition", "0", "--start-offset", str(stable))
        case.equal(c.raw.committed(c.topic, 0)["stable"], c.raw.end(c.topic, 0), "the last stable offset")
        case.equal(c.raw.committed(c.topic, 1)["stable"], stable, "the last stable offset of another partition")
    with run.report.case("transactions: the console consumer formats __transaction_state") as case:
        def told(patience_ms):
            out = tool("org.apache.kafka.tools.consumer.ConsoleConsumer", "--bootstrap-server", broker.address, "--topic",
                       "__transaction_state", "--from-beginning", "--timeout-ms", str(patience_ms), "--formatter",
                       "org.apache.kafka.tools.consumer.TransactionLogMessageFormatter")
            seen, at = [], out.find("{")
            while at >= 0:  # one after the other, in one line or several
                found, end = json.JSONDecoder().raw_decode(out, at)
                seen.append(found)
                at = out.find("{", end)
            return _changes([s["value"]["data"]["transactionStatus"] for s in seen if s["key"]["data"]["transactionalId"] == f"{c.slug}-id"])

        # The tool ends when nothing has come for a while: on a busy machine that may be before all came.
        states = told(5000)
        if states != [0, 1, 2, 4]:
            states = told(40_000)
        case.equal(states, [0, 1, 2, 4], "states of a transaction that was committed")
    c.driver.do("txn_end", holder="open", commit=False)
    wait_for("the end", lambda: _look(c, f"{c.slug}-open")["state"] == "CompleteAbort")
    with run.report.case("transactions: dump-log decodes __transaction_state") as case:
        case.equal(broker.stop(), 0, "status")
        folder = os.path.join(broker.data, "__transaction_state-")
        files = [os.path.join(folder + str(p), "00000000000000000000.log") for p in range(4)]
        out = tool("kafka.tools.DumpLogSegments", "--transaction-log-decoder", "--deep-iteration", "--files",
                   ",".join(f for f in files if os.path.exists(f)))
        states = re.findall(r'"transactionalId":"%s-open"\}\} payload: .*?"transactionStatus":(\d)' % re.escape(c.slug), out)
        case.equal(_changes(states), ["0", "1", "3", "5"], "states in the log")
        case.equal(set(re.findall(r" isvalid: (\w+)", out)), {"true"}, "validity of the batches")
    run.end_drivers()


def _handover(run):
    """Open and ended transactions go from this broker to a real Kafka and back, each of which ends some of them."""
    keys = {"offsets.topic.num.partitions": 4, "transaction.state.log.num.partitions": 4}
    data = os.path.join(run.folder, "transactions_handover", "data")
    first = run.broker("transactions_handover/first", keys, data=data)
    second = run.broker("transactions_handover/second", keys, kind="kafka", data=data)
    ids = 30
    run.end_drivers()

    def ask(raw, state):
        got = raw.call("ListTransactions", 1, {"states": [state], "producers": []})
        return None if got["error"] else len(got["txns"])

    def counts(raw):
        return [ask(raw, s) for s in ("Ongoing", "CompleteCommit", "CompleteAbort")]

    def end(raw, some):
        for i in some:
            id = raw.call("DescribeTransactions", 0, {"txns": [f"h{i}"]})["txns"][0]
            got = raw.call("EndTxn", 5, {"txn": f"h{i}", "id": id["id"], "epoch": id["epoch"], "commit": i % 2 == 0})
            if got["error"]:
                raise Failure(f"EndTxn of h{i}: {got}")

    def visible(raw):
        stable = raw.committed("t", 0)
        return stable["stable"], len(stable["aborted"])

    with run.report.case("transactions_handover: open transactions, then a stop") as case:
        first.start()
        raw = Raw(first.address)
        raw.create("t", 1, {"retention.ms": -1})  # its records are old
        for i in range(ids):
            txn.Txn(raw, f"h{i}").write("t", 0, [batch.Record(b"k", b"v", 1)])
        end(raw, range(ids // 3))
        wait_for("the ends", lambda: counts(raw) == [20, 5, 5])
        case.equal(visible(raw), (10, 5), "last stable offset, aborted")
        raw.close()
        case.equal(first.stop(), 0, "status")
    with run.report.case("transactions_handover: a real Kafka goes on with them") as case:
        second.start()
        raw = Raw(second.address)
        wait_for("the coordinators", lambda: counts(raw) == [20, 5, 5])
        end(raw, range(ids // 3, 2 * ids // 3))
        wait_for("the ends", lambda: counts(raw) == [10, 10, 10])
        case.equal(visible(raw), (20, 10), "last stable offset, aborted")
        raw.close()
        case.equal(second.stop(), 0, "status")
    with run.report.case("transactions_handover: and back") as case:
        first.start()
        raw = Raw(first.address)
        wait_for("the coordinators", lambda: counts(raw) == [10, 10, 10])
        end(raw, range(2 * ids // 3, ids))
        wait_for("the ends", lambda: counts(raw) == [0, 15, 15])
        case.equal(visible(raw), (2 * ids, 15), "last stable offset, aborted")
        raw.close()
        case.equal(first.stop(), 0, "status")


def _suite(run):
    _clients(run)
    _tools(run)


_suite.needs = lambda: all([make() for make, _ in CLIENTS.values()])
SUITES = {"transactions": _suite, "transactions_crash": _crashes, "transactions_handover": _handover}
