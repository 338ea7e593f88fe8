//! How a workflow went, for the screen that asks: figures over time, by round, by node, and what its
//! letters and codes mean. Asked once a look, not followed.

use serde::Serialize;
use ts_rs::TS;

use super::{
    Desk, convert,
    dto::{Ms, RatioDto},
    errors::bad_request,
    frames::UiError,
    queries::split,
};
use crate::{
    domain::{
        call::pds_hangup_meaning,
        ids::{AccountId, WorkflowId},
        time::Timestamp,
        waba::WabaTask,
    },
    insight::{
        figures::{self, Ratio},
        forecast::{Forecast, forecast},
    },
    store::{NodeTally, RoundTally, TrendPoint},
};

/// More points than this are thinned: a curve is not wider.
const POINTS: usize = 360;

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct CourseView {
    /// Oldest first, at most 360: what the figures were at the end of a minute in which they changed.
    pub points: Vec<TrendPointDto>,
    /// Stretches between the points in which nobody asked or nobody answered.
    pub gaps: Vec<GapDto>,
    /// The figures are known to have held until then.
    pub until: Option<Ms>,
    pub forecast: Option<ForecastDto>,
    pub rounds: Vec<WorkflowRoundDto>,
    pub nodes: Vec<NodeCourseDto>,
    /// What letters of this workflow mean, as the account's profile says.
    pub intentions: Vec<MeaningDto>,
    /// What hang-up codes mean at the predictive dialer, keys of the text catalogue: a guess elsewhere.
    pub hangups: Vec<MeaningDto>,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TrendPointDto {
    pub at: Ms,
    pub progress: Option<RatioDto>,
    pub reached: Option<RatioDto>,
    pub talk_ms: Option<RatioDto>,
    pub attempts: Option<RatioDto>,
    pub short_calls: Option<RatioDto>,
    pub finished: Option<i64>,
    pub calls: i64,
    pub sessions: i64,
}

/// When the list is through if it goes on as it did in the last ten minutes, half hour and two hours.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, TS)]
pub struct ForecastDto {
    /// List entries finished ÷ milliseconds, of the last ten minutes or what there is of them.
    pub pace: RatioDto,
    /// The earliest and the latest of them; `null` where nothing moved, nothing is left or it would be
    /// more than a week ahead.
    pub ends: Option<(Ms, Ms)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
pub struct GapDto {
    pub from: Ms,
    pub to: Ms,
}

#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct WorkflowRoundDto {
    /// `null`: the calls did not say.
    pub round: Option<i64>,
    pub calls: i64,
    pub dialled: i64,
    /// Numbers first reached in this round ÷ numbers dialled in it.
    pub newly_reached: Option<RatioDto>,
}

/// What happened in a node; a count whose records name no node is not here.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct NodeCourseDto {
    pub node_id: String,
    pub calls: i64,
    /// Numbers with a connected call ÷ numbers dialled.
    pub reached: Option<RatioDto>,
    pub sessions: i64,
    /// Template messages as the vendor counts them.
    pub waba: Option<WabaCountsDto>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, TS)]
pub struct WabaCountsDto {
    pub total: Option<i64>,
    pub sent: Option<i64>,
    pub failed: Option<i64>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, TS)]
pub struct MeaningDto {
    pub word: String,
    pub meaning: String,
}

impl Desk {
    /// `workflow` is a row id.
    pub async fn course(&self, workflow: &str) -> Result<CourseView, UiError> {
        let (account, id) = split(workflow)?;
        let id = WorkflowId::new(id);
        let reader = self.reader();
        let Some(stored) = reader.workflow(&account, &id).await? else {
            return Err(bad_request("this workflow is not stored"));
        };
        let points = reader.trend(&account, &id).await?;
        let from = points.first().map_or(Timestamp(0), |point| point.at);
        let answered = reader.answered(&account, from).await?;
        let waba = reader.waba_tasks(&account, &id).await?;
        let template = stored.workflow.template.as_ref().map(|template| template.as_str());
        let intentions = stored.tally.intentions.iter().map(|(letter, _)| letter.as_str());
        let until = answered.last().map(|(_, until)| *until);
        let running = stored.workflow.ended_at.is_none();
        let forecast = until.filter(|_| running).and_then(|until| forecast(&points, until));
        Ok(CourseView {
            until: until.map(|until| until.millis()),
            forecast: forecast.map(forecast_dto),
            gaps: gaps(&answered),
            points: thinned(&points).map(point).collect(),
            rounds: reader.round_tallies(&account, &id).await?.iter().map(round).collect(),
            nodes: nodes(reader.node_tallies(&account, &id).await?, &waba),
            intentions: self.meanings(&account, template, intentions),
            hangups: hangups(&stored.tally.hangups),
        })
    }

    fn meanings<'a>(
        &self,
        account: &AccountId,
        template: Option<&str>,
        letters: impl Iterator<Item = &'a str>,
    ) -> Vec<MeaningDto> {
        let Some(profile) = self.shared.profiles.get(account) else { return Vec::new() };
        let meant = |letter: &str| {
            let meaning = profile.meaning(template, letter)?.to_owned();
            Some(MeaningDto { word: letter.to_owned(), meaning })
        };
        letters.filter_map(meant).collect()
    }
}

/// Every k-th point and always the last: the newest state is never left out.
fn thinned(points: &[TrendPoint]) -> impl Iterator<Item = &TrendPoint> {
    let step = points.len().div_ceil(POINTS).max(1);
    let last = points.len().saturating_sub(1);
    points
        .iter()
        .enumerate()
        .filter(move |(i, _)| (last - i).is_multiple_of(step))
        .map(|(_, point)| point)
}

fn gaps(answered: &[(Timestamp, Timestamp)]) -> Vec<GapDto> {
    let between = answered.iter().zip(answered.iter().skip(1));
    between.map(|((_, from), (to, _))| GapDto { from: from.millis(), to: to.millis() }).collect()
}

fn forecast_dto(forecast: Forecast) -> ForecastDto {
    let Ratio { num, den } = forecast.pace;
    let ends = forecast.ends.map(|(first, last)| (first.millis(), last.millis()));
    ForecastDto { pace: RatioDto { num, den }, ends }
}

fn point(point: &TrendPoint) -> TrendPointDto {
    let figures = figures::at_point(point);
    TrendPointDto {
        at: point.at.millis(),
        progress: convert::ratio(figures.progress),
        reached: convert::ratio(figures.reached),
        talk_ms: convert::ratio(figures.talk_ms),
        attempts: convert::ratio(figures.attempts),
        short_calls: convert::ratio(figures.short_calls),
        finished: point.finished,
        calls: point.tally.calls,
        sessions: point.sessions,
    }
}

fn round(round: &RoundTally) -> WorkflowRoundDto {
    WorkflowRoundDto {
        round: round.round,
        calls: round.calls,
        dialled: round.dialled,
        newly_reached: convert::ratio(figures::newly_reached(round)),
    }
}

fn nodes(tallies: Vec<NodeTally>, waba: &[WabaTask]) -> Vec<NodeCourseDto> {
    let mut nodes: Vec<NodeCourseDto> = Vec::new();
    for tally in tallies {
        let Some(id) = &tally.node else { continue };
        let node = of_node(&mut nodes, id.as_str());
        node.calls = tally.calls;
        node.sessions = tally.sessions;
        node.reached = convert::ratio(figures::node_reached(&tally));
    }
    for task in waba {
        let Some(id) = &task.node else { continue };
        let counts = of_node(&mut nodes, id.as_str()).waba.get_or_insert_default();
        add(&mut counts.total, task.total);
        add(&mut counts.sent, task.sent);
        add(&mut counts.failed, task.failed);
    }
    nodes
}

fn of_node<'a>(nodes: &'a mut Vec<NodeCourseDto>, id: &str) -> &'a mut NodeCourseDto {
    let at = nodes.iter().position(|node| node.node_id == id).unwrap_or(nodes.len());
    if at == nodes.len() {
        let node_id = id.to_owned();
        nodes.push(NodeCourseDto { node_id, calls: 0, reached: None, sessions: 0, waba: None });
    }
    &mut nodes[at]
}

fn add(sum: &mut Option<i64>, more: Option<i64>) {
    if let Some(more) = more {
        *sum = Some(sum.unwrap_or(0).saturating_add(more));
    }
}

fn hangups(counts: &[(String, i64)]) -> Vec<MeaningDto> {
    let meant = |(code, _): &(String, i64)| {
        let meaning = pds_hangup_meaning(code)?.to_owned();
        Some(MeaningDto { word: code.clone(), meaning })
    };
    counts.iter().filter_map(meant).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Tally;

    fn at(ms: i64) -> TrendPoint {
        let at = Timestamp(ms);
        TrendPoint { at, total: None, finished: None, tally: Tally::default(), sessions: 0 }
    }

    #[test]
    fn a_long_curve_is_thinned_and_ends_where_it_ended() {
        let points: Vec<_> = (0..10_001).map(at).collect();
        let kept: Vec<_> = thinned(&points).collect();
        assert!(kept.len() <= POINTS + 1 && kept.len() > POINTS / 2, "{}", kept.len());
        assert_eq!(kept.last().map(|point| point.at), Some(Timestamp(10_000)));
        assert_eq!(thinned(&[]).count(), 0);
        assert_eq!(thinned(&points[..3]).count(), 3);
    }

    #[test]
    fn between_two_stretches_of_answers_lies_a_gap() {
        let t = Timestamp;
        assert_eq!(
            gaps(&[(t(0), t(60)), (t(300), t(400)), (t(900), t(950))]),
            [GapDto { from: 60, to: 300 }, GapDto { from: 400, to: 900 }]
        );
        assert_eq!(gaps(&[(t(0), t(60))]), []);
    }
}
