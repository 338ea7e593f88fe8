//! Domain and stored rows to DTOs. Masking happens here, once, for every list and detail.

use std::collections::BTreeMap;

use super::{dto::*, share::Person};
use crate::{
    domain::{
        action::{Action, How, Outcome, Subject, Verb},
        call::pds_hangup_meaning,
        chat::Signature,
        evidence::Evidence,
        ids::{AccountId, Callee},
        mask::Mask,
        status::{Phase, Status},
        time::Timestamp,
        waba::{WabaMessage, WabaTask},
        workflow::{Need, Node, OutboundTask, Source},
    },
    insight::figures::{Ratio, figures},
    store::{StoredCall, StoredSession, StoredWorkflow, TimelineEntry, TimelineWhat},
};

/// What would be sent is shown with the number masked also where an account shows numbers.
pub fn preview(mask: Mask) -> Mask {
    if mask.is_pseudonym() { mask } else { Mask::LastFour }
}

/// `account/id`: the id of a row over all accounts.
pub fn row_id(account: &AccountId, id: &str) -> String {
    format!("{account}/{id}")
}

pub fn status(status: &Status) -> StatusDto {
    let phase = match status.phase {
        Phase::Failed => PhaseDto::Failed,
        Phase::Stopping => PhaseDto::Stopping,
        Phase::Running => PhaseDto::Running,
        Phase::Paused => PhaseDto::Paused,
        Phase::Pending => PhaseDto::Pending,
        Phase::Stopped => PhaseDto::Stopped,
        Phase::Finished => PhaseDto::Finished,
        Phase::Unknown => PhaseDto::Unknown,
    };
    StatusDto { written: status.written.clone(), phase }
}

pub fn evidence(evidence: Evidence) -> EvidenceDto {
    match evidence {
        Evidence::Assumed => EvidenceDto::Assumed,
        Evidence::Inferred => EvidenceDto::Inferred,
        Evidence::Observed => EvidenceDto::Observed,
        Evidence::Documented => EvidenceDto::Documented,
        Evidence::Confirmed => EvidenceDto::Confirmed,
    }
}

pub(super) fn source(source: Source) -> SourceDto {
    match source {
        Source::Api => SourceDto::Api,
        Source::Webhook => SourceDto::Webhook,
        Source::File => SourceDto::File,
    }
}

pub(super) fn ms(time: Option<Timestamp>) -> Option<Ms> {
    time.map(Timestamp::millis)
}

pub(super) fn ratio(ratio: Option<Ratio>) -> Option<RatioDto> {
    ratio.map(|Ratio { num, den }| RatioDto { num, den })
}

fn shares(counts: Option<Vec<(String, i64)>>) -> Option<Vec<ShareDto>> {
    let share = |(label, count)| ShareDto { label, count };
    counts.map(|counts| counts.into_iter().map(share).collect())
}

pub fn pairs(pairs: &[(String, String)], mask: Mask, person: &Person<'_>) -> Vec<PairDto> {
    let pair = |(name, value): &(String, String)| PairDto {
        name: name.clone(),
        value: person.said(value, mask),
    };
    pairs.iter().map(pair).collect()
}

/// The callee's personal data: while the screen is shared, only what there is of it.
pub fn variables(pairs: &[(String, String)], mask: Mask, callee: Option<&Callee>) -> Vec<PairDto> {
    let pair = |(name, value): &(String, String)| PairDto {
        name: name.clone(),
        value: mask.value(value, callee),
    };
    pairs.iter().map(pair).collect()
}

pub fn workflow(stored: &StoredWorkflow, mask: Mask) -> WorkflowRow {
    let w = &stored.workflow;
    let f = figures(w, &stored.tally);
    WorkflowRow {
        id: row_id(&stored.account, w.id.as_str()),
        account: stored.account.to_string(),
        workflow_id: w.id.to_string(),
        name: w.name.clone(),
        template: w.template.as_ref().map(ToString::to_string),
        template_name: w.template_name.clone(),
        status: w.status.as_ref().map(status),
        created_at: ms(w.created_at),
        started_at: ms(w.started_at),
        ended_at: ms(w.ended_at),
        total: w.total,
        finished: w.finished,
        figures: FiguresDto {
            progress: ratio(f.progress),
            reached: ratio(f.reached),
            talk_ms: ratio(f.talk_ms),
            intentions: shares(f.intentions),
            attempts: ratio(f.attempts),
            short_calls: ratio(f.short_calls),
            hangups: shares(f.hangups),
            calls: stored.tally.calls,
            sessions: stored.sessions,
            last_call_at: ms(f.last_call_at),
        },
        needs: stored.needs.iter().map(need).collect(),
        source: source(stored.source),
        receipt: stored.receipt.as_ref().map(|action| receipt(action, mask)),
    }
}

fn need(need: &Need) -> NeedDto {
    match need {
        Need::Failed => NeedDto::Failed,
        Need::StopNotSeen => NeedDto::StopNotSeen,
        Need::NoCalls => NeedDto::NoCalls,
        Need::FewReached => NeedDto::FewReached,
    }
}

pub fn node(account: &AccountId, n: &Node) -> NodeRow {
    NodeRow {
        id: row_id(account, n.id.as_str()),
        account: account.to_string(),
        workflow_id: n.workflow.to_string(),
        node_id: n.id.to_string(),
        name: n.name.clone(),
        node_type: n.node_type.clone(),
        status: n.status.as_ref().map(status),
        task_id: n.task.as_ref().map(ToString::to_string),
        total: n.total,
        finished: n.finished,
        started_at: ms(n.started_at),
        ended_at: ms(n.ended_at),
    }
}

pub fn task(account: &AccountId, t: &OutboundTask) -> TaskRow {
    TaskRow {
        id: row_id(account, t.id.as_str()),
        account: account.to_string(),
        workflow_id: t.workflow.to_string(),
        task_id: t.id.to_string(),
        name: t.name.clone(),
        node_name: t.node_name.clone(),
        status: t.status.as_ref().map(status),
        total: t.total,
        finished: t.finished,
        connected: t.connected,
        started_at: ms(t.started_at),
        ended_at: ms(t.ended_at),
    }
}

/// A WhatsApp batch among the tasks: the same columns, as far as they mean the same.
pub fn waba_task(account: &AccountId, t: &WabaTask) -> TaskRow {
    TaskRow {
        id: row_id(account, t.id.as_str()),
        account: account.to_string(),
        workflow_id: t.workflow.to_string(),
        task_id: t.id.to_string(),
        name: t.template_name.clone(),
        node_name: t.node_name.clone(),
        status: t.status.as_ref().map(status),
        total: t.total,
        finished: t.sent,
        connected: None,
        started_at: None,
        ended_at: None,
    }
}

pub fn waba(account: &AccountId, m: &WabaMessage, mask: Mask) -> WabaRow {
    WabaRow {
        id: row_id(account, m.id.as_str()),
        account: account.to_string(),
        workflow_id: m.workflow.as_ref().map(ToString::to_string),
        waba_task_id: m.task.to_string(),
        msg_id: m.id.to_string(),
        callee: m.callee.as_ref().map(|c| mask.callee(c)),
        case_id: m.case_id.as_deref().map(|id| mask.case(id, m.callee.as_ref())),
        status: m.status.clone(),
        failure_code: m.failure_code.clone(),
        failure_reason: (m.failure_reason.as_deref())
            .map(|text| mask.text_with(text, m.callee.as_ref())),
        sent_at: ms(m.sent_at),
        delivered_at: ms(m.delivered_at),
        read_at: ms(m.read_at),
        as_of: m.as_of.millis(),
    }
}

pub fn call(stored: &StoredCall, mask: Mask) -> CallRow {
    let c = &stored.call;
    CallRow {
        id: row_id(&stored.account, c.id.as_str()),
        account: stored.account.to_string(),
        call_id: c.id.to_string(),
        workflow_id: c.workflow.as_ref().map(ToString::to_string),
        workflow_name: c.workflow_name.clone(),
        node_name: c.node_name.clone(),
        task_id: c.task.as_ref().map(ToString::to_string),
        callee: c.callee.as_ref().map(|callee| mask.callee(callee)),
        case_id: c.case_id.as_deref().map(|id| mask.case(id, c.callee.as_ref())),
        round: c.round,
        result: c.result.clone(),
        connected: c.connected,
        hangup: c.hangup.clone(),
        hangup_guess: c.hangup.as_deref().and_then(pds_hangup_meaning).map(str::to_owned),
        called_at: ms(c.called_at),
        answered_at: ms(c.answered_at),
        ended_at: ms(c.ended_at),
        talk_ms: c.talk_ms,
        turns: c.turns,
        intention: c.intention.clone(),
        named: BTreeMap::new(),
        has_recording: c.recording.is_some(),
        recording_kept: false,
        zone_assumed: c.zone_assumed,
        source: source(stored.source),
    }
}

pub fn session(stored: &StoredSession, mask: Mask) -> SessionRow {
    let s = &stored.session;
    SessionRow {
        id: row_id(&stored.account, s.id.as_str()),
        account: stored.account.to_string(),
        session_id: s.id.to_string(),
        workflow_id: s.workflow.as_ref().map(ToString::to_string),
        workflow_name: s.workflow_name.clone(),
        node_name: s.node_name.clone(),
        channel: s.channel.clone(),
        channel_id: s.channel_id.as_deref().map(|id| match mask.is_pseudonym() {
            true => mask.number(id),
            false => id.to_owned(),
        }),
        callee: s.callee.as_ref().map(|callee| mask.callee(callee)),
        status: s.status.clone(),
        started_at: ms(s.started_at),
        ended_at: ms(s.ended_at),
        end_reason: s.end_reason.clone(),
        intention: s.intention.clone(),
        talk_round: s.talk_round,
        messages: stored.messages,
        named: BTreeMap::new(),
        origin: match s.is_of_workflow() {
            true => OriginDto::Workflow,
            false => OriginDto::Chatbot,
        },
        signature: match s.signature {
            Signature::NotApplicable => SignatureDto::NotApplicable,
            Signature::Unsigned => SignatureDto::Unsigned,
            Signature::Unchecked => SignatureDto::Unchecked,
            Signature::Matched => SignatureDto::Matched,
            Signature::Mismatched => SignatureDto::Mismatched,
        },
        source: source(stored.source),
    }
}

pub fn verb(verb: Verb) -> VerbDto {
    match verb {
        Verb::StopWorkflow => VerbDto::StopWorkflow,
        Verb::CancelRest => VerbDto::CancelRest,
        Verb::CancelTask => VerbDto::CancelTask,
        Verb::CancelPlan => VerbDto::CancelPlan,
        Verb::CancelTaskRest => VerbDto::CancelTaskRest,
        Verb::CancelPlanRest => VerbDto::CancelPlanRest,
        Verb::CancelContact => VerbDto::CancelContact,
        Verb::EndSession => VerbDto::EndSession,
        Verb::CancelLeadsCall => VerbDto::CancelLeadsCall,
    }
}

pub fn verb_of(verb: VerbDto) -> Verb {
    match verb {
        VerbDto::StopWorkflow => Verb::StopWorkflow,
        VerbDto::CancelRest => Verb::CancelRest,
        VerbDto::CancelTask => Verb::CancelTask,
        VerbDto::CancelPlan => Verb::CancelPlan,
        VerbDto::CancelTaskRest => Verb::CancelTaskRest,
        VerbDto::CancelPlanRest => Verb::CancelPlanRest,
        VerbDto::CancelContact => Verb::CancelContact,
        VerbDto::EndSession => Verb::EndSession,
        VerbDto::CancelLeadsCall => Verb::CancelLeadsCall,
    }
}

pub fn subject(subject: &Subject) -> SubjectKind {
    match subject {
        Subject::Workflow(_) => SubjectKind::Workflow,
        Subject::Task(_) => SubjectKind::Task,
        Subject::Plan(_) => SubjectKind::Plan,
        Subject::DialerTask(_) => SubjectKind::DialerTask,
        Subject::Session(_) => SubjectKind::Session,
    }
}

pub fn receipt(a: &Action, mask: Mask) -> ReceiptDto {
    ReceiptDto {
        id: a.id.to_string(),
        account: a.account.to_string(),
        verb: verb(a.verb),
        how: match a.how {
            How::Send => HowDto::Send,
            How::Trial => HowDto::Trial,
            How::Outside => HowDto::Outside,
        },
        subject: subject(&a.subject),
        subject_id: a.subject.id().to_owned(),
        name: a.name.clone(),
        workflow_id: a.workflow.as_ref().map(ToString::to_string),
        callee: a.callee.as_ref().map(|callee| mask.callee(callee)),
        reason: mask.text_with(&a.reason, a.callee.as_ref()),
        by: mask.name(&a.by),
        requested_at: a.requested_at.millis(),
        outcome: match a.outcome {
            Outcome::Requested => OutcomeDto::Requested,
            Outcome::Accepted => OutcomeDto::Accepted,
            Outcome::Refused => OutcomeDto::Refused,
            Outcome::Failed => OutcomeDto::Failed,
            Outcome::Unknown => OutcomeDto::Unknown,
            Outcome::Outside => OutcomeDto::Outside,
        },
        outcome_at: ms(a.outcome_at),
        detail: a.detail.as_deref().map(|text| mask.text_with(text, a.callee.as_ref())),
        status_before: a.status_before.clone(),
        seen_at: ms(a.seen_at),
        status_seen: a.status_seen.clone(),
        calls_since: a.calls_since,
    }
}

pub fn timeline(entry: &TimelineEntry) -> TimelineRow {
    let source = source(entry.source);
    let event = match &entry.what {
        TimelineWhat::FirstSeen => TimelineEvent::FirstSeen { source },
        TimelineWhat::WorkflowStatus { from, to } => TimelineEvent::WorkflowStatus {
            from: from.as_ref().map(status),
            to: status(to),
            source,
        },
        TimelineWhat::NodeStatus { node, from, to } => TimelineEvent::NodeStatus {
            node: node.clone(),
            from: from.as_ref().map(status),
            to: status(to),
            source,
        },
    };
    TimelineRow { id: format!("t{}", entry.id), at: entry.at.millis(), event }
}

pub fn action_entry(action: &Action, mask: Mask) -> TimelineRow {
    TimelineRow {
        id: format!("a{}", action.id),
        at: action.requested_at.millis(),
        event: TimelineEvent::Action { receipt: Box::new(receipt(action, mask)) },
    }
}
