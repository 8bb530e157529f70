from confluent_kafka import Consumer

c = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": "order-audit",
    "auto.offset.reset": "earliest",
    "enable.auto.commit": True,
    "session.timeout.ms": 30000,
})
c.subscribe(["orders"])
try:
    while True:
        msg = c.poll(1.0)
        if msg is None:
            continue
        if msg.error():
            print(f"error {msg.error()}", flush=True)
            continue
        print(f"processed {msg.partition()} {msg.offset()} {msg.key().decode()} {msg.value().decode()}", flush=True)
except KeyboardInterrupt:
    pass
finally:
    c.close()
    print("closed", flush=True)
