//! Warnings as a window shows them: which hold, on what evidence, and how the rules are set. No number
//! of a person is part of any of this.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{
    Desk, convert,
    desk::Shared,
    dto::{Ms, RowDto},
    errors::bad_request,
    frames::{Query, UiError},
    queries::Answered,
};
use crate::{
    domain::{
        alert::{About, AlertSettings, Announcing, QuietHours, Rule, RuleSettings, Severity},
        ids::AccountId,
        time::Timestamp,
    },
    store::StoredAlert,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum RuleDto {
    DataStale,
    SignInFailing,
    WorkflowFailed,
    NoNewCalls,
    ReachedFalling,
    SessionErrors,
    WebhookSilent,
    NoAgent,
    OutsideHours,
    ContactLimit,
    CalledAfterOptOut,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum SeverityDto {
    Critical,
    Warning,
}

/// What a warning is about, by its row id where it is not the account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case", tag = "kind", content = "id")]
pub enum AboutDto {
    Account,
    Workflow(String),
    Session(String),
}

/// A number by name; one whose name ends in `_at` is an instant in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedNumber {
    pub name: String,
    pub value: i64,
}

/// A warning that holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AlertRow {
    pub id: String,
    pub account: String,
    pub rule: RuleDto,
    pub severity: SeverityDto,
    pub about: AboutDto,
    /// Of the workflow that it is about.
    pub name: Option<String>,
    /// When what it warns of began.
    pub since: Ms,
    pub evidence: Vec<NamedNumber>,
    /// The row id of a call that shows it best.
    pub call: Option<String>,
    /// It held before the app was opened.
    pub carried: bool,
    /// Put off until then; a time that has passed puts nothing off.
    pub snoozed_until: Option<Ms>,
}

/// When the desktop is told of what begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnnouncingDto {
    pub on: bool,
    pub quiet: Option<QuietHoursDto>,
}

/// Minutes of the day by the machine's clock; over midnight where `from` is the later one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct QuietHoursDto {
    pub from: i64,
    pub to: i64,
}

/// How the rules are set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct AlertSettingsView {
    pub rules: Vec<RuleView>,
    /// Minute of the day by the machine's clock.
    pub shift_ends: i64,
    pub announcing: AnnouncingDto,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct RuleView {
    pub rule: RuleDto,
    pub severity: SeverityDto,
    pub on: bool,
    pub limits: Vec<LimitView>,
    /// Accounts of which the vendor does not send what the rule needs.
    pub unreported: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct LimitView {
    pub name: String,
    pub value: i64,
    pub default: i64,
    pub least: i64,
    pub most: i64,
}

/// What a person set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AlertSettingsDraft {
    pub rules: Vec<RuleDraft>,
    pub shift_ends: i64,
    pub announcing: AnnouncingDto,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RuleDraft {
    pub rule: RuleDto,
    pub on: bool,
    pub limits: Vec<NamedNumber>,
}

pub async fn all(desk: &Shared, query: &Query) -> Result<Answered, UiError> {
    let now = (desk.clock)();
    let began = desk.alerts.began();
    let wanted = query.account.as_deref();
    let mut kept = desk.reader.alerts_holding().await?;
    kept.retain(|one| wanted.is_none_or(|id| one.alert.key.account.as_str() == id));
    let put_off = |one: &StoredAlert| one.snoozed_until.is_some_and(|at| at > now);
    kept.sort_by_key(|one| {
        let severity = severity(one.alert.key.rule.severity());
        (put_off(one), severity, std::cmp::Reverse((one.alert.since, one.n)))
    });
    let rows = kept.into_iter().map(|one| RowDto::Alert(row(one, began))).collect();
    Ok(Answered::cut(rows, query))
}

fn row(stored: StoredAlert, began: Timestamp) -> AlertRow {
    let StoredAlert { n, alert, snoozed_until, name, begun_at, .. } = stored;
    let account = &alert.key.account;
    let number = |(name, value): (String, i64)| NamedNumber { name, value };
    AlertRow {
        id: n.to_string(),
        account: account.to_string(),
        rule: rule(alert.key.rule),
        severity: severity(alert.key.rule.severity()),
        about: match &alert.key.about {
            About::Account => AboutDto::Account,
            About::Workflow(id) => AboutDto::Workflow(convert::row_id(account, id)),
            About::Session(id) => AboutDto::Session(convert::row_id(account, id)),
        },
        name,
        since: alert.since.millis(),
        call: alert.call.as_ref().map(|id| convert::row_id(account, id)),
        carried: begun_at < began,
        snoozed_until: snoozed_until.map(Timestamp::millis),
        evidence: alert.evidence.into_iter().map(number).collect(),
    }
}

impl Desk {
    pub async fn alert_settings(&self) -> Result<AlertSettingsView, UiError> {
        let (settings, state) = (self.alerts.settings().await?, self.alerts.told().state());
        let unreported = |rule: Rule| {
            let own = state.unreported.iter().filter(|(silent, _)| *silent == rule);
            own.map(|(_, account): &(Rule, AccountId)| account.to_string()).collect()
        };
        let view = |known: Rule| RuleView {
            rule: rule(known),
            severity: severity(known.severity()),
            on: settings.on(known),
            limits: limits(&settings, known),
            unreported: unreported(known),
        };
        let rules = Rule::ALL.into_iter().map(view).collect();
        let Announcing { on, quiet, .. } = settings.announcing;
        let quiet = quiet.map(|QuietHours { from, to }| QuietHoursDto { from, to });
        let announcing = AnnouncingDto { on, quiet };
        Ok(AlertSettingsView { rules, shift_ends: settings.shift_ends, announcing })
    }

    /// A number outside of what makes sense is refused.
    pub async fn keep_alert_settings(&self, draft: AlertSettingsDraft) -> Result<(), UiError> {
        let alerts = &self.alerts;
        let mut settings = alerts.settings().await?;
        let AnnouncingDto { on, quiet } = draft.announcing;
        let minutes = quiet.iter().flat_map(|hours| [hours.from, hours.to]);
        if !minutes.chain([draft.shift_ends]).all(|minute| (0..24 * 60).contains(&minute)) {
            return Err(bad_request("shifts and quiet hours end at a minute of the day"));
        }
        settings.shift_ends = draft.shift_ends;
        let quiet = quiet.map(|QuietHoursDto { from, to }| QuietHours { from, to });
        (settings.announcing.on, settings.announcing.quiet) = (on, quiet);
        for drafted in draft.rules {
            let known = rule_of(drafted.rule);
            let set = RuleSettings { on: drafted.on, limits: Default::default() };
            let set =
                drafted.limits.into_iter().try_fold(set, |set, limit| within(known, set, limit));
            settings.rules.insert(known, set?);
        }
        Ok(alerts.keep_settings(&settings).await?)
    }

    /// Puts warnings off until a time; `None` ends that.
    pub async fn snooze_alerts(&self, ids: Vec<String>, until: Option<Ms>) -> Result<(), UiError> {
        let number = |id: &String| id.parse().map_err(|_| bad_request("a warning has a number"));
        let ids: Vec<i64> = ids.iter().map(number).collect::<Result<_, UiError>>()?;
        Ok(self.alerts.snooze(&ids, until.map(Timestamp)).await?)
    }

    /// The desktop is told of nothing for an hour, or again at once. Gives until when.
    pub async fn mute_notices(&self, on: bool) -> Result<Option<Ms>, UiError> {
        const HOUR_MS: i64 = 3_600_000;
        let until = on.then(|| (self.shared.clock)().plus_ms(HOUR_MS));
        self.alerts.mute(until).await?;
        Ok(until.map(Timestamp::millis))
    }
}

fn within(rule: Rule, mut set: RuleSettings, number: NamedNumber) -> Result<RuleSettings, UiError> {
    let limit = rule.limits().iter().find(|limit| limit.name == number.name);
    let limit = limit.ok_or_else(|| bad_request("the rule has no such number"))?;
    if !(limit.least..=limit.most).contains(&number.value) {
        let (least, most) = (limit.least, limit.most);
        return Err(bad_request(&format!("{} must be from {least} to {most}", number.name)));
    }
    set.limits.insert(number.name, number.value);
    Ok(set)
}

fn limits(settings: &AlertSettings, rule: Rule) -> Vec<LimitView> {
    let view = |limit: &crate::domain::alert::Limit| LimitView {
        name: limit.name.to_owned(),
        value: settings.limit(rule, limit.name),
        default: limit.default,
        least: limit.least,
        most: limit.most,
    };
    rule.limits().iter().map(view).collect()
}

fn severity(severity: Severity) -> SeverityDto {
    match severity {
        Severity::Critical => SeverityDto::Critical,
        Severity::Warning => SeverityDto::Warning,
    }
}

pub(super) fn rule(rule: Rule) -> RuleDto {
    match rule {
        Rule::DataStale => RuleDto::DataStale,
        Rule::SignInFailing => RuleDto::SignInFailing,
        Rule::WorkflowFailed => RuleDto::WorkflowFailed,
        Rule::NoNewCalls => RuleDto::NoNewCalls,
        Rule::ReachedFalling => RuleDto::ReachedFalling,
        Rule::SessionErrors => RuleDto::SessionErrors,
        Rule::WebhookSilent => RuleDto::WebhookSilent,
        Rule::NoAgent => RuleDto::NoAgent,
        Rule::OutsideHours => RuleDto::OutsideHours,
        Rule::ContactLimit => RuleDto::ContactLimit,
        Rule::CalledAfterOptOut => RuleDto::CalledAfterOptOut,
    }
}

fn rule_of(dto: RuleDto) -> Rule {
    match dto {
        RuleDto::DataStale => Rule::DataStale,
        RuleDto::SignInFailing => Rule::SignInFailing,
        RuleDto::WorkflowFailed => Rule::WorkflowFailed,
        RuleDto::NoNewCalls => Rule::NoNewCalls,
        RuleDto::ReachedFalling => Rule::ReachedFalling,
        RuleDto::SessionErrors => Rule::SessionErrors,
        RuleDto::WebhookSilent => Rule::WebhookSilent,
        RuleDto::NoAgent => Rule::NoAgent,
        RuleDto::OutsideHours => Rule::OutsideHours,
        RuleDto::ContactLimit => Rule::ContactLimit,
        RuleDto::CalledAfterOptOut => Rule::CalledAfterOptOut,
    }
}
