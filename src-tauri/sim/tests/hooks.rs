//! Webhooks of every kind.

use super::*;
use crate::sim::{hooks::HookKey, sign};

fn two_hours(script: Script) -> Vec<Hook> {
    World::new(script).due_webhooks(START + 2 * 3_600_000)
}

fn body(hook: &Hook) -> Value {
    serde_json::from_slice(&hook.body).unwrap()
}

#[test]
fn every_kind_is_sent_and_no_event_twice() {
    let hooks = two_hours(Script::demo(7));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for hook in &hooks {
        *kinds.entry(hook.key.key()).or_default() += 1;
    }
    for key in HookKey::ALL {
        assert!(kinds.contains_key(key.key()), "{} in {kinds:?}", key.key());
    }
    assert!(hooks.len() > 10_000, "{kinds:?}");
    let once: BTreeSet<_> = hooks.iter().map(|h| (h.key, &h.id)).collect();
    assert_eq!(once.len(), hooks.len());
}

#[test]
fn only_known_kinds_are_sent_where_only_those_are_asked_for() {
    let kinds: BTreeSet<&str> =
        two_hours(Script::story(7).known_only(true)).iter().map(|h| h.key.key()).collect();
    assert!(kinds.contains("hook.chat_ended") && !kinds.contains("hook.plan"), "{kinds:?}");
}

#[test]
fn bodies_are_signed_as_they_are_sent() {
    let sign_by = ("hmac-sha256".to_owned(), "hook-secret".to_owned());
    let script = Script { hook_sign: Some(sign_by), ..Script::story(7) };
    let sealed = Script { hook_aes: Some("0123456789abcdef".to_owned()), ..script.clone() };
    for hooks in [two_hours(script), two_hours(sealed.clone())] {
        assert!(!hooks.is_empty());
        for hook in &hooks {
            let wanted = sign::signature("hmac-sha256-hex", "", "hook-secret", &hook.body);
            let given = hook.headers.iter().find(|(name, _)| name == "X-AIRudder-Sign");
            assert_eq!(given.map(|(_, value)| value.clone()), wanted);
        }
    }
    assert!(two_hours(sealed).iter().all(|hook| body(hook)["encrypt"].is_string()));
}

#[test]
fn under_a_shuffled_contract_documented_names_stay_and_the_others_do_not() {
    let script = Script::story(7).scrambled(Some(7));
    let contract = World::new(script.clone()).contract.clone();
    let hooks = two_hours(script);
    let first = |key| body(hooks.iter().find(|h| h.key == key).unwrap());
    let status = first(HookKey::WorkflowStatus);
    assert!(status["status"].is_i64() && status["workflow_id"].is_string(), "{status}");
    let tasks = status["actions"].as_array().unwrap().iter();
    assert!(tasks.clone().filter_map(|a| a.get("task_status")).all(Value::is_i64));
    let call = first(HookKey::CallCompleted);
    let layout = contract.layout(super::super::contract::Row::Call).unwrap();
    let id = format!("/{}", layout.fields["callid"].join("/"));
    assert!(call.get("callid").is_none() && call.pointer(&id).is_some(), "{call}");
    assert!(first(HookKey::ChatEnded)["call_id"].is_string());
}
