"""aiokafka: asyncio, classic (never flexible) protocol versions."""
import asyncio
import threading

import aiokafka
import aiokafka.errors
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, ConsumerRebalanceListener, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewPartitions, NewTopic, RecordsToDelete
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.coordinator.assignors.roundrobin import RoundRobinPartitionAssignor
from aiokafka.coordinator.assignors.sticky.sticky_assignor import StickyPartitionAssignor

import pydriver


def check(errors):
    """Admin answers of aiokafka carry error codes that the caller must look at."""
    for name, code, *message in errors:
        if code:
            kind = aiokafka.errors.for_code(code)
            raise kind(f"{name}: {kind.description} {message}")


STRATEGIES = {"range": RangePartitionAssignor, "roundrobin": RoundRobinPartitionAssignor, "sticky": StickyPartitionAssignor}


class Told(ConsumerRebalanceListener):
    def __init__(self, told):
        self.told = told

    async def on_partitions_assigned(self, assigned):
        self.told.append(["assign", sorted(p.partition for p in assigned)])

    async def on_partitions_revoked(self, revoked):
        self.told.append(["revoke", sorted(p.partition for p in revoked)])


class Aiokafka(pydriver.Members, pydriver.Driver):
    client, version = "aiokafka", aiokafka.__version__
    codecs = ["none", "gzip", "snappy", "lz4", "zstd"]
    extras = ["times", "idempotent", "acks0"]

    def __init__(self, bootstrap):
        super().__init__()
        self.bootstrap = bootstrap
        self.loop = asyncio.new_event_loop()  # runs on: members keep their sessions between two operations
        threading.Thread(target=self.loop.run_forever, daemon=True).start()
        self._admin = None
        self.holders, self.begun = {}, set()

    def run(self, coroutine):
        return asyncio.run_coroutine_threadsafe(coroutine, self.loop).result()

    def ask(self, operation):
        """Run operation(admin client)."""

        async def go():
            if self._admin is None:
                self._admin = AIOKafkaAdminClient(bootstrap_servers=self.bootstrap)
                await self._admin.start()
            return await operation(self._admin)

        return self.run(go())

    def create(self, topic, partitions, configs, replication=1):
        new = NewTopic(topic, partitions, replication, topic_configs=configs)
        check(self.ask(lambda a: a.create_topics([new])).topic_errors)

    def list(self):
        return {"topics": self.ask(lambda a: a.list_topics())}

    def delete(self, topic):
        check(self.ask(lambda a: a.delete_topics([topic])).topic_error_codes)

    def grow(self, topic, partitions):
        self.ask(lambda a: a.create_partitions({topic: NewPartitions(partitions)}))

    def alter(self, topic, configs):
        resource = ConfigResource(ConfigResourceType.TOPIC, topic, configs)
        for answer in self.ask(lambda a: a.alter_configs([resource])):
            check((name, code, text) for code, text, _, name, *_ in answer.resources)

    def describe(self, topic):
        answer = self.ask(lambda a: a.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)]))[0]
        code, text, _, name, entries, *_ = answer.resources[0]
        check([(name, code, text)])
        return {"configs": {e[0]: e[1] for e in entries}}

    def trim(self, topic, partition, offset):
        self.ask(lambda a: a.delete_records({TopicPartition(topic, partition): RecordsToDelete(before_offset=offset)}))

    def produce(self, topic, records, codec, acks, idempotent, linger_ms=20, max_bytes=None):
        async def go():
            producer = AIOKafkaProducer(
                bootstrap_servers=self.bootstrap, acks="all" if acks == "all" else int(acks),
                enable_idempotence=idempotent, compression_type=None if codec == "none" else codec,
                linger_ms=linger_ms, max_request_size=max_bytes or 1048576)
            await producer.start()
            acked, errors = [(-1, -1)] * len(records), []
            try:
                sent = [await producer.send(topic, r.value, r.key, None if r.partition < 0 else r.partition, r.timestamp,
                                            r.headers) for r in records]
                await producer.flush()
                for i, future in enumerate(sent):
                    try:
                        done = await asyncio.wait_for(future, 40)
                        # With acks=0 there is no offset, and no metadata at all in some versions.
                        acked[i] = (r_partition(done, records[i]), -1 if done is None else done.offset)
                    except aiokafka.errors.KafkaError as e:
                        errors.append(f"{type(e).__name__}: {e}")
            finally:
                await producer.stop()
            return acked, errors

        return self.run(go())

    def fetch(self, topic, wants, max_bytes=None):
        async def go():
            consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False,
                                        auto_offset_reset="none", check_crcs=True, fetch_max_wait_ms=100,
                                        max_partition_fetch_bytes=max_bytes or 1048576)
            await consumer.start()
            out, left = [], {p: n for p, _, n in wants}
            try:
                consumer.assign([TopicPartition(topic, p) for p, _, _ in wants])
                for p, offset, _ in wants:
                    consumer.seek(TopicPartition(topic, p), offset)
                while any(left.values()) and self.time_left():
                    for tp, messages in (await consumer.getmany(timeout_ms=200)).items():
                        for m in messages[: left[tp.partition]]:
                            left[tp.partition] -= 1
                            out.append(pydriver.Rec(m.partition, m.offset, m.timestamp, m.key, m.value, m.headers))
                self.nothing_left(left)
                return out
            finally:
                await consumer.stop()

        return self.run(go())

    def offsets(self, topic, partition, times):
        async def go():
            consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False)
            await consumer.start()
            try:
                tp, out = TopicPartition(topic, partition), []
                consumer.assign([tp])
                for t in times:
                    if t == -1:
                        out.append((await consumer.end_offsets([tp]))[tp])
                    elif t == -2:
                        out.append((await consumer.beginning_offsets([tp]))[tp])
                    else:
                        found = (await consumer.offsets_for_times({tp: t}))[tp]
                        out.append(-1 if found is None else found.offset)
                return {"offsets": out}
            finally:
                await consumer.stop()

        return self.run(go())

    def subscribed(self, group, topic, member, told, strategy="range", session_ms=6000, instance=None, poll_max_ms=60000,
                   auto=False):
        async def go():
            consumer = AIOKafkaConsumer(
                bootstrap_servers=self.bootstrap, group_id=group, client_id=member, enable_auto_commit=auto,
                auto_commit_interval_ms=200, auto_offset_reset="earliest", session_timeout_ms=session_ms,
                heartbeat_interval_ms=500, max_poll_interval_ms=poll_max_ms, fetch_max_wait_ms=100,
                group_instance_id=instance, partition_assignment_strategy=(STRATEGIES[strategy],))
            await consumer.start()
            consumer.subscribe([topic], listener=Told(told))  # not before: start() would wait for partitions
            return consumer

        return self.run(go())

    def look(self, consumer, ms):
        got = self.run(consumer.getmany(timeout_ms=ms))
        return [[m.partition, m.offset] for ms in got.values() for m in ms], [p.partition for p in consumer.assignment()]

    def committing(self, consumer):
        self.run(consumer.commit())

    def closed(self, consumer):
        self.run(consumer.stop())

    # --- transactions

    def txn_init(self, holder, id, timeout_ms=60000):
        async def go():
            producer = AIOKafkaProducer(bootstrap_servers=self.bootstrap, transactional_id=id, transaction_timeout_ms=timeout_ms)
            await producer.start()  # asks for its producer id
            return producer

        self.begun.discard(holder)
        self.holders[holder] = self.run(go())

    async def began(self, holder):
        if holder not in self.begun:
            await self.holders[holder].begin_transaction()
            self.begun.add(holder)
        return self.holders[holder]

    def txn_write(self, holder, topic, values):
        async def go():
            producer = await self.began(holder)
            sent = [await producer.send(topic, text.encode(), partition=p) for p, text in values]
            await asyncio.wait_for(asyncio.gather(*sent), 30)

        self.run(go())

    def txn_offsets(self, holder, group, topic, offsets):
        async def go():
            producer = await self.began(holder)
            await producer.send_offsets_to_transaction({TopicPartition(topic, p): o for p, o in offsets}, group)

        self.run(go())

    def txn_end(self, holder, commit):
        producer = self.holders[holder]
        self.begun.discard(holder)
        self.run(producer.commit_transaction() if commit else producer.abort_transaction())

    def committed_reader(self, attach, **more):
        async def go():
            consumer = AIOKafkaConsumer(bootstrap_servers=self.bootstrap, enable_auto_commit=False, auto_offset_reset="earliest",
                                        isolation_level="read_committed", fetch_max_wait_ms=50, **more)
            await consumer.start()
            attach(consumer)
            return consumer

        return self.run(go())

    def read(self, topic, read, end):
        consumer = self.committed_reader(lambda c: c.assign([TopicPartition(topic, p) for p in read]))
        try:
            return pydriver.up_to_end(read, end, lambda: [
                (m.partition, m.value.decode()) for ms in self.run(consumer.getmany(timeout_ms=200)).values() for m in ms])
        finally:
            self.closed(consumer)

    def txn_copy(self, holder, group, topic, to, count, abort_each=0, ms=30000):
        consumer = self.committed_reader(lambda c: c.subscribe([topic]), group_id=group, session_timeout_ms=6000,
                                         heartbeat_interval_ms=500)

        async def copy(got, commit):
            producer = self.holders[holder]
            await producer.begin_transaction()
            sent, first, last = [], {}, {}
            for tp, messages in got.items():
                first[tp], last[tp] = messages[0].offset, messages[-1].offset + 1
                sent += [await producer.send(to, m.value, partition=m.partition) for m in messages]
            await asyncio.gather(*sent)
            await producer.send_offsets_to_transaction(last, group)
            if commit:
                await producer.commit_transaction()
                return len(sent)
            await producer.abort_transaction()
            for tp, offset in first.items():
                consumer.seek(tp, offset)
            return 0

        return pydriver.copy(lambda: self.run(consumer.getmany(timeout_ms=200, max_records=20)),
                             lambda got, commit: self.run(copy(got, commit)), lambda: self.closed(consumer), count, abort_each, ms)


def r_partition(done, record):
    return record.partition if done is None else done.partition


if __name__ == "__main__":
    pydriver.serve(Aiokafka)
