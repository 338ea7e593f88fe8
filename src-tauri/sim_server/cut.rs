//! A body that breaks off.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// Promises `length` bytes, gives `first`, then fails, which makes the server drop the connection.
pub(super) struct CutBody {
    first: Option<Bytes>,
    length: u64,
    pause: u8,
}

impl CutBody {
    pub(super) fn new(whole: &Bytes, after: usize) -> Self {
        let first = whole.slice(..after.min(whole.len()));
        let length = u64::try_from(whole.len()).unwrap_or(u64::MAX);
        Self { first: Some(first), length, pause: 1 }
    }
}

impl Body for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        if let Some(first) = self.first.take().filter(|f| !f.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        // One turn of waiting lets the server flush what it has before it drops the connection.
        if self.pause > 0 {
            self.pause -= 1;
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(Some(Err(io::Error::from(io::ErrorKind::ConnectionReset))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.length)
    }
}
