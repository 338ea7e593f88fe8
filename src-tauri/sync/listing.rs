//! What is known of one paged listing: which pages may still change, and whether a reading of all of
//! them was complete. Pure: answers go in, due times and complete listings come out.
//!
//! Nothing is assumed of the vendor's order. New rows at the end make the last page grow; new rows at
//! the front shift every page, which shows in the first id of a page, and then the next page is read
//! too, for as long as pages bring anything new. An end of the list that stays as it was while the list
//! grows is not where it grows: it is asked more and more seldom.

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
    /// Null stood where the rows should be: that is not an empty page.
    pub absent: bool,
    /// Rows that the store did not have in this form.
    pub written: usize,
}

/// Why a page is to be read, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// What stands on it may change, or the listing may grow there.
    Follow,
    /// Never read, between the first page and the last one.
    Backlog,
    /// Read once more although nothing says that it changed.
    Sweep,
}

/// The page of a listing that is due first for one [`Need`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    pub at: Timestamp,
    pub need: Need,
    pub page: u32,
}

/// How far the reading of a listing, or of all of one kind, is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lag {
    /// Of the pages where rows may still change, the reading that is longest ago.
    pub oldest: Option<Timestamp>,
    /// Pages that were never read.
    pub unread: u32,
}

impl Lag {
    pub fn with(self, other: Self) -> Self {
        let oldest = [self.oldest, other.oldest].into_iter().flatten().min();
        Self { oldest, unread: self.unread.saturating_add(other.unread) }
    }
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
        "an answer held null where the list should be; it is not taken for an empty list, so nothing is removed"
    )]
    NoList,
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
    absent: bool,
    /// When it was first known that there is such a page; nothing of the first one.
    known_at: Option<Timestamp>,
    read_at: Option<Timestamp>,
    /// The listing's total in the answer that was read last.
    total: Option<i64>,
    /// Readings in a row that found the rows as before although the listing's total had changed.
    calm: u32,
    asking: bool,
    /// Rows came to it or left it.
    stale: bool,
    /// To be read for the sweep that is under way.
    swept: bool,
}

impl PageState {
    fn to_read(&self) -> bool {
        self.read_at.is_none() || self.stale || self.swept
    }
}

#[derive(Clone, Debug, Default)]
pub struct ListingState {
    pages: Vec<PageState>,
    /// What was known of the pages behind the last one, when there were more. A total that goes down and up
    /// again would otherwise make them unread, for ever.
    beyond: Vec<PageState>,
    total: Option<i64>,
    /// When counts elsewhere said last that this listing changed.
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
        self.closed || !self.pages.iter().any(PageState::to_read)
    }

    /// How far the reading of it is behind. An end of the list that has long been quiet counts for nothing.
    pub fn lag(&self) -> Lag {
        let unread = self.pages.iter().filter(|page| page.read_at.is_none()).count();
        let followed = self.pages.iter().filter(|page| page.hot && page.calm == 0);
        Lag {
            oldest: followed.filter_map(|page| page.read_at).min(),
            unread: if self.closed { 0 } else { unread as u32 },
        }
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
        self.dirty = Some(now);
    }

    /// For each need, which page is due first, and when. Empty while nothing can be asked.
    pub fn dues(&self, waits: Waits) -> impl Iterator<Item = Due> + use<> {
        let mut first: [Option<Due>; 3] = [None; 3];
        if self.closed || self.by_cursor && self.pages.iter().any(|page| page.asking) {
            return first.into_iter().flatten();
        }
        // What comes after a page that is to be read is asked with what that page will give.
        let to_read = self.pages.iter().position(PageState::to_read).filter(|_| self.by_cursor);
        let reachable = to_read.map_or(self.pages.len(), |at| at + 1);
        for (i, page) in self.pages.iter().take(reachable).enumerate().filter(|(_, p)| !p.asking) {
            let at = self.page_due(i, page, waits);
            let at = self.not_before.map_or(at, |t| t.max(at));
            let due = Due { at, need: self.need(i, page), page: i as u32 + 1 };
            let place = &mut first[due.need as usize];
            if place.is_none_or(|before| (due.at, due.page) < (before.at, before.page)) {
                *place = Some(due);
            }
        }
        first.into_iter().flatten()
    }

    fn is_edge(&self, i: usize) -> bool {
        i == 0 || i + 1 == self.pages.len()
    }

    fn need(&self, i: usize, page: &PageState) -> Need {
        match page.read_at {
            _ if page.stale => Need::Follow,
            _ if page.swept => Need::Sweep,
            _ if page.hot => Need::Follow,
            None if self.is_edge(i) => Need::Follow,
            None => Need::Backlog,
            Some(_) => Need::Sweep,
        }
    }

    fn page_due(&self, i: usize, page: &PageState, waits: Waits) -> Timestamp {
        // A new last page is where the list is now: whoever waits for it any longer sees the past.
        let known_at = page.known_at.filter(|_| !self.is_edge(i));
        let unread = known_at.unwrap_or(Timestamp(i64::MIN));
        let Some(read_at) = page.read_at else { return unread };
        if page.stale || page.swept {
            return read_at;
        }
        if !page.hot {
            return read_at.plus_ms(waits.sweep);
        }
        if page.unsettled == 0 && page.calm > 0 && self.pages.len() > 1 {
            return read_at.plus_ms(waits.sweep.min(waits.hot << page.calm.min(16)));
        }
        // What ends after its workflow is over ends soon, or the vendor never says so.
        let soon = UNSETTLED_MS << page.unsettled.saturating_sub(1).min(16);
        let wait = if page.unsettled > 0 { waits.hot.min(soon) } else { waits.hot };
        let regular = read_at.plus_ms(wait);
        match self.dirty {
            Some(since) if since >= read_at => regular.min(read_at.plus_ms(waits.gap)),
            _ => regular,
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
            for page in self.pages.iter_mut().filter(|p| !p.hot || p.calm > 0) {
                page.swept = page.read_at.is_some();
            }
        }
        if let Some(page) = self.pages.get_mut(index(page)) {
            page.asking = true;
        }
    }

    pub fn failed(&mut self, page: u32, retry_at: Timestamp) {
        self.failures += 1;
        self.not_before = Some(retry_at);
        self.sweep_from = None;
        let behind = index(page).saturating_sub(self.pages.len());
        if let Some(page) = self.pages.get_mut(index(page)).or(self.beyond.get_mut(behind)) {
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
        self.by_cursor = answer.by_cursor;
        self.sweep_loops |= answer.loops;
        let count = self.count(&answer);
        self.grow(count.max(answer.page as usize), now);
        let i = index(answer.page);
        let shifted = self.take_page(i, &answer, now);
        if shifted && (answer.written > 0 || self.by_cursor) && i + 1 < count {
            self.pages[i + 1].stale = true;
        }
        self.shrink(count);
        if self.sweep_total.is_some() && self.sweep_total != answer.total {
            self.sweep_broken = true;
        }
        self.sweep_total = answer.total;
        self.finish_sweep()
    }

    /// Returns whether other rows stand on this page than before.
    fn take_page(&mut self, i: usize, answer: &Answer, now: Timestamp) -> bool {
        let edge = self.is_edge(i);
        let repeats = i > 0 && self.pages[i - 1].ids.iter().any(|id| answer.ids.contains(id));
        let page = &mut self.pages[i];
        let as_before = answer.same || (answer.written == 0 && page.ids == answer.ids);
        let grew = page.read_at.is_some() && page.total != answer.total;
        page.calm = if as_before { page.calm + u32::from(grew) } else { 0 };
        (page.asking, page.stale, page.swept) = (false, false, false);
        (page.read_at, page.total) = (Some(now), answer.total);
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
        (page.skipped, page.absent) = (answer.skipped, answer.absent);
        if page.unsettled > 0 {
            // What is unfinished does not end with the page.
            for beside in [i.wrapping_sub(1), i + 1] {
                if let Some(beside) = self.pages.get_mut(beside) {
                    beside.stale |= beside.read_at.is_none();
                }
            }
        }
        // Answers come in any order: the page after this one may have been read before it.
        if let Some(after) = self.pages.get_mut(i + 1)
            && after.ids.iter().any(|id| answer.ids.contains(id))
        {
            (after.hot, after.unsettled) = (true, after.unsettled.max(1));
        }
        shifted
    }

    /// How many pages there are, as far as the answer says. Where there are more rows than before, the old
    /// last page is to be read again.
    fn count(&mut self, answer: &Answer) -> usize {
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
        if answer.total > self.total && self.pages.len() > 1 {
            // The old last page may have been filled up by what came.
            if let Some(last) = self.pages.last_mut() {
                last.stale |= last.read_at.is_some();
            }
        }
        self.total = answer.total;
        pages
    }

    fn grow(&mut self, count: usize, now: Timestamp) {
        let more = count.saturating_sub(self.pages.len()).min(self.beyond.len());
        // Not read anew at once, but followed from here on.
        let follow = |page| PageState { hot: true, calm: 0, stale: false, swept: false, ..page };
        let known = self.beyond.drain(..more).map(follow);
        self.pages.extend(known);
        if self.pages.len() < count {
            let fresh = || PageState { known_at: Some(now), ..PageState::default() };
            self.pages.resize_with(count, fresh);
        }
    }

    fn shrink(&mut self, count: usize) {
        if self.pages.len() <= count {
            return;
        }
        let mut gone = self.pages.split_off(count);
        if self.by_cursor {
            // A page by cursor is what the page before it leads to.
            return;
        }
        gone.append(&mut self.beyond);
        let kept = gone.iter().rposition(|page| page.read_at.is_some() || page.asking);
        gone.truncate(kept.map_or(0, |last| last + 1));
        self.beyond = gone;
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
            self.pages.iter().all(|p| p.read_at.is_some_and(|at| at >= from) && !p.to_read());
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
        } else if self.pages.iter().any(|page| page.absent) {
            Some(Oddity::NoList)
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
mod tests;
