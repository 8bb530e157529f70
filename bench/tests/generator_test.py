#!/usr/bin/env python3
"""The whole generator against the fake broker.

usage: generator_test.py MR_BENCH
Rates are low and windows short: this is about what is sent, counted and told, not about speed.
"""
import json
import os
import subprocess
import sys
import unittest

BENCH = ""
FAKE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fake_broker.py")


class Generator(unittest.TestCase):
    def serve(self, *options):
        """Starts a fake broker for this test; its port."""
        child = subprocess.Popen([sys.executable, FAKE, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 text=True)
        self.addCleanup(self.stop, child)
        self.broker = child
        return int(child.stdout.readline())

    @staticmethod
    def stop(child):
        child.kill()
        child.communicate()

    def run_bench(self, port, *words, code=0):
        words = [f"port={port}", "timeout_s=20", "warmup_s=0.2", "duration_s=0.5", *words]
        done = subprocess.run([BENCH, *words], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, code, done.stderr + done.stdout)
        return json.loads(done.stdout)

    def test_every_version_and_acks(self):
        for version in (9, 12, 13):
            for acks in (-1, 0, 1):
                with self.subTest(version=version, acks=acks):
                    out = self.run_bench(self.serve(), "rate=200", f"acks={acks}", f"produce_version={version}")
                    self.assertEqual(out["produce_version"], version)
                    self.assertTrue(out["check"]["ok"])
                    self.assertEqual(out["window"]["sent"], 100)
                    self.assertEqual(out["check"]["log_records"], out["total"]["records"])
                    if acks != 0:
                        self.assertEqual(out["ack"]["count"], 100)

    def test_idempotent_requests_of_several_batches(self):
        out = self.run_bench(self.serve(), "rate=100", "idempotent=1", "batches=3", "records=5", "record_bytes=50",
                             "partitions=7", "connections=2")
        self.assertEqual(out["check"]["log_records"], out["total"]["requests"] * 15)

    def test_closed_loop_stops_at_its_budget(self):
        out = self.run_bench(self.serve(), "rate=0", "bytes_max=102400", "duration_s=20", "warmup_s=0")
        self.assertGreaterEqual(out["total"]["payload_bytes"], 102400)
        self.assertLess(out["total"]["payload_bytes"], 102400 + 21 * 1024)
        self.assertTrue(out["check"]["ok"])
        self.assertFalse(out["open_loop"])

    def test_consumers_see_everything(self):
        for version, session, split in ((12, 0, 0), (17, 1, 0), (17, 1, 1), (13, 0, 1)):
            with self.subTest(version=version, session=session, split=split):
                out = self.run_bench(self.serve(), "rate=200", "consumers=2", f"session={session}", f"split={split}",
                                     f"fetch_version={version}", "verify=1", "records=3")
                readers = 1 if split else 2
                self.assertEqual(out["check"]["fetched_records"], out["check"]["log_records"] * readers)
                self.assertEqual(out["age"]["count"], 100 * readers)

    def test_a_forgotten_session_is_begun_anew(self):
        out = self.run_bench(self.serve("--fault", "forget"), "rate=200", "consumers=2")
        self.assertEqual(out["check"]["fetched_records"], out["check"]["log_records"] * 2)

    def test_catch_up_reads_the_log_once_a_pass(self):
        port = self.serve()
        made = self.run_bench(port, "rate=0", "bytes_max=300000", "warmup_s=0", "remove=0", "records=8")
        for words in (["verify=1"], ["partition_bytes=20000", "max_bytes=50000"]):  # batches are cut off
            out = self.run_bench(port, "mode=catchup", "create=0", "remove=0", "consumers=2", "split=1", "passes=2",
                                 "warmup_passes=1", *words)
            self.assertEqual(out["check"]["log_records"], made["total"]["records"])
            self.assertEqual(out["check"]["fetched_records"], 3 * made["total"]["records"])

    def test_topic_is_created_once(self):
        port = self.serve()
        out = self.run_bench(port, "mode=topic", "partitions=50", "remove=0")
        self.assertEqual(out["partitions"], 50)
        self.assertGreater(out["topic_ms"], 0)
        out = self.run_bench(port, "mode=topic", code=1)
        self.assertIn("36", out["failed"])

    def test_a_stall_counts_for_all_who_should_have_been_served(self):
        # One second of standstill at 200 requests a second: an open loop sees 200 late requests, their latencies
        # spread evenly over that second; a closed loop would see one for each of its 4 slots.
        out = self.run_bench(self.serve("--stall-at", "100", "--stall-s", "1"), "rate=200", "duration_s=2",
                             "connections=2", "inflight=2")
        late = sum(n for low, n in out["ack"]["buckets_ns"] if low > 100e6)
        self.assertGreaterEqual(late, 170)
        self.assertGreaterEqual(out["ack"]["max_us"], 990e3)
        self.assertGreater(out["window"]["held_up"], 150)
        self.assertEqual(out["ack"]["count"], 400)
        self.assertLess(out["service"]["p50_us"], 100e3)  # once sent, most were answered at once

    def test_errors_are_told_and_not_counted_as_acknowledged(self):
        out = self.run_bench(self.serve("--fault", "refuse"), "rate=200", code=3)
        self.assertEqual(out["errors"]["produce_2"], out["total"]["requests"] // 5)
        self.assertEqual(out["check"]["log_records"], out["check"]["acked_records"])

    def test_a_lost_batch_is_found(self):
        out = self.run_bench(self.serve("--fault", "lose"), "rate=200", code=3)
        self.assertFalse(out["check"]["ok"])
        self.assertEqual(out["check"]["log_records"], out["check"]["acked_records"] - 1)

    def test_a_closed_connection_ends_the_run(self):
        out = self.run_bench(self.serve("--fault", "close"), "rate=200", code=1)
        self.assertIn("closed", out["failed"])

    def test_nobody_listens(self):
        out = self.run_bench(1, code=1)
        self.assertIn("127.0.0.1:1", out["failed"])

    def test_echo_and_disk(self):
        out = self.run_bench(1, "mode=echo", "rate=200", "batches=2")
        self.assertEqual(out["ack"]["count"], 100)
        self.assertIn("broker", out)
        out = self.run_bench(1, "mode=disk", "rate=0", "dir=.", "disk_bytes=1048576", "warmup_s=0")
        self.assertGreater(out["ack"]["count"], 0)
        self.assertEqual([f for f in os.listdir(".") if f.startswith("bench-disk.")], [])


if __name__ == "__main__":
    BENCH = os.path.abspath(sys.argv.pop(1))
    unittest.main()
