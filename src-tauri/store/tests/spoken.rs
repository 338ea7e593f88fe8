//! What was said is found by its words, as soon as it is stored and as long as it is.

use proptest::prelude::*;
use sqlx::{AssertSqlSafe, Row};

use super::sample::{World, account, at, call, calls, session, sessions, transcript};
use crate::{
    domain::{
        call::{Call, Turn},
        ids::{AccountId, WorkflowId},
        search::Wanted,
        workflow::Source,
    },
    store::{Batch, Indexed, Kind, Spoken, SpokenAsk, StoredSpoken, open, reader},
};

const SAID: [&str; 8] = [
    "您好，请问您什么时候方便还款？",
    "Saya akan bayar besok pagi",
    "Could you call me back next week?",
    "我下周一还",
    "<b>bold</b> & \"quoted\" 100% 👍🤔",
    "مرحبا بالعالم",
    "ลูกค้าต้องการผ่อนชำระ",
    "next\nweek is fine, bayarlah",
];

async fn world() -> World {
    let mut world = World::new().await;
    world.apply(sessions(vec![session("s", 1)])).await;
    world.apply(transcript("s", &SAID, true)).await;
    world
}

async fn ask(world: &World, typed: &str) -> Vec<StoredSpoken> {
    let ask = SpokenAsk { wanted: Wanted::read(typed), count: 500, ..SpokenAsk::default() };
    let found = world.store.reader.spoken(&ask).await.unwrap();
    assert_eq!(usize::try_from(found.total).unwrap(), found.rows.len(), "{typed}");
    found.rows
}

async fn positions(world: &World, typed: &str) -> Vec<i64> {
    let position = |found: StoredSpoken| match found.what {
        Spoken::Message { message, .. } => message.position,
        Spoken::Dialogue { .. } => -1,
    };
    let mut all: Vec<i64> = ask(world, typed).await.into_iter().map(position).collect();
    all.sort_unstable();
    all
}

#[tokio::test]
async fn words_of_every_script_are_found() {
    let world = world().await;
    for (typed, expected) in [
        ("还款", vec![0]),
        ("还", vec![0, 3]),
        ("下周一", vec![3]),
        ("款还", vec![]),
        ("bayar", vec![1, 7]),
        ("bayar ", vec![1]),
        ("BESOK", vec![1]),
        ("besok saya", vec![1]),
        ("next week", vec![2, 7]),
        ("\"week next\"", vec![]),
        ("\"call me back\"", vec![2]),
        ("👍", vec![4]),
        ("🤔", vec![4]),
        ("👍🤔", vec![4]),
        ("بالعالم", vec![5]),
        ("ผ่อนชำระ", vec![6]),
        ("bold", vec![4]),
        ("100%", vec![4]),
        ("ayar", vec![]),
    ] {
        assert_eq!(positions(&world, typed).await, expected, "{typed}");
    }
}

#[tokio::test]
async fn no_text_is_syntax() {
    let world = world().await;
    for typed in [
        "",
        " ",
        "\"",
        "\"\"",
        "\"\"\"",
        "*",
        "next*",
        "NEAR(a b)",
        "words:next",
        "-next",
        "^next",
        "next AND",
        "OR",
        "NOT next",
        "(",
        ")",
        "{words}",
        "'; DROP TABLE spoken; --",
        "\u{0}",
        "next\u{0}week",
        "\u{202e}",
        "\u{e000}",
        "%",
        "_",
        "\\",
    ] {
        ask(&world, typed).await;
    }
    assert_eq!(positions(&world, "next*").await, [2, 7]);
    assert_eq!(positions(&world, "next\u{0}week").await, [2, 7]);
    for letter in ["a", "款", "\"", "a ", "\" "] {
        assert!(ask(&world, &letter.repeat(100_000)).await.is_empty());
    }
    let long = "kata ".repeat(20_000) + "terakhir";
    let mut world = world;
    world.apply(transcript("s", &[&long], true)).await;
    assert_eq!(positions(&world, "terakhir").await, [0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_was_said_is_found_by_itself(text in ".{1,80}", typed in ".{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut world = World::new().await;
            world.apply(transcript("s", &[&text], true)).await;
            ask(&world, &typed).await;
            // Letters that a newer Unicode has are found too, or not looked for.
            let wanted = Wanted::read(&text);
            if !wanted.is_nothing() && wanted.found_in(&text) == wanted.phrases.len() {
                assert_eq!(positions(&world, &text).await, [0], "{text:?}");
            }
        });
    }
}

#[tokio::test]
async fn the_index_follows_what_is_stored() {
    let mut world = world().await;
    world.apply(transcript("s", &["besok", "lusa"], true)).await;
    assert_eq!(positions(&world, "besok").await, [0]);
    assert_eq!(positions(&world, "lusa").await, [1]);
    assert!(ask(&world, "bayar").await.is_empty(), "it is not there any more");
    world.apply(transcript("s", &["besok"], true)).await;
    assert!(ask(&world, "lusa").await.is_empty());
    let removals = vec![(Kind::Session, "s".to_owned())];
    world.apply(Batch { removals, ..Batch::default() }).await;
    assert!(ask(&world, "besok").await.is_empty());
    assert_eq!(world.scalar("SELECT count(*) FROM spoken").await, 0);
}

fn spoken_call(id: &str, ms: i64, said: &[&str]) -> Call {
    let mut call = call(id);
    call.called_at = Some(at(ms));
    call.workflow = Some(WorkflowId::from("w"));
    call.workflow_name = Some("Collection".to_owned());
    let turn = |text: &&str| Turn {
        role: "user".to_owned(),
        text: (*text).to_owned(),
        start_ms: None,
        end_ms: None,
    };
    call.detail.dialogue = said.iter().map(turn).collect();
    call
}

#[tokio::test]
async fn calls_and_conversations_are_one_list_newest_first() {
    let mut world = world().await;
    let told = |id: &str, ms, said: &[&str]| spoken_call(id, ms, said);
    world
        .apply(calls(vec![
            told("old", 10, &["halo", "saya bayar", "besok"]),
            told("new", 20, &["bayar"]),
            told("silent", 30, &[]),
        ]))
        .await;
    let found = ask(&world, "bayar").await;
    let calls_of: Vec<_> = found
        .iter()
        .filter_map(|found| match &found.what {
            Spoken::Dialogue { call, .. } => Some(call.to_string()),
            Spoken::Message { .. } => None,
        })
        .collect();
    assert_eq!(calls_of, ["new", "old"]);
    let times: Vec<_> = found.iter().map(|found| found.at).collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]), "{times:?}");
    assert_eq!(found[0].workflow_name.as_deref(), Some("Collection"));
    assert!(ask(&world, "\"bayar besok\"").await.len() == 1, "no phrase goes over two turns");
    // Windows join up to the whole, and another account has none of it.
    let page = |anchor, account: Option<&str>| SpokenAsk {
        account: account.map(AccountId::from),
        wanted: Wanted::read("bayar"),
        anchor,
        count: 1,
    };
    let mut joined = Vec::new();
    for anchor in 0..4 {
        let window = world.store.reader.spoken(&page(anchor, Some("acme"))).await.unwrap();
        assert_eq!(window.total, 4);
        joined.extend(window.rows);
    }
    assert_eq!(joined, found);
    let other = world.store.reader.spoken(&page(0, Some("other"))).await.unwrap();
    assert_eq!((other.total, other.rows.len()), (0, 0));
    world.store.writer.forget(&account()).await.unwrap();
    assert!(ask(&world, "bayar").await.is_empty());
}

/// As a store stood before there was an index.
#[tokio::test]
async fn an_older_store_is_looked_through_a_few_rows_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let mut world = World { store: open(&file).await.unwrap(), folder };
    world.apply(sessions(vec![session("s", 1)])).await;
    world.apply(transcript("s", &SAID, true)).await;
    let many = (0..20).map(|n| spoken_call(&format!("c{n}"), n, &["bayar"])).collect();
    world.apply_from(Source::Api, calls(many)).await;
    drop(world.store);
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut conn = sqlx::ConnectOptions::connect(&options).await.unwrap();
    for sql in [
        "DROP TABLE spoken_words",
        "DROP TABLE spoken",
        "DROP TABLE spoken_due",
        "DROP TRIGGER spoken_with_message",
        "DROP TRIGGER spoken_with_call",
        "DELETE FROM _sqlx_migrations WHERE version = 10",
    ] {
        sqlx::query(sql).execute(&mut conn).await.unwrap();
    }
    sqlx::Connection::close(conn).await.unwrap();
    let mut world = World { store: open(&file).await.unwrap(), ..world };
    let indexed = |looked| Some(Indexed { looked, of: 28 });
    assert_eq!(world.store.reader.indexed().await.unwrap(), indexed(0));
    assert!(ask(&world, "bayar").await.is_empty());
    assert!(world.store.spoken.catch_up(5).await.unwrap());
    assert_eq!(world.store.reader.indexed().await.unwrap(), indexed(5));
    assert_eq!(positions(&world, "bayar").await, [1]);
    // What is written meanwhile is found at once, and once.
    world.apply(transcript("s", &["bayar!"], true)).await;
    world.apply(calls(vec![spoken_call("c19", 5, &["bayar dulu"])])).await;
    while world.store.spoken.catch_up(5).await.unwrap() {}
    assert_eq!(world.store.reader.indexed().await.unwrap(), None);
    assert_eq!(ask(&world, "bayar").await.len(), 21);
    assert_eq!(ask(&world, "dulu").await.len(), 1);
    assert!(!world.store.spoken.catch_up(5).await.unwrap());
}

#[tokio::test]
async fn a_search_goes_by_the_index() {
    let world = world().await;
    for account in [None, Some("acme")] {
        for head in ["count(*)", "s.n, s.at"] {
            let sql = format!("EXPLAIN QUERY PLAN SELECT {head} FROM {}", reader::spoken::FROM);
            let rows = sqlx::query(AssertSqlSafe(sql))
                .bind("\"next\"")
                .bind(account)
                .fetch_all(&world.store.reader.pool)
                .await
                .unwrap();
            let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
            let plan = plan.join("; ");
            assert!(plan.contains("f VIRTUAL TABLE INDEX"), "{plan}");
            assert!(plan.contains("SEARCH s USING INTEGER PRIMARY KEY"), "{plan}");
            assert!(!plan.contains("SCAN s"), "{plan}");
        }
    }
}
