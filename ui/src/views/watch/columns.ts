import type { WorkflowRow } from '../../bindings/types';
import type { Column } from '../../parts/table';

export const columns: Column<WorkflowRow>[] = [
  { id: 'status', label: 'col.status', width: '104px', sort: 'status', value: (row) => row.status },
  { id: 'name', label: 'col.name', width: 'minmax(160px, 2.2fr)', sort: 'name', value: (row) => row.name },
  { id: 'need', label: 'col.need', width: 'minmax(128px, 1.2fr)', from: 930, value: (row) => row.needs.join() },
  { id: 'account', label: 'col.account', width: '112px', optional: true, value: (row) => row.account },
  { id: 'template', label: 'col.template', width: 'minmax(96px, 1.2fr)', from: 1300, value: (row) => row.template_name },
  { id: 'progress', label: 'col.progress', width: '104px', sort: 'progress', value: (row) => row.figures.progress },
  { id: 'reached', label: 'col.reached', width: '92px', end: true, sort: 'reached', value: (row) => row.figures.reached },
  { id: 'talk', label: 'col.talk', width: '92px', end: true, sort: 'talk', value: (row) => row.figures.talk_ms },
  { id: 'intentions', label: 'col.intentions', width: '104px', from: 1100, value: (row) => row.figures.intentions },
  { id: 'calls', label: 'col.calls', width: '68px', end: true, from: 1200, value: (row) => row.figures.calls },
  { id: 'lastCall', label: 'col.lastCall', width: '80px', end: true, from: 700, value: (row) => row.figures.last_call_at },
  { id: 'started', label: 'col.started', width: '80px', end: true, from: 1400, sort: 'started', value: (row) => row.started_at },
  { id: 'ended', label: 'col.ended', width: '80px', end: true, optional: true, value: (row) => row.ended_at },
  { id: 'created', label: 'col.created', width: '80px', end: true, optional: true, value: (row) => row.created_at },
  { id: 'total', label: 'col.total', width: '72px', end: true, optional: true, value: (row) => row.total },
  { id: 'finished', label: 'col.finished', width: '80px', end: true, optional: true, value: (row) => row.finished },
  { id: 'attempts', label: 'col.attempts', width: '80px', end: true, optional: true, value: (row) => row.figures.attempts },
  { id: 'shortCalls', label: 'col.shortCalls', width: '92px', end: true, optional: true, value: (row) => row.figures.short_calls },
  { id: 'sessions', label: 'col.sessions', width: '108px', end: true, optional: true, value: (row) => row.figures.sessions },
  { id: 'receipt', label: 'col.receipt', width: '152px', from: 800, value: (row) => row.receipt },
];
