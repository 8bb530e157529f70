//! Consumers that subscribe.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use rdkafka::client::ClientContext;
use rdkafka::consumer::{BaseConsumer, CommitMode, Consumer, ConsumerContext, Rebalance};
use rdkafka::error::{KafkaError, RDKafkaErrorCode};
use rdkafka::message::Message;
use rdkafka::TopicPartitionList;
use serde_json::{json, Value};

use crate::line::{text, Fallible};
use crate::Driver;

/// What a member was told since somebody last looked.
#[derive(Clone, Default)]
pub struct Told(Arc<Mutex<Vec<Value>>>);

impl ClientContext for Told {}

impl ConsumerContext for Told {
    fn pre_rebalance(&self, _: &BaseConsumer<Self>, rebalance: &Rebalance<'_>) {
        let (what, list) = match rebalance {
            Rebalance::Assign(list) => ("assign", list),
            Rebalance::Revoke(list) => ("revoke", list),
            Rebalance::Error(_) => return,
        };
        self.0.lock().unwrap().push(json!([what, partitions(list)]));
    }
}

pub struct Member {
    consumer: BaseConsumer<Told>,
    told: Told,
}

fn partitions(list: &TopicPartitionList) -> Vec<i32> {
    let mut out: Vec<i32> = list.elements().iter().map(|e| e.partition()).collect();
    out.sort();
    out
}

/// A broker that is away: librdkafka tells of it, and goes on by itself.
fn passes(e: &KafkaError) -> bool {
    use RDKafkaErrorCode::*;
    matches!(e, KafkaError::MessageConsumption(BrokerTransportFailure | AllBrokersDown | OperationTimedOut | Resolve))
}

impl Member {
    /// One poll of that many ms, at most 500 records.
    fn look(&self, ms: u64) -> Result<Value, KafkaError> {
        let end = Instant::now() + Duration::from_millis(ms);
        let mut records = Vec::new();
        while records.len() < 500 {
            match self.consumer.poll(end.saturating_duration_since(Instant::now())) {
                None => break,
                Some(Ok(m)) => records.push(json!([m.partition(), m.offset()])),
                Some(Err(e)) if passes(&e) => {}
                Some(Err(e)) => return Err(e),
            }
        }
        let told = std::mem::take(&mut *self.told.0.lock().unwrap());
        Ok(json!({"records": records, "owned": partitions(&self.consumer.assignment()?), "told": told}))
    }
}

impl Driver {
    pub fn join(&mut self, a: &Value) -> Fallible<()> {
        let name = text(a, "member");
        let number = |key: &str, default: i64| a[key].as_i64().unwrap_or(default).to_string();
        let mut config = self.config();
        config.set("client.id", &name).set("group.id", text(a, "group")).set("auto.offset.reset", "earliest")
            .set("enable.auto.commit", a["auto"].as_bool().unwrap_or(false).to_string()).set("auto.commit.interval.ms", "200")
            .set("session.timeout.ms", number("session_ms", 6000)).set("max.poll.interval.ms", number("poll_max_ms", 60000))
            .set("heartbeat.interval.ms", "500").set("fetch.wait.max.ms", "100")
            .set("partition.assignment.strategy", a["strategy"].as_str().unwrap_or("range"));
        if let Some(instance) = a["instance"].as_str() {
            config.set("group.instance.id", instance);
        }
        let told = Told::default();
        let consumer: BaseConsumer<Told> = config.create_with_context(told.clone())?;
        consumer.subscribe(&[&text(a, "topic")])?;
        self.members.insert(name, Member { consumer, told });
        Ok(())
    }

    /// One poll of each, side by side, as a rebalance needs them all.
    pub fn turn(&mut self, a: &Value, answer: &mut Value) -> Fallible<()> {
        let ms = a["ms"].as_u64().unwrap();
        let names: Vec<String> = serde_json::from_value(a["members"].clone())?;
        let found: HashMap<String, Result<Value, KafkaError>> = thread::scope(|s| {
            let all: Vec<_> = names.iter().map(|n| (n, &self.members[n])).map(|(n, m)| (n, s.spawn(move || m.look(ms)))).collect();
            all.into_iter().map(|(n, t)| (n.clone(), t.join().unwrap())).collect()
        });
        for (name, one) in found {
            answer["members"][name] = one?;
        }
        Ok(())
    }

    /// Commits what was read.
    pub fn settle(&mut self, name: &str) -> Fallible<()> {
        match self.members[name].consumer.commit_consumer_state(CommitMode::Sync) {
            Err(KafkaError::ConsumerCommit(RDKafkaErrorCode::NoOffset)) => Ok(()), // it has read nothing
            other => Ok(other?),
        }
    }

    pub fn leave(&mut self, name: &str) -> Fallible<()> {
        self.members.remove(name).ok_or("no such member")?; // closes it
        Ok(())
    }
}
