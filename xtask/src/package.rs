//! The installable package, and what it weighs.

use std::{
    fs,
    path::{Path, PathBuf},
};

use crate::{
    exec::{command, root, run, target},
    options::Options,
    setup::{self, Purpose},
};

/// Only packing needs it, so it is no dependency of the page.
const TAURI_CLI: &str = "@tauri-apps/cli@~2.12.5";

pub fn package(options: &Options) -> Result<(), String> {
    setup::prepare(Purpose::Window, options.yes)?;
    // The Tauri CLI builds the page itself, as tauri.conf.json says.
    run(&mut command("npx", ["--yes", TAURI_CLI, "build", "--bundles", "deb"]))?;
    let release = target()?.join("release");
    let deb = newest(&release.join("bundle/deb"), "deb")?;
    println!("\n{}", deb.display());
    let sizes = [
        ("deb_mb", megabytes(&deb)?),
        ("binary_mb", megabytes(&release.join("wheelhouse"))?),
        ("js_gzip_kb", scripts_gzipped(&root().join("ui/dist"))? as f64 / 1e3),
    ];
    let mut flat = serde_json::Map::new();
    for (key, size) in sizes {
        println!("{key:>12}  {size:.1}");
        flat.insert(key.into(), ((size * 10.0).round() / 10.0).into());
    }
    let Some(file) = &options.json else { return Ok(()) };
    let text = serde_json::to_string_pretty(&flat).map_err(|e| e.to_string())?;
    fs::write(file, text + "\n").map_err(|e| format!("Cannot write {}: {e}", file.display()))
}

fn megabytes(file: &Path) -> Result<f64, String> {
    let size = fs::metadata(file).map_err(|e| format!("{}: {e}", file.display()))?.len();
    Ok(size as f64 / 1e6)
}

fn newest(folder: &Path, extension: &str) -> Result<PathBuf, String> {
    files(folder)?
        .into_iter()
        .filter(|file| file.extension().is_some_and(|found| found == extension))
        .max_by_key(|file| fs::metadata(file).and_then(|about| about.modified()).ok())
        .ok_or_else(|| format!("No .{extension} in {}", folder.display()))
}

/// What the page's scripts weigh when compressed, in bytes.
fn scripts_gzipped(folder: &Path) -> Result<usize, String> {
    let mut bytes = 0;
    for file in files(folder)? {
        if file.extension().is_some_and(|found| found == "js") {
            let gzipped = command("gzip", ["-9", "--stdout"])
                .arg(&file)
                .output()
                .map_err(|e| format!("gzip: {e}"))?;
            bytes += gzipped.stdout.len();
        }
    }
    Ok(bytes)
}

/// All files below a folder.
fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let mut found = Vec::new();
    let entries = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    for entry in entries {
        let path = entry.map_err(|e| format!("{}: {e}", folder.display()))?.path();
        if path.is_dir() { found.extend(files(&path)?) } else { found.push(path) }
    }
    Ok(found)
}
