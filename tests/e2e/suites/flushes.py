"""Durability seen from outside: records acknowledged one after the other cost a flush of the block device each.

The kernel counts completed flushes per device (/sys/block/*/stat, field 16). Other programs flush too, so a total alone
proves little: within the time of every single record, between sending it and its acknowledgement, the counter must move."""
import os

from lib import batch, wire
from lib.raw import Raw
from lib.report import Skip

COUNT = 200
FLUSHES = 15  # the 16th field, counted from 0


def counter(folder):
    """The stat file of the device that holds the folder."""
    number = os.stat(folder).st_dev
    path = f"/sys/dev/block/{os.major(number)}:{os.minor(number)}"
    if os.major(number) == 0 or not os.path.exists(path):
        raise Skip(f"{folder} is not on a block device of its own (device {os.major(number)}:{os.minor(number)})")
    path = os.path.realpath(path)
    if os.path.exists(os.path.join(path, "partition")):
        path = os.path.dirname(path)  # flushes are counted for the whole disk
    with open(os.path.join(path, "queue", "write_cache"), encoding="ascii") as f:
        cache = f.read().strip()
    if cache != "write back":
        raise Skip(f"{os.path.basename(path)} says its write cache is {cache!r}: the kernel sends it no flushes")
    return os.path.join(path, "stat")


def flushes(stat):
    with open(stat, encoding="ascii") as f:
        fields = f.read().split()
    if len(fields) <= FLUSHES:
        raise Skip("this kernel does not count flushes")
    return int(fields[FLUSHES])


def measure(broker, acks):
    """(flushes in all, records without one) for COUNT records, each sent when the one before was acknowledged."""
    stat = counter(broker.data)
    raw = Raw(broker.address)
    topic = f"flushes-{acks % 7}"
    raw.create(topic)
    without = 0
    with wire.Conn(broker.address) as conn:
        first = flushes(stat)
        for i in range(COUNT):
            data = batch.make([batch.Record(b"key", b"value %d" % i, 1_700_000_000_000 + i)])
            before = flushes(stat)
            answer = conn.call("Produce", 9, {"acks": acks, "topics": [
                {"name": topic, "partitions": [{"index": 0, "records": data}]}]})["topics"][0]["partitions"][0]
            if answer["error"] != 0 or answer["offset"] != i:
                raise AssertionError(f"record {i} was answered {answer}")
            without += flushes(stat) == before
        total = flushes(stat) - first
    raw.close()
    return total, without


def _suite(run):
    # Kafka flushes before it acknowledges only when told to.
    broker = run.broker("flushes", {"log.flush.interval.messages": 1} if run.kind == "kafka" else {})
    broker.start()
    for acks, name in ((-1, "all"), (1, "1")):
        with run.report.case(f"flushes: {COUNT} records with acks={name}, one after the other") as case:
            total, without = measure(broker, acks)
            case.true(total >= COUNT, f"{COUNT} records took only {total} flushes")
            case.equal(without, 0, "records acknowledged without a flush")
            run.report.say(f"     {total} flushes")
    broker.stop()
    if run.kind == "kafka":
        with run.report.case("flushes: a broker that does not flush is found out") as case:
            lazy = run.broker("flushes-lazy")
            lazy.start()
            total, without = measure(lazy, -1)
            case.true(without > COUNT // 4, f"only {without} of {COUNT} records seem to lack a flush ({total} in all)")
            lazy.stop()


SUITES = {"flushes": _suite}
