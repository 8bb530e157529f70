import json

from kafka import KafkaProducer

producer = KafkaProducer(bootstrap_servers=['localhost:9092'], acks='all')
for i in range(50):
    metadata = producer.send('events', key=f'user-{i % 5}'.encode(), value=f'event {i}'.encode()).get(timeout=10)
    print(f'sent {metadata.partition} {metadata.offset}', flush=True)
producer.flush()

producer = KafkaProducer(bootstrap_servers='localhost:9092', value_serializer=lambda v: json.dumps(v).encode())
producer.send('events', {'a': 1}).get(timeout=10)
producer.close()
