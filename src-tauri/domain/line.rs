//! The vendor's business lines.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    Collection,
    Telemarketing,
    InfoCheck,
    LeadsGeneration,
    Chatbot,
    Pds,
}

/// Letters and digits of the names of the lines that have calling tasks. The English ones stand in the
/// vendor's index; how a record writes them is ASSUMED.
const WRITTEN: &[(Line, &[&str])] = &[
    (Line::Collection, &["collection", "collections", "debtcollection", "催收"]),
    (
        Line::Telemarketing,
        &[
            "telemarketing",
            "ecommerce",
            "telemarketingecommerce",
            "telemarketingandecommerce",
            "marketing",
            "电销",
            "电商",
            "电销电商",
        ],
    ),
    (Line::InfoCheck, &["infocheck", "informationcheck", "信息核实"]),
];

impl Line {
    /// The lines that have calling tasks and dialing plans.
    pub const WITH_TASKS: [Self; 3] = [Self::Collection, Self::Telemarketing, Self::InfoCheck];

    /// Whether one of the lines has them.
    pub fn have_tasks(lines: &[Self]) -> bool {
        lines.iter().any(|line| Self::WITH_TASKS.contains(line))
    }

    /// The line that a record's word means; `None` of a word that is not known.
    pub fn read(written: &str) -> Option<Self> {
        let letters = || {
            let letters = written.chars().filter(|c| c.is_alphanumeric());
            letters.flat_map(char::to_lowercase)
        };
        let means = |words: &&[&str]| words.iter().any(|word| letters().eq(word.chars()));
        WRITTEN.iter().find(|(_, words)| means(words)).map(|(line, _)| *line)
    }
}

/// The lines that a record names, as the vendor writes them, each once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines(Vec<String>, String);

impl Lines {
    pub fn of<'w>(words: impl IntoIterator<Item = &'w str>) -> Self {
        let mut once: Vec<String> = Vec::new();
        for word in words {
            // A line break parts the words where they are kept as one text.
            let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
            if !word.is_empty() && !once.contains(&word) {
                once.push(word);
            }
        }
        let text = once.join("\n");
        Self(once, text)
    }

    /// The reverse of [`Self::as_text`].
    pub fn from_text(text: &str) -> Self {
        Self::of(text.split('\n'))
    }

    /// A line each; `None` where none is named.
    pub fn as_text(&self) -> Option<&str> {
        (!self.1.is_empty()).then_some(self.1.as_str())
    }

    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Those that are known, each once.
    pub fn known(&self) -> Vec<Line> {
        let mut known: Vec<Line> = self.words().filter_map(Line::read).collect();
        known.sort_unstable();
        known.dedup();
        known
    }

    /// These, and those of `more` that are not among them.
    pub fn with(&self, more: &Self) -> Self {
        Self::of(self.words().chain(more.words()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_however_it_is_spelt_and_a_strange_one_is_none() {
        for written in ["Telemarketing & E-commerce", "TELEMARKETING", "e_commerce", "电销&电商"]
        {
            assert_eq!(Line::read(written), Some(Line::Telemarketing), "{written}");
        }
        assert_eq!(Line::read("Info Check"), Some(Line::InfoCheck));
        assert_eq!(Line::read("催收"), Some(Line::Collection));
        for strange in ["", "3", "Surveys"] {
            assert_eq!(Line::read(strange), None, "{strange}");
        }
    }

    #[test]
    fn lines_are_kept_once_and_survive_being_a_text() {
        let lines = Lines::of(["Collection", " Info\nCheck ", "", "Collection"]);
        assert_eq!(lines.words().collect::<Vec<_>>(), ["Collection", "Info Check"]);
        assert_eq!(Lines::from_text(lines.as_text().unwrap()), lines);
        assert_eq!(Lines::default().as_text(), None);
        let both = lines.with(&Lines::of(["Surveys", "Collection"]));
        assert_eq!(both.known(), [Line::Collection, Line::InfoCheck]);
        assert_eq!(both.words().count(), 3);
    }
}
