//! The vendor's own documentation, read into proposals. Nothing is kept before a person has seen it.

use std::{collections::BTreeMap, path::PathBuf};

use super::{
    Setup,
    accounts::told,
    contract::dto,
    dto::{
        AmbiguousPage, DocumentationSource, EndpointKind, ProposalDto, ProposedKey, ReadProgress,
        UnmatchedPage,
    },
};
use crate::{
    ipc::{
        errors::bad_request,
        frames::{ErrorCode, UiError},
    },
    vendor::{
        Key,
        catalogue::Kind,
        change::Change,
        documentation::{self, Proposal, Source, SourceError},
    },
};

impl Setup {
    /// Reads documentation and says what it would change. Fetched are pages of the profile's
    /// documentation address only, and only because the person asked just now.
    pub async fn read_documentation(
        &self,
        account: &str,
        source: DocumentationSource,
        on_progress: impl Fn(ReadProgress) + Send + Sync,
    ) -> Result<ProposalDto, UiError> {
        let kept = self.kept(account)?;
        let profile = self.profile(&kept.id);
        if let Some(fault) = &profile.fault {
            return Err(told(fault));
        }
        let source = match source {
            DocumentationSource::Address => Source::Address(None),
            DocumentationSource::Files(paths) => {
                Source::Files(paths.into_iter().map(PathBuf::from).collect())
            }
            DocumentationSource::Pasted(text) => Source::Pasted(text),
        };
        let address = profile.profile.documentation_url();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let say = |progress: documentation::Progress| {
            let all = progress.all.map(number);
            on_progress(ReadProgress { done: number(progress.done), all });
        };
        let pages = documentation::read(source, address, &self.parts.transport, &say).await;
        let pages = pages.map_err(|error| unread(&error))?;
        let today: String = self.now().rfc3339().chars().take(10).collect();
        let proposal = documentation::propose(&pages, &profile.text, &today);
        Ok(proposal_dto(proposal.map_err(|error| told(&error))?))
    }
}

fn unread(error: &SourceError) -> UiError {
    let code = match error {
        SourceError::Unread { .. } => ErrorCode::Unreachable,
        _ => return bad_request(&error.to_string()),
    };
    UiError { code, message: error.to_string(), reference: None, filter: None }
}

fn proposal_dto(proposal: Proposal) -> ProposalDto {
    let mut keys: BTreeMap<String, ProposedKey> = BTreeMap::new();
    for found in &proposal.found {
        let name = found.key.as_str();
        keys.entry(name.to_owned()).or_insert_with(|| empty(name));
    }
    for change in proposal.changes {
        let name = place(&change);
        keys.entry(name.clone()).or_insert_with(|| empty(&name)).changes.push(dto(change));
    }
    let mut notes = Vec::new();
    for note in proposal.notes {
        match note.key.and_then(|key| keys.get_mut(key.as_str())) {
            Some(row) => row.notes.push(note.sentence),
            None => notes.push(note.sentence),
        }
    }
    let ambiguous = proposal.ambiguous.into_iter().map(|page| {
        notes.push(format!("{}: {}", page.title, page.why));
        AmbiguousPage { title: page.title, address: page.address, candidates: page.candidates }
    });
    let ambiguous = ambiguous.collect();
    let unmatched = proposal.unmatched.into_iter().map(|page| UnmatchedPage {
        title: page.title,
        address: page.address,
        why: page.why,
    });
    ProposalDto {
        pages: u32::try_from(proposal.pages).unwrap_or(u32::MAX),
        keys: keys.into_values().collect(),
        ambiguous,
        unmatched: unmatched.collect(),
        notes,
    }
}

/// What a change is about: an endpoint's key, `record.call`, `status.workflow`, or what holds for all.
fn place(change: &Change) -> String {
    let part = |at: usize| change.path.get(at).map(String::as_str).unwrap_or_default();
    match part(0) {
        "endpoint" => part(1).to_owned(),
        first @ ("record" | "status" | "meaning" | "family") => format!("{first}.{}", part(1)),
        first => first.to_owned(),
    }
}

fn empty(name: &str) -> ProposedKey {
    let endpoint = Key::parse(name).map(Key::endpoint);
    ProposedKey {
        key: name.to_owned(),
        title: endpoint.map(|endpoint| endpoint.title.to_owned()).unwrap_or_default(),
        kind: match endpoint.map(|endpoint| endpoint.kind) {
            Some(Kind::Write) => EndpointKind::Write,
            Some(Kind::Hook) => EndpointKind::Hook,
            Some(Kind::Read | Kind::Name) | None => EndpointKind::Read,
        },
        changes: Vec::new(),
        notes: Vec::new(),
    }
}
