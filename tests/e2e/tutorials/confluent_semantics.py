"""At most once: commit, then process. At least once: process, then commit. The processing of one record fails."""
import sys

from confluent_kafka import Consumer

how, fails_at = sys.argv[1], int(sys.argv[2])
consumer = Consumer({
    "bootstrap.servers": "localhost:9092",
    "group.id": how,
    "auto.offset.reset": "earliest",
    "enable.auto.commit": False,
})
consumer.subscribe(["jobs"])


def process(msg):
    if msg.offset() == fails_at:
        raise RuntimeError("the processing failed")
    print(f"processed {msg.partition()} {msg.offset()}", flush=True)


try:
    while True:
        msg = consumer.poll(1.0)
        if msg is None or msg.error():
            continue
        if how == "at-most-once":
            consumer.commit(msg, asynchronous=False)
            process(msg)
        else:
            process(msg)
            consumer.commit(msg, asynchronous=False)
except (KeyboardInterrupt, RuntimeError) as e:
    print(f"ended {e}", flush=True)
finally:
    consumer.close()
    print("closed", flush=True)
