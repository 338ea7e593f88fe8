//! The ways to a call's recording, one after the other until one leads to audio.

use bytes::Bytes;
use tokio::task;

use super::{
    MediaError,
    archive::{self, Wanted},
    kind::{Kind, why_not_audio},
};
use crate::{
    domain::{
        call::Call,
        ids::{AccountId, CallId, Callee, TaskId},
    },
    store::{CallAsk, Reader},
    vendor::{Download, ReadError, ReadErrorKind, Reads, transport::TransportError},
};

/// One call whose recording is looked for.
pub struct Hunt<'a> {
    pub reads: &'a Reads,
    pub reader: &'a Reader,
    pub account: &'a AccountId,
    pub call: &'a CallId,
    pub stored: Option<&'a Call>,
}

/// A call whose workflow is known has the first two; the others are those of a calling task.
#[derive(Clone, Copy)]
enum Way {
    /// The link that the call was stored with.
    Stored,
    /// A new link, once, where the account may ask: how long links live is not known.
    LookUp,
    /// The recording of the number in the task.
    OfNumber,
    /// The archive of all recordings of the task.
    OfTask,
}

impl Hunt<'_> {
    pub async fn recording(&self) -> Result<Bytes, MediaError> {
        let mut told = MediaError::NoRecording;
        for way in [Way::Stored, Way::LookUp, Way::OfNumber, Way::OfTask] {
            let tried = match way {
                Way::Stored => self.stored_link().await,
                Way::LookUp => self.looked_up().await,
                Way::OfNumber => self.of_number().await,
                Way::OfTask => self.of_task().await,
            };
            match tried {
                Ok(Some(bytes)) => return Ok(bytes),
                // It has nothing, or may not be asked: that says nothing about the recording.
                Ok(None) => {}
                Err(error) if leaves_another_way(&error) => told = error,
                Err(error) => return Err(error),
            }
        }
        Err(told)
    }

    async fn stored_link(&self) -> Result<Option<Bytes>, MediaError> {
        let Some(link) = self.link() else { return Ok(None) };
        self.by_link(link).await.map(Some)
    }

    async fn looked_up(&self) -> Result<Option<Bytes>, MediaError> {
        let asked = match self.task() {
            Some(_) => self.reads.call_of_task(self.call).await,
            None => self.reads.call(self.call).await,
        };
        let found = answered(asked)?.flatten();
        match found.and_then(|seen| seen.value.recording) {
            Some(link) if self.link() != Some(link.as_str()) => self.by_link(&link).await.map(Some),
            _ => Ok(None),
        }
    }

    /// Which of several recordings of a number the vendor means is not known, so it is only asked where
    /// the number has no other.
    async fn of_number(&self) -> Result<Option<Bytes>, MediaError> {
        let Some((task, number)) = self.task().zip(self.only_number().await?) else {
            return Ok(None);
        };
        match answered(self.reads.recording_of_number(task, number).await)?.flatten() {
            Some(file) => self.audio(file, true).await.map(Some),
            None => Ok(None),
        }
    }

    async fn of_task(&self) -> Result<Option<Bytes>, MediaError> {
        let Some(task) = self.task() else { return Ok(None) };
        match answered(self.reads.recordings_of_task(task).await)?.flatten() {
            Some(link) => {
                let file = self.downloaded(&link).await.map_err(|error| match error {
                    MediaError::TooLarge { limit } => archive::Trouble::TooLarge { limit }.into(),
                    other => other,
                })?;
                self.audio(file, false).await.map(Some)
            }
            None => Ok(None),
        }
    }

    async fn by_link(&self, link: &str) -> Result<Bytes, MediaError> {
        let file = self.downloaded(link).await?;
        self.audio(file, true).await
    }

    async fn downloaded(&self, link: &str) -> Result<Download, MediaError> {
        self.reads.recording(link).await.map_err(|error| match error.kind {
            ReadErrorKind::Http { status: 400 | 401 | 403 | 404 | 410 } => MediaError::Gone,
            ReadErrorKind::Transport(TransportError::TooLarge { limit }) => {
                MediaError::TooLarge { limit }
            }
            _ => error.into(),
        })
    }

    /// The audio that came, or that lies in the archive that came; `own`: it was asked for this call.
    async fn audio(&self, file: Download, own: bool) -> Result<Bytes, MediaError> {
        let bytes = file.bytes;
        if Kind::of(&bytes).is_some() {
            return Ok(bytes);
        }
        if !archive::is_archive(&bytes) {
            return Err(MediaError::NotAudio { why: why_not_audio(&bytes) });
        }
        let number = self.only_number().await?.map(|number| number.full().to_owned());
        let (id, name) = (self.call.to_string(), self.link().and_then(file_name));
        let limit = self.reads.recording_limit();
        let taken = task::spawn_blocking(move || {
            let wanted = Wanted { id: &id, file: name.as_deref(), number: number.as_deref(), own };
            archive::take(&bytes, &wanted, limit)
        });
        taken.await.unwrap_or_else(|error| {
            tracing::warn!(%error, "an archive of recordings could not be read");
            Err(archive::Trouble::Damaged.into())
        })
    }

    fn link(&self) -> Option<&str> {
        self.stored.and_then(|call| call.recording.as_deref())
    }

    /// The calling task of a call that has no workflow.
    fn task(&self) -> Option<&TaskId> {
        self.stored.filter(|call| call.workflow.is_none())?.task.as_ref()
    }

    /// The number, where no other call to it in the task can have a recording.
    async fn only_number(&self) -> Result<Option<&Callee>, MediaError> {
        let Some((task, callee)) = self.task().zip(self.stored.and_then(|c| c.callee.as_ref()))
        else {
            return Ok(None);
        };
        let ask = CallAsk {
            task: Some((self.account.clone(), task.clone())),
            filter: callee.full().to_owned(),
            count: MOST_CALLS,
            ..CallAsk::default()
        };
        let calls = self.reader.calls(&ask).await?;
        let another = |call: &Call| {
            call.callee.as_ref() == Some(callee)
                && call.id != *self.call
                && call.connected != Some(false)
        };
        let alone = calls.total <= i64::from(MOST_CALLS)
            && !calls.rows.iter().any(|stored| another(&stored.call));
        Ok(alone.then_some(callee))
    }
}

/// Far more than a number is called in one task.
const MOST_CALLS: u32 = 100;

/// What an endpoint answered; `None` where it may not be asked, or is not there.
fn answered<T>(answer: Result<T, ReadError>) -> Result<Option<T>, MediaError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(ReadError {
            kind: ReadErrorKind::NotAsked(_) | ReadErrorKind::Http { status: 404 },
            ..
        }) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Whether another way may still lead to the recording. A network that fails, a sign-in that is refused
/// and a recording that is too large are the same by every way.
fn leaves_another_way(error: &MediaError) -> bool {
    match error {
        MediaError::Gone | MediaError::NotAudio { .. } | MediaError::Archive(_) => true,
        MediaError::Read(read) => {
            matches!(read.kind, ReadErrorKind::Refused { .. } | ReadErrorKind::Unreadable { .. })
        }
        _ => false,
    }
}

/// The last part of a link's path.
fn file_name(link: &str) -> Option<String> {
    let path = link.split(['?', '#']).next()?;
    let name = path.rsplit('/').next().filter(|name| !name.is_empty())?;
    Some(name.to_owned())
}
