//! Masking of phone numbers: one choice per account, applied by every exit.

use serde::{Deserialize, Serialize};

use super::ids::Callee;

/// How numbers of an account are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mask {
    /// The number in full.
    Shown,
    /// `••••4821`.
    #[default]
    LastFour,
}

const DOTS: &str = "••••";

impl Mask {
    pub fn number(self, number: &str) -> String {
        if self == Self::Shown {
            return number.to_owned();
        }
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        // A number of four digits or fewer would be shown whole by its last four.
        if digits.len() <= 4 {
            return DOTS.to_owned();
        }
        let tail: String = digits[digits.len() - 4..].iter().collect();
        format!("{DOTS}{tail}")
    }

    pub fn callee(self, callee: &Callee) -> String {
        self.number(callee.full())
    }

    /// A text that is only masked where it holds the number: case ids, file names.
    pub fn text_with(self, text: &str, callee: Option<&Callee>) -> String {
        let Some(callee) = callee.filter(|_| self == Self::LastFour) else {
            return text.to_owned();
        };
        let digits: String = callee.full().chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= 4 {
            return text.to_owned();
        }
        let masked = self.number(callee.full());
        text.replace(callee.full(), &masked).replace(&digits, &masked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn last_four_hides_the_rest() {
        assert_eq!(Mask::LastFour.number("+6281234564821"), "••••4821");
        assert_eq!(Mask::Shown.number("+6281234564821"), "+6281234564821");
        assert_eq!(Mask::LastFour.number("4821"), "••••");
    }

    #[test]
    fn a_case_id_is_masked_only_where_it_holds_the_number() {
        let callee = Callee::new("+6281234564821");
        let mask = Mask::LastFour;
        assert_eq!(mask.text_with("CASE-77", Some(&callee)), "CASE-77");
        assert_eq!(mask.text_with("C6281234564821X", Some(&callee)), "C••••4821X");
    }
}
