//! The contract with the vendor as it is in force, and what a person corrects of it.

use super::{
    Setup,
    accounts::told,
    draft::plain,
    dto::{
        AskedDto, ChangeDto, ChangePreview, ContractRow, ContractValue, ContractView, EndpointKind,
        FieldRow, FromWhere, ProfilePreview,
    },
    fault,
};
use crate::{
    ipc::{convert, frames::UiError},
    vendor::{
        Key, NotAsked, Reads,
        catalogue::{Family, Kind},
        change::{self, Change, quoted},
        fields::{FIELDS, OurField, RecordKind},
        profile::Profile,
        profile_shown::{self, Shown, ShownEndpoint},
    },
};

impl Setup {
    /// Every endpoint and webhook with the account's corrections over it.
    pub fn contract(&self, account: &str) -> Result<ContractView, UiError> {
        let kept = self.kept(account)?;
        let profile = self.profile(&kept.id);
        // Nothing of a text with a fault is in force.
        let in_force = if profile.fault.is_some() { "" } else { &profile.text };
        let shown = profile_shown::shown(in_force).map_err(|error| told(&error))?;
        let reads = self.reads(&kept.id).ok();
        let asked = shown.endpoints.iter().filter(|row| row.endpoint.family != Family::Link);
        let mut general: Vec<ContractValue> = shown.general.iter().map(value).collect();
        if !general.iter().any(|value| value.path == ["family", "cloud", "base_url"]) {
            general.push(base_url(&kept.base_url));
        }
        Ok(ContractView {
            rows: asked.map(|row| contract_row(row, &profile.profile, reads)).collect(),
            fields: FIELDS.iter().map(|field| field_row(field, &profile.profile)).collect(),
            words: shown.words.iter().map(value).collect(),
            general,
            fault: profile.fault.as_ref().map(fault),
            text: profile.text,
        })
    }

    /// What would become of the profile. Nothing is kept.
    pub async fn preview_changes(
        &self,
        account: &str,
        changes: Vec<ChangeDto>,
    ) -> Result<ChangePreview, UiError> {
        let id = self.kept(account)?.id;
        let changes = of_dto(changes);
        let before = self.profile(&id);
        let after = change::apply(&before.text, &changes).and_then(|text| Profile::parse(&text));
        let after = match after {
            Ok(after) => after,
            Err(error) => {
                return Ok(ChangePreview { fault: Some(fault(&error)), empty_fields: Vec::new() });
            }
        };
        let mut empty_fields = Vec::new();
        for change in changes.iter().filter(|change| change.to.is_some()) {
            let Some(field) = mapped_field(&change.path) else { continue };
            let filled = self.filled(&id, field, (&before.profile, &after)).await?;
            if filled.finds_nothing() {
                empty_fields.push(change.key());
            }
        }
        empty_fields.dedup();
        Ok(ChangePreview { fault: None, empty_fields })
    }

    /// What a text would make of the profile, one that cannot be read now too. Nothing is kept.
    pub fn preview_profile(&self, account: &str, text: &str) -> Result<ProfilePreview, UiError> {
        let before = self.profile(&self.kept(account)?.id);
        let in_force = if before.fault.is_some() { "" } else { &before.text };
        let changes = Profile::parse(text).and_then(|_| change::diff(in_force, text));
        Ok(match changes {
            Ok(changes) => {
                ProfilePreview { changes: changes.into_iter().map(dto).collect(), fault: None }
            }
            Err(error) => ProfilePreview { changes: Vec::new(), fault: Some(fault(&error)) },
        })
    }

    /// Keeps a text as the profile, if it can be used, and starts the core again with it.
    pub async fn keep_profile_text(&self, account: &str, text: &str) -> Result<(), UiError> {
        let kept = self.kept(account)?;
        Profile::parse(text).map_err(|error| told(&error))?;
        self.keep_profile(&kept.id, text).await
    }

    /// Writes the profile and starts the core again with it.
    pub async fn keep_changes(
        &self,
        account: &str,
        changes: Vec<ChangeDto>,
    ) -> Result<(), UiError> {
        let kept = self.kept(account)?;
        let text = change::apply(&self.profile(&kept.id).text, &of_dto(changes));
        self.keep_profile(&kept.id, &text.map_err(|error| told(&error))?).await
    }
}

pub(super) fn of_dto(changes: Vec<ChangeDto>) -> Vec<Change> {
    let change = |ChangeDto { path, from, to, source }| Change { path, from, to, source };
    changes.into_iter().map(change).collect()
}

pub(super) fn dto(change: Change) -> ChangeDto {
    let Change { path, from, to, source } = change;
    ChangeDto { path, from, to, source }
}

/// The field that a change maps: `["record", "call", "fields", "talk_duration", …]`.
fn mapped_field(path: &[String]) -> Option<&'static OurField> {
    let [record, kind, fields, name, ..] = path else { return None };
    let is_map = record == "record" && fields == "fields";
    RecordKind::parse(kind).filter(|_| is_map)?.field(name)
}

fn value(shown: &Shown) -> ContractValue {
    ContractValue {
        path: shown.path.clone(),
        value: plain(&shown.literal),
        toml: shown.literal.clone(),
        from: if shown.from_profile { FromWhere::Profile } else { FromWhere::BuiltIn },
    }
}

/// The account's own address holds for every family that the profile gives none.
fn base_url(address: &str) -> ContractValue {
    ContractValue {
        path: ["family", "cloud", "base_url"].map(str::to_owned).to_vec(),
        value: address.to_owned(),
        toml: quoted(address),
        from: FromWhere::BuiltIn,
    }
}

fn contract_row(row: &ShownEndpoint, profile: &Profile, reads: Option<&Reads>) -> ContractRow {
    let key: Key = row.endpoint.key;
    let contract = profile.contract(key);
    ContractRow {
        key: row.endpoint.name.to_owned(),
        title: row.endpoint.title.to_owned(),
        family: row.endpoint.family.word().to_owned(),
        kind: match row.endpoint.kind {
            Kind::Read | Kind::Name => EndpointKind::Read,
            Kind::Write => EndpointKind::Write,
            Kind::Hook => EndpointKind::Hook,
        },
        method: contract.method.word().to_owned(),
        path: contract.path.to_owned(),
        evidence: convert::evidence(row.evidence),
        asked: asked(row, reads),
        confirmed: profile.confirmed_by(key).map(str::to_owned),
        values: row.values.iter().map(value).collect(),
    }
}

/// With the account's own client where there is one: it knows which guesses were in vain.
fn asked(row: &ShownEndpoint, reads: Option<&Reads>) -> AskedDto {
    if row.endpoint.kind == Kind::Hook {
        return AskedDto::Received;
    }
    if !row.endpoint.is_used() {
        return AskedDto::NotUsed;
    }
    let may = reads.map_or(row.asked, |reads| reads.may(row.endpoint.key).map(|_| ()));
    match may {
        Ok(()) => AskedDto::Asked,
        Err(NotAsked::Guessed) => AskedDto::Guessed,
        Err(NotAsked::Parked) => AskedDto::Parked,
        Err(NotAsked::SignUnknown) => AskedDto::SignUnknown,
        Err(NotAsked::NoKeys) => AskedDto::NoKeys,
        Err(NotAsked::Unconfirmed) => AskedDto::Unconfirmed,
        Err(NotAsked::NothingToAsk) => AskedDto::Received,
    }
}

pub(super) fn field_row(field: &OurField, profile: &Profile) -> FieldRow {
    let mapped = profile.map(field.record).iter().chain(profile.element_map(field.record));
    let mapped = mapped.into_iter().find(|mapped| mapped.field == field);
    FieldRow {
        record: field.record.word().to_owned(),
        field: field.name.to_owned(),
        kind: field.kind.word().to_owned(),
        pointer: mapped.map(|mapped| mapped.pointer.clone()),
        unit: mapped.and_then(|mapped| Some(mapped.unit?.word().to_owned())),
        zone: mapped.and_then(|mapped| Some(mapped.zone?.0.to_string())),
    }
}
