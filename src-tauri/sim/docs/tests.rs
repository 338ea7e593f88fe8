//! The site: whole, readable, and true to the contract in force.

use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::{
    sim::{
        FaultPlan, ROUTES, STORY_START, Script, When,
        contract::{Contract, Row, as_written},
    },
    vendor::transport::{Method, Request},
};

fn fetch(world: &mut World, path: &str) -> Response {
    let url = format!("http://simulator.invalid{path}");
    let request =
        Request { method: Method::Get, url, headers: Vec::new(), body: Vec::new().into() };
    world.handle(STORY_START, &request).response
}

fn text(world: &mut World, path: &str) -> String {
    let response = fetch(world, path);
    assert_eq!(response.status, 200, "{path}");
    String::from_utf8(response.body.to_vec()).unwrap()
}

/// The YAML of a page.
fn fragment(page: &str) -> Value {
    let yaml = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    serde_saphyr::from_str(yaml).unwrap_or_else(|e| panic!("{e}\n{yaml}"))
}

/// Addresses that an index lists, below the site's host.
fn listed(index: &str) -> Vec<String> {
    let lines = index.lines().filter(|line| line.starts_with("- "));
    let address = |line: &str| {
        let behind = line.split("](http://simulator.invalid").nth(1).unwrap();
        behind.split("):").next().unwrap().to_owned()
    };
    lines.map(address).collect()
}

#[test]
fn every_page_of_both_indexes_is_there_and_can_be_read() {
    for scramble in [None, Some(1), Some(7), Some(11)] {
        let mut world = World::new(Script::story(7).scrambled(scramble));
        for index in ["/docs/llms.txt", "/docs/zh/llms.txt"] {
            let index = text(&mut world, index);
            let pages = listed(&index);
            assert_eq!(pages.len(), documents().len());
            assert_eq!(pages.iter().collect::<BTreeSet<_>>().len(), pages.len(), "an id twice");
            for path in pages.iter().filter(|p| p.ends_with("e0.md")) {
                let page = text(&mut world, path);
                let fragment = fragment(&page);
                let paths = fragment["paths"].as_object().unwrap();
                assert_eq!(paths.len(), 1, "{path}");
                let methods = paths.values().next().unwrap().as_object().unwrap();
                assert_eq!(methods.len(), 1, "{path}");
                let operation = methods.values().next().unwrap();
                let title = page.lines().next().unwrap().strip_prefix("# ").unwrap();
                assert_eq!(operation["summary"], title);
                let id: u32 =
                    path.rsplit('/').next().unwrap()[..].replace("e0.md", "").parse().unwrap();
                let run = operation["x-run-in-apifox"].as_str().unwrap();
                assert!(run.ends_with(&format!("/apis/api-{id}-run")), "{run}");
            }
            for path in pages.iter().filter(|p| p.ends_with("m0.md")) {
                assert!(text(&mut world, path).starts_with("# "));
            }
        }
    }
}

#[test]
fn titles_stand_as_the_vendors_index_spells_them() {
    let mut world = World::new(Script::story(7));
    let index = text(&mut world, "/docs/llms.txt");
    let times = |title: &str| index.matches(&format!("[{title}]")).count();
    assert_eq!(times("Obtian Call Information and Recording Link by Call ID"), 1);
    assert_eq!(times("Query message list"), 2);
    assert_eq!((times("Cancel a Calling Task"), times("List the Task Created")), (6, 6));
    assert!(index.contains("- Workflow > Workflow Task [Stop the Workflow Task](http://"));
}

#[test]
fn every_route_has_a_page_that_names_its_path_and_parameters() {
    for scramble in [None, Some(5), Some(6)] {
        let mut world = World::new(Script::story(7).scrambled(scramble));
        let contract = Contract::in_force(scramble);
        for route in ROUTES {
            let documents = documents().into_iter();
            let mut own = documents
                .filter(|d| matches!(d, Document::Endpoint(_, page) if page.key == route.key));
            let file = own.next().unwrap_or_else(|| panic!("{} has no page", route.key)).file();
            let fragment = fragment(&text(&mut world, &format!("/docs/{file}")));
            let served = contract.served(route.key).unwrap();
            let operation = &fragment["paths"][&served.path];
            let method = if served.method == Method::Get { "get" } else { "post" };
            let operation = &operation[method];
            assert!(operation.is_object(), "{}: {fragment}", route.key);
            let words = operation.to_string();
            for param in &served.params {
                assert!(words.contains(&format!("\"{}\"", param.name)), "{}", route.key);
            }
        }
    }
}

#[test]
fn the_canonical_page_describes_the_canonical_route() {
    for route in ROUTES {
        let page = offered().find(|page| page.key == route.key).unwrap();
        assert_eq!((page.method, page.path), (route.method, route.path), "{}", route.key);
        assert_eq!(as_written(page), *Contract::canonical().served(route.key).unwrap());
    }
}

#[test]
fn a_shuffled_page_tells_what_numbers_and_units_mean() {
    let contract = Contract::in_force(Some(7));
    let mut world = World::new(Script::story(7).scrambled(Some(7)));
    let page = text(&mut world, "/docs/154573225e0.md");
    let fragment = fragment(&page);
    let call = &fragment["components"]["schemas"]["Call record"];
    let layout = contract.layout(Row::Call).unwrap();
    let walk = &layout.fields["talkResult"];
    let field = walk.iter().fold(call, |schema, step| &schema["properties"][step]);
    assert_eq!(field["type"], "integer");
    let named = field["x-apifox-enum"].as_array().unwrap();
    let connected = named.iter().find(|v| v["name"] == "Connected").unwrap();
    assert_eq!(connected["value"], layout.numbers["Connected"]);
    let walk = &layout.fields["talk_duration"];
    let field = walk.iter().fold(call, |schema, step| &schema["properties"][step]);
    let unit = if layout.milliseconds { "in milliseconds" } else { "in seconds" };
    assert!(field["title"].as_str().unwrap().ends_with(unit));
    assert!(page.contains("#/components/schemas/Call%20record"));
}

#[test]
fn bad_pages_come_on_demand() {
    let mut world = World::new(Script::story(7));
    let page = "/docs/45267515e0.md";
    let always = |fault| FaultPlan::none().with(fault, When::Every(1));
    world.set_faults(always(Fault::DocsForeign));
    assert!(text(&mut world, page).contains("Create a charge"));
    world.set_faults(always(Fault::DocsRedirect));
    let response = fetch(&mut world, page);
    assert_eq!(response.status, 302);
    assert!(response.header("location").unwrap().starts_with("https://docs.elsewhere.example/"));
    world.set_faults(always(Fault::DocsTwice));
    let twice = text(&mut world, page);
    assert_eq!(twice.matches("/service/cloud/workflow/stopinstance:").count(), 2, "{twice}");
    world.set_faults(FaultPlan::none());
    assert_eq!(fetch(&mut world, "/docs/elsewhere/llms.txt").status, 302);
    assert_eq!(fetch(&mut world, "/docs/1e0.md").status, 404);
}
