//! The check against whatever a vendor may answer.

use std::sync::Arc;

use bytes::Bytes;

use super::*;
use crate::vendor::{
    Key, Limits, Profile, Reads, Settings, connect,
    transport::{Answer, Method, Request, Response, Transport, TransportError},
};

/// Signs everybody in and answers everything else alike.
struct Same(Result<(u16, Vec<u8>), TransportError>);

impl Transport for Same {
    fn send<'a>(&'a self, request: Request, _: usize) -> Answer<'a> {
        Box::pin(async move {
            let token = (200, br#"{"code":200,"data":{"token":"t"}}"#.to_vec());
            let answer = if request.url.ends_with("/auth") { Ok(token) } else { self.0.clone() };
            let ok = |(status, body): (u16, Vec<u8>)| Response {
                status,
                headers: Vec::new(),
                body: Bytes::from(body),
            };
            answer.map(ok)
        })
    }
}

fn reads(profile: &str, transport: Arc<dyn Transport>) -> Reads {
    let settings = Settings {
        base_url: "http://127.0.0.1:9".to_owned(),
        key: "key".to_owned(),
        secret: "secret".to_owned().into(),
        chatbot: None,
        pds: None,
        profile: Profile::parse(profile).unwrap(),
        budget_per_s: 100_000.0,
        clock: Arc::new(|| crate::domain::time::Timestamp(1_795_140_000_000)),
        limits: Limits::default(),
    };
    connect(settings, transport).unwrap().0
}

async fn checked(profile: &str, answer: Result<(u16, Vec<u8>), TransportError>) -> Vec<Row> {
    let examples = Examples {
        workflow: Some("w".into()),
        task: Some("t".into()),
        call: Some("c".into()),
        callee: Some(Callee::new("+6281234564821")),
        waba_task: Some("b".into()),
        session: Some("s".into()),
        ..Examples::default()
    };
    let reads = reads(profile, Arc::new(Same(answer)));
    let scope = Scope { guesses: true, leads: true };
    check(&reads, &Surroundings::default(), examples, scope, |_| {}).await
}

fn row<'a>(rows: &'a [Row], key: &str) -> &'a Row {
    rows.iter().find(|row| row.key == key).unwrap()
}

/// Endpoints that have a row of their own, the sign-in aside.
const ROWS: usize = super::ask::ASKED.len() + super::ask::OTHERWISE_SIGNED.len();

const OPEN: &str = "reads = \"assumed\"\n[family.chatbot]\nsign = \"none\"";

#[tokio::test]
async fn guessed_gets_are_asked_and_guessed_posts_never() {
    let rows = checked("", Ok((404, Vec::new()))).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.http, list.next, list.grade), (Some(404), Next::Path, Grade::Trouble));
    let tasks = row(&rows, "workflow.outbound_tasks");
    assert_eq!((tasks.http, tasks.next, tasks.grade), (None, Next::Path, Grade::NotTested));
    // Its path is documented.
    assert_eq!(row(&rows, "workflow.find").http, Some(404));
    assert_eq!(row(&rows, "chat.messages").next, Next::Sign);
    assert_eq!(row(&rows, "cloud.auth").next, Next::Nothing);
}

#[tokio::test]
async fn consent_in_the_profile_does_not_open_a_guessed_post_either() {
    let rows = checked(OPEN, Ok((200, br#"{"code":200,"data":{"list":[]}}"#.to_vec()))).await;
    assert_eq!(row(&rows, "workflow.outbound_tasks").http, None);
    assert_eq!(row(&rows, "workflow.list").grade, Grade::Good);
}

#[tokio::test]
async fn nothing_that_comes_back_is_asked_twice_after_a_pause_was_asked_for() {
    let rows = checked(OPEN, Ok((429, Vec::new()))).await;
    assert_eq!(row(&rows, "workflow.templates").http, Some(429));
    let list = row(&rows, "workflow.list");
    assert_eq!((list.http, list.next), (None, Next::Later));
}

#[test]
fn every_key_of_the_check_is_a_read() {
    for row in super::ask::ASKED {
        assert!(
            Key::parse(row.as_str()).is_some() && row.endpoint().method != Method::Post
                || row.endpoint().kind == crate::vendor::catalogue::Kind::Read
        );
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_body_is_a_row_for_each_key(status in 100_u16..600, body in "\\PC{0,60}") {
        let rows = runtime().block_on(checked(OPEN, Ok((status, body.into_bytes()))));
        proptest::prop_assert_eq!(rows.len(), 5 + 1 + ROWS);
    }

    #[test]
    fn any_rows_are_a_row_for_each_key(value in "[0-9a-z\\[\\]{}\":,]{0,40}") {
        let body = format!(r#"{{"code":200,"data":{{"list":[{value}]}}}}"#);
        let rows = runtime().block_on(checked(OPEN, Ok((200, body.into_bytes()))));
        proptest::prop_assert_eq!(rows.len(), 5 + 1 + ROWS);
    }
}
