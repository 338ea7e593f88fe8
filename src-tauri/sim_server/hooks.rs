//! Sends the world's webhooks, as the vendor would, to a receiver on this machine.

use std::{collections::VecDeque, time::Duration};

use tokio::time::Instant;

use super::{Clock, SharedWorld, SimError, lock};
use crate::sim::{Hook, HookKey};

/// Where webhooks go, and how often each is tried. The defaults are the vendor's rule for its
/// predictive dialer: every minute, at most five times, then dropped.
pub struct HookDelivery {
    client: reqwest::Client,
    url: String,
    /// The events that are sent.
    pub keys: Vec<HookKey>,
    pub retry_after: Duration,
    pub tries: u32,
}

struct Waiting {
    hook: Hook,
    tries: u32,
    due: Instant,
}

const LOOK_EVERY: Duration = Duration::from_millis(500);
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

impl HookDelivery {
    /// To `url`, an `http` address of this machine. `{key}` in it stands for the event's key
    /// (`hook.chat_ended`).
    pub fn to(url: &str) -> Result<Self, SimError> {
        if !is_loopback(url) {
            return Err(SimError::HookUrl(url.to_owned()));
        }
        let client = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(ANSWER_WITHIN)
            .build()
            .map_err(SimError::HookClient)?;
        Ok(Self {
            client,
            url: url.to_owned(),
            keys: HookKey::ALL.to_vec(),
            retry_after: Duration::from_secs(60),
            tries: 5,
        })
    }

    /// Sends until the task is aborted.
    pub(super) async fn run(self, world: SharedWorld, clock: Clock) {
        let mut waiting: VecDeque<Waiting> = VecDeque::new();
        loop {
            let new = lock(&world).due_webhooks(clock());
            let wanted = new.into_iter().filter(|hook| self.keys.contains(&hook.key));
            waiting.extend(wanted.map(|hook| Waiting { hook, tries: 0, due: Instant::now() }));
            for _ in 0..waiting.len() {
                let Some(next) = waiting.pop_front() else { break };
                waiting.extend(self.attempt(next).await);
            }
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Sends `next` if it is due; gives it back if it has to be sent later.
    async fn attempt(&self, mut next: Waiting) -> Option<Waiting> {
        if Instant::now() < next.due {
            return Some(next);
        }
        next.tries += 1;
        let Err(problem) = self.post(&next.hook).await else { return None };
        if next.tries >= self.tries {
            tracing::warn!(event = next.hook.key.key(), problem, "a webhook was dropped");
            return None;
        }
        next.due = Instant::now() + self.retry_after;
        Some(next)
    }

    async fn post(&self, hook: &Hook) -> Result<(), String> {
        let url = self.url.replace("{key}", hook.key.key());
        let mut request = self.client.post(url).body(hook.body.clone());
        for (name, value) in &hook.headers {
            request = request.header(name, value);
        }
        match request.send().await {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => Err(format!("HTTP {}", answer.status().as_u16())),
            Err(error) => Err(error.without_url().to_string()),
        }
    }
}

fn is_loopback(url: &str) -> bool {
    let Ok(url) = reqwest::Url::parse(&url.replace("{key}", "key")) else { return false };
    url.scheme() == "http" && matches!(url.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"))
}
