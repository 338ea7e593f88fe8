import { Channel, invoke } from '@tauri-apps/api/core';
import type { Frame } from '../bindings/types';
import type { Host } from './host';

/** A channel of its own for what one command tells on its way. */
function heard<T>(on: (said: T) => void): Channel<T> {
  const channel = new Channel<T>();
  channel.onmessage = on;
  return channel;
}

/** The app's own window: one channel carries the frames of every subscription. */
export function tauriHost(): Host {
  return {
    connect(onFrames) {
      return invoke('connect', { channel: heard<Frame[]>(onFrames) });
    },
    watch: (sub, query) => invoke('watch', { sub, query }),
    unwatch: (sub) => invoke('unwatch', { sub }),
    resync: (sub) => invoke('resync', { sub }),
    blastRadius: (verb, target, numberOf) =>
      invoke('blast_radius', { verb, target, numberOf }),
    act: (request) => invoke('act', { request }),
    peaks: (call) => invoke('peaks', { call }),
    recording: (call) => invoke('recording', { call }),
    course: (workflow) => invoke('course', { workflow }),
    export: (ask, onProgress) => invoke('export', { ask, onProgress: heard(onProgress) }),
    cancelWork: (id) => invoke('cancel_work', { id }),
    saveSession: (session, words) => invoke('save_session', { session, words }),
    print: () => invoke('print'),
    saveRecording: (call) => invoke('save_recording', { call }),
    notes: (call) => invoke('notes', { call }),
    changeNotes: (call, change) => invoke('change_notes', { call, change }),
    shareScreen: (on) => invoke('share_screen', { on }),
    alertSettings: () => invoke('alert_settings'),
    keepAlertSettings: (draft) => invoke('keep_alert_settings', { draft }),
    muteNotices: (on) => invoke('mute_notices', { on }),
    snoozeAlerts: (ids, until) => invoke('snooze_alerts', { ids, until }),
    noticeWords: (words) => invoke('notice_words', { words }),
    views: () => invoke('views'),
    keepView: (view, replace) => invoke('keep_view', { view, replace }),
    removeView: (name) => invoke('remove_view', { name }),
    recordings: () => invoke('recordings'),
    limitRecordings: (draft) => invoke('limit_recordings', { draft }),
    removeRecordings: () => invoke('remove_recordings'),
    accounts: () => invoke('accounts'),
    testAccount: (draft, onStep) => invoke('test_account', { draft, onStep: heard(onStep) }),
    keepAccount: (draft) => invoke('keep_account', { draft }),
    removeAccount: (account, forgetData) => invoke('remove_account', { account, forgetData }),
    contract: (account) => invoke('contract', { account }),
    previewChanges: (account, changes) => invoke('preview_changes', { account, changes }),
    keepChanges: (account, changes) => invoke('keep_changes', { account, changes }),
    previewProfile: (account, text) => invoke('preview_profile', { account, text }),
    keepProfile: (account, text) => invoke('keep_profile', { account, text }),
    readDocumentation: (account, id, source, onProgress) =>
      invoke('read_documentation', { account, id, source, onProgress: heard(onProgress) }),
    check: (account, guesses, onRow) => invoke('check', { account, guesses, onRow: heard(onRow) }),
    supportBundle: (account) => invoke('support_bundle', { account }),
    raw: (kind, id) => invoke('raw', { kind, id }),
    previewMapping: (account, draft) => invoke('preview_mapping', { account, draft }),
    find: (text, ask) => invoke('find', { text, ask }),
    trial: (account, verb, target, numberOf) => invoke('trial', { account, verb, target, numberOf }),
    keepTrial: (actionId) => invoke('keep_trial', { actionId }),
    webhooks: (account) => invoke('webhooks', { account }),
    keepWebhooks: (draft) => invoke('keep_webhooks', { draft }),
    hookEvents: (account, state, before) => invoke('hook_events', { account, state, before }),
  };
}
