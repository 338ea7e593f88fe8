//! What people and robots say in the simulated world. Invented; believable, and nobody's real words.
//!
//! `{name}`, `{amount}`, `{date}`, `{order}`, `{brand}` and `{case}` stand for the facts of one list
//! entry; ` | ` separates ways to say the same thing.

mod chat_en;
mod chat_id;
mod chat_zh;
mod people;
mod templates;
mod voice_en;
mod voice_id;
mod voice_zh;

pub(crate) use people::{amount, case_number, date, name, number};
pub(crate) use templates::{Kind, TEMPLATES, Template};

use super::branch::Branch;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Language {
    English,
    Indonesian,
    Chinese,
}

impl Language {
    /// As WhatsApp codes it.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Indonesian => "id",
            Self::Chinese => "zh_CN",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Business {
    Collection,
    Commerce,
    Telemarketing,
}

/// Who speaks in a call. ASSUMED words: the dialogue's roles are not public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Robot,
    User,
}

pub(crate) type Utterance = (Role, &'static str);

/// How a call with a person can go.
pub(crate) struct VoiceScript {
    pub opening: &'static [Utterance],
    pub endings: &'static [Ending],
}

pub(crate) struct Ending {
    /// The result letter.
    pub letter: &'static str,
    pub weight: u32,
    pub label: &'static str,
    /// The predictive dialer's hang-up code: 12 talked, 14 user hung up, 20 do-not-call.
    pub hangup: u8,
    pub slots: &'static [(&'static str, &'static str)],
    pub turns: &'static [Utterance],
}

pub(crate) fn voice(template: &Template) -> &'static VoiceScript {
    match (template.language, template.business) {
        (Language::English, Business::Commerce) => &voice_en::COMMERCE,
        (Language::English, _) => &voice_en::COLLECTION,
        (Language::Indonesian, Business::Commerce) => &voice_id::COMMERCE,
        (Language::Indonesian, _) => &voice_id::COLLECTION,
        (Language::Chinese, Business::Collection) => &voice_zh::COLLECTION,
        (Language::Chinese, _) => &voice_zh::TELEMARKETING,
    }
}

/// Who writes in a chat: the vendor's `sender_type` (DOCUMENTED).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sender {
    System,
    User,
    Robot,
    Agent,
    Chatbot,
}

impl Sender {
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::User => "user",
            Self::Robot => "robot",
            Self::Agent => "agent",
            Self::Chatbot => "chatbot",
        }
    }
}

/// One row of choices: id and title.
pub(crate) type Choice = (&'static str, &'static str);

/// What a message holds, in every shape that the vendor's examples show, and one that they do not.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Say {
    Text(&'static str),
    /// image, video or audio: kind and file.
    Media(&'static str, &'static str),
    File(&'static str),
    /// A template's quick reply.
    Button(&'static str),
    List {
        body: &'static str,
        footer: &'static str,
        button: &'static str,
        title: &'static str,
        rows: &'static [Choice],
    },
    Buttons {
        body: &'static str,
        footer: &'static str,
        options: &'static [Choice],
    },
    ListReply(Choice),
    ButtonReply(Choice),
    /// A choice that carries its text only.
    ChoiceText(&'static str),
    Template {
        image: Option<&'static str>,
        body: &'static str,
        footer: &'static str,
        buttons: &'static [Choice],
        name: &'static str,
    },
    Cards {
        title: &'static str,
        subtitle: &'static str,
        buttons: &'static [Choice],
    },
    System(&'static str),
    /// A shape outside the vendor's examples.
    Location(&'static str),
}

pub(crate) struct Line {
    pub by: Sender,
    pub say: Say,
    /// The line, counted from 0, that this one quotes.
    pub quotes: Option<usize>,
}

pub(crate) const fn line(by: Sender, say: Say) -> Line {
    Line { by, say, quotes: None }
}

pub(crate) const fn answer(quotes: usize, by: Sender, say: Say) -> Line {
    Line { by, say, quotes: Some(quotes) }
}

pub(crate) struct Conversation {
    pub fits: Business,
    pub channel: &'static str,
    pub end_reason: &'static str,
    pub letter: &'static str,
    pub label: &'static str,
    pub slots: &'static [(&'static str, &'static str)],
    pub lines: &'static [Line],
}

/// The conversations that people of `template` can have.
pub(crate) fn conversations(template: &Template) -> impl Iterator<Item = &'static Conversation> {
    let all = match template.language {
        Language::English => chat_en::CONVERSATIONS,
        Language::Indonesian => chat_id::CONVERSATIONS,
        Language::Chinese => chat_zh::CONVERSATIONS,
    };
    let business = template.business;
    all.iter().filter(move |talk| talk.fits == business)
}

/// What the words say about one list entry.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    pub name: String,
    pub amount: String,
    pub date: String,
    pub order: String,
    pub brand: &'static str,
    pub case: String,
    /// As WhatsApp codes it.
    pub language: &'static str,
}

impl Facts {
    /// `text` with one of its wordings chosen and the facts put in.
    pub(crate) fn fill(&self, text: &str, branch: Branch) -> String {
        let wording = match text.contains(" | ") {
            true => branch.draws().word(&text.split(" | ").collect::<Vec<_>>()).to_owned(),
            false => text.to_owned(),
        };
        if !wording.contains('{') {
            return wording;
        }
        let facts = [
            ("{name}", self.name.as_str()),
            ("{amount}", &self.amount),
            ("{date}", &self.date),
            ("{order}", &self.order),
            ("{brand}", self.brand),
            ("{case}", &self.case),
        ];
        facts.iter().fold(wording, |text, (mark, fact)| text.replace(mark, fact))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The marks that [`Facts::fill`] knows, on a fact each, so that a misspelt one stays visible.
    fn facts() -> Facts {
        let fact = || "x".to_owned();
        Facts {
            name: fact(),
            amount: fact(),
            date: fact(),
            order: fact(),
            brand: "x",
            case: fact(),
            language: "en",
        }
    }

    #[test]
    fn every_mark_in_the_words_is_a_fact() {
        let calls = TEMPLATES.iter().map(voice).flat_map(|script| {
            let endings = script.endings.iter().flat_map(|e| e.turns);
            script.opening.iter().chain(endings).map(|(_, text)| *text)
        });
        for text in calls {
            let filled = facts().fill(text, Branch::root(1));
            assert!(!filled.contains('{') && !filled.contains(" | "), "{filled}");
        }
    }

    #[test]
    fn a_quoted_line_comes_before_its_answer() {
        for template in TEMPLATES {
            for talk in conversations(template) {
                for (at, line) in talk.lines.iter().enumerate() {
                    assert!(line.quotes.is_none_or(|quoted| quoted < at), "{} {at}", talk.label);
                }
            }
        }
    }
}
