//! The check of the connection against the simulator over loopback.

use std::{net::TcpListener, sync::Arc, time::Duration};

use wheelhouse::{
    domain::time::Timestamp,
    sim::{Fault, FaultPlan, HookKey, STORY_START, Script, When, World},
    sim_server::{HandClock, Running, ServeOptions, lock, profile_text, serve, share},
    vendor::{
        HttpTransport, Keys, Limits, Profile, Push, Reads, Settings,
        check::{Examples, Grade, Next, Row, Scope, Surroundings, check},
        connect,
        decode_hook::push_of,
    },
};

use crate::scrambles::imported;

struct Served {
    running: Running,
    clock: HandClock,
}

async fn served(script: Script) -> Served {
    let clock = HandClock::at(STORY_START);
    let world = share(World::new(script.starting(STORY_START)));
    let running = serve(world, ServeOptions::new(clock.clock())).await.unwrap();
    clock.advance(30 * 60_000);
    Served { running, clock }
}

impl Served {
    fn reads(&self, profile: &str, secret: &str) -> Reads {
        reads_at(&self.running.base_url, profile, secret, self.clock.clone())
    }
}

fn reads_at(base_url: &str, profile: &str, secret: &str, clock: HandClock) -> Reads {
    let pds = Keys { key: "demo".to_owned(), secret: secret.to_owned().into() };
    reads_with(base_url, profile, secret, (Some(pds), clock))
}

fn reads_with(
    base_url: &str,
    profile: &str,
    secret: &str,
    (pds, clock): (Option<Keys>, HandClock),
) -> Reads {
    let settings = Settings {
        base_url: base_url.to_owned(),
        key: "demo".to_owned(),
        secret: secret.to_owned().into(),
        chatbot: None,
        pds,
        profile: Profile::parse(profile).unwrap(),
        budget_per_s: 10_000.0,
        clock: Arc::new(move || Timestamp(clock.now())),
        limits: Limits::default(),
    };
    let transport = HttpTransport::new(Duration::from_secs(5)).unwrap();
    connect(settings, Arc::new(transport)).unwrap().0
}

async fn checked(reads: &Reads, guesses: bool) -> Vec<Row> {
    asked(reads, Examples::default(), Scope { guesses, leads: !guesses }).await
}

async fn asked(reads: &Reads, examples: Examples, scope: Scope) -> Vec<Row> {
    check(reads, &Surroundings::default(), examples, scope, |_| {}).await
}

/// A push of a custom node, as a webhook of the world tells of it after some hours.
fn push(served: &Served) -> Push {
    served.clock.advance(6 * 3_600_000);
    let mut world = World::new(Script::story(7));
    let due = world.due_webhooks(served.clock.now());
    let told = due.iter().filter(|hook| hook.key == HookKey::CustomNode);
    let mut pushes = told.map(|hook| push_of(&hook.body).expect("a push"));
    let truth = world.truth();
    let leads: Vec<_> = truth.workflows.iter().filter(|w| w.template == LEADS).collect();
    let of_leads = |push: &Push| leads.iter().any(|w| w.id == push.workflow.as_str());
    // The newest, whose workflow the first page of the list has.
    pushes.rfind(of_leads).expect("a push of Leads Generation")
}

/// The template whose workflows belong to Leads Generation.
const LEADS: &str = "10275";

fn row<'a>(rows: &'a [Row], key: &str) -> &'a Row {
    rows.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no row {key}: {rows:#?}"))
}

#[tokio::test]
async fn everything_that_the_simulator_serves_is_understood() {
    let served = served(Script::story(7)).await;
    let examples = Examples { push: Some(push(&served)), ..Examples::default() };
    let scope = Scope { guesses: false, leads: true };
    let rows = asked(&served.reads(&profile_text(false), "demo"), examples, scope).await;
    for row in &rows {
        assert_eq!((row.grade, row.next), (Grade::Good, Next::Nothing), "{row:#?}");
        assert!(row.parsed != Some(false) && row.unknown.is_empty(), "{row:#?}");
    }
    for key in [
        "workflow.list",
        "workflow.outbound_details",
        "workflow.find",
        "chat.messages",
        "task.details",
        "plan.rounds",
    ] {
        let row = row(&rows, key);
        assert_eq!((row.http, row.parsed), (Some(200), Some(true)), "{key}");
        assert!(row.rows > Some(0), "{row:#?}");
    }
    // Once each, the sign-in among them; a few workflows may have been looked into.
    let asked = lock(&served.running.world).history().len();
    assert!((44..=62).contains(&asked), "{asked} requests");
}

/// Everything that is told of a business line or signed by keys of its own.
const LINES: [&str; 15] = [
    "workflow.verify_push",
    "leads.templates",
    "leads.list",
    "leads.tasks",
    "leads.task_details",
    "leads.call_by_id",
    "leads.verify_push",
    "waba.accounts",
    "waba.templates",
    "waba.template",
    "waba.result",
    "pds.auth",
    "pds.tasks",
    "pds.details",
    "pds.recording",
];

#[tokio::test]
async fn oddly_spelt_answers_are_read_and_what_is_new_in_them_is_named() {
    let served = served(Script::story(7)).await;
    let examples = Examples { push: Some(push(&served)), ..Examples::default() };
    let odd = FaultPlan::none().with(Fault::Odd, When::Every(1));
    lock(&served.running.world).set_faults(odd);
    let scope = Scope { guesses: false, leads: true };
    let rows = asked(&served.reads(&profile_text(false), "demo"), examples, scope).await;
    let without_records =
        ["workflow.verify_push", "leads.verify_push", "pds.auth", "pds.recording"];
    for key in LINES {
        let row = row(&rows, key);
        assert_eq!(
            (row.http, row.parsed, row.grade),
            (Some(200), Some(true), Grade::Good),
            "{row:#?}"
        );
        assert!(row.rows > Some(0), "{row:#?}");
        if !without_records.contains(&key) {
            assert_eq!(row.unknown, ["x_trace"], "{row:#?}");
        }
    }
}

#[tokio::test]
async fn a_row_says_which_part_of_the_account_is_missing() {
    let served = served(Script::story(7)).await;
    let profile = profile_text(false).replace("sign = \"none\"", "");
    let clock = served.clock.clone();
    let reads = reads_with(&served.running.base_url, &profile, "demo", (None, clock));
    let rows = asked(&reads, Examples::default(), Scope::default()).await;
    for key in LINES {
        let row = row(&rows, key);
        let next = match key.split('.').next() {
            Some("leads") => Next::Line,
            Some("waba") => Next::Sign,
            Some("pds") => Next::Keys,
            _ => Next::NoExample,
        };
        assert_eq!((row.grade, row.next, row.http), (Grade::NotTested, next, None), "{row:#?}");
        assert!(row.detail.is_some(), "{row:#?}");
    }
}

#[tokio::test]
async fn ten_contracts_are_green_once_their_documentation_is_read() {
    for seed in 0..10 {
        let script = Script::story(seed).scrambled(Some(seed)).starting(STORY_START);
        let profile = imported(script.clone()).await;
        let served = served(script).await;
        for row in checked(&served.reads(&profile, "demo"), false).await {
            // Which node pushes is told by webhooks alone, and few calls reach an agent.
            let rare = row.key.ends_with(".verify_push") || row.key == "pds.recording";
            if rare && row.next == Next::NoExample {
                continue;
            }
            assert_eq!(
                (row.grade, row.parsed),
                (Grade::Good, row.parsed.and(Some(true))),
                "scramble {seed}: {row:#?}"
            );
        }
    }
}

#[tokio::test]
async fn each_trouble_has_its_next_step() {
    let served = served(Script::story(7)).await;
    let profile = profile_text(false);
    let rows = checked(&served.reads(&profile, "wrong"), false).await;
    assert_eq!(row(&rows, "cloud.auth").next, Next::Keys);
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::NotTested, Next::Keys, None));

    for (fault, when, next) in [
        (Fault::RateLimit, When::Every(2), Next::Later),
        (Fault::ServerError, When::Every(2), Next::Later),
        (Fault::CutBody, When::Every(2), Next::Network),
    ] {
        lock(&served.running.world).set_faults(FaultPlan::none().with(fault, when));
        let rows = checked(&served.reads(&profile, "demo"), false).await;
        let hit = rows.iter().any(|row| row.grade == Grade::Trouble && row.next == next);
        assert!(hit, "{}: {rows:#?}", fault.name());
        lock(&served.running.world).set_faults(FaultPlan::none());
    }
}

#[tokio::test]
async fn a_host_that_cannot_be_reached_and_one_without_a_certificate_are_told_apart() {
    let clock = HandClock::at(STORY_START);
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let rows = checked(&reads_at(&format!("http://{closed}"), "", "x", clock.clone()), false).await;
    assert_eq!(row(&rows, "dns").grade, Grade::Good);
    let auth = row(&rows, "cloud.auth");
    assert_eq!((auth.grade, auth.next, auth.http), (Grade::Trouble, Next::Network, None));
    assert_eq!(row(&rows, "workflow.list").grade, Grade::NotTested);

    let served = served(Script::story(7)).await;
    let secure = served.running.base_url.replace("http://", "https://");
    let rows = checked(&reads_at(&secure, "", "x", clock.clone()), false).await;
    let tls = row(&rows, "tls");
    assert_eq!((tls.grade, tls.next), (Grade::Trouble, Next::Certificate));

    let nowhere = "http://no-such-host.invalid";
    let rows = checked(&reads_at(nowhere, "", "x", clock), false).await;
    assert_eq!(row(&rows, "dns").next, Next::Network);
}

#[tokio::test]
async fn a_guess_is_asked_once_with_consent_and_parked_after_a_404() {
    let served = served(Script::story(7).known_only(true)).await;
    let reads = served.reads("", "demo");
    let rows = checked(&reads, false).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::NotTested, Next::Consent, None));
    // The dialer's paths are observed: they are asked as ever.
    let cloud = |path: &str| path.starts_with("/service/cloud/");
    let asked = || {
        let world = lock(&served.running.world);
        world.history().iter().filter(|asked| cloud(&asked.path)).count()
    };
    let before = asked();

    let rows = checked(&reads, true).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::Trouble, Next::Path, Some(404)));
    assert_eq!(
        asked() - before,
        9,
        "the sign-in, four guessed GETs that need no id, four known ones"
    );
    let rows = checked(&reads, true).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::NotTested, Next::Path, None));
    // No POST went to a path that nobody is known to serve.
    let world = lock(&served.running.world);
    let posts = world.history().iter().filter(|a| a.method.word() == "POST");
    assert!(posts.clone().all(|asked| asked.endpoint.is_some()), "{:?}", posts.collect::<Vec<_>>());
}
