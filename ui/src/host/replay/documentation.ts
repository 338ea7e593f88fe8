import type { ChangeDto, EndpointKind, ProposalDto, ProposedKey } from '../../bindings/types';

const SOURCE = 'https://api-docs.airudder.com';
const literal = JSON.stringify;

function change(key: string, name: string, from: string | null, to: string, page: number): ChangeDto {
  return { path: ['endpoint', key, ...name.split('.')], from, to, source: `documentation page ${page}, read 2026-11-22` };
}

function proposed(key: string, title: string, kind: EndpointKind, changes: ChangeDto[], notes: string[] = []): ProposedKey {
  return { key, title, kind, changes, notes };
}

/** What a reading of the vendor's pages could bring. */
export function proposal(): ProposalDto {
  const w = '/service/cloud/workflow';
  return {
    pages: 24,
    keys: [
      proposed('workflow.list', 'Obtain the Workflow Task List', 'read', [
        change('workflow.list', 'path', literal(`${w}/instancelist`), literal(`${w}/instances`), 45264431),
        change('workflow.list', 'method', '"GET"', '"POST"', 45264431),
        change('workflow.list', 'params.page.name', '"page"', '"pageNo"', 45264431),
        change('workflow.list', 'list', '"/data/list"', '"/data/records"', 45264431),
      ]),
      proposed('workflow.subtasks', 'Obtain the Subtask List of the Workflow', 'read', [
        change('workflow.subtasks', 'path', literal(`${w}/subtasklist`), literal(`${w}/subtasks`), 45268459),
      ]),
      proposed('workflow.stop', 'Stop the Workflow Task', 'write', [
        change('workflow.stop', 'path', literal(`${w}/stopinstance`), literal(`${w}/stop`), 45267515),
        change('workflow.stop', 'confirmed', null, literal('documentation page 45267515, read 2026-11-22'), 45267515),
      ], ['The page confirms this write: Stop is offered afterwards.']),
      proposed('record.call', 'Call', 'read', [
        { path: ['record', 'call', 'fields', 'talk_duration'], from: null, to: '{ pointer = "/talkTimeMs", unit = "ms" }', source: 'documentation page 154573225, read 2026-11-22' },
      ]),
      proposed('status.workflow', 'Workflow status', 'read', [
        { path: ['status', 'workflow', '3'], from: null, to: '"running"', source: 'documentation page 178704796, read 2026-11-22' },
        { path: ['status', 'workflow', '5'], from: null, to: '"finished"', source: 'documentation page 178704796, read 2026-11-22' },
      ]),
    ],
    ambiguous: [
      { title: 'Cancel a Calling Task', address: `${SOURCE}/45231107e0.md`, candidates: ['task.cancel', 'plan.cancel'] },
      { title: 'Query message list', address: `${SOURCE}/196358697e0.md`, candidates: ['chat.messages', 'waba.messages'] },
    ],
    unmatched: [{ title: 'Agent skill groups', address: `${SOURCE}/50406501e0.md`, why: 'no endpoint of this title is known' }],
    notes: ['Page 45231107 names its path twice; the first one was taken.'],
  };
}
