//! The vendor's documentation as changes of a profile. The pages in `tests/fixtures/documentation` are
//! written by hand in the form that the documentation's product has; what they say is made up, and the
//! titles of the two indexes are the vendor's.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc};

use bytes::Bytes;
use wheelhouse::vendor::{
    Key,
    documentation::{
        Pages, Proposal, Source, SourceError, llms,
        matching::{Match, find},
        propose, read,
    },
    transport::{Answer, Request, Response, Transport},
};

const TODAY: &str = "2026-11-23";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documentation").join(name)
}

/// A site in memory: address → (status, header, body).
struct Site(BTreeMap<&'static str, (u16, Option<&'static str>, String)>);

impl Transport for Site {
    fn send<'a>(&'a self, request: Request, _limit: usize) -> Answer<'a> {
        Box::pin(async move {
            let found = self.0.get(request.url.as_str()).cloned();
            let (status, location, body) = found.unwrap_or((404, None, String::new()));
            let headers = location.map(|to| ("Location".to_owned(), to.to_owned()));
            Ok(Response { status, headers: headers.into_iter().collect(), body: Bytes::from(body) })
        })
    }
}

fn nobody() -> Arc<dyn Transport> {
    Arc::new(Site(BTreeMap::new()))
}

async fn pages(name: &str) -> Pages {
    read(Source::Files(vec![fixture(name)]), None, &nobody(), &|_| {}).await.unwrap()
}

fn changes(proposal: &Proposal) -> BTreeMap<String, String> {
    let one = |c: &wheelhouse::vendor::change::Change| (c.key(), c.to.clone().unwrap_or_default());
    proposal.changes.iter().map(one).collect()
}

#[test]
fn no_title_of_the_index_is_unmatched() {
    for name in ["index-en.txt", "index-zh.txt"] {
        let listed = llms::read(&std::fs::read_to_string(fixture(name)).unwrap());
        assert!(listed.len() > 70, "{name}: {}", listed.len());
        for page in listed.iter().filter(|page| !page.is_words()) {
            // The made-up numbers stand in for those that are not known.
            let id = page.page_id.filter(|id| !(60_000_000..61_000_000).contains(id));
            let found = find(id, &page.group, &[&page.title], "");
            assert!(
                matches!(found, Match::One { .. }),
                "{:?} [{}]: {found:?}",
                page.group,
                page.title
            );
        }
    }
}

#[tokio::test]
async fn a_write_is_confirmed_by_its_own_page_and_by_no_other() {
    let proposal = propose(&pages("pages").await, "", TODAY).unwrap();
    let changes = changes(&proposal);
    let get = |key: &str| changes.get(key).map(String::as_str);
    assert_eq!(get("endpoint.\"workflow.stop\".path"), Some("\"/service/cloud/workflow/halt\""));
    assert_eq!(
        get("endpoint.\"workflow.stop\".params.workflow_id"),
        Some("{ name = \"flow_uid\", place = \"body\" }")
    );
    assert_eq!(
        get("endpoint.\"workflow.stop\".confirmed"),
        Some("\"documentation page 45267515, read 2026-11-23\"")
    );
    // Its page requires an operator, whom this app does not send.
    assert_eq!(get("endpoint.\"workflow.cancel_list\".confirmed"), None);
    let said = proposal.notes.iter().filter(|n| n.key == Some(Key::WorkflowCancelList));
    assert!(said.clone().any(|n| n.sentence.contains("operator")), "{proposal:#?}");
    // A title that stands in two folders, on a page that names neither.
    let shown = proposal.ambiguous.iter().find(|a| a.title == "Cancel a Calling Task").unwrap();
    assert_eq!(shown.candidates, ["task.cancel", "plan.cancel"]);
    let theirs = changes.keys().filter(|k| k.contains("task.cancel") || k.contains("plan.cancel"));
    // Nothing is taken from it; that it is open is kept, so that no trial is made of it either.
    assert!(theirs.clone().all(|key| key.ends_with(".ambiguous")), "{changes:#?}");
    assert_eq!(theirs.count(), 2);
}

#[tokio::test]
async fn fields_words_units_and_paging_are_taken() {
    let proposal = propose(&pages("pages").await, "", TODAY).unwrap();
    let changes = changes(&proposal);
    for (key, to) in [
        ("endpoint.\"workflow.list\".method", "\"POST\""),
        ("endpoint.\"workflow.list\".paging", "\"cursor\""),
        ("endpoint.\"workflow.list\".cursor", "\"/data/continue_with\""),
        ("endpoint.\"workflow.list\".list", "\"/data/items\""),
        ("endpoint.\"workflow.list\".total", "\"\""),
        ("endpoint.\"workflow.list\".params.cursor", "{ name = \"resume\", place = \"body\" }"),
        (
            "endpoint.\"workflow.list\".params.page_size",
            "{ name = \"batchLength\", place = \"body\" }",
        ),
        (
            "endpoint.\"workflow.list\".params.line",
            "{ name = \"line\", place = \"body\", value = \"voice\" }",
        ),
        ("record.workflow.fields.workflow_id", "{ pointer = \"/flowUid\" }"),
        ("record.workflow.fields.workflow_name", "{ pointer = \"/caption\" }"),
        ("record.workflow.fields.start_time", "{ pointer = \"/clock/launchedOn\" }"),
        ("record.workflow.fields.status", "{ pointer = \"/phaseCode\" }"),
        ("status.workflow.3", "\"running\""),
        ("status.workflow.5", "\"pending\""),
        ("status.workflow.7", "\"stopped\""),
        ("status.workflow.9", "\"finished\""),
        ("endpoint.\"workflow.outbound_details\".paging", "\"offset\""),
        (
            "endpoint.\"workflow.outbound_details\".params.page",
            "{ name = \"skip\", place = \"query\" }",
        ),
        (
            "endpoint.\"workflow.outbound_details\".params.page_size",
            "{ name = \"limit\", place = \"query\" }",
        ),
        ("endpoint.\"workflow.outbound_details\".total", "\"/data/count\""),
        ("record.call.fields.talk_duration", "{ pointer = \"/duration\", unit = \"ms\" }"),
        ("record.call.fields.talk_result", "{ pointer = \"/outcome\" }"),
        ("record.call.fields.role", "{ pointer = \"/who\" }"),
        ("status.call.1", "\"connected\""),
        ("status.call.2", "\"not_connected\""),
        ("status.call.3", "\"not_connected\""),
    ] {
        assert_eq!(changes.get(key).map(String::as_str), Some(to), "{key} in {changes:#?}");
    }
    assert!(!changes.contains_key("status.workflow.11"));
    assert!(proposal.notes.iter().any(|n| n.sentence.contains("11")), "{proposal:#?}");
    assert!(proposal.notes.iter().any(|n| n.sentence.contains("401 The token is invalid")));
    assert!(!proposal.notes.iter().any(|n| n.sentence.contains("Obtain the token")));
}

#[tokio::test]
async fn another_vendor_and_a_path_named_twice_are_told_and_not_used() {
    let proposal = propose(&pages("pages").await, "", TODAY).unwrap();
    let why = |title: &str| {
        let found = proposal.unmatched.iter().find(|u| u.title == title);
        found.unwrap_or_else(|| panic!("{title}: {proposal:#?}")).why.clone()
    };
    assert!(why("Send template message").contains("api.other.example"));
    assert!(why("Obtain the Subtask List of the Workflow").contains("twice"));
    let changes = changes(&proposal);
    assert!(!changes.keys().any(|key| key.contains("waba.send") || key.contains("subtasks")));
}

#[tokio::test]
async fn an_export_is_read_whole() {
    let proposal = propose(&pages("export.json").await, "", TODAY).unwrap();
    let changes = changes(&proposal);
    for (key, to) in [
        ("endpoint.\"workflow.templates\".path", "\"/service/cloud/workflow/models/{company}\""),
        ("endpoint.\"workflow.templates\".params.page", "{ name = \"pageNo\", place = \"query\" }"),
        (
            "endpoint.\"workflow.templates\".params.page_size",
            "{ name = \"pageSize\", place = \"query\" }",
        ),
        (
            "endpoint.\"workflow.templates\".params.company",
            "{ name = \"company\", place = \"path\", value = \"me\" }",
        ),
        ("endpoint.\"workflow.templates\".list", "\"/data/rows\""),
        ("endpoint.\"workflow.templates\".total", "\"/data/overall\""),
        ("endpoint.\"workflow.templates\".success", "0"),
        ("record.template.fields.workflow_template_id", "{ pointer = \"/id\" }"),
        ("record.template.fields.workflow_template_name", "{ pointer = \"/title\" }"),
    ] {
        assert_eq!(changes.get(key).map(String::as_str), Some(to), "{key} in {changes:#?}");
    }
    assert!(proposal.unmatched.iter().any(|u| u.title == "Delete a pet"));
}

#[tokio::test]
async fn what_the_profile_says_already_is_not_proposed_again() {
    let known = "[endpoint.\"workflow.stop\"]\npath = \"/service/cloud/workflow/halt\"\n\
                 confirmed = \"my own trial\"\n";
    let proposal = propose(&pages("pages").await, known, TODAY).unwrap();
    let stop = |part: &str| {
        let path = ["endpoint", "workflow.stop", part];
        proposal.changes.iter().find(|c| c.path.iter().eq(path))
    };
    assert_eq!(stop("path"), None);
    assert_eq!(stop("confirmed").and_then(|c| c.from.as_deref()), Some("\"my own trial\""));
}

fn site(entries: &[(&'static str, u16, Option<&'static str>, &str)]) -> Arc<dyn Transport> {
    let entry = |&(url, status, to, body): &(&'static str, u16, Option<&'static str>, &str)| {
        (url, (status, to, body.to_owned()))
    };
    Arc::new(Site(entries.iter().map(entry).collect()))
}

const HOME: &str = "https://api-docs.airudder.com";
const INDEX: &str = "https://api-docs.airudder.com/llms.txt";

#[tokio::test]
async fn pages_come_from_the_one_host_only() {
    let stop = std::fs::read_to_string(fixture("pages/api-45267515.md")).unwrap();
    let index = "- Workflow [Stop the Workflow Task](/a/api-45267515.md):\n\
                 - Workflow [Elsewhere](https://evil.example/api-1.md):\n\
                 - Workflow [Sent on](https://api-docs.airudder.com/b/api-2.md):\n\
                 - Workflow [Moved](https://api-docs.airudder.com/c/api-3.md):\n\
                 - Workflow [Gone](https://api-docs.airudder.com/d/api-4.md):\n";
    let site = site(&[
        (INDEX, 200, None, index),
        ("https://api-docs.airudder.com/a/api-45267515.md", 200, None, &stop),
        ("https://api-docs.airudder.com/b/api-2.md", 302, Some("https://evil.example/x"), ""),
        ("https://api-docs.airudder.com/c/api-3.md", 301, Some("/a/api-45267515.md"), ""),
    ]);
    let seen = std::sync::Mutex::new(Vec::new());
    let told = |progress: wheelhouse::vendor::documentation::Progress| {
        seen.lock().unwrap().push((progress.done, progress.all));
    };
    let pages = read(Source::Address(None), Some(HOME), &site, &told).await.unwrap();
    assert_eq!(pages.endpoints.len(), 2);
    let troubles: Vec<_> =
        pages.troubles.iter().map(|t| (t.title.as_str(), t.why.as_str())).collect();
    assert_eq!(troubles.len(), 3, "{troubles:?}");
    assert!(troubles[0].1.contains("evil.example") && troubles[1].1.contains("evil.example"));
    assert!(troubles[2].1.contains("404"));
    assert_eq!(seen.lock().unwrap().last(), Some(&(5, Some(5))));
    assert_eq!(seen.lock().unwrap()[0], (0, None));
}

#[tokio::test]
async fn no_other_address_is_asked() {
    let empty = nobody();
    let ask = |address: Option<&str>, url: Option<&'static str>| {
        let (source, empty) = (Source::Address(address.map(str::to_owned)), Arc::clone(&empty));
        async move { read(source, url, &empty, &|_| {}).await.unwrap_err() }
    };
    // The vendor's first host is where it begins when the profile names none.
    let error = ask(None, None).await;
    assert!(error.to_string().contains("https://api-docs.airudder.com/llms.txt"), "{error}");
    for (address, url) in [
        (Some("https://evil.example"), Some(HOME)),
        (Some("http://api-docs.airudder.com"), Some(HOME)),
        (Some("https://api-docs.airudder.com:8443"), Some(HOME)),
        (Some("https://evil.example"), None),
    ] {
        let error = ask(address, url).await;
        assert!(matches!(error, SourceError::OtherHost { .. }), "{address:?}: {error}");
    }
    for address in ["ftp://api-docs.airudder.com", "https://u:p@api-docs.airudder.com", "api-docs"]
    {
        let error = ask(Some(address), Some(HOME)).await;
        assert!(matches!(error, SourceError::Address { .. }), "{address}: {error}");
    }
    let moved = site(&[(INDEX, 302, Some("https://new.example/llms.txt"), "")]);
    let error = read(Source::Address(None), Some(HOME), &moved, &|_| {}).await.unwrap_err();
    assert!(matches!(error, SourceError::SentOn { .. }), "{error}");
    let missing = Source::Files(vec![fixture("nothing-here")]);
    assert!(matches!(read(missing, None, &empty, &|_| {}).await, Err(SourceError::File { .. })));
}

#[tokio::test]
async fn a_pasted_page_without_its_folder_confirms_no_write() {
    let page = std::fs::read_to_string(fixture("pages/api-45267515.md")).unwrap();
    let bare = page
        .lines()
        .filter(|line| {
            !line.contains("x-apifox-folder")
                && !line.contains("x-run-in")
                && *line != "        - Workflow"
        })
        .collect::<Vec<_>>()
        .join("\n");
    let pages = read(Source::Pasted(bare), None, &nobody(), &|_| {}).await.unwrap();
    let proposal = propose(&pages, "", TODAY).unwrap();
    let changes = changes(&proposal);
    assert!(changes.contains_key("endpoint.\"workflow.stop\".path"), "{proposal:#?}");
    assert!(!changes.contains_key("endpoint.\"workflow.stop\".confirmed"));
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(48))]

    #[test]
    fn any_page_is_proposed_or_refused(
        title in "\\PC{0,30}",
        path in "\\PC{0,30}",
        words in "\\PC{0,60}",
        pick in 0usize..wheelhouse::vendor::catalogue::CATALOGUE.len(),
    ) {
        let known = wheelhouse::vendor::catalogue::CATALOGUE[pick].title;
        for title in [title.as_str(), known] {
            let document = serde_json::json!({"openapi": "3.0.1", "paths": {(path.clone()): {"post": {
                "summary": title,
                "x-apifox-folder": words.clone(),
                "parameters": [{"name": words.clone(), "in": "query", "required": true}],
                "responses": {"200": {"content": {"application/json": {"schema": {
                    "type": "object",
                    "properties": {(words.clone()): {"type": "integer", "title": words.clone()}},
                }}}}},
            }}}});
            let mut pages = Pages::default();
            let origin = wheelhouse::vendor::documentation::page::Origin::default();
            wheelhouse::vendor::documentation::page::read(&document.to_string(), origin, &mut pages);
            propose(&pages, "", TODAY).unwrap();
        }
    }
}
