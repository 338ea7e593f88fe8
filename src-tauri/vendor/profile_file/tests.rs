use super::*;
use crate::{
    domain::status::{Phase, Status},
    vendor::{
        catalogue::{Key, Paging},
        fields::{RecordKind, Unit},
        profile::{Place, TimeForm, Window},
        transport::Method,
    },
};

/// Line and key of the refusal.
fn refused(toml: &str) -> (usize, String) {
    let error = parse(toml).unwrap_err();
    assert!(!error.sentence.is_empty() && !error.to_string().contains('\n'), "{error}");
    (error.line, error.key)
}

#[test]
fn an_empty_profile_is_the_catalogue_as_it_is() {
    assert_eq!(parse(""), Ok(Profile::built_in()));
}

#[test]
fn everything_the_form_offers_here_is_read() {
    let profile = parse(
        r#"
        reads = "assumed"
        zone = "-03:30"
        [family.cloud]
        base_url = "https://other.example"
        [family.chatbot]
        sign = "none"
        [endpoint."workflow.list"]
        method = "POST"
        path = "/mine/list"
        params = { page = { name = "Page", place = "query" }, page_size = { name = "Number", value = 250 } }
        paging = "offset"
        list = "/body/rows"
        total = "/body/count"
        confirmed = "documentation page 45267515, read 2026-11-22"
        [status.workflow]
        "3" = "running"
        "#,
    )
    .unwrap();
    assert_eq!(profile.zone(), Zone::parse("-03:30").unwrap());
    assert_eq!(profile.base_url(Family::Cloud), Some("https://other.example"));
    assert_eq!(profile.chatbot_sign(), Some(Sign::None));
    assert_eq!(profile.status(RecordKind::Workflow, "3".to_owned()).phase, Phase::Running);
    assert_eq!(profile.status(RecordKind::Workflow, "4".to_owned()), Status::read("4"));
    let contract = profile.contract(Key::WorkflowList);
    assert_eq!((contract.method, contract.path), (Method::Post, "/mine/list"));
    assert_eq!((contract.list, contract.total), ("/body/rows", "/body/count"));
    assert_eq!((contract.paging, contract.page_size), (Paging::Offset, 250));
    let places: Vec<_> = contract.params.iter().map(|p| (p.name, p.place)).collect();
    assert_eq!(places[..2], [("Page", Place::Query), ("Number", Place::Body)]);
    // Another endpoint stays as the catalogue has it.
    let other = profile.contract(Key::WorkflowSubtasks);
    assert_eq!(other.path, "/service/cloud/workflow/subtasklist");
}

/// A text, and the line and key of its refusal.
const REFUSED: &[(&str, usize, &str)] = &[
    ("reads = \"all\"", 1, "reads"),
    ("\nzone = \"Jakarta\"", 2, "zone"),
    ("[family.voice]\nbase_url = \"https://a\"", 1, "family.voice"),
    ("[family.pds]\nbase_url = \"a.example\"", 2, "family.pds.base_url"),
    ("[family.pds]\nauth = \"basic\"", 2, "family.pds.auth"),
    ("[family.chatbot]\nauth = \"token\"", 2, "family.chatbot.auth"),
    ("[documentation]\nurl = \"docs\"", 2, "documentation.url"),
    ("[family.cloud]\nsign = \"none\"", 2, "family.cloud.sign"),
    ("[family.chatbot]\nsign = \"sha1\"", 2, "family.chatbot.sign"),
    ("[endpoint.\"workflow.lists\"]", 1, "endpoint.\"workflow.lists\""),
    ("[endpoint.\"recording.file\"]\npath = \"/a\"", 1, "endpoint.\"recording.file\""),
    ("[endpoint.\"workflow.list\"]\n\npath = \"a\"", 3, "endpoint.\"workflow.list\".path"),
    ("[endpoint.\"workflow.list\"]\nlist = \"data\"", 2, "endpoint.\"workflow.list\".list"),
    ("[endpoint.\"workflow.list\"]\nmethod = \"PUT\"", 2, "endpoint.\"workflow.list\".method"),
    ("[endpoint.\"workflow.list\"]\npaging = \"cursor\"", 2, "endpoint.\"workflow.list\".paging"),
    ("[endpoint.\"workflow.stop\"]\nconfirmed = \" \"", 2, "endpoint.\"workflow.stop\".confirmed"),
    (
        "[endpoint.\"workflow.stop\"]\nparams = { id = { name = \"x\" } }",
        2,
        "endpoint.\"workflow.stop\".params.id",
    ),
    ("[status.call]\n\"1\" = \"running\"", 2, "status.call.\"1\""),
    ("[status.session]\n\"1\" = \"running\"", 1, "status.session"),
    ("[status.task]\n\" \" = \"running\"", 2, "status.task.\" \""),
    ("[meaning.\"*\"]\nE = \"\"", 2, "meaning.\"*\".E"),
    ("[record.calls.fields]\na = { pointer = \"/b\" }", 1, "record.calls"),
    ("[record.call.fields]\n\nduration = { pointer = \"/b\" }", 3, "record.call.fields.duration"),
    (
        "[record.call.fields]\ntalk_duration = { pointer = \"b\" }",
        2,
        "record.call.fields.talk_duration.pointer",
    ),
    (
        "[record.call.fields]\ntalk_duration = { unit = \"s\" }",
        2,
        "record.call.fields.talk_duration",
    ),
    (
        "[record.call.fields]\ntalk_duration = { pointer = \"/b\", unit = \"h\" }",
        2,
        "record.call.fields.talk_duration.unit",
    ),
    (
        "[record.call.fields]\ncallee = { pointer = \"/b\", unit = \"s\" }",
        2,
        "record.call.fields.callee.unit",
    ),
    (
        "[record.call.fields]\ntalk_duration = { pointer = \"/b\", zone = \"Z\" }",
        2,
        "record.call.fields.talk_duration.zone",
    ),
    (
        "[record.call.fields]\ncall_time = { pointer = \"/b\" }\nCallTime = { pointer = \"/c\" }",
        2,
        "record.call.fields.call_time",
    ),
    (
        "[endpoint.\"workflow.list\"]\nwindow = { days = 0 }",
        2,
        "endpoint.\"workflow.list\".window.days",
    ),
    (
        "[endpoint.\"workflow.list\"]\nwindow = { format = \"iso\" }",
        2,
        "endpoint.\"workflow.list\".window.format",
    ),
    (
        "[endpoint.\"workflow.subtasks\"]\nwindow = { days = 7 }",
        2,
        "endpoint.\"workflow.subtasks\".window",
    ),
    ("[endpoint.\"workflow.list\"]\nsuccess = []", 2, "endpoint.\"workflow.list\".success"),
    (
        "[endpoint.\"workflow.list\"]\nenvelope = { code = \"code\" }",
        2,
        "endpoint.\"workflow.list\".envelope.code",
    ),
    (
        "[endpoint.\"workflow.list\"]\ncursor = \"/data/next\"",
        2,
        "endpoint.\"workflow.list\".cursor",
    ),
    ("[endpoint.\"workflow.list\"]\npath = \"/a/{id}\"", 2, "endpoint.\"workflow.list\".path"),
    (
        "[endpoint.\"workflow.list\"]\npath = \"//evil.example\"",
        2,
        "endpoint.\"workflow.list\".path",
    ),
    (
        "[endpoint.\"workflow.subtasks\"]\nparams = { workflow_id = { place = \"path\" } }",
        2,
        "endpoint.\"workflow.subtasks\".params.workflow_id",
    ),
    ("[endpoint.\"hook.chat_ended\"]\npath = \"/a\"", 1, "endpoint.\"hook.chat_ended\""),
    ("[status.workflow]\n\"1\" = \"runing\"", 2, "status.workflow.\"1\""),
];

#[test]
fn what_cannot_be_used_names_line_and_key() {
    for (toml, line, key) in REFUSED {
        assert_eq!(refused(toml), (*line, (*key).to_owned()), "{toml}");
    }
}

#[test]
fn an_unknown_key_is_refused_wherever_it_stands() {
    for (toml, line, key) in [
        ("read = \"assumed\"", 1, "read"),
        ("\n\n[families.cloud]", 3, "families"),
        ("[family.cloud]\nurl = \"https://a\"", 2, "family.cloud.url"),
        ("[endpoint.\"workflow.list\"]\nconfirm = \"x\"", 2, "endpoint.\"workflow.list\".confirm"),
        (
            "[endpoint.\"workflow.list\"]\nparams = { page = { named = \"p\" } }",
            2,
            "endpoint.\"workflow.list\".params.named",
        ),
        (
            "[endpoint.\"workflow.list\"]\npath = \"/a\"\npath = \"/b\"",
            3,
            "endpoint.\"workflow.list\".path",
        ),
    ] {
        assert_eq!(refused(toml), (line, key.to_owned()), "{toml}");
    }
    assert_eq!(refused("reads = ").0, 1);
}

#[test]
fn a_value_of_another_type_is_refused_by_its_key() {
    for (toml, line, key) in [
        ("reads = \"known\"\nzone = 8", 2, "zone"),
        ("[endpoint.\"workflow.list\"]\npath = 3", 2, "endpoint.\"workflow.list\".path"),
        (
            "[endpoint.\"workflow.list\"]\nparams = { page = { value = 1, name = 3 } }",
            2,
            "endpoint.\"workflow.list\".params.name",
        ),
    ] {
        assert_eq!(refused(toml), (line, key.to_owned()), "{toml}");
    }
}

#[test]
fn what_stands_twice_is_refused_with_its_line() {
    let twice = "[endpoint.\"workflow.list\"]\npath = \"/a\"\npath = \"/b\"";
    assert_eq!(refused(twice).0, 3);
    assert_eq!(refused("[family.cloud]\n[family.cloud]").0, 2);
}

#[test]
fn a_name_that_is_nearly_right_is_answered_with_the_right_one() {
    for (toml, near) in [
        ("[record.call.fields]\nduration = { pointer = \"/b\" }", "talk_duration"),
        ("[record.calls]", "\"call\""),
        ("[endpoint.\"workflow.lists\"]", "\"workflow.list\""),
        ("[family.clod]", "\"cloud\""),
        ("[endpoint.\"workflow.list\"]\nparams = { pages = { name = \"p\" } }", "page"),
    ] {
        let sentence = parse(toml).unwrap_err().sentence;
        assert!(sentence.contains(near), "{sentence}");
    }
}

#[test]
fn how_answers_and_records_are_understood_is_read() {
    let profile = parse(
        r#"
        [documentation]
        url = "http://127.0.0.1:4010/docs/"
        [family.pds]
        auth = "bearer"
        [family.chatbot]
        sign = "hmac-sha256-hex"
        [endpoint."workflow.list"]
        paging = "cursor"
        cursor = "/data/next"
        params = { cursor = { name = "after" }, page = { name = "unused" } }
        window = { days = 30, format = "datetime" }
        envelope = { code = "/head/rc", message = "/head/text" }
        success = [0, "OK"]
        total = ""
        [record.call.fields]
        talk_duration = { pointer = "/duration", unit = "ms" }
        CallTime = { pointer = "/times/0", zone = "+07:00" }
        role = { pointer = "/who" }
        [status.task]
        "3" = "running"
        [status.call]
        "2" = "connected"
        "4" = "not_connected"
        [meaning."*"]
        E = "interested"
        [meaning."9912"]
        E = "will pay"
        "#,
    )
    .unwrap();
    assert_eq!(profile.documentation_url(), Some("http://127.0.0.1:4010/docs"));
    assert_eq!(profile.auth(Family::Pds), AuthForm::Bearer);
    assert_eq!(profile.auth(Family::Cloud), AuthForm::Token);
    assert_eq!(profile.chatbot_sign(), Some(Sign::HmacSha256Hex));
    let contract = profile.contract(Key::WorkflowList);
    let names: Vec<_> = contract.params.iter().map(|p| p.name).collect();
    assert!(names.contains(&"after") && !names.contains(&"unused"), "{names:?}");
    assert_eq!(contract.cursor, Some("/data/next"));
    assert_eq!(contract.window, Some(Window { days: Some(30), form: TimeForm::DateTime }));
    assert_eq!((contract.terms.code, contract.terms.message), ("/head/rc", Some("/head/text")));
    assert_eq!(contract.terms.success.unwrap(), ["0", "OK"]);
    assert_eq!(contract.total, "");
    let mapped: Vec<_> =
        profile.map(RecordKind::Call).iter().map(|m| (m.field.name, m.unit)).collect();
    assert_eq!(mapped, [("call_time", None), ("talk_duration", Some(Unit::Ms))]);
    assert_eq!(profile.element_map(RecordKind::Call)[0].pointer, "/who");
    assert_eq!(profile.status(RecordKind::Task, " 3 ".to_owned()).phase, Phase::Running);
    assert_eq!(profile.status(RecordKind::Node, "3".to_owned()).phase, Phase::Unknown);
    let words = ["2", "4", "5"].map(|word| profile.connected_word(word));
    assert_eq!(words, [Some(true), Some(false), None]);
    assert_eq!(profile.meaning(Some("9912"), "E"), Some("will pay"));
    assert_eq!(profile.meaning(Some("1"), "E"), Some("interested"));
    assert_eq!(profile.meaning(None, "F"), None);
    assert_ne!(profile.reading(), Profile::built_in().reading());
}

#[test]
fn what_does_not_touch_the_records_leaves_their_reading() {
    let path = parse("[endpoint.\"workflow.list\"]\npath = \"/a\"").unwrap();
    assert_eq!(path.reading(), Profile::built_in().reading());
}

proptest::proptest! {
    #[test]
    fn any_text_is_a_profile_or_an_error_with_a_line(text in "\\PC{0,80}") {
        if let Err(error) = parse(&text) {
            proptest::prop_assert!(error.line >= 1);
        }
    }

    #[test]
    fn any_status_is_kept_as_written(written in ".{0,30}") {
        let profile = parse("[status.task]\n3 = \"running\"").unwrap();
        let status = profile.status(RecordKind::Task, written.clone());
        proptest::prop_assert_eq!(status.written, written);
    }
}
