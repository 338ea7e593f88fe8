//! “Use this value as …”: what it would make of the records that are stored, before it is kept.

use super::{
    Setup, check,
    dto::{ChangeDto, MappingDraft, MappingPreview, MappingSample},
};
use crate::{
    domain::{ids::AccountId, mask::Mask},
    ipc::{
        errors::{bad_request, refused},
        frames::{ErrorCode, UiError},
    },
    store::Kind,
    vendor::{
        change::{self, Change},
        fields::{FieldKind, OurField, RecordKind},
        profile::Profile,
        reread::{Filled, would_fill},
    },
};

/// Stored records that are looked at: enough to see a mistake, few enough for an answer at once.
const SAMPLE: u32 = 500;

impl Setup {
    /// The change is kept by `keep_changes`, after the person has seen this.
    pub async fn preview_mapping(
        &self,
        account: String,
        draft: MappingDraft,
    ) -> Result<MappingPreview, UiError> {
        let account = AccountId::new(account);
        let record = RecordKind::parse(&draft.record).ok_or_else(|| bad_request("no such kind"))?;
        let field = record.field(&draft.field).ok_or_else(|| bad_request("no such field"))?;
        let before = self.profile(&account);
        let change = change_of(&before.text, field, &draft);
        let text = change::apply(&before.text, std::slice::from_ref(&change));
        let after = text.and_then(|text| Profile::parse(&text));
        let after = after.map_err(|error| refused(ErrorCode::BadRequest, error))?;
        let filled = self.filled(&account, field, (&before.profile, &after)).await?;
        let mask = self.mask(&account);
        let shown = |value: Option<String>| value.map(|value| masked(&value, field, mask));
        let sample = |(before, after)| MappingSample { before: shown(before), after: shown(after) };
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Ok(MappingPreview {
            looked_at: small(filled.rows),
            filled: small(filled.filled),
            samples: filled.samples.into_iter().map(sample).collect(),
            changes: vec![ChangeDto {
                path: change.path,
                from: change.from,
                to: change.to,
                source: change.source,
            }],
        })
    }

    /// What becomes of a field in the newest stored records, under the profile before and after.
    pub(super) async fn filled(
        &self,
        account: &AccountId,
        field: &OurField,
        (before, after): (&Profile, &Profile),
    ) -> Result<Filled, UiError> {
        let rows = match kind_of(field.record) {
            Some(kind) => self.reader().raw_sample(account, kind, SAMPLE).await?,
            None => Vec::new(),
        };
        let raws = rows.iter().map(|row| row.raw.as_str());
        Ok(would_fill(field, before, after, raws))
    }
}

fn change_of(text: &str, field: &OurField, draft: &MappingDraft) -> Change {
    let mut map = toml::Table::new();
    map.insert("pointer".to_owned(), draft.pointer.clone().into());
    if let Some(unit) = draft.unit.clone().filter(|_| field.has_unit()) {
        map.insert("unit".to_owned(), unit.into());
    }
    let path = ["record", field.record.word(), "fields", field.name].map(str::to_owned).to_vec();
    let entries = change::entries(text).unwrap_or_default();
    let from = entries.into_iter().find(|entry| entry.path == path).map(|entry| entry.literal);
    let to = Some(toml::Value::Table(map).to_string());
    Change { path, from, to, source: "by a click on a record".to_owned() }
}

fn masked(value: &str, field: &OurField, mask: Mask) -> String {
    // A case id may hold the number; ids of other things are not numbers of anybody.
    let speaks = matches!(field.kind, FieldKind::Text | FieldKind::Pairs | FieldKind::List)
        || field.name == "case_id";
    match mask {
        Mask::Pseudonym(_) => mask.value(value, None),
        Mask::LastFour if field.name == "callee" => mask.number(value),
        Mask::LastFour if speaks => check::masked(value),
        Mask::LastFour | Mask::Shown => value.to_owned(),
    }
}

fn kind_of(record: RecordKind) -> Option<Kind> {
    Some(match record {
        RecordKind::Template
        | RecordKind::WabaAccount
        | RecordKind::WabaTemplate
        | RecordKind::DialerTask
        | RecordKind::Robot
        | RecordKind::Strategy => return None,
        RecordKind::CallingTask => Kind::CallingTask,
        RecordKind::Plan => Kind::Plan,
        RecordKind::Round => Kind::Round,
        RecordKind::Workflow => Kind::Workflow,
        RecordKind::Node => Kind::Node,
        RecordKind::Task => Kind::Task,
        RecordKind::Call => Kind::Call,
        RecordKind::WabaTask => Kind::WabaTask,
        RecordKind::WabaMessage => Kind::Waba,
        RecordKind::Session => Kind::Session,
        RecordKind::Message => Kind::Message,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_click_makes_one_change_that_the_profile_reads() {
        let draft = MappingDraft {
            record: "call".to_owned(),
            field: "talk_duration".to_owned(),
            pointer: "/a/\"b\"".to_owned(),
            unit: Some("ms".to_owned()),
        };
        let field = RecordKind::Call.field("talk_duration").unwrap();
        let change = change_of("", field, &draft);
        assert_eq!(change.path, ["record", "call", "fields", "talk_duration"]);
        let text = change::apply("", std::slice::from_ref(&change)).unwrap();
        let again = change_of(&text, field, &draft);
        assert!(again.from.is_some(), "{text}");
    }

    #[test]
    fn a_number_is_masked_in_the_samples_too() {
        let callee = RecordKind::Call.field("callee").unwrap();
        assert_eq!(masked("+6281234564821", callee, Mask::LastFour), "••••4821");
        assert_eq!(masked("+6281234564821", callee, Mask::Shown), "+6281234564821");
        let case = RecordKind::Call.field("case_id").unwrap();
        assert_eq!(masked("C-6281234564821", case, Mask::LastFour), "C-••••4821");
    }
}
