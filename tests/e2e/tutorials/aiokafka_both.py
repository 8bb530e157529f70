import asyncio

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer


async def main():
    async with AIOKafkaProducer(bootstrap_servers='localhost:9092') as producer:
        for i in range(30):
            await producer.send_and_wait('signals', f'signal {i}'.encode())
    consumer = AIOKafkaConsumer('signals', bootstrap_servers='localhost:9092', group_id='my-group', auto_offset_reset='earliest')
    await consumer.start()
    try:
        got = 0
        async for msg in consumer:
            print('got', msg.partition, msg.offset, msg.value.decode(), flush=True)
            got += 1
            if got == 30:
                break
    finally:
        await consumer.stop()


asyncio.run(main())
