//! The simulator against its contract.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::*;
use crate::vendor::transport::{Method, Request};

mod acts;
mod bad;
mod dialer;
mod dialling;
mod ends;
mod faults;
mod hooks;
mod lines;
mod sound;
mod worlds;

const START: i64 = STORY_START;

/// A client that signs in and spells requests by hand.
struct Desk {
    world: World,
    token: String,
}

impl Desk {
    fn at(script: Script) -> Self {
        let mut desk = Self { world: World::new(script), token: String::new() };
        desk.sign_in();
        desk
    }

    fn story() -> Self {
        Self::at(Script::story(7))
    }

    fn sign_in(&mut self) {
        let body = json!({ "APPKey": "demo", "APPSecret": "demo" });
        let answer = self.post("/service/cloud/auth", &body);
        self.token = answer["data"]["token"].as_str().unwrap_or_default().to_owned();
    }

    fn send(&mut self, method: Method, path: &str, body: &str) -> Reply {
        let headers = vec![("authorization".to_owned(), format!("Token {}", self.token))];
        let (url, body) = (format!("http://sim{path}"), body.to_owned().into());
        let now = self.world.now();
        self.world.handle(now, &Request { method, url, headers, body })
    }

    fn get(&mut self, path: &str) -> Value {
        json_of(&self.send(Method::Get, path, ""))
    }

    fn post(&mut self, path: &str, body: &Value) -> Value {
        json_of(&self.send(Method::Post, path, &body.to_string()))
    }

    fn page(&mut self, key: &str, ask: &Value, page: usize, size: usize) -> Value {
        let route = ROUTES.iter().find(|r| r.key == key).unwrap();
        let mut ask = ask.clone();
        ask["page"] = page.into();
        ask["page_size"] = size.into();
        match route.method {
            Method::Post => self.post(route.path, &ask),
            Method::Get => {
                let pairs = ask.as_object().unwrap().iter();
                let query: Vec<String> = pairs
                    .map(|(k, v)| {
                        format!("{k}={}", v.as_str().map_or(v.to_string(), str::to_owned))
                    })
                    .collect();
                self.get(&format!("{}?{}", route.path, query.join("&")))
            }
        }
    }

    /// All rows of a list, and the total that its first page told.
    fn all(&mut self, key: &str, ask: &Value, size: usize) -> (Vec<Value>, usize) {
        let mut rows = Vec::new();
        let mut total = 0;
        for page in 1.. {
            let answer = self.page(key, ask, page, size);
            assert_eq!(answer["code"], 200, "{key}: {answer}");
            let list = answer["data"]["list"].as_array().unwrap().clone();
            total = usize::try_from(answer["data"]["total"].as_u64().unwrap()).unwrap();
            if list.is_empty() {
                break;
            }
            rows.extend(list);
        }
        (rows, total)
    }
}

fn json_of(reply: &Reply) -> Value {
    serde_json::from_slice(&reply.response.body).unwrap_or(Value::Null)
}

fn texts(rows: &[Value], field: &str) -> Vec<String> {
    rows.iter().map(|r| r[field].as_str().unwrap_or_default().to_owned()).collect()
}
