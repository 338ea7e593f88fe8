//! Reads stored records anew when the profile understands them differently than it did when they were
//! stored.

use crate::{
    domain::{
        chat::Transcript,
        ids::{AccountId, SessionId},
        time::Timestamp,
        workflow::{Seen, Source},
    },
    store::{Batch, Kind, RawRow, Reader, SourceMark, StoreError, Writer},
    vendor::{
        Profile,
        fields::RecordKind,
        reread::{Known, Reread, reread},
    },
};

/// What a replay did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Replayed {
    pub read: usize,
    /// Records that read differently now.
    pub written: usize,
    /// Records that cannot be read through the profile; they stay as they were.
    pub unreadable: usize,
}

/// Records read at a time.
const BATCH: u32 = 500;

/// The mark under which the store keeps how an account's records were read.
const MARK: &str = "profile.reading";

/// In this order: what others belong to comes first.
const KINDS: [(Kind, RecordKind); 11] = [
    (Kind::Workflow, RecordKind::Workflow),
    (Kind::Node, RecordKind::Node),
    (Kind::Task, RecordKind::Task),
    (Kind::Call, RecordKind::Call),
    (Kind::Session, RecordKind::Session),
    (Kind::Message, RecordKind::Message),
    (Kind::WabaTask, RecordKind::WabaTask),
    (Kind::Waba, RecordKind::WabaMessage),
    (Kind::CallingTask, RecordKind::CallingTask),
    (Kind::Plan, RecordKind::Plan),
    (Kind::Round, RecordKind::Round),
];

/// Reads everything stored of an account through the profile, unless it was stored through an equal
/// one. The vendor is not asked.
pub async fn replay(
    reader: &Reader,
    writer: &mut Writer,
    account: &AccountId,
    profile: &Profile,
    now: Timestamp,
) -> Result<Replayed, StoreError> {
    let marks = reader.known_sources(account).await?;
    let mark = marks.into_iter().find(|mark| mark.key == MARK).map(|mark| mark.fingerprint);
    let reading = profile.reading();
    if mark.unwrap_or_else(|| Profile::built_in().reading()) == reading {
        return Ok(Replayed::default());
    }
    let mut replayed = Replayed::default();
    for (kind, record) in KINDS {
        let mut after = 0;
        loop {
            let mut rows = reader.raws(account, kind, after, BATCH).await?;
            let last = rows.len() < BATCH as usize;
            after = rows.last().map_or(after, |row| row.n);
            // A batch that names all nodes of a workflow decides their order.
            rows.sort_by_key(|row| row.position);
            for source in [Source::Api, Source::Webhook, Source::File] {
                let of = rows.iter().filter(|row| row.source == source);
                let batch = batch(record, of, profile, now, &mut replayed);
                replayed.written += writer.apply(account, source, now, batch).await?.written;
            }
            if last {
                break;
            }
        }
    }
    // What could not be merged may be readable now; the driver drains it again.
    writer.replay_events(account).await?;
    let mark = SourceMark {
        key: MARK.to_owned(),
        scope: String::new(),
        answered_at: now,
        fingerprint: reading,
        total: None,
        complete: true,
    };
    let done = Batch { marks: vec![mark], ..Batch::default() };
    writer.apply(account, Source::Api, now, done).await?;
    tracing::info!(%account, ?replayed, "stored records were read through the changed profile");
    Ok(replayed)
}

fn batch<'r>(
    kind: RecordKind,
    rows: impl Iterator<Item = &'r RawRow>,
    profile: &Profile,
    now: Timestamp,
    replayed: &mut Replayed,
) -> Batch {
    let mut batch = Batch::default();
    for row in rows {
        let known = Known {
            id: &row.id,
            workflow: row.workflow.as_ref(),
            parent: row.parent.as_deref(),
            position: row.position,
            as_of: row.as_of,
        };
        replayed.read += 1;
        match reread(kind, &row.raw, known, profile) {
            Ok(value) => put(&mut batch, row, value, now),
            Err(_) => replayed.unreadable += 1,
        }
    }
    batch
}

fn put(batch: &mut Batch, row: &RawRow, value: Reread, now: Timestamp) {
    fn seen<T>(value: T, row: &RawRow) -> Seen<T> {
        Seen { value, raw: row.raw.clone() }
    }
    match value {
        Reread::Workflow(value) => batch.workflows.push(seen(value, row)),
        Reread::Node(value) => batch.nodes.push(seen(value, row)),
        Reread::Task(value) => batch.tasks.push(seen(value, row)),
        Reread::Call(value) => batch.calls.push(seen(value, row)),
        Reread::WabaTask(value) => batch.waba_tasks.push(seen(value, row)),
        Reread::WabaMessage(value) => batch.waba_messages.push(seen(value, row)),
        Reread::Session(value) => batch.sessions.push(seen(value, row)),
        Reread::CallingTask(value) => batch.calling_tasks.push(seen(value, row)),
        Reread::Plan(value) => batch.plans.push(seen(value, row)),
        Reread::Round(value) => batch.rounds.push(seen(value, row)),
        Reread::Message(value) => {
            let message = seen(value, row);
            let session = SessionId::new(row.id.as_str());
            match batch.transcripts.iter_mut().find(|t| t.session == session) {
                Some(transcript) => transcript.messages.push(message),
                None => batch.transcripts.push(Transcript {
                    session,
                    messages: vec![message],
                    complete: false,
                    as_of: now,
                }),
            }
        }
    }
}
