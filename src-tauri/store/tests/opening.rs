use super::sample::{World, call, calls, of_w};
use crate::{
    domain::{
        action::{How, Verb},
        ids::Callee,
        time::Timestamp,
    },
    store::{StoreError, open},
};

#[tokio::test]
async fn reopening_keeps_everything() {
    let mut world = World::new().await;
    world.apply(calls((0..100).map(|n| call(&format!("c{n}"))).collect())).await;
    let mut world = world.reopen().await;
    world.apply(calls(vec![call("one more")])).await;
    let found = world.store.reader.calls(&of_w()).await.unwrap();
    assert_eq!(found.total, 101);
    assert_eq!(found.rows.len(), 101);
}

#[tokio::test]
async fn a_file_that_is_no_store_is_refused_in_words_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let content = b"this is no database, but it is long enough to be read as one".repeat(100);
    std::fs::write(&file, &content).unwrap();
    let refused = open(&file).await.err().unwrap();
    assert!(matches!(refused, StoreError::NotAStore { .. }), "{refused:?}");
    assert!(refused.to_string().contains("damaged or is no store"), "{refused}");
    assert_eq!(std::fs::read(&file).unwrap(), content);
}

#[tokio::test]
async fn a_newer_store_is_refused_in_words() {
    let world = World::new().await;
    let file = world.folder.path().join("data").join("store.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file);
    let mut conn = sqlx::ConnectOptions::connect(&options).await.unwrap();
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES (9999, 'from the future', 1, x'00', 0)",
    )
    .execute(&mut conn)
    .await
    .unwrap();
    let refused = open(&file).await.err().unwrap();
    assert!(matches!(refused, StoreError::Newer { .. }), "{refused:?}");
    assert!(refused.to_string().contains("newer version"));
}

#[tokio::test]
async fn a_folder_that_cannot_be_made_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("file"), "").unwrap();
    let refused = open(&folder.path().join("file").join("store.db")).await.err().unwrap();
    assert!(matches!(refused, StoreError::Folder { .. }), "{refused}");
}

/// As a journal stood before it knew anything but workflows.
#[tokio::test]
async fn an_old_journal_stays_readable_and_immutable() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("store.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let mut conn = sqlx::ConnectOptions::connect(&options).await.unwrap();
    let mut old = sqlx::migrate!("src-tauri/store/migrations");
    old.migrations.to_mut().retain(|migration| migration.version < 7);
    old.run(&mut conn).await.unwrap();
    for sql in [
        "INSERT INTO accounts (n, account) VALUES (1, 'a')",
        "INSERT INTO workflow_keys (n, account, id) VALUES (5, 1, 'w')",
        "INSERT INTO actions (n, id, account, workflow, verb, workflow_name, callee, reason, by, \
         requested_at, outcome, outcome_at, how) \
         VALUES (3, 'x', 1, 5, 1, 'Campaign', '+62811', 'why', 'ana', 7, 1, 8, 1)",
    ] {
        sqlx::query(sql).execute(&mut conn).await.unwrap();
    }
    sqlx::Connection::close(conn).await.unwrap();
    let mut store = open(&file).await.unwrap();
    let old = store.reader.action(&"x".into()).await.unwrap().unwrap();
    assert_eq!((old.subject, old.verb), (Verb::CancelRest.subject("w"), Verb::CancelRest));
    assert_eq!((old.name.as_deref(), old.workflow), (Some("Campaign"), Some("w".into())));
    assert_eq!((old.how, old.callee), (How::Trial, Some(Callee::new("+62811"))));
    assert_eq!(store.audit.sweep(Timestamp(9)).await.unwrap(), 0);
    let mut conn = sqlx::ConnectOptions::connect(&options).await.unwrap();
    for sql in ["UPDATE actions SET reason = 'other'", "DELETE FROM actions"] {
        let refused = sqlx::query(sql).execute(&mut conn).await.unwrap_err();
        assert!(refused.to_string().contains("append-only"), "{sql}: {refused}");
    }
}
