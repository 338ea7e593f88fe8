//! A workflow's states over time. How the vendor words them is not known; the words here are ASSUMED,
//! and one of them (`Under Review`) is outside what a client can know beforehand.

/// What ends a workflow before its list is through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cut {
    /// Somebody stops it: from when, and when that is complete.
    Stop {
        at: i64,
        complete: i64,
    },
    Fail {
        at: i64,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Life {
    pub created: i64,
    /// Held for review until then; equal to `created` where there is none.
    pub reviewed: i64,
    pub started: i64,
    pub ended: i64,
    /// From and to; `i64::MAX` when nobody resumes it.
    pub pause: Option<(i64, i64)>,
    pub cut: Option<Cut>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    UnderReview,
    NotStarted,
    Running,
    Paused,
    Stopping,
    Stopped,
    Finished,
    Failed,
}

impl State {
    #[cfg(test)]
    pub(crate) const ALL: [Self; 8] = [
        Self::UnderReview,
        Self::NotStarted,
        Self::Running,
        Self::Paused,
        Self::Stopping,
        Self::Stopped,
        Self::Finished,
        Self::Failed,
    ];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::UnderReview => "Under Review",
            Self::NotStarted => "Not Started",
            Self::Running => "Running",
            Self::Paused => "Paused",
            Self::Stopping => "Stopping",
            Self::Stopped => "Stopped",
            Self::Finished => "Finished",
            Self::Failed => "Failed",
        }
    }

    /// The same state as tasks and nodes write it: other records, other spelling.
    pub(crate) fn task_word(self) -> &'static str {
        match self {
            Self::UnderReview => "UNDER_REVIEW",
            Self::NotStarted => "NOT_STARTED",
            Self::Running => "IN_PROGRESS",
            Self::Paused => "PAUSED",
            Self::Stopping => "STOPPING",
            Self::Stopped => "STOPPED",
            Self::Finished => "FINISHED",
            Self::Failed => "FAILED",
        }
    }

    pub(crate) fn is_over(self) -> bool {
        matches!(self, Self::Stopped | Self::Finished | Self::Failed)
    }
}

impl Life {
    /// The state at `now`, with `stop` by an action: from when, and when that is complete.
    pub(crate) fn state(&self, now: i64, stop: Option<(i64, i64)>) -> State {
        if let Some(cut) = self.first_cut(stop).filter(|cut| cut.at() <= now) {
            return match cut {
                Cut::Stop { complete, .. } if now < complete => State::Stopping,
                Cut::Stop { .. } => State::Stopped,
                Cut::Fail { .. } => State::Failed,
            };
        }
        match now {
            _ if now < self.reviewed => State::UnderReview,
            _ if now < self.started => State::NotStarted,
            _ if self.pause.is_some_and(|(from, to)| from <= now && now < to) => State::Paused,
            _ if now >= self.ended => State::Finished,
            _ => State::Running,
        }
    }

    /// From when on nothing new begins.
    pub(crate) fn cutoff(&self, stop: Option<(i64, i64)>) -> i64 {
        let paused = self.pause.filter(|(_, to)| *to == i64::MAX).map(|(from, _)| from);
        let cut = self.first_cut(stop).map(|cut| cut.at());
        cut.unwrap_or(i64::MAX).min(paused.unwrap_or(i64::MAX))
    }

    /// When it was over, if it is by `now`.
    pub(crate) fn over_at(&self, now: i64, stop: Option<(i64, i64)>) -> Option<i64> {
        let at = match self.first_cut(stop) {
            Some(Cut::Stop { complete, .. }) => complete,
            Some(Cut::Fail { at }) => at,
            None => self.ended,
        };
        (at <= now).then_some(at)
    }

    fn first_cut(&self, stop: Option<(i64, i64)>) -> Option<Cut> {
        let asked = stop.map(|(at, complete)| Cut::Stop { at, complete });
        self.cut.into_iter().chain(asked).min_by_key(|cut| cut.at())
    }

    /// The instants at which the state changes when nobody acts.
    pub(crate) fn turning_points(&self) -> impl Iterator<Item = i64> {
        let (from, to) = self.pause.unwrap_or((i64::MAX, i64::MAX));
        let cut = match self.cut {
            Some(Cut::Stop { at, complete }) => [at, complete],
            Some(Cut::Fail { at }) => [at, i64::MAX],
            None => [i64::MAX; 2],
        };
        let own = [self.created, self.reviewed, self.started, self.ended, from, to];
        own.into_iter().chain(cut).filter(|t| *t != i64::MAX)
    }
}

impl Cut {
    fn at(self) -> i64 {
        match self {
            Self::Stop { at, .. } | Self::Fail { at } => at,
        }
    }
}
