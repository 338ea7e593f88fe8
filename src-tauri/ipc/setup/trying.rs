//! An account tried before it is kept: once, with the keys as typed, keeping nothing.

use super::{
    Setup, check, connection,
    draft::{self, given},
    dto::{AccountDraft, AccountTest, StepName, StepOutcome, TestStep},
};
use crate::{
    accounts::Keys,
    ipc::{errors::bad_request, frames::UiError},
    vendor::{
        Key, NotAsked, PageAsk, ReadError, ReadErrorKind, Reads, check::zone, connect,
        profile::Profile,
    },
};

/// What the steps tell, one by one.
struct Told<F> {
    steps: Vec<TestStep>,
    on_step: F,
}

impl<F: Fn(TestStep)> Told<F> {
    fn say(&mut self, step: StepName, outcome: StepOutcome, detail: Option<String>) {
        let step = TestStep { step, outcome, detail };
        (self.on_step)(step.clone());
        self.steps.push(step);
    }
}

impl Setup {
    /// Tries the draft against the vendor. Each step is told as soon as it is over.
    pub async fn test_account(
        &self,
        draft: AccountDraft,
        on_step: impl Fn(TestStep) + Send,
    ) -> Result<AccountTest, UiError> {
        draft::check(&draft)?;
        let old = match &draft.account {
            Some(id) => self.book().keychain.keys(&self.kept(id)?.id).await.0,
            None => Keys::default(),
        };
        let keys = draft::keys(&draft, old);
        let Some((key, _)) = keys.pair() else {
            return Err(bad_request("an account needs its APPKey and its APPSecret"));
        };
        let id = super::accounts::id_of(&draft, key);
        let text = draft::profile(&draft, &self.profile(&id).text);
        let text = text.map_err(|error| super::accounts::told(&error))?;
        let profile = Profile::parse(&text).map_err(|error| super::accounts::told(&error))?;
        let mut told = Told { steps: Vec::new(), on_step };
        let signed_in = self.sign_in(&draft, &keys, profile, &mut told).await;
        if let Some(reads) = &signed_in {
            self.zone_step(reads, &mut told).await;
            chatbot_step(reads, &draft, &keys, &mut told).await;
            pds_step(reads, &keys, &mut told).await;
        }
        self.keychain_step(&mut told).await;
        Ok(AccountTest { steps: told.steps, may_keep: signed_in.is_some() })
    }

    /// Address and sign-in are one request: the answer tells which of the two it was.
    async fn sign_in<F: Fn(TestStep)>(
        &self,
        draft: &AccountDraft,
        keys: &Keys,
        profile: Profile,
        told: &mut Told<F>,
    ) -> Option<Reads> {
        let base_url = draft.base_url.trim();
        let account = connection::Asked { base_url, budget: draft.budget };
        let settings = connection::of(&account, keys, profile, self.clock())?;
        let reads = match connect(settings, self.parts.transport.clone()) {
            Ok((reads, _)) => reads,
            Err(error) => {
                told.say(StepName::Address, StepOutcome::Trouble, Some(error.to_string()));
                return None;
            }
        };
        let answer = reads.sign_in().await;
        match &answer {
            Err(ReadError { kind: ReadErrorKind::Transport(error), .. }) => {
                told.say(StepName::Address, StepOutcome::Trouble, Some(error.to_string()));
                return None;
            }
            _ if is_open(base_url) => {
                let detail = "without https, key and secret can be read on their way".to_owned();
                told.say(StepName::Address, StepOutcome::Look, Some(detail));
            }
            _ => told.say(StepName::Address, StepOutcome::Good, None),
        }
        match answer {
            Ok(()) => {
                told.say(StepName::SignIn, StepOutcome::Good, None);
                Some(reads)
            }
            Err(error) => {
                let detail = Some(error.kind.to_string());
                told.say(StepName::SignIn, StepOutcome::Trouble, detail);
                None
            }
        }
    }

    /// Whether the newest record's times fit the zone.
    async fn zone_step<F: Fn(TestStep)>(&self, reads: &Reads, told: &mut Told<F>) {
        let ask = PageAsk { page: 1, page_size: reads.page_size(Key::WorkflowList), known: None };
        let (outcome, detail) = match reads.workflows(ask).await {
            Ok(page) => {
                let rows = page.rows.iter().map(|seen| seen.raw.as_str());
                let newest = zone::newest(rows, reads.zone());
                let judged = check::shown(&zone::row(newest, reads.zone(), self.now()));
                (judged.outcome, judged.detail)
            }
            Err(error) if matches!(error.kind, ReadErrorKind::NotAsked(_)) => {
                let detail = format!("no list can be asked yet: {}", error.kind);
                (StepOutcome::NotTested, Some(detail))
            }
            Err(error) => (StepOutcome::NotTested, Some(error.kind.to_string())),
        };
        told.say(StepName::Zone, outcome, detail);
    }

    async fn keychain_step<F: Fn(TestStep)>(&self, told: &mut Told<F>) {
        let (outcome, detail) = match self.book().keychain.is_there().await {
            Ok(()) => (StepOutcome::Good, None),
            Err(None) => {
                let detail = "no keychain was found: keys stay in memory until the app is closed";
                (StepOutcome::Look, Some(detail.to_owned()))
            }
            Err(Some(trouble)) => {
                let detail = format!("keys stay in memory until the app is closed: {trouble}");
                (StepOutcome::Look, Some(detail))
            }
        };
        told.say(StepName::Keychain, outcome, detail);
    }
}

async fn chatbot_step<F: Fn(TestStep)>(
    reads: &Reads,
    draft: &AccountDraft,
    keys: &Keys,
    told: &mut Told<F>,
) {
    let not_tested = |detail: &str| (StepOutcome::NotTested, Some(detail.to_owned()));
    let (outcome, detail) = if keys.chatbot().is_none() {
        not_tested("no sign key: sessions come by webhook or file")
    } else if reads.may(Key::ChatMessages) == Err(NotAsked::SignUnknown) {
        not_tested("choose how requests are signed; which algorithm is right is not known")
    } else {
        match reads.may(Key::ChatSessions) {
            Err(why) => not_tested(&why.to_string()),
            Ok(_) => asked(reads.sessions(first_page(reads)).await.map(|_| ())),
        }
    };
    let detail = detail.or_else(|| given(draft.chatbot_sign.as_ref()).map(str::to_owned));
    told.say(StepName::Chatbot, outcome, detail);
}

fn first_page(reads: &Reads) -> PageAsk {
    PageAsk { page: 1, page_size: reads.page_size(Key::ChatSessions), known: None }
}

async fn pds_step<F: Fn(TestStep)>(reads: &Reads, keys: &Keys, told: &mut Told<F>) {
    let (outcome, detail) = if keys.pds().is_none() {
        (StepOutcome::NotTested, Some("no keys of the predictive dialer".to_owned()))
    } else {
        asked(reads.sign_in_pds().await)
    };
    told.say(StepName::Pds, outcome, detail);
}

fn asked(answer: Result<(), ReadError>) -> (StepOutcome, Option<String>) {
    match answer {
        Ok(()) => (StepOutcome::Good, None),
        Err(error) => (StepOutcome::Trouble, Some(error.kind.to_string())),
    }
}

/// Everybody on the way could read what is sent. On this computer nobody is on the way.
fn is_open(base_url: &str) -> bool {
    let Some(rest) = base_url.strip_prefix("http://") else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    !matches!(host, "127.0.0.1" | "localhost" | "[")
}
