"""One broker, stopped cleanly and killed: everything is there again, and idempotent producers are still known."""
import signal

from lib import batch
from lib.raw import Raw
from lib.report import Failure

from .handover import BASE, Handover


class Restart(Handover):
    def __init__(self, run):
        super().__init__(run, "restart", run.kind, run.kind)
        self.broker = self.first

    def produce(self, raw, producer, epoch, n, count=1):
        recs = [batch.Record(b"key", b"value %d" % (n + i), BASE + n + i) for i in range(count)]
        got = raw.produce("retries", 0, batch.make(recs, producer=producer, epoch=epoch, sequence=n))
        return [got["error"], got["offset"]]

    def tell(self):
        broker = self.broker
        with self.case("a broker with everything in it") as case:
            broker.start()
            self.fill(broker, 0)
            self.before = self.portrait(broker)
            case.equal(len(self.before["topics"]), 15, "topics")
        for how in ("clean stop", "kill -9", "kill -9 of an idle broker"):
            with self.case(f"all of it is there after a {how}") as case:
                epoch = self.epoch(broker)
                if how == "clean stop":
                    case.equal(broker.stop(), 0, "status")
                else:
                    broker.process.send_signal(signal.SIGKILL)
                    broker.wait_exit()
                verified = self.verified()
                broker.start()
                self.same(case, self.portrait(broker), self.before)
                self.check_epochs(case, epoch)
                self.check_verified(case, verified)
            if how != "kill -9":
                with self.case(f"retries and gaps after a {how}") as case:
                    self.check_producers(case, broker)
                    self.before = self.portrait(broker)
        with self.case("retries across restarts are never stored twice") as case:
            self.retries(case)
        with self.case("the last clean stop") as case:
            case.equal(broker.stop(), 0, "status")
            self.check_verified(case, self.verified())

    def verified(self):
        return self.broker.verify() if self.broker.kind == "millrace" else None

    @staticmethod
    def check_verified(case, verified):
        if verified is not None:
            case.equal(verified[0], 0, f"millrace verify says {verified[1][-500:]!r}; its status")

    @staticmethod
    def epoch(broker):
        raw = Raw(broker.address)
        try:
            return raw.topic("sequences")["partitions"][0]["epoch"]
        finally:
            raw.close()

    def check_epochs(self, case, old):
        """What was written under an older leader epoch ends where it ended; a client that still believes in it is told."""
        raw = Raw(self.broker.address)
        now = raw.topic("sequences")["partitions"][0]["epoch"]
        end = raw.end("sequences", 0)
        case.true(now >= old, f"the leader epoch fell from {old} to {now}")
        asked = raw.call("OffsetForLeaderEpoch", 4, {"topics": [{"name": "sequences", "partitions": [
            {"index": 0, "epoch": old}]}]})["topics"][0]["partitions"][0]
        case.equal([asked["error"], asked["offset"]], [0, end], f"end of epoch {old}")
        if now > old:
            fetched = raw.call("Fetch", 12, {"topics": [{"name": "sequences", "partitions": [
                {"index": 0, "offset": 0, "leader_epoch": old}]}]})["topics"][0]["partitions"][0]
            listed = raw.call("ListOffsets", 6, {"topics": [{"name": "sequences", "partitions": [
                {"index": 0, "timestamp": -1, "leader_epoch": old}]}]})["topics"][0]["partitions"][0]
            ended = raw.call("OffsetForLeaderEpoch", 4, {"topics": [{"name": "sequences", "partitions": [
                {"index": 0, "epoch": old, "leader_epoch": old}]}]})["topics"][0]["partitions"][0]
            case.equal([fetched["error"], listed["error"], ended["error"]], [74, 74, 74], "answers to a stale epoch")
        raw.close()

    def retries(self, case):
        raw = Raw(self.broker.address)
        raw.create("retries", 1)
        producer = raw.call("InitProducerId", 4)["id"]
        n = 0
        for stop in ("kill", "stop", "kill"):
            for count in (1, 3, 2):
                case.equal(self.produce(raw, producer, 0, n, count), [0, n], f"sequence {n}")
                n += count
            getattr(self.broker, stop)()
            self.broker.start()
            raw.wait_leaders("retries", 1)
            # Sent again, as a client does that never saw the answer.
            case.equal(self.produce(raw, producer, 0, n - 2, 2), [0, n - 2], f"sequence {n - 2} again after a {stop}")
            case.equal(raw.end("retries", 0), n, "end of the log")
            case.equal(self.produce(raw, producer, 0, n + 1)[0], 45, "a gap")
        case.equal(self.produce(raw, producer, 1, 0), [0, n], "a new epoch")
        self.broker.kill()
        self.broker.start()
        raw.wait_leaders("retries", 1)
        case.equal(self.produce(raw, producer, 0, n)[0], 47, "the old epoch")
        case.equal(self.produce(raw, producer, 1, 1), [0, n + 1], "the new epoch goes on")
        values = [r.value for b in raw.batches("retries", 0) for r in b.records()]
        want = [b"value %d" % i for i in range(n)] + [b"value 0", b"value 1"]
        if values != want:
            raise Failure(f"the log holds {values}")
        raw.close()


SUITES = {"restart": lambda run: Restart(run).tell()}
