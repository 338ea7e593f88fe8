//! `wheelhouse-cli contract import` as a command: what it prints, what it writes, and how it ends.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/documentation").join(name)
}

fn import(source: &Path, profile: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_wheelhouse-cli"))
        .args(["contract", "import"])
        .arg(source)
        .arg("--profile")
        .arg(profile)
        .args(more)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn diff(profile: &Path) -> String {
    let diff = Command::new(env!("CARGO_BIN_EXE_wheelhouse-cli"))
        .args(["contract", "diff", "--profile"])
        .arg(profile)
        .output()
        .unwrap();
    assert!(diff.status.success(), "{}", text(&diff.stderr));
    text(&diff.stdout)
}

const STOP: &str = "endpoint.\"workflow.stop\".path: ";

#[test]
fn changes_are_printed_and_only_yes_writes_them() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("contract.toml");
    let mine = "# mine\nzone = \"+07:00\"\n";
    fs::write(&profile, mine).unwrap();

    let shown = import(&fixture("pages"), &profile, &[]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    let told = text(&shown.stdout);
    let stop = told.lines().find(|line| line.starts_with(STOP)).expect("the stop's path");
    assert!(stop.contains(" -> \"/") && stop.contains("  # "), "{stop}");
    let last = told.lines().last().unwrap();
    assert!(last.ends_with(" changes") && last.contains(" endpoints found, "), "{last}");
    assert!(text(&shown.stderr).contains(" pages read"), "{}", text(&shown.stderr));
    assert_eq!(fs::read_to_string(&profile).unwrap(), mine, "it was only asked what it would do");

    let kept = import(&fixture("pages"), &profile, &["--yes"]);
    assert_eq!(kept.status.code(), Some(0), "{}", text(&kept.stderr));
    assert_eq!(text(&kept.stdout), told, "what is kept is what was shown");
    assert!(fs::read_to_string(&profile).unwrap().starts_with(mine), "the user's own lines stay");
    let path = stop.rsplit_once(" -> ").unwrap().1;
    assert!(diff(&profile).lines().any(|line| line.starts_with(STOP) && line.ends_with(path)));
    let beside: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(beside.len(), 1, "nothing is left beside it: {beside:?}");

    let again = import(&fixture("pages"), &profile, &["--yes"]);
    assert_eq!(again.status.code(), Some(0));
    assert!(text(&again.stdout).ends_with(" endpoints found, 0 changes\n"), "{again:?}");
}

#[test]
fn a_profile_that_is_not_there_yet_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("contract.toml");
    let shown = import(&fixture("pages"), &profile, &[]);
    assert_eq!(shown.status.code(), Some(0), "{}", text(&shown.stderr));
    assert!(!profile.exists());
    assert_eq!(import(&fixture("pages"), &profile, &["--yes"]).status.code(), Some(0));
    assert!(diff(&profile).contains(STOP));
}

#[test]
fn a_bad_profile_is_refused_by_its_line_and_its_key_and_stays() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("contract.toml");
    for (bad, line, key) in [
        ("zone = \"+08:00\"\nzonne = 3\n", "line 2", "zonne"),
        ("\n\nreads = \"perhaps\"\n", "line 3", "reads"),
        ("[endpoint.\"workflow.list\"]\npath = 3\n", "line 2", "path"),
        ("[endpoint.\"workflow.lists\"]\npath = \"/x\"\n", "line 1", "workflow.lists"),
        ("zone = \"+08:00\n", "line 1", ""),
    ] {
        fs::write(&profile, bad).unwrap();
        let refused = import(&fixture("pages"), &profile, &["--yes"]);
        let why = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(1), "{bad}{why}");
        assert!(why.contains(line) && why.contains(key), "{bad}{why}");
        assert!(why.contains("contract.toml"), "{why}");
        assert_eq!(text(&refused.stdout), "", "nothing is proposed to a profile with a fault");
        assert_eq!(fs::read_to_string(&profile).unwrap(), bad);
    }
}

#[test]
fn a_source_with_nothing_in_it_ends_in_words_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let profile = folder.path().join("contract.toml");
    let missing = import(&folder.path().join("nothing-here"), &profile, &["--yes"]);
    assert_eq!(missing.status.code(), Some(1));
    assert!(text(&missing.stderr).contains("nothing-here"), "{}", text(&missing.stderr));

    let foreign = import(&fixture("pages/api-1177.md"), &profile, &["--yes"]);
    assert_eq!(foreign.status.code(), Some(1));
    let why = text(&foreign.stderr);
    assert!(why.contains("no page of it describes an endpoint that is known here"), "{why}");
    assert!(text(&foreign.stdout).contains("Send template message"), "it says what it did read");
    assert!(!profile.exists());

    let unnamed = Command::new(env!("CARGO_BIN_EXE_wheelhouse-cli"))
        .args(["contract", "import"])
        .arg(fixture("pages"))
        .output()
        .unwrap();
    assert_eq!(unnamed.status.code(), Some(2), "a profile has to be named");
    assert!(text(&unnamed.stderr).contains("--profile"));
}
