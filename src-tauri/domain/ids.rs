//! One newtype per kind of id. The vendor spells ids as 32 hex digits or as integers; both are kept as
//! the text that was received, because nothing here may depend on their form.

use std::fmt;

use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    )*};
}

ids! {
    /// One key pair at one base URL. Ours, not the vendor's: `demo`, or derived from key and base URL.
    AccountId;
    /// One confirmed click. Made by the web view when the user confirms, unique for ever.
    ActionId;
    /// One attempt to reach a number (`callid`).
    CallId;
    /// One number in a workflow (`wfdetail_uuid`).
    EntryId;
    /// A message in a chatbot session (`msg_id`).
    MessageId;
    /// A step of a workflow as it runs (`nodetask_id`).
    NodeId;
    /// A dialing plan: one list dialled in rounds by a strategy (`PlanID`).
    PlanId;
    /// One round of a plan. Ours, not the vendor's: made of the plan's id and the round's number.
    RoundId;
    /// A chatbot conversation. The vendor calls the field `call_id`; it is no [`CallId`].
    SessionId;
    /// An outbound task, one node's dialling of a list, or a calling task outside workflows (`task_id`).
    TaskId;
    /// What a workflow is an instance of (`workflow_template_id`, an integer at the vendor).
    TemplateId;
    /// A batch of WhatsApp template messages (`waba_task_id`).
    WabaTaskId;
    /// A workflow task of the vendor (`workflow_id`).
    WorkflowId;
}

impl RoundId {
    pub fn of(plan: &PlanId, number: i64) -> Self {
        Self(format!("{plan}#{number}"))
    }

    /// The plan that the round is of.
    pub fn plan(&self) -> PlanId {
        PlanId::new(self.0.rsplit_once('#').map_or(self.0.as_str(), |(plan, _)| plan))
    }
}

/// A phone number as the vendor wrote it. Its `Debug` form is masked, so that a log line of a whole
/// record cannot leak it; every exit to a person goes through [`crate::domain::mask`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Callee(String);

impl Callee {
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The number in full. Only the vendor's requests, the store and an unmasked account may use it.
    pub fn full(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Callee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&super::mask::Mask::LastFour.number(&self.0))
    }
}
