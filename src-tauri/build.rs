//! What the window needs at build time; without the feature `desktop`, nothing.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=src-tauri/build.rs");
    #[cfg(feature = "desktop")]
    window()?;
    Ok(())
}

#[cfg(feature = "desktop")]
fn window() -> Result<(), Box<dyn std::error::Error>> {
    // Tauri looks beside Cargo.toml, which is not where our Rust lies. The page is embedded by a macro
    // that cargo cannot look into, so it must be told.
    for path in ["ui/dist", "src-tauri/capabilities", "src-tauri/permissions", "src-tauri/icons"] {
        println!("cargo:rerun-if-changed={path}");
    }
    let manifest =
        tauri_build::AppManifest::new().permissions_path_pattern("./src-tauri/permissions/**/*");
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .windows_attributes(
            tauri_build::WindowsAttributes::new().window_icon_path("src-tauri/icons/icon.ico"),
        )
        .app_manifest(manifest);
    Ok(tauri_build::try_build(attributes)?)
}
