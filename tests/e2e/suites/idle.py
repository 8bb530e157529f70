"""What the broker costs when nobody wants anything, and which system calls it makes when somebody does."""
import os
import re
import signal
import subprocess
import threading
import time

from lib import batch, toolchain, wire
from lib.raw import Raw
from lib.report import Failure, Skip
from lib.target import wait_for

IDLE_S, CPU_MS, RSS_MIB = 10, 20, 32
CONNECTIONS = 20


def cpu_ns(pid):
    """Time on a CPU of all threads: the first number of each schedstat."""
    total = 0
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/schedstat", encoding="ascii") as f:
                total += int(f.read().split()[0])
        except FileNotFoundError:
            continue  # a thread that just ended
    return total


def rss_mib(pid):
    with open(f"/proc/{pid}/status", encoding="ascii") as f:
        return int(re.search(r"VmRSS:\s+(\d+) kB", f.read())[1]) / 1024


def _idle(run):
    broker = run.broker("idle")
    broker.start()
    raw = Raw(broker.address)
    raw.create("idle", 100)
    raw.produce("idle", 0, batch.make([batch.Record(b"k", b"v", int(time.time() * 1000))]))  # nothing that retention would delete
    friends = [wire.Conn(broker.address) for _ in range(CONNECTIONS)]
    for c in friends:
        c.call("ApiVersions", 0)
    pid = broker.process.pid

    def settled():
        before = cpu_ns(pid)
        time.sleep(1)  # the measure itself
        return cpu_ns(pid) - before < 50_000_000

    try:
        if broker.kind == "millrace":
            wait_for("the end of what a start leaves to do", settled)
        before = cpu_ns(pid)
        time.sleep(IDLE_S)  # the measure itself
        spent = (cpu_ns(pid) - before) / 1e6
        rss = rss_mib(pid)
        run.report.say(f"     {spent:.1f} ms of CPU in {IDLE_S} s, {rss:.1f} MiB")
        with run.report.case(f"idle: at most {CPU_MS} ms of CPU in {IDLE_S} s with {CONNECTIONS} connections") as case:
            if broker.kind != "millrace":
                raise Skip(f"a promise of millrace; {broker.kind} took {spent:.0f} ms")
            case.true(spent <= CPU_MS, f"{spent:.1f} ms")
        with run.report.case(f"idle: at most {RSS_MIB} MiB of memory with 100 partitions") as case:
            if broker.kind != "millrace":
                raise Skip(f"a promise of millrace; {broker.kind} has {rss:.0f} MiB")
            case.true(rss <= RSS_MIB, f"{rss:.1f} MiB")
    finally:
        for c in friends:
            c.close()
        raw.close()
        broker.stop()


def traced(pid):
    """Whether a tracer has every thread but the kernel's own workers, which nobody can trace."""
    for task in os.listdir(f"/proc/{pid}/task"):
        try:
            with open(f"/proc/{pid}/task/{task}/status", encoding="ascii") as f:
                text = f.read()
            if re.search(r"^TracerPid:\s+0$", text, re.M) and not text.startswith("Name:\tiou-"):
                return False
        except FileNotFoundError:
            continue  # a thread that just ended
    return True


def _strace():
    return toolchain.program("strace", "strace")


def _syscalls(run):
    strace = _strace()
    broker = run.broker("syscalls")
    broker.start()
    raw = Raw(broker.address)
    raw.create("load", 8)
    stop, sent = threading.Event(), [0]

    def write(n):
        data = batch.make([batch.Record(b"k", b"v" * 1000, 1_700_000_000_000)])
        with wire.Conn(broker.address) as c:
            while not stop.is_set():
                c.call("Produce", 9, {"topics": [{"name": "load", "partitions": [{"index": n % 8, "records": data}]}]})
                sent[0] += 1

    writers = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    try:
        for t in writers:
            t.start()
        table = os.path.join(run.folder, "strace.txt")
        tracer = subprocess.Popen([strace, "-f", "-c", "-o", table, "-p", str(broker.process.pid)],
                                  stderr=subprocess.PIPE)
        before = sent[0]
        try:
            wait_for("strace at every thread", lambda: traced(broker.process.pid) or tracer.poll() is not None)
            before = sent[0]
            wait_for("2,000 requests under strace", lambda: sent[0] - before > 2000 or tracer.poll() is not None, 180)
        finally:
            if tracer.poll() is None:
                tracer.send_signal(signal.SIGINT)
            complaint = tracer.communicate(timeout=60)[1].decode(errors="replace")
    finally:
        stop.set()
        for t in writers:
            t.join()
        raw.close()
        broker.stop()
    if "Operation not permitted" in complaint:
        raise Skip(f"strace may not look here: {complaint.strip().splitlines()[-1]}")
    with open(table, encoding="utf-8") as f:
        # % time, seconds, usecs/call, calls, [errors], syscall
        rows = [line.split() for line in f if re.match(r"\s*\d+\.\d+ ", line)]
    counts = {r[-1]: int(r[3]) for r in rows if r[-1] != "total"}
    total = sum(counts.values())
    if total == 0:
        raise Failure(f"strace counted nothing: {complaint}")
    share = 100 * counts.get("io_uring_enter", 0) / total
    top = ", ".join(f"{k} {v}" for k, v in sorted(counts.items(), key=lambda x: -x[1])[:6])
    run.report.say(f"     {total} system calls for {sent[0] - before} requests: {top}")
    with run.report.case("syscalls: at least 95 % are io_uring_enter under produce load") as case:
        if broker.kind != "millrace":
            raise Skip(f"a promise of millrace; {broker.kind} has {share:.0f} %")
        case.true(share >= 95, f"{share:.1f} %: {top}")


_syscalls.needs = _strace
SUITES = {"idle": _idle, "syscalls": _syscalls}
