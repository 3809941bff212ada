//! The line between the program and a PostgreSQL server, which a test can cut.

use anyhow::Result;
use std::path::PathBuf;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// How the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineState {
    /// Everything passes.
    Whole,
    /// What was connected is cut off, and who connects is too.
    Cut,
    /// Nobody is cut off, and nothing passes.
    Silent,
}

/// A port that leads to the server's socket.
pub struct CutLine {
    port: u16,
    state: watch::Sender<LineState>,
    task: JoinHandle<()>,
}

impl CutLine {
    /// Leads to the server whose socket is in that directory.
    ///
    /// # Errors
    /// No port is free.
    pub async fn to(directory: &std::path::Path) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let (state, states) = watch::channel(LineState::Whole);
        let socket = directory.join(".s.PGSQL.5432");
        let task = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, socket.clone(), states.clone()));
            }
        });
        Ok(Self { port, state, task })
    }

    /// Reaches the database of that name through the line.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        format!("postgres://afterword@127.0.0.1:{}/{database}?sslmode=disable", self.port)
    }

    /// From now on it is so. Connections made while it was another way are cut off, or hang while it is silent.
    pub fn set(&self, state: LineState) {
        self.state.send_replace(state);
    }
}

impl Drop for CutLine {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// One connection, for as long as the line is as it was.
async fn pass(mut client: TcpStream, socket: PathBuf, mut states: watch::Receiver<LineState>) -> Result<()> {
    let state = *states.borrow_and_update();
    if state == LineState::Cut {
        return Ok(());
    }
    let mut server = UnixStream::connect(socket).await?;
    let passing = async {
        match state {
            LineState::Silent => std::future::pending().await,
            _ => copy_bidirectional(&mut client, &mut server).await,
        }
    };
    tokio::select! {
        _ = passing => return Ok(()),
        _ = states.changed() => {}
    }
    if *states.borrow_and_update() == LineState::Silent {
        // Held open, so that its ends know nothing, until the line is another way again.
        let _ = states.changed().await;
    }
    Ok(())
}
