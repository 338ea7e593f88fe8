//! Recordings and webhooks.

use super::*;

fn samples(wav: &[u8]) -> Vec<[i16; 2]> {
    let sample = |b: &[u8]| i16::from_le_bytes([b[0], b[1]]);
    wav[44..].chunks_exact(4).map(|f| [sample(&f[..2]), sample(&f[2..])]).collect()
}

#[test]
fn a_recording_is_stereo_telephone_sound_with_both_speakers_in_turn() {
    let mut desk = Desk::story();
    let calls = desk.world.truth().calls;
    let mut heard = 0;
    for call in calls.iter().filter(|c| c.recording.is_some()).take(8) {
        let path = format!("/recordings/{}.wav", call.id);
        let wav = desk.send(Method::Get, &path, "").response.body;
        assert_eq!((&wav[..4], &wav[8..16]), (b"RIFF".as_slice(), b"WAVEfmt ".as_slice()));
        let field = |at: usize| u16::from_le_bytes([wav[at], wav[at + 1]]);
        if field(22) == 1 {
            continue;
        }
        assert_eq!((field(20), field(22), field(24), field(34)), (1, 2, 8_000, 16));
        let sound = samples(&wav);
        let seconds = sound.len() / 8_000;
        assert!((20..=128).contains(&seconds), "{seconds} s");
        assert_eq!(i64::try_from(sound.len()).unwrap() / 8, call.talk_ms.unwrap());
        let loud = |lane: usize| sound.iter().filter(|f| f[lane].unsigned_abs() > 1_500).count();
        assert!(loud(0) > 4_000 && loud(1) > 4_000, "{} {}", loud(0), loud(1));
        let both = sound.iter().filter(|f| f.iter().all(|s| s.unsigned_abs() > 400)).count();
        assert_eq!(both, 0, "they speak in turn");
        let first = sound.iter().position(|f| f.iter().any(|s| s.unsigned_abs() > 1_500)).unwrap();
        assert!(sound[first][0].unsigned_abs() > 1_500, "the left begins");
        heard += 1;
    }
    assert!(heard > 4);
}

#[test]
fn a_recording_is_made_quickly() {
    let mut desk = Desk::story();
    let calls = desk.world.truth().calls;
    let longest = calls.iter().filter(|c| c.recording.is_some()).max_by_key(|c| c.talk_ms).unwrap();
    let path = format!("/recordings/{}.wav", longest.id);
    let first = desk.send(Method::Get, &path, "").response.body;
    assert_eq!(first, desk.send(Method::Get, &path, "").response.body);
    assert!(first.len() > 40_000);
}

#[test]
fn ended_sessions_are_told_with_every_documented_field() {
    // Short lists with many sessions, for days.
    let script = Script { entries: (10, 20), sessions: (3, 6), ..Script::story(6) };
    let hooks = World::new(script).due_webhooks(START + 20 * 3_600_000);
    let ended: Vec<&Hook> = hooks.iter().filter(|h| h.key == HookKey::ChatEnded).collect();
    let bodies: Vec<Value> =
        ended.iter().map(|h| serde_json::from_slice(&h.body).unwrap()).collect();
    let required = [
        "workflow_id",
        "workflow_name",
        "nodetask_id",
        "nodetask_name",
        "waba_task_id",
        "wfdetail_uuid",
        "timestamp",
        "channel",
        "channel_id",
        "callee",
        "call_id",
        "robot_id",
        "status",
        "session_start_time",
        "session_end_time",
        "ner_slots",
        "event_label",
        "variables",
    ];
    for body in &bodies {
        for field in required {
            assert!(!body[field].is_null(), "{field} in {body}");
        }
        assert!(body["callee"].as_str().unwrap().starts_with('+'));
        assert!(!body["channel_id"].as_str().unwrap().starts_with('+'));
    }
    assert!(ended.len() > 60);
    let signed = |h: &&&Hook| h.headers.iter().any(|(name, _)| name == "X-AIRudder-Sign");
    assert!(ended.iter().any(|h| signed(&h)) && ended.iter().any(|h| !signed(&h)));
    let has = |test: &dyn Fn(&Value) -> bool| bodies.iter().any(test);
    assert!(has(&|b| b["messages"].as_array().is_some_and(|m| m.len() > 5)));
    assert!(has(&|b| b.get("messages").is_none()));
    assert!(has(&|b| b.get("messages") == Some(&Value::Null)));
    assert!(has(&|b| b["messages"] == json!([])));
    assert!(has(&|b| b.get("trace_id").is_some()), "a field that nobody announced");
}

#[test]
fn webhook_messages_are_oldest_first() {
    let mut world = World::new(Script::story(6));
    let hooks = world.due_webhooks(START + 3_600_000);
    let body: Value = hooks
        .iter()
        .filter(|h| h.key == HookKey::ChatEnded)
        .filter_map(|h| serde_json::from_slice(&h.body).ok())
        .find(|b: &Value| b["messages"].as_array().is_some_and(|m| m.len() > 3))
        .unwrap();
    let truth = world.truth();
    let own = truth.messages.iter().filter(|m| body["call_id"] == m.session.as_str());
    let ids: Vec<&String> = own.map(|m| &m.id).collect();
    assert_eq!(
        texts(body["messages"].as_array().unwrap(), "msg_id").iter().collect::<Vec<_>>(),
        ids
    );
}

#[test]
fn unanswered_calls_are_told_after_the_last_redial_and_each_once() {
    let mut world = World::new(Script::story(8));
    let hooks = world.due_webhooks(START + 2 * 3_600_000);
    let truth = world.truth();
    let told: Vec<(&String, i64)> =
        hooks.iter().filter(|h| h.key == HookKey::CallCompleted).map(|h| (&h.id, h.at)).collect();
    let once: BTreeSet<&String> = told.iter().map(|(id, _)| *id).collect();
    assert_eq!(once.len(), told.len());
    let calls: BTreeMap<&String, _> = truth.calls.iter().map(|c| (&c.id, c)).collect();
    let mut late = 0;
    for (id, at) in told {
        let call = calls[id];
        if call.connected == Some(true) {
            assert_eq!(Some(at), call.ended_at);
        } else {
            late += usize::from(at > call.ended_at.unwrap());
        }
    }
    assert!(late > 10);
}
