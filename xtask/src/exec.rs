//! Running other programs.

use std::{
    env,
    ffi::OsStr,
    io::{self, BufRead, BufReader},
    path::{Path, PathBuf},
    process::{ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    thread,
    time::Duration,
};

/// How long a step that has ended may keep its output open.
const PATIENCE: Duration = Duration::from_secs(10);

pub fn root() -> PathBuf {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().unwrap_or(manifest).to_path_buf()
}

pub fn ui() -> PathBuf {
    root().join("ui")
}

/// Where cargo puts what it builds: this program was built there too, as `<target>/debug/xtask`.
pub fn target() -> Result<PathBuf, String> {
    let own = env::current_exe().map_err(|e| format!("Cannot tell where xtask lies: {e}"))?;
    let target = own.ancestors().nth(2).ok_or("Cannot tell where the build folder is.")?;
    Ok(target.to_path_buf())
}

/// A command that runs in the root of the repository.
pub fn command<S: AsRef<OsStr>>(
    program: impl AsRef<OsStr>,
    args: impl IntoIterator<Item = S>,
) -> Command {
    let mut command = Command::new(program);
    command.args(args).current_dir(root());
    command
}

pub fn cargo<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), args)
}

/// npm, in the folder of the page.
pub fn npm<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" }, args);
    npm.current_dir(ui());
    npm
}

/// Runs it with our own output; an error names the command.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|e| cannot_start(command, &e))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", line(command))) }
}

/// What it prints; an error has what it complained about.
pub fn output(command: &mut Command) -> Result<String, String> {
    let output = command.stdin(Stdio::null()).output().map_err(|e| cannot_start(command, &e))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let complaint = String::from_utf8_lossy(&output.stderr);
        Err(format!("{} ended with {}\n{complaint}", line(command), output.status))
    }
}

/// Runs it, shows each line that it prints and hands it on too. A process that it left behind and that
/// holds its output open is an error instead of an endless wait.
pub fn run_reading(command: &mut Command, mut read: impl FnMut(&str)) -> Result<(), String> {
    let mut child =
        command.stdout(Stdio::piped()).spawn().map_err(|e| cannot_start(command, &e))?;
    let lines = child.stdout.take().map(lines_of).ok_or("Its output cannot be read.")?;
    let mut status = None;
    loop {
        match lines.recv_timeout(PATIENCE) {
            Ok(text) => {
                let text =
                    text.map_err(|e| format!("{}: its output broke off: {e}", line(command)))?;
                println!("{text}");
                read(&text);
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) if status.is_some() => {
                return Err(format!("{} left a process behind that never ends", line(command)));
            }
            Err(RecvTimeoutError::Timeout) => {
                status = child.try_wait().map_err(|e| format!("{}: {e}", line(command)))?;
            }
        }
    }
    let status = child.wait().map_err(|e| format!("{}: {e}", line(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", line(command))) }
}

/// Its lines as they come, from a thread of their own.
fn lines_of(output: ChildStdout) -> Receiver<io::Result<String>> {
    let (sender, lines) = mpsc::sync_channel(1024);
    thread::spawn(move || {
        for bytes in BufReader::new(output).split(b'\n') {
            let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            if sender.send(text).is_err() {
                break;
            }
        }
    });
    lines
}

/// Whether a program of that name can be started.
pub fn exists(program: &str) -> bool {
    env::var_os("PATH").is_some_and(|path| {
        env::split_paths(&path)
            .any(|folder| folder.join(program).with_extension(env::consts::EXE_EXTENSION).is_file())
    })
}

/// The command as a person would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn cannot_start(command: &Command, problem: &std::io::Error) -> String {
    format!("Cannot start {}: {problem}", line(command))
}
