//! Notes on disk.

use super::sample::{World, account, at};
use crate::domain::ids::CallId;

#[tokio::test]
async fn notes_stay_with_their_call_in_the_order_of_its_time() {
    let mut world = World::new().await;
    let (account, call) = (account(), CallId::new("c1"));
    let of = (&account, &call);
    let notes = &mut world.store.notes;
    notes.add(of, 9_000, "late", at(1)).await.unwrap();
    notes.add(of, 2_000, "said 'no'; --", at(2)).await.unwrap();
    notes.add((&account, &CallId::new("c2")), 1, "another call", at(3)).await.unwrap();
    let world = world.reopen().await;
    let kept = world.store.reader.notes(&account, &call).await.unwrap();
    let told: Vec<_> = kept.iter().map(|note| (note.at_ms, note.text.as_str())).collect();
    assert_eq!(told, [(2_000, "said 'no'; --"), (9_000, "late")]);
    assert_eq!((kept[0].created_at, kept[0].edited_at), (at(2), None));
}

#[tokio::test]
async fn a_note_is_changed_and_taken_away_by_its_own_call_alone() {
    let mut world = World::new().await;
    let (account, call) = (account(), CallId::new("c1"));
    let (of, another) = ((&account, &call), CallId::new("c2"));
    world.store.notes.add(of, 2_000, "one", at(1)).await.unwrap();
    let n = world.store.reader.notes(&account, &call).await.unwrap()[0].n;
    let notes = &mut world.store.notes;
    assert!(!notes.change((&account, &another), n, None, at(2)).await.unwrap());
    assert!(notes.change(of, n, Some("two"), at(5)).await.unwrap());
    let kept = world.store.reader.notes(&account, &call).await.unwrap();
    assert_eq!((kept[0].text.as_str(), kept[0].edited_at), ("two", Some(at(5))));
    assert!(world.store.notes.change(of, n, None, at(6)).await.unwrap());
    assert!(world.store.reader.notes(&account, &call).await.unwrap().is_empty());
    assert!(!world.store.notes.change(of, n, Some("three"), at(7)).await.unwrap());
}
