//! Searching what was said: how a text comes apart into words, what a typed text asks for, and where
//! it stands in a text. Whatever is typed is a search for that text; nothing of it is syntax but
//! quotation marks.
//!
//! Scripts that are written without spaces have no words to be found, so each of their characters is a
//! word of its own, and several beside one another are a phrase.

/// What is typed beyond this is left out: nobody searches for a page of text.
const LONGEST: usize = 400;
const MOST_PHRASES: usize = 32;
/// The beginning of a word is asked for from this many letters on.
const PREFIX_FROM: usize = 2;

/// A word in small letters, and the bytes of the text that it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub from: usize,
    pub to: usize,
    alone: bool,
}

/// Han, kana, hangul, Thai, Lao, Myanmar, Khmer, and pictographs.
fn stands_alone(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{2600}'..='\u{27bf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9d}'
        | '\u{1f300}'..='\u{1f3fa}' | '\u{1f400}'..='\u{1faff}' | '\u{20000}'..='\u{3ffff}')
}

/// The words of a text in their order.
pub fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (from, c) in text.char_indices() {
        let to = from + c.len_utf8();
        if stands_alone(c) {
            open = false;
            // Vowel signs and tone marks are no word by themselves for every reader; the letters are.
            if c.is_alphanumeric() || c >= '\u{2600}' {
                words.push(Word { text: c.to_lowercase().collect(), from, to, alone: true });
            }
        } else if c.is_alphanumeric() {
            match words.last_mut().filter(|_| open) {
                Some(word) => {
                    word.text.extend(c.to_lowercase());
                    word.to = to;
                }
                None => {
                    let text = c.to_lowercase().collect();
                    words.push(Word { text, from, to, alone: false });
                }
            }
            open = true;
        } else {
            open = false;
        }
    }
    words
}

/// Words that stand one behind the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    pub words: Vec<String>,
    /// The last word may go on.
    pub begins: bool,
}

/// What is searched for: all of the phrases, anywhere in one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub phrases: Vec<Phrase>,
}

impl Wanted {
    /// What a person typed. Words apart are looked for apart, what stands between quotation marks is
    /// one phrase, and the last word may be the beginning of one.
    pub fn read(typed: &str) -> Self {
        let mut phrases: Vec<Phrase> = Vec::new();
        let typed: String = typed.chars().take(LONGEST).collect();
        for (part, text) in typed.split(['"', '“', '”']).enumerate() {
            let quoted = part % 2 == 1;
            let pieces: Vec<&str> =
                if quoted { vec![text] } else { text.split_whitespace().collect() };
            for piece in pieces {
                let words = words(piece);
                let Some(last) = words.last() else { continue };
                let begins =
                    !quoted && !last.alone && last.text.chars().nth(PREFIX_FROM - 1).is_some();
                let words = words.into_iter().map(|word| word.text).collect();
                phrases.push(Phrase { words, begins });
            }
        }
        phrases.truncate(MOST_PHRASES);
        let last = phrases.len().saturating_sub(1);
        let goes_on = !typed.ends_with(char::is_whitespace);
        for (at, phrase) in phrases.iter_mut().enumerate() {
            phrase.begins &= at == last && goes_on;
        }
        Self { phrases }
    }

    pub fn is_nothing(&self) -> bool {
        self.phrases.is_empty()
    }

    /// Where the text has any of the phrases: bytes, in order and apart from one another.
    pub fn places(&self, text: &str) -> Vec<(usize, usize)> {
        let words = words(text);
        let mut places: Vec<(usize, usize)> = Vec::new();
        for phrase in &self.phrases {
            places.extend(phrase.places(&words));
        }
        places.sort_unstable();
        let mut apart: Vec<(usize, usize)> = Vec::with_capacity(places.len());
        for (from, to) in places {
            match apart.last_mut().filter(|last| from < last.1) {
                Some(last) => last.1 = last.1.max(to),
                None => apart.push((from, to)),
            }
        }
        apart
    }

    /// How many of the phrases stand in the text.
    pub fn found_in(&self, text: &str) -> usize {
        let words = words(text);
        self.phrases.iter().filter(|phrase| phrase.places(&words).next().is_some()).count()
    }
}

impl Phrase {
    fn places<'a>(&'a self, words: &'a [Word]) -> impl Iterator<Item = (usize, usize)> + 'a {
        words.windows(self.words.len().max(1)).filter_map(|there| {
            let (first, last) = (there.first()?, there.last()?);
            let end = self.words.len().checked_sub(1)?;
            let same = |(at, (one, word)): (usize, (&Word, &String))| match self.begins && at == end
            {
                true => one.text.starts_with(word.as_str()),
                false => one.text == *word,
            };
            there.iter().zip(&self.words).enumerate().all(same).then_some((first.from, last.to))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    fn found(typed: &str, text: &str) -> Vec<String> {
        let places = Wanted::read(typed).places(text);
        places.into_iter().map(|(from, to)| text[from..to].to_owned()).collect()
    }

    #[test]
    fn a_text_comes_apart_into_words_and_characters() {
        assert_eq!(texts("Saya BAYAR, besok!"), ["saya", "bayar", "besok"]);
        assert_eq!(texts("请还款abc 12"), ["请", "还", "款", "abc", "12"]);
        assert_eq!(texts("👍ok"), ["👍", "ok"]);
        assert_eq!(texts("\u{0}\u{202e}<b>"), ["b"]);
    }

    #[test]
    fn what_is_typed_is_found() {
        assert_eq!(found("还款", "您需要还款，还 款"), ["还款", "还 款"]);
        assert_eq!(found("款", "还款"), ["款"]);
        assert_eq!(found("bay", "Saya BAYAR bay"), ["BAYAR", "bay"]);
        assert_eq!(found("bay ", "Saya BAYAR bay"), ["bay"], "a space ends the word");
        assert_eq!(found("b", "b BAYAR"), ["b"], "one letter is a word");
        assert_eq!(found("\"next week\"", "week next, next week"), ["next week"]);
        assert_eq!(found("a-b", "a b, b a"), ["a b"]);
        assert_eq!(found("\"open", "open opened"), ["open"]);
        assert_eq!(found("OR NOT *", "or not"), ["or", "not"]);
        assert!(Wanted::read("'; -- ()*^:").is_nothing());
        assert!(Wanted::read("").is_nothing());
    }

    #[test]
    fn a_page_of_text_is_cut() {
        let wanted = Wanted::read(&"a ".repeat(100_000));
        assert_eq!(wanted.phrases.len(), MOST_PHRASES);
        let wanted = Wanted::read(&"款".repeat(100_000));
        assert_eq!(wanted.phrases[0].words.len(), LONGEST);
    }

    proptest! {
        #[test]
        fn any_text_finds_itself_and_places_are_whole_characters(text in ".{0,60}", typed in ".{0,60}") {
            for typed in [text.clone(), typed] {
                let places = Wanted::read(&typed).places(&text);
                for (from, to) in &places {
                    prop_assert!(text.get(*from..*to).is_some_and(|part| !part.is_empty()));
                }
                prop_assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
            }
            let quoted = text.contains(['"', '“', '”']);
            if !quoted && !words(&text).is_empty() {
                let wanted = Wanted::read(&text);
                prop_assert_eq!(wanted.found_in(&text), wanted.phrases.len());
            }
        }
    }
}
