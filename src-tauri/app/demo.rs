//! The built-in simulator as an account: it runs on while the core starts again.

use std::{net::SocketAddr, sync::Arc};

use secrecy::SecretString;
use tokio::sync::Mutex;

use super::{Options, StartError};
use crate::{
    accounts::{Book, Kept, Keys, Webhooks},
    domain::{ids::AccountId, line::Line, mask::Mask},
    sim::{Script, World},
    sim_server::{self, HookDelivery, ServeOptions},
    vendor::Clock,
};

/// The simulator is ours: it may be asked as fast as the screen likes.
const BUDGET_PER_S: f64 = 40.0;

pub struct Demo {
    seed: u64,
    speed: f64,
    budget: f64,
    mask: Mask,
    read_only: bool,
    simulator: Mutex<Option<sim_server::Running>>,
}

impl Demo {
    pub fn new(seed: u64, speed: f64, options: &Options) -> Self {
        let budget = options.budget.unwrap_or(BUDGET_PER_S);
        let (mask, read_only) = (options.mask, options.read_only);
        Self { seed, speed, budget, mask, read_only, simulator: Mutex::default() }
    }

    pub fn account() -> AccountId {
        AccountId::new("demo")
    }

    /// How its events arrive before it was started: anywhere on this computer.
    pub fn webhooks() -> Webhooks {
        Webhooks { receive: true, ..Webhooks::new() }
    }

    /// Serves the world and enters it as an account, once in a run. `at` is where its webhooks go, and
    /// go again after the core started again.
    pub async fn serve(
        &self,
        book: &Book,
        webhooks: Webhooks,
        at: SocketAddr,
        clock: &Clock,
    ) -> Result<(), StartError> {
        let mut simulator = self.simulator.lock().await;
        if simulator.is_some() {
            return Ok(());
        }
        let url = format!("http://{at}{}", webhooks.path());
        let running = simulate(self.seed, self.speed, &url, clock).await?;
        let keys = {
            let world = sim_server::lock(&running.world);
            Keys {
                key: Some(SecretString::from(world.script().key.clone())),
                secret: Some(SecretString::from(world.script().secret.clone())),
                ..Keys::default()
            }
        };
        book.keychain.keep(&Self::account(), keys).await;
        book.keep_profile(&Self::account(), &sim_server::profile_text(false))?;
        book.keep(Kept {
            id: Self::account(),
            name: "Demo".to_owned(),
            colour: "#8a6d3b".to_owned(),
            base_url: running.base_url.clone(),
            key_hint: String::new(),
            lines: Line::WITH_TASKS.to_vec(),
            mask: self.mask,
            read_only: self.read_only,
            budget: self.budget,
            callee_zone: None,
            demo: true,
            webhooks: Webhooks { port: at.port(), ..webhooks },
        })?;
        *simulator = Some(running);
        Ok(())
    }

    pub async fn end(&self) {
        if let Some(simulator) = self.simulator.lock().await.take()
            && let Err(error) = simulator.shutdown().await
        {
            tracing::error!(%error, "the simulator ended badly");
        }
    }
}

/// The demo's vendor, served over loopback like a real one.
async fn simulate(
    seed: u64,
    speed: f64,
    hook_url: &str,
    clock: &Clock,
) -> Result<sim_server::Running, StartError> {
    let wall = Arc::clone(clock);
    let clock = sim_server::at_speed(Arc::new(move || wall().millis()), speed);
    let world = sim_server::share(World::new(Script::demo(seed).starting(clock())));
    let hooks = Some(HookDelivery::to(hook_url)?);
    Ok(sim_server::serve(world, ServeOptions { hooks, ..ServeOptions::new(clock) }).await?)
}
