import type { ChangeDto, RawView } from '../../bindings/types';
import type { RawKind } from '../setup';
import { fields } from './contract';

const CALL = {
  callid: '9f2c1e', taskId: 't3', callee: '•••• 4821', case_id: 'case-10021', talkResult: 'Connected', hangupReason: 14,
  nthCall: 2, calltime: '2026-11-22 13:12:08', talkTimeMs: 42000, result: { main: 'A', labels: [{ name: 'mood', value: 'calm' }] }, robotGroup: 'north',
};
const WORKFLOW = { workflow_id: 'e3b0c442', workflow_name: 'Due in 3 days', status: 3, progressRate: '42%', create_time: '2026-11-22 08:00:00' };
const OTHER = { id: '42', state: 3, createdAt: '2026-11-22T01:00:00Z' };
const USED: Record<string, string> = {
  callid: 'call_id', callee: 'callee', case_id: 'case_id', talkResult: 'talk_result', hangupReason: 'hangup_reason', nthCall: 'nth_call',
  calltime: 'call_time', workflow_id: 'workflow_id', workflow_name: 'workflow_name', status: 'status', create_time: 'create_time',
};

function leavesOf(value: unknown, at = ''): [pointer: string, value: string][] {
  if (typeof value !== 'object' || value === null) return [[at, String(value)]];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, `${at}/${key}`));
}

export function rawOf(kind: RawKind, changes: ChangeDto[]): RawView {
  const body = kind === 'call' ? CALL : kind === 'workflow' ? WORKFLOW : OTHER;
  const mapped = (pointer: string) => changes.findLast(({ path, to }) => path[0] === 'record' && path[1] === kind && to?.includes(`"${pointer}"`))?.path[3];
  return {
    json: JSON.stringify(body, null, 2), record: kind,
    leaves: leavesOf(body).map(([pointer, value]) => ({ pointer, value, used_as: mapped(pointer) ?? USED[pointer.slice(1)] ?? null })),
    fields: fields.filter(({ record }) => record === kind),
  };
}
