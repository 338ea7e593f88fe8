//! Which endpoint of the catalogue a page describes. Two candidates are shown, never chosen.

use super::page::PageEndpoint;
use crate::vendor::{
    catalogue::{CATALOGUE, Endpoint, Key, Kind},
    fields::nearest,
};

/// What a page turned out to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match {
    /// One endpoint, and whether that is sure enough to confirm a write.
    One {
        key: Key,
        sure: bool,
    },
    Several {
        keys: Vec<Key>,
        why: String,
    },
    Nothing {
        why: String,
    },
}

/// Letters and digits of any language in lower case: punctuation and spaces differ from page to page,
/// and the Chinese pages write the word workflow in either language.
pub fn plain(text: &str) -> String {
    let text = text.replace("工作流", "workflow");
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

pub fn matched(page: &PageEndpoint) -> Match {
    let titles: Vec<&str> = page.titles().collect();
    find(page.page_id, &page.group, &titles, &page.method)
}

/// By id, then by folder and title; the method and an uncertain id decide between equals.
pub fn find(id: Option<u32>, group: &[String], titles: &[&str], method: &str) -> Match {
    let titles: Vec<String> = titles.iter().map(|t| plain(t)).filter(|t| !t.is_empty()).collect();
    let titled: Vec<&Endpoint> =
        CATALOGUE.iter().filter(|row| has_title(row.all_titles(), &titles)).collect();
    if let Some(row) = CATALOGUE.iter().find(|row| id.is_some_and(|id| row.page_ids.contains(&id)))
    {
        return by_id(row, &titled);
    }
    let folder = folder_length(group, CATALOGUE.iter());
    let here: Vec<&Endpoint> =
        titled.iter().copied().filter(|row| in_folder(row, group, folder)).collect();
    if folder == 0 {
        return without_folder(id, &titled, &titles, method);
    }
    let left = decided(here.clone(), id, method);
    match left.as_slice() {
        [] if titled.is_empty() => named_folder(group, folder).unwrap_or_else(|| unknown(&titles)),
        [] => several(&titled, "the title is known, but from another folder"),
        [row] => Match::One { key: row.key, sure: here.len() == 1 || agrees(row, id) },
        _ => several(&left, "folder and title fit more than one"),
    }
}

fn has_title(known: impl Iterator<Item = &'static str>, titles: &[String]) -> bool {
    known.map(plain).any(|known| titles.contains(&known))
}

/// A page's own id decides, unless the title says something else.
fn by_id(row: &'static Endpoint, titled: &[&'static Endpoint]) -> Match {
    if titled.is_empty() || titled.iter().any(|other| other.key == row.key) {
        return Match::One { key: row.key, sure: true };
    }
    let mut rows = vec![row];
    rows.extend(titled);
    several(&rows, "the page's number and its title say different things")
}

/// A pasted page may not name its folder: then a title that the vendor's index has counts for more than
/// one that is our own guess.
fn without_folder(
    id: Option<u32>,
    titled: &[&'static Endpoint],
    titles: &[String],
    method: &str,
) -> Match {
    let known = |row: &&Endpoint| {
        has_title(std::iter::once(row.title).chain(row.titles.iter().copied()), titles)
    };
    let indexed: Vec<_> = titled.iter().copied().filter(known).collect();
    let rows = if indexed.is_empty() { titled.to_vec() } else { indexed };
    let left = decided(rows, id, method);
    match left.as_slice() {
        [] => unknown(titles),
        [row] => Match::One { key: row.key, sure: agrees(row, id) },
        _ => several(&left, "its folder is not named, and the title fits more than one"),
    }
}

fn agrees(row: &Endpoint, id: Option<u32>) -> bool {
    id.is_some_and(|id| row.page_ids.contains(&id) || row.perhaps_page_ids.contains(&id))
}

/// Those that an uncertain id, or else the method, leaves of several.
fn decided(rows: Vec<&'static Endpoint>, id: Option<u32>, method: &str) -> Vec<&'static Endpoint> {
    if rows.len() < 2 {
        return rows;
    }
    let by_id: Vec<_> = rows.iter().copied().filter(|row| agrees(row, id)).collect();
    if by_id.len() == 1 {
        return by_id;
    }
    let by_method: Vec<_> =
        rows.iter().copied().filter(|row| row.method.word() == method).collect();
    if by_method.len() == 1 { by_method } else { rows }
}

/// Weight of the longest folder word of the catalogue that the page's folder holds: `WorkFlow_Leads…`
/// is not the folder `Workflow`.
fn folder_length<'r>(group: &[String], rows: impl Iterator<Item = &'r Endpoint>) -> usize {
    rows.map(|row| longest(row, group)).max().unwrap_or(0)
}

fn longest(row: &Endpoint, group: &[String]) -> usize {
    let held = |word: &str| group.iter().any(|part| holds(part, word));
    row.group.iter().filter(|word| held(word)).map(|word| weight(word)).max().unwrap_or(0)
}

/// Length of a word; a Chinese character says as much as several letters.
fn weight(word: &str) -> usize {
    plain(word).chars().map(|c| if c.is_ascii() { 1 } else { 5 }).sum()
}

/// Whether the folder is the word, or has it as a word of its own. Chinese has no spaces to tell words
/// by, so there a part is enough.
fn holds(folder: &str, word: &str) -> bool {
    if plain(folder) == plain(word) {
        return true;
    }
    if !word.is_ascii() {
        return plain(folder).contains(&plain(word));
    }
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (folder, word) = (words(folder), words(word));
    !word.is_empty() && folder.windows(word.len()).any(|window| window == word)
}

fn in_folder(row: &Endpoint, group: &[String], length: usize) -> bool {
    length > 0 && longest(row, group) == length
}

/// A folder of which only the name is known holds pages that nobody has seen.
fn named_folder(group: &[String], length: usize) -> Option<Match> {
    let mut rows = CATALOGUE.iter().filter(|row| in_folder(row, group, length));
    let only = rows.next().filter(|_| rows.next().is_none())?;
    let nameless = only.kind == Kind::Name || only.key == Key::HookInbound;
    nameless.then_some(Match::One { key: only.key, sure: false })
}

fn several(rows: &[&'static Endpoint], why: &str) -> Match {
    let mut keys: Vec<Key> = rows.iter().map(|row| row.key).collect();
    keys.sort_unstable();
    keys.dedup();
    Match::Several { keys, why: why.to_owned() }
}

/// No title agrees: those that nearly do are shown.
fn unknown(titles: &[String]) -> Match {
    let all: Vec<(String, Key)> = CATALOGUE
        .iter()
        .flat_map(|row| row.all_titles().map(|title| (plain(title), row.key)))
        .collect();
    let close = |title: &String, known: &str| {
        let (one, other) = (title.chars().count(), known.chars().count());
        one.min(other) >= 8 && one.abs_diff(other) <= 3 && one <= 200
    };
    let mut keys = Vec::new();
    for title in titles {
        let near = all.iter().map(|(known, _)| known.as_str()).filter(|known| close(title, known));
        let found = nearest(title, near);
        let nearly = |known: &str| found.first() == Some(&known) && differ_little(title, known);
        keys.extend(all.iter().filter(|(known, _)| nearly(known)).map(|(_, key)| *key));
    }
    keys.sort_unstable();
    keys.dedup();
    if keys.is_empty() {
        let why = "neither its number nor its title nor its folder is known: another vendor's page, \
                   or one that is new";
        return Match::Nothing { why: why.to_owned() };
    }
    Match::Several { keys, why: "the title is nearly one that is known".to_owned() }
}

/// All but a few of the pairs of letters are the same.
fn differ_little(one: &str, other: &str) -> bool {
    let pairs =
        |text: &str| -> Vec<(char, char)> { text.chars().zip(text.chars().skip(1)).collect() };
    let (one, mut other) = (pairs(one), pairs(other));
    let all = one.len().max(other.len());
    let same = one
        .iter()
        .filter(|pair| {
            let at = other.iter().position(|o| o == *pair);
            at.map(|at| other.swap_remove(at)).is_some()
        })
        .count();
    all > 0 && (all - same) * 5 <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(group: &[&str], title: &str) -> Match {
        let group: Vec<String> = group.iter().map(|g| (*g).to_owned()).collect();
        find(None, &group, &[title], "POST")
    }

    fn key(found: &Match) -> Option<Key> {
        match found {
            Match::One { key, .. } => Some(*key),
            _ => None,
        }
    }

    #[test]
    fn the_folder_tells_the_same_title_apart() {
        for (group, title, expected) in [
            (&["Workflow"][..], "Stop the Workflow Task", Key::WorkflowStop),
            (&["Workflow 工作流"], "获取workflow模板列表", Key::WorkflowTemplates),
            (
                &["WorkFlow_LeadsGeneration"],
                "Obtain the List of Workflow Templates",
                Key::LeadsTemplates,
            ),
            (
                &["Collection", "APIs Related to Calling Tasks"],
                "Cancel a Calling Task",
                Key::TaskCancel,
            ),
            (
                &["Collection", "APIs Related to Calling Plans"],
                "Cancel a Calling Task",
                Key::PlanCancel,
            ),
            (&["催收", "调用计划相关的API"], "列出已创建的任务", Key::PlanList),
            (
                &["Info Check", "APIs Related to Calling Plans"],
                "Obtain Call Recordings",
                Key::TaskRecordings,
            ),
            (
                &["Workflow", "Webhooks of the Info of Predictive Dialer System"],
                "Webhook of Predictive Dialer Task Status Changes",
                Key::HookPds,
            ),
            (&["Chatbot English"], "Query message list", Key::ChatMessages),
            (&["Flex_Route"], "Anything at all", Key::NameFlexRoute),
        ] {
            assert_eq!(key(&of(group, title)), Some(expected), "{group:?} {title}");
        }
    }

    #[test]
    fn what_fits_twice_is_shown() {
        let several = |found: Match| match found {
            Match::Several { keys, .. } => keys,
            other => panic!("{other:?}"),
        };
        assert_eq!(several(of(&[], "Cancel a Calling Task")), [Key::TaskCancel, Key::PlanCancel]);
        // A page of one folder under a title of another is neither.
        let leads = of(&["WorkFlow_LeadsGeneration"], "Obtain the WABA Tasks List of Workflow");
        assert_eq!(several(leads), [Key::WorkflowWabaTasks]);
        let id = find(Some(154088166), &[], &["Stop the Workflow Task"], "POST");
        assert!(several(id).contains(&Key::WorkflowFind));
    }

    #[test]
    fn sure_is_what_id_or_folder_and_title_say() {
        let sure = |found: Match| matches!(found, Match::One { sure: true, .. });
        assert!(sure(of(&["Workflow"], "Stop the Workflow Task")));
        assert!(!sure(of(&[], "Stop the Workflow Task")));
        assert!(sure(find(Some(45267515), &[], &["Stop the Workflow Task"], "POST")));
        // An uncertain number alone is nothing.
        assert!(matches!(find(Some(45267515), &[], &["Pet store"], "POST"), Match::Nothing { .. }));
    }

    #[test]
    fn a_slip_of_the_pen_is_shown_and_another_vendor_is_not() {
        let found = of(&[], "Stop the Workflow Tsak");
        assert!(
            matches!(&found, Match::Several { keys, .. } if keys.contains(&Key::WorkflowStop)),
            "{found:?}"
        );
        assert!(matches!(of(&["pets"], "Find a pet by its id"), Match::Nothing { .. }));
    }
}
