//! The listener and its connections.
//!
//! All run on one thread. What a client can hold is bounded: the time to send a request and the time in which it
//! takes nothing of an answer, the size of a request's head, the number of connections, of which the oldest goes
//! when there are too many.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::AbortHandle;
use tokio::time::Sleep;

use super::answer::answer;
use super::stage::Stage;

/// Ports tried after the wanted one; then any.
const PORTS: u16 = 20;
/// Connections at once. A system often allows a process 1,024 open files.
const CONNECTIONS: usize = 800;
/// For the head of a request, and between two requests of a connection.
const REQUEST: Duration = Duration::from_secs(10);
/// For a client to take something of an answer.
const STALLED: Duration = Duration::from_secs(30);
/// Bytes of a request's head, about.
const HEAD: usize = 64 * 1024;

/// Binds the wanted port on the loopback address, or another one if it is taken.
///
/// # Errors
/// The port may not be used, or none is free.
pub(super) async fn bind(port: u16) -> io::Result<TcpListener> {
    let at = |port: u16| TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
    for port in port..=port.saturating_add(PORTS) {
        match at(port).await {
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            result => return result,
        }
    }
    at(0).await
}

/// Accepts connections for as long as it is polled.
pub(super) async fn accept(listener: TcpListener, stage: Arc<Stage>) {
    let mut connections: VecDeque<AbortHandle> = VecDeque::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Most often too many open files: there are to be fewer.
            connections.pop_front().inspect(AbortHandle::abort);
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        // Answers are short, and events are wanted at once.
        let _ = stream.set_nodelay(true);
        connections.retain(|c| !c.is_finished());
        if connections.len() >= CONNECTIONS
            && let Some(oldest) = connections.pop_front()
        {
            oldest.abort();
        }
        let stage = Arc::clone(&stage);
        let service = service_fn(move |request| answer(Arc::clone(&stage), request));
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(REQUEST)
            .max_buf_size(HEAD)
            .serve_connection(TokioIo::new(Paced { stream, stalled: None }), service);
        // A connection that breaks concerns nobody but its client.
        let task = tokio::spawn(async move { _ = connection.await });
        connections.push_back(task.abort_handle());
    }
}

/// A stream that breaks when nothing of what is written is taken for too long.
struct Paced {
    stream: TcpStream,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    fn paced(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(tokio::time::sleep(STALLED)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Paced {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buf)
    }
}

impl AsyncWrite for Paced {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buf: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.paced(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.paced(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
