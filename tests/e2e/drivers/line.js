// What the drivers for Node share: the line protocol and the record files (README.md). Copied beside each driver.
'use strict'
const { Console } = require('console')
const fs = require('fs')
const readline = require('readline')

// Nothing a library prints may look like an answer.
globalThis.console = new Console(process.stderr)

/** [{partition, timestamp, key, value, headers: [[name, value]]}]; timestamps are BigInt, a name is a Buffer. */
function readRecords(path) {
  const data = fs.readFileSync(path)
  let pos = 0
  const out = []
  const int = () => data.readInt32BE((pos += 4) - 4)
  const long = () => data.readBigInt64BE((pos += 8) - 8)
  const field = () => {
    const n = int()
    return n < 0 ? null : data.subarray(pos, (pos += n))
  }
  while (pos < data.length) {
    const r = { partition: int() }
    long()
    r.timestamp = long()
    r.key = field()
    r.value = field()
    r.headers = []
    for (let n = int(); n > 0; n--) r.headers.push([field(), field()])
    out.push(r)
  }
  return out
}

function writeRecords(path, records) {
  const parts = []
  const int = n => {
    const b = Buffer.alloc(4)
    b.writeInt32BE(n)
    parts.push(b)
  }
  const long = n => {
    const b = Buffer.alloc(8)
    b.writeBigInt64BE(BigInt(n))
    parts.push(b)
  }
  const field = data => {
    int(data === null || data === undefined ? -1 : data.length)
    if (data) parts.push(data)
  }
  for (const r of records) {
    int(r.partition)
    long(r.offset)
    long(r.timestamp)
    field(r.key)
    field(r.value)
    int(r.headers.length)
    for (const [name, value] of r.headers) {
      field(Buffer.from(name))
      field(value)
    }
  }
  fs.writeFileSync(path, Buffer.concat(parts))
}

/** acks: [[partition, offset]], offset -1 where it is not known. */
function writeAcks(path, acks) {
  const out = Buffer.alloc(12 * acks.length)
  acks.forEach(([partition, offset], i) => {
    out.writeInt32BE(partition, 12 * i)
    out.writeBigInt64BE(BigInt(offset), 12 * i + 4)
  })
  fs.writeFileSync(path, out)
}

function described(e) {
  return [e.name, e.type, e.message, ...(e.errors || []).map(described)].filter(Boolean).join(': ')
}

/** Say hello, then answer each line. operations: name -> function(asked, answer). */
async function serve(hello, operations) {
  const say = answer => process.stdout.write(JSON.stringify(answer) + '\n')
  say(hello)
  for await (const text of readline.createInterface({ input: process.stdin })) {
    const asked = JSON.parse(text)
    const answer = {}
    try {
      await operations[asked.op](asked, answer)
    } catch (e) {
      console.error(asked.op, e)
      answer.error = described(e)
    }
    say(answer)
  }
}

const pause = ms => new Promise(done => setTimeout(done, ms))

/** `turn` for clients whose members consume on their own: members[name] has records, told and owned. */
async function turn(members, a, answer) {
  await pause(a.ms)
  answer.members = {}
  for (const name of a.members) {
    const m = members[name]
    answer.members[name] = { records: m.records, owned: m.owned, told: m.told }
    m.records = []
    m.told = []
  }
}

module.exports = { readRecords, writeRecords, writeAcks, serve, turn, pause }
