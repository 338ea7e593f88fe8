use super::sample::{World, account, of_w, session, sessions, transcript};
use crate::{
    domain::{chat::Content, ids::SessionId},
    store::{Batch, Kind, Op, message_key, message_of_key},
};

async fn texts(world: &World) -> Vec<String> {
    let found =
        world.store.reader.messages(&account(), &SessionId::from("s"), 0, 100).await.unwrap();
    assert_eq!(usize::try_from(found.total).unwrap(), found.rows.len());
    let text = |content| match content {
        Content::Text { text } => text,
        other => panic!("{other:?}"),
    };
    found.rows.into_iter().map(|message| text(message.content)).collect()
}

async fn reported(world: &World) -> Option<i64> {
    world.store.reader.sessions(&of_w()).await.unwrap().rows[0].messages
}

#[tokio::test]
async fn not_reported_and_empty_are_two_things() {
    let mut world = World::new().await;
    world.apply(sessions(vec![session("s", 1)])).await;
    assert_eq!(reported(&world).await, None);
    world.apply(transcript("s", &[], true)).await;
    assert_eq!(reported(&world).await, Some(0));
    world.apply(transcript("s", &["a", "b"], true)).await;
    assert_eq!(reported(&world).await, Some(2));
    world.apply(sessions(vec![session("s", 2)])).await;
    assert_eq!(reported(&world).await, Some(2), "a record without messages keeps them");
}

#[tokio::test]
async fn only_messages_that_differ_are_written() {
    let mut world = World::new().await;
    world.apply(sessions(vec![session("s", 1)])).await;
    let first = world.apply(transcript("s", &["a", "b", "سلام 🎡"], true)).await;
    assert_eq!(first.written, 3);
    let same = world.apply(transcript("s", &["a", "b", "سلام 🎡"], true)).await;
    assert_eq!((same.written, same.seq), (0, first.seq));
    let one = world.apply(transcript("s", &["a", "B"], false)).await;
    assert_eq!((one.written, one.removed), (1, 0));
    assert_eq!(texts(&world).await, ["a", "B", "سلام 🎡"]);
    let change = &world.store.reader.feed(first.seq, 10).await.unwrap()[0];
    assert_eq!((change.kind, change.id.as_str(), change.op), (Kind::Message, "s#1", Op::Upsert));
}

#[tokio::test]
async fn only_a_complete_reading_takes_messages_away() {
    let mut world = World::new().await;
    world.apply(sessions(vec![session("s", 1)])).await;
    world.apply(transcript("s", &["a", "b", "c"], true)).await;
    let shorter = world.apply(transcript("s", &["a"], true)).await;
    assert_eq!((shorter.written, shorter.removed), (0, 2));
    assert_eq!(texts(&world).await, ["a"]);
    assert_eq!(reported(&world).await, Some(1));
}

#[tokio::test]
async fn messages_may_come_before_their_session() {
    let mut world = World::new().await;
    world.apply(transcript("s", &["a"], true)).await;
    world.apply(sessions(vec![session("s", 1)])).await;
    assert_eq!(reported(&world).await, Some(1));
    let removals = vec![(Kind::Session, "s".to_owned())];
    let applied = world.apply(Batch { removals, ..Batch::default() }).await;
    assert_eq!(applied.removed, 2);
    assert!(texts(&world).await.is_empty());
}

#[test]
fn a_message_key_comes_apart_again() {
    let session = SessionId::from("odd#7");
    assert_eq!(message_of_key(&message_key(&session, 3)), Some((session, 3)));
    assert_eq!(message_of_key("no position"), None);
}
