//! Signatures, the relay and the watched folder.

use secrecy::SecretString;

use super::*;
use crate::{
    hooks::{
        folder::Folder,
        relay::{EventsDoor, PullError, Puller},
    },
    store::Opened,
    vendor::signing::Sign,
};

const BODY: &[u8] = b"{\"call_id\":\"s1\"}";
const TOKEN: &str = "0123456789abcdef";

fn enforcing() -> Intake {
    let check = SignatureCheck {
        algorithm: Sign::HmacSha256Hex,
        key: String::new(),
        secret: SecretString::from("s3cret"),
        enforce: true,
    };
    Intake { signature: Some(check), ..Intake::plain(account()) }
}

fn webhook(signature: &str) -> Envelope {
    Envelope {
        at: Timestamp(1),
        source: Source::Webhook,
        path: "/hook".to_owned(),
        signature: Some(signature.to_owned()),
    }
}

#[tokio::test]
async fn a_forged_body_does_not_keep_the_genuine_one_out() {
    let dir = tempfile::tempdir().unwrap();
    let (mut inbox, reader) = inbox(dir.path()).await;
    let intake = enforcing();
    let right = Sign::HmacSha256Hex.sign("", &"s3cret".to_owned().into(), BODY).unwrap();
    let mut receive = async |signature: &str| {
        let event = intake.received(webhook(signature), BODY.to_vec()).unwrap();
        inbox.receive(&event).await.unwrap()
    };
    let Arrival::New(id) = receive("forged").await else { panic!("new") };
    assert_eq!(receive("forged").await, Arrival::Duplicate);
    assert_eq!(receive(&right).await, Arrival::New(id), "to be drained now");
    assert_eq!(receive("forged").await, Arrival::Duplicate);
    let pending = reader.inbox_pending(10).await.unwrap();
    assert_eq!((pending.len(), pending[0].verdict), (1, Signature::Matched));
    let tally = reader.signature_tally(&account()).await.unwrap();
    assert_eq!((tally.matched, tally.mismatched), (1, 1));
}

#[tokio::test]
async fn an_encrypted_body_is_kept_and_opened_when_the_key_is_right() {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use cbc::cipher::{BlockModeEncrypt, KeyIvInit, block_padding::Pkcs7};
    let dir = tempfile::tempdir().unwrap();
    let (mut inbox, reader) = inbox(dir.path()).await;
    let seal =
        |key: &str| Seal::parse("aes-128-cbc iv=zero", &key.to_owned().into(), None).unwrap();
    let encrypted = cbc::Encryptor::<aes::Aes128>::new_from_slices(&[b'k'; 16], &[0; 16])
        .unwrap()
        .encrypt_padded_vec::<Pkcs7>(BODY);
    let intake = Intake { seal: Some(seal(&"x".repeat(16))), ..Intake::plain(account()) };
    let text = STANDARD.encode(encrypted).into_bytes();
    let event = intake.received(webhook("s"), text).unwrap();
    inbox.receive(&event).await.unwrap();
    assert!(reader.inbox_pending(10).await.unwrap().is_empty());
    let kinds = reader.hook_kinds(&account()).await.unwrap();
    assert_eq!((kinds[0].kind.as_str(), kinds[0].unreadable), ("unreadable", 1));

    let right = seal(&"k".repeat(16));
    assert_eq!(open_sealed(&right, &account(), &reader, &mut inbox).await.unwrap(), 1);
    assert_eq!(reader.inbox_pending(10).await.unwrap()[0].body, BODY);
    assert!(reader.hook_kinds(&account()).await.unwrap().is_empty());
}

async fn relay(dir: &Path) -> (Receiver, Arc<Mutex<InboxWriter>>) {
    let Opened { inbox, reader, .. } = store::open(&dir.join("relay.db")).await.unwrap();
    let bind = SocketAddr::from(([127, 0, 0, 1], 0));
    let events = EventsDoor::new(reader, SecretString::from(TOKEN)).await.unwrap();
    let intake = Intake::plain(AccountId::from("relay"));
    let one = ReceiverOptions::one(bind, PATH.to_owned(), intake);
    let options = ReceiverOptions { events: Some(events), ..one };
    let inbox = Arc::new(Mutex::new(inbox));
    let clock: Clock = Arc::new(|| Timestamp(88));
    (serve(options, Arc::clone(&inbox), Arc::default(), clock).await.unwrap(), inbox)
}

async fn puller(dir: &Path, relay: &Receiver, token: &str) -> (Puller, Reader) {
    let (inbox, reader) = inbox(dir).await;
    let intake = Arc::new(Intake::plain(account()));
    let url = format!("http://{}", relay.address());
    let token = SecretString::from(token);
    let inbox = Arc::new(Mutex::new(inbox));
    (Puller::new(&url, token, intake, reader.clone(), inbox).unwrap(), reader)
}

#[tokio::test]
async fn a_desktop_fetches_each_event_once_and_goes_on_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let (relay, _inbox) = relay(dir.path()).await;
    for n in 0..3 {
        let body = format!("{{\"n\":{n}}}");
        assert_eq!(post(relay.address(), PATH, body.as_bytes()).await.0, 200);
    }
    let (first, _) = puller(dir.path(), &relay, TOKEN).await;
    assert_eq!(first.once(0).await.unwrap(), (3, 3));
    assert_eq!(first.once(0).await.unwrap(), (0, 0));
    drop(first);
    assert_eq!(post(relay.address(), PATH, b"{\"n\":3}").await.0, 200);
    let (again, reader) = puller(dir.path(), &relay, TOKEN).await;
    assert_eq!(again.once(0).await.unwrap(), (1, 1));
    let pending = reader.inbox_pending(10).await.unwrap();
    assert_eq!(pending.len(), 4);
    assert!(pending.iter().all(|item| item.at == Timestamp(88)), "when the relay received it");
    assert_eq!(
        (pending[3].body.as_slice(), pending[3].verdict),
        (&b"{\"n\":3}"[..], Signature::Unchecked)
    );
}

#[tokio::test]
async fn a_waiting_desktop_hears_at_once() {
    let dir = tempfile::tempdir().unwrap();
    let (relay, _inbox) = relay(dir.path()).await;
    let (puller, _) = puller(dir.path(), &relay, TOKEN).await;
    let waiting = tokio::spawn(async move { puller.once(20).await.unwrap() });
    assert_eq!(post(relay.address(), PATH, BODY).await.0, 200);
    let heard = tokio::time::timeout(Duration::from_secs(10), waiting).await;
    assert_eq!(heard.unwrap().unwrap(), (1, 1));
}

#[tokio::test]
async fn without_the_token_nothing_is_handed_out() {
    let dir = tempfile::tempdir().unwrap();
    let (relay, _inbox) = relay(dir.path()).await;
    for token in ["0123456789abcdeX", "", "0123456789abcdef0"] {
        let (puller, _) = puller(dir.path(), &relay, token).await;
        assert!(matches!(puller.once(0).await, Err(PullError::Refused)), "{token}");
    }
    let bare = b"GET /events HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    assert_eq!(send(relay.address(), bare).await, (401, String::new()));
    // A receiver that is no relay has no such door.
    let running = Running::new().await;
    assert_eq!(running.send(bare).await, (404, String::new()));
}

#[tokio::test]
async fn a_relay_that_lost_its_store_is_read_from_the_beginning() {
    let (dir, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (relay, _inbox) = relay(dir.path()).await;
    assert_eq!(post(relay.address(), PATH, BODY).await.0, 200);
    let (mut inbox, reader) = inbox(other.path()).await;
    let url = format!("http://{}", relay.address());
    inbox.receive_pulled(&account(), &url, "deadbeef-900", &[]).await.unwrap();
    let (intake, inbox) = (Arc::new(Intake::plain(account())), Arc::new(Mutex::new(inbox)));
    let puller = Puller::new(&url, TOKEN.to_owned().into(), intake, reader, inbox).unwrap();
    assert_eq!(puller.once(0).await.unwrap(), (1, 1));
}

#[tokio::test]
async fn files_of_a_folder_are_taken_once_when_they_are_still() {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    std::fs::create_dir(&files).unwrap();
    let (inbox, reader) = inbox(dir.path()).await;
    let inbox = Arc::new(Mutex::new(inbox));
    let new = || Folder::new(files.clone(), Arc::new(Intake::plain(account())), inbox.clone());
    let mut folder = new();
    let write = |name: &str, text: &str| std::fs::write(files.join(name), text).unwrap();
    write("a.json", "{\"n\":1}");
    write("b.jsonl", "{\"n\":2}\n{\"n\":");
    write("c.json.tmp", "{\"n\":3}");
    assert_eq!(folder.look(Timestamp(1)).await, 0, "they may still be being written");
    write("b.jsonl", "{\"n\":2}\n{\"n\":4}\n");
    assert_eq!(folder.look(Timestamp(2)).await, 1);
    assert_eq!(folder.look(Timestamp(3)).await, 2);
    assert_eq!(folder.look(Timestamp(4)).await, 0);
    write("copy.json", "{\"n\":1}");
    write("bad.json", "<html>");
    for at in 5..8 {
        assert_eq!(folder.look(Timestamp(at)).await, 0);
    }
    assert_eq!(folder.health.refused.len(), 1);
    assert_eq!(folder.health.refused[0].0, "bad.json");
    // After a restart nothing is taken again.
    let mut folder = new();
    for at in 9..12 {
        assert_eq!(folder.look(Timestamp(at)).await, 0);
    }
    assert_eq!(reader.inbox_pending(10).await.unwrap().len(), 3);
    assert_eq!(std::fs::read_dir(&files).unwrap().count(), 5, "nothing was moved");
}
