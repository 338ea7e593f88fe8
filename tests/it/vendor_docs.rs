//! The catalogue in the documentation is the one in the code.

use std::{fs, path::Path};

use wheelhouse::vendor::catalogue::markdown_table;

#[test]
fn the_documented_catalogue_is_the_one_in_use() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/vendor.md");
    let page = fs::read_to_string(path).expect("docs/vendor.md");
    let table = markdown_table();
    assert!(page.contains(&table), "docs/vendor.md should hold this table:\n{table}");
}
