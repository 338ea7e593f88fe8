//! What stands in the desktop's tray: how many warnings hold, in the words of the page's language. Nothing of
//! what they are about is part of it, so a shared screen shows a number only.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Desk;
use crate::{alerts::State, domain::time::Timestamp};

/// The words of the page's language; `{count}` stands for the number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TrayWords {
    /// Nothing was judged yet.
    pub unknown: String,
    pub quiet: String,
    pub one: String,
    pub several: String,
    /// Opens the window.
    pub show: String,
    /// Mutes notifications for an hour.
    pub mute: String,
    pub quit: String,
}

/// The tray as it is to stand there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tray {
    /// Says the number in words; leads to the warnings.
    pub title: String,
    /// Warnings that hold and are not put off.
    pub count: u32,
    pub muted: bool,
    pub show: String,
    pub mute: String,
    pub quit: String,
}

impl Tray {
    /// `desk` is `None` while the core starts again.
    pub fn of(words: &TrayWords, desk: Option<&Desk>) -> Self {
        let state = desk.map(|desk| (desk.alerts.told().state(), (desk.shared.clock)()));
        tray(words, state.as_ref().map(|(state, now)| (state, *now)))
    }
}

fn tray(words: &TrayWords, judged: Option<(&State, Timestamp)>) -> Tray {
    let state = judged.filter(|(state, _)| state.judged_at.is_some());
    let count = state.map_or(0, |(state, _)| state.holding);
    let title = match (state, count) {
        (None, _) => words.unknown.clone(),
        (Some(_), 0) => words.quiet.clone(),
        (Some(_), 1) => words.one.clone(),
        (Some(_), count) => words.several.replace("{count}", &count.to_string()),
    };
    let muted = judged.and_then(|(state, now)| state.muted_until.map(|until| now < until));
    Tray {
        title,
        count,
        muted: muted.unwrap_or(false),
        show: words.show.clone(),
        mute: words.mute.clone(),
        quit: words.quit.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> TrayWords {
        TrayWords {
            unknown: "not judged".to_owned(),
            quiet: "quiet".to_owned(),
            one: "1 warning".to_owned(),
            several: "{count} warnings".to_owned(),
            ..TrayWords::default()
        }
    }

    #[test]
    fn what_was_not_judged_is_not_called_quiet() {
        let title = |state: Option<&State>| {
            let shown = tray(&words(), state.map(|state| (state, Timestamp(0))));
            (shown.title, shown.count)
        };
        let judged = |holding| State { judged_at: Some(Timestamp(0)), holding, ..State::default() };
        assert_eq!(title(None), ("not judged".to_owned(), 0));
        assert_eq!(title(Some(&State { holding: 3, ..State::default() })).0, "not judged");
        assert_eq!(title(Some(&judged(0))), ("quiet".to_owned(), 0));
        assert_eq!(title(Some(&judged(1))), ("1 warning".to_owned(), 1));
        assert_eq!(title(Some(&judged(12))), ("12 warnings".to_owned(), 12));
    }

    #[test]
    fn it_is_muted_until_then() {
        let state = State { muted_until: Some(Timestamp(10)), ..State::default() };
        let muted = |now| tray(&words(), Some((&state, Timestamp(now)))).muted;
        assert!(muted(9) && !muted(10));
        assert!(!tray(&words(), None).muted);
    }
}
