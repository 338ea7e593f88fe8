//! What the desktop is told: the warnings that begin, in the words of the page's language.
//!
//! No number of a person and no word of one is part of it. Names are the vendor's users' own and hostile:
//! they become one plain, short line; how a desktop must be told so, knows whoever tells it.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Desk,
    alerts::{RuleDto, rule},
    frames::UiError,
    tray::TrayWords,
};
use crate::{
    alerts::Silent,
    domain::{
        alert::{About, Severity},
        ids::AccountId,
    },
    store::StoredAlert,
};

/// Of several warnings, so many are named.
const NAMED: usize = 4;
/// So much of a name is shown.
const LONGEST: usize = 80;

/// The words of the page's language; `{…}` stands for what is put in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NoticeWords {
    pub rules: Vec<RuleWords>,
    /// Two or more warnings: `{count} warnings`.
    pub several: String,
    /// Those that are not named: `and {count} more`.
    pub more: String,
    /// What a click does.
    pub open: String,
    pub tray: TrayWords,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleWords {
    pub rule: RuleDto,
    pub words: String,
}

/// One notification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub body: String,
    /// What a click does, in words.
    pub open: String,
    /// `wheelhouse://…`
    pub link: String,
    pub critical: bool,
    /// The warnings that it is about.
    pub of: Vec<i64>,
}

impl Desk {
    /// What the desktop is to be told now, if anything. It counts as told from here on; where it could
    /// not be, [`Desk::not_told`] says so.
    pub async fn notice(&self, words: &NoticeWords) -> Result<Option<Notice>, UiError> {
        let due = self.alerts.announce().await?;
        let name = |id: &AccountId| {
            let known = self.shared.accounts.iter().find(|account| account.id == *id);
            known.map_or_else(|| id.to_string(), |account| account.name.clone())
        };
        Ok(notice(&due, words, name))
    }

    pub async fn not_told(&self, notice: &Notice) -> Result<(), UiError> {
        Ok(self.alerts.not_announced(&notice.of).await?)
    }

    /// Whether the desktop can be told, for the screen.
    pub fn silent(&self, why: Option<Silent>) {
        self.alerts.silent(why);
    }
}

fn notice(
    due: &[StoredAlert],
    words: &NoticeWords,
    name: impl Fn(&AccountId) -> String,
) -> Option<Notice> {
    let what = |one: &StoredAlert| {
        let own = words.rules.iter().find(|own| own.rule == rule(one.alert.key.rule));
        own.map(|own| own.words.clone()).unwrap_or_default()
    };
    let whose = |one: &StoredAlert| {
        let account = line(&name(&one.alert.key.account));
        match (&one.alert.key.about, &one.name) {
            (About::Workflow(_), Some(name)) => format!("{account} · {}", line(name)),
            (About::Workflow(id), None) => format!("{account} · {}", line(id)),
            (About::Account | About::Session(_), _) => account,
        }
    };
    let (title, body, link) = match due {
        [] => return None,
        [one] => (what(one), whose(one), format!("wheelhouse://alert/{}", one.n)),
        several => {
            let title = words.several.replace("{count}", &several.len().to_string());
            let named = several.iter().take(NAMED);
            let mut lines: Vec<_> =
                named.map(|one| format!("{}: {}", what(one), whose(one))).collect();
            if several.len() > NAMED {
                let more = (several.len() - NAMED).to_string();
                lines.push(words.more.replace("{count}", &more));
            }
            (title, lines.join("\n"), "wheelhouse://alerts".to_owned())
        }
    };
    let critical = due.iter().any(|one| one.alert.key.rule.severity() == Severity::Critical);
    let (open, of) = (words.open.clone(), due.iter().map(|one| one.n).collect());
    Some(Notice { title, body, open, link, critical, of })
}

/// One line without anything that acts: control characters and those that turn the direction.
fn line(outside: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let plain = outside.chars().filter(|c| !turns(*c));
    let plain: String =
        plain.map(|c| if c.is_control() { ' ' } else { c }).take(LONGEST + 1).collect();
    match plain.chars().count() > LONGEST {
        true => plain.chars().take(LONGEST).chain(['…']).collect(),
        false => plain,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{
        alert::{Alert, AlertKey, Rule},
        time::Timestamp,
    };

    fn words() -> NoticeWords {
        let of = |known: Rule| RuleWords { rule: rule(known), words: known.word().to_owned() };
        NoticeWords {
            rules: Rule::ALL.into_iter().map(of).collect(),
            several: "{count} warnings".to_owned(),
            more: "and {count} more".to_owned(),
            open: "Show".to_owned(),
            tray: TrayWords::default(),
        }
    }

    fn alert(n: i64, rule: Rule, about: About, name: Option<&str>) -> StoredAlert {
        let key = AlertKey { account: AccountId::new("a"), rule, about };
        let (since, name) = (Timestamp(0), name.map(str::to_owned));
        StoredAlert {
            n,
            alert: Alert { key, since, evidence: BTreeMap::new(), call: None },
            begun_at: since,
            last_seen_at: since,
            ended_at: None,
            snoozed_until: None,
            announced_at: None,
            name,
        }
    }

    fn told(due: &[StoredAlert]) -> Option<Notice> {
        notice(due, &words(), |_| "Bank\nNusantara".to_owned())
    }

    #[test]
    fn one_leads_to_its_row_and_a_name_is_one_plain_line() {
        let name = format!("\u{202e}Evil\u{7}\n<b>{}", "x".repeat(200));
        let workflow = About::Workflow("w1".to_owned());
        let one = alert(7, Rule::NoNewCalls, workflow, Some(&name));
        let notice = told(&[one]).unwrap();
        assert_eq!(
            (notice.title.as_str(), notice.link.as_str()),
            ("no_new_calls", "wheelhouse://alert/7")
        );
        assert!(notice.body.starts_with("Bank Nusantara · Evil  <b>xxx"), "{}", notice.body);
        assert!(notice.body.ends_with("x…") && notice.body.chars().count() < 110);
        assert!(!notice.critical && notice.of == [7]);
    }

    #[test]
    fn several_are_one_and_a_conversation_is_not_named() {
        let about = || About::Session("628123456789".to_owned());
        let due: Vec<_> = (1..=6).map(|n| alert(n, Rule::NoAgent, about(), None)).collect();
        let notice = told(&due).unwrap();
        assert_eq!(
            (notice.title.as_str(), notice.link.as_str()),
            ("6 warnings", "wheelhouse://alerts")
        );
        assert_eq!(notice.body.lines().count(), 5);
        assert!(notice.body.starts_with("no_agent: Bank Nusantara\n"));
        assert!(notice.body.ends_with("and 2 more") && !notice.body.contains("628"));
        assert!(notice.critical && notice.of.len() == 6);
        assert_eq!(told(&[]), None);
    }
}
