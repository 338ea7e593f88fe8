//! Whether words of a page and words of ours mean the same thing. Nothing here decides alone: the best
//! of several guesses is shown to the user before it is kept.

use super::{matching::plain, schema::Field};
use crate::{
    domain::status::{Phase, Status},
    vendor::record::same_name,
};

/// How well a field of a page fits one of ours; 0: not at all.
pub(super) fn likeness(field: &Field, names: &[&str], titles: &[&str]) -> u32 {
    if let Some(at) = names.iter().position(|name| same_name(name, &field.name)) {
        return if at == 0 { 200 } else { 150 };
    }
    titles.iter().map(|title| in_words(field, title)).max().unwrap_or(0)
}

/// The smallest likeness that is worth showing.
pub(super) const ENOUGH: u32 = 40;

fn in_words(field: &Field, title: &str) -> u32 {
    let length = u32::try_from(plain(title).chars().count().min(30)).unwrap_or(30);
    if plain(&field.title) == plain(title)
        || (field.title.is_empty() && plain(&field.description) == plain(title))
    {
        100
    } else if says(&field.title, title) {
        60 + length
    } else if says(&field.description, title) {
        40 + length / 2
    } else {
        0
    }
}

/// Whether the text holds the phrase as words of its own; Chinese has no spaces to tell words by.
pub(super) fn says(text: &str, phrase: &str) -> bool {
    if !phrase.is_ascii() {
        return plain(text).contains(&plain(phrase));
    }
    let (text, phrase) = (words(text), words(phrase));
    !phrase.is_empty() && text.windows(phrase.len()).any(|window| window == phrase)
}

fn words(text: &str) -> Vec<String> {
    let split = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    split.map(|word| stem(&word.to_ascii_lowercase())).collect()
}

fn stem(word: &str) -> String {
    let cut = ["ing", "s"].iter().find_map(|end| word.strip_suffix(end));
    cut.filter(|stem| stem.len() > 2).unwrap_or(word).to_owned()
}

/// Each of ours with at most one of theirs, the best pairs first. Equal claims on one field are none.
pub(super) fn paired(scores: Vec<(usize, usize, u32)>) -> Vec<(usize, usize)> {
    let mut scores: Vec<_> = scores.into_iter().filter(|(.., score)| *score >= ENOUGH).collect();
    scores.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (ours, theirs, _) in scores {
        if !pairs.iter().any(|(o, t)| *o == ours || *t == theirs) {
            pairs.push((ours, theirs));
        }
    }
    pairs
}

/// What a status means, in words of either language; the first list that has a word in it decides.
const PHASES: &[(Phase, &[&str])] = &[
    (
        Phase::Pending,
        &[
            "not started",
            "not yet",
            "under review",
            "review",
            "waiting",
            "wait",
            "pending",
            "queued",
            "scheduled",
            "to be",
            "未开始",
            "未启动",
            "待",
            "审核",
            "等待",
            "排队",
        ],
    ),
    (Phase::Stopping, &["stopping", "cancelling", "canceling", "停止中", "终止中", "取消中"]),
    (Phase::Paused, &["paused", "pause", "suspended", "暂停"]),
    (Phase::Failed, &["failed", "failure", "error", "abnormal", "失败", "异常"]),
    (
        Phase::Stopped,
        &["stopped", "cancelled", "canceled", "terminated", "aborted", "停止", "终止", "取消"],
    ),
    (
        Phase::Running,
        &[
            "running",
            "in progress",
            "executing",
            "processing",
            "ongoing",
            "started",
            "calling",
            "进行中",
            "执行中",
            "运行",
            "呼叫中",
            "处理中",
        ],
    ),
    (
        Phase::Finished,
        &["finished", "completed", "complete", "done", "ended", "已完成", "完成", "已结束", "结束"],
    ),
];

/// What takes its meaning from a word that follows.
const DENIALS: [&str; 4] = ["not finished", "not completed", "unfinished", "未完成"];

pub(super) fn phase(name: &str, description: &str) -> Option<Phase> {
    [name, description].into_iter().filter(|text| !text.is_empty()).find_map(|text| {
        match Status::read(text).phase {
            Phase::Unknown if DENIALS.iter().any(|denial| says(text, denial)) => None,
            Phase::Unknown => PHASES
                .iter()
                .find(|(_, words)| words.iter().any(|w| says(text, w)))
                .map(|(p, _)| *p),
            phase => Some(phase),
        }
    })
}

/// Whether a call's result means that somebody talked.
pub(super) fn connected(name: &str, description: &str) -> Option<bool> {
    const NOT: &[&str] = &[
        "not connected",
        "unconnected",
        "no answer",
        "not answered",
        "busy",
        "not in use",
        "switched off",
        "powered off",
        "out of area",
        "invalid",
        "answering machine",
        "voicemail",
        "failed",
        "rejected",
        "未接通",
        "未接听",
        "无人接听",
        "忙",
        "空号",
        "关机",
        "停机",
        "不在服务区",
        "无效",
        "语音信箱",
        "失败",
        "拒接",
    ];
    const YES: &[&str] = &["connected", "answered", "talked", "已接通", "接通", "已接听", "已通话"];
    let one = |text: &str| {
        if NOT.iter().any(|word| says(text, word)) {
            Some(false)
        } else {
            YES.iter().any(|word| says(text, word)).then_some(true)
        }
    };
    [name, description].into_iter().filter(|text| !text.is_empty()).find_map(one)
}

/// `1: pending, 2 - running` in the words of a description: value and name.
pub(super) fn listed_words(description: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in description.split([',', ';', '\n', ',', ';', '、', '|']) {
        // `Status 1: pending`: what stands before the number is no part of it.
        let begins = part.char_indices().find(|(at, c)| {
            let before = part[..*at].chars().next_back();
            c.is_ascii_digit() && before.is_none_or(|b| !b.is_ascii_alphanumeric())
        });
        let Some((start, _)) = begins else { continue };
        let part = &part[start..];
        let digits = part.chars().take_while(char::is_ascii_digit).count();
        let (value, rest) = part.split_at(digits);
        let rest = rest.trim_start();
        let name = rest
            .strip_prefix([':', ':', '=', '-', '—', '.'])
            .map(|r| r.trim_end_matches([')', ')', '。', '.']).trim());
        if let Some(name) = name.filter(|name| !value.is_empty() && !name.is_empty()) {
            found.push((value.to_owned(), name.to_owned()));
        }
    }
    if found.len() > 1 { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_both_languages_are_read() {
        for (name, expected) in [
            ("Not started", Some(Phase::Pending)),
            ("Under review", Some(Phase::Pending)),
            ("In progress", Some(Phase::Running)),
            ("停止中", Some(Phase::Stopping)),
            ("已停止", Some(Phase::Stopped)),
            ("异常结束", Some(Phase::Failed)),
            ("The task is completed", Some(Phase::Finished)),
            ("未完成", None),
            ("Archived", None),
        ] {
            assert_eq!(phase(name, ""), expected, "{name}");
        }
        assert_eq!(phase("", "The task was paused"), Some(Phase::Paused));
        assert_eq!(connected("Busy", "Not connected: the line was busy"), Some(false));
        assert_eq!(connected("已接通", ""), Some(true));
        assert_eq!(connected("Other", ""), None);
    }

    #[test]
    fn a_list_within_a_description_is_read() {
        let words = listed_words("Status of it, 1: not started, 2=running、3-已完成");
        let names: Vec<_> = words.iter().map(|(v, n)| (v.as_str(), n.as_str())).collect();
        assert_eq!(names, [("1", "not started"), ("2", "running"), ("3", "已完成")]);
        assert_eq!(listed_words("1: starting from it"), []);
    }

    #[test]
    fn words_are_whole_words() {
        assert!(
            says("Phone number of the callee", "phone number")
                && says("开始时间(毫秒)", "开始时间")
        );
        assert!(says("Reading time", "read time") && !says("Update", "date"));
    }

    proptest::proptest! {
        #[test]
        fn any_words_are_read(text in "\\PC{0,60}") {
            phase(&text, &text);
            connected(&text, &text);
            listed_words(&text);
        }
    }
}
