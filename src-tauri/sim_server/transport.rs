//! The world in the place of the network, for a client in the same process.

use std::time::Duration;

use super::{Clock, SharedWorld, lock};
use crate::{
    sim::{Delivery, Reply},
    vendor::transport::{Answer, Request, Response, Transport, TransportError},
};

/// Answers from a world at the time of a clock. Whatever host a request names, the world answers.
#[derive(Clone)]
pub struct SimTransport {
    world: SharedWorld,
    clock: Clock,
}

impl SimTransport {
    pub fn new(world: SharedWorld, clock: Clock) -> Self {
        Self { world, clock }
    }
}

impl Transport for SimTransport {
    fn send<'a>(&'a self, request: Request, limit: usize) -> Answer<'a> {
        Box::pin(async move {
            let reply = lock(&self.world).handle((self.clock)(), &request);
            if reply.delay_ms > 0 {
                tokio::time::sleep(Duration::from_millis(reply.delay_ms)).await;
            }
            received(reply, limit)
        })
    }
}

fn received(reply: Reply, limit: usize) -> Result<Response, TransportError> {
    let cut = |what: &str| Err(TransportError::Cut(what.to_owned()));
    match reply.delivery {
        Delivery::Reset => cut("the connection was reset"),
        Delivery::Cut { after } if after <= limit => cut("the body ended early"),
        Delivery::Cut { .. } => Err(TransportError::TooLarge { limit }),
        Delivery::Whole if reply.response.body.len() > limit => {
            Err(TransportError::TooLarge { limit })
        }
        Delivery::Whole => Ok(reply.response),
    }
}
