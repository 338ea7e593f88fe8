//! What must be on the machine before anything is built: system packages, Node.js, the page's packages.
//! Rust's own version needs no check here: cargo compares it with `rust-version` before it builds xtask.

use std::{
    fs,
    io::{self, BufRead, IsTerminal, Write},
};

use crate::exec::{cargo, command, exists, line, npm, output, run, ui};

/// What a verb will do, and so what it needs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Look at the sources only.
    Sources,
    /// Build the app and open it here.
    Window,
    /// Build the app and open it on a display of its own.
    Headless,
    /// Build everything and drive the app and the page.
    Tests,
}

/// How its presence shows on a Linux that is not Debian's.
enum Proof {
    /// Any of these programs.
    Program(&'static [&'static str]),
    /// A library, as pkg-config calls it.
    Library(&'static str),
    /// Fonts: boxes on screen, but nothing fails without them.
    None,
}

struct Package {
    debian: &'static str,
    proof: Proof,
    needed_for: &'static [Purpose],
}

use Purpose::{Headless, Tests, Window};

const PACKAGES: [Package; 8] = [
    Package {
        debian: "libwebkit2gtk-4.1-dev",
        proof: Proof::Library("webkit2gtk-4.1"),
        needed_for: &[Window, Headless, Tests],
    },
    Package {
        debian: "fonts-noto-cjk",
        proof: Proof::None,
        needed_for: &[Window, Headless, Tests],
    },
    Package {
        debian: "fonts-noto-color-emoji",
        proof: Proof::None,
        needed_for: &[Window, Headless, Tests],
    },
    Package { debian: "xvfb", proof: Proof::Program(&["Xvfb"]), needed_for: &[Headless, Tests] },
    Package {
        debian: "imagemagick",
        proof: Proof::Program(&["import"]),
        needed_for: &[Headless, Tests],
    },
    Package {
        debian: "webkit2gtk-driver",
        proof: Proof::Program(&["WebKitWebDriver"]),
        needed_for: &[Tests],
    },
    // A bus of the test's own, on which it shows the app's notifications.
    Package { debian: "dbus", proof: Proof::Program(&["dbus-daemon"]), needed_for: &[Tests] },
    // Ubuntu has Chromium only as a snap, so a browser from elsewhere is as good.
    Package {
        debian: "chromium",
        proof: Proof::Program(&["chromium", "chromium-browser", "google-chrome"]),
        needed_for: &[Tests],
    },
];

/// Everything that `purpose` needs, installed where that is ours to do and named where it is not.
pub fn prepare(purpose: Purpose, yes: bool) -> Result<(), String> {
    system_packages(purpose, yes)?;
    rust_components(purpose)?;
    node()?;
    page_packages()
}

/// The page, built before any cargo build: Tauri embeds `ui/dist`, and an empty one without a word.
pub fn build_page() -> Result<(), String> {
    run(&mut npm(["run", "--silent", "build"]))
}

fn system_packages(purpose: Purpose, yes: bool) -> Result<(), String> {
    if cfg!(target_os = "windows") {
        return webview2();
    }
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let needed = PACKAGES.iter().filter(|package| package.needed_for.contains(&purpose));
    if is_debian() {
        let missing: Vec<_> =
            needed.filter(|p| !is_installed(p.debian) && !program_is_there(&p.proof)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        return install(&missing.iter().map(|package| package.debian).collect::<Vec<_>>(), yes);
    }
    let missing: Vec<_> = needed.filter(|package| !is_there(&package.proof)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let names: Vec<_> = missing.iter().map(|package| package.debian).collect();
    Err(format!(
        "This is not Debian or Ubuntu, so install by hand what Debian calls: {}",
        names.join(" ")
    ))
}

fn is_debian() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    exists("apt-get")
        && release
            .lines()
            .filter(|line| line.starts_with("ID=") || line.starts_with("ID_LIKE="))
            .any(|line| line.contains("debian") || line.contains("ubuntu"))
}

fn is_installed(package: &str) -> bool {
    output(&mut command("dpkg-query", ["-W", "-f", "${db:Status-Abbrev}", package]))
        .is_ok_and(|status| status.starts_with("ii"))
}

fn program_is_there(proof: &Proof) -> bool {
    matches!(proof, Proof::Program(names) if names.iter().any(|name| exists(name)))
}

fn is_there(proof: &Proof) -> bool {
    match proof {
        Proof::Program(_) => program_is_there(proof),
        Proof::Library(name) => output(&mut command("pkg-config", ["--exists", *name])).is_ok(),
        Proof::None => true,
    }
}

fn install(packages: &[&str], yes: bool) -> Result<(), String> {
    let root = output(&mut command("id", ["-u"]))?.trim() == "0";
    let apt: &[&str] = if root { &["apt-get"] } else { &["sudo", "apt-get"] };
    let apt = |args: &[&str]| {
        let mut words = apt.iter().chain(args).copied();
        let mut apt = command(words.next().unwrap_or_default(), words);
        apt.env("DEBIAN_FRONTEND", "noninteractive");
        apt
    };
    let mut update = apt(&["update"]);
    let mut install = apt(&[&["install", "-y", "--no-install-recommends"], packages].concat());
    let commands = format!("  {}\n  {}", line(&update), line(&install));
    println!("System packages are missing. To install them:\n{commands}");
    if !root && !yes && !agreed()? {
        return Err("Run these two lines, or this verb again with --yes.".into());
    }
    run(&mut update)?;
    run(&mut install)
}

fn agreed() -> Result<bool, String> {
    if !io::stdin().is_terminal() {
        return Ok(false);
    }
    print!("Run them now? [y/N] ");
    let mut answer = String::new();
    io::stdout()
        .flush()
        .and_then(|()| io::stdin().lock().read_line(&mut answer))
        .map_err(|e| format!("Cannot read the answer: {e}"))?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

/// Windows 11 has the runtime; an older Windows may not.
fn webview2() -> Result<(), String> {
    const RUNTIME: &str = r"Microsoft\EdgeUpdate\Clients\{F3017226-FE2A-4295-8BDF-00C3A9A7E4C5}";
    let keys = [
        format!(r"HKLM\SOFTWARE\WOW6432Node\{RUNTIME}"),
        format!(r"HKLM\SOFTWARE\{RUNTIME}"),
        format!(r"HKCU\SOFTWARE\{RUNTIME}"),
    ];
    if keys.iter().any(|key| output(&mut command("reg", ["query", key])).is_ok()) {
        return Ok(());
    }
    Err("Microsoft's WebView2 runtime is missing: install the Evergreen runtime from \
         https://developer.microsoft.com/microsoft-edge/webview2/"
        .into())
}

fn rust_components(purpose: Purpose) -> Result<(), String> {
    if purpose != Tests {
        return Ok(());
    }
    for component in ["fmt", "clippy"] {
        if output(&mut cargo([component, "--version"])).is_err() {
            return Err(format!(
                "`cargo {component}` is missing: run `rustup component add rustfmt clippy`."
            ));
        }
    }
    Ok(())
}

fn node() -> Result<(), String> {
    const WANTED: (u32, u32) = (20, 19);
    let found = output(&mut command("node", ["--version"])).ok();
    match found.as_deref().map(str::trim) {
        Some(version) if node_version(version).is_some_and(|found| found >= WANTED) => Ok(()),
        found => Err(format!(
            "Node.js {}.{} or newer is needed (found: {}): https://nodejs.org/en/download",
            WANTED.0,
            WANTED.1,
            found.unwrap_or("none")
        )),
    }
}

fn node_version(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.strip_prefix('v')?.split('.').map(str::parse);
    Some((parts.next()?.ok()?, parts.next()?.ok()?))
}

/// `npm ci`, unless `node_modules` was filled from this very lock file.
fn page_packages() -> Result<(), String> {
    let lock = fs::read(ui().join("package-lock.json"))
        .map_err(|e| format!("Cannot read ui/package-lock.json: {e}"))?;
    let stamp = ui().join("node_modules/.filled-from-package-lock.json");
    if fs::read(&stamp).is_ok_and(|filled_from| filled_from == lock) {
        return Ok(());
    }
    println!("Installing the page's packages (npm ci in ui/) …");
    run(&mut npm(["ci", "--no-audit", "--no-fund"]))?;
    fs::write(&stamp, lock).map_err(|e| format!("Cannot write {}: {e}", stamp.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn node_versions_are_compared_as_numbers() {
        assert_eq!(node_version("v20.19.0"), Some((20, 19)));
        assert!(node_version("v20.9.5").is_some_and(|found| found < (20, 19)));
        assert!(node_version("v22.1.0").is_some_and(|found| found > (20, 19)));
        assert_eq!(node_version("nonsense"), None);
    }
}
