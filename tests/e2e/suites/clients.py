"""The client libraries, each through the story of lib/story.py."""
from lib import toolchain
from lib.story import ALL, Story


def _suite(name, command, expected, shape=None, lacks=()):
    def run(run):
        Story(run, run.driver(name, command()), expected, shape, lacks).tell()

    run.needs = command
    return run


def _kafka_python(version):
    return lambda: toolchain.python_driver("kafkapython", f"kafka-python[crc32c,lz4,snappy,zstd]=={version}")


# What a client cannot put into a record: kafka-python no null header; neither it nor aiokafka a record without both key
# and value; kafkajs, whose headers are an object, no name twice. kafkajs consumes in groups only: another client reads.
# kafka-go's Writer is never idempotent, its Client has no DeleteRecords, and what it reads has the producer's time even where the
# broker replaced it. rskafka has no groups, no transactions, no idempotence and no acks but all; it cannot grow, configure or describe
# a topic; its headers are an ordered map; it brings no partitioner (its driver has one) and reads the producer's time.
SUITES = {
    "confluent": _suite("confluent", lambda: toolchain.python_driver("confluent", "confluent-kafka==2.16.1"), ALL),
    "kafkapython": _suite("kafkapython", _kafka_python("3.0.12"), ALL, {"empty_pair": False, "null_headers": False}),
    "kafkapython2": _suite("kafkapython2", _kafka_python("2.3.0"), ALL - {"acks0"},
                           {"empty_pair": False, "null_headers": False}),
    "aiokafka": _suite("aiokafka", lambda: toolchain.python_driver("aiokafka", "aiokafka[lz4,snappy,zstd]==0.14.0"), ALL,
                       {"empty_pair": False}),
    "java": _suite("java", toolchain.java_driver, ALL),
    "franz": _suite("franz", lambda: toolchain.go_driver("franz"), ALL),
    "sarama": _suite("sarama", lambda: toolchain.go_driver("sarama"), ALL),
    "kafkago": _suite("kafkago", lambda: toolchain.go_driver("kafkago"), ALL - {"trim", "idempotent"}, lacks={"append time"}),
    "kafkajs": _suite("kafkajs", lambda: toolchain.node_driver("kafkajs"), ALL - {"fetch"},
                      {"double_headers": False, "null_headers": False}),
    "rskafka": _suite("rskafka", lambda: toolchain.rust_driver("rskafka"),
                      {"create", "list", "delete", "trim", "produce", "fetch", "offsets", "times"},
                      {"double_headers": False, "null_headers": False, "sorted_headers": True},
                      {"append time", "configs", "acks1"}),
    "rdkafka": _suite("rdkafka", lambda: toolchain.rust_driver("rdkafka"), ALL),
}
