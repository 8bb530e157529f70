from kafka import KafkaConsumer

for m in KafkaConsumer('events', bootstrap_servers='localhost:9092', group_id='g', auto_offset_reset='earliest'):
    key = m.key.decode() if m.key else None
    print(f'got {m.partition} {m.offset} {key} {m.value.decode()}', flush=True)
