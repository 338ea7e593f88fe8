import type { BlastRadius, CallRow, DiallingRow, NumberOf, OfferDto, ReceiptDto, SessionRow, VerbDto } from '../../bindings/types';
import type { Lists } from './answer';

type Subject = ReceiptDto['subject'];

const WRITES: Record<VerbDto, [Subject, string, string]> = {
  stop_workflow: ['workflow', 'workflow_id', '/service/cloud/workflow/stopinstance'],
  cancel_rest: ['workflow', 'workflow_id', '/service/cloud/workflow/canceldetail'],
  cancel_task: ['task', 'TaskID', '/service/cloud/operation'],
  cancel_plan: ['plan', 'PlanID', '/service/cloud/operation'],
  cancel_task_rest: ['task', 'TaskID', '/service/cloud/cancelphonecall'],
  cancel_plan_rest: ['plan', 'PlanID', '/service/cloud/plan/cancelphonecall'],
  cancel_contact: ['dialer_task', 'TaskID', '/service/callcenter/call/predict/canceltaskcontacts'],
  end_session: ['session', 'call_id', '/api/v1/session/end'],
  cancel_leads_call: ['workflow', 'workflow_id', '/service/cloud/workflow/canceldetail'],
};

const idOf = (target: string) => target.slice(target.indexOf('/') + 1);

export function subjectOf(verb: VerbDto, target: string): { subject: Subject; subject_id: string } {
  return { subject: WRITES[verb][0], subject_id: idOf(target) };
}

export function requestOf(verb: VerbDto, target: string): string {
  const [, name, path] = WRITES[verb];
  return `POST ${path}\n{"${name}":"${idOf(target)}"}`;
}

/** What the target is, as far as the recording knows it. */
export function aimed(lists: Lists, verb: VerbDto, target: string, numberOf: NumberOf | null): Pick<BlastRadius, 'name' | 'status' | 'callee'> & { workflow_id: string | null } {
  const { subject } = subjectOf(verb, target);
  const callee = numberOf ? '•••• 4821' : null;
  const row = (name: 'workflows' | 'sessions') => lists.get(name)?.find((each) => each.row.id === target);
  if (subject === 'session') {
    const found = row('sessions');
    const session = found?.list === 'session' ? found.row : null;
    const status = session?.status ? { written: session.status, phase: 'unknown' as const } : null;
    return { name: session?.workflow_name ?? null, status, callee: session?.callee ?? null, workflow_id: session?.workflow_id ?? null };
  }
  const found = row('workflows');
  const workflow = found?.list === 'workflow' ? found.row : null;
  if (workflow) return { name: workflow.name, status: workflow.status, callee, workflow_id: workflow.workflow_id };
  const dialled = lists.get('dialling')?.find((each) => each.list === 'dialling' && each.row.scope === target && each.row.kind === subject);
  if (dialled?.list === 'dialling') return { name: dialled.row.name, status: dialled.row.status, callee, workflow_id: null };
  const status = subject === 'dialer_task' ? null : { written: 'IN_PROGRESS', phase: 'running' as const };
  return { name: subject === 'workflow' ? null : 'Overdue D3 (task)', status, callee, workflow_id: null };
}

export function linesOf(verb: VerbDto, as_of: number): BlastRadius['lines'] {
  const [subject] = WRITES[verb];
  const chats = { what: 'open_chats', value: subject === 'session' ? 1 : 2, as_of: as_of - 30_000, evidence: subject === 'session' ? 'documented' : 'assumed' } as const;
  if (subject === 'session') return [chats];
  const dialled = [
    { what: 'numbers_left', value: 4312, as_of, evidence: 'documented' },
    ...(verb === 'cancel_plan' ? [{ what: 'rounds', value: null, as_of: null, evidence: 'inferred' } as const] : []),
    { what: 'calls_running', value: 7, as_of, evidence: 'assumed' },
  ] satisfies BlastRadius['lines'];
  return subject === 'workflow' ? [...dialled, { what: 'waba_queued', value: null, as_of: null, evidence: 'assumed' }, chats] : dialled;
}

export function offersOfCall({ account, workflow_id, task_id }: CallRow): OfferDto[] {
  if (workflow_id !== null) return [{ verb: 'cancel_rest', target: `${account}/${workflow_id}` }];
  if (task_id === null) return [];
  const target = `${account}/${task_id}`;
  return [{ verb: 'cancel_task_rest', target }, { verb: 'cancel_task', target }];
}

export function offersOf({ kind, scope }: DiallingRow): OfferDto[] {
  const verbs: VerbDto[] = kind === 'plan' ? ['cancel_plan', 'cancel_plan_rest'] : ['cancel_task', 'cancel_task_rest'];
  return verbs.map((verb) => ({ verb, target: scope }));
}

export function offersOfSession({ id, account, workflow_id }: SessionRow): OfferDto[] {
  const rest: OfferDto[] = workflow_id === null ? [] : [{ verb: 'cancel_rest', target: `${account}/${workflow_id}` }];
  return [...rest, { verb: 'end_session', target: id }];
}

/** The newest receipt of what is offered, for the number that is shown. */
export function receiptOf(lists: Lists, offers: OfferDto[]): ReceiptDto | null {
  const rows = lists.get('journal') ?? [];
  const fits = (receipt: ReceiptDto) => offers.some(({ verb, target }) => receipt.verb === verb && `${receipt.account}/${receipt.subject_id}` === target);
  const own = rows.flatMap((row) => (row.list === 'receipt' && fits(row.row) ? [row.row] : []));
  return own.sort((a, b) => b.requested_at - a.requested_at)[0] ?? null;
}
