#![allow(clippy::unwrap_used, reason = "tests may stop at the first surprise")]

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use secrecy::{ExposeSecret as _, SecretString};

use super::*;
use crate::accounts::kept::hint;

fn kept(id: &str) -> Kept {
    Kept {
        id: AccountId::new(id),
        name: "North \"desk\"".to_owned(),
        colour: "#3b6d8a".to_owned(),
        base_url: "https://api.example.com".to_owned(),
        key_hint: hint("0123456789abcdef"),
        lines: vec![Line::Collection, Line::Chatbot],
        mask: Mask::LastFour,
        read_only: true,
        budget: 2.5,
        callee_zone: Zone::parse("-03:30"),
        demo: false,
        webhooks: Webhooks { receive: true, port: 4321, ..Webhooks::new() },
    }
}

#[test]
fn the_id_is_stable_and_does_not_show_the_key() {
    let id = account_id("https://api.example.com", "key-1");
    assert_eq!(id, account_id("https://api.example.com", "key-1"));
    assert_ne!(id, account_id("https://api.example.com", "key-2"));
    assert!(id.as_str().starts_with("api.example.com-") && !id.as_str().contains("key-1"));
}

#[test]
fn a_hint_shows_four_characters_and_nothing_of_a_short_key() {
    assert_eq!(hint("0123456789abcdef"), "cdef");
    assert_eq!(hint("demo"), "");
}

#[test]
fn accounts_are_read_back_as_they_were_kept() {
    let folder = tempfile::tempdir().unwrap();
    let book = Book::open(folder.path(), Keychain::session_only()).unwrap();
    assert!(book.accounts().is_empty());
    let (one, two) = (kept("one"), kept("two"));
    book.keep(one.clone()).unwrap();
    book.keep(two.clone()).unwrap();
    let renamed = Kept { name: "Süd 南".to_owned(), ..one };
    book.keep(renamed.clone()).unwrap();

    let again = Book::open(folder.path(), Keychain::session_only()).unwrap();
    assert_eq!(again.accounts(), [renamed, two.clone()]);
    again.remove(&AccountId::new("one")).unwrap();
    let again = Book::open(folder.path(), Keychain::session_only()).unwrap();
    assert_eq!(again.accounts(), [two]);
}

#[test]
fn a_file_without_a_zone_of_the_callees_is_read_and_one_that_is_none_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.toml");
    let book = Book::open(folder.path(), Keychain::session_only()).unwrap();
    book.keep(kept("one")).unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("callee_zone = \"-03:30\"\n", "")).unwrap();
    let again = Book::open(folder.path(), Keychain::session_only()).unwrap();
    assert_eq!(again.accounts()[0].callee_zone, None);
    std::fs::write(&file, text.replace("-03:30", "Manila")).unwrap();
    let error = Book::open(folder.path(), Keychain::session_only()).err().unwrap();
    assert!(error.to_string().contains("a zone is an offset"), "{error}");
}

#[cfg(unix)]
#[test]
fn nobody_else_may_read_the_files() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let book = Book::open(folder.path(), Keychain::session_only()).unwrap();
    book.keep(kept("one")).unwrap();
    book.keep_profile(&AccountId::new("one"), "zone = \"+07:00\"\n").unwrap();
    for file in ["accounts.toml", "profiles/one.toml"] {
        let mode = std::fs::metadata(folder.path().join(file)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{file}");
    }
}

#[test]
fn a_damaged_file_of_accounts_is_named_and_not_touched() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("accounts.toml");
    std::fs::write(&file, "\n\n[[account]]\nnme = 1\n").unwrap();
    let error = Book::open(folder.path(), Keychain::session_only()).err().unwrap();
    assert!(error.to_string().contains("accounts.toml, line 4"), "{error}");
    assert!(std::fs::read_to_string(&file).unwrap().contains("nme"));
}

#[test]
fn a_profile_with_a_fault_leaves_the_built_in_contract_and_is_never_written() {
    let folder = tempfile::tempdir().unwrap();
    let id = AccountId::new("../one");
    for book in
        [Book::open(folder.path(), Keychain::session_only()).unwrap(), Book::for_this_session()]
    {
        assert_eq!(book.profile(&id).profile, crate::vendor::profile::Profile::built_in());
        book.keep_profile(&id, "zone = \"+07:00\"\n").unwrap();
        let refused = book.keep_profile(&id, "zone = 7\n").err().unwrap();
        assert!(refused.to_string().contains("line 1"), "{refused}");
        let kept = book.profile(&id);
        assert!(kept.fault.is_none() && kept.text.contains("+07:00"));
    }
    let file = folder.path().join("profiles").join(".._one.toml");
    std::fs::write(&file, b"zone = \"\xff\"").unwrap();
    let book = Book::open(folder.path(), Keychain::session_only()).unwrap();
    let kept = book.profile(&id);
    assert!(kept.fault.is_some() && kept.profile == crate::vendor::profile::Profile::built_in());
}

fn keys(secret: &str) -> Keys {
    Keys { key: Some("k".into()), secret: Some(SecretString::from(secret)), ..Keys::default() }
}

fn secret(keys: &Keys) -> Option<&str> {
    Some(keys.secret.as_ref()?.expose_secret())
}

#[tokio::test]
async fn keys_outlive_the_program_in_a_keychain_and_not_without_one() {
    let entries = Arc::new(Mutex::new(HashMap::new()));
    let id = AccountId::new("one");
    let chain = Keychain::pretended(Arc::clone(&entries));
    assert_eq!(chain.keep(&id, keys("s-1")).await, KeptIn::Keychain);
    let chain = Keychain::pretended(Arc::clone(&entries));
    let (read, kept) = chain.keys(&id).await;
    assert_eq!((secret(&read), kept), (Some("s-1"), KeptIn::Keychain));
    chain.remove(&id).await.unwrap();
    assert!(secret(&Keychain::pretended(entries).keys(&id).await.0).is_none());

    let memory = Keychain::session_only();
    let here = KeptIn::Session { trouble: None };
    assert_eq!(memory.keep(&id, keys("s-2")).await, here);
    assert_eq!(secret(&memory.keys(&id).await.0), Some("s-2"));
    assert_eq!(memory.is_there().await, Err(None));
    assert!(secret(&Keychain::session_only().keys(&id).await.0).is_none());
}

#[test]
fn no_secret_is_in_a_debug_text() {
    assert!(!format!("{:?}", keys("s-3")).contains("s-3"));
}

/// What this computer has decides which; what counts is that it is said, and at once.
#[tokio::test]
async fn the_system_keychain_serves_or_says_that_it_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let chain = Keychain::system(folder.path());
    let id = AccountId::new("nobody");
    let (keys, kept) = chain.keys(&id).await;
    assert!(keys.pair().is_none());
    match chain.is_there().await {
        Ok(()) => assert_eq!(kept, KeptIn::Keychain),
        Err(trouble) => assert_eq!(kept, KeptIn::Session { trouble }),
    }
}
