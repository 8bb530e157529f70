import json

from confluent_kafka import Producer

producer = Producer({
    "bootstrap.servers": "localhost:9092",
    "acks": "all",
    "retries": 5,
    "retry.backoff.ms": 100,
    "enable.idempotence": True,
    "compression.type": "snappy",
    "linger.ms": 5,
    "batch.size": 65536,
})


def delivered(err, msg):
    if err is not None:
        print(f"failed {err}", flush=True)
    else:
        print(f"delivered {msg.topic()} {msg.partition()} {msg.offset()} {msg.key().decode()} {msg.value().decode()}", flush=True)


for n in range(300):
    order = f"order-{n % 30}"
    producer.produce("orders", key=order, value=json.dumps({"order": order, "n": n}), callback=delivered)
    producer.poll(0)
print(f"left {producer.flush()}", flush=True)
