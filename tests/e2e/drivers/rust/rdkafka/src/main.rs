//! The driver for the rdkafka crate, with the librdkafka that it carries.

#[path = "../../line.rs"]
mod line;
mod member;
mod txn;

use std::collections::HashMap;
use std::fs;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_executor::block_on;
use rdkafka::admin::{AdminClient, AdminOptions, AlterConfig, NewPartitions, NewTopic, ResourceSpecifier, TopicReplication};
use rdkafka::client::{ClientContext, DefaultClientContext};
use rdkafka::config::ClientConfig;
use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::{BorrowedMessage, Header, Headers, Message, OwnedHeaders};
use rdkafka::producer::{BaseProducer, BaseRecord, DeliveryResult, Producer, ProducerContext};
use rdkafka::{Offset, TopicPartitionList};
use serde_json::{json, Value};

use crate::line::{put, read_records, text, Fallible};
use crate::member::Member;
use crate::txn::Holder;

const WAIT: Duration = Duration::from_secs(40);

fn write_record(out: &mut Vec<u8>, m: &BorrowedMessage) {
    out.extend(m.partition().to_be_bytes());
    out.extend(m.offset().to_be_bytes());
    out.extend(m.timestamp().to_millis().unwrap_or(-1).to_be_bytes());
    put(out, m.key());
    put(out, m.payload());
    let headers: Vec<_> = m.headers().map_or(Vec::new(), |h| h.iter().collect());
    out.extend((headers.len() as i32).to_be_bytes());
    for h in headers {
        put(out, Some(h.key.as_bytes()));
        put(out, h.value);
    }
}

/// What became of each record, by its place in the file.
#[derive(Clone, Default)]
pub struct Deliveries(Arc<Mutex<(HashMap<usize, (i32, i64)>, Vec<String>)>>);

impl ClientContext for Deliveries {}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = Box<usize>;

    fn delivery(&self, result: &DeliveryResult<'_>, place: Self::DeliveryOpaque) {
        let mut seen = self.0.lock().unwrap();
        match result {
            Ok(m) => {
                seen.0.insert(*place, (m.partition(), m.offset()));
            }
            Err((e, _)) => seen.1.push(e.to_string()),
        }
    }
}

pub struct Driver {
    bootstrap: String,
    admin: AdminClient<DefaultClientContext>,
    members: HashMap<String, Member>,
    holders: HashMap<String, Holder>,
}

fn outcome<T>(results: Result<Vec<Result<T, (String, RDKafkaErrorCode)>>, KafkaError>) -> Fallible<()> {
    for r in results? {
        r.map_err(|(name, code)| format!("{name}: {code:?}: {code}"))?;
    }
    Ok(())
}

impl Driver {
    fn config(&self) -> ClientConfig {
        let mut c = ClientConfig::new();
        c.set("bootstrap.servers", &self.bootstrap).set("client.id", "e2e-rdkafka");
        c
    }

    fn run(&mut self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let topic = text(a, "topic");
        let options = AdminOptions::new().operation_timeout(Some(WAIT));
        match a["op"].as_str().unwrap_or("") {
            "create" => {
                let pairs: Vec<(String, String)> = a["configs"].as_object().into_iter().flatten()
                    .map(|(k, v)| (k.clone(), v.as_str().unwrap().to_string())).collect();
                let mut t = NewTopic::new(&topic, a["partitions"].as_i64().unwrap() as i32,
                    TopicReplication::Fixed(a["replication"].as_i64().unwrap_or(1) as i32));
                for (k, v) in &pairs {
                    t = t.set(k, v);
                }
                outcome(block_on(self.admin.create_topics(&[t], &options)))
            }
            "list" => {
                let m = self.admin.inner().fetch_metadata(None, WAIT)?;
                answer["topics"] = m.topics().iter().map(|t| t.name()).collect();
                Ok(())
            }
            "delete" => outcome(block_on(self.admin.delete_topics(&[&topic], &options))),
            "grow" => {
                let n = NewPartitions::new(&topic, a["partitions"].as_u64().unwrap() as usize);
                outcome(block_on(self.admin.create_partitions(&[n], &options)))
            }
            "alter" => {
                let pairs: HashMap<String, String> = serde_json::from_value(a["configs"].clone())?;
                let mut c = AlterConfig::new(ResourceSpecifier::Topic(&topic));
                for (k, v) in &pairs {
                    c = c.set(k, v);
                }
                for r in block_on(self.admin.alter_configs(&[c], &options))? {
                    r.map_err(|(_, code)| format!("{code:?}"))?;
                }
                Ok(())
            }
            "describe" => {
                let got = block_on(self.admin.describe_configs(&[ResourceSpecifier::Topic(&topic)], &options))?;
                for r in got {
                    for e in r?.entries {
                        answer["configs"][e.name] = json!(e.value);
                    }
                }
                Ok(())
            }
            "trim" => {
                let mut list = TopicPartitionList::new();
                let to = Offset::Offset(a["offset"].as_i64().unwrap());
                list.add_partition_offset(&topic, a["partition"].as_i64().unwrap() as i32, to)?;
                let got = block_on(self.admin.delete_records(&list, &options))?;
                got.elements().iter().try_for_each(|e| e.error())?;
                Ok(())
            }
            "produce" => self.produce(a, answer),
            "fetch" => self.fetch(a),
            "offsets" => self.offsets(a, answer),
            "join" => self.join(a),
            "turn" => self.turn(a, answer),
            "settle" => self.settle(&text(a, "member")),
            "leave" => self.leave(&text(a, "member")),
            "txn_init" => self.txn_init(a),
            "txn_write" => self.txn_write(a),
            "txn_offsets" => self.txn_offsets(a),
            "txn_end" => self.txn_end(a),
            "txn_copy" => self.txn_copy(a, answer),
            "read" => self.read(a, answer),
            other => Err(format!("no such operation: {other}").into()),
        }
    }

    fn produce(&self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let topic = text(a, "topic");
        let records = read_records(&text(a, "file"))?;
        let deliveries = Deliveries::default();
        let mut config = self.config();
        config.set("acks", text(a, "acks")).set("compression.type", text(a, "codec"))
            .set("enable.idempotence", a["idempotent"].to_string())
            .set("linger.ms", a["linger_ms"].as_i64().unwrap_or(20).to_string())
            .set("message.max.bytes", a["max_bytes"].as_i64().unwrap_or(1000000).to_string())
            .set("delivery.timeout.ms", "40000");
        let producer: BaseProducer<Deliveries> = config.create_with_context(deliveries.clone())?;
        for (i, r) in records.iter().enumerate() {
            let mut m: BaseRecord<[u8], [u8], Box<usize>> =
                BaseRecord::with_opaque_to(&topic, Box::new(i)).timestamp(r.timestamp);
            if r.partition >= 0 {
                m = m.partition(r.partition);
            }
            if let Some(k) = &r.key {
                m = m.key(k);
            }
            if let Some(v) = &r.value {
                m = m.payload(v);
            }
            if !r.headers.is_empty() {
                let mut h = OwnedHeaders::new();
                for (name, value) in &r.headers {
                    h = h.insert(Header { key: name, value: value.as_ref() });
                }
                m = m.headers(h);
            }
            producer.send(m).map_err(|(e, _)| e)?;
            producer.poll(Duration::ZERO);
        }
        producer.flush(WAIT)?;
        let seen = deliveries.0.lock().unwrap();
        let mut out = Vec::new();
        for i in 0..records.len() {
            let (partition, offset) = seen.0.get(&i).copied().unwrap_or((-1, -1));
            out.extend(partition.to_be_bytes());
            // With acks=0 librdkafka says -1001 or -1: not known.
            out.extend(offset.max(-1).to_be_bytes());
        }
        fs::write(text(a, "acks_file"), out)?;
        answer["acked"] = json!(seen.0.len());
        match seen.1.first() {
            Some(e) => Err(format!("{} records failed: {e}", seen.1.len()).into()),
            None => Ok(()),
        }
    }

    fn consumer(&self, max_bytes: i64) -> Fallible<BaseConsumer> {
        let mut config = self.config();
        config.set("group.id", "e2e-unused").set("enable.auto.commit", "false").set("auto.offset.reset", "error")
            .set("check.crcs", "true").set("fetch.wait.max.ms", "100")
            .set("fetch.message.max.bytes", max_bytes.to_string());
        Ok(config.create()?)
    }

    fn fetch(&self, a: &Value) -> Fallible<()> {
        let topic = text(a, "topic");
        let consumer = self.consumer(a["max_bytes"].as_i64().unwrap_or(1 << 20))?;
        let mut list = TopicPartitionList::new();
        let mut left = HashMap::new();
        for w in a["from"].as_array().unwrap() {
            let n = |i: usize| w[i].as_i64().unwrap();
            list.add_partition_offset(&topic, n(0) as i32, Offset::Offset(n(1)))?;
            left.insert(n(0) as i32, n(2));
        }
        let mut total: i64 = left.values().sum();
        consumer.assign(&list)?;
        let end = Instant::now() + Duration::from_secs(30);
        let mut out = Vec::new();
        while total > 0 {
            if Instant::now() > end {
                return Err(format!("records still missing by partition: {left:?}").into());
            }
            let Some(got) = consumer.poll(Duration::from_millis(200)) else { continue };
            let m = got?;
            let n = left.get_mut(&m.partition()).ok_or("a record of another partition")?;
            if *n > 0 {
                *n -= 1;
                total -= 1;
                write_record(&mut out, &m);
            }
        }
        Ok(fs::write(text(a, "file"), out)?)
    }

    fn offsets(&self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let (topic, partition) = (text(a, "topic"), a["partition"].as_i64().unwrap() as i32);
        let consumer = self.consumer(1 << 20)?;
        let mut out = Vec::new();
        for t in a["times"].as_array().unwrap() {
            let t = t.as_i64().unwrap();
            if t < 0 {
                let (low, high) = consumer.fetch_watermarks(&topic, partition, WAIT)?;
                out.push(if t == -1 { high } else { low });
                continue;
            }
            let mut list = TopicPartitionList::new();
            list.add_partition_offset(&topic, partition, Offset::Offset(t))?;
            let got = consumer.offsets_for_times(list, WAIT)?;
            out.push(match got.elements()[0].offset() {
                Offset::Offset(o) => o,
                _ => -1,
            });
        }
        answer["offsets"] = json!(out);
        Ok(())
    }
}

fn main() -> Fallible<()> {
    let bootstrap = std::env::args().nth(1).expect("bootstrap address");
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", &bootstrap);
    let mut driver = Driver { admin: config.create()?, bootstrap, members: HashMap::new(), holders: HashMap::new() };
    let hello = json!({
        "client": "rdkafka crate 0.39.0", "version": format!("(librdkafka {})", rdkafka::util::get_rdkafka_version().1),
        "codecs": ["none", "gzip", "snappy", "lz4", "zstd"],
        "can": ["create", "list", "delete", "grow", "alter", "describe", "trim", "produce", "fetch", "offsets", "times",
                "idempotent", "acks0", "join", "turn", "settle", "leave", "txn_init", "txn_write", "txn_offsets", "txn_end",
                "txn_copy", "read"]});
    line::serve(hello, |asked, answer| driver.run(asked, answer))
}
