//! A display without a screen.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

use crate::exec::{command, run};

/// An X server of its own, gone when this is dropped.
pub struct Display {
    server: Child,
    name: String,
}

impl Display {
    pub fn start() -> Result<Self, String> {
        // With -displayfd the server picks a free number and says so when it is ready to be used.
        let args = ["-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp"];
        let mut server = command("Xvfb", args)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|e| format!("Cannot start Xvfb: {e}"))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout.take() {
            BufReader::new(stdout)
                .read_line(&mut number)
                .map_err(|e| format!("Xvfb did not say which display it is: {e}"))?;
        }
        let display = Self { server, name: format!(":{}", number.trim()) };
        match number.trim().parse::<u32>() {
            Ok(_) => Ok(display),
            Err(_) => Err("Xvfb did not start.".into()),
        }
    }

    /// Makes `command` open its windows here.
    pub fn show<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        command.env("DISPLAY", &self.name).env("GDK_BACKEND", "x11").env_remove("WAYLAND_DISPLAY")
    }

    /// Everything that it shows, as a picture.
    pub fn picture(&self, file: &Path) -> Result<(), String> {
        run(self.show(command("import", ["-window", "root"]).arg(file)))
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It may be gone already; there is nobody to tell.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
