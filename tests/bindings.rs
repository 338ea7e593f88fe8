//! The web view's types are generated from Rust and committed; this fails when they differ.

use std::{fs, path::Path};

#[test]
fn the_committed_types_are_those_of_the_core() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("ui/src/bindings/types.ts");
    let generated = wheelhouse::ipc::schema::typescript();
    // Set by `cargo xtask bind` alone.
    if std::env::var_os("WHEELHOUSE_BIND").is_some() {
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("make the folder");
        fs::write(&path, generated).expect("write the types");
        return;
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(committed == generated, "the web view's types are stale: run `cargo xtask bind`");
}
