//! One conversation as a page of its own, to be kept, sent or printed without the app: one file, no
//! script, nothing loaded. Its texts are those of the transcript on screen, masked as they are there;
//! its words come from the screen, in its language.

use std::collections::BTreeMap;

use serde::Deserialize;
use ts_rs::TS;

use super::{
    desk::Shared,
    dto::{
        ChoiceDto, ContentDto, HeaderDto, MessageRow, Ms, PairDto, RowDto, SectionDto,
        SessionDetailRow,
    },
    errors::not_found,
    frames::{ListName, MAX_ROWS, Query, UiError},
    queries,
    saved::file_name,
};
use crate::domain::{
    mask::Mask,
    time::{Timestamp, Zone},
};

/// What the page says in the language of the screen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, TS)]
pub struct PageWords {
    /// As HTML names it: `en`, `zh-CN`.
    pub language: String,
    /// East of UTC: the zone that the times are written in.
    pub offset_minutes: i32,
    pub title: String,
    pub account: String,
    pub channel: String,
    pub workflow: String,
    pub started: String,
    pub ended: String,
    pub reason: String,
    pub intention: String,
    pub rounds: String,
    pub messages: String,
    pub slots: String,
    pub labels: String,
    pub times_in: String,
    /// That numbers are shown by their last four digits only.
    pub masked: String,
    pub no_number: String,
    pub no_sender: String,
    pub not_reported: String,
    pub no_messages: String,
    pub no_time: String,
    pub odd_time: String,
    pub quoted: String,
    pub pressed: String,
    pub chose: String,
    pub chosen: String,
    pub offered: String,
    pub template: String,
    pub not_loaded: String,
    pub unknown: String,
    /// The vendor's words as the screen says them, by `sender.…`, `tick.…`, `media.…`, `system.…`
    /// and `reason.…`; others are shown as written.
    #[ts(type = "Record<string, string>")]
    pub terms: BTreeMap<String, String>,
}

/// A page, and what its file is called.
pub struct Page {
    pub name: String,
    pub html: String,
}

pub async fn of_session(desk: &Shared, id: &str, words: &PageWords) -> Result<Page, UiError> {
    let ask = |list, anchor, count| Query {
        list,
        account: None,
        scope: Some(id.to_owned()),
        filter: String::new(),
        sort: None,
        named: Vec::new(),
        anchor,
        count,
    };
    let mut found = queries::answer(desk, &ask(ListName::Session, 0, 1)).await?.rows;
    let Some(RowDto::SessionDetail(detail)) = found.pop() else {
        return Err(not_found("session"));
    };
    let mut messages: Vec<MessageRow> = Vec::new();
    let mut anchor = 0;
    loop {
        let window = queries::answer(desk, &ask(ListName::Messages, anchor, MAX_ROWS)).await?;
        if window.rows.is_empty() {
            break;
        }
        anchor += MAX_ROWS;
        messages.extend(window.rows.into_iter().filter_map(|row| match row {
            RowDto::Message(message) => Some(message),
            _ => None,
        }));
    }
    let known = desk.accounts.iter().find(|known| known.id.as_str() == detail.session.account);
    let account = known.map_or(detail.session.account.as_str(), |known| known.name.as_str());
    let masked = desk.mask(&detail.session.account.as_str().into()) != Mask::Shown;
    let html = html(words, account, masked, &detail, &messages);
    Ok(Page { name: name(words, &detail), html })
}

/// Of the masked number and the day: an id could hold the number.
fn name(words: &PageWords, detail: &SessionDetailRow) -> String {
    let session = &detail.session;
    let who = session.callee.as_deref().unwrap_or_default();
    let at = session.started_at.map(|at| time(words, at)).unwrap_or_default();
    file_name(&format!("{} {who} {}", words.title, at.replace(':', ".")), "html")
}

fn time(words: &PageWords, at: Ms) -> String {
    Timestamp(at).within(Zone::of_minutes(words.offset_minutes))
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{max-width:52rem;margin:0 auto;padding:1.5rem;font:15px/1.5 system-ui,sans-serif}\
h1{font-size:1.25rem;margin:0 0 .5rem}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:0 0 1rem}\
dt,.quiet,footer{color:GrayText}dd{margin:0}\
dd,p,li,pre{overflow-wrap:anywhere;unicode-bidi:isolate;white-space:pre-wrap}\
ol.said{list-style:none;margin:0;padding:1rem 0;border-top:1px solid GrayText;border-bottom:1px solid GrayText}\
ol.said>li{white-space:normal;max-width:85%;margin:0 auto .75rem 0;padding:.4rem .75rem;border:1px solid GrayText;border-radius:.5rem}\
ol.said>li.right{margin:0 0 .75rem auto}\
ol.said>li.centre{margin:0 auto .75rem;border:0;text-align:center;color:GrayText}\
.head{display:flex;gap:.75rem;justify-content:space-between;font-size:.85em;color:GrayText}\
p{margin:.2rem 0}ul{margin:.2rem 0;padding-inline-start:1.2rem}\
blockquote{margin:.2rem 0;padding-inline-start:.6rem;border-inline-start:2px solid GrayText}\
pre{font:12px/1.4 monospace;margin:.2rem 0}\
@page{margin:16mm}\
@media print{:root{color-scheme:light}body{max-width:none;padding:0;font-size:11pt}ol.said>li{break-inside:avoid}}";

/// Pure: the same words and rows give the same page.
fn html(
    words: &PageWords,
    account: &str,
    masked: bool,
    detail: &SessionDetailRow,
    messages: &[MessageRow],
) -> String {
    let session = &detail.session;
    let mut page = Markup::default();
    page.raw("<!doctype html>\n<html lang=\"").text(&words.language).raw("\"><head>");
    page.raw("<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" ");
    page.raw("content=\"default-src 'none'; style-src 'unsafe-inline'\">");
    page.raw("<meta name=\"viewport\" content=\"width=device-width\"><title>");
    let who = session.callee.as_deref().unwrap_or(&words.no_number);
    page.text(&words.title).raw(" ").text(who).raw("</title><style>").raw(STYLE);
    page.raw("</style></head>\n<body><h1>").text(&words.title).raw(" ").text(who);
    page.raw("</h1>\n<dl>");
    let at = |at: Option<Ms>| at.map(|at| time(words, at));
    let reason = session.end_reason.as_ref().map(|reason| words.term("reason", reason));
    let rounds = session.talk_round.map(|rounds| rounds.to_string());
    let facts = [
        (&words.account, Some(account.to_owned())),
        (&words.channel, session.channel.clone()),
        (&words.workflow, session.workflow_name.clone()),
        (&words.started, at(session.started_at)),
        (&words.ended, at(session.ended_at)),
        (&words.reason, reason),
        (&words.intention, session.intention.clone()),
        (&words.rounds, rounds),
        (&words.messages, Some(messages.len().to_string())),
    ];
    for (label, value) in facts {
        page.fact(label, value.as_deref().unwrap_or(&words.not_reported));
    }
    page.pairs(&words.slots, &detail.slots).pairs(&words.labels, &detail.labels);
    page.raw("</dl>\n");
    if messages.is_empty() {
        page.line("p", "quiet", &words.no_messages);
    } else {
        page.raw("<ol class=\"said\">\n");
        for message in messages {
            page.message(words, message);
        }
        page.raw("</ol>\n");
    }
    let zone = Zone::of_minutes(words.offset_minutes).0.to_string();
    page.raw("<footer><p>").text(&words.times_in).raw(" UTC").text(&zone).raw("</p>");
    if masked {
        page.line("p", "", &words.masked);
    }
    page.raw("</footer></body></html>\n");
    page.0
}

impl PageWords {
    fn term(&self, stem: &str, word: &str) -> String {
        self.terms.get(&format!("{stem}.{word}")).cloned().unwrap_or_else(|| word.to_owned())
    }

    fn sender(&self, sender: Option<&str>, seat: Option<&str>) -> String {
        let who = sender.map_or_else(|| self.no_sender.clone(), |who| self.term("sender", who));
        match seat {
            Some(seat) => format!("{who} {seat}"),
            None => who,
        }
    }
}

/// HTML being written: [`Markup::raw`] takes constants of ours, everything else is escaped.
#[derive(Default)]
struct Markup(String);

impl Markup {
    fn raw(&mut self, ours: &'static str) -> &mut Self {
        self.0.push_str(ours);
        self
    }

    /// Plain text: no character of it is markup, acts on a terminal or turns the reading direction.
    fn text(&mut self, outside: &str) -> &mut Self {
        for c in outside.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                '\n' | '\t' => self.0.push(c),
                '\r' => {}
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => self.0.push('\u{fffd}'),
                '\u{0}'..='\u{1f}' => {
                    // The picture of the control character.
                    let picture = char::from_u32(0x2400 + u32::from(c));
                    self.0.push(picture.unwrap_or('\u{fffd}'));
                }
                '\u{7f}'..='\u{9f}' => self.0.push('\u{fffd}'),
                c => self.0.push(c),
            }
        }
        self
    }

    fn line(&mut self, tag: &'static str, class: &'static str, text: &str) -> &mut Self {
        self.raw("<").raw(tag).raw(" dir=\"auto\" class=\"").raw(class).raw("\">");
        self.text(text).raw("</").raw(tag).raw(">")
    }

    fn fact(&mut self, label: &str, value: &str) -> &mut Self {
        self.raw("<dt>").text(label).raw("</dt>").line("dd", "", value)
    }

    fn pairs(&mut self, label: &str, pairs: &[PairDto]) -> &mut Self {
        let all: Vec<String> =
            pairs.iter().map(|pair| format!("{}: {}", pair.name, pair.value)).collect();
        match all.is_empty() {
            true => self,
            false => self.fact(label, &all.join("\n")),
        }
    }

    fn message(&mut self, words: &PageWords, message: &MessageRow) {
        let sender = message.sender.as_deref();
        let system =
            sender == Some("system") || matches!(message.content, ContentDto::System { .. });
        let side = match sender {
            _ if system => "centre",
            Some("user") => "left",
            _ => "right",
        };
        self.raw("<li class=\"").raw(side).raw("\"><div class=\"head\"><span>");
        self.text(&words.sender(sender, message.seat.as_deref())).raw("</span><span>");
        if let Some(status) = &message.status {
            self.text(&words.term("tick", status)).raw(" · ");
        }
        if message.odd_time {
            self.text(&words.odd_time).raw(" · ");
        }
        let at = message.sent_at.map_or_else(|| words.no_time.clone(), |at| time(words, at));
        self.text(&at).raw("</span></div>");
        if let Some(reply) = &message.reply {
            self.raw("<blockquote><p class=\"quiet\">").text(&words.quoted).raw(" ");
            self.text(&words.sender(reply.sender.as_deref(), None)).raw("</p>");
            self.content(words, &reply.content);
            self.raw("</blockquote>");
        }
        self.content(words, &message.content);
        self.raw("</li>\n");
    }

    fn maybe(&mut self, class: &'static str, text: Option<&str>) {
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.line("p", class, text);
        }
    }

    fn content(&mut self, words: &PageWords, content: &ContentDto) {
        match content {
            ContentDto::Text { text } => self.maybe("", Some(text)),
            ContentDto::Media { media, name, host } => {
                self.media(words, media, name.as_deref(), host.as_deref());
            }
            ContentDto::Button { text } => {
                self.line("p", "quiet", &words.pressed).line("p", "", text);
            }
            ContentDto::Chosen { choice } => {
                self.line("p", "quiet", &words.chose).line("p", "", &choice.title);
            }
            ContentDto::List { body, footer, button, sections, chosen } => {
                self.maybe("", body.as_deref());
                self.maybe("quiet", footer.as_deref());
                if let Some(button) = button {
                    self.line("p", "quiet", &format!("{} {button}", words.offered));
                }
                for SectionDto { title, rows } in sections {
                    self.maybe("quiet", title.as_deref());
                    self.choices(words, rows, chosen.as_deref());
                }
            }
            ContentDto::Buttons { body, footer, options, chosen } => {
                self.maybe("", body.as_deref());
                self.maybe("quiet", footer.as_deref());
                self.choices(words, options, chosen.as_deref());
            }
            ContentDto::Template { .. } => self.template(words, content),
            ContentDto::Cards { cards } => {
                for card in cards {
                    self.maybe("", card.title.as_deref());
                    self.maybe("quiet", card.subtitle.as_deref());
                    self.list(&card.buttons);
                }
            }
            ContentDto::System { event, from_seat, to_seat } => {
                let seats: Vec<&str> =
                    [from_seat, to_seat].into_iter().flatten().map(String::as_str).collect();
                let event = words.term("system", event);
                self.line("p", "", &format!("{event} {}", seats.join(" → ")));
            }
            ContentDto::Unknown { json } => {
                self.line("p", "quiet", &words.unknown).line("pre", "", json);
            }
        }
    }

    fn template(&mut self, words: &PageWords, content: &ContentDto) {
        let ContentDto::Template { header, body, footer, buttons, name, language } = content else {
            return;
        };
        let named: Vec<&str> = [name, language].into_iter().flatten().map(String::as_str).collect();
        self.line("p", "quiet", &format!("{} {}", words.template, named.join(" · ")));
        match header {
            Some(HeaderDto::Text { text }) => self.maybe("", Some(text)),
            Some(HeaderDto::Media { media, host }) => {
                self.media(words, media, None, host.as_deref());
            }
            None => {}
        }
        self.maybe("", body.as_deref());
        self.maybe("quiet", footer.as_deref());
        self.list(&buttons.iter().map(|button| button.text.clone()).collect::<Vec<_>>());
    }

    /// Named, never linked to: whoever has the link has the file.
    fn media(&mut self, words: &PageWords, media: &str, name: Option<&str>, host: Option<&str>) {
        let parts = [
            Some(format!("[{}]", words.term("media", media))),
            name.map(str::to_owned),
            Some(words.not_loaded.clone()),
            host.map(str::to_owned),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        self.line("p", "", &parts.join(" · "));
    }

    fn choices(&mut self, words: &PageWords, rows: &[ChoiceDto], chosen: Option<&str>) {
        let shown = |row: &ChoiceDto| match chosen.is_some() && row.id.as_deref() == chosen {
            true => format!("{} — {}", row.title, words.chosen),
            false => row.title.clone(),
        };
        self.list(&rows.iter().map(shown).collect::<Vec<_>>());
    }

    fn list(&mut self, lines: &[String]) {
        if lines.is_empty() {
            return;
        }
        self.raw("<ul>");
        for line in lines {
            self.line("li", "", line);
        }
        self.raw("</ul>");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        domain::{
            chat::{
                Card, Choice, Content, Header, Message, Quoted, Section, Session, SessionDetail,
                Signature, Template, TemplateButton,
            },
            ids::{AccountId, Callee, SessionId},
            workflow::Source,
        },
        ipc::{convert, transcript},
        store::StoredSession,
    };

    fn words() -> PageWords {
        let json = include_str!("page_words.json");
        serde_json::from_str(json).unwrap()
    }

    fn session() -> Session {
        Session {
            id: SessionId::from("s-6281234564821"),
            workflow: None,
            workflow_name: Some("<script>alert('name')</script>".to_owned()),
            node: None,
            node_name: None,
            waba_task: None,
            entry: None,
            channel: Some("WhatsApp\"><img src=x>".to_owned()),
            channel_id: None,
            callee: Some(Callee::new("+6281234564821")),
            robot: None,
            status: None,
            started_at: Some(Timestamp(1_700_000_000_000)),
            ended_at: None,
            end_reason: Some("robot".to_owned()),
            intention: None,
            talk_round: Some(3),
            detail: SessionDetail::default(),
            signature: Signature::NotApplicable,
            as_of: Timestamp(0),
        }
    }

    fn page_of(contents: Vec<Content>, mask: Mask) -> Page {
        let (account, session) = (AccountId::from("acme"), session());
        let message = |(position, content): (i64, Content)| Message {
            position,
            id: None,
            sender: Some("user".to_owned()),
            seat: None,
            sent_at: Some(Timestamp(1_700_000_000_000)),
            status: Some("read".to_owned()),
            content: content.clone(),
            reply: Some(Quoted { id: None, sender: None, sent_at: None, content }),
        };
        let rows: Vec<Message> = (0..).zip(contents).map(message).collect();
        let person = crate::ipc::Person { callee: session.callee.as_ref(), names: Vec::new() };
        let messages = transcript::messages(&account, (&session, &person), None, &rows, mask);
        let stored = StoredSession { account, session, source: Source::Api, messages: None };
        let session = convert::session(&stored, mask);
        let detail = SessionDetailRow {
            id: session.id.clone(),
            session,
            robot: None,
            waba_task_id: None,
            entry_id: None,
            slots: vec![PairDto { name: "<i>".to_owned(), value: "</dd>".to_owned() }],
            labels: Vec::new(),
            variables: Vec::new(),
            notices: Vec::new(),
            offers: Vec::new(),
            receipt: None,
            raw: String::new(),
        };
        let html = html(&words(), "Bank & Co", mask == Mask::LastFour, &detail, &messages);
        Page { name: name(&words(), &detail), html }
    }

    /// Every tag of a page, without its attributes.
    fn tags(html: &str) -> std::collections::BTreeSet<String> {
        let body = html.split_once("</style>").unwrap().1;
        let names = body.split('<').skip(1).map(|tag| {
            tag.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect::<String>()
        });
        names.map(|name| name.trim_start_matches('/').to_owned()).collect()
    }

    fn every_kind(text: &str) -> Vec<Content> {
        let some = || Some(text.to_owned());
        let choice = || Choice { id: some(), title: text.to_owned() };
        vec![
            Content::Text { text: text.to_owned() },
            Content::Media {
                media: text.to_owned(),
                url: Some(format!("https://x/{text}")),
                name: some(),
            },
            Content::Button { text: text.to_owned() },
            Content::List {
                body: some(),
                footer: some(),
                button: some(),
                sections: vec![Section { title: some(), rows: vec![choice()] }],
            },
            Content::Buttons { body: some(), footer: some(), options: vec![choice()] },
            Content::Chosen { choice: choice() },
            Content::Template(Template {
                header: Some(Header::Text { text: text.to_owned() }),
                body: some(),
                footer: some(),
                buttons: vec![TemplateButton { kind: text.to_owned(), text: text.to_owned() }],
                id: some(),
                name: some(),
                language: some(),
            }),
            Content::Cards {
                cards: vec![Card {
                    title: some(),
                    subtitle: some(),
                    buttons: vec![text.to_owned()],
                }],
            },
            Content::System { event: text.to_owned(), from_seat: some(), to_seat: some() },
            Content::Unknown { json: serde_json::json!({ "text": text }) },
        ]
    }

    const TAGS: [&str; 19] = [
        "",
        "/",
        "blockquote",
        "body",
        "dd",
        "div",
        "dl",
        "dt",
        "footer",
        "h1",
        "head",
        "html",
        "li",
        "ol",
        "p",
        "pre",
        "span",
        "ul",
        "title",
    ];

    fn assert_plain(html: &str) {
        let found = tags(html);
        assert!(found.iter().all(|tag| TAGS.contains(&tag.as_str())), "{found:?}");
        assert!(html.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\t')));
        assert!(!html.contains(['\u{202e}', '\u{2066}']));
    }

    #[test]
    fn hostile_texts_stay_texts() {
        for text in [
            "<script>alert(1)</script>",
            "</li></ol></body><img src=x onerror=alert(1)>",
            "\" onclick=\"x' style='",
            "a\u{202e}gpj.exe \u{0}\u{1b}[31m\u{7f}\u{9b}\r\n",
            "مرحبا שלום 🎡👩‍👩‍👧 您好",
            "&lt;b&gt; &amp;",
        ] {
            assert_plain(&page_of(every_kind(text), Mask::Shown).html);
        }
        let long = "<🎡>".repeat(100_000);
        let page = page_of(vec![Content::Text { text: long }], Mask::Shown).html;
        assert!(page.matches("&lt;🎡&gt;").count() >= 100_000);
        let arabic = page_of(every_kind("مرحبا 🎡 您好"), Mask::Shown).html;
        assert!(arabic.contains("<p dir=\"auto\" class=\"\">مرحبا 🎡 您好</p>"));
    }

    #[test]
    fn numbers_are_masked_as_the_account_masks_them() {
        let said = || vec![Content::Text { text: "call +6281234564821 now".to_owned() }];
        let page = page_of(said(), Mask::LastFour);
        assert!(!page.html.contains("8123456") && page.html.contains("••••4821"), "{}", page.html);
        assert!(page.html.contains("only the last four"));
        assert_eq!(page.name, "Conversation ••••4821 2023-11-15 05.13.20.html");
        let shown = page_of(said(), Mask::Shown).html;
        assert!(shown.contains("+6281234564821") && !shown.contains("only the last four"));
    }

    #[test]
    fn the_page_speaks_the_language_of_the_screen_and_names_its_zone() {
        let page = page_of(every_kind("x"), Mask::LastFour).html;
        assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">"));
        assert!(page.contains("2023-11-15 05:13:20") && page.contains("Times in UTC+07:00"));
        assert!(page.contains("ended by the robot") && page.contains("the user"));
        assert!(page.contains("Bank &amp; Co") && page.contains("@media print"));
        assert!(page_of(Vec::new(), Mask::LastFour).html.contains("no messages"));
    }

    proptest! {
        #[test]
        fn no_text_makes_markup(text in "[<>&\"'/a-z=\u{0}\u{202e}🎡 -]{0,60}") {
            assert_plain(&page_of(every_kind(&text), Mask::LastFour).html);
        }
    }
}
