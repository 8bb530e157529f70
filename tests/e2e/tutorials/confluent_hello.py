from confluent_kafka import Consumer, Producer
from confluent_kafka.admin import AdminClient, NewTopic

a = AdminClient({'bootstrap.servers': 'localhost:9092'})
for topic, future in a.create_topics([NewTopic('hello', 3, 1)]).items():
    future.result()
    print(f"created {topic}", flush=True)

p = Producer({'bootstrap.servers': 'localhost:9092'})
for i in range(60):
    p.produce('hello', value=f'v{i}', callback=lambda err, msg: print('acked', err, msg.partition(), flush=True))
    p.flush()
p.produce('hello', key='k', value='last')
p.flush()

c = Consumer({'bootstrap.servers': 'localhost:9092', 'group.id': 'hello', 'auto.offset.reset': 'earliest'})
c.subscribe(['hello'])
got = 0
while got < 61:
    msg = c.poll(1.0)
    if msg is None or msg.error():
        continue
    print('got', msg.value().decode(), flush=True)
    got += 1
c.close()
