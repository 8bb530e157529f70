"""confluent-kafka: librdkafka as most Python programs meet it."""
import time

import confluent_kafka as ck
from confluent_kafka.admin import (AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, NewPartitions, NewTopic,
                                   ResourceType)

import pydriver


class Confluent(pydriver.Members, pydriver.Driver):
    client, version = "confluent-kafka", f"{ck.__version__} (librdkafka {ck.libversion()[0]})"
    codecs = ["none", "gzip", "snappy", "lz4", "zstd"]
    extras = ["times", "idempotent", "acks0"]

    def __init__(self, bootstrap):
        super().__init__()
        self.common = {"bootstrap.servers": bootstrap, "client.id": "e2e-confluent"}
        self.admin = AdminClient(dict(self.common))
        self.groups, self.holders = {}, {}

    @staticmethod
    def done(futures):
        for f in futures.values():
            f.result(30)

    def create(self, topic, partitions, configs, replication=1):
        self.done(self.admin.create_topics([NewTopic(topic, partitions, replication, config=configs)]))

    def list(self):
        return {"topics": list(self.admin.list_topics(timeout=10).topics)}

    def delete(self, topic):
        self.done(self.admin.delete_topics([topic]))

    def grow(self, topic, partitions):
        self.done(self.admin.create_partitions([NewPartitions(topic, partitions)]))

    def alter(self, topic, configs):
        entries = [ConfigEntry(k, v, incremental_operation=AlterConfigOpType.SET) for k, v in configs.items()]
        self.done(self.admin.incremental_alter_configs(
            [ConfigResource(ResourceType.TOPIC, topic, incremental_configs=entries)]))

    def describe(self, topic):
        found = self.admin.describe_configs([ConfigResource(ResourceType.TOPIC, topic)])
        return {"configs": {k: e.value for f in found.values() for k, e in f.result(30).items()}}

    def trim(self, topic, partition, offset):
        self.done(self.admin.delete_records([ck.TopicPartition(topic, partition, offset)]))

    def produce(self, topic, records, codec, acks, idempotent, linger_ms=20, max_bytes=None):
        config = dict(self.common)
        config.update({"acks": acks, "compression.type": codec, "linger.ms": linger_ms, "enable.idempotence": idempotent,
                       "delivery.timeout.ms": 40000, "message.max.bytes": max_bytes or 1000000})
        producer = ck.Producer(config)
        acked, errors = [(-1, -1)] * len(records), []

        def report(i):
            def delivered(err, msg):
                if err is not None:
                    errors.append(f"{err.name()}: {err.str()}")
                else:
                    acked[i] = (msg.partition(), -1 if msg.offset() is None else msg.offset())

            return delivered

        for i, r in enumerate(records):
            producer.produce(topic, value=r.value, key=r.key, partition=r.partition, timestamp=r.timestamp,
                             headers=r.headers, on_delivery=report(i))
            producer.poll(0)
        left = producer.flush(40)
        if left:
            errors.append(f"{left} records were not delivered within 40 s")
        return acked, errors

    def fetch(self, topic, wants, max_bytes=None):
        config = dict(self.common)
        config.update({"group.id": "e2e-unused", "enable.auto.commit": False, "check.crcs": True,
                       "fetch.message.max.bytes": max_bytes or 1048576, "auto.offset.reset": "error",
                       "fetch.wait.max.ms": 100})
        consumer = ck.Consumer(config)
        try:
            left = {p: n for p, _, n in wants}
            consumer.assign([ck.TopicPartition(topic, p, offset) for p, offset, _ in wants])
            while any(left.values()) and self.time_left():
                for m in consumer.consume(500, 0.2):
                    if m.error():
                        raise ck.KafkaException(m.error())
                    if left[m.partition()] > 0:
                        left[m.partition()] -= 1
                        yield pydriver.Rec(m.partition(), m.offset(), m.timestamp()[1], m.key(), m.value(),
                                           m.headers() or [])
            self.nothing_left(left)
        finally:
            consumer.close()

    def offsets(self, topic, partition, times):
        consumer = ck.Consumer(dict(self.common, **{"group.id": "e2e-unused"}))
        try:
            low, high = consumer.get_watermark_offsets(ck.TopicPartition(topic, partition), 10, cached=False)
            out = []
            for t in times:
                if t < 0:
                    out.append({-1: high, -2: low}[t])
                else:
                    out.append(consumer.offsets_for_times([ck.TopicPartition(topic, partition, t)], 10)[0].offset)
            return {"offsets": out}
        finally:
            consumer.close()

    def group(self, group):
        """A consumer that stays: finding the coordinator takes longer than a commit."""
        if group not in self.groups:
            self.groups[group] = ck.Consumer(dict(self.common, **{"group.id": group, "enable.auto.commit": False}))
        return self.groups[group]

    def commit(self, group, topic, offsets):
        done = self.group(group).commit(offsets=[ck.TopicPartition(topic, p, offset, metadata)
                                                 for p, offset, metadata in offsets], asynchronous=False)
        for tp in done:
            if tp.error:
                raise ck.KafkaException(tp.error)

    def committed(self, group, topic, partitions):
        got = self.group(group).committed([ck.TopicPartition(topic, p) for p in partitions], timeout=30)
        return {"offsets": [[tp.partition, -1 if tp.offset == ck.OFFSET_INVALID else tp.offset, tp.metadata or ""]
                            for tp in got]}

    def subscribed(self, group, topic, member, told, strategy="range", session_ms=6000, instance=None, poll_max_ms=60000,
                   auto=False, protocol="classic", regex=False, assignor=None):
        config = dict(self.common, **{
            "group.id": group, "client.id": member, "enable.auto.commit": auto, "auto.commit.interval.ms": 200,
            "auto.offset.reset": "earliest", "max.poll.interval.ms": poll_max_ms,
            "group.protocol": protocol})
        if protocol == "classic":
            config.update({"partition.assignment.strategy": strategy, "session.timeout.ms": session_ms, "heartbeat.interval.ms": 500})
        elif assignor is not None:
            config["group.remote.assignor"] = assignor
        if instance is not None:
            config["group.instance.id"] = instance
        consumer = ck.Consumer(config)
        consumer.subscribe([f"^{topic}" if regex else topic], on_assign=lambda _, ps: told.append(["assign", sorted(p.partition for p in ps)]),
                           on_revoke=lambda _, ps: told.append(["revoke", sorted(p.partition for p in ps)]))
        return consumer

    @staticmethod
    def look(consumer, ms):
        records = []
        for m in consumer.consume(500, ms / 1000):
            if m.error():
                raise ck.KafkaException(m.error())
            records.append([m.partition(), m.offset()])
        return records, [p.partition for p in consumer.assignment()]

    @staticmethod
    def committing(consumer):
        try:
            consumer.commit(asynchronous=False)
        except ck.KafkaException as e:
            if e.args[0].code() != ck.KafkaError._NO_OFFSET:  # it has read nothing
                raise

    @staticmethod
    def closed(consumer):
        consumer.close()


    # --- transactions

    def txn_init(self, holder, id, timeout_ms=60000):
        self.holders[holder] = [ck.Producer(dict(self.common, **{"transactional.id": id, "linger.ms": 0,
                                                                 "transaction.timeout.ms": timeout_ms})), False]
        self.holders[holder][0].init_transactions(30)

    def begun(self, holder):
        producer, begun = self.holders[holder]
        if not begun:
            producer.begin_transaction()
        self.holders[holder][1] = True
        return producer

    def txn_write(self, holder, topic, values):
        producer, errors = self.begun(holder), []

        def delivered(err, _):
            if err is not None:
                errors.append(err)

        for partition, text in values:
            producer.produce(topic, text, partition=partition, on_delivery=delivered)
        producer.flush(30)
        if errors:
            raise ck.KafkaException(errors[0])

    def txn_offsets(self, holder, group, topic, offsets):
        self.begun(holder).send_offsets_to_transaction(
            [ck.TopicPartition(topic, p, o) for p, o in offsets], self.group(group).consumer_group_metadata(), 30)

    def txn_end(self, holder, commit):
        producer = self.holders[holder][0]
        self.holders[holder][1] = False
        if commit:
            producer.commit_transaction(30)
        else:
            producer.abort_transaction(30)

    def read(self, topic, read, end):
        """All that is committed, up to the record that says end."""
        consumer = ck.Consumer(dict(self.common, **{
            "group.id": "e2e-unused", "enable.auto.commit": False, "isolation.level": "read_committed", "fetch.wait.max.ms": 100}))
        consumer.assign([ck.TopicPartition(topic, p, 0) for p in read])
        return pydriver.up_to_end(read, end, lambda: [
            (m.partition(), m.value().decode()) for m in consumer.consume(500, 0.2) if not m.error()])

    def txn_copy(self, holder, group, topic, to, count, abort_each=0, ms=30000):
        """Reads as a member of the group, writes what it read, with its offsets, until that is count records. Every abort_each-th
        transaction is aborted, and read again."""
        producer = self.holders[holder][0]
        consumer = ck.Consumer(dict(self.common, **{
            "group.id": group, "enable.auto.commit": False, "auto.offset.reset": "earliest", "isolation.level": "read_committed",
            "session.timeout.ms": 6000, "fetch.wait.max.ms": 50}))
        consumer.subscribe([topic])
        done, turns, until = 0, 0, time.monotonic() + ms / 1000
        while done < count and time.monotonic() < until:
            got = [m for m in consumer.consume(20, 0.2) if not m.error()]
            if not got:
                continue
            turns += 1
            producer.begin_transaction()
            for m in got:
                producer.produce(to, m.value(), partition=m.partition())
            producer.send_offsets_to_transaction(consumer.position(consumer.assignment()), consumer.consumer_group_metadata(), 30)
            if abort_each and turns % abort_each == 0:
                producer.abort_transaction(30)
                first = {}
                for m in got:
                    first.setdefault(m.partition(), m.offset())
                for p, o in first.items():
                    consumer.seek(ck.TopicPartition(topic, p, o))
                continue
            producer.commit_transaction(30)
            done += len(got)
        consumer.close()
        return {"copied": done}


if __name__ == "__main__":
    pydriver.serve(Confluent)
