//! The icon in the desktop's tray: a double of the desktop's tray, on a bus of the test's own, reads the
//! number and chooses from the menu as a person would.

use std::{collections::HashMap, time::Duration};

use tokio::sync::mpsc;
use zbus::zvariant::{OwnedValue, Value};

use crate::{
    notices::{Bus, with_refused_key},
    page::Page,
};

const PATIENCE: Duration = Duration::from_secs(60);

/// Where icons ask to stand.
struct Tray {
    asked: mpsc::UnboundedSender<String>,
}

#[zbus::interface(name = "org.kde.StatusNotifierWatcher")]
impl Tray {
    fn register_status_notifier_item(&mut self, who: String) {
        self.asked.send(who).expect("the test looks");
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }
}

#[zbus::proxy(
    interface = "org.kde.StatusNotifierItem",
    default_path = "/StatusNotifierItem",
    gen_blocking = false
)]
trait Icon {
    #[zbus(property(emits_changed_signal = "false"))]
    fn title(&self) -> zbus::Result<String>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn icon_pixmap(&self) -> zbus::Result<Vec<(i32, i32, Vec<u8>)>>;
    #[zbus(property(emits_changed_signal = "false"))]
    fn menu(&self) -> zbus::Result<zbus::zvariant::OwnedObjectPath>;
}

type Item = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

#[zbus::proxy(interface = "com.canonical.dbusmenu", gen_blocking = false)]
trait Menu {
    fn get_layout(&self, of: i32, depth: i32, properties: &[&str]) -> zbus::Result<(u32, Item)>;
    fn event(&self, id: i32, event: &str, data: &Value<'_>, at: u32) -> zbus::Result<()>;
}

/// The items of the menu: id, words, whether it is marked.
async fn items(menu: &MenuProxy<'_>) -> Vec<(i32, String, bool)> {
    let (_, (_, _, items)) = menu.get_layout(0, 1, &[]).await.expect("a menu");
    let item = |item: OwnedValue| {
        let (id, own, _): Item = item.try_into().expect("an item");
        let words = own.get("label").and_then(|words| words.try_clone().ok()?.try_into().ok());
        let marked = own.get("toggle-state").and_then(|on| i32::try_from(on).ok());
        (id, words.unwrap_or_default(), marked == Some(1))
    };
    items.into_iter().map(item).collect()
}

async fn choose(menu: &MenuProxy<'_>, words: &str) {
    let all = items(menu).await;
    let (id, ..) = all.iter().find(|(_, own, _)| own == words).unwrap_or_else(|| panic!("{all:?}"));
    menu.event(*id, "clicked", &Value::from(0), 0).await.expect("the choice is told");
}

async fn until_title(icon: &IconProxy<'_>, title: &str) {
    let standing = async {
        while icon.title().await.expect("a title") != title {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    };
    tokio::time::timeout(PATIENCE, standing).await.expect("the number is shown");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tray_counts_warnings_leads_to_them_and_mutes() {
    let bus = Bus::start();
    let (asked, mut asks) = mpsc::unbounded_channel();
    let tray = zbus::connection::Builder::address(bus.address.as_str())
        .and_then(|builder| builder.name("org.kde.StatusNotifierWatcher"))
        .and_then(|builder| builder.serve_at("/StatusNotifierWatcher", Tray { asked }))
        .expect("a name and a place")
        .build()
        .await
        .expect("the bus is there");
    with_refused_key(&bus, |page| async move {
        let who = tokio::time::timeout(PATIENCE, asks.recv()).await.expect("an icon asks");
        let who = who.expect("the bus is there");
        let icon = IconProxy::new(&tray, who.clone()).await.expect("an icon");
        until_title(&icon, "Wheelhouse: 1 warning").await;
        let pictures = icon.icon_pixmap().await.expect("a picture");
        assert!(pictures.iter().all(|(wide, high, of)| of.len() == (wide * high * 4) as usize));
        assert!(!pictures.is_empty());
        let place = icon.menu().await.expect("a menu");
        let menu = MenuProxy::new(&tray, who, place).await.expect("a menu");
        choose(&menu, "1 warning").await;
        page.until("the warnings", "return location.hash.startsWith('#/alerts')", vec![]).await;
        choose(&menu, "Mute notifications for 1 h").await;
        muted(&page, true).await;
        assert!(items(&menu).await.iter().any(|(.., marked)| *marked));
        choose(&menu, "Mute notifications for 1 h").await;
        muted(&page, false).await;
    })
    .await;
}

async fn muted(page: &Page, wanted: bool) {
    let shown =
        "return document.querySelector('[data-testid=mute]')?.dataset.muted === arguments[0]";
    page.until("notifications are muted", shown, vec![wanted.to_string().into()]).await;
}
