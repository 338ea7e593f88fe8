//! The cursors of listings that go by them: which page is asked with what. Pure.

use std::collections::HashMap;

use super::catalogue::Key;

/// A listing: what is asked, and with which arguments.
pub type Which = (Key, String);

/// Listings whose cursors are kept; a task's calls are one each.
const MOST_LISTINGS: usize = 4_096;

#[derive(Default)]
pub struct Cursors {
    listings: HashMap<Which, Given>,
    turn: u64,
}

#[derive(Default)]
struct Given {
    /// The cursor that each page gave for the one after it.
    next: Vec<Option<String>>,
    used: u64,
}

/// The page before was not read, or so long ago that its cursor was dropped.
#[derive(Debug, PartialEq, Eq)]
pub struct OutOfOrder;

impl Cursors {
    /// What a page (from 1) is asked with; nothing for the first.
    pub fn of(&self, which: &Which, page: u32) -> Result<Option<String>, OutOfOrder> {
        let Some(before) = (page as usize).checked_sub(2) else { return Ok(None) };
        let given = self.listings.get(which).and_then(|given| given.next.get(before)?.clone());
        given.map(Some).ok_or(OutOfOrder)
    }

    /// Keeps what a page gave. True when it leads back to where the listing has been.
    pub fn give(&mut self, which: Which, page: u32, next: Option<String>) -> bool {
        self.turn += 1;
        let turn = self.turn;
        if !self.listings.contains_key(&which) {
            self.make_room();
        }
        let given = self.listings.entry(which).or_default();
        given.used = turn;
        let at = (page as usize).saturating_sub(1);
        let loops = next.is_some() && given.next.iter().take(at).any(|before| *before == next);
        if given.next.len() <= at {
            given.next.resize(at + 1, None);
        }
        if let Some(place) = given.next.get_mut(at) {
            *place = next.filter(|_| !loops);
        }
        loops
    }

    /// Drops the listing that was not asked for the longest time.
    fn make_room(&mut self) {
        if self.listings.len() < MOST_LISTINGS {
            return;
        }
        let oldest = self.listings.iter().min_by_key(|(_, given)| given.used);
        if let Some(oldest) = oldest.map(|(which, _)| which.clone()) {
            self.listings.remove(&oldest);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn which(scope: &str) -> Which {
        (Key::WorkflowList, scope.to_owned())
    }

    fn next(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn a_page_is_asked_with_what_the_one_before_it_gave() {
        let mut cursors = Cursors::default();
        assert_eq!(cursors.of(&which(""), 1), Ok(None));
        assert_eq!(cursors.of(&which(""), 2), Err(OutOfOrder));
        assert!(!cursors.give(which(""), 1, next("a")));
        assert!(!cursors.give(which(""), 2, next("b")));
        assert_eq!(cursors.of(&which(""), 2), Ok(next("a")));
        assert_eq!(cursors.of(&which(""), 3), Ok(next("b")));
        assert_eq!(cursors.of(&which("another"), 2), Err(OutOfOrder));
        assert!(!cursors.give(which(""), 3, None));
        assert_eq!(cursors.of(&which(""), 4), Err(OutOfOrder), "nothing comes after the last");
    }

    #[test]
    fn a_page_that_is_read_again_gives_a_new_cursor() {
        let mut cursors = Cursors::default();
        cursors.give(which(""), 1, next("a"));
        cursors.give(which(""), 2, next("b"));
        assert!(!cursors.give(which(""), 1, next("a2")));
        assert_eq!(cursors.of(&which(""), 2), Ok(next("a2")));
    }

    #[test]
    fn a_cursor_that_leads_back_is_seen_and_not_followed() {
        let mut cursors = Cursors::default();
        cursors.give(which(""), 1, next("a"));
        cursors.give(which(""), 2, next("b"));
        assert!(cursors.give(which(""), 3, next("a")));
        assert_eq!(cursors.of(&which(""), 4), Err(OutOfOrder));
        assert!(cursors.give(which(""), 2, next("a")), "a page that names itself");
    }

    #[test]
    fn a_million_listings_do_not_fill_the_memory() {
        let mut cursors = Cursors::default();
        for n in 0..MOST_LISTINGS + 10 {
            cursors.give(which(&n.to_string()), 1, next("x"));
        }
        assert_eq!(cursors.listings.len(), MOST_LISTINGS);
        assert_eq!(cursors.of(&which("0"), 2), Err(OutOfOrder));
    }
}
