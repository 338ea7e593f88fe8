//! Views that a person named: one file each, in a folder of the data folder, so that one can be copied
//! to a colleague. Every file there is as hostile as any text from outside.

use std::{
    collections::HashSet,
    fs::{self, DirEntry},
    io::{self, Read},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    errors::{bad_request, not_found, refused},
    frames::{ErrorCode, UiError},
    saved::{file_name, write_new},
};
use crate::accounts::file;

const ENDING: &str = "json";
/// Bytes of a file; a view with every column arranged has about three thousand.
const LARGEST: u64 = 64 * 1024;
/// More than a menu can show.
const MOST: usize = 500;
/// Characters.
const LONGEST_NAME: usize = 80;
const LONGEST_ADDRESS: usize = 4_000;
const MOST_COLUMNS: usize = 300;

/// A screen as somebody wants to find it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedView {
    /// Unique among the views.
    pub name: String,
    /// The table whose columns these are.
    pub table: String,
    /// Of the page, from `#/` on: screen, filter, sort and account.
    pub address: String,
    /// Those that were arranged; the others stand as they are built.
    #[serde(default)]
    pub columns: Vec<SavedColumn>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedColumn {
    pub id: String,
    /// `null`: as it is built.
    #[serde(default)]
    pub shown: Option<bool>,
    /// CSS pixels; `null`: as it is built.
    #[serde(default)]
    pub width: Option<u32>,
}

/// A file of the folder that is no view.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ViewFault {
    pub file: String,
    pub problem: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct ViewFolder {
    /// As shown to the person.
    pub folder: String,
    /// By name.
    pub views: Vec<SavedView>,
    pub faults: Vec<ViewFault>,
}

/// The views of the folder with their files, by name, and what else lies there.
#[derive(Default)]
struct Found {
    views: Vec<(PathBuf, SavedView)>,
    faults: Vec<ViewFault>,
}

/// The folder of the views. Every look at it is a look at the disk: files come and go beside us.
pub struct Views {
    folder: PathBuf,
}

impl Views {
    /// The folder need not exist.
    pub fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    pub fn list(&self) -> Result<ViewFolder, UiError> {
        let Found { views, faults } = self.look().map_err(|error| failed("read", &error))?;
        let views = views.into_iter().map(|(_, view)| view).collect();
        Ok(ViewFolder { folder: self.folder.display().to_string(), views, faults })
    }

    /// A name that is taken needs `replace`.
    pub fn keep(&self, view: SavedView, replace: bool) -> Result<ViewFolder, UiError> {
        let view = SavedView { name: view.name.trim().to_owned(), ..view };
        fault_of(&view).map_or(Ok(()), |problem| Err(bad_request(problem)))?;
        let text =
            serde_json::to_string_pretty(&view).map_err(|error| failed("written", &error))?;
        let text = text + "\n";
        match (self.file_of(&view.name)?, replace) {
            (Some(_), false) => {
                let taken = format!("there is a view named {} already", view.name);
                return Err(refused(ErrorCode::ViewExists, taken));
            }
            (Some(file), true) => file::put(&file, &text),
            (None, _) => {
                let name = file_name(&view.name, ENDING);
                write_new(&self.folder, &name, text.as_bytes()).map(drop)
            }
        }
        .map_err(|error| failed("written", &error))?;
        self.list()
    }

    pub fn remove(&self, name: &str) -> Result<ViewFolder, UiError> {
        let file = self.file_of(name)?.ok_or_else(|| not_found("name of a view"))?;
        file::remove(&file).map_err(|error| failed("removed", &error))?;
        self.list()
    }

    fn file_of(&self, name: &str) -> Result<Option<PathBuf>, UiError> {
        let found = self.look().map_err(|error| failed("read", &error))?;
        Ok(found.views.into_iter().find(|(_, view)| view.name == name).map(|(file, _)| file))
    }

    /// Of two files of one name the first by file name stands.
    fn look(&self) -> io::Result<Found> {
        let mut files: Vec<PathBuf> = match fs::read_dir(&self.folder) {
            Ok(entries) => {
                let found = entries.map(|entry| Ok(view_file(&entry?)));
                found.filter_map(io::Result::transpose).collect::<io::Result<_>>()?
            }
            Err(none) if none.kind() == io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(error),
        };
        files.sort();
        let Found { mut views, mut faults } = Found::default();
        for path in files.drain(files.len().min(MOST)..) {
            let problem = format!("there are more than {MOST} files here");
            faults.push(ViewFault { file: name_of(&path), problem });
        }
        let mut names = HashSet::new();
        for path in files {
            let problem = match read(&path) {
                Ok(view) if names.insert(view.name.clone()) => {
                    views.push((path, view));
                    continue;
                }
                Ok(view) => format!("another file has a view named {} already", view.name),
                Err(problem) => problem,
            };
            faults.push(ViewFault { file: name_of(&path), problem });
        }
        views.sort_by(|(_, a), (_, b)| a.name.cmp(&b.name));
        Ok(Found { views, faults })
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// A link is not followed: what it leads to is none of ours.
fn view_file(entry: &DirEntry) -> Option<PathBuf> {
    let path = entry.path();
    let ours = path.extension().is_some_and(|ending| ending == ENDING);
    (ours && entry.file_type().ok()?.is_file()).then_some(path)
}

fn read(path: &Path) -> Result<SavedView, String> {
    let unreadable = |error: &dyn std::fmt::Display| format!("it cannot be read: {error}");
    let file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut text = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut text).map_err(|error| unreadable(&error))?;
    if text.len() as u64 > LARGEST {
        return Err(format!("it is over {LARGEST} bytes"));
    }
    let view: SavedView =
        serde_json::from_slice(&text).map_err(|error| format!("it is no view: {error}"))?;
    fault_of(&view).map_or(Ok(view), |problem| Err(problem.to_owned()))
}

fn fault_of(view: &SavedView) -> Option<&'static str> {
    let SavedView { name, table, address, columns } = view;
    let longest = |text: &str, most| text.chars().nth(most).is_some();
    let ids = || columns.iter().map(|column| column.id.as_str());
    if name.trim().is_empty() || longest(name, LONGEST_NAME) || name.contains(char::is_control) {
        Some("the name of a view has 1 to 80 characters")
    } else if !address.starts_with("#/") || longest(address, LONGEST_ADDRESS) {
        Some("the address of a view begins with #/ and has at most 4000 characters")
    } else if columns.len() > MOST_COLUMNS
        || ids().chain([table.as_str()]).any(|id| longest(id, 200))
    {
        Some("a view has at most 300 columns, with names of at most 200 characters")
    } else {
        None
    }
}

/// None of the views can be had, or not this change be made.
pub fn failed(what: &str, error: &dyn std::fmt::Display) -> UiError {
    refused(ErrorCode::Store, format!("the saved views could not be {what}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(name: &str, address: &str) -> SavedView {
        let column = SavedColumn { id: "reached".into(), shown: Some(true), width: None };
        SavedView {
            name: name.into(),
            table: "workflows".into(),
            address: address.into(),
            columns: vec![column],
        }
    }

    fn names(folder: &ViewFolder) -> Vec<&str> {
        folder.views.iter().map(|view| view.name.as_str()).collect()
    }

    #[test]
    fn a_view_is_kept_replaced_and_removed() {
        let folder = tempfile::tempdir().unwrap();
        let views = Views::new(folder.path().join("views"));
        assert_eq!(views.list().unwrap().views, []);
        views.keep(view(" Night shift ", "#/watch?filter=a"), false).unwrap();
        let both = views.keep(view("早班 / 催收", "#/calls"), false).unwrap();
        assert_eq!(names(&both), ["Night shift", "早班 / 催收"]);

        let taken = views.keep(view("Night shift", "#/calls"), false).unwrap_err();
        assert_eq!(taken.code, ErrorCode::ViewExists);
        let replaced = views.keep(view("Night shift", "#/journal"), true).unwrap();
        assert_eq!(replaced.views[0].address, "#/journal");
        assert_eq!(names(&replaced).len(), 2);

        assert_eq!(names(&views.remove("Night shift").unwrap()), ["早班 / 催收"]);
        assert_eq!(views.remove("Night shift").unwrap_err().code, ErrorCode::NotFound);
    }

    #[test]
    fn a_view_copied_from_a_colleague_is_there_and_a_bad_file_says_why() {
        let folder = tempfile::tempdir().unwrap();
        let views = Views::new(folder.path().to_owned());
        let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        put("a.json", r##"{"name":"Mine","table":"workflows","address":"#/watch"}"##);
        put("b.json", r##"{"name":"Mine","table":"workflows","address":"#/calls"}"##);
        put("c.json", r##"{"name":"Away","table":"x","address":"https://example.com/"}"##);
        put("d.json", "{");
        put("e.json", &" ".repeat(100_000));
        put("notes.txt", "mine");
        let seen = views.list().unwrap();
        assert_eq!(seen.views, [SavedView { columns: vec![], ..view("Mine", "#/watch") }]);
        let faults: Vec<_> = seen.faults.iter().map(|fault| fault.file.as_str()).collect();
        assert_eq!(faults, ["b.json", "c.json", "d.json", "e.json"]);
        assert!(seen.faults.iter().all(|fault| !fault.problem.is_empty()));
    }

    #[test]
    fn a_view_that_makes_no_sense_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let views = Views::new(folder.path().to_owned());
        for (name, address) in
            [("", "#/watch"), ("a\nb", "#/watch"), ("a", "watch"), ("a", "javascript:alert(1)")]
        {
            let refused = views.keep(view(name, address), true).unwrap_err();
            assert_eq!(refused.code, ErrorCode::BadRequest, "{name:?} {address}");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
