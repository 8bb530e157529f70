#!/usr/bin/env python3
"""The runner: its arithmetic, and a whole small run of it against two fake brokers.

usage: runner_test.py BUILD_DIR
"""
import json
import os
import subprocess
import sys
import tempfile
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(HERE))

from runner import consumers, flexible, measure, procfs, scenario, table, transactions  # noqa: E402

BUILD = ""


def result(runs, floors=None):
    return {"runs": {b: [{"metrics": m, "notes": [], "raw": {}} for m in ms] for b, ms in runs.items()},
            "floors": floors or {}}


class Arithmetic(unittest.TestCase):
    def test_a_spread_is_the_median_between_the_extremes(self):
        self.assertEqual(table.spread([3, 1, 200]), "3.00 [1.00..200]")
        self.assertEqual(table.spread([0.0123]), "0.012")
        self.assertEqual(table.spread([None, None]), "-")

    def test_ratios_are_of_the_same_repeat(self):
        self.assertEqual(table.ratios([1, 2, None, 4], [2, 2, 2, 0]), [0.5, 1.0])

    def test_quantiles_of_all_repeats_together(self):
        raws = [{"load": {"ack": {"buckets_ns": [[1_000_000, 9990], [5_000_000, 9]]}}},
                {"load": {"ack": {"buckets_ns": [[1_000_000, 9999], [9_000_000, 2]]}}}]
        total, quantiles = table.pooled(raws, "ack")
        self.assertEqual(total, 20000)
        self.assertEqual(quantiles, {"p50": 1.0, "p99": 1.0, "p99.9": 1.0, "p99.99": 5.0})
        self.assertIsNone(table.pooled([{}], "ack"))

    def test_a_quantile_needs_enough_requests(self):
        out = {"ack": {"count": 999, "p50_us": 1, "p90_us": 2, "p99_us": 3, "p99_9_us": 4, "p99_99_us": 5}}
        metrics = {}
        measure.quantiles(metrics, out, "ack", "ack")
        self.assertEqual(metrics, {"ack_p50_ms": 0.001, "ack_p90_ms": 0.002, "ack_p99_ms": 0.003})

    def test_targets_are_reached_missed_or_not_measured(self):
        results = {"ack-1k": result({"millrace": [{"ack_p50_ms": 0.12, "ack_p99_ms": 0.5}],
                                     "kafka": [{"ack_p99_ms": 0.4}]},
                                    {"disk": [{"ack_p50_ms": 0.05}], "disk_flat_out": [{"ack_p50_ms": 0.03}]}),
                   "syscalls": result({"millrace": [{"io_uring_enter_percent": 97.0}]})}
        lines = table.render_targets(results)
        self.assertRegex(lines[0], r"^  reached .*same rate\): 0.120 against 0.130$")
        self.assertRegex(lines[1], r"^  MISSED .*flat out\): 0.120 against 0.110$")
        self.assertRegex(lines[2], r"^  MISSED .*p99")
        self.assertRegex(lines[3], r"^  not measured")
        self.assertRegex(lines[-1], r"^  reached .*97.0 against 95.0$")

    def test_what_spoils_a_measurement_is_noted(self):
        s = scenario.Scenario("x", {"rate": "1000"})
        good = {"open_loop": True, "lag": {"p99_us": 50}, "ack": {"p99_us": 500}, "errors": {}, "check": {"ok": True},
                "window": {"sent": 1000, "requests_per_s": 1000, "held_up": 0, "unanswered": 0},
                "generator": {"cpu_share": 0.2}, "machine": {"steal_cpus": 0, "other_cpus": 0.01}}
        self.assertEqual(measure.judge(good, s), [])

        def spoilt(part, **change):
            return "; ".join(measure.judge(dict(good, **{part: dict(good[part], **change)}), s))

        self.assertIn("at its limit", spoilt("generator", cpu_share=0.95))
        self.assertIn("sent late", spoilt("lag", p99_us=300))
        self.assertIn("overloaded", spoilt("window", requests_per_s=900))
        self.assertIn("backlog", spoilt("window", requests_per_s=1100))
        self.assertIn("free slot", spoilt("window", held_up=20))
        self.assertIn("never answered", spoilt("window", unanswered=3))
        self.assertIn("other processes", spoilt("machine", other_cpus=0.5))
        self.assertIn("host took", spoilt("machine", steal_cpus=0.1))
        self.assertIn("WRONG", spoilt("check", ok=False))
        self.assertIn("WRONG", spoilt("errors", produce_2=1))
        self.assertIn("WRONG", spoilt("window", sent=0))


class Pretend:
    """A coordinator for members that are only told what it says: moves what a newcomer gets when it was given back."""

    def __init__(self, partitions):
        self.members, self.partitions, self.epoch = [], partitions, 0

    def target(self):
        each = -(-self.partitions // len(self.members))
        return {m: tuple(range(i * each, min((i + 1) * each, self.partitions))) for i, m in enumerate(self.members)}

    def heard(self, m, leaves):
        if leaves:
            self.members.remove(m)
            self.epoch += 1
        elif m not in self.members:
            self.members.append(m)
            self.epoch += 1
        if not leaves:
            want, held = self.target()[m], {p for o in self.members if o is not m for p in o.owned.get(b"t", ())}
            keep = tuple(p for p in want if p not in held)
            m.answer = (self.epoch if set(m.owned.get(b"t", ())) <= set(want) else m.epoch, {b"t": keep})


class Puppet(consumers.Consumer):
    def __init__(self, coordinator):
        self.coordinator, self.epoch, self.owned, self.told, self.beats = coordinator, 0, {}, None, 0

    def send(self, topic=None, leave=False):
        self.told = dict(self.owned)
        self.beats += 1
        self.answer = None
        self.coordinator.heard(self, leave)

    def receive(self):
        if self.answer is not None:
            self.epoch, self.owned = self.answer
        return 0


class Coordination(unittest.TestCase):
    def test_a_rebalance_is_over_when_every_partition_has_one_owner_in_one_epoch(self):
        c = Pretend(100)
        people = [Puppet(c) for _ in range(10)]
        consumers.enter(people, "t")
        consumers.settle(people, 100, 0)
        self.assertEqual(sorted(p for m in people for _t, p in m.partitions()), list(range(100)))
        newcomer = Puppet(c)
        _ms, beats = consumers.join(people, newcomer, "t", 100)
        self.assertEqual({m.epoch for m in people + [newcomer]}, {11})
        self.assertEqual(len({p for m in people + [newcomer] for p in m.partitions()}), 100)
        self.assertGreaterEqual(beats, 11)
        _ms, beats = consumers.leave(people, newcomer, 100)
        self.assertEqual({m.epoch for m in people}, {12})
        people[3].owned = {b"t": people[2].owned[b"t"]}
        self.assertFalse(consumers.complete(people, 100))  # two owners

    def test_a_transaction_is_its_requests_in_order(self):
        p = transactions.TxnProducer.__new__(transactions.TxnProducer)
        p.name, p.topic, p.partitions, p.value, p.done = "t1", "topic", [0, 1], b"v", 0
        p.id, p.epoch, p.sequence = 7, 3, 0
        for version, offsets, keys in ((2, 0, [0, 26]), (2, 5, [0, 28, 26]), (1, 0, [24, 0, 26]), (1, 5, [24, 0, 25, 28, 26])):
            p.version, p.offsets = version, offsets
            self.assertEqual([key for key, _body in p.steps()], keys)
            self.assertLessEqual(set(keys), set(transactions.VERSIONS[version]))

    def test_bytes_of_batches_and_flexible_fields(self):
        self.assertEqual(transactions.crc32c(b"123456789"), 0xE3069283)
        made = transactions.batch(7, 3, 5, b"value", 1000)
        self.assertEqual(int.from_bytes(made[8:12], "big"), len(made) - 12)
        self.assertEqual(int.from_bytes(made[17:21], "big"), transactions.crc32c(made[21:]))
        self.assertEqual(flexible.uvarint(300), b"\xac\x02")
        a = flexible.FlexibleAnswer(b"\0\0\0\1" + b"\1\5\2ab" + flexible.compact("name") + flexible.numbers("i", [1, 2]) + b"\0")
        self.assertEqual((a.compact(), a.numbers("i"), a.compact()), (b"name", (1, 2), None))

    def test_what_is_refused_for_a_while_is_repeated_and_counted(self):
        p = transactions.TxnProducer.__new__(transactions.TxnProducer)
        p.todo, p.refused, p.begun = [(26, b"")], 0, transactions.time.monotonic()

        class One:
            def receive_flexible(self):
                return flexible.FlexibleAnswer(b"\0\0\0\1\0" + b"\0\0\0\0" + error.to_bytes(2, "big"))

        p.wire = One()
        error = transactions.CONCURRENT
        self.assertIsNone(p.answered())
        self.assertEqual((p.refused, len(p.todo)), (1, 1))
        error = 47
        with self.assertRaisesRegex(transactions.TxnError, r"errors \{47\}"):
            p.answered()


class Files(unittest.TestCase):
    def test_every_scenario_is_known_to_the_generator(self):
        known = scenario.load_all(os.path.join(os.path.dirname(HERE), "scenarios"))
        self.assertGreater(len(known), 10)
        out = subprocess.run([os.path.join(BUILD, "bench/mr_bench"), "help"], capture_output=True, text=True, check=True)
        keys = {line.split()[0] for line in out.stdout.splitlines()[1:]}
        for s in known:
            self.assertTrue(s.about, s.name)
            self.assertEqual(set(s.words) - keys, set(), s.name)

    def test_a_bad_scenario_is_refused_by_line(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "bad.conf")
            for content, why in (("rate 5\n", "bad.conf:1"), ("rate = 5\nrate = 6\n", "stands twice"),
                                 ("kind = quick\n", "kind=quick")):
                with open(path, "w", encoding="ascii") as f:
                    f.write(content)
                with self.assertRaisesRegex(scenario.ScenarioError, why):
                    scenario.parse(path)


class Whole(unittest.TestCase):
    def test_a_run_against_two_fakes(self):
        chosen = "ack-1k,fetch-tail,fetch-catchup,start,idle"
        small = ["duration_s=0.3", "rate=100", "warmup_s=0.2", "prefill_bytes=400000", "connections_idle=5",
                 "idle_s=0.2", "settle_s=0.1", "partitions=16"]
        with tempfile.TemporaryDirectory(dir=BUILD) as folder, tempfile.TemporaryDirectory() as out:
            command = [sys.executable, os.path.join(os.path.dirname(HERE), "run"), "--brokers", "fake,fake-b", "--build",
                       BUILD, "--data", folder, "--out", out, "--scenario", chosen, "--repeats", "2"]
            for pair in small:
                command += ["-D", pair]
            done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
            self.assertEqual(os.listdir(folder), [])  # cleaned up behind itself
            with open(os.path.join(out, "result.json"), encoding="utf-8") as f:
                saved = json.load(f)
        self.assertEqual(sorted(saved["results"]), sorted(chosen.split(",")))
        for name, expected in (("ack-1k", "ack_p50_ms"), ("fetch-tail", "age_p50_ms"),
                               ("fetch-catchup", "fetched_mb_per_s"), ("start", "start_fresh_ms"),
                               ("idle", "idle_cpu_ms_per_10s")):
            for broker in ("fake", "fake-b"):
                runs = saved["results"][name]["runs"][broker]
                self.assertEqual(len(runs), 2)
                self.assertIsNotNone(runs[0]["metrics"][expected], f"{name} {broker}")
        self.assertIn("ack_p50_ms", saved["results"]["ack-1k"]["floors"]["disk"][0])
        self.assertIn("fake / fake-b", done.stdout)
        self.assertTrue(any("mr_bench rate=100" in c for c in saved["commands"]))

    def test_a_device_or_none(self):
        name, stat = procfs.device_of(HERE)
        if name is None:
            self.assertEqual(stat, "")
        else:
            self.assertIsNotNone(procfs.device_counts(stat))


if __name__ == "__main__":
    BUILD = os.path.abspath(sys.argv.pop(1))
    unittest.main()
