//! Transactional producers, and who reads what they committed.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, Instant};

use rdkafka::consumer::{BaseConsumer, Consumer};
use rdkafka::message::{BorrowedMessage, Message};
use rdkafka::producer::{BaseProducer, BaseRecord, Producer};
use rdkafka::{Offset, TopicPartitionList};
use serde_json::{json, Value};

use crate::line::{text, Fallible};
use crate::{Deliveries, Driver, WAIT};

pub struct Holder {
    producer: BaseProducer<Deliveries>,
    deliveries: Deliveries,
    begun: bool,
}

impl Holder {
    fn begin(&mut self) -> Fallible<()> {
        if !self.begun {
            self.producer.begin_transaction()?;
        }
        self.begun = true;
        Ok(())
    }

    fn send(&self, topic: &str, partition: i32, value: &[u8]) -> Fallible<()> {
        let record: BaseRecord<[u8], [u8], Box<usize>> = BaseRecord::with_opaque_to(topic, Box::new(0));
        Ok(self.producer.send(record.partition(partition).payload(value)).map_err(|(e, _)| e)?)
    }

    fn all_delivered(&self) -> Fallible<()> {
        self.producer.flush(WAIT)?;
        match std::mem::take(&mut *self.deliveries.0.lock().unwrap()).1.first() {
            Some(e) => Err(e.clone().into()),
            None => Ok(()),
        }
    }

    fn end(&mut self, commit: bool) -> Fallible<()> {
        self.begun = false;
        Ok(if commit { self.producer.commit_transaction(WAIT) } else { self.producer.abort_transaction(WAIT) }?)
    }
}

impl Driver {
    fn holder(&mut self, a: &Value) -> Fallible<&mut Holder> {
        Ok(self.holders.get_mut(&text(a, "holder")).ok_or("no such holder")?)
    }

    pub fn txn_init(&mut self, a: &Value) -> Fallible<()> {
        let deliveries = Deliveries::default();
        let mut config = self.config();
        config.set("transactional.id", text(a, "id")).set("linger.ms", "0")
            .set("transaction.timeout.ms", a["timeout_ms"].as_i64().unwrap_or(60000).to_string());
        let producer: BaseProducer<Deliveries> = config.create_with_context(deliveries.clone())?;
        producer.init_transactions(WAIT)?;
        self.holders.insert(text(a, "holder"), Holder { producer, deliveries, begun: false });
        Ok(())
    }

    pub fn txn_write(&mut self, a: &Value) -> Fallible<()> {
        let topic = text(a, "topic");
        let holder = self.holder(a)?;
        holder.begin()?;
        for v in a["values"].as_array().unwrap() {
            holder.send(&topic, v[0].as_i64().unwrap() as i32, v[1].as_str().unwrap().as_bytes())?;
        }
        holder.all_delivered()
    }

    pub fn txn_offsets(&mut self, a: &Value) -> Fallible<()> {
        let consumer: BaseConsumer = self.config().set("group.id", text(a, "group")).create()?;
        let metadata = consumer.group_metadata().ok_or("no group metadata")?;
        let mut list = TopicPartitionList::new();
        for o in a["offsets"].as_array().unwrap() {
            let to = Offset::Offset(o[1].as_i64().unwrap());
            list.add_partition_offset(&text(a, "topic"), o[0].as_i64().unwrap() as i32, to)?;
        }
        let holder = self.holder(a)?;
        holder.begin()?;
        Ok(holder.producer.send_offsets_to_transaction(&list, &metadata, WAIT)?)
    }

    pub fn txn_end(&mut self, a: &Value) -> Fallible<()> {
        self.holder(a)?.end(a["commit"].as_bool().unwrap())
    }

    /// Reads as a member of the group, writes what it read, with its offsets, until that is count records. Every
    /// abort_each-th transaction is aborted, and read again.
    pub fn txn_copy(&mut self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let (topic, to) = (text(a, "topic"), text(a, "to"));
        let mut config = self.config();
        config.set("group.id", text(a, "group")).set("enable.auto.commit", "false").set("auto.offset.reset", "earliest")
            .set("isolation.level", "read_committed").set("session.timeout.ms", "6000").set("fetch.wait.max.ms", "50");
        let consumer: BaseConsumer = config.create()?;
        consumer.subscribe(&[&topic])?;
        let (count, abort_each) = (a["count"].as_u64().unwrap(), a["abort_each"].as_u64().unwrap_or(0));
        let until = Instant::now() + Duration::from_millis(a["ms"].as_u64().unwrap_or(30000));
        let (mut done, mut turns) = (0, 0);
        let holder = self.holder(a)?;
        while done < count && Instant::now() < until {
            let got = twenty(&consumer)?;
            if got.is_empty() {
                continue;
            }
            turns += 1;
            holder.begin()?;
            let mut first: HashMap<i32, i64> = HashMap::new();
            for m in &got {
                first.entry(m.partition()).or_insert(m.offset());
                holder.send(&to, m.partition(), m.payload().unwrap_or(&[]))?;
            }
            holder.all_delivered()?;
            let metadata = consumer.group_metadata().ok_or("no group metadata")?;
            holder.producer.send_offsets_to_transaction(&consumer.position()?, &metadata, WAIT)?;
            let commit = abort_each == 0 || turns % abort_each != 0;
            holder.end(commit)?;
            if commit {
                done += got.len() as u64;
                continue;
            }
            for (p, o) in first {
                consumer.seek(&topic, p, Offset::Offset(o), WAIT)?;
            }
        }
        answer["copied"] = json!(done);
        Ok(())
    }

    /// All that is committed, up to the record that says end.
    pub fn read(&mut self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let (topic, end) = (text(a, "topic"), text(a, "end"));
        let mut config = self.config();
        config.set("group.id", "e2e-unused").set("enable.auto.commit", "false").set("isolation.level", "read_committed")
            .set("fetch.wait.max.ms", "100");
        let consumer: BaseConsumer = config.create()?;
        let read: Vec<i32> = serde_json::from_value(a["read"].clone())?;
        let mut list = TopicPartitionList::new();
        for p in &read {
            list.add_partition_offset(&topic, *p, Offset::Beginning)?;
        }
        consumer.assign(&list)?;
        let mut values: HashMap<i32, Vec<String>> = read.iter().map(|p| (*p, Vec::new())).collect();
        let mut open: HashSet<i32> = read.into_iter().collect();
        let until = Instant::now() + Duration::from_secs(30);
        while !open.is_empty() {
            if Instant::now() > until {
                return Err(format!("no end of {open:?}").into());
            }
            let Some(got) = consumer.poll(Duration::from_millis(200)) else { continue };
            let m = got?;
            let value = String::from_utf8(m.payload().unwrap_or(&[]).to_vec())?;
            if value == end {
                open.remove(&m.partition());
            } else if open.contains(&m.partition()) {
                values.get_mut(&m.partition()).unwrap().push(value);
            }
        }
        for (p, all) in values {
            answer["values"][p.to_string()] = json!(all);
        }
        Ok(())
    }
}

/// Up to 20 records, within 200 ms.
fn twenty(consumer: &BaseConsumer) -> Fallible<Vec<BorrowedMessage<'_>>> {
    let end = Instant::now() + Duration::from_millis(200);
    let mut out = Vec::new();
    while out.len() < 20 {
        match consumer.poll(end.saturating_duration_since(Instant::now())) {
            Some(m) => out.push(m?),
            None => break,
        }
    }
    Ok(out)
}
