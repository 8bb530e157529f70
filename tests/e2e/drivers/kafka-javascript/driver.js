// The driver for @confluentinc/kafka-javascript: records and reading by its callback API (as node-rdkafka's), administration,
// members and transactions by its promises (as kafkajs').
'use strict'
const line = require('./line.js')
const Callback = require('@confluentinc/kafka-javascript')
const { Kafka, ErrorCodes, logLevel } = Callback.KafkaJS

const BOOTSTRAP = process.argv[2]
const COMMON = { 'bootstrap.servers': BOOTSTRAP, log_level: 4 }
const FETCH_MS = 30000
const client = () => new Kafka({ 'bootstrap.servers': BOOTSTRAP, kafkaJS: { brokers: [BOOTSTRAP], logLevel: logLevel.WARN } })
let admin = null

async function theAdmin() {
  if (admin === null) {
    admin = client().admin()
    await admin.connect()
  }
  return admin
}

/** A function of the callback API as a promise. */
function promise(start) {
  return new Promise((done, failed) => start((err, ...got) => (err ? failed(err) : done(got[0]))))
}

function headers(list) {
  return list.map(([name, value]) => ({ [name.toString()]: value }))
}

async function produce(a, answer) {
  const records = line.readRecords(a.file)
  const producer = new Callback.Producer({
    ...COMMON,
    acks: a.acks === 'all' ? -1 : Number(a.acks),
    'enable.idempotence': a.idempotent,
    'compression.codec': a.codec,
    'linger.ms': a.linger_ms ?? 20,
    'message.max.bytes': (a.max_bytes ?? 1 << 20) + 1024,
    'delivery.timeout.ms': 40000,
    partitioner: 'murmur2_random',
    dr_cb: true,
  })
  const acks = records.map(() => [-1, -1])
  const errors = []
  let left = records.length
  await promise(cb => producer.connect({}, cb))
  try {
    await new Promise(done => {
      const one = err => {
        if (err) errors.push(err)
        if (--left === 0) done()
      }
      producer.on('delivery-report', (err, report) => {
        if (!err) acks[report.opaque] = [report.partition, report.offset < 0 ? -1 : report.offset]
        one(err)
      })
      producer.setPollInterval(5)
      records.forEach((r, i) => {
        try {
          producer.produce(a.topic, r.partition, r.value, r.key, Number(r.timestamp), i, headers(r.headers))
        } catch (e) {
          one(e)
        }
      })
    })
  } finally {
    await promise(cb => producer.disconnect(cb))
  }
  line.writeAcks(a.acks_file, acks)
  answer.acked = records.length - errors.length
  if (errors.length > 0) answer.error = `${errors.length} records failed: ${errors[0].message}`
}

/** Assigned partitions, read until seen() says that it is enough. */
async function assigned(config, assignment, seen, what) {
  const consumer = new Callback.KafkaConsumer({ ...COMMON, 'group.id': 'e2e-unused', 'enable.auto.commit': false, 'fetch.wait.max.ms': 100, ...config }, {})
  await promise(cb => consumer.connect({}, cb))
  try {
    consumer.setDefaultConsumeTimeout(200)
    consumer.setDefaultIsTimeoutOnlyForFirstMessage(true)
    consumer.assign(assignment)
    const until = Date.now() + FETCH_MS
    while (!seen(null)) {
      if (Date.now() > until) throw new Error(what())
      for (const m of await promise(cb => consumer.consume(500, cb))) seen(m)
    }
  } finally {
    await promise(cb => consumer.disconnect(cb))
  }
}

async function fetch(a) {
  const left = Object.fromEntries(a.from.map(([partition, , count]) => [partition, count]))
  const records = []
  await assigned(
    { 'fetch.message.max.bytes': a.max_bytes ?? 1 << 20, 'auto.offset.reset': 'error' },
    a.from.map(([partition, offset]) => ({ topic: a.topic, partition, offset })),
    m => {
      if (m !== null && left[m.partition]-- > 0) records.push({ ...m, headers: (m.headers || []).map(h => Object.entries(h)[0]) })
      return Object.values(left).every(n => n <= 0)
    },
    () => `records still missing by partition: ${JSON.stringify(left)}`,
  )
  line.writeRecords(a.file, records)
}

// --- consumers that subscribe, by name

const members = {}

async function join(a) {
  const m = { records: [], told: [], read: {}, topic: a.topic }
  const config = {
    'bootstrap.servers': BOOTSTRAP,
    'client.id': a.member,
    'group.id': a.group,
    'group.protocol': a.protocol ?? 'classic',
    'enable.auto.commit': Boolean(a.auto),
    'auto.commit.interval.ms': 200,
    'auto.offset.reset': 'earliest',
    'fetch.wait.max.ms': 100,
    'max.poll.interval.ms': a.poll_max_ms ?? 60000,
    rebalance_cb: (err, partitions) => {
      const what = err.code === ErrorCodes.ERR__ASSIGN_PARTITIONS ? 'assign' : 'revoke'
      m.told.push([what, partitions.map(p => p.partition).sort((x, y) => x - y)])
      if (what === 'revoke') for (const p of partitions) delete m.read[p.partition]
    },
  }
  if (config['group.protocol'] === 'classic') {
    config['session.timeout.ms'] = a.session_ms ?? 6000
    config['heartbeat.interval.ms'] = 500
    config['partition.assignment.strategy'] = a.strategy ?? 'range'
  } else if (a.assignor !== undefined) {
    config['group.remote.assignor'] = a.assignor
  }
  if (a.instance !== undefined) config['group.instance.id'] = a.instance
  m.consumer = client().consumer(config)
  Object.defineProperty(m, 'owned', { get: () => m.consumer.assignment().map(p => p.partition).sort((x, y) => x - y) })
  await m.consumer.connect()
  await m.consumer.subscribe({ topics: [a.regex ? new RegExp(`^${a.topic}`) : a.topic] })
  await m.consumer.run({
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
  if (offsets.length === 0) return
  await m.consumer.commitOffsets(offsets)
  // Its promise is kept when the request is made, not when it is answered.
  const until = Date.now() + FETCH_MS
  const there = async () => {
    const got = await m.consumer.committed(offsets, 10000)
    return offsets.every(o => got.some(g => g.partition === o.partition && Number(g.offset) >= Number(o.offset)))
  }
  while (!(await there())) if (Date.now() > until) throw new Error('the commit does not show')
}

async function leave(a) {
  await members[a.member].consumer.disconnect()
  delete members[a.member]
}

// --- transactions, by name of the producer's holder

const holders = {}
const groups = {}

async function begun(name) {
  const h = holders[name]
  if (!h.isActive()) await h.transaction()
  return h
}

async function txn_init(a) {
  const producer = client().producer({ 'transactional.id': a.id, 'transaction.timeout.ms': a.timeout_ms ?? 60000, 'linger.ms': 0 })
  await producer.connect() // it has its producer id then
  holders[a.holder] = producer
}

async function txn_write(a) {
  const producer = await begun(a.holder)
  await producer.send({ topic: a.topic, messages: a.values.map(([partition, value]) => ({ partition, value })) })
}

async function txn_offsets(a) {
  const producer = await begun(a.holder)
  if (groups[a.group] === undefined) {
    groups[a.group] = client().consumer({ 'group.id': a.group, 'enable.auto.commit': false })
    await groups[a.group].connect()
  }
  const partitions = a.offsets.map(([partition, offset]) => ({ partition, offset: String(offset) }))
  await producer.sendOffsets({ consumer: groups[a.group], topics: [{ topic: a.topic, partitions }] })
}

async function txn_end(a) {
  const producer = holders[a.holder]
  await (a.commit ? producer.commit() : producer.abort())
}

/** A transaction for each batch that the consumer hands over. */
async function txn_copy(a, answer) {
  const producer = holders[a.holder]
  const consumer = client().consumer({
    'group.id': a.group,
    'enable.auto.commit': false,
    'auto.offset.reset': 'earliest',
    'isolation.level': 'read_committed',
    'session.timeout.ms': 6000,
    'fetch.wait.max.ms': 50,
    'js.consumer.max.batch.size': 20,
  })
  await consumer.connect()
  await consumer.subscribe({ topics: [a.topic] })
  let turns = 0
  answer.copied = 0
  await new Promise((done, failed) => {
    const timer = setTimeout(done, a.ms ?? 30000)
    const end = (how, e) => {
      clearTimeout(timer)
      how(e)
    }
    consumer.run({
      eachBatchAutoResolve: true,
      eachBatch: async ({ batch }) => {
        try {
          if (answer.copied >= a.count) return
          turns++
          await producer.transaction()
          await producer.send({ topic: a.to, messages: batch.messages.map(m => ({ partition: batch.partition, value: m.value })) })
          const offset = String(Number(batch.lastOffset()) + 1)
          await producer.sendOffsets({ consumer, topics: [{ topic: a.topic, partitions: [{ partition: batch.partition, offset }] }] })
          if (a.abort_each > 0 && turns % a.abort_each === 0) {
            await producer.abort()
            consumer.seek({ topic: a.topic, partition: batch.partition, offset: batch.firstOffset() })
          } else {
            await producer.commit()
            answer.copied += batch.messages.length
            if (answer.copied >= a.count) end(done)
          }
        } catch (e) {
          end(failed, e)
        }
      },
    })
  })
  await consumer.disconnect()
}

async function read(a, answer) {
  answer.values = Object.fromEntries(a.read.map(p => [p, []]))
  const open = new Set(a.read)
  await assigned(
    { 'isolation.level': 'read_committed' },
    a.read.map(partition => ({ topic: a.topic, partition, offset: 0 })),
    m => {
      if (m !== null && m.value.toString() === a.end) open.delete(m.partition)
      else if (m !== null && open.has(m.partition)) answer.values[m.partition].push(m.value.toString())
      return open.size === 0
    },
    () => `no end of ${[...open]}`,
  )
}

const operations = {
  async create(a) {
    const topic = {
      topic: a.topic,
      numPartitions: a.partitions,
      replicationFactor: a.replication ?? 1,
      configEntries: Object.entries(a.configs).map(([name, value]) => ({ name, value })),
    }
    if (!(await (await theAdmin()).createTopics({ topics: [topic] }))) throw new Error('createTopics says that the topic exists')
  },
  async list(a, answer) {
    answer.topics = await (await theAdmin()).listTopics()
  },
  async delete(a) {
    await (await theAdmin()).deleteTopics({ topics: [a.topic] })
  },
  async grow(a) {
    const other = Callback.AdminClient.create(COMMON) // the promises have no such function
    try {
      await promise(cb => other.createPartitions(a.topic, a.partitions, 10000, cb))
    } finally {
      other.disconnect()
    }
  },
  async trim(a) {
    await (await theAdmin()).deleteTopicRecords({ topic: a.topic, partitions: [{ partition: a.partition, offset: String(a.offset) }] })
  },
  async offsets(a, answer) {
    answer.offsets = []
    const ends = (await (await theAdmin()).fetchTopicOffsets(a.topic)).find(p => p.partition === a.partition)
    for (const t of a.times) {
      const of = async () => (await (await theAdmin()).fetchTopicOffsetsByTimestamp(a.topic, t)).find(p => p.partition === a.partition).offset
      answer.offsets.push(Number(t === -1 ? ends.high : t === -2 ? ends.low : await of()))
    }
  },
  produce,
  fetch,
  join,
  turn: (a, answer) => line.turn(members, a, answer),
  settle,
  leave,
  txn_init,
  txn_write,
  txn_offsets,
  txn_end,
  txn_copy,
  read,
}

async function main() {
  await line.serve(
    {
      client: 'confluent-kafka-javascript',
      version: `${require('@confluentinc/kafka-javascript/package.json').version}, librdkafka ${Callback.librdkafkaVersion}`,
      codecs: ['none', 'gzip', 'snappy', 'lz4', 'zstd'],
      can: [...Object.keys(operations), 'times', 'idempotent', 'acks0'],
    },
    operations,
  )
  process.exit(0) // open clients would keep it
}

main()
