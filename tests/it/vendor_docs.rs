//! The catalogue in the documentation is the one in the code, and says of each row where it stands.

use std::{env, fs, path::Path};

use wheelhouse::{
    domain::evidence::Evidence,
    sim::ROUTES,
    vendor::catalogue::{CATALOGUE, Kind, markdown_table},
};

#[test]
fn the_documented_catalogue_is_the_one_in_use() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/vendor.md");
    let page = fs::read_to_string(&path).expect("docs/vendor.md");
    let table = markdown_table();
    if env::var_os("WHEELHOUSE_BIND").is_some() {
        let start = page.find("| key |").expect("a table");
        let end = start + page[start..].find("\n\n").expect("an end of the table") + 1;
        fs::write(&path, format!("{}{table}{}", &page[..start], &page[end..])).expect("written");
        return;
    }
    assert!(
        page.contains(&table),
        "write it anew: WHEELHOUSE_BIND=1 cargo test --test it vendor_docs"
    );
}

#[test]
fn the_table_has_a_row_a_key_and_no_cell_is_empty() {
    let table = markdown_table();
    let rows: Vec<_> = table.lines().skip(2).collect();
    assert_eq!(rows.len(), CATALOGUE.len());
    assert!(rows.len() >= 85, "only {} keys", rows.len());
    for row in rows {
        let cells: Vec<_> = row.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 8, "{row}");
        assert!(cells.iter().all(|cell| !cell.is_empty()), "{row}");
    }
}

#[test]
fn what_the_simulator_is_said_to_answer_it_answers() {
    for row in CATALOGUE.iter().filter(|row| row.simulator == "answers" && !row.path.is_empty()) {
        // The simulator has paths of its own for Leads Generation: the catalogue's are the workflow's,
        // and what is inferred is no fact of either.
        let own = |name: &str| name == row.name && row.evidence == Evidence::Inferred;
        let served = ROUTES
            .iter()
            .any(|route| own(route.key) || route.path == row.path && route.method == row.method);
        assert!(served, "{} is not served", row.name);
        assert!(matches!(row.kind, Kind::Read | Kind::Write));
    }
}
