import type { WorkflowRow } from '../../bindings/types';
import type { Column } from '../../parts/table';

export const columns: Column<WorkflowRow>[] = [
  { id: 'status', label: 'col.status', width: '104px', sort: 'status', value: (row) => row.status },
  { id: 'name', label: 'col.name', width: 'minmax(160px, 2.2fr)', sort: 'name', value: (row) => row.name },
  { id: 'template', label: 'col.template', width: 'minmax(96px, 1.2fr)', from: 1080, value: (row) => row.template_name },
  { id: 'progress', label: 'col.progress', width: '112px', sort: 'progress', value: (row) => row.figures.progress },
  { id: 'reached', label: 'col.reached', width: '92px', end: true, sort: 'reached', value: (row) => row.figures.reached },
  { id: 'talk', label: 'col.talk', width: '92px', end: true, sort: 'talk', value: (row) => row.figures.talk_ms },
  { id: 'intentions', label: 'col.intentions', width: '104px', from: 860, value: (row) => row.figures.intentions },
  { id: 'calls', label: 'col.calls', width: '68px', end: true, from: 700, value: (row) => row.figures.calls },
  { id: 'lastCall', label: 'col.lastCall', width: '80px', end: true, from: 700, value: (row) => row.figures.last_call_at },
  { id: 'started', label: 'col.started', width: '80px', end: true, from: 1240, sort: 'started', value: (row) => row.started_at },
  { id: 'receipt', label: 'col.receipt', width: '152px', from: 780, value: (row) => row.receipt },
];
