import type { EventKindRow, EventRow, EventState, EvidenceDto, WebhooksDraft, WebhooksView } from '../../bindings/types';
import type { Wish } from './wish';

export type KeptWebhooks = WebhooksDraft | null;

const KINDS: [key: string, title: string, evidence: EvidenceDto, count: number, ago_s: number][] = [
  ['hook.workflow_status', 'Notification of Workflow Status Change', 'documented', 38, 61],
  ['hook.call_completed', 'Notification of Call Completion', 'documented', 412, 4],
  ['hook.list_completed', 'Notification for Workflow List Completion', 'assumed', 0, 0],
  ['hook.waba_status', 'Notification of WABA Message Status Alteration', 'assumed', 96, 150],
  ['hook.chat_ended', 'Chatbot Session End Notification', 'documented', 12, 48],
  ['hook.custom_node', 'Custom API Node Data Push', 'documented', 0, 0],
  ['hook.pds', 'Predictive Dialer task / contact / agent status', 'observed', 0, 0],
  ['hook.bot_message', 'bot: message sent', 'documented', 57, 9],
  ['unknown', '', 'assumed', 2, 7200],
];

const message = (address: string) => ({
  message_en: `Hello,\n\nplease send the event notifications of our account to this address:\n\n${address}\n\nWe need: workflow status change, call completion, list completion, WABA message status, chatbot session end.\nPlease tell us how X-AIRudder-Sign is computed, and whether the bodies are encrypted.\n\nThank you`,
  message_zh: `您好：\n\n请将我司账号的事件通知推送到以下地址：\n\n${address}\n\n需要的事件：工作流状态变更、通话完成、名单完成、WABA 消息状态、聊天机器人会话结束。\n请告知 X-AIRudder-Sign 的计算方式，以及消息体是否加密。\n\n谢谢`,
});

export function webhooksOf({ hooks }: Wish, now: number, kept: KeptWebhooks): WebhooksView {
  const running = kept ? kept.receive : hooks !== 'off';
  const bind = kept?.bind ?? '127.0.0.1';
  const port = kept?.port ?? 4321;
  const path = kept?.new_path ? '/hook/91b7d02c6ef84c53a1' : '/hook/7c1f08d95be24a6e83';
  const none = hooks === 'none' || hooks === 'off';
  const kinds: EventKindRow[] = KINDS.filter(([key]) => !none || key !== 'unknown').map(([key, title, evidence, count, ago]) => ({
    key, title, evidence, count: none ? 0 : count, last_at: none || count === 0 ? null : now - ago * 1000,
  }));
  return {
    address: running ? `http://${bind}:${port}` : null, bind, port, path, running, trouble: null,
    mode: kept?.mode ?? 'record_only', matches: hooks === 'signed' ? 214 : 0, mismatches: none ? 0 : 3, may_enforce: hooks === 'signed',
    aes: kept?.aes || null, folder: kept?.folder || null, relay_url: kept?.relay_url || null, relay_trouble: kept?.relay_url ? 'HTTP 401' : null,
    kinds, quarantined: none ? 0 : 1, unreadable: none ? 0 : 2, ...message(`https://<your host>${path}`),
  };
}

const STATES: EventState[] = ['merged', 'merged', 'waiting', 'merged', 'kept', 'merged', 'quarantined', 'merged', 'unreadable'];

export function eventsOf({ hooks }: Wish, now: number): EventRow[] {
  if (hooks === 'none' || hooks === 'off') return [];
  return Array.from({ length: 130 }, (_, at) => {
    const state = STATES[at % STATES.length] ?? 'merged';
    const key = state === 'kept' || state === 'unreadable' ? 'unknown' : (KINDS[[1, 0, 3, 4, 7][at % 5] ?? 1]?.[0] ?? 'unknown');
    const why = state === 'quarantined' ? 'the signature does not match' : state === 'unreadable' ? 'no JSON: expected `,` at column 88' : null;
    const raw = state === 'unreadable' ? '{"workflow_id":"e3b0c442","status":"RUN' : JSON.stringify({ workflow_id: 'e3b0c442', callee: '•••• 4821', status: 'closed', n: at }, null, 2);
    return { id: 1000 - at, at: now - (4 + at * 61) * 1000, key, state, signed: at % 4 === 0, why, raw };
  });
}
