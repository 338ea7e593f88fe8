//! The house's fences, checked on the sources: which room may use which, which outside crates a room
//! may name, and how long files and functions may be. A failure names file, line and rule.
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

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{
    spanned::Spanned,
    visit::{self, Visit},
};

/// A folder of src-tauri, or a file beside lib.rs.
struct Room {
    name: &'static str,
    /// Rooms that it may use; `vendor::transport` allows only what begins so.
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
}

const fn room(
    name: &'static str,
    rooms: &'static [&'static str],
    crates: &'static [&'static str],
) -> Room {
    Room { name, rooms, crates }
}

#[rustfmt::skip]
const ROOMS: &[Room] = &[
    room("domain", &[], &["chrono", "serde_json", "strsim", "hmac", "sha2"]),
    room("vendor", &["domain"], &["reqwest", "serde_json", "toml", "toml_edit", "serde_saphyr", "governor", "tokio", "bytes", "secrecy", "chrono", "xxhash_rust", "hmac", "sha2", "md5", "base64"]),
    room("accounts", &["domain", "vendor::profile"], &["xxhash_rust", "keyring", "secrecy", "serde_json", "toml", "getrandom", "tempfile", "tokio"]),
    room("store", &["domain"], &["sqlx", "serde_json", "tokio", "xxhash_rust", "zstd"]),
    room("sync", &["domain", "vendor", "store"], &["tokio"]),
    room("hooks", &["domain", "vendor::signing", "store"], &["axum", "tokio", "bytes", "serde_json", "reqwest", "aes", "cbc", "base64", "secrecy", "xxhash_rust", "getrandom"]),
    room("actions", &["domain", "vendor", "store"], &["tokio"]),
    room("media", &["domain", "vendor", "store"], &["tokio", "symphonia", "bytes", "xxhash_rust", "rawzip", "flate2", "toml"]),
    room("insight", &["domain", "store"], &[]),
    // Judges by the ledger, which names sources by the catalogue's keys.
    room("alerts", &["domain", "store", "insight::alerts", "sync::health", "vendor::Key", "vendor::Clock"], &["tokio"]),
    // Signs and encrypts what it sends, where a script says so.
    room("sim", &["vendor::transport"], &["serde_json", "chrono", "rand", "rand_chacha", "base64", "hmac", "sha2", "md5", "aes", "cbc", "rawzip"]),
    room("sim_server", &["sim", "vendor::transport"], &["axum", "reqwest", "tokio", "bytes", "tempfile", "serde_json", "http_body"]),
    // Of the vendor it knows what went wrong, the handle that recordings are fetched with, and, for the
    // settings, the contract: what is asked on which evidence, and how a user corrects it.
    room("ipc", &["domain", "store", "actions", "alerts", "insight", "sync::health", "sync::plan", "sync::replay", "hooks::ask_text", "hooks::Language", "hooks::OFFER_ENFORCE_AFTER", "hooks::Seal", "hooks::folder", "hooks::relay", "media", "accounts", "vendor"], &["ts_rs", "bytes", "csv", "tokio", "serde_json", "secrecy", "toml"]),
    room("app", &["domain", "vendor", "accounts", "store", "sync", "hooks", "actions", "alerts", "media", "insight", "sim", "sim_server", "ipc"], &["tokio", "tempfile", "directories", "secrecy", "chrono", "getrandom"]),
    // Export, import and the ingest bench run on parts of the core, without an app around them.
    room("cli", &["app", "ipc", "sim_server", "sim", "domain", "store", "sync", "hooks", "vendor"], &["clap", "tempfile", "tracing_subscriber", "tokio", "serde_json", "secrecy"]),
    room("shell", &["app", "ipc", "alerts::Silent"], &["tauri", "tauri_plugin_window_state", "tracing_subscriber", "tokio", "zbus", "ksni", "notify_rust"]),
    // The two programs read their arguments and enter one room.
    room("main", &["app", "cli", "shell"], &["clap", "tokio"]),
    room("cli_main", &["cli"], &["clap"]),
    room("build", &[], &["tauri_build"]),
];

const EVERYWHERE: &[&str] = &["serde", "thiserror", "tracing", "wheelhouse"];

/// Within a room that may be used, what is still shut: a write handle has one owner, reads and writes
/// at the vendor are different rooms' business, and the vendor's JSON stays at home.
const SHUT: &[(&str, &str, &str)] = &[
    ("sync", "vendor", "Writes"),
    ("actions", "vendor", "Reads"),
    ("media", "vendor", "Writes"),
    ("sync", "store", "AuditWriter"),
    ("hooks", "store", "Writer"),
    ("hooks", "store", "AuditWriter"),
    ("actions", "store", "Writer"),
    ("actions", "store", "InboxWriter"),
    ("media", "store", "Writer"),
    ("media", "store", "AuditWriter"),
    ("media", "store", "InboxWriter"),
    ("insight", "store", "Writer"),
    ("insight", "store", "AuditWriter"),
    ("insight", "store", "InboxWriter"),
    ("ipc", "vendor", "Writes"),
    ("ipc", "store", "Writer"),
    ("ipc", "store", "AuditWriter"),
    ("ipc", "store", "InboxWriter"),
    ("alerts", "store", "Writer"),
    ("alerts", "store", "AuditWriter"),
    ("alerts", "store", "InboxWriter"),
    ("sync", "store", "AlertWriter"),
    ("hooks", "store", "AlertWriter"),
    ("actions", "store", "AlertWriter"),
    ("media", "store", "AlertWriter"),
    ("insight", "store", "AlertWriter"),
    ("ipc", "store", "AlertWriter"),
    ("sync", "store", "SpokenWriter"),
    ("hooks", "store", "SpokenWriter"),
    ("actions", "store", "SpokenWriter"),
    ("media", "store", "SpokenWriter"),
    ("insight", "store", "SpokenWriter"),
    ("alerts", "store", "SpokenWriter"),
    ("ipc", "store", "SpokenWriter"),
    ("sync", "store", "NoteWriter"),
    ("hooks", "store", "NoteWriter"),
    ("actions", "store", "NoteWriter"),
    ("insight", "store", "NoteWriter"),
    ("ipc", "store", "NoteWriter"),
    ("alerts", "store", "NoteWriter"),
    ("*", "vendor", "wire"),
];

const FILE_LINES: usize = 600;
const FUNCTION_LINES: usize = 60;
/// A comment that lets one function be longer: a machine whose states belong side by side.
const STATE_MACHINE: &str = "// state machine";

#[test]
fn every_room_keeps_to_its_doors_and_sizes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let crates = dependencies(&fs::read_to_string(root.join("Cargo.toml")).unwrap());
    let sources = root.join("src-tauri");
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&sources).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let inside = path.strip_prefix(&sources).unwrap().to_owned();
            files.push((inside, fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(files.len() > 20, "the sources were not found: only {} files", files.len());
    let broken = check(&files, &crates);
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

/// What is wrong with the files, each by its path inside src-tauri.
fn check(files: &[(PathBuf, String)], crates: &BTreeSet<String>) -> Vec<String> {
    let parsed: Vec<_> = files
        .iter()
        .map(|(path, text)| {
            (path, text, syn::parse_file(text).unwrap_or_else(|e| panic!("{path:?}: {e}")))
        })
        .collect();
    let tests: BTreeSet<_> =
        parsed.iter().flat_map(|(path, _, file)| test_modules(path, file)).collect();
    let mut broken = Vec::new();
    for (path, text, file) in &parsed {
        let mut look = Look::new(path, text, crates);
        look.in_tests = path.ancestors().any(|part| tests.contains(&part.with_extension("")));
        look.file(file);
        // A path that a macro repeats is one mistake.
        look.broken.dedup();
        broken.append(&mut look.broken);
    }
    broken
}

/// Names of the dependencies, as Rust spells them.
fn dependencies(manifest: &str) -> BTreeSet<String> {
    let manifest: toml::Table = manifest.parse().unwrap();
    let of_systems = manifest.get("target").and_then(|target| target.as_table());
    let of_systems = of_systems.into_iter().flat_map(|systems| systems.values());
    let homes = of_systems.filter_map(|system| system.as_table()).chain([&manifest]);
    homes
        .flat_map(|home| {
            let sections = ["dependencies", "dev-dependencies", "build-dependencies"];
            sections.into_iter().filter_map(|section| home.get(section)?.as_table())
        })
        .flat_map(|section| section.keys().map(|name| name.replace('-', "_")))
        .collect()
}

/// Where a file's module stands below the root of the crate: `store/mod.rs` is `store`.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<_> =
        path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

/// Files (without `.rs`) and folders that exist under `#[cfg(test)] mod name;` only.
fn test_modules(path: &Path, file: &syn::File) -> Vec<PathBuf> {
    let home: PathBuf = module_of(path).iter().collect();
    file.items
        .iter()
        .filter_map(|item| match item {
            syn::Item::Mod(module) if module.content.is_none() && is_test(&module.attrs) => {
                Some(home.join(module.ident.to_string()))
            }
            _ => None,
        })
        .collect()
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        _ => false,
    })
}

/// One file under inspection.
struct Look<'a> {
    path: &'a Path,
    text: &'a str,
    crates: &'a BTreeSet<String>,
    module: Vec<String>,
    /// Test code ships nowhere: it may name any crate, but the doors between rooms hold for it too.
    in_tests: bool,
    broken: Vec<String>,
}

impl<'a> Look<'a> {
    fn new(path: &'a Path, text: &'a str, crates: &'a BTreeSet<String>) -> Self {
        Self { path, text, crates, module: module_of(path), in_tests: false, broken: Vec::new() }
    }

    fn file(&mut self, file: &syn::File) {
        let lines = self.text.lines().count();
        if lines > FILE_LINES {
            self.say(1, format!("{lines} lines; a file has at most {FILE_LINES}"));
        }
        if let Some(name) = self.module.first() {
            if ROOMS.iter().any(|room| room.name == name) {
                self.visit_file(file);
            } else {
                self.say(
                    1,
                    format!("`{name}` is no room of the house: add it to the table of rooms"),
                );
            }
        } else {
            self.visit_file(file);
        }
    }

    fn say(&mut self, line: usize, rule: String) {
        self.broken.push(format!("src-tauri/{}:{line}: {rule}", self.path.display()));
    }

    /// A path as written, from `crate`, `super`, `self`, an outside crate, or a local name.
    fn path(&mut self, segments: &[String], span: Span) {
        let Some(first) = segments.first() else { return };
        let line = span.start().line;
        match first.as_str() {
            "crate" | "wheelhouse" => self.inside(&segments[1..], line),
            "self" | "super" => {
                let mut at = self.module.clone();
                let mut rest = segments;
                while let Some((step, after)) = rest.split_first() {
                    match step.as_str() {
                        "self" => {}
                        "super" => {
                            at.pop();
                        }
                        _ => break,
                    }
                    rest = after;
                }
                at.extend_from_slice(rest);
                self.inside(&at, line);
            }
            outside if self.crates.contains(outside) => self.outside(outside, line),
            _ => {}
        }
    }

    fn outside(&mut self, name: &str, line: usize) {
        let Some(home) = self.module.first() else { return };
        let Some(room) = ROOMS.iter().find(|room| room.name == home) else { return };
        if !self.in_tests && !room.crates.contains(&name) && !EVERYWHERE.contains(&name) {
            self.say(line, format!("the room `{home}` may not use the crate `{name}`"));
        }
    }

    /// A path from the root of our own crate.
    fn inside(&mut self, target: &[String], line: usize) {
        let (Some(home), Some(to)) = (self.module.first().cloned(), target.first()) else { return };
        if *to == home {
            return;
        }
        let Some(room) = ROOMS.iter().find(|room| room.name == home) else { return };
        let spelled = target.join("::");
        if !ROOMS.iter().any(|room| room.name == to) {
            self.say(line, format!("`crate::{spelled}`: the root of the crate holds rooms only"));
            return;
        }
        let allowed = room.rooms.iter().any(|door| {
            let door: Vec<_> = door.split("::").collect();
            target.len() >= door.len() && door.iter().zip(target).all(|(door, step)| door == step)
        });
        if !allowed {
            self.say(line, format!("the room `{home}` may not use `crate::{spelled}`"));
        }
        for (who, of, what) in SHUT {
            if (*who == home || *who == "*") && of == to && target.iter().any(|step| step == what) {
                self.say(line, format!("`{what}` of `{of}` is shut for the room `{home}`"));
            }
        }
    }

    fn use_tree(&mut self, before: &[String], tree: &syn::UseTree) {
        let mut path = before.to_vec();
        match tree {
            syn::UseTree::Path(step) => {
                path.push(step.ident.to_string());
                self.use_tree(&path, &step.tree);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|tree| self.use_tree(before, tree));
            }
            syn::UseTree::Name(name) => {
                // `store::{self}` is `store`.
                if name.ident != "self" || path.is_empty() {
                    path.push(name.ident.to_string());
                }
                self.path(&path, name.span());
            }
            syn::UseTree::Rename(rename) => {
                path.push(rename.ident.to_string());
                self.path(&path, rename.span());
            }
            syn::UseTree::Glob(glob) => {
                path.push("*".into());
                self.path(&path, glob.span());
            }
        }
    }

    /// Paths inside a macro's or an attribute's tokens, which have no syntax tree.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut path: Vec<(String, Span)> = Vec::new();
        // Colons since the last name: two of them continue its path.
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.token_path(&mut path);
                    }
                    path.push((name.to_string(), name.span()));
                    colons = 0;
                }
                TokenTree::Punct(mark) if mark.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.token_path(&mut path);
                    colons = 0;
                    self.tokens(group.stream());
                }
                TokenTree::Punct(_) | TokenTree::Literal(_) => {
                    self.token_path(&mut path);
                    colons = 0;
                }
            }
        }
        self.token_path(&mut path);
    }

    fn token_path(&mut self, path: &mut Vec<(String, Span)>) {
        if path.len() > 1 {
            let span = path[0].1;
            let names: Vec<_> = path.iter().map(|(name, _)| name.clone()).collect();
            self.path(&names, span);
        }
        path.clear();
    }

    fn length(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let first = signature.fn_token.span().start().line;
        let last = block.brace_token.span.close().end().line;
        let lines = last + 1 - first;
        // The comment stands above the function, over its attributes, or within it.
        let from = first.saturating_sub(4);
        let excepted =
            self.text.lines().take(last).skip(from).any(|line| line.contains(STATE_MACHINE));
        if lines > FUNCTION_LINES && !excepted {
            let name = &signature.ident;
            self.say(
                first,
                format!("`{name}` has {lines} lines; a function has at most {FUNCTION_LINES}"),
            );
        }
    }
}

impl<'ast> Visit<'ast> for Look<'_> {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.use_tree(&[], &item.tree);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path.segments.iter().map(|part| part.ident.to_string()).collect();
        if segments.len() > 1 {
            self.path(&segments, path.span());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, invoked: &'ast syn::Macro) {
        self.tokens(invoked.tokens.clone());
        visit::visit_macro(self, invoked);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if let syn::Meta::List(list) = &attribute.meta {
            self.tokens(list.tokens.clone());
        }
        visit::visit_attribute(self, attribute);
    }

    /// `pub(in crate::store)` opens nothing.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        let outer = self.in_tests;
        self.in_tests |= is_test(&module.attrs);
        self.module.push(module.ident.to_string());
        visit::visit_item_mod(self, module);
        self.module.pop();
        self.in_tests = outer;
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.length(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.length(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.length(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

mod the_check_itself {
    use super::*;

    fn broken(path: &str, text: &str) -> Vec<String> {
        let crates = ["tokio", "sqlx", "reqwest", "tauri", "serde", "tracing", "axum", "proptest"];
        check(&[(path.into(), text.into())], &crates.map(String::from).into())
    }

    #[track_caller]
    fn fails(path: &str, text: &str, place: &str, rule: &str) {
        let found = broken(path, text);
        assert!(found.len() == 1 && found[0].contains(place), "{text}\n{found:?}");
        assert!(found[0].contains(rule), "{text}\n{found:?}");
    }

    #[track_caller]
    fn holds(path: &str, text: &str) {
        assert_eq!(broken(path, text), Vec::<String>::new(), "{text}");
    }

    #[test]
    fn a_room_that_the_table_lacks_is_seen_in_every_spelling() {
        let rule = "may not use `crate::sync";
        fails("domain/call.rs", "use crate::sync::plan;", "src-tauri/domain/call.rs:1:", rule);
        fails("domain/call.rs", "use crate::{domain::ids, sync as s};", ":1:", rule);
        fails("domain/call.rs", "use crate::sync::*;", ":1:", rule);
        fails("domain/call.rs", "use super::super::sync::plan::Ask;", ":1:", rule);
        fails("domain/mod.rs", "use super::sync::plan::Ask;", ":1:", rule);
        fails("domain/call.rs", "mod x {\n use super::super::super::sync::Ask;\n}", ":2:", rule);
        fails("domain/call.rs", "fn f() {\n crate::sync::go();\n}", ":2:", rule);
        fails("domain/call.rs", "fn f(a: &crate::sync::A) {}", ":1:", rule);
        fails(
            "domain/call.rs",
            "fn f() { tracing::info!(\"{}\", crate::sync::go(1)) }",
            ":1:",
            rule,
        );
        fails("domain/call.rs", "#[derive(crate::sync::D)] struct A;", ":1:", rule);
        fails("domain/call.rs", "impl crate::sync::T for A {}", ":1:", rule);
        fails("domain/call.rs", "#[cfg(test)] mod tests { use crate::sync::Ask; }", ":1:", rule);
        fails("main.rs", "fn main() { wheelhouse::sync::go() }", ":1:", rule);
    }

    #[test]
    fn doors_that_the_table_has_are_open() {
        holds("sync/plan.rs", "use crate::{domain::ids, vendor::Reads, store::{Writer, Reader}};");
        holds("sync/plan.rs", "use super::driver::Driver; fn f() { crate::sync::plan::g() }");
        holds("sim/world.rs", "use crate::vendor::transport::Request;");
        holds(
            "store/rows.rs",
            "pub(in crate::store) struct A; fn f() { tracing::info!(\"a: {}\", 1) }",
        );
        holds("main.rs", "fn main() { wheelhouse::shell::run() }");
        holds("lib.rs", "pub mod domain; pub mod store;");
    }

    #[test]
    fn part_of_a_room_is_not_the_room() {
        fails(
            "sim/world.rs",
            "use crate::vendor::reads::Reads;",
            ":1:",
            "may not use `crate::vendor",
        );
        fails("sim/world.rs", "use crate::vendor;", ":1:", "may not use `crate::vendor`");
        fails(
            "hooks/mod.rs",
            "use crate::store::{InboxWriter, Writer};",
            ":1:",
            "`Writer` of `store`",
        );
        fails("actions/door.rs", "use crate::vendor::reads::Reads;", ":1:", "`Reads` of `vendor`");
        fails("sync/plan.rs", "use crate::vendor::cloud::wire::Row;", ":1:", "`wire` of `vendor`");
    }

    #[test]
    fn outside_crates_are_the_rooms_own() {
        let rule = "may not use the crate `sqlx`";
        fails("ipc/dto.rs", "use sqlx::Row;", ":1:", rule);
        fails("ipc/dto.rs", "use ::sqlx as database;", ":1:", rule);
        fails("ipc/dto.rs", "fn f() -> sqlx::Result<()> { todo!() }", ":1:", rule);
        fails("ipc/dto.rs", "fn f() { g!(1, sqlx::query(\"\")) }", ":1:", rule);
        fails("ipc/dto.rs", "#[derive(sqlx::FromRow)] struct A;", ":1:", rule);
        fails("app.rs", "use tauri::Manager;", "src-tauri/app.rs:1:", "the crate `tauri`");
        holds("store/reader.rs", "use sqlx::Row; use std::fmt; use serde::Serialize;");
        holds("ipc/dto.rs", "#[cfg(test)] mod tests { use proptest::prelude::*; }");
        fails("ipc/dto.rs", "#[cfg(unix)] mod tests { use sqlx::Row; }", ":1:", rule);
    }

    #[test]
    fn a_file_of_tests_may_name_any_crate_but_a_file_called_tests_may_not() {
        let crates = BTreeSet::from(["proptest".to_owned()]);
        let tests = (PathBuf::from("store/tests.rs"), "use proptest::prelude::*;".to_owned());
        let home = |text: &str| (PathBuf::from("store/mod.rs"), text.to_owned());
        assert!(check(&[home("#[cfg(test)] mod tests;"), tests.clone()], &crates).is_empty());
        assert_eq!(check(&[home("mod tests;"), tests], &crates).len(), 1);
    }

    #[test]
    fn a_folder_that_is_no_room_and_an_item_at_the_root_are_named() {
        fails("helpers/mod.rs", "fn f() {}", "src-tauri/helpers/mod.rs", "`helpers` is no room");
        fails(
            "store/mod.rs",
            "use crate::Everything;",
            ":1:",
            "the root of the crate holds rooms only",
        );
        fails("store/mod.rs", "use crate::*;", ":1:", "the root of the crate holds rooms only");
    }

    #[test]
    fn long_files_and_functions_are_named() {
        let long = format!("fn f() {{\n{}}}\n", "    g();\n".repeat(59));
        let at_most = format!("fn f() {{\n{}}}\n", "    g();\n".repeat(58));
        fails("store/mod.rs", &long, ":1:", "`f` has 61 lines");
        fails("store/mod.rs", &format!("impl A {{ {long} }}"), ":1:", "`f` has 61 lines");
        fails("store/mod.rs", &format!("trait A {{ {long} }}"), ":1:", "`f` has 61 lines");
        holds("store/mod.rs", &at_most);
        holds("store/mod.rs", &format!("// state machine: its states side by side\n{long}"));
        fails("store/mod.rs", &"// a line\n".repeat(601), ":1:", "601 lines");
    }
}
