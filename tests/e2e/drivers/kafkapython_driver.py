"""kafka-python, 3.x and 2.x: a client written in Python alone."""
import importlib

import kafka
from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient, NewPartitions, NewTopic

import pydriver

MAJOR = int(kafka.__version__.split(".")[0])


class Told(kafka.ConsumerRebalanceListener):
    def __init__(self, told):
        self.told = told

    def on_partitions_assigned(self, assigned):
        self.told.append(["assign", sorted(p.partition for p in assigned)])

    def on_partitions_revoked(self, revoked):
        self.told.append(["revoke", sorted(p.partition for p in revoked)])


class KafkaPython(pydriver.Members, pydriver.Driver):
    client, version = "kafka-python", kafka.__version__
    codecs = ["none", "gzip", "snappy", "lz4", "zstd"]
    # 2.3 keeps the bytes of an acks=0 request to itself until it sends another request.
    extras = ["times", "idempotent"] + (["acks0"] if MAJOR >= 3 else [])

    def __init__(self, bootstrap):
        super().__init__()
        self.bootstrap = bootstrap
        self._admin = None
        self.holders, self.begun = {}, set()

    @property
    def admin(self):
        if self._admin is None:
            self._admin = KafkaAdminClient(bootstrap_servers=self.bootstrap)
        return self._admin

    def create(self, topic, partitions, configs, replication=1):
        self.admin.create_topics([NewTopic(topic, partitions, replication, topic_configs=configs)])

    def list(self):
        return {"topics": list(self.admin.list_topics())}

    def delete(self, topic):
        self.admin.delete_topics([topic])

    def grow(self, topic, partitions):
        self.admin.create_partitions({topic: NewPartitions(partitions)})

    def alter(self, topic, configs):
        self.admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, configs=configs)])

    def describe(self, topic):
        resource = ConfigResource(ConfigResourceType.TOPIC, topic)
        if MAJOR >= 3:
            found = self.admin.describe_configs([resource], config_filter="all")["topic"][topic]
            return {"configs": {k: v["value"] for k, v in found.items()}}
        found = self.admin.describe_configs([resource])[0].resources[0][4]
        return {"configs": {entry[0]: entry[1] for entry in found}}

    def trim(self, topic, partition, offset):
        self.admin.delete_records({kafka.TopicPartition(topic, partition): offset})

    def produce(self, topic, records, codec, acks, idempotent, linger_ms=20, max_bytes=None):
        producer = kafka.KafkaProducer(
            bootstrap_servers=self.bootstrap, acks="all" if acks == "all" else int(acks), enable_idempotence=idempotent,
            compression_type=None if codec == "none" else codec, linger_ms=linger_ms,
            max_request_size=max_bytes or 1048576)
        acked, errors = [(-1, -1)] * len(records), []
        try:
            sent = [producer.send(topic, value=r.value, key=r.key, timestamp_ms=r.timestamp, headers=r.headers,
                                  partition=None if r.partition < 0 else r.partition) for r in records]
            producer.flush(40)
            for i, future in enumerate(sent):
                try:
                    done = future.get(10)
                    acked[i] = (done.partition, -1 if done.offset is None else done.offset)
                except kafka.errors.KafkaError as e:
                    errors.append(f"{type(e).__name__}: {e}")
        finally:
            producer.close()
        return acked, errors

    def consumer(self, **more):
        return kafka.KafkaConsumer(bootstrap_servers=self.bootstrap, group_id=None, auto_offset_reset="none",
                                   enable_auto_commit=False, check_crcs=True, fetch_max_wait_ms=100, **more)

    def fetch(self, topic, wants, max_bytes=None):
        consumer = self.consumer(max_partition_fetch_bytes=max_bytes or 1048576)
        try:
            left = {p: n for p, _, n in wants}
            consumer.assign([kafka.TopicPartition(topic, p) for p, _, _ in wants])
            for p, offset, _ in wants:
                consumer.seek(kafka.TopicPartition(topic, p), offset)
            while any(left.values()) and self.time_left():
                for tp, messages in consumer.poll(200).items():
                    for m in messages[: left[tp.partition]]:
                        left[tp.partition] -= 1
                        yield pydriver.Rec(m.partition, m.offset, m.timestamp, m.key, m.value, m.headers)
            self.nothing_left(left)
        finally:
            consumer.close()

    def offsets(self, topic, partition, times):
        consumer = self.consumer()
        try:
            tp, out = kafka.TopicPartition(topic, partition), []
            for t in times:
                if t == -1:
                    out.append(consumer.end_offsets([tp])[tp])
                elif t == -2:
                    out.append(consumer.beginning_offsets([tp])[tp])
                else:
                    found = consumer.offsets_for_times({tp: t})[tp]
                    out.append(-1 if found is None else found.offset)
            return {"offsets": out}
        finally:
            consumer.close()

    def subscribed(self, group, topic, member, told, strategy="range", session_ms=6000, instance=None, poll_max_ms=60000,
                   auto=False):
        module, name = {"range": ("range", "RangePartitionAssignor"), "roundrobin": ("roundrobin", "RoundRobinPartitionAssignor"),
                        "sticky": ("sticky.sticky_assignor", "StickyPartitionAssignor"),
                        "cooperative-sticky": ("cooperative_sticky", "CooperativeStickyAssignor")}[strategy]
        assignor = getattr(importlib.import_module(f"kafka.coordinator.assignors.{module}"), name)
        consumer = kafka.KafkaConsumer(bootstrap_servers=self.bootstrap, group_id=group, client_id=member,
                                       auto_offset_reset="earliest", enable_auto_commit=auto, auto_commit_interval_ms=200,
                                       session_timeout_ms=session_ms, heartbeat_interval_ms=500, fetch_max_wait_ms=100,
                                       max_poll_interval_ms=poll_max_ms, group_instance_id=instance,
                                       partition_assignment_strategy=(assignor,))
        consumer.subscribe([topic], listener=Told(told))
        return consumer

    @staticmethod
    def look(consumer, ms):
        records = [[m.partition, m.offset] for got in consumer.poll(timeout_ms=ms).values() for m in got]
        return records, [p.partition for p in consumer.assignment()]

    @staticmethod
    def committing(consumer):
        consumer.commit()

    @staticmethod
    def closed(consumer):
        consumer.close(autocommit=False)

    # --- transactions

    def txn_init(self, holder, id, timeout_ms=60000):
        producer = kafka.KafkaProducer(bootstrap_servers=self.bootstrap, transactional_id=id, transaction_timeout_ms=timeout_ms)
        producer.init_transactions()
        self.begun.discard(holder)
        self.holders[holder] = producer

    def began(self, holder):
        if holder not in self.begun:
            self.holders[holder].begin_transaction()
            self.begun.add(holder)
        return self.holders[holder]

    def txn_write(self, holder, topic, values):
        producer = self.began(holder)
        for future in [producer.send(topic, text.encode(), partition=p) for p, text in values]:
            future.get(30)

    def txn_offsets(self, holder, group, topic, offsets):
        self.began(holder).send_offsets_to_transaction(at(topic, dict(offsets)), group)

    def txn_end(self, holder, commit):
        producer = self.holders[holder]
        self.begun.discard(holder)
        if commit:
            producer.commit_transaction()
        else:
            producer.abort_transaction()

    def committed_reader(self, **more):
        return kafka.KafkaConsumer(bootstrap_servers=self.bootstrap, auto_offset_reset="earliest", enable_auto_commit=False,
                                   isolation_level="read_committed", fetch_max_wait_ms=50, **more)

    def read(self, topic, read, end):
        consumer = self.committed_reader()
        try:
            consumer.assign([kafka.TopicPartition(topic, p) for p in read])
            return pydriver.up_to_end(read, end, lambda: [
                (m.partition, m.value.decode()) for ms in consumer.poll(200).values() for m in ms])
        finally:
            self.closed(consumer)

    def txn_copy(self, holder, group, topic, to, count, abort_each=0, ms=30000):
        consumer = self.committed_reader(group_id=group, session_timeout_ms=6000, heartbeat_interval_ms=500)
        consumer.subscribe([topic])
        producer = self.holders[holder]

        def copy(got, commit):
            producer.begin_transaction()
            sent, first, last = [], {}, {}
            for tp, messages in got.items():
                first[tp], last[tp.partition] = messages[0].offset, messages[-1].offset + 1
                sent += [producer.send(to, m.value, partition=m.partition) for m in messages]
            for future in sent:
                future.get(30)
            # 2.x takes the name of the group; 3.x the member's whole identity, by which a stale member is fenced.
            producer.send_offsets_to_transaction(at(topic, last), consumer.group_metadata() if MAJOR >= 3 else group)
            if commit:
                producer.commit_transaction()
                return len(sent)
            producer.abort_transaction()
            for tp, offset in first.items():
                consumer.seek(tp, offset)
            return 0

        return pydriver.copy(lambda: consumer.poll(200, max_records=20), copy, lambda: self.closed(consumer), count, abort_each, ms)


def at(topic, offsets):
    return {kafka.TopicPartition(topic, p): kafka.OffsetAndMetadata(o, "", -1) for p, o in offsets.items()}


if __name__ == "__main__":
    pydriver.serve(KafkaPython)
