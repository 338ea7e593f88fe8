//! The ways in for events: a receiver, a relay that is pulled from, a watched folder, for each account
//! that wants them. None that cannot be opened stops another, or the start.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    sync::Arc,
};

use secrecy::ExposeSecret as _;
use tokio::{
    sync::{Mutex, Notify, watch},
    task::JoinHandle,
};

use super::{StartError, demo::Demo, ground::Ground};
use crate::{
    accounts::{Kept, Keys, SignatureMode, Webhooks},
    hooks::{
        self, HookServerError, Intake, Receiver, ReceiverOptions, Seal, SignatureCheck,
        folder::{self, Folder, FolderHealth},
        relay::{self, Puller, RelayHealth},
    },
    ipc::setup::Ways,
    store::{InboxWriter, Reader},
    vendor::{profile::Profile, signing::Sign},
};

/// What the ways in are built on.
pub struct Arrivals<'a> {
    pub ground: &'a Ground,
    pub inbox: Arc<Mutex<InboxWriter>>,
    pub reader: Reader,
    pub wake: Arc<Notify>,
    pub stop: watch::Receiver<bool>,
}

/// What was opened.
#[derive(Default)]
pub struct Opened {
    pub receivers: Vec<Receiver>,
    pub tasks: Vec<JoinHandle<()>>,
    pub ways: Ways,
}

impl Arrivals<'_> {
    /// The demo's receiver comes first, because the simulator has to know where its webhooks go.
    pub async fn open(&self) -> Result<Opened, StartError> {
        let mut opened = Opened::default();
        if let Some(demo) = &self.ground.demo {
            let id = Demo::account();
            let known = self.ground.book.account(&id);
            let webhooks = known.map_or_else(Demo::webhooks, |kept| kept.webhooks);
            let receiver = self.receive(&webhooks, Intake::plain(id.clone())).await?;
            let at = receiver.address();
            demo.serve(&self.ground.book, webhooks, at, &self.ground.clock).await?;
            opened.ways.receivers.insert(id, Ok(at));
            opened.receivers.push(receiver);
        }
        for kept in self.ground.book.accounts() {
            let kept = self.compared(kept).await?;
            self.open_for(&kept, &mut opened).await?;
        }
        Ok(opened)
    }

    /// What matched under one algorithm says nothing of another: counting begins anew, and nothing is
    /// quarantined until enough matched again.
    async fn compared(&self, mut kept: Kept) -> Result<Kept, StartError> {
        let sign = self.ground.book.profile(&kept.id).profile.chatbot_sign();
        let by = sign.filter(|sign| *sign != Sign::None).map(|sign| sign.word().to_owned());
        if by != kept.webhooks.compared_by {
            self.inbox.lock().await.forget_signatures(&kept.id).await?;
            kept.webhooks.compared_by = by;
            kept.webhooks.mode = SignatureMode::RecordOnly;
            self.ground.book.keep(kept.clone())?;
        }
        Ok(kept)
    }

    async fn open_for(&self, kept: &Kept, opened: &mut Opened) -> Result<(), StartError> {
        let (keys, _) = self.ground.book.keychain.keys(&kept.id).await;
        let profile = self.ground.book.profile(&kept.id).profile;
        let webhooks = &kept.webhooks;
        let Intakes { mut each, trouble } = intakes(kept, &keys, &profile);
        if let Some(trouble) = trouble {
            tracing::error!(account = %kept.id, trouble, "encrypted events are not opened");
            opened.ways.sealed.insert(kept.id.clone(), trouble);
        }
        if let Some(Ok(seal)) = seal(kept, &keys) {
            let mut inbox = self.inbox.lock().await;
            hooks::open_sealed(&seal, &kept.id, &self.reader, &mut inbox).await?;
        }
        if webhooks.receive && !opened.ways.receivers.contains_key(&kept.id) {
            let listening = match self.receive(webhooks, each()).await {
                Ok(receiver) => {
                    let at = receiver.address();
                    opened.receivers.push(receiver);
                    Ok(at)
                }
                Err(error) if self.ground.book.is_for_this_session() => return Err(error.into()),
                Err(error) => {
                    tracing::error!(account = %kept.id, %error, "webhooks are not received");
                    Err(error.to_string())
                }
            };
            opened.ways.receivers.insert(kept.id.clone(), listening);
        }
        if let Some(url) = &webhooks.relay_url {
            self.pull(kept, url, &keys, each(), opened);
        }
        if let Some(path) = &webhooks.folder {
            let intake = Arc::new(each());
            let folder = Folder::new(PathBuf::from(path), intake, Arc::clone(&self.inbox));
            let (health, told) = watch::channel(FolderHealth::default());
            let (wake, clock) = (Arc::clone(&self.wake), Arc::clone(&self.ground.clock));
            let watched = folder::watch(folder, wake, clock, health, self.stop.clone());
            opened.tasks.push(tokio::spawn(watched));
            opened.ways.folders.insert(kept.id.clone(), told);
        }
        Ok(())
    }

    fn pull(&self, kept: &Kept, url: &str, keys: &Keys, intake: Intake, opened: &mut Opened) {
        let (reader, inbox) = (self.reader.clone(), Arc::clone(&self.inbox));
        let puller = keys.relay_token.clone().ok_or("its token is not at hand".to_owned());
        let puller = puller.and_then(|token| {
            Puller::new(url, token, Arc::new(intake), reader, inbox).map_err(|e| e.to_string())
        });
        let relay = puller.map(|puller| {
            let (health, told) = watch::channel(RelayHealth::default());
            let (wake, clock) = (Arc::clone(&self.wake), Arc::clone(&self.ground.clock));
            let pulled = relay::pull(puller, wake, clock, health, self.stop.clone());
            opened.tasks.push(tokio::spawn(pulled));
            told
        });
        if let Err(trouble) = &relay {
            tracing::error!(account = %kept.id, trouble, "the relay is not pulled from");
        }
        opened.ways.relays.insert(kept.id.clone(), relay);
    }

    async fn receive(
        &self,
        webhooks: &Webhooks,
        intake: Intake,
    ) -> Result<Receiver, HookServerError> {
        let local = IpAddr::from([127, 0, 0, 1]);
        let bind = SocketAddr::new(webhooks.bind.parse().unwrap_or(local), webhooks.port);
        let options = ReceiverOptions::one(bind, webhooks.path(), intake);
        let (inbox, wake) = (Arc::clone(&self.inbox), Arc::clone(&self.wake));
        hooks::serve(options, inbox, wake, Arc::clone(&self.ground.clock)).await
    }
}

/// How the account's bodies are taken in, and why encrypted ones are not opened.
struct Intakes<F> {
    each: F,
    trouble: Option<String>,
}

/// Signatures are compared once the user has said how: the algorithm is the profile's, key and secret
/// are the chatbot's.
fn intakes<'a>(
    kept: &'a Kept,
    keys: &'a Keys,
    profile: &'a Profile,
) -> Intakes<impl FnMut() -> Intake + 'a> {
    let trouble = seal(kept, keys).and_then(Result::err);
    let each = move || Intake {
        signature: check(kept, keys, profile),
        seal: seal(kept, keys).and_then(Result::ok),
        ..Intake::plain(kept.id.clone())
    };
    Intakes { each, trouble }
}

fn seal(kept: &Kept, keys: &Keys) -> Option<Result<Seal, String>> {
    let spec = kept.webhooks.aes.as_deref()?;
    let key = keys.aes_key.as_ref().ok_or("the key is not at hand".to_owned());
    let field = kept.webhooks.aes_field.clone();
    Some(key.and_then(|key| Seal::parse(spec, key, field).map_err(|error| error.to_string())))
}

fn check(kept: &Kept, keys: &Keys, profile: &Profile) -> Option<SignatureCheck> {
    let algorithm = profile.chatbot_sign().filter(|sign| *sign != Sign::None)?;
    let (key, secret) = keys.chatbot()?;
    Some(SignatureCheck {
        algorithm,
        key: key.expose_secret().to_owned(),
        secret: secret.clone(),
        enforce: kept.webhooks.mode == SignatureMode::Enforce,
    })
}
