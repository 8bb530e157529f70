// The driver for @platformatic/kafka.
'use strict'
const line = require('./line.js')
const zlib = require('zlib')

const BOOTSTRAP = [process.argv[2]]
const FETCH_MS = 30000
let kafka = null // the library, which is an ES module
let admin = null
let count = 0

const options = more => ({ clientId: `e2e-platformatic-${count++}`, bootstrapBrokers: BOOTSTRAP, timeout: 30000, ...more })

function theAdmin() {
  if (admin === null) admin = new kafka.Admin(options())
  return admin
}

/** Names may come more than once: a Map of buffers keeps each. */
function message(topic, r) {
  const m = { topic, timestamp: r.timestamp, value: r.value, headers: new Map(r.headers) }
  if (r.key !== null) m.key = r.key
  if (r.partition >= 0) m.partition = r.partition
  return m
}

async function produce(a, answer) {
  const messages = line.readRecords(a.file).map(r => message(a.topic, r))
  const partitions = (await theAdmin().metadata({ topics: [a.topic], forceUpdate: true })).topics.get(a.topic).partitionsCount
  // What has no partition gets one here, by the library's own partitioner, as the answer does not tell it.
  messages.forEach((m, i) => {
    m.partition ??= (m.key ? kafka.compatibilityPartitioner(m, m.key) : i) % partitions
  })
  const producer = new kafka.Producer(options({ idempotent: a.idempotent, strict: true, ...(a.idempotent ? { retries: 3 } : {}) }))
  try {
    const acks = a.acks === 'all' ? -1 : Number(a.acks)
    const done = await producer.send({ messages, acks, compression: a.codec })
    const next = {}
    for (const d of done.offsets || []) next[d.partition] = d.offset
    line.writeAcks(a.acks_file, messages.map(m => [m.partition, next[m.partition] === undefined ? -1n : next[m.partition]++]))
    answer.acked = messages.length
  } finally {
    await producer.close(true)
  }
}

/** Partitions and offsets, read until seen() says that it is enough. */
async function assigned(topic, assignment, more, seen, what) {
  const consumer = new kafka.Consumer(options({ groupId: `e2e-unused-${process.pid}-${count}`, autocommit: false, maxWaitTime: 100, ...more }))
  let timer = null
  let stream = null
  try {
    const { topics } = await consumer.metadata({ topics: [topic], forceUpdate: true })
    void topics
    stream = await consumer.consume({
      topics: [topic],
      mode: kafka.MessagesStreamModes.MANUAL,
      offsets: assignment.map(([partition, offset]) => ({ topic, partition, offset: BigInt(offset) })),
    })
    timer = setTimeout(() => stream.destroy(new Error(what())), FETCH_MS)
    if (!seen(null)) {
      for await (const m of stream) if (seen(m)) break
    }
  } finally {
    clearTimeout(timer)
    await consumer.close(true)
  }
}

// --- consumers that subscribe, by name

const members = {}

async function join(a) {
  const m = { records: [], told: [], owned: [], read: {}, topic: a.topic }
  const classic = (a.protocol ?? 'classic') === 'classic'
  const group = classic
    ? { groupProtocol: 'classic', sessionTimeout: a.session_ms ?? 6000, rebalanceTimeout: a.poll_max_ms ?? 60000, heartbeatInterval: 500 }
    : { groupProtocol: 'consumer', ...(a.assignor === undefined ? {} : { groupRemoteAssignor: a.assignor }) }
  if (a.instance !== undefined) group.groupInstanceId = a.instance
  if (a.strategy === 'cooperative-sticky') group.protocols = [{ name: 'cooperative-sticky', version: 3 }]
  m.consumer = new kafka.Consumer(options({ clientId: a.member, groupId: a.group, maxWaitTime: 100, autocommit: a.auto ? 200 : false, ...group }))
  const eager = classic && group.protocols === undefined
  m.look = () => {
    const got = (m.consumer.assignments?.find(t => t.topic === a.topic)?.partitions ?? []).slice().sort((x, y) => x - y)
    const lost = eager ? m.owned : m.owned.filter(p => !got.includes(p))
    const won = eager ? got : got.filter(p => !m.owned.includes(p))
    if (lost.length > 0) m.told.push(['revoke', lost])
    if (eager || won.length > 0) m.told.push(['assign', won])
    m.owned = got
    for (const p of Object.keys(m.read)) if (!got.includes(Number(p))) delete m.read[p]
  }
  m.consumer.on('consumer:group:join', m.look)
  m.consumer.on('error', e => console.error(a.member, e)) // of a join that was under way when it left
  m.asked = !classic // no event tells of the new protocol's assignments
  members[a.member] = m
  m.stream = await m.consumer.consume({
    topics: [a.topic],
    mode: kafka.MessagesStreamModes.COMMITTED,
    fallbackMode: kafka.MessagesStreamFallbackModes.EARLIEST,
    ...group,
  })
  m.stream.on('data', r => {
    m.records.push([r.partition, Number(r.offset)])
    m.read[r.partition] = { topic: r.topic, partition: r.partition, offset: r.offset + 1n, leaderEpoch: r.leaderEpoch }
  })
  m.stream.on('error', e => console.error(a.member, e))
}

async function settle(a) {
  const m = members[a.member]
  const offsets = Object.values(m.read)
  if (offsets.length > 0) await m.consumer.commit({ offsets })
}

async function leave(a) {
  await members[a.member].consumer.close(true)
  delete members[a.member]
}

// --- transactions, by name of the producer's holder

const holders = {}
const groups = {}

async function begun(name) {
  const h = holders[name]
  if (h.txn === null) h.txn = await h.producer.beginTransaction()
  return h.txn
}

async function txn_init(a) {
  const producer = new kafka.Producer(options({ transactionalId: a.id, idempotent: true, timeout: a.timeout_ms ?? 60000, strict: true }))
  holders[a.holder] = { producer, txn: await producer.beginTransaction() } // only now it asks for its producer id
}

async function txn_write(a) {
  const txn = await begun(a.holder)
  await txn.send({ messages: a.values.map(([partition, text]) => ({ topic: a.topic, partition, value: Buffer.from(text) })) })
}

async function txn_offsets(a) {
  const txn = await begun(a.holder)
  if (groups[a.group] === undefined) groups[a.group] = new kafka.Consumer(options({ groupId: a.group }))
  const consumer = groups[a.group]
  const coordinatorId = await consumer.findGroupCoordinator()
  await txn.addConsumer(consumer)
  // It takes messages that were read, by a member; here is none.
  const metadata = { consumer: { coordinatorId, groupId: a.group, generationId: -1, memberId: '' } }
  for (const [partition, offset] of a.offsets) await txn.addOffset({ topic: a.topic, partition, offset: BigInt(offset) - 1n, metadata })
}

async function txn_end(a) {
  const h = holders[a.holder]
  const txn = h.txn
  h.txn = null
  await (a.commit ? txn.commit() : txn.abort())
}

async function read(a, answer) {
  answer.values = Object.fromEntries(a.read.map(p => [p, []]))
  const open = new Set(a.read)
  await assigned(
    a.topic,
    a.read.map(partition => [partition, 0]),
    { isolationLevel: kafka.FetchIsolationLevels.READ_COMMITTED },
    m => {
      const text = m === null ? null : m.value.toString()
      if (text === a.end) open.delete(m.partition)
      else if (m !== null && open.has(m.partition)) answer.values[m.partition].push(text)
      return open.size === 0
    },
    () => `no end of ${[...open]}`,
  )
}

const operations = {
  async create(a) {
    await theAdmin().createTopics({
      topics: [a.topic],
      partitions: a.partitions,
      replicas: a.replication ?? 1,
      configs: Object.entries(a.configs).map(([name, value]) => ({ name, value })),
    })
  },
  async list(a, answer) {
    answer.topics = await theAdmin().listTopics()
  },
  async delete(a) {
    await theAdmin().deleteTopics({ topics: [a.topic] })
  },
  async grow(a) {
    await theAdmin().createPartitions({ topics: [{ name: a.topic, count: a.partitions, assignments: null }] })
  },
  async alter(a) {
    const configs = Object.entries(a.configs).map(([name, value]) => ({ name, value, configOperation: kafka.IncrementalAlterConfigOperationTypes.SET }))
    await theAdmin().incrementalAlterConfigs({
      resources: [{ resourceType: kafka.ConfigResourceTypes.TOPIC, resourceName: a.topic, configs }],
    })
  },
  async describe(a, answer) {
    const got = await theAdmin().describeConfigs({ resources: [{ resourceType: kafka.ConfigResourceTypes.TOPIC, resourceName: a.topic }] })
    answer.configs = Object.fromEntries(got[0].configs.map(c => [c.name, c.value]))
  },
  async trim(a) {
    await theAdmin().deleteRecords({ topics: [{ name: a.topic, partitions: [{ partition: a.partition, offset: BigInt(a.offset) }] }] })
  },
  async offsets(a, answer) {
    answer.offsets = []
    for (const t of a.times) {
      const [got] = await theAdmin().listOffsets({ topics: [{ name: a.topic, partitions: [{ partitionIndex: a.partition, timestamp: BigInt(t) }] }] })
      answer.offsets.push(Number(got.partitions[0].offset))
    }
  },
  async fetch(a) {
    const left = Object.fromEntries(a.from.map(([partition, , n]) => [partition, n]))
    const records = []
    await assigned(
      a.topic,
      a.from,
      a.max_bytes === undefined ? {} : { maxBytes: 2 * a.max_bytes },
      m => {
        if (m !== null && left[m.partition]-- > 0) records.push({ ...m, headers: m.headerEntries })
        return Object.values(left).every(n => n <= 0)
      },
      () => `records still missing by partition: ${JSON.stringify(left)}`,
    )
    line.writeRecords(a.file, records)
  },
  produce,
  join,
  async turn(a, answer) {
    for (const name of a.members) if (members[name].asked) members[name].look()
    await line.turn(members, a, answer)
  },
  settle,
  leave,
  txn_init,
  txn_write,
  txn_offsets,
  txn_end,
  read,
}

async function main() {
  kafka = await import('@platformatic/kafka')
  const codecs = ['none', 'gzip', 'snappy', 'lz4']
  if (zlib.zstdCompressSync !== undefined) codecs.push('zstd') // node's own, since 22.15
  await line.serve(
    {
      client: '@platformatic/kafka',
      version: require('./node_modules/@platformatic/kafka/package.json').version,
      codecs,
      can: [...Object.keys(operations), 'times', 'idempotent', 'acks0'],
    },
    operations,
  )
  process.exit(0) // open clients would keep it
}

main()
