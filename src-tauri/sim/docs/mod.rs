//! The documentation site of the contract in force: an index (`/docs/llms.txt`) that lists one Markdown
//! page an endpoint, webhook or text, in English, and in Chinese below `/docs/zh`. The form of a page is
//! DOCUMENTED for the product that serves the vendor's pages; its content is our contract's.

mod page;
mod schema;
mod texts;
mod yaml;

#[cfg(test)]
mod tests;

use super::{
    ask::Asked,
    contract::{HOOK_PAGES, Page, Text, offered},
    faults::Fault,
    reply::response,
    world::World,
};
use crate::vendor::transport::Response;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Chinese,
}

impl Language {
    pub(crate) fn of(self, text: Text) -> &'static str {
        match self {
            Self::English => text.0,
            Self::Chinese => text.1,
        }
    }

    /// Below the site's own address.
    fn folder(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Chinese => "/zh",
        }
    }
}

/// One address of the site.
#[derive(Clone, Copy)]
pub(crate) enum Document {
    Endpoint(u32, &'static Page),
    Hook(u32, &'static Page),
    Text(u32, &'static texts::TextPage),
}

impl Document {
    fn file(self) -> String {
        match self {
            Self::Endpoint(id, _) | Self::Hook(id, _) => format!("{id}e0.md"),
            Self::Text(id, _) => format!("{id}m0.md"),
        }
    }

    fn title(self, language: Language) -> &'static str {
        match self {
            Self::Endpoint(_, page) | Self::Hook(_, page) => language.of(page.title),
            Self::Text(_, text) => language.of(text.title),
        }
    }

    fn folder(self, language: Language) -> &'static str {
        match self {
            Self::Endpoint(_, page) | Self::Hook(_, page) => language.of(page.folder),
            Self::Text(..) => "",
        }
    }

    fn note(self, language: Language) -> &'static str {
        match self {
            Self::Endpoint(_, page) | Self::Hook(_, page) => language.of(page.about),
            Self::Text(..) => "",
        }
    }
}

/// Ids of pages that are not known are drawn from here on; the vendor's own are below.
const INVENTED: u32 = 390_000_000;

/// Everything that the index lists.
pub(crate) fn documents() -> Vec<Document> {
    let id = |known: u32, at: u32| if known == 0 { INVENTED + at * 37 } else { known };
    let texts = texts::ALL.iter().zip(0..).map(|(text, at)| Document::Text(id(text.id, at), text));
    let endpoints = offered().zip(100..);
    let endpoints = endpoints.map(|(page, at)| Document::Endpoint(id(page.id, at), page));
    let hooks = HOOK_PAGES.iter().zip(1_000..);
    let hooks = hooks.map(|(page, at)| Document::Hook(id(page.id, at), page));
    texts.chain(endpoints).chain(hooks).collect()
}

impl World {
    /// What the documentation site answers.
    pub(crate) fn read_up(&mut self, path: &str, asked: &mut Asked) -> Response {
        let local = path.strip_prefix("/docs").unwrap_or_default();
        let (language, file) = match local.strip_prefix("/zh/") {
            Some(file) => (Language::Chinese, file),
            None => (Language::English, local.trim_start_matches('/')),
        };
        if file == "llms.txt" {
            return self.markdown(self.index(language));
        }
        // Another site's address that the index's own never names.
        if local.starts_with("/elsewhere/") {
            return self.redirect(local);
        }
        let Some(document) = documents().into_iter().find(|d| d.file() == file) else {
            return response(404, self.now, "text/html", b"<html>404</html>".to_vec());
        };
        if self.strikes(Fault::DocsRedirect, asked) {
            return self.redirect(local);
        }
        if self.strikes(Fault::DocsForeign, asked) {
            return self.markdown(texts::FOREIGN.to_owned());
        }
        let twice = self.strikes(Fault::DocsTwice, asked);
        let text = match document {
            Document::Text(_, text) => language.of(text.body).to_owned(),
            Document::Endpoint(id, page) | Document::Hook(id, page) => {
                page::markdown(&self.contract, &self.script.base_url, (id, page), language, twice)
            }
        };
        self.markdown(text)
    }

    fn index(&self, language: Language) -> String {
        let base = format!("{}/docs{}", self.script.base_url, language.folder());
        let mut text = String::from("# AI Rudder API\n\n## Docs\n");
        for document in documents() {
            let folder = document.folder(language).replace('/', " > ");
            let (title, note) = (document.title(language), document.note(language));
            if matches!(document, Document::Endpoint(_, page) if page.key == "auth") {
                text.push_str("\n## API Docs\n");
            }
            let gap = if folder.is_empty() { "" } else { " " };
            let file = document.file();
            text.push_str(&format!("- {folder}{gap}[{title}]({base}/{file}): {note}\n"));
        }
        text
    }

    fn markdown(&self, text: String) -> Response {
        response(200, self.now, "text/markdown; charset=utf-8", text.into_bytes())
    }

    fn redirect(&self, local: &str) -> Response {
        let mut response = response(302, self.now, "text/html", Vec::new());
        let there = format!("https://docs.elsewhere.example{local}");
        response.headers.push(("location".to_owned(), there));
        response
    }
}
