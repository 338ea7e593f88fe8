//! Accounts: what is kept, what a person typed, and forgetting.

use secrecy::{ExposeSecret as _, SecretString};

use super::{
    Setup,
    draft::{self, given},
    dto::{AccountDraft, AccountSettings, LineDto, SecretsIn},
};
use crate::{
    accounts::{Kept, KeptIn, KeptProfile, Keys, Line, Webhooks, account_id, hint},
    domain::{ids::AccountId, mask::Mask, time::Zone},
    ipc::{
        errors::bad_request,
        frames::{ErrorCode, UiError},
    },
    vendor::profile::{Profile, ReadsOn},
};

impl Setup {
    /// The accounts as they are kept, without anything secret.
    pub async fn accounts(&self) -> Vec<AccountSettings> {
        let mut all = Vec::new();
        for kept in self.book().accounts() {
            let (keys, place) = self.book().keychain.keys(&kept.id).await;
            let profile = self.profile(&kept.id);
            all.push(settings(&kept, &keys, &place, &profile));
        }
        all
    }

    /// Keeps an account as it was typed, and starts the core again with it. The answer is its id.
    pub async fn keep_account(&self, draft: AccountDraft) -> Result<String, UiError> {
        draft::check(&draft)?;
        let known = match &draft.account {
            Some(id) => Some(self.kept(id)?),
            None if self.book().is_for_this_session() => {
                return Err(bad_request(
                    "this window was opened for one run only; open Wheelhouse without flags to keep \
                     accounts",
                ));
            }
            None => None,
        };
        let keys = match &known {
            Some(kept) => draft::keys(&draft, self.book().keychain.keys(&kept.id).await.0),
            None => draft::keys(&draft, Keys::default()),
        };
        let kept = account(&draft, known, &keys)?;
        if draft.account.is_none() && self.book().account(&kept.id).is_some() {
            return Err(bad_request(
                "this key at this address is an account already: edit that one",
            ));
        }
        let profile = self.profile(&kept.id).text;
        let corrected = draft::profile(&draft, &profile).map_err(|error| told(&error))?;
        let id = kept.id.clone();
        if corrected != profile {
            self.book().keep_profile(&id, &corrected)?;
        }
        self.book().keep(kept)?;
        if let KeptIn::Session { trouble: Some(trouble) } =
            self.book().keychain.keep(&id, keys).await
        {
            tracing::warn!(account = %id, trouble, "the keychain did not take the keys");
        }
        self.restart(None).await?;
        Ok(id.to_string())
    }

    /// Takes an account out, with its keys and its profile and, where asked for, with what is stored of
    /// it; the journal stays.
    pub async fn remove_account(&self, account: &str, forget_data: bool) -> Result<(), UiError> {
        let kept = self.kept(account)?;
        if self.book().is_for_this_session() {
            return Err(bad_request("this account was given for one run only: nothing is kept"));
        }
        self.book().keychain.remove(&kept.id).await.map_err(|trouble| UiError {
            code: ErrorCode::Store,
            message: format!("the keychain did not let go of the keys: {trouble}"),
            reference: None,
            filter: None,
        })?;
        self.book().remove(&kept.id)?;
        self.restart(forget_data.then_some(kept.id)).await
    }
}

pub(super) fn told(error: &crate::vendor::profile::ProfileError) -> UiError {
    UiError {
        code: ErrorCode::BadRequest,
        message: error.to_string(),
        reference: None,
        filter: None,
    }
}

/// What becomes of the account with the draft over it.
fn account(draft: &AccountDraft, known: Option<Kept>, keys: &Keys) -> Result<Kept, UiError> {
    let base_url = draft.base_url.trim().trim_end_matches('/').to_owned();
    let had = known.as_ref().and_then(|kept| kept.callee_zone);
    let (id, webhooks, demo, old_hint) = match known {
        Some(kept) => (kept.id, kept.webhooks, kept.demo, kept.key_hint),
        None => {
            let Some((key, _)) = keys.pair() else {
                return Err(bad_request("an account needs its APPKey and its APPSecret"));
            };
            let id = account_id(&base_url, key.expose_secret());
            (id, Webhooks::new(), false, String::new())
        }
    };
    let key_hint = match given(draft.key.as_ref()) {
        Some(key) => hint(key),
        None => old_hint,
    };
    Ok(Kept {
        id,
        name: draft.name.trim().to_owned(),
        colour: draft.colour.clone(),
        base_url,
        key_hint,
        lines: draft.lines.iter().map(|line| kept_line(*line)).collect(),
        mask: if draft.masked { Mask::LastFour } else { Mask::Shown },
        read_only: draft.read_only,
        budget: draft.budget,
        callee_zone: match given(draft.callee_zone.as_ref()) {
            Some(text) => Zone::parse(text),
            None => had.filter(|_| draft.callee_zone.is_none()),
        },
        demo,
        webhooks,
    })
}

fn settings(kept: &Kept, keys: &Keys, place: &KeptIn, profile: &KeptProfile) -> AccountSettings {
    AccountSettings {
        account: kept.id.to_string(),
        name: kept.name.clone(),
        colour: kept.colour.clone(),
        base_url: kept.base_url.clone(),
        key_hint: kept.key_hint.clone(),
        has_keys: keys.pair().is_some(),
        secrets_in: match place {
            KeptIn::Keychain => SecretsIn::Keychain,
            KeptIn::Session { .. } => SecretsIn::Session,
        },
        zone: zone(&profile.profile),
        callee_zone: kept.callee_zone.map(String::from),
        lines: kept.lines.iter().map(|line| line_dto(*line)).collect(),
        masked: kept.mask == Mask::LastFour,
        read_only: kept.read_only,
        budget: kept.budget,
        has_chatbot_keys: keys.chatbot().is_some(),
        chatbot_sign: draft::text_at(&profile.text, &draft::SIGN),
        has_pds_keys: keys.pds().is_some(),
        documentation_url: draft::text_at(&profile.text, &draft::DOCUMENTATION),
        guesses: profile.profile.reads() == ReadsOn::Assumed,
        demo: kept.demo,
    }
}

pub(super) fn zone(profile: &Profile) -> String {
    profile.zone().0.to_string()
}

fn kept_line(line: LineDto) -> Line {
    match line {
        LineDto::Collection => Line::Collection,
        LineDto::Telemarketing => Line::Telemarketing,
        LineDto::InfoCheck => Line::InfoCheck,
        LineDto::LeadsGeneration => Line::LeadsGeneration,
        LineDto::Chatbot => Line::Chatbot,
        LineDto::Pds => Line::Pds,
    }
}

fn line_dto(line: Line) -> LineDto {
    match line {
        Line::Collection => LineDto::Collection,
        Line::Telemarketing => LineDto::Telemarketing,
        Line::InfoCheck => LineDto::InfoCheck,
        Line::LeadsGeneration => LineDto::LeadsGeneration,
        Line::Chatbot => LineDto::Chatbot,
        Line::Pds => LineDto::Pds,
    }
}

/// Of a test's draft: the id that the account has or would have.
pub(super) fn id_of(draft: &AccountDraft, key: &SecretString) -> AccountId {
    match &draft.account {
        Some(id) => AccountId::new(id.clone()),
        None => account_id(draft.base_url.trim(), key.expose_secret()),
    }
}
