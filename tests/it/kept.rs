//! A recording that was heard lies on this computer, and every list that shows its call says so.

use wheelhouse::{
    domain::mask::Mask,
    ipc::{
        FrameStream,
        dto::RowDto,
        frames::{Frame, ListName, Query},
    },
    sim::Script,
};

use crate::core::Core;

const MINUTE: i64 = 60_000;

fn query(list: ListName, scope: Option<String>) -> Query {
    let (account, filter, sort, named) = (None, String::new(), None, Vec::new());
    Query { list, account, scope, filter, sort, named, anchor: 0, count: 500 }
}

/// Waits until both subscriptions say of the call whether its recording is kept.
async fn until(frames: &mut FrameStream, call: &str, kept: bool) {
    let mut said = [false, false];
    while said != [true, true] {
        for frame in frames.next().await.expect("frames") {
            let (sub, rows) = match frame {
                Frame::Snapshot(snapshot) => (snapshot.sub, snapshot.rows),
                Frame::Delta(delta) => (delta.sub, delta.upserts),
                _ => continue,
            };
            for row in rows {
                let row = match row {
                    RowDto::Call(row) => row,
                    RowDto::CallDetail(detail) => detail.call,
                    _ => continue,
                };
                if row.id == call {
                    said[sub as usize] = row.recording_kept == kept;
                }
            }
        }
    }
}

#[tokio::test]
async fn a_recording_that_was_heard_is_marked_until_it_is_removed() {
    let mut core = Core::on(Script { workflows: 4, ..Script::story(5) }).await;
    for _ in 0..4 {
        core.pass(MINUTE).await;
    }
    let all = wheelhouse::store::ListAsk {
        filter: "recording:yes".to_owned(),
        count: 1,
        ..wheelhouse::store::ListAsk::default()
    };
    let first = core.reader.calls(&all).await.unwrap().rows.pop().expect("a recorded call");
    let call = format!("{}/{}", first.account, first.call.id);
    let (desk, _folder) = core.desk(Mask::LastFour);
    let (window, mut frames) = desk.open_window();
    window
        .watch(0, Query { filter: "recording:yes".into(), ..query(ListName::Calls, None) })
        .unwrap();
    window.watch(1, query(ListName::Call, Some(call.clone()))).unwrap();
    until(&mut frames, &call, false).await;
    assert!(!desk.recording(call.clone()).await.unwrap().is_empty());
    until(&mut frames, &call, true).await;
    assert_eq!(desk.remove_recordings().await.unwrap(), 1);
    until(&mut frames, &call, false).await;
}
