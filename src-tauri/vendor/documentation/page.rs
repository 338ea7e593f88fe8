//! One text of the documentation: a Markdown page with an OpenAPI fragment, a whole export, or plain
//! words with tables.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{
    openapi,
    schema::{Field, cut},
};

/// Bytes of one page at most.
pub const PAGE_BYTES: usize = 1 << 20;
/// Bytes of an export, which holds every page.
pub const EXPORT_BYTES: usize = 16 << 20;

/// Where a request carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carried {
    Query,
    Body,
    Path,
}

/// A parameter that a page documents; its `field.name` is the vendor's name.
#[derive(Clone, Debug, PartialEq)]
pub struct PageParam {
    pub place: Carried,
    pub field: Field,
}

/// A code that an answer can carry, with the page's words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    pub code: i64,
    pub words: String,
}

/// One endpoint, or one webhook, as a page describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageEndpoint {
    pub page_id: Option<u32>,
    pub title: String,
    /// Further names of the same page: its heading, its line in the index.
    pub also: Vec<String>,
    /// Where it was read: an address or a file.
    pub address: String,
    /// The folder, outermost first.
    pub group: Vec<String>,
    /// In capitals: `GET`.
    pub method: String,
    /// As written: `/service/…`, for a webhook perhaps an address or any words.
    pub path: String,
    pub servers: Vec<String>,
    pub params: Vec<PageParam>,
    /// The body's content type, where it is none of JSON.
    pub other_body: Option<String>,
    /// A successful answer.
    pub answer: Option<Field>,
    /// The `code` that an answer carries when all is well.
    pub success: Option<i64>,
    pub errors: Vec<ErrorCode>,
    /// The text names one thing twice, so that it does not say which is meant.
    pub repeated: Option<String>,
}

impl PageEndpoint {
    pub fn titles(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.title.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

/// A page of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextPage {
    pub page_id: Option<u32>,
    pub title: String,
    pub address: String,
    pub errors: Vec<ErrorCode>,
}

/// Something that could not be read, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    pub title: String,
    pub address: String,
    pub why: String,
}

/// Everything that was read of a documentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pages {
    pub endpoints: Vec<PageEndpoint>,
    pub texts: Vec<TextPage>,
    pub troubles: Vec<Trouble>,
    /// Host of the documentation, where it came from an address: what it says about its own server is
    /// believed.
    pub host: Option<String>,
}

impl Pages {
    /// Number of pages that were looked at.
    pub fn count(&self) -> usize {
        self.endpoints.len() + self.texts.len() + self.troubles.len()
    }

    pub(super) fn trouble(&mut self, title: &str, address: &str, why: impl Into<String>) {
        let (title, address) = (cut(title), address.to_owned());
        self.troubles.push(Trouble { title, address, why: why.into() });
    }
}

/// Where a text comes from and what its index says about it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Origin<'a> {
    pub address: &'a str,
    pub title: &'a str,
    pub group: &'a [String],
}

/// Reads one text of any form into `pages`.
pub fn read(text: &str, origin: Origin<'_>, pages: &mut Pages) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (fragments, heading) = markdown(text);
    let export = fragments.is_empty() && is_document(text);
    let limit = if export { EXPORT_BYTES } else { PAGE_BYTES };
    if text.len() > limit {
        let why = format!("it is over the limit of {limit} bytes");
        return pages.trouble(origin.title, origin.address, why);
    }
    if export {
        fragment(text, origin, None, pages);
    } else if fragments.is_empty() {
        let title = heading.or(Some(origin.title).filter(|t| !t.is_empty()));
        pages.texts.push(TextPage {
            page_id: id_in(origin.address),
            title: cut(title.unwrap_or("without a title")),
            address: origin.address.to_owned(),
            errors: table(text),
        });
    } else {
        for part in fragments {
            fragment(&part, origin, heading, pages);
        }
    }
}

fn fragment(text: &str, origin: Origin<'_>, heading: Option<&str>, pages: &mut Pages) {
    let title = heading.unwrap_or(origin.title);
    match document(text) {
        Ok((document, repeated)) => {
            let found = openapi::endpoints(&document, origin, heading, repeated.as_deref());
            if found.is_empty() {
                pages.trouble(title, origin.address, "it describes no path");
            }
            pages.endpoints.extend(found);
        }
        Err(why) => pages.trouble(title, origin.address, why),
    }
}

/// The OpenAPI fragments in fences, and the first heading.
fn markdown(text: &str) -> (Vec<String>, Option<&str>) {
    let mut fragments = Vec::new();
    let mut heading = None;
    let mut open: Option<(bool, String)> = None;
    for line in text.lines() {
        let bare = line.trim_start();
        if let Some(info) = bare.strip_prefix("```") {
            match open.take() {
                Some((true, body)) if is_document(&body) => fragments.push(body),
                Some(_) => {}
                None => {
                    let word = info.trim().to_ascii_lowercase();
                    open = Some((matches!(word.as_str(), "yaml" | "yml" | "json"), String::new()));
                }
            }
        } else if let Some((wanted, body)) = &mut open {
            if *wanted {
                body.push_str(line);
                body.push('\n');
            }
        } else if heading.is_none() {
            heading = bare.strip_prefix("# ").map(str::trim).filter(|h| !h.is_empty());
        }
    }
    (fragments, heading)
}

fn is_document(text: &str) -> bool {
    let begins = |line: &str| {
        let line = line.trim_start_matches(['"', '\'']);
        line.starts_with("openapi") || line.starts_with("swagger") || line.starts_with("paths")
    };
    text.trim_start().starts_with('{') || text.lines().any(begins)
}

const TWICE: &str = "it names the same thing twice";

/// The document, and what it names twice.
fn document(text: &str) -> Result<(Value, Option<String>), String> {
    if text.trim_start().starts_with('{') {
        let once: Once = serde_json::from_str(text).map_err(|e| format!("it is no JSON: {e}"))?;
        let twice = once.twice.map(|name| format!("{TWICE}: {name}"));
        return Ok((once.value, twice));
    }
    let read = |policy| serde_saphyr::from_str_with_options::<Value>(text, yaml(policy));
    match read(serde_saphyr::DuplicateKeyPolicy::Error) {
        Ok(value) => Ok((value, None)),
        Err(error) => {
            let first = error.to_string().lines().next().unwrap_or_default().to_owned();
            match read(serde_saphyr::DuplicateKeyPolicy::FirstWins) {
                Ok(value) => Ok((value, Some(format!("{TWICE}: {first}")))),
                Err(_) => Err(format!("its OpenAPI part cannot be read: {}", cut(&first))),
            }
        }
    }
}

/// What a page may cost: no alias is needed on one, and none may multiply it.
fn yaml(duplicate_keys: serde_saphyr::DuplicateKeyPolicy) -> serde_saphyr::Options {
    serde_saphyr::options! {
        duplicate_keys: duplicate_keys,
        budget: serde_saphyr::budget! {
            max_depth: 64,
            max_nodes: 400_000,
            max_aliases: 100,
            max_documents: 1,
        },
    }
}

/// A JSON value that remembers which path of an OpenAPI document it names twice.
struct Once {
    value: Value,
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Once {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(OnceVisitor)
    }
}

struct OnceVisitor;

impl<'de> Visitor<'de> for OnceVisitor {
    type Value = Once;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Once, A::Error> {
        let mut value = serde_json::Map::new();
        let mut twice = None;
        while let Some(key) = map.next_key::<String>()? {
            let inside = if key == "paths" {
                let paths: Entries = map.next_value()?;
                twice = twice.or(paths.twice);
                Value::Object(paths.entries)
            } else {
                map.next_value()?
            };
            value.insert(key, inside);
        }
        Ok(Once { value: Value::Object(value), twice })
    }
}

/// An object whose keys should differ.
struct Entries {
    entries: serde_json::Map<String, Value>,
    twice: Option<String>,
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Inside;
        impl<'de> Visitor<'de> for Inside {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of paths")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut found = Entries { entries: serde_json::Map::new(), twice: None };
                while let Some((key, value)) = map.next_entry::<String, Value>()? {
                    if found.entries.contains_key(&key) {
                        found.twice.get_or_insert_with(|| cut(&key));
                    } else {
                        found.entries.insert(key, value);
                    }
                }
                Ok(found)
            }
        }
        deserializer.deserialize_map(Inside)
    }
}

const CODES: usize = 500;

/// Rows of tables whose heading speaks of codes: one cell is a number, the others are words.
fn table(text: &str) -> Vec<ErrorCode> {
    let mut codes: Vec<ErrorCode> = Vec::new();
    let mut heading: Option<bool> = None;
    for line in text.lines().map(str::trim) {
        if !line.starts_with('|') {
            heading = None;
            continue;
        }
        let lower = line.to_lowercase();
        if !*heading.get_or_insert_with(|| lower.contains("code") || line.contains('码')) {
            continue;
        }
        let cells: Vec<_> = line.trim_matches('|').split('|').map(plain_cell).collect();
        let number =
            cells.iter().enumerate().find_map(|(at, c)| Some((at, c.parse::<i64>().ok()?)));
        let Some((at, code)) = number else { continue };
        let words: Vec<_> = cells
            .iter()
            .enumerate()
            .filter(|(n, c)| *n != at && !c.is_empty())
            .map(|(_, c)| c.as_str())
            .collect();
        if !words.is_empty() && codes.len() < CODES && !codes.iter().any(|c| c.code == code) {
            codes.push(ErrorCode { code, words: cut(&words.join(": ")) });
        }
    }
    codes
}

fn plain_cell(cell: &str) -> String {
    cell.trim().trim_matches(['`', '*']).trim().to_owned()
}

/// The number in `…/api-45267515.md`, `doc-1648295`, `api-45267515-run`, `45267515e0.md`.
pub(super) fn id_in(address: &str) -> Option<u32> {
    let name = address.trim_end_matches('/').rsplit('/').next()?;
    let digits = |text: &str| {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text[..end].parse().ok().map(|id| (id, end))
    };
    let marked = |mark: &str| digits(&name[name.rfind(mark)? + mark.len()..]).map(|(id, _)| id);
    let bare = || {
        let (id, end) = digits(name)?;
        let rest = &name[end..];
        (rest.starts_with("e0") || rest.starts_with("m0")).then_some(id)
    };
    marked("api-").or_else(|| marked("doc-")).or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_stands_in_the_address() {
        for (address, id) in [
            ("https://a.example/x/api-45267515.md", Some(45267515)),
            ("https://app.apifox.com/web/project/17/apis/api-45267515-run", Some(45267515)),
            ("/tmp/doc-1648295.md", Some(1648295)),
            ("https://a.example/docs/45267515e0.md", Some(45267515)),
            ("2024-notes.md", None),
            ("https://a.example/api-99999999999.md", None),
            ("stop.md", None),
            ("", None),
        ] {
            assert_eq!(id_in(address), id, "{address}");
        }
    }

    #[test]
    fn a_table_of_codes_is_read() {
        let text = "# Error Codes\n| code | meaning |\n| --- | --- |\n| 200 | OK |\n| `10506` | task not found |\n| x | y |\n";
        let mut pages = Pages::default();
        read(text, Origin::default(), &mut pages);
        let codes: Vec<_> =
            pages.texts[0].errors.iter().map(|c| (c.code, c.words.as_str())).collect();
        assert_eq!(codes, [(200, "OK"), (10506, "task not found")]);
    }

    #[test]
    fn a_path_named_twice_is_noticed_in_both_forms() {
        let json = r#"{"openapi":"3.0.1","paths":{"/a":{"get":{"summary":"One"}},"/a":{"post":{"summary":"Two"}}}}"#;
        let yaml = "openapi: 3.0.1\npaths:\n  /a:\n    get:\n      summary: One\n  /a:\n    post:\n      summary: Two\n";
        for text in [json, yaml] {
            let mut pages = Pages::default();
            read(text, Origin::default(), &mut pages);
            assert!(pages.endpoints.iter().all(|e| e.repeated.is_some()), "{pages:?}");
            assert_eq!(pages.endpoints.len(), 1);
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "\\PC{0,200}", yaml in "[a-z:\\- \n{}&*\\[\\]\"]{0,200}") {
            let mut pages = Pages::default();
            read(&text, Origin::default(), &mut pages);
            read(&format!("```yaml\nopenapi: 3.0.1\npaths:\n{yaml}\n```"), Origin::default(), &mut pages);
            read(&format!("openapi: 3.0.1\n{yaml}"), Origin::default(), &mut pages);
            read(&format!("{{{text}"), Origin::default(), &mut pages);
            id_in(&text);
        }
    }
}
