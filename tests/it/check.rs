//! The check of the connection against the simulator over loopback.

use std::{net::TcpListener, sync::Arc, time::Duration};

use wheelhouse::{
    domain::time::Timestamp,
    sim::{Fault, FaultPlan, STORY_START, Script, When, World},
    sim_server::{HandClock, Running, ServeOptions, lock, profile_text, serve, share},
    vendor::{
        HttpTransport, Limits, Profile, Reads, Settings,
        check::{Examples, Grade, Next, Row, Surroundings, check},
        connect,
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
    let settings = Settings {
        base_url: base_url.to_owned(),
        key: "demo".to_owned(),
        secret: secret.to_owned().into(),
        chatbot: None,
        pds: None,
        profile: Profile::parse(profile).unwrap(),
        budget_per_s: 10_000.0,
        clock: Arc::new(move || Timestamp(clock.now())),
        limits: Limits::default(),
    };
    let transport = HttpTransport::new(Duration::from_secs(5)).unwrap();
    connect(settings, Arc::new(transport)).unwrap().0
}

async fn checked(reads: &Reads, guesses: bool) -> Vec<Row> {
    check(reads, &Surroundings::default(), Examples::default(), guesses, |_| {}).await
}

fn row<'a>(rows: &'a [Row], key: &str) -> &'a Row {
    rows.iter().find(|row| row.key == key).unwrap_or_else(|| panic!("no row {key}: {rows:#?}"))
}

#[tokio::test]
async fn everything_that_the_simulator_serves_is_understood() {
    let served = served(Script::story(7)).await;
    let rows = checked(&served.reads(&profile_text(false), "demo"), false).await;
    for row in &rows {
        assert_eq!((row.grade, row.next), (Grade::Good, Next::Nothing), "{row:#?}");
        assert!(row.parsed != Some(false) && row.unknown.is_empty(), "{row:#?}");
    }
    for key in ["workflow.list", "workflow.outbound_details", "workflow.find", "chat.messages"] {
        let row = row(&rows, key);
        assert_eq!((row.http, row.parsed), (Some(200), Some(true)), "{key}");
        assert!(row.rows > Some(0), "{row:#?}");
    }
    // Once each, the sign-in among them; a few workflows may have been looked into.
    let asked = lock(&served.running.world).history().len();
    assert!((16..=24).contains(&asked), "{asked} requests");
}

#[tokio::test]
async fn ten_contracts_are_green_once_their_documentation_is_read() {
    for seed in 0..10 {
        let script = Script::story(seed).scrambled(Some(seed)).starting(STORY_START);
        let profile = imported(script.clone()).await;
        let served = served(script).await;
        for row in checked(&served.reads(&profile, "demo"), false).await {
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
    let asked = || lock(&served.running.world).history().len();
    let before = asked();

    let rows = checked(&reads, true).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::Trouble, Next::Path, Some(404)));
    assert_eq!(asked() - before, 3, "the sign-in and two guessed GETs that need no id");
    let rows = checked(&reads, true).await;
    let list = row(&rows, "workflow.list");
    assert_eq!((list.grade, list.next, list.http), (Grade::NotTested, Next::Path, None));
    // No POST went to a path that nobody is known to serve.
    let world = lock(&served.running.world);
    let posts = world.history().iter().filter(|a| a.method.word() == "POST");
    assert!(posts.clone().all(|asked| asked.endpoint.is_some()), "{:?}", posts.collect::<Vec<_>>());
}
