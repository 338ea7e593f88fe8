//! The real app under WebKitWebDriver: started, driven, and ended again whatever happens.

use std::{
    env,
    future::Future,
    net::{TcpListener, TcpStream},
    os::unix::process::CommandExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use fantoccini::{Client, ClientBuilder, wd::Capabilities};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;
use tempfile::TempDir;

use crate::page::Page;

/// Opens the built app with `arguments`, lets `walk` drive it and closes it. A walk that fails leaves a
/// picture of what was on screen in the target folder.
pub async fn with_app<W, F>(arguments: &[&str], walk: W)
where
    W: FnOnce(Page) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    // No bus, so no keychain: what a walk types is never left in that of whoever runs it.
    with_app_on("disabled:", arguments, walk).await;
}

/// The same with a session bus at that address.
pub async fn with_app_on<W, F>(bus: &str, arguments: &[&str], walk: W)
where
    W: FnOnce(Page) -> F,
    F: Future<Output = ()> + Send + 'static,
{
    let driver = Driver::start(bus);
    let client = driver.open(arguments).await;
    let page = Page::new(client.clone());
    // In a task of its own, so that a failed assertion comes back here.
    let outcome = tokio::spawn(walk(page.clone())).await;
    if outcome.is_err() {
        let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("desktop-failed.png");
        page.picture(&file).await;
        eprintln!("the window when it failed: {}\n{}", file.display(), page.words().await);
    }
    let closed = client.close().await;
    if let Err(failure) = outcome {
        std::panic::resume_unwind(failure.into_panic());
    }
    closed.expect("the app ends with its session");
}

struct Driver {
    process: Child,
    port: u16,
    /// The app's home for this walk: a language or a theme chosen here is nobody else's.
    _home: TempDir,
}

impl Driver {
    fn start(bus: &str) -> Self {
        assert!(
            env::var_os("DISPLAY").is_some(),
            "no display: run `cargo xtask test`, or this under `xvfb-run -a`"
        );
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let home = tempfile::tempdir().unwrap();
        let process = Command::new("WebKitWebDriver")
            .args(["--host=127.0.0.1", &format!("--port={port}")])
            // The app inherits it; without it the web view refuses to be driven.
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("XDG_CONFIG_HOME", home.path().join("config"))
            .env("DBUS_SESSION_BUS_ADDRESS", bus)
            .stdin(Stdio::null())
            // The app becomes one of its group, and can be ended with it.
            .process_group(0)
            .spawn()
            .expect("WebKitWebDriver is installed (Debian: webkit2gtk-driver)");
        let driver = Self { process, port, _home: home };
        let patience = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < patience, "WebKitWebDriver does not answer on port {port}");
            thread::sleep(Duration::from_millis(50));
        }
        driver
    }

    async fn open(&self, arguments: &[&str]) -> Client {
        let app = env!("CARGO_BIN_EXE_wheelhouse");
        let mut capabilities = Capabilities::new();
        capabilities
            .insert("webkitgtk:browserOptions".into(), json!({ "binary": app, "args": arguments }));
        ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{}", self.port))
            .await
            .expect("the app opens its window")
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // The driver answers before it has ended the app, and an app that outlives it would hold our
        // output open for ever. They may be gone already; there is nobody to tell.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}
