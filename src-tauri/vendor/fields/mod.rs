//! Our fields of each record: the one table by which a profile's maps are checked, a value in the raw
//! view is given a name, and documentation is matched.
//!
//! A title is how documentation may call the field, in plain words. Which words the vendor's pages
//! really use is ASSUMED throughout; the Chinese ones are our own translations unless they stand in a
//! public index.

mod calls;
mod chats;
mod tasks;
mod titles;
mod workflows;

use super::record::same_name;

/// A kind of record that the vendor gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordKind {
    Template,
    Workflow,
    Node,
    Task,
    Call,
    WabaTask,
    WabaMessage,
    Session,
    Message,
    WabaAccount,
    WabaTemplate,
    DialerTask,
    CallingTask,
    Plan,
    Round,
    Robot,
    Strategy,
}

impl RecordKind {
    pub const ALL: [Self; 17] = [
        Self::Template,
        Self::Workflow,
        Self::Node,
        Self::Task,
        Self::Call,
        Self::WabaTask,
        Self::WabaMessage,
        Self::Session,
        Self::Message,
        Self::WabaAccount,
        Self::WabaTemplate,
        Self::DialerTask,
        Self::CallingTask,
        Self::Plan,
        Self::Round,
        Self::Robot,
        Self::Strategy,
    ];

    /// As the profile's file spells it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Workflow => "workflow",
            Self::Node => "node",
            Self::Task => "task",
            Self::Call => "call",
            Self::WabaTask => "waba_task",
            Self::WabaMessage => "waba_message",
            Self::Session => "session",
            Self::Message => "message",
            Self::WabaAccount => "waba_account",
            Self::WabaTemplate => "waba_template",
            Self::DialerTask => "dialer_task",
            Self::CallingTask => "calling_task",
            Self::Plan => "plan",
            Self::Round => "round",
            Self::Robot => "robot",
            Self::Strategy => "strategy",
        }
    }

    /// Whether it has a status that is one of our phases.
    pub fn has_phase(self) -> bool {
        self.fields().any(|field| field.kind == FieldKind::Status)
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The record's fields.
    pub fn fields(self) -> impl Iterator<Item = &'static OurField> {
        FIELDS.iter().filter(move |field| field.record == self)
    }

    /// The field of this name, whatever its case and underscores.
    pub fn field(self, name: &str) -> Option<&'static OurField> {
        self.fields().find(|field| same_name(field.name, name))
    }
}

/// What a field holds, which decides how a value is read and which units it can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    Id,
    Text,
    Integer,
    /// An instant: text, or a number of seconds or milliseconds.
    Time,
    /// A length of time.
    Duration,
    /// Names with values.
    Pairs,
    List,
    /// A word that a status map turns into a phase.
    Status,
    /// One of a few words.
    Word,
}

impl FieldKind {
    pub fn word(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Integer => "integer",
            Self::Time => "time",
            Self::Duration => "duration",
            Self::Pairs => "pairs",
            Self::List => "list",
            Self::Status => "status",
            Self::Word => "word",
        }
    }
}

/// What a number of a time or a duration counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    Ms,
    S,
    Min,
}

impl Unit {
    pub const ALL: [Self; 3] = [Self::Ms, Self::S, Self::Min];

    pub fn word(self) -> &'static str {
        match self {
            Self::Ms => "ms",
            Self::S => "s",
            Self::Min => "min",
        }
    }

    pub fn ms(self) -> i64 {
        match self {
            Self::Ms => 1,
            Self::S => 1_000,
            Self::Min => 60_000,
        }
    }
}

/// A field of one of our records.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OurField {
    pub record: RecordKind,
    /// The likeliest spelling of the vendor's, by which the profile names the field too.
    pub name: &'static str,
    pub kind: FieldKind,
    /// How documentation may call it: English and Chinese, plain words, the likeliest first.
    pub titles: &'static [&'static str],
    /// The list in whose elements it stands: a pointer to it starts at the element.
    pub within: Option<&'static str>,
}

impl OurField {
    /// Whether a unit (ms, s, min) can be given for it.
    pub fn has_unit(&self) -> bool {
        matches!(self.kind, FieldKind::Time | FieldKind::Duration)
    }
}

/// Names of the record's fields that look like `wanted`, the nearest first.
pub fn near(record: RecordKind, wanted: &str) -> Vec<&'static str> {
    nearest(wanted, record.fields().map(|field| field.name))
}

/// The few of `known` that differ least from `wanted`; none where all are far from it.
pub fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    const MOST: usize = 3;
    let wanted: Vec<char> = wanted.chars().take(64).collect();
    let mut found: Vec<(usize, &str)> = known
        .filter_map(|name| {
            let name_chars: Vec<char> = name.chars().collect();
            let parts = shares_a_part(&wanted, name);
            let distance = edits(&wanted, &name_chars);
            let close = distance * 2 <= wanted.len().max(name_chars.len());
            (close || parts).then_some((distance, name))
        })
        .collect();
    found.sort();
    found.into_iter().map(|(_, name)| name).take(MOST).collect()
}

/// Whether the two have a longer word between underscores in common.
fn shares_a_part(wanted: &[char], name: &str) -> bool {
    let wanted: String = wanted.iter().collect();
    wanted.split(['_', '.']).any(|part| part.len() > 3 && name.split(['_', '.']).any(|n| n == part))
}

/// Insertions, deletions and replacements that lead from one to the other.
fn edits(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut diagonal = i;
        row[0] = i + 1;
        for (j, b) in other.iter().enumerate() {
            let changed = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = changed.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(one.len())
}

const fn field(
    record: RecordKind,
    name: &'static str,
    kind: FieldKind,
    titles: &'static [&'static str],
) -> OurField {
    OurField { record, name, kind, titles, within: None }
}

const fn element(
    record: RecordKind,
    within: &'static str,
    name: &'static str,
    kind: FieldKind,
    titles: &'static [&'static str],
) -> OurField {
    OurField { record, name, kind, titles, within: Some(within) }
}

const COUNT: usize =
    workflows::FIELDS.len() + calls::FIELDS.len() + chats::FIELDS.len() + tasks::FIELDS.len();

static ALL: [OurField; COUNT] = {
    let parts = [workflows::FIELDS, calls::FIELDS, chats::FIELDS, tasks::FIELDS];
    let mut all = [workflows::FIELDS[0]; COUNT];
    let (mut part, mut filled) = (0, 0);
    while part < parts.len() {
        let mut row = 0;
        while row < parts[part].len() {
            all[filled] = parts[part][row];
            filled += 1;
            row += 1;
        }
        part += 1;
    }
    all
};

/// In the order in which a person would want to see them.
pub static FIELDS: &[OurField] = &ALL;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_field_stands_once_in_its_record_and_has_titles_in_both_languages() {
        let mut seen = HashSet::new();
        for field in FIELDS {
            assert!(seen.insert((field.record, field.name)), "{field:?}");
            let chinese = |title: &&str| title.chars().any(|c| c > '\u{2e80}');
            assert!(field.titles.iter().any(chinese), "{field:?}");
            assert!(field.titles.iter().any(|title| !chinese(title)), "{field:?}");
            let once: HashSet<_> = field.titles.iter().collect();
            assert_eq!(once.len(), field.titles.len(), "{field:?}");
        }
        for kind in RecordKind::ALL {
            assert_eq!(RecordKind::parse(kind.word()), Some(kind));
            assert!(kind.fields().count() > 1, "{kind:?}");
        }
    }

    #[test]
    fn a_wrong_name_is_answered_with_the_near_ones() {
        assert_eq!(near(RecordKind::Call, "talk_durration")[0], "talk_duration");
        assert!(near(RecordKind::Call, "duration").contains(&"talk_duration"));
        assert_eq!(near(RecordKind::Call, "zzzzzzzzzzzz"), Vec::<&str>::new());
        assert_eq!(RecordKind::Call.field("TalkDuration").unwrap().name, "talk_duration");
    }
}
