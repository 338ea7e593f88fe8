//! Where the rows, their number and the next page stand in a documented answer, and which of its fields
//! are ours.

use super::{
    likeness::{connected, likeness, listed_words, paired, phase, says},
    propose::{Book, Reading},
    schema::{Field, Shape, Word},
};
use crate::{
    domain::status::{Phase, Status},
    vendor::{
        catalogue::{Key, Kind, Paging},
        change::quoted,
        fields::{FieldKind, OurField, RecordKind},
        record::same_name,
    },
};

/// How deep fields of a record are looked for within it.
const ROW_DEPTH: usize = 3;

/// Number of fields in a tree: how much it says.
pub(super) fn size(field: &Field) -> usize {
    field.inside().iter().map(|inner| 1 + size(inner)).sum()
}

/// What the rows of an endpoint are.
fn record_of(key: Key) -> Option<RecordKind> {
    Some(match key {
        Key::WorkflowTemplates | Key::LeadsTemplates => RecordKind::Template,
        Key::WorkflowList | Key::LeadsList => RecordKind::Workflow,
        Key::WorkflowSubtasks => RecordKind::Node,
        Key::WorkflowOutboundTasks | Key::LeadsTasks => RecordKind::Task,
        Key::WorkflowOutboundDetails
        | Key::WorkflowCallById
        | Key::WorkflowCallsByPerson
        | Key::WorkflowRecordingsOfNumber
        | Key::LeadsTaskDetails
        | Key::LeadsCallById => RecordKind::Call,
        Key::WorkflowWabaTasks => RecordKind::WabaTask,
        Key::WorkflowWabaDetails => RecordKind::WabaMessage,
        Key::ChatSessions => RecordKind::Session,
        Key::ChatMessages => RecordKind::Message,
        Key::WabaAccounts => RecordKind::WabaAccount,
        Key::WabaTemplates | Key::WabaTemplate => RecordKind::WabaTemplate,
        Key::WabaResult => RecordKind::WabaMessage,
        Key::PdsTasks => RecordKind::DialerTask,
        Key::TaskList => RecordKind::CallingTask,
        Key::TaskDetails | Key::TaskCallById | Key::PlanRecordingsOfNumber => RecordKind::Call,
        Key::TaskRobots => RecordKind::Robot,
        Key::PlanStrategies => RecordKind::Strategy,
        Key::PlanList | Key::PlanStatus => RecordKind::Plan,
        Key::PlanRounds => RecordKind::Round,
        _ => return None,
    })
}

pub(super) fn write(reading: &Reading<'_>, book: &mut Book, notes: &mut Vec<String>) {
    let Some(answer) = &reading.page.answer else { return };
    if reading.row.kind != Kind::Read {
        return;
    }
    envelope(reading, answer, book);
    let record = record_of(reading.row.key);
    let Some((pointer, element)) = rows(reading, answer, record) else {
        if !reading.contract.list.is_empty() && size(answer) > 0 && record.is_some() {
            notes.push("the page does not show where the rows of its answer are".to_owned());
        }
        return;
    };
    if pointer != reading.contract.list {
        book.set(&["endpoint", reading.key(), "list"], &quoted(&pointer));
    }
    if matches!(reading.row.paging, Paging::Page | Paging::Offset) {
        total(reading, answer, &pointer, book);
        if let Some(next) = next_cursor(reading)
            && book.proposed(&["endpoint", reading.key(), "paging"]) == Some("\"cursor\"")
        {
            book.set(&["endpoint", reading.key(), "cursor"], &quoted(&next));
        }
    }
    if let Some(record) = record {
        fields(record, element, book, notes);
    }
}

/// Every place of an answer that is no list's inside, with its pointer.
fn places<'f>(field: &'f Field, pointer: &str, depth: usize, into: &mut Vec<(String, &'f Field)>) {
    if let Shape::Object(fields) = &field.shape
        && depth > 0
    {
        for inner in fields {
            let step = inner.name.replace('~', "~0").replace('/', "~1");
            let pointer = format!("{pointer}/{step}");
            into.push((pointer.clone(), inner));
            places(inner, &pointer, depth - 1, into);
        }
    }
}

fn all_places(answer: &Field) -> Vec<(String, &Field)> {
    let mut found = Vec::new();
    places(answer, "", 5, &mut found);
    found
}

/// The code stands elsewhere than at the top under its usual name.
fn envelope(reading: &Reading<'_>, answer: &Field, book: &mut Book) {
    let top = answer.inside();
    if top.is_empty() || top.iter().any(|field| same_name(&field.name, "code")) {
        return;
    }
    let names =
        ["errcode", "err_code", "error_code", "ret", "ret_code", "status_code", "result_code"];
    let words = [
        "result code",
        "return code",
        "error code",
        "status code",
        "结果码",
        "返回码",
        "错误码",
        "状态码",
    ];
    let best = |names: &[&str], words: &[&str]| {
        let scored = all_places(answer).into_iter().map(|(p, f)| (likeness(f, names, words), p));
        scored.filter(|(score, _)| *score > 60).max_by_key(|(score, _)| *score).map(|(_, p)| p)
    };
    let Some(code) = best(&names, &words) else { return };
    let message = best(&["message", "msg", "err_msg"], &["message", "结果信息", "提示信息"]);
    let message = message.map(|p| format!(", message = {}", quoted(&p))).unwrap_or_default();
    let literal = format!("{{ code = {}{message} }}", quoted(&code));
    book.set(&["endpoint", reading.key(), "envelope"], &literal);
}

/// The rows' pointer and what one row is. What is in force is kept where the answer has it.
fn rows<'f>(
    reading: &Reading<'_>,
    answer: &'f Field,
    record: Option<RecordKind>,
) -> Option<(String, &'f Field)> {
    let fits = |field: &Field| record.map_or(0, |record| fitting(record, field));
    if let Some(known) = answer.at(reading.contract.list)
        && !reading.contract.list.is_empty()
    {
        let is_list = matches!(known.shape, Shape::List(_));
        let whole = is_list || reading.row.paging == Paging::None;
        // An object that has nothing of the record is what stands around it.
        let margin = if is_list || fits(known) > 0 { 2 } else { 0 };
        let better = all_places(answer).iter().any(|(_, f)| fits(f) > fits(known) + margin);
        if whole && !better {
            return Some((reading.contract.list.to_owned(), element_of(known)));
        }
    }
    let one_record = reading.row.list.split('/').count() == 2;
    let mut best: Option<(usize, String, &Field)> = None;
    for (pointer, field) in all_places(answer) {
        let is_list = matches!(field.shape, Shape::List(_));
        let is_object = one_record && matches!(field.shape, Shape::Object(_));
        if !is_list && !is_object {
            continue;
        }
        // A list of records is worth more than the object around it; the shallowest wins a tie.
        let weight = fits(field) * 2 + usize::from(is_list);
        if best.as_ref().is_none_or(|(most, ..)| weight > *most) {
            best = Some((weight, pointer, field));
        }
    }
    best.map(|(_, pointer, field)| (pointer, element_of(field)))
}

fn element_of(field: &Field) -> &Field {
    match &field.shape {
        Shape::List(element) => element,
        _ => field,
    }
}

/// How many of the record's fields could stand here. What lies deeper in an object that is no list's
/// element does not count: an envelope around a record is not the record.
fn fitting(record: RecordKind, field: &Field) -> usize {
    let depth = if matches!(field.shape, Shape::List(_)) { ROW_DEPTH } else { 1 };
    let mut inside = Vec::new();
    places(element_of(field), "", depth, &mut inside);
    let ours: Vec<&OurField> = record.fields().filter(|f| f.within.is_none()).collect();
    paired(scores(&ours, &inside)).len()
}

/// The fields of a record, those of objects within it too, with their pointers.
fn flat(element: &Field) -> Vec<(String, &Field)> {
    let mut found = Vec::new();
    places(element, "", ROW_DEPTH, &mut found);
    found
}

fn scores(ours: &[&OurField], theirs: &[(String, &Field)]) -> Vec<(usize, usize, u32)> {
    let mut scores = Vec::new();
    for (our, field) in ours.iter().enumerate() {
        for (their, (pointer, given)) in theirs.iter().enumerate() {
            if holds(field.kind, given) {
                // The nearer to the top, the likelier, where two are called the same.
                let depth = u32::try_from(pointer.matches('/').count()).unwrap_or(9);
                let score = likeness(given, &[field.name], field.titles);
                scores.push((our, their, score.saturating_sub(depth.saturating_sub(1))));
            }
        }
    }
    scores
}

/// Whether a documented field can hold what ours does.
fn holds(kind: FieldKind, field: &Field) -> bool {
    let type_word = match &field.shape {
        Shape::Object(_) => return kind == FieldKind::Pairs,
        Shape::List(_) => return matches!(kind, FieldKind::List | FieldKind::Pairs),
        Shape::Value(word) => word.as_str(),
    };
    match (kind, type_word) {
        (_, "") => true,
        (FieldKind::Pairs, word) => word == "object",
        (FieldKind::List, _) | (_, "object" | "array") => false,
        (FieldKind::Integer | FieldKind::Duration, word) => word != "boolean",
        _ => true,
    }
}

fn total(reading: &Reading<'_>, answer: &Field, list: &str, book: &mut Book) {
    if answer.at(reading.contract.total).is_some_and(Field::is_whole_number) {
        return;
    }
    let names =
        ["total", "total_count", "total_rows", "total_num", "count", "overall", "total_number"];
    let words = [
        "total number",
        "total count",
        "number of records",
        "total",
        "总数",
        "总条数",
        "总量",
        "总记录数",
    ];
    let outside = all_places(answer)
        .into_iter()
        .filter(|(pointer, field)| field.is_whole_number() && !pointer.starts_with(list));
    let scored = outside.map(|(pointer, field)| (likeness(field, &names, &words), pointer));
    let best = scored.filter(|(score, _)| *score >= 60).max_by_key(|(score, _)| *score);
    let path = ["endpoint", reading.key(), "total"];
    match best {
        Some((_, pointer)) => book.set(&path, &quoted(&pointer)),
        // An answer that shows its fields and no number of rows has none.
        None if !reading.contract.total.is_empty() => book.set(&path, "\"\""),
        None => {}
    }
}

/// Where the answer says how the next page is asked for.
pub(super) fn next_cursor(reading: &Reading<'_>) -> Option<String> {
    let answer = reading.page.answer.as_ref()?;
    let names = [
        "next_cursor",
        "cursor",
        "next",
        "next_token",
        "next_page_token",
        "page_token",
        "scroll_id",
    ];
    let words = [
        "next cursor",
        "cursor of the next page",
        "cursor",
        "next page",
        "下一页游标",
        "游标",
        "下一页",
    ];
    let values = all_places(answer).into_iter().filter(|(_, f)| matches!(f.shape, Shape::Value(_)));
    let scored = values.map(|(pointer, field)| (likeness(field, &names, &words), pointer));
    scored
        .filter(|(score, _)| *score > 60)
        .max_by_key(|(score, _)| *score)
        .map(|(_, pointer)| pointer)
}

/// Our fields under other names, and the words of those that are statuses.
fn fields(record: RecordKind, element: &Field, book: &mut Book, notes: &mut Vec<String>) {
    let theirs = flat(element);
    let ours: Vec<&OurField> = record.fields().filter(|field| field.within.is_none()).collect();
    for (our, their) in paired(scores(&ours, &theirs)) {
        let (Some(our), Some((pointer, field))) = (ours.get(our), theirs.get(their)) else {
            continue;
        };
        map(record, our, pointer, field, book);
        statuses(record, our, field, book, notes);
        if our.kind == FieldKind::List {
            elements(record, our, field, book);
        }
    }
}

/// Fields of a list within a record, by pointers that begin at its elements.
fn elements(record: RecordKind, list: &OurField, field: &Field, book: &mut Book) {
    let ours: Vec<&OurField> =
        record.fields().filter(|field| field.within == Some(list.name)).collect();
    let theirs = flat(element_of(field));
    for (our, their) in paired(scores(&ours, &theirs)) {
        if let (Some(our), Some((pointer, field))) = (ours.get(our), theirs.get(their)) {
            map(record, our, pointer, field, book);
        }
    }
}

fn map(record: RecordKind, our: &OurField, pointer: &str, field: &Field, book: &mut Book) {
    let own_name = !pointer[1..].contains('/') && same_name(&field.name, our.name);
    let unit = unit(our, field);
    let path = ["record", record.word(), "fields", our.name];
    if own_name && unit.is_none() && book.now(&path).is_none() {
        return;
    }
    let unit = unit.map(|unit| format!(", unit = \"{unit}\"")).unwrap_or_default();
    book.set(&path, &format!("{{ pointer = {}{unit} }}", quoted(pointer)));
}

/// The unit that the page's words name, where it is not the one that our name stands for.
fn unit(our: &OurField, field: &Field) -> Option<&'static str> {
    if our.kind != FieldKind::Duration {
        return None;
    }
    let told = field.told();
    let has = |words: &[&str]| words.iter().any(|word| says(&told, word));
    let named = if has(&["milliseconds", "millisecond", "ms", "毫秒"]) {
        "ms"
    } else if has(&["minutes", "minute", "min", "分钟"]) {
        "min"
    } else if has(&["seconds", "second", "sec", "秒"]) {
        "s"
    } else {
        return None;
    };
    let usual = if our.name.ends_with("_ms") { "ms" } else { "s" };
    (named != usual).then_some(named)
}

fn statuses(
    record: RecordKind,
    our: &OurField,
    field: &Field,
    book: &mut Book,
    notes: &mut Vec<String>,
) {
    let phases = our.kind == FieldKind::Status;
    let results = record == RecordKind::Call && our.name == "talk_result";
    if !phases && !results {
        return;
    }
    let mut unread = Vec::new();
    for word in words_of(field) {
        let path = ["status", record.word(), &word.value];
        let read = if phases {
            match Status::read(word.value.as_str()).phase {
                Phase::Unknown => phase(&word.name, &word.description).map(Phase::word),
                _ => continue,
            }
        } else if same_name(&word.value, "connected") {
            continue;
        } else {
            let named = connected(&word.name, &word.description);
            named.or_else(|| connected(&word.value, "")).map(result_word)
        };
        match read {
            Some(read) => book.set(&path, &quoted(read)),
            None if book.now(&path).is_none() => unread.push(word.value),
            None => {}
        }
    }
    if !unread.is_empty() {
        notes.push(format!(
            "words of {} that were not understood: {}",
            our.name,
            unread.join(", ")
        ));
    }
}

fn result_word(connected: bool) -> &'static str {
    if connected { "connected" } else { "not_connected" }
}

/// The words of an enum, else those that the description lists.
fn words_of(field: &Field) -> Vec<Word> {
    if !field.words.is_empty() {
        return field.words.clone();
    }
    let listed = listed_words(&field.told());
    listed.into_iter().map(|(value, name)| Word { value, name, ..Word::default() }).collect()
}
