//! `llms.txt`: the index of a documentation, one line a page.

use super::{page::id_in, schema::cut};

/// A page that the index lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    pub title: String,
    /// As written: absolute, or relative to the index.
    pub address: String,
    pub group: Vec<String>,
    pub page_id: Option<u32>,
}

impl Listed {
    /// Pages of words are `doc-<id>` or `<id>m0`, pages of endpoints `api-<id>` or `<id>e0`.
    pub fn is_words(&self) -> bool {
        let name = self.address.rsplit('/').next().unwrap_or_default();
        name.starts_with("doc-") || name.ends_with("m0.md")
    }
}

/// Pages of one index at most.
pub const PAGES: usize = 2000;

/// Reads `- Group > Subgroup [Title](address.md): note`. What is no such line is passed over.
pub fn read(text: &str) -> Vec<Listed> {
    text.lines().filter_map(line).take(PAGES).collect()
}

fn line(line: &str) -> Option<Listed> {
    let line = line.trim().strip_prefix(['-', '*'])?.trim_start();
    // The address ends the bracket that a title opens; a title may hold brackets itself.
    let middle = line.find("](")?;
    let open = opening(&line[..middle])?;
    let after = &line[middle + 2..];
    let address = after[..closing(after)?].trim();
    let group = line[..open].split('>').map(cut).filter(|part| !part.is_empty()).collect();
    let title = cut(&line[open + 1..middle]);
    (!title.is_empty() && !address.is_empty()).then(|| Listed {
        page_id: id_in(address),
        address: address.to_owned(),
        title,
        group,
    })
}

/// The bracket that belongs to the one at the end of `text`.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices().rev() {
        match c {
            ']' => depth += 1,
            '[' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

fn closing(text: &str) -> Option<usize> {
    let mut depth = 1;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_folder_title_address_and_id() {
        let text = "# API\n## Docs\n- [Introductions](https://a.example/doc-15.md):\n\
            - Workflow > Webhooks [Obtain [all] of it (Info)](https://a.example/x/api-45267515.md): note [x](y)\n\
            - no link here\nplain words\n";
        let listed = read(text);
        assert_eq!(listed.len(), 2);
        assert!(listed[0].is_words() && listed[0].group.is_empty());
        let page = &listed[1];
        assert_eq!(
            (page.title.as_str(), page.page_id),
            ("Obtain [all] of it (Info)", Some(45267515))
        );
        assert_eq!(page.group, ["Workflow", "Webhooks"]);
        assert_eq!(page.address, "https://a.example/x/api-45267515.md");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_an_index(text in "(- )?[\\[\\]()>a-zé\n]{0,80}") {
            read(&text);
        }
    }
}
