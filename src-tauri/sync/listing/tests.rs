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

/// The page that is due first, whatever it is needed for.
fn next(state: &ListingState) -> Option<(Timestamp, u32)> {
    state.dues(WAITS).map(|due| (due.at, due.page)).min()
}

/// Reads every page that is due, the way the driver does.
fn read(state: &mut ListingState, now: i64, world: &[&str], settled: bool) -> Vec<Complete> {
    let mut complete = Vec::new();
    while let Some((due, page)) = next(state) {
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
    let (due, page) = next(&state).unwrap();
    assert_eq!((due, page), (Timestamp(2_000), 1));
    state.asked(1, Timestamp(2_000));
    state.answered(answer(1, 5, &["a", "b"], true), Timestamp(2_000));
    state.asked(3, Timestamp(2_000));
    state.answered(answer(3, 5, &["e"], true), Timestamp(2_000));
    assert_eq!(next(&state).unwrap().0, Timestamp(4_000));
}

#[test]
fn the_end_that_grows_goes_before_what_was_never_read_and_that_before_the_sweep() {
    let mut state = ListingState::new();
    for (page, ids) in [(1, &["a", "b"]), (2, &["c", "d"]), (4, &["g", "h"])] {
        state.asked(page, Timestamp(0));
        state.answered(answer(page, 8, ids, true), Timestamp(0));
    }
    let order = |state: &ListingState| {
        let dues = state.dues(WAITS).filter(|due| due.at <= Timestamp(70_000));
        dues.map(|due| (due.need, due.page)).collect::<Vec<_>>()
    };
    assert_eq!(order(&state), [(Need::Follow, 1), (Need::Backlog, 3), (Need::Sweep, 2)]);
    state.asked(4, Timestamp(1_000));
    state.answered(answer(4, 9, &["g", "h"], true), Timestamp(1_000));
    assert_eq!(order(&state)[0], (Need::Follow, 5), "where the list has grown");
}

#[test]
fn an_end_that_stays_as_it_was_while_the_list_grows_is_asked_more_seldom() {
    let mut state = ListingState::new();
    read(&mut state, 0, &["a", "b", "c"], true);
    let first_due = |state: &ListingState| state.page_due(0, &state.pages[0], WAITS);
    assert_eq!(first_due(&state), Timestamp(2_000));
    state.asked(1, Timestamp(2_000));
    let grown = Answer { written: 0, ..answer(1, 4, &["a", "b"], true) };
    state.answered(grown, Timestamp(2_000));
    assert_eq!(first_due(&state), Timestamp(6_000));
    state.asked(1, Timestamp(6_000));
    state.answered(answer(1, 5, &["x", "a"], true), Timestamp(6_000));
    assert_eq!(first_due(&state), Timestamp(8_000), "it has moved");
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
    let (due, page) = next(state).unwrap();
    assert!(due <= Timestamp(now) && page == answer.page, "{page} at {due:?}");
    state.asked(page, Timestamp(now));
    assert_eq!(next(state).filter(|_| answer.page > 1), None, "one at a time");
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
    assert_eq!(next(&state), Some((Timestamp(1_000), 1)));
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

const MOST_PAGES: usize = 5;

/// Reads a list of three rows for ten minutes whose answers say in turn that it has `said` pages, and
/// returns how many requests that took and whether it was told.
fn read_with_totals(said: &[i64]) -> (usize, bool) {
    let mut state = ListingState::new();
    let (mut asked, mut told) = (0, false);
    for now in (0..600_000).step_by(1_000) {
        let before = asked;
        let next = |state: &ListingState| {
            let dues = state.dues(WAITS).filter(|due| due.at <= Timestamp(now));
            dues.min_by_key(|due| (due.need, due.at, due.page))
        };
        while let Some(Due { page, .. }) = next(&state) {
            state.asked(page, Timestamp(now));
            let total = 2 * said[asked % said.len()];
            asked += 1;
            // An old last page is read again when there is more, but not again and again.
            assert!(asked - before <= 2 * MOST_PAGES, "{said:?} goes round at {now}");
            let pages = [&["a", "b"][..], &["c"]];
            let rows = pages.get(page as usize - 1).copied().unwrap_or_default();
            let written = if now == 0 { rows.len() } else { 0 };
            let answer = Answer { written, ..answer(page, total, rows, true) };
            state.answered(answer, Timestamp(now));
        }
        told |= state.oddity().is_some();
    }
    (asked, told)
}

#[test]
fn totals_that_go_up_and_down_are_followed_but_not_for_ever() {
    let pages = || 2..=MOST_PAGES as i64;
    for said in pages().flat_map(|a| pages().flat_map(move |b| pages().map(move |c| [a, b, c]))) {
        let (asked, told) = read_with_totals(&said);
        // Ten minutes at a hot wait of two seconds.
        assert!(asked <= 300 * 2 * MOST_PAGES, "{said:?}: {asked} requests");
        assert!(told, "{said:?}");
    }
}

#[test]
fn an_answer_for_a_page_that_is_no_more_changes_no_other() {
    let mut state = ListingState::new();
    read(&mut state, 0, &["a", "b", "c", "d", "e"], true);
    state.asked(3, Timestamp(2_000));
    state.answered(answer(1, 4, &["a", "b"], true), Timestamp(2_000));
    state.answered(answer(3, 4, &[], true), Timestamp(2_000));
    assert_eq!(state.pages.len(), 2);
    assert_eq!(state.pages[1].ids, ["c", "d"].map(IdHash::of));
}

#[test]
fn null_in_place_of_a_list_is_said_and_proves_nothing() {
    let null =
        |page, total| Answer { absent: true, last: true, total, ..answer(page, 0, &[], true) };
    let mut state = ListingState::new();
    for at in [0, 61_000] {
        state.asked(1, Timestamp(at));
        assert_eq!(state.answered(null(1, None), Timestamp(at)), None);
        assert_eq!(state.oddity(), Some(Oddity::NoList));
    }
    // The same answer, recognised by its hash, is no better.
    state.asked(1, Timestamp(200_000));
    let same = Answer { same: true, ..null(1, None) };
    assert_eq!(state.answered(same, Timestamp(200_000)), None);
    assert_eq!(state.oddity(), Some(Oddity::NoList));

    state.asked(1, Timestamp(300_000));
    assert!(state.answered(answer(1, 0, &[], true), Timestamp(300_000)).is_some());
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
    assert_eq!(next(&state).unwrap(), (Timestamp(1_000), 2));
    state.asked(2, Timestamp(1_000));
    assert_eq!(state.answered(answer(2, 4, &["c", "d"], true), Timestamp(1_000)), None);
}
