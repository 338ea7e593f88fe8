//! Masking of phone numbers: one choice per account, applied by every exit. While the screen is shared,
//! numbers, people's names and case ids are pseudonyms instead, whatever the account's choice is.

use std::fmt;

use hmac::{Hmac, KeyInit as _, Mac as _};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

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
    /// `Person 4F2K9Q`: the same for the same number on every screen, and never led back. No account is
    /// kept so.
    #[serde(skip)]
    Pseudonym(Salt),
}

/// What pseudonyms are made with. Who does not have it cannot try all numbers that there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Salt([u8; Salt::LENGTH]);

impl Salt {
    pub const LENGTH: usize = 32;

    pub fn new(random: [u8; Self::LENGTH]) -> Self {
        Self(random)
    }

    fn pseudonym(&self, kind: &str, key: &str) -> String {
        // An HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else {
            return format!("{kind} {DOTS}");
        };
        mac.update(kind.as_bytes());
        mac.update(b"\0");
        mac.update(key.as_bytes());
        // Thirty bits: two of a hundred thousand persons rarely share a name.
        let letters = mac.finalize().into_bytes().into_iter().take(6);
        let letters: String = letters.map(|b| char::from(LETTERS[usize::from(b) % 32])).collect();
        format!("{kind} {letters}")
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt(…)")
    }
}

/// No letter that is read as another one.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DOTS: &str = "••••";
/// A digit run of this length can be a phone number.
const SHORTEST_NUMBER: usize = 7;
/// With spaces or hyphens in it; a date has fewer digits.
const SHORTEST_SPACED: usize = 9;

impl Mask {
    pub fn number(self, number: &str) -> String {
        let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
        match self {
            Self::Shown => return number.to_owned(),
            Self::Pseudonym(salt) if digits.is_empty() => return salt.pseudonym(PERSON, number),
            Self::Pseudonym(salt) => return salt.pseudonym(PERSON, &String::from_iter(digits)),
            Self::LastFour => {}
        }
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

    /// A text that is only masked where it holds the number: file names, what was said. As a pseudonym,
    /// everything that could be a number of somebody else goes too.
    pub fn text_with(self, text: &str, callee: Option<&Callee>) -> String {
        if self == Self::Shown {
            return text.to_owned();
        }
        let text = callee.map_or_else(|| text.to_owned(), |callee| self.without(text, callee));
        if matches!(self, Self::Pseudonym(_)) { without_numbers(&text) } else { text }
    }

    fn without(self, text: &str, callee: &Callee) -> String {
        let digits: String = callee.full().chars().filter(char::is_ascii_digit).collect();
        if digits.len() <= 4 {
            return text.to_owned();
        }
        let masked = self.number(callee.full());
        text.replace(callee.full(), &masked).replace(&digits, &masked)
    }

    /// What was said, where these names of the person are known. A name that nobody reported stays.
    pub fn speech(self, text: &str, callee: Option<&Callee>, names: &[String]) -> String {
        let Self::Pseudonym(_) = self else { return self.text_with(text, callee) };
        let mut text = self.text_with(text, callee);
        for name in names {
            let masked = callee.map_or_else(|| self.name(name), |callee| self.callee(callee));
            text = without_name(&text, name, &masked);
        }
        text
    }

    /// A customer's own id of a person; it may hold the number.
    pub fn case(self, id: &str, callee: Option<&Callee>) -> String {
        match self {
            Self::Pseudonym(salt) => salt.pseudonym("Case", id),
            Self::Shown | Self::LastFour => self.text_with(id, callee),
        }
    }

    /// The name of somebody whose number is not known, a human agent or a user: shown as it is, except
    /// while the screen is shared.
    pub fn name(self, name: &str) -> String {
        match self {
            Self::Pseudonym(salt) => salt.pseudonym(PERSON, &name.to_lowercase()),
            Self::Shown | Self::LastFour => name.to_owned(),
        }
    }

    /// A value of which nothing may be said while the screen is shared.
    pub fn value(self, value: &str, callee: Option<&Callee>) -> String {
        match self {
            Self::Pseudonym(_) => DOTS.to_owned(),
            Self::Shown | Self::LastFour => self.text_with(value, callee),
        }
    }

    /// The screen is shared.
    pub fn is_pseudonym(self) -> bool {
        matches!(self, Self::Pseudonym(_))
    }
}

const PERSON: &str = "Person";

/// Every run of digits that could be a number, also one with a space or a hyphen between its groups.
fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let (end, digits, longest) = run(from);
        let (number, after) = from.split_at(end);
        match digits >= SHORTEST_SPACED || longest >= SHORTEST_NUMBER {
            true => out.push_str(DOTS),
            false => out.push_str(number),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Of the digits that a text begins with: their end, how many there are, and the longest group.
fn run(text: &str) -> (usize, usize, usize) {
    let (mut end, mut digits, mut group, mut longest) = (0, 0, 0, 0);
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let goes_on = chars.peek().is_some_and(|(_, next)| next.is_ascii_digit());
        match c {
            '0'..='9' => {
                (end, digits, group) = (at + 1, digits + 1, group + 1);
                longest = longest.max(group);
            }
            ' ' | '-' if goes_on => group = 0,
            _ => break,
        }
    }
    (end, digits, longest)
}

/// Without the name, and without its parts where they stand as words of their own.
fn without_name(text: &str, name: &str, masked: &str) -> String {
    const SHORTEST_PART: usize = 3;
    let mut text = text.replace(name, masked);
    for part in name.split_whitespace().filter(|part| part.chars().count() >= SHORTEST_PART) {
        let mut out = String::with_capacity(text.len());
        let mut last = 0;
        for (at, found) in text.match_indices(part) {
            let open = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
            let (before, after) = (text.get(..at), text.get(at + found.len()..));
            let alone = open(before.and_then(|t| t.chars().next_back()))
                && open(after.and_then(|t| t.chars().next()));
            if alone {
                out.push_str(text.get(last..at).unwrap_or_default());
                out.push_str(masked);
                last = at + found.len();
            }
        }
        out.push_str(text.get(last..).unwrap_or_default());
        text = out;
    }
    text
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

    fn shared() -> Mask {
        Mask::Pseudonym(Salt::new([7; Salt::LENGTH]))
    }

    #[test]
    fn a_person_has_one_pseudonym_however_the_number_is_written() {
        let mask = shared();
        let one = mask.number("+62 812-3456-4821");
        assert_eq!(one, mask.callee(&Callee::new("6281234564821")));
        assert!(one.starts_with("Person ") && one.len() == 13, "{one}");
        assert_ne!(one, mask.number("6281234564822"));
        let other = Mask::Pseudonym(Salt::new([8; Salt::LENGTH]));
        assert_ne!(one, other.number("6281234564821"), "another folder, another pseudonym");
        assert_ne!(mask.case("6281234564821", None), one);
        assert!(!format!("{mask:?}").contains('7'), "a salt is no text for a log");
    }

    #[test]
    fn a_hundred_thousand_numbers_hardly_share_a_pseudonym() {
        let all: std::collections::HashSet<String> =
            (0..100_000_u64).map(|n| shared().number(&(628_120_000_000 + n).to_string())).collect();
        assert!(all.len() > 99_980, "{}", all.len());
    }

    #[test]
    fn a_shared_screen_shows_no_number_of_anybody() {
        let (mask, callee) = (shared(), Callee::new("+6281234564821"));
        let person = mask.callee(&callee);
        let said = "Call 6281234564821 or 0812-9999-1234, today 2026-11-23, 1234567 of 12";
        assert_eq!(
            mask.text_with(said, Some(&callee)),
            format!("Call {person} or ••••, today 2026-11-23, •••• of 12")
        );
        assert!(mask.case("CASE-77", Some(&callee)).starts_with("Case "));
        assert_eq!(mask.value("Rp 100", None), "••••");
    }

    #[test]
    fn a_known_name_is_the_person_in_what_was_said() {
        let (mask, callee) = (shared(), Callee::new("+6281234564821"));
        let person = mask.callee(&callee);
        let names = ["Budi Santoso".to_owned()];
        assert_eq!(
            mask.speech("Pak Budi? Budi Santoso! Budiman", Some(&callee), &names),
            format!("Pak {person}? {person}! Budiman")
        );
        let names = ["陈伟杰".to_owned()];
        assert_eq!(mask.speech("陈伟杰您好", Some(&callee), &names), format!("{person}您好"));
        assert_eq!(Mask::LastFour.speech("Budi", Some(&callee), &["Budi".into()]), "Budi");
    }
}
