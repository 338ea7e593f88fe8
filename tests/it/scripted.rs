//! The vendor's end of the line as a script: what it answers to each request, and what it was asked.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use serde_json::Value;
use wheelhouse::{
    domain::time::Timestamp,
    vendor::{
        Keys, Limits, Profile, Reads, Settings, Writes, connect,
        transport::{Answer, Request, Response, Transport, TransportError},
    },
};

pub const NOW: Timestamp = Timestamp(1_795_390_000_000);
pub const TOKEN: &str = "q8+Zb/3kVt1w==";

type Script = Box<dyn Fn(usize, &Request) -> Result<Response, TransportError> + Send + Sync>;

pub struct Scripted {
    script: Script,
    asked: Mutex<Vec<Request>>,
}

impl Scripted {
    /// Answers by the request's place (from 0) among those to its path, and by the request.
    pub fn new(
        script: impl Fn(usize, &Request) -> Result<Response, TransportError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Arc::new(Self { script: Box::new(script), asked: Mutex::default() })
    }

    /// Signs everybody in and leaves the rest to `script`.
    pub fn signed_in(
        script: impl Fn(usize, &Request) -> Result<Response, TransportError> + Send + Sync + 'static,
    ) -> Arc<Self> {
        Self::new(move |nth, request| {
            if path(request) == "/service/cloud/auth" {
                return ok(200, fixture("auth"));
            }
            script(nth, request)
        })
    }

    pub fn asked(&self, wanted: &str) -> Vec<Request> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|request| path(request) == wanted).cloned().collect()
    }

    pub fn asked_in_all(&self) -> usize {
        self.asked.lock().unwrap().len()
    }
}

impl Transport for Scripted {
    fn send<'a>(&'a self, request: Request, limit: usize) -> Answer<'a> {
        Box::pin(async move {
            // Lets other tasks run, as a network would.
            tokio::task::yield_now().await;
            let nth = {
                let mut asked = self.asked.lock().unwrap();
                asked.push(request.clone());
                asked.iter().filter(|r| path(r) == path(&request)).count() - 1
            };
            let response = (self.script)(nth, &request)?;
            if response.body.len() > limit {
                return Err(TransportError::TooLarge { limit });
            }
            Ok(response)
        })
    }
}

pub fn path(request: &Request) -> String {
    let after = request.url.split("://").nth(1).unwrap_or_default();
    let path = after.find('/').map_or("/", |at| &after[at..]);
    path.split('?').next().unwrap_or_default().to_owned()
}

pub fn header(request: &Request, name: &str) -> Option<String> {
    let mut headers = request.headers.iter();
    headers.find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, value)| value.clone())
}

pub fn json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).unwrap()
}

pub fn ok(status: u16, body: impl Into<Bytes>) -> Result<Response, TransportError> {
    Ok(Response { status, headers: Vec::new(), body: body.into() })
}

pub fn limited(retry_after: &str) -> Result<Response, TransportError> {
    let headers = vec![("Retry-After".to_owned(), retry_after.to_owned())];
    Ok(Response { status: 429, headers, body: Bytes::new() })
}

pub fn fixture(name: &str) -> Vec<u8> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/vendor");
    std::fs::read(format!("{folder}/{name}.json")).unwrap()
}

/// Everything allowed: reads on guessed paths, unsigned chatbot requests, all writes confirmed.
pub const OPEN: &str = r#"
reads = "assumed"
[family.chatbot]
sign = "none"
[endpoint."workflow.stop"]
confirmed = "tried by hand"
[endpoint."workflow.cancel_list"]
confirmed = "tried by hand"
[endpoint."task.cancel"]
confirmed = "tried by hand"
[endpoint."plan.cancel"]
confirmed = "tried by hand"
[endpoint."task.cancel_call"]
confirmed = "tried by hand"
[endpoint."plan.cancel_call"]
confirmed = "tried by hand"
[endpoint."pds.cancel"]
confirmed = "tried by hand"
[endpoint."chat.end"]
confirmed = "tried by hand"
[endpoint."leads.cancel_call"]
confirmed = "tried by hand"
"#;

pub fn client(profile: &str, transport: Arc<Scripted>) -> (Reads, Writes) {
    client_at(profile, transport, Arc::new(|| NOW))
}

pub fn client_at(
    profile: &str,
    transport: Arc<Scripted>,
    clock: wheelhouse::vendor::Clock,
) -> (Reads, Writes) {
    let settings = Settings {
        base_url: "https://vendor.example".to_owned(),
        key: "demo-key".to_owned(),
        secret: "very-secret".into(),
        chatbot: Some(Keys { key: "sign-key".to_owned(), secret: "sign-secret".into() }),
        pds: Some(Keys { key: "pds-key".to_owned(), secret: "pds-secret".into() }),
        profile: Profile::parse(profile).unwrap(),
        budget_per_s: 1000.0,
        clock,
        limits: Limits { json: 20_000, recording: 1_000 },
    };
    connect(settings, transport).unwrap()
}
