//! What is known of one paged listing: which pages may still change, and whether a reading of all of
//! them was complete. Pure: answers go in, due times and complete listings come out.
//!
//! Nothing is assumed of the vendor's order. New rows at the end make the last page grow; new rows at
//! the front shift every page, which shows in the first id of a page, and then the next page is read
//! too, for as long as pages bring anything new.

use std::{
    collections::HashSet,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::pace::Waits;
use crate::domain::time::Timestamp;

/// An id, as small as it can be: a listing can have millions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IdHash(u64);

impl IdHash {
    pub fn of(id: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        id.hash(&mut hasher);
        Self(hasher.finish())
    }
}

/// What an answer said about a page.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    pub page: u32,
    pub page_size: u32,
    pub total: Option<i64>,
    pub hash: u64,
    /// The answer equals the one before; its rows were not parsed.
    pub same: bool,
    /// No page follows this one.
    pub last: bool,
    /// A page is asked with what the one before it gave.
    pub by_cursor: bool,
    /// The cursor led back to a page that was read already.
    pub loops: bool,
    /// Ids in the answer's order; empty when `same`.
    pub ids: Vec<IdHash>,
    /// Every row is over and will not change by itself.
    pub settled: bool,
    /// Rows could not be read, so the page proves nothing by what it lacks.
    pub skipped: bool,
    /// Rows that the store did not have in this form.
    pub written: usize,
}

/// What an unfinished reading of a listing saw. None of it removes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Oddity {
    #[error("rows stand on more than one page of this list, so nothing is removed from it")]
    RowsRepeat,
    #[error("the vendor's count of rows changed while they were read, so nothing is removed")]
    TotalChanged,
    #[error("the list has another number of rows than the vendor counts, so nothing is removed")]
    TotalDiffers,
    #[error(
        "the list's cursor led back to a page that was read; reading ended there and removed nothing"
    )]
    CursorLoops,
}

#[derive(Clone, Debug, Default)]
struct PageState {
    hash: Option<u64>,
    ids: Vec<IdHash>,
    hot: bool,
    /// Readings in a row that found something unfinished on it.
    unsettled: u32,
    skipped: bool,
    read_at: Option<Timestamp>,
    asking: bool,
    stale: bool,
}

#[derive(Clone, Debug, Default)]
pub struct ListingState {
    pages: Vec<PageState>,
    total: Option<i64>,
    /// Counts elsewhere say that this listing changed, since then.
    dirty: Option<Timestamp>,
    /// When the reading of all pages began that is to be judged for completeness.
    sweep_from: Option<Timestamp>,
    sweep_total: Option<i64>,
    sweep_broken: bool,
    sweep_loops: bool,
    /// Pages are asked one after the other.
    by_cursor: bool,
    /// What the last reading of all pages saw.
    oddity: Option<Oddity>,
    /// Ids that the last complete listing lacked, to be removed if the next one lacks them too.
    missing: HashSet<String>,
    failures: u32,
    not_before: Option<Timestamp>,
    /// Not asked any more in this run.
    closed: bool,
}

/// A listing that was read whole without an error. Only this may remove anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complete {
    pub ids: HashSet<IdHash>,
}

impl ListingState {
    pub fn new() -> Self {
        Self { pages: vec![PageState::default()], ..Self::default() }
    }

    /// A listing that an earlier run read whole, of a thing that is over.
    pub fn restored(at: Timestamp) -> Self {
        let page = PageState { read_at: Some(at), ..PageState::default() };
        Self { pages: vec![page], ..Self::default() }
    }

    pub fn hash_of(&self, page: u32) -> Option<u64> {
        self.pages.get(index(page)).and_then(|p| p.hash)
    }

    pub fn is_caught_up(&self) -> bool {
        self.closed || self.pages.iter().all(|p| p.read_at.is_some() && !p.stale)
    }

    pub fn was_read(&self) -> bool {
        self.pages.iter().any(|p| p.read_at.is_some())
    }

    pub fn failures(&self) -> u32 {
        self.failures
    }

    pub fn oddity(&self) -> Option<Oddity> {
        self.oddity
    }

    pub fn close(&mut self) {
        self.closed = true;
    }

    pub fn mark_dirty(&mut self, now: Timestamp) {
        self.dirty.get_or_insert(now);
    }

    /// When the next page is due, and which. `None` while nothing can be asked.
    pub fn next_due(&self, waits: Waits) -> Option<(Timestamp, u32)> {
        if self.closed {
            return None;
        }
        if self.by_cursor && self.pages.iter().any(|page| page.asking) {
            return None;
        }
        // What comes after a page that is to be read is asked with what that page will give.
        let unread = |page: &PageState| page.read_at.is_none() || page.stale;
        let first_unread = self.pages.iter().position(unread).filter(|_| self.by_cursor);
        let reachable = first_unread.map_or(self.pages.len(), |at| at + 1);
        let due = (self.pages.iter().take(reachable).enumerate())
            .filter(|(_, page)| !page.asking)
            .map(|(i, page)| (self.page_due(page, waits), i as u32 + 1))
            .min()?;
        Some((self.not_before.map_or(due.0, |t| t.max(due.0)), due.1))
    }

    fn page_due(&self, page: &PageState, waits: Waits) -> Timestamp {
        let Some(read_at) = page.read_at else { return Timestamp(i64::MIN) };
        if page.stale {
            return read_at;
        }
        if !page.hot {
            return read_at.plus_ms(waits.sweep);
        }
        // What ends after its workflow is over ends soon, or the vendor never says so.
        let soon = UNSETTLED_MS << page.unsettled.saturating_sub(1).min(16);
        let wait = if page.unsettled > 0 { waits.hot.min(soon) } else { waits.hot };
        let regular = read_at.plus_ms(wait);
        match self.dirty {
            Some(_) => regular.min(read_at.plus_ms(waits.gap)),
            None => regular,
        }
    }

    pub fn asked(&mut self, page: u32, now: Timestamp) {
        let swept = self.pages.get(index(page)).is_some_and(|p| !p.hot || p.read_at.is_none());
        let all_hot = self.pages.iter().all(|p| p.hot);
        if self.sweep_from.is_none() && (swept || all_hot || self.pages.len() == 1) {
            self.sweep_from = Some(now);
            self.sweep_total = None;
            self.sweep_broken = false;
            self.sweep_loops = false;
            // A sweep judges all pages, so those that are not due are read with it.
            self.pages.iter_mut().filter(|p| !p.hot).for_each(|p| p.stale = p.read_at.is_some());
        }
        if let Some(page) = self.pages.get_mut(index(page)) {
            page.asking = true;
        }
    }

    pub fn failed(&mut self, page: u32, retry_at: Timestamp) {
        self.failures += 1;
        self.not_before = Some(retry_at);
        self.sweep_from = None;
        if let Some(page) = self.pages.get_mut(index(page)) {
            page.asking = false;
        }
        if self.by_cursor && page > 1 {
            // A cursor may have run out: the way to this page begins at the first.
            self.pages.truncate(1);
            self.pages.iter_mut().for_each(|first| first.stale = first.read_at.is_some());
        }
    }

    /// Takes an answer in; says so when the listing has now been read whole.
    pub fn answered(&mut self, answer: Answer, now: Timestamp) -> Option<Complete> {
        self.failures = 0;
        self.not_before = None;
        self.dirty = None;
        self.by_cursor = answer.by_cursor;
        self.sweep_loops |= answer.loops;
        self.resize(&answer);
        let count = self.pages.len();
        let i = index(answer.page).min(count - 1);
        let shifted = self.take_page(i, &answer, now);
        if shifted && (answer.written > 0 || self.by_cursor) && i + 1 < count {
            self.pages[i + 1].stale = true;
        }
        if self.sweep_total.is_some() && self.sweep_total != answer.total {
            self.sweep_broken = true;
        }
        self.sweep_total = answer.total;
        self.finish_sweep()
    }

    /// Returns whether other rows stand on this page than before.
    fn take_page(&mut self, i: usize, answer: &Answer, now: Timestamp) -> bool {
        let edge = i == 0 || i + 1 == self.pages.len();
        let repeats = i > 0 && self.pages[i - 1].ids.iter().any(|id| answer.ids.contains(id));
        let page = &mut self.pages[i];
        page.asking = false;
        page.stale = false;
        page.read_at = Some(now);
        page.hash = Some(answer.hash);
        if answer.same {
            page.unsettled += u32::from(page.unsettled > 0);
            return false;
        }
        let first = page.ids.first() != answer.ids.first();
        let other = self.by_cursor && page.ids != answer.ids;
        let shifted = !page.ids.is_empty() && (first || other);
        // Rows of the page before on this one: it lacks some of its own.
        page.unsettled = u32::from(repeats || !answer.settled);
        page.hot = edge || page.unsettled > 0;
        page.ids.clone_from(&answer.ids);
        page.skipped = answer.skipped;
        // Answers come in any order: the page after this one may have been read before it.
        if let Some(after) = self.pages.get_mut(i + 1)
            && after.ids.iter().any(|id| answer.ids.contains(id))
        {
            (after.hot, after.unsettled) = (true, after.unsettled.max(1));
        }
        shifted
    }

    fn resize(&mut self, answer: &Answer) {
        let asked = answer.page.max(1) as usize;
        let pages = match answer.total {
            Some(total) if !answer.by_cursor => {
                let size = i64::from(answer.page_size.max(1));
                // A total is only a claim: never fewer pages than the rows that came, and never so
                // many that a wrong number keeps the client asking for ever.
                const MOST_PAGES: i64 = 1_000_000;
                let pages = total.max(0).saturating_add(size - 1) / size;
                pages.clamp(1, MOST_PAGES) as usize
            }
            _ if answer.last || self.repeats(answer) => asked,
            _ => self.pages.len().max(asked + 1),
        };
        if answer.total != self.total && self.pages.len() > 1 {
            // The old last page may have been filled up by what came.
            if let Some(last) = self.pages.last_mut() {
                last.stale = last.read_at.is_some();
            }
        }
        self.total = answer.total;
        self.pages.resize_with(pages, PageState::default);
    }

    /// Without a total, a page that repeats the one before it is the end: some lists answer a page
    /// past their end with the last one, for ever.
    fn repeats(&self, answer: &Answer) -> bool {
        let before = self.pages.iter().take(index(answer.page));
        // A list by numbers that shows a page of old in a new place has moved; one by cursors goes round.
        let near = if self.by_cursor { usize::MAX } else { 1 };
        !answer.ids.is_empty() && before.rev().take(near).any(|page| page.ids == answer.ids)
    }

    fn finish_sweep(&mut self) -> Option<Complete> {
        let from = self.sweep_from?;
        let all_read =
            self.pages.iter().all(|p| p.read_at.is_some_and(|at| at >= from) && !p.stale);
        if !all_read {
            return None;
        }
        self.sweep_from = None;
        let rows: usize = self.pages.iter().map(|p| p.ids.len()).sum();
        let ids: HashSet<IdHash> = self.pages.iter().flat_map(|p| p.ids.iter().copied()).collect();
        self.oddity = if self.sweep_loops {
            Some(Oddity::CursorLoops)
        } else if ids.len() != rows {
            Some(Oddity::RowsRepeat)
        } else if self.sweep_broken {
            Some(Oddity::TotalChanged)
        } else if self.total.is_some_and(|total| total != rows as i64) {
            Some(Oddity::TotalDiffers)
        } else {
            None
        };
        let whole = self.oddity.is_none() && self.pages.iter().all(|p| !p.skipped);
        whole.then_some(Complete { ids })
    }

    /// Which of the stored ids are gone: those that two complete listings in a row lack. One is not
    /// enough, because rows can move between pages while they are read.
    pub fn gone(&mut self, complete: &Complete, stored: &[String]) -> Vec<String> {
        let missing: HashSet<String> =
            stored.iter().filter(|id| !complete.ids.contains(&IdHash::of(id))).cloned().collect();
        let gone = missing.intersection(&self.missing).cloned().collect();
        self.missing = missing;
        gone
    }
}

/// The first wait for what is unfinished; each further one is twice as long, up to the tier's own.
const UNSETTLED_MS: i64 = 60_000;

fn index(page: u32) -> usize {
    page.saturating_sub(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    const WAITS: Waits = Waits { hot: 2_000, gap: 1_000, sweep: 60_000 };

    fn answer(page: u32, total: i64, ids: &[&str], settled: bool) -> Answer {
        let ids: Vec<IdHash> = ids.iter().map(|id| IdHash::of(id)).collect();
        Answer {
            page,
            page_size: 2,
            total: Some(total),
            written: ids.len(),
            hash: page.into(),
            last: false,
            ids,
            settled,
            ..Answer::default()
        }
    }

    /// Reads every page that is due, the way the driver does.
    fn read(state: &mut ListingState, now: i64, world: &[&str], settled: bool) -> Vec<Complete> {
        let mut complete = Vec::new();
        while let Some((due, page)) = state.next_due(WAITS) {
            if due > Timestamp(now) {
                break;
            }
            state.asked(page, Timestamp(now));
            let from = (page as usize - 1) * 2;
            let rows = &world[from.min(world.len())..(from + 2).min(world.len())];
            let answer = answer(page, world.len() as i64, rows, settled);
            complete.extend(state.answered(answer, Timestamp(now)));
        }
        complete
    }

    #[test]
    fn all_pages_are_read_and_make_one_complete_listing() {
        let mut state = ListingState::new();
        let complete = read(&mut state, 0, &["a", "b", "c", "d", "e"], true);
        assert_eq!(complete.len(), 1);
        assert_eq!(complete[0].ids.len(), 5);
        assert!(state.is_caught_up());
    }

    #[test]
    fn settled_inner_pages_wait_for_the_sweep() {
        let mut state = ListingState::new();
        read(&mut state, 0, &["a", "b", "c", "d", "e"], true);
        let (due, page) = state.next_due(WAITS).unwrap();
        assert_eq!((due, page), (Timestamp(2_000), 1));
        state.asked(1, Timestamp(2_000));
        state.answered(answer(1, 5, &["a", "b"], true), Timestamp(2_000));
        state.asked(3, Timestamp(2_000));
        state.answered(answer(3, 5, &["e"], true), Timestamp(2_000));
        assert_eq!(state.next_due(WAITS).unwrap().0, Timestamp(4_000));
    }

    #[test]
    fn rows_at_the_front_make_the_next_page_due() {
        let mut state = ListingState::new();
        read(&mut state, 0, &["c", "d", "e", "f"], true);
        read(&mut state, 2_000, &["a", "c", "d", "e", "f"], true);
        assert!(state.is_caught_up());
        let second = ["d", "e"].map(IdHash::of);
        assert_eq!(state.pages[1].ids, second, "the shifted page was read again");
    }

    #[test]
    fn a_repeated_page_proves_nothing() {
        let mut state = ListingState::new();
        state.asked(1, Timestamp(0));
        assert_eq!(state.answered(answer(1, 4, &["a", "b"], true), Timestamp(0)), None);
        state.asked(2, Timestamp(0));
        assert_eq!(state.answered(answer(2, 4, &["a", "b"], true), Timestamp(0)), None);
    }

    #[test]
    fn a_page_that_repeats_the_one_before_is_read_again_soon() {
        let mut state = ListingState::new();
        let five = |rows| answer(0, 5, rows, true);
        for (page, rows) in [(2, ["b", "c"].as_slice()), (1, &["a", "b"]), (3, &["e"])] {
            state.asked(page, Timestamp(0));
            state.answered(Answer { page, ..five(rows) }, Timestamp(0));
        }
        let due: Vec<bool> = state.pages.iter().map(|page| page.hot).collect();
        assert_eq!(due, [true, true, true]);
    }

    fn by_cursor(page: u32, ids: &[&str], last: bool) -> Answer {
        let answered = answer(page, 0, ids, true);
        Answer { total: None, by_cursor: true, last, ..answered }
    }

    /// Takes the page that is due now, which must be this one.
    #[track_caller]
    fn take(state: &mut ListingState, now: i64, answer: Answer) -> Option<Complete> {
        let (due, page) = state.next_due(WAITS).unwrap();
        assert!(due <= Timestamp(now) && page == answer.page, "{page} at {due:?}");
        state.asked(page, Timestamp(now));
        assert_eq!(state.next_due(WAITS).filter(|_| answer.page > 1), None, "one at a time");
        state.answered(answer, Timestamp(now))
    }

    #[test]
    fn pages_by_cursor_are_read_in_order_to_the_last_one() {
        let mut state = ListingState::new();
        assert_eq!(take(&mut state, 0, by_cursor(1, &["a", "b"], false)), None);
        assert_eq!(take(&mut state, 0, by_cursor(2, &["c", "d"], false)), None);
        let complete = take(&mut state, 0, by_cursor(3, &["e"], true)).unwrap();
        assert_eq!((complete.ids.len(), state.oddity()), (5, None));
        assert!(state.is_caught_up());
    }

    #[test]
    fn by_cursor_a_total_is_no_way_around_the_pages_before() {
        let mut state = ListingState::new();
        take(&mut state, 0, Answer { total: Some(9), ..by_cursor(1, &["a", "b"], false) });
        assert_eq!(state.pages.len(), 2);
        let last = Answer { total: Some(9), ..by_cursor(2, &["c"], true) };
        assert_eq!(take(&mut state, 0, last), None);
        assert_eq!(state.oddity(), Some(Oddity::TotalDiffers));
    }

    #[test]
    fn a_front_that_changed_is_followed_through_new_cursors() {
        let mut state = ListingState::new();
        take(&mut state, 0, by_cursor(1, &["c", "d"], false));
        take(&mut state, 0, by_cursor(2, &["e", "f"], false));
        take(&mut state, 0, by_cursor(3, &["g"], true));
        take(&mut state, 2_000, by_cursor(1, &["b", "c"], false));
        take(&mut state, 2_000, by_cursor(2, &["d", "e"], false));
        take(&mut state, 2_000, by_cursor(3, &["f", "g"], true));
        assert!(state.is_caught_up());
    }

    #[test]
    fn a_cursor_that_loops_ends_the_reading_and_removes_nothing() {
        let mut state = ListingState::new();
        take(&mut state, 0, by_cursor(1, &["a", "b"], false));
        let back = Answer { loops: true, ..by_cursor(2, &["c", "d"], true) };
        assert_eq!(take(&mut state, 0, back), None);
        assert!(state.is_caught_up());
        assert_eq!(state.oddity(), Some(Oddity::CursorLoops));
    }

    #[test]
    fn pages_that_go_round_under_new_cursors_end_the_reading() {
        let mut state = ListingState::new();
        take(&mut state, 0, by_cursor(1, &["a", "b"], false));
        take(&mut state, 0, by_cursor(2, &["c", "d"], false));
        assert_eq!(take(&mut state, 0, by_cursor(3, &["a", "b"], false)), None);
        assert!(state.is_caught_up(), "no fourth page is asked");
        assert_eq!(state.oddity(), Some(Oddity::RowsRepeat));
    }

    #[test]
    fn a_cursor_that_ran_out_begins_the_list_again() {
        let mut state = ListingState::new();
        take(&mut state, 0, by_cursor(1, &["a", "b"], false));
        state.asked(2, Timestamp(0));
        state.failed(2, Timestamp(1_000));
        assert_eq!(state.next_due(WAITS), Some((Timestamp(1_000), 1)));
        take(&mut state, 1_000, by_cursor(1, &["a", "b"], false));
        assert!(take(&mut state, 1_000, by_cursor(2, &["c"], true)).is_some());
    }

    #[test]
    fn a_total_that_changes_while_it_is_read_is_told_until_a_reading_is_whole() {
        let mut state = ListingState::new();
        for (page, total, ids) in [(1, 3, &["a", "b"][..]), (2, 4, &["c", "d"])] {
            state.asked(page, Timestamp(0));
            assert_eq!(state.answered(answer(page, total, ids, true), Timestamp(0)), None);
        }
        assert_eq!(state.oddity(), Some(Oddity::TotalChanged));
        assert_eq!(read(&mut state, 60_000, &["a", "b", "c", "d"], true).len(), 1);
        assert_eq!(state.oddity(), None);
    }

    #[test]
    fn only_two_complete_listings_in_a_row_remove() {
        let mut state = ListingState::new();
        let stored = ["a".to_owned(), "b".to_owned(), "z".to_owned()];
        let first = read(&mut state, 0, &["a", "b"], true).remove(0);
        assert!(state.gone(&first, &stored).is_empty());
        let second = read(&mut state, 60_000, &["a", "b"], true).remove(0);
        assert_eq!(state.gone(&second, &stored), ["z"]);
    }

    #[test]
    fn a_failure_waits_and_breaks_the_sweep() {
        let mut state = ListingState::new();
        state.asked(1, Timestamp(0));
        state.answered(answer(1, 4, &["a", "b"], true), Timestamp(0));
        state.asked(2, Timestamp(0));
        state.failed(2, Timestamp(1_000));
        assert_eq!(state.next_due(WAITS).unwrap(), (Timestamp(1_000), 2));
        state.asked(2, Timestamp(1_000));
        assert_eq!(state.answered(answer(2, 4, &["c", "d"], true), Timestamp(1_000)), None);
    }
}
