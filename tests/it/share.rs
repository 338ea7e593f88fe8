//! While the screen is shared, nothing that a window is told says whose number, case or name it is.

use std::collections::BTreeSet;

use wheelhouse::{
    domain::mask::Mask,
    ipc::frames::{Frame, ListName, Query},
    sim::Script,
    sim_server::lock,
    store::ListAsk,
};

use crate::core::Core;

const MINUTE: i64 = 60_000;

fn query(list: ListName, scope: Option<String>) -> Query {
    let (account, filter, sort, named) = (None, String::new(), None, Vec::new());
    Query { list, account, scope, filter, sort, named, anchor: 0, count: 500 }
}

/// Every list there is, and every opened thing.
async fn everything(core: &Core) -> Vec<Query> {
    use ListName as L;
    let all = ListAsk { count: 500, ..ListAsk::default() };
    let row = |id: &str| Some(format!("{}/{id}", core.account));
    let mut queries: Vec<Query> =
        [L::Workflows, L::Calls, L::Sessions, L::Journal, L::Dialling, L::Alerts]
            .map(|list| query(list, None))
            .to_vec();
    let named = vec!["variable:name".to_owned(), "slot:amount".to_owned()];
    queries.push(Query { named, ..query(L::Sessions, None) });
    for stored in core.reader.workflows(&all).await.unwrap().rows {
        let lists = [L::Workflow, L::Nodes, L::Tasks, L::Waba, L::WabaFunnel, L::Timeline];
        queries.extend(lists.map(|list| query(list, row(stored.workflow.id.as_str()))));
    }
    for stored in core.reader.calls(&all).await.unwrap().rows.iter().take(80) {
        let id = stored.call.id.as_str();
        queries.push(query(L::Call, row(id)));
        queries.push(query(L::Person, row(&format!("call/{id}"))));
    }
    for stored in core.reader.sessions(&all).await.unwrap().rows.iter().take(80) {
        let id = stored.session.id.as_str();
        queries.extend([L::Session, L::Messages].map(|list| query(list, row(id))));
    }
    queries
}

/// What would say who somebody is.
struct Known {
    numbers: BTreeSet<String>,
    cases: BTreeSet<String>,
    names: BTreeSet<String>,
}

async fn known(core: &Core) -> Known {
    let truth = lock(&core.world).truth();
    let digits = |n: &String| n.chars().filter(char::is_ascii_digit).collect::<String>();
    let calls = truth.calls.iter().chain(&truth.task_calls);
    let called = calls.clone().map(|call| digits(&call.callee));
    let chatted = truth.sessions.iter().map(|session| digits(&session.callee));
    let mut names = BTreeSet::new();
    let all = ListAsk { count: 500, ..ListAsk::default() };
    for stored in core.reader.sessions(&all).await.unwrap().rows {
        let found = core.reader.session(&core.account, &stored.session.id).await.unwrap().unwrap();
        let variables = found.session.detail.variables;
        names.extend(variables.into_iter().filter(|(n, _)| n == "name").map(|(_, name)| name));
    }
    Known {
        numbers: called.chain(chatted).collect(),
        cases: calls.map(|call| call.case_id.clone()).filter(|id| !id.is_empty()).collect(),
        names,
    }
}

/// The frames as they cross, until every subscription was told of; what was said on the telephone is
/// free text, of which only numbers are looked for.
async fn told(frames: &mut wheelhouse::ipc::FrameStream, subs: usize) -> (String, String) {
    let (mut had, mut texts, mut speech) = (BTreeSet::new(), String::new(), String::new());
    while had.len() < subs {
        for frame in frames.next().await.expect("frames") {
            match &frame {
                Frame::Snapshot(snapshot) => drop(had.insert(snapshot.sub)),
                Frame::Failed { sub, error } => panic!("{sub}: {error}"),
                _ => {}
            }
            let mut value = serde_json::to_value(&frame).unwrap();
            for row in value["rows"].as_array_mut().into_iter().flatten() {
                if let Some(dialogue) = row["row"].get_mut("dialogue") {
                    speech += &dialogue.take().to_string();
                }
            }
            texts += &value.to_string();
        }
    }
    (texts, speech)
}

#[tokio::test]
async fn a_shared_screen_is_told_no_number_no_case_and_no_known_name() {
    let mut core = Core::on(Script { workflows: 6, ..Script::story(3) }).await;
    for _ in 0..6 {
        core.pass(MINUTE).await;
    }
    let known = known(&core).await;
    assert!(known.numbers.len() > 20 && known.cases.len() > 20 && known.names.len() > 3);
    let (desk, _folder) = core.desk(Mask::Shown);
    let (window, mut frames) = desk.open_window();
    let queries = everything(&core).await;
    for (sub, query) in (1..).zip(&queries) {
        window.watch(sub, query.clone()).unwrap();
    }
    let (clear, speech) = told(&mut frames, queries.len()).await;
    let holds = |text: &str, all: &BTreeSet<String>| all.iter().any(|one| text.contains(one));
    assert!(holds(&clear, &known.numbers) && holds(&clear, &known.cases));
    assert!(holds(&clear, &known.names) && !speech.is_empty());
    let column = |name: &String| clear.contains(&format!("\"variable:name\":\"{name}\""));
    assert!(known.names.iter().any(column), "a variable that is a column has its value");
    assert!(!desk.hello().sharing);

    // Nobody asks again: what stands on the screen is told anew.
    desk.share_screen(true).unwrap();
    let (shared, speech) = told(&mut frames, queries.len()).await;
    assert!(desk.hello().sharing && shared.contains("Person ") && shared.contains("Case "));
    for (what, all) in [("number", &known.numbers), ("case", &known.cases), ("name", &known.names)]
    {
        for one in all {
            let at = shared.find(one.as_str());
            let around = at.map(|at| {
                let from =
                    (0..=at.saturating_sub(120)).rev().find(|at| shared.is_char_boundary(*at));
                shared[from.unwrap_or(0)..].chars().take(240).collect::<String>()
            });
            assert_eq!(around, None, "the {what} {one} is told");
        }
    }
    assert!(!holds(&speech, &known.numbers) && !holds(&speech, &known.cases));

    desk.share_screen(false).unwrap();
    let (clear, _) = told(&mut frames, queries.len()).await;
    assert!(holds(&clear, &known.numbers));
}
