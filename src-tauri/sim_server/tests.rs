//! The served world, over a real socket and in the process.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use axum::{Router, extract::State, http::HeaderMap};
use serde_json::{Value, json};

use super::*;
use crate::{
    sim::{Fault, FaultPlan, HookKey, STORY_START, Script, When},
    vendor::transport::{Method, Request, Transport, TransportError},
};

fn client() -> reqwest::Client {
    reqwest::Client::builder().no_proxy().build().unwrap()
}

async fn served(script: Script) -> (Running, HandClock) {
    let hand = HandClock::at(script.start);
    let world = share(World::new(script));
    (serve(world, ServeOptions::new(hand.clock())).await.unwrap(), hand)
}

async fn signed_in(base_url: &str) -> String {
    let answer = client()
        .post(format!("{base_url}/service/cloud/auth"))
        .body(json!({ "APPKey": "demo", "APPSecret": "demo" }).to_string());
    let answer: Value = answer.send().await.unwrap().json().await.unwrap();
    format!("Token {}", answer["data"]["token"].as_str().unwrap())
}

fn calls_with_recording(world: &SharedWorld) -> Vec<String> {
    lock(world).truth().calls.into_iter().filter_map(|c| c.recording).collect()
}

#[tokio::test]
async fn a_client_signs_in_lists_and_fetches_a_recording() {
    let (running, _) = served(Script::story(7)).await;
    let token = signed_in(&running.base_url).await;
    let list = format!("{}/service/cloud/workflow/instancelist?page_size=5", running.base_url);
    let answer = client().get(list).header("Authorization", token).send().await.unwrap();
    assert_eq!(answer.headers()["content-type"], "application/json; charset=utf-8");
    assert_eq!(answer.headers()["date"], "Fri, 20 Nov 2026 02:00:00 GMT", "the world's time");
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(answer["data"]["list"].as_array().unwrap().len(), 5);
    let link = calls_with_recording(&running.world).remove(0);
    assert!(link.starts_with(&running.base_url), "{link}");
    let sound = client().get(link).send().await.unwrap();
    assert_eq!(sound.headers()["content-type"], "audio/wav");
    assert_eq!(&sound.bytes().await.unwrap()[..4], b"RIFF");
    running.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_cut_body_breaks_the_connection_in_its_middle() {
    let (running, _) = served(Script::story(7)).await;
    let link = calls_with_recording(&running.world).remove(0);
    for fault in [Fault::CutBody, Fault::Reset] {
        lock(&running.world).set_faults(FaultPlan::none().with(fault, When::Every(1)));
        let read = match client().get(&link).send().await {
            Ok(answer) => answer.bytes().await.map(|b| b.len()),
            Err(error) => Err(error),
        };
        assert!(read.is_err(), "{}: {read:?}", fault.name());
    }
    lock(&running.world).set_faults(FaultPlan::none());
    assert!(client().get(&link).send().await.unwrap().bytes().await.is_ok());
}

#[tokio::test]
async fn in_the_process_the_same_world_answers_at_the_clocks_time() {
    let hand = HandClock::at(STORY_START);
    let world = share(World::new(Script::story(7)));
    let transport = SimTransport::new(world.clone(), hand.clock());
    let ask = |url: &str| Request {
        method: Method::Get,
        url: url.to_owned(),
        headers: Vec::new(),
        body: "".into(),
    };
    hand.advance(60_000);
    let link = calls_with_recording(&world).remove(0);
    let whole = transport.send(ask(&link), 1 << 24).await.unwrap();
    assert_eq!((whole.status, lock(&world).now()), (200, STORY_START + 60_000));
    let small = transport.send(ask(&link), 1_000).await.unwrap_err();
    assert_eq!(small, TransportError::TooLarge { limit: 1_000 });
    for fault in [Fault::CutBody, Fault::Reset] {
        lock(&world).set_faults(FaultPlan::none().with(fault, When::Every(1)));
        let cut = transport.send(ask(&link), 1 << 24).await.unwrap_err();
        assert!(matches!(cut, TransportError::Cut(_)) && !cut.nothing_was_sent());
    }
}

type Received = Arc<Mutex<Vec<(HeaderMap, Value)>>>;

/// A receiver that fails the first time and then takes everything.
async fn receiver() -> (String, Received) {
    async fn take(
        State(kept): State<Received>,
        head: HeaderMap,
        body: String,
    ) -> axum::http::StatusCode {
        let mut kept = kept.lock().unwrap();
        kept.push((head, serde_json::from_str(&body).unwrap()));
        match kept.len() {
            1 => axum::http::StatusCode::INTERNAL_SERVER_ERROR,
            _ => axum::http::StatusCode::OK,
        }
    }
    let kept = Received::default();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let routes = Router::new().fallback(axum::routing::any(take)).with_state(kept.clone());
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (url, kept)
}

#[tokio::test]
async fn webhooks_are_posted_and_an_abnormal_answer_is_tried_again() {
    let (url, kept) = receiver().await;
    let mut delivery = HookDelivery::to(&url).unwrap();
    delivery.keys = vec![HookKey::ChatEnded];
    delivery.retry_after = Duration::from_millis(50);
    let hand = HandClock::at(STORY_START);
    let world = share(World::new(Script::story(7)));
    let hooks = Some(delivery);
    let running =
        serve(world, ServeOptions { hooks, ..ServeOptions::new(hand.clock()) }).await.unwrap();
    hand.advance(1_800_000);
    let mut expected = World::new(Script::story(7));
    expected.set_base_url(&running.base_url);
    let due = expected.due_webhooks(STORY_START + 1_800_000);
    let ended = due.iter().filter(|h| h.key == HookKey::ChatEnded).count();
    assert!(ended > 1);
    for _ in 0..400 {
        if kept.lock().unwrap().len() > ended {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    let kept = kept.lock().unwrap();
    assert_eq!(kept.len(), ended + 1, "all, and the first one twice");
    assert_eq!(kept.iter().filter(|(_, b)| *b == kept[0].1).count(), 2);
    assert!(kept.iter().any(|(head, _)| head.contains_key("x-airudder-sign")));
}

#[test]
fn webhooks_stay_on_this_machine() {
    for url in ["http://127.0.0.1:9/x", "http://localhost:9/{key}", "http://[::1]:9/"] {
        assert!(HookDelivery::to(url).is_ok(), "{url}");
    }
    for url in ["http://example.com/", "https://127.0.0.1/", "http://127.0.0.1.example.com/", "x"] {
        assert!(matches!(HookDelivery::to(url), Err(SimError::HookUrl(_))), "{url}");
    }
}

#[test]
fn the_profile_confirms_what_is_served_and_nothing_documented() {
    let table: toml::Table = profile_text(false).parse().unwrap();
    assert_eq!(table["reads"].as_str(), Some("assumed"));
    assert_eq!(table["family"]["chatbot"]["sign"].as_str(), Some("none"));
    let endpoints = table["endpoint"].as_table().unwrap();
    assert!(endpoints["workflow.stop"]["confirmed"].is_str());
    assert!(!endpoints.contains_key("workflow.outbound_details"));
    let known: toml::Table = profile_text(true).parse().unwrap();
    assert!(!known.contains_key("endpoint"));
}

#[tokio::test]
async fn what_is_announced_is_there_and_the_profile_goes_with_the_simulator() {
    let options = SimOptions {
        port: 0,
        seed: 1,
        speed: 1.0,
        faults: "none".to_owned(),
        known_only: false,
        scramble: None,
        hook_url: None,
        hook_sign: None,
        hook_aes: None,
        profile_folder: None,
        wall: HandClock::at(STORY_START + 123).clock(),
    };
    let started = announce::Started::with(options).await.unwrap();
    let line = started.announcement.clone();
    assert_eq!((line.key.as_str(), line.secret.as_str()), ("demo", "demo"));
    signed_in(&line.base_url).await;
    let index = client().get(format!("{}/llms.txt", line.docs)).send().await.unwrap();
    assert!(index.text().await.unwrap().contains("[Stop the Workflow Task]"));
    assert_eq!(std::fs::read_to_string(&line.profile).unwrap(), profile_text(false));
    drop(started);
    assert!(!std::path::Path::new(&line.profile).exists());
}

#[test]
fn the_profile_of_a_shuffled_contract_names_no_path() {
    let table: toml::Table = unmapped_profile_text("http://127.0.0.1:1/docs").parse().unwrap();
    assert_eq!(table["reads"].as_str(), Some("known"));
    assert_eq!(table["documentation"]["url"].as_str(), Some("http://127.0.0.1:1/docs"));
    assert!(!table.contains_key("endpoint") && !table.contains_key("record"));
}

#[test]
fn a_faster_clock_runs_ahead_of_the_wall() {
    let wall = HandClock::at(1_000);
    let fast = at_speed(wall.clock(), 10.0);
    wall.advance(2_000);
    assert_eq!(fast(), 21_000);
}
