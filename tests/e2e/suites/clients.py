"""The client libraries, each through the story of lib/story.py."""
from lib import complaints, toolchain
from lib.story import ALL, Story


def _suite(name, command, expected, shape=None, lacks=()):
    def run(run):
        Story(run, run.driver(name, command()), expected, shape, lacks).tell()

    run.needs = command
    return run


def _newest(version):
    """The story of a client that is newer than what this broker is to be, and then its log."""
    name = f"java{version}"
    told = _suite(name, lambda: toolchain.java_driver(version), ALL)

    def run(run):
        watch = complaints.Watch(run, name)
        told(run)
        with run.report.case(f"{name}: nobody complains in a log") as case:
            watch.check(case)

    run.needs = told.needs
    return run


def _kafka_python(version):
    return lambda: toolchain.python_driver("kafkapython", f"kafka-python[crc32c,lz4,snappy,zstd]=={version}")


# What a client cannot put into a record: kafka-python no null header; neither it nor aiokafka a record without both key
# and value; kafkajs, whose headers are an object, no name twice. kafkajs consumes in groups only: another client reads.
# kafka-go's Writer is never idempotent, its Client has no DeleteRecords, and what it reads has the producer's time even where the
# broker replaced it. rskafka has no groups, no transactions, no idempotence and no acks but all; it cannot grow, configure or describe
# a topic; its headers are an ordered map; it brings no partitioner (its driver has one) and reads the producer's time.
# kafka-javascript neither alters nor describes configs; platformatic reads timestamps as if all were the producer's.
SUITES = {
    "confluent": _suite("confluent", lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), ALL),
    "kafkapython": _suite("kafkapython", _kafka_python("3.0.12"), ALL, {"empty_pair": False, "null_headers": False}),
    "kafkapython2": _suite("kafkapython2", _kafka_python("2.3.0"), ALL - {"acks0"},
                           {"empty_pair": False, "null_headers": False}),
    "aiokafka": _suite("aiokafka", lambda: toolchain.python_driver("aiokafka", "aiokafka[lz4,snappy,zstd]==0.14.0"), ALL,
                       {"empty_pair": False}),
    "java": _suite("java", toolchain.java_driver, ALL),
    **{f"java{v}": _suite(f"java{v}", lambda v=v: toolchain.java_driver(v), ALL) for v in ["2.1.1"] + (["2.8.2", "3.9.1"] if toolchain.LONG else [])},
    "java4.4.0": _newest("4.4.0"),
    "franz": _suite("franz", lambda: toolchain.go_driver("franz"), ALL),
    "sarama": _suite("sarama", lambda: toolchain.go_driver("sarama"), ALL),
    "kafkago": _suite("kafkago", lambda: toolchain.go_driver("kafkago"), ALL - {"trim", "idempotent"}, lacks={"append time"}),
    "kafkajs": _suite("kafkajs", lambda: toolchain.node_driver("kafkajs"), ALL - {"fetch"},
                      {"double_headers": False, "null_headers": False}),
    "rskafka": _suite("rskafka", lambda: toolchain.rust_driver("rskafka"),
                      {"create", "list", "delete", "trim", "produce", "fetch", "offsets", "times"},
                      {"double_headers": False, "null_headers": False, "sorted_headers": True},
                      {"append time", "configs", "acks1"}),
    "kafka-javascript": _suite("kafka-javascript", lambda: toolchain.node_driver("kafka-javascript", toolchain.kafka_javascript),
                               ALL - {"alter", "describe"}, {"null_headers": False}),
    "platformatic": _suite("platformatic", lambda: toolchain.node_driver("platformatic", least=(22, 22)), ALL, lacks={"append time"}),
    "rdkafka": _suite("rdkafka", lambda: toolchain.rust_driver("rdkafka"), ALL),
}
