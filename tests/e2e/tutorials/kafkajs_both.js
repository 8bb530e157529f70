const { Kafka, logLevel } = require('kafkajs')

const kafka = new Kafka({ clientId: 'my-app', brokers: ['localhost:9092'], logLevel: logLevel.NOTHING })
const producer = kafka.producer()
const consumer = kafka.consumer({ groupId: 'test-group' })

const run = async () => {
  await producer.connect()
  await producer.send({
    topic: 'test-topic',
    messages: [{ value: 'Hello KafkaJS user!' }, { key: 'key1', value: 'hello world' }, { key: 'key2', value: 'hey hey!' }],
  })

  await consumer.connect()
  await consumer.subscribe({ topic: 'test-topic', fromBeginning: true })

  let got = 0
  await consumer.run({
    eachMessage: async ({ topic, partition, message }) => {
      console.log('got', topic, partition, message.offset, message.value.toString())
      if (++got === 3) {
        setImmediate(async () => {
          await consumer.disconnect()
          await producer.disconnect()
          console.log('closed')
        })
      }
    },
  })
}

run().catch((e) => {
  console.error(e)
  process.exit(1)
})
