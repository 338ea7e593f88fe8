//! What the world says is found by its words.

use std::collections::BTreeSet;

use wheelhouse::{
    domain::{ids::SessionId, search::Wanted},
    sim::Script,
    sim_server::lock,
    store::{Spoken, SpokenAsk, StoredSpoken},
};

use crate::core::Core;

/// Two Chinese characters beside one another in the world's own JSON of a message.
fn chinese_word(json: &str) -> Option<String> {
    let han = |c: &char| ('\u{4e00}'..='\u{9fff}').contains(c);
    let chars: Vec<char> = json.chars().collect();
    chars.windows(2).find(|pair| pair.iter().all(han)).map(|pair| pair.iter().collect())
}

async fn found(core: &Core, typed: &str) -> Vec<StoredSpoken> {
    let ask = SpokenAsk { wanted: Wanted::read(typed), count: 100_000, ..SpokenAsk::default() };
    core.reader.spoken(&ask).await.expect("a search").rows
}

#[tokio::test]
async fn a_chinese_word_of_every_conversation_is_found_after_the_sync() {
    const MINUTE: i64 = 60_000;
    let mut core = Core::on(Script::story(3)).await;
    core.pass(2 * MINUTE).await;
    core.freeze_world();
    core.pass(31 * MINUTE).await;
    let messages = lock(&core.world).truth().messages;
    let mut words = BTreeSet::new();
    for message in &messages {
        let session = SessionId::new(message.session.as_str());
        let position = i64::try_from(message.position).expect("a position");
        let raw = core.reader.message_raw(&core.account, &session, position).await;
        let raw = raw.expect("the store").expect("the message is stored").raw;
        let Some(word) = chinese_word(&raw) else { continue };
        let has = |row: &StoredSpoken| {
            let Spoken::Message { session: of, message } = &row.what else { return false };
            *of == session && message.position == position
        };
        assert!(found(&core, &word).await.iter().any(has), "`{word}` of {session}#{position}");
        words.insert(word);
    }
    assert!(words.len() >= 5, "only {words:?} of {} messages", messages.len());
    // Calls speak too: what their dialogues say is in the same list.
    let calls = words.iter().map(|word| found(&core, word));
    let mut dialogues = 0;
    for rows in calls {
        let of_call = |row: &&StoredSpoken| matches!(row.what, Spoken::Dialogue { .. });
        dialogues += rows.await.iter().filter(of_call).count();
    }
    assert!(dialogues > 0, "no call says any of {words:?}");
}
