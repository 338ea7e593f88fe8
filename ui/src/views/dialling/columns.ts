import type { DiallingRow, RatioDto } from '../../bindings/types';
import type { Column } from '../../parts/table';

export const progressOf = ({ total, finished }: DiallingRow): RatioDto | null =>
  total === null || finished === null ? null : { num: finished, den: total };

export const columns: Column<DiallingRow>[] = [
  { id: 'status', label: 'col.status', width: '104px', sort: 'status', value: (row) => row.status },
  { id: 'name', label: 'col.name', width: 'minmax(128px, 1.8fr)', sort: 'name', value: (row) => row.name },
  { id: 'kind', label: 'col.kind', width: '72px', sort: 'kind', value: (row) => row.kind },
  { id: 'line', label: 'col.line', width: 'minmax(144px, 1.6fr)', from: 800, value: (row) => row.lines },
  { id: 'progress', label: 'col.progress', width: '128px', sort: 'progress', value: progressOf },
  { id: 'connected', label: 'col.connected', width: '96px', end: true, sort: 'connected', value: (row) => row.connected },
  { id: 'strategy', label: 'col.strategy', width: 'minmax(112px, 1fr)', from: 960, value: (row) => row.strategy },
  { id: 'started', label: 'col.started', width: '80px', end: true, sort: 'started', from: 640, value: (row) => row.started_at },
  { id: 'data', label: 'col.data', width: '80px', end: true, from: 880, value: () => null },
];
