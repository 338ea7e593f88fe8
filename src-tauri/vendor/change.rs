//! Changes of a profile's text, one key each. The text is the truth of a user's corrections: whatever
//! corrects something (documentation, a click, a hand) says it as changes and [`apply`]s them.

use toml_edit::{Array, DocumentMut, InlineTable, Item, Key, Table, TableLike, TomlError, Value};

use super::profile::{Profile, ProfileError};

/// One key's change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `["endpoint", "workflow.list", "path"]`.
    pub path: Vec<String>,
    /// The TOML literal that the text has now; `None` where it has none.
    pub from: Option<String>,
    /// The TOML literal that it is to have (`"/x"` with its quotes, `100`, `{ pointer = "/d" }`);
    /// `None` takes the key out.
    pub to: Option<String>,
    /// Where the change comes from, in words: "documentation page 45267515, read 2026-11-23". Kept in
    /// the text as a comment behind the value.
    pub source: String,
}

impl Change {
    /// The path as the file would spell it: `endpoint."workflow.list".path`.
    pub fn key(&self) -> String {
        spelt(&self.path)
    }
}

/// The text with the changes made, later ones over earlier ones. Comments and the order of what does
/// not change stay. The result is a valid profile, or an error says what would not be.
pub fn apply(profile_text: &str, changes: &[Change]) -> Result<String, ProfileError> {
    let mut document = document(profile_text)?;
    for change in changes {
        let Some((last, parents)) = change.path.split_last() else { continue };
        match &change.to {
            Some(literal) => {
                let value = value(change, literal)?;
                let (table, inline) = parent(document.as_table_mut(), parents)
                    .ok_or_else(|| refused(change, "a value stands where this needs a table"))?;
                // Within braces a comment would swallow what follows.
                put(table, last, value, if inline { "" } else { &change.source });
            }
            None => take_out(document.as_table_mut(), parents, last),
        }
    }
    let text = document.to_string();
    Profile::parse(&text)?;
    Ok(text)
}

/// What leads from one text to the other, in the order of their keys. Comments are not compared.
pub fn diff(from_text: &str, to_text: &str) -> Result<Vec<Change>, ProfileError> {
    let (from, to) = (entries(from_text)?, entries(to_text)?);
    let find = |entries: &[Entry], path: &[String]| {
        entries.iter().find(|entry| entry.path == path).map(|entry| entry.literal.clone())
    };
    let gone = from.iter().filter(|entry| find(&to, &entry.path).is_none());
    let mut changes: Vec<Change> = gone
        .map(|entry| Change {
            path: entry.path.clone(),
            from: Some(entry.literal.clone()),
            to: None,
            source: BY_HAND.to_owned(),
        })
        .collect();
    for entry in &to {
        let before = find(&from, &entry.path);
        if before.as_ref() != Some(&entry.literal) {
            changes.push(Change {
                path: entry.path.clone(),
                from: before,
                to: Some(entry.literal.clone()),
                source: entry.source.clone().unwrap_or_else(|| BY_HAND.to_owned()),
            });
        }
    }
    changes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(changes)
}

/// What a key has without a comment behind it.
pub const BY_HAND: &str = "by hand";

/// One correction that the text makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub path: Vec<String>,
    /// Its value as a TOML literal, spelt the one way that [`Change`]s are.
    pub literal: String,
    /// The comment behind it.
    pub source: Option<String>,
}

/// Every correction of the text.
pub fn entries(text: &str) -> Result<Vec<Entry>, ProfileError> {
    let document = document(text)?;
    let mut found = Vec::new();
    collect(document.as_table(), &mut Vec::new(), &mut found);
    Ok(found)
}

fn collect(table: &dyn TableLike, path: &mut Vec<String>, found: &mut Vec<Entry>) {
    for (key, item) in table.iter() {
        path.push(key.to_owned());
        match item.as_table_like() {
            Some(inner) if !is_whole(path) => collect(inner, path, found),
            _ => {
                if let Some(literal) = item_literal(item) {
                    found.push(Entry { path: path.clone(), literal, source: comment(item) });
                }
            }
        }
        path.pop();
    }
}

/// Whether what stands here is one correction, even as a table: a parameter, a field's map, a window.
fn is_whole(path: &[String]) -> bool {
    let params = path.get(2).is_some_and(|part| part == "params");
    match path.first().map(String::as_str) {
        Some("endpoint") if params => path.len() >= 4,
        Some("record") => path.len() >= 4,
        _ => path.len() >= 3,
    }
}

fn document(text: &str) -> Result<DocumentMut, ProfileError> {
    text.parse().map_err(|error: TomlError| {
        let at = error.span().map_or(0, |span| span.start);
        let before = text.as_bytes().get(..at).unwrap_or_default();
        let line = 1 + before.iter().filter(|b| **b == b'\n').count();
        let sentence = error.message().lines().collect::<Vec<_>>().join("; ");
        ProfileError { line, key: String::new(), sentence }
    })
}

fn refused(change: &Change, sentence: &str) -> ProfileError {
    ProfileError { line: 1, key: change.key(), sentence: sentence.to_owned() }
}

fn value(change: &Change, literal: &str) -> Result<Value, ProfileError> {
    literal.trim().parse().map_err(|_| refused(change, "what it is to become is no TOML value"))
}

/// The table at a path, made where it is not there, and whether it stands within braces; `None` where
/// a value is in the way.
fn parent<'t>(root: &'t mut Table, path: &[String]) -> Option<(&'t mut dyn TableLike, bool)> {
    // `[endpoint."workflow.list"]`, `[endpoint."workflow.list".params]`, `[record.call.fields]`; what
    // lies deeper is written within braces.
    let deep = ["params", "fields"];
    let headers = if path.get(2).is_some_and(|part| deep.contains(&part.as_str())) { 3 } else { 2 };
    let mut table: &mut dyn TableLike = root;
    let mut inline = false;
    for (depth, part) in path.iter().enumerate() {
        if table.get(part).is_none_or(Item::is_none) {
            let made = if depth < headers && !inline {
                let mut made = Table::new();
                made.set_implicit(true);
                Item::Table(made)
            } else {
                Item::Value(InlineTable::new().into())
            };
            table.insert(part, made);
        }
        let item = table.get_mut(part)?;
        inline |= item.is_value();
        table = item.as_table_like_mut()?;
    }
    Some((table, inline))
}

fn put(table: &mut dyn TableLike, key: &str, mut value: Value, source: &str) {
    let behind = Some(one_line(source)).filter(|text| !text.is_empty());
    let old = table.get(key).and_then(Item::as_value).map(|value| value.decor().clone());
    let decor = value.decor_mut();
    match (old, behind) {
        (Some(old), None) => *decor = old,
        (_, Some(text)) => {
            decor.set_prefix(" ");
            decor.set_suffix(format!(" # {text}"));
        }
        (None, None) => decor.set_prefix(" "),
    }
    match table.get_mut(key) {
        Some(item) => *item = Item::Value(value),
        None => {
            table.insert(key, Item::Value(value));
        }
    }
}

/// A comment ends with its line, and so does what it may say.
fn one_line(text: &str) -> String {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    text.trim().to_owned()
}

/// Takes the key out, and every table that is empty without it.
fn take_out(root: &mut dyn TableLike, path: &[String], key: &str) {
    let Some((first, rest)) = path.split_first() else {
        root.remove(key);
        return;
    };
    let Some(table) = root.get_mut(first).and_then(Item::as_table_like_mut) else { return };
    take_out(table, rest, key);
    if table.is_empty() {
        root.remove(first);
    }
}

fn item_literal(item: &Item) -> Option<String> {
    item.clone().into_value().ok().map(|value| literal(&value))
}

/// A value in the one spelling by which two are compared.
fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => quoted(text.value()),
        Value::Integer(number) => number.value().to_string(),
        Value::Boolean(truth) => truth.value().to_string(),
        Value::Array(array) => array_literal(array),
        Value::InlineTable(table) => table_literal(table),
        Value::Float(_) | Value::Datetime(_) => value.to_string().trim().to_owned(),
    }
}

/// A text as a TOML literal.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string().trim().to_owned()
}

fn array_literal(array: &Array) -> String {
    let parts: Vec<_> = array.iter().map(literal).collect();
    format!("[{}]", parts.join(", "))
}

fn table_literal(table: &InlineTable) -> String {
    let parts: Vec<_> =
        table.iter().map(|(key, value)| format!("{} = {}", part(key), literal(value))).collect();
    if parts.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", parts.join(", ")) }
}

fn part(key: &str) -> String {
    Key::new(key).display_repr().into_owned()
}

/// A path as the file spells it.
pub fn spelt(path: &[String]) -> String {
    path.iter().map(|key| part(key)).collect::<Vec<_>>().join(".")
}

fn comment(item: &Item) -> Option<String> {
    let behind = item.as_value()?.decor().suffix()?.as_str()?.trim();
    let text = behind.strip_prefix('#')?.lines().next()?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(path: &[&str], to: Option<&str>) -> Change {
        Change {
            path: path.iter().map(|part| (*part).to_owned()).collect(),
            from: None,
            to: to.map(str::to_owned),
            source: "documentation page 7, read 2026-11-23".to_owned(),
        }
    }

    const TEXT: &str = "# mine\nreads = \"known\"\n\n[endpoint.\"workflow.list\"] # asked often\npath = \"/a\" # by hand\nmethod = \"GET\"\n";

    #[test]
    fn a_change_keeps_what_it_does_not_touch_and_says_where_it_comes_from() {
        let made = apply(
            TEXT,
            &[
                change(&["endpoint", "workflow.list", "path"], Some("\"/b\"")),
                change(&["endpoint", "workflow.stop", "path"], Some("\"/stop\"")),
                change(&["zone"], Some("\"+07:00\"")),
            ],
        )
        .unwrap();
        assert_eq!(
            made,
            "# mine\nreads = \"known\"\nzone = \"+07:00\" # documentation page 7, read 2026-11-23\n\n\
             [endpoint.\"workflow.list\"] # asked often\n\
             path = \"/b\" # documentation page 7, read 2026-11-23\nmethod = \"GET\"\n\n\
             [endpoint.\"workflow.stop\"]\n\
             path = \"/stop\" # documentation page 7, read 2026-11-23\n"
        );
    }

    #[test]
    fn a_key_is_taken_out_with_the_table_that_held_only_it() {
        let all = ["path", "method"].map(|key| change(&["endpoint", "workflow.list", key], None));
        assert_eq!(apply(TEXT, &all).unwrap(), "# mine\nreads = \"known\"\n");
        assert_eq!(apply(TEXT, &[change(&["status", "call", "2"], None)]).unwrap(), TEXT);
    }

    #[test]
    fn a_parameter_is_written_on_a_line_of_its_own() {
        let path = ["endpoint", "workflow.list", "params", "page"];
        let text =
            apply("", &[change(&path, Some("{ name = \"p\", place = \"query\" }"))]).unwrap();
        assert!(
            text.starts_with(
                "[endpoint.\"workflow.list\".params]\npage = { name = \"p\", place = \"query\" } #"
            ),
            "{text}"
        );
        let name = change(&[path.as_slice(), &["name"]].concat(), Some("\"q\""));
        let text = apply(&text, &[name]).unwrap();
        assert!(text.contains("{ name = \"q\", place = \"query\" }"), "{text}");
    }

    #[test]
    fn a_difference_leads_from_one_text_to_the_other() {
        let other = "zone = '+07:00'\n[endpoint.\"workflow.list\"]\npath = \"/b\" # read in the console\n\
                     params = { page = { name = \"p\" }, x = { value = 3 } }\n[status.workflow]\n3 = \"running\"\n";
        let changes = diff(TEXT, other).unwrap();
        let told: Vec<_> = changes.iter().map(|c| (c.key(), c.to.as_deref())).collect();
        let expected = [
            ("endpoint.\"workflow.list\".method", None),
            ("endpoint.\"workflow.list\".params.page", Some("{ name = \"p\" }")),
            ("endpoint.\"workflow.list\".params.x", Some("{ value = 3 }")),
            ("endpoint.\"workflow.list\".path", Some("\"/b\"")),
            ("reads", None),
            ("status.workflow.3", Some("\"running\"")),
            ("zone", Some("\"+07:00\"")),
        ];
        assert_eq!(told, expected.map(|(key, to)| (key.to_owned(), to)));
        assert_eq!(changes[3].from.as_deref(), Some("\"/a\""));
        assert_eq!(changes[3].source, "read in the console");
        let made = apply(TEXT, &changes).unwrap();
        assert_eq!(diff(&made, other).unwrap(), []);
    }

    #[test]
    fn what_would_be_no_profile_is_refused() {
        let wrong = change(&["endpoint", "workflow.list", "path"], Some("\"no-slash\""));
        let error = apply(TEXT, &[wrong]).unwrap_err();
        assert_eq!((error.line, error.key.as_str()), (5, "endpoint.\"workflow.list\".path"));
        let error = apply("", &[change(&["zone"], Some("+07:00 oops"))]).unwrap_err();
        assert_eq!(error.key, "zone");
        let error = apply(TEXT, &[change(&["reads", "x"], Some("1"))]).unwrap_err();
        assert!(error.sentence.contains("table"), "{error}");
        assert_eq!(diff("reads = ", "").unwrap_err().line, 1);
    }

    #[test]
    fn a_source_cannot_end_its_comment() {
        let mut hostile = change(&["zone"], Some("\"+07:00\""));
        hostile.source = "a\nreads = \"assumed\"\u{7f}".to_owned();
        let text = apply("", &[hostile]).unwrap();
        assert_eq!(entries(&text).unwrap().len(), 1, "{text}");
    }

    proptest::proptest! {
        #[test]
        fn any_word_can_be_a_key(word in ".{1,20}") {
            proptest::prop_assume!(!word.trim().is_empty());
            let path = ["status".to_owned(), "workflow".to_owned(), word];
            let to = Some(quoted("running"));
            let made = Change { path: path.to_vec(), from: None, to, source: String::new() };
            let text = apply("", std::slice::from_ref(&made)).unwrap();
            let [entry] = <[Entry; 1]>::try_from(entries(&text).unwrap()).unwrap();
            proptest::prop_assert_eq!(entry.path, made.path);
        }

        #[test]
        fn any_text_is_a_document_or_an_error(text in "\\PC{0,60}") {
            let _ = diff(&text, "");
        }
    }
}
