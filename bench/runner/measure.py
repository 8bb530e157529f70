"""One measurement: a scenario against a broker, once. Each kind returns (metrics, notes, raw):

metrics  name -> number, the rows of the table
notes    why the numbers may be bad, in words; shown under the table
raw      the generator's own results, for the result file
"""
import datetime
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time

from runner import compaction as cleaning
from runner import consumers as group_consumers
from runner import members as group_members
from runner import partitions as many
from runner import procfs
from runner import transactions as txns
from runner.brokers import greet
from runner.segments import segments

QUANTILES = {"p50": 2, "p90": 10, "p99": 100, "p99_9": 1000, "p99_99": 10000}  # and the least count that has one


class Failed(Exception):
    pass


class Context:
    """Of the whole run. say: prints a line. commands: every command line used, in order of first use."""

    def __init__(self, bench, home, say):
        self.bench, self.home, self.say = bench, home, say
        self.device, self.device_stat = procfs.device_of(home)
        self.commands = []
        self.topics = 0

    def topic(self, scenario):
        self.topics += 1
        return f"{scenario.name}-{os.getpid()}-{self.topics}"

    def show(self, words):
        plain = re.sub(r"\b(topic|pid)=\S+", r"\1=...", " ".join(words))
        if plain not in self.commands:
            self.commands.append(plain)
            self.say(f"  $ {plain}")

    def words(self, broker, scenario, **more):
        pairs = dict(scenario.words, device=self.device_stat, json="")
        if broker is not None:
            pairs.update(port=broker.port, pid=broker.pid, topic=self.topic(scenario))
        pairs.update(more)
        return [self.bench] + [f"{k}={v}" for k, v in pairs.items() if v != ""]

    def generate(self, broker, scenario, **more):
        """Runs the generator to its end; its result. A run that could not be carried out raises."""
        words = self.words(broker, scenario, **more)
        self.show(words)
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        try:
            out = json.loads(done.stdout)
        except ValueError:
            raise Failed(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip()}") from None
        if "failed" in out:
            raise Failed(f"{out['failed']} ({' '.join(words)})")
        return out


def quantiles(metrics, out, name, label):
    for q, least in QUANTILES.items():
        if out.get(name, {}).get("count", 0) >= least:
            metrics[f"{label}_{q}_ms"] = out[name][f"{q}_us"] / 1e3


def resources(metrics, out):
    for key, name in (("cpu_s_per_gb", "cpu_s_per_gb"), ("cpu_us_per_request", "cpu_us_per_request"),
                      ("cpu_share", "broker_cpus")):
        if key in out.get("broker", {}):
            metrics[name] = out["broker"][key]
    if "broker" in out:
        metrics["rss_mib"] = out["broker"]["rss_kib"] / 1024
    if "device" in out:
        metrics["flushes_per_s"] = out["device"]["flushes_per_s"]
        metrics["device_mb_per_s"] = out["device"]["write_mb_per_s"]
    metrics["generator_cpus"] = out["generator"]["cpu_share"]


def judge(out, scenario, idle_cpus=0.0):
    """Why this measurement may say more about something else than about the broker."""
    notes = []
    rate = float(scenario.words.get("rate", 1000))
    generator = out["generator"]["cpu_share"]
    if out.get("window", {}).get("sent") == 0:
        return ["WRONG: nothing was measured; was bytes_max used up before the window?"]
    if generator > 0.9:
        notes.append(f"the generator itself was at its limit ({generator:.2f} CPUs)")
    if out.get("open_loop"):
        lag, ack = out["lag"].get("p99_us", 0), out.get("ack", {}).get("p99_us", 0)
        if lag > max(200, 0.2 * ack):
            notes.append(f"the generator sent late: p99 {lag / 1e3:.2f} ms after the due time")
        if out["window"]["requests_per_s"] < 0.98 * rate:
            notes.append(f"overloaded: {out['window']['requests_per_s']:.0f} of {rate:.0f} requests/s were answered")
        if out["window"]["requests_per_s"] > 1.02 * rate:
            notes.append("a backlog from the warm-up was still being worked off")
        if out["window"]["held_up"] > 0.01 * max(1, out["window"]["sent"]):
            notes.append(f"{out['window']['held_up']} requests waited for a free slot (inflight)")
    if out.get("window", {}).get("unanswered"):
        notes.append(f"{out['window']['unanswered']} requests were never answered; they count with the time waited")
    other = out["machine"].get("other_cpus", 0) - idle_cpus
    if other > 0.15:
        notes.append(f"other processes used {other:.2f} CPUs")
    if out["machine"]["steal_cpus"] > 0.02:
        notes.append(f"the host took {out['machine']['steal_cpus']:.2f} CPUs away")
    if out.get("errors"):
        notes.append(f"WRONG: errors {out['errors']}")
    if not out.get("check", {}).get("ok", True):
        notes.append(f"WRONG: the log does not hold what was acknowledged: {out['check']}")
    return notes


def load(ctx, broker, scenario):
    before, mine = procfs.device_counts(ctx.device_stat), procfs.written_bytes(broker.pid)
    out = ctx.generate(broker, scenario)
    mine = procfs.written_bytes(broker.pid) - mine
    os.sync()
    after = procfs.device_counts(ctx.device_stat)
    metrics = {"mb_per_s": out["window"]["mb_per_s"], "requests_per_s": out["window"]["requests_per_s"]}
    quantiles(metrics, out, "ack", "ack")
    quantiles(metrics, out, "age", "age")
    resources(metrics, out)
    metrics["topic_ms"] = out["topic_ms"]
    if before and after and out["total"]["payload_bytes"] > 0:
        # warm-up and what the page cache still held are in it, and whatever else wrote to the device
        metrics["device_bytes_per_byte"] = (after[1] - before[1]) / out["total"]["payload_bytes"]
    if mine > 0 and out["total"]["payload_bytes"] > 0:
        metrics["broker_bytes_per_byte"] = mine / out["total"]["payload_bytes"]
    return metrics, judge(out, scenario), {"load": out}


CHECKPOINT = re.compile(r"(\S+)Z \S+\s+storage: checkpoint (begins|ended) shard=(\d+)")


def checkpoint_spans(text):
    """[from, to] in Unix ms, in order and without overlaps, of all shards' checkpoints in a log."""
    began, spans = {}, []
    for stamp, what, shard in CHECKPOINT.findall(text):
        at = datetime.datetime.fromisoformat(stamp + "+00:00").timestamp() * 1e3
        if what == "begins":
            began[shard] = at
        elif shard in began:
            spans.append([began.pop(shard) - 1, at + 1])
    merged = []
    for begin, end in sorted(spans):
        if merged and begin <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([begin, end])
    return merged, len(spans)


def split_trace(path, spans):
    """Latencies (ms, sorted) of the requests whose life met a span, and of the others."""
    met, others, at = [], [], 0
    with open(path, encoding="ascii") as f:
        requests = sorted(tuple(map(float, line.split())) for line in f)
    for due, took_us in requests:
        while at < len(spans) and spans[at][1] < due:
            at += 1
        inside = at < len(spans) and spans[at][0] <= due + took_us / 1e3
        (met if inside else others).append(took_us / 1e3)
    return sorted(met), sorted(others)


def flat(ctx, broker, scenario):
    """The same load over 1, 10, ... partitions, one after the other, each for several turnovers of the journal; and
    acknowledgements that met a checkpoint beside those that did not (from the broker's own lines)."""
    counts = [int(n) for n in scenario.own.get("counts", "1,10,100").split(",")]
    log, path = os.path.join(ctx.home, f"{broker.name}.log"), os.path.join(ctx.home, f"{broker.name}.trace")
    metrics, notes, raw, meeting = {}, [], {}, []
    for count in counts:
        mine, told = procfs.written_bytes(broker.pid), len(procfs.read(log))
        out = raw[str(count)] = ctx.generate(broker, scenario, partitions=count, trace=path)
        payload = out["total"]["payload_bytes"]
        for q in ("p50", "p99", "p99_9"):
            if f"{q}_us" in out["ack"]:
                metrics[f"flat_{q}_{count}_ms"] = out["ack"][f"{q}_us"] / 1e3
        metrics[f"flat_bytes_{count}"] = (procfs.written_bytes(broker.pid) - mine) / payload
        spans, many = checkpoint_spans(procfs.read(log)[told:])
        met, others = split_trace(path, spans)
        meeting.append(f"{count}: {many} checkpoints in {sum(b - a for a, b in spans) / 1e3:.1f} s")
        for name, values in (("met", met), ("apart", others)):
            if len(values) >= 1000 and count == counts[-1]:
                metrics[f"flat_{name}_p99_ms"], metrics[f"flat_{name}_max_ms"] = quantile(values, 0.99), values[-1]
        journal = scenario.number("journal_bytes", 0)
        if journal > 0:
            turns = payload / journal
            metrics["turnovers"] = min(turns, metrics.get("turnovers", turns))
        notes += [f"{count} partitions: {n}" for n in judge(out, scenario)]
    for q in ("p50", "p99", "p99_9"):
        first = metrics.get(f"flat_{q}_{counts[0]}_ms")
        if first:
            metrics[f"flat_{q}_ratio"] = max(metrics.get(f"flat_{q}_{n}_ms", 0) for n in counts) / first
    return metrics, notes + [f"{broker.name}: " + "; ".join(meeting)], raw


def tail(ctx, broker, scenario):
    """What fetching from the tail adds to producing at the same rate."""
    alone = ctx.generate(broker, scenario, consumers=0)
    both = ctx.generate(broker, scenario)
    os.sync()
    # what producing alone costs a byte, times the bytes produced beside the consumers; the rest is fetching
    producing = alone["broker"].get("cpu_s_per_gb", 0) * both["window"]["payload_bytes"] / 1e9
    fetching = max(0.0, both["broker"]["cpu_s"] - producing)
    fetched_gb = both["window"]["fetched_bytes"] / 1e9
    metrics = {
        "mb_per_s": both["window"]["mb_per_s"],
        "fetched_mb_per_s": both["window"]["fetched_mb_per_s"],
        "fetch_cpu_s_per_gb": fetching / fetched_gb if fetched_gb > 0 else None,
        "broker_cpus": both["broker"]["cpu_share"],
        "broker_cpus_no_fetch": alone["broker"]["cpu_share"],
        "rss_mib": both["broker"]["rss_kib"] / 1024,
        "generator_cpus": both["generator"]["cpu_share"],
    }
    quantiles(metrics, both, "ack", "ack")
    quantiles(metrics, both, "age", "age")
    notes = [f"without consumers: {n}" for n in judge(alone, scenario)] + judge(both, scenario)
    return metrics, notes, {"alone": alone, "load": both}


PRODUCE_ONLY = {"passes", "warmup_passes", "consumers", "split", "verify", "max_bytes", "partition_bytes"}


def drop_page_cache():
    os.sync()
    try:
        with open("/proc/sys/vm/drop_caches", "w", encoding="ascii") as f:
            f.write("1\n")
        return True
    except OSError:
        return False


def fill_log(ctx, broker, scenario, topic):
    """prefill_bytes into the topic; cold=1: a restart behind it, and no page cache. The generator's result, and notes."""
    fill = {k: "" for k in PRODUCE_ONLY}
    if "prefill_records" in scenario.own:
        fill["records"] = scenario.own["prefill_records"]
    made = ctx.generate(broker, scenario, **fill, mode="produce", rate=0, warmup_s=0, duration_s=3600,
                        bytes_max=scenario.own["prefill_bytes"], topic=topic, remove=0, buckets=0)
    if scenario.own.get("cold") != "1":
        os.sync()
        return made, []
    broker.stop()
    dropped = drop_page_cache()
    broker.start(fresh=False)
    return made, [] if dropped else ["the page cache could not be dropped (not root): this is a warm read"]


FETCH_ONLY = ("records", "record_bytes", "acks", "inflight", "batches", "connections")


def reads_per_byte(before, after, out):
    fetched = out["window"]["fetched_bytes"]
    return None if before is None or after is None or fetched == 0 else (after - before) / fetched


def catchup(ctx, broker, scenario):
    """Reads a log from its beginning to its end. cold=1: after a restart, without the page cache."""
    topic = ctx.topic(scenario)
    made, notes = fill_log(ctx, broker, scenario, topic)
    before = procfs.read_bytes(broker.pid)
    out = ctx.generate(broker, scenario, mode="catchup", create=0, topic=topic, **{k: "" for k in FETCH_ONLY})
    metrics = {"fetched_mb_per_s": out["window"]["fetched_mb_per_s"],
               "fetch_cpu_s_per_gb": out["broker"].get("cpu_s_per_gb"),
               "rss_mib": out["broker"]["rss_kib"] / 1024,
               "generator_cpus": out["generator"]["cpu_share"]}
    if scenario.own.get("cold") == "1" and "warmup_passes" not in scenario.words:
        metrics["device_reads_per_byte"] = reads_per_byte(before, procfs.read_bytes(broker.pid), out)
    return metrics, notes + judge(out, scenario), {"fill": made, "catchup": out}


def drain(ctx, broker, scenario):
    """What a consumer that reads a large cold log from its beginning does to those at the tail: the same load without
    it, with it, and without it again."""
    topic = ctx.topic(scenario)
    made, notes = fill_log(ctx, broker, scenario, topic)
    tail_words = {k: "" for k in PRODUCE_ONLY & set(scenario.words)}
    tail_words["consumers"] = scenario.own.get("tail_consumers", "1")
    alone = ctx.generate(broker, scenario, **tail_words)
    words = ctx.words(broker, scenario, mode="catchup", create=0, topic=topic, rate="", warmup_s="", duration_s="",
                      timeout_s=600, **{k: "" for k in FETCH_ONLY})
    ctx.show(words)
    before, from_s = procfs.read_bytes(broker.pid), time.monotonic()
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as reader:
        both = ctx.generate(broker, scenario, **tail_words)
        loaded_s = time.monotonic() - from_s
        reads, running = procfs.read_bytes(broker.pid), reader.poll() is None
        stdout, stderr = reader.communicate()
    try:
        out = json.loads(stdout)
    except ValueError:
        raise Failed(stderr.strip()) from None
    if "failed" in out:
        raise Failed(out["failed"])
    again = ctx.generate(broker, scenario, **tail_words)
    if not running:
        notes.append(f"the drain ended within the {loaded_s:.0f} s of the load: prefill_bytes is too small for it")
    metrics = {"fetched_mb_per_s": out["window"]["fetched_mb_per_s"], "rss_mib": both["broker"]["rss_kib"] / 1024}
    if before is not None and reads is not None:
        metrics["drained_gb_beside"] = (reads - before) / 1e9
    for key, name in (("ack", "ack"), ("age", "age")):
        for label, one in ((name, alone), (f"{name}_drain", both), (f"{name}_after", again)):
            for q in ("p50", "p99"):
                if one.get(key, {}).get("count", 0) >= QUANTILES[q]:
                    metrics[f"{label}_{q}_ms"] = one[key][f"{q}_us"] / 1e3
    notes += [f"without the drain: {n}" for n in judge(alone, scenario)] + judge(both, scenario, idle_cpus=1.0)
    return metrics, notes, {"fill": made, "alone": alone, "load": both, "drain": out, "after": again}


def start(ctx, broker, scenario):
    """From fork to the first answer: on an empty directory, and on the one that this leaves behind."""
    broker.stop()
    fresh = broker.start(fresh=True)
    time.sleep(scenario.number("settle_s", 1))
    rss = procfs.memory_kib(broker.pid)
    broker.stop()
    again = broker.start(fresh=False)
    return {"start_fresh_ms": fresh, "start_again_ms": again, "rss_mib": rss / 1024}, [], {}


def idle_connections(port, count):
    """Connected and greeted, then silent."""
    sockets = []
    for _ in range(count):
        sockets.append(socket.create_connection(("127.0.0.1", port), timeout=10))
        greet(sockets[-1])
    return sockets


def idle(ctx, broker, scenario):
    """CPU and memory of doing nothing, and what silent connections cost."""
    broker.stop()
    broker.start(fresh=True)
    time.sleep(scenario.number("settle_s", 5))
    span = scenario.number("idle_s", 10)
    before = procfs.cpu_s(broker.pid)
    time.sleep(span)
    used = procfs.cpu_s(broker.pid) - before
    rss = procfs.memory_kib(broker.pid)
    metrics = {"idle_cpu_ms_per_10s": used / span * 10 * 1e3, "rss_mib": rss / 1024,
               "threads": procfs.threads(broker.pid)}
    count = int(scenario.number("connections_idle", 1000))
    sockets = idle_connections(broker.port, count)
    time.sleep(0.5)
    metrics["kib_per_idle_connection"] = max(0, procfs.memory_kib(broker.pid) - rss) / count
    for s in sockets:
        s.close()
    return metrics, [], {}


def topic(ctx, broker, scenario):
    """Making a topic of many partitions, and then a load on it."""
    before = procfs.memory_kib(broker.pid)
    name = ctx.topic(scenario)
    made = ctx.generate(broker, scenario, mode="topic", topic=name, remove=0)
    grown = procfs.memory_kib(broker.pid) - before
    out = ctx.generate(broker, scenario, create=0, topic=name)
    os.sync()
    metrics = {"topic_ms": made["topic_ms"], "topic_rss_mib": grown / 1024,
               "mb_per_s": out["window"]["mb_per_s"], "requests_per_s": out["window"]["requests_per_s"]}
    quantiles(metrics, out, "ack", "ack")
    resources(metrics, out)
    return metrics, judge(out, scenario), {"topic": made, "load": out}


def recovery(ctx, broker, scenario):
    """kill -9 behind a load, and the time until every partition is served again."""
    name = ctx.topic(scenario)
    made = ctx.generate(broker, scenario, topic=name, remove=0)
    broker.stop(kill=True)
    first = broker.start(fresh=False)
    from_s = time.monotonic()
    found = ctx.generate(broker, scenario, mode="topic", create=0, topic=name)
    ready = first + (time.monotonic() - from_s) * 1e3
    metrics = {"recover_first_answer_ms": first, "recover_all_served_ms": ready}
    return metrics, judge(made, scenario), {"load": made, "found": found}


def stop_ms(broker):
    begin = time.monotonic()
    if not broker.stop(seconds=600):
        raise Failed("the broker did not stop within 600 s")
    return (time.monotonic() - begin) * 1e3


def partitions(ctx, broker, scenario):
    """Very many partitions: making them, the memory of idle and of written ones, all metadata, a start behind kill -9, a clean stop
    when all have been written to, and one when none has."""
    broker.stop()
    broker.start(fresh=True)
    topics, each = int(scenario.number("topics", 2000)), int(scenario.number("topic_partitions", 10))
    count, names = topics * each, [(f"{scenario.name}-{i}", each) for i in range(topics)]
    maker = many.Maker(broker.port)
    rss, cpu, begin = many.settled_rss_kib(broker.pid, procfs.memory_kib), ticks_s(broker.pid), time.monotonic()
    maker.create(names)
    maker.wait_leaders(count)
    metrics = {"topic_ms": (time.monotonic() - begin) * 1e3, "topic_cpu_s": ticks_s(broker.pid) - cpu}
    metrics["kib_per_idle_partition"] = (many.settled_rss_kib(broker.pid, procfs.memory_kib) - rss) / count
    begin = time.monotonic()
    maker.metadata()
    metrics["metadata_ms"] = (time.monotonic() - begin) * 1e3
    batch, descriptors = many.batch(int(scenario.words.get("record_bytes", 1024))), 0
    for _ in range(int(scenario.number("rounds", 15))):
        maker.produce(names, batch)
        descriptors = max(descriptors, len(os.listdir(f"/proc/{broker.pid}/fd")))
    metrics["kib_per_active_partition"] = (many.settled_rss_kib(broker.pid, procfs.memory_kib, 0.5) - rss) / count
    metrics["descriptors"] = descriptors
    broker.stop(kill=True)
    metrics["recover_first_answer_ms"] = broker.start(fresh=False)
    metrics["recover_cpu_s"], begin = ticks_s(broker.pid), time.monotonic()
    maker = many.Maker(broker.port)
    maker.wait_leaders(count)
    maker.produce(names, batch)
    metrics["recover_all_served_ms"] = metrics["recover_first_answer_ms"] + (time.monotonic() - begin) * 1e3
    metrics["stop_ms"] = stop_ms(broker)
    metrics["stopped_first_answer_ms"] = broker.start(fresh=False)
    many.Maker(broker.port).wait_leaders(count)
    metrics["stop_again_ms"] = stop_ms(broker)
    return metrics, [], {}


def trace(pid, seconds, report):
    """strace's table of calls as {syscall: calls}, or a reason why there is none."""
    if shutil.which("strace") is None:
        return None, "strace is not installed"
    tracer = subprocess.Popen(["strace", "-f", "-c", "-o", report, "-p", str(pid)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        tracer.wait(seconds)
        return None, f"strace: {tracer.stderr.read().strip()[:200]}"
    except subprocess.TimeoutExpired:
        os.kill(tracer.pid, signal.SIGINT)
        tracer.communicate(timeout=30)
    calls = {}
    for line in procfs.read(report).splitlines():
        field = line.split()
        if len(field) in (5, 6) and field[3].isdigit() and field[-1] != "total":
            calls[field[-1]] = int(field[3])
    return (calls, "") if calls else (None, "strace saw no system calls")


def syscalls(ctx, broker, scenario):
    """Which system calls the broker makes under a load. Tracing slows it down: only the shares mean something."""
    words = ctx.words(broker, scenario)
    ctx.show(words)
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as generator:
        time.sleep(float(scenario.words.get("warmup_s", 1)))
        calls, why = trace(broker.pid, scenario.number("strace_s", 3), os.path.join(ctx.home, "strace"))
        stdout, stderr = generator.communicate()
    try:
        out = json.loads(stdout)
    except ValueError:
        raise Failed(stderr.strip()) from None
    if calls is None:
        return {}, [f"skipped: {why}"], {"load": out}
    total = sum(calls.values())
    metrics = {"io_uring_enter_percent": 100 * calls.get("io_uring_enter", 0) / total}
    most = sorted(calls.items(), key=lambda item: -item[1])[:5]
    notes = [f"{broker.name}: " + ", ".join(f"{name} {100 * n / total:.1f} %" for name, n in most)]
    return metrics, notes, {"load": out, "calls": calls}


def ticks_s(pid):
    """CPU seconds of a process, its ended threads included; in ticks of 10 ms."""
    fields = procfs.read(f"/proc/{pid}/stat").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def groups(ctx, broker, scenario):
    """One group of many members: rebalances, in each of which all join and sync, one request at a time on a connection each;
    then all commit at once, again and again. Last, many groups with one offset each."""
    topic, count = ctx.topic(scenario), int(scenario.number("members", 100))
    shares, rounds = int(scenario.number("shares", 1000)), int(scenario.number("rounds", 20))
    before = procfs.memory_kib(broker.pid)
    people = group_members.gather(broker.port, f"{topic}-g", count, topic)
    metrics, notes = {"kib_per_member": (procfs.memory_kib(broker.pid) - before) / count}, []
    for _ in range(3):
        group_members.rebalance(people, topic, shares)  # warm
    cpu = ticks_s(broker.pid)
    took = sorted(group_members.rebalance(people, topic, shares) for _ in range(rounds))
    metrics["rebalance_cpu_ms"] = (ticks_s(broker.pid) - cpu) * 1e3 / rounds
    metrics["rebalance_p50_ms"], metrics["rebalance_max_ms"] = took[len(took) // 2], took[-1]
    commit_s, done = scenario.number("commit_s", 0), 0
    if commit_s > 0:
        ctx.generate(broker, scenario, mode="topic", topic=topic, remove=0)  # offsets are of topics that exist
        each = int(scenario.number("commit_partitions", 10))
        parts = list(range(each))
        for warm in (True, False):
            cpu, begin, done = ticks_s(broker.pid), time.monotonic(), 0
            while time.monotonic() - begin < (1 if warm else commit_s):
                for m in people:
                    m.send_commit(topic, parts, done)
                done += sum(m.committed(parts) for m in people)
        span, used = time.monotonic() - begin, ticks_s(broker.pid) - cpu
        metrics.update(commits_per_s=done / span, commits_per_cpu_s=done / used if used > 0 else None, broker_cpus=used / span)
    many = int(scenario.number("groups", 0))
    if many > 0:
        ctx.generate(broker, scenario, mode="topic", topic=topic, remove=0)
        wire = people[0].wire
        before = procfs.memory_kib(broker.pid)
        for i in range(0, many, 100):
            for g in range(i, min(i + 100, many)):
                group_members.simple_commit(wire, f"{topic}-many-{g}", topic, 0, g)
            for g in range(i, min(i + 100, many)):
                wire.receive()
        metrics["kib_per_group"] = (procfs.memory_kib(broker.pid) - before) / many
        begin = time.monotonic()
        listed = group_members.list_groups(wire)
        metrics["list_ms"] = (time.monotonic() - begin) * 1e3
        if listed < many:
            raise Failed(f"{listed} of {many} groups are listed")
    metrics["rss_mib"] = procfs.memory_kib(broker.pid) / 1024
    for m in people:
        m.wire.sock.close()
    return metrics, notes, {"rebalances_ms": took}


def consumers(ctx, broker, scenario):
    """One group of the new consumer protocol: one member more, one less, again and again; then heartbeats without news."""
    topic, count = ctx.topic(scenario), int(scenario.number("members", 100))
    shares, rounds = int(scenario.number("shares", 1000)), int(scenario.number("rounds", 20))
    ctx.generate(broker, scenario, mode="topic", topic=topic, partitions=shares, remove=0)
    before, group = procfs.memory_kib(broker.pid), f"{topic}-g"
    people = group_consumers.gather(broker.port, group, count, topic, shares)
    metrics = {"kib_per_member": (procfs.memory_kib(broker.pid) - before) / count}
    joins, leaves, heard, cpu = [], [], [], 0
    for i in range(-3, rounds):  # three to warm up
        if i == 0:
            cpu, joins, leaves, heard = ticks_s(broker.pid), [], [], []
        newcomer = group_consumers.Consumer(broker.port, group, f"n{i + 3}")
        took, beats = group_consumers.join(people, newcomer, topic, shares)
        joins.append(took)
        heard.append(beats)
        leaves.append(group_consumers.leave(people, newcomer, shares)[0])
        newcomer.wire.sock.close()
    metrics["rebalance_cpu_ms"] = (ticks_s(broker.pid) - cpu) * 1e3 / (2 * rounds)
    for name, took in (("join", joins), ("leave", leaves)):
        metrics[f"{name}_p50_ms"], metrics[f"{name}_max_ms"] = quantile(took, 0.5), max(took)
    metrics["join_heartbeats"] = quantile(heard, 0.5)
    span, beats, cpu, begin = scenario.number("heartbeat_s", 3), 0, ticks_s(broker.pid), time.monotonic()
    while time.monotonic() - begin < span:
        group_consumers.beat(people)
        beats += len(people)
    used = ticks_s(broker.pid) - cpu
    metrics["heartbeats_per_cpu_s"] = beats / used if used > 0 else None
    metrics["rss_mib"] = procfs.memory_kib(broker.pid) / 1024
    for m in people:
        m.wire.sock.close()
    return metrics, [], {"joins_ms": joins, "leaves_ms": leaves}


def quantile(values, q):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(q * len(ordered)))] if ordered else None


def transactions(ctx, broker, scenario):
    """One producer's transactions, for how long a commit takes; then many producers', for what one costs. Each transaction
    writes one record to each of its partitions, and commits offsets if the scenario says so."""
    topic, many = ctx.topic(scenario), int(scenario.number("producers", 32))
    each, parts = int(scenario.number("txn_partitions", 2)), int(scenario.words.get("partitions", 16))
    ctx.generate(broker, scenario, mode="topic", topic=topic, remove=0)
    makers = [txns.TxnProducer(broker.port, f"{topic}-{i}", topic, [(i * each + k) % parts for k in range(each)],
                               int(scenario.number("txn_offsets", 0)), int(scenario.number("txn_version", 2)),
                               int(scenario.words.get("record_bytes", 100))) for i in range(many)]
    for maker in makers:
        maker.start()
    metrics, notes, alone = {}, [], makers[:1]
    txns.run(makers, 0.5)
    txns.run(alone, 0.5)  # warm
    alone[0].commit_s, alone[0].whole_s = [], []
    txns.run(alone, scenario.number("alone_s", 3))
    for name, took in (("commit", alone[0].commit_s), ("txn", alone[0].whole_s)):
        metrics[f"{name}_p50_ms"] = quantile(took, 0.5) * 1e3
        if len(took) >= QUANTILES["p99"]:
            metrics[f"{name}_p99_ms"] = quantile(took, 0.99) * 1e3
    done, refused, cpu, mine = sum(m.done for m in makers), sum(m.refused for m in makers), ticks_s(broker.pid), time.process_time()
    for maker in makers:
        maker.commit_s = []
    span = txns.run(makers, scenario.number("together_s", 5))
    used, mine = ticks_s(broker.pid) - cpu, (time.process_time() - mine) / span
    done, refused = sum(m.done for m in makers) - done, sum(m.refused for m in makers) - refused
    busy = [s for m in makers for s in m.commit_s]
    metrics.update(txn_per_s=done / span, txn_per_cpu_s=done / used if used > 0 else None, broker_cpus=used / span,
                   txn_refusals=refused / done, generator_cpus=mine, commit_busy_p50_ms=quantile(busy, 0.5) * 1e3)
    if len(busy) >= QUANTILES["p99"]:
        metrics["commit_busy_p99_ms"] = quantile(busy, 0.99) * 1e3
    metrics["rss_mib"] = procfs.memory_kib(broker.pid) / 1024
    if mine > 0.9:
        notes.append(f"the generator itself was at its limit ({mine:.2f} CPUs): how many a second is its figure, not the broker's")
    txns.check(makers, topic, parts)
    for maker in makers:
        maker.wire.sock.close()
    return metrics, notes, {"commits": len(busy)}


def compaction(ctx, broker, scenario):
    """Every key several times, written with compaction held back; then the time of the pass that leaves each once, waiting for
    the cleaner's look (100 ms) included. One cleaner, one partition."""
    broker.stop()
    broker.overrides = [*broker.overrides, "log.cleaner.backoff.ms=100", "log.cleaner.threads=1"]
    broker.start(fresh=True)
    topic, keys, times = ctx.topic(scenario), int(scenario.number("clean_keys", 500_000)), int(scenario.number("clean_times", 2))
    ctx.generate(broker, scenario, mode="topic", topic=topic, record_bytes="", remove=0)
    each = cleaning.batches(keys, int(scenario.words.get("record_bytes", 100)))
    live, folder = sum(len(b) for b in each), os.path.join(broker.data, f"{topic}-0")
    wire, closed = cleaning.fill(broker.port, topic, folder, each, times)
    records = keys * times * closed / (live * times)
    rss, mine, cpu = procfs.memory_kib(broker.pid), procfs.written_bytes(broker.pid), ticks_s(broker.pid)
    took = cleaning.clean(wire, topic, folder, live, 600)
    used, mine = ticks_s(broker.pid) - cpu, procfs.written_bytes(broker.pid) - mine
    metrics = {"clean_records_per_s": records / took, "clean_keys_per_s": keys / took, "clean_cpu_us_per_record": used * 1e6 / records,
               "clean_bytes_per_byte": mine / live, "broker_cpus": used / took,
               "clean_rss_mib": max(0, procfs.memory_kib(broker.pid) - rss) / 1024}
    wire.sock.close()
    return metrics, [], {"seconds": took, "records": records, "closed_bytes": closed}


SELF_STARTING = {"start", "idle", "partitions", "segments"}  # want the broker stopped at first

KINDS = {f.__name__: f for f in (load, flat, tail, catchup, drain, start, idle, topic, recovery, partitions, syscalls, groups, consumers,
                                transactions, compaction, segments)}

# What the floors are told of a scenario; the rest does not concern them.
ECHO_WORDS = {"rate", "arrival", "records", "record_bytes", "batches", "connections", "inflight", "partitions",
              "spin_us", "cpu", "duration_s", "warmup_s"}
DISK_WORDS = {"rate", "arrival", "spin_us", "cpu", "duration_s", "warmup_s"}
FLOOR_S = 5.0


def floors(ctx, scenario):
    """The same load on a child that only answers; and a write and flush of the same size at the same rate, and
    again as fast as it goes. Of `flat` the second alone, as long as each of its loads: its p99.9 is what is wanted there.
    Returns {column: metrics} and raw results."""
    if scenario.kind not in ("load", "tail", "topic", "flat"):
        return {}, {}
    whole, raw = float(scenario.words.get("duration_s", FLOOR_S)), {}
    seconds = whole if scenario.kind == "flat" else min(FLOOR_S, whole)
    words = lambda pairs: [ctx.bench] + [f"{k}={v}" for k, v in pairs.items() if v != ""]
    if scenario.kind != "flat":
        echo = {k: v for k, v in scenario.words.items() if k in ECHO_WORDS}
        echo.update(duration_s=seconds, warmup_s=0.5)
        raw["echo"] = run_floor(ctx, words(dict(echo, mode="echo")))
    size = int(scenario.words.get("records", 1)) * int(scenario.words.get("record_bytes", 1024))
    size *= int(scenario.words.get("batches", 1))
    disk = {k: v for k, v in scenario.words.items() if k in DISK_WORDS}
    block = min(16 << 20, (size + 200 + 511) // 512 * 512)
    disk.update(duration_s=seconds, warmup_s=0.2, mode="disk", dir=ctx.home, device=ctx.device_stat, block=block,
                disk_bytes=block * max(16, (64 << 20) // block))
    raw["disk"] = run_floor(ctx, words(disk))
    if scenario.kind != "flat":
        raw["disk_flat_out"] = run_floor(ctx, words(dict(disk, rate=0)))
    if scenario.own.get("bandwidth") == "1":
        raw["disk_write"] = run_floor(ctx, words(dict(disk, rate=0, flush=0)))
    out = {}
    for column, result in raw.items():
        metrics = out[column] = {}
        quantiles(metrics, result, "ack", "ack")
        if column == "echo":
            metrics.update(mb_per_s=result["window"]["mb_per_s"], requests_per_s=result["window"]["requests_per_s"])
        else:
            metrics.update(mb_per_s=result["mb_per_s"], requests_per_s=result["writes_per_s"])
        resources(metrics, result)
        metrics.pop("rss_mib", None)
    return out, raw


def run_floor(ctx, words):
    ctx.show(words)
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failed(f"{' '.join(words)}: {done.stderr.strip()}")
    return json.loads(done.stdout)
