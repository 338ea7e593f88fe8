//! The one handle that a shell, the command line and a test use.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError},
};

use bytes::Bytes;
use tokio::sync::watch;

use super::{
    convert,
    dto::{HowDto, ReceiptDto, VerbDto},
    errors::{bad_request, refused},
    frames::{
        AccountDto, ActRequest, BlastKind, BlastLine, BlastRadius, ErrorCode, Hello, NumberOf,
        Peaks, SilenceDto, UiError,
    },
    page::{self, Page, PageWords},
    queries::split,
    setup::{check::next, dto::NextStep},
    share::Sharing,
    window::{self, FrameStream, WindowHandle},
};
use crate::{
    accounts::Account,
    actions::{ActionRequest, Ask, Door, Left, Line, Refusal},
    alerts::{Alerts, Told},
    domain::{
        action::{self, How, Reach, Target},
        ids::{AccountId, ActionId, CallId, SessionId},
        line,
        mask::Mask,
        time::Zone,
    },
    media::{Cache, Notes},
    store::Reader,
    sync::{health::Ledger, plan::Interest},
    vendor::{Clock, Key, Profile, Reads, check::next_step},
};

/// What all windows share.
pub struct Shared {
    pub accounts: Vec<Account>,
    /// The contract of each account, for what a letter means.
    pub profiles: HashMap<AccountId, Profile>,
    /// Accounts that cannot be asked, because their keys are not at hand.
    pub without_keys: HashSet<AccountId>,
    pub reader: Reader,
    pub ledger: Ledger,
    pub alerts: Told,
    pub sharing: Sharing,
    pub clock: Clock,
    pub cache: Arc<Cache>,
    /// The webhook receiver's address, when one runs.
    pub receiver: Option<String>,
    pub(super) windows: Mutex<HashMap<u64, HashMap<AccountId, Interest>>>,
    pub(super) interest: watch::Sender<HashMap<AccountId, Interest>>,
}

impl Shared {
    pub fn mask(&self, account: &AccountId) -> Mask {
        let own = self.accounts.iter().find(|a| a.id == *account).map(|a| a.mask);
        self.sharing.mask(own.unwrap_or_default())
    }

    /// Tells sync what all windows together look at.
    pub(super) fn look_at(&self, window: u64, interest: Option<HashMap<AccountId, Interest>>) {
        let mut windows = self.windows.lock().unwrap_or_else(PoisonError::into_inner);
        match interest {
            Some(interest) => windows.insert(window, interest),
            None => windows.remove(&window),
        };
        let mut all: HashMap<AccountId, Interest> = HashMap::new();
        for (account, interest) in windows.values().flatten() {
            let merged = all.entry(account.clone()).or_default();
            merged.watch |= interest.watch;
            merged.dialling |= interest.dialling;
            merged.tasks.extend(interest.tasks.iter().cloned());
            merged.plans.extend(interest.plans.iter().cloned());
            merged.workflows.extend(interest.workflows.iter().cloned());
            merged.sessions.extend(interest.sessions.iter().cloned());
        }
        self.interest.send_if_modified(|current| {
            let differs = *current != all;
            *current = all;
            differs
        });
    }
}

/// What a desk is made of.
pub struct Parts {
    pub accounts: Vec<Account>,
    pub profiles: HashMap<AccountId, Profile>,
    pub reads: HashMap<AccountId, Reads>,
    pub reader: Reader,
    pub door: Arc<Door>,
    pub cache: Arc<Cache>,
    pub notes: Notes,
    pub ledger: Ledger,
    pub alerts: Alerts,
    pub sharing: Sharing,
    pub clock: Clock,
    pub receiver: Option<String>,
    pub interest: watch::Sender<HashMap<AccountId, Interest>>,
}

#[derive(Clone)]
pub struct Desk {
    pub(super) shared: Arc<Shared>,
    pub(super) reads: Arc<HashMap<AccountId, Reads>>,
    pub(super) door: Arc<Door>,
    pub(super) alerts: Alerts,
    pub(super) notes: Notes,
}

impl Desk {
    pub fn new(parts: Parts) -> Self {
        let ids = parts.accounts.iter().map(|account| &account.id);
        let without_keys = ids.filter(|id| !parts.reads.contains_key(id)).cloned().collect();
        let shared = Shared {
            without_keys,
            accounts: parts.accounts,
            profiles: parts.profiles,
            reader: parts.reader,
            ledger: parts.ledger,
            alerts: parts.alerts.told(),
            sharing: parts.sharing,
            clock: parts.clock,
            cache: parts.cache,
            receiver: parts.receiver,
            windows: Mutex::default(),
            interest: parts.interest,
        };
        Self {
            shared: Arc::new(shared),
            reads: Arc::new(parts.reads),
            door: parts.door,
            alerts: parts.alerts,
            notes: parts.notes,
        }
    }

    pub fn hello(&self) -> Hello {
        let accounts = self.shared.accounts.iter().map(|a| self.account(a)).collect();
        Hello {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            demo: self.shared.accounts.iter().any(|a| a.demo),
            accounts,
            sharing: self.shared.sharing.is_on(),
        }
    }

    pub fn open_window(&self) -> (WindowHandle, FrameStream) {
        window::open(Arc::clone(&self.shared))
    }

    pub fn accounts(&self) -> &[Account] {
        &self.shared.accounts
    }

    /// For asking once, outside the loop; an account without keys has none.
    pub fn reads(&self, account: &AccountId) -> Option<&Reads> {
        self.reads.get(account)
    }

    pub fn ledger(&self) -> &Ledger {
        &self.shared.ledger
    }

    pub fn reader(&self) -> &Reader {
        &self.shared.reader
    }

    pub fn mask(&self, account: &AccountId) -> Mask {
        self.shared.mask(account)
    }

    /// What the confirm dialog shows, from the store alone.
    pub async fn blast_radius(
        &self,
        verb: VerbDto,
        target: String,
        number_of: Option<NumberOf>,
    ) -> Result<BlastRadius, UiError> {
        let ask = ask(verb, &target, number_of.as_ref())?;
        let mask = self.shared.mask(&ask.account);
        let radius = self.door.blast_radius(&ask, convert::preview(mask)).await?;
        let found = radius.found.as_ref();
        Ok(BlastRadius {
            subject: convert::subject(&radius.subject),
            subject_id: radius.subject.id().to_owned(),
            name: found.and_then(|found| found.name.clone()),
            status: found.and_then(|found| found.status.as_ref()).map(convert::status),
            callee: radius.callee.as_ref().map(|callee| mask.callee(callee)),
            lines: radius.lines.iter().map(blast_line).collect(),
            refusal: radius.refusal.as_ref().map(refusal),
            evidence: convert::evidence(radius.evidence),
            confirmed: radius.confirmed,
            request: radius.preview,
            hold: radius.hold,
        })
    }

    /// Sends one write, once; the receipt says what came of it so far.
    pub async fn act(&self, request: ActRequest) -> Result<ReceiptDto, UiError> {
        if request.action_id.trim().is_empty() {
            return Err(bad_request("an action needs its id"));
        }
        let Ask { account, verb, target } =
            ask(request.verb, &request.target, request.number_of.as_ref())?;
        let mask = self.shared.mask(&account);
        let id = ActionId::new(request.action_id);
        let reason = request.reason;
        let how = match request.how {
            HowDto::Send => How::Send,
            HowDto::Trial => How::Trial,
            HowDto::Outside => How::Outside,
        };
        let named = request.named.unwrap_or_default();
        let request = ActionRequest { id, account, verb, target, reason, how, named };
        let action = self.door.act(request).await?;
        Ok(convert::receipt(&action, mask))
    }

    pub async fn peaks(&self, call: String) -> Result<Peaks, UiError> {
        let (reads, account, call) = self.recording_of(&call)?;
        let reader = &self.shared.reader;
        let shape = self.shared.cache.peaks(reads, reader, &account, &call).await?;
        let silence = |&(from_ms, to_ms): &(i64, i64)| SilenceDto { from_ms, to_ms };
        Ok(Peaks {
            duration_ms: shape.duration_ms,
            sample_rate: shape.sample_rate,
            silences: shape.silences.iter().map(silence).collect(),
            lanes: shape.lanes,
            mime: shape.mime.to_owned(),
        })
    }

    /// The recording's bytes: never a path and never the vendor's link.
    pub async fn recording(&self, call: String) -> Result<Bytes, UiError> {
        let (reads, account, call) = self.recording_of(&call)?;
        Ok(self.shared.cache.recording(reads, &self.shared.reader, &account, &call).await?)
    }

    /// The conversation as a page of its own, named and masked.
    pub async fn session_page(&self, session: &str, words: &PageWords) -> Result<Page, UiError> {
        page::of_session(&self.shared, session, words).await
    }

    fn account(&self, a: &Account) -> AccountDto {
        AccountDto {
            account: a.id.to_string(),
            name: a.name.clone(),
            colour: a.colour.clone(),
            base_url: a.base_url.clone(),
            zone: zone(a.zone),
            callee_zone: a.callee_zone.map(zone),
            demo: a.demo,
            masked: a.mask == Mask::LastFour,
            read_only: a.read_only,
            own_sessions: asked(self.reads.get(&a.id), Key::ChatSessions),
            tasks: self.dialled(a, Key::TaskList),
            plans: self.dialled(a, Key::PlanList),
        }
    }

    /// Tasks and plans are asked for only where a business line of the account has them.
    fn dialled(&self, account: &Account, key: Key) -> NextStep {
        match line::Line::have_tasks(&account.lines) {
            true => asked(self.reads.get(&account.id), key),
            false => NextStep::Line,
        }
    }

    fn recording_of(&self, call: &str) -> Result<(Option<&Reads>, AccountId, CallId), UiError> {
        let (account, id) = split(call)?;
        Ok((self.reads.get(&account), account, CallId::new(id)))
    }
}

/// What has to be done before the list is asked for.
fn asked(reads: Option<&Reads>, list: Key) -> NextStep {
    match reads.map(|reads| reads.may(list)) {
        None => NextStep::Keys,
        Some(Ok(_)) => NextStep::Nothing,
        Some(Err(why)) => next(next_step(&why.into())),
    }
}

fn zone(zone: Zone) -> String {
    zone.0.to_string()
}

pub(super) fn ask(
    verb: VerbDto,
    target: &str,
    number_of: Option<&NumberOf>,
) -> Result<Ask, UiError> {
    let (account, id) = split(target)?;
    let verb = convert::verb_of(verb);
    let subject = verb.subject(id);
    let number = match (verb.reach(), number_of) {
        (Reach::Whole | Reach::Session, None) => None,
        (Reach::Whole | Reach::Session, Some(_)) => {
            return Err(bad_request("this action is of a whole, not of one number"));
        }
        (Reach::Number, None) => {
            return Err(bad_request("name a call or a session of the number"));
        }
        (Reach::Number, Some(number)) => Some(named(&account, number)?),
    };
    Ok(Ask { account, verb, target: Target { subject, number } })
}

/// A number is that of the account's own records.
fn named(account: &AccountId, number: &NumberOf) -> Result<action::NumberOf, UiError> {
    let (NumberOf::Call(row) | NumberOf::Session(row)) = number;
    let (of, id) = split(row)?;
    if of != *account {
        return Err(bad_request("the number is named by a record of another account"));
    }
    Ok(match number {
        NumberOf::Call(_) => action::NumberOf::Call(CallId::new(id)),
        NumberOf::Session(_) => action::NumberOf::Session(SessionId::new(id)),
    })
}

fn blast_line(line: &Line) -> BlastLine {
    BlastLine {
        what: match line.what {
            Left::Numbers => BlastKind::NumbersLeft,
            Left::CallsRunning => BlastKind::CallsRunning,
            Left::WabaQueued => BlastKind::WabaQueued,
            Left::OpenChats => BlastKind::OpenChats,
            Left::Rounds => BlastKind::Rounds,
        },
        value: line.value,
        as_of: line.as_of.map(|t| t.millis()),
        evidence: convert::evidence(line.evidence),
    }
}

pub(super) fn refusal(refusal: &Refusal) -> UiError {
    let code = match refusal {
        Refusal::ReadOnly => ErrorCode::ReadOnly,
        Refusal::NotConfirmed(_) | Refusal::NotConnected => ErrorCode::NotConfirmed,
        Refusal::Doubtful(_) => ErrorCode::NotConfirmed,
        Refusal::NoTrialNeeded | Refusal::TrialMade | Refusal::NotNamed => ErrorCode::BadRequest,
        Refusal::AlreadyOver { .. } => ErrorCode::AlreadyOver,
        Refusal::NotFound | Refusal::NoNumber => ErrorCode::NotFound,
    };
    refused(code, refusal)
}
