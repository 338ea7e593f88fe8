//! What a person does with the page: look until something is there, click, press a key.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use fantoccini::{
    Client, Locator,
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
};
use serde_json::{Value, json};

/// Long enough for a loaded machine; only a failure waits so long.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK_EVERY: Duration = Duration::from_millis(100);

#[derive(Clone)]
pub struct Page {
    client: Client,
}

impl Page {
    pub fn new(client: Client) -> Self {
        Self { client }
    }

    /// What `script` returns. It runs in the page and sees nothing but the document.
    pub async fn ask(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.client.execute(script, arguments).await {
            Ok(answer) => answer,
            Err(problem) => panic!("{script}\n{problem}"),
        }
    }

    /// What `script` gives to its last argument, a function.
    pub async fn ask_later(&self, script: &str, arguments: Vec<Value>) -> Value {
        match self.client.execute_async(script, arguments).await {
            Ok(answer) => answer,
            Err(problem) => panic!("{script}\n{problem}"),
        }
    }

    /// Looks until `script` returns something that JavaScript calls true, and gives it.
    pub async fn until(&self, what: &str, script: &str, arguments: Vec<Value>) -> Value {
        let end = Instant::now() + PATIENCE;
        loop {
            let answer = self.ask(script, arguments.clone()).await;
            if !matches!(answer, Value::Null | Value::Bool(false)) && answer != json!(0) {
                return answer;
            }
            assert!(Instant::now() < end, "{what}: not within {} s", PATIENCE.as_secs());
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Clicks the first element that `css` finds, as soon as it can be clicked: lists move, so an
    /// element may be replaced between the look and the click.
    pub async fn click(&self, css: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            let clicked = match self.client.find(Locator::Css(css)).await {
                Ok(element) => element.click().await,
                Err(problem) => Err(problem),
            };
            let Err(problem) = clicked else { return };
            assert!(Instant::now() < end, "{css} cannot be clicked: {problem}");
            tokio::time::sleep(LOOK_EVERY).await;
        }
    }

    /// Clicks a button that may want to be held, and then holds it until it has done its work.
    pub async fn confirm(&self, css: &str) {
        let at = || vec![json!(css)];
        let enabled =
            "const it = document.querySelector(arguments[0]); return !!it && !it.disabled";
        self.until(&format!("{css} can be pressed"), enabled, at()).await;
        let holds = "return document.querySelector(arguments[0])?.dataset.hold === 'true'";
        if self.ask(holds, at()).await == json!(false) {
            return self.click(css).await;
        }
        let element = self.client.find(Locator::Css(css)).await.unwrap();
        let press = MouseActions::new("mouse".into())
            .then(PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(press).await.unwrap();
        let gone = "return document.querySelector(arguments[0]) === null";
        self.until(&format!("{css} has done its work"), gone, at()).await;
        self.client.release_actions().await.unwrap();
    }

    /// Types into a field in place of what stood there.
    pub async fn fill(&self, css: &str, text: &str) {
        self.at_least(1, css).await;
        let filled = match self.client.find(Locator::Css(css)).await {
            Ok(field) => match field.clear().await {
                Ok(()) => field.send_keys(text).await,
                problem => problem,
            },
            Err(problem) => Err(problem),
        };
        filled.unwrap_or_else(|problem| panic!("{css} cannot be filled: {problem}"));
    }

    /// Chooses an option of a list by its value.
    pub async fn choose(&self, css: &str, value: &str) {
        self.at_least(1, &format!("{css} option[value=\"{value}\"]")).await;
        let chosen = match self.client.find(Locator::Css(css)).await {
            Ok(list) => list.select_by_value(value).await,
            Err(problem) => Err(problem),
        };
        chosen.unwrap_or_else(|problem| panic!("{css} has no {value}: {problem}"));
    }

    /// Does what makes the app start its core anew, and waits until the page is back.
    pub async fn reloads(&self, css: &str) {
        self.ask("window.before = true", vec![]).await;
        self.confirm(css).await;
        let back = "return window.before === undefined && \
                    document.querySelector('[data-testid=nav-watch]') !== null";
        self.until(&format!("the page is back after {css}"), back, vec![]).await;
    }

    pub async fn press(&self, css: &str, keys: &str) {
        let element = self.client.find(Locator::Css(css)).await;
        let pressed = match element {
            Ok(element) => element.send_keys(keys).await,
            Err(problem) => Err(problem),
        };
        pressed.unwrap_or_else(|problem| panic!("{css} takes no keys: {problem}"));
    }

    /// The text of the first element, once it has one.
    pub async fn text(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0])?.innerText.trim() || null";
        let text = self.until(&format!("{css} has a text"), script, vec![json!(css)]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// At least `count` elements are there.
    pub async fn at_least(&self, count: usize, css: &str) {
        let script = "return document.querySelectorAll(arguments[0]).length >= arguments[1]";
        self.until(&format!("{count} of {css}"), script, vec![json!(css), json!(count)]).await;
    }

    /// Everything that the page says, for a failure's report.
    pub async fn words(&self) -> String {
        let said = self.client.execute("return document.body?.innerText ?? ''", vec![]).await;
        said.ok().and_then(|said| said.as_str().map(str::to_owned)).unwrap_or_default()
    }

    pub async fn go(&self, address: &str) {
        self.ask("location.hash = arguments[0]", vec![json!(address)]).await;
    }

    /// Keeps a preference as the settings screen does, and loads the page anew with it.
    pub async fn prefer(&self, language: &str, theme: &str) {
        let kept = json!({ "language": language, "theme": theme }).to_string();
        let script =
            "localStorage.setItem('wheelhouse.preferences', arguments[0]); location.reload()";
        self.ask(script, vec![json!(kept)]).await;
        let script = "return document.documentElement.lang === arguments[0] && document.readyState === 'complete'";
        self.until("the page is back", script, vec![json!(language)]).await;
    }

    /// What is on screen, two frames later: a picture taken at once can show the frame before.
    pub async fn picture(&self, file: &Path) {
        let script = "const done = arguments[0]; \
                      requestAnimationFrame(() => requestAnimationFrame(() => done(true)))";
        let taken = match self.client.execute_async(script, vec![]).await {
            Ok(_) => self.client.screenshot().await,
            Err(problem) => Err(problem),
        };
        match taken {
            Ok(png) => fs::write(file, png).unwrap_or_else(|e| panic!("{}: {e}", file.display())),
            Err(problem) => eprintln!("no picture could be taken: {problem}"),
        }
    }
}
