//! The predictive dialer's own sign-in and tasks, and the signature of chatbot requests.

use super::*;
use crate::sim::sign;

const AUTH: &str = "/service/callcenter/call/predict/auth";
const TASKS: &str = "/service/callcenter/call/predict/querytasklist";

#[test]
fn the_dialer_has_a_token_of_its_own() {
    let mut desk = Desk::story();
    let ask = json!({ "minstarttime": "2026-01-01 00:00:00", "maxstarttime": "2026-12-31 00:00:00", "limit": 5, "offset": 5 });
    assert_eq!(desk.post(TASKS, &ask)["code"], 10_813, "the Cloud's token is none of the dialer's");
    let answer = desk.post(AUTH, &json!({ "APPKey": "demo", "APPSecret": "demo" }));
    assert_eq!(answer["code"], 0);
    desk.token = answer["body"]["token"].as_str().unwrap().to_owned();
    let page = desk.post(TASKS, &ask)["body"].take();
    assert_eq!(page["list"].as_array().unwrap().len(), 5);
    assert!(page["total"].as_u64().unwrap() >= 10);
    for field in ["taskId", "name", "groupName", "state", "source", "actualStartTime"] {
        assert!(page["list"][0][field].is_string(), "{field}");
    }
    let wrong = desk.post(AUTH, &json!({ "APPKey": "demo", "APPSecret": "guess" }));
    assert_eq!(wrong["code"], 10_301);
}

#[test]
fn a_dialers_task_has_calls_and_a_call_has_a_recording() {
    const DETAILS: &str = "/service/callcenter/call/predict/querytaskdetail";
    const RECORDING: &str = "/service/callcenter/call/predict/case/recording";
    let mut desk = Desk::story();
    let answer = desk.post(AUTH, &json!({ "APPKey": "demo", "APPSecret": "demo" }));
    desk.token = answer["body"]["token"].as_str().unwrap().to_owned();
    let tasks = desk.post(TASKS, &json!({ "limit": 500 }))["body"]["list"].take();
    let mut calls = Vec::new();
    for task in tasks.as_array().unwrap() {
        let page = desk.post(DETAILS, &json!({ "taskId": task["taskId"], "limit": 500 }));
        assert_eq!(page["code"], 0, "{page}");
        let rows = page["body"]["list"].as_array().unwrap().clone();
        assert!(rows.iter().all(|row| row["taskId"] == task["taskId"]));
        assert_eq!(page["body"]["total"], rows.len());
        calls.extend(rows);
    }
    let times = |row: &Value| row["calltime"].as_str().is_some_and(|t| t.ends_with("+08:00"));
    assert!(calls.len() > 5 && calls.iter().all(times), "{calls:?}");
    let linked = calls.iter().find(|row| row["reclink"] != "").unwrap();
    let told = desk.post(RECORDING, &json!({ "callid": linked["callid"] }));
    assert_eq!(told["body"]["link"], linked["reclink"]);
    assert_eq!(desk.post(RECORDING, &json!({}))["code"], 10_608);
    assert_eq!(desk.post(RECORDING, &json!({ "callid": "x" }))["code"], 10_609);
    assert_eq!(desk.post(DETAILS, &json!({ "taskId": "x" }))["code"], 10_506);
}

#[test]
fn a_chatbot_request_must_be_signed_where_the_script_says_so() {
    let script = Script {
        chat_key: Some("chat-key".to_owned()),
        chat_sign: Some(("hmac-sha256-hex".to_owned(), "chat-secret".to_owned())),
        ..Script::story(7)
    };
    let mut world = World::new(script);
    let body = "{\"page\":1}";
    let mut ask = |key: &str, signature: &str| {
        let headers = vec![
            ("X-AIRudder-Sign-Key".to_owned(), key.to_owned()),
            ("X-AIRudder-Sign".to_owned(), signature.to_owned()),
        ];
        let url = "http://sim/api/v1/session/list".to_owned();
        let request = Request { method: Method::Post, url, headers, body: body.to_owned().into() };
        json_of(&world.handle(START, &request))["code"].clone()
    };
    let right = sign::signature("hmac-sha256-hex", "", "chat-secret", body.as_bytes()).unwrap();
    assert_eq!(ask("chat-key", &right), 200);
    assert_eq!(ask("chat-key", "0000"), 401);
    assert_eq!(ask("other", &right), 401);
}
