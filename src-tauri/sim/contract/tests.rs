//! The shuffled contract over the world: everything can still be asked, and the answers are the
//! canonical ones in other words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::*;
use crate::{
    sim::{STORY_START, Script, World},
    vendor::transport::Request,
};

const SEEDS: std::ops::Range<u64> = 0..12;

/// Asks a world by a contract, as one who knows it.
struct Caller {
    world: World,
    token: String,
}

impl Caller {
    fn at(scramble: Option<u64>) -> Self {
        let script = Script::story(7).scrambled(scramble);
        let mut caller = Self { world: World::new(script), token: String::new() };
        let answer = caller.ask("auth", &[("APPKey", "demo"), ("APPSecret", "demo")]);
        caller.token = answer["data"]["token"].as_str().unwrap().to_owned();
        caller
    }

    /// Our names and values; what the endpoint does not take is left out.
    fn ask(&mut self, key: &str, params: &[(&str, &str)]) -> Value {
        let served = self.world.contract.served(key).unwrap().clone();
        let (mut path, mut query, mut body) = (served.path.clone(), Vec::new(), Map::new());
        for param in &served.params {
            let given = params.iter().find(|(ours, _)| *ours == param.ours);
            let Some((_, value)) = given else { continue };
            match param.place {
                Place::Query => {
                    query.push(format!("{}={}", param.name, value.replace('+', "%2B")));
                }
                Place::Body => drop(body.insert(param.name.clone(), (*value).into())),
                Place::Path => path = path.replace(&format!("{{{}}}", param.name), value),
            }
        }
        let url = format!("http://sim{path}?{}", query.join("&"));
        let body = if body.is_empty() { String::new() } else { Value::Object(body).to_string() };
        self.send(served.method, url, body)
    }

    fn send(&mut self, method: Method, url: String, body: String) -> Value {
        let headers = vec![("Authorization".to_owned(), format!("Token {}", self.token))];
        let request = Request { method, url, headers, body: body.into() };
        let reply = self.world.handle(STORY_START, &request);
        serde_json::from_slice(&reply.response.body).unwrap()
    }

    /// All rows of a list, by whatever paging it has.
    fn rows(&mut self, key: &str, ask: &[(&str, &str)]) -> Vec<Value> {
        let served = self.world.contract.served(key).unwrap().clone();
        let (mut rows, mut cursor, mut page) = (Vec::new(), String::new(), 1);
        loop {
            let (number, skip) = (page.to_string(), ((page - 1) * 3).to_string());
            let mut params = ask.to_vec();
            params.extend([("page", number.as_str()), ("offset", &skip), ("cursor", &cursor)]);
            params.extend([("page_size", "3"), ("Page", &number), ("Number", "3")]);
            let answer = self.ask(key, &params);
            assert_eq!(answer["code"], 200, "{key}: {answer}");
            let at = |walk: &Walk| answer["data"].pointer(&format!("/{}", walk.join("/")));
            let some = at(&served.list).unwrap().as_array().unwrap().clone();
            let told = served.cursor.as_ref().map(|walk| at(walk).unwrap().as_str().unwrap());
            let whole = served.paging == Paging::None;
            let over = told.map_or(some.len() < 3, str::is_empty) || whole || page > 60;
            cursor = told.unwrap_or_default().to_owned();
            rows.extend(some);
            if over {
                return rows;
            }
            page += 1;
        }
    }
}

fn parameters(caller: &Caller) -> Vec<(&'static str, String)> {
    let truth = caller.world.truth();
    // Of Leads Generation, so that its endpoints know it too.
    let leads = |id: &str| truth.workflows.iter().any(|w| w.id == id && w.template == "10275");
    let call = truth.calls.iter().find(|c| c.recording.is_some() && leads(&c.workflow)).unwrap();
    let waba = truth.waba_messages.iter().map(|m| m.task.clone()).next().unwrap();
    vec![
        ("workflow_id", call.workflow.clone()),
        ("task_id", call.task.clone()),
        ("waba_task_id", waba),
        ("callid", call.id.clone()),
        ("callee", call.callee.clone()),
        ("call_id", truth.sessions[0].id.clone()),
    ]
}

/// What the endpoints of calling tasks and plans are asked with.
fn dialled(caller: &Caller) -> Vec<(&'static str, String)> {
    let truth = caller.world.truth();
    let plan = truth.plans.iter().find(|p| p.status == "FINISHED").unwrap().id.clone();
    let of_plan = |task: &String| truth.rounds.iter().any(|r| r.plan == plan && r.task == *task);
    let mut calls = truth.task_calls.iter().filter(|c| c.recording.is_some());
    let call = calls.find(|c| of_plan(&c.task)).unwrap();
    vec![
        ("TaskID", call.task.clone()),
        ("PlanID", plan),
        ("callid", call.id.clone()),
        ("Callee", call.callee.clone()),
        ("Type", "plan".to_owned()),
    ]
}

fn given_to(key: &str, plain: &Caller) -> Vec<(&'static str, String)> {
    let mut given = match key.starts_with("task.") || key.starts_with("plan.") {
        true => dialled(plain),
        false => parameters(plain),
    };
    given.retain(|(name, _)| key != "task.list" || *name != "Type");
    given
}

fn borrowed<'g>(given: &'g [(&'static str, String)]) -> Vec<(&'g str, &'g str)> {
    given.iter().map(|(name, value)| (*name, value.as_str())).collect()
}

#[test]
fn every_list_of_a_shuffled_contract_holds_the_rows_of_the_canonical_one() {
    let mut plain = Caller::at(None);
    let lists = |key: &&str| pages::page(key).is_some_and(|p| matches!(p.answer, Answer::List(..)));
    let keys = ROUTES.iter().map(|r| r.key).filter(|key| !key.starts_with("pds."));
    let keys: Vec<&str> = keys.filter(lists).filter(|key| *key != "chat.messages").collect();
    let mut wanted: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for key in &keys {
        let given = given_to(key, &plain);
        wanted.insert(key, plain.rows(key, &borrowed(&given)));
    }
    assert!(wanted.values().all(|rows| !rows.is_empty()), "{wanted:?}");
    for seed in SEEDS {
        let mut other = Caller::at(Some(seed));
        for key in &keys {
            let Some(Answer::List(row, _)) = pages::page(key).map(|p| p.answer) else { panic!() };
            let laid = wanted[key].iter().map(|r| other.world.contract.record(row, r.clone()));
            let laid: Vec<Value> = laid.collect();
            let given = given_to(key, &plain);
            assert_eq!(other.rows(key, &borrowed(&given)), laid, "scramble {seed}, {key}");
        }
        for (key, row) in [
            ("workflow.call_by_id", Row::Call),
            ("task.call_by_id", Row::Call),
            ("plan.status", Row::Plan),
        ] {
            let given = given_to(key, &plain);
            let one = other.ask(key, &borrowed(&given));
            let walk = other.world.contract.served(key).unwrap().list.join("/");
            let walk = if walk.is_empty() { "/data".to_owned() } else { format!("/data/{walk}") };
            let canonical = plain.ask(key, &borrowed(&given))["data"].take();
            let laid = other.world.contract.record(row, canonical);
            assert_eq!(one.pointer(&walk), Some(&laid), "scramble {seed}, {key}");
        }
    }
}

#[test]
fn a_stop_is_taken_under_its_own_path_and_under_no_other() {
    for seed in SEEDS {
        let mut caller = Caller::at(Some(seed));
        let running = Row::Workflow;
        let word = caller.world.contract.written(running, "Running");
        let truth = caller.world.truth();
        let id = truth.workflows.iter().find(|w| w.status == word).unwrap().id.clone();
        let body = json!({ "workflow_id": id }).to_string();
        let guessed = "http://sim/service/cloud/workflow/stopinstance".to_owned();
        let refused = caller.send(Method::Post, guessed, body);
        assert_eq!(refused["code"], 404, "the path that is only assumed");
        assert_eq!(caller.world.history().last().unwrap().endpoint, None);
        assert_eq!(caller.ask("workflow.stop", &[("workflow_id", &id)])["code"], 200);
        let asked = caller.world.history().last().unwrap();
        assert_eq!((asked.workflow_id.as_ref(), asked.effect), (Some(&id), true));
    }
}

#[test]
fn a_status_is_asked_for_by_its_number() {
    let mut caller = Caller::at(Some(3));
    let contract = caller.world.contract.clone();
    let word = contract.written(Row::Workflow, "Finished");
    let rows = caller.rows("workflow.list", &[("status", word)]);
    let walk = &contract.layout(Row::Workflow).unwrap().fields["status"];
    let status = |row: &Value| row.pointer(&format!("/{}", walk.join("/"))).cloned();
    assert!(!rows.is_empty());
    let number: i64 = word.parse().unwrap();
    assert!(rows.iter().all(|row| status(row) == Some(number.into())));
}

#[test]
fn a_shuffled_contract_differs_from_ours_and_contradicts_nothing() {
    let canonical = Contract::canonical();
    for seed in 0..60 {
        let contract = Contract::in_force(Some(seed));
        assert_eq!(contract, Contract::in_force(Some(seed)));
        let paths: BTreeSet<_> =
            contract.served.iter().map(|s| (s.method.word(), &s.path)).collect();
        assert_eq!(paths.len(), ROUTES.len(), "scramble {seed}: a path twice");
        let cursors = contract.served.iter().filter(|s| s.paging == Paging::Cursor).count();
        assert!(cursors >= 2, "scramble {seed}: {cursors} lists by cursor");
        for key in ["auth", "workflow.find", "chat.messages"] {
            assert_eq!(contract.served(key), canonical.served(key), "documented");
        }
        for served in &contract.served {
            let names: BTreeSet<&String> = served.params.iter().map(|p| &p.name).collect();
            assert_eq!(names.len(), served.params.len(), "scramble {seed}, {}", served.key);
        }
        for (row, layout) in &contract.rows {
            distinct(seed, *row, layout);
        }
    }
}

/// No two fields share a place, and none has a name that another field of its record has with us.
fn distinct(seed: u64, row: Row, layout: &Layout) {
    let plain = |name: &str| name.replace('_', "").to_lowercase();
    let walks: BTreeSet<&Walk> = layout.fields.values().collect();
    assert_eq!(walks.len(), layout.fields.len(), "scramble {seed}, {row:?}");
    for (ours, walk) in &layout.fields {
        let name = plain(walk.last().unwrap());
        let other = row.fields().iter().find(|f| f.name != *ours && plain(f.name) == name);
        assert_eq!(other.map(|f| f.name), None, "scramble {seed}, {row:?}: {name}");
    }
    let numbers: BTreeSet<&i64> = layout.numbers.values().collect();
    assert_eq!(numbers.len(), layout.numbers.len());
}

#[test]
fn the_world_sends_no_field_that_the_tables_lack() {
    let mut caller = Caller::at(None);
    for route in ROUTES.iter().filter(|r| r.key != "pds.tasks") {
        let Some(Answer::List(row, _)) = pages::page(route.key).map(|p| p.answer) else { continue };
        let given = given_to(route.key, &caller);
        let data = caller.ask(route.key, &borrowed(&given))["data"].take();
        for record in data["list"].as_array().unwrap() {
            for name in record.as_object().unwrap().keys().filter(|n| *n != "phoneNumber") {
                let known = row.fields().iter().any(|f| f.name.eq_ignore_ascii_case(name));
                assert!(known, "{}: {name}", route.key);
            }
        }
    }
}
