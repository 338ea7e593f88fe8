//! Files that are made for the person: names that every file system takes, and a writing that never
//! replaces what is there.

use std::{
    fmt::Display,
    fs::{self, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::{
    errors::refused,
    frames::{ErrorCode, UiError},
};

/// Bytes of a name before its ending; file systems take 255, and a number may come to it.
const LONGEST: usize = 120;
/// More files of one name than anybody saves.
const NUMBERS: u32 = 9_999;
/// Names that Windows keeps for devices, whatever their ending.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

/// A file's name of any words, `ending` without its dot. The words are to be masked already.
pub fn file_name(words: &str, ending: &str) -> String {
    let plain = |c: char| if is_unsafe(c) { ' ' } else { c };
    let spaced: String = words.chars().map(plain).collect();
    let mut name = String::new();
    for word in spaced.split_whitespace() {
        let room = LONGEST.saturating_sub(name.len() + 1);
        let Some(part) = whole_chars(word, room).filter(|part| !part.is_empty()) else { break };
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(part);
    }
    // A leading dot hides a file, Windows drops one at the end.
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit()).to_ascii_lowercase();
    match name {
        "" => format!("wheelhouse.{ending}"),
        _ if DEVICES.contains(&stem.as_str()) => format!("_{name}.{ending}"),
        _ => format!("{name}.{ending}"),
    }
}

/// Separators and wildcards of any system, control characters, and those that turn the reading
/// direction or are not seen: they make one name look like another.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
        || matches!(c, '\u{61c}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}')
}

fn whole_chars(word: &str, room: usize) -> Option<&str> {
    let end = (0..=room.min(word.len())).rev().find(|at| word.is_char_boundary(*at))?;
    word.get(..end)
}

/// `name (2).html` for the second file of a name.
fn numbered(name: &str, number: u32) -> String {
    if number < 2 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

/// Writes a file that was not there, under the first free name; a file of which only a part could be
/// written does not stay.
pub fn write_new(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<PathBuf> {
    fs::create_dir_all(folder)?;
    for number in 1..=NUMBERS {
        let path = folder.join(numbered(name, number));
        let mut file = match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(file) => file,
            Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => continue,
            Err(error) => return Err(error),
        };
        if let Err(error) = file.write_all(bytes).and_then(|()| file.sync_all()) {
            drop(file);
            if let Err(left) = fs::remove_file(&path) {
                tracing::warn!(%left, "a part of a file was left behind");
            }
            return Err(error);
        }
        return Ok(path);
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

pub fn not_saved(why: &impl Display) -> UiError {
    refused(ErrorCode::NotSaved, format!("the file could not be saved: {why}"))
}

pub fn not_printed(why: &impl Display) -> UiError {
    refused(ErrorCode::NotPrinted, format!("the dialog could not be opened: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_words_make_a_name_that_stays_in_its_folder() {
        for (words, name) in [
            ("Ana ••••4821 2026-03-01", "Ana ••••4821 2026-03-01.html"),
            ("../../etc/passwd", "etc passwd.html"),
            (" . ", "wheelhouse.html"),
            ("", "wheelhouse.html"),
            ("a\u{202e}lmth.exe\u{0}\n\t\"<b>\"", "a lmth.exe b.html"),
            ("C:\\Windows", "C Windows.html"),
            ("nul", "_nul.html"),
            ("COM1", "_COM1.html"),
            ("会话 ••••0007", "会话 ••••0007.html"),
        ] {
            assert_eq!(file_name(words, "html"), name, "{words:?}");
        }
        let long = file_name(&"话".repeat(100_000), "csv");
        assert!(long.len() <= LONGEST + 4 && long.ends_with("话.csv"), "{}", long.len());
        let many = file_name(&"ab ".repeat(100_000), "csv");
        assert!(many.len() <= LONGEST + 4 && many.starts_with("ab ab"), "{many}");
    }

    #[test]
    fn what_is_there_is_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("Downloads");
        let name = |number| write_new(&inside, "a b.html", &[number]).unwrap();
        let names = [name(1), name(2), name(3)];
        let shown: Vec<_> = names.iter().filter_map(|path| path.file_name()?.to_str()).collect();
        assert_eq!(shown, ["a b.html", "a b (2).html", "a b (3).html"]);
        assert_eq!(names.map(|path| fs::read(path).unwrap()), [[1], [2], [3]]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_stands_in_the_way_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let outside = folder.path().join("outside");
        std::os::unix::fs::symlink(&outside, folder.path().join("a.html")).unwrap();
        let path = write_new(folder.path(), "a.html", b"x").unwrap();
        assert_eq!(path, folder.path().join("a (2).html"));
        assert!(!outside.exists());
    }
}
