"""Medians, spreads, ratios, and the table that a person reads."""
import re
import statistics

# name: (label, unit, better: -1 less is better, 1 more is better, 0 neither)
METRICS = {
    "mb_per_s": ("throughput", "MB/s", 1),
    "requests_per_s": ("requests", "1/s", 1),
    "fetched_mb_per_s": ("fetched", "MB/s", 1),
    "ack_p50_ms": ("ack p50", "ms", -1),
    "ack_p90_ms": ("ack p90", "ms", -1),
    "ack_p99_ms": ("ack p99", "ms", -1),
    "ack_p99_9_ms": ("ack p99.9", "ms", -1),
    "ack_p99_99_ms": ("ack p99.99", "ms", -1),
    "age_p50_ms": ("end to end p50", "ms", -1),
    "age_p90_ms": ("end to end p90", "ms", -1),
    "age_p99_ms": ("end to end p99", "ms", -1),
    "age_p99_9_ms": ("end to end p99.9", "ms", -1),
    "age_p99_99_ms": ("end to end p99.99", "ms", -1),
    "ack_drain_p50_ms": ("ack p50 beside a drain", "ms", -1),
    "ack_drain_p99_ms": ("ack p99 beside a drain", "ms", -1),
    "ack_after_p99_ms": ("ack p99 behind it", "ms", -1),
    "age_drain_p50_ms": ("end to end p50 beside a drain", "ms", -1),
    "age_drain_p99_ms": ("end to end p99 beside a drain", "ms", -1),
    "age_after_p99_ms": ("end to end p99 behind it", "ms", -1),
    "drained_gb_beside": ("read from the device beside the load", "GB", 1),
    "device_reads_per_byte": ("device bytes read per byte fetched", "", -1),
    "cpu_s_per_gb": ("broker CPU per GB", "s", -1),
    "fetch_cpu_s_per_gb": ("fetch CPU per GB", "s", -1),
    "cpu_us_per_request": ("broker CPU per request", "us", -1),
    "broker_cpus": ("broker CPU", "CPUs", -1),
    "broker_cpus_no_fetch": ("broker CPU without fetch", "CPUs", -1),
    "flushes_per_s": ("device flushes", "1/s", 0),
    "device_mb_per_s": ("device writes in window", "MB/s", 0),
    "device_bytes_per_byte": ("device bytes per byte", "", -1),
    "broker_bytes_per_byte": ("bytes the broker writes per byte", "", -1),
    "turnovers": ("journal turnovers, at least", "", 0),
    **{f"flat_{q}_{n}_ms": (f"ack {q.replace('_', '.')}, {n:,} partitions", "ms", -1)
       for q in ("p50", "p99", "p99_9") for n in (1, 10, 100, 1000, 10000)},
    **{f"flat_{q}_ratio": (f"ack {q.replace('_', '.')}, slowest / first", "", -1) for q in ("p50", "p99", "p99_9")},
    **{f"flat_bytes_{n}": (f"bytes written per byte, {n:,} partitions", "", -1) for n in (1, 10, 100, 1000, 10000)},
    "flat_met_p99_ms": ("ack p99 beside a checkpoint", "ms", -1),
    "flat_apart_p99_ms": ("ack p99 without one", "ms", -1),
    "flat_met_max_ms": ("slowest ack beside a checkpoint", "ms", -1),
    "flat_apart_max_ms": ("slowest ack without one", "ms", -1),
    "rss_mib": ("memory (RSS)", "MiB", -1),
    "topic_ms": ("topic created", "ms", -1),
    "topic_cpu_s": ("broker CPU for creating", "s", -1),
    "topic_rss_mib": ("memory for the topic", "MiB", -1),
    "kib_per_idle_partition": ("memory per idle partition", "KiB", -1),
    "kib_per_active_partition": ("memory per written partition", "KiB", -1),
    "metadata_ms": ("metadata of all topics", "ms", -1),
    "segments_per_s": ("segments begun", "1/s", 1),
    "bytes_per_segment": ("memory per segment", "bytes", -1),
    "bytes_per_segment_again": ("memory per segment, after a start and reads", "bytes", -1),
    "stop_ms": ("clean stop", "ms", -1),
    "stopped_first_answer_ms": ("first answer after it", "ms", -1),
    "stop_again_ms": ("clean stop, nothing written", "ms", -1),
    "old_read_p50_ms": ("read from a segment, p50", "ms", -1),
    "old_read_p99_ms": ("read from a segment, p99", "ms", -1),
    "descriptors": ("open descriptors, most", "", -1),
    "start_fresh_ms": ("first answer, empty start", "ms", -1),
    "start_again_ms": ("first answer, second start", "ms", -1),
    "recover_first_answer_ms": ("first answer after kill -9", "ms", -1),
    "recover_cpu_s": ("broker CPU until then", "s", -1),
    "recover_all_served_ms": ("all served after kill -9", "ms", -1),
    "idle_cpu_ms_per_10s": ("idle CPU in 10 s", "ms", -1),
    "threads": ("threads", "", 0),
    "kib_per_idle_connection": ("per idle connection", "KiB", -1),
    "io_uring_enter_percent": ("io_uring_enter of syscalls", "%", 0),
    "rebalance_p50_ms": ("rebalance p50", "ms", -1),
    "rebalance_max_ms": ("rebalance, slowest", "ms", -1),
    "rebalance_cpu_ms": ("broker CPU per rebalance", "ms", -1),
    "commits_per_s": ("offsets committed", "1/s", 1),
    "commits_per_cpu_s": ("offsets committed per CPU-second", "1/s", 1),
    "kib_per_member": ("memory per member", "KiB", -1),
    "kib_per_group": ("memory per group", "KiB", -1),
    "list_ms": ("all groups listed", "ms", -1),
    "join_p50_ms": ("rebalance p50, one more member", "ms", -1),
    "join_max_ms": ("rebalance slowest, one more member", "ms", -1),
    "leave_p50_ms": ("rebalance p50, one member less", "ms", -1),
    "leave_max_ms": ("rebalance slowest, one member less", "ms", -1),
    "join_heartbeats": ("heartbeats until all are settled", "", -1),
    "heartbeats_per_cpu_s": ("idle heartbeats per CPU-second", "1/s", 1),
    "txn_per_s": ("transactions", "1/s", 1),
    "txn_per_cpu_s": ("transactions per CPU-second", "1/s", 1),
    "commit_p50_ms": ("commit p50, one producer", "ms", -1),
    "commit_p99_ms": ("commit p99, one producer", "ms", -1),
    "txn_p50_ms": ("transaction p50, one producer", "ms", -1),
    "txn_p99_ms": ("transaction p99, one producer", "ms", -1),
    "commit_busy_p50_ms": ("commit p50, all producers", "ms", -1),
    "commit_busy_p99_ms": ("commit p99, all producers", "ms", -1),
    "txn_refusals": ("refusals per transaction", "", -1),
    "clean_records_per_s": ("records compacted", "1/s", 1),
    "clean_keys_per_s": ("keys compacted", "1/s", 1),
    "clean_cpu_us_per_record": ("broker CPU per record compacted", "us", -1),
    "clean_bytes_per_byte": ("bytes written per byte that stays", "", -1),
    "clean_rss_mib": ("memory for it", "MiB", -1),
    "generator_cpus": ("generator CPU", "CPUs", 0),
}
TRANSACTIONS = ("transactions", "transactions-v1", "transactions-offsets", "transactions-100")
FLOOR_LABELS = {"echo": "loopback echo", "disk": "write+flush, same rate", "disk_flat_out": "write+flush, flat out",
                "disk_write": "write, flat out"}


def number(value):
    if value is None:
        return "-"
    if value == 0:
        return "0"
    size = abs(value)
    digits = 0 if size >= 100 else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{value:.{digits}f}"


def spread(values):
    """Median, and lowest to highest if there are several."""
    values = [v for v in values if v is not None]
    if not values:
        return "-"
    text = number(statistics.median(values))
    return text if len(values) == 1 else f"{text} [{number(min(values))}..{number(max(values))}]"


def ratios(ours, theirs):
    """Of each repeat's pair."""
    return [a / b for a, b in zip(ours, theirs) if a is not None and b]


def pooled(raws, name):
    """Quantiles (ms) and count of all repeats' histograms taken together: for p99.99, which one repeat is too short for."""
    buckets = {}
    for raw in raws:
        for low, count in raw.get("load", {}).get(name, {}).get("buckets_ns", []):
            buckets[low] = buckets.get(low, 0) + count
    total, out = sum(buckets.values()), {}
    if total == 0:
        return None
    for label, q in (("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999)):
        seen, rank = 0, max(1, -(-int(q * 1e6) * total // 10**6))
        for low in sorted(buckets):
            seen += buckets[low]
            if seen >= rank:
                out[label] = low / 1e6
                break
    return total, out


def render(result, brokers):
    """Lines of one scenario's table. result: as run() builds it."""
    columns, runs = [b for b in brokers if result["runs"].get(b)], result["runs"]
    floors = [f for f in FLOOR_LABELS if result["floors"].get(f)]
    rows = [["", *columns]]
    for other in columns[1:]:
        rows[0].append(f"{columns[0]} / {other}")
    rows[0] += [FLOOR_LABELS[f] for f in floors]
    for name, (label, unit, _better) in METRICS.items():
        series = {c: [r["metrics"].get(name) for r in runs[c]] for c in columns}
        if all(v is None for values in series.values() for v in values):
            continue
        row = [f"{label}{', ' + unit if unit else ''}", *(spread(series[c]) for c in columns)]
        row += [spread(ratios(series[columns[0]], series[other])) for other in columns[1:]]
        row += [spread([m.get(name) for m in result["floors"][f]]) for f in floors]
        rows.append(row)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(w) if i == 0 else cell.rjust(w) for i, (cell, w) in enumerate(zip(row, widths)))
             for row in rows]
    for c in columns:
        for name, label in (("ack", "ack"), ("age", "end to end")):
            both = pooled([r["raw"] for r in runs[c]], name)
            if both and len(runs[c]) > 1:
                quantiles = ", ".join(f"{q} {number(v)} ms" for q, v in both[1].items())
                lines.append(f"all repeats together, {c}, {label}: {quantiles} ({both[0]} requests)")
    notes = [f"  {c}, repeat {i + 1}: {note}" for c in columns for i, r in enumerate(runs[c]) for note in r["notes"]]
    if notes:
        lines += ["! look before you believe:"] + notes
    return lines


def median_of(result, broker, name):
    values = [r["metrics"].get(name) for r in result["runs"].get(broker, [])]
    values = [v for v in values if v is not None]
    return statistics.median(values) if values else None


def floor_of(result, column, name):
    values = [m[name] for m in result["floors"].get(column, []) if m.get(name) is not None]
    return statistics.median(values) if values else None


def flat_limit(result, q):
    """The slowest count's median, and what it may be: the first count's and a tenth, and the spread of that one's repeats."""
    runs = [r["metrics"] for r in result["runs"].get("millrace", [])]
    counts = sorted({int(at[1]) for m in runs for k in m if (at := re.fullmatch(rf"flat_{q}_(\d+)_ms", k))})
    if not counts:
        return None, None
    first = [m[f"flat_{q}_{counts[0]}_ms"] for m in runs if f"flat_{q}_{counts[0]}_ms" in m]
    slowest = max(median_of(result, "millrace", f"flat_{q}_{n}_ms") for n in counts)
    return slowest, statistics.median(first) * 1.1 + max(first) - min(first)


def targets(results):
    """What the project set out to reach, as (text, measured, limit) - None where it was not measured."""
    def find(scenario, broker, name):
        return median_of(results[scenario], broker, name) if scenario in results else None

    def floor(scenario, column, name):
        return floor_of(results[scenario], column, name) if scenario in results else None

    def scaled(value, factor=1.0, plus=0.0):
        return None if value is None else value * factor + plus

    return [
        ("flushed ack p50 at 1k/s <= write+flush + 0.080 ms (same rate)", find("ack-1k", "millrace", "ack_p50_ms"),
         scaled(floor("ack-1k", "disk", "ack_p50_ms"), plus=0.080)),
        ("flushed ack p50 at 1k/s <= write+flush + 0.080 ms (flat out)", find("ack-1k", "millrace", "ack_p50_ms"),
         scaled(floor("ack-1k", "disk_flat_out", "ack_p50_ms"), plus=0.080)),
        ("flushed ack p99 at 1k/s < Kafka's unflushed, ms", find("ack-1k", "millrace", "ack_p99_ms"),
         find("ack-1k", "kafka", "ack_p99_ms")),
        ("produce CPU per GB <= a third of Kafka's, s", find("produce-max", "millrace", "cpu_s_per_gb"),
         scaled(find("produce-max", "kafka", "cpu_s_per_gb"), 1 / 3)),
        ("tail fetch CPU per GB <= Kafka's, s", find("fetch-tail", "millrace", "fetch_cpu_s_per_gb"),
         find("fetch-tail", "kafka", "fetch_cpu_s_per_gb")),
        ("cold catch-up CPU per GB <= 0.20 s", find("fetch-catchup-cold", "millrace", "fetch_cpu_s_per_gb"), 0.20),
        ("ten consumers of one cold log: device bytes read per byte fetched <= 0.15",
         find("fetch-cold-shared", "millrace", "device_reads_per_byte"), 0.15),
        ("ack p99 beside a drain of 10 GB <= 1.5 times that without, ms", find("fetch-drain", "millrace", "ack_drain_p99_ms"),
         scaled(find("fetch-drain", "millrace", "ack_p99_ms"), 1.5)),
        ("end to end p99 beside a drain of 10 GB <= 1.5 times that without, ms",
         find("fetch-drain", "millrace", "age_drain_p99_ms"), scaled(find("fetch-drain", "millrace", "age_p99_ms"), 1.5)),
        ("first answer of an empty start <= 50 ms", find("start", "millrace", "start_fresh_ms"), 50),
        ("idle memory <= 32 MiB", find("idle", "millrace", "rss_mib"), 32),
        ("idle CPU in 10 s <= 20 ms", find("idle", "millrace", "idle_cpu_ms_per_10s"), 20),
        ("rebalancing 100 members over 1,000 partitions <= Kafka's, p50 ms", find("groups", "millrace", "rebalance_p50_ms"),
         find("groups", "kafka", "rebalance_p50_ms")),
        ("offsets committed per CPU-second >= three times Kafka's", scaled(find("groups", "millrace", "commits_per_cpu_s"), -1),
         scaled(find("groups", "kafka", "commits_per_cpu_s"), -3)),
        ("KIP-848: a member joins 100 with 1,000 partitions <= Kafka's, p50 ms", find("groups-consumer", "millrace", "join_p50_ms"),
         find("groups-consumer", "kafka", "join_p50_ms")),
        ("KIP-848: a member leaves 100 with 1,000 partitions <= Kafka's, p50 ms", find("groups-consumer", "millrace", "leave_p50_ms"),
         find("groups-consumer", "kafka", "leave_p50_ms")),
        *(("%s: transactions per CPU-second >= three times Kafka's" % name, scaled(find(name, "millrace", "txn_per_cpu_s"), -1),
           scaled(find(name, "kafka", "txn_per_cpu_s"), -3)) for name in TRANSACTIONS),
        *((f"ack {q} over 1 to 10,000 partitions <= that of 1, a tenth, and the spread of its repeats, ms",
           *(flat_limit(results["flat-partitions"], q) if "flat-partitions" in results else (None, None))) for q in ("p50", "p99")),
        ("20,000 partitions created in <= 5,000 ms", find("partitions-20k", "millrace", "topic_ms"), 5000),
        ("memory per idle partition <= 4 KiB", find("partitions-20k", "millrace", "kib_per_idle_partition"), 4),
        ("memory per written partition <= 64 KiB", find("partitions-20k", "millrace", "kib_per_active_partition"), 64),
        ("20,000 partitions, kill -9: first answer <= 1,000 ms", find("partitions-20k", "millrace", "recover_first_answer_ms"), 1000),
        ("io_uring_enter >= 95 % of syscalls",
         scaled(find("syscalls", "millrace", "io_uring_enter_percent"), -1), -95),
    ]


def render_targets(results):
    lines = []
    for text, measured, limit in targets(results):
        if measured is None or limit is None:
            lines.append(f"  not measured  {text}")
            continue
        verdict = "reached" if measured <= limit else "MISSED"
        lines.append(f"  {verdict:12}  {text}: {number(abs(measured))} against {number(abs(limit))}")
    return lines
