//! What a person writes to narrow a list: words, quoted text, and tests of a field, all of which must
//! hold: `status:running,paused reached<20% template:"spring sale" -name:test`.

/// Something that a list can be narrowed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// As it is written before the operator, in lower case.
    pub name: &'static str,
    pub kind: FieldKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// One of these words, or several with commas between them: `status:running,paused`.
    OneOf(&'static [&'static str]),
    /// Text that it holds somewhere: `name:spring`.
    Text,
    /// `reached<20%`; the sign may be left out.
    Share,
    /// `calls>=100`.
    Count,
    /// `talk<30s`, `talk>1.5m`; seconds without a unit.
    Duration,
    /// How long ago: `started<2h` is within the last two hours. Minutes without a unit.
    Age,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    Equal,
    Less,
    LessOrEqual,
    More,
    MoreOrEqual,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// Text that stands anywhere in the row.
    Words(String),
    /// `field`: place in the fields that were given. `which`: places in its words.
    OneOf {
        field: usize,
        which: Vec<usize>,
    },
    Holds {
        field: usize,
        text: String,
    },
    /// A share from 0 to 1, a count, or milliseconds.
    Compare {
        field: usize,
        comparison: Comparison,
        value: f64,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// With a `-` before it.
    pub negated: bool,
    pub test: Test,
}

/// What is wrong with a filter, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} at character {}: {word}{}", .at + 1, suggested(.suggestion))]
pub struct FilterError {
    /// Characters before the word, and of it.
    pub at: usize,
    pub length: usize,
    pub problem: Problem,
    pub word: String,
    /// What was probably meant in the word's place.
    pub suggestion: Option<String>,
    /// The fields or values that could stand there, where only some can.
    pub known: Vec<&'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("this list has no such field")]
    UnknownField,
    #[error("the field has no such value")]
    UnknownValue,
    #[error("a value is missing")]
    NoValue,
    #[error("a share reads like 20%")]
    NoShare,
    #[error("a count is a whole number")]
    NoCount,
    #[error("a time reads like 30s, 5m, 2h or 3d")]
    NoDuration,
    #[error("this field is compared with a colon")]
    NotOrdered,
    #[error("the quote is not closed")]
    OpenQuote,
}

fn suggested(suggestion: &Option<String>) -> String {
    suggestion.as_ref().map_or_else(String::new, |word| format!(" (did you mean {word}?)"))
}

/// Reads a filter of a list that has these fields.
pub fn parse(text: &str, fields: &[Field]) -> Result<Vec<Term>, FilterError> {
    pieces(text)?.into_iter().map(|piece| piece.read(fields)).collect()
}

/// A stretch of the filter without spaces outside quotes.
struct Piece {
    /// Each character with its place, quotes left out, and whether it stood between quotes.
    chars: Vec<(usize, char, bool)>,
    /// Characters before it, and of it with its quotes.
    at: usize,
    length: usize,
}

fn pieces(text: &str) -> Result<Vec<Piece>, FilterError> {
    let mut pieces = Vec::new();
    let mut open: Option<Piece> = None;
    let mut quote: Option<usize> = None;
    for (at, c) in text.chars().enumerate() {
        if c.is_whitespace() && quote.is_none() {
            pieces.extend(open.take());
            continue;
        }
        let piece = open.get_or_insert_with(|| Piece { chars: Vec::new(), at, length: 0 });
        piece.length = at + 1 - piece.at;
        match c {
            '"' if quote.is_some() => quote = None,
            '"' => quote = Some(at),
            _ => piece.chars.push((at, c, quote.is_some())),
        }
    }
    if let Some(at) = quote {
        let rest: String = text.chars().skip(at).collect();
        return Err(error(at, &rest, Problem::OpenQuote, Some(format!("{rest}\""))));
    }
    pieces.extend(open);
    Ok(pieces)
}

fn error(at: usize, word: &str, problem: Problem, suggestion: Option<String>) -> FilterError {
    let (length, word) = (word.chars().count(), word.to_owned());
    FilterError { at, length, problem, word, suggestion, known: Vec::new() }
}

impl Piece {
    fn read(self, fields: &[Field]) -> Result<Term, FilterError> {
        let negated = self.chars.len() > 1 && self.chars.first().is_some_and(|c| is(c, '-'));
        let chars = self.chars.get(usize::from(negated)..).unwrap_or_default();
        let operator = chars.iter().position(|c| [':', '<', '>', '='].iter().any(|o| is(c, *o)));
        let name = operator.and_then(|end| chars.get(..end)).filter(|name| is_name(name));
        let (Some(name), Some(operator)) = (name, operator) else {
            return Ok(Term { negated, test: Test::Words(text(chars)) });
        };
        let (at, written) = (name.first().map_or(self.at, |c| c.0), text(name));
        let known = fields.iter().position(|f| f.name.eq_ignore_ascii_case(&written));
        let address = chars.get(operator + 1..).is_some_and(|rest| text(rest).starts_with("//"));
        let Some(field) = known else {
            if address {
                return Ok(Term { negated, test: Test::Words(text(chars)) });
            }
            let known: Vec<_> = fields.iter().map(|field| field.name).collect();
            let nearest = nearest(&written, &known);
            return Err(FilterError {
                known,
                ..error(at, &written, Problem::UnknownField, nearest)
            });
        };
        let (comparison, signs) = comparison(chars.get(operator..).unwrap_or_default());
        let value = chars.get(operator + signs..).unwrap_or_default();
        let value =
            Value { at: value.first().map_or(self.at + self.length, |c| c.0), text: text(value) };
        let Some(kind) = fields.get(field).map(|f| f.kind).filter(|_| !value.text.is_empty())
        else {
            let known = match fields.get(field).map(|field| field.kind) {
                Some(FieldKind::OneOf(words)) => words.to_vec(),
                _ => Vec::new(),
            };
            return Err(FilterError { known, ..error(at, &text(chars), Problem::NoValue, None) });
        };
        let ordered = !matches!(kind, FieldKind::OneOf(_) | FieldKind::Text);
        if !ordered && comparison != Comparison::Equal {
            let suggestion = format!("{written}:{}", value.text);
            return Err(error(at, &text(chars), Problem::NotOrdered, Some(suggestion)));
        }
        Ok(Term { negated, test: value.test(field, kind, comparison)? })
    }
}

fn is(&(_, c, quoted): &(usize, char, bool), wanted: char) -> bool {
    c == wanted && !quoted
}

/// An id or an address may hold a colon too; what stands before it is then no word of letters.
fn is_name(chars: &[(usize, char, bool)]) -> bool {
    !chars.is_empty()
        && chars.iter().all(|(_, c, quoted)| !quoted && (c.is_alphabetic() || *c == '_'))
}

fn text(chars: &[(usize, char, bool)]) -> String {
    chars.iter().map(|(_, c, _)| c).collect()
}

/// What stands at the beginning, and of how many signs.
fn comparison(chars: &[(usize, char, bool)]) -> (Comparison, usize) {
    let equal = chars.get(1).is_some_and(|c| is(c, '='));
    match (chars.first().map(|c| c.1), equal) {
        (Some('<'), true) => (Comparison::LessOrEqual, 2),
        (Some('>'), true) => (Comparison::MoreOrEqual, 2),
        (Some('<'), false) => (Comparison::Less, 1),
        (Some('>'), false) => (Comparison::More, 1),
        _ => (Comparison::Equal, 1),
    }
}

struct Value {
    at: usize,
    text: String,
}

impl Value {
    fn test(
        &self,
        field: usize,
        kind: FieldKind,
        comparison: Comparison,
    ) -> Result<Test, FilterError> {
        let compare = |value: Option<f64>, problem: Problem| match value {
            Some(value) => Ok(Test::Compare { field, comparison, value }),
            None => Err(error(self.at, &self.text, problem, None)),
        };
        match kind {
            FieldKind::OneOf(words) => self.one_of(field, words),
            FieldKind::Text => Ok(Test::Holds { field, text: self.text.clone() }),
            FieldKind::Share => {
                let number = self.text.strip_suffix('%').unwrap_or(&self.text);
                let share = number.parse::<f64>().ok().filter(|n| (0.0..=100.0).contains(n));
                compare(share.map(|n| n / 100.0), Problem::NoShare)
            }
            FieldKind::Count => {
                let count = self.text.parse::<u32>().ok();
                compare(count.map(f64::from), Problem::NoCount)
            }
            FieldKind::Duration => compare(milliseconds(&self.text, "s"), Problem::NoDuration),
            FieldKind::Age => compare(milliseconds(&self.text, "m"), Problem::NoDuration),
        }
    }

    fn one_of(&self, field: usize, words: &'static [&'static str]) -> Result<Test, FilterError> {
        let mut at = self.at;
        let mut which = Vec::new();
        for word in self.text.split(',') {
            let known = words.iter().position(|known| known.eq_ignore_ascii_case(word));
            let Some(known) = known else {
                let (problem, nearest) = match word {
                    "" => (Problem::NoValue, None),
                    _ => (Problem::UnknownValue, nearest(word, words)),
                };
                return Err(FilterError {
                    known: words.to_vec(),
                    ..error(at, word, problem, nearest)
                });
            };
            which.push(known);
            at += word.chars().count() + 1;
        }
        Ok(Test::OneOf { field, which })
    }
}

fn milliseconds(text: &str, usual: &str) -> Option<f64> {
    let end = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let unit = if unit.is_empty() { usual } else { unit };
    let of_unit = match unit.to_ascii_lowercase().as_str() {
        "s" => 1e3,
        "m" | "min" => 60e3,
        "h" => 3_600e3,
        "d" => 86_400e3,
        _ => return None,
    };
    let number = number.parse::<f64>().ok().filter(|n| (0.0..1e6).contains(n))?;
    Some(number * of_unit)
}

/// The word that differs least, where it differs little enough to have been meant.
fn nearest(written: &str, words: &[&str]) -> Option<String> {
    let written = written.to_lowercase();
    let like = |word: &str| match word.starts_with(&written) {
        true => 1.0,
        false => strsim::jaro_winkler(word, &written),
    };
    const ALIKE: f64 = 0.75;
    let near = words.iter().map(|word| (like(word), word)).filter(|(like, _)| *like >= ALIKE);
    near.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, word)| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIELDS: [Field; 6] = [
        Field { name: "status", kind: FieldKind::OneOf(&["failed", "running", "paused"]) },
        Field { name: "reached", kind: FieldKind::Share },
        Field { name: "template", kind: FieldKind::Text },
        Field { name: "talk", kind: FieldKind::Duration },
        Field { name: "calls", kind: FieldKind::Count },
        Field { name: "last", kind: FieldKind::Age },
    ];

    fn terms(text: &str) -> Vec<Term> {
        parse(text, &FIELDS).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn holds(test: Test) -> Term {
        Term { negated: false, test }
    }

    #[test]
    fn words_and_fields_stand_in_any_order() {
        use Comparison::{Less, More, MoreOrEqual};
        let compare = |field, comparison, value| holds(Test::Compare { field, comparison, value });
        assert_eq!(
            terms(r#"spring status:Running,failed  reached<20% template:"big sale" talk>1.5m"#),
            [
                holds(Test::Words("spring".to_owned())),
                holds(Test::OneOf { field: 0, which: vec![1, 0] }),
                compare(1, Less, 0.2),
                holds(Test::Holds { field: 2, text: "big sale".to_owned() }),
                compare(3, More, 90_000.0),
            ]
        );
        assert_eq!(
            terms("calls>=100 last>10"),
            [compare(4, MoreOrEqual, 100.0), compare(5, More, 600_000.0)]
        );
        let negated = |test| Term { negated: true, test };
        assert_eq!(
            terms(r#"-status:paused -"a b""#),
            [
                negated(Test::OneOf { field: 0, which: vec![2] }),
                negated(Test::Words("a b".to_owned())),
            ]
        );
        assert_eq!(terms("  "), []);
    }

    #[test]
    fn what_only_looks_like_a_field_is_a_word() {
        let like =
            ["+6281234", "12:30", "a-b:c", "https://a/b?c=d", "-", r#""status:x""#, "<3", ":"];
        for word in like {
            let plain = word.trim_matches('"');
            assert_eq!(terms(word), [holds(Test::Words(plain.to_owned()))], "{word}");
        }
    }

    #[test]
    fn a_typo_is_pointed_at_with_what_was_probably_meant() {
        use Problem::{
            NoCount, NoDuration, NoShare, NoValue, NotOrdered, OpenQuote, UnknownField,
            UnknownValue,
        };
        for (text, at, word, problem, suggestion) in [
            ("stauts:running", 0, "stauts", UnknownField, Some("status")),
            ("数据 -reachd<3", 4, "reachd", UnknownField, Some("reached")),
            ("zzz:1", 0, "zzz", UnknownField, None),
            ("status:runing", 7, "runing", UnknownValue, Some("running")),
            ("status:failed,pau", 14, "pau", UnknownValue, Some("paused")),
            ("status:", 0, "status:", NoValue, None),
            ("status:failed,", 14, "", NoValue, None),
            ("reached<twenty", 8, "twenty", NoShare, None),
            ("reached<200%", 8, "200%", NoShare, None),
            ("calls>1.5", 6, "1.5", NoCount, None),
            ("talk<5x", 5, "5x", NoDuration, None),
            ("template<a", 0, "template<a", NotOrdered, Some("template:a")),
            (r#"a template:"b c"#, 11, "\"b c", OpenQuote, Some("\"b c\"")),
        ] {
            let error = parse(text, &FIELDS).unwrap_err();
            let found = (error.at, error.word.as_str(), error.problem, error.suggestion.as_deref());
            assert_eq!(found, (at, word, problem, suggestion), "{text}");
            assert_eq!(error.length, word.chars().count(), "{text}");
            let listed = matches!(problem, UnknownField | UnknownValue)
                || (problem == NoValue && text.starts_with("status"));
            assert_eq!(!error.known.is_empty(), listed, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_pointed_at(text in r#"[a-z:<>=" ,%0-9数-]{0,40}"#) {
            if let Err(error) = parse(&text, &FIELDS) {
                let end = error.at + error.length;
                proptest::prop_assert!(end <= text.chars().count(), "{error:?}");
            }
        }

        #[test]
        fn what_stands_in_quotes_is_a_word(text in r#"[^"]{1,40}"#) {
            let terms = parse(&format!("\"{text}\""), &FIELDS).unwrap();
            proptest::prop_assert_eq!(terms, vec![holds(Test::Words(text))]);
        }
    }
}
