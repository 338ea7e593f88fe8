//! What a supervisor can do on known lines alone: a vendor that answers only what is documented or
//! observed, and webhooks. The table stands in `docs/known-lines.md` and is made here.

use std::{fs, path::Path};

use wheelhouse::{
    actions::ActionRequest,
    domain::{
        action::{How, Outcome, Subject, Target, Verb},
        chat::Signature,
        ids::{ActionId, WorkflowId},
        time::Timestamp,
        workflow::Source,
    },
    sim::Script,
    sim_server::{lock, profile_text},
    store::{Kind, ListAsk, Received},
    vendor::Person,
};

use crate::core::Core;

const PAGE: &str = "docs/known-lines.md";

const HEAD: &str = "\
# On known lines alone

Ten things that a supervisor does, with an account of which nothing is confirmed: no assumed path is asked, and of
the vendor's records only the fields are there that its documentation or somebody else's client names. Webhooks
arrive. The table is made by `tests/it/known_only.rs` against `wheelhouse-cli sim --known-only`; after a change,
`WHEELHOUSE_KNOWN_LINES=1 cargo test --test it known_only` writes it anew.

| job | works | by |
| --- | --- | --- |
";

const TAIL: &str = "
What does not work says in a sentence what is missing. Importing the vendor's documentation, or confirming one path
by one trial, opens it without a new build.
";

struct Job {
    job: &'static str,
    works: bool,
    /// How, or what it waits for.
    by: &'static str,
    waits_for: &'static str,
}

/// Half an hour in which the vendor sends its webhooks and answers what is documented.
async fn half_an_hour() -> Core {
    let mut core = Core::with(Script::story(7).known_only(true), &profile_text(true)).await;
    for _ in 0..30 {
        let now = core.now();
        let hooks = lock(&core.world).due_webhooks(now);
        for hook in hooks {
            let event = Received {
                account: core.account.clone(),
                at: Timestamp(now),
                source: Source::Webhook,
                path: "/hook".to_owned(),
                signature: None,
                verdict: Signature::Unsigned,
                enforced: false,
                sealed: None,
                body: hook.body,
            };
            core.inbox.receive(&event).await.unwrap();
        }
        core.pass(60_000).await;
    }
    core
}

async fn jobs(core: &Core) -> Vec<Job> {
    let reader = &core.reader;
    let all = ListAsk { count: 10_000, ..ListAsk::default() };
    let workflows = reader.workflows(&all).await.unwrap().rows;
    let calls = reader.calls(&all).await.unwrap().rows;
    let sessions = reader.sessions(&all).await.unwrap().rows;
    let status = workflows.iter().any(|w| w.workflow.status.is_some());
    let figures = workflows.iter().any(|w| w.tally.dialled > 0 || w.workflow.total.is_some());
    let transcript = sessions.iter().any(|s| s.messages.is_some_and(|messages| messages > 0));
    let recording = calls.iter().any(|c| c.call.recording.is_some());
    let ended = sessions.iter().any(|s| s.session.ended_at.is_some());
    let (exported, _) = reader.export_page(Kind::Session, None, 10).await.unwrap();
    let found = found(core).await;
    let open = workflows
        .iter()
        .find(|w| w.workflow.status.as_ref().is_some_and(|status| !status.phase.is_over()));
    let (sent, outside) = match open {
        Some(workflow) => stopped(core, &workflow.workflow.id).await,
        None => (false, false),
    };
    let journal = reader.action(&ActionId::new("outside")).await.unwrap();
    let told = journal.is_some_and(|action| action.by == "tester");
    let job = |job, works, by, waits_for| Job { job, works, by, waits_for };
    let unconfirmed = if outside {
        "a confirmed path; until then *in the vendor's console*, with a receipt"
    } else {
        "a confirmed path"
    };
    vec![
        job("see a workflow's status", status, "its webhook", "the list of workflows"),
        job("open its figures", figures, "call webhooks", "the list of tasks and their calls"),
        job("read a transcript", transcript, "the webhook at a session's end", "the message list"),
        job(
            "hear a recording",
            recording,
            "the link in a call",
            "the calls of a task, or a call by its id",
        ),
        job("find a person", found, "the vendor's own look-up", "the look-up"),
        job("stop a workflow", sent, "the vendor", unconfirmed),
        job("cancel the rest for a number", cancelled(core).await, "the vendor", unconfirmed),
        job("see who stopped what", told, "the journal", "the journal"),
        job("be told of a session's end", ended, "its webhook", "its webhook"),
        job("export", !exported.is_empty(), "what is stored", "something stored"),
    ]
}

/// The vendor is asked for the workflows of a number that a session named.
async fn found(core: &Core) -> bool {
    let all = ListAsk { count: 100, ..ListAsk::default() };
    let sessions = core.reader.sessions(&all).await.unwrap().rows;
    let Some(callee) = sessions.into_iter().find_map(|s| s.session.callee) else { return false };
    let now = Timestamp(core.now());
    let window = (now.plus_ms(-86_400_000 * 30), now);
    let page = core.reads.find(&Person::Number(callee), window).await;
    page.is_ok_and(|page| !page.rows.is_empty())
}

async fn stopped(core: &Core, workflow: &WorkflowId) -> (bool, bool) {
    let request = |id: &str, how| ActionRequest {
        id: ActionId::new(id),
        account: core.account.clone(),
        verb: Verb::StopWorkflow,
        target: Target::whole(Subject::Workflow(workflow.clone())),
        reason: "a wrong list".to_owned(),
        how,
        named: String::new(),
    };
    let sent = core.door.act(request("send", How::Send)).await.unwrap().outcome;
    let outside = core.door.act(request("outside", How::Outside)).await.unwrap().outcome;
    (sent == Outcome::Accepted, outside == Outcome::Outside)
}

async fn cancelled(core: &Core) -> bool {
    let all = ListAsk { count: 1, ..ListAsk::default() };
    let Some(stored) = core.reader.sessions(&all).await.unwrap().rows.pop() else { return false };
    let Some(workflow) = stored.session.workflow else { return false };
    let request = ActionRequest {
        id: ActionId::new("cancel"),
        account: core.account.clone(),
        verb: Verb::CancelRest,
        target: Target::number_of_session(Subject::Workflow(workflow), stored.session.id),
        reason: "asked to".to_owned(),
        how: How::Send,
        named: String::new(),
    };
    core.door.act(request).await.unwrap().outcome == Outcome::Accepted
}

#[tokio::test]
async fn the_table_of_what_works_on_known_lines_is_true() {
    let core = half_an_hour().await;
    let mut page = HEAD.to_owned();
    for Job { job, works, by, waits_for } in jobs(&core).await {
        let (word, how) = if works { ("yes", by) } else { ("not yet", waits_for) };
        page += &format!("| {job} | {word} | {how} |\n");
    }
    page += TAIL;
    // No POST went to a path that nobody is known to serve, and nothing was stopped.
    let unknown: Vec<_> = {
        let world = lock(&core.world);
        world.history().iter().filter(|asked| asked.endpoint.is_none()).cloned().collect()
    };
    assert!(unknown.is_empty(), "{unknown:?}");

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    if std::env::var_os("WHEELHOUSE_KNOWN_LINES").is_some() {
        fs::write(&path, page).unwrap();
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == page, "{PAGE} is not what the test found:\n{page}");
}
