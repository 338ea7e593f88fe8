//! The TypeScript of everything that crosses to the web view.

use ts_rs::{Config, TS, TypeVisitor};

use super::{
    alerts, course, export, frames, listening, notify, page, recordings, setup::dto as setup, views,
};

/// The web view's types, one declaration each, in an order that does not depend on anything but the
/// names. Written to `ui/src/bindings/types.ts` by `cargo xtask bind` and compared by a test.
pub fn typescript() -> String {
    // Milliseconds and counts stay below 2^53, so JavaScript's number holds them exactly.
    let config = Config::new().with_large_int("number");
    let mut all = Declarations { config: &config, seen: Vec::new() };
    all.add::<frames::Frame>();
    all.add::<frames::Query>();
    all.add::<frames::Hello>();
    all.add::<frames::BlastRadius>();
    all.add::<frames::ActRequest>();
    all.add::<frames::Peaks>();
    all.add::<course::CourseView>();
    all.add::<export::ExportAsk>();
    all.add::<export::ExportProgress>();
    all.add::<export::SavedExport>();
    all.add::<page::PageWords>();
    all.add::<alerts::AlertSettingsView>();
    all.add::<alerts::AlertSettingsDraft>();
    all.add::<listening::NoteRow>();
    all.add::<listening::NoteChange>();
    all.add::<notify::NoticeWords>();
    all.add::<views::ViewFolder>();
    all.add::<recordings::RecordingsView>();
    all.add::<recordings::RecordingsDraft>();
    all.add_setup();
    all.seen.sort();
    let mut text = String::from("// Generated from src-tauri/ipc by `cargo xtask bind`.\n");
    for (_, docs, declaration) in all.seen {
        text.push_str(&format!("\n{docs}export {declaration}\n"));
    }
    text
}

struct Declarations<'a> {
    config: &'a Config,
    /// Name, documentation, declaration.
    seen: Vec<(String, String, String)>,
}

impl Declarations<'_> {
    fn add_setup(&mut self) {
        self.add::<setup::AccountSettings>();
        self.add::<setup::AccountDraft>();
        self.add::<setup::AccountTest>();
        self.add::<setup::ContractView>();
        self.add::<setup::ChangePreview>();
        self.add::<setup::ProfilePreview>();
        self.add::<setup::DocumentationSource>();
        self.add::<setup::ReadProgress>();
        self.add::<setup::ProposalDto>();
        self.add::<setup::CheckRow>();
        self.add::<setup::RawView>();
        self.add::<setup::MappingDraft>();
        self.add::<setup::MappingPreview>();
        self.add::<setup::FoundView>();
        self.add::<setup::TrialView>();
        self.add::<setup::WebhooksView>();
        self.add::<setup::WebhooksDraft>();
        self.add::<setup::EventRow>();
    }

    fn add<T: TS + 'static + ?Sized>(&mut self) {
        // Types of the language have no name of their own.
        if T::output_path().is_none() {
            return;
        }
        let name = T::ident(self.config);
        if self.seen.iter().any(|(n, ..)| *n == name) {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        self.seen.push((name, docs, T::decl(self.config)));
        T::visit_dependencies(self);
    }
}

impl TypeVisitor for Declarations<'_> {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        self.add::<T>();
    }
}
