//! The guide, checked on its text: the same pages in both languages, links and pictures that lead somewhere, and
//! every name in bold as the catalogue of that language has it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

#[path = "desktop/picture_names.rs"]
mod picture_names;

use picture_names::PICTURES;

const LANGUAGES: [&str; 2] = ["en", "zh-CN"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn guide() -> PathBuf {
    root().join("docs/guide")
}

fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|extension| extension == ending));
    found.sort();
    found
}

fn names(folder: &Path, ending: &str) -> BTreeSet<String> {
    let stems = files(folder, ending);
    stems.iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// Markdown without its code: what stands in backquotes is a key, a filter or a file, and no name.
fn prose(page: &str) -> String {
    let outside: String = page.split("```").step_by(2).collect();
    outside.split('`').step_by(2).collect::<Vec<_>>().join("·")
}

/// One space for any, and one apostrophe.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('\'', "’")
}

/// The texts of a catalogue, what is put into them written as `…`.
fn on_screen(language: &str) -> BTreeSet<String> {
    let sources = files(&root().join("ui/src/text").join(language), "ts");
    sources
        .iter()
        .flat_map(|path| {
            let source = fs::read_to_string(path).unwrap();
            source.lines().filter_map(entry).collect::<Vec<_>>()
        })
        .collect()
}

/// `'key': 'text',`, as each line of a catalogue is.
fn entry(line: &str) -> Option<String> {
    let (_, text) = line.trim().strip_prefix('\'')?.split_once("': ")?;
    let text = text.trim_end_matches(',');
    let quote = text.chars().next().filter(|each| matches!(each, '\'' | '"'))?;
    let text = text.strip_prefix(quote)?.strip_suffix(quote)?;
    let mut shown = String::new();
    for (at, part) in text.split('{').enumerate() {
        match part.split_once('}') {
            Some((_, after)) if at > 0 => {
                shown.push('…');
                shown.push_str(after.trim_start_matches('}'));
            }
            // The first of two braces has nothing behind it.
            _ => shown.push_str(part),
        }
    }
    Some(plain(&shown))
}

/// What is wrong with the bold names of a page: not on screen, or not shown as bold.
fn wrong_names(page: &str, on_screen: &BTreeSet<String>) -> Vec<String> {
    let prose = prose(page);
    let parts: Vec<&str> = prose.split("**").collect();
    let mut wrong = Vec::new();
    if parts.len().is_multiple_of(2) {
        wrong.push("a bold text without an end".to_owned());
    }
    for at in (1..parts.len()).step_by(2) {
        let bold = parts[at];
        let (before, after) = (parts[at - 1], parts.get(at + 1).copied().unwrap_or_default());
        if sticks(bold.chars().next(), before.chars().last())
            || sticks(bold.chars().last(), after.chars().next())
        {
            wrong.push(format!("{bold}: Markdown shows no bold here, a space is missing"));
        }
        let names = bold.split('→').map(plain);
        wrong.extend(names.filter(|name| !on_screen.contains(name)));
    }
    wrong
}

/// Stars between a sign inside and a letter outside are stars: `按**停止…**再`.
fn sticks(inside: Option<char>, outside: Option<char>) -> bool {
    let sign = |each: char| !each.is_alphanumeric() && !each.is_whitespace();
    inside.is_some_and(sign) && outside.is_some_and(char::is_alphanumeric)
}

/// Addresses of a page's links, and of its pictures.
fn addresses(page: &str) -> (Vec<String>, Vec<String>) {
    let (mut links, mut pictures) = (Vec::new(), Vec::new());
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("](") {
        let (address, behind) = after.split_once(')').expect("an address ends");
        let is_picture = before.rsplit_once('[').is_some_and(|(outside, _)| outside.ends_with('!'));
        if is_picture { &mut pictures } else { &mut links }.push(address.to_owned());
        rest = behind;
    }
    (links, pictures)
}

/// The anchors of a page, made of its headings as the usual viewers do.
fn anchors(page: &str) -> BTreeSet<String> {
    let headings = page.lines().filter_map(|line| line.strip_prefix('#'));
    headings
        .map(|heading| {
            let heading = heading.trim_start_matches('#').trim().to_lowercase();
            let kept =
                heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.collect::<String>().replace(' ', "-")
        })
        .collect()
}

/// Where a link leads nowhere: no such file, or no such heading in it.
fn dead(from: &Path, link: &str) -> bool {
    if link.starts_with("https://") {
        return false;
    }
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = match file {
        "" => from.to_owned(),
        file => from.parent().unwrap().join(file),
    };
    if anchor.is_empty() {
        return !target.exists();
    }
    fs::read_to_string(&target).map_or(true, |page| !anchors(&page).contains(anchor))
}

#[test]
fn both_languages_have_the_same_pages_with_the_same_pictures() {
    let [english, chinese] = LANGUAGES.map(|language| names(&guide().join(language), "md"));
    assert!(english.len() >= 10, "only {english:?}");
    assert_eq!(english, chinese);
    for name in &english {
        let [a, b] = LANGUAGES.map(|language| {
            let page = guide().join(language).join(format!("{name}.md"));
            addresses(&fs::read_to_string(page).unwrap()).1
        });
        assert_eq!(a, b, "{name}: other pictures");
    }
}

#[test]
fn the_index_names_every_page_by_its_title() {
    let index = fs::read_to_string(guide().join("README.md")).unwrap();
    for language in LANGUAGES {
        for path in files(&guide().join(language), "md") {
            let page = fs::read_to_string(&path).unwrap();
            let title = page.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            let link = format!("[{title}]({language}/{name})");
            assert!(index.contains(&link), "the index lacks {link}");
        }
    }
}

#[test]
fn every_link_of_the_guide_leads_somewhere() {
    let mut wrong = Vec::new();
    let folders = ["docs", "docs/guide", "docs/guide/en", "docs/guide/zh-CN"];
    let pages = folders.iter().flat_map(|folder| files(&root().join(folder), "md"));
    for path in pages.chain([root().join("README.md")]) {
        let (links, _) = addresses(&prose(&fs::read_to_string(&path).unwrap()));
        let found = links.into_iter().filter(|link| dead(&path, link));
        wrong.extend(found.map(|link| format!("{}: {link}", path.display())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_pages_use_the_pictures_that_are_taken_and_all_of_them() {
    for language in LANGUAGES {
        let mut used = BTreeSet::new();
        for path in files(&guide().join(language), "md") {
            used.extend(addresses(&fs::read_to_string(&path).unwrap()).1);
        }
        let taken: BTreeSet<_> = PICTURES.iter().map(|name| format!("{name}.png")).collect();
        assert_eq!(used, taken, "{language}: see tests/desktop/picture_names.rs");
    }
}

#[test]
fn every_picture_is_there() {
    let taken: BTreeSet<_> = PICTURES.iter().map(|&name| name.to_owned()).collect();
    for language in LANGUAGES {
        let there = names(&guide().join(language), "png");
        assert_eq!(there, taken, "{language}: run `cargo xtask pictures`");
    }
}

#[test]
fn every_bold_name_stands_so_on_screen() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let on_screen = on_screen(language);
        assert!(on_screen.len() > 800, "the catalogue was not found: {} texts", on_screen.len());
        for path in files(&guide().join(language), "md") {
            let found = wrong_names(&fs::read_to_string(&path).unwrap(), &on_screen);
            wrong.extend(found.iter().map(|name| format!("{}: {name}", path.display())));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_on_screen_is_found() {
    let on_screen = ["Stop…", "Settings", "没有与“…”匹配的内容"].map(plain).into();
    let wrong = |page: &str| wrong_names(page, &on_screen);
    assert!(wrong("Press **Stop…** in **Settings**. `**No**`").is_empty());
    assert_eq!(wrong("**Settings → Halt…**"), ["Halt…"]);
    assert_eq!(wrong("按**Stop…**再"), ["Stop…: Markdown shows no bold here, a space is missing"]);
    assert_eq!(wrong("**Settings"), ["a bold text without an end"]);
    let text = entry("  'list.noMatch': '没有与“{{filter, number}}”匹配的内容',").unwrap();
    assert!(wrong(&format!("**{text}**")).is_empty(), "{text}");
    assert!(dead(&guide().join("README.md"), "en/stop.md#nowhere"));
    assert!(!dead(&guide().join("README.md"), "en/stop.md#one-workflow"));
}
