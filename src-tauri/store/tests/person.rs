//! Everything of one person, found by a record of theirs.

use sqlx::{AssertSqlSafe, Row};

use super::sample::{World, account, at, call, callee, calls, seen, session, sessions};
use crate::{
    domain::{
        call::Call,
        ids::{AccountId, CallId, MessageId, SessionId, WabaTaskId},
        waba::WabaMessage,
        workflow::Source,
    },
    store::{
        Batch, PersonOf, StoredPerson,
        reader::{
            lists::{TALLY, TALLY_GROUP},
            person::{CALLS, MESSAGES, SESSIONS, keys},
        },
    },
};

fn called(id: &str, number: Option<&str>, case_id: Option<&str>, called_at: i64) -> Call {
    Call {
        callee: number.and_then(callee),
        case_id: case_id.map(str::to_owned),
        called_at: Some(at(called_at)),
        ..call(id)
    }
}

fn message(id: &str, number: Option<&str>, case_id: Option<&str>) -> WabaMessage {
    WabaMessage {
        id: MessageId::from(id),
        task: WabaTaskId::from("t"),
        workflow: None,
        entry: None,
        callee: number.and_then(callee),
        case_id: case_id.map(str::to_owned),
        status: Some("sent".to_owned()),
        failure_code: None,
        failure_reason: None,
        sent_at: Some(at(5)),
        delivered_at: None,
        read_at: None,
        as_of: at(5),
    }
}

async fn person(world: &World, of: PersonOf, count: u32) -> StoredPerson {
    world.store.reader.person(&account(), &of, count).await.unwrap().unwrap()
}

fn ids(person: &StoredPerson) -> (Vec<&str>, Vec<&str>, Vec<&str>) {
    (
        person.calls.rows.iter().map(|row| row.call.id.as_str()).collect(),
        person.sessions.rows.iter().map(|row| row.session.id.as_str()).collect(),
        person.messages.rows.iter().map(|row| row.id.as_str()).collect(),
    )
}

#[tokio::test]
async fn a_person_is_all_that_shares_the_number_or_the_case() {
    let mut world = World::new().await;
    let mut chat = session("s1", 0);
    chat.callee = callee("6281");
    let mut other = session("s2", 0);
    other.callee = callee("6299");
    world.apply(sessions(vec![chat, other])).await;
    world
        .apply(calls(vec![
            called("c1", Some("+6281"), Some("case"), 10),
            called("c2", Some("6281"), None, 30),
            called("c3", Some("+6282"), Some("case"), 20),
            called("c4", Some("+6299"), Some("other"), 40),
            called("c5", None, Some("case"), 5),
        ]))
        .await;
    let messages = vec![
        message("m1", Some("6282"), None),
        message("m2", None, Some("case")),
        message("m3", Some("6299"), None),
    ];
    let batch =
        Batch { waba_messages: messages.into_iter().map(seen).collect(), ..Batch::default() };
    world.apply(batch).await;

    let found = person(&world, PersonOf::Call(CallId::from("c1")), 100).await;
    let all = (vec!["c2", "c3", "c1", "c5"], vec!["s1"], vec!["m2", "m1"]);
    assert_eq!(ids(&found), all, "newest first, in every spelling, each once");
    assert_eq!((found.numbers.len(), found.crowded, found.calls.total), (2, false, 4));

    let of_session = person(&world, PersonOf::Session(SessionId::from("s1")), 100).await;
    assert_eq!(ids(&of_session), (vec!["c2", "c1"], vec!["s1"], vec![]), "no case is named here");
    let of_message = person(&world, PersonOf::Waba(MessageId::from("m2")), 1).await;
    assert_eq!(ids(&of_message), (vec!["c2"], vec!["s1"], vec!["m2"]), "the newest one of each");
    assert_eq!(of_message.calls.total, 4);
}

#[tokio::test]
async fn a_case_of_too_many_numbers_names_nobody() {
    let mut world = World::new().await;
    let of = |n: i64| called(&format!("c{n}"), Some(&format!("62{n:03}")), Some("0"), n);
    world.apply(calls((0..40).map(of).collect())).await;
    let found = person(&world, PersonOf::Call(CallId::from("c7")), 100).await;
    assert!(found.crowded);
    assert_eq!(ids(&found).0, ["c7"]);
}

#[tokio::test]
async fn who_is_not_named_has_no_rows_and_other_accounts_are_other_people() {
    let mut world = World::new().await;
    world.apply(calls(vec![call("c1"), called("c2", Some("+62"), None, 1)])).await;
    let found = person(&world, PersonOf::Call(CallId::from("c1")), 100).await;
    assert_eq!(found, StoredPerson::default());

    let other = AccountId::from("other");
    let batch = calls(vec![called("c3", Some("+62"), None, 2)]);
    world.store.writer.apply(&other, Source::Api, at(0), batch).await.unwrap();
    assert_eq!(ids(&person(&world, PersonOf::Call(CallId::from("c2")), 9).await).0, ["c2"]);
    let reader = &world.store.reader;
    assert!(reader.person(&other, &PersonOf::Call(CallId::from("c2")), 9).await.unwrap().is_none());
}

async fn plan(world: &World, sql: String) -> String {
    let sql = format!("EXPLAIN QUERY PLAN {sql}");
    let rows = sqlx::query(AssertSqlSafe(sql)).fetch_all(&world.store.reader.pool).await.unwrap();
    let plan: Vec<String> = rows.iter().map(|row| row.get("detail")).collect();
    plan.join("; ")
}

#[tokio::test]
async fn outcomes_are_counted_from_the_index_alone() {
    let world = World::new().await;
    let plan = plan(&world, format!("{TALLY} WHERE r.workflow = 1 {TALLY_GROUP}")).await;
    assert!(plan.contains("USING COVERING INDEX waba_messages_by_outcome (workflow=?)"), "{plan}");
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[tokio::test]
async fn no_part_of_a_person_reads_a_whole_table() {
    let world = World::new().await;
    for (table, with_case, indexes) in [
        (&CALLS, true, vec!["calls_by_callee (callee=?)", "calls_by_case (case_id=?)"]),
        (&SESSIONS, false, vec!["sessions_by_callee (callee=?)"]),
        (
            &MESSAGES,
            true,
            vec!["waba_messages_by_callee (callee=?)", "waba_messages_by_case (case_id=?)"],
        ),
    ] {
        let plan = plan(&world, keys(table, 2, with_case).unwrap()).await;
        assert!(indexes.iter().all(|index| plan.contains(index)), "{plan}");
        for scan in ["SCAN calls", "SCAN sessions", "SCAN waba_messages", "FOR ORDER BY"] {
            assert!(!plan.contains(scan), "{plan}");
        }
    }
}
