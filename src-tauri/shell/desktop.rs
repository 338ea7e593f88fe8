//! What shows notifications on this desktop. On Linux the bus is asked itself: it says which
//! notification was clicked, and the keychain brings the same library along.

use super::notices::Clicked;
use crate::{alerts::Silent, ipc::notify::Notice};

#[cfg(target_os = "linux")]
pub use bus::Desktop;
#[cfg(not(target_os = "linux"))]
pub use system::Desktop;

#[cfg(target_os = "linux")]
mod bus {
    use std::{
        collections::{HashMap, VecDeque},
        sync::{Arc, Mutex, PoisonError},
        thread,
        time::Duration,
    };

    use zbus::{Error, blocking::connection, zvariant::Value};

    use super::{Clicked, Notice, Silent};

    /// The one action: a click on the notification itself.
    const DEFAULT: &str = "default";
    /// So many notifications can be clicked.
    const REMEMBERED: usize = 64;
    const PATIENCE: Duration = Duration::from_secs(20);

    #[zbus::proxy(
        interface = "org.freedesktop.Notifications",
        default_service = "org.freedesktop.Notifications",
        default_path = "/org/freedesktop/Notifications",
        gen_async = false
    )]
    trait Notifications {
        fn get_capabilities(&self) -> zbus::Result<Vec<String>>;

        #[expect(clippy::too_many_arguments, reason = "as the desktop's specification has it")]
        fn notify(
            &self,
            app_name: &str,
            replaces: u32,
            icon: &str,
            summary: &str,
            body: &str,
            actions: &[&str],
            hints: HashMap<&str, Value<'_>>,
            expires_ms: i32,
        ) -> zbus::Result<u32>;

        #[zbus(signal)]
        fn action_invoked(&self, id: u32, action: String) -> zbus::Result<()>;
    }

    type Links = Arc<Mutex<VecDeque<(u32, String)>>>;

    #[derive(Clone)]
    pub struct Desktop {
        proxy: NotificationsProxy<'static>,
        links: Links,
        /// It reads the body as markup, so that what stands in it must not be any.
        markup: bool,
    }

    impl Desktop {
        /// Waits for the bus.
        pub fn open(clicked: Clicked) -> Result<Self, Silent> {
            let bus = connection::Builder::session()
                .and_then(|builder| builder.method_timeout(PATIENCE).build())
                .map_err(|error| {
                    tracing::debug!(%error, "there is no session bus");
                    Silent::NoBus
                })?;
            let proxy = NotificationsProxy::new(&bus).map_err(why)?;
            let markup =
                proxy.get_capabilities().map_err(why)?.iter().any(|can| can == "body-markup");
            let (signals, links) = (proxy.receive_action_invoked().map_err(why)?, Links::default());
            let shown = Arc::clone(&links);
            // Ends with the connection.
            thread::spawn(move || {
                for signal in signals {
                    let Ok(said) = signal.args() else { continue };
                    if let Some(link) =
                        (said.action == DEFAULT).then(|| take(&shown, said.id)).flatten()
                    {
                        clicked(link);
                    }
                }
            });
            Ok(Self { proxy, links, markup })
        }

        /// Waits for the bus.
        pub fn show(&self, notice: &Notice) -> Result<(), Silent> {
            let body = if self.markup { escaped(&notice.body) } else { notice.body.clone() };
            let urgency: u8 = if notice.critical { 2 } else { 1 };
            let hints = HashMap::from([
                ("urgency", Value::from(urgency)),
                ("desktop-entry", Value::from("Wheelhouse")),
            ]);
            let actions = [DEFAULT, &notice.open];
            // A click can be told before the answer is read: it waits until the link is known.
            let mut links = self.links.lock().unwrap_or_else(PoisonError::into_inner);
            let id = self
                .proxy
                .notify("Wheelhouse", 0, "wheelhouse", &notice.title, &body, &actions, hints, -1)
                .map_err(why)?;
            links.push_back((id, notice.link.clone()));
            if links.len() > REMEMBERED {
                links.pop_front();
            }
            Ok(())
        }
    }

    fn take(links: &Links, id: u32) -> Option<String> {
        let mut links = links.lock().unwrap_or_else(PoisonError::into_inner);
        let at = links.iter().position(|(own, _)| *own == id)?;
        links.remove(at).map(|(_, link)| link)
    }

    fn why(error: Error) -> Silent {
        const NOBODY: [&str; 2] = [
            "org.freedesktop.DBus.Error.ServiceUnknown",
            "org.freedesktop.DBus.Error.NameHasNoOwner",
        ];
        match &error {
            Error::MethodError(name, ..) if NOBODY.contains(&name.as_str()) => Silent::NobodyShows,
            _ => Silent::Failed(error.to_string()),
        }
    }

    fn escaped(text: &str) -> String {
        text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
    }

    #[cfg(test)]
    mod tests {
        use super::escaped;

        #[test]
        fn nothing_in_a_name_is_markup() {
            assert_eq!(escaped("A & <b>B</b> &lt;"), "A &amp; &lt;b&gt;B&lt;/b&gt; &amp;lt;");
        }
    }
}

/// Where the system's own notifications tell of no click.
#[cfg(not(target_os = "linux"))]
mod system {
    use super::{Clicked, Notice, Silent};

    #[derive(Clone)]
    pub struct Desktop;

    impl Desktop {
        pub fn open(_clicked: Clicked) -> Result<Self, Silent> {
            Ok(Self)
        }

        pub fn show(&self, notice: &Notice) -> Result<(), Silent> {
            let shown = notify_rust::Notification::new()
                .appname("Wheelhouse")
                .summary(&notice.title)
                .body(&notice.body)
                .show();
            shown.map(drop).map_err(|error| Silent::Failed(error.to_string()))
        }
    }
}
