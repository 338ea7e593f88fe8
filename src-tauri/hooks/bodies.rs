//! Where one webhook body ends and the next begins in a saved file.

use serde_json::value::RawValue;

/// Why a text is no webhook body. Positions count from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("the file is empty")]
    Empty,
    #[error("the text is no JSON, or was cut, at line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    #[error("it is JSON, but no object with fields, so it is no webhook body")]
    NotAnObject,
}

/// Whether `body` is one whole JSON text, in UTF-8 as JSON has to be.
pub fn is_json(body: &[u8]) -> bool {
    serde_json::from_slice::<&RawValue>(body).is_ok()
}

/// The bodies of a file that holds one JSON object, an array of them, or one in each line. Each is
/// handed out as it was written. In lines, a bad one does not spoil the others; a file whose first
/// line is no object by itself is not taken for lines, so that a cut file is not read as scraps.
pub fn split(file: &[u8]) -> Vec<Result<&[u8], Unreadable>> {
    const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";
    let file = file.strip_prefix(BYTE_ORDER_MARK).unwrap_or(file);
    if file.trim_ascii().is_empty() {
        return vec![Err(Unreadable::Empty)];
    }
    let error = match serde_json::from_slice::<&RawValue>(file) {
        Ok(whole) => return elements(whole),
        Err(error) => Unreadable::NotJson { line: error.line(), column: error.column() },
    };
    let mut lines =
        file.split(|b| *b == b'\n').zip(1..).filter(|(l, _)| !l.trim_ascii().is_empty());
    match lines.next() {
        Some((first, 1..)) if object(first).is_ok() => {
            let others = lines.map(|(text, line)| object(text).map_err(|e| e.in_line(line)));
            std::iter::once(object(first)).chain(others).collect()
        }
        _ => vec![Err(error)],
    }
}

fn elements(whole: &RawValue) -> Vec<Result<&[u8], Unreadable>> {
    match serde_json::from_str::<Vec<&RawValue>>(whole.get()) {
        Ok(bodies) if bodies.is_empty() => vec![Err(Unreadable::Empty)],
        Ok(bodies) => bodies.into_iter().map(|body| object(body.get().as_bytes())).collect(),
        Err(_) => vec![object(whole.get().as_bytes())],
    }
}

fn object(text: &[u8]) -> Result<&[u8], Unreadable> {
    let text = text.trim_ascii();
    match serde_json::from_slice::<&RawValue>(text) {
        Ok(_) if text.starts_with(b"{") => Ok(text),
        Ok(_) => Err(Unreadable::NotAnObject),
        Err(e) => Err(Unreadable::NotJson { line: e.line(), column: e.column() }),
    }
}

impl Unreadable {
    fn in_line(self, line: usize) -> Self {
        match self {
            Self::NotJson { column, .. } => Self::NotJson { line, column },
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(file: &str) -> Vec<Result<String, Unreadable>> {
        let text = |body: &[u8]| String::from_utf8_lossy(body).into_owned();
        split(file.as_bytes()).into_iter().map(|r| r.map(text)).collect()
    }

    fn ok(texts: &[&str]) -> Vec<Result<String, Unreadable>> {
        texts.iter().map(|t| Ok((*t).to_owned())).collect()
    }

    #[test]
    fn one_body_an_array_and_lines_are_told_apart() {
        assert_eq!(texts("\u{feff} {\"a\": [1, 2]}\n"), ok(&["{\"a\": [1, 2]}"]));
        assert_eq!(texts("{\n \"a\": 1\n}"), ok(&["{\n \"a\": 1\n}"]));
        assert_eq!(texts("[{\"a\":1},\n {\"b\": 2}]"), ok(&["{\"a\":1}", "{\"b\": 2}"]));
        assert_eq!(texts("\n{\"a\":1}\r\n\n{\"b\":2}\n"), ok(&["{\"a\":1}", "{\"b\":2}"]));
    }

    #[test]
    fn a_bad_element_or_line_leaves_the_others() {
        assert_eq!(
            texts("{\"a\":1}\n{\"b\":\n7\n{\"c\":3}"),
            [
                Ok("{\"a\":1}".to_owned()),
                Err(Unreadable::NotJson { line: 2, column: 5 }),
                Err(Unreadable::NotAnObject),
                Ok("{\"c\":3}".to_owned()),
            ]
        );
        assert_eq!(texts("[1,{}]"), [Err(Unreadable::NotAnObject), Ok("{}".to_owned())]);
    }

    #[test]
    fn garbage_and_a_cut_file_name_their_place() {
        assert_eq!(texts("  \n "), [Err(Unreadable::Empty)]);
        assert_eq!(texts("[]"), [Err(Unreadable::Empty)]);
        assert_eq!(texts("hello"), [Err(Unreadable::NotJson { line: 1, column: 1 })]);
        assert_eq!(texts("\"text\""), [Err(Unreadable::NotAnObject)]);
        let cut = "[\n{\"a\":1},\n{\"b\":2},\n{\"c\"";
        assert_eq!(texts(cut), [Err(Unreadable::NotJson { line: 4, column: 4 })]);
    }

    #[test]
    fn depth_is_no_way_to_break_it() {
        let deep = "[".repeat(200_000);
        assert!(!is_json(deep.as_bytes()));
        assert!(!is_json(b"{\"a\":\"\xff\"}"));
        assert_eq!(texts(&deep).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn bodies_written_in_lines_come_back(bodies in proptest::collection::vec("[^\"\\\\\u{0}-\u{1f}]*", 2..9)) {
            let lines: Vec<String> = bodies.iter().map(|t| format!("{{\"text\":\"{t}\"}}")).collect();
            let expected: Vec<_> = lines.iter().map(|l| Ok(l.clone())).collect();
            proptest::prop_assert_eq!(texts(&lines.join("\n")), expected.clone());
            proptest::prop_assert_eq!(texts(&format!("[{}]", lines.join(","))), expected);
        }
    }
}
