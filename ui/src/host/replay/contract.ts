import type { AskedDto, ChangeDto, ContractRow, ContractValue, ContractView, EndpointKind, EvidenceDto, FieldRow } from '../../bindings/types';

type Line = [key: string, title: string, kind: EndpointKind, method: string, path: string, evidence: EvidenceDto];

const W = '/service/cloud/workflow';
const LINES: Line[] = [
  ['cloud.auth', 'Sign in', 'read', 'POST', '/service/cloud/auth', 'documented'],
  ['workflow.templates', 'Obtain the List of Workflow Templates', 'read', 'GET', `${W}/templatelist`, 'assumed'],
  ['workflow.list', 'Obtain the Workflow Task List', 'read', 'GET', `${W}/instancelist`, 'assumed'],
  ['workflow.subtasks', 'Obtain the Subtask List of the Workflow', 'read', 'GET', `${W}/subtasklist`, 'assumed'],
  ['workflow.outbound_tasks', 'Obtain the Outbound Task List of Workflow', 'read', 'POST', `${W}/tasklist`, 'assumed'],
  ['workflow.outbound_details', 'Obtain the Outbound Task Details of Workflow', 'read', 'POST', `${W}/taskdetail`, 'documented'],
  ['workflow.calls_by_person', 'Obtain Call Information and Recording Links by callee/caseid', 'read', 'GET', `${W}/callinfo`, 'assumed'],
  ['workflow.call_by_id', 'Obtain Call Information and Recording Link by Call ID', 'read', 'GET', `${W}/callinfobyid`, 'assumed'],
  ['workflow.recordings_of_number', 'Obtain All the Recordings of a Single Number in the Workflow', 'read', 'GET', `${W}/recordings`, 'assumed'],
  ['workflow.find', 'Query workflow_id using case_id/callee', 'read', 'POST', `${W}/detailinstances`, 'documented'],
  ['workflow.waba_tasks', 'Obtain the WABA Tasks List of Workflow', 'read', 'GET', `${W}/wabatasklist`, 'assumed'],
  ['workflow.waba_details', 'Obtain the WABA Task Details of Workflow', 'read', 'GET', `${W}/wabataskdetail`, 'assumed'],
  ['workflow.verify_push', 'Verify the Custom API Node Data Push', 'read', 'POST', `${W}/apinoticeinfo`, 'documented'],
  ['workflow.create', 'Create a New WorkFlow Task', 'write', 'POST', `${W}/createinstance`, 'documented'],
  ['workflow.add_lists', 'Add lists to an workflow task', 'write', 'POST', `${W}/uploaddetails`, 'observed'],
  ['workflow.cancel_list', 'Cancel the processes for a specific list', 'write', 'POST', `${W}/canceldetail`, 'assumed'],
  ['workflow.stop', 'Stop the Workflow Task', 'write', 'POST', `${W}/stopinstance`, 'assumed'],
  ['task.list', 'List the Task Created', 'read', 'GET', '/service/cloud/list', 'observed'],
  ['task.details', 'Obtain the Detailed Information of Tasks', 'read', 'GET', '/service/cloud/detail', 'documented'],
  ['task.recording', 'Obtain a Call Recording', 'read', 'GET', '/service/cloud/case', 'observed'],
  ['task.cancel', 'Cancel a Calling Task', 'write', 'POST', '/service/cloud/operation', 'observed'],
  ['plan.status', 'Obtain the Information of Plan Status', 'read', 'GET', '/service/cloud/plan/status', 'assumed'],
  ['chat.messages', 'Query message list', 'read', 'POST', '/api/v1/session/messages', 'documented'],
  ['chat.sessions', 'Query conversation list', 'read', 'POST', '/api/v1/session/list', 'assumed'],
  ['chat.end', 'End session', 'write', 'POST', '/api/v1/session/end', 'assumed'],
  ['waba.templates', 'Query the template list', 'read', 'GET', '/api/v1/waba/templates', 'assumed'],
  ['pds.tasks', 'Query task list', 'read', 'POST', '/service/callcenter/call/predict/querytasklist', 'observed'],
  ['hook.workflow_status', 'Notification of Workflow Status Change', 'hook', 'POST', '', 'documented'],
  ['hook.call_completed', 'Notification of Call Completion', 'hook', 'POST', '', 'documented'],
  ['hook.list_completed', 'Notification for Workflow List Completion', 'hook', 'POST', '', 'assumed'],
  ['hook.waba_status', 'Notification of WABA Message Status Alteration', 'hook', 'POST', '', 'assumed'],
  ['hook.chat_ended', 'Chatbot Session End Notification', 'hook', 'POST', '', 'documented'],
  ['hook.custom_node', 'Custom API Node Data Push', 'hook', 'POST', '', 'documented'],
];

const toml = (value: string) => JSON.stringify(value);
const NOT_USED = new Set(['workflow.create', 'workflow.add_lists', 'plan.status', 'waba.templates']);

function askedOf([key, , kind, method, , evidence]: Line): AskedDto {
  if (NOT_USED.has(key)) return 'not_used';
  if (kind === 'hook') return 'received';
  if (kind === 'write') return 'unconfirmed';
  if (key.startsWith('chat.')) return 'sign_unknown';
  if (evidence !== 'assumed') return 'asked';
  return method === 'GET' && key === 'workflow.waba_details' ? 'parked' : 'guessed';
}

function valuesOf([key, , kind, method, path]: Line): ContractValue[] {
  if (kind === 'hook') return [];
  const at = (name: string, value: string, literal = toml(value)): ContractValue => ({ path: ['endpoint', key, ...name.split('.')], value, toml: literal, from: 'built_in' });
  const base = [at('method', method), at('path', path)];
  if (!/list|tasks|details|templates|sessions/.test(key) || kind === 'write') return base;
  return [
    ...base,
    at('params.page.name', 'page'), at('params.page.place', method === 'GET' ? 'query' : 'body'),
    at('params.page_size.name', 'page_size'), at('params.page_size.value', '100', '100'),
    at('paging', 'page'), at('list', '/data/list'), at('total', '/data/total'),
  ];
}

const FIELDS: [record: string, names: string][] = [
  ['workflow', 'workflow_id:id workflow_name:text workflow_template_id:integer status:status create_time:time start_time:time end_time:time total:integer finished:integer'],
  ['node', 'nodetask_id:id nodetask_name:text node_type:word task_id:id task_status:status total:integer finished:integer'],
  ['call', 'call_id:id callee:text case_id:text talk_result:word hangup_reason:word nth_call:integer call_time:time answer_time:time end_time:time talk_duration:duration intention:word event_label:pairs dialogue:list'],
  ['session', 'call_id:id callee:text status:status session_start_time:time session_end_time:time session_end_reason:word intention:word talk_round:integer ner_slots:pairs variables:pairs messages:list'],
  ['waba_message', 'msg_id:id callee:text status:word failure_reason:text sent_time:time'],
];

export const fields: FieldRow[] = FIELDS.flatMap(([record, names]) =>
  names.split(' ').map((name) => {
    const [field = '', kind = ''] = name.split(':');
    return { record, field, kind, pointer: null, unit: null, zone: null };
  }),
);

const general: ContractValue[] = [
  { path: ['reads'], value: 'known', toml: '"known"', from: 'built_in' },
  { path: ['zone'], value: '+07:00', toml: '"+07:00"', from: 'profile' },
  { path: ['documentation', 'url'], value: 'https://api-docs.airudder.com', toml: '"https://api-docs.airudder.com"', from: 'built_in' },
  { path: ['family', 'cloud', 'base_url'], value: 'https://api.airudder.com', toml: '"https://api.airudder.com"', from: 'built_in' },
];

const spelled = (literal: string) => literal.replace(/^"(.*)"$/s, '$1');
const same = (a: string[], b: string[]) => a.join('\n') === b.join('\n');

/** The contract with the changes kept so far over it. */
export function contractWith(changes: ChangeDto[], fault: boolean): ContractView {
  const over = (value: ContractValue): ContractValue => {
    const change = changes.findLast((each) => same(each.path, value.path));
    return change?.to ? { ...value, value: spelled(change.to), toml: change.to, from: 'profile' } : value;
  };
  const rows = LINES.map((line): ContractRow => {
    const [key, title, kind, method, path, evidence] = line;
    const values = valuesOf(line).map(over);
    const said = (name: string, otherwise: string) => values.find((each) => each.path[2] === name)?.value ?? otherwise;
    const confirmed = changes.findLast((each) => each.path[1] === key && each.path[2] === 'confirmed')?.to ?? null;
    return {
      key, title, kind, values, family: key.startsWith('pds') ? 'pds' : /^(chat|waba)/.test(key) ? 'chatbot' : 'cloud',
      method: said('method', method), path: said('path', path), evidence: confirmed ? 'confirmed' : evidence,
      asked: confirmed ? 'asked' : askedOf(line), confirmed: confirmed && spelled(confirmed),
    };
  });
  const added = (under: string) => changes.filter((each) => each.path[0] === under && each.to !== null);
  return {
    rows,
    fields: fields.map((field) => {
      const map = added('record').findLast((each) => each.path[1] === field.record && each.path[3] === field.field);
      return map ? { ...field, pointer: /"(\/[^"]*)"/.exec(map.to ?? '')?.[1] ?? null } : field;
    }),
    words: [...added('status'), ...added('meaning')].map(({ path, to }) => ({ path, value: spelled(to ?? ''), toml: to ?? '', from: 'profile' })),
    general: general.map(over),
    text: ['zone = "+07:00"', ...changes.filter((each) => each.to !== null).map(({ path, to }) => `${path.map((part) => (/^\w+$/.test(part) ? part : toml(part))).join('.')} = ${to}`)].join('\n'),
    fault: fault ? { line: 12, key: 'endpoint."workflow.list".pth', sentence: 'unknown key `pth`, did you mean `path`?' } : null,
  };
}

export const contractLines = LINES;
