//! The driver for the rskafka crate: a client written in Rust alone.

#[path = "../../line.rs"]
mod line;

use std::collections::BTreeMap;
use std::fs;
use std::time::Duration;

use chrono::DateTime;
use rskafka::client::partition::{Compression, OffsetAt, PartitionClient, UnknownTopicHandling};
use rskafka::client::{Client, ClientBuilder};
use rskafka::record::{Record, RecordAndOffset};
use serde_json::{json, Value};
use tokio::runtime::{Builder, Runtime};
use tokio::time::timeout;

use crate::line::{put, read_records, text, Fallible};

const WAIT_MS: i32 = 30_000;

struct Driver {
    runtime: Runtime,
    client: Client,
}

fn write_record(out: &mut Vec<u8>, partition: i32, r: &RecordAndOffset) {
    out.extend(partition.to_be_bytes());
    out.extend(r.offset.to_be_bytes());
    out.extend(r.record.timestamp.timestamp_millis().to_be_bytes());
    put(out, r.record.key.as_deref());
    put(out, r.record.value.as_deref());
    out.extend((r.record.headers.len() as i32).to_be_bytes());
    for (name, value) in &r.record.headers {
        put(out, Some(name.as_bytes()));
        put(out, Some(value));
    }
}

/// The crate has no partitioner: a program that uses it brings its own. FNV-1a.
fn partition_of(key: Option<&[u8]>, place: usize, count: usize) -> i32 {
    let hash = match key {
        Some(k) => k.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, b| (h ^ u64::from(*b)).wrapping_mul(0x100_0000_01b3)),
        None => place as u64,
    };
    (hash % count as u64) as i32
}

impl Driver {
    fn run(&self, a: &Value, answer: &mut Value) -> Fallible<()> {
        self.runtime.block_on(async { timeout(Duration::from_millis(WAIT_MS as u64), self.act(a, answer)).await? })
    }

    async fn act(&self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let topic = text(a, "topic");
        match a["op"].as_str().unwrap_or("") {
            "create" => {
                let (partitions, replicas) = (a["partitions"].as_i64().unwrap(), a["replication"].as_i64().unwrap_or(1));
                self.client.controller_client()?.create_topic(topic, partitions as i32, replicas as i16, WAIT_MS).await?;
            }
            "list" => {
                answer["topics"] = self.client.list_topics().await?.into_iter().map(|t| t.name).collect();
            }
            "delete" => self.client.controller_client()?.delete_topic(topic, WAIT_MS).await?,
            "trim" => {
                let offset = a["offset"].as_i64().unwrap();
                self.partition(&topic, a["partition"].as_i64().unwrap() as i32).await?.delete_records(offset, WAIT_MS).await?;
            }
            "produce" => self.produce(a, answer).await?,
            "fetch" => {
                let mut out = Vec::new();
                for w in a["from"].as_array().unwrap() {
                    let n = |i: usize| w[i].as_i64().unwrap();
                    self.fetch_one(&topic, n(0) as i32, n(1), n(2) as usize, a["max_bytes"].as_i64().unwrap_or(1 << 20), &mut out).await?;
                }
                fs::write(text(a, "file"), out)?;
            }
            "offsets" => {
                let partition = self.partition(&topic, a["partition"].as_i64().unwrap() as i32).await?;
                let mut out = Vec::new();
                for t in a["times"].as_array().unwrap() {
                    out.push(partition.get_offset(match t.as_i64().unwrap() {
                        -1 => OffsetAt::Latest,
                        -2 => OffsetAt::Earliest,
                        ms => OffsetAt::Timestamp(DateTime::from_timestamp_millis(ms).ok_or("not a time")?),
                    }).await?);
                }
                answer["offsets"] = json!(out);
            }
            other => return Err(format!("no such operation: {other}").into()),
        }
        Ok(())
    }

    async fn partition(&self, topic: &str, partition: i32) -> Fallible<PartitionClient> {
        Ok(self.client.partition_client(topic, partition, UnknownTopicHandling::Retry).await?)
    }

    /// All records of a partition in one batch: that is what the crate's produce() makes.
    async fn produce(&self, a: &Value, answer: &mut Value) -> Fallible<()> {
        if a["acks"] != "all" || a["idempotent"] == true {
            return Err("rskafka has acks=all alone, and no idempotent producer".into());
        }
        let topic = text(a, "topic");
        let codec = match text(a, "codec").as_str() {
            "gzip" => Compression::Gzip,
            "snappy" => Compression::Snappy,
            "lz4" => Compression::Lz4,
            "zstd" => Compression::Zstd,
            _ => Compression::NoCompression,
        };
        let all = read_records(&text(a, "file"))?;
        let found = self.client.list_topics().await?.into_iter().find(|t| t.name == topic).ok_or("no such topic")?;
        let mut groups: BTreeMap<i32, Vec<usize>> = BTreeMap::new();
        for (i, r) in all.iter().enumerate() {
            let p = if r.partition >= 0 { r.partition } else { partition_of(r.key.as_deref(), i, found.partitions.len()) };
            groups.entry(p).or_default().push(i);
        }
        let mut acks = vec![(-1, -1); all.len()];
        for (p, places) in &groups {
            let records = places.iter().map(|i| &all[*i]).map(|r| Record {
                key: r.key.clone(),
                value: r.value.clone(),
                headers: r.headers.iter().map(|(name, value)| (name.clone(), value.clone().unwrap_or_default())).collect(),
                timestamp: DateTime::from_timestamp_millis(r.timestamp).unwrap(),
            }).collect();
            let offsets = self.partition(&topic, *p).await?.produce(records, codec).await?;
            for (i, offset) in places.iter().zip(offsets) {
                acks[*i] = (*p, offset);
            }
        }
        answer["acked"] = json!(acks.len());
        let bytes: Vec<u8> = acks.iter().flat_map(|(p, o)| p.to_be_bytes().into_iter().chain(o.to_be_bytes())).collect();
        Ok(fs::write(text(a, "acks_file"), bytes)?)
    }

    async fn fetch_one(&self, topic: &str, partition: i32, mut offset: i64, mut left: usize, bytes: i64, out: &mut Vec<u8>) -> Fallible<()> {
        let client = self.partition(topic, partition).await?;
        while left > 0 {
            let (found, _) = client.fetch_records(offset, 1..bytes as i32, 100).await?;
            for r in found.iter().take(left) {
                write_record(out, partition, r);
                offset = r.offset + 1;
            }
            left -= found.len().min(left);
        }
        Ok(())
    }
}

fn main() -> Fallible<()> {
    let bootstrap = std::env::args().nth(1).expect("bootstrap address");
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let client = runtime.block_on(ClientBuilder::new(vec![bootstrap]).client_id("e2e-rskafka").build())?;
    let driver = Driver { runtime, client };
    let hello = json!({
        "client": "rskafka crate", "version": "0.6.0", "codecs": ["none", "gzip", "snappy", "lz4", "zstd"],
        "can": ["create", "list", "delete", "trim", "produce", "fetch", "offsets", "times"]});
    line::serve(hello, |asked, answer| driver.run(asked, answer))
}
