//! A contract that nobody knows beforehand, drawn from a seed. What is DOCUMENTED stays: the sign-in,
//! the look-up of workflows, the message list, and the path (not the parameters) of a task's details.

use std::collections::BTreeSet;

use super::{Contract, Field, Layout, PARAMS, Paging, Place, Row, Served, Type, Walk, plain};
use crate::{
    sim::{
        branch::{Branch, Draws},
        routes::{Known, ROUTES, Route, WRITES},
    },
    vendor::transport::Method,
};

const KEPT: &[&str] = &[
    "auth",
    "workflow.find",
    "workflow.verify_push",
    "leads.verify_push",
    "chat.messages",
    "pds.auth",
    "pds.tasks",
    "pds.details",
    "pds.recording",
    "pds.cancel",
];

/// Endpoints whose rows come in pages.
const LISTS: &[&str] = &[
    "workflow.list",
    "workflow.outbound_details",
    "workflow.subtasks",
    "workflow.outbound_tasks",
    "chat.sessions",
    "workflow.waba_tasks",
    "workflow.waba_details",
    "workflow.templates",
    "leads.templates",
    "leads.list",
    "leads.tasks",
    "leads.task_details",
    "waba.templates",
];

/// Last parts of paths, `|` between them.
const ENDINGS: &[(&str, &str)] = &[
    ("workflow.templates", "blueprints/search|schemes|models/all"),
    ("workflow.list", "flows/search|campaigns|processes/index"),
    ("workflow.subtasks", "flows/stations|campaign/steps|process/stages"),
    ("workflow.outbound_tasks", "flows/jobs|campaign/batches|process/works"),
    ("workflow.calls_by_person", "dials/ofperson|conversations/lookup|records/person"),
    ("workflow.call_by_id", "dials/one|conversations/single|records/get"),
    ("workflow.recordings_of_number", "dials/sounds|conversations/audio|records/voices"),
    ("workflow.stop", "flows/halt|campaign/shutdown|process/terminate"),
    ("workflow.cancel_list", "flows/drop|campaign/withdraw|process/removeone"),
    ("workflow.waba_tasks", "mailings/all|campaign/waba|process/messaging"),
    ("workflow.waba_details", "mailings/letters|campaign/notes|process/notices"),
    ("chat.sessions", "talks/query|dialogs|chats/index"),
    ("leads.templates", "prospects/blueprints|leads/schemes|acquisition/models"),
    ("leads.list", "prospects/flows|leads/campaigns|acquisition/processes"),
    ("leads.tasks", "prospects/jobs|leads/batches|acquisition/works"),
    ("leads.task_details", "prospects/dials|leads/conversations|acquisition/records"),
    ("leads.call_by_id", "prospects/dial|leads/conversation|acquisition/record"),
    ("waba.accounts", "numbers/all|senders|business/index"),
    ("waba.templates", "wordings/search|drafts|patterns/index"),
    ("waba.template", "wording/one|draft|pattern/get"),
    ("waba.result", "letter/fate|note/outcome|message/progress"),
    ("task.call_by_id", "taskcalls/one|taskdials/get|lines/call"),
    ("plan.strategies", "schedules/ways|programs/methods|agendas/rules"),
    ("plan.status", "schedules/state|programs/standing|agendas/now"),
    ("plan.rounds", "schedules/passes|programs/laps|agendas/waves"),
    ("plan.list", "schedules/search|programs/index|agendas"),
    ("plan.recordings_of_number", "schedules/sounds|programs/audio|agendas/voices"),
    ("plan.cancel", "schedules/halt|programs/shutdown|agendas/terminate"),
    ("plan.cancel_call", "schedules/drop|programs/withdraw|agendas/removeone"),
    ("chat.end", "talks/close|dialogs/finish|chats/hangup"),
    ("leads.cancel_call", "prospects/drop|leads/withdraw|acquisition/removeone"),
];

const BASES: &str = "openapi/v3|gateway/campaign|oapi/v2/engine|service/outbound/v4";
const CHAT_BASES: &str = "openapi/bot/v3|gateway/chat|oapi/v2/talk";
const LIST_WALKS: &str = "items|rows|records|result.items|page.rows|content.elements";
const TOTAL_WALKS: &str = "count|total_rows|paging.all|overall";
const CURSOR_WALKS: &str = "next|next_token|paging.after|continue_with";
const ONE_WALKS: &str = "|detail|record.found";

/// How a record joins the words of a name.
#[derive(Clone, Copy)]
enum Style {
    Snake,
    Camel,
    Pascal,
}

pub(super) fn scrambled(seed: u64) -> Contract {
    let root = Branch::root(seed).child("contract", 0);
    let rows = Row::ALL.into_iter().zip(0..);
    let rows = rows.map(|(row, at)| (row, layout(row, root.child("record", at)))).collect();
    let mut draws = root.child("routes", 0).draws();
    let base = one_of(BASES, &mut draws);
    let chats = one_of(CHAT_BASES, &mut draws);
    let paging = draws.index(3);
    let served = ROUTES.iter().zip(0..).map(|(route, at)| {
        let chat = route.key.starts_with("chat.") || route.key.starts_with("waba.");
        let base = if chat { chats } else { base };
        served(route, base, paging, root.child("route", at))
    });
    Contract { scrambled: true, served: served.collect(), rows }
}

fn one_of<'a>(words: &'a str, draws: &mut Draws) -> &'a str {
    let words: Vec<&str> = words.split('|').collect();
    draws.word(&words)
}

fn walk(dotted: &str) -> Walk {
    dotted.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn layout(row: Row, branch: Branch) -> Layout {
    let mut draws = branch.draws();
    let style = style(&mut draws);
    // Some records keep what belongs together in an object of its own.
    let grouped = draws.chance(0.4);
    let mut taken = BTreeSet::new();
    let mut layout = Layout { milliseconds: draws.chance(0.5), ..Layout::default() };
    for field in row.fields().iter().filter(|f| !f.other.is_empty()) {
        let name = styled(fresh(field, &mut taken, &mut draws), style);
        let mut walk = vec![name];
        if grouped && field.kind == Type::Time {
            walk.insert(0, styled("clock times", style));
        }
        layout.fields.insert(field.name, walk);
    }
    let numbered = row.fields().iter().find_map(|field| match field.kind {
        Type::Word(words) if words.can_be_numbers() && !field.other.is_empty() => Some(words),
        _ => None,
    });
    if let Some(words) = numbered {
        let mut free: Vec<i64> = (0..20).collect();
        for (word, ..) in words.all() {
            let number = free.swap_remove(draws.index(free.len()));
            layout.numbers.insert(word, number);
        }
    }
    layout
}

fn style(draws: &mut Draws) -> Style {
    match draws.index(3) {
        0 => Style::Snake,
        1 => Style::Camel,
        _ => Style::Pascal,
    }
}

/// A name that no other field of the same record has.
fn fresh<'a>(field: &'a Field, taken: &mut BTreeSet<&'a str>, draws: &mut Draws) -> &'a str {
    let words: Vec<&str> = field.other.split('|').collect();
    let from = draws.index(words.len());
    let turned = words.iter().cycle().skip(from).take(words.len());
    let name = turned.copied().find(|word| !taken.contains(word)).unwrap_or(field.name);
    taken.insert(name);
    name
}

fn styled(words: &str, style: Style) -> String {
    let mut parts = words.split(' ');
    match style {
        Style::Snake => words.replace(' ', "_"),
        Style::Camel => {
            let first = parts.next().unwrap_or_default();
            parts.fold(first.to_owned(), |all, part| all + &capital(part))
        }
        Style::Pascal => parts.map(capital).collect(),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

fn served(route: &Route, base: &str, turn: usize, branch: Branch) -> Served {
    let mut served = plain(route);
    if KEPT.contains(&route.key) {
        return served;
    }
    let mut draws = branch.draws();
    if route.known == Known::Assumed {
        let ending = ENDINGS.iter().find(|(key, _)| *key == route.key).map_or("other", |(_, e)| e);
        served.path = format!("/{base}/{}", one_of(ending, &mut draws));
        if !WRITES.contains(&route.key) && draws.chance(0.5) {
            served.method = if route.method == Method::Get { Method::Post } else { Method::Get };
        }
    }
    let listed = LISTS.iter().position(|key| *key == route.key);
    if let Some(at) = listed {
        served.paging = [Paging::Cursor, Paging::Page, Paging::Offset][(at + turn) % 3];
        page_by(&mut served);
    }
    name_params(&mut served, &mut draws);
    place_params(&mut served, route.known == Known::Assumed, &mut draws);
    containers(&mut served, &mut draws);
    served
}

/// The parameter that names a page, of the endpoint's own way to page.
fn page_by(served: &mut Served) {
    let ours = match served.paging {
        Paging::Cursor => "cursor",
        Paging::Offset => "offset",
        _ => "page",
    };
    for param in served.params.iter_mut().filter(|p| p.ours == "page") {
        param.ours = ours;
    }
}

fn name_params(served: &mut Served, draws: &mut Draws) {
    let style = style(draws);
    let mut taken = BTreeSet::new();
    for param in &mut served.params {
        let field = PARAMS.iter().find(|f| f.name == param.ours);
        if let Some(field) = field.filter(|f| !f.other.is_empty()) {
            param.name = styled(fresh(field, &mut taken, draws), style);
        }
    }
}

/// In the query of a GET, in the body of a POST; an id may stand in the path, and a POST may have its
/// paging in the query.
fn place_params(served: &mut Served, path_is_free: bool, draws: &mut Draws) {
    let (in_path, in_query) = (draws.chance(0.5), draws.chance(0.3));
    for param in &mut served.params {
        let pages = ["page", "page_size", "offset", "cursor"].contains(&param.ours);
        param.place = match served.method {
            Method::Post if !(in_query && pages) => Place::Body,
            _ => Place::Query,
        };
    }
    let id = served
        .params
        .iter_mut()
        .find(|p| p.required && p.ours.to_ascii_lowercase().ends_with("id"));
    if let Some(id) = id.filter(|_| path_is_free && in_path) {
        id.place = Place::Path;
        served.path = format!("{}/{{{}}}", served.path, id.name);
    }
}

fn containers(served: &mut Served, draws: &mut Draws) {
    let has_rows = !served.list.is_empty();
    let paged = matches!(served.paging, Paging::Page | Paging::Offset);
    if has_rows {
        served.list = walk(one_of(LIST_WALKS, draws));
        let counted = paged && draws.chance(0.5);
        served.total = counted.then(|| walk(one_of(TOTAL_WALKS, draws)));
    } else if ["workflow.call_by_id", "leads.call_by_id", "task.call_by_id", "plan.status"]
        .contains(&served.key)
    {
        served.list = walk(one_of(ONE_WALKS, draws));
    }
    if served.paging == Paging::Cursor {
        served.cursor = Some(walk(one_of(CURSOR_WALKS, draws)));
    }
}
