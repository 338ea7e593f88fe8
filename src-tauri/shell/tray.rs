//! The icon in the desktop's tray: how many warnings hold, and the way to them. What it says is `ipc`'s.
//!
//! A desktop without a tray is no error: the number stands in the window too.

use std::{sync::Arc, time::Duration};

use tauri::{AppHandle, Manager, async_runtime, image::Image};
use tokio::time::{Instant, sleep};

use super::{badge::badged, notices::Words, window};
use crate::{app::Running, ipc::tray::Tray};

#[cfg(target_os = "linux")]
use bus::Icon;
#[cfg(not(target_os = "linux"))]
use system::Icon;

const EVERY: Duration = Duration::from_secs(1);
/// A desktop that took no icon is asked again.
const AGAIN: Duration = Duration::from_secs(60);

/// What a person chose there.
#[derive(Clone, Copy)]
pub enum Chosen {
    Window,
    Warnings,
    Mute(bool),
    Quit,
}

/// Called on a thread that must not wait.
pub type Choose = Arc<dyn Fn(Chosen) + Send + Sync>;

/// Keeps the icon as long as the app runs.
pub async fn stand(handle: AppHandle, running: Running) {
    let Some(plain) = handle.default_window_icon().cloned().map(Image::to_owned) else { return };
    let choose = choose(handle.clone(), running.clone());
    let (mut icon, mut shown, mut next) = (None::<Icon>, None::<Tray>, Instant::now());
    loop {
        sleep(EVERY).await;
        // Without words the page is not there yet.
        let Some(words) = handle.state::<Words>().now() else { continue };
        let tray = Tray::of(&words.tray, running.desk().ok().as_ref());
        if shown.as_ref() == Some(&tray) || Instant::now() < next {
            continue;
        }
        let (old, picture, choose, app) =
            (icon.take(), badged(&plain, tray.count), Arc::clone(&choose), handle.clone());
        let wanted = tray.clone();
        let work = move || match old {
            Some(icon) => icon.show(wanted, picture).map(|()| icon),
            None => Icon::open(&app, choose, wanted, picture),
        };
        match async_runtime::spawn_blocking(work).await.unwrap_or_else(|e| Err(e.to_string())) {
            Ok(standing) => (icon, shown) = (Some(standing), Some(tray)),
            Err(why) => {
                tracing::debug!(why, "the desktop's tray takes no icon");
                (shown, next) = (None, Instant::now() + AGAIN);
            }
        }
    }
}

fn choose(handle: AppHandle, running: Running) -> Choose {
    Arc::new(move |chosen| match chosen {
        Chosen::Window => window::lead(&handle, None),
        Chosen::Warnings => window::lead(&handle, Some("wheelhouse://alerts".to_owned())),
        Chosen::Quit => handle.exit(0),
        Chosen::Mute(on) => {
            let running = running.clone();
            async_runtime::spawn(async move {
                let Ok(desk) = running.desk() else { return };
                if let Err(error) = desk.mute_notices(on).await {
                    tracing::error!(%error, "notifications could not be muted");
                }
            });
        }
    })
}

/// On Linux over the bus: no library of the system is needed for it.
#[cfg(target_os = "linux")]
mod bus {
    use ksni::{
        MenuItem, ToolTip,
        blocking::{Handle, TrayMethods},
        menu::{CheckmarkItem, StandardItem},
    };
    use tauri::{AppHandle, image::Image};

    use super::{Choose, Chosen, Tray};

    pub struct Icon(Handle<Standing>);

    struct Standing {
        tray: Tray,
        picture: ksni::Icon,
        choose: Choose,
    }

    impl Icon {
        /// Waits for the bus; where no tray is there yet, the icon comes with it.
        pub fn open(
            _app: &AppHandle,
            choose: Choose,
            tray: Tray,
            picture: Image<'static>,
        ) -> Result<Self, String> {
            let standing = Standing { tray, picture: argb(&picture), choose };
            let opened = standing.assume_sni_available(true).spawn();
            opened.map(Self).map_err(|error| error.to_string())
        }

        /// Waits for the bus.
        pub fn show(&self, tray: Tray, picture: Image<'static>) -> Result<(), String> {
            let shown = self.0.update(|standing| {
                (standing.tray, standing.picture) = (tray, argb(&picture));
            });
            shown.ok_or_else(|| "the tray is gone".to_owned())
        }
    }

    impl ksni::Tray for Standing {
        fn id(&self) -> String {
            "wheelhouse".to_owned()
        }

        fn title(&self) -> String {
            format!("Wheelhouse: {}", self.tray.title)
        }

        fn icon_pixmap(&self) -> Vec<ksni::Icon> {
            vec![self.picture.clone()]
        }

        fn tool_tip(&self) -> ToolTip {
            ToolTip { title: self.title(), ..ToolTip::default() }
        }

        fn activate(&mut self, _x: i32, _y: i32) {
            (self.choose)(Chosen::Window);
        }

        fn menu(&self) -> Vec<MenuItem<Self>> {
            let item = |label: &str, chosen| {
                MenuItem::from(StandardItem {
                    label: unmarked(label),
                    activate: Box::new(move |own: &mut Self| (own.choose)(chosen)),
                    ..StandardItem::default()
                })
            };
            let mute = CheckmarkItem {
                label: unmarked(&self.tray.mute),
                checked: self.tray.muted,
                activate: Box::new(|own: &mut Self| {
                    own.tray.muted = !own.tray.muted;
                    (own.choose)(Chosen::Mute(own.tray.muted));
                }),
                ..CheckmarkItem::default()
            };
            vec![
                item(&self.tray.title, Chosen::Warnings),
                item(&self.tray.show, Chosen::Window),
                mute.into(),
                MenuItem::Separator,
                item(&self.tray.quit, Chosen::Quit),
            ]
        }
    }

    /// A single underscore would mark a key.
    fn unmarked(label: &str) -> String {
        label.replace('_', "__")
    }

    fn argb(picture: &Image<'_>) -> ksni::Icon {
        let mut data = picture.rgba().to_vec();
        data.chunks_exact_mut(4).for_each(|pixel| pixel.rotate_right(1));
        let side = |length: u32| i32::try_from(length).unwrap_or(0);
        ksni::Icon { width: side(picture.width()), height: side(picture.height()), data }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use tauri::{
        AppHandle,
        image::Image,
        menu::{CheckMenuItem, Menu, MenuItem, PredefinedMenuItem},
        tray::{TrayIcon, TrayIconBuilder},
    };

    use super::{Choose, Chosen, Tray};

    pub struct Icon {
        app: AppHandle,
        icon: TrayIcon,
    }

    impl Icon {
        pub fn open(
            app: &AppHandle,
            choose: Choose,
            tray: Tray,
            picture: Image<'static>,
        ) -> Result<Self, String> {
            let builder = TrayIconBuilder::new().on_menu_event(move |_, event| {
                let chosen = match event.id().as_ref() {
                    "warnings" => Chosen::Warnings,
                    "window" => Chosen::Window,
                    "mute" => Chosen::Mute(true),
                    "unmute" => Chosen::Mute(false),
                    "quit" => Chosen::Quit,
                    _ => return,
                };
                choose(chosen);
            });
            let icon = builder.build(app).map_err(|error| error.to_string())?;
            let own = Self { app: app.clone(), icon };
            own.show(tray, picture)?;
            Ok(own)
        }

        pub fn show(&self, tray: Tray, picture: Image<'static>) -> Result<(), String> {
            self.change(&tray, picture).map_err(|error| error.to_string())
        }

        fn change(&self, tray: &Tray, picture: Image<'static>) -> tauri::Result<()> {
            let item =
                |id: &str, words: &str| MenuItem::with_id(&self.app, id, words, true, None::<&str>);
            let id = if tray.muted { "unmute" } else { "mute" };
            let mute =
                CheckMenuItem::with_id(&self.app, id, &tray.mute, true, tray.muted, None::<&str>)?;
            let menu = Menu::with_items(
                &self.app,
                &[
                    &item("warnings", &tray.title)?,
                    &item("window", &tray.show)?,
                    &mute,
                    &PredefinedMenuItem::separator(&self.app)?,
                    &item("quit", &tray.quit)?,
                ],
            )?;
            self.icon.set_menu(Some(menu))?;
            self.icon.set_icon(Some(picture))?;
            self.icon.set_tooltip(Some(format!("Wheelhouse: {}", tray.title)))
        }
    }
}
