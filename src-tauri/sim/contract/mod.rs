//! The contract in force: where every question is asked, what its parameters are called and where they
//! stand, and how the records of the answers are laid out. The canonical one is the identity; a
//! scrambled one is another vendor's taste laid over the same world, to be learnt from its
//! documentation alone.

mod dialling;
mod lay;
mod pages;
mod params;
mod shapes;
mod shuffle;
mod words;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::vendor::transport::Method;

pub(crate) use lay::next_cursor;
pub(crate) use pages::{Answer, HOOK_PAGES, Page, Text, all as offered};
pub(crate) use params::PARAMS;
pub(crate) use shapes::{Field, Row, Type, field};
pub(crate) use words::Words;

use super::{
    ask::Question,
    routes::{ROUTES, Route},
};

/// Where a parameter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Query,
    Body,
    Path,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paging {
    None,
    /// A page counted from 1, and its size.
    Page,
    /// Rows to leave out, and how many to give.
    Offset,
    /// What the answer before called the next page; empty when nothing comes after it.
    Cursor,
    /// From the message after the one that is named back.
    Messages,
}

/// A parameter by our name, and as it is sent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Param {
    pub ours: &'static str,
    pub name: String,
    pub place: Place,
    pub required: bool,
}

/// Members to walk to a value, below the envelope's own.
pub(crate) type Walk = Vec<String>;

/// One endpoint as it is served.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Served {
    pub key: &'static str,
    pub method: Method,
    /// With `{name}` where a parameter stands in it.
    pub path: String,
    pub params: Vec<Param>,
    pub paging: Paging,
    /// Where the rows are, or the one record; empty where that is the data itself.
    pub list: Walk,
    pub total: Option<Walk>,
    /// Where the next page's cursor is.
    pub cursor: Option<Walk>,
}

/// How one kind of record is laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Layout {
    /// Our name to the members that lead to the value; what is not named stays where it is.
    pub fields: BTreeMap<&'static str, Walk>,
    /// Durations in milliseconds in place of seconds.
    pub milliseconds: bool,
    /// Integers in place of words, by our words.
    pub numbers: BTreeMap<&'static str, i64>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Contract {
    pub scrambled: bool,
    served: Vec<Served>,
    rows: BTreeMap<Row, Layout>,
}

impl Contract {
    pub(crate) fn in_force(scramble: Option<u64>) -> Self {
        match scramble {
            Some(seed) => shuffle::scrambled(seed),
            None => Self::canonical(),
        }
    }

    pub(crate) fn canonical() -> Self {
        Self { scrambled: false, served: ROUTES.iter().map(plain).collect(), rows: BTreeMap::new() }
    }

    pub(crate) fn served(&self, key: &str) -> Option<&Served> {
        self.served.iter().find(|s| s.key == key)
    }

    /// Plans are listed under the path of tasks, where `Type` asks for them, and cancelled under it, where
    /// a plan is named.
    pub(crate) fn of_type<'s>(
        &'s self,
        served: Option<&'s Served>,
        question: &Question,
    ) -> Option<&'s Served> {
        match served {
            Some(tasks) if tasks.key == "task.list" && question.text("Type") == Some("plan") => {
                self.served("plan.list")
            }
            Some(task) if task.key == "task.cancel" && question.text("PlanID").is_some() => {
                self.served("plan.cancel").filter(|plan| plan.path == task.path)
            }
            served => served,
        }
    }

    pub(crate) fn layout(&self, row: Row) -> Option<&Layout> {
        self.rows.get(&row)
    }

    /// How a word of a record is written: an integer's digits under a contract that numbers them.
    pub(crate) fn written(&self, row: Row, word: &'static str) -> &'static str {
        let number = self.layout(row).and_then(|layout| layout.numbers.get(word));
        number.map_or(word, |number| words::digits(*number))
    }
}

/// An endpoint as the canonical contract has it.
fn plain(route: &Route) -> Served {
    match pages::page(route.key) {
        Some(page) => as_written(page),
        None => Served {
            key: route.key,
            method: route.method,
            path: route.path.to_owned(),
            params: Vec::new(),
            paging: Paging::None,
            list: Vec::new(),
            total: None,
            cursor: None,
        },
    }
}

/// An endpoint as its own page has it, served or not.
pub(crate) fn as_written(page: &Page) -> Served {
    let place = if page.method == Method::Get { Place::Query } else { Place::Body };
    let params = page.params.iter().map(|written| {
        let (ours, required) = asked(written);
        Param { ours, name: ours.to_owned(), place, required }
    });
    let (list, total) = match page.answer {
        Answer::List(..) | Answer::ListOf(_) => {
            (vec!["list".to_owned()], Some(vec!["total".to_owned()]))
        }
        _ => (Vec::new(), None),
    };
    let params: Vec<Param> = params.collect();
    let has = |name: &str| params.iter().any(|p| p.ours == name);
    let paging = match () {
        () if has("page") || has("Page") => Paging::Page,
        () if has("offset") => Paging::Offset,
        () if has("last_msg_id") => Paging::Messages,
        () => Paging::None,
    };
    let (key, method, path) = (page.key, page.method, page.path.to_owned());
    Served { key, method, path, params, paging, list, total, cursor: None }
}

/// `name!` is a parameter that must be given.
pub(crate) fn asked(written: &'static str) -> (&'static str, bool) {
    written.strip_suffix('!').map_or((written, false), |name| (name, true))
}
