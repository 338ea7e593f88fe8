//! Which parameter of a page is which of ours, and how the page wants its lists paged.

use super::{
    likeness::{likeness, paired},
    page::{Carried, PageParam},
    propose::{Book, Reading},
    schema::Field,
};
use crate::vendor::{
    catalogue::{Kind, Paging},
    change::quoted,
    fields::FIELDS,
    profile::Place,
};

/// Names and words of parameters that are no field of a record.
const WORDS: &[(&str, &[&str], &[&str])] = &[
    (
        "page",
        &["page_no", "page_num", "page_number", "page_index", "current", "current_page", "pn"],
        &[
            "page number",
            "page no",
            "page index",
            "current page",
            "which page",
            "页码",
            "第几页",
            "当前页",
            "页数",
        ],
    ),
    (
        "page_size",
        &["size", "limit", "number", "per_page", "page_limit", "rows", "count", "ps"],
        &[
            "page size",
            "per page",
            "records per page",
            "number of records to return",
            "number of records returned",
            "rows per page",
            "每页",
            "每页条数",
            "每页数量",
            "条数",
        ],
    ),
    ("offset", &["skip", "start_row"], &["offset", "records to skip", "rows to skip", "偏移"]),
    (
        "cursor",
        &["next_cursor", "page_token", "next_token", "after", "scroll_id", "marker"],
        &["cursor", "page token", "continuation", "游标"],
    ),
    (
        "start_time",
        &["begin_time", "from_time", "start"],
        &["start time", "begin time", "start of the query", "from time", "开始时间", "起始时间"],
    ),
    (
        "end_time",
        &["finish_time", "to_time", "end"],
        &["end time", "finish time", "end of the query", "to time", "结束时间", "截止时间"],
    ),
    ("minstarttime", &["min_start_time"], &["earliest start time", "最早开始时间"]),
    ("maxstarttime", &["max_start_time"], &["latest start time", "最晚开始时间"]),
    ("size", &["limit", "count"], &["number of messages", "how many", "条数", "消息条数"]),
    (
        "last_msg_id",
        &["before", "last_id"],
        &["last message id", "id of the last message", "最后一条消息"],
    ),
    ("token", &["token"], &["token"]),
];

/// Proposes names, places and paging; false where the page requires something that we do not send.
pub(super) fn write(reading: &Reading<'_>, book: &mut Book, notes: &mut Vec<String>) -> bool {
    if let Some(kind) = &reading.page.other_body {
        notes.push(format!("the page wants a body of the kind {kind}, and this app sends JSON"));
        return false;
    }
    let pages = matches!(reading.row.paging, Paging::Page | Paging::Offset);
    let mut ours: Vec<&str> = reading.row.params.to_vec();
    if pages {
        ours.extend(["offset", "cursor"]);
    }
    let theirs = &reading.page.params;
    let mut scores = Vec::new();
    for (at, name) in ours.iter().enumerate() {
        let current = current_name(reading, name);
        for (their, param) in theirs.iter().enumerate() {
            scores.push((at, their, score(name, current, &param.field)));
        }
    }
    let pairs = paired(scores);
    let found = |name: &str| {
        let at = ours.iter().position(|our| *our == name)?;
        let pair = pairs.iter().find(|(our, _)| *our == at)?;
        theirs.get(pair.1)
    };
    let mut paged = true;
    if pages && reading.row.kind == Kind::Read {
        paged = paging(reading, &found, pairs.len() == theirs.len(), book, notes);
    }
    for name in &ours {
        let by_offset = found("page").is_none() && *name == "offset";
        let by_cursor = found("page").is_none() && found("offset").is_none() && *name == "cursor";
        let under = match *name {
            "offset" if by_offset => "page",
            "cursor" if by_cursor => "cursor",
            "offset" | "cursor" => continue,
            "page" | "page_size" if !paged => continue,
            name => name,
        };
        if let Some(param) = found(name) {
            rename(reading, under, param, book);
        }
    }
    rest(reading, theirs, &pairs, &ours, book, notes)
}

/// A profile has an offset's name where that of a page stands; what it means is the paging's to say.
fn current_name<'r>(reading: &'r Reading<'_>, ours: &str) -> Option<&'r str> {
    let under = match (ours, reading.contract.paging) {
        ("offset", Paging::Offset) => "page",
        ("page", Paging::Offset) => return None,
        _ => ours,
    };
    reading.contract.params.iter().find(|asked| asked.field == under).map(|asked| asked.name)
}

fn score(ours: &str, current: Option<&str>, field: &Field) -> u32 {
    let own = WORDS.iter().find(|(name, ..)| *name == ours);
    let mut names: Vec<&str> = current.into_iter().chain([ours]).collect();
    let mut titles: Vec<&str> = Vec::new();
    if let Some((_, aliases, words)) = own {
        names.extend(*aliases);
        titles.extend(*words);
    } else {
        let same = FIELDS.iter().filter(|f| crate::vendor::record::same_name(f.name, ours));
        titles.extend(same.flat_map(|f| f.titles.iter().copied()));
    }
    likeness(field, &names, &titles)
}

/// Says how the page wants its list asked for; false where that was not understood.
fn paging<'p>(
    reading: &Reading<'_>,
    found: &impl Fn(&str) -> Option<&'p PageParam>,
    all_known: bool,
    book: &mut Book,
    notes: &mut Vec<String>,
) -> bool {
    let style = if found("page").is_some() {
        Paging::Page
    } else if found("offset").is_some() {
        Paging::Offset
    } else if found("cursor").is_some() {
        Paging::Cursor
    } else if all_known && found("page_size").is_none() {
        Paging::None
    } else {
        notes.push("no parameter of the page was understood as page, offset or cursor".to_owned());
        return false;
    };
    if style == Paging::Cursor && super::answer::next_cursor(reading).is_none() {
        notes.push(
            "the page speaks of a cursor, and its answer does not say where the next one is"
                .to_owned(),
        );
        return false;
    }
    if style != reading.contract.paging {
        book.set(&["endpoint", reading.key(), "paging"], &quoted(style.word()));
    }
    true
}

/// A name or place that differs from what is in force.
fn rename(reading: &Reading<'_>, ours: &str, param: &PageParam, book: &mut Book) {
    let asked = reading.contract.params.iter().find(|asked| asked.field == ours);
    let place = match param.place {
        Carried::Query => Place::Query,
        Carried::Body => Place::Body,
        Carried::Path => Place::Path,
    };
    let same = asked.is_some_and(|asked| asked.name == param.field.name && asked.place == place);
    // The method decides where a parameter stands unless the profile says it, so say it with a method.
    let moved = book.proposed(&["endpoint", reading.key(), "method"]).is_some();
    let paged = book.proposed(&["endpoint", reading.key(), "paging"]).is_some();
    let path = ["endpoint", reading.key(), "params", ours];
    if same && !moved && !(paged && matches!(ours, "page" | "page_size")) {
        return;
    }
    let name = quoted(&param.field.name);
    let value = asked.and_then(|asked| asked.value).and_then(literal);
    let value = value.map(|value| format!(", value = {value}")).unwrap_or_default();
    book.set(&path, &format!("{{ name = {name}, place = \"{}\"{value} }}", word(param.place)));
}

fn word(place: Carried) -> &'static str {
    match place {
        Carried::Query => "query",
        Carried::Body => "body",
        Carried::Path => "path",
    }
}

fn literal(value: &serde_json::Value) -> Option<String> {
    match value {
        serde_json::Value::String(text) => Some(quoted(text)),
        serde_json::Value::Bool(_) => Some(value.to_string()),
        serde_json::Value::Number(number) if number.is_i64() => Some(value.to_string()),
        _ => None,
    }
}

/// Parameters of the page that are none of ours: one with a fixed value is sent as a constant.
fn rest(
    reading: &Reading<'_>,
    theirs: &[PageParam],
    pairs: &[(usize, usize)],
    ours: &[&str],
    book: &mut Book,
    notes: &mut Vec<String>,
) -> bool {
    let mut understood = true;
    for (at, param) in theirs.iter().enumerate() {
        if pairs.iter().any(|(_, their)| *their == at) || !param.field.required {
            continue;
        }
        let name = &param.field.name;
        let fixed = param.field.constant.as_ref().and_then(literal);
        let known = reading.contract.params.iter().any(|a| a.name == name && a.value.is_some());
        match fixed {
            _ if known => {}
            // A fixed value of a write could decide what is done: that is for a person.
            Some(value) if reading.row.kind == Kind::Read => {
                let place = word(param.place);
                let literal =
                    format!("{{ name = {}, place = \"{place}\", value = {value} }}", quoted(name));
                book.set(&["endpoint", reading.key(), "params", name], &literal);
            }
            _ => {
                understood = false;
                notes.push(format!("the page requires {name}, which this app does not send"));
            }
        }
    }
    if reading.row.kind == Kind::Write {
        // What names the thing to be changed has to be on the page, or the wrong one could be.
        let optional = ["case_id"];
        for (at, name) in ours.iter().enumerate().filter(|(_, name)| !optional.contains(name)) {
            if !pairs.iter().any(|(our, _)| *our == at) {
                understood = false;
                notes.push(format!("the page does not say how {name} is given"));
            }
        }
    }
    understood
}
