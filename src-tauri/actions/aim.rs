//! What an action is aimed at, as the store knows it.

use crate::{
    domain::{
        action::{Target, Verb},
        ids::{AccountId, Callee, WorkflowId},
    },
    store::{Reader, StoreError, StoredWorkflow},
};

/// What somebody wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    pub account: AccountId,
    pub verb: Verb,
    pub target: Target,
}

/// The number that a call or a session of the target names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Number {
    /// The verb is not about one number.
    NotNeeded,
    /// The call or session is not stored, or belongs to another workflow.
    NotStored,
    /// The vendor did not say the number, or the target names none.
    NotReported,
    Known {
        callee: Callee,
        case_id: Option<String>,
    },
}

impl Number {
    pub fn callee(&self) -> Option<&Callee> {
        match self {
            Self::Known { callee, .. } => Some(callee),
            _ => None,
        }
    }

    pub(super) fn parts(&self) -> Option<(&Callee, Option<&str>)> {
        match self {
            Self::Known { callee, case_id } => Some((callee, case_id.as_deref())),
            _ => None,
        }
    }

    fn of(callee: Option<Callee>, case_id: Option<String>) -> Self {
        callee.map_or(Self::NotReported, |callee| Self::Known { callee, case_id })
    }
}

pub(super) struct Aim {
    pub workflow: Option<StoredWorkflow>,
    pub number: Number,
}

impl Aim {
    pub async fn take(reader: &Reader, ask: &Ask) -> Result<Self, StoreError> {
        let workflow = reader.workflow(&ask.account, ask.target.workflow()).await?;
        let number = match ask.verb {
            Verb::StopWorkflow => Number::NotNeeded,
            Verb::CancelRest => number(reader, &ask.account, &ask.target).await?,
        };
        Ok(Self { workflow, number })
    }
}

async fn number(
    reader: &Reader,
    account: &AccountId,
    target: &Target,
) -> Result<Number, StoreError> {
    let of_this = |of: &Option<WorkflowId>| of.as_ref() == Some(target.workflow());
    Ok(match target {
        Target::Workflow { .. } => Number::NotReported,
        Target::NumberOfCall { call, .. } => match reader.call(account, call).await? {
            Some(stored) if of_this(&stored.call.workflow) => {
                Number::of(stored.call.callee, stored.call.case_id)
            }
            _ => Number::NotStored,
        },
        Target::NumberOfSession { session, .. } => match reader.session(account, session).await? {
            Some(stored) if of_this(&stored.session.workflow) => {
                Number::of(stored.session.callee, None)
            }
            _ => Number::NotStored,
        },
    })
}
