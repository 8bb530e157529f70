from confluent_kafka import Consumer, Producer, TopicPartition

consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "exactly-once",
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
    "isolation.level": "read_committed",
})
producer = Producer({
    "bootstrap.servers": "localhost:9092",
    "enable.idempotence": True,
    "transactional.id": "eos-orders",
})
producer.init_transactions()
consumer.subscribe(["orders"])
copied = 0
try:
    while copied < 300:
        messages = consumer.consume(50, 1.0)
        if not messages:
            continue
        producer.begin_transaction()
        for msg in messages:
            producer.produce("invoices", key=msg.key(), value=b"invoice of " + msg.value())
        producer.send_offsets_to_transaction(
            [TopicPartition(tp.topic, tp.partition, tp.offset) for tp in consumer.position(consumer.assignment()) if tp.offset >= 0],
            consumer.consumer_group_metadata())
        producer.commit_transaction()
        copied += len(messages)
    # One that is begun and given up leaves nothing.
    producer.begin_transaction()
    producer.produce("invoices", key="nobody", value="never to be seen")
    producer.flush()
    producer.abort_transaction()
    print(f"copied {copied}", flush=True)
finally:
    consumer.close()
