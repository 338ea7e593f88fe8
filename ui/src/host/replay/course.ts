import type { CallRow, CourseView, RatioDto, RowDto, TrendPointDto, WorkflowRow } from '../../bindings/types';

const MINUTE = 60_000;
const STEPS = 60;

/** How a workflow of the recorded world may have gone: it grew to what it is now, with one gap. */
export function courseOf(workflow: WorkflowRow, calls: CallRow[], rows: RowDto[], now: number): CourseView {
  const { figures } = workflow;
  const at = (step: number) => now - (STEPS - step) * MINUTE;
  const part = (ratio: RatioDto | null, share: number) => ratio && { num: Math.round(ratio.num * share), den: ratio.den };
  const point = (step: number): TrendPointDto => {
    const share = Math.min(1, 0.2 + (0.8 * step) / STEPS);
    return {
      at: at(step), progress: part(figures.progress, share), reached: part(figures.reached, 0.7 + 0.3 * share), talk_ms: figures.talk_ms,
      attempts: figures.attempts, short_calls: figures.short_calls,
      finished: figures.progress && Math.round(figures.progress.num * share),
      calls: Math.round(figures.calls * share), sessions: Math.round(figures.sessions * share),
    };
  };
  const steps = Array.from({ length: STEPS + 1 }, (_, step) => step).filter((step) => step < 20 || step > 28);
  const rounds = [...new Set(calls.map((call) => call.round))].sort((a, b) => (a ?? Infinity) - (b ?? Infinity));
  const nodes = rows.flatMap((row) => (row.list === 'node' && row.row.workflow_id === workflow.workflow_id ? [row.row] : []));
  const finished = figures.progress;
  return {
    points: figures.calls > 0 ? steps.map(point) : [],
    gaps: [{ from: at(19), to: at(29) }],
    until: now,
    forecast: finished && workflow.ended_at === null ? { pace: { num: 40, den: 10 * MINUTE }, ends: finished.num < finished.den ? [now + 40 * MINUTE, now + 75 * MINUTE] : null } : null,
    rounds: rounds.map((round) => {
      const of = calls.filter((call) => call.round === round);
      const dialled = new Set(of.map((call) => call.callee)).size;
      const reached = new Set(of.filter((call) => call.connected).map((call) => call.callee)).size;
      return { round, calls: of.length, dialled, newly_reached: round === null ? null : { num: reached, den: dialled } };
    }),
    nodes: nodes.map((node) => ({
      node_id: node.node_id, calls: node.node_type?.toLowerCase().includes('voice') ? figures.calls : 0, reached: figures.reached,
      sessions: 0, waba: node.node_type?.toLowerCase().includes('waba') ? { total: node.total, sent: node.finished, failed: 3 } : null,
    })),
    intentions: (figures.intentions ?? []).slice(0, 2).map(({ label }) => ({ word: label, meaning: label === 'A' ? 'agreed to pay' : 'asked to be called again' })),
    hangups: (figures.hangups ?? []).flatMap(({ label }) => (label === '14' ? [{ word: label, meaning: 'user_hung_up' }] : label === '3' ? [{ word: label, meaning: 'busy' }] : [])),
  };
}
