import type {
  ActRequest, AlertSettingsDraft, AlertSettingsView, BlastRadius, CourseView, ExportAsk, ExportProgress, Frame, Hello, ListName, NoteChange, NoteRow, NoticeWords, NumberOf, PageWords, Query, ReceiptDto, RowDto, SavedExport, UiError, VerbDto,
} from '../bindings/types';
import type { Recording } from '../../fixtures/recording';
import type { Host } from './host';
import { aimed, linesOf, requestOf, subjectOf } from './replay/acts';
import { alertsHealth, alertSettingsOf, withDraft } from './replay/alerts';
import { courseOf } from './replay/course';
import { exported } from './replay/export';
import { cancel } from './replay/work';
import { peaksOf, wavOf } from './replay/sound';
import { answer, facetsOf, faultOf, type Lists } from './replay/answer';
import { asPseudonyms, sharing } from './replay/share';
import { changedNotes } from './replay/notes';
import { ReplaySetup } from './replay/setup';
import { wishOf } from './replay/wish';

/** Plays a recorded world in a plain browser. For tests and pictures: never part of the app. */
export function replayHost(): Host {
  return new Replay(wishOf(location.search));
}

class Replay extends ReplaySetup implements Host {
  #recording: Recording | null = null;
  #lists: Lists = new Map();
  #mutedUntil: number | null = null;
  #subs = new Map<number, { query: Query; seq: number }>();
  #alertSettings: AlertSettingsView = alertSettingsOf();
  #send: (frames: Frame[]) => void = () => {};

  protected override now(): number {
    return this.#recording?.now ?? 0;
  }

  protected override personWith(digits: string): string | null {
    const call = this.#lists.get('calls')?.find((row) => row.list === 'call' && row.row.callee?.endsWith(digits));
    return call?.list === 'call' ? `${call.row.account}/call/${call.row.call_id}` : null;
  }

  async connect(onFrames: (frames: Frame[]) => void) {
    this.#send = (frames) => onFrames(sharing.on ? asPseudonyms(frames) : frames);
    const recording = (await (await fetch('world.json')).json()) as Recording;
    this.#recording = recording;
    for (const { list, rows } of recording.lists) this.#lists.set(list, this.wish.empty || this.wish.whose !== 'demo' ? [] : rows);
    this.#health();
    if (!this.wish.still) this.#play(recording);
    const { goes } = this.wish;
    if (goes) setTimeout(() => this.#send([{ frame: 'open', link: goes }]), 50);
    return { ...this.#hello(recording.hello), sharing: sharing.on };
  }

  async watch(sub: number, query: Query) {
    this.#subs.set(sub, { query, seq: 1 });
    setTimeout(() => this.#snapshot(sub), 15);
  }

  async unwatch(sub: number) {
    this.#subs.delete(sub);
  }

  async resync(sub: number) {
    this.#snapshot(sub);
  }

  async blastRadius(verb: VerbDto, target: string, numberOf: NumberOf | null): Promise<BlastRadius> {
    const { name, status, callee } = aimed(this.#lists, verb, target, numberOf);
    const refusal: UiError | null = this.wish.refusal && { code: this.wish.refusal, message: '', ref: null };
    return {
      ...subjectOf(verb, target),
      name,
      status,
      callee,
      lines: linesOf(verb, (this.#recording?.now ?? 0) - 12_000),
      refusal,
      evidence: refusal ? 'assumed' : 'confirmed',
      confirmed: refusal ? null : 'the simulator’s own profile',
      request: requestOf(verb, target),
      hold: this.wish.hold,
    };
  }

  async act(request: ActRequest): Promise<ReceiptDto> {
    window.replayed?.acts.push(request);
    const { name, status, callee, workflow_id } = aimed(this.#lists, request.verb, request.target, request.number_of);
    const now = Date.now() - this.#offset();
    const { outcomes } = this.wish;
    const outcome = outcomes[Math.min(window.replayed?.acts.length ?? 1, outcomes.length) - 1] ?? 'accepted';
    const receipt: ReceiptDto = {
      id: request.action_id, account: request.target.split('/')[0] ?? '', verb: request.verb, how: request.how,
      ...subjectOf(request.verb, request.target), name, workflow_id, callee, reason: request.reason, by: 'you',
      requested_at: now, outcome, outcome_at: now + 300, detail: null,
      status_before: status?.written ?? null, seen_at: null, status_seen: null, calls_since: null,
    };
    this.#journal(request, receipt);
    const seen = { ...receipt, seen_at: now + 2000, status_seen: request.verb === 'end_session' ? 'closed' : 'Stopped', calls_since: request.verb === 'end_session' ? null : 0 };
    if (receipt.outcome === 'accepted') setTimeout(() => this.#journal(request, seen), 2000);
    return receipt;
  }

  async peaks() {
    if (this.wish.recording) throw { code: this.wish.recording, message: '', ref: null } satisfies UiError;
    return peaksOf(this.wish.mono);
  }

  async course(id: string): Promise<CourseView> {
    const rows = [...this.#lists.values()].flat();
    const workflow = rows.find((row) => row.list === 'workflow' && row.row.id === id);
    if (workflow?.list !== 'workflow') throw { code: 'not_found', message: '', ref: null } satisfies UiError;
    const calls = rows.flatMap((row) => (row.list === 'call' && row.row.workflow_id === workflow.row.workflow_id ? [row.row] : []));
    return courseOf(workflow.row, calls, rows, Date.now() - this.#offset());
  }

  async export(ask: ExportAsk, tell: (progress: ExportProgress) => void): Promise<SavedExport> {
    window.replayed?.asked.push({ name: 'export', args: [ask] });
    if (this.wish.unsaved) throw { code: 'not_saved', message: 'the disk is full', ref: null } satisfies UiError;
    return exported(ask, answer(this.#lists, ask.query).total, this.wish.slow, tell);
  }

  async cancelWork(id: string): Promise<void> {
    cancel(id);
  }

  #notes = new Map<string, NoteRow[]>();

  async notes(call: string): Promise<NoteRow[]> {
    return this.#notes.get(call) ?? [];
  }

  async changeNotes(call: string, change: NoteChange): Promise<NoteRow[]> {
    const notes = changedNotes(this.#notes.get(call) ?? [], change, this.now());
    this.#notes.set(call, notes);
    return notes;
  }

  async saveRecording(call: string): Promise<string> {
    window.replayed?.asked.push({ name: 'saveRecording', args: [call] });
    if (this.wish.unsaved) throw { code: 'not_saved', message: 'No space left on device', ref: null } satisfies UiError;
    return '/home/kim/Downloads/recording.wav';
  }

  async shareScreen(on: boolean): Promise<void> {
    sharing.on = on;
    for (const sub of this.#subs.keys()) this.#snapshot(sub);
  }

  async alertSettings(): Promise<AlertSettingsView> {
    return this.#alertSettings;
  }

  async keepAlertSettings(draft: AlertSettingsDraft): Promise<void> {
    window.replayed?.asked.push({ name: 'keepAlertSettings', args: [draft] });
    this.#alertSettings = withDraft(this.#alertSettings, draft);
  }

  async muteNotices(on: boolean): Promise<number | null> {
    window.replayed?.asked.push({ name: 'muteNotices', args: [on] });
    this.#mutedUntil = on && this.#recording ? this.#recording.now + Math.round(performance.now()) + 3_600_000 : null;
    this.#health();
    return this.#mutedUntil;
  }

  async snoozeAlerts(ids: string[], until: number | null): Promise<void> {
    window.replayed?.asked.push({ name: 'snoozeAlerts', args: [ids, until] });
    const rows = (this.#lists.get('alerts') ?? []).filter((row) => ids.includes(row.row.id));
    this.#change('alerts', rows.map((row): RowDto => (row.list === 'alert' ? { list: 'alert', row: { ...row.row, snoozed_until: until } } : row)));
    this.#health();
  }

  async saveSession(session: string, words: PageWords): Promise<string> {
    window.replayed?.asked.push({ name: 'saveSession', args: [session, words] });
    if (this.wish.unsaved) throw { code: 'not_saved', message: 'the disk is full', ref: null } satisfies UiError;
    return `/home/ana/Downloads/${words.title} •••• 4821.html`;
  }

  async print(): Promise<void> {
    window.replayed?.asked.push({ name: 'print', args: [] });
    window.print();
  }

  async noticeWords(words: NoticeWords): Promise<void> {
    window.replayed?.asked.push({ name: 'noticeWords', args: [words] });
  }

  async recording() {
    return wavOf();
  }

  /** The recorded rows belong to demo accounts; another account has none. */
  #hello(recorded: Hello): Hello {
    if (this.wish.whose === 'demo') return { ...recorded, accounts: recorded.accounts.map((account) => ({ ...account, ...this.wish.dialling })) };
    const accounts = this.accountsNow().map(({ account, name, colour, base_url, zone, callee_zone, demo, masked, read_only }) => ({
      account, name, colour, base_url, zone, callee_zone, demo, masked, read_only, own_sessions: 'keys' as const, ...this.wish.dialling,
    }));
    return { ...recorded, demo: false, accounts };
  }

  #offset(): number {
    return performance.timeOrigin - (this.#recording?.now ?? 0);
  }

  #workflow(id: string) {
    const found = this.#lists.get('workflows')?.find((row) => row.row.id === id);
    return found?.list === 'workflow' ? found.row : undefined;
  }

  #journal({ target }: ActRequest, receipt: ReceiptDto): void {
    this.#change('journal', [{ list: 'receipt', row: receipt }]);
    this.#shown();
    const row = receipt.subject === 'workflow' ? this.#workflow(target) : undefined;
    if (!row) return;
    const status = receipt.seen_at ? { written: 'Stopped', phase: 'stopped' as const } : row.status;
    this.#change('workflows', [{ list: 'workflow', row: { ...row, status, receipt } }]);
    const line = { id: `${target}/${receipt.id}`, at: receipt.requested_at, event: { kind: 'action' as const, receipt } };
    this.#change('timeline', [{ list: 'timeline', row: line }]);
  }

  /** What is open shows the receipts of what it offers. */
  #shown(): void {
    const own = ['call', 'session', 'calling_task', 'plan'];
    for (const [sub, { query }] of this.#subs) if (own.includes(query.list)) this.#snapshot(sub);
  }

  #play(recording: Recording): void {
    for (const { after_ms, list, rows } of recording.later) {
      setTimeout(() => this.#change(list, rows), after_ms);
    }
    setInterval(() => this.#health(), 4000);
  }

  #health(): void {
    const recording = this.#recording;
    if (!recording) return;
    const { link } = this.wish;
    const now = recording.now + Math.round(performance.now());
    const ids = this.wish.whose === 'demo' ? null : this.accountsNow().map(({ account }) => account);
    const read = recording.health.accounts.slice(0, ids?.length);
    const accounts = read.map((account, at) => ({
      ...account,
      account: ids?.[at] ?? account.account,
      ...(link && at === 0
        ? { state: link as 'late', since: recording.now - 340_000, next_try: now + 22_000, error: { code: 'sign_in' as const, message: 'code 401', ref: null } }
        : {}),
      sources: account.sources.map((source) => {
        const answered_at = source.answered_at === null || link ? source.answered_at : now - (recording.now - source.answered_at);
        const fault = /^(task|plan)\.list$/.test(source.key) ? this.wish.diallingFault : null;
        const error = fault ? { code: fault, message: 'HTTP 502', ref: null } : source.error;
        return { ...source, error, answered_at, next_try: source.next_try && now + 15_000 };
      }),
    }));
    const alerts = alertsHealth(this.#lists.get('alerts') ?? [], now, this.wish, this.#mutedUntil);
    this.#send([{ frame: 'health', ...recording.health, now, accounts, alerts }]);
  }

  /** Rows changed: every subscription that shows one of them gets a delta. */
  #change(list: ListName, rows: RowDto[]): void {
    const all = this.#lists.get(list) ?? [];
    const fresh = rows.filter((row) => !all.some((old) => old.row.id === row.row.id));
    const changed = new Map(rows.map((row) => [row.row.id, row]));
    this.#lists.set(list, [...fresh, ...all.map((old) => changed.get(old.row.id) ?? old)]);
    const frames: Frame[] = [];
    for (const [sub, entry] of this.#subs) {
      const { total, rows: shown } = answer(this.#lists, entry.query);
      const upserts = shown.filter((row) => changed.has(row.row.id));
      if (upserts.length === 0) continue;
      const order = shown.map((row) => row.row.id);
      frames.push({ frame: 'delta', sub, from: entry.seq, to: ++entry.seq, total, order, upserts, facets: facetsOf(this.#lists, entry.query, this.wish) });
    }
    if (frames.length > 0) this.#send(frames);
  }

  #snapshot(sub: number): void {
    const entry = this.#subs.get(sub);
    if (!entry) return;
    const error = faultOf(entry.query);
    if (error) return this.#send([{ frame: 'failed', sub, error }]);
    const { total, rows } = answer(this.#lists, entry.query);
    this.#send([
      { frame: 'snapshot', sub, seq: entry.seq, total, anchor: entry.query.anchor, rows, facets: facetsOf(this.#lists, entry.query, this.wish) },
    ]);
  }
}
