// The driver for kafkajs.
'use strict'
const line = require('./line.js')
const { Kafka, Partitioners, CompressionTypes, CompressionCodecs, ConfigResourceTypes, logLevel } = require('kafkajs')
const Snappy = require('kafkajs-snappy')
const lz4 = require('lz4-napi')
const { Zstd } = require('@hpcc-js/wasm-zstd')

const CODECS = { none: 'None', gzip: 'GZIP', snappy: 'Snappy', lz4: 'LZ4', zstd: 'ZSTD' }
const kafka = new Kafka({ clientId: 'e2e-kafkajs', brokers: [process.argv[2]], logLevel: logLevel.NOTHING })
let admin = null

async function theAdmin() {
  if (admin === null) {
    admin = kafka.admin()
    await admin.connect()
  }
  return admin
}

function readRecords(path) {
  return line.readRecords(path).map(r => {
    const message = { ...r, timestamp: r.timestamp.toString(), headers: Object.fromEntries(r.headers.map(([name, value]) => [name.toString(), value])) }
    if (r.partition < 0) delete message.partition
    return message
  })
}

async function produce(a, answer) {
  const messages = readRecords(a.file)
  const order = [] // the partition that was chosen for each message, in order
  const standard = Partitioners.DefaultPartitioner()
  const producer = kafka.producer({
    allowAutoTopicCreation: false,
    idempotent: a.idempotent,
    createPartitioner: () => args => {
      const p = standard(args)
      order.push(p)
      return p
    },
  })
  await producer.connect()
  try {
    const acks = a.acks === 'all' ? -1 : Number(a.acks)
    const done = await producer.send({ topic: a.topic, acks, compression: CompressionTypes[CODECS[a.codec]], messages })
    const next = {}
    for (const d of done || []) next[d.partition] = BigInt(d.baseOffset ?? d.offset ?? -1)
    // A retry asks the partitioner again: the last answers count.
    line.writeAcks(a.acks_file, order.slice(-messages.length).map(p => [p, next[p] === undefined ? -1n : next[p]++]))
    answer.acked = messages.length
  } finally {
    await producer.disconnect()
  }
}

// --- consumers that subscribe, by name

const members = {}

async function join(a) {
  const m = { records: [], owned: [], told: [], read: {} }
  const client = new Kafka({ clientId: a.member, brokers: [process.argv[2]], logLevel: logLevel.NOTHING, retry: { retries: 50, maxRetryTime: 1000 } })
  m.consumer = client.consumer({
    groupId: a.group,
    sessionTimeout: a.session_ms || 6000,
    rebalanceTimeout: a.poll_max_ms || 60000,
    heartbeatInterval: 500,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
  })
  m.consumer.on(m.consumer.events.GROUP_JOIN, ({ payload }) => {
    if (m.owned.length > 0) m.told.push(['revoke', m.owned])
    m.owned = (payload.memberAssignment[a.topic] || []).sort((x, y) => x - y)
    m.told.push(['assign', m.owned])
    m.read = {}
  })
  m.topic = a.topic
  await m.consumer.connect()
  await m.consumer.subscribe({ topics: [a.topic], fromBeginning: true })
  await m.consumer.run({
    autoCommit: Boolean(a.auto),
    autoCommitInterval: 200,
    eachMessage: async ({ partition, message }) => {
      m.records.push([partition, Number(message.offset)])
      m.read[partition] = Number(message.offset) + 1
    },
  })
  members[a.member] = m
}

async function settle(a) {
  const m = members[a.member]
  const offsets = Object.entries(m.read).map(([partition, offset]) => ({ topic: m.topic, partition: Number(partition), offset: String(offset) }))
  if (offsets.length > 0) await m.consumer.commitOffsets(offsets)
}

async function leave(a) {
  await members[a.member].consumer.disconnect()
  delete members[a.member]
}

// --- transactions, by name of the producer's holder

const holders = {}

async function begun(name) {
  const h = holders[name]
  if (!h.txn) h.txn = await h.producer.transaction()
  return h.txn
}

async function txn_init(a) {
  const producer = kafka.producer({
    transactionalId: a.id,
    transactionTimeout: a.timeout_ms || 60000,
    idempotent: true,
    maxInFlightRequests: 1,
    allowAutoTopicCreation: false,
  })
  await producer.connect()
  holders[a.holder] = { producer, txn: await producer.transaction() } // only now it asks for its producer id
}

async function txn_write(a) {
  const txn = await begun(a.holder)
  await txn.send({ topic: a.topic, acks: -1, messages: a.values.map(([partition, value]) => ({ partition, value })) })
}

async function txn_offsets(a) {
  const txn = await begun(a.holder)
  const partitions = a.offsets.map(([partition, offset]) => ({ partition, offset: String(offset) }))
  await txn.sendOffsets({ consumerGroupId: a.group, topics: [{ topic: a.topic, partitions }] })
}

async function txn_end(a) {
  const h = holders[a.holder]
  const txn = h.txn
  h.txn = null
  await (a.commit ? txn.commit() : txn.abort())
}

let readers = 0

async function read(a, answer) {
  const consumer = kafka.consumer({ groupId: `e2e-read-${process.pid}-${readers++}`, readUncommitted: false, maxWaitTimeInMs: 50 })
  const values = Object.fromEntries(a.read.map(p => [p, []]))
  const open = new Set(a.read)
  await consumer.connect()
  await consumer.subscribe({ topics: [a.topic], fromBeginning: true })
  await new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`no end of ${[...open]}`)), 30000)
    consumer.run({
      autoCommit: false,
      eachMessage: async ({ partition, message }) => {
        const text = message.value.toString()
        if (text === a.end) open.delete(partition)
        else if (open.has(partition)) values[partition].push(text)
        if (open.size === 0) {
          clearTimeout(timer)
          done()
        }
      },
    })
  })
  await consumer.disconnect()
  answer.values = values
}

const operations = {
  txn_init,
  txn_write,
  txn_offsets,
  txn_end,
  read,
  async create(a) {
    const topic = {
      topic: a.topic,
      numPartitions: a.partitions,
      replicationFactor: a.replication || 1,
      configEntries: Object.entries(a.configs).map(([name, value]) => ({ name, value })),
    }
    if (!(await (await theAdmin()).createTopics({ topics: [topic], waitForLeaders: false }))) throw new Error('createTopics says that the topic exists')
  },
  async list(a, answer) {
    answer.topics = await (await theAdmin()).listTopics()
  },
  async delete(a) {
    await (await theAdmin()).deleteTopics({ topics: [a.topic] })
  },
  async grow(a) {
    await (await theAdmin()).createPartitions({ topicPartitions: [{ topic: a.topic, count: a.partitions }] })
  },
  async alter(a) {
    const configEntries = Object.entries(a.configs).map(([name, value]) => ({ name, value }))
    await (await theAdmin()).alterConfigs({ resources: [{ type: ConfigResourceTypes.TOPIC, name: a.topic, configEntries }] })
  },
  async describe(a, answer) {
    const got = await (await theAdmin()).describeConfigs({ resources: [{ type: ConfigResourceTypes.TOPIC, name: a.topic }] })
    answer.configs = Object.fromEntries(got.resources[0].configEntries.map(e => [e.configName, e.configValue]))
  },
  async trim(a) {
    // A client that knows the topic already does not look for partitions that came since.
    const fresh = kafka.admin()
    await fresh.connect()
    try {
      await fresh.fetchTopicOffsets(a.topic) // loads the metadata that the next call expects
      await fresh.deleteTopicRecords({ topic: a.topic, partitions: [{ partition: a.partition, offset: String(a.offset) }] })
    } finally {
      await fresh.disconnect()
    }
  },
  async offsets(a, answer) {
    answer.offsets = []
    const ends = (await (await theAdmin()).fetchTopicOffsets(a.topic)).find(p => p.partition === a.partition)
    for (const t of a.times) {
      if (t < 0) {
        answer.offsets.push(Number(t === -1 ? ends.high : ends.low))
      } else {
        const got = await (await theAdmin()).fetchTopicOffsetsByTimestamp(a.topic, t)
        answer.offsets.push(Number(got.find(p => p.partition === a.partition).offset))
      }
    }
  },
  produce,
  join,
  turn: (a, answer) => line.turn(members, a, answer),
  settle,
  leave,
}

async function main() {
  CompressionCodecs[CompressionTypes.Snappy] = Snappy
  // kafkajs leaves the other codecs to its users.
  CompressionCodecs[CompressionTypes.LZ4] = () => ({
    compress: encoder => lz4.compressFrame(encoder.buffer),
    decompress: buffer => lz4.decompressFrame(buffer),
  })
  const zstd = await Zstd.load()
  CompressionCodecs[CompressionTypes.ZSTD] = () => ({
    compress: async encoder => Buffer.from(zstd.compress(encoder.buffer)),
    decompress: async buffer => Buffer.from(zstd.decompress(buffer)),
  })
  await line.serve(
    {
      client: 'kafkajs',
      version: require('kafkajs/package.json').version,
      codecs: Object.keys(CODECS),
      can: [...Object.keys(operations), 'times', 'idempotent', 'acks0'],
    },
    operations,
  )
  if (admin !== null) await admin.disconnect()
}

main()
