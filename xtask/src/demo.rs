//! The app on the built-in simulator.

use std::{
    env, fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf, absolute},
    process::{Child, Stdio},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use crate::{
    display::Display,
    exec::{cargo, command, run, target},
    options::Options,
    setup::{self, Purpose},
};

/// Opens the app, here or on a display of its own.
pub fn demo(options: &Options) -> Result<(), String> {
    if !options.headless && cfg!(target_os = "linux") && !has_display() {
        return Err("There is no display here (DISPLAY and WAYLAND_DISPLAY are not set).\n\
             The same app without one, with a picture of it at the end:\n  \
             cargo xtask demo --headless --for 30s --screenshot out.png"
            .into());
    }
    let purpose = if options.headless { Purpose::Headless } else { Purpose::Window };
    if options.headless && !cfg!(target_os = "linux") {
        return Err(
            "--headless needs an X server without a screen, so it works on Linux only.".into()
        );
    }
    setup::prepare(purpose, options.yes)?;
    setup::build_page()?;
    let app = build(options.release)?;
    let arguments = arguments(options);
    if options.headless {
        return headless(&app, &arguments, options);
    }
    println!("Opening the app with demo data; close its window to end it.");
    run(&mut command(&app, &arguments))
}

/// Builds the app and says where it lies. Unoptimised unless told: a newcomer waits less for the build
/// than he gains by it.
pub fn build(release: bool) -> Result<PathBuf, String> {
    let mut args = vec!["build", "--features", "desktop", "--bin", "wheelhouse"];
    if release {
        args.push("--release");
    }
    run(&mut cargo(args))?;
    let folder = target()?.join(if release { "release" } else { "debug" });
    Ok(folder.join("wheelhouse").with_extension(env::consts::EXE_EXTENSION))
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|v| !v.is_empty()))
}

fn arguments(options: &Options) -> Vec<String> {
    let mut arguments = vec!["--demo".to_owned()];
    for (name, value) in [("--seed", &options.seed), ("--speed", &options.speed)] {
        if let Some(value) = value {
            arguments.extend([name.to_owned(), value.clone()]);
        }
    }
    arguments
}

fn headless(app: &Path, arguments: &[String], options: &Options) -> Result<(), String> {
    let run_for = options.run_for.unwrap_or(Duration::from_secs(30));
    let display = Display::start()?;
    let mut window = Window::open(app, arguments, &display)?;
    println!("The first rows were on screen after {} ms.", window.painted_after.as_millis());
    window.stay(run_for)?;
    if let Some(file) = &options.screenshot {
        let file = absolute(file).map_err(|e| format!("{}: {e}", file.display()))?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
        }
        display.picture(&file)?;
        println!("Picture: {}", file.display());
    }
    window.close()
}

/// The running app, with its first rows painted.
pub struct Window {
    app: Child,
    /// From the start of the process until rows were on screen.
    pub painted_after: Duration,
}

impl Window {
    /// Starts it and waits until it reports rows on screen.
    pub fn open(app: &Path, arguments: &[String], display: &Display) -> Result<Self, String> {
        const PATIENCE: Duration = Duration::from_secs(60);
        let mut app = command(app, arguments);
        display.show(app.arg("--report-start").stdout(Stdio::piped()));
        let started = Instant::now();
        let mut child = app.spawn().map_err(|e| format!("Cannot start the app: {e}"))?;
        let (say, reported) = mpsc::channel();
        if let Some(stdout) = child.stdout.take() {
            thread::spawn(move || {
                for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                    if line.contains("\"painted_ms\"") {
                        // Nobody listens when the wait is over; the app must not block on its output.
                        let _ = say.send(started.elapsed());
                    }
                }
            });
        }
        let mut window = Self { app: child, painted_after: PATIENCE };
        match reported.recv_timeout(PATIENCE) {
            Ok(painted_after) => window.painted_after = painted_after,
            Err(mpsc::RecvTimeoutError::Disconnected) => return Err(window.ended()),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                return Err(format!("The app showed no rows within {} s.", PATIENCE.as_secs()));
            }
        }
        Ok(window)
    }

    /// Leaves it open; an app that ends by itself is an error.
    fn stay(&mut self, how_long: Duration) -> Result<(), String> {
        let until = Instant::now() + how_long;
        while Instant::now() < until {
            if self.has_ended() {
                return Err(self.ended());
            }
            thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }

    /// Asks it to end, as a shell would, so that it removes its temporary folder.
    pub fn close(mut self) -> Result<(), String> {
        run(&mut command("kill", [self.app.id().to_string()]))?;
        let patience = Instant::now() + Duration::from_secs(10);
        while !self.has_ended() {
            if Instant::now() > patience {
                return Err("The app did not end when asked to, so it was killed.".into());
            }
            thread::sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn has_ended(&mut self) -> bool {
        !matches!(self.app.try_wait(), Ok(None))
    }

    fn ended(&mut self) -> String {
        match self.app.wait() {
            Ok(status) => format!("The app ended by itself with {status}."),
            Err(problem) => format!("The app ended by itself: {problem}"),
        }
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It may be gone already; there is nobody to tell.
        let _ = self.app.kill();
        let _ = self.app.wait();
    }
}
