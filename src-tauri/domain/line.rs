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
}
