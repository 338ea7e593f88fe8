//! What a world is made from: its seed, its size, its pace and what goes wrong in it.

use super::faults::FaultPlan;

/// Everything that decides a world. Two worlds of equal scripts are equal at equal times.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    pub seed: u64,
    /// The instant that all history lies before, Unix milliseconds; whole seconds.
    pub start: i64,
    /// Workflows that exist at `start`, in every state of life.
    pub workflows: usize,
    /// List entries of one workflow, from and to.
    pub entries: (i64, i64),
    /// Milliseconds between two calls of one workflow, from and to.
    pub pace_ms: (i64, i64),
    /// Milliseconds from the end of a redial round to the next, from and to.
    pub redial_wait_ms: (i64, i64),
    /// Chatbot sessions of one workflow that has a chatbot, from and to.
    pub sessions: (i64, i64),
    /// Milliseconds from one new workflow after `start` to the next; 0 creates none.
    pub arrivals_ms: i64,
    pub faults: FaultPlan,
    /// Answers 404 on paths that are only assumed, and leaves out fields that are only assumed or
    /// inferred.
    pub known_only: bool,
    /// Where recordings and media are linked to: `http://127.0.0.1:4010`, without a slash at the end.
    pub base_url: String,
    pub key: String,
    pub secret: String,
    /// Which shuffled contract lies over the world; `None` is the canonical one.
    pub scramble: Option<u64>,
    /// The key that chatbot requests must name; `None` takes any request, and turns away a foreign key
    /// only.
    pub chat_key: Option<String>,
    /// Algorithm and secret of the signature that chatbot requests must carry; words as
    /// [`super::SIGN_WORDS`].
    pub chat_sign: Option<(String, String)>,
    /// Algorithm and secret that webhooks are signed with; without one only the end of a session
    /// carries something, which has the form of a signature.
    pub hook_sign: Option<(String, String)>,
    /// Key of 16, 24 or 32 characters that bodies of webhooks are encrypted with (AES-CBC, PKCS #7, the
    /// initial vector first). How the vendor encrypts is not known.
    pub hook_aes: Option<String>,
}

/// The start of worlds whose date does not matter: 2026-11-20T02:00:00Z, ten in the morning at +08:00.
pub const STORY_START: i64 = 1_795_140_000_000;

impl Script {
    /// A busy account: 72 workflows, more than 20,000 calls, hours of movement.
    pub fn demo(seed: u64) -> Self {
        Self {
            seed,
            start: STORY_START,
            workflows: 72,
            entries: (170, 450),
            pace_ms: (6_000, 14_000),
            redial_wait_ms: (120_000, 300_000),
            sessions: (3, 9),
            arrivals_ms: 100_000,
            faults: FaultPlan::none(),
            known_only: false,
            base_url: "http://simulator.invalid".to_owned(),
            key: "demo".to_owned(),
            secret: "demo".to_owned(),
            scramble: None,
            chat_key: None,
            chat_sign: None,
            hook_sign: None,
            hook_aes: None,
        }
    }

    /// A small account for tests: 60 workflows, at least 500 calls and 20 sessions, quick to make.
    pub fn story(seed: u64) -> Self {
        Self {
            workflows: 60,
            entries: (7, 12),
            pace_ms: (6_000, 14_000),
            redial_wait_ms: (20_000, 40_000),
            sessions: (1, 2),
            arrivals_ms: 240_000,
            ..Self::demo(seed)
        }
    }

    /// The same script with its history ending at `start`, cut to whole seconds.
    pub fn starting(self, start: i64) -> Self {
        Self { start: start.div_euclid(1000) * 1000, ..self }
    }

    pub fn with_faults(self, faults: FaultPlan) -> Self {
        Self { faults, ..self }
    }

    pub fn scrambled(self, scramble: Option<u64>) -> Self {
        Self { scramble, ..self }
    }

    pub fn known_only(self, known_only: bool) -> Self {
        Self { known_only, ..self }
    }
}
