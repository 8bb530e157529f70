//! What the Rust drivers share: the line protocol and the record files (drivers/README.md).

use std::error::Error;
use std::fs;
use std::io::{self, BufRead, Write};

use serde_json::{json, Value};

pub type Fallible<T> = Result<T, Box<dyn Error>>;

pub struct Record {
    pub partition: i32,
    pub timestamp: i64,
    pub key: Option<Vec<u8>>,
    pub value: Option<Vec<u8>>,
    pub headers: Vec<(String, Option<Vec<u8>>)>,
}

struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take(&mut self, n: usize) -> &'a [u8] {
        let (head, tail) = self.0.split_at(n);
        self.0 = tail;
        head
    }
    fn int(&mut self) -> i32 {
        i32::from_be_bytes(self.take(4).try_into().unwrap())
    }
    fn long(&mut self) -> i64 {
        i64::from_be_bytes(self.take(8).try_into().unwrap())
    }
    fn field(&mut self) -> Option<Vec<u8>> {
        let n = self.int();
        (n >= 0).then(|| self.take(n as usize).to_vec())
    }
}

pub fn read_records(path: &str) -> Fallible<Vec<Record>> {
    let data = fs::read(path)?;
    let mut b = Bytes(&data);
    let mut out = Vec::new();
    while !b.0.is_empty() {
        let partition = b.int();
        b.long();
        let (timestamp, key, value) = (b.long(), b.field(), b.field());
        let mut headers = Vec::new();
        for _ in 0..b.int() {
            headers.push((String::from_utf8(b.field().unwrap())?, b.field()));
        }
        out.push(Record { partition, timestamp, key, value, headers });
    }
    Ok(out)
}

pub fn put(out: &mut Vec<u8>, data: Option<&[u8]>) {
    out.extend(data.map_or(-1, |d| d.len() as i32).to_be_bytes());
    out.extend(data.unwrap_or(&[]));
}

/// Says hello, then answers line after line with what run makes of it.
pub fn serve(hello: Value, mut run: impl FnMut(&Value, &mut Value) -> Fallible<()>) -> Fallible<()> {
    let mut out = io::stdout();
    writeln!(out, "{hello}")?;
    for line in io::stdin().lock().lines() {
        let asked: Value = serde_json::from_str(&line?)?;
        let mut answer = json!({});
        if let Err(e) = run(&asked, &mut answer) {
            eprintln!("{}: {e}", asked["op"]);
            answer["error"] = json!(e.to_string());
        }
        writeln!(out, "{answer}")?;
    }
    Ok(())
}

/// An argument that is a text; "" when it is missing.
pub fn text(a: &Value, name: &str) -> String {
    a[name].as_str().unwrap_or("").to_string()
}
